use clap::Args;

use crate::console::{Context, Exit, Failure, editor};
use crate::lang::{help, terminal};
use crate::operations::{PlanEdit, StepEdit, Target, edit_plan, plan_to_edit};

use super::super::super::args::RecordArgs;
use super::add::NeedsArgs;

#[derive(Debug, Args)]
#[command(about = help().plan.edit.about, long_about = help().plan.edit.long_about)]
pub(super) struct EditArgs {
    #[arg(help = help().plan.edit.step)]
    step: Option<String>,
    #[arg(long, value_name = "TEXT", requires = "step", help = help().plan.edit.text)]
    text: Option<String>,
    #[arg(long, value_name = "NAME", requires = "step", help = help().plan.add.owner)]
    owner: Option<String>,
    #[command(flatten)]
    needs: NeedsArgs,
    #[arg(long, value_name = "KEY", requires = "step", help = help().plan.edit.clear)]
    clear: Vec<String>,
    #[arg(long, value_name = "REASON", help = help().plan.move_step.why)]
    why: Option<String>,
    #[command(flatten)]
    record: RecordArgs,
}

pub(super) fn run(context: &mut Context, args: &EditArgs) -> Result<Exit, Failure> {
    let target = context.target(&args.record)?;
    match args.request()? {
        Some(edit) => save(context, &target, args, &edit)?,
        None => in_editor(context, &target, args)?,
    }
    Ok(Exit::Done)
}

impl EditArgs {
    /// Returns the changes in the options; `None` if there are none.
    fn request(&self) -> Result<Option<PlanEdit>, Failure> {
        let needs = self.needs.request();
        let says_nothing = self.text.is_none() && self.owner.is_none() && self.clear.is_empty();
        let Some(step) = &self.step else {
            return match needs.is_empty() {
                true => Ok(None),
                false => Err(Failure::misuse(terminal().no_step_to_edit())),
            };
        };
        if says_nothing && needs.is_empty() {
            return Ok(None);
        }
        Ok(Some(PlanEdit::Step(StepEdit {
            step: step.clone(),
            text: self.text.clone(),
            owner: self.owner.clone(),
            needs,
            clear: self.clear.clone(),
        })))
    }
}

/// Opens the editor until its lines can be parsed.
fn in_editor(context: &mut Context, target: &Target, args: &EditArgs) -> Result<(), Failure> {
    let before = plan_to_edit(target, args.step.as_deref())?;
    if before.is_empty() {
        context.note(terminal().plan_is_empty());
        return Ok(());
    }
    if !context.may_edit() {
        return Err(Failure::misuse(terminal().nobody_to_edit()));
    }
    let notes = terminal().plan_notes(&target.record.id);
    let mut draft = before.clone();
    loop {
        let after =
            editor::write(&notes, &mut draft).map_err(|failure| match draft == before.trim() {
                true => failure,
                false => failure.repeating(&draft),
            })?;
        if after.is_empty() || after == before.trim() {
            context.answer(terminal().nothing_changed());
            return Ok(());
        }
        let edit = PlanEdit::Lines { before: before.clone(), after };
        match save(context, target, args, &edit) {
            Ok(()) => return Ok(()),
            Err(failure) if context.is_interactive() => {
                context.fail(&failure);
                let again = context.ask(&format!("{}\n", terminal().mend_now()));
                if again.is_none_or(|answer| !answer.is_empty()) {
                    return Err(Failure::new(terminal().plan_not_edited()).repeating(&draft));
                }
            }
            Err(failure) => return Err(failure.repeating(&draft)),
        }
    }
}

fn save(
    context: &mut Context,
    target: &Target,
    args: &EditArgs,
    edit: &PlanEdit,
) -> Result<(), Failure> {
    let (saved, edited) = edit_plan(target, edit, args.why.as_deref())?;
    let (id, zone) = (&target.record.id, edited.zone);
    for (text, was) in &edited.changed {
        context.confirm(&terminal().step_changed(text, was, id));
    }
    for gone in &edited.removed {
        context.confirm(&terminal().step_removed(&gone.text, gone.at.as_ref(), zone, id));
    }
    for step in &edited.added {
        context.confirm(&terminal().planned(step, step.until.as_ref(), zone, id));
    }
    context.tell_changed(target, &saved);
    Ok(())
}
