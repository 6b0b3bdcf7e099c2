use clap::Args;

use crate::console::undone::{list, tell};
use crate::console::{Context, Exit, Failure, WantedRecord};
use crate::fault::StoreFault;
use crate::lang::{help, terminal};
use crate::operations::{RecordFate, Turn, undo};
use crate::store::{Project, RecordName};

use super::super::args::RecordArgs;

#[derive(Debug, Args)]
#[command(about = help().undo.about, long_about = help().undo.long_about)]
pub(in crate::cli) struct UndoArgs {
    #[arg(conflicts_with_all = ["redo", "list"], help = help().undo.number)]
    number: Option<usize>,
    #[arg(long, conflicts_with = "list", help = help().undo.redo)]
    redo: bool,
    #[arg(long, help = help().undo.list)]
    list: bool,
    #[command(flatten)]
    record: RecordArgs,
}

pub(in crate::cli) fn run(context: &mut Context, args: &UndoArgs) -> Result<Exit, Failure> {
    let workspace = context.workspace()?;
    let record = match args.record.record.as_deref() {
        Some(wanted) => named(&workspace.project, wanted, args.redo)?,
        None => unnamed(context, &workspace.project, args.redo)?,
    };
    let target = context.target_of(workspace, record, WantedRecord::from(&args.record).wait);
    let project = &target.workspace.project;
    if args.list {
        list(context, project, &target.record)?;
    } else {
        let back = Turn::Back(args.number.unwrap_or(1));
        let turned = undo(&target, if args.redo { Turn::Again } else { back })?;
        let of = match (&args.record.record, &turned.record) {
            (None, RecordFate::Renamed(record)) => turned_back(context, project, record, args.redo),
            (None, _) => turned_back(context, project, &target.record, args.redo),
            (Some(_), _) => context.option_of(project, &target.record.id),
        };
        tell(context, project, (&target.record, &of), args.redo, &turned);
        if args.number.is_some_and(|number| number > 1) && !context.dry_run {
            let of = context.option_of(project, &target.record.id);
            context.note(&terminal().renumbered(&format!("asrun undo --list{of}")));
        }
    }
    Ok(Exit::Done)
}

/// Returns the record that a name refers to, which may have been deleted, or with `redo`, begun and undone.
fn named(project: &Project, wanted: &str, redo: bool) -> Result<RecordName, StoreFault> {
    project.select_with(wanted, || match redo {
        true => project.records_taken_away(),
        false => project.records_deleted(),
    })
}

/// Returns the record whose change is undone or redone if none is named: the current one, unless another one was
/// archived, renamed or deleted since.
fn unnamed(context: &Context, project: &Project, redo: bool) -> Result<RecordName, Failure> {
    match project.changed_as_a_whole(project.current().ok().as_ref(), redo) {
        Some(record) => Ok(record),
        None => context.named_or_current(project, None),
    }
}

/// Returns the option that names the record to the command that turns the change again; empty if none is needed.
fn turned_back(context: &Context, project: &Project, record: &RecordName, redo: bool) -> String {
    match project.changed_as_a_whole(project.current().ok().as_ref(), !redo) {
        Some(other) if other.id == record.id => String::new(),
        _ => context.option_of(project, &record.id),
    }
}
