//! Records that are renamed, and records that are deleted and kept in asrun's own folder.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::fault::{Doing, StoreFault, Unfit};
use crate::format::{
    ARCHIVE, CopiedFile, DELETE, Effect, Joint, Journal, JournalEntry, NEW, Prose, REDO, RENAME,
    UNDO, fingerprint, read_incident,
};
use crate::model::Moment;
use crate::yaml::{MAX_BYTES, Value};

use super::disk::{self, folder_of};
use super::file;
use super::journal::{Command, JOURNAL_LIMIT, Noted};
use super::listed::hash;
use super::lock::{Lock, LockWait};
use super::names::RecordName;
use super::project::{OWN, Project};
use super::replace;
use super::save::check_place;
use super::selection::{Called, ID, one_meant};
use super::taken_back::{CopyFate, is_link, remove_unchanged};

/// What happened to files that were moved with a record.
pub type Copies = Vec<(String, Result<CopyFate, StoreFault>)>;

/// A change that would be undone or redone next.
struct Turned {
    /// When it took effect, or was undone: the second, and when its journal was written last, which decides within one.
    when: (i64, SystemTime),
    verb: String,
    joint: Option<Joint>,
}

/// A record that no other process can change until this is dropped.
pub struct HeldRecord {
    record: RecordName,
    /// `None` in a dry run.
    lock: Option<Lock>,
}

impl Project {
    /// Deletes a record with its files. All are kept in asrun's own folder, which is noted first: if the process ends
    /// in between, the record is still there and can be deleted again.
    ///
    /// # Errors
    /// The record is still there.
    pub fn delete_record(
        &self,
        record: &RecordName,
        command: &Command,
        noted: Noted,
        wait: &LockWait<'_>,
    ) -> Result<Copies, StoreFault> {
        self.delete_held(&self.hold_record(record, wait)?, command, noted)
    }

    /// Locks a record until it is deleted or the result is dropped.
    ///
    /// # Errors
    /// The record cannot be deleted, or others hold it for too long.
    pub fn hold_record(
        &self,
        record: &RecordName,
        wait: &LockWait<'_>,
    ) -> Result<HeldRecord, StoreFault> {
        self.own_place(record)?;
        self.may_write()?;
        let lock = match self.dry_run {
            true => None,
            false => Some(self.lock(&self.book(record), &record.path, wait)?),
        };
        Ok(HeldRecord { record: record.clone(), lock })
    }

    /// Deletes a record that is held, as [`Project::delete_record`] does.
    ///
    /// # Errors
    /// The record is still there.
    pub fn delete_held(
        &self,
        held: &HeldRecord,
        command: &Command,
        noted: Noted,
    ) -> Result<Copies, StoreFault> {
        let record = &held.record;
        let real = self.own_place(record)?;
        let mut files = self.asset_names(&record.id)?;
        // A link goes before the file that it names.
        let folder = self.assets_folder(&record.id);
        files.sort_by_key(|name| !is_link(&folder.join(name)));
        let Some(lock) = &held.lock else {
            return Ok(files.into_iter().map(|name| (name, Ok(CopyFate::Away))).collect());
        };
        let contents = file::read_own(&real, MAX_BYTES)?;
        let whole = CopiedFile { name: record.id.clone(), hash: hash(&contents.bytes) };
        let waits = self.waiting_place(WHOLE, &whole)?;
        let fault = |e| StoreFault::io(Doing::Write, &waits, e);
        self.own_folder()?;
        disk::make_folders(folder_of(&waits)).map_err(fault)?;
        replace::overwrite(&waits, &contents.bytes).inspect_err(|_| {
            // One that is not empty stays.
            let _ = disk::remove_folder(folder_of(&waits));
        })?;
        let mut copies = vec![whole];
        for name in files {
            if let Some(bytes) = self.asset(&record.id, &name)? {
                copies.push(CopiedFile { hash: hash(&bytes), name });
            }
        }
        lock.keep();
        let noted = Noted { copies: copies.clone(), ..noted };
        let about = noted.about.clone();
        let id = self.note(record, command, noted, Vec::new(), &[], 0)?;
        let gone = self.sync_journal(record).and_then(|()| remove_unchanged(&real, contents.stamp));
        gone.inspect_err(|_| {
            // It stays, as if that had never been noted.
            let about = if command.verb == REDO { about } else { vec![id] };
            let back = Command { verb: UNDO, now: command.now };
            let _ =
                self.note(record, &back, Noted { about, ..Noted::default() }, Vec::new(), &[], 0);
        })?;
        let away = |copy: &CopiedFile| (copy.name.clone(), self.take_copy_away(&record.id, copy));
        Ok(copies.iter().skip(1).map(away).collect())
    }

