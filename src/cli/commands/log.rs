use std::path::PathBuf;

use clap::Args;

use crate::format::edit::Change;
use crate::format::{event_item, insert_event};
use crate::model::{
    Attachment, Audience, Direction, Event, EventType, Frame, Incident, PlanStep, Precision,
    Typed as ReadTime, Zone, nearest,
};
use crate::store::{Asset, AssetSource, Project, RecordName, Work, read_attachment};
use crate::timeline::{Verdict, likely_step, rows};

use super::super::args::RecordArgs;
use super::super::context::{Context, tell_waiting};
use super::super::editor;
use super::super::errors::{Exit, Failure};
use super::super::frame::{amount, doubts, frame, read, told};
use super::super::messages::accepted;

/// Write down what happened, now or at a given time
///
///   asrun log "5xx on checkout" --type detected
///   asrun log "앱 진입 불가 확인" --at "오후 6시 08분" --attach 044.png
///   asrun log "배포 시작" --at 17:00 --step deploy
///   ./smoke-test 2>&1 | asrun log "smoke test failed" -
///   asrun log                    (opens $VISUAL or $EDITOR, like git commit)
///
/// Answers with one line: the resolved time with date and zone, and the record it went to. A
/// clock time without a day is the latest such moment that is not in the future; in a record
/// that is not under way, it is on the record's day.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(in crate::cli) struct LogArgs {
    /// What happened. A last `-` takes the standard input as the detail, as a code block, which
    /// is what a program's output is. After `--`, a text may begin with a dash.
    text: Vec<String>,
    /// When it happened; now if not given.
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    at: Option<String>,
    /// When it ended, if it took a while.
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    until: Option<String>,
    /// detected, identified, mitigated, resolved and other milestones, or action, decision, …
    #[arg(long = "type", value_name = "TYPE")]
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
    let project = context.project()?;
    let record = context.record(&project, &args.record)?;
    let typed = Typed::collect(context, args, &record)?;
    let outcome = write(context, &project, &record, args, &typed);
    let failure = match outcome {
        Ok(exit) => return Ok(exit),
        Err(failure) => failure,
    };
    match failure.unreadable_text() {
        Some(text) => {
            let zone = likely_zone(text).unwrap_or_else(|| context.zone(&project));
            keep(context, &project, &record, args, &typed, zone)?;
            Err(kept(failure, &record, &typed))
        }
        None => Err(typed.repeated(failure)),
    }
}

/// Keeps the event beside a record that cannot be read now.
fn keep(
    context: &Context,
    project: &Project,
    record: &RecordName,
    args: &LogArgs,
    typed: &Typed,
    zone: Zone,
) -> Result<(), Failure> {
    let incident = Incident { zone: Some(zone), ..Incident::default() };
    let frame = frame(context.now, zone, &incident, Direction::Past);
    let (mut event, _) =
        event_of(args, typed, &frame).map_err(|failure| typed.repeated(failure))?;
    event.steps.clone_from(&args.steps);
    let sources = sources(context, args).map_err(|failure| typed.repeated(failure))?;
    let assets =
        copy_in(project, &record.id, &sources).map_err(|failure| typed.repeated(failure))?;
    event.attachments = assets.iter().map(|asset| attachment(args, asset)).collect();
    let patience = context.patience(&args.record, &tell_waiting);
    let done = project.keep(record, &context.act("log"), event_item(&event), &patience);
    done.map_err(|fault| typed.repeated(fault.into()))
}

