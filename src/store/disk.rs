//! The only writer: every call that changes what is on the disk is made here.
//!
//! Callers decide what is done in which order; each function here is one call to the system, or a
//! few that belong together. A call is announced before it is made, so that tests see the calls in
//! order and let any of them fail, once or from then on (the module `trial`).

use std::ffi::OsStr;
use std::fs::{File, Metadata, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use cap_fs_ext::{DirExt, FollowSymlinks, OpenOptionsFollowExt, OpenOptionsSyncExt};
use cap_std::ambient_authority;
use cap_std::fs::{Dir, OpenOptions as DirOptions};
use tempfile::{Builder, NamedTempFile, TempPath};

/// What is asked of the system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Call {
    /// Whether we may write there.
    MayWrite,
    /// Make a folder.
    MakeFolder,
    /// Open a file of asrun's own, making it if it is not there.
    Open,
    /// Lock an open file.
    Lock,
    /// Make a new file.
    Create,
    /// Write into an open file.
    Write,
    /// Give a file its owner and mode.
    SetMode,
    /// Wait until a file's bytes are on the disk.
    Sync,
    /// Exchange two files.
    Exchange,
    /// Put a file in the place of another.
    Replace,
    /// Put a file where none is.
    PlaceNew,
    /// Wait until a folder's names are on the disk.
    SyncFolder,
    /// Give a file another name.
    Rename,
    /// Remove a file.
    Remove,
}

/// Says what is about to be done, with which file.
#[cfg(not(test))]
#[inline(always)]
fn announce(_: Call, _: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
pub(super) mod trial;
#[cfg(test)]
use trial::announce;

/// Whether we may write there: asked of the system before anything is touched.
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

/// Makes one folder, which must not be there yet, and makes its name last.
fn make_folder(path: &Path) -> io::Result<()> {
    announce(Call::MakeFolder, path)?;
    std::fs::create_dir(path)?;
    sync_folder(folder_of(path))
}

/// Makes a folder and those above it, as far as they are not there.
pub(super) fn make_folders(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    let above = folder_of(path);
    if above != path {
        make_folders(above)?;
    }
    match make_folder(path) {
        // Somebody else was quicker.
        Err(e) if e.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => Ok(()),
        made => made,
    }
}

/// Waits until the names in a folder are on the disk: only then does a rename survive a power cut.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    announce(Call::SyncFolder, folder)?;
    File::open(folder)?.sync_all()
}

/// Waits until a file's bytes are on the disk.
pub(super) fn sync(path: &Path) -> io::Result<()> {
    announce(Call::Sync, path)?;
    File::open(path)?.sync_all()
}

/// Gives a file another name; what has that name is replaced.
pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    announce(Call::Rename, from)?;
    std::fs::rename(from, to)
}

/// Gives a file a name that nothing has.
pub(super) fn rename_new(from: &Path, to: &Path) -> io::Result<()> {
    announce(Call::PlaceNew, to)?;
    let moved = TempPath::try_from_path(from)?.persist_noclobber(to);
    moved.map_err(|fault| {
        // It is no temporary file that may go.
        let _ = fault.path.keep();
        fault.error
    })
}

/// Removes a file.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    announce(Call::Remove, path)?;
    std::fs::remove_file(path)
}

/// Removes an empty folder.
pub(super) fn remove_folder(path: &Path) -> io::Result<()> {
    announce(Call::Remove, path)?;
    std::fs::remove_dir(path)
}

/// Writes into what is no regular file, such as a device: there is nothing to replace.
pub(super) fn write_into(path: &Path, bytes: &[u8]) -> io::Result<()> {
    announce(Call::Write, path)?;
    OpenOptions::new().write(true).open(path)?.write_all(bytes)
}

/// Makes a small file that must not be there yet, and is not worth waiting for the disk.
pub(super) fn create_plain(path: &Path, bytes: &[u8]) -> io::Result<()> {
    announce(Call::Create, path)?;
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    announce(Call::Write, path)?;
    file.write_all(bytes)
}

/// A text file with a name of its own between these, for an editor; gone when dropped.
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

/// The folder that a path is in.
pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// How a file of asrun's own is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// Everything that is written goes to its end.
    Append,
    /// It is written anew.
    Rewrite,
    /// The same, and nobody else may read it.
    Private,
}

/// A file of asrun's own that is kept open and written more than once. Links are not followed.
#[derive(Debug)]
pub(super) struct OwnFile {
    file: File,
    path: PathBuf,
}