    /// Restores a deleted record with its files.
    ///
    /// # Errors
    /// Another one has its name, asrun no longer has it, or the system refuses.
    pub fn restore_record(
        &self,
        record: &RecordName,
        command: &Command,
        deleted: &JournalEntry,
        wait: &LockWait<'_>,
    ) -> Result<Copies, StoreFault> {
        let gone = || StoreFault::unfit(&record.path, Unfit::NoFile);
        let (whole, files) = deleted.copies.split_first().ok_or_else(gone)?;
        let waits = self.kept_copy(WHOLE, whole)?;
        let place = self.free_place(&record.id, None);
        let waiting = file::read_own(&waits, MAX_BYTES);
        let bytes = match (waiting, &place) {
            // Texts may have been removed from it for good since.
            (Ok(waiting), _) => waiting.bytes,
            // The process ended before it was removed.
            (_, Err(StoreFault::Exists { .. })) => self.bytes(record)?,
            _ => return Err(gone()),
        };
        if self.dry_run {
            let back =
                |copy: &CopiedFile| (copy.name.clone(), self.bring_copy_back(&record.id, copy));
            return place.map(|_| files.iter().map(back).collect());
        }
        let lock = self.lock(&self.book(record), &record.path, wait)?;
        match place {
            Ok(place) => replace::create(&place, &bytes)?,
            Err(StoreFault::Exists { .. })
                if self.bytes(record).is_ok_and(|there| there == bytes) => {}
            Err(fault) => return Err(fault),
        }
        lock.keep();
        let noted = Noted { about: vec![deleted.id.clone()], ..Noted::default() };
        let text = String::from_utf8_lossy(&bytes);
        self.note(record, command, noted, Vec::new(), &[], fingerprint(&text))?;
        replace::discard(&self.waiting_place(WHOLE, whole)?);
        let back = |copy: &CopiedFile| (copy.name.clone(), self.bring_copy_back(&record.id, copy));
        Ok(files.iter().map(back).collect())
    }

    /// Returns deleted records that can be restored; the latest last.
    pub fn records_deleted(&self) -> Vec<RecordName> {
        self.records_away(|journal| Moment::parse(&journal.deletion()?.on, None).ok())
    }

    /// Returns the record that `wanted` identifies, as [`Project::select`] does, among those that exist and those that
    /// `away` returns, which no longer do.
    ///
    /// # Errors
    /// None or several match.
    pub fn select_with(
        &self,
        wanted: &str,
        away: impl FnOnce() -> Vec<RecordName>,
    ) -> Result<RecordName, StoreFault> {
        if let Some(exact) = self.exact(wanted).or_else(|| self.of_file(wanted)) {
            return Ok(exact);
        }
        let there = self.list()?.records;
        let away = away();
        let reader = self.reader();
        let called = |record: &RecordName| match away.iter().any(|away| away.id == record.id) {
            true => self.last_called(record),
            false => reader.called(record, wanted),
        };
        one_meant(&there, &away, wanted, called, || self.renamed_since(&there, wanted))
    }

    /// Returns what a record was called when it was deleted, or when `asrun new` was undone.
    fn last_called(&self, record: &RecordName) -> Option<Called> {
        let journal = self.journal(record).ok()?;
        let text = match journal.deletion().or_else(|| journal.taken_back())? {
            deleted if deleted.verb == DELETE => {
                let waits = self.kept_copy(WHOLE, deleted.copies.first()?).ok()?;
                String::from_utf8(file::read_own(&waits, MAX_BYTES).ok()?.bytes).ok()?
            }
            begun => begun.splices.first()?.inserted.clone(),
        };
        read_incident(&text, Prose::Nothing).ok().map(Called::of)
    }

    /// Returns the record that asrun archived, renamed or deleted after it last changed `current`; with `redo`, the one of
    /// which such a change, or its creation, was undone after a change of `current` was. `None` if the next change to be
    /// turned is one of `current`.
    pub fn changed_as_a_whole(
        &self,
        current: Option<&RecordName>,
        redo: bool,
    ) -> Option<RecordName> {
        let (record, is_before) = self.last_as_a_whole(current, redo)?;
        (!is_before).then_some(record)
    }

