//! An unfinished line, saved from its first key on: after a lost terminal, a killed process or a power cut it is there
//! the next time.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

use crate::fault::{Doing, StoreFault, Unfit};

use super::disk::{Access, OwnFile};
use super::file::Stamp;
use super::names::RecordName;
use super::project::{OWN, Project};

/// The line of one prompt, locked until dropped. Its file is deleted if nothing is left in it.
#[derive(Debug)]
pub struct Draft {
    project: Project,
    file: OwnFile,
    path: PathBuf,
    empty: bool,
}

/// The most prompts for one record on one machine.
const TYPISTS: usize = 100;
/// The longest line that is saved, in bytes.
const LIMIT: u64 = 1024 * 1024;

impl Project {
    /// Returns lines left by prompts that no longer run, each in its locked file.
    pub fn left_lines(&self, record: &RecordName) -> Vec<(Draft, String)> {
        let paths = self.drafts(&format!("{}.live", record.id)).into_iter();
        let held = paths.filter_map(|path| self.hold(&path).ok().flatten());
        held.filter(|(_, left)| !left.is_empty()).collect()
    }

    /// Returns an empty file for the line of a prompt.
    ///
    /// # Errors
    /// asrun's own folder cannot be written to, or there are a hundred other prompts.
    pub fn draft(&self, record: &RecordName) -> Result<Draft, StoreFault> {
        let folder = self.own_folder()?;
        for number in 1..=TYPISTS {
            let name = if number == 1 { String::new() } else { format!("-{number}") };
            let held = self.hold(&folder.join(format!("{}.live{name}.txt", record.id)))?;
            if let Some((draft, _)) = held.filter(|(_, left)| left.is_empty()) {
                return Ok(draft);
            }
        }
        Err(StoreFault::unfit(&folder, Unfit::TooManyTypists))
    }

    /// Returns lines left by prompts that no longer run.
    pub(super) fn left_drafts(&self) -> Vec<PathBuf> {
        let left = |path: &PathBuf| {
            // A link or a pipe is not a typed line.
            let typed = std::fs::symlink_metadata(path)
                .is_ok_and(|metadata| metadata.is_file() && metadata.len() > 0);
            typed && !File::open(path).is_ok_and(|file| file.try_lock().is_err())
        };
        self.drafts("").into_iter().filter(left).collect()
    }

    /// Returns the files of lines with that name prefix, sorted.
    fn drafts(&self, beginning: &str) -> Vec<PathBuf> {
        let names = self.own_names().into_iter();
        let is_draft = |name: &String| {
            let number = name.rsplit_once(".live").map(|(_, end)| end);
            name.starts_with(beginning) && number.is_some_and(|end| end.ends_with(".txt"))
        };
        let mut names: Vec<String> = names.filter(is_draft).collect();
        names.sort_by_key(|name| (name.len(), name.clone()));
        names.into_iter().map(|name| self.root.join(OWN).join(name)).collect()
    }

    /// Returns the file and its content, unless somebody else has locked it.
    fn hold(&self, path: &Path) -> Result<Option<(Draft, String)>, StoreFault> {
        let file = OwnFile::open(path, Access::Private);
        let file = file.map_err(|e| StoreFault::io(Doing::Open, path, e))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(e)) => return Err(StoreFault::io(Doing::Lock, path, e)),
        }
        // The process that held it may have deleted it meanwhile.
        let held = file.metadata().ok().map(|metadata| Stamp::of(&metadata));
        if held.is_none() || held != Stamp::at(path) {
            return Ok(None);
        }
        let bytes = file.read_start(LIMIT).map_err(|e| StoreFault::io(Doing::Read, path, e))?;
        let left = String::from_utf8_lossy(&bytes).into_owned();
        let project = self.clone();
        Ok(Some((Draft { project, file, path: path.to_owned(), empty: left.is_empty() }, left)))
    }
}

impl Draft {
    /// Saves the current line without a sync; returns whether it could be saved.
    pub fn keep(&mut self, text: &str) -> bool {
        if text.is_empty() && self.empty {
            return true;
        }
        // asrun's own folder may be deleted at any time.
        if self.empty && std::fs::symlink_metadata(&self.path).is_err() {
            let again = self.project.own_folder().and_then(|_| self.project.hold(&self.path));
            match again {
                Ok(Some((again, _))) => {
                    // It must not be dropped as empty, which would delete the new file.
                    self.empty = false;
                    *self = again;
                }
                _ => return false,
            }
        }
        self.empty = text.is_empty();
        self.file.rewrite(text.as_bytes()).is_ok()
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if self.empty {
            super::replace::discard(&self.path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_is_there_again() {
        let home = tempfile::tempdir().unwrap();
        Project::init(home.path(), &crate::format::Settings::default(), "", None, false).unwrap();
        let project = Project::find(home.path()).unwrap();
        let record = RecordName { id: "결제".to_owned(), path: home.path().join("결제.yaml") };
        let held = || std::fs::read_dir(home.path().join(".asrun")).unwrap().count() - 1;

        let left = || project.left_lines(&record);
        assert!(left().is_empty());
        let mut first = project.draft(&record).unwrap();
        first.keep("a longer line");
        first.keep("한글 줄");
        // Somebody else types at the same time.
        let mut second = project.draft(&record).unwrap();
        assert!(left().is_empty());
        second.keep("two");
        drop(first);
        drop(second);
        assert_eq!(held(), 2);

        // A new line does not replace one that was left.
        let mut third = project.draft(&record).unwrap();
        third.keep("three");
        let mut lines = left();
        let texts: Vec<&str> = lines.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(texts, ["한글 줄", "two"]);
        lines[0].0.keep("");
        drop((lines, third));
        assert_eq!(held(), 2);
        let mut lines = left();
        assert_eq!(lines.len(), 2);
        assert_eq!(lines.remove(1).1, "three");
        let mut second = lines.remove(0).0;
        second.keep("");
        // asrun's own folder may be deleted at any time.
        std::fs::remove_dir_all(home.path().join(".asrun")).unwrap();
        assert!(second.keep("again"));
        assert_eq!(
            std::fs::read_to_string(home.path().join(".asrun/결제.live-2.txt")).unwrap(),
            "again"
        );
        second.keep("");
        drop(second);
        assert_eq!(held(), 0);
    }
}
