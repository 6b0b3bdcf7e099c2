use std::path::PathBuf;

use clap::Args;

use crate::format::edit::Change;
use crate::format::{Document, insert_event};
use crate::model::{
    Attachment, Audience, Direction, Event, EventType, Frame, Incident, PlanStep,
    Typed as ReadTime, nearest,
};
use crate::store::{Asset, AssetSource, Project, RecordName, read_attachment};
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
    outcome.map_err(|failure| typed.repeated(failure))
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

fn event_type(word: &str) -> Result<EventType, Failure> {
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
    let sources =
        args.attachments.iter().map(|path| read_attachment(path)).collect::<Result<Vec<_>, _>>()?;
    let mut assets: Vec<Asset> = Vec::new();
    let fallback = context.zone(project);
    let mut logged: Option<Logged> = None;
    let saved =
        project.update(record, &context.patience(&args.record, &tell_waiting), |document| {
            let incident = &document.incident;
            let frame =
                frame(context.now, incident.zone.unwrap_or(fallback), incident, Direction::Past);
            let (mut event, at, mut changes) = event_of(args, typed, document, &frame)?;
            if assets.is_empty() {
                assets = copy_in(project, &record.id, &sources)?;
            }
            event.attachments = assets.iter().map(|asset| attachment(args, asset)).collect();
            changes.push(insert_event(&incident.events, &event).1);
            logged = Some(Logged { event, at, frame });
            Ok::<_, Failure>(changes)
        });
    let saved = saved
        .inspect_err(|_| assets.iter().for_each(|asset| project.drop_asset(&record.id, asset)))?;
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

/// The event, and the ids that steps without one must get to be referred to.
fn event_of(
    args: &LogArgs,
    typed: &Typed,
    document: &Document,
    frame: &Frame,
) -> Result<(Event, Option<ReadTime>, Vec<Change>), Failure> {
    let incident = &document.incident;
    let at = args.at.as_deref().map(|text| read(text, frame, "--at")).transpose()?;
    let moment = at.map_or_else(|| frame.now.seen_in(frame.zone), |typed| typed.moment);
    let until = args.until.as_deref().map(|text| read(text, frame, "--until")).transpose()?;
    if until.is_some_and(|until| until.moment.order(&moment).is_lt()) {
        return Err(Failure::misuse("--until: it would end before it begins"));
    }
    let mut steps = Vec::new();
    let mut changes = Vec::new();
    for wanted in &args.steps {
        let (id, change) = step_id(incident, wanted)?;
        steps.push(id);
        changes.extend(change);
    }
    let late = frame.now.unix() - moment.unix() > 60;
    let event = Event {
        until: until.map(|until| until.moment),
        logged: late
            .then(|| frame.now.seen_in(frame.zone).at_most(crate::model::Precision::Minute)),
        kind: typed.kind.clone(),
        steps,
        by: args.by.clone(),
        why: args.why.clone(),
        about: at.is_some_and(|at| at.about),
        key: args.key,
        audience: if args.internal { Audience::Internal } else { Audience::Everyone },
        detail: typed.detail.clone(),
        refs: args.refs.clone(),
        ..Event::new(moment, typed.text.clone())
    };
    Ok((event, at, changes))
}

/// The id of the step that `wanted` means: its id, else the only one whose id or words hold it.
fn step_id(incident: &Incident, wanted: &str) -> Result<(String, Option<Change>), Failure> {
    if incident.step(wanted).is_some() {
        return Ok((wanted.to_owned(), None));
    }
    let part = wanted.to_lowercase();
    let holds = |step: &PlanStep| {
        step.id.as_ref().is_some_and(|id| id.to_lowercase().contains(&part))
            || step.text.to_lowercase().contains(&part)
    };
    let found: Vec<(usize, &PlanStep)> = incident
        .plan
        .iter()
        .enumerate()
        .filter(|(_, step)| !part.is_empty() && holds(step))
        .collect();
    match found.as_slice() {
        [(_, PlanStep { id: Some(id), .. })] => Ok((id.clone(), None)),
        [(place, _)] => {
            let id = format!("step-{}", place + 1);
            let change = Change::Set {
                at: vec![("plan".to_owned(), *place)],
                key: "id".to_owned(),
                value: crate::format::Shape::text(id.clone()),
            };
            Ok((id, Some(change)))
        }
        [] => Err(unknown_step(incident, wanted)),
        many => {
            let lines: Vec<String> = many.iter().map(|(_, step)| step_line(step)).collect();
            Err(Failure::misuse(format!(
                "--step: {wanted:?} could mean\n    {}",
                lines.join("\n    ")
            )))
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
