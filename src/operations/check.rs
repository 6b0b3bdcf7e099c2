//! Checks records: faults, broken rules, and missing entries.

use std::path::PathBuf;

use crate::check::{Case, Finding, RULES, findings, lives_with_secrets};
use crate::fault::{Fault, FileFinding, HeldIn, RuleId, StoreFault};
use crate::format::{Document, Reverted};
use crate::lang::{told_entry, told_item};
use crate::model::{DaysOff, Incident};
use crate::publish::{Content, read_file, secrets_in};
use crate::query::{Cause, KnownCauses, causes};
use crate::store::{DAYS_OFF_FILE, Listing, Project, RecordName};

use super::elsewhere::{AskGit, Fate, held_elsewhere};
use super::losses::{Lacking, LossFinder, Stray, reverted_finding, told_reverted};
use super::seen::every_cause;
use super::twice::{Marks, twins};
use super::workers::{at_once, workers};
use super::workspace::Workspace;

/// Records to be checked.
#[derive(Debug, Default)]
pub struct CheckRequest {
    /// Their names; if empty, every record and the folder.
    pub records: Vec<String>,
    /// Rules to be skipped, in addition to those in the settings.
    pub ignored: Vec<String>,
}

/// What a check found.
#[derive(Debug)]
pub struct Checked {
    /// How many records were checked.
    pub records: usize,
    /// Files with findings.
    pub files: Vec<CheckedFile>,
    /// Copies of records that other programs left behind.
    pub copies: Vec<PathBuf>,
}

/// The findings in one file.
#[derive(Debug)]
pub struct CheckedFile {
    /// Its path, relative to the project's folder.
    pub path: String,
    /// Its content.
    pub content: FileContent,
    /// Findings about the file as a whole.
    pub about: Vec<FileFinding>,
}

/// The content of a checked file.
#[derive(Debug)]
pub enum FileContent {
    /// A record with the findings of rules.
    Record(Box<Document>, Vec<Finding>),
    /// A file that is not a record, or cannot be read.
    Unreadable(StoreFault),
    /// A file that was not read.
    Unread,
}

/// Checks records without changing anything.
///
/// # Errors
/// A rule or a record is unknown, or the folder cannot be read.
pub fn check(workspace: &Workspace, request: &CheckRequest, git: AskGit) -> Result<Checked, Fault> {
    let project = &workspace.project;
    let ignored = ignored(project, request)?;
    let days_off = project.days_off()?;
    let Listing { records: all, copies, misnamed } = project.list()?;
    let records = match request.records.as_slice() {
        [] => all,
        wanted => wanted.iter().map(|id| project.select(id)).collect::<Result<_, _>>()?,
    };
    let reader = project.reader();
    let finder = LossFinder::new(project, git).for_all(&records);
    let one = |record: &RecordName| {
        Some(match reader.document(record) {
            Ok(document) => {
                let causes = Causes::of(&record.id, &document.incident, request);
                let marks = Marks::of(&document.incident);
                let rules = (ignored.as_slice(), &days_off);
                let file = check_record(workspace, (record, document), rules, &finder);
                ReadRecord { file: Some(file), causes, marks }
            }
            Err(fault) => {
                let path = project.told_path(&record.path);
                let content = FileContent::Unreadable(fault);
                let file = Some(CheckedFile { path, content, about: Vec::new() });
                ReadRecord { file, causes: Causes::default(), marks: Marks::default() }
            }
        })
        // Only files with findings are kept.
        .map(|mut read| {
            read.file = read.file.filter(|file| read.causes.asks || file.has_findings());
            read
        })
    };
    let mut checked = at_once(&records, workers(records.len()), one);
    tell_seen(project, request, &mut checked)?;
    let marks: Vec<Marks> =
        checked.iter_mut().map(|read| std::mem::take(&mut read.marks)).collect();
    let files = checked.into_iter().filter_map(|read| read.file);
    let mut files: Vec<CheckedFile> = files.filter(CheckedFile::has_findings).collect();
    if request.records.is_empty() {
        let without_text = |path: String, about| CheckedFile {
            path,
            content: FileContent::Unread,
            about: vec![about],
        };
        let misnamed = misnamed.iter().map(|path| (project.told_path(path), FileFinding::Misnamed));
        files.extend(misnamed.map(|(path, about)| without_text(path, about)));
        for (line, text) in &days_off.unread {
            let about = FileFinding::NoDayOff { line: *line, text: text.clone() };
            files.push(without_text(DAYS_OFF_FILE.to_owned(), about));
        }
        for twin in twins(&marks) {
            let (record, other) = (&records[twin.record], &records[twin.other]);
            if let Some(about) = twin_finding((record, other), twin.shared, &finder)? {
                files.push(without_text(project.told_path(&record.path), about));
            }
        }
        files.extend(gone_records(project, &finder, &records, git)?);
    }
    Ok(Checked { records: records.len(), files, copies })
}

/// A record that was read.
struct ReadRecord {
    /// Its findings.
    file: Option<CheckedFile>,
    causes: Causes,
    marks: Marks,
}

