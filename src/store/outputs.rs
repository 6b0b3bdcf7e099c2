//! Files for people: documents, pictures beside them, charts. A single writer, which follows no link below the place
//! that was named, and replaces nothing that asrun did not write.
//!
//! Each file is planned first: where it goes, what is there, whether it may be replaced. Only when all files that
//! belong together may be written is the first one touched; if one of them then fails, the new ones are removed.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use crate::fault::{Doing, StoreFault, Text, Unfit};

use super::disk::{self, OutputFolder, Standing};
use super::file;
use super::listed::{LISTS, Line, Listed, Lists, OUTSIDE, hash, key};
use super::place::{Bases, LIMIT, Place, real, repository};
use super::project::{OWN, Project, SETTINGS_FILE};
use super::remembered::state;
use super::rendered::{OutputFile, RenderedBefore, UnchangedDocument};
use super::replace::temp_name;

/// The kind of a file, and its record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// The record's id, if it belongs to one.
    pub record: Option<String>,
    /// Its kind, such as the template's name; empty if it is not listed, as it changes with every version of asrun.
    pub kind: String,
    /// Whether a folder has only one of this kind per record: one with another name is an older one.
    pub only: bool,
}

/// How a file may be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// It is entirely asrun's: files that asrun did not write are not replaced.
    Whole,
    /// The same, but nobody named it: it comes beside a document, and another record's file is not replaced either.
    Beside,
    /// It is the user's, who asked for a partial change.
    Part,
    /// It is a new file among the user's own, which must not exist yet.
    New,
}

/// What was at the path of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Was {
    /// Nothing, or an empty file.
    New,
    /// The same content.
    Same,
    /// A file that asrun wrote.
    Ours,
    /// Another file, which the user allowed to be replaced.
    Other,
}

/// What is about to happen to a file, reported beforehand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Replacing {
    /// A file that asrun wrote is replaced.
    Ours(PathBuf),
    /// A file that somebody else wrote is replaced.
    Other(PathBuf),
    /// An older document of the same record is removed.
    Older(PathBuf),
}

/// A file that may be written; nothing is touched yet.
#[derive(Debug)]
pub struct Planned {
    /// The path as it was named.
    pub path: PathBuf,
    /// What is there.
    pub was: Was,
    place: Place,
    bytes: Vec<u8>,
    /// The hash of what is there.
    there: Option<String>,
    claim: Claim,
    origin: Origin,
    older: Vec<Older>,
}

impl Planned {
    /// Returns its size in bytes.
    pub fn size(&self) -> usize {
        self.bytes.len()
    }
}

/// An older document of the same record.
#[derive(Debug)]
struct Older {
    full: PathBuf,
    hash: String,
    shown: PathBuf,
}

/// Changes to be made to a list.
#[derive(Debug, Default)]
struct Noted {
    written: Vec<Line>,
    gone: Vec<String>,
}

/// The writer of files for people.
#[derive(Debug)]
pub struct Outputs<'p> {
    project: Option<&'p Project>,
    bases: Bases,
    /// Whether files that asrun did not write are replaced, too.
    force: bool,
    dry_run: bool,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    noted: BTreeMap<(Lists, Option<String>), Noted>,
    written: HashSet<PathBuf>,
    older: Vec<Older>,
    /// Lists that were read completely.
    listed: HashMap<PathBuf, Arc<Listed>>,
    /// Files beside documents that were planned, each with its record and the hash of its content.
    beside: HashMap<PathBuf, (Option<String>, String)>,
}

