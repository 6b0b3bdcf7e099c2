//! Texts to be removed for good: from a record and its journal, and from all else that asrun keeps.

use std::path::{Path, PathBuf};

use crate::fault::{Doing, StoreFault};
use crate::yaml::MAX_BYTES;

use super::disk::folder_of;
use super::file;
use super::listed::{LISTS, Lists};
use super::lock::LockWait;
use super::names::RecordName;
use super::place::repository;
use super::project::{OWN, Project, SETTINGS_FILE, TEMPLATES};
use super::reading::rename_fault;
use super::replace::{self, Outcome};

/// The largest file that is searched, in bytes.
const LIMIT: u64 = 64 * 1024 * 1024;
/// How often a record may change meanwhile before we give up.
const ATTEMPTS: usize = 20;
/// The file with the id of the current record.
const CURRENT: &str = "current";
/// The extension of a journal.
const JOURNAL: &str = ".journal";

/// The texts of a record and its journal; `None` if missing, or if the record is not text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// The record.
    pub record: Option<String>,
    /// Its journal.
    pub journal: Option<String>,
}

impl Project {
    /// Returns the texts of a record and its journal, even if the record is gone.
    ///
    /// # Errors
    /// Either cannot be read.
    pub fn written(&self, record: &RecordName) -> Result<Written, StoreFault> {
        let there = std::fs::symlink_metadata(&record.path).is_ok();
        let bytes = if there { Some(self.record_bytes(record)?.bytes) } else { None };
        let journal = self.own_file(&format!("{}{JOURNAL}", self.book(record)), LIMIT)?;
        let journal = journal.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        Ok(Written { record: bytes.and_then(|bytes| String::from_utf8(bytes).ok()), journal })
    }

    fn record_bytes(&self, record: &RecordName) -> Result<file::Contents, StoreFault> {
        let real = file::inside(&self.root, &record.path)?;
        file::read_own(&real, MAX_BYTES).map_err(|fault| rename_fault(fault, &record.path))
    }

    /// Replaces a record and its journal by what `make` returns for their texts, read under the lock; the journal does
    /// not mention it.
    ///
    /// # Errors
    /// The record is unchanged, or only the journal could not be written: it can be repeated.
    pub fn rewrite<F: From<StoreFault>>(
        &self,
        record: &RecordName,
        wait: &LockWait<'_>,
        mut make: impl FnMut(&Written) -> Result<Written, F>,
    ) -> Result<(), F> {
        if self.dry_run {
            make(&self.written(record)?)?;
            return Ok(());
        }
        let lock = self.lock(&self.book(record), &record.path, wait)?;
        for _ in 0..ATTEMPTS {
            let written = self.written(record)?;
            let made = make(&written)?;
            if let Some(text) = made.record {
                let real = file::inside(&self.root, &record.path)?;
                file::check_writable(&real).map_err(|fault| rename_fault(fault, &record.path))?;
                let contents = self.record_bytes(record)?;
                if Some(contents.bytes.as_slice()) != written.record.as_deref().map(str::as_bytes) {
                    continue;
                }
                let saved = replace::save(&lock, &real, text.as_bytes(), &contents)
                    .map_err(|fault| rename_fault(fault, &record.path))?;
                match saved {
                    Outcome::Done(synced) => {
                        synced.map_err(|fault| rename_fault(fault, &record.path))?;
                    }
                    Outcome::ChangedMeanwhile => continue,
                }
            }
            if let Some(mut journal) = made.journal {
                // Ids of entries come from its size: it must not get shorter within a second.
                let was = written.journal.as_ref().map_or(0, String::len);
                if let Some(shorter) = was.checked_sub(journal.len() + 1) {
                    journal.push_str(&format!("{:shorter$}\n", ""));
                }
                let name = format!("{}{JOURNAL}", self.book(record));
                self.put_own(&self.root.join(OWN).join(name), journal.as_bytes())?;
            }
            lock.keep();
            return Ok(());
        }
        Err(StoreFault::KeepsChanging { path: record.path.clone() }.into())
    }

    /// Removes what a killed save of a record left behind.
    ///
    /// # Errors
    /// Another process holds the lock.
    pub fn sweep(&self, record: &RecordName, wait: &LockWait<'_>) -> Result<(), StoreFault> {
        let lock = self.lock(&self.book(record), &record.path, wait)?;
        if let Ok(real) = file::inside(&self.root, &record.path) {
            replace::sweep(&lock, folder_of(&real), &real);
        }
        Ok(())
    }

