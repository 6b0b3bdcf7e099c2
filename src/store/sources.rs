//! Files and folders to be imported: never through a link, never endlessly.

use std::path::{Component, Path, PathBuf};

use crate::fault::{Doing, ExportFault, Fault, ImportFault, PictureFault, StoreFault, Unfit};

use super::assets::{AssetSource, LIMIT};
use super::file;
use super::project::without_links;

/// Returns a picture that a document names by its path from the document's folder on. What is hidden, reached through a
/// link or outside the folder is not read.
///
/// # Errors
/// There is none such, or it is none that may be attached.
pub fn read_beside(folder: &Path, address: &str) -> Result<AssetSource, PictureFault> {
    if address.contains(['\\', ':']) || address.contains(char::is_control) {
        return Err(PictureFault::Outside);
    }
    let mut path = folder.to_owned();
    for part in Path::new(address).components() {
        match part {
            Component::CurDir => continue,
            Component::Normal(name) if !name.as_encoded_bytes().starts_with(b".") => {
                path.push(name);
            }
            _ => return Err(PictureFault::Outside),
        }
        match std::fs::symlink_metadata(&path) {
            Ok(there) if there.is_symlink() => return Err(PictureFault::Link),
            Ok(_) => {}
            Err(_) => return Err(PictureFault::NotThere),
        }
    }
    file::inside(folder, &path).map_err(|_| PictureFault::Outside)?;
    let contents = file::read_own(&path, LIMIT).map_err(|fault| match fault {
        StoreFault::Unfit { why: Unfit::TooLarge { .. } | Unfit::Grows, .. } => {
            PictureFault::TooLarge
        }
        StoreFault::Unfit { why: Unfit::Link { .. }, .. } => PictureFault::Link,
        _ => PictureFault::NotThere,
    })?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let source = AssetSource::new(&name, contents.bytes);
    if source.is_picture() { Ok(source) } else { Err(PictureFault::NoPicture) }
}

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

/// A file to be imported.
#[derive(Debug)]
pub struct SourceFile {
    /// Its name; of one in a folder, its path from the folder's name on.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
    /// The folder that it is in.
    pub folder: PathBuf,
}

/// Returns the content of a file, or of the files in a folder and its subfolders, with paths that begin with the
/// folder's name. In a folder, hidden files and other extensions are ignored.
///
/// # Errors
/// Something cannot be read, is a link, or exceeds a limit.
pub fn read_sources(path: &Path) -> Result<Vec<SourceFile>, Fault> {
    let real = path.canonicalize().ok();
    let real = real.as_deref().unwrap_or(path);
    let name = real.file_name().unwrap_or_default().to_string_lossy().into_owned();
    if !path.is_dir() {
        let folder = real.parent().unwrap_or(real).to_owned();
        return Ok(vec![SourceFile { name, bytes: super::read_source(path)?, folder }]);
    }
    let mut found = Found { files: Vec::new(), bytes: 0 };
    found.folder(&without_links(path), &name, 0)?;
    Ok(found.files)
}

struct Found {
    files: Vec<SourceFile>,
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
            self.files.push(SourceFile { name: named, bytes, folder: path.to_owned() });
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
