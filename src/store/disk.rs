//! The only writer: every call that changes the disk is made here.
//!
//! Callers decide what is done and in which order; each function here is one system call, or a few that belong
//! together. A call is announced before it is made, so that tests see the calls in order and can make any of them fail,
//! once or from then on (module `trial`).
//!
//! A path is given without links, and is reached through none: the folder of a file is opened first, and its name is
//! looked up in that. A folder that somebody replaces by a link after its path was checked is not followed.

use std::ffi::OsStr;
use std::fs::{File, Metadata, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
#[cfg(unix)]
use std::path::Component;
use std::path::{Path, PathBuf};

use cap_fs_ext::{DirExt, FollowSymlinks, OpenOptionsFollowExt, OpenOptionsSyncExt};
use cap_std::ambient_authority;
#[cfg(unix)]
use cap_std::fs::OpenOptionsExt;
use cap_std::fs::{Dir, OpenOptions as DirOptions};
use tempfile::{Builder, TempPath};

/// A kind of system call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Call {
    /// Check whether we may write there.
    MayWrite,
    /// Make a folder.
    MakeFolder,
    /// Open a file of asrun's own, creating it if necessary.
    Open,
    /// Lock an open file.
    Lock,
    /// Make a new file.
    Create,
    /// Write into an open file.
    Write,
    /// Set a file's owner and mode.
    SetMode,
    /// Sync a file to disk.
    Sync,
    /// Swap two files atomically.
    Exchange,
    /// Replace a file by another.
    Replace,
    /// Move a file to a free name.
    PlaceNew,
    /// Sync a folder's entries to disk.
    SyncFolder,
    /// Give a file another name.
    Rename,
    /// Remove a file.
    Remove,
}

/// Announces a call on a file before it is made.
#[cfg(not(test))]
#[inline(always)]
fn announce(_: Call, _: &Path) -> io::Result<()> {
    Ok(())
}

/// Whether the system may be asked to open a whole path at once. A trial may say no, as where the call is unknown.
#[cfg(all(not(test), target_os = "linux"))]
#[inline(always)]
fn may_open_at_once() -> bool {
    true
}

#[cfg(test)]
pub(super) mod trial;
#[cfg(test)]
use trial::announce;
#[cfg(all(test, target_os = "linux"))]
use trial::may_open_at_once;

/// Checks with the system whether we may write there, before anything is touched.
pub(super) fn may_write(path: &Path) -> io::Result<()> {
    announce(Call::MayWrite, path)?;
    #[cfg(unix)]
    {
        use rustix::fs::{Access, AtFlags, CWD, accessat};
        Ok(accessat(CWD, path, Access::WRITE_OK, AtFlags::EACCESS)?)
    }
    #[cfg(not(unix))]
    match std::fs::metadata(path)?.permissions().readonly() {
        true => Err(io::ErrorKind::PermissionDenied.into()),
        false => Ok(()),
    }
}

/// Opens a folder through no link, wherever in its path.
#[cfg(unix)]
fn open_folder(folder: &Path) -> io::Result<Dir> {
    #[cfg(target_os = "linux")]
    if may_open_at_once() {
        use rustix::fs::{CWD, Mode, OFlags, ResolveFlags, openat2};
        use rustix::io::Errno;
        // Without a right to list it, too.
        let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC;
        match openat2(CWD, folder, flags, Mode::empty(), ResolveFlags::NO_SYMLINKS) {
            // Systems and sandboxes that do not know the call.
            Err(Errno::NOSYS | Errno::PERM) => {}
            Err(Errno::LOOP) => return Err(io::ErrorKind::NotADirectory.into()),
            opened => return Ok(Dir::from_std_file(File::from(opened?))),
        }
    }
    open_name_by_name(folder)
}

