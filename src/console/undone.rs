//! Lists the changes of a record, and reports the result of undoing one.

use std::collections::HashMap;
use std::path::PathBuf;

use crate::fault::{Fault, StoreFault, UndoFault};
use crate::format::{FORGET, JournalEntry, LEAVE};
use crate::lang::{Deed, terminal, told, told_entry};
use crate::model::Moment;
use crate::operations::{self, RecordFate, Selection, Target, Turn, Turned, deeds, undo};
use crate::render::escape;
use crate::store::{CopyFate, Project, RecordName};

use super::{Context, Failure, shown};

/// Returns the record whose change is undone or redone: the named one, which may have been deleted, or with `redo`, begun
/// and undone; without a name the current one, unless another one was archived, renamed or deleted since.
///
/// # Errors
/// There is no such record.
pub fn meant(
    context: &Context,
    project: &Project,
    wanted: Option<&str>,
    redo: bool,
) -> Result<RecordName, Failure> {
    let gone = || if redo { project.records_taken_away() } else { project.records_deleted() };
    if let Some(wanted) = wanted {
        return Ok(project.select_with(wanted, gone)?);
    }
    match project.changed_as_a_whole(project.current().ok().as_ref(), redo) {
        Some(record) => Ok(record),
        None => context.named_or_current(project, None),
    }
}

/// Undoes or redoes a change and reports it; `is_named` if the record was named.
///
/// # Errors
/// Nothing was changed, or the failure says in which record something was.
pub fn take_back(
    context: &mut Context,
    target: &Target,
    turn: Turn,
    is_named: bool,
) -> Result<(), Failure> {
    let (project, redo) = (&target.workspace.project, turn.is_redo());
    let turned = undo(target, turn).map_err(|fault| {
        let is_nothing = matches!(fault, Fault::Undo(UndoFault::NothingTakenBack { .. }));
        let other = project.undone_as_a_whole(Some(&target.record)).filter(|_| is_nothing);
        let redo = |other: RecordName| format!("asrun undo --redo -r {}", other.id);
        let hint = other.map(redo).map(|redo| terminal().undone_elsewhere(&redo));
        hint.into_iter().fold(Failure::from(fault), Failure::hint)
    })?;
    let of = match (is_named, &turned.record) {
        (false, RecordFate::Renamed(record)) => turned_back(context, project, record, redo),
        (false, _) => turned_back(context, project, &target.record, redo),
        (true, _) => context.option_of(project, &target.record.id),
    };
    tell(context, project, (&target.record, &of), redo, &turned);
    if matches!(turn, Turn::Back(number) if number > 1) && !context.dry_run {
        let of = context.option_of(project, &target.record.id);
        context.note(&terminal().renumbered(&format!("asrun undo --list{of}")));
    }
    Ok(())
}

/// Passes over a change that cannot be undone, and reports it.
///
/// # Errors
/// It can be undone, or its journal cannot be written.
pub fn pass_over(context: &mut Context, target: &Target, number: usize) -> Result<(), Failure> {
    let (project, id) = (&target.workspace.project, &target.record.id);
    let has_more = project.journal(&target.record)?.undoable().len() > 1;
    let change = operations::pass_over(target, number)?;
    // Of a record that went into another one, nothing else can be undone.
    let undo = match project.exact(id) {
        Some(_) => has_more.then(|| format!("asrun undo{}", context.option_of(project, id))),
        None => Some("asrun undo".to_owned()),
    };
    context.confirm(&terminal().left_standing(&summary(&change), id, undo.as_deref()));
    Ok(())
}

/// Returns the option that names the record to the command that turns the change again; empty if none is needed.
fn turned_back(context: &Context, project: &Project, record: &RecordName, redo: bool) -> String {
    match project.changed_as_a_whole(project.current().ok().as_ref(), !redo) {
        Some(other) if other.id == record.id => String::new(),
        _ => context.option_of(project, &record.id),
    }
}

/// Reports what was undone or redone, in every record of the change; `of` is the option that names the record to the
/// suggested command, if needed.
pub fn tell(
    context: &mut Context,
    project: &Project,
    (record, of): (&RecordName, &str),
    redo: bool,
    turned: &Turned,
) {
    let of = (!context.dry_run).then_some(of);
    tell_one(context, project, (record, of), redo, turned);
    if !turned.edited.is_empty() {
        let written: Vec<String> = turned.edited.iter().map(told_entry).collect();
        context.note(&terminal().gone_with_edits(&written));
    }
    for (record, turned) in &turned.with {
        tell_one(context, project, (record, None), redo, turned);
    }
}

/// Lists the changes of a record, the newest first, with the number by which `undo` takes each.
///
/// # Errors
/// The record's journal cannot be read.
pub fn list(context: &mut Context, project: &Project, record: &RecordName) -> Result<(), Failure> {
    let journal = project.journal(record)?;
    let stand = journal.undoable();
    let numbers: HashMap<&str, (usize, &JournalEntry)> = stand
        .iter()
        .rev()
        .zip(1..)
        .map(|(entry, number)| (entry.id.as_str(), (number, *entry)))
        .collect();
    // A part of a change is shown with it.
    let is_part = |id: &String| stand.iter().any(|change| change.completes.contains(id));
    let own = project.load(record).ok().and_then(|loaded| loaded.document.incident.zone);
    let zone = own.unwrap_or_else(|| context.zone(project));
    let on = |written: &str| match Moment::parse(written, None) {
        Ok(moment) => told(&moment, zone),
        Err(_) => escape::terminal(written).into_owned(),
    };
    let width = stand.len().to_string().len();
    for entry in journal.entries().iter().rev().filter(|entry| !is_part(&entry.id)) {
        let numbered = numbers.get(entry.id.as_str());
        let mark = numbered.map_or("·".to_owned(), |(number, _)| number.to_string());
        let entry = numbered.map_or(entry, |(_, change)| *change);
        let left = journal.entries().iter().find(|it| entry.about.contains(&it.id));
        let told = match left.filter(|_| entry.verb == LEAVE) {
            Some(left) => format!("{LEAVE}: {}", summary(left)),
            None => summary(entry),
        };
        let line = format!("{mark:>width$}  {}  {told}\n", on(&entry.on));
        context.answer(&context.fitted(&line, "    "));
    }
    if journal.entries().is_empty() {
        context.note(&terminal().no_changes(&record.id));
    }
    Ok(())
}

