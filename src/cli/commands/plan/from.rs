use clap::{Args, ValueEnum};

use crate::lang::told;
use crate::operations::{
    Adopted, NewPlan, PlanFromRequest, Workspace, adopt_plan, plan_for, plan_from,
};
use crate::render::{proposal_lines, proposal_text, to_json};
use crate::store::Loaded;
use crate::view::proposal_view;

use super::super::super::args::RecordArgs;
use super::super::super::context::{Context, tell_waiting};
use super::super::super::errors::{Exit, Failure};

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
    #[arg(long, value_enum, default_value_t = ProposalFormat::Table, conflicts_with = "apply")]
    format: ProposalFormat,
    #[command(flatten)]
    record: RecordArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ProposalFormat {
    Table,
    Lines,
    Json,
}

pub(super) fn run(context: &mut Context, args: &FromArgs) -> Result<Exit, Failure> {
    let workspace = context.workspace()?;
    let project = &workspace.project;
    let old = project.load(&project.select(&args.from)?)?;
    if args.apply {
        return apply(context, &workspace, &old, args);
    }
    // Without a record to write to, the new plan is told in the old one's zone.
    let target = match (context.record(project, &args.record), &args.record.record) {
        (Err(failure), Some(_)) => return Err(failure),
        (target, _) => target.ok().filter(|record| record.id != old.id),
    };
    let target = target.and_then(|record| project.load(&record).ok());
    let target = target.map(|target| target.document.incident).unwrap_or_default();
    let plan = plan_from(&workspace, &old, &target, &args.request())?;
    tell_anchor(context, &plan);
    let view = proposal_view(&old.id, &old.document.incident, &plan.proposal, Some(plan.zone));
    match args.format {
        ProposalFormat::Table => {
            context.print(&proposal_text(&view, context.width));
            context.say("nothing is written yet: --apply writes the steps into the current record");
        }
        ProposalFormat::Lines => context.print(&proposal_lines(&view)),
        ProposalFormat::Json => context.print(&to_json(&view)),
    }
    Ok(Exit::Done)
}

impl FromArgs {
    fn request(&self) -> PlanFromRequest {
        PlanFromRequest {
            at: self.at.clone(),
            anchor: self.anchor.clone(),
            as_planned: self.as_planned,
        }
    }
}

fn tell_anchor(context: &Context, plan: &NewPlan<'_>) {
    if plan.is_guessed {
        context.say(&format!(
            "no step was planned for that time of day, so the first one is the anchor: {}; --anchor names another",
            plan.proposal.anchor.text
        ));
    }
}

fn apply(
    context: &mut Context,
    workspace: &Workspace,
    old: &Loaded,
    args: &FromArgs,
) -> Result<Exit, Failure> {
    let record = context.record(&workspace.project, &args.record)?;
    let plan = plan_for(workspace, old, &record, &args.request())?;
    tell_anchor(context, &plan);
    if let Some(stays) = &plan.stays {
        context.say(&format!(
            "warning: {} is planned for {} in {} and stays there; the others are timed by {}",
            stays.text,
            told(&stays.at, plan.zone),
            record.id,
            told(&stays.anchor, plan.zone)
        ));
    }
    let wait = context.lock_wait(&args.record, &tell_waiting);
    let adopted = adopt_plan(workspace, &record, &plan, &wait)?;
    for step in &adopted.steps {
        let said = match step {
            Adopted::LeftAlone { text } => format!("left alone: {text} is in the plan already"),
            Adopted::Planned(step) => {
                let id = step.id.as_deref().unwrap_or("");
                format!("planned {}: {} [{id}]", told(&step.at, plan.zone), step.text)
            }
        };
        context.confirm(&format!("{said} → {}\n", record.id));
    }
    context.tell_saved(&adopted.saved);
    Ok(Exit::Done)
}
