use clap::{Args, ValueEnum};

use crate::console::shell::shell_line;
use crate::console::{Context, Exit, Failure};
use crate::lang::{help, terminal};
use crate::model::{Incident, PlanStep};
use crate::operations::{
    Adopted, NewPlan, PlanFromRequest, Staying, Workspace, adopt_plan, lines_of_new_plan, plan_for,
    plan_from,
};
use crate::render::{proposal_text, to_json};
use crate::store::Loaded;
use crate::view::{Recurred, proposal_view};

use super::super::super::args::RecordArgs;

#[derive(Debug, Args)]
#[command(about = help().plan.from.about, long_about = help().plan.from.long_about)]
pub(super) struct FromArgs {
    #[arg(required = true, help = help().plan.from.from)]
    from: Vec<String>,
    #[arg(long, value_name = "TIME", help = help().plan.from.at)]
    at: String,
    #[arg(long, value_name = "STEP", help = help().plan.from.anchor)]
    anchor: Option<String>,
    #[arg(long, help = help().plan.from.as_planned)]
    as_planned: bool,
    #[arg(long, help = help().plan.from.calendar)]
    calendar: bool,
    #[arg(long, help = help().plan.from.keep_skipped)]
    keep_skipped: bool,
    #[arg(long, help = help().plan.from.apply)]
    apply: bool,
    #[arg(long, value_enum, default_value_t = ProposalFormat::Table, conflicts_with = "apply",
        help = help().plan.from.format)]
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
    let mut olds: Vec<Loaded> = Vec::new();
    for named in &args.from {
        let old = project.load(&project.select(named)?)?;
        if olds.iter().all(|other| other.id != old.id) {
            olds.push(old);
        }
    }
    if args.apply {
        return apply(context, workspace, &olds, args);
    }
    let wanted = args.record.record.as_deref();
    // Without a record to write to, the new plan is in the old one's zone.
    let target = match (context.named_or_current(project, wanted), wanted) {
        (Err(failure), Some(_)) => return Err(failure),
        (target, _) => target.ok().filter(|record| olds.iter().all(|old| record.id != old.id)),
    };
    let into = target.as_ref().map(|record| record.id.clone());
    let target = target.and_then(|record| project.load(&record).ok());
    let target = target.map(|target| target.document.incident).unwrap_or_default();
    let plan = plan_from(&workspace, &olds, &target, &args.request())?;
    tell_anchor(context, &plan);
    let told = |id: &&str| olds.iter().find(|old| old.id == **id);
    let records: Vec<(&str, &Incident)> = (plan.from.iter().filter_map(told))
        .map(|old| (old.id.as_str(), &old.document.incident))
        .collect();
    let again = plan.recurring.iter();
    let again: Vec<Recurred> =
        again.map(|it| (it.text.as_str(), it.releases, it.lead, it.lead_of.as_slice())).collect();
    let view = proposal_view(&records, &plan.proposal, &again, Some(plan.zone));
    match args.format {
        ProposalFormat::Table => {
            context.print(&proposal_text(&view, context.width));
            context.note(&terminal().nothing_planned(into.as_deref()));
        }
        ProposalFormat::Lines => {
            let lines = lines_of_new_plan(&plan, context.now)?;
            context.print(&lines);
        }
        ProposalFormat::Json => context.print(&to_json(&view)),
    }
    tell_left_out(context, &plan);
    Ok(Exit::Done)
}

impl FromArgs {
    fn request(&self) -> PlanFromRequest {
        PlanFromRequest {
            at: self.at.clone(),
            anchor: self.anchor.clone(),
            as_planned: self.as_planned,
            working_days: self.calendar,
            keep_skipped: self.keep_skipped,
        }
    }
}

fn tell_anchor(context: &Context, plan: &NewPlan<'_>) {
    if plan.is_guessed {
        let other = plan.other.map(|step| step.text.as_str());
        context.note(&terminal().anchor_guessed(&plan.proposal.anchor.text, other));
    }
    if !plan.unused.is_empty() {
        let named = |step: &PlanStep| shell_line(&[step.id.as_ref().unwrap_or(&step.text).clone()]);
        let better = plan.better.map(named);
        let text = &plan.proposal.anchor.text;
        context.note(&terminal().anchor_unknown_in(text, &plan.unused, better.as_deref()));
    }
}

fn tell_left_out(context: &Context, plan: &NewPlan<'_>) {
    if let Some(old) = plan.from.last().filter(|_| !plan.left_out.is_empty()) {
        context.note(&terminal().steps_left_out(&plan.left_out, old));
    }
}

fn apply(
    context: &mut Context,
    workspace: Workspace,
    olds: &[Loaded],
    args: &FromArgs,
) -> Result<Exit, Failure> {
    let target = context.target_in(workspace, None, &args.record)?;
    let id = &target.record.id;
    let plan = plan_for(&target, olds, &args.request())?;
    tell_anchor(context, &plan);
    if let Some(stays) = &plan.stays {
        let Staying { text, at, anchor } = stays;
        context.warn(terminal().anchor_stays(text, at, anchor, plan.zone, id));
    }
    let (saved, adopted) = adopt_plan(&target, &plan)?;
    for step in &adopted {
        context.confirm(&match step {
            Adopted::LeftAlone { text } => terminal().left_alone(text, id),
            Adopted::Planned(step) => terminal().planned(step, None, plan.zone, id),
        });
    }
    tell_left_out(context, &plan);
    context.tell_saved(&saved);
    Ok(Exit::Done)
}