/// Reports it for one record; `of` is the record's name in the suggested command, if needed.
fn tell_one(
    context: &mut Context,
    project: &Project,
    (record, of): (&RecordName, Option<&str>),
    redo: bool,
    turned: &Turned,
) {
    let told = if redo { summary(&turned.change) } else { summary_of_undone(&turned.change) };
    let (id, door) = (&record.id, context.door());
    let (undo, redo_it) = (format!("asrun undo -r {id}"), format!("asrun undo --redo -r {id}"));
    match (redo, &turned.record) {
        (false, RecordFate::Gone(_)) => {
            context.confirm_with_way_back(&terminal().record_taken_back(&told, id), &redo_it);
        }
        (false, RecordFate::Back) => {
            context.confirm_with_way_back(&terminal().restored(id), &redo_it);
        }
        (true, RecordFate::Gone(_)) => {
            context.confirm_with_way_back(&terminal().deleted_again(id), &undo);
        }
        (redo, RecordFate::Renamed(renamed)) => {
            let new = &renamed.id;
            let own = context.option_of(project, new);
            let of = of.map(|of| if of.is_empty() { of } else { own.as_str() });
            context.confirm(&match redo {
                false => terminal().undone(&told, door, new, of),
                true => terminal().redone(&told, door, new, of),
            });
        }
        (false, _) => context.confirm(&terminal().undone(&told, door, id, of)),
        (true, _) => context.confirm(&terminal().redone(&told, door, id, of)),
    }
    match turned.record {
        RecordFate::Gone(_) => tell_odd(context, project, id, &turned.copies),
        _ => tell_copies(context, project, id, &turned.copies),
    }
    match &turned.record {
        RecordFate::Changed(saved) => context.tell_saved(saved),
        RecordFate::Gone(_) | RecordFate::Back => context.note_whole(project, id),
        RecordFate::Renamed(renamed) => context.note_whole(project, &renamed.id),
    }
    match &turned.record {
        RecordFate::Gone(Some(current)) => context.note_done(&terminal().chosen(current)),
        RecordFate::Gone(None) => context.note_done(terminal().none_chosen()),
        RecordFate::Back | RecordFate::Renamed(_) | RecordFate::Changed(_) => {}
    }
    match &turned.selection {
        Selection::Same => {}
        Selection::Now(Some(current)) => context.note_done(&terminal().chosen(current)),
        Selection::Now(None) => context.note_done(terminal().none_chosen()),
        Selection::Other(other) => context.note(&terminal().stays_chosen(other, id)),
        Selection::Failed(_) => context.warn(terminal().not_chosen(id)),
    }
}

/// Reports problems with the files of a record that were moved along with it.
pub fn tell_odd(
    context: &Context,
    project: &Project,
    record: &str,
    copies: &[(String, Result<CopyFate, StoreFault>)],
) {
    for copy in copies.iter().filter(|(_, fate)| !matches!(fate, Ok(CopyFate::Away))) {
        tell_copies(context, project, record, std::slice::from_ref(copy));
    }
}

/// Returns paths as they are typed in a shell.
pub fn typed_paths(paths: &[PathBuf]) -> Vec<String> {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./+@".contains(c);
    let typed = |path: &PathBuf| match shown(path) {
        plain if plain.chars().all(is_plain) => plain,
        other => format!("'{}'", other.replace('\'', "'\\''")),
    };
    paths.iter().map(typed).collect()
}

/// Reports what happened to copies of files.
fn tell_copies(
    context: &Context,
    project: &Project,
    record: &str,
    copies: &[(String, Result<CopyFate, StoreFault>)],
) {
    for (name, fate) in copies {
        let path = format!("{}/{name}", project.files_of(record));
        match fate {
            Ok(CopyFate::Away) => context.note_done(&terminal().copy_away(&path)),
            Ok(CopyFate::Back) => context.note_done(&terminal().copy_back(&path)),
            Ok(CopyFate::There) => {}
            Ok(CopyFate::Named) => context.note(&terminal().copy_named(&path)),
            Ok(CopyFate::Changed) => context.warn(terminal().copy_stays(&path)),
            Ok(CopyFate::Another) => context.warn(terminal().copy_another(&path)),
            Ok(CopyFate::Gone) => context.warn(terminal().copy_lost(&path, record)),
            Err(fault) => context.warn(terminal().store_fault_in_short(fault)),
        }
    }
}

/// Returns a line such as `log: 2024-09-07T18:08+09:00 앱 진입 불가 확인`.
pub fn summary(entry: &JournalEntry) -> String {
    escape::terminal(&terminal().change(&entry.verb, &deeds(entry))).into_owned()
}

/// Returns the line for a change that was undone: what it removed exists again, unless it was gone before.
fn summary_of_undone(entry: &JournalEntry) -> String {
    if entry.verb == FORGET {
        return summary(entry);
    }
    let back = |deed| match deed {
        Deed::Removed(entry) => Deed::Back(entry),
        other => other,
    };
    let deeds: Vec<Deed> = deeds(entry).into_iter().map(back).collect();
    escape::terminal(&terminal().change(&entry.verb, &deeds)).into_owned()
}
