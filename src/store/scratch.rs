//! A file outside every project that a person writes in before anything is saved.

use std::path::{Path, PathBuf};

use tempfile::TempPath;

use crate::fault::{Doing, StoreFault, Text};

use super::disk;
use super::file;

/// The longest text that is read back.
const LIMIT: u64 = 16 * 1024 * 1024;

/// A text in a file of its own; gone when dropped.
#[derive(Debug)]
pub struct Scratch {
    path: TempPath,
}

impl Scratch {
    /// Returns a file in that folder that holds this text.
    ///
    /// # Errors
    /// The system refuses to make it or to write into it.
    pub fn new(folder: &Path, text: &str) -> Result<Scratch, StoreFault> {
        let path = disk::create_scratch(folder, ("asrun-event-", ".md"), text)
            .map_err(|e| StoreFault::io(Doing::WriteForEditor, folder, e))?;
        Ok(Scratch { path })
    }

    /// Returns where it is, and leaves it there; none if the system does not let it stay.
    pub fn keep(self) -> Option<PathBuf> {
        self.path.keep().ok()
    }

    /// Returns where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns what it holds now.
    ///
    /// # Errors
    /// It is gone, too long, or no UTF-8 text.
    pub fn text(&self) -> Result<String, StoreFault> {
        file::read_text(&self.path, LIMIT, Text::EditedText)
    }
}