impl<'p> Outputs<'p> {
    /// Returns a writer for paths relative to that folder.
    pub fn new(project: Option<&'p Project>, here: &Path, force: bool) -> Outputs<'p> {
        let dry_run = project.is_some_and(|project| project.dry_run);
        let roots = project.map(|project| vec![real(&project.root), project.root.clone()]);
        let bases = Bases { here: real(here), roots: roots.unwrap_or_default() };
        Outputs { project, bases, force, dry_run, state: Mutex::default() }
    }

    /// Returns the content at a path; `None` if nothing is there.
    ///
    /// # Errors
    /// A link is in the way, it is not a file, or it cannot be read.
    pub fn there(&self, path: &Path) -> Result<Option<Vec<u8>>, StoreFault> {
        self.bases.place(path)?.bytes(path)
    }

    /// Returns the text of a document to be changed in part.
    ///
    /// # Errors
    /// The same, or it is one of the project's own files, missing, or not text.
    pub fn text(&self, path: &Path) -> Result<String, StoreFault> {
        let place = self.bases.place(path)?;
        self.guard(&place, path, Claim::Part)?;
        let bytes = place.bytes(path)?.ok_or_else(|| {
            StoreFault::io(Doing::Read, path, std::io::ErrorKind::NotFound.into())
        })?;
        if bytes.len() as u64 > LIMIT {
            let why = Unfit::TooLarge { bytes: bytes.len() as u64, limit: LIMIT };
            return Err(StoreFault::unfit(path, why));
        }
        String::from_utf8(bytes)
            .map_err(|_| StoreFault::unfit(path, Unfit::NotUtf8(Text::Document)))
    }

    /// Plans a file. Nothing is touched.
    ///
    /// # Errors
    /// A link is in the way, or what is there must not be replaced.
    pub fn plan(
        &self,
        path: &Path,
        bytes: Vec<u8>,
        origin: &Origin,
        claim: Claim,
    ) -> Result<Planned, StoreFault> {
        let place = self.bases.place(path)?;
        self.guard(&place, path, claim)?;
        if claim == Claim::Beside {
            self.refuse_planned(&place.full, path, &hash(&bytes), origin)?;
        }
        let there = place.bytes(path)?;
        let was = self.was(&place, path, there.as_deref(), &bytes, (origin, claim))?;
        let older = if origin.only { self.older(&place.full, path, origin) } else { Vec::new() };
        for old in &older {
            let changed = self.is_changed(old);
            if changed && !self.force {
                let why = Unfit::OlderDocument { now: path.to_owned() };
                return Err(StoreFault::unfit(&old.shown, why));
            }
        }
        let there = there.map(|there| hash(&there));
        let (path, origin) = (path.to_owned(), origin.clone());
        Ok(Planned { path, was, place, bytes, there, claim, origin, older })
    }

    /// Returns what is there, if it may be replaced.
    fn was(
        &self,
        place: &Place,
        path: &Path,
        there: Option<&[u8]>,
        bytes: &[u8],
        (origin, claim): (&Origin, Claim),
    ) -> Result<Was, StoreFault> {
        let there = match there {
            None => return Ok(Was::New),
            Some(_) if claim == Claim::New => {
                return Err(StoreFault::Exists { path: path.to_owned() });
            }
            Some([]) => return Ok(Was::New),
            Some(there) if there == bytes => return Ok(Was::Same),
            Some(there) => hash(there),
        };
        let hashes = self.shelf(&place.full).map(|(lists, key)| {
            let own = lists.of(origin.record.as_deref()).into_iter();
            let own: Vec<String> = own.filter(|l| l.path == key).map(|line| line.hash).collect();
            if own.contains(&there) && claim != Claim::Beside {
                return (own, None);
            }
            let all = self.listed(&lists);
            (all.of(&key), self.another(&all, &key, &there, origin))
        });
        let (hashes, another) = hashes.unwrap_or_default();
        match (claim, another) {
            (Claim::Beside, Some(other)) => Err(of_another(path, Some(other), origin)),
            _ if hashes.contains(&there) => Ok(Was::Ours),
            (Claim::Whole | Claim::Beside, _) if !self.force => {
                Err(StoreFault::unfit(path, Unfit::NotOurs { changed: !hashes.is_empty() }))
            }
            _ => Ok(Was::Other),
        }
    }

    /// Refuses a file that has other content for another record in this run.
    fn refuse_planned(
        &self,
        full: &Path,
        path: &Path,
        hash: &str,
        origin: &Origin,
    ) -> Result<(), StoreFault> {
        let mut state = self.state.lock().unwrap_or_else(|e| e.into_inner());
        let new = (origin.record.clone(), hash.to_owned());
        let first = state.beside.entry(full.to_owned()).or_insert_with(|| new.clone());
        match first.0 == new.0 || first.1 == new.1 {
            true => Ok(()),
            false => Err(of_another(path, first.0.clone(), origin)),
        }
    }

    /// Returns another record, of those that exist, whose file is there.
    fn another(&self, listed: &Listed, key: &str, there: &str, origin: &Origin) -> Option<String> {
        let is_there = |other: &&str| self.project.is_some_and(|it| it.exact(other).is_some());
        let others = listed.records_with(key, there);
        let mut others = others.filter(|other| Some(*other) != origin.record.as_deref());
        others.find(is_there).map(str::to_owned)
    }

    /// Returns everything listed there, read once.
    fn listed(&self, lists: &Lists) -> Arc<Listed> {
        let mut state = self.state.lock().unwrap_or_else(|e| e.into_inner());
        let listed = state.listed.entry(lists.folder.clone());
        Arc::clone(listed.or_insert_with(|| Arc::new(lists.all())))
    }

    /// Returns older documents of the same record and kind in the same folder.
    fn older(&self, full: &Path, path: &Path, origin: &Origin) -> Vec<Older> {
        let Some((lists, key)) = self.shelf(full) else { return Vec::new() };
        let folder = |key: &str| key.rsplit_once('/').map(|(folder, _)| folder.to_owned());
        let lines = lists.of(origin.record.as_deref()).into_iter();
        let older = lines.filter(|line| {
            line.kind == origin.kind && line.path != key && folder(&line.path) == folder(&key)
        });
        let older = older.map(|line| {
            let name = line.path.rsplit('/').next().unwrap_or_default().to_owned();
            let (full, shown) = (full.with_file_name(&name), path.with_file_name(&name));
            Older { full, hash: line.hash, shown }
        });
        older.filter(|old| std::fs::symlink_metadata(&old.full).is_ok()).collect()
    }

    /// Returns older documents of the same record beside that one, as they are named.
    pub fn older_than(&self, path: &Path, origin: &Origin) -> Vec<PathBuf> {
        let Ok(place) = self.bases.place(path) else { return Vec::new() };
        self.older(&place.full, path, origin).into_iter().map(|old| old.shown).collect()
    }

    fn is_changed(&self, old: &Older) -> bool {
        let bytes = file::read_own(&old.full, LIMIT).map(|contents| contents.bytes);
        bytes.is_ok_and(|bytes| hash(&bytes) != old.hash)
    }

    /// Returns the cached documents of a folder. `with` is everything they depend on besides the records and the
    /// file of `program`. `None` if nothing can be cached.
    pub fn rendered_before(
        &self,
        folder: &Path,
        program: &Path,
        with: &str,
    ) -> Option<RenderedBefore<'p>> {
        let project = self.project.filter(|_| !self.dry_run)?;
        let full = self.bases.place(&folder.join("x")).ok()?.full.parent()?.to_owned();
        let (lists, _) = self.shelf(&full.join("x"))?;
        let marks: Vec<u64> = state(&real(program))?.marks().collect();
        Some(project.rendered_before((folder, full), lists, &format!("{marks:?} {with}")))
    }

