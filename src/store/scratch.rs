//! A file outside every project for a text that a person writes before it is saved.

use std::path::{Path, PathBuf};

use tempfile::TempPath;

use crate::fault::{Doing, StoreFault, Text};

use super::disk;
use super::file;

/// The longest text that is read back, in bytes.
const LIMIT: u64 = 16 * 1024 * 1024;

/// The prefix and the suffix of files with refused texts.
const REFUSED: (&str, &str) = ("asrun-refused-", ".md");

/// A text in a file of its own; deleted when dropped.
#[derive(Debug)]
pub struct Scratch {
    path: TempPath,
}

impl Scratch {
    /// Returns a file with this text in that folder.
    ///
    /// # Errors
    /// The system refuses to create or write it.
    pub fn new(folder: &Path, text: &str) -> Result<Scratch, StoreFault> {
        let path = disk::create_scratch(folder, ("asrun-event-", ".md"), text)
            .map_err(|e| StoreFault::io(Doing::WriteForEditor, folder, e))?;
        Ok(Scratch { path })
    }

    /// Saves a refused text in a file in that folder that is not deleted, and returns its path; `None` if it cannot be
    /// saved.
    pub fn keep_refused(folder: &Path, text: &str) -> Option<PathBuf> {
        disk::create_scratch(folder, REFUSED, text).ok()?.keep().ok()
    }

    /// Returns the files with this user's refused texts in a folder, sorted.
    pub fn refused(folder: &Path) -> Vec<PathBuf> {
        let (prefix, suffix) = REFUSED;
        let names = file::names_in(folder).into_iter();
        let refused = names.filter(|name| name.starts_with(prefix) && name.ends_with(suffix));
        let mut paths: Vec<PathBuf> = refused.map(|name| folder.join(name)).collect();
        // Those of others cannot be read.
        paths.retain(|path| file::read_text(path, LIMIT, Text::EditedText).is_ok());
        paths.sort();
        paths
    }

    /// Returns its path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns its current content.
    ///
    /// # Errors
    /// It is gone, too long, or not UTF-8 text.
    pub fn text(&self) -> Result<String, StoreFault> {
        file::read_text(&self.path, LIMIT, Text::EditedText)
    }
}