/// The same where the system has no call for it.
#[cfg(unix)]
fn open_name_by_name(folder: &Path) -> io::Result<Dir> {
    let start = if folder.is_absolute() { "/" } else { "." };
    let start = Dir::open_ambient_dir(start, ambient_authority())?;
    folder
        .components()
        .try_fold(start, |dir, part| match part {
            Component::RootDir | Component::CurDir => Ok(dir),
            part => dir.open_dir_nofollow(Path::new(part.as_os_str())),
        })
        .map_err(|e| match rustix::io::Errno::from_io_error(&e) {
            Some(rustix::io::Errno::LOOP) => io::ErrorKind::NotADirectory.into(),
            _ => e,
        })
}

/// Opens a folder.
#[cfg(not(unix))]
fn open_folder(folder: &Path) -> io::Result<Dir> {
    Dir::open_ambient_dir(folder, ambient_authority())
}

/// Returns the folder of a path, opened, and the name in it.
fn held(path: &Path) -> io::Result<(Dir, &Path)> {
    let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?;
    Ok((open_folder(folder_of(path))?, Path::new(name)))
}

/// Opens a file for reading, without waiting for the writer of a pipe.
pub(super) fn open_file(path: &Path) -> io::Result<File> {
    let mut options = DirOptions::new();
    options.read(true).follow(FollowSymlinks::No).nonblock(true);
    let (folder, name) = held(path)?;
    Ok(folder.open_with(name, &options)?.into_std())
}

/// Creates one folder, which must not exist yet, and syncs its parent.
fn make_folder(path: &Path) -> io::Result<()> {
    announce(Call::MakeFolder, path)?;
    let (folder, name) = held(path)?;
    folder.create_dir(name)?;
    sync_folder(folder_of(path))
}

/// Creates a folder and its missing parents.
pub(super) fn make_folders(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    let above = folder_of(path);
    if above != path {
        make_folders(above)?;
    }
    match make_folder(path) {
        // Another process was faster.
        Err(e) if e.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => Ok(()),
        made => made,
    }
}

/// Syncs the entries of a folder to disk: only then does a rename survive a power cut.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    announce(Call::SyncFolder, folder)?;
    match folder.file_name() {
        Some(_) => open_file(folder)?.sync_all(),
        None => File::open(folder)?.sync_all(),
    }
}

/// Syncs a file's bytes to disk.
pub(super) fn sync(path: &Path) -> io::Result<()> {
    announce(Call::Sync, path)?;
    open_file(path)?.sync_all()
}

/// Renames a file, replacing any file of the new name.
pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    announce(Call::Rename, from)?;
    let ((folder, name), (new_folder, new_name)) = (held(from)?, held(to)?);
    folder.rename(name, &new_folder, new_name)
}

/// Renames a file to a free name, or to one that differs only in capital and small letters.
pub(super) fn rename_new(from: &Path, to: &Path) -> io::Result<()> {
    announce(Call::PlaceNew, to)?;
    let ((folder, name), (new_folder, new_name)) = (held(from)?, held(to)?);
    if is_other_case(from, to) {
        return folder.rename(name, &new_folder, new_name);
    }
    rename_to_free((&folder, name), (&new_folder, new_name))
}

/// Whether two names that differ only in capital and small letters are the same file, as on systems where letters do not
/// differ.
pub(super) fn is_other_case(from: &Path, to: &Path) -> bool {
    let small = |path: &Path| path.to_string_lossy().to_lowercase();
    let known = |path: &Path| std::fs::symlink_metadata(path).ok();
    if from == to || small(from) != small(to) {
        return false;
    }
    known(from).zip(known(to)).is_some_and(|(from, to)| is_one_file(&from, &to))
}

#[cfg(unix)]
fn is_one_file(one: &std::fs::Metadata, other: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    // A second link of a file is another name.
    (one.dev(), one.ino()) == (other.dev(), other.ino()) && (one.is_dir() || one.nlink() == 1)
}

#[cfg(not(unix))]
fn is_one_file(_: &std::fs::Metadata, _: &std::fs::Metadata) -> bool {
    true
}

