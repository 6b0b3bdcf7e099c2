//! The journal beside the project: one file per record, append-only, bounded, not needed to read a record.

use std::collections::HashSet;
use std::path::PathBuf;

use unicode_normalization::UnicodeNormalization;

use crate::fault::{Doing, StoreFault};
use crate::format::{
    CopiedFile, Document, Effect, Joint, Journal, JournalEntry, RENAME, alike_beside,
};
use crate::model::Moment;
use crate::yaml::{Splice, Value};

use super::disk::{self, Access, OwnFile};
use super::file;
use super::listed::{LISTS, Lists, OUTSIDE};
use super::names::RecordName;
use super::project::{OWN, Project};
use super::replace;

/// Beyond this size, in bytes, the older half is dropped: the record is in git by then.
const LIMIT: u64 = 8 * 1024 * 1024;
/// The most bytes that are read; a single entry cannot reach it, even with every text of the largest record twice and
/// two bytes of JSON for each byte.
pub(super) const JOURNAL_LIMIT: u64 = 128 * 1024 * 1024;
/// Splices beyond this size, in bytes, are not kept: such a change can only be undone entry by entry.
const SPLICES_LIMIT: usize = 1024 * 1024;

/// The command that changes a record, for the journal.
#[derive(Debug, Clone)]
pub struct Command {
    /// Its verb.
    pub verb: &'static str,
    /// When it runs.
    pub now: Moment,
}

/// Metadata of a change, besides its effect on the record.
#[derive(Debug, Clone, Default)]
pub struct Noted {
    /// Entries of the journal that it undoes, redoes or settles.
    pub about: Vec<String>,
    /// Files that it copied into the record's folder.
    pub copies: Vec<CopiedFile>,
    /// When a record is begun, deleted, archived or made the current one, the record that was current before; empty for none.
    pub current: Option<String>,
    /// The record that it was merged into, if it is deleted for that.
    pub into: Option<String>,
    /// What it did to items and keys, if the record was so already: a process ended before it could note that.
    pub effects: Vec<Effect>,
    /// The joint change of several records that it belongs to.
    pub joint: Option<Joint>,
    /// Entries of the journal that it is one change with.
    pub completes: Vec<String>,
    /// The lines of items and keys that it removed or changed, and of those with unknown keys.
    pub own: Vec<String>,
    /// The keys that followed each key of the record that it removed.
    pub next: Vec<(String, Vec<String>)>,
    /// Of what was confirmed as deleted, what the checked-out commit had not either.
    pub away: Vec<Effect>,
    /// Entries that could be taken for those that it added, each with its list.
    pub beside: Vec<(String, Value)>,
    /// Whether each change adds an event with its own journal entry, and can be undone alone.
    pub apart: bool,
}

impl Project {
    /// Returns the journal of a record; an empty one if there is none.
    ///
    /// # Errors
    /// It exists but cannot be read.
    pub fn journal(&self, record: &RecordName) -> Result<Journal, StoreFault> {
        let bytes = self.own_file(&format!("{}.journal", self.book(record)), JOURNAL_LIMIT)?;
        Ok(bytes
            .map_or_else(Journal::default, |bytes| Journal::read(&String::from_utf8_lossy(&bytes))))
    }

    /// Appends an entry, and returns its id. The record must be locked.
    pub(super) fn note(
        &self,
        record: &RecordName,
        command: &Command,
        noted: Noted,
        effects: Vec<Effect>,
        splices: &[Splice],
        after: u64,
    ) -> Result<String, StoreFault> {
        let entry = JournalEntry {
            id: String::new(),
            on: command.now.written(),
            verb: command.verb.to_owned(),
            about: noted.about,
            effects,
            copies: noted.copies,
            current: noted.current,
            into: noted.into,
            joint: noted.joint,
            completes: noted.completes,
            own: if fits(noted.own.iter().map(String::len)) { noted.own } else { Vec::new() },
            next: noted.next,
            away: noted.away,
            beside: fitting(noted.beside),
            splices: if splices_fit(splices) { splices.to_vec() } else { Vec::new() },
            after,
        };
        Ok(self.append(record, command, vec![entry])?.swap_remove(0))
    }

