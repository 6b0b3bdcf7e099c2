//! Saving: the old file whole, or the new one, never anything between.
//!
//! Lock, read, patch, prove, write a temporary file beside the record, sync it, look whether the
//! record is still the one that was read, rename, sync the folder. Only then is an event
//! acknowledged.

use std::hash::{BuildHasher, Hash, Hasher};
use std::path::Path;

use crate::format::edit::apply_all;
use crate::format::{Document, Effect, KEPT, LISTS, effects, fingerprint};
use crate::model::Moment;
use crate::yaml::{Change, EditFault, MAX_BYTES, Splice, Value};

use super::disk::{self, Exchanged, Readers, Replacement, folder_of};
use super::fault::{StoreFault, reason};
use super::file::{self, Stamp};
use super::lock::{Lock, Patience};
use super::names::RecordName;
use super::project::Project;
use super::selection::{parse, rename_fault};

/// What was saved.
#[derive(Debug)]
pub struct Saved {
    /// The record before.
    pub before: Document,
    /// The record as it is on disk now.
    pub after: Document,
    /// The stretches of text that changed, in the order they were made.
    pub splices: Vec<Splice>,
    /// Whether the change survives a power cut: the record is written either way.
    pub synced: Result<(), StoreFault>,
    /// Whether the journal knows: the record is written either way.
    pub journal: Result<(), StoreFault>,
}

/// The largest document that is changed in part.
const OUTPUT_LIMIT: u64 = 64 * 1024 * 1024;
/// Times that a record may change under us before we give up.
const ATTEMPTS: usize = 20;

/// What a command wants to do to a record it has just read.
#[derive(Debug)]
pub enum Work {
    /// These changes, one after the other, all or none.
    Changes(Vec<Change>),
    /// Another text altogether, which was proved already.
    Text(Box<Document>),
}

impl Work {
    /// What it comes to, where that is plain to see: one entry more needs no second look at the
    /// whole record.
    fn effects(&self) -> Option<Vec<Effect>> {
        let Work::Changes(changes) = self else { return None };
        match changes.as_slice() {
            [Change::Insert { at, key, item, .. }]
                if at.is_empty() && LISTS.contains(&key.as_str()) =>
            {
                Some(vec![Effect { list: key.clone(), before: None, after: Some(item.clone()) }])
            }
            _ => None,
        }
    }
}

/// The command that changes a record, for the journal.
#[derive(Debug, Clone)]
pub struct Act {
    /// Its verb.
    pub verb: &'static str,
    /// When it runs.
    pub now: Moment,
}

impl Project {
    /// Changes a record. `plan` says what to do after reading it, and is asked again if someone
    /// else saved the file meanwhile; it also names the journal entries that the change is about, and
    /// may tell something of its own, which is returned.
    ///
    /// # Errors
    /// Nothing was changed: the file is as it was. `F` is the plan's own refusal.
    pub fn update<T, F: From<StoreFault>>(
        &self,
        record: &RecordName,
        act: &Act,
        patience: &Patience<'_>,
        mut plan: impl FnMut(&Document) -> Result<(Work, Vec<String>, T), F>,
    ) -> Result<(Saved, T), F> {
        let path = record.path.as_path();
        let real = file::inside(&self.root, path)?;
        check_place(&real).map_err(|fault| rename_fault(fault, path))?;
        if self.dry_run {
            let before = self.load(record)?.document;
            let (work, _, told) = plan(&before)?;
            let (after, splices) = carry_out(work, &before)
                .map_err(|source| StoreFault::Edit { path: path.to_owned(), source })?;
            let saved = Saved { before, after, splices, journal: Ok(()), synced: Ok(()) };
            return Ok((saved, told));
        }
        let lock = self.lock(&self.book(record), path, patience)?;
        for _ in 0..ATTEMPTS {
            let contents =
                file::read(&real, MAX_BYTES).map_err(|fault| rename_fault(fault, path))?;
            let before = parse(path, &contents.bytes)?;
            let (work, about, told) = plan(&before)?;
            let known = work.effects();
            let (after, splices) = carry_out(work, &before)
                .map_err(|source| StoreFault::Edit { path: path.to_owned(), source })?;
            let text = after.to_text();
            if text.as_bytes() == contents.bytes && about.is_empty() {
                let saved = Saved { before, after, splices, journal: Ok(()), synced: Ok(()) };
                return Ok((saved, told));
            }
            let saved = save(&lock, &real, text.as_bytes(), &contents);
            match saved.map_err(|fault| rename_fault(fault, path))? {
                Outcome::Done(synced) => {
                    let effects = known.unwrap_or_else(|| effects(&before, &after));
                    let journal =
                        self.note(record, act, about, effects, &splices, fingerprint(&text));
                    let synced = synced.map_err(|fault| rename_fault(fault, path));
                    return Ok((Saved { before, after, splices, journal, synced }, told));
                }
                Outcome::ChangedMeanwhile => {}
            }
        }
        Err(StoreFault::Restless { path: path.to_owned() }.into())
    }