/// Renames a name in a folder to one that must be free.
fn rename_to_free(
    (folder, name): (&Dir, &Path),
    (new_folder, new_name): (&Dir, &Path),
) -> io::Result<()> {
    #[cfg(any(target_os = "linux", target_vendor = "apple"))]
    {
        use rustix::fs::{RenameFlags, renameat_with};
        use rustix::io::Errno;
        match renameat_with(folder, name, new_folder, new_name, RenameFlags::NOREPLACE) {
            Err(Errno::NOSYS | Errno::INVAL | Errno::NOTSUP) => {}
            renamed => return Ok(renamed?),
        }
    }
    folder.hard_link(name, new_folder, new_name)?;
    // It has its new name; the old one does no harm.
    let _ = folder.remove_file(name);
    Ok(())
}

/// Removes a file.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    announce(Call::Remove, path)?;
    let (folder, name) = held(path)?;
    folder.remove_file(name)
}

/// Removes an empty folder.
pub(super) fn remove_folder(path: &Path) -> io::Result<()> {
    announce(Call::Remove, path)?;
    let (folder, name) = held(path)?;
    folder.remove_dir(name)
}

/// Writes to something other than a regular file, such as a device, which cannot be replaced.
pub(super) fn write_into(path: &Path, bytes: &[u8]) -> io::Result<()> {
    announce(Call::Write, path)?;
    OpenOptions::new().write(true).open(path)?.write_all(bytes)
}

/// Creates a small file that must not exist yet; not worth a sync.
pub(super) fn create_plain(path: &Path, bytes: &[u8]) -> io::Result<()> {
    announce(Call::Create, path)?;
    let (folder, name) = held(path)?;
    let file = folder.open_with(name, DirOptions::new().write(true).create_new(true))?;
    write_announced(&file.into_std(), path, bytes).inspect_err(|_| {
        let _ = remove(path);
    })
}

/// Creates a text file with a unique name for an editor; deleted when dropped.
pub(super) fn create_scratch(
    folder: &Path,
    (prefix, suffix): (&str, &str),
    text: &str,
) -> io::Result<TempPath> {
    announce(Call::Create, folder)?;
    let mut file = Builder::new().prefix(prefix).suffix(suffix).tempfile_in(folder)?;
    announce(Call::Write, file.path())?;
    file.write_all(text.as_bytes())?;
    Ok(file.into_temp_path())
}

/// Returns those of the paths in a folder that are files of this user: not links, and not files of others.
pub(super) fn own_files(folder: &Path, paths: Vec<PathBuf>) -> Vec<PathBuf> {
    if paths.is_empty() {
        return paths;
    }
    #[cfg(unix)]
    let user = {
        use std::os::unix::fs::MetadataExt;
        // A new file without a name belongs to whoever made it.
        tempfile::tempfile_in(folder).and_then(|file| file.metadata()).map(|about| about.uid()).ok()
    };
    let is_own = |path: &PathBuf| {
        let Ok(about) = std::fs::symlink_metadata(path) else { return false };
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt;
            about.is_file() && Some(about.uid()) == user
        }
        #[cfg(not(unix))]
        about.is_file()
    };
    paths.into_iter().filter(is_own).collect()
}

/// Returns the folder that contains a path.
pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// How a file of asrun's own is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// All writes go to its end.
    Append,
    /// It is overwritten.
    Rewrite,
    /// As `Rewrite`, and only its owner may read it.
    Private,
}

/// An internal file that is kept open for several writes. Links are not followed.
#[derive(Debug)]
pub(super) struct OwnFile {
    file: File,
    path: PathBuf,
}

impl OwnFile {
    /// Opens it, creating it if necessary.
    pub(super) fn open(path: &Path, access: Access) -> io::Result<OwnFile> {
        announce(Call::Open, path)?;
        let mut options = DirOptions::new();
        // Opening a pipe must not block; anything but a file is refused below.
        options.read(true).create(true).follow(FollowSymlinks::No).nonblock(true);
        match access {
            Access::Append => options.append(true),
            Access::Rewrite | Access::Private => options.write(true).truncate(false),
        };
        #[cfg(unix)]
        if access == Access::Private {
            options.mode(0o600);
        }
        let (folder, name) = held(path)?;
        let file = folder.open_with(name, &options)?.into_std();
        if !file.metadata()?.is_file() {
            return Err(io::ErrorKind::NotSeekable.into());
        }
        Ok(OwnFile { file, path: path.to_owned() })
    }

