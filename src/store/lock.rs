//! One writer at a time: a kernel lock on a separate file.
//!
//! The kernel releases it with the process, so no lock is ever stale or needs to be deleted. A command that wrote
//! nothing removes the file if it created it: it fails without a trace.

use std::cell::Cell;
use std::fs::TryLockError;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;

use crate::fault::{Doing, StoreFault};

use super::disk::{self, Access, OwnFile, folder_of};
use super::file::{self, Stamp};
use super::project::{OWN, Project, remove_if_bare};

/// How long to wait for another writer, and what to call meanwhile.
pub struct LockWait<'a> {
    /// Give up after this.
    pub limit: Duration,
    /// Called once if the lock is not free within a second.
    pub waiting: &'a dyn Fn(),
}

const QUIET: Duration = Duration::from_secs(1);

/// Held until dropped. Its file contains the name of the temporary file being written, so that the next writer finds
/// what a killed one left without searching the folder.
pub(super) struct Lock {
    file: OwnFile,
    path: PathBuf,
    /// What had to be created for it.
    made: Made,
    /// Whether anything was written under it.
    used: Cell<bool>,
}

/// What was created for a lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Made {
    Nothing,
    File,
    FileAndFolder,
}

/// The longest name that is read, in bytes.
const NAME: u64 = 255;

impl Lock {
    /// Returns the name noted by a writer that did not finish.
    pub(super) fn left_behind(&self) -> Option<String> {
        let name = String::from_utf8(self.file.read_start(NAME).ok()?).ok()?;
        (!name.is_empty()).then_some(name)
    }

    /// Marks that something was written under it: its file stays.
    pub(super) fn keep(&self) {
        self.used.set(true);
    }

    /// Notes a name, or an empty one. If that fails, it is only not cleaned up later.
    pub(super) fn note(&self, name: &str) {
        let _ = self.file.rewrite(name.as_bytes());
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        if self.used.get() || self.made == Made::Nothing {
            return;
        }
        // Whoever waits for it notices that it guards nothing, and creates it again.
        let _ = disk::remove(&self.path);
        let folder = folder_of(&self.path);
        if self.made == Made::FileAndFolder {
            remove_if_bare(folder);
        }
    }
}

/// Held while a command changes several records together, so that no other one does.
#[must_use]
pub struct JointLock {
    /// None in a dry run.
    _lock: Option<Lock>,
}

/// The name of its file; no record has such an id.
const JOINT: &str = "several records";

impl Project {
    /// Waits until no other command changes several records together; what changes one record is not kept waiting. It is
    /// taken before the lock of any record. A dry run does not wait.
    ///
    /// # Errors
    /// Another command takes too long, or the lock cannot be opened.
    pub fn hold_joint_changes(&self, wait: &LockWait<'_>) -> Result<JointLock, StoreFault> {
        if self.dry_run {
            return Ok(JointLock { _lock: None });
        }
        let lock = self.lock(JOINT, &self.records_folder(), wait)?;
        Ok(JointLock { _lock: Some(lock) })
    }

    /// Returns the lock of a record. Where we may not write to asrun's own folder, an event matters more than a lock
    /// file there: then a lock created by somebody else is used as it is, or that of the record's folder.
    pub(super) fn lock(
        &self,
        id: &str,
        record: &Path,
        wait: &LockWait,
    ) -> Result<Lock, StoreFault> {
        match self.own_lock(id, record, wait) {
            Err(closed) if is_closed(&closed) => {
                let folder = file::inside(&self.root, folder_of(record)).ok();
                let theirs = [Some(self.root.join(OWN).join(format!("{id}.lock"))), folder];
                let opened = theirs.into_iter().flatten();
                let opened =
                    opened.filter_map(|path| Some((OwnFile::to_lock(&path).ok()?, path))).next();
                let (file, path) = opened.ok_or(closed)?;
                let file = locked(file, &path, record, wait)?;
                Ok(Lock { file, path, made: Made::Nothing, used: Cell::new(false) })
            }
            lock => lock,
        }
    }

    fn own_lock(&self, id: &str, record: &Path, wait: &LockWait) -> Result<Lock, StoreFault> {
        let path = self.root.join(OWN).join(format!("{id}.lock"));
        let is_there = |path: &Path| std::fs::symlink_metadata(path).is_ok();
        let made = match (is_there(&path), is_there(folder_of(&path))) {
            (true, _) => Made::Nothing,
            (false, true) => Made::File,
            (false, false) => Made::FileAndFolder,
        };
        self.own_folder()?;
        loop {
            let file = OwnFile::open(&path, Access::Rewrite)
                .map_err(|e| StoreFault::io(Doing::OpenLock, &path, e))?;
            let file = locked(file, &path, record, wait)?;
            // Somebody may have deleted the folder meanwhile: then this lock guards nothing.
            let held = file.metadata().ok().map(|metadata| Stamp::of(&metadata));
            if held.is_some() && held == Stamp::at(&path) {
                return Ok(Lock { file, path, made, used: Cell::new(false) });
            }
            self.own_folder()?;
        }
    }
}

/// Whether we may not write there, even if others can.
fn is_closed(fault: &StoreFault) -> bool {
    use std::io::ErrorKind::{PermissionDenied, ReadOnlyFilesystem};
    matches!(fault, StoreFault::Io { source, .. }
        if matches!(source.kind(), PermissionDenied | ReadOnlyFilesystem))
}

/// Waits in a separate thread, so that the kernel manages the queue and we the timeout.
fn locked(
    file: OwnFile,
    path: &Path,
    record: &Path,
    wait: &LockWait,
) -> Result<OwnFile, StoreFault> {
    match file.try_lock() {
        Ok(()) => return Ok(file),
        Err(TryLockError::WouldBlock) => {}
        Err(TryLockError::Error(e)) => return Err(StoreFault::io(Doing::Lock, path, e)),
    }
    let (send, receive) = mpsc::channel();
    std::thread::spawn(move || {
        let result = file.lock();
        let _ = send.send(result.map(|()| file));
    });
    let first = receive.recv_timeout(QUIET.min(wait.limit));
    let outcome = first.or_else(|_| {
        (wait.waiting)();
        receive.recv_timeout(wait.limit.saturating_sub(QUIET))
    });
    match outcome {
        Ok(Ok(file)) => Ok(file),
        Ok(Err(e)) => Err(StoreFault::io(Doing::Lock, path, e)),
        Err(_) => {
            Err(StoreFault::Busy { path: PathBuf::from(record), seconds: wait.limit.as_secs() })
        }
    }
}
