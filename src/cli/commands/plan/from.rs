use clap::{Args, ValueEnum};

use crate::format::insert_step;
use crate::model::{Direction, Incident, Moment, PlanStep, Precision, Zone};
use crate::operations::{Field, exact, frame, free_id, read_time, step_place};
use crate::render::{proposal_lines, proposal_text, to_json};
use crate::store::{Loaded, Project};
use crate::timeline::{Proposal, Proposed, Wish, anchor_for, propose};
use crate::view::proposal_view;
use crate::yaml::Change;

use super::super::super::args::RecordArgs;
use super::super::super::changes::change_record;
use super::super::super::context::Context;
use super::super::super::errors::{Exit, Failure};
use super::super::super::times::told;

/// Make a new plan from an old record, with the lead times that were real
///
///   asrun plan from 2.0 --at "2024-09-07 18:00"            look at it
///   asrun plan from 2.0 --at "2024-09-07 18:00" --apply    write it
///   asrun plan from 2.0 --at 18:00 --format lines > plan.txt
///   asrun plan add - < plan.txt                            once it is edited
///
/// One step, the anchor, is to be at that time; the others keep their distance
/// from it. That distance is the real one where the plan was wrong by more than
/// the tolerance. It stays as planned for a step that followed the anchor on
/// time, and for one that was planned on the other side of it. Each line says
/// which distance it has, and a step that now comes before one it followed says
/// so; --as-planned keeps them all. Skipped steps are left out. Unfinished
/// actions and lessons of the old record are listed beside it.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct FromArgs {
    /// The old record: its id, any unique part of it, or its version.
    from: String,
    /// When the anchor is to be.
    #[arg(long, value_name = "TIME")]
    at: String,
    /// The step that is to be at that time. Without it, the first that was planned for the same
    /// time of day, else the first of all.
    #[arg(long, value_name = "STEP")]
    anchor: Option<String>,
    /// Keep every distance as it was planned, whatever happened.
    #[arg(long)]
    as_planned: bool,
    /// Write it into the current record (or --record). Steps that it has already stay as they are.
    #[arg(long)]
    apply: bool,
    /// In which form: `table` for people, `lines` for `asrun plan add -`, `json` for programs.
    #[arg(long, value_enum, default_value_t = Format::Table, conflicts_with = "apply")]
    format: Format,
    #[command(flatten)]
    record: RecordArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Lines,
    Json,
}

pub(super) fn run(context: &mut Context, args: &FromArgs) -> Result<Exit, Failure> {
    let project = context.project()?;
    let old = project.load(&project.select(&args.from)?)?;
    if args.apply {
        return apply(context, &project, &old, args);
    }
    // Without a record to write to, the new plan is told in the old one's zone.
    let target = match (context.record(&project, &args.record), &args.record.record) {
        (Err(failure), Some(_)) => return Err(failure),
        (target, _) => target.ok().filter(|record| record.id != old.id),
    };
    let target = target.and_then(|record| project.load(&record).ok());
    let target = target.map(|target| target.document.incident).unwrap_or_default();
    let (proposal, zone) = proposal(context, &project, &old, &target, args)?;
    let view = proposal_view(&old.id, &old.document.incident, &proposal, Some(zone));
    match args.format {
        Format::Table => {
            context.print(&proposal_text(&view, context.width));
            context.say("nothing is written yet: --apply writes the steps into the current record");
        }
        Format::Lines => context.print(&proposal_lines(&view)),
        Format::Json => context.print(&to_json(&view)),
    }
    Ok(Exit::Done)
}

