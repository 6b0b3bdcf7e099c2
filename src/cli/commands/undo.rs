use std::collections::HashMap;

use clap::Args;

use crate::console::undone::{summary, tell};
use crate::console::{Context, Exit, Failure, WantedRecord};
use crate::lang::{help, terminal, told};
use crate::model::Moment;
use crate::operations::{Target, Turn, undo};
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
    let target = target(context, args)?;
    if args.list {
        return list(context, &target.workspace.project, &target.record);
    }
    let back = Turn::Back(args.number.unwrap_or(1));
    let turned = undo(&target, if args.redo { Turn::Again } else { back })?;
    tell(context, &target.workspace.project, &target.record, args.redo, &turned);
    Ok(Exit::Done)
}

/// Returns the record whose change is undone; it may have been deleted.
fn target(context: &Context, args: &UndoArgs) -> Result<Target, Failure> {
    let workspace = context.workspace()?;
    let project = &workspace.project;
    let wanted = args.record.record.as_deref();
    if wanted.is_none()
        && args.number.is_none()
        && !args.redo
        && let Some(record) = project.archived_last()
    {
        return Ok(context.target_of(workspace, record, WantedRecord::from(&args.record).wait));
    }
    let is_there = wanted.is_some_and(|wanted| project.exact(wanted).is_some());
    let away = if is_there { Vec::new() } else { taken_away(project, args) };
    let exactly = away.iter().find(|record| Some(record.id.as_str()) == wanted);
    let meant = if args.redo || wanted.is_some() { exactly } else { away.last() };
    let found = match meant.cloned() {
        Some(record) => Ok(record),
        None => context.named_or_current(project, wanted),
    };
    let record = found.or_else(|failure| {
        let like = |record: &&RecordName| wanted.is_some_and(|part| record.id.contains(part));
        match (wanted, away.iter().filter(like).collect::<Vec<_>>().as_slice()) {
            (None, _) => away.last().cloned().ok_or(failure),
            (_, [one]) => Ok((*one).clone()),
            _ => Err(failure),
        }
    })?;
    Ok(context.target_of(workspace, record, WantedRecord::from(&args.record).wait))
}

/// Returns deleted or renamed records that the undo may be about. Without a name, this is the last deleted one, if the
/// current record was not changed since.
fn taken_away(project: &Project, args: &UndoArgs) -> Vec<RecordName> {
    if args.redo {
        return project.records_taken_away();
    }
    let wanted = args.record.record.is_some();
    let deleted = project.records_deleted();
    let since = |last: &Moment| {
        let journal = project.current().ok().and_then(|record| project.journal(&record).ok());
        let latest =
            journal.and_then(|journal| Moment::parse(&journal.entries().last()?.on, None).ok());
        latest.is_some_and(|latest| latest.unix() > last.unix())
    };
    match deleted.last() {
        Some((last, _)) if wanted || !since(last) => {
            deleted.into_iter().map(|(_, record)| record).collect()
        }
        _ => Vec::new(),
    }
}

fn list(context: &mut Context, project: &Project, record: &RecordName) -> Result<Exit, Failure> {
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
    Ok(Exit::Done)
}
