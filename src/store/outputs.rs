//! Documents and other files for people.

use std::path::Path;

use crate::fault::{StoreFault, Unfit};

use super::file;
use super::project::{Project, TEMPLATES};
use super::replace;

impl Project {
    /// Refuses to let a rendered document take the place of a record, a template or the settings.
    ///
    /// # Errors
    /// The path is one of those.
    pub fn check_output(&self, path: &Path) -> Result<(), StoreFault> {
        let real = |path: &Path| std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let folder = path.parent().map(real).unwrap_or_default();
        let is_yaml = path.extension().is_some_and(|ending| ending == "yaml");
        let record = is_yaml && folder == real(&self.records_folder());
        let settings = real(path) == real(&self.settings_file());
        let template = folder == real(&self.root.join(TEMPLATES));
        if record || settings || template {
            return Err(StoreFault::unfit(path, Unfit::OwnFile));
        }
        Ok(())
    }

    /// Writes a rendered document, whole or not at all.
    ///
    /// # Errors
    /// The path is that of a record, a template or the settings, or cannot be written.
    pub fn write_document(&self, path: &Path, text: &str) -> Result<(), StoreFault> {
        self.check_output(path)?;
        self.write_file(path, text.as_bytes())
    }

    /// Writes another file for people, making its folder.
    ///
    /// # Errors
    /// The system refuses; what was there stays.
    pub fn write_file(&self, path: &Path, bytes: &[u8]) -> Result<(), StoreFault> {
        if self.dry_run { Ok(()) } else { replace::write_output(path, bytes) }
    }

    /// Returns whether a folder stands at that path; none if nothing does.
    pub fn output_is_folder(&self, path: &Path) -> Option<bool> {
        std::fs::metadata(path).ok().map(|there| there.is_dir())
    }

    /// Returns what a file for people holds; none if it cannot be read.
    pub fn output_bytes(&self, path: &Path) -> Option<Vec<u8>> {
        std::fs::read(path).ok()
    }

    /// Returns the names in a folder for people, sorted; none if there is no such folder.
    pub fn output_names(&self, folder: &Path) -> Vec<String> {
        file::names_in(folder)
    }
}
