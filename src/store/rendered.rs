//! A cache of rendered documents, with the state of every file that each was made from and written to. While all of
//! these are unchanged, it need not be rendered again.
//!
//! A document is cached if, after all were written, its sources and outputs still had the same bytes, and each file's
//! last change was long enough ago that another one would have another time. An entry is valid for exactly that version
//! of asrun, template, settings and zone data, and for a project and outputs on one file system. All of it may be
//! deleted.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;

use sha2::{Digest as _, Sha256};

use super::file;
use super::listed::{Line, Lists, hash};
use super::names::RecordName;
use super::project::Project;
use super::remembered::{State, state};
use super::replace;

/// The largest cache that is read, in bytes.
const LIMIT: u64 = 64 * 1024 * 1024;
/// The largest file of a record that is compared, in bytes.
const FILE_LIMIT: u64 = 50 * 1024 * 1024;
/// After this long, another change has another time, on a fine-grained clock.
const SETTLED: Duration = Duration::from_millis(30);
/// How long to wait before the final check of many documents, so that what was just written has settled. A few are
/// rendered again sooner than that.
const PAUSE: Duration = Duration::from_millis(50);
const MANY: usize = 32;
/// The same with file times in steps of one or two seconds.
const SETTLED_COARSE: Duration = Duration::from_secs(4);

/// A hash of the state of several files.
type Marks = u128;

/// A document that need not be rendered.
#[derive(Debug, PartialEq, Eq)]
pub struct UnchangedDocument {
    /// Its path, as the output was named.
    pub path: PathBuf,
    /// Its full path.
    pub(super) full: PathBuf,
    /// How many entries are left out of it.
    pub left_out: usize,
}

/// A file that was written and listed.
#[derive(Debug)]
pub struct OutputFile {
    /// Its path, without links.
    pub(super) full: PathBuf,
    /// The lists that it is in.
    pub(super) lists: Lists,
    /// Its line there.
    pub(super) line: Line,
    /// Whether a folder has only one of its kind per record.
    pub(super) only: bool,
}

/// The sources of a document, before they are read.
#[derive(Debug)]
pub struct Sources(Marks);

/// A document that was rendered.
#[derive(Debug)]
pub struct RenderedDocument {
    /// Its sources.
    pub sources: Sources,
    /// Its path, as the output was named.
    pub path: PathBuf,
    /// The folder that its files are copied to, if they are.
    pub copies: Option<PathBuf>,
    /// The document, and what was copied with it.
    pub files: Vec<OutputFile>,
}

/// A document in the cache.
struct Entry {
    left_out: usize,
    /// Its path relative to the output.
    file: String,
    /// The folder that its files are copied to, or empty.
    copies: String,
    marks: Marks,
}

/// The cached documents of one output.
#[derive(Debug)]
pub struct RenderedBefore<'p> {
    project: &'p Project,
    /// The file of the cache, and what its documents depend on.
    name: String,
    with: String,
    /// The output, as named and in full.
    output: PathBuf,
    full: PathBuf,
    /// The lists of the outputs.
    lists: Lists,
    text: String,
    /// The lines of documents, sorted by record.
    lines: Vec<Range<usize>>,
    /// Records that have files.
    with_files: HashSet<String>,
    fresh: Mutex<BTreeMap<String, (RenderedDocument, usize)>>,
}

impl Project {
    /// Returns the cached documents of an output. `with` is everything they depend on besides the records.
    pub(super) fn rendered_before(
        &self,
        (output, full): (&Path, PathBuf),
        lists: Lists,
        with: &str,
    ) -> RenderedBefore<'_> {
        let name = format!("rendered-{}", &hash(full.as_os_str().as_encoded_bytes())[..12]);
        let mut before = RenderedBefore {
            project: self,
            name,
            with: hash(with.as_bytes()),
            output: output.to_owned(),
            full,
            lists,
            text: String::new(),
            lines: Vec::new(),
            with_files: file::names_in(&self.records_folder().join("assets")).into_iter().collect(),
            fresh: Mutex::default(),
        };
        let bytes = self.own_file(&before.name, LIMIT).ok().flatten().unwrap_or_default();
        let text = String::from_utf8(bytes).unwrap_or_default();
        if let Some(rest) = text.strip_prefix(&format!("{}\n", before.with)) {
            before.lines = lines(rest);
            before.text = rest.to_owned();
        }
        before
    }
}