    /// Marks a document as still current.
    pub fn keep(&self, document: &UnchangedDocument) {
        // A poisoned lock still holds the names.
        let mut state = self.state.lock().unwrap_or_else(|e| e.into_inner());
        state.written.insert(document.full.clone());
    }

    /// Writes files that belong together, and returns the listed ones; `telling` is called before each replacement.
    ///
    /// # Errors
    /// The system refuses, or somebody changed a file meanwhile; new files are removed again.
    pub fn write(
        &self,
        planned: Vec<Planned>,
        telling: &dyn Fn(&Replacing),
    ) -> Result<Vec<OutputFile>, StoreFault> {
        let mut made = Made::default();
        // A picture that is shown twice is planned twice.
        let mut seen = HashSet::new();
        for one in planned.iter().filter(|one| seen.insert(&one.place.full)) {
            match (one.claim, one.was) {
                (Claim::Whole | Claim::Beside, Was::Ours) => {
                    telling(&Replacing::Ours(one.path.clone()))
                }
                (Claim::Whole | Claim::Beside, Was::Other) => {
                    telling(&Replacing::Other(one.path.clone()))
                }
                _ => {}
            }
            if one.was != Was::Same && !self.dry_run {
                one.write(&mut made).inspect_err(|_| made.take_back())?;
            }
        }
        let mut state = self.state.lock().unwrap_or_else(|e| e.into_inner());
        let mut files = Vec::new();
        for one in planned {
            state.written.insert(one.place.full.clone());
            if let Some((lists, key)) = self.shelf(&one.place.full).filter(|_| one.is_listed()) {
                let line = Line { path: key, hash: hash(&one.bytes), kind: one.origin.kind };
                let (full, only) = (one.place.full, one.origin.only);
                files.push(OutputFile { full, lists: lists.clone(), line: line.clone(), only });
                state.noted.entry((lists, one.origin.record)).or_default().written.push(line);
            }
            state.older.extend(one.older);
        }
        Ok(files)
    }

