use clap::Args;

use crate::lang::{help, terminal};
use crate::operations::{EditOutcome, Edited, Editing, Workspace};
use crate::store::RecordName;

use super::super::args::RecordArgs;
use super::super::context::Context;
use super::super::editor;
use super::super::errors::{Exit, Failure, shown};
use super::check::unknown_keys;

#[derive(Debug, Args)]
#[command(about = help().edit.about, long_about = help().edit.long_about)]
pub(in crate::cli) struct EditArgs {
    #[arg(help = help().edit.id)]
    id: Option<String>,
    #[command(flatten)]
    record: RecordArgs,
}

pub(in crate::cli) fn run(context: &mut Context, args: &EditArgs) -> Result<Exit, Failure> {
    context.no_rehearsal("edit")?;
    let workspace = context.workspace()?;
    let wanted = args.id.as_deref().or(args.record.record.as_deref());
    let record = context.named_or_current(&workspace.project, wanted)?;
    if !context.may_edit() {
        return Err(Failure::misuse(terminal().nobody_to_edit()));
    }
    let editing = Editing::begin(&workspace, &record)?;
    let Some(edited) = edited(context, &workspace, &editing)? else {
        editing.end(&workspace);
        context.answer(terminal().nothing_changed());
        return Ok(Exit::Done);
    };
    let wait = context.lock_wait(&args.record);
    let outcome = editing.save(&workspace, &edited, &wait).map_err(|fault| {
        Failure::from(fault).hint(terminal().kept_in(&editing.copy.display().to_string()))
    })?;
    editing.end(&workspace);
    tell(context, &record, &outcome);
    tell_kept(context, &workspace, &record)?;
    Ok(Exit::Done)
}

/// Opens the editor until the copy can be read; none if nothing was changed.
fn edited(
    context: &Context,
    workspace: &Workspace,
    editing: &Editing,
) -> Result<Option<String>, Failure> {
    let mut line = None;
    loop {
        let opened = editor::open_at(&editing.copy, line);
        if opened.is_err() && matches!(editing.edited(workspace), Ok(Edited::Unchanged)) {
            editing.end(workspace);
        }
        opened?;
        match editing.edited(workspace)? {
            Edited::Unchanged => return Ok(None),
            Edited::Readable(text) => return Ok(Some(text)),
            Edited::Faulty(text, problems) => {
                let failure = Failure::faulty(&editing.copy, &text, problems);
                line = failure.first_place().map(|place| place.line);
                context.fail(&failure);
                if !again(context) {
                    let (copy, real) = (shown(&editing.copy), shown(&editing.record.path));
                    let id = &editing.record.id;
                    return Err(Failure::new(terminal().not_mended(id, &real, &copy)));
                }
            }
        }
    }
}

/// Whether the user wants to mend it now.
fn again(context: &Context) -> bool {
    if !context.is_interactive() {
        return false;
    }
    context.ask(&format!("{}\n", terminal().mend_now())).is_some_and(|answer| answer.is_empty())
}

fn tell(context: &mut Context, record: &RecordName, outcome: &EditOutcome) {
    match outcome {
        EditOutcome::Mended => context.confirm(&terminal().mended(&record.id)),
        EditOutcome::Saved { saved, merged_in } => {
            unknown_keys(context, record, &saved.after);
            context.confirm(&terminal().edited(&record.id, *merged_in));
            context.tell_saved(saved);
        }
    }
}

/// What was logged while the file could not be read can be added now.
fn tell_kept(context: &Context, workspace: &Workspace, record: &RecordName) -> Result<(), Failure> {
    let kept = workspace.project.journal(record)?.kept().len();
    if kept > 0 {
        context.note(&terminal().kept_entries(&record.id, kept));
    }
    Ok(())
}
