use clap::Args;

use crate::model::{Direction, Frame, Incident, Moment, PlanStep, Precision, Zone};
use crate::operations::{Field, accepted, frame, read_time, step_place};
use crate::yaml::{Change, Path, Value};

use super::super::super::args::RecordArgs;
use super::super::super::changes::change_record;
use super::super::super::context::Context;
use super::super::super::errors::{Exit, Failure};
use super::super::super::times::{told, told_end};
use super::add::window_end;

/// Change a step's planned time; the first plan is kept beside it
///
///   asrun plan move deploy 17:30 --why "half an hour to spare"
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct MoveArgs {
    /// The step, by its id or part of its words.
    step: String,
    /// When it is due now.
    #[arg(allow_hyphen_values = true)]
    time: String,
    /// When its window ends now; a window moves as a whole if not given.
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    until: Option<String>,
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
pub(super) struct SkipArgs {
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

pub(super) fn move_step(context: &mut Context, args: &MoveArgs) -> Result<Exit, Failure> {
    change_step(
        context,
        "plan move",
        &args.step,
        args.on.as_deref(),
        &args.record,
        |place, step, frame, on| {
            let at = read_time(&args.time, frame, Field::Unnamed)?.moment;
            if at.order(&step.at).is_eq() {
                return Err(Failure::misuse(format!(
                    "the step is planned for {} already",
                    told(&at, frame.zone)
                )));
            }
            let mut revision =
                vec![("from".to_owned(), Value::text(step.at.written())), ("on".to_owned(), on)];
            revision.extend(reason(args.why.as_deref())?);
            let set = |key: &str, to: &Moment| Change::Set {
                at: place.clone(),
                key: key.to_owned(),
                value: Value::text(to.written()),
            };
            let mut changes = vec![
                Change::Insert {
                    at: place.clone(),
                    key: "revised".to_owned(),
                    index: step.revised.len(),
                    item: Value::Map(revision),
                },
                set("at", &at),
            ];
            let until = match &args.until {
                Some(typed) => Some(window_end(typed, frame, &at)?),
                None => step.until.map(|until| moved_end(step, &until, &at, frame.zone)),
            };
            changes.extend(until.iter().map(|until| set("until", until)));
            let answer = format!(
                "moved {}: {} → {}{}",
                step.text,
                told(&step.at, frame.zone),
                told(&at, frame.zone),
                told_end(until.as_ref(), frame.zone)
            );
            Ok((changes, answer))
        },
    )
}

/// The end of a window that begins at another time now: as long as it was, on the wall's clocks.
fn moved_end(step: &PlanStep, until: &Moment, at: &Moment, zone: Zone) -> Moment {
    let length = until.wall_since(&step.at, Some(zone));
    if until.precision() == Precision::Day {
        let day = at.clock(Some(zone)).day.plus(length.seconds / 86_400);
        return Moment::of_day(day, Some(zone));
    }
    let end = at.wall_plus(length.seconds, Some(zone));
    end.unwrap_or_else(|_| at.elapsed_in(length.seconds, Some(zone)))
}

pub(super) fn skip(context: &mut Context, args: &SkipArgs) -> Result<Exit, Failure> {
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
                Change::Set { at: place, key: "skipped".to_owned(), value: Value::Map(skipped) };
            Ok((
                vec![change],
                format!("skipped {} (planned {})", step.text, told(&step.at, frame.zone)),
            ))
        },
    )
}

fn reason(why: Option<&str>) -> Result<Option<(String, Value)>, Failure> {
    let why = why.map(|why| accepted(Field::Reason, why)).transpose()?;
    Ok(why.map(|why| ("why".to_owned(), Value::text(why))))
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
    change: impl Fn(Path, &PlanStep, &Frame, Value) -> Result<StepChange, Failure>,
) -> Result<Exit, Failure> {
    let project = context.project()?;
    let record = context.record(&project, record_args)?;
    let fallback = context.zone(&project);
    let (now, zone_of) = (context.now, |incident: &Incident| incident.zone.unwrap_or(fallback));
    change_record(context, &project, &record, record_args, verb, |document| {
        let incident = &document.incident;
        let zone = zone_of(incident);
        let past = frame(now, zone, incident, Direction::Past);
        let frame = frame(now, zone, incident, Direction::Future);
        let decided = match on {
            None => now.seen_in(zone).at_most(Precision::Minute),
            Some(text) => read_time(text, &past, Field::On)?.moment,
        };
        let place = step_place(incident, wanted, Field::Unnamed)?;
        let path = vec![("plan".to_owned(), Some(place))];
        let decided = Value::text(decided.written());
        let (changes, said) = change(path, &incident.plan[place], &frame, decided)?;
        Ok((changes, vec![said]))
    })
}
