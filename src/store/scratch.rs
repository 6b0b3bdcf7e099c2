//! A file outside every project for a text that a person writes before it is saved.

use std::path::{Path, PathBuf};

use tempfile::TempPath;

use crate::fault::{Doing, StoreFault, Text};

use super::disk;
use super::file;

/// The longest text that is read back, in bytes.
const LIMIT: u64 = 16 * 1024 * 1024;

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

    /// Keeps the file and returns its path; `None` if the system refuses.
    pub fn keep(self) -> Option<PathBuf> {
        self.path.keep().ok()
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
