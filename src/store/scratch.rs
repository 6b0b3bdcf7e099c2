//! A file outside every project for a text that a person writes before it is saved.

use std::path::{Path, PathBuf};

use tempfile::TempPath;

use crate::fault::{Doing, StoreFault, Text};

use super::disk;
use super::file;
use super::listed::hash;

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

    /// Saves a text that was refused in a project, if in any, in a file in that folder that is not deleted, and returns
    /// its path; `None` if it cannot be saved.
    pub fn keep_refused(folder: &Path, project: Option<&Path>, text: &str) -> Option<PathBuf> {
        let (_, suffix) = REFUSED;
        disk::create_scratch(folder, (&prefix(project), suffix), text).ok()?.keep().ok()
    }

    /// Returns the files with this user's refused texts in a folder, sorted: those of that project, or all.
    pub fn refused(folder: &Path, project: Option<&Path>) -> Vec<PathBuf> {
        let (prefix, suffix) = (prefix(project), REFUSED.1);
        let names = file::names_in(folder).into_iter();
        let refused = names.filter(|name| name.starts_with(&prefix) && name.ends_with(suffix));
        let mut paths = disk::own_files(folder, refused.map(|name| folder.join(name)).collect());
        paths.retain(|path| file::read_own_text(path, LIMIT, Text::EditedText).is_ok());
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

/// Returns what the names of files with refused texts begin with: of all of them, or of those of one project, which its
/// folder identifies.
fn prefix(project: Option<&Path>) -> String {
    let of = project.map(|root| {
        let name = hash(root.as_os_str().as_encoded_bytes());
        format!("{}-", name.get(..8).unwrap_or(&name))
    });
    format!("{}{}", REFUSED.0, of.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refused_texts_are_found_by_their_project() {
        let home = tempfile::tempdir().unwrap();
        let keep = |project: Option<&str>, text: &str| {
            Scratch::keep_refused(home.path(), project.map(Path::new), text).unwrap()
        };
        let (one, two, none) = (keep(Some("/one"), "1"), keep(Some("/two"), "2"), keep(None, "3"));
        std::os::unix::fs::symlink(&one, home.path().join("asrun-refused-link.md")).unwrap();
        let found = |project: Option<&str>| Scratch::refused(home.path(), project.map(Path::new));
        assert_eq!(found(Some("/one")), std::slice::from_ref(&one));
        assert_eq!(found(Some("/two")), std::slice::from_ref(&two));
        assert!(found(Some("/three")).is_empty());
        let mut all = vec![one, two, none];
        all.sort();
        assert_eq!(found(None), all);
    }
}
