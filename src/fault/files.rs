//! Faults of files, as data.

use std::io;
use std::path::{Path, PathBuf};

use crate::yaml::YamlFault;

use super::records::{ContentFault, EditFault, Problem, SettingFault, Wanted};

/// Why an operation on files failed.
#[derive(Debug)]
pub enum StoreFault {
    /// The system refused an operation on a file.
    Io { doing: Doing, path: PathBuf, source: io::Error },
    /// The file cannot be used as it is.
    Unfit { path: PathBuf, why: Unfit },
    /// The file was read and has faults; its text shows their lines.
    Faulty { path: PathBuf, text: String, problems: Vec<Problem> },
    /// No record has that name; with the id of the one that had it before it was renamed, and with similar ids, or else the
    /// latest ones.
    Unknown { wanted: String, renamed: Option<String>, known: Vec<String> },
    /// Several records match that name.
    Ambiguous { wanted: String, matches: Vec<String> },
    /// No record was named, and not exactly one is open; with the latest ones, open or not.
    NoCurrent { open: Vec<String>, latest: Vec<String> },
    /// The chosen record no longer exists; with the path of its file from the project's folder on, and the record that has
    /// all that asrun wrote to it.
    Vanished { id: String, file: String, holder: Option<String> },
    /// There is no project where the search began or above it.
    NoProject { start: PathBuf },
    /// The folder of records that the settings name does not exist; with the line and the column of its name there.
    NoRecords { settings: PathBuf, line: usize, column: usize, folder: String },
    /// A record of that name already exists.
    Exists { path: PathBuf },
    /// A deleted record has that id, and could no longer be restored if another one got it.
    Deleted { id: String },
    /// Another process held the record's lock for that many seconds.
    Busy { path: PathBuf, seconds: u64 },
    /// The record kept changing during the operation.
    KeepsChanging { path: PathBuf },
    /// The change cannot be made to this text.
    Edit { path: PathBuf, source: EditFault },
}

impl StoreFault {
    /// Returns a system error with the operation and the file.
    pub(crate) fn io(doing: Doing, path: &Path, source: io::Error) -> StoreFault {
        StoreFault::Io { doing, path: path.to_owned(), source }
    }

    /// Whether these are settings that name no folder where records can be: then it is unknown where they are.
    pub fn hides_records(&self) -> bool {
        let about = |problem: &Problem| {
            matches!(
                problem.kind,
                ContentFault::Setting(SettingFault::WrongShape { wanted: Wanted::Folder, .. })
            )
        };
        matches!(self, StoreFault::Faulty { problems, .. } if problems.iter().any(about))
    }

    /// Returns whether the file has an unresolved merge conflict.
    pub fn is_merge_conflict(&self) -> bool {
        let about =
            |problem: &Problem| problem.kind == ContentFault::Yaml(YamlFault::MergeConflict);
        matches!(self, StoreFault::Faulty { problems, .. } if problems.iter().any(about))
    }

    pub(crate) fn unfit(path: &Path, why: Unfit) -> StoreFault {
        StoreFault::Unfit { path: path.to_owned(), why }
    }
}

/// The operation on a file that the system refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    Read,
    ReadFolder,
    Open,
    OpenLock,
    Lock,
    MakeFolder,
    Write,
    /// Writing another file next to it.
    WriteBeside,
    /// Writing a file for the editor to that folder.
    WriteForEditor,
    /// Appending a line to a journal.
    WriteJournal,
    /// Syncing a journal to disk.
    SyncJournal,
}

/// Why a file cannot be used as it is.
#[derive(Debug)]
pub enum Unfit {
    /// It is a folder instead of a file.
    Folder,
    /// It is a pipe or a device instead of a file.
    NoFile,
    /// It is something other than a folder of the project's own, such as a link elsewhere.
    NoOwnFolder,
    /// It is a file where the project needs a folder.
    FileForFolder,
    /// The link is broken.
    BrokenLink(io::Error),
    /// The link leads out of the project.
    LinkOut { root: PathBuf, to: PathBuf },
    /// It is a link where none is followed.
    Link { to: PathBuf },
    /// The name leads out of the attachments folder.
    NoAttachment,
    /// It has more bytes than the limit.
    TooLarge { bytes: u64, limit: u64 },
    /// It grows while being read.
    Grows,
    /// Its bytes are not UTF-8.
    NotUtf8(Text),
    /// There are too many files of that name in the folder.
    TooManyOfOneName,
    /// Every name for an unfinished line is in use by another prompt.
    TooManyTypists,
    /// There are too many texts from earlier edits in the folder.
    TooManyEdits,
    /// Somebody else changed it during the repair.
    ChangedMeanwhile,
    /// A rendered document would replace one of the project's own files.
    OwnFile,
    /// A document would be written through a link to that place.
    LinkInTheWay { to: PathBuf },
    /// A document would replace a file that asrun did not write, or that `changed` since it did.
    NotOurs { changed: bool },
    /// A file that comes beside a document of record `of` would replace that of record `other`.
    OfAnotherRecord { other: String, of: String },
    /// An older document of the same record, which is now at `now`, was changed since asrun wrote it.
    OlderDocument { now: PathBuf },
    /// It replaced a file that somebody else had just saved, whose text is now in `kept`. Without `why`, the system
    /// could no longer exchange files.
    NotPutBack { why: Option<io::Error>, kept: PathBuf },
    /// It was written, but its folder could not be synced.
    NotSynced(io::Error),
}

/// Something odd about an attached file: it is accepted, but with a warning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AssetDoubt {
    /// It has no bytes.
    Empty,
    /// It does not begin like a picture with that extension.
    NoSuchPicture { ending: String },
}

/// Which text is not UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Text {
    /// A record.
    Record,
    /// A template.
    Template,
    /// A document to be changed in part.
    Document,
    /// The copy of a record that was edited.
    EditedCopy,
    /// The text that the editor was opened for.
    EditedText,
}
