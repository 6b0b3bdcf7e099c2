//! Changes a record: read, patch, verify, save, note in the journal. Only then is an event acknowledged.

use std::path::{Path, PathBuf};

use crate::fault::{Doing, StoreFault};
use crate::format::apply_all;
use crate::format::{
    Document, Effect, KEPT, alike_beside, effects, fingerprint, keys_below, own_lines,
};
use crate::yaml::{Change, KeyEdit, MAX_BYTES, Splice, Value};

use super::disk::{self, folder_of};
use super::file;
use super::journal::{Command, Noted};
use super::lock::LockWait;
use super::names::RecordName;
use super::project::Project;
use super::reading::{parse, rename_fault};
use super::replace::{Outcome, create, save};

/// The result of a save.
#[derive(Debug)]
pub struct Saved {
    /// The path of the record's file from the project's folder on.
    pub file: String,
    /// The record before.
    pub before: Document,
    /// The record as it is now on disk.
    pub after: Document,
    /// Whether the change survives a power cut; the record is written either way.
    pub synced: Result<(), StoreFault>,
    /// The journal's ids of the changes; empty if nothing changed. The record is written either way.
    pub journal: Result<Vec<String>, StoreFault>,
}

/// How often a record may change meanwhile before we give up.
const ATTEMPTS: usize = 20;

/// The change that a command makes to a record it has just read.
#[derive(Debug)]
pub enum Edit {
    /// These changes, one after the other, all or none.
    Changes(Vec<Change>),
    /// A new text, already verified.
    Text(Box<Document>),
}

impl Edit {
    /// Returns its effects if they are obvious: entries that are added need no second pass over the whole record.
    fn effects(&self) -> Option<Vec<Effect>> {
        let Edit::Changes(changes) = self else { return None };
        let added = |change: &Change| match change {
            Change { at, key, edit: KeyEdit::Insert(_, item), .. }
                if at.is_empty() && matches!(key.as_str(), "events" | "plan") =>
            {
                Some(Effect { list: key.clone(), before: None, after: Some(item.clone()) })
            }
            _ => None,
        };
        if changes.is_empty() { None } else { changes.iter().map(added).collect() }
    }
}

impl Project {
    /// Changes a record. `plan` returns the change for the record as read, and is called again if somebody else saved
    /// the file meanwhile; it also returns what the journal notes beside the change, and a value of its own.
    ///
    /// # Errors
    /// Nothing was changed. `F` is the plan's own refusal.
    pub fn update<T, F: From<StoreFault>>(
        &self,
        record: &RecordName,
        command: &Command,
        wait: &LockWait<'_>,
        mut plan: impl FnMut(&Document) -> Result<(Edit, Noted, T), F>,
    ) -> Result<(Saved, T), F> {
        let path = record.path.as_path();
        let real = file::inside(&self.root, path)?;
        check_place(&real).map_err(|fault| rename_fault(fault, path))?;
        let file = self.told_path(path);
        if self.dry_run {
            let before = self.load(record)?.document;
            let (work, _, told) = plan(&before)?;
            let (after, _) = carry_out(work, &before, path)?;
            let saved = Saved { file, before, after, journal: Ok(Vec::new()), synced: Ok(()) };
            return Ok((saved, told));
        }
        let lock = self.lock(&self.book(record), path, wait)?;
        for _ in 0..ATTEMPTS {
            let contents =
                file::read_own(&real, MAX_BYTES).map_err(|fault| rename_fault(fault, path))?;
            let before = parse(path, &contents.bytes)?;
            let (work, noted, told) = plan(&before)?;
            let known = work.effects().filter(|added| noted.apart || added.len() == 1);
            let (after, splices) = carry_out(work, &before, path)?;
            let text = after.to_text();
            if text.as_bytes() == contents.bytes && noted.about.is_empty() {
                let saved = Saved { file, before, after, journal: Ok(Vec::new()), synced: Ok(()) };
                return Ok((saved, told));
            }
            let saved = save(&lock, &real, text.as_bytes(), &contents);
            match saved.map_err(|fault| rename_fault(fault, path))? {
                Outcome::Done(synced) => {
                    let mark = fingerprint(&text);
                    let journal = match known {
                        Some(added) if noted.apart => {
                            self.note_each(record, command, &before, added, (&splices, mark))
                        }
                        known => {
                            let new = || match noted.effects.is_empty() {
                                true => effects(&before, &after),
                                false => noted.effects.clone(),
                            };
                            let effects = known.unwrap_or_else(new);
                            let own = own_lines(&before, &after, &effects);
                            let next = keys_below(&before, &effects);
                            let beside = alike_beside(&before, &effects);
                            let noted = Noted { own, next, beside, ..noted };
                            let noted = self.note(record, command, noted, effects, &splices, mark);
                            noted.map(|name| vec![name])
                        }
                    };
                    let synced = synced.map_err(|fault| rename_fault(fault, path));
                    self.remember(record);
                    return Ok((Saved { file, before, after, journal, synced }, told));
                }
                Outcome::ChangedMeanwhile => {}
            }
        }
        Err(StoreFault::KeepsChanging { path: path.to_owned() }.into())
    }

