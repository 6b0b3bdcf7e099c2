//! Removes texts for good from records, their journals and all other files of asrun, so that nothing can restore them.
//! Files that asrun does not change are reported.

use std::cell::RefCell;
use std::collections::HashSet;
use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::check::secret_values;
use crate::fault::{Fault, ForgetFault, StoreFault};
use crate::format::{Needed, Removal, Removed, Spelled, read};
use crate::publish::{Content, read_file, secrets_in};
use crate::store::{LockWait, Project, RecordName, Written};

use super::workspace::Workspace;

/// What is to be removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ForgetRequest {
    /// This text, wherever it occurs.
    Text(String),
    /// Everything that looks like a secret.
    Secrets,
}

/// What was removed, and what remains.
pub struct Forgotten {
    /// Files from which it was removed.
    pub taken: Vec<TakenFrom>,
    /// Files that still contain it.
    pub stays: Vec<Stays>,
    /// Whether a text contains it.
    pub(super) is_in: Box<dyn Fn(&str) -> bool>,
}

/// A file from which something was removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenFrom {
    /// Its path, relative to the project's folder.
    pub path: String,
    /// The number of places.
    pub places: usize,
}

/// A file that still contains it.
#[derive(Debug)]
pub struct Stays {
    /// Its path, relative to the project's folder.
    pub path: String,
    /// Why.
    pub why: StaysWhy,
}

/// Why a file still contains what was to be removed.
#[derive(Debug)]
pub enum StaysWhy {
    /// asrun does not change such files: attachments, documents, templates.
    NotOurs,
    /// It is in the file's name.
    Name,
    /// Somebody is typing it at the moment.
    Typed,
    /// The record could not be read without it.
    Needed,
    /// The file could not be read or written.
    Fault(Box<StoreFault>),
}

/// The shortest text, in letters.
pub(super) const LEAST: usize = 3;
/// The shortest secret that is also searched for outside the place where it was found, in letters.
const LEAST_APART: usize = 6;

/// What is searched for.
struct Search {
    words: Vec<Word>,
    /// Everything that looks like a secret, except for the accepted ones.
    secrets: Option<HashSet<String>>,
}

struct Word {
    value: String,
    spelled: Spelled,
    /// Whether it is found within words.
    inside: bool,
    /// Whether it is found where it does not look like a secret.
    everywhere: bool,
}

impl Search {
    fn text(text: &str) -> Search {
        let (value, spelled) = (text.to_owned(), Spelled::new(text));
        let word = Word { value, spelled, inside: true, everywhere: true };
        Search { words: vec![word], secrets: None }
    }

    /// Searches for secrets, except for the accepted ones.
    fn secrets(found: HashSet<String>, spared: HashSet<String>) -> Search {
        let words = found.into_iter().filter(|value| !spared.contains(value)).map(|value| {
            // A word that may also mean something else is only removed where it is a secret.
            let apart = value.chars().count() >= LEAST_APART
                && value.chars().any(char::is_alphabetic)
                && value.chars().any(|c| !c.is_alphabetic());
            Word { spelled: Spelled::new(&value), value, inside: false, everywhere: apart }
        });
        Search { words: words.collect(), secrets: Some(spared) }
    }

    /// Whether a record could not be read without it.
    fn is_needed(&self, project: &Project, record: &RecordName) -> bool {
        let text = project.written(record).ok().and_then(|written| written.record);
        text.is_some_and(|text| self.removal(|it| it.of_record(&text) == Err(Needed)))
    }

    /// Leaves out the secrets without which this record could not be read; returns whether there are any.
    fn leaves_needed(&mut self, project: &Project, record: &RecordName) -> bool {
        let Some(spared) = &self.secrets else { return false };
        let of = |value: &String| [value.clone()].into_iter().collect();
        let others = |value: &String| {
            let others = self.words.iter().map(|word| &word.value).filter(|other| *other != value);
            others.chain(spared).cloned().collect()
        };
        let values = self.words.iter().map(|word| word.value.clone());
        let needed: HashSet<String> = values
            .filter(|value| Search::secrets(of(value), others(value)).is_needed(project, record))
            .collect();
        self.words.retain(|word| !needed.contains(&word.value));
        self.secrets.iter_mut().for_each(|spared| spared.extend(needed.iter().cloned()));
        !needed.is_empty()
    }

    fn places(&self, text: &str, pieces: bool) -> Vec<Range<usize>> {
        let words = self.words.iter().filter(|word| word.everywhere || pieces);
        let mut places: Vec<Range<usize>> = words.flat_map(|word| word.places(text)).collect();
        if let Some(spared) = &self.secrets {
            let said = values(text).into_iter();
            places.extend(said.filter(|place| !spared.contains(&text[place.clone()])));
        }
        places.sort_by_key(|place| (place.start, place.end));
        places
    }

