//! Checking records: what cannot be read, what breaks a rule, and what is missing.

use std::path::{Path, PathBuf};

use crate::check::{Case, Finding, RULES, findings};
use crate::fault::{Fault, FileFinding, StoreFault};
use crate::format::Document;
use crate::lang::{told_entry, told_item};
use crate::store::{Listing, Project, RECORDS, RecordName};

use super::workspace::Workspace;

/// Records to be checked.
#[derive(Debug, Default)]
pub struct CheckRequest {
    /// Which, as they were named; every record and the folder if none is.
    pub records: Vec<String>,
    /// Rules that are not asked, beside those of the settings.
    pub ignored: Vec<String>,
}

/// What a check found.
#[derive(Debug)]
pub struct Checked {
    /// How many records were checked.
    pub records: usize,
    /// Files of which something is to be said.
    pub files: Vec<CheckedFile>,
    /// Copies of records that other programs left.
    pub copies: Vec<PathBuf>,
}

/// What was found in one file.
#[derive(Debug)]
pub struct CheckedFile {
    /// Its path, from the project's folder on.
    pub path: String,
    /// What it holds.
    pub content: FileContent,
    /// What is to be said of the whole file.
    pub about: Vec<FileFinding>,
}

/// What a file holds.
#[derive(Debug)]
pub enum FileContent {
    /// A record, and what in it breaks a rule.
    Record(Box<Document>, Vec<Finding>),
    /// No record, or none that can be read.
    Unreadable(StoreFault),
    /// Nothing that was looked at.
    Unread,
}

/// Checks records. Nothing is changed.
///
/// # Errors
/// A rule or a record is unknown, or the folder cannot be read.
pub fn check(workspace: &Workspace, request: &CheckRequest) -> Result<Checked, Fault> {
    let project = &workspace.project;
    let ignored = ignored(project, request)?;
    let Listing { records: all, copies, misnamed } = project.list()?;
    let records = match request.records.as_slice() {
        [] => all,
        wanted => wanted.iter().map(|id| project.select(id)).collect::<Result<_, _>>()?,
    };
    let files = records.iter().map(|record| check_record(workspace, record, &ignored));
    let mut files: Vec<CheckedFile> = files.filter(CheckedFile::has_findings).collect();
    if request.records.is_empty() {
        let without_text = |path: String, about| CheckedFile {
            path,
            content: FileContent::Unread,
            about: vec![about],
        };
        let misnamed = misnamed.iter().map(|path| (shown(path), FileFinding::Misnamed));
        files.extend(misnamed.map(|(path, about)| without_text(path, about)));
        files.extend(project.gone()?.into_iter().map(|(record, entries)| {
            let path = format!("{RECORDS}/{record}.yaml");
            without_text(path.clone(), FileFinding::LostRecord { path, record, entries })
        }));
    }
    Ok(Checked { records: records.len(), files, copies })
}

impl CheckedFile {
    fn has_findings(&self) -> bool {
        let fine = matches!(&self.content, FileContent::Record(_, found) if found.is_empty());
        !fine || !self.about.is_empty()
    }
}

/// Returns what the project and the request have decided to live with.
fn ignored(project: &Project, request: &CheckRequest) -> Result<Vec<String>, Fault> {
    let known: Vec<&'static str> = RULES.iter().map(|rule| rule.id.name()).collect();
    let ignored = [project.settings.ignore.clone(), request.ignored.clone()].concat();
    match ignored.iter().find(|rule| !known.contains(&rule.as_str())) {
        None => Ok(ignored),
        Some(rule) => {
            let in_settings = !request.ignored.contains(rule);
            Err(Fault::Rule { typed: rule.clone(), in_settings, known })
        }
    }
}

fn check_record(workspace: &Workspace, record: &RecordName, ignored: &[String]) -> CheckedFile {
    let project = &workspace.project;
    let path = shown(&record.path);
    let document = match project.load(record) {
        Ok(loaded) => loaded.document,
        Err(fault) => {
            let content = FileContent::Unreadable(fault);
            return CheckedFile { path, content, about: Vec::new() };
        }
    };
    let files = project.asset_names(&record.id);
    let found =
        findings(&Case::new(&document, workspace.now, &files, &project.settings.scale()), ignored);
    let mut about = entries_beside(project, record, &document);
    if document.text().contains('\r') && !document.text().contains('\n') {
        about.push(FileFinding::LineEnds { path: path.clone() });
    }
    CheckedFile { path, content: FileContent::Record(Box::new(document), found), about }
}

/// Entries that asrun wrote and that are not in the record.
fn entries_beside(project: &Project, record: &RecordName, document: &Document) -> Vec<FileFinding> {
    let journal = match project.journal(record) {
        Ok(journal) => journal,
        Err(fault) => return vec![FileFinding::Journal(Box::new(fault))],
    };
    let id = || record.id.clone();
    let missing = journal.missing(document);
    let missing = missing.into_iter().map(|lost| told_item(&lost.list, &lost.item));
    let lost = missing.map(|entry| FileFinding::LostEntry { entry, record: id() });
    let kept = journal.kept().into_iter().flat_map(|entry| &entry.effects);
    let waiting = kept.filter_map(|effect| effect.after.as_ref()).map(told_entry);
    let waiting = waiting.map(|entry| FileFinding::WaitingEntry { entry, record: id() });
    lost.chain(waiting).collect()
}

/// Returns a record's path from the project's folder on.
fn shown(path: &Path) -> String {
    format!("{RECORDS}/{}", path.file_name().unwrap_or_default().to_string_lossy())
}