    /// Removes older documents superseded by those written, and updates the lists.
    ///
    /// # Errors
    /// A list cannot be written: what it lacks needs `--force` the next time.
    pub fn finish(&self, telling: &dyn Fn(&Replacing)) -> Result<(), StoreFault> {
        let state = std::mem::take(&mut *self.state.lock().unwrap_or_else(|e| e.into_inner()));
        let State { mut noted, written, older, .. } = state;
        for old in older.iter().filter(|old| !written.contains(&old.full)) {
            telling(&Replacing::Older(old.shown.clone()));
            if self.dry_run {
                continue;
            }
            let folder = OutputFolder::open(disk::folder_of(&old.full));
            let name = old.full.file_name().unwrap_or_default();
            let gone = folder.and_then(|folder| folder.remove(name));
            gone.map_err(|e| StoreFault::io(Doing::Write, &old.shown, e))?;
            if let Some((lists, key)) = self.shelf(&old.full) {
                let of = noted.iter_mut().filter(|((of, _), _)| *of == lists);
                of.for_each(|(_, noted)| noted.gone.push(key.clone()));
            }
        }
        if self.dry_run {
            return Ok(());
        }
        for ((lists, record), noted) in &noted {
            // The list for this machine alone is in asrun's own folder, which git ignores.
            if let Some(project) = self.project.filter(|_| lists.folder.ends_with(OUTSIDE)) {
                project.own_folder()?;
            }
            lists.note(record.as_deref(), &noted.written, &noted.gone)?;
        }
        Ok(())
    }

    /// Returns the lists that a file belongs to, and its name in them: those of the project, of the repository around
    /// the file, or of this machine alone.
    fn shelf(&self, full: &Path) -> Option<(Lists, String)> {
        let lists = |top: &Path| Lists { folder: top.join(LISTS) };
        if let Some(root) = self.bases.roots.iter().find(|root| full.starts_with(root)) {
            return Some((lists(root), key(root, full)?));
        }
        if let Some(top) = repository(full) {
            return Some((lists(top), key(top, full)?));
        }
        let top = full.ancestors().last()?;
        let folder = self.project?.root.join(OWN).join(OUTSIDE);
        Some((Lists { folder }, key(top, full)?))
    }

    /// Refuses to replace one of the project's own files, whether or not it exists.
    fn guard(&self, place: &Place, path: &Path, claim: Claim) -> Result<(), StoreFault> {
        let own = |name: &OsStr| {
            let name = name.to_string_lossy().to_lowercase();
            [".git", OWN, LISTS].contains(&name.as_str())
        };
        let mut refused = place.below.iter().any(|name| own(name));
        if let Some(project) = self.project {
            let folder = place.full.parent().unwrap_or(Path::new(""));
            let lower = |name: &OsStr| name.to_string_lossy().to_lowercase();
            let is_yaml = place.full.extension().is_some_and(|ending| lower(ending) == "yaml");
            let record = is_yaml && folder == real(&project.records_folder());
            let root = real(&project.root);
            let settings = folder == root && lower(&place.name) == SETTINGS_FILE;
            let template = folder == real(&project.templates_folder()) && claim != Claim::New;
            refused = refused || record || settings || template;
        }
        if refused { Err(StoreFault::unfit(path, Unfit::OwnFile)) } else { Ok(()) }
    }
}

/// Returns the fault that a file is another record's.
fn of_another(path: &Path, other: Option<String>, origin: &Origin) -> StoreFault {
    let (other, of) = (other.unwrap_or_default(), origin.record.clone().unwrap_or_default());
    StoreFault::unfit(path, Unfit::OfAnotherRecord { other, of })
}

impl Planned {
    /// Whether it is listed: a document that is the user's is not.
    fn is_listed(&self) -> bool {
        match self.claim {
            Claim::Whole | Claim::Beside => !self.place.device && !self.origin.kind.is_empty(),
            Claim::Part => self.was == Was::Ours,
            Claim::New => false,
        }
    }

    fn write(&self, made: &mut Made) -> Result<(), StoreFault> {
        let Place { folder, missing, name, full, device, .. } = &self.place;
        if *device {
            let written = disk::write_into(full, &self.bytes);
            return written.map_err(|e| StoreFault::io(Doing::Write, &self.path, e));
        }
        let failed = |e| StoreFault::io(Doing::MakeFolder, disk::folder_of(full), e);
        let mut folders: Vec<OutputFolder> = Vec::new();
        for next in missing {
            let above = folders.last().unwrap_or(folder);
            if above.make(next).map_err(failed)? {
                made.folders.push(above.path().join(next));
            }
            let below = above.below(next).map_err(failed)?;
            folders.push(below);
        }
        let folder = folders.last().unwrap_or(folder);
        let there = match folder.standing(name) {
            Ok(Standing::Nothing) => None,
            Ok(Standing::File) => folder.read(name, LIMIT + 1).ok().map(|bytes| hash(&bytes)),
            _ => Some(String::new()),
        };
        if there != self.there {
            return Err(StoreFault::unfit(&self.path, Unfit::ChangedMeanwhile));
        }
        let put = folder.put(name, &temp_name(full), &self.bytes);
        put.map_err(|e| StoreFault::io(Doing::Write, &self.path, e))?;
        if there.is_none() {
            made.files.push(full.clone());
        }
        Ok(())
    }
}