    fn is_in(&self, text: &str) -> bool {
        !self.places(text, false).is_empty()
    }

    fn removal<T>(&self, use_it: impl FnOnce(&Removal) -> T) -> T {
        let of_texts = |text: &str| self.places(text, false);
        let of_pieces = |text: &str| self.places(text, true);
        use_it(&Removal { of_texts: &of_texts, of_pieces: &of_pieces })
    }
}

impl Word {
    fn places(&self, text: &str) -> Vec<Range<usize>> {
        let mut places = self.spelled.places(text);
        if !self.inside {
            let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            places.retain(|place| {
                !is_letter(text[..place.start].chars().next_back())
                    && !is_letter(text[place.end..].chars().next())
            });
        }
        places
    }
}

/// Returns the ranges of secrets in a text, without their names.
fn values(text: &str) -> Vec<Range<usize>> {
    let said = |hit: crate::publish::Hit| if hit.hidden.is_empty() { hit.span } else { hit.hidden };
    secrets_in(text).into_iter().map(said).collect()
}

impl Forgotten {
    /// Whether a file contains it, such as one that git has.
    pub fn is_in_bytes(&self, bytes: &[u8]) -> bool {
        (self.is_in)(&legible(bytes))
    }
}

/// Removes texts for good. `refused` are texts outside the project that were refused. In a dry run nothing is written.
///
/// # Errors
/// The text is too short, or the records cannot be listed. Faults of single files are part of the result.
pub fn take_out(
    workspace: &Workspace,
    request: &ForgetRequest,
    refused: &[PathBuf],
    wait: &LockWait<'_>,
) -> Result<Forgotten, Fault> {
    let project = &workspace.project;
    let records = records(workspace)?;
    let own: Vec<PathBuf> = project.own_texts().into_iter().chain(refused.to_vec()).collect();
    let sought = match request {
        ForgetRequest::Text(text) if text.trim().chars().count() < LEAST => {
            return Err(ForgetFault::TooShort { least: LEAST }.into());
        }
        ForgetRequest::Text(text) => Search::text(text),
        ForgetRequest::Secrets => secrets(workspace, &records, &own),
    };
    let mut forgotten = Taking { taken: Vec::new(), stays: Vec::new(), sought };
    forgotten.leave_needed(project, &records)?;
    for record in &records {
        forgotten.of_record(workspace, record, wait);
    }
    for path in &own {
        forgotten.of_own(workspace, path);
    }
    let others = project.other_files();
    for path in records.iter().map(|record| &record.path).chain(&others) {
        let told = project.told_path(path);
        if forgotten.sought.is_in(&told) && project.bytes_of(path).is_some() {
            forgotten.stays.push(Stays { path: told, why: StaysWhy::Name });
        }
    }
    for path in others {
        let why = || why_it_stays(project, &path, |text| forgotten.sought.is_in(text));
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        // Temporary files that a killed process left beside a record disappear with the next save.
        if name.starts_with(".asrun-") && !project.dry_run && why().is_some() {
            records.iter().for_each(|record| drop(project.sweep(record, wait)));
        }
        if let Some(why) = why() {
            let path = project.told_path(&path);
            forgotten.stays.push(Stays { path, why });
        }
    }
    let Taking { taken, stays, sought } = forgotten;
    Ok(Forgotten { taken, stays, is_in: Box::new(move |text| sought.is_in(text)) })
}

/// Returns why a file that asrun does not change still contains it, or may; `None` if it does not.
pub(super) fn why_it_stays(
    project: &Project,
    path: &Path,
    is_in: impl Fn(&str) -> bool,
) -> Option<StaysWhy> {
    match project.bytes_of(path) {
        Some(bytes) => is_in(&legible(&bytes)).then_some(StaysWhy::NotOurs),
        None => Some(StaysWhy::Fault(Box::new(project.unsearched(path)?))),
    }
}

/// Removes it from another file of asrun. `removed_from` returns a text after removal, and gets whether it is a
/// journal; `is_in` says whether a file that is not text contains it. Returns `None` if the file does not contain it.
pub(super) fn take_out_of_own(
    project: &Project,
    path: &Path,
    removed_from: impl Fn(&str, bool) -> Option<Removed>,
    is_in: impl Fn(&str) -> bool,
) -> Option<Result<TakenFrom, Stays>> {
    let told = project.told_path(path);
    let Some(bytes) = project.bytes_of(path) else {
        let why = StaysWhy::Fault(Box::new(project.unsearched(path)?));
        return Some(Err(Stays { path: told, why }));
    };
    let Ok(text) = std::str::from_utf8(&bytes) else {
        let has_it = is_in(&legible(&bytes));
        return has_it.then_some(Err(Stays { path: told, why: StaysWhy::NotOurs }));
    };
    let removed = removed_from(text, told.contains(".journal"))?;
    Some(rewrite_own(project, path, &removed))
}

