use clap::Args;

use crate::console::{Context, Exit, Failure};
use crate::fault::{Fault, Field, TextFault};
use crate::lang::{help, terminal};
use crate::operations::{AddedSteps, NewStep, NewSteps, StepNeeds, Target, add_steps};

use super::super::super::args::RecordArgs;

#[derive(Debug, Args)]
#[command(about = help().plan.add.about, long_about = help().plan.add.long_about)]
pub(super) struct AddArgs {
    #[arg(allow_hyphen_values = true, help = help().plan.add.time)]
    time: String,
    #[arg(help = help().plan.add.text)]
    text: Vec<String>,
    #[arg(long, value_name = "ID", help = help().plan.add.id)]
    id: Option<String>,
    #[arg(long, value_name = "TIME", allow_hyphen_values = true, help = help().plan.add.until)]
    until: Option<String>,
    #[arg(long, value_name = "NAME", help = help().plan.add.owner)]
    owner: Option<String>,
    #[arg(long = "t0", value_name = "TIME", help = help().plan.add.zero)]
    zero: Option<String>,
    #[command(flatten)]
    needs: NeedsArgs,
    #[command(flatten)]
    record: RecordArgs,
}

/// The properties of a step besides its times and its text.
#[derive(Debug, Args)]
pub(super) struct NeedsArgs {
    #[arg(long, value_name = "STEP", help = help().plan.needs.after)]
    after: Vec<String>,
    #[arg(long, value_name = "LENGTH", help = help().plan.needs.takes)]
    takes: Option<String>,
    #[arg(long, value_name = "TIME", help = help().plan.needs.due)]
    due: Option<String>,
    #[arg(long, help = help().plan.needs.decision)]
    decision: bool,
    #[arg(long, help = help().plan.needs.rollback)]
    rollback: bool,
    #[arg(long, value_name = "TEXT", help = help().plan.needs.if_failed)]
    if_failed: Option<String>,
    #[arg(long, value_name = "COMMAND", help = help().plan.needs.command)]
    command: Option<String>,
}

impl NeedsArgs {
    /// Returns them for a request.
    pub(super) fn request(&self) -> StepNeeds {
        StepNeeds {
            after: self.after.clone(),
            takes: self.takes.clone(),
            due: self.due.clone(),
            decision: self.decision,
            rollback: self.rollback,
            if_failed: self.if_failed.clone(),
            command: self.command.clone(),
        }
    }
}

pub(super) fn add(context: &mut Context, args: &AddArgs) -> Result<Exit, Failure> {
    let target = context.target(&args.record)?;
    let added = add_steps(&target, &args.request(context)?);
    let (saved, added) = added.map_err(|fault| match fault {
        Fault::Text { field: Field::Text, fault: TextFault::Empty } if args.text.is_empty() => {
            Failure::misuse(terminal().no_step_text(&args.time))
        }
        fault @ Fault::Time { field: Field::Unnamed, .. } if args.is_rather_a_text() => {
            let hint = terminal().step_without_time(&args.time, args.needs.rollback);
            Failure::from(fault).hint(hint)
        }
        fault => fault.into(),
    })?;
    tell(context, &target, &added);
    context.tell_changed(&target, &saved);
    Ok(Exit::Done)
}

impl AddArgs {
    /// Whether the single word that was typed in place of a time is probably the text.
    fn is_rather_a_text(&self) -> bool {
        self.text.is_empty() && self.time.starts_with(char::is_alphabetic)
    }

    fn request(&self, context: &Context) -> Result<NewSteps, Failure> {
        if self.time != "-" {
            return Ok(NewSteps::One(NewStep {
                at: self.time.clone(),
                text: self.text.join(" "),
                id: self.id.clone(),
                until: self.until.clone(),
                owner: self.owner.clone(),
                zero: self.zero.clone(),
                needs: self.needs.request(),
            }));
        }
        if !self.text.is_empty() {
            return Err(Failure::misuse(terminal().pasted_with_text()));
        }
        if self.until.is_some() || self.owner.is_some() || !self.needs.request().is_empty() {
            return Err(Failure::misuse(terminal().pasted_with_options()));
        }
        let (lines, zero) = (context.read_stdin()?, self.zero.clone());
        Ok(NewSteps::Pasted { lines, id: self.id.clone(), zero })
    }
}

fn tell(context: &mut Context, Target { workspace, record, .. }: &Target, added: &AddedSteps) {
    let zone = added.zone;
    if added.ticked > 0 {
        context.warn(terminal().ticked_steps(added.ticked));
    }
    // The same doubtful day of a pasted plan is reported once, not for every step.
    let mut doubted = Vec::new();
    for added in &added.steps {
        let step = &added.step;
        context.confirm(&terminal().planned(step, step.until.as_ref(), zone, &record.id));
        for from in &added.counted {
            context.note(&terminal().counted_from(from, zone));
        }
        if let Some(doubt) = &added.doubt {
            let undo = context.undo_of(&workspace.project, &record.id);
            let said = terminal().doubt(doubt, zone, &undo);
            if !doubted.contains(&said) {
                doubted.push(said.clone());
                context.warn(said);
            }
        }
    }
}
