//! Decodes bytes of files as records and settings, with faults that show their lines.

use std::path::Path;

use crate::fault::{Problem, StoreFault};
use crate::format::{Document, Settings, read, read_settings};
use crate::yaml::{self, decode_utf8};

use super::file;

/// The largest settings file, in bytes.
pub(super) const SETTINGS_LIMIT: u64 = 256 * 1024;

/// Replaces the path in a fault: users know that one, not the target of links.
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

/// Returns the faults of a text, which are located after a byte order mark, with the whole text.
pub(super) fn as_faulty(path: &Path, text: &str, mut problems: Vec<Problem>) -> StoreFault {
    let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    for problem in &mut problems {
        problem.span = problem.span.start + mark..problem.span.end + mark;
    }
    StoreFault::Faulty { path: path.to_owned(), text: text.to_owned(), problems }
}

/// Returns the fault of bytes that are not text, with as much of them as is text. Everything before the fault is, so
/// its position is right there.
pub(super) fn not_text(path: &Path, bytes: &[u8], problem: yaml::Problem) -> StoreFault {
    let text = String::from_utf8_lossy(bytes).into_owned();
    StoreFault::Faulty { path: path.to_owned(), text, problems: vec![problem.into()] }
}

/// Returns a project's settings; the defaults if there is no file.
///
/// # Errors
/// It is outside the project, cannot be opened, or has a fault.
pub(super) fn settings_inside(root: &Path, path: &Path) -> Result<Settings, StoreFault> {
    settings_of(file::read_within(root, path, SETTINGS_LIMIT), path, "")
}

/// Returns the settings in a file; the defaults if there is none.
///
/// # Errors
/// It cannot be opened, or has a fault.
pub fn settings_at(path: &Path) -> Result<Settings, StoreFault> {
    settings_naming(path, "")
}

/// Returns the settings in a file that contains that word; the defaults, without parsing, for one that does not.
///
/// # Errors
/// It cannot be opened, or has a fault.
pub fn settings_naming(path: &Path, word: &str) -> Result<Settings, StoreFault> {
    settings_of(file::read(path, SETTINGS_LIMIT), path, word)
}

/// Returns the settings of what was read, as [`settings_naming`] does.
pub(super) fn settings_of(
    read: Result<file::Contents, StoreFault>,
    path: &Path,
    word: &str,
) -> Result<Settings, StoreFault> {
    let contents = match read.map_err(|fault| rename_fault(fault, path)) {
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