/// Replaces the text of a file of asrun, unless somebody is typing in it.
fn rewrite_own(project: &Project, path: &Path, removed: &Removed) -> Result<TakenFrom, Stays> {
    let told = project.told_path(path);
    if project.is_held(path) {
        return Err(Stays { path: told, why: StaysWhy::Typed });
    }
    match project.rewrite_own(path, &removed.text) {
        Ok(()) => Ok(TakenFrom { path: told, places: removed.places }),
        Err(fault) => Err(Stays { path: told, why: StaysWhy::Fault(Box::new(fault)) }),
    }
}

/// Returns the readable text in a file.
fn legible(bytes: &[u8]) -> String {
    match read_file(bytes) {
        Content::Text(text) | Content::Picture(text) | Content::Unread(text) => text,
    }
}

/// Returns every record, including deleted ones that have a journal.
pub(super) fn records(workspace: &Workspace) -> Result<Vec<RecordName>, Fault> {
    let project = &workspace.project;
    let mut records = project.list()?.records;
    let known: HashSet<String> =
        records.iter().map(|record| project.journal_name(record)).collect();
    for id in project.journalled().into_iter().filter(|id| !known.contains(id)) {
        let path = project.records_folder().join(format!("{id}.yaml"));
        records.push(RecordName { id, path });
    }
    Ok(records)
}

/// Returns the secrets in records and in files of asrun.
fn secrets(workspace: &Workspace, records: &[RecordName], own: &[PathBuf]) -> Search {
    let project = &workspace.project;
    let (mut found, mut spared) = (HashSet::new(), HashSet::new());
    let heard = RefCell::new(Vec::new());
    let hear = |text: &str| -> Vec<Range<usize>> {
        heard.borrow_mut().extend(values(text).into_iter().map(|place| text[place].to_owned()));
        Vec::new()
    };
    let hearing = Removal { of_texts: &hear, of_pieces: &hear };
    for record in records {
        let Ok(Written { record, journal }) = project.written(record) else { continue };
        match record.as_deref().map(|text| (text, read(text))) {
            Some((_, Ok(document))) => {
                let values = secret_values(&document);
                found.extend(values.found);
                spared.extend(values.spared);
            }
            Some((text, Err(_))) => drop(hear(text)),
            None => {}
        }
        journal.iter().for_each(|journal| drop(hearing.of_journal(journal)));
    }
    for path in own {
        project.bytes_of(path).iter().for_each(|bytes| drop(hear(&legible(bytes))));
    }
    found.extend(heard.into_inner());
    Search::secrets(found, spared)
}

/// A removal in progress.
struct Taking {
    taken: Vec<TakenFrom>,
    stays: Vec<Stays>,
    sought: Search,
}

impl Taking {
    /// Leaves those of several secrets without which a record could not be read.
    fn leave_needed(&mut self, project: &Project, records: &[RecordName]) -> Result<(), Fault> {
        for record in records {
            if !self.sought.is_needed(project, record) {
                continue;
            }
            let path = project.told_path(&record.path);
            let is_left = self.sought.leaves_needed(project, record);
            if !is_left || self.sought.is_needed(project, record) {
                return Err(ForgetFault::Needed { path }.into());
            }
            self.stays.push(Stays { path, why: StaysWhy::Needed });
        }
        Ok(())
    }

    /// Removes it from a record and its journal.
    fn of_record(&mut self, workspace: &Workspace, record: &RecordName, wait: &LockWait<'_>) {
        let project = &workspace.project;
        let path = project.told_path(&record.path);
        let journal = format!(".asrun/{}.journal", project.journal_name(record));
        let made = |written: &Written| {
            self.sought.removal(|removal| {
                let text = written.record.as_deref().map(|text| removal.of_record(text));
                let journal = written.journal.as_deref().and_then(|text| removal.of_journal(text));
                (text, journal)
            })
        };
        let mut taken = Vec::new();
        let written = project.written(record);
        let concerned = written.as_ref().is_ok_and(|written| {
            let (text, journal) = made(written);
            journal.is_some() || text.is_some_and(|text| text != Ok(None))
        });
        let done = match written {
            Err(fault) => Err(fault),
            Ok(_) if !concerned => Ok(()),
            Ok(_) => project.rewrite(record, wait, |written| -> Result<Written, StoreFault> {
                taken.clear();
                let (text, kept) = made(written);
                // If it was just written as part of a time, it stays there and is found again.
                let text = text.and_then(|text| text.ok().flatten());
                let mut note = |path: &str, places| {
                    taken.push(TakenFrom { path: path.to_owned(), places });
                };
                text.iter().for_each(|text| note(&path, text.places));
                kept.iter().for_each(|kept| note(&journal, kept.places));
                Ok(Written { record: text.map(|it| it.text), journal: kept.map(|it| it.text) })
            }),
        };
        match done {
            Ok(()) => self.taken.extend(taken),
            Err(fault) => {
                self.stays.push(Stays { path, why: StaysWhy::Fault(Box::new(fault)) });
            }
        }
    }