    /// Appends an entry for each event that one change added, and returns their ids. Only the last one can have the
    /// hash of the record after it.
    pub(super) fn note_each(
        &self,
        record: &RecordName,
        command: &Command,
        before: &Document,
        effects: Vec<Effect>,
        (splices, after): (&[Splice], u64),
    ) -> Result<Vec<String>, StoreFault> {
        let count = effects.len();
        let entries = effects.into_iter().zip(splices).enumerate().map(|(at, (effect, splice))| {
            let splices = vec![splice.clone()];
            JournalEntry {
                id: String::new(),
                on: command.now.written(),
                verb: command.verb.to_owned(),
                about: Vec::new(),
                copies: Vec::new(),
                current: None,
                into: None,
                joint: None,
                completes: Vec::new(),
                own: Vec::new(),
                next: Vec::new(),
                away: Vec::new(),
                beside: fitting(alike_beside(before, std::slice::from_ref(&effect))),
                effects: vec![effect],
                splices: if splices_fit(&splices) { splices } else { Vec::new() },
                after: if at + 1 == count { after } else { 0 },
            }
        });
        self.append(record, command, entries.collect())
    }

    /// Appends entries, and returns their ids.
    fn append(
        &self,
        record: &RecordName,
        command: &Command,
        mut entries: Vec<JournalEntry>,
    ) -> Result<Vec<String>, StoreFault> {
        self.own_folder()?;
        let path = self.journal_path(record);
        let fault = |e| StoreFault::io(Doing::WriteJournal, &path, e);
        let file = OwnFile::open(&path, Access::Append).map_err(fault)?;
        let size = file.metadata().map_err(fault)?.len();
        // A crash may have cut off the last line.
        let torn = file.last_byte().map_err(fault)?.is_some_and(|last| last != b'\n');
        let mut lines = if torn { "\n".to_owned() } else { String::new() };
        for entry in &mut entries {
            entry.id = format!("{:x}-{:x}", command.now.unix(), size + lines.len() as u64);
            lines.push_str(&entry.to_line());
        }
        file.append(lines.as_bytes()).map_err(fault)?;
        if size > LIMIT {
            self.halve(record)?;
        }
        Ok(entries.into_iter().map(|entry| entry.id).collect())
    }

    /// Syncs what was appended to disk.
    pub(super) fn sync_journal(&self, record: &RecordName) -> Result<(), StoreFault> {
        let path = self.journal_path(record);
        let folder = self.own_folder()?;
        let synced = disk::sync(&path).and_then(|()| disk::sync_folder(&folder));
        synced.map_err(|e| StoreFault::io(Doing::SyncJournal, &path, e))
    }

    /// Drops the older half, except for the newest entry and what was kept for an unreadable record.
    fn halve(&self, record: &RecordName) -> Result<(), StoreFault> {
        let path = self.journal_path(record);
        let contents = file::read_own(&path, JOURNAL_LIMIT)?;
        let text = String::from_utf8_lossy(&contents.bytes);
        let waiting: Vec<String> =
            Journal::read(&text).kept().iter().map(|entry| entry.to_line()).collect();
        let rest = newer_half(&text);
        let older = waiting.iter().filter(|line| !rest.contains(line.trim_end()));
        let shorter = format!("{}{rest}", older.cloned().collect::<String>());
        replace::overwrite(&path, shorter.as_bytes())
    }

    /// Returns records that asrun wrote to and that no longer exist, each with its journal.
    ///
    /// # Errors
    /// A folder cannot be read.
    pub fn strays(&self) -> Result<Vec<(RecordName, Journal)>, StoreFault> {
        let mut names = self.own_names();
        names.retain(|name| name.ends_with(".journal"));
        if names.is_empty() {
            return Ok(Vec::new());
        }
        let there = self.list()?.records;
        let known: HashSet<String> = there.iter().map(|record| self.book(record)).collect();
        let mut strays = Vec::new();
        for name in names {
            let Some(id) = name.strip_suffix(".journal").filter(|id| !known.contains(*id)) else {
                continue;
            };
            let record = RecordName {
                id: id.to_owned(),
                path: self.records_folder().join(format!("{id}.yaml")),
            };
            let journal = self.journal(&record)?;
            if journal.deletion().is_some() || self.finish_rename(&record, &journal, &there) {
                continue;
            }
            if journal.acknowledged_count() > 0 {
                strays.push((record, journal));
            }
        }
        strays.sort_by(|(one, _), (other, _)| one.id.cmp(&other.id));
        Ok(strays)
    }