    /// Returns the other record of which such a change, or its creation, was undone last.
    pub fn undone_as_a_whole(&self, current: Option<&RecordName>) -> Option<RecordName> {
        self.last_as_a_whole(current, true).map(|(record, _)| record)
    }

    /// Returns the record of the last such change, and whether that is before the last one of `current`.
    fn last_as_a_whole(
        &self,
        current: Option<&RecordName>,
        redo: bool,
    ) -> Option<(RecordName, bool)> {
        let own = current.map(|record| self.book(record));
        let names = self.own_names().into_iter();
        let books: Vec<String> =
            names.filter_map(|name| Some(name.strip_suffix(".journal")?.to_owned())).collect();
        let others = books.iter().filter(|book| own.as_ref() != Some(book));
        let found: Vec<(Turned, String)> =
            others.filter_map(|id| Some((self.turned_as_a_whole(id, redo)?, id.clone()))).collect();
        let (last, id) = found.iter().max_by_key(|(turned, _)| turned.when)?;
        let next = |book: &String| self.turned_next(book, redo, &[]);
        let is_found = |book: &&String| found.iter().any(|(_, id)| id == *book);
        // Without a current record, it must be the latest change of all.
        let latest = match &own {
            // What was undone before somebody went on here is not meant.
            Some(book) if redo => self.changed_last(book),
            Some(book) => next(book),
            None => {
                let rest = books.iter().filter(|book| !is_found(book));
                rest.filter_map(next).max_by_key(|turned| turned.when)
            }
        };
        let joint = last.joint.as_ref();
        let is_of_current = latest.as_ref().is_some_and(|latest| {
            latest.when >= last.when && (joint.is_none() || latest.joint.as_ref() != joint)
        });
        // Of records that were changed together, the last one.
        let is_part = |id: &&String| {
            found.iter().any(|(turned, other)| other == *id && turned.joint.as_ref() == joint)
        };
        let id = joint.and_then(|joint| joint.records.iter().rev().find(is_part)).unwrap_or(id);
        let path = self.records_folder().join(format!("{id}.yaml"));
        Some((RecordName { id: id.clone(), path }, is_of_current))
    }

    /// Returns the change of another record that would be turned next, if it is one of the whole record.
    fn turned_as_a_whole(&self, id: &str, redo: bool) -> Option<Turned> {
        let verbs: &[&str] = if redo { &[UNDO] } else { &[ARCHIVE, RENAME, DELETE] };
        let turned = self.turned_next(id, redo, verbs)?;
        let is_there = match turned.verb.as_str() {
            ARCHIVE | RENAME => true,
            DELETE => redo,
            NEW if redo => false,
            _ => return None,
        };
        (self.exact(id).is_some() == is_there).then_some(turned)
    }

    /// Returns the change that would be turned next; `None` if a journal has no change of those verbs. Without verbs, any
    /// will do.
    fn turned_next(&self, book: &str, redo: bool, verbs: &[&str]) -> Option<Turned> {
        let name = format!("{book}.journal");
        let bytes = self.own_file(&name, JOURNAL_LIMIT).ok()??;
        let text = String::from_utf8_lossy(&bytes);
        // Most journals have none, and are not read any further.
        let has = |verb: &&str| text.contains(&format!("\"verb\":\"{verb}\""));
        if !verbs.is_empty() && !verbs.iter().any(has) {
            return None;
        }
        let journal = Journal::read(&text);
        let (change, by) = journal.turned_next(redo)?;
        self.turned(&name, change, by)
    }

    /// Returns the last change in a journal, whatever it is.
    fn changed_last(&self, book: &str) -> Option<Turned> {
        let name = format!("{book}.journal");
        let bytes = self.own_file(&name, JOURNAL_LIMIT).ok()??;
        let journal = Journal::read(&String::from_utf8_lossy(&bytes));
        let last = journal.entries().last()?;
        let about = journal.entries().iter().find(|entry| last.about.contains(&entry.id));
        self.turned(&name, about.unwrap_or(last), last)
    }

    fn turned(&self, name: &str, change: &JournalEntry, by: &JournalEntry) -> Option<Turned> {
        let written = std::fs::symlink_metadata(self.root.join(OWN).join(name)).ok()?.modified();
        let when = (Moment::parse(&by.on, None).ok()?.unix(), written.ok()?);
        Some(Turned { when, verb: change.verb.clone(), joint: change.joint.clone() })
    }

