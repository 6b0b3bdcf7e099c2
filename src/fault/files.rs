//! What can go wrong with files, as data.

use std::io;
use std::path::{Path, PathBuf};

use super::records::{EditFault, Problem};

/// Why files did not do what was asked.
#[derive(Debug)]
pub enum StoreFault {
    /// The system refused what was tried with a file.
    Io { doing: Doing, path: PathBuf, source: io::Error },
    /// The file cannot be used as it is.
    Unfit { path: PathBuf, why: Unfit },
    /// The file was read and has faults; its text shows their lines.
    Faulty { path: PathBuf, text: String, problems: Vec<Problem> },
    /// No record is called that; ids that are like it, or the latest ones.
    Unknown { wanted: String, known: Vec<String> },
    /// Several records are called that.
    Ambiguous { wanted: String, matches: Vec<String> },
    /// No record was named, and there is not just one open; the latest ones, open or not.
    NoCurrent { open: Vec<String>, latest: Vec<String> },
    /// The record that was chosen is gone.
    Vanished { id: String },
    /// There is no project where the search began or above it.
    NoProject { start: PathBuf },
    /// A record of that name is there already.
    Exists { path: PathBuf },
    /// Another asrun holds the record's lock, and was waited for that long.
    Busy { path: PathBuf, seconds: u64 },
    /// The record kept changing under us.
    KeepsChanging { path: PathBuf },
    /// The change cannot be made to this text.
    Edit { path: PathBuf, source: EditFault },
}

impl StoreFault {
    /// A system error with what was being done to which file.
    pub(crate) fn io(doing: Doing, path: &Path, source: io::Error) -> StoreFault {
        StoreFault::Io { doing, path: path.to_owned(), source }
    }

    pub(crate) fn unfit(path: &Path, why: Unfit) -> StoreFault {
        StoreFault::Unfit { path: path.to_owned(), why }
    }
}

/// What was tried with a file when the system refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    Read,
    ReadFolder,
    Open,
    OpenLock,
    Lock,
    MakeFolder,
    Write,
    /// Another file was to be written beside it.
    WriteBeside,
    /// A file for the editor was to be written in that folder.
    WriteForEditor,
    /// A line was to be added to a journal.
    WriteJournal,
    /// A journal was to reach the disk.
    SyncJournal,
}

/// Why a file cannot be used as it is.
#[derive(Debug)]
pub enum Unfit {
    /// A folder is where a file should be.
    Folder,
    /// A pipe or a device is where a file should be.
    NoFile,
    /// Something else is where a folder should be that must not lead elsewhere.
    NoOwnFolder,
    /// A file has the name of a folder that the project needs.
    FileForFolder,
    /// The link leads nowhere.
    BrokenLink(io::Error),
    /// The link leads out of the project.
    LinkOut { root: PathBuf, to: PathBuf },
    /// A link is where asrun follows none.
    Link { to: PathBuf },
    /// The name leads out of the folder of the record's attachments.
    NoAttachment,
    /// It has more bytes than the limit.
    TooLarge { bytes: u64, limit: u64 },
    /// It grows while it is read.
    Grows,
    /// Its bytes are not UTF-8.
    NotUtf8(Text),
    /// There are too many files of that name in the folder.
    TooManyOfOneName,
    /// Every name for an unfinished line is held by somebody who types.
    TooManyTypists,
    /// There are too many texts of earlier edits in the folder.
    TooManyEdits,
    /// Somebody else changed it while it was being mended.
    ChangedMeanwhile,
    /// A rendered document would take the place of the project's own file.
    OwnFile,
    /// A document would be written through a link, to that place.
    LinkInTheWay { to: PathBuf },
    /// A document would take the place of what asrun did not write, or of what was `changed` since it did.
    NotOurs { changed: bool },
    /// An older document of the same record, which is at `now` now, was changed since asrun wrote it.
    OlderDocument { now: PathBuf },
    /// It was replaced by ours just after somebody else saved it, and theirs is in `kept` now. Without
    /// `why` the system could not exchange files any more.
    NotPutBack { why: Option<io::Error>, kept: PathBuf },
    /// It was written, but its folder could not be synced.
    NotSynced(io::Error),
}

/// Something odd about a file that is attached: it is accepted all the same, but never in silence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AssetDoubt {
    /// It has no bytes.
    Empty,
    /// It does not begin as a picture of that ending does.
    NoSuchPicture { ending: String },
}

/// Which text is not UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Text {
    /// A record.
    Record,
    /// A template.
    Template,
    /// A document that is to be changed in part.
    Document,
    /// The copy of a record that was edited.
    EditedCopy,
    /// What the editor was opened for.
    EditedText,
}