fn proposal<'l>(
    context: &Context,
    project: &Project,
    old: &'l Loaded,
    target: &Incident,
    args: &FromArgs,
) -> Result<(Proposal<'l>, Zone), Failure> {
    let incident = &old.document.incident;
    let zone = target.zone.or(incident.zone).unwrap_or_else(|| context.zone(project));
    if incident.plan.is_empty() {
        return Err(Failure::new(format!("{} has no plan to make another one from", old.id)));
    }
    let frame = frame(context.now, zone, target, Direction::Future);
    let at = exact(read_time(&args.at, &frame, Field::At)?, Field::At)?.at_most(Precision::Minute);
    let anchor = match &args.anchor {
        Some(wanted) => step_place(incident, wanted, Field::Anchor)?,
        None => {
            let place = anchor_for(incident, &at, Some(zone)).ok_or_else(all_skipped)?;
            let hour = |moment: &Moment, zone| {
                let clock = moment.clock(zone);
                (clock.hour, clock.minute)
            };
            if hour(&incident.plan[place].at, incident.zone) != hour(&at, Some(zone)) {
                context.say(&format!(
                    "no step was planned for that time of day, so the first one is the anchor: {}; --anchor names another",
                    incident.plan[place].text
                ));
            }
            place
        }
    };
    let by_day = incident.plan[anchor].at.precision() == Precision::Day;
    if at.precision() == Precision::Day && !by_day {
        return Err(Failure::misuse(format!(
            "--at: {} was planned by the hour; say when on that day",
            incident.plan[anchor].text
        ))
        .hint("--at \"2024-09-07 18:00\""));
    }
    let wish = Wish {
        anchor,
        at,
        zone: Some(zone),
        tolerance: project.settings.tolerance_seconds(),
        as_planned: args.as_planned,
    };
    let proposal = propose(incident, &wish).ok_or_else(all_skipped)?;
    let beyond = |at: &Moment| !(1..=9999).contains(&at.clock(Some(zone)).day.year());
    if proposal.steps.iter().any(|step| beyond(&step.at) || step.until.as_ref().is_some_and(beyond))
    {
        return Err(Failure::misuse("--at: a step would lie outside the years 1 to 9999"));
    }
    Ok((proposal, zone))
}

fn all_skipped() -> Failure {
    Failure::new("every step of the old plan was skipped, so there is nothing to make a plan from")
}

fn apply(
    context: &mut Context,
    project: &Project,
    old: &Loaded,
    args: &FromArgs,
) -> Result<Exit, Failure> {
    let record = context.record(project, &args.record)?;
    if record.id == old.id {
        return Err(Failure::misuse("a record's plan cannot be made from itself")
            .hint("begin the new record first: asrun new TITLE --kind release")
            .hint("or name it: --record RECORD"));
    }
    let target = project.load(&record)?.document.incident;
    let (proposal, zone) = proposal(context, project, old, &target, args)?;
    let there = target.plan.iter().find(|step| {
        step.id.is_some() && step.id == proposal.anchor.id || step.text == proposal.anchor.text
    });
    let at = proposal.steps.iter().find(|step| std::ptr::eq(step.step, proposal.anchor));
    if let (Some(there), Some(anchor)) = (there, at)
        && there.at.order(&anchor.at).is_ne()
    {
        context.say(&format!(
            "warning: {} is planned for {} in {} and stays there; the others are timed by {}",
            there.text,
            told(&there.at, zone),
            record.id,
            told(&anchor.at, zone)
        ));
    }
    change_record(context, project, &record, &args.record, "plan from", |document| {
        let incident = &document.incident;
        additions(incident, &proposal, zone)
    })
}

/// The changes that add the proposed steps, but for those that are there already.
fn additions(
    incident: &Incident,
    proposal: &Proposal,
    zone: Zone,
) -> Result<(Vec<Change>, Vec<String>), Failure> {
    let mut planned = incident.clone();
    let (mut changes, mut answers) = (Vec::new(), Vec::new());
    for proposed in &proposal.steps {
        let old = proposed.step;
        if proposed.is_in(&incident.plan) {
            answers.push(format!("left alone: {} is in the plan already", old.text));
            continue;
        }
        let free = |id: &&str| planned.step(id).is_none();
        let step = PlanStep {
            id: Some(free_id(&planned, old.id.as_deref().filter(free), &old.text)?),
            ..step_of(proposed)
        };
        let (index, change) = insert_step(&planned.plan, &step);
        let id = step.id.as_deref().unwrap_or("");
        answers.push(format!("planned {}: {} [{id}]", told(&step.at, zone), step.text));
        planned.plan.insert(index, step);
        changes.push(change);
    }
    if changes.is_empty() {
        return Err(Failure::new("every step of it is in the plan already; nothing was written"));
    }
    Ok((changes, answers))
}

fn step_of(proposed: &Proposed) -> PlanStep {
    PlanStep {
        until: proposed.until,
        owner: proposed.step.owner.clone(),
        ..PlanStep::new(proposed.at, proposed.step.text.clone())
    }
}
