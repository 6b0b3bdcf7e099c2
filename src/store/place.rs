//! Where a file for people goes: from a place that is taken as it is, through folders that must be no
//! links, to a name in the last of them.

use std::ffi::{OsStr, OsString};
use std::path::{Component, Path, PathBuf};

use crate::fault::{Doing, StoreFault, Unfit};

use super::disk::{self, OutputFolder, Standing};

/// The largest file that is compared with what is to be written.
pub(super) const LIMIT: u64 = 64 * 1024 * 1024;

/// Where a file goes: the last folder that is there, and names from it on.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) folder: OutputFolder,
    pub(super) missing: Vec<OsString>,
    pub(super) name: OsString,
    /// All of it, without a link.
    pub(super) full: PathBuf,
    /// The names that are no longer taken as they are.
    pub(super) below: Vec<OsString>,
    /// It is the system's, such as `/dev/stdout`: it is written into, whatever it is.
    pub(super) device: bool,
}

/// What paths of outputs are named from.
#[derive(Debug)]
pub(super) struct Bases {
    /// The folder of the command, without a link.
    pub(super) here: PathBuf,
    /// The root of the project, as it was found and without a link.
    pub(super) roots: Vec<PathBuf>,
}

impl Bases {
    /// Returns where a file goes. What it is named from is taken as it is: the project, the repository
    /// around it, the working folder, or the folder that it is in; what is named below that must be no
    /// link.
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
        // Memory that is shared holds files as any folder does.
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

    /// Returns the folder that a path is named from, and the names from there.
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
    /// Returns what the file there holds; nothing where none is.
    ///
    /// # Errors
    /// It is a link or no file, or cannot be read.
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

/// Returns the path that links lead to, as far as it is there.
pub(super) fn real(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// Returns a path without `.` and `..`, which are taken as they are spelt.
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

/// Returns the top of the git repository around a path, if there is one.
pub(super) fn repository(path: &Path) -> Option<&Path> {
    path.ancestors().skip(1).find(|folder| folder.join(".git").exists())
}
