//! The user's own templates.

use std::path::PathBuf;

use crate::fault::{Doing, StoreFault, Text, Unfit};

use super::file;
use super::project::{Project, TEMPLATES};

/// The largest template, in bytes.
pub(super) const TEMPLATE_LIMIT: u64 = 4 * 1024 * 1024;

impl Project {
    /// Returns the folder of the user's templates.
    pub fn templates_folder(&self) -> PathBuf {
        self.root.join(TEMPLATES)
    }

    /// Returns the file names of the user's templates, sorted; empty if there is no folder of them.
    ///
    /// # Errors
    /// The folder exists but cannot be read.
    pub fn templates(&self) -> Result<Vec<String>, StoreFault> {
        let folder = self.templates_folder();
        if std::fs::symlink_metadata(&folder).is_ok() {
            file::inside(&self.root, &folder)?;
        }
        let entries = match std::fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(e) => return Err(StoreFault::io(Doing::Read, &folder, e)),
        };
        let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        let mut names: Vec<String> = names.filter(|name| !name.starts_with('.')).collect();
        names.sort();
        Ok(names)
    }

    /// Returns the user's template with that file name, if there is one.
    ///
    /// # Errors
    /// It exists but cannot be read, or is a link out of the project.
    pub fn template(&self, file_name: &str) -> Result<Option<String>, StoreFault> {
        let folder = self.root.join(TEMPLATES);
        let plain = !file_name.contains(['/', '\\', '\0']) && !file_name.starts_with('.');
        let path = folder.join(file_name);
        // A broken link is not a template of the user's, but nothing else is in its place either.
        if !plain || std::fs::symlink_metadata(&path).is_err() {
            return Ok(None);
        }
        file::inside(&self.root, &folder)?;
        let real = file::inside(&folder, &path)?;
        let contents = file::read_own(&real, TEMPLATE_LIMIT)?;
        let text = String::from_utf8(contents.bytes)
            .map_err(|_| StoreFault::unfit(&path, Unfit::NotUtf8(Text::Template)))?;
        Ok(Some(text))
    }
}