impl OwnFile {
    /// Opens it, or makes it.
    pub(super) fn open(path: &Path, access: Access) -> io::Result<OwnFile> {
        announce(Call::Open, path)?;
        let mut options = OpenOptions::new();
        options.read(true).create(true);
        match access {
            Access::Append => options.append(true),
            Access::Rewrite | Access::Private => options.write(true).truncate(false),
        };
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            // A pipe is not waited for: what is no file is refused below.
            let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK;
            options.custom_flags(flags.bits() as i32);
            if access == Access::Private {
                options.mode(0o600);
            }
        }
        let file = options.open(path)?;
        if !file.metadata()?.is_file() {
            return Err(io::ErrorKind::NotSeekable.into());
        }
        Ok(OwnFile { file, path: path.to_owned() })
    }

    /// Opens a file or a folder that is there for its lock alone: what is written into it goes nowhere.
    pub(super) fn to_lock(path: &Path) -> io::Result<OwnFile> {
        announce(Call::Open, path)?;
        let mut options = OpenOptions::new();
        options.read(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK;
            options.custom_flags(flags.bits() as i32);
        }
        let file = options.open(path)?;
        let kind = file.metadata()?.file_type();
        if !kind.is_file() && !kind.is_dir() {
            return Err(io::ErrorKind::NotSeekable.into());
        }
        Ok(OwnFile { file, path: path.to_owned() })
    }

    /// Takes its lock, if nobody else has it.
    pub(super) fn try_lock(&self) -> Result<(), TryLockError> {
        announce(Call::Lock, &self.path).map_err(TryLockError::Error)?;
        self.file.try_lock()
    }

    /// Waits for its lock.
    pub(super) fn lock(&self) -> io::Result<()> {
        self.file.lock()
    }

    /// What the system says of it.
    pub(super) fn metadata(&self) -> io::Result<Metadata> {
        self.file.metadata()
    }

    /// Its first bytes, at most so many.
    pub(super) fn read_start(&self, most: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut file = &self.file;
        file.seek(SeekFrom::Start(0))?;
        file.take(most).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Its last byte; none of an empty file.
    pub(super) fn last_byte(&self) -> io::Result<Option<u8>> {
        let size = self.metadata()?.len();
        let Some(last) = size.checked_sub(1) else { return Ok(None) };
        let mut byte = [0];
        let mut file = &self.file;
        file.seek(SeekFrom::Start(last))?;
        file.read_exact(&mut byte)?;
        Ok(Some(byte[0]))
    }

    /// Writes at its end, or where the last write ended.
    pub(super) fn append(&self, bytes: &[u8]) -> io::Result<()> {
        write_announced(&self.file, &self.path, bytes)
    }

    /// Writes it anew. It is shortened last: a program killed in between leaves too much rather than
    /// nothing.
    pub(super) fn rewrite(&self, bytes: &[u8]) -> io::Result<()> {
        (&self.file).seek(SeekFrom::Start(0))?;
        write_announced(&self.file, &self.path, bytes)?;
        self.file.set_len(bytes.len() as u64)
    }
}

/// Writes; a trial may let the disk be full half way.
fn write_announced(mut file: &File, path: &Path, bytes: &[u8]) -> io::Result<()> {
    announce(Call::Write, path).inspect_err(|_| {
        let _ = file.write_all(&bytes[..bytes.len() / 2]);
    })?;
    file.write_all(bytes)
}

/// A file that is to take another's place, under a name of its own in the same folder; gone when
/// dropped.
#[derive(Debug)]
pub(super) struct Replacement {
    temp: Option<NamedTempFile>,
}

/// Who may read a new file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Readers {
    /// Only its owner, until it gets the mode of the file that it replaces.
    Owner,
    /// Whoever the user's umask lets.
    AsUsual,
}

/// What became of an exchange.
#[derive(Debug)]
pub(super) enum Exchanged {
    /// The two files have changed places.
    Done,
    /// The system cannot do that here.
    Unsupported,
}

impl Replacement {
    /// A new file of that name, which must not be there yet.
    pub(super) fn create(folder: &Path, name: &str, readers: Readers) -> io::Result<Replacement> {
        announce(Call::Create, &folder.join(name))?;
        let mut builder = Builder::new();
        builder.prefix(name).rand_bytes(0);
        #[cfg(unix)]
        if readers == Readers::AsUsual {
            use std::os::unix::fs::PermissionsExt;
            builder.permissions(std::fs::Permissions::from_mode(0o666));
        }
        Ok(Replacement { temp: Some(builder.tempfile_in(folder)?) })
    }

