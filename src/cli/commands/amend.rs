use clap::Args;

use crate::format::{Document, Journal};
use crate::model::{Direction, Frame, Incident};
use crate::operations::{Field, accepted, frame, outside, read_time, step_id};
use crate::store::{RecordName, Saved, Work};
use crate::yaml::{Change, Value};

use super::super::args::RecordArgs;
use super::super::context::{Context, tell_waiting};
use super::super::errors::{Exit, Failure};
use super::super::faults::doubt_words;
use super::super::times::told;
use super::log::event_type;
use super::undo::was;

/// Correct an event that was logged
///
///   asrun amend --last --step deploy
///   asrun amend 4 --at 18:08 --type detected
///   asrun amend --last "앱 진입 불가 확인"
///   asrun amend 7 --remove
///
/// Only that entry changes. What it said before stays in the journal: asrun
/// undo takes the correction back, asrun undo --list shows it.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(in crate::cli) struct AmendArgs {
    /// The event's number as `asrun show` prints it, and the new text if that is to change.
    /// With --last, only the text.
    #[arg(value_name = "[NUMBER] [TEXT]")]
    words: Vec<String>,
    /// The new text, instead of behind the number.
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    text: Option<String>,
    /// The event that was logged last.
    #[arg(long)]
    last: bool,
    /// When it happened.
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    at: Option<String>,
    /// When it ended.
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    until: Option<String>,
    /// Its type.
    #[arg(long = "type", value_name = "TYPE")]
    kind: Option<String>,
    /// The planned step that it carries out.
    #[arg(long, value_name = "STEP")]
    step: Option<String>,
    /// Who acted or noticed.
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Why it was done so.
    #[arg(long, value_name = "REASON")]
    why: Option<String>,
    /// Markdown under the text.
    #[arg(long, value_name = "MARKDOWN")]
    detail: Option<String>,
    /// It belongs in the short story.
    #[arg(long)]
    key: bool,
    /// Never show it in a public rendering.
    #[arg(long)]
    internal: bool,
    /// Take the whole event away.
    #[arg(long, conflicts_with_all = ["text", "at", "until", "kind", "step", "by", "why", "detail", "key", "internal", "clear"])]
    remove: bool,
    /// Take a key away, such as `why` or `step`; may be given several times.
    #[arg(long, value_name = "KEY")]
    clear: Vec<String>,
    #[command(flatten)]
    record: RecordArgs,
}

pub(in crate::cli) fn run(context: &mut Context, args: &AmendArgs) -> Result<Exit, Failure> {
    let project = context.project()?;
    let record = context.record(&project, &args.record)?;
    let fallback = context.zone(&project);
    let mut amended = None;
    let mut warnings = Vec::new();
    let patience = context.patience(&args.record, &tell_waiting);
    let saved = project.update(&record, &context.act("amend"), &patience, |document| {
        let (index, text) = meant(args, document, &project.journal(&record)?)?;
        let incident = &document.incident;
        let zone = incident.zone.unwrap_or(fallback);
        if args.remove && text.is_some() {
            return Err(Failure::misuse("--remove takes the event away, so it needs no new text"));
        }
        if args.remove {
            amended = Some((index, zone));
            let change = Change::Remove { at: Vec::new(), key: "events".to_owned(), index };
            return Ok::<_, Failure>((Work::Changes(vec![change]), Vec::new()));
        }
        let frame = frame(context.now, zone, incident, Direction::Past);
        let mut new = Corrections::default();
        new.texts(args, text.as_deref())?;
        new.times(args, &frame, incident, index)?;
        new.step(args, incident)?;
        let mut changes = new.into_changes(index, &mut warnings);
        changes.extend(cleared(args, document, index)?);
        if changes.is_empty() {
            return Err(nothing_given());
        }
        amended = Some((index, zone));
        Ok::<_, Failure>((Work::Changes(changes), Vec::new()))
    })?;
    if let Some((index, zone)) = amended {
        let (did, incident) = match args.remove {
            true => ("removed", &saved.before.incident),
            false => ("amended", &saved.after.incident),
        };
        let event = &incident.events[index];
        // A new time may have given it another number.
        let in_time = incident.events_in_time();
        let number = in_time.iter().position(|other| std::ptr::eq(*other, event)).unwrap_or(index);
        let files: Vec<&str> = event.attachments.iter().map(|file| file.file.as_str()).collect();
        let when = told(&event.at, zone);
        let was = if args.remove { String::new() } else { was_before(&saved, index) };
        context.confirm(&format!(
            "{did} event {}: {when} {}{was} → {}\n",
            number + 1,
            event.headline(),
            record.id
        ));
        if args.remove && !files.is_empty() {
            context.say(&format!("its files stay in incidents/assets/: {}", files.join(", ")));
        }
    }
    for warning in warnings {
        context.say(&format!("warning: {warning}"));
    }
    context.tell_saved(&saved);
    Ok(Exit::Done)
}