    /// Returns the former ids of records that asrun renamed, each with the present one.
    pub fn records_renamed(&self) -> HashMap<String, String> {
        let mut renamed = HashMap::new();
        for name in self.own_names() {
            let Some(id) = name.strip_suffix(".journal") else { continue };
            let Ok(Some(bytes)) = self.own_file(&name, JOURNAL_LIMIT) else { continue };
            let text = String::from_utf8_lossy(&bytes);
            // Most journals have no such change, and are not read any further.
            if !text.contains("\"verb\":\"rename\"") || self.exact(id).is_none() {
                continue;
            }
            let journal = Journal::read(&text);
            let changes = journal.in_effect().into_iter().filter(|entry| entry.verb == RENAME);
            let former = changes.filter_map(|entry| entry.effects.first()?.before.clone());
            let former = former.filter_map(|former| former.lone().map(str::to_owned));
            renamed.extend(former.map(|former| (former, id.to_owned())));
        }
        renamed
    }

    /// Gives a record another id, and renames its file, its folder of files and asrun's own files of it. The record is
    /// moved first.
    ///
    /// # Errors
    /// The name is taken, or the system refuses: then it keeps its name.
    pub fn rename_record(
        &self,
        record: &RecordName,
        id: &str,
        command: &Command,
        noted: Noted,
        wait: &LockWait<'_>,
    ) -> Result<RecordName, StoreFault> {
        let real = self.own_place(record)?;
        let place = self.free_place(id, Some(record))?;
        self.check_not_deleted(id)?;
        let renamed = RecordName {
            id: id.to_owned(),
            path: self.records_folder().join(format!("{id}.yaml")),
        };
        let assets = folder_of(&self.assets_folder(id)).to_owned();
        let assets = file::inside(&self.root, &assets).unwrap_or(assets);
        let (files, new) = (assets.join(&record.id), assets.join(id));
        if file::is_there(&new)? && !disk::is_other_case(&files, &new) {
            return Err(StoreFault::Exists { path: new });
        }
        let has_files = file::is_there(&files)?;
        if has_files {
            file::inside(&self.root, &files)?;
        }
        if self.dry_run {
            return Ok(renamed);
        }
        let lock = self.lock(&self.book(record), &record.path, wait)?;
        lock.keep();
        let named = |id: &str| Some(Value::text(id));
        let effect = Effect { list: ID.to_owned(), before: named(&record.id), after: named(id) };
        let note = self.note(record, command, noted, vec![effect], &[], 0)?;
        let taken_back = |_: &StoreFault| {
            let back = Command { verb: UNDO, now: command.now };
            let noted = Noted { about: vec![note.clone()], ..Noted::default() };
            let _ = self.note(record, &back, noted, Vec::new(), &[], 0);
        };
        self.sync_journal(record).and_then(|()| moved(&real, &place)).inspect_err(taken_back)?;
        if has_files {
            let renamed = disk::rename(&files, &new);
            renamed.map_err(|e| StoreFault::io(Doing::Write, &new, e)).inspect_err(|fault| {
                let _ = disk::rename_new(&place, &real);
                taken_back(fault);
            })?;
        }
        self.move_own_files(&record.id, id);
        if self.chosen().as_deref() == Some(record.id.as_str()) {
            // Otherwise the choice names a missing record, which is reported.
            let _ = self.choose(id);
        }
        Ok(renamed)
    }

    /// Returns the file of a record, unless it is a link, whose name belongs to somebody else.
    fn own_place(&self, record: &RecordName) -> Result<PathBuf, StoreFault> {
        let path = record.path.as_path();
        let real = file::inside(&self.root, path)?;
        check_place(&real)?;
        match std::fs::symlink_metadata(path) {
            Ok(there) if there.is_file() => Ok(real),
            Ok(there) if there.is_symlink() => {
                Err(StoreFault::unfit(path, Unfit::Link { to: real }))
            }
            _ => Err(file::not_a_file(path)),
        }
    }
}

/// The folder of a deleted record itself: a file of a record has its id instead.
const WHOLE: &str = "";

/// Renames a file or a folder to a free name.
fn moved(from: &Path, to: &Path) -> Result<(), StoreFault> {
    let fault = |e: std::io::Error| match e.kind() {
        std::io::ErrorKind::AlreadyExists => StoreFault::Exists { path: to.to_owned() },
        _ => StoreFault::io(Doing::Write, to, e),
    };
    disk::rename_new(from, to).map_err(fault)?;
    disk::sync_folder(folder_of(to)).map_err(fault).inspect_err(|_| {
        // It is refused, so it keeps its name.
        let _ = disk::rename_new(to, from);
    })
}
