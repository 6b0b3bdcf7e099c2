//! Files and folders to be imported: never through a link, never endlessly.

use std::path::Path;

use crate::fault::{Doing, ExportFault, Fault, ImportFault, StoreFault};

use super::file;
use super::project::without_links;

/// The most bytes in all files of a folder together.
const ALL: u64 = 512 * 1024 * 1024;
/// The most files in a folder and its subfolders.
const FILES: usize = 20_000;
/// How deep folders may be nested.
const DEPTH: usize = 8;
/// The file extensions that any source uses.
const ENDINGS: [&str; 15] = [
    "json", "jsonl", "ndjson", "yaml", "yml", "md", "csv", "tsv", "ics", "mbox", "eml", "klg",
    "txt", "log", "data",
];

/// Returns the content of a file, or of the files in a folder and its subfolders, with paths that begin with the
/// folder's name. In a folder, hidden files and other extensions are ignored.
///
/// # Errors
/// Something cannot be read, is a link, or exceeds a limit.
pub fn read_sources(path: &Path) -> Result<Vec<(String, Vec<u8>)>, Fault> {
    let name = path.canonicalize().ok();
    let name = name.as_deref().unwrap_or(path).file_name().unwrap_or_default();
    let name = name.to_string_lossy().into_owned();
    if !path.is_dir() {
        return Ok(vec![(name, super::read_source(path)?)]);
    }
    let mut found = Found { files: Vec::new(), bytes: 0 };
    found.folder(&without_links(path), &name, 0)?;
    Ok(found.files)
}

struct Found {
    files: Vec<(String, Vec<u8>)>,
    bytes: u64,
}

impl Found {
    fn folder(&mut self, path: &Path, name: &str, depth: usize) -> Result<(), Fault> {
        if depth > DEPTH {
            return Err(too_large(name));
        }
        for entry in file::names_in(path) {
            let (below, named) = (path.join(&entry), format!("{name}/{entry}"));
            let there = std::fs::symlink_metadata(&below)
                .map_err(|fault| StoreFault::io(Doing::Read, &below, fault))?;
            let ending = entry.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
            let is_wanted = ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()));
            if entry.starts_with('.') || !(there.is_dir() || is_wanted) {
                continue;
            }
            if there.is_dir() {
                self.folder(&below, &named, depth + 1)?;
                continue;
            }
            let bytes = file::read_own(&below, ALL - self.bytes)?.bytes;
            self.bytes += bytes.len() as u64;
            self.files.push((named, bytes));
            if self.files.len() > FILES {
                return Err(too_large(name));
            }
        }
        Ok(())
    }
}

fn too_large(name: &str) -> Fault {
    let name = name.to_owned();
    ImportFault::from(ExportFault::FolderTooLarge { name, files: FILES, depth: DEPTH }).into()
}
