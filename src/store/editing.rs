//! Copies for a person to edit, and saving the result.

use std::path::{Path, PathBuf};

use crate::fault::{StoreFault, Text, Unfit};
use crate::yaml::MAX_BYTES;

use super::file;
use super::lock::LockWait;
use super::names::RecordName;
use super::project::{OWN, Project, remove_if_bare};
use super::reading::rename_fault;
use super::replace;

impl Project {
    /// Returns a record's text, valid or not.
    ///
    /// # Errors
    /// It cannot be opened, or is not UTF-8.
    pub fn raw_text(&self, record: &RecordName) -> Result<String, StoreFault> {
        let real = file::inside(&self.root, &record.path)?;
        let text = file::read_own_text(&real, MAX_BYTES, Text::Record);
        text.map_err(|fault| rename_fault(fault, &record.path))
    }

    /// Returns a copy of a record's text to edit. Copies left by earlier edits are kept.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn editing_copy(&self, id: &str, text: &str) -> Result<PathBuf, StoreFault> {
        let is_new = std::fs::symlink_metadata(self.root.join(OWN)).is_err();
        let folder = self.own_folder()?;
        for number in 1..1000 {
            let name = if number == 1 { String::new() } else { format!("-{number}") };
            let path = folder.join(format!("{id}.edit{name}.yaml"));
            match replace::create(&path, text.as_bytes()) {
                Ok(()) => return Ok(path),
                Err(StoreFault::Exists { .. }) => {}
                Err(fault) => {
                    if is_new {
                        remove_if_bare(&folder);
                    }
                    return Err(fault);
                }
            }
        }
        Err(StoreFault::unfit(&folder, Unfit::TooManyEdits))
    }

    /// Returns the text that the editor saved.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn read_copy(&self, path: &Path) -> Result<String, StoreFault> {
        file::read_own_text(path, MAX_BYTES, Text::EditedCopy)
    }

    /// Removes a copy that is no longer needed.
    pub fn drop_copy(&self, path: &Path) {
        replace::discard(path);
    }

    /// Replaces an unreadable text with a repaired one, if it is unchanged.
    ///
    /// # Errors
    /// Somebody else changed it meanwhile, or the system refuses.
    pub fn mend(
        &self,
        record: &RecordName,
        broken: &str,
        mended: &str,
        wait: &LockWait<'_>,
    ) -> Result<(), StoreFault> {
        let real = file::inside(&self.root, &record.path)?;
        let lock = self.lock(&self.book(record), &record.path, wait)?;
        let contents = file::read_own(&real, MAX_BYTES)?;
        if contents.bytes != broken.as_bytes() {
            return Err(StoreFault::unfit(&record.path, Unfit::ChangedMeanwhile));
        }
        if replace::put(&lock, &real, mended.as_bytes(), &contents)? {
            Ok(())
        } else {
            Err(StoreFault::KeepsChanging { path: record.path.clone() })
        }
    }
}
