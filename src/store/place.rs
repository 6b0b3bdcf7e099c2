//! Resolves output paths: from a base that is taken as it is, through folders that must not be links, to a name in the
//! last of them.

use std::ffi::{OsStr, OsString};
use std::path::{Component, Path, PathBuf};

use crate::fault::{Doing, StoreFault, Unfit};

use super::disk::{self, OutputFolder, Standing};

/// The largest file that is compared with new content, in bytes.
pub(super) const LIMIT: u64 = 64 * 1024 * 1024;

/// Where a file goes: the last existing folder, and the names below it.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) folder: OutputFolder,
    pub(super) missing: Vec<OsString>,
    pub(super) name: OsString,
    /// The full path, without links.
    pub(super) full: PathBuf,
    /// The names below the base, which must not be links.
    pub(super) below: Vec<OsString>,
    /// Whether it is the system's, such as `/dev/stdout`: then it is written to, whatever it is.
    pub(super) device: bool,
}

/// The bases of output paths.
#[derive(Debug)]
pub(super) struct Bases {
    /// The working folder, with links resolved.
    pub(super) here: PathBuf,
    /// The root of the project, as found and with links resolved.
    pub(super) roots: Vec<PathBuf>,
}

impl Bases {
    /// Returns where a file goes. Its base is taken as it is: the project, the repository around it, the working
    /// folder, or the file's folder; what is named below it must not be a link.
    ///
    /// # Errors
    /// A link or a file is in the way.
    pub(super) fn place(&self, path: &Path) -> Result<Place, StoreFault> {
        let (mut base, mut below) = self.named(path);
        while !base.is_dir() {
            let Some(name) = base.file_name().map(OsStr::to_owned) else { break };
            below.insert(0, name);
            base.pop();
        }
        let failed = |e| StoreFault::io(Doing::Open, path, e);
        let Some((name, folders)) = below.split_last() else {
            return Err(StoreFault::unfit(path, Unfit::Folder));
        };
        let mut folder = OutputFolder::open(&real(&base)).map_err(failed)?;
        let first = base.join(&below[0]);
        // Shared memory contains files, like any folder.
        let device = cfg!(unix) && first.starts_with("/dev") && !first.starts_with("/dev/shm");
        let mut missing = Vec::new();
        for next in folders {
            let here = folder.path().join(next);
            if device || !missing.is_empty() {
                missing.push(next.clone());
                continue;
            }
            match folder.standing(next).map_err(failed)? {
                Standing::Folder => folder = folder.below(next).map_err(failed)?,
                Standing::Nothing => missing.push(next.clone()),
                Standing::Link(to) => return Err(link(&here, &to)),
                Standing::File | Standing::Special => {
                    return Err(StoreFault::unfit(&here, Unfit::FileForFolder));
                }
            }
        }
        let full =
            missing.iter().chain([name]).fold(folder.path().to_owned(), |at, name| at.join(name));
        let name = name.clone();
        Ok(Place { folder, missing, name, full, below, device })
    }

    /// Returns the base of a path, and the names below it.
    fn named(&self, path: &Path) -> (PathBuf, Vec<OsString>) {
        let full = plain(&self.here.join(path));
        let common = || {
            let same = self.here.components().zip(full.components()).take_while(|(a, b)| a == b);
            same.map(|(part, _)| part).collect::<PathBuf>()
        };
        let common = (!path.is_absolute()).then(common);
        let top = repository(&full).map(Path::to_owned);
        let others = [Some(self.here.clone()), common, top].into_iter().flatten();
        let around = self.roots.iter().cloned().chain(others);
        let around = around.filter(|base| full.starts_with(base) && *base != full);
        let base = around.min_by_key(|base| base.components().count());
        let base = base.unwrap_or_else(|| disk::folder_of(&full).to_owned());
        let below = full.strip_prefix(&base).map(|rest| rest.iter().map(OsStr::to_owned).collect());
        (base, below.unwrap_or_default())
    }
}

impl Place {
    /// Returns the content of the file there; `None` if there is none.
    ///
    /// # Errors
    /// It is a link, not a file, or cannot be read.
    pub(super) fn bytes(&self, path: &Path) -> Result<Option<Vec<u8>>, StoreFault> {
        if self.device || !self.missing.is_empty() {
            return Ok(None);
        }
        let failed = |e| StoreFault::io(Doing::Read, path, e);
        match self.folder.standing(&self.name).map_err(failed)? {
            Standing::Nothing => Ok(None),
            Standing::File => self.folder.read(&self.name, LIMIT + 1).map(Some).map_err(failed),
            Standing::Folder => Err(StoreFault::unfit(path, Unfit::Folder)),
            Standing::Special => Err(StoreFault::unfit(path, Unfit::NoFile)),
            Standing::Link(to) => Err(link(path, &to)),
        }
    }
}

fn link(path: &Path, to: &Path) -> StoreFault {
    StoreFault::unfit(path, Unfit::LinkInTheWay { to: plain(&disk::folder_of(path).join(to)) })
}

/// Returns a path with links resolved, if it exists.
pub(super) fn real(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// Returns a path with `.` and `..` resolved lexically.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}

/// Returns the top of the git repository that contains a path, if any.
pub(super) fn repository(path: &Path) -> Option<&Path> {
    path.ancestors().skip(1).find(|folder| folder.join(".git").exists())
}