    /// Keeps an event for a record that cannot be read now.
    ///
    /// # Errors
    /// It could not be kept either.
    pub fn keep(
        &self,
        record: &RecordName,
        command: &Command,
        item: Value,
        wait: &LockWait<'_>,
    ) -> Result<(), StoreFault> {
        if self.dry_run {
            return Ok(());
        }
        let _lock = self.lock(&self.book(record), &record.path, wait)?;
        let effect = Effect { list: "events".to_owned(), before: None, after: Some(item) };
        let kept = Command { verb: KEPT, now: command.now };
        self.note(record, &kept, Noted::default(), vec![effect], &[], 0)?;
        self.sync_journal(record)
    }

    /// Settles entries of the journal without changing the record.
    ///
    /// # Errors
    /// The journal cannot be written.
    pub fn settle(
        &self,
        record: &RecordName,
        command: &Command,
        noted: Noted,
        effects: Vec<Effect>,
        wait: &LockWait<'_>,
    ) -> Result<(), StoreFault> {
        if self.dry_run {
            return Ok(());
        }
        let _lock = self.lock(&self.book(record), &record.path, wait)?;
        self.note(record, command, noted, effects, &[], 0).map(|_| ())
    }

    /// Creates a new record; an existing one is never overwritten.
    ///
    /// # Errors
    /// It exists, or the system refuses.
    pub fn create_record(&self, id: &str, text: &str) -> Result<RecordName, StoreFault> {
        let place = self.free_place(id, None)?;
        self.check_not_deleted(id)?;
        let path = self.records_folder().join(format!("{id}.yaml"));
        if !self.dry_run {
            self.set_journal_aside(id);
            create(&place, text.as_bytes()).map_err(|fault| match fault {
                StoreFault::Exists { .. } => StoreFault::Exists { path: path.clone() },
                other => rename_fault(other, &path),
            })?;
        }
        Ok(RecordName { id: id.to_owned(), path })
    }

    /// Returns the path for a new record, or for one that gets another id, and creates its folder.
    pub(super) fn free_place(
        &self,
        id: &str,
        renamed: Option<&RecordName>,
    ) -> Result<PathBuf, StoreFault> {
        let folder = self.records_folder();
        self.check_records()?;
        if !self.dry_run {
            disk::make_folders(&folder)
                .map_err(|e| StoreFault::io(Doing::MakeFolder, &folder, e))?;
        }
        let taken = self
            .list()?
            .records
            .into_iter()
            .filter(|r| renamed.is_none_or(|renamed| renamed.id != r.id))
            .find(|r| super::names::folded(&r.id) == super::names::folded(id));
        if let Some(record) = taken {
            return Err(StoreFault::Exists { path: record.path });
        }
        let folder = if self.dry_run { folder } else { file::inside(&self.root, &folder)? };
        Ok(folder.join(format!("{id}.yaml")))
    }
}

/// Checks that we may write to the record and its folder, before anything else is touched: a file made read-only by its
/// owner is not replaced.
pub(super) fn check_place(real: &Path) -> Result<(), StoreFault> {
    file::check_writable(real)?;
    file::check_writable(folder_of(real)).map_err(|fault| match fault {
        StoreFault::Io { source, .. } => StoreFault::io(Doing::WriteBeside, real, source),
        other => other,
    })
}

fn carry_out(
    edit: Edit,
    before: &Document,
    path: &Path,
) -> Result<(Document, Vec<Splice>), StoreFault> {
    match edit {
        Edit::Changes(changes) => apply_all(before, &changes)
            .map_err(|source| StoreFault::Edit { path: path.to_owned(), source }),
        Edit::Text(document) => {
            let splice = Splice::between(before.text(), document.text());
            Ok((*document, splice.into_iter().collect()))
        }
    }
}
