//! What can go wrong with files, as data.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::yaml::{EditFault, Problem};

/// Why files did not do what was asked.
#[derive(Debug, Error)]
pub enum StoreFault {
    /// The system refused.
    #[error("cannot {doing} {}: {}", path.display(), reason(source))]
    Io {
        /// What was tried, an infinitive.
        doing: &'static str,
        /// With which file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file cannot be used as it is.
    #[error("{}: {why}", path.display())]
    Unfit {
        /// The file.
        path: PathBuf,
        /// Why.
        why: String,
    },
    /// The file was read and has faults.
    #[error("{} cannot be read as a record", path.display())]
    Faulty {
        /// The file.
        path: PathBuf,
        /// Its text, for showing lines.
        text: String,
        /// Every fault found.
        problems: Vec<Problem>,
    },
    /// No record is called that.
    #[error("no record matches {wanted:?}")]
    Unknown {
        /// What was asked for.
        wanted: String,
        /// Ids that are like it, or the latest ones.
        known: Vec<String>,
    },
    /// Several records are called that.
    #[error("{wanted:?} could mean {} records", matches.len())]
    Ambiguous {
        /// What was asked for.
        wanted: String,
        /// Their ids.
        matches: Vec<String>,
    },
    /// No record was named, and there is not just one open.
    #[error("{}", no_current(open, latest))]
    NoCurrent {
        /// The open ones.
        open: Vec<String>,
        /// The latest ones, open or not.
        latest: Vec<String>,
    },
    /// The record that was chosen is gone.
    #[error("the selected record {id:?} is not there any more")]
    Vanished {
        /// Its id.
        id: String,
    },
    /// There is no project here.
    #[error("no incidents/ folder in {} or above it", start.display())]
    NoProject {
        /// Where the search began.
        start: PathBuf,
    },
    /// A record of that name is there already.
    #[error("{} is there already", path.display())]
    Exists {
        /// Its file.
        path: PathBuf,
    },
    /// Another asrun holds the record's lock.
    #[error("{} is being written by another asrun; waited {seconds} s", path.display())]
    Busy {
        /// The record's file.
        path: PathBuf,
        /// How long it was waited for.
        seconds: u64,
    },
    /// The record kept changing under us.
    #[error("{} was changed by someone else again and again while it was being saved", path.display())]
    KeepsChanging {
        /// The record's file.
        path: PathBuf,
    },
    /// The change cannot be made to this text.
    #[error("{}: {source}", path.display())]
    Edit {
        /// The record's file.
        path: PathBuf,
        /// Why.
        source: EditFault,
    },
}

impl StoreFault {
    /// A system error with what was being done to which file.
    pub(crate) fn io(doing: &'static str, path: &Path, source: io::Error) -> StoreFault {
        StoreFault::Io { doing, path: path.to_owned(), source }
    }

    pub(crate) fn unfit(path: &Path, why: impl Into<String>) -> StoreFault {
        StoreFault::Unfit { path: path.to_owned(), why: why.into() }
    }
}

/// The system's words without its error number.
pub fn reason(source: &io::Error) -> String {
    match source.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::StorageFull => "no space left on the disk".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "the file system is read-only".to_owned(),
        io::ErrorKind::InvalidData => "it is not UTF-8 text".to_owned(),
        _ => {
            let text = source.to_string();
            text.split(" (os error").next().unwrap_or(&text).to_lowercase()
        }
    }
}

fn no_current(open: &[String], latest: &[String]) -> String {
    if latest.is_empty() {
        "there are no records yet".to_owned()
    } else if open.is_empty() {
        "no record is open, so one must be named".to_owned()
    } else {
        format!("{} records are open, so one must be named", open.len())
    }
}
