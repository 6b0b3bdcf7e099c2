//! The journal beside the project: one file a record, appended to, bounded, never needed.

use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::PathBuf;

use crate::format::edit::Splice;
use crate::format::{Effect, Journal, JournalEntry};

use super::fault::StoreFault;
use super::file;
use super::names::RecordName;
use super::project::{OWN, Project};
use super::replace::{self, Act};

/// Beyond this the older half is dropped: the record itself is in git by then.
const LIMIT: u64 = 8 * 1024 * 1024;

impl Project {
    /// What the journal says of a record; nothing if there is none.
    ///
    /// # Errors
    /// It is there but cannot be read.
    pub fn journal(&self, record: &RecordName) -> Result<Journal, StoreFault> {
        let path = self.journal_path(record);
        match file::read(&path, LIMIT * 2) {
            Ok(contents) => Ok(Journal::read(&String::from_utf8_lossy(&contents.bytes))),
            Err(StoreFault::Io { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => {
                Ok(Journal::default())
            }
            Err(fault) => Err(fault),
        }
    }

    /// Appends an entry. The record's lock is held.
    pub(super) fn note(
        &self,
        record: &RecordName,
        act: &Act,
        about: Vec<String>,
        effects: Vec<Effect>,
        splices: &[Splice],
    ) -> Result<(), StoreFault> {
        self.own_folder()?;
        let path = self.journal_path(record);
        let fault = |e| StoreFault::io("write the journal", &path, e);
        let mut file = open(&path).map_err(fault)?;
        let size = file.metadata().map_err(fault)?.len();
        let entry = JournalEntry {
            id: format!("{:x}-{size:x}", act.now.unix()),
            on: act.now.written(),
            verb: act.verb.to_owned(),
            about,
            effects,
            splices: splices.to_vec(),
        };
        let start = if ends_torn(&mut file, size).map_err(fault)? { "\n" } else { "" };
        file.write_all(format!("{start}{}", entry.to_line()).as_bytes()).map_err(fault)?;
        if size > LIMIT { self.halve(record) } else { Ok(()) }
    }

    /// Makes sure that what was appended survives a power cut.
    pub(super) fn sync_journal(&self, record: &RecordName) -> Result<(), StoreFault> {
        let path = self.journal_path(record);
        let synced = File::open(&path).and_then(|file| file.sync_all());
        let folder = self.own_folder()?;
        let synced = synced.and_then(|()| File::open(&folder)?.sync_all());
        synced.map_err(|e| StoreFault::io("sync the journal", &path, e))
    }

    fn halve(&self, record: &RecordName) -> Result<(), StoreFault> {
        let path = self.journal_path(record);
        let contents = file::read(&path, LIMIT * 2)?;
        let half = contents.bytes.len() / 2;
        let rest = &contents.bytes[half..];
        let line = rest.iter().position(|b| *b == b'\n').map_or(rest.len(), |at| at + 1);
        replace::overwrite(&path, &rest[line..])
    }

    fn journal_path(&self, record: &RecordName) -> PathBuf {
        self.root.join(OWN).join(format!("{}.journal", record.id))
    }
}

fn open(path: &std::path::Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).append(true).create(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(rustix::fs::OFlags::NOFOLLOW.bits() as i32);
    }
    options.open(path)
}

/// Whether a crash left the last line without its end.
fn ends_torn(file: &mut File, size: u64) -> std::io::Result<bool> {
    if size == 0 {
        return Ok(false);
    }
    let mut last = [0];
    file.seek(SeekFrom::Start(size - 1))?;
    file.read_exact(&mut last)?;
    Ok(last != *b"\n")
}