    fn file(&self) -> io::Result<&NamedTempFile> {
        self.temp.as_ref().ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    /// Where it is now.
    pub(super) fn path(&self) -> &Path {
        self.temp.as_ref().map_or(Path::new(""), NamedTempFile::path)
    }

    /// Writes all of its bytes and waits until they are on the disk.
    pub(super) fn write_synced(&self, bytes: &[u8]) -> io::Result<()> {
        let temp = self.file()?;
        write_announced(temp.as_file(), temp.path(), bytes)?;
        announce(Call::Sync, temp.path())?;
        temp.as_file().sync_all()
    }

    /// Gives it the owner, as far as we may, and the mode of another file.
    pub(super) fn look_like(&self, other: &Metadata) -> io::Result<()> {
        let temp = self.file()?;
        announce(Call::SetMode, temp.path())?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt;
            let ours = temp.as_file().metadata()?;
            if (ours.uid(), ours.gid()) != (other.uid(), other.gid()) {
                // Only root may; whoever may not keeps the file as their own.
                let (uid, gid) = (Some(other.uid()), Some(other.gid()));
                let _ = std::os::unix::fs::fchown(temp.as_file(), uid, gid);
            }
        }
        temp.as_file().set_permissions(other.permissions())
    }

    /// Changes places with another file in one step, where the system can.
    pub(super) fn exchange(&self, other: &Path) -> io::Result<Exchanged> {
        let here = self.file()?.path();
        #[cfg(target_os = "linux")]
        {
            use rustix::fs::{CWD, RenameFlags, renameat_with};
            use rustix::io::Errno;
            let asked = announce(Call::Exchange, other);
            let exchanged = asked
                .and_then(|()| Ok(renameat_with(CWD, here, CWD, other, RenameFlags::EXCHANGE)?));
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
            let _ = (here, other);
            Ok(Exchanged::Unsupported)
        }
    }

    /// Takes the place of another file, whatever it is now.
    pub(super) fn replace(mut self, other: &Path) -> io::Result<()> {
        announce(Call::Replace, other)?;
        let Some(temp) = self.temp.take() else { return Err(io::ErrorKind::NotFound.into()) };
        temp.persist(other).map(drop).map_err(|e| e.error)
    }

    /// Takes a place where no file is.
    pub(super) fn place_new(mut self, path: &Path) -> io::Result<()> {
        announce(Call::PlaceNew, path)?;
        let Some(temp) = self.temp.take() else { return Err(io::ErrorKind::NotFound.into()) };
        temp.persist_noclobber(path).map(drop).map_err(|e| e.error)
    }

    /// Stays where it is for good; returns where.
    pub(super) fn keep(mut self) -> Option<PathBuf> {
        self.temp.take()?.into_temp_path().keep().ok()
    }
}

impl Drop for Replacement {
    fn drop(&mut self) {
        if let Some(mut temp) = self.temp.take()
            && announce(Call::Remove, temp.path()).is_err()
        {
            temp.disable_cleanup(true);
        }
    }
}

/// A folder that outputs go to, held open: names are looked up in it alone, and no link is followed.
#[derive(Debug)]
pub(super) struct OutputFolder {
    dir: Dir,
    path: PathBuf,
}

/// What stands at a name in a folder.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Standing {
    Nothing,
    File,
    Folder,
    /// A link, and what it holds.
    Link(PathBuf),
    /// A pipe or a device.
    Special,
}

impl OutputFolder {
    /// Opens the folder of that very path, which is taken as it is.
    pub(super) fn open(path: &Path) -> io::Result<OutputFolder> {
        let dir = Dir::open_ambient_dir(path, ambient_authority())?;
        Ok(OutputFolder { dir, path: path.to_owned() })
    }

    /// Returns where it is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Opens a folder in it, which must be no link.
    pub(super) fn below(&self, name: &OsStr) -> io::Result<OutputFolder> {
        let dir = self.dir.open_dir_nofollow(Path::new(name))?;
        Ok(OutputFolder { dir, path: self.path.join(name) })
    }

    /// Returns what stands there.
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

    /// Returns the bytes of a file in it, at most so many.
    pub(super) fn read(&self, name: &OsStr, most: u64) -> io::Result<Vec<u8>> {
        let mut options = DirOptions::new();
        options.read(true).follow(FollowSymlinks::No).nonblock(true);
        let mut bytes = Vec::new();
        self.dir.open_with(Path::new(name), &options)?.take(most).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Makes a folder in it; true if it was not there yet.
    pub(super) fn make(&self, name: &OsStr) -> io::Result<bool> {
        announce(Call::MakeFolder, &self.path.join(name))?;
        match self.dir.create_dir(Path::new(name)) {
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => Ok(false),
            made => made.map(|()| true),
        }
    }

    /// Puts a file there, whole or not at all, by way of another name in the same folder.
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

/// Returns whether nobody but its owner may look into a folder.
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

/// Makes a folder with a name of its own that nobody else may look into, and keeps it if what is then
/// done in it succeeds.
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