    /// Opens an existing file or folder only to lock it: writes to it are discarded.
    pub(super) fn to_lock(path: &Path) -> io::Result<OwnFile> {
        announce(Call::Open, path)?;
        let file = open_file(path)?;
        let kind = file.metadata()?.file_type();
        if !kind.is_file() && !kind.is_dir() {
            return Err(io::ErrorKind::NotSeekable.into());
        }
        Ok(OwnFile { file, path: path.to_owned() })
    }

    /// Takes its lock, unless somebody else holds it.
    pub(super) fn try_lock(&self) -> Result<(), TryLockError> {
        announce(Call::Lock, &self.path).map_err(TryLockError::Error)?;
        self.file.try_lock()
    }

    /// Waits for its lock.
    pub(super) fn lock(&self) -> io::Result<()> {
        self.file.lock()
    }

    /// Returns its metadata.
    pub(super) fn metadata(&self) -> io::Result<Metadata> {
        self.file.metadata()
    }

    /// Returns at most that many bytes from its start.
    pub(super) fn read_start(&self, most: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut file = &self.file;
        file.seek(SeekFrom::Start(0))?;
        file.take(most).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Returns its last byte; `None` if it is empty.
    pub(super) fn last_byte(&self) -> io::Result<Option<u8>> {
        let size = self.metadata()?.len();
        let Some(last) = size.checked_sub(1) else { return Ok(None) };
        let mut byte = [0];
        let mut file = &self.file;
        file.seek(SeekFrom::Start(last))?;
        file.read_exact(&mut byte)?;
        Ok(Some(byte[0]))
    }

    /// Writes at its end, or after the last write.
    pub(super) fn append(&self, bytes: &[u8]) -> io::Result<()> {
        write_announced(&self.file, &self.path, bytes)
    }

    /// Overwrites it. It is truncated last: a process killed in between leaves too much rather than nothing.
    pub(super) fn rewrite(&self, bytes: &[u8]) -> io::Result<()> {
        (&self.file).seek(SeekFrom::Start(0))?;
        write_announced(&self.file, &self.path, bytes)?;
        self.file.set_len(bytes.len() as u64)
    }
}

/// Writes the bytes; a trial may simulate a disk that fills up half way.
fn write_announced(mut file: &File, path: &Path, bytes: &[u8]) -> io::Result<()> {
    announce(Call::Write, path).inspect_err(|_| {
        let _ = file.write_all(&bytes[..bytes.len() / 2]);
    })?;
    file.write_all(bytes)
}

/// A file that is to replace another one, under a temporary name in the same folder; deleted when dropped.
#[derive(Debug)]
pub(super) struct Replacement {
    folder: Dir,
    file: File,
    path: PathBuf,
    /// Whether it is in its place, or to be kept where it is.
    stays: bool,
}

/// Who may read a new file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Readers {
    /// Only its owner, until it gets the mode of the file that it replaces.
    Owner,
    /// Whoever the user's umask allows.
    AsUsual,
}

/// The result of a swap.
#[derive(Debug)]
pub(super) enum Exchanged {
    /// The two files were swapped.
    Done,
    /// The system does not support it here.
    Unsupported,
}

impl Replacement {
    /// Creates a file of that name, which must not exist yet.
    pub(super) fn create(folder: &Path, name: &str, readers: Readers) -> io::Result<Replacement> {
        let path = folder.join(name);
        announce(Call::Create, &path)?;
        let mut options = DirOptions::new();
        options.write(true).create_new(true).follow(FollowSymlinks::No);
        #[cfg(unix)]
        options.mode(if readers == Readers::AsUsual { 0o666 } else { 0o600 });
        let folder = open_folder(folder)?;
        let file = folder.open_with(name, &options)?.into_std();
        Ok(Replacement { folder, file, path, stays: false })
    }