    /// Returns the name of a record's journal, without its extension.
    pub fn journal_name(&self, record: &RecordName) -> String {
        self.book(record)
    }

    /// Returns the ids of records with a journal, even if the record is gone.
    pub fn journalled(&self) -> Vec<String> {
        let names = self.own_names().into_iter();
        names.filter_map(|name| name.strip_suffix(JOURNAL).map(str::to_owned)).collect()
    }

    /// Returns all other internal files: unfinished lines, edited copies, journals of records that are gone.
    pub fn own_texts(&self) -> Vec<PathBuf> {
        let folder = self.root.join(OWN);
        let own = std::fs::symlink_metadata(&folder).is_ok_and(|there| there.is_dir());
        let all = if own { files_below(&folder) } else { Vec::new() };
        let journal = |path: &PathBuf| {
            path.parent() == Some(&folder) && path.extension().is_some_and(|it| it == "journal")
        };
        // It contains a name, not a text.
        let current = folder.join(CURRENT);
        all.into_iter().filter(|path| !journal(path) && *path != current).collect()
    }

    /// Replaces the text of an internal file, unless somebody has locked it.
    ///
    /// # Errors
    /// The system refuses.
    pub fn rewrite_own(&self, path: &Path, text: &str) -> Result<(), StoreFault> {
        if self.dry_run { Ok(()) } else { self.put_own(path, text.as_bytes()) }
    }

    fn put_own(&self, path: &Path, bytes: &[u8]) -> Result<(), StoreFault> {
        let there =
            std::fs::symlink_metadata(path).map_err(|e| StoreFault::io(Doing::Write, path, e))?;
        replace::overwrite_alike(path, bytes, &there)
    }

    /// Whether somebody has locked an internal file, typing in it.
    pub fn is_held(&self, path: &Path) -> bool {
        std::fs::File::open(path).is_ok_and(|file| file.try_lock().is_err())
    }

    /// Returns files that asrun reads or wrote outside its own folder: those of records, templates, settings, and
    /// documents.
    pub fn other_files(&self) -> Vec<PathBuf> {
        let records = self.records_folder();
        let record = |path: &PathBuf| {
            path.parent() == Some(&records) && path.extension().is_some_and(|it| it == "yaml")
        };
        let listed = self.list().map(|listing| listing.records).unwrap_or_default();
        let mut files: Vec<PathBuf> = files_below(&records);
        files.retain(|path| !record(path) || !listed.iter().any(|record| record.path == *path));
        files.extend(files_below(&self.root.join(TEMPLATES)));
        files.push(self.root.join(SETTINGS_FILE));
        let inside = self.root.join(SETTINGS_FILE);
        let tops = [Some(self.root.as_path()), repository(&inside)];
        for top in tops.into_iter().flatten() {
            let lists = Lists { folder: top.join(LISTS) };
            files.extend(lists.paths().into_iter().map(|path| top.join(path)));
        }
        files.sort();
        files.dedup();
        files
    }

    /// Returns the bytes of such a file; `None` for a link or a larger file.
    pub fn bytes_of(&self, path: &Path) -> Option<Vec<u8>> {
        file::read_own(path, LIMIT).ok().map(|contents| contents.bytes)
    }

    /// Returns why a regular file or a folder of those cannot be searched, if it cannot.
    pub fn unsearched(&self, path: &Path) -> Option<StoreFault> {
        match std::fs::symlink_metadata(path) {
            Ok(there) if there.is_file() => file::read_own(path, LIMIT).err(),
            Ok(there) if there.is_dir() => file::names_of(path).err(),
            _ => None,
        }
    }

    /// Returns a path relative to the project's folder, with slashes.
    pub fn told_path(&self, path: &Path) -> String {
        let path = path.strip_prefix(&self.root).unwrap_or(path);
        path.to_string_lossy().replace('\\', "/")
    }
}

/// Returns the files in a folder and below it, following no link, and folders that cannot be read.
fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let Ok(names) = file::names_of(&folder) else {
            files.push(folder);
            continue;
        };
        for name in names {
            let path = folder.join(name);
            match std::fs::symlink_metadata(&path) {
                Ok(there) if there.is_dir() => folders.push(path),
                Ok(there) if there.is_file() => files.push(path),
                _ => {}
            }
        }
    }
    files.sort();
    files
}
