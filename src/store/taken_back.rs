//! What an undo removes from the project and a redo restores: a record that was begun, and copies of files. A copy is
//! kept in asrun's own folder; the text of a record is in its journal.

use std::path::{Path, PathBuf};

use crate::fault::{Doing, StoreFault, Unfit};
use crate::format::{CopiedFile, Effect, Journal, JournalEntry, NEW, REDO, fingerprint};
use crate::model::Moment;
use crate::yaml::{MAX_BYTES, Splice, Value};

use super::assets;
use super::disk::{self, folder_of};
use super::file::{self, Stamp};
use super::journal::{Command, Noted};
use super::listed::hash;
use super::lock::LockWait;
use super::names::RecordName;
use super::project::{OWN, Project};
use super::replace;
use super::save::check_place;

/// The folder in asrun's own for removed copies.
const TAKEN_BACK: &str = "taken-back";

/// What happened to the copy of a file when its change was undone or redone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CopyFate {
    /// It was moved to asrun's own folder.
    Away,
    /// It was restored to the record's folder.
    Back,
    /// It was already where it belongs.
    There,
    /// It was changed since, and was kept.
    Changed,
    /// Another file has its name.
    Another,
    /// It no longer exists.
    Gone,
    /// The record still names it, so it was kept.
    Named,
}

impl Project {
    /// Creates a new record, as [`Project::create_record`] does, and notes it in the journal with the files that were
    /// copied for it; returns whether it could be noted.
    ///
    /// # Errors
    /// It exists, or the system refuses.
    pub fn begin_record(
        &self,
        id: &str,
        text: &str,
        title: &str,
        (command, copies): (&Command, Vec<CopiedFile>),
        wait: &LockWait<'_>,
    ) -> Result<(RecordName, Result<(), StoreFault>), StoreFault> {
        let current = self.chosen();
        let record = self.create_record(id, text)?;
        if self.dry_run {
            return Ok((record, Ok(())));
        }
        let title =
            Effect { list: "title".to_owned(), before: None, after: Some(Value::text(title)) };
        let whole = Splice { at: 0, removed: String::new(), inserted: text.to_owned() };
        let noted = Noted { current, copies, ..Noted::default() };
        let noted = self.lock(&self.book(&record), &record.path, wait).and_then(|lock| {
            lock.keep();
            self.note(&record, command, noted, vec![title], &[whole], fingerprint(text))
        });
        let synced = noted.and_then(|_| self.sync_journal(&record));
        Ok((record, synced))
    }

    /// Removes a record that still has its initial text. This is noted first: if the process ends in between, the
    /// record is still there and can be removed again.
    ///
    /// # Errors
    /// It was changed, or the system refuses: it is still there.
    pub fn take_record_away(
        &self,
        record: &RecordName,
        command: &Command,
        begun: &JournalEntry,
        wait: &LockWait<'_>,
    ) -> Result<(), StoreFault> {
        let path = record.path.as_path();
        let real = file::inside(&self.root, path)?;
        check_place(&real)?;
        let _lock = match self.dry_run {
            true => None,
            false => Some(self.lock(&self.book(record), path, wait)?),
        };
        let contents = file::read_own(&real, MAX_BYTES)?;
        let changed = || StoreFault::unfit(path, Unfit::ChangedMeanwhile);
        let is_file = std::fs::symlink_metadata(path).is_ok_and(|there| there.is_file());
        let text = String::from_utf8(contents.bytes).map_err(|_| changed())?;
        if !is_file || fingerprint(&text) != begun.after {
            return Err(changed());
        }
        if self.dry_run {
            return Ok(());
        }
        let about = || Noted { about: vec![begun.id.clone()], ..Noted::default() };
        self.note(record, command, about(), Vec::new(), &[], 0)?;
        let gone = self.sync_journal(record).and_then(|()| remove_unchanged(&real, contents.stamp));
        gone.inspect_err(|_| {
            let again = Command { verb: REDO, now: command.now };
            // Without it the journal says that the record is gone, and a redo finds it there.
            let _ = self.note(record, &again, about(), Vec::new(), &[], 0);
        })
    }

    /// Restores a removed record, with its initial text.
    ///
    /// # Errors
    /// Another one has its name, or the system refuses.
    pub fn bring_record_back(
        &self,
        record: &RecordName,
        command: &Command,
        begun: &JournalEntry,
        wait: &LockWait<'_>,
    ) -> Result<(), StoreFault> {
        let text = begun.splices.first().map_or("", |splice| splice.inserted.as_str());
        let place = self.free_place(&record.id, None);
        if self.dry_run {
            return place.map(|_| ());
        }
        let lock = self.lock(&self.book(record), &record.path, wait)?;
        match place {
            Ok(place) => replace::create(&place, text.as_bytes())?,
            // The process ended before it was removed.
            Err(StoreFault::Exists { .. })
                if file::read_within(&self.root, &record.path, MAX_BYTES)
                    .is_ok_and(|there| there.bytes == text.as_bytes()) => {}
            Err(fault) => return Err(fault),
        }
        lock.keep();
        let noted = Noted { about: vec![begun.id.clone()], ..Noted::default() };
        self.note(record, command, noted, Vec::new(), &[], fingerprint(text)).map(|_| ())
    }

