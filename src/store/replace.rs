//! Replaces files atomically: the old one or the new one is there, never anything between.
//!
//! A temporary file is written beside it and synced; the file is checked to be the one that was read; the two are
//! swapped; the folder is synced.

use std::hash::{BuildHasher, Hash, Hasher};
use std::io;
use std::path::Path;

use crate::fault::{Doing, StoreFault, Unfit};

use super::disk::{self, Exchanged, Readers, Replacement, folder_of};
use super::file::{self, Stamp};
use super::lock::Lock;

/// The result of a save.
pub(super) enum Outcome {
    /// It is in place; whether it survives a power cut.
    Done(Result<(), StoreFault>),
    ChangedMeanwhile,
}

/// Replaces a record that was just read.
pub(super) fn save(
    lock: &Lock,
    real: &Path,
    bytes: &[u8],
    read: &file::Contents,
) -> Result<Outcome, StoreFault> {
    let folder = folder_of(real);
    sweep(lock, folder, real);
    let name = temp_name(real);
    lock.note(&name);
    let saved = save_as(&name, real, bytes, read);
    // Whatever the outcome, no file is left to be deleted: a text that could not be restored must stay.
    lock.note("");
    match saved? {
        true => {
            lock.keep();
            Ok(Outcome::Done(sync_folder(folder, real)))
        }
        false => Ok(Outcome::ChangedMeanwhile),
    }
}

/// Saves through a temporary file of that name; false if somebody else was faster.
fn save_as(
    name: &str,
    real: &Path,
    bytes: &[u8],
    read: &file::Contents,
) -> Result<bool, StoreFault> {
    let temp = replacement(name, real, Readers::Owner)?;
    write_synced(&temp, bytes, real)?;
    temp.look_like(&read.metadata).map_err(|e| StoreFault::io(Doing::Write, real, e))?;
    Ok(Stamp::at(real) == Some(read.stamp) && swap_in(temp, real, read.stamp)?)
}

/// Moves the temporary file into the record's place. If the system can swap two files atomically, the replaced one is
/// checked afterwards: a save by somebody else at the last moment is restored, and we start again.
fn swap_in(temp: Replacement, real: &Path, read: Stamp) -> Result<bool, StoreFault> {
    match temp.exchange(real).map_err(|e| StoreFault::io(Doing::Write, real, e))? {
        Exchanged::Done if Stamp::at(temp.path()) == Some(read) => Ok(true),
        Exchanged::Done => match temp.exchange(real) {
            Ok(Exchanged::Done) => Ok(false),
            Ok(Exchanged::Unsupported) => Err(not_put_back(temp, real, None)),
            Err(e) => Err(not_put_back(temp, real, Some(e))),
        },
        Exchanged::Unsupported => {
            temp.replace(real).map_err(|e| StoreFault::io(Doing::Write, real, e))?;
            Ok(true)
        }
    }
}

/// Returns the fault of a text saved by somebody else that is now in the temporary file, which is kept.
fn not_put_back(temp: Replacement, real: &Path, why: Option<io::Error>) -> StoreFault {
    StoreFault::unfit(real, Unfit::NotPutBack { why, kept: temp.keep() })
}

/// Writes a file that must not exist yet.
pub(super) fn create(path: &Path, bytes: &[u8]) -> Result<(), StoreFault> {
    let temp = new_file(path, bytes)?;
    temp.place_new(path).map_err(|e| match e.kind() {
        io::ErrorKind::AlreadyExists => StoreFault::Exists { path: path.to_owned() },
        _ => StoreFault::io(Doing::Write, path, e),
    })?;
    sync_folder(folder_of(path), path)
}

/// Writes a small internal file atomically.
pub(super) fn overwrite(path: &Path, bytes: &[u8]) -> Result<(), StoreFault> {
    new_file(path, bytes)?.replace(path).map_err(|e| StoreFault::io(Doing::Write, path, e))
}