    /// Removes it from another file of asrun.
    fn of_own(&mut self, workspace: &Workspace, path: &Path) {
        let sought = &self.sought;
        let find = |text: &str| sought.places(text, true);
        let removal = Removal { of_texts: &find, of_pieces: &find };
        let removed = |text: &str, is_journal: bool| match is_journal {
            true => removal.of_journal(text),
            false => removal.of_record(text).ok().flatten().or_else(|| removal.of_text(text)),
        };
        match take_out_of_own(&workspace.project, path, removed, |text| sought.is_in(text)) {
            None => {}
            Some(Ok(taken)) => self.taken.push(taken),
            Some(Err(stays)) => self.stays.push(stays),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::hash::{Hash as _, Hasher as _};

    use super::super::delete_merge::delete_record;
    use super::super::trial::Trial;
    use super::*;

    const RECORD: &str = "title: Checkout\ntimezone: UTC\nevents: []\n";

    /// Erases `horse`, and returns the files that it stays in, each with the reason.
    fn stays(trial: &Trial) -> Vec<(String, StaysWhy)> {
        let request = ForgetRequest::Text("horse".to_owned());
        let target = &trial.target;
        let forgotten = take_out(&target.workspace, &request, &[], &target.wait).unwrap();
        forgotten.stays.into_iter().map(|stays| (stays.path, stays.why)).collect()
    }

    #[test]
    fn the_name_of_a_record_stays_and_that_of_a_deleted_one_is_gone() {
        let trial = Trial::of(RECORD);
        let project = &trial.target.workspace.project;
        for (id, name) in [("the-horse", true), ("old-horse", false)] {
            let record = project.create_record(id, RECORD).unwrap();
            if !name {
                delete_record(&trial.target.beside(&record)).unwrap();
            }
            let stays = stays(&trial);
            let told = |(path, why): &&(String, StaysWhy)| {
                *path == format!("incidents/{id}.yaml") && matches!(why, StaysWhy::Name)
            };
            assert_eq!(stays.iter().find(told).is_some(), name, "{id}: {stays:?}");
        }
    }

    #[test]
    fn a_secret_that_is_part_of_a_time_stays_and_keeps_no_other() {
        let text = "title: t\ntimezone: UTC\nevents:\n  - at: 2024-09-07T18:10+00:00\n    text: \"password: 2024-09-07T18:10\"\nsummary: \"password: hunter2x\"\n";
        let trial = Trial::of(text);
        let target = &trial.target;
        let secrets = ForgetRequest::Secrets;
        let forgotten = take_out(&target.workspace, &secrets, &[], &target.wait).unwrap();
        assert_eq!(trial.text(), text.replace("hunter2x", "(removed)"));
        assert!(matches!(forgotten.stays.as_slice(), [Stays { why: StaysWhy::Needed, .. }]));
        let request = ForgetRequest::Text("2024-09-07T18:10".to_owned());
        let refused = take_out(&target.workspace, &request, &[], &target.wait).err();
        assert!(matches!(refused, Some(Fault::Forget(ForgetFault::Needed { .. }))));
    }

    #[test]
    fn what_a_killed_save_left_goes_and_a_file_that_somebody_types_in_stays() {
        let trial = Trial::of(RECORD);
        let records = trial.target.workspace.project.records_folder();
        let own = records.with_file_name(".asrun");
        std::fs::create_dir_all(&own).unwrap();
        let mut hasher = std::hash::DefaultHasher::new();
        trial.target.record.path.file_name().hash(&mut hasher);
        let name = format!(".asrun-{:016x}-1.tmp", hasher.finish());
        std::fs::write(own.join("demo.lock"), &name).unwrap();
        std::fs::write(records.join(&name), "the horse").unwrap();
        assert!(stays(&trial).is_empty());
        assert!(!records.join(&name).exists());
        let typed = own.join("demo.live.txt");
        std::fs::write(&typed, "the horse").unwrap();
        let held = std::fs::File::open(&typed).unwrap();
        held.lock().unwrap();
        let stays = stays(&trial);
        assert!(matches!(stays.as_slice(), [(_, StaysWhy::Typed)]), "{stays:?}");
        assert_eq!(std::fs::read_to_string(&typed).unwrap(), "the horse");
    }
}
