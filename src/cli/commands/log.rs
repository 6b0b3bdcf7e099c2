use std::path::PathBuf;

use clap::Args;
use unicode_normalization::UnicodeNormalization;

use crate::format::{event_item, insert_event};
use crate::model::{
    Attachment, Audience, Direction, Event, EventType, Frame, Incident, Moment, PlanStep,
    Precision, Typed as ReadTime, Zone, nearest,
};
use crate::store::{Asset, AssetSource, Project, RecordName, Work, read_attachment};
use crate::timeline::{Verdict, likely_step, rows};

use super::super::args::RecordArgs;
use super::super::context::{Context, tell_waiting};
use super::super::errors::{Exit, Failure};
use super::super::frame::{amount, doubts, frame, read, told, told_briefly};
use super::super::message::Message;
use super::super::messages::{accepted, optional, width};
use super::super::steps::step_ids;

const AFTER_HELP: &str = "\
Times: now, 18:08, 6:08pm, 오후 6시 08분, -5m, 10 minutes ago, 10분 전,
  yesterday 22:57, 어제 22:57, 9월 7일 18:08, 2024-09-07 18:08,
  2024-09-07T18:08+09:00, ~18:08 (about). m is minutes.

Types: impact_start, detected, declared, acknowledged, investigating,
  identified, monitoring, mitigated, resolved, announced, closed;
  observation, action, decision, communication, escalation, severity_change,
  plan_change. Beginnings will do (det), and Korean names (감지, 해결).

Exit codes: 0 logged, 1 not logged, 2 misuse (not logged), 3 busy (not
  logged, try again), 4 kept beside a record that cannot be read.";

/// Write down what happened, now or at a given time
///
///   asrun log "5xx on checkout" --type detected
///   asrun log "앱 진입 불가 확인" --at "오후 6시 08분" --attach 044.png
///   asrun log "배포 시작" --at 17:00 --step deploy
///   ./smoke-test 2>&1 | asrun log "smoke test failed" -
///   asrun log                    (opens $VISUAL or $EDITOR, like git commit)
///
/// Answers with one line: the resolved time with date and zone, and the record
/// it went to. A clock time without a day is the latest such moment that is not
/// in the future; in a record that is not under way, it is on the record's day.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment, after_long_help = AFTER_HELP)]
pub(in crate::cli) struct LogArgs {
    /// What happened. A last `-` takes the standard input as the detail, as a code block, which
    /// is what a program's output is. After `--`, a text may begin with a dash.
    text: Vec<String>,
    /// When it happened; now if not given.
    #[arg(long, alias = "time", value_name = "TIME", allow_hyphen_values = true)]
    at: Option<String>,
    /// When it ended, if it took a while.
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    until: Option<String>,
    /// detected, identified, mitigated, resolved and other milestones, or action, decision, …
    #[arg(long = "type", alias = "kind", short = 't', value_name = "TYPE")]
    kind: Option<String>,
    /// The planned step that this carries out, by its id or part of its words; may be given
    /// several times.
    #[arg(long = "step", value_name = "STEP")]
    steps: Vec<String>,
    /// Who acted or noticed.
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Why it was done so.
    #[arg(long, value_name = "REASON")]
    why: Option<String>,
    /// Markdown under the text; `-` reads it from the standard input.
    #[arg(long, value_name = "MARKDOWN")]
    detail: Option<String>,
    /// Copy a screenshot or file into the record; may be given several times.
    #[arg(long = "attach", value_name = "FILE")]
    attachments: Vec<PathBuf>,
    /// What the attachment shows.
    #[arg(long, value_name = "TEXT", requires = "attachments")]
    alt: Option<String>,
    /// How wide to show the attachment, such as 50%.
    #[arg(long, value_name = "WIDTH", requires = "attachments")]
    width: Option<String>,
    /// A link; may be given several times.
    #[arg(long = "ref", value_name = "URL")]
    refs: Vec<String>,
    /// It belongs in the short story.
    #[arg(long)]
    key: bool,
    /// Never show it in a public rendering.
    #[arg(long)]
    internal: bool,
    #[command(flatten)]
    record: RecordArgs,
}

pub(in crate::cli) fn run(context: &mut Context, args: &LogArgs) -> Result<Exit, Failure> {
    let mut draft = String::new();
    record(context, args, None, &mut draft).map_err(|failure| match failure.exit {
        Exit::Kept => failure,
        _ => {
            let unread = draft.is_empty() && args.text.last().is_some_and(|word| word == "-");
            let piped =
                if unread { context.read_output().unwrap_or_default() } else { String::new() };
            not_recorded(failure, args, format!("{draft}{piped}").trim())
        }
    })
}

