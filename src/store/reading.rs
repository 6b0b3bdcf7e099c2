//! Bytes of files as records and settings, with faults that show their lines.

use std::path::Path;

use crate::fault::{Problem, StoreFault};
use crate::format::{Document, Settings, read, read_settings};
use crate::yaml::{self, decode_utf8};

use super::file;

/// The largest settings file.
pub(super) const SETTINGS_LIMIT: u64 = 256 * 1024;

/// Faults tell the name that the user knows, not the one links lead to.
pub(super) fn rename_fault(fault: StoreFault, path: &Path) -> StoreFault {
    match fault {
        StoreFault::Io { doing, source, .. } => StoreFault::io(doing, path, source),
        StoreFault::Unfit { why, .. } => StoreFault::unfit(path, why),
        other => other,
    }
}

pub(super) fn parse(path: &Path, bytes: &[u8]) -> Result<Document, StoreFault> {
    let text = text_of(path, bytes)?;
    read(text).map_err(|problems| as_faulty(path, text, problems))
}

pub(super) fn text_of<'b>(path: &Path, bytes: &'b [u8]) -> Result<&'b str, StoreFault> {
    decode_utf8(bytes).map_err(|problem| not_text(path, bytes, problem))
}

/// Faults are placed in the text after a byte order mark; the file's text has it.
pub(super) fn as_faulty(path: &Path, text: &str, mut problems: Vec<Problem>) -> StoreFault {
    let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    for problem in &mut problems {
        problem.span = problem.span.start + mark..problem.span.end + mark;
    }
    StoreFault::Faulty { path: path.to_owned(), text: text.to_owned(), problems }
}

/// Bytes that are no text, shown as far as they are. What stands before the fault is text, so its place
/// is the same in what is shown.
pub(super) fn not_text(path: &Path, bytes: &[u8], problem: yaml::Problem) -> StoreFault {
    let text = String::from_utf8_lossy(bytes).into_owned();
    StoreFault::Faulty { path: path.to_owned(), text, problems: vec![problem.into()] }
}

/// Returns what a project's settings file says; nothing if there is none.
///
/// # Errors
/// It lies outside the project, cannot be opened, or has a fault.
pub(super) fn settings_inside(root: &Path, path: &Path) -> Result<Settings, StoreFault> {
    if std::fs::symlink_metadata(path).is_ok_and(|there| there.is_symlink()) {
        file::inside(root, path)?;
    }
    settings_at(path)
}

/// Returns what a settings file says; nothing if there is none.
///
/// # Errors
/// It cannot be opened, or has a fault.
pub fn settings_at(path: &Path) -> Result<Settings, StoreFault> {
    settings_naming(path, "")
}

/// Returns the same of a file that holds that word; nothing, without looking further, of one that
/// does not.
///
/// # Errors
/// It cannot be opened, or has a fault.
pub fn settings_naming(path: &Path, word: &str) -> Result<Settings, StoreFault> {
    let contents = match file::read(path, SETTINGS_LIMIT) {
        Ok(contents) => contents,
        Err(StoreFault::Io { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => {
            return Ok(Settings::default());
        }
        Err(fault) => return Err(fault),
    };
    if memchr::memmem::find(&contents.bytes, word.as_bytes()).is_none() {
        return Ok(Settings::default());
    }
    let text =
        decode_utf8(&contents.bytes).map_err(|problem| not_text(path, &contents.bytes, problem))?;
    read_settings(text).map_err(|problems| StoreFault::Faulty {
        path: path.to_owned(),
        text: text.to_owned(),
        problems,
    })
}
