use clap::{Args, Subcommand};

use crate::format::edit::{Change, Path};
use crate::format::{Shape, insert_step};
use crate::model::{
    Direction, Frame, Incident, Moment, PlanStep, Precision, Typed, split_leading_window,
};
use crate::store::Work;

use super::super::args::RecordArgs;
use super::super::context::{Context, tell_waiting};
use super::super::errors::{Exit, Failure};
use super::super::frame::{frame, outside, read, told};
use super::super::messages::{accepted, optional};
use super::super::steps::step_place;

/// Write down what is to happen when
#[derive(Debug, Args)]
pub(in crate::cli) struct PlanArgs {
    #[command(subcommand)]
    verb: PlanVerb,
}

#[derive(Debug, Subcommand)]
enum PlanVerb {
    Add(AddArgs),
    Move(MoveArgs),
    Skip(SkipArgs),
}

/// Change a step's planned time; the first plan is kept beside it
///
///   asrun plan move deploy 17:30 --why "half an hour to spare"
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
struct MoveArgs {
    /// The step, by its id or part of its words.
    step: String,
    /// When it is due now.
    #[arg(allow_hyphen_values = true)]
    time: String,
    /// Why the plan was changed.
    #[arg(long, value_name = "REASON")]
    why: Option<String>,
    /// When the plan was changed; now if not given.
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    on: Option<String>,
    #[command(flatten)]
    record: RecordArgs,
}

/// Give a step up; it stays in the plan as skipped
///
///   asrun plan skip papers --why "not asked for last time"
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
struct SkipArgs {
    /// The step, by its id or part of its words.
    step: String,
    /// Why.
    #[arg(long, value_name = "REASON")]
    why: Option<String>,
    /// When that was decided; now if not given.
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    on: Option<String>,
    #[command(flatten)]
    record: RecordArgs,
}

/// Add a step to the plan, or many from the standard input
///
///   asrun plan add 17:30 "앱 배포" --id deploy
///   asrun plan add "2024-09-07 18:00" "Announce" --until 18:30
///   pbpaste | asrun plan add -
///
/// A clock time without a day is on the record's day. With `-`, each line of the standard input
/// is a step: a time, then a text, such as `오후 6시: PV영상 공개` or `17:30 - deploy`. If a line
/// cannot be read, nothing is written.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
struct AddArgs {
    /// When it is due; `-` to read lines from the standard input.
    #[arg(allow_hyphen_values = true)]
    time: String,
    /// What is to be done.
    text: Vec<String>,
    /// The name that `asrun log --step` uses; made of the text if not given.
    #[arg(long, value_name = "ID")]
    id: Option<String>,
    /// The end, if the step is a window.
    #[arg(long, value_name = "TIME")]
    until: Option<String>,
    /// Who does it.
    #[arg(long, value_name = "NAME")]
    owner: Option<String>,
    #[command(flatten)]
    record: RecordArgs,
}

pub(in crate::cli) fn run(context: &mut Context, args: PlanArgs) -> Result<Exit, Failure> {
    match args.verb {
        PlanVerb::Add(args) => add(context, &args),
        PlanVerb::Move(args) => move_step(context, &args),
        PlanVerb::Skip(args) => skip(context, &args),
    }
}

fn add(context: &mut Context, args: &AddArgs) -> Result<Exit, Failure> {
    let project = context.project()?;
    let record = context.record(&project, &args.record)?;
    let fallback = context.zone(&project);
    let lines = if args.time == "-" { Some(context.read_stdin()?) } else { None };
    let mut added: Vec<PlanStep> = Vec::new();
    let mut used: Option<Frame> = None;
    let saved = project.update(
        &record,
        &context.act("plan"),
        &context.patience(&args.record, &tell_waiting),
        |document| {
            let incident = &document.incident;
            let frame =
                frame(context.now, incident.zone.unwrap_or(fallback), incident, Direction::Future);
            let mut planned = incident.clone();
            let mut changes: Vec<Change> = Vec::new();
            added.clear();
            for mut step in wanted_steps(args, lines.as_deref(), &frame)? {
                step.id = Some(free_id(&planned, args.id.as_deref(), &step.text)?);
                let (index, change) = insert_step(&planned.plan, &step);
                planned.plan.insert(index, step.clone());
                changes.push(change);
                added.push(step);
            }
            used = Some(frame);
            Ok::<_, Failure>((Work::Changes(changes), Vec::new()))
        },
    )?;
    context.tell_saved(&saved);
    let zone = used.map_or(fallback, |frame| frame.zone);
    for step in &added {
        let id = step.id.as_deref().unwrap_or("");
        context.answer(&format!(
            "planned {}: {} [{id}] → {}\n",
            told(&step.at, zone),
            step.text,
            record.id
        ));
        for doubt in
            used.iter().flat_map(|frame| outside(&step.at, frame, &saved.before.incident, true))
        {
            context.say(&format!("warning: {doubt}"));
        }
    }
    Ok(Exit::Done)
}

