use clap::Args;

use crate::format::insert_step;
use crate::model::{
    Day, Direction, Frame, Incident, Moment, PlanStep, Typed, split_leading_window,
};
use crate::operations::{Field, accepted, frame, optional, outside, read_time};
use crate::store::Work;
use crate::yaml::Change;

use super::super::super::args::RecordArgs;
use super::super::super::context::{Context, tell_waiting};
use super::super::super::errors::{Exit, Failure};
use super::super::super::faults::{Door, doubt_words, lead};
use super::super::super::times::{told, told_end};

/// Add a step to the plan, or many from the standard input
///
///   asrun plan add 17:30 "앱 배포" --id deploy
///   asrun plan add "2024-09-07 18:00" "Announce" --until 18:30
///   pbpaste | asrun plan add -
///
/// A clock time without a day is on the record's day. With `-`, each line of
/// the standard input is a step: a time, then a text, such as `오후 6시: PV영상
/// 공개` or `17:30 - deploy`. If a line cannot be read, nothing is written.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct AddArgs {
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

pub(super) fn add(context: &mut Context, args: &AddArgs) -> Result<Exit, Failure> {
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
                // Who pastes a longer plan again wants what is new in it.
                let is_same = |old: &PlanStep| old.at == step.at && old.text == step.text;
                if lines.is_some() && incident.plan.iter().any(is_same) {
                    continue;
                }
                let wanted = args.id.as_deref().or(step.id.as_deref());
                step.id = Some(free_id(&planned, wanted, &step.text)?);
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
        context.confirm(&format!(
            "planned {}{}: {} [{id}] → {}\n",
            told(&step.at, zone),
            told_end(step.until.as_ref(), zone),
            step.text,
            record.id
        ));
        for doubt in
            used.iter().flat_map(|frame| outside(&step.at, frame, &saved.before.incident, true))
        {
            context.say(&format!("warning: {}", doubt_words(&doubt, zone)));
        }
    }
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
        if args.until.is_some() || args.owner.is_some() {
            return Err(Failure::misuse(
                "with `-` each step is a line, so --until and --owner have none to belong to",
            )
            .hint("write the end into the line: 17:00-18:00 TEXT"));
        }
        let steps = steps_of_lines(lines, frame)?;
        if args.id.is_some() && steps.len() > 1 {
            return Err(Failure::misuse(format!(
                "--id names one step, and the standard input has {}",
                steps.len()
            )));
        }
        return Ok(steps);
    }
    let at = exact(read_time(&args.time, frame, Field::Unnamed)?, Field::Unnamed)?;
    let until = args.until.as_deref().map(|text| window_end(text, frame, &at)).transpose()?;
    if args.text.is_empty() {
        return Err(Failure::misuse("no text was given for the step")
            .hint(format!("asrun plan add {} \"deploy\"", args.time)));
    }
    let text = accepted(Field::Text, &args.text.join(" "))?;
    Ok(vec![PlanStep {
        until,
        owner: optional(Field::Owner, args.owner.as_deref())?,
        ..PlanStep::new(at, text)
    }])
}

/// A plan says when something is due; "about" would be lost.
pub(super) fn exact(typed: Typed, field: Field) -> Result<Moment, Failure> {
    if typed.about {
        return Err(Failure::misuse(format!(
            "{}a planned time cannot be approximate",
            lead(field, Door::CommandLine)
        ))
        .hint("plan a window instead: asrun plan add 18:00 TEXT --until 18:30"));
    }
    Ok(typed.moment)
}

pub(super) fn window_end(text: &str, frame: &Frame, start: &Moment) -> Result<Moment, Failure> {
    let until = read_time(text, frame, Field::Until)?.moment;
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
        let line = without_marker(line.trim());
        // `#1 18:00 deploy` is no heading, and neither is one that holds a step.
        let title = line.trim_start_matches('#');
        let heading = title.len() < line.len()
            && (title.is_empty() || title.starts_with(' '))
            && split_leading_window(title.trim(), frame).is_none();
        if heading && says_a_day(line) {
            unread.push(format!("line {}: {line} (write the day before each time)", number + 1));
        }
        if line.is_empty() || line.starts_with("```") || heading {
            continue;
        }
        match split_leading_window(line, frame) {
            Some((start, end, text)) if !start.about => {
                let (text, id) = split_id(text);
                let above = steps.last().map(|step: &PlanStep| step.at);
                let (start, end) = after_midnight(start, end, above, frame);
                steps.push(PlanStep {
                    id: id.map(str::to_owned),
                    until: end.map(|end| end.moment),
                    ..PlanStep::new(start.moment, accepted(Field::Text, text)?)
                });
            }
            _ => unread.push(format!("line {}: {line}", number + 1)),
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

/// Whether a heading names a day, which would be lost.
fn says_a_day(heading: &str) -> bool {
    let digits = |text: &str| text.trim_end().ends_with(|c: char| c.is_ascii_digit());
    let korean =
        heading.split_once('월').is_some_and(|(month, day)| digits(month) && day.contains('일'));
    let iso =
        heading.split_whitespace().any(|word| Day::parse(word.trim_matches(['(', ')'])).is_some());
    korean || iso
}

/// A clock time before six in the morning, without a day, below one in the evening is on the next day:
/// plans are pasted in their order.
fn after_midnight(
    start: Typed,
    end: Option<Typed>,
    above: Option<Moment>,
    frame: &Frame,
) -> (Typed, Option<Typed>) {
    let hour = |at: &Moment| at.clock(Some(frame.zone)).hour;
    let evening = above.filter(|above| hour(above) >= 18 && above.unix() > start.moment.unix());
    if evening.is_none() || hour(&start.moment) >= 6 || !start.day_inferred {
        return (start, end);
    }
    let next = |typed: Typed| {
        let moment = typed.moment.wall_plus(DAY, Some(frame.zone)).unwrap_or(typed.moment);
        Typed { moment, ..typed }
    };
    (next(start), end.map(next))
}

const DAY: i64 = 86_400;

/// A line of a list without its dash, its bullet or its number: `1. 오후 6시: …`.
fn without_marker(line: &str) -> &str {
    let line = line.trim_start_matches(['-', '*', '•']).trim_start();
    let number = line.split_once(['.', ')']).filter(|(number, rest)| {
        (1..=2).contains(&number.len())
            && number.bytes().all(|b| b.is_ascii_digit())
            && rest.starts_with(' ')
    });
    number.map_or(line, |(_, rest)| rest.trim_start())
}

/// `앱 배포 [id: deploy]`: the words, and the id that `asrun plan from --format lines` puts behind them.
fn split_id(text: &str) -> (&str, Option<&str>) {
    let inside = text.strip_suffix(']').and_then(|text| text.rsplit_once(" [id: "));
    let plain =
        |id: &str| !id.is_empty() && !id.contains(|c: char| c.is_whitespace() || "[]".contains(c));
    match inside.filter(|(words, id)| plain(id) && !words.trim().is_empty()) {
        Some((words, id)) => (words.trim_end(), Some(id)),
        None => (text, None),
    }
}

const ID_CHARS: usize = 16;

/// The wanted id, or one made of the text; never one that is taken.
pub(super) fn free_id(
    incident: &Incident,
    wanted: Option<&str>,
    text: &str,
) -> Result<String, Failure> {
    if let Some(wanted) = wanted {
        let id = accepted(Field::Id, wanted)?;
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