/// ` (was type: observation)`.
fn was_before(saved: &Saved, index: usize) -> String {
    let item = |document: &Document| document.items("events").into_iter().nth(index);
    let changed = item(&saved.before).zip(item(&saved.after));
    match changed.map(|(before, after)| was(&before, &after)).filter(|was| !was.is_empty()) {
        Some(was) => format!(" (was {was})"),
        None => " (nothing changed)".to_owned(),
    }
}

fn nothing_given() -> Failure {
    Failure::misuse("nothing to change was given").hint(
        "asrun amend --last \"the right text\", or --at, --type, --step, --by, --why, --detail, --key, --clear, --remove",
    )
}

/// What the event is to say from now on.
#[derive(Default)]
struct Corrections {
    values: Vec<(&'static str, String)>,
    /// Changes elsewhere that these need: an id for a step.
    others: Vec<Change>,
    doubts: Vec<String>,
}

impl Corrections {
    fn put(&mut self, key: &'static str, value: impl Into<String>) {
        self.values.push((key, value.into()));
    }

    fn texts(&mut self, args: &AmendArgs, text: Option<&str>) -> Result<(), Failure> {
        for (key, field, value) in [
            ("text", Field::Text, text),
            ("by", Field::By, args.by.as_deref()),
            ("why", Field::Why, args.why.as_deref()),
        ] {
            if let Some(value) = value {
                self.put(key, accepted(field, value)?);
            }
        }
        if let Some(kind) = &args.kind {
            self.put("type", event_type(kind)?.word());
        }
        if let Some(detail) = &args.detail {
            self.put("detail", accepted(Field::Detail, detail)? + "\n");
        }
        if args.key {
            self.put("key", "true");
        }
        if args.internal {
            self.put("audience", "internal");
        }
        Ok(())
    }

    fn times(
        &mut self,
        args: &AmendArgs,
        frame: &Frame,
        incident: &Incident,
        index: usize,
    ) -> Result<(), Failure> {
        let event = &incident.events[index];
        let path = vec![("events".to_owned(), Some(index))];
        let mut start = event.at;
        if let Some(typed) = &args.at {
            let at = read_time(typed, frame, Field::At)?;
            start = at.moment;
            let outside = outside(&at.moment, frame, incident, true);
            self.doubts = outside.iter().map(|doubt| doubt_words(doubt, frame.zone)).collect();
            if at.moment.unix() - frame.now.unix() > 60 {
                self.doubts.push(format!("{} is in the future", told(&at.moment, frame.zone)));
            }
            self.put("at", at.moment.written());
            let written = event.logged.unwrap_or(event.at);
            let late = written.unix() - at.moment.unix() > 60;
            if event.logged.is_none() && late {
                self.put("logged", event.at.written());
            } else if event.logged.is_some() && !late {
                // It would say that it was written down before it happened.
                self.others.push(Change::Unset { at: path.clone(), key: "logged".to_owned() });
            }
            if at.about {
                self.put("about", "true");
            } else if event.about {
                self.others.push(Change::Unset { at: path, key: "about".to_owned() });
            }
        }
        let cleared = args.clear.iter().any(|key| key == "until");
        let mut end = event.until.filter(|_| !cleared);
        if let Some(typed) = &args.until {
            let until = read_time(typed, frame, Field::Until)?.moment;
            self.put("until", until.written());
            end = Some(until);
        }
        if end.is_some_and(|end| end.order(&start).is_lt()) {
            return Err(Failure::misuse("the event would end before it begins")
                .hint("give both: --at TIME --until TIME, or take the end away: --clear until"));
        }
        Ok(())
    }