    /// Keeps an event of a record that cannot be read now.
    ///
    /// # Errors
    /// It could not be kept either.
    pub fn keep(
        &self,
        record: &RecordName,
        act: &Act,
        item: Value,
        patience: &Patience<'_>,
    ) -> Result<(), StoreFault> {
        if self.dry_run {
            return Ok(());
        }
        let _lock = self.lock(&self.book(record), &record.path, patience)?;
        let effect = Effect { list: "events".to_owned(), before: None, after: Some(item) };
        self.note(record, &Act { verb: KEPT, now: act.now }, Vec::new(), vec![effect], &[], 0)?;
        self.sync_journal(record)
    }

    /// Settles entries of the journal without touching the record.
    ///
    /// # Errors
    /// The journal cannot be written.
    pub fn settle(
        &self,
        record: &RecordName,
        act: &Act,
        about: Vec<String>,
        effects: Vec<Effect>,
        patience: &Patience<'_>,
    ) -> Result<(), StoreFault> {
        if self.dry_run {
            return Ok(());
        }
        let _lock = self.lock(&self.book(record), &record.path, patience)?;
        self.note(record, act, about, effects, &[], 0)
    }

    /// Makes a new record; one that is there is never overwritten.
    ///
    /// # Errors
    /// It exists, or the system refuses.
    pub fn create_record(&self, id: &str, text: &str) -> Result<RecordName, StoreFault> {
        let folder = self.records_folder();
        if !self.dry_run {
            disk::make_folders(&folder).map_err(|e| StoreFault::io("make", &folder, e))?;
        }
        let path = folder.join(format!("{id}.yaml"));
        let taken = self
            .list()?
            .records
            .into_iter()
            .find(|r| super::names::folded(&r.id) == super::names::folded(id));
        if let Some(record) = taken {
            return Err(StoreFault::Exists { path: record.path });
        }
        if self.dry_run {
            return Ok(RecordName { id: id.to_owned(), path });
        }
        let folder_real = file::inside(&self.root, &folder)?;
        self.set_journal_aside(id);
        create(&folder_real.join(format!("{id}.yaml")), text.as_bytes()).map_err(|fault| {
            match fault {
                StoreFault::Exists { .. } => StoreFault::Exists { path: path.clone() },
                other => rename_fault(other, &path),
            }
        })?;
        Ok(RecordName { id: id.to_owned(), path })
    }
}

/// The record and its folder must be ours to write, before anything else is touched: a file
/// that its owner made read-only is not replaced behind their back.
fn check_place(real: &Path) -> Result<(), StoreFault> {
    file::check_writable(real)?;
    file::check_writable(folder_of(real)).map_err(|fault| match fault {
        StoreFault::Io { source, .. } => StoreFault::io("write in the folder of", real, source),
        other => other,
    })
}

fn carry_out(work: Work, before: &Document) -> Result<(Document, Vec<Splice>), EditFault> {
    match work {
        Work::Changes(changes) => apply_all(before, &changes),
        Work::Text(document) => {
            let splice = Splice::between(before.text(), document.text());
            Ok((*document, splice.into_iter().collect()))
        }
    }
}

enum Outcome {
    /// In its place; whether it survives a power cut.
    Done(Result<(), StoreFault>),
    ChangedMeanwhile,
}

fn save(
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
    // Whatever came of it, nothing is left that anybody should remove: a text that could not be put
    // back must stay.
    lock.note("");
    match saved? {
        true => Ok(Outcome::Done(sync_folder(folder, real))),
        false => Ok(Outcome::ChangedMeanwhile),
    }
}

/// By way of a temporary file of that name; false if somebody else was quicker.
fn save_as(
    name: &str,
    real: &Path,
    bytes: &[u8],
    read: &file::Contents,
) -> Result<bool, StoreFault> {
    let temp = replacement(name, real, Readers::Owner)?;
    write_synced(&temp, bytes, real)?;
    temp.look_like(&read.metadata).map_err(|e| StoreFault::io("write", real, e))?;
    Ok(Stamp::at(real) == Some(read.stamp) && swap_in(temp, real, read.stamp)?)
}

/// Puts the temporary file in the record's place. Where the system can exchange two files in one
/// step, what was replaced is looked at afterwards: a save by somebody else in the last instant
/// is put back, and we begin again.
fn swap_in(temp: Replacement, real: &Path, read: Stamp) -> Result<bool, StoreFault> {
    match temp.exchange(real).map_err(|e| StoreFault::io("write", real, e))? {
        Exchanged::Done if Stamp::at(temp.path()) == Some(read) => Ok(true),
        Exchanged::Done => match temp.exchange(real) {
            Ok(Exchanged::Done) => Ok(false),
            Ok(Exchanged::Unsupported) => Err(not_put_back(temp, real, "the system refuses now")),
            Err(e) => Err(not_put_back(temp, real, &reason(&e))),
        },
        Exchanged::Unsupported => {
            temp.replace(real).map_err(|e| StoreFault::io("write", real, e))?;
            Ok(true)
        }
    }
}

