use clap::Args;

use crate::console::{Context, Exit, Failure, undone};
use crate::lang::{help, terminal};
use crate::operations::rename_record;

use super::super::args::TypedRecordArgs;

#[derive(Debug, Args)]
#[command(about = help().rename.about, long_about = help().rename.long_about)]
pub(in crate::cli) struct RenameArgs {
    #[arg(value_name = "NEW-ID", help = help().rename.id)]
    id: String,
    #[command(flatten)]
    record: TypedRecordArgs,
}

pub(in crate::cli) fn run(context: &mut Context, args: &RenameArgs) -> Result<Exit, Failure> {
    let target = context.target(&args.record.record)?;
    if !args.record.is_typed {
        context.refuse_record_as_id(&target, &args.id)?;
    }
    let renamed = rename_record(&target, &args.id)?;
    let from = &target.record.id;
    let to = &renamed.record.id;
    let told = match context.dry_run {
        true => terminal().would_rename(from, to),
        false => terminal().renamed(from, to),
    };
    let relinked = renamed.relinked.iter().map(|(_, saved)| saved);
    context.confirm_change_of(relinked, &told, &format!("asrun undo -r {to}"));
    let project = &target.workspace.project;
    for (other, _) in &renamed.relinked {
        context.note_done(&terminal().relinked(&project.file_of(&other.id), &renamed.record.id));
    }
    context.note_whole(project, to);
    for (_, saved) in &renamed.relinked {
        context.tell_saved(saved);
    }
    if !renamed.named.is_empty() {
        context.note(&terminal().named_elsewhere(from, &renamed.named));
    }
    if !renamed.published.is_empty() {
        let paths = undone::typed_paths(&renamed.published);
        context.note(&terminal().published_before(from, &paths));
    }
    Ok(Exit::Done)
}
