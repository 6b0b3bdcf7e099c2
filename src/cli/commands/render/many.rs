//! Documents of many records: one each, at once on every core, or one of all.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use crate::lang::documents_for;
use crate::render::{Audience, Renderer, Template};
use crate::store::{Loaded, Project, RecordName};
use crate::view::{RecordView, record_view};

use super::super::super::context::Context;
use super::super::super::diff::difference;
use super::super::super::errors::{Exit, Failure};
use super::super::super::public::{left_out, look_over};
use super::super::super::workers::at_once;
use super::page;
use super::page::{Page, is_folder, writing};

/// What is to be written, and how.
pub(super) struct Wanted {
    pub(super) template: Template,
    pub(super) renderer: Renderer,
    pub(super) readers: Audience,
    pub(super) publish_anyway: bool,
    pub(super) draft: bool,
    pub(super) check: bool,
    /// Of a document of many: nobody said which, so the releases are meant.
    pub(super) releases_only: bool,
    /// Files written so far, each with its record.
    pub(super) claimed: Mutex<HashMap<PathBuf, String>>,
    /// The folder the command was started in.
    pub(super) folder: PathBuf,
    pub(super) output: Option<PathBuf>,
}

impl Wanted {
    /// Two records must not be written to one file.
    fn claim(&self, path: &Path, id: &str) -> Result<(), Failure> {
        // A poisoned lock still holds the names.
        let mut claimed = self.claimed.lock().unwrap_or_else(|e| e.into_inner());
        match claimed.insert(path.to_owned(), id.to_owned()) {
            Some(other) if other != id => Err(Failure::new(format!(
                "{} would be written from {other} and from {id}; the second was left out",
                path.display()
            ))
            .hint("rename one of the records, or render them into different folders")),
            _ => Ok(()),
        }
    }
}

/// What came of one record.
struct Made {
    /// What is to be said of it.
    notes: Vec<String>,
    /// What is to be printed of it.
    text: Option<String>,
    /// What was written is not what would be written now.
    differs: bool,
}

/// Below this many records, more threads cost more than they gain.
const FEW: usize = 8;

/// A document each.
pub(super) fn each(
    context: &mut Context,
    project: &Project,
    records: &[RecordName],
    wanted: &Wanted,
) -> Result<Exit, Failure> {
    let to_screen = wanted.output.is_none();
    let outcomes = if to_screen || records.len() < FEW {
        records.iter().map(|record| make(project, record, wanted)).collect()
    } else {
        on_every_core(project, records, wanted)
    };
    let few = records.len() < FEW;
    let (mut failed, mut differs) = (None, 0);
    for outcome in outcomes {
        match outcome {
            Ok(made) => {
                differs += usize::from(made.differs);
                made.text.iter().for_each(|text| context.print(text));
                let of_each = |note: &str| {
                    ["wrote ", page::UP_TO_DATE].iter().any(|did| note.starts_with(did))
                };
                let quiet = |note: &&String| few || !of_each(note);
                made.notes.iter().filter(quiet).for_each(|note| context.say(note));
            }
            // One record that cannot be read does not keep the others from being written.
            Err(failure) if records.len() > 1 => {
                context.say(&format!("error: {}", failure.in_one_line()));
                failed = Some(failure);
            }
            Err(failure) => return Err(failure),
        }
    }
    if !few && !wanted.check {
        context.say(&format!("rendered {} records", records.len()));
    }
    Ok(if failed.is_some() || differs > 0 { Exit::Failed } else { Exit::Done })
}

/// On every core, with a bar where somebody looks.
fn on_every_core(
    project: &Project,
    records: &[RecordName],
    wanted: &Wanted,
) -> Vec<Result<Made, Failure>> {
    let bar = indicatif::ProgressBar::new(records.len() as u64);
    let workers = std::thread::available_parallelism().map_or(1, usize::from).min(16);
    let outcomes = at_once(records, workers, |record| {
        let outcome = make(project, record, wanted);
        bar.inc(1);
        Some(outcome)
    });
    bar.finish_and_clear();
    outcomes
}

