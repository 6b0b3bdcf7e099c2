//! Reads single files safely: no devices, no endless files, nothing outside the project.

use std::fs::{File, Metadata, OpenOptions};
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::fault::{Doing, StoreFault, Text, Unfit};

use super::disk;

/// Identifies the state of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    file: (u64, u64),
    size: u64,
    modified: Option<std::time::SystemTime>,
}

impl Stamp {
    pub(super) fn of(metadata: &Metadata) -> Stamp {
        Stamp { file: identity(metadata), size: metadata.len(), modified: metadata.modified().ok() }
    }

    /// Returns the current state of the file at that path, following links.
    pub fn at(path: &Path) -> Option<Stamp> {
        std::fs::metadata(path).ok().map(|metadata| Stamp::of(&metadata))
    }
}

#[cfg(unix)]
fn identity(metadata: &Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt;
    (metadata.dev(), metadata.ino())
}

#[cfg(not(unix))]
fn identity(_: &Metadata) -> (u64, u64) {
    (0, 0)
}

/// A regular file's bytes, and its state when they were read.
pub(super) struct Contents {
    pub(super) bytes: Vec<u8>,
    pub(super) stamp: Stamp,
    pub(super) metadata: Metadata,
}

/// Reads a regular file of at most `limit` bytes.
pub(super) fn read(path: &Path, limit: u64) -> Result<Contents, StoreFault> {
    read_open(open(path)?, path, limit)
}

/// Reads a regular file that must not be a link.
pub(super) fn read_own(path: &Path, limit: u64) -> Result<Contents, StoreFault> {
    match std::fs::symlink_metadata(path) {
        Ok(there) if there.is_symlink() => Err(a_link(path)),
        _ => {
            let file = disk::open_file(path).map_err(|e| not_opened(path, e))?;
            read_open(file, path, limit)
        }
    }
}

/// Reads a regular file that may be a link to one in the project; the folder it is in is no link.
pub(super) fn read_within(root: &Path, path: &Path, limit: u64) -> Result<Contents, StoreFault> {
    match std::fs::symlink_metadata(path) {
        Ok(there) if there.is_symlink() => read_own(&inside(root, path)?, limit),
        _ => read_own(path, limit),
    }
}

fn a_link(path: &Path) -> StoreFault {
    StoreFault::unfit(path, Unfit::Link { to: std::fs::read_link(path).unwrap_or_default() })
}

fn read_open(mut file: File, path: &Path, limit: u64) -> Result<Contents, StoreFault> {
    let metadata = file.metadata().map_err(|e| StoreFault::io(Doing::Read, path, e))?;
    if !metadata.is_file() {
        return Err(not_a_file(path));
    }
    if metadata.len() > limit {
        return Err(StoreFault::unfit(path, Unfit::TooLarge { bytes: metadata.len(), limit }));
    }
    let mut bytes = Vec::with_capacity(metadata.len() as usize);
    let mut bounded = (&mut file).take(limit + 1);
    bounded.read_to_end(&mut bytes).map_err(|e| StoreFault::io(Doing::Read, path, e))?;
    if bytes.len() as u64 > limit {
        return Err(StoreFault::unfit(path, Unfit::Grows));
    }
    let stamp = Stamp::of(&metadata);
    Ok(Contents { bytes, stamp, metadata })
}

/// Reads the first bytes of a regular file, at most `limit`.
pub(super) fn beginning(path: &Path, limit: u64) -> Result<Vec<u8>, StoreFault> {
    let file = open(path)?;
    let failed = |e| StoreFault::io(Doing::Read, path, e);
    if !file.metadata().map_err(failed)?.is_file() {
        return Err(not_a_file(path));
    }
    let mut bytes = Vec::new();
    file.take(limit).read_to_end(&mut bytes).map_err(failed)?;
    Ok(bytes)
}

/// Reads a text of at most `limit` bytes.
pub(super) fn read_text(path: &Path, limit: u64, what: Text) -> Result<String, StoreFault> {
    as_text(read(path, limit)?, path, what)
}

/// Reads a text of at most `limit` bytes from a file that must not be a link.
pub(super) fn read_own_text(path: &Path, limit: u64, what: Text) -> Result<String, StoreFault> {
    as_text(read_own(path, limit)?, path, what)
}

fn as_text(contents: Contents, path: &Path, what: Text) -> Result<String, StoreFault> {
    let text = String::from_utf8(contents.bytes);
    text.map_err(|_| StoreFault::unfit(path, Unfit::NotUtf8(what)))
}