/// A refusal repeats what was typed, so that it can be copied.
fn not_recorded(mut failure: Failure, args: &LogArgs, draft: &str) -> Failure {
    failure.message = format!("NOT recorded: {}", failure.message);
    let words: Vec<&str> =
        args.text.iter().map(String::as_str).filter(|word| *word != "-").collect();
    let words = words.join(" ");
    let typed =
        if draft.starts_with(&words) { draft.to_owned() } else { format!("{words}\n{draft}") };
    failure.repeating(&typed)
}

/// Logs an event that somebody began to type at `begun`, or now.
///
/// # Errors
/// It is not recorded; `draft` holds what was taken in. With [`Exit::Kept`] it is kept beside the
/// record.
pub(super) fn record(
    context: &mut Context,
    args: &LogArgs,
    begun: Option<Moment>,
    draft: &mut String,
) -> Result<Exit, Failure> {
    let project = context.project_for_logging()?;
    let kind = args.kind.as_deref().map(event_type).transpose()?;
    width(args.width.as_deref())?;
    optional("--alt", args.alt.as_deref())?;
    let record = context.record(&project, &args.record)?;
    check_first(context, &project, &record, args, begun)?;
    let message = Message::collect(context, &args.text, args.detail.as_deref(), &record.id, draft)?;
    let log = Log { args, kind, message: &message, begun };
    let failure = match log.write(context, &project, &record) {
        Ok(exit) => return Ok(exit),
        Err(failure) => failure,
    };
    match failure.unreadable_text() {
        Some(text) => {
            let zone = likely_zone(text).unwrap_or_else(|| context.zone(&project));
            log.keep(context, &project, &record, zone)?;
            Err(kept(failure, &record, &message, context.dry_run))
        }
        None => Err(failure),
    }
}

/// Times, steps and files are looked at before anybody writes a text that would then be refused.
fn check_first(
    context: &Context,
    project: &Project,
    record: &RecordName,
    args: &LogArgs,
    begun: Option<Moment>,
) -> Result<(), Failure> {
    sources(context, args)?;
    let Ok(loaded) = project.load(record) else { return Ok(()) };
    let incident = &loaded.document.incident;
    let zone = incident.zone.unwrap_or_else(|| context.zone(project));
    let log = Log { args, kind: None, message: &Message::none(), begun };
    log.event(&log.frame(context.now, zone, incident), context.now)?;
    step_ids(incident, &args.steps).map(|_| ())
}

/// An event to be logged: the options, the type, the text.
struct Log<'a> {
    args: &'a LogArgs,
    kind: Option<EventType>,
    message: &'a Message,
    /// When somebody began to type it, if that is known.
    begun: Option<Moment>,
}