fn make(project: &Project, record: &RecordName, wanted: &Wanted) -> Result<Made, Failure> {
    let (loaded, mut notes) = load(project, record, wanted)?;
    let page =
        Page::of(project, &wanted.template, &loaded, &wanted.folder, wanted.output.as_deref());
    let text = page.text(project, &wanted.renderer, wanted.draft)?;
    let Some(path) = &page.path else {
        return Ok(Made { notes, text: Some(text), differs: false });
    };
    if wanted.check {
        let differs = difference(&wanted.folder, path, &text);
        let stale = page.stale_assets(&wanted.folder, project);
        let any = differs.is_some() || !stale.is_empty();
        notes.extend(stale);
        return Ok(Made { notes, differs: any, text: differs });
    }
    wanted.claim(path, &loaded.id)?;
    let did = writing(&wanted.folder, path, &text)?;
    if did != page::UP_TO_DATE {
        project.write_document(&wanted.folder.join(path), &text)?;
    }
    notes.extend(page.carry_assets(&wanted.folder, project)?);
    notes.push(format!("{did} {}", path.display()));
    Ok(Made { notes, text: None, differs: false })
}

/// The record as its readers may see it, and what is to be said of that.
fn load(
    project: &Project,
    record: &RecordName,
    wanted: &Wanted,
) -> Result<(Loaded, Vec<String>), Failure> {
    let mut loaded = project.load(record)?;
    let mut notes = Vec::new();
    if wanted.readers == Audience::Public {
        notes.extend(left_out(&mut loaded, &project.settings));
        if !wanted.publish_anyway {
            look_over(&loaded)?;
        }
    }
    Ok((loaded, notes))
}

/// One document of all of them.
pub(super) fn in_one(
    context: &mut Context,
    project: &Project,
    records: &[RecordName],
    wanted: &Wanted,
) -> Result<Exit, Failure> {
    let mut loaded: Vec<Loaded> = Vec::new();
    let mut unreadable = false;
    for record in records {
        match load(project, record, wanted) {
            Ok((record, notes)) => {
                notes.iter().for_each(|note| context.say(note));
                loaded.push(record);
            }
            Err(failure) if records.len() > 1 => {
                context.say(&format!("error: {}", failure.in_one_line()));
                unreadable = true;
            }
            Err(failure) => return Err(failure),
        }
    }
    if wanted.releases_only {
        loaded.retain(|one| one.document.incident.kind.as_deref() == Some("release"));
    }
    newest_first(&mut loaded);
    let tolerance = project.settings.tolerance_seconds();
    let views: Vec<RecordView> = loaded
        .iter()
        .map(|one| record_view(&one.id, &one.document.incident, tolerance, None))
        .collect();
    let language = project.settings.language.as_deref();
    let language = language.or(views.first().map(|view| view.language.as_str()));
    let text = wanted.renderer.history(&views, &documents_for(language).labels)?;
    let mut differs = false;
    let file = wanted.output.as_ref().map(|path| {
        match is_folder(&wanted.folder.join(path), path, wanted.template.header().site) {
            true => path.join(wanted.template.name()),
            false => path.clone(),
        }
    });
    match &file {
        None => context.print(&text),
        Some(path) if wanted.check => {
            let difference = difference(&wanted.folder, path, &text);
            differs = difference.is_some();
            context.print(&difference.unwrap_or_default());
        }
        Some(path) => {
            let did = writing(&wanted.folder, path, &text)?;
            project.write_document(&wanted.folder.join(path), &text)?;
            context.say(&format!("{did} {}", path.display()));
        }
    }
    Ok(if unreadable || differs { Exit::Failed } else { Exit::Done })
}

/// Newest first; those of one day by their ids.
fn newest_first(records: &mut [Loaded]) {
    records.sort_by_cached_key(|record| {
        (std::cmp::Reverse(record.document.incident.day()), record.id.clone())
    });
}