impl RenderedBefore<'_> {
    /// Returns a record's document, if its sources and outputs are unchanged.
    pub fn of(&self, record: &RecordName) -> Option<UnchangedDocument> {
        let Entry { left_out, file, copies, marks } = entry(self.line_of(record)?)?;
        let (now, _) = self.marks(record, &file, &copies)?;
        let (path, full) = (self.output.join(&file), self.full.join(&file));
        (now == marks).then_some(UnchangedDocument { path, full, left_out })
    }

    fn line_of(&self, record: &RecordName) -> Option<&str> {
        let line = |range: &Range<usize>| self.text.get(range.clone()).unwrap_or_default();
        let id = |range: &Range<usize>| line(range).split('\t').next().unwrap_or_default();
        let at = self.lines.binary_search_by(|range| id(range).cmp(&record.id)).ok()?;
        Some(line(&self.lines[at]))
    }

    /// Returns the sources of that record's document; `None` if they cannot be determined.
    pub fn sources(&self, record: &RecordName) -> Option<Sources> {
        let mut seen = Seen::default();
        let read = |path: &Path| Some(file::read_own(path, FILE_LIMIT).ok()?.bytes);
        seen.add(state(&record.path)?);
        seen.hash.update(read(&record.path)?);
        if self.with_files.contains(&record.id) {
            let folder = self.project.assets_folder(&record.id);
            for path in seen.folder(&folder)? {
                seen.hash.update(hash(&read(&path)?));
            }
        }
        Some(Sources(seen.marks()))
    }

    /// Keeps in memory that a document was rendered, until all are.
    pub fn rendered(&self, record: &RecordName, document: RenderedDocument, left_out: usize) {
        // A poisoned lock still contains the documents.
        let mut fresh = self.fresh.lock().unwrap_or_else(|e| e.into_inner());
        fresh.insert(record.id.clone(), (document, left_out));
    }

    /// Caches what was rendered. If it fails, it is rendered again the next time.
    pub fn remember(&self, records: &[RecordName]) {
        let fresh = std::mem::take(&mut *self.fresh.lock().unwrap_or_else(|e| e.into_inner()));
        if fresh.is_empty() {
            return;
        }
        let Ok(folder) = self.project.own_folder() else { return };
        let list = folder.join(&self.name);
        if fresh.len() >= MANY {
            std::thread::sleep(PAUSE);
        }
        // An empty list is invalid, and its time is the file system's.
        let Some(now) = replace::overwrite(&list, b"").ok().and_then(|()| state(&list)) else {
            return;
        };
        let mut text = format!("{}\n", self.with);
        for record in records {
            let line = match fresh.get(&record.id) {
                Some((document, left_out)) => self.line(record, (document, *left_out), &now),
                None => self.line_of(record).map(|line| format!("{line}\n")),
            };
            text.extend(line);
        }
        let _ = replace::overwrite(&list, text.as_bytes());
    }

    /// Returns the line of a rendered document, if all of it has settled.
    fn line(
        &self,
        record: &RecordName,
        (document, left_out): (&RenderedDocument, usize),
        now: &State,
    ) -> Option<String> {
        let RenderedDocument { sources, path, copies, files } = document;
        let [first, ..] = files.as_slice() else { return None };
        let file = path.strip_prefix(&self.output).ok()?.to_str()?;
        let copies = copies.as_ref().map_or(Some(""), |copies| copies.to_str())?;
        let listed = self.lists.of(Some(&record.id));
        let stands = |file: &OutputFile| {
            let there = file::read_own(&file.full, FILE_LIMIT);
            let is_it = there.is_ok_and(|there| hash(&there.bytes) == file.line.hash);
            is_it && file.lists == self.lists && listed.contains(&file.line)
        };
        let Line { path: own, kind, .. } = &first.line;
        let alone = |line: &Line| !first.only || line.path == *own || line.kind != *kind;
        let sound = first.full == self.full.join(file)
            && files.iter().all(stands)
            && listed.iter().all(alone)
            && self.sources(record)?.0 == sources.0;
        let (marks, states) = self.marks(record, file, copies)?;
        let plain = !format!("{}{file}{copies}", record.id).contains(['\t', '\n']);
        let settled = states.iter().all(|state| state.is_settled(now));
        let line = || format!("{}\t{left_out}\t{file}\t{copies}\t{marks:032x}\n", record.id);
        (sound && plain && settled).then(line)
    }

    /// Returns a hash that changes with the record, its files, the document, its copies, or its lines in the list.
    fn marks(&self, record: &RecordName, file: &str, copies: &str) -> Option<(Marks, Vec<State>)> {
        let mut seen = Seen::default();
        seen.add(state(&record.path)?);
        seen.add(state(&self.full.join(file))?);
        seen.add(state(&self.lists.folder.join(&record.id))?);
        if self.with_files.contains(&record.id) {
            seen.folder(&self.project.assets_folder(&record.id))?;
            let copies = Some(Path::new(copies)).filter(|_| !copies.is_empty());
            if let Some(copies) = copies.filter(|copies| std::fs::symlink_metadata(copies).is_ok())
            {
                seen.folder(copies)?;
            }
        }
        Some((seen.marks(), seen.states))
    }
}