/// The causes in a record.
#[derive(Default)]
struct Causes {
    causes: Vec<Cause>,
    /// Whether earlier records are searched for them.
    asks: bool,
}

impl Causes {
    /// Returns the causes of a record. Earlier records are searched for those of named records; in a check of all
    /// records only for those of open ones, since others were reported while they were open.
    fn of(id: &str, incident: &Incident, request: &CheckRequest) -> Causes {
        let causes = causes(id, incident);
        let asks = !causes.is_empty() && (!request.records.is_empty() || incident.is_going_on());
        Causes { causes, asks }
    }
}

/// The most records, latest first, for whose causes a check searches earlier records: the work is proportional to the
/// number of all records.
const MOST_ASKED: usize = 8;

/// Reports causes that earlier records have. A check of all records has read these already; otherwise they are read
/// now.
fn tell_seen(
    project: &Project,
    request: &CheckRequest,
    checked: &mut [ReadRecord],
) -> Result<(), Fault> {
    let asking = checked.iter().enumerate().rev().filter(|(_, read)| read.causes.asks);
    let asking: Vec<usize> = asking.map(|(place, _)| place).take(MOST_ASKED).collect();
    if asking.is_empty() {
        return Ok(());
    }
    let known = match request.records.is_empty() {
        true => checked.iter().flat_map(|read| read.causes.causes.iter().cloned()).collect(),
        false => every_cause(project)?,
    };
    let known = KnownCauses::of(known);
    for place in asking {
        let ReadRecord { file, causes, .. } = &mut checked[place];
        if let Some(file) = file {
            file.about.extend(causes.causes.iter().flat_map(|cause| seen(&known, cause)));
        }
    }
    Ok(())
}

/// Returns the most similar cause in an earlier record, or in another one of the same day, and all others whose records have
/// open actions.
fn seen(known: &KnownCauses, cause: &Cause) -> Vec<FileFinding> {
    let later = |other: &Cause| other.day.zip(cause.day).is_some_and(|(other, own)| other > own);
    let counts = |other: &Cause| {
        other.id != cause.id && other.is_failed_step == cause.is_failed_step && !later(other)
    };
    let like = known.like(&cause.text, counts).into_iter().enumerate();
    let told = like.filter(|(at, earlier)| *at == 0 || !earlier.open.is_empty());
    let finding = |(_, earlier): (usize, &Cause)| FileFinding::SeenBefore {
        cause: cause.text.clone(),
        earlier: earlier.id.clone(),
        text: earlier.text.clone(),
        open: earlier.open.clone(),
    };
    told.map(finding).collect()
}

impl CheckedFile {
    fn has_findings(&self) -> bool {
        let fine = matches!(&self.content, FileContent::Record(_, found) if found.is_empty());
        !fine || !self.about.is_empty()
    }
}

/// Returns the names of all rules.
pub fn rule_names() -> Vec<&'static str> {
    RULES.iter().map(|rule| rule.id.name()).collect()
}

/// Returns the rules that the project and the request skip.
fn ignored(project: &Project, request: &CheckRequest) -> Result<Vec<String>, Fault> {
    let known = rule_names();
    let ignored = [project.settings.ignore.clone(), request.ignored.clone()].concat();
    match ignored.iter().find(|rule| !known.contains(&rule.as_str())) {
        None => Ok(ignored),
        Some(rule) => {
            let in_settings = !request.ignored.contains(rule);
            Err(Fault::Rule { typed: rule.clone(), in_settings, known })
        }
    }
}

/// Returns the finding for two records with the same events; `None` if one of them is told to be there again.
fn twin_finding(
    (record, other): (&RecordName, &RecordName),
    shared: usize,
    finder: &LossFinder,
) -> Result<Option<FileFinding>, StoreFault> {
    if finder.back(record)?.is_some() || finder.back(other)?.is_some() {
        return Ok(None);
    }
    let (record, other) = (record.id.clone(), other.id.clone());
    Ok(Some(FileFinding::Twin { record, other, shared }))
}

/// Returns the findings for records that asrun has written and that no longer exist.
fn gone_records(
    project: &Project,
    finder: &LossFinder,
    there: &[RecordName],
    git: AskGit,
) -> Result<Vec<CheckedFile>, Fault> {
    let told = finder.strays()?.iter().filter_map(|stray| {
        let (path, content) = (project.file_of(&stray.record.id), FileContent::Unread);
        let about = vec![gone(project, stray, there, git)?];
        Some(CheckedFile { path, content, about })
    });
    Ok(told.collect())
}

