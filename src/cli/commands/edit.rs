use clap::Args;

use crate::console::{Context, Exit, Failure, edited::edited, findings::tell_unknown_keys, shown};
use crate::git;
use crate::lang::{help, terminal};
use crate::operations::{EditOutcome, Editing, Target};

use super::super::args::RecordArgs;

#[derive(Debug, Args)]
#[command(about = help().edit.about, long_about = help().edit.long_about)]
pub(in crate::cli) struct EditArgs {
    #[arg(help = help().edit.id)]
    id: Option<String>,
    #[command(flatten)]
    record: RecordArgs,
}

pub(in crate::cli) fn run(context: &mut Context, args: &EditArgs) -> Result<Exit, Failure> {
    context.refuse_dry_run("edit")?;
    let target = context.target_in(context.workspace()?, args.id.as_deref(), &args.record)?;
    if !context.may_edit() {
        return Err(Failure::misuse(terminal().nobody_to_edit()));
    }
    let editing = Editing::begin(&target)?;
    let not_mended =
        |copy: &str| terminal().not_mended(&target.record.id, &shown(&target.record.path), copy);
    let Some(edited) = edited(context, &editing, &not_mended)? else {
        editing.end();
        context.answer(terminal().nothing_changed());
        return Ok(Exit::Done);
    };
    let outcome = editing.save(&target, &edited).map_err(|fault| {
        Failure::from(fault).hint(terminal().kept_in(&editing.copy.display().to_string()))
    })?;
    editing.end();
    tell(context, &target, &outcome);
    if git::is_unmerged(&target.record.path) {
        context.hint(&terminal().to_tell_git(&target.workspace.project.file_of(&target.record.id)));
    }
    tell_kept(context, &target)?;
    Ok(Exit::Done)
}

fn tell(context: &mut Context, target: &Target, outcome: &EditOutcome) {
    let id = &target.record.id;
    match outcome {
        EditOutcome::Mended => context.confirm(&terminal().mended(id)),
        EditOutcome::Saved { saved, merged_in } => {
            tell_unknown_keys(context, &target.workspace.project.file_of(id), &saved.after);
            context.confirm(&terminal().edited(id, *merged_in));
            context.tell_saved(saved);
        }
    }
}

/// Reports events that were logged while the file could not be read, which can be added now.
fn tell_kept(context: &Context, target: &Target) -> Result<(), Failure> {
    let kept = target.workspace.project.journal(&target.record)?.kept().len();
    if kept > 0 {
        context.note(&terminal().kept_entries(&target.record.id, kept));
    }
    Ok(())
}