/// Files that were hashed.
#[derive(Default)]
struct Seen {
    hash: Sha256,
    states: Vec<State>,
}

impl Seen {
    fn add(&mut self, state: State) {
        state.marks().for_each(|mark| self.hash.update(mark.to_le_bytes()));
        self.states.push(state);
    }

    /// Adds every file of a folder, by name; `None` if it contains anything else.
    fn folder(&mut self, folder: &Path) -> Option<Vec<PathBuf>> {
        let names = file::names_in(folder).into_iter();
        let mut files = Vec::new();
        for path in names.map(|name| folder.join(name)) {
            self.hash.update(path.as_os_str().as_encoded_bytes());
            self.hash.update([0]);
            self.add(state(&path)?);
            files.push(path);
        }
        Some(files)
    }

    fn marks(&self) -> Marks {
        let digest = self.hash.clone().finalize();
        digest.iter().take(16).fold(0, |marks, byte| (marks << 8) | Marks::from(*byte))
    }
}

impl State {
    /// Returns whether a change after that moment, by the same file system's clock, would have another time.
    fn is_settled(&self, now: &State) -> bool {
        let coarse = self.changed().subsec_nanos() == 0;
        let settled = if coarse { SETTLED_COARSE } else { SETTLED };
        self.disk() == now.disk() && self.changed() + settled <= now.changed()
    }
}

fn lines(text: &str) -> Vec<Range<usize>> {
    let ends = memchr::memchr_iter(b'\n', text.as_bytes());
    ends.scan(0, |begin, end| Some(std::mem::replace(begin, end + 1)..end)).collect()
}

fn entry(line: &str) -> Option<Entry> {
    let mut parts = line.split('\t').skip(1);
    let mut next = || parts.next();
    let (left_out, file, copies, marks) = (next()?, next()?, next()?, next()?);
    let marks = Marks::from_str_radix(marks, 16).ok()?;
    let (file, copies) = (file.to_owned(), copies.to_owned());
    Some(Entry { left_out: left_out.parse().ok()?, file, copies, marks })
}
