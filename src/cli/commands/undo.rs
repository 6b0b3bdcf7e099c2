use std::collections::HashMap;

use clap::Args;

use crate::format::JournalEntry;
use crate::lang::{help, terminal, told};
use crate::model::Moment;
use crate::operations::{Turn, deeds, undo};
use crate::render::escape;
use crate::store::{Project, RecordName};

use super::super::args::RecordArgs;
use super::super::context::Context;
use super::super::errors::{Exit, Failure};

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
    let target = context.target(&args.record)?;
    if args.list {
        return list(context, &target.workspace.project, &target.record);
    }
    let back = Turn::Back(args.number.unwrap_or(1));
    let (saved, undone) = undo(&target, if args.redo { Turn::Again } else { back })?;
    tell(context, &target.record, args.redo, &undone);
    context.tell_saved(&saved);
    Ok(Exit::Done)
}

/// Says what was taken back or brought back.
pub(super) fn tell(context: &mut Context, record: &RecordName, redo: bool, undone: &JournalEntry) {
    let told = summary(undone);
    context.confirm(&match redo {
        true => terminal().redone(&told, context.door(), &record.id),
        false => terminal().undone(&told, context.door(), &record.id),
    });
}

/// `log: 2024-09-07T18:08+09:00 앱 진입 불가 확인`.
pub(super) fn summary(entry: &JournalEntry) -> String {
    escape::terminal(&terminal().change(&entry.verb, &deeds(entry))).into_owned()
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