fn kept(mut failure: Failure, record: &RecordName, typed: &Typed) -> Failure {
    failure.exit = Exit::Kept;
    failure.message = format!("not in the record yet, but kept: {}", failure.message);
    failure.hint(format!("kept: {}", typed.text)).hint(format!(
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

/// What the user typed, before it means anything.
struct Typed {
    text: String,
    detail: Option<String>,
    kind: Option<EventType>,
}

impl Typed {
    fn collect(context: &Context, args: &LogArgs, record: &RecordName) -> Result<Typed, Failure> {
        let kind = args.kind.as_deref().map(event_type).transpose()?;
        let mut words = args.text.clone();
        let output = words.pop_if(|word| word == "-").is_some();
        let markdown = args.detail.as_deref() == Some("-");
        let piped = if output || markdown { Some(context.read_stdin()?) } else { None };
        let piped =
            piped.map(|text| if output && !words.is_empty() { as_code(&text) } else { text });
        let (text, piped) = match (words.is_empty(), piped) {
            (true, Some(piped)) => split_message(&piped),
            (true, None) => split_message(&edited(context, record)?),
            (false, piped) => (words.join(" "), piped),
        };
        let given = args.detail.clone().filter(|detail| detail != "-");
        let detail = piped.or(given).filter(|detail| !detail.trim().is_empty());
        Ok(Typed {
            text: accepted("text", &text)?,
            detail: detail.map(|detail| accepted("detail", &detail)).transpose()?.map(|d| d + "\n"),
            kind,
        })
    }

    /// A refusal repeats what was typed, so that it can be copied.
    fn repeated(&self, mut failure: Failure) -> Failure {
        failure.message = format!("NOT recorded: {}", failure.message);
        let detail = self
            .detail
            .as_ref()
            .map(|detail| format!("\n{}", detail.trim_end()))
            .unwrap_or_default();
        failure.hint(format!("what you typed: {}{detail}", self.text))
    }
}

/// A program's output, whatever it holds, as a Markdown code block.
fn as_code(output: &str) -> String {
    let output = output.trim_matches(['\n', '\r']);
    if output.trim().is_empty() {
        return String::new();
    }
    let longest = output.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat((longest + 1).max(3));
    format!("{fence}text\n{output}\n{fence}")
}

/// First line and the rest, as in a commit message.
fn split_message(message: &str) -> (String, Option<String>) {
    match message.trim().split_once('\n') {
        Some((first, rest)) => {
            (first.trim().to_owned(), Some(rest.trim_matches(['\n', '\r']).to_owned()))
        }
        None => (message.trim().to_owned(), None),
    }
}

fn edited(context: &Context, record: &RecordName) -> Result<String, Failure> {
    if !editor::is_usable(context.is_interactive()) {
        return Err(Failure::misuse("no text was given and there is no terminal to ask on")
            .hint("asrun log \"what happened\", or set EDITOR"));
    }
    let notes = format!(
        "What happened? The first line is the event, the lines after it are the detail (Markdown).\n\
         An empty message records nothing. Record: {}\n",
        record.id
    );
    let message = editor::write(&notes)?;
    if message.is_empty() {
        return Err(Failure::new("the message is empty, so nothing was recorded"));
    }
    Ok(message)
}

pub(super) fn event_type(word: &str) -> Result<EventType, Failure> {
    EventType::known(word).ok_or_else(|| {
        let failure = Failure::misuse(format!("--type: no type is called {word:?}"));
        let failure = match nearest(word, EventType::words()) {
            Some(near) => failure.hint(format!("did you mean {near}?")),
            None => failure,
        };
        failure.hint(format!("there are: {}", EventType::words().collect::<Vec<_>>().join(", ")))
    })
}

fn write(
    context: &mut Context,
    project: &Project,
    record: &RecordName,
    args: &LogArgs,
    typed: &Typed,
) -> Result<Exit, Failure> {
    let sources = sources(context, args)?;
    let mut assets: Vec<Asset> = Vec::new();
    let fallback = context.zone(project);
    let mut logged: Option<Logged> = None;
    let saved = project.update(
        record,
        &context.act("log"),
        &context.patience(&args.record, &tell_waiting),
        |document| {
            let incident = &document.incident;
            let frame =
                frame(context.now, incident.zone.unwrap_or(fallback), incident, Direction::Past);
            let (mut event, at) = event_of(args, typed, &frame)?;
            let (steps, mut changes) = step_ids(incident, &args.steps)?;
            event.steps = steps;
            if assets.is_empty() {
                assets = copy_in(project, &record.id, &sources)?;
            }
            event.attachments = assets.iter().map(|asset| attachment(args, asset)).collect();
            changes.push(insert_event(&incident.events, &event).1);
            logged = Some(Logged { event, at, frame });
            Ok::<_, Failure>((Work::Changes(changes), Vec::new()))
        },
    );
    let saved = saved
        .inspect_err(|_| assets.iter().for_each(|asset| project.drop_asset(&record.id, asset)))?;
    context.tell_saved(&saved);
    if let Some(logged) = logged {
        let carried =
            carried_out(&logged.event, &saved.after.incident, project.settings.tolerance_seconds());
        answer(context, record, &logged, &carried, &saved.before.incident);
    }
    Ok(Exit::Done)
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

/// The event as typed, without steps and attachments, and how its time was read.
fn event_of(
    args: &LogArgs,
    typed: &Typed,
    frame: &Frame,
) -> Result<(Event, Option<ReadTime>), Failure> {
    let at = args.at.as_deref().map(|text| read(text, frame, "--at")).transpose()?;
    let moment = at.map_or_else(|| frame.now.seen_in(frame.zone), |typed| typed.moment);
    let until = args.until.as_deref().map(|text| read(text, frame, "--until")).transpose()?;
    if until.is_some_and(|until| until.moment.order(&moment).is_lt()) {
        return Err(Failure::misuse("--until: it would end before it begins"));
    }
    let late = frame.now.unix() - moment.unix() > 60;
    let event = Event {
        until: until.map(|until| until.moment),
        logged: late.then(|| frame.now.seen_in(frame.zone).at_most(Precision::Minute)),
        kind: typed.kind.clone(),
        by: args.by.clone(),
        why: args.why.clone(),
        about: at.is_some_and(|at| at.about),
        key: args.key,
        audience: if args.internal { Audience::Internal } else { Audience::Everyone },
        detail: typed.detail.clone(),
        refs: args.refs.clone(),
        ..Event::new(moment, typed.text.clone())
    };
    Ok((event, at))
}

/// The ids of the wanted steps, and what gives ids to those that had none.
fn step_ids(incident: &Incident, wanted: &[String]) -> Result<(Vec<String>, Vec<Change>), Failure> {
    let mut ids = Vec::new();
    let mut changes = Vec::new();
    for step in wanted {
        let (id, change) = step_id(incident, step)?;
        ids.push(id);
        changes.extend(change);
    }
    Ok((ids, changes))
}

/// The id of the step that `wanted` means, and the change that gives it one if it had none.
pub(super) fn step_id(
    incident: &Incident,
    wanted: &str,
) -> Result<(String, Option<Change>), Failure> {
    let place = step_place(incident, wanted)?;
    if let Some(id) = &incident.plan[place].id {
        return Ok((id.clone(), None));
    }
    let id = format!("step-{}", place + 1);
    let at = vec![("plan".to_owned(), place)];
    let value = crate::format::Shape::text(id.clone());
    Ok((id, Some(Change::Set { at, key: "id".to_owned(), value })))
}

/// The place of the step that `wanted` means: by its id, else the only one whose id or words
/// hold it.
pub(super) fn step_place(incident: &Incident, wanted: &str) -> Result<usize, Failure> {
    let exact = incident.plan.iter().position(|step| step.id.as_deref() == Some(wanted));
    if let Some(place) = exact {
        return Ok(place);
    }
    let part = wanted.to_lowercase();
    let holds = |step: &PlanStep| {
        let id = step.id.as_ref().is_some_and(|id| id.to_lowercase().contains(&part));
        !part.is_empty() && (id || step.text.to_lowercase().contains(&part))
    };
    let places: Vec<usize> =
        (0..incident.plan.len()).filter(|place| holds(&incident.plan[*place])).collect();
    match places.as_slice() {
        [place] => Ok(*place),
        [] => Err(unknown_step(incident, wanted)),
        many => {
            let lines: Vec<String> =
                many.iter().map(|place| step_line(&incident.plan[*place])).collect();
            let message = format!("--step: {wanted:?} could mean\n    {}", lines.join("\n    "));
            Err(Failure::misuse(message))
        }
    }
}

fn unknown_step(incident: &Incident, wanted: &str) -> Failure {
    if incident.plan.is_empty() {
        return Failure::misuse(format!("--step: the record has no plan, so no step {wanted:?}"))
            .hint("add it first: asrun plan add TIME TEXT --id ID");
    }
    let ids = incident.plan.iter().filter_map(|step| step.id.as_deref());
    let near = nearest(wanted, ids).map(|near| format!("did you mean {near}?"));
    let lines: Vec<String> = incident.plan.iter().map(step_line).collect();
    let failure = Failure::misuse(format!(
        "--step: the plan has no step {wanted:?}; it has\n    {}",
        lines.join("\n    ")
    ));
    match near {
        Some(near) => failure.hint(near),
        None => failure,
    }
}

fn step_line(step: &PlanStep) -> String {
    format!("{}  {}", step.id.as_deref().unwrap_or("(no id)"), step.text)
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
    let kind = event.kind.as_ref().map(|kind| format!(" [{kind}]")).unwrap_or_default();
    let about = if event.about { "about " } else { "" };
    let headline = crate::render::escape::terminal(event.headline()).into_owned();
    let when = told(&event.at, frame.zone);
    context.print(&format!("logged {about}{when}: {headline}{kind} → {}{carried}\n", record.id));
    for doubt in doubts(&event.at, frame, before, at.as_ref()) {
        context.say(&format!("warning: {doubt}"));
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