    /// Renames asrun's own files of a record: its journal, unfinished lines and texts, and the lists of what was written
    /// of it. What cannot be moved stays where it was.
    pub(super) fn move_own_files(&self, from: &str, to: &str) {
        let folder = self.root.join(OWN);
        let journal = |id: &str| folder.join(format!("{id}.journal"));
        if !disk::is_other_case(&journal(from), &journal(to)) {
            self.set_journal_aside(to);
        }
        for name in self.own_names() {
            let rest = name.strip_prefix(from).filter(|rest| {
                [".journal", ".live", ".edit"].iter().any(|kind| rest.starts_with(kind))
            });
            if let Some(rest) = rest {
                let _ = disk::rename_new(&folder.join(&name), &folder.join(format!("{to}{rest}")));
            }
        }
        for lists in [self.root.join(LISTS), folder.join(OUTSIDE)] {
            let _ = Lists { folder: lists }.move_list(from, to);
        }
    }

    /// Whether a missing record was renamed; if that command was killed before it moved the journal, moves it now.
    fn finish_rename(&self, record: &RecordName, journal: &Journal, there: &[RecordName]) -> bool {
        let last = journal.entries().last().filter(|entry| entry.verb == RENAME);
        let to = last.and_then(|entry| entry.effects.first()?.after.as_ref()?.lone());
        let Some(to) = to.filter(|to| there.iter().any(|record| record.id == *to)) else {
            return false;
        };
        let known = self.root.join(OWN).join(format!("{to}.journal"));
        if !self.dry_run && std::fs::symlink_metadata(known).is_err() {
            self.move_own_files(&record.id, to);
        }
        true
    }

    /// Refuses the id of a deleted record: it could no longer be restored if another record got it. No record has the id.
    pub(super) fn check_not_deleted(&self, id: &str) -> Result<(), StoreFault> {
        let path = self.records_folder().join(format!("{id}.yaml"));
        let journal = self.journal(&RecordName { path, id: id.to_owned() });
        match journal.is_ok_and(|journal| journal.deletion().is_some()) {
            true => Err(StoreFault::Deleted { id: id.to_owned() }),
            false => Ok(()),
        }
    }

    /// Moves a journal with that id out of the way: a new record begins without one.
    pub(super) fn set_journal_aside(&self, id: &str) {
        let folder = self.root.join(OWN);
        let old = folder.join(format!("{id}.journal"));
        let free = (1..1000)
            .map(|n| folder.join(format!("{id}.journal-{n}.old")))
            .find(|path| !path.exists());
        if let Some(aside) = free.filter(|_| old.exists()) {
            // Without it, check would only report entries of the previous record.
            let _ = disk::rename(&old, &aside);
        }
    }

    /// Returns the name under which a record is locked and journalled: that of its real file in NFC, so that links and
    /// other spellings of it share it.
    pub(super) fn book(&self, record: &RecordName) -> String {
        let real = std::fs::canonicalize(&record.path).ok();
        let stem = real.as_deref().and_then(|real| real.file_stem()?.to_str().map(str::to_owned));
        stem.unwrap_or_else(|| record.id.clone()).nfc().collect()
    }

    fn journal_path(&self, record: &RecordName) -> PathBuf {
        self.root.join(OWN).join(format!("{}.journal", self.book(record)))
    }
}

/// Returns the lines of the newer half, at least the last one.
fn newer_half(text: &str) -> &str {
    let half = text.floor_char_boundary(text.len() / 2);
    let newest = text.trim_end_matches('\n').rfind('\n').map_or(0, |end| end + 1);
    let start = text[half..].find('\n').map_or(newest, |end| half + end + 1);
    &text[start.min(newest)..]
}

/// Whether texts that are kept beside a change are within the limit; given the length of each, in bytes.
fn fits(lengths: impl Iterator<Item = usize>) -> bool {
    lengths.sum::<usize>() <= SPLICES_LIMIT
}

/// Returns entries beside an added one, unless that is too much to keep.
fn fitting(beside: Vec<(String, Value)>) -> Vec<(String, Value)> {
    let lengths = beside.iter().map(|(_, item)| format!("{item:?}").len());
    if fits(lengths) { beside } else { Vec::new() }
}

fn splices_fit(splices: &[Splice]) -> bool {
    fits(splices.iter().map(|splice| splice.removed.len() + splice.inserted.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_line_stays_however_long_it_is() {
        let long = "x".repeat(50);
        for (text, half) in [
            ("one\ntwo\nthree\nfour\n", "four\n".to_owned()),
            ("a longer one\ntwo\nsix\n", "two\nsix\n".to_owned()),
            (&format!("one\ntwo\n{long}\n"), format!("{long}\n")),
            (&format!("{long}\n"), format!("{long}\n")),
            (&format!("{long}\ntwo\n"), "two\n".to_owned()),
            ("한글한글\n한글한글한글한글\n", "한글한글한글한글\n".to_owned()),
            ("", String::new()),
        ] {
            assert_eq!(newer_half(text), half, "{text}");
        }
    }
}