impl Log<'_> {
    /// What its times are read against.
    fn frame(&self, now: Moment, zone: Zone, incident: &Incident) -> Frame {
        frame(self.begun.unwrap_or(now), zone, incident, Direction::Past)
    }

    fn write(
        &self,
        context: &mut Context,
        project: &Project,
        record: &RecordName,
    ) -> Result<Exit, Failure> {
        let args = self.args;
        let sources = sources(context, args)?;
        let mut assets: Vec<Asset> = Vec::new();
        let fallback = context.zone(project);
        let mut logged: Option<Logged> = None;
        let patience = context.patience(&args.record, &tell_waiting);
        let saved = project.update(record, &context.act("log"), &patience, |document| {
            let incident = &document.incident;
            let zone = incident.zone.unwrap_or(fallback);
            let frame = self.frame(context.now, zone, incident);
            let (mut event, at) = self.event(&frame, context.now)?;
            let (steps, mut changes) = step_ids(incident, &args.steps)?;
            event.steps = steps;
            if assets.is_empty() {
                assets = copy_in(project, &record.id, &sources)?;
            }
            event.attachments = assets.iter().map(|asset| attachment(args, asset)).collect();
            changes.push(insert_event(&incident.events, &event).1);
            logged = Some(Logged { event, at, frame });
            Ok::<_, Failure>((Work::Changes(changes), Vec::new()))
        });
        let drop =
            |_: &Failure| assets.iter().for_each(|asset| project.drop_asset(&record.id, asset));
        let saved = saved.inspect_err(drop)?;
        context.tell_saved(&saved);
        if let Some(logged) = logged {
            let tolerance = project.settings.tolerance_seconds();
            let carried = carried_out(&logged.event, &saved.after.incident, tolerance);
            answer(context, record, &logged, &carried, &saved.before.incident);
        }
        Ok(Exit::Done)
    }

    /// Keeps the event beside a record that cannot be read now.
    fn keep(
        &self,
        context: &Context,
        project: &Project,
        record: &RecordName,
        zone: Zone,
    ) -> Result<(), Failure> {
        let incident = Incident { zone: Some(zone), ..Incident::default() };
        let (mut event, _) = self.event(&self.frame(context.now, zone, &incident), context.now)?;
        event.steps.clone_from(&self.args.steps);
        let assets = copy_in(project, &record.id, &sources(context, self.args)?)?;
        event.attachments = assets.iter().map(|asset| attachment(self.args, asset)).collect();
        let patience = context.patience(&self.args.record, &tell_waiting);
        Ok(project.keep(record, &context.act("log"), event_item(&event), &patience)?)
    }

    /// The event as typed, written down at `now`, without steps and attachments, and how its time
    /// was read.
    fn event(&self, frame: &Frame, now: Moment) -> Result<(Event, Option<ReadTime>), Failure> {
        let args = self.args;
        let at = args.at.as_deref().map(|text| read(text, frame, "--at")).transpose()?;
        let moment = at.map_or_else(|| frame.now.seen_in(frame.zone), |typed| typed.moment);
        let until = args.until.as_deref().map(|text| read(text, frame, "--until")).transpose()?;
        if until.is_some_and(|until| until.moment.order(&moment).is_lt()) {
            return Err(Failure::misuse("--until: it would end before it begins").hint(
                "type the day too if it ended on the next day: --until \"2024-09-08 00:30\"",
            ));
        }
        let late = now.unix() - moment.unix() > 60;
        let event = Event {
            until: until.map(|until| until.moment),
            logged: late.then(|| now.seen_in(frame.zone).at_most(Precision::Minute)),
            kind: self.kind.clone(),
            by: optional("--by", args.by.as_deref())?,
            why: optional("--why", args.why.as_deref())?,
            about: at.is_some_and(|at| at.about),
            key: args.key,
            audience: if args.internal { Audience::Internal } else { Audience::Everyone },
            detail: self.message.detail.clone(),
            refs: args.refs.iter().map(|link| accepted("--ref", link)).collect::<Result<_, _>>()?,
            ..Event::new(moment, self.message.text.clone())
        };
        Ok((event, at))
    }
}

/// A type by its Korean name, as the screen shows it.
pub(super) fn korean_type(word: &str) -> Option<EventType> {
    // Files and keyboards of some systems give Korean in pieces.
    let word: String = word.nfc().collect();
    let korean = crate::view::words_for(Some("ko"));
    let mut known = EventType::words().filter_map(EventType::known);
    known.find(|kind| (korean.event_type)(kind).replace(' ', "") == word.replace(' ', ""))
}

fn kept(mut failure: Failure, record: &RecordName, message: &Message, rehearsed: bool) -> Failure {
    failure.exit = Exit::Kept;
    if rehearsed {
        failure.message =
            format!("(dry run) it would be kept beside the record: {}", failure.message);
        return failure;
    }
    failure.message = format!("not in the record yet, but kept: {}", failure.message);
    failure.hint(format!("kept in .asrun/: {}", message.text)).hint(format!(
        "mend the file (asrun edit {0} opens it), then: asrun recover {0}",
        record.id
    ))
}

/// The zone of a record that cannot be read, from its `timezone:` line.
fn likely_zone(text: &str) -> Option<Zone> {
    let line = text.lines().find_map(|line| line.strip_prefix("timezone:"))?;
    let name = line.split(" #").next().unwrap_or(line);
    Zone::parse(name.trim().trim_matches(['"', '\'']))
}

pub(super) fn event_type(word: &str) -> Result<EventType, Failure> {
    let begun = || {
        let mut beginning =
            EventType::words().filter(|known| known.starts_with(&word.to_lowercase()));
        let only = beginning.next().filter(|_| beginning.next().is_none() && word.len() >= 3)?;
        EventType::known(only)
    };
    let meant = EventType::known(word).or_else(|| korean_type(word)).or_else(begun);
    meant.ok_or_else(|| {
        let failure = Failure::misuse(format!("--type: no type is called {word:?}"));
        let failure = match nearest(word, EventType::words()) {
            Some(near) => failure.hint(format!("did you mean {near}?")),
            None => failure,
        };
        failure.hint(format!("there are: {}", EventType::words().collect::<Vec<_>>().join(", ")))
    })
}

