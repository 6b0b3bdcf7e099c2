use std::collections::HashMap;

use clap::Args;

use crate::fault::StoreFault;
use crate::format::JournalEntry;
use crate::lang::{help, terminal, told};
use crate::model::Moment;
use crate::operations::{RecordFate, Target, Turn, Turned, deeds, undo};
use crate::render::escape;
use crate::store::{CopyFate, Project, RECORDS, RecordName};

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
    let target = target(context, args)?;
    if args.list {
        return list(context, &target.workspace.project, &target.record);
    }
    let back = Turn::Back(args.number.unwrap_or(1));
    let turned = undo(&target, if args.redo { Turn::Again } else { back })?;
    tell(context, &target.record, args.redo, &turned);
    Ok(Exit::Done)
}

/// The record that is meant; one that is not there may be it, too.
fn target(context: &Context, args: &UndoArgs) -> Result<Target, Failure> {
    let workspace = context.workspace()?;
    let project = &workspace.project;
    let wanted = args.record.record.as_deref();
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
    Ok(context.target_of(workspace, record, &args.record))
}

/// Records that are not there, and that such an undo can be about. Of those that were deleted the last one is
/// meant where none is named, if nothing was done to the current record since.
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

/// Says what was taken back or brought back.
pub(super) fn tell(context: &mut Context, record: &RecordName, redo: bool, turned: &Turned) {
    let told = summary(&turned.change);
    let (id, door) = (&record.id, context.door());
    context.confirm(&match (redo, &turned.record) {
        (false, RecordFate::Gone(_)) => terminal().record_taken_back(&told, id),
        (false, RecordFate::Back(_)) => terminal().restored(id),
        (true, RecordFate::Gone(_)) => terminal().deleted_again(id),
        (_, RecordFate::Renamed(renamed)) => terminal().named_again(id, &renamed.id),
        (false, _) => terminal().undone(&told, door, id),
        (true, _) => terminal().redone(&told, door, id),
    });
    match turned.record {
        RecordFate::Gone(_) => tell_odd(context, id, &turned.copies),
        _ => tell_copies(context, id, &turned.copies),
    }
    match &turned.record {
        RecordFate::Changed(saved) => context.tell_saved(saved),
        RecordFate::Gone(Some(current)) => context.note_done(&terminal().chosen(current)),
        RecordFate::Gone(None) => context.note_done(terminal().none_chosen()),
        RecordFate::Back(Ok(())) => context.note_done(&terminal().chosen(id)),
        RecordFate::Back(Err(_)) => context.warn(terminal().not_chosen(id)),
        RecordFate::Renamed(_) => {}
    }
    for (record, turned) in &turned.with {
        tell(context, record, redo, turned);
    }
}

/// Says what became of the files of a record that went with them, where they did not.
pub(super) fn tell_odd(
    context: &Context,
    record: &str,
    copies: &[(String, Result<CopyFate, StoreFault>)],
) {
    for copy in copies.iter().filter(|(_, fate)| !matches!(fate, Ok(CopyFate::Away))) {
        tell_copies(context, record, std::slice::from_ref(copy));
    }
}

/// Says what became of the copies of files.
fn tell_copies(context: &Context, record: &str, copies: &[(String, Result<CopyFate, StoreFault>)]) {
    for (name, fate) in copies {
        let path = format!("{RECORDS}/assets/{record}/{name}");
        match fate {
            Ok(CopyFate::Away) => context.note_done(&terminal().copy_away(&path)),
            Ok(CopyFate::Back) => context.note_done(&terminal().copy_back(&path)),
            Ok(CopyFate::There) => {}
            Ok(CopyFate::Changed) => context.warn(terminal().copy_stays(&path)),
            Ok(CopyFate::Another) => context.warn(terminal().copy_another(&path)),
            Ok(CopyFate::Gone) => context.warn(terminal().copy_lost(&path, record)),
            Err(fault) => context.warn(terminal().store_fault_in_short(fault)),
        }
    }
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