/// Overwrites a small internal file atomically, keeps its mode, and syncs it.
pub(super) fn overwrite_alike(
    path: &Path,
    bytes: &[u8],
    there: &std::fs::Metadata,
) -> Result<(), StoreFault> {
    let temp = replacement(&temp_name(path), path, Readers::Owner)?;
    write_synced(&temp, bytes, path)?;
    let placed = temp.look_like(there).and_then(|()| temp.replace(path));
    placed.map_err(|e| StoreFault::io(Doing::Write, path, e))?;
    sync_folder(folder_of(path), path)
}

/// Returns a complete temporary file beside that path, with the mode of a new file.
fn new_file(path: &Path, bytes: &[u8]) -> Result<Replacement, StoreFault> {
    let temp = replacement(&temp_name(path), path, Readers::AsUsual)?;
    write_synced(&temp, bytes, path)?;
    Ok(temp)
}

/// Writes the merged text to the file that git named.
///
/// # Errors
/// It is a link or not a file, or the system refuses; then it is unchanged.
pub fn write_output(path: &Path, bytes: &[u8]) -> Result<(), StoreFault> {
    // Whoever names a file there means its folder, whatever links lead to it.
    let name = path.file_name().unwrap_or_default();
    let place = std::fs::canonicalize(folder_of(path)).map(|folder| folder.join(name));
    let place = place.map_err(|e| StoreFault::io(Doing::Write, path, e))?;
    match std::fs::symlink_metadata(&place) {
        Ok(there) if !there.is_file() => Err(StoreFault::unfit(path, Unfit::NoFile)),
        _ => overwrite(&place, bytes),
    }
}

/// Returns a new file of that name beside the wanted one.
fn replacement(name: &str, wanted: &Path, readers: Readers) -> Result<Replacement, StoreFault> {
    Replacement::create(folder_of(wanted), name, readers)
        .map_err(|e| StoreFault::io(Doing::WriteBeside, wanted, e))
}

fn write_synced(temp: &Replacement, bytes: &[u8], wanted: &Path) -> Result<(), StoreFault> {
    temp.write_synced(bytes).map_err(|e| StoreFault::io(Doing::Write, wanted, e))
}

/// Syncs a folder, without which a rename does not survive a power cut.
fn sync_folder(folder: &Path, record: &Path) -> Result<(), StoreFault> {
    disk::sync_folder(folder).map_err(|e| StoreFault::unfit(record, Unfit::NotSynced(e)))
}

/// Returns an unpredictable name for a temporary file.
pub(super) fn temp_name(wanted: &Path) -> String {
    let chance = std::hash::RandomState::new().build_hasher().finish();
    format!("{}{chance:016x}.tmp", temp_prefix(wanted))
}

/// Returns a prefix unique to the temporary files of one record.
fn temp_prefix(wanted: &Path) -> String {
    let mut hasher = std::hash::DefaultHasher::new();
    wanted.file_name().hash(&mut hasher);
    format!(".asrun-{:016x}-", hasher.finish())
}

/// Removes the temporary file that a killed process left for this record. It is locked, so nobody is writing one now;
/// and the folder, which may be large, is not searched.
pub(super) fn sweep(lock: &Lock, folder: &Path, record: &Path) {
    let Some(name) = lock.left_behind() else { return };
    if name.starts_with(&temp_prefix(record)) && name.ends_with(".tmp") && !name.contains('/') {
        let _ = disk::remove(&folder.join(name));
    }
}

/// Replaces a file that was just read; false if somebody else was faster.
pub(super) fn put(
    lock: &Lock,
    real: &Path,
    bytes: &[u8],
    read: &file::Contents,
) -> Result<bool, StoreFault> {
    let outcome = save(lock, real, bytes, read)?;
    match outcome {
        Outcome::Done(synced) => synced.map(|()| true),
        Outcome::ChangedMeanwhile => Ok(false),
    }
}

/// Removes a file that is no longer needed.
pub(super) fn discard(path: &Path) {
    let _ = disk::remove(path);
}