/// The event that was written, and how its time was read.
struct Logged {
    event: Event,
    at: Option<ReadTime>,
    frame: Frame,
}

fn sources(context: &Context, args: &LogArgs) -> Result<Vec<AssetSource>, Failure> {
    let read = |path: &PathBuf| read_attachment(&context.folder.join(path));
    Ok(args.attachments.iter().map(read).collect::<Result<Vec<_>, _>>()?)
}

fn copy_in(project: &Project, id: &str, sources: &[AssetSource]) -> Result<Vec<Asset>, Failure> {
    let mut assets = Vec::new();
    for source in sources {
        match project.add_asset(id, source) {
            Ok(asset) => assets.push(asset),
            Err(fault) => {
                assets.iter().for_each(|asset| project.drop_asset(id, asset));
                return Err(fault.into());
            }
        }
    }
    Ok(assets)
}

fn attachment(args: &LogArgs, asset: &Asset) -> Attachment {
    Attachment {
        file: asset.name.clone(),
        alt: args.alt.clone(),
        width: args.width.clone(),
        caption: None,
    }
}

/// One line of answer; doubts and hints after it.
fn answer(
    context: &mut Context,
    record: &RecordName,
    logged: &Logged,
    carried: &str,
    before: &Incident,
) {
    let Logged { event, at, frame } = logged;
    let when = |at: &Moment| match context.brief {
        true => told_briefly(at, &context.now, frame.zone),
        false => told(at, frame.zone),
    };
    let mut line = format!("logged {}{}", if event.about { "about " } else { "" }, when(&event.at));
    if let Some(until) = &event.until {
        line.push_str(&format!(" until {}", when(until)));
    }
    line.push_str(&format!(": {}", event.headline()));
    line.extend(event.kind.iter().map(|kind| format!(" [{kind}]")));
    if event.audience == Audience::Internal {
        line.push_str(" (internal)");
    }
    if !context.brief {
        line.push_str(&format!(" → {}", record.id));
    }
    line.push_str(carried);
    line.extend(event.attachments.iter().map(|file| format!("; attached {}", file.file)));
    context.confirm(&format!("{line}\n"));
    for doubt in doubts(&event.at, frame, before, at.as_ref()) {
        context.say(&format!("warning: {doubt}"));
    }
    let far = |id: &String| {
        let step = before.step(id)?;
        let off = event.at.unix() - step.at.unix();
        (off.abs() > 43_200 && at.is_some_and(|at| at.day_inferred)).then_some(off)
    };
    if let Some(off) = event.steps.iter().find_map(far) {
        let side = if off < 0 { "before" } else { "after" };
        context.say(&format!(
            "warning: that is {} {side} the planned time; type the day if another one was meant",
            amount(off)
        ));
    }
    if event.until.is_some_and(|until| until.unix() - event.at.unix() > 86_400) {
        context.say("warning: it ends more than a day after it begins");
    }
    if let Some(step) = likely_step(before, &event.text).filter(|_| event.steps.is_empty()) {
        context.say(&link_hint(step, frame));
    }
}

fn link_hint(step: &PlanStep, frame: &Frame) -> String {
    let id = step.id.as_deref().unwrap_or(&step.text);
    let when = told(&step.at, frame.zone);
    let hint = format!(
        "hint: this sounds like the planned step {id:?} ({}, {when}); link it with: asrun amend --last --step {id:?}",
        step.text
    );
    crate::render::escape::terminal(&hint).into_owned()
}

/// `; carries out deploy (앱 배포), 30 min early`.
fn carried_out(event: &Event, incident: &Incident, tolerance: i64) -> String {
    let rows = rows(incident, tolerance);
    let mut said = String::new();
    for id in &event.steps {
        let row =
            rows.iter().find(|row| row.step.is_some_and(|step| step.id.as_deref() == Some(id)));
        let Some((row, step)) = row.and_then(|row| Some((row, row.step?))) else { continue };
        let first = row
            .events
            .first()
            .is_some_and(|first| first.at == event.at && first.text == event.text);
        let deviation = match row.deviation.filter(|_| first) {
            None => "a later event of it".to_owned(),
            Some(deviation) if deviation.seconds == 0 => "on time".to_owned(),
            Some(deviation) => {
                let side = if deviation.seconds < 0 { "early" } else { "late" };
                let on_time = if row.verdict == Verdict::OnTime { "on time, " } else { "" };
                format!("{on_time}{} {side}", amount(deviation.seconds))
            }
        };
        said.push_str(&format!("; carries out {id} ({}), {deviation}", step.text));
    }
    said
}