/// A folder that is opened once: its files are read without resolving its path again.
#[derive(Debug)]
pub(super) struct Folder {
    #[cfg(unix)]
    handle: disk::OutputFolder,
}

impl Folder {
    #[cfg(unix)]
    pub(super) fn open(path: &Path) -> Option<Folder> {
        disk::OutputFolder::open(path).ok().map(|handle| Folder { handle })
    }

    #[cfg(not(unix))]
    pub(super) fn open(_: &Path) -> Option<Folder> {
        None
    }

    /// Returns a regular file's bytes; `None` for links, larger files and on any error.
    #[cfg(unix)]
    pub(super) fn read(&self, name: &Path, limit: u64) -> Option<Vec<u8>> {
        use rustix::fs::{FileType, Mode, OFlags, fstat, openat};
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let file = openat(&self.handle, name, flags, Mode::empty()).ok()?;
        let stat = fstat(&file).ok()?;
        let size = u64::try_from(stat.st_size).ok()?;
        if !FileType::from_raw_mode(stat.st_mode).is_file() || size > limit {
            return None;
        }
        // One byte more than its size: a file that fills it is growing, and is read again with care.
        let mut bytes = Vec::with_capacity(size as usize + 1);
        let read = rustix::io::read(&file, rustix::buffer::spare_capacity(&mut bytes)).ok()?;
        (read as u64 == size).then_some(bytes)
    }

    #[cfg(not(unix))]
    pub(super) fn read(&self, _: &Path, _: u64) -> Option<Vec<u8>> {
        None
    }
}

/// Returns the UTF-8 names of a folder's files, sorted; empty if it cannot be read.
pub(super) fn names_in(folder: &Path) -> Vec<String> {
    names_of(folder).unwrap_or_default()
}

/// Returns the UTF-8 names of a folder's files, sorted; empty if it is not a folder.
///
/// # Errors
/// It cannot be read.
pub(super) fn names_of(folder: &Path) -> Result<Vec<String>, StoreFault> {
    let fault = |e| StoreFault::io(Doing::ReadFolder, folder, e);
    let entries = match std::fs::read_dir(folder) {
        Err(e) if is_nothing(&e) => return Ok(Vec::new()),
        entries => entries.map_err(fault)?,
    };
    let mut names = Vec::new();
    for entry in entries {
        names.extend(entry.map_err(fault)?.file_name().into_string().ok());
    }
    names.sort();
    Ok(names)
}

/// Whether something has that name, be it a link that leads nowhere.
///
/// # Errors
/// It cannot be found out, as a folder above it cannot be read.
pub(super) fn is_there(path: &Path) -> Result<bool, StoreFault> {
    match std::fs::symlink_metadata(path) {
        Ok(_) => Ok(true),
        Err(e) if is_nothing(&e) => Ok(false),
        Err(e) => Err(StoreFault::io(Doing::Read, path, e)),
    }
}

/// Whether an error means that there is no such file or folder.
fn is_nothing(why: &std::io::Error) -> bool {
    matches!(why.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory)
}

pub(super) fn not_a_file(path: &Path) -> StoreFault {
    StoreFault::unfit(path, if path.is_dir() { Unfit::Folder } else { Unfit::NoFile })
}

/// Opens a file that a user named, following links: without waiting for a writer, in case the name is a pipe's.
fn open(path: &Path) -> Result<File, StoreFault> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits() as i32);
    }
    options.open(path).map_err(|e| not_opened(path, e))
}

fn not_opened(path: &Path, why: std::io::Error) -> StoreFault {
    match std::fs::symlink_metadata(path) {
        Ok(there) if !there.is_file() && !there.is_symlink() => not_a_file(path),
        Ok(there) if there.is_symlink() => StoreFault::unfit(path, Unfit::BrokenLink(why)),
        _ => StoreFault::io(Doing::Read, path, why),
    }
}

/// Returns the file behind a path, following links; it must be in the project.
pub(super) fn inside(root: &Path, path: &Path) -> Result<PathBuf, StoreFault> {
    let real = std::fs::canonicalize(path).map_err(|e| match std::fs::symlink_metadata(path) {
        Ok(there) if there.is_symlink() => StoreFault::unfit(path, Unfit::BrokenLink(e)),
        _ => StoreFault::io(Doing::Read, path, e),
    })?;
    let root = std::fs::canonicalize(root).map_err(|e| StoreFault::io(Doing::Read, root, e))?;
    if !real.starts_with(&root) {
        return Err(StoreFault::unfit(path, Unfit::LinkOut { root, to: real }));
    }
    Ok(real)
}