    /// Returns records that no longer exist, each with the time that `when` finds in its journal; those without one are
    /// left out. The latest is last.
    pub(super) fn records_away(
        &self,
        when: impl Fn(&Journal) -> Option<Moment>,
    ) -> Vec<RecordName> {
        let names = self.own_names().into_iter();
        let ids = names.filter_map(|name| Some(name.strip_suffix(".journal")?.to_owned()));
        let record =
            |id: String| RecordName { path: self.records_folder().join(format!("{id}.yaml")), id };
        let away = ids.map(record).filter(|record| self.exact(&record.id).is_none());
        let told = |record: RecordName| Some((when(&self.journal(&record).ok()?)?, record));
        let mut away: Vec<(Moment, RecordName)> = away.filter_map(told).collect();
        away.sort_by_key(|(when, _)| when.unix());
        away.into_iter().map(|(_, record)| record).collect()
    }

    /// Returns records that were begun and undone, and can be restored; the latest last.
    pub fn records_taken_away(&self) -> Vec<RecordName> {
        let when = |journal: &Journal| {
            let begun = journal.taken_back().is_some_and(|entry| entry.verb == NEW);
            let last = Moment::parse(&journal.entries().last()?.on, None).ok()?;
            begun.then_some(last)
        };
        self.records_away(when)
    }

    /// Removes the copy of a file, if it is unchanged.
    ///
    /// # Errors
    /// The system refuses: then it stays.
    pub fn take_copy_away(&self, id: &str, copy: &CopiedFile) -> Result<CopyFate, StoreFault> {
        let fate = self.fate_of(id, copy)?;
        if fate != CopyFate::There || self.dry_run {
            return Ok(if fate == CopyFate::There { CopyFate::Away } else { fate });
        }
        let folder = file::inside(&self.root, &self.assets_folder(id))?;
        let path = folder.join(&copy.name);
        let fault = |e| StoreFault::io(Doing::Write, &path, e);
        let waits = self.waiting_place(id, copy)?;
        disk::make_folders(folder_of(&waits)).map_err(fault)?;
        disk::rename(&path, &waits).map_err(fault)?;
        if is_link(&waits) {
            return Ok(CopyFate::Away);
        }
        let moved = file::read_own(&waits, assets::LIMIT)?;
        if hash(&moved.bytes) != copy.hash {
            // Somebody saved it at that moment.
            disk::rename_new(&waits, &path).map_err(fault)?;
            return Ok(CopyFate::Changed);
        }
        assets::remove_if_empty(&folder);
        Ok(CopyFate::Away)
    }

    /// Restores a removed copy of a file.
    ///
    /// # Errors
    /// The system refuses.
    pub fn bring_copy_back(&self, id: &str, copy: &CopiedFile) -> Result<CopyFate, StoreFault> {
        match self.fate_of(id, copy)? {
            CopyFate::Gone => {}
            CopyFate::Changed => return Ok(CopyFate::Another),
            fate => return Ok(fate),
        }
        let waits = self.kept_copy(id, copy)?;
        let link = is_link(&waits);
        let waiting = file::read_own(&waits, assets::LIMIT).ok().map(|waiting| waiting.bytes);
        let waiting = waiting.filter(|bytes| hash(bytes) == copy.hash);
        if waiting.is_none() && !link {
            return Ok(CopyFate::Gone);
        }
        if self.dry_run {
            return Ok(CopyFate::Back);
        }
        let path = self.make_folder(&self.assets_folder(id))?.join(&copy.name);
        match waiting {
            Some(bytes) => replace::create(&path, &bytes)?,
            None => disk::rename_new(&waits, &path)
                .map_err(|e| StoreFault::io(Doing::Write, &path, e))?,
        }
        replace::discard(&self.waiting_place(id, copy)?);
        Ok(CopyFate::Back)
    }

    /// Returns whether a copy is in the record's folder, and unchanged.
    fn fate_of(&self, id: &str, copy: &CopiedFile) -> Result<CopyFate, StoreFault> {
        Ok(match self.asset(id, &copy.name)? {
            None => CopyFate::Gone,
            Some(bytes) if hash(&bytes) == copy.hash => CopyFate::There,
            Some(_) => CopyFate::Changed,
        })
    }

    /// Returns where the removed copy of a record's file is kept: under its hash and what it is of, because others may
    /// have the same bytes.
    pub(super) fn waiting_place(&self, id: &str, copy: &CopiedFile) -> Result<PathBuf, StoreFault> {
        let folder = self.root.join(OWN).join(TAKEN_BACK);
        match std::fs::symlink_metadata(&folder) {
            Ok(there) if !there.is_dir() => Err(StoreFault::unfit(&folder, Unfit::NoOwnFolder)),
            _ => {
                let mut of = hash(format!("{id}/{}", copy.name).as_bytes());
                of.truncate(16);
                Ok(folder.join(format!("{}-{of}", copy.hash)))
            }
        }
    }

