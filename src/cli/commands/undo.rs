use clap::Args;

use crate::console::undone::{list, meant, pass_over, take_back};
use crate::console::{Context, Exit, Failure, WantedRecord};
use crate::lang::help;
use crate::operations::Turn;

use super::super::args::RecordArgs;

#[derive(Debug, Args)]
#[command(about = help().undo.about, long_about = help().undo.long_about)]
pub(in crate::cli) struct UndoArgs {
    #[arg(conflicts_with_all = ["redo", "list"], help = help().undo.number)]
    number: Option<usize>,
    #[arg(long, conflicts_with = "list", help = help().undo.redo)]
    redo: bool,
    #[arg(long, conflicts_with_all = ["redo", "list"], help = help().undo.leave)]
    leave: bool,
    #[arg(long, help = help().undo.list)]
    list: bool,
    #[command(flatten)]
    record: RecordArgs,
}

pub(in crate::cli) fn run(context: &mut Context, args: &UndoArgs) -> Result<Exit, Failure> {
    let workspace = context.workspace()?;
    let named = args.record.record.as_deref();
    let record = meant(context, &workspace.project, named, args.redo)?;
    let target = context.target_of(workspace, record, WantedRecord::from(&args.record).wait);
    let number = args.number.unwrap_or(1);
    match (args.list, args.leave) {
        (true, _) => list(context, &target.workspace.project, &target.record)?,
        (_, true) => pass_over(context, &target, number)?,
        _ if args.redo => take_back(context, &target, Turn::Again(1), named.is_some())?,
        _ => take_back(context, &target, Turn::Back(number), named.is_some())?,
    }
    Ok(Exit::Done)
}