/// Checks that we may write there, before anything is touched.
pub(super) fn check_writable(path: &Path) -> Result<(), StoreFault> {
    disk::may_write(path).map_err(|e| StoreFault::io(Doing::Write, path, e))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::terminal;

    fn told(path: &Path, limit: u64) -> String {
        match read(path, limit) {
            Ok(contents) => format!("{} bytes", contents.bytes.len()),
            Err(fault) => {
                let told = terminal().store_fault_in_short(&fault);
                told.replace(&path.display().to_string(), "FILE")
            }
        }
    }

    #[test]
    fn a_file_may_be_as_large_as_the_limit() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        std::fs::write(&path, [b'x'; 10]).unwrap();
        assert_eq!(told(&path, 10), "10 bytes");
        assert_eq!(told(&path, 9), "FILE: the file has 10 bytes; the limit is 9 bytes");
        std::fs::write(&path, []).unwrap();
        assert_eq!(told(&path, 0), "0 bytes");
        let opened = Folder::open(folder.path()).unwrap();
        std::fs::write(&path, [b'x'; 10]).unwrap();
        assert_eq!(opened.read(Path::new("a"), 10), Some(vec![b'x'; 10]));
        assert_eq!(opened.read(Path::new("a"), 9), None);
        assert_eq!(opened.read(Path::new("none"), 9), None);
        assert!(Folder::open(&path).is_none());
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn special_files_are_distinguished() {
        let folder = tempfile::tempdir().unwrap();
        let link = |name: &str, target: &Path| {
            let path = folder.path().join(name);
            std::os::unix::fs::symlink(target, &path).unwrap();
            path
        };
        std::fs::write(folder.path().join("real"), "12345").unwrap();
        assert_eq!(told(folder.path(), 9), "FILE: it is a folder, not a file");
        assert_eq!(told(Path::new("/dev/zero"), 9), "FILE: it is a pipe or a device, not a file");
        assert_eq!(told(&folder.path().join("none"), 9), "cannot read FILE: there is no such file");
        let dangling = link("dangling", Path::new("nowhere"));
        assert_eq!(told(&dangling, 9), "FILE: a broken link: there is no such file");
        assert_eq!(told(&link("good", &folder.path().join("real")), 9), "5 bytes");
        let fault = inside(folder.path(), &dangling).unwrap_err();
        assert!(matches!(fault, StoreFault::Unfit { why: Unfit::BrokenLink(_), .. }), "{fault:?}");
        let opened = Folder::open(folder.path()).unwrap();
        assert_eq!(opened.read(Path::new("good"), 9), None, "links are left to the careful reader");
        // A system file may contain more than its size says.
        assert_eq!(
            told(Path::new("/proc/self/stat"), 3),
            "FILE: the file grew while it was being read"
        );
    }

    #[test]
    fn names_come_sorted_and_none_of_what_cannot_be_read() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b", "a", "한"] {
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        assert_eq!(names_in(folder.path()), ["a", "b", "한"]);
        assert!(names_in(&folder.path().join("none")).is_empty());
    }

    #[test]
    fn a_stamp_distinguishes_the_states_of_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        assert_eq!(Stamp::at(&path), None);
        std::fs::write(&path, "1").unwrap();
        let first = Stamp::at(&path).unwrap();
        assert_eq!(Stamp::at(&path), Some(first));
        std::fs::write(&path, "12").unwrap();
        assert_ne!(Stamp::at(&path), Some(first), "of another size");
        std::fs::write(folder.path().join("b"), "1").unwrap();
        let modified = std::fs::metadata(&path).unwrap().modified().unwrap();
        let other = std::fs::File::options().write(true).open(folder.path().join("b")).unwrap();
        other.set_modified(modified).unwrap();
        std::fs::rename(folder.path().join("b"), &path).unwrap();
        let third = Stamp::at(&path).unwrap();
        std::fs::write(folder.path().join("c"), "1").unwrap();
        let other = std::fs::File::options().write(true).open(folder.path().join("c")).unwrap();
        other.set_modified(modified).unwrap();
        std::fs::rename(folder.path().join("c"), &path).unwrap();
        assert_ne!(Stamp::at(&path), Some(third), "another file of the same size and time");
    }
}