    /// Returns its current path.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    fn name(&self) -> &Path {
        name_of(&self.path)
    }

    /// Writes all of its bytes and syncs them to disk.
    pub(super) fn write_synced(&self, bytes: &[u8]) -> io::Result<()> {
        write_announced(&self.file, &self.path, bytes)?;
        announce(Call::Sync, &self.path)?;
        self.file.sync_all()
    }

    /// Sets its mode to another file's, and its owner as far as we may.
    pub(super) fn look_like(&self, other: &Metadata) -> io::Result<()> {
        announce(Call::SetMode, &self.path)?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt;
            let ours = self.file.metadata()?;
            if (ours.uid(), ours.gid()) != (other.uid(), other.gid()) {
                // Only root may; for others the file stays their own.
                let (uid, gid) = (Some(other.uid()), Some(other.gid()));
                let _ = std::os::unix::fs::fchown(&self.file, uid, gid);
            }
        }
        self.file.set_permissions(other.permissions())
    }

    /// Swaps it atomically with another file of its folder, where the system can.
    pub(super) fn exchange(&self, other: &Path) -> io::Result<Exchanged> {
        #[cfg(target_os = "linux")]
        {
            use rustix::fs::{RenameFlags, renameat_with};
            use rustix::io::Errno;
            let (folder, new) = (&self.folder, name_of(other));
            let asked = announce(Call::Exchange, other);
            let exchanged = asked.and_then(|()| {
                Ok(renameat_with(folder, self.name(), folder, new, RenameFlags::EXCHANGE)?)
            });
            match exchanged {
                Ok(()) => Ok(Exchanged::Done),
                Err(e) => match Errno::from_io_error(&e) {
                    Some(Errno::NOSYS | Errno::INVAL | Errno::NOTSUP) => Ok(Exchanged::Unsupported),
                    _ => Err(e),
                },
            }
        }
        #[cfg(not(target_os = "linux"))]
        {
            let _ = other;
            Ok(Exchanged::Unsupported)
        }
    }

    /// Replaces another file of its folder, whatever that is now.
    pub(super) fn replace(mut self, other: &Path) -> io::Result<()> {
        announce(Call::Replace, other)?;
        self.folder.rename(self.name(), &self.folder, name_of(other))?;
        self.stays = true;
        Ok(())
    }

    /// Moves it to a free name in its folder.
    pub(super) fn place_new(mut self, path: &Path) -> io::Result<()> {
        announce(Call::PlaceNew, path)?;
        rename_to_free((&self.folder, self.name()), (&self.folder, name_of(path)))?;
        self.stays = true;
        Ok(())
    }

    /// Keeps it where it is for good, and returns its path.
    pub(super) fn keep(mut self) -> PathBuf {
        self.stays = true;
        self.path.clone()
    }
}

impl Drop for Replacement {
    fn drop(&mut self) {
        if !self.stays && announce(Call::Remove, &self.path).is_ok() {
            let _ = self.folder.remove_file(self.name());
        }
    }
}

/// Returns the last name of a path, which is looked up in an open folder.
fn name_of(path: &Path) -> &Path {
    Path::new(path.file_name().unwrap_or_default())
}

/// A folder held open: names are only looked up in it, and no link is followed.
#[derive(Debug)]
pub(super) struct OutputFolder {
    dir: Dir,
    path: PathBuf,
}

/// What a name in a folder refers to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Standing {
    Nothing,
    File,
    Folder,
    /// A link, with its target.
    Link(PathBuf),
    /// A pipe or a device.
    Special,
}

#[cfg(unix)]
impl std::os::fd::AsFd for OutputFolder {
    fn as_fd(&self) -> std::os::fd::BorrowedFd<'_> {
        self.dir.as_fd()
    }
}

impl OutputFolder {
    /// Opens the folder at exactly that path.
    pub(super) fn open(path: &Path) -> io::Result<OutputFolder> {
        Ok(OutputFolder { dir: open_folder(path)?, path: path.to_owned() })
    }

