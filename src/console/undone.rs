//! Lists the changes of a record, and reports the result of undoing one.

use std::collections::HashMap;
use std::path::PathBuf;

use crate::fault::StoreFault;
use crate::format::{FORGET, JournalEntry};
use crate::lang::{Deed, terminal, told, told_entry};
use crate::model::Moment;
use crate::operations::{RecordFate, Selection, Turned, deeds};
use crate::render::escape;
use crate::store::{CopyFate, Project, RecordName};

use super::{Context, Failure, shown};

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
    let stand = journal.in_effect();
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
        let line = format!("{mark:>width$}  {}  {}\n", on(&entry.on), summary(entry));
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