fn move_step(context: &mut Context, args: &MoveArgs) -> Result<Exit, Failure> {
    change_step(
        context,
        "plan move",
        &args.step,
        args.on.as_deref(),
        &args.record,
        |place, step, frame, on| {
            let at = read(&args.time, frame, "TIME")?.moment;
            if at.order(&step.at).is_eq() {
                return Err(Failure::misuse(format!(
                    "the step is planned for {} already",
                    told(&at, frame.zone)
                )));
            }
            let mut revision =
                vec![("from".to_owned(), Shape::text(step.at.written())), ("on".to_owned(), on)];
            revision.extend(reason(args.why.as_deref())?);
            let changes = vec![
                Change::Insert {
                    at: place.clone(),
                    key: "revised".to_owned(),
                    index: step.revised.len(),
                    item: Shape::Map(revision),
                },
                Change::Set { at: place, key: "at".to_owned(), value: Shape::text(at.written()) },
            ];
            let answer = format!(
                "moved {}: {} → {}",
                step.text,
                told(&step.at, frame.zone),
                told(&at, frame.zone)
            );
            Ok((changes, answer))
        },
    )
}

fn skip(context: &mut Context, args: &SkipArgs) -> Result<Exit, Failure> {
    change_step(
        context,
        "plan skip",
        &args.step,
        args.on.as_deref(),
        &args.record,
        |place, step, frame, on| {
            if step.skipped.is_some() {
                return Err(Failure::misuse(format!("{} is skipped already", step.text)));
            }
            let mut skipped = vec![("on".to_owned(), on)];
            skipped.extend(reason(args.why.as_deref())?);
            let change =
                Change::Set { at: place, key: "skipped".to_owned(), value: Shape::Map(skipped) };
            Ok((
                vec![change],
                format!("skipped {} (planned {})", step.text, told(&step.at, frame.zone)),
            ))
        },
    )
}

fn reason(why: Option<&str>) -> Result<Option<(String, Shape)>, Failure> {
    let why = why.map(|why| accepted("reason", why)).transpose()?;
    Ok(why.map(|why| ("why".to_owned(), Shape::text(why))))
}

type StepChange = (Vec<Change>, String);

/// Changes one step of the plan. `change` gets its place, the step, the frame and the moment of
/// the decision, and gives the changes and what to say.
fn change_step(
    context: &mut Context,
    verb: &'static str,
    wanted: &str,
    on: Option<&str>,
    record_args: &RecordArgs,
    change: impl Fn(Path, &PlanStep, &Frame, Shape) -> Result<StepChange, Failure>,
) -> Result<Exit, Failure> {
    let project = context.project()?;
    let record = context.record(&project, record_args)?;
    let fallback = context.zone(&project);
    let mut answer = String::new();
    let patience = context.patience(record_args, &tell_waiting);
    let saved = project.update(&record, &context.act(verb), &patience, |document| {
        let incident = &document.incident;
        let zone = incident.zone.unwrap_or(fallback);
        let past = frame(context.now, zone, incident, Direction::Past);
        let frame = frame(context.now, zone, incident, Direction::Future);
        let decided = match on {
            None => context.now.seen_in(zone).at_most(Precision::Minute),
            Some(text) => read(text, &past, "--on")?.moment,
        };
        let place = step_place(incident, wanted)?;
        let path = vec![("plan".to_owned(), place)];
        let (changes, said) =
            change(path, &incident.plan[place], &frame, Shape::text(decided.written()))?;
        answer = said;
        Ok::<_, Failure>((Work::Changes(changes), Vec::new()))
    })?;
    let answer = format!("{answer} → {}\n", record.id);
    context.answer(&answer);
    context.tell_saved(&saved);
    Ok(Exit::Done)
}

