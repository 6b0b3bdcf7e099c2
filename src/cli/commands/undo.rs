use std::collections::HashMap;

use clap::Args;

use crate::console::undone::{summary, tell};
use crate::console::{Context, Exit, Failure, WantedRecord};
use crate::fault::StoreFault;
use crate::lang::{help, terminal, told};
use crate::model::Moment;
use crate::operations::{Turn, undo};
use crate::render::escape;
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
    let (record, also) = match args.record.record.as_deref() {
        Some(wanted) => named(&workspace.project, wanted, args.redo)?,
        None => (unnamed(context, &workspace.project, args)?, Vec::new()),
    };
    let target = context.target_of(workspace, record, WantedRecord::from(&args.record).wait);
    let project = &target.workspace.project;
    if args.list {
        list(context, project, &target.record)?;
    } else {
        let back = Turn::Back(args.number.unwrap_or(1));
        let turned = undo(&target, if args.redo { Turn::Again } else { back })?;
        tell(context, project, &target.record, args.redo, &turned);
    }
    if let (false, Some(wanted)) = (also.is_empty(), &args.record.record) {
        context.note(&terminal().gone_match_too(wanted, &also, args.redo));
    }
    Ok(Exit::Done)
}

/// Returns the record that a name refers to, a deleted one if no existing record matches; with the ids of deleted records
/// that match as well.
fn named(
    project: &Project,
    wanted: &str,
    redo: bool,
) -> Result<(RecordName, Vec<String>), Failure> {
    if let Some(record) = project.exact(wanted) {
        return Ok((record, Vec::new()));
    }
    let away = match redo {
        true => project.records_taken_away(),
        false => project.records_deleted().into_iter().map(|(_, record)| record).collect(),
    };
    if let Some(exactly) = away.iter().find(|record| record.id == wanted) {
        return Ok((exactly.clone(), Vec::new()));
    }
    let gone = project.select_away(&away, wanted);
    let ids: Vec<String> = gone.iter().map(|record| record.id.clone()).collect();
    match (project.select(wanted), gone.as_slice()) {
        (Ok(record), _) => Ok((record, ids)),
        (Err(StoreFault::Unknown { .. }), [one]) => Ok(((*one).clone(), Vec::new())),
        (Err(StoreFault::Unknown { wanted, .. }), [_, ..]) => {
            Err(StoreFault::Ambiguous { wanted, matches: ids }.into())
        }
        (Err(fault), _) => Err(fault.into()),
    }
}

/// Returns the record whose change is undone if none is named; it may have been deleted.
fn unnamed(context: &Context, project: &Project, args: &UndoArgs) -> Result<RecordName, Failure> {
    if args.number.is_none()
        && !args.redo
        && let Some(record) = project.archived_last()
    {
        return Ok(record);
    }
    if args.redo {
        let found = context.named_or_current(project, None);
        return found.or_else(|failure| project.records_taken_away().pop().ok_or(failure));
    }
    match deleted_last(project) {
        Some(record) => Ok(record),
        None => context.named_or_current(project, None),
    }
}

/// Returns the record that was deleted last, if the current record was not changed since.
fn deleted_last(project: &Project) -> Option<RecordName> {
    let (last, record) = project.records_deleted().pop()?;
    let since = || {
        let journal = project.journal(&project.current().ok()?).ok()?;
        let latest = Moment::parse(&journal.entries().last()?.on, None).ok()?;
        Some(latest.unix() > last.unix())
    };
    (since() != Some(true)).then_some(record)
}

fn list(context: &mut Context, project: &Project, record: &RecordName) -> Result<(), Failure> {
    let journal = project.journal(record)?;
    let stand = journal.in_effect();
    let numbers: HashMap<&str, usize> =
        stand.iter().rev().zip(1..).map(|(entry, number)| (entry.id.as_str(), number)).collect();
    let own = project.load(record).ok().and_then(|loaded| loaded.document.incident.zone);
    let zone = own.unwrap_or_else(|| context.zone(project));
    let on = |written: &str| match Moment::parse(written, None) {
        Ok(moment) => told(&moment, zone),
        Err(_) => escape::terminal(written).into_owned(),
    };
    let width = stand.len().to_string().len();
    for entry in journal.entries().iter().rev() {
        let mark = numbers.get(entry.id.as_str()).map_or("·".to_owned(), usize::to_string);
        let line = format!("{mark:>width$}  {}  {}\n", on(&entry.on), summary(entry));
        context.answer(&context.fitted(&line, "    "));
    }
    if journal.entries().is_empty() {
        context.note(&terminal().no_changes(&record.id));
    }
    Ok(())
}