    /// Returns its path.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Opens a subfolder, which must not be a link.
    pub(super) fn below(&self, name: &OsStr) -> io::Result<OutputFolder> {
        let dir = self.dir.open_dir_nofollow(Path::new(name))?;
        Ok(OutputFolder { dir, path: self.path.join(name) })
    }

    /// Returns what the name refers to.
    pub(super) fn standing(&self, name: &OsStr) -> io::Result<Standing> {
        let there = match self.dir.symlink_metadata(Path::new(name)) {
            Ok(there) => there.file_type(),
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Standing::Nothing),
            Err(e) => return Err(e),
        };
        Ok(match () {
            () if there.is_symlink() => {
                Standing::Link(self.dir.read_link_contents(Path::new(name)).unwrap_or_default())
            }
            () if there.is_dir() => Standing::Folder,
            () if there.is_file() => Standing::File,
            () => Standing::Special,
        })
    }

    /// Returns at most that many bytes of a file in it.
    pub(super) fn read(&self, name: &OsStr, most: u64) -> io::Result<Vec<u8>> {
        let mut options = DirOptions::new();
        options.read(true).follow(FollowSymlinks::No).nonblock(true);
        let mut bytes = Vec::new();
        self.dir.open_with(Path::new(name), &options)?.take(most).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Creates a subfolder; returns whether it is new.
    pub(super) fn make(&self, name: &OsStr) -> io::Result<bool> {
        announce(Call::MakeFolder, &self.path.join(name))?;
        match self.dir.create_dir(Path::new(name)) {
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => Ok(false),
            made => made.map(|()| true),
        }
    }

    /// Writes a file atomically, through a temporary name in the same folder.
    pub(super) fn put(&self, name: &OsStr, temp: &str, bytes: &[u8]) -> io::Result<()> {
        let put = self.write_beside(temp, bytes).and_then(|()| {
            announce(Call::Replace, &self.path.join(name))?;
            self.dir.rename(temp, &self.dir, Path::new(name))
        });
        put.inspect_err(|_| {
            let _ = self.remove(OsStr::new(temp));
        })
    }

    fn write_beside(&self, temp: &str, bytes: &[u8]) -> io::Result<()> {
        let path = self.path.join(temp);
        announce(Call::Create, &path)?;
        let mut options = DirOptions::new();
        options.write(true).create_new(true).follow(FollowSymlinks::No);
        let file = self.dir.open_with(temp, &options)?.into_std();
        write_announced(&file, &path, bytes)?;
        announce(Call::Sync, &path)?;
        file.sync_all()
    }

    /// Removes a file in it.
    pub(super) fn remove(&self, name: &OsStr) -> io::Result<()> {
        announce(Call::Remove, &self.path.join(name))?;
        self.dir.remove_file(Path::new(name))
    }

    /// Removes an empty folder in it.
    pub(super) fn remove_folder(&self, name: &OsStr) -> io::Result<()> {
        announce(Call::Remove, &self.path.join(name))?;
        self.dir.remove_dir(Path::new(name))
    }
}

/// Returns whether only its owner may look into a folder.
pub(super) fn is_private(folder: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let there = std::fs::symlink_metadata(folder);
        folder.is_absolute() && there.is_ok_and(|there| there.is_dir() && there.mode() & 0o077 == 0)
    }
    #[cfg(not(unix))]
    {
        let _ = folder;
        false
    }
}

/// Creates a folder with a unique name that nobody else may look into, and keeps it if the work in it succeeds.
pub(super) fn in_private_folder<T, E>(
    folder: &Path,
    prefix: &str,
    work: impl FnOnce(&Path) -> Result<T, E>,
) -> io::Result<Result<T, E>> {
    announce(Call::MakeFolder, folder)?;
    let mut builder = Builder::new();
    builder.prefix(prefix);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o700));
    }
    let made = builder.tempdir_in(folder)?;
    let done = work(made.path());
    if done.is_ok() {
        let _ = made.keep();
    }
    Ok(done)
}