fn wanted_steps(
    args: &AddArgs,
    lines: Option<&str>,
    frame: &Frame,
) -> Result<Vec<PlanStep>, Failure> {
    if let Some(lines) = lines {
        if !args.text.is_empty() {
            return Err(Failure::misuse(
                "`asrun plan add -` reads times and texts from the standard input; it takes no text",
            ));
        }
        return steps_of_lines(lines, frame);
    }
    let at = exact(read(&args.time, frame, "TIME")?)?;
    let until = args.until.as_deref().map(|text| window_end(text, frame, &at)).transpose()?;
    let text = accepted("text", &args.text.join(" "))?;
    Ok(vec![PlanStep {
        until,
        owner: optional("--owner", args.owner.as_deref())?,
        ..step(at, text)
    }])
}

/// A plan says when something is due; "about" would be lost.
fn exact(typed: Typed) -> Result<Moment, Failure> {
    if typed.about {
        return Err(Failure::misuse("TIME: a planned time cannot be approximate")
            .hint("plan a window instead: asrun plan add 18:00 TEXT --until 18:30"));
    }
    Ok(typed.moment)
}

fn window_end(text: &str, frame: &Frame, start: &Moment) -> Result<Moment, Failure> {
    let until = read(text, frame, "--until")?.moment;
    if until.order(start).is_lt() {
        return Err(Failure::misuse("--until: the window would end before it begins")
            .hint("type the day too if it ends on the next day: --until \"2024-09-08 01:00\""));
    }
    Ok(until)
}

/// Every line is a time and a text; all lines that are not are named at once.
fn steps_of_lines(lines: &str, frame: &Frame) -> Result<Vec<PlanStep>, Failure> {
    let mut steps = Vec::new();
    let mut unread = Vec::new();
    for (number, line) in lines.lines().enumerate() {
        let line = line.trim().trim_start_matches(['-', '*', '•']).trim_start();
        if line.is_empty() || line.starts_with("```") {
            continue;
        }
        match split_leading_window(line, frame) {
            Some((start, end, text)) => steps.push(PlanStep {
                until: end.map(|end| end.moment),
                ..step(start.moment, accepted("text", text)?)
            }),
            None => unread.push(format!("line {}: {line}", number + 1)),
        }
    }
    if !unread.is_empty() {
        let message = format!("no time and text in\n  {}", unread.join("\n  "));
        return Err(Failure::misuse(message)
            .hint("a line is a time, then a text: `오후 6시: PV영상 공개`, `17:30 - deploy`; nothing was written"));
    }
    if steps.is_empty() {
        return Err(Failure::misuse("the standard input holds no steps"));
    }
    Ok(steps)
}

fn step(at: Moment, text: String) -> PlanStep {
    PlanStep { id: None, at, until: None, text, owner: None, revised: Vec::new(), skipped: None }
}

const ID_CHARS: usize = 16;

/// The wanted id, or one made of the text; never one that is taken.
fn free_id(incident: &Incident, wanted: Option<&str>, text: &str) -> Result<String, Failure> {
    if let Some(wanted) = wanted {
        let id = accepted("id", wanted)?;
        if incident.step(&id).is_some() {
            return Err(Failure::misuse(format!("--id: the plan has a step {id:?} already")));
        }
        return Ok(id);
    }
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut base = String::new();
    for word in words {
        let longer = if base.is_empty() {
            word.to_lowercase()
        } else {
            format!("{base}-{}", word.to_lowercase())
        };
        if !base.is_empty() && longer.chars().count() > ID_CHARS {
            break;
        }
        base = longer.chars().take(ID_CHARS).collect();
    }
    if base.is_empty() {
        base = "step".to_owned();
    }
    let numbered = (2..).map(|number| format!("{base}-{number}"));
    let mut candidates = std::iter::once(base.clone()).chain(numbered);
    Ok(candidates.find(|id| incident.step(id).is_none()).unwrap_or(base))
}
