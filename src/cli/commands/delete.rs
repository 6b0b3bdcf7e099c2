use clap::Args;

use crate::console::{Context, Exit, Failure, WantedRecord, undone};
use crate::lang::{help, terminal};
use crate::operations::delete_record;

use super::super::args::ChangeArgs;

#[derive(Debug, Args)]
#[command(about = help().delete.about, long_about = help().delete.long_about)]
pub(in crate::cli) struct DeleteArgs {
    // Required: the record to delete is never inferred.
    #[arg(value_name = "RECORD", help = help().delete.record)]
    record: String,
    #[command(flatten)]
    change: ChangeArgs,
}

pub(in crate::cli) fn run(context: &mut Context, args: &DeleteArgs) -> Result<Exit, Failure> {
    let target = context.target(WantedRecord::named(&args.record, args.change.wait))?;
    let chosen = target.workspace.project.chosen();
    let id = &target.record.id;
    let deleted = delete_record(&target)?;
    context.note_whole(&target.workspace.project, id);
    let told = terminal().deleted(id, deleted.held, deleted.copies.len());
    context.confirm_with_way_back(&told, &format!("asrun undo -r {id}"));
    undone::tell_odd(context, &target.workspace.project, id, &deleted.copies);
    if !deleted.published.is_empty() {
        let paths = undone::typed_paths(&deleted.published);
        context.note(&terminal().still_published(id, &paths));
    }
    if chosen.as_deref() == Some(id.as_str()) {
        context.note_done(terminal().none_chosen());
    }
    Ok(Exit::Done)
}