/// What was created so far.
#[derive(Default)]
struct Made {
    files: Vec<PathBuf>,
    folders: Vec<PathBuf>,
}

impl Made {
    /// Removes it again: a command that failed leaves nothing new.
    fn take_back(&self) {
        let parts = |path: &Path| {
            let folder = OutputFolder::open(disk::folder_of(path)).ok()?;
            Some((folder, path.file_name()?.to_owned()))
        };
        for (folder, name) in self.files.iter().filter_map(|path| parts(path)) {
            let _ = folder.remove(&name);
        }
        for (folder, name) in self.folders.iter().rev().filter_map(|path| parts(path)) {
            let _ = folder.remove_folder(&name);
        }
    }
}

impl Project {
    /// Returns a hash that distinguishes this project from the user's others.
    pub fn short_hash(&self) -> String {
        hash(real(&self.root).as_os_str().as_encoded_bytes())[..8].to_owned()
    }

    /// Returns the files that asrun wrote of a record for people and that still exist, without those that another record
    /// has too, by the lists of this project: its own, that of the repository around it, and that of this machine alone.
    pub fn outputs_of(&self, record: &str) -> Vec<PathBuf> {
        let inside = self.root.join(SETTINGS_FILE);
        let lists = |top: &Path| (top.to_owned(), Lists { folder: top.join(LISTS) });
        let around = repository(&inside).filter(|top| *top != self.root).map(lists);
        let elsewhere = inside
            .ancestors()
            .last()
            .map(|top| (top.to_owned(), Lists { folder: self.root.join(OWN).join(OUTSIDE) }));
        let all = [Some(lists(&self.root)), around, elsewhere].into_iter().flatten();
        let paths = all.flat_map(|(top, lists)| {
            let all = lists.all();
            let lines = lists.of(Some(record)).into_iter();
            let own = lines.filter(|line| {
                let mut others = all.records_of(&line.path).filter(|other| *other != record);
                !others.any(|other| self.exact(other).is_some())
            });
            own.map(|line| top.join(line.path)).collect::<Vec<_>>()
        });
        paths.filter(|path| std::fs::symlink_metadata(path).is_ok()).collect()
    }

    /// Returns whether there is a folder at that path; `None` if there is nothing.
    pub fn output_is_folder(&self, path: &Path) -> Option<bool> {
        std::fs::metadata(path).ok().map(|there| there.is_dir())
    }

    /// Returns the names in an output folder, sorted; empty if there is none.
    pub fn output_names(&self, folder: &Path) -> Vec<String> {
        file::names_in(folder)
    }
}

/// Writes a page that only its user may read, and returns its path: in the user's own session folder, where one page is
/// overwritten each time, else in a new folder.
///
/// # Errors
/// The system refuses.
pub fn write_private(
    session: Option<&Path>,
    temporary: &Path,
    name: &str,
    bytes: &[u8],
) -> Result<PathBuf, StoreFault> {
    let write = |folder: &Path, page: &Path| write_below(folder, page, bytes);
    if let Some(session) = session.filter(|folder| disk::is_private(folder)) {
        return write(session, &Path::new("asrun").join(name));
    }
    let failed = |e| StoreFault::io(Doing::MakeFolder, temporary, e);
    let made = disk::in_private_folder(temporary, "asrun-preview-", |folder| {
        write(folder, Path::new(name))
    });
    made.map_err(failed)?
}

/// Overwrites a page at the path from [`write_private`].
///
/// # Errors
/// The system refuses.
pub fn rewrite_private(page: &Path, bytes: &[u8]) -> Result<(), StoreFault> {
    let (folder, name) = (disk::folder_of(page), page.file_name().unwrap_or_default());
    write_below(folder, Path::new(name), bytes).map(|_| ())
}

fn write_below(folder: &Path, page: &Path, bytes: &[u8]) -> Result<PathBuf, StoreFault> {
    let outputs = Outputs::new(None, folder, true);
    let planned = outputs.plan(page, bytes.to_vec(), &Origin::default(), Claim::Whole)?;
    outputs.write(vec![planned], &|_| {})?;
    Ok(folder.join(page))
}