/// What somebody else saved is in the temporary file now: it must not go.
fn not_put_back(temp: Replacement, real: &Path, why: &str) -> StoreFault {
    let kept = temp.keep().map(|path| path.display().to_string()).unwrap_or_default();
    StoreFault::unfit(
        real,
        format!(
            "somebody else saved it in that instant, and their text could not be put back ({why}); it is in {kept}"
        ),
    )
}

/// A file that must not be there yet.
pub(super) fn create(path: &Path, bytes: &[u8]) -> Result<(), StoreFault> {
    let temp = new_file(path, bytes)?;
    temp.place_new(path).map_err(|e| match e.kind() {
        std::io::ErrorKind::AlreadyExists => StoreFault::Exists { path: path.to_owned() },
        _ => StoreFault::io("write", path, e),
    })?;
    sync_folder(folder_of(path), path)
}

/// A small file of our own, old or new, whole either way.
pub(super) fn overwrite(path: &Path, bytes: &[u8]) -> Result<(), StoreFault> {
    new_file(path, bytes)?.replace(path).map_err(|e| StoreFault::io("write", path, e))
}

/// A temporary file beside that path, whole, as if it had been created there.
fn new_file(path: &Path, bytes: &[u8]) -> Result<Replacement, StoreFault> {
    let temp = replacement(&temp_name(path), path, Readers::AsUsual)?;
    write_synced(&temp, bytes, path)?;
    Ok(temp)
}

/// Writes a rendered document, making its folder.
///
/// # Errors
/// The system refuses; what was there stays.
pub fn write_output(path: &Path, bytes: &[u8]) -> Result<(), StoreFault> {
    // A link is written through, and so is what is no file at all, such as a device.
    let real = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let special = std::fs::metadata(&real).is_ok_and(|there| !there.is_file() && !there.is_dir());
    if special {
        return disk::write_into(&real, bytes).map_err(|e| StoreFault::io("write", path, e));
    }
    let folder = folder_of(&real);
    disk::make_folders(folder).map_err(|e| StoreFault::io("make", folder, e))?;
    overwrite(&real, bytes)
}

/// The text of a document that is to be changed in part.
///
/// # Errors
/// It cannot be read, is larger than a document is, or is no text.
pub fn read_output(path: &Path) -> Result<String, StoreFault> {
    let contents = file::read(path, OUTPUT_LIMIT)?;
    String::from_utf8(contents.bytes).map_err(|_| StoreFault::unfit(path, "it is not UTF-8 text"))
}

/// A new file of that name beside the one that is wanted.
fn replacement(name: &str, wanted: &Path, readers: Readers) -> Result<Replacement, StoreFault> {
    Replacement::create(folder_of(wanted), name, readers)
        .map_err(|e| StoreFault::io("write in the folder of", wanted, e))
}

fn write_synced(temp: &Replacement, bytes: &[u8], wanted: &Path) -> Result<(), StoreFault> {
    temp.write_synced(bytes).map_err(|e| StoreFault::io("write", wanted, e))
}

/// Only after this does a rename survive a power cut.
fn sync_folder(folder: &Path, record: &Path) -> Result<(), StoreFault> {
    disk::sync_folder(folder).map_err(|e| StoreFault::Unfit {
        path: record.to_owned(),
        why: format!("written, but the folder could not be synced ({}): the change may not survive a power cut", reason(&e)),
    })
}

/// A name for a temporary file that nobody can guess.
fn temp_name(wanted: &Path) -> String {
    let chance = std::hash::RandomState::new().build_hasher().finish();
    format!("{}{chance:016x}.tmp", temp_prefix(wanted))
}

/// Temporary files of one record share a beginning that no other record's have.
fn temp_prefix(wanted: &Path) -> String {
    let mut hasher = std::hash::DefaultHasher::new();
    wanted.file_name().hash(&mut hasher);
    format!(".asrun-{:016x}-", hasher.finish())
}

/// Removes the temporary file that a killed asrun left beside this record. Its lock is held, so
/// nobody is writing one now; and the folder is not looked through, however many records it holds.
fn sweep(lock: &Lock, folder: &Path, record: &Path) {
    let Some(name) = lock.left_behind() else { return };
    if name.starts_with(&temp_prefix(record)) && name.ends_with(".tmp") && !name.contains('/') {
        let _ = disk::remove(&folder.join(name));
    }
}

/// Puts bytes in the place of a file that was just read; false if somebody else was quicker.
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

/// Removes a file that is not needed any more.
pub(super) fn discard(path: &Path) {
    let _ = disk::remove(path);
}