    fn step(&mut self, args: &AmendArgs, incident: &Incident) -> Result<(), Failure> {
        if let Some(wanted) = &args.step {
            let (id, change) = step_id(incident, wanted)?;
            self.others.extend(change);
            self.put("step", id);
        }
        Ok(())
    }

    fn into_changes(self, index: usize, warnings: &mut Vec<String>) -> Vec<Change> {
        *warnings = self.doubts;
        let at = vec![("events".to_owned(), Some(index))];
        let set = |(key, value): (&str, String)| Change::Set {
            at: at.clone(),
            key: key.to_owned(),
            value: Value::text(value),
        };
        self.others.into_iter().chain(self.values.into_iter().map(set)).collect()
    }
}

fn cleared(args: &AmendArgs, document: &Document, index: usize) -> Result<Vec<Change>, Failure> {
    let item = document.items("events").into_iter().nth(index);
    let keys = match &item {
        Some(Value::Map(entries)) => entries.iter().map(|(key, _)| key.as_str()).collect(),
        _ => Vec::new(),
    };
    let mut changes = Vec::new();
    for key in &args.clear {
        if key == "at" || key == "text" {
            return Err(Failure::misuse(format!("--clear: an event cannot be without `{key}`")));
        }
        if !keys.contains(&key.as_str()) {
            return Err(Failure::misuse(format!(
                "--clear: the event has no `{key}`; it has {}",
                keys.join(", ")
            )));
        }
        changes
            .push(Change::Unset { at: vec![("events".to_owned(), Some(index))], key: key.clone() });
    }
    Ok(changes)
}

/// The place of the meant event among the record's, and the new text.
fn meant(
    args: &AmendArgs,
    document: &Document,
    journal: &Journal,
) -> Result<(usize, Option<String>), Failure> {
    let events = &document.incident.events;
    if events.is_empty() {
        return Err(
            Failure::new("the record has no events yet").hint("log one first: asrun log TEXT")
        );
    }
    if args.last {
        return Ok((last_logged(document, journal)?, new_text(args, &args.words)?));
    }
    let number = args.words.first().and_then(|word| word.parse::<usize>().ok());
    let Some(number) = number else {
        return Err(Failure::misuse("which event? give its number, or --last")
            .hint("asrun show prints the numbers"));
    };
    let place = place_of_number(document, number).ok_or_else(|| {
        Failure::misuse(format!("there is no event {number}; the record has {}", events.len()))
    })?;
    Ok((place, new_text(args, &args.words[1..])?))
}

fn new_text(args: &AmendArgs, words: &[String]) -> Result<Option<String>, Failure> {
    match (&args.text, words) {
        (text, []) => Ok(text.clone()),
        (None, words) => Ok(Some(words.join(" "))),
        (Some(_), words) => Err(Failure::misuse(format!(
            "two new texts: --text, and {:?} beside it; give one",
            words.join(" ")
        ))),
    }
}

/// The place of the event that `asrun show` gives that number.
pub(super) fn place_of_number(document: &Document, number: usize) -> Option<usize> {
    let in_time = document.incident.events_in_time();
    let event = number.checked_sub(1).and_then(|at| in_time.get(at))?;
    document.incident.events.iter().position(|other| std::ptr::eq(other, *event))
}

/// The event that was logged last, else (asrun has logged none) the latest. One that was changed
/// by hand so far that it cannot be told from others is not guessed at.
fn last_logged(document: &Document, journal: &Journal) -> Result<usize, Failure> {
    if !journal.has_logged() {
        let latest = document.incident.events_in_time().len();
        return Ok(place_of_number(document, latest).unwrap_or(0));
    }
    journal.place_of_last(document).ok_or_else(|| {
        Failure::new("the last event that asrun logged was changed or deleted since")
            .hint("name it by its number; asrun show prints the numbers")
    })
}

/// The event that a writing command means: by number, or the last one.
pub(super) fn event_place(
    number: Option<usize>,
    document: &Document,
    journal: &Journal,
    record: &RecordName,
) -> Result<usize, Failure> {
    if document.incident.events.is_empty() {
        return Err(Failure::new(format!("{} has no events yet", record.id))
            .hint("log one first: asrun log TEXT"));
    }
    match number {
        None => last_logged(document, journal),
        Some(number) => place_of_number(document, number).ok_or_else(|| {
            Failure::misuse(format!(
                "there is no event {number}; the record has {}",
                document.incident.events.len()
            ))
        }),
    }
}