    /// Returns where the bytes of a removed copy are: in its own place, else in that of another with the same bytes, which
    /// must stay. Earlier versions kept one for all.
    pub(super) fn kept_copy(&self, id: &str, copy: &CopiedFile) -> Result<PathBuf, StoreFault> {
        let own = self.waiting_place(id, copy)?;
        if std::fs::symlink_metadata(&own).is_ok() {
            return Ok(own);
        }
        let same =
            |name: &String| name.starts_with(&copy.hash) && !is_link(&own.with_file_name(name));
        let other = file::names_in(folder_of(&own)).into_iter().find(same);
        Ok(other.map_or(own.clone(), |name| own.with_file_name(name)))
    }
}

/// Whether a path is that of a link.
pub(super) fn is_link(path: &Path) -> bool {
    std::fs::symlink_metadata(path).is_ok_and(|there| there.is_symlink())
}

/// Removes a file if it is unchanged; what somebody saved at that moment is restored.
pub(super) fn remove_unchanged(real: &Path, read: Stamp) -> Result<(), StoreFault> {
    let aside = folder_of(real).join(replace::temp_name(real));
    let fault = |e| StoreFault::io(Doing::Write, real, e);
    disk::rename(real, &aside).map_err(fault)?;
    if Stamp::at(&aside) == Some(read) {
        replace::discard(&aside);
        return Ok(());
    }
    let kept = |e| StoreFault::unfit(real, Unfit::NotPutBack { why: Some(e), kept: aside.clone() });
    disk::rename_new(&aside, real).map_err(kept)?;
    Err(StoreFault::unfit(real, Unfit::ChangedMeanwhile))
}

#[cfg(test)]
mod tests {
    use super::super::AssetSource;
    use super::super::promises::{House, command, lock_wait};
    use super::*;

    fn copy(name: &str, bytes: &[u8]) -> CopiedFile {
        CopiedFile { name: name.to_owned(), hash: hash(bytes) }
    }

    fn of_record(house: &House, id: &str) -> Vec<(String, Vec<u8>)> {
        let names = house.project.asset_names(id).unwrap().into_iter();
        let bytes = |name: &str| house.project.asset(id, name).unwrap().unwrap();
        names.map(|name| (name.clone(), bytes(&name))).collect()
    }

    #[test]
    fn files_with_the_same_bytes_are_kept_each() {
        let house = House::new();
        let copies = [("출시", "a.png"), ("출시", "b.png"), ("other", "a.png")];
        for (id, name) in copies {
            let folder = house.project.make_folder(&house.project.assets_folder(id)).unwrap();
            std::fs::write(folder.join(name), b"same").unwrap();
        }
        for (id, name) in copies {
            let fate = house.project.take_copy_away(id, &copy(name, b"same")).unwrap();
            assert_eq!(fate, CopyFate::Away, "{id} {name}");
        }
        for (id, name) in copies {
            let fate = house.project.bring_copy_back(id, &copy(name, b"same")).unwrap();
            assert_eq!(fate, CopyFate::Back, "{id} {name}");
        }
        let kept = house.root.join(OWN).join(TAKEN_BACK);
        assert_eq!(file::names_in(&kept), Vec::<String>::new());
        assert_eq!(of_record(&house, "other"), [("a.png".to_owned(), b"same".to_vec())]);
    }

    #[test]
    fn a_copy_kept_for_another_is_used_and_stays() {
        let house = House::new();
        let asset = house.project.add_asset("other", &AssetSource::new("a.png", b"1".to_vec()));
        house.project.take_copy_away("other", &asset.unwrap().copied().unwrap()).unwrap();
        for name in ["b.png", "c.png"] {
            let fate = house.project.bring_copy_back("출시", &copy(name, b"1")).unwrap();
            assert_eq!(fate, CopyFate::Back, "{name}");
        }
        let back = house.project.bring_copy_back("other", &copy("a.png", b"1")).unwrap();
        assert_eq!(back, CopyFate::Back);
    }

    #[test]
    #[cfg(unix)]
    fn a_deleted_record_comes_back_with_its_links() {
        let house = House::new();
        let id = house.record.id.clone();
        let folder = house.project.make_folder(&house.project.assets_folder(&id)).unwrap();
        std::fs::write(folder.join("n.txt"), b"note").unwrap();
        for link in ["a-link", "z-link"] {
            std::os::unix::fs::symlink("n.txt", folder.join(link)).unwrap();
        }
        let before = of_record(&house, &id);
        let (record, wait) = (&house.record, lock_wait());
        let deleting = command("delete");
        house.project.delete_record(record, &deleting, Noted::default(), &wait).unwrap();
        assert!(!folder.exists());
        let journal = house.project.journal(record).unwrap();
        let deleted = journal.deletion().unwrap();
        house.project.restore_record(record, &command("undo"), deleted, &wait).unwrap();
        assert!(is_link(&folder.join("a-link")) && is_link(&folder.join("z-link")));
        assert!(!is_link(&folder.join("n.txt")));
        assert_eq!(of_record(&house, &id), before);
    }
}