/// Returns the finding for a record that asrun has written and that no longer exists; `None` if it went to another one,
/// which is told to lack something.
fn gone(
    project: &Project,
    Stray { record: RecordName { id, path: file }, journal, heirs }: &Stray,
    there: &[RecordName],
    git: AskGit,
) -> Option<FileFinding> {
    let (path, record) = (project.file_of(id), id.clone());
    let (items, waiting) = (journal.acknowledged_items(None), journal.kept().len());
    if let Some(other) = project.holder(journal, there) {
        let held = HeldIn::Record(other.id.clone());
        return Some(FileFinding::HeldRecord { path, held });
    }
    let among: Vec<String> = heirs.iter().map(|heir| heir.id.clone()).collect();
    match among.len() {
        0 => {}
        1 => return None,
        _ => return Some(FileFinding::LostRecord { path, record, entries: items.len(), among }),
    }
    let held = held_elsewhere(&items, file, git);
    let found: Vec<&HeldIn> = held.iter().flatten().collect();
    let entries = items.len() - found.len() + waiting;
    Some(match found.first() {
        Some(held) if entries == 0 => FileFinding::HeldRecord { path, held: (*held).clone() },
        _ => FileFinding::LostRecord { path, record, entries, among },
    })
}

fn check_record(
    workspace: &Workspace,
    (record, document): (&RecordName, Document),
    (ignored, days_off): (&[String], &DaysOff),
    finder: &LossFinder,
) -> CheckedFile {
    let project = &workspace.project;
    let path = project.told_path(&record.path);
    let files = project.asset_names(&record.id).unwrap_or_default();
    let settings = &project.settings;
    let (scale, roles) = (settings.scale(), &settings.roles);
    let roles: Vec<(&str, &str)> =
        roles.iter().map(|(name, role)| (name.as_str(), role.as_str())).collect();
    let case = Case::new(&document, workspace.now, &files, &scale).with_roles(&roles);
    let case = case.with_days_off(days_off);
    let found = findings(&case, ignored);
    let mut about = entries_beside(record, &document, finder);
    let is_lost = |finding: &FileFinding| matches!(finding, FileFinding::LostEntry { .. });
    match finder.back(record) {
        // What it lacks comes back first: a record that lacks something is not merged.
        Ok(_) if about.iter().any(is_lost) => {}
        Ok(back) => about.extend(back),
        Err(fault) => about.push(FileFinding::Journal(Box::new(fault))),
    }
    if !ignored.iter().any(|rule| rule == RuleId::Secret.name()) && !lives_with_secrets(&document) {
        about.extend(secrets_in_files(project, record, &files));
    }
    if document.text().contains('\r') && !document.text().contains('\n') {
        about.push(FileFinding::LineEnds { path: path.clone() });
    }
    CheckedFile { path, content: FileContent::Record(Box::new(document), found), about }
}

/// Extensions of files with compressed or graphical content, which contain no readable text.
const NO_TEXT: [&str; 14] = [
    "png", "jpg", "jpeg", "gif", "webp", "avif", "heic", "mp4", "mov", "webm", "zip", "gz", "zst",
    "pdf",
];

/// Returns secrets in text files beside the record, the first of each file.
fn secrets_in_files(project: &Project, record: &RecordName, files: &[String]) -> Vec<FileFinding> {
    let is_text = |name: &&String| {
        let ending = name.rsplit('.').next().unwrap_or_default().to_lowercase();
        !NO_TEXT.contains(&ending.as_str())
    };
    let found = files.iter().filter(is_text).filter_map(|file| {
        let Content::Text(text) = read_file(&project.asset(&record.id, file).ok()??) else {
            return None;
        };
        let excerpt = secrets_in(&text).first()?.excerpt(&text);
        Some(FileFinding::SecretInFile { file: file.clone(), excerpt })
    });
    found.collect()
}

/// Returns entries that asrun wrote and that the record lacks.
fn entries_beside(
    record: &RecordName,
    document: &Document,
    finder: &LossFinder,
) -> Vec<FileFinding> {
    let id = || record.id.clone();
    let Lacking { journal, gone, reverted, by_old_copy, old } = match finder.of(record, document) {
        Ok(lacking) => lacking,
        Err(fault) => return vec![FileFinding::Journal(Box::new(fault))],
    };
    let lost = gone.into_iter().filter_map(|gone| {
        let entry = told_item(&gone.missing.list, &gone.missing.item);
        match (gone.fate, gone.held) {
            (Fate::Lost, _) => Some(FileFinding::LostEntry { entry, record: id() }),
            (Fate::Elsewhere | Fate::LeftOut, Some(held)) => {
                Some(FileFinding::HeldEntry { entry, record: id(), held })
            }
            _ => None,
        }
    });
    let is_opened = |it: &&Reverted| it.keys().contains(&"audience") && !by_old_copy.contains(it);
    let opened: Vec<FileFinding> = reverted
        .iter()
        .filter(is_opened)
        .map(|it| FileFinding::OpenedByCommit { entry: told_reverted(it), record: id() })
        .collect();
    let reverted = by_old_copy.into_iter().map(|reverted| reverted_finding(&reverted, id()));
    let kept = journal.kept().into_iter().flat_map(|entry| &entry.effects);
    let waiting = kept.filter_map(|effect| effect.after.as_ref()).map(told_entry);
    let waiting = waiting.map(|entry| FileFinding::WaitingEntry { entry, record: id() });
    let old = old.map(|old| old.finding(id()));
    old.into_iter().chain(lost).chain(reverted).chain(opened).chain(waiting).collect()
}
