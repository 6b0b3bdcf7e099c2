//! A line that is being typed, on disk from its first key on: a lost terminal, a killed program or
//! a power cut leaves it for the next time.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::fault::StoreFault;
use super::file::Stamp;
use super::names::RecordName;
use super::project::Project;

/// One typist's line, held until dropped. Its file is gone when nothing is left in it.
#[derive(Debug)]
pub struct Draft {
    file: File,
    path: PathBuf,
    empty: bool,
}

/// Typists at one record on one machine.
const TYPISTS: usize = 100;
/// The longest line that is kept.
const LIMIT: u64 = 1024 * 1024;

impl Project {
    /// A place for a typist's line, and what the last typist there left.
    ///
    /// # Errors
    /// asrun's own folder cannot be written to, or a hundred others type.
    pub fn draft(&self, record: &RecordName) -> Result<(Draft, String), StoreFault> {
        let folder = self.own_folder()?;
        let mut free = None;
        for number in 1..=TYPISTS {
            let name = if number == 1 { String::new() } else { format!("-{number}") };
            let path = folder.join(format!("{}.live{name}.txt", record.id));
            if free.is_some() && !path.exists() {
                break;
            }
            match hold(&path)? {
                Some(draft) if !draft.1.is_empty() => return Ok(draft),
                held => free = free.or(held),
            }
        }
        free.ok_or_else(|| StoreFault::unfit(&folder, "a hundred others type into this record"))
    }
}

/// The file and what is left in it, unless somebody else holds it.
fn hold(path: &Path) -> Result<Option<(Draft, String)>, StoreFault> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600).custom_flags(rustix::fs::OFlags::NOFOLLOW.bits() as i32);
    }
    let file = options.open(path).map_err(|e| StoreFault::io("open", path, e))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Ok(None),
        Err(TryLockError::Error(e)) => return Err(StoreFault::io("lock", path, e)),
    }
    // Its last holder may have deleted it meanwhile.
    let held = file.metadata().ok().map(|metadata| Stamp::of(&metadata));
    let there = held.is_some() && held == Stamp::at(path);
    if !there {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    let read = (&file).take(LIMIT).read_to_end(&mut bytes);
    read.map_err(|e| StoreFault::io("read", path, e))?;
    let left = String::from_utf8_lossy(&bytes).into_owned();
    Ok(Some((Draft { file, path: path.to_owned(), empty: left.is_empty() }, left)))
}

impl Draft {
    /// Keeps the line as it stands now. It is a courtesy: nobody waits for the disk, and what
    /// cannot be kept is not told in the middle of a word.
    pub fn keep(&mut self, text: &str) {
        if text.is_empty() && self.empty {
            return;
        }
        let mut file = &self.file;
        // Shortened last: a program killed in between leaves too much rather than nothing.
        let written = file.seek(SeekFrom::Start(0)).and_then(|_| file.write_all(text.as_bytes()));
        let _ = written.and_then(|()| file.set_len(text.len() as u64));
        self.empty = text.is_empty();
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
    use crate::format::Settings;

    #[test]
    fn what_was_typed_is_there_again() {
        let home = tempfile::tempdir().unwrap();
        Project::init(home.path(), &Settings::default(), None, false).unwrap();
        let project = Project::find(home.path()).unwrap();
        let record = RecordName { id: "결제".to_owned(), path: home.path().join("결제.yaml") };
        let held = || std::fs::read_dir(home.path().join(".asrun")).unwrap().count() - 1;

        let (mut first, left) = project.draft(&record).unwrap();
        assert_eq!(left, "");
        first.keep("a longer line");
        first.keep("한글 줄");
        // Somebody else types meanwhile.
        let (mut second, left) = project.draft(&record).unwrap();
        assert_eq!(left, "");
        second.keep("two");
        drop(first);
        drop(second);
        assert_eq!(held(), 2);

        let (mut first, left) = project.draft(&record).unwrap();
        assert_eq!(left, "한글 줄");
        first.keep("");
        drop(first);
        let (mut second, left) = project.draft(&record).unwrap();
        assert_eq!(left, "two");
        second.keep("");
        drop(second);
        assert_eq!(held(), 0);
    }
}
