//! Writing what an import has planned.

use crate::fault::{Fault, ImportFault, StoreFault};
use crate::format::apply_all;
use crate::format::{
    Document, NEW, NewItem, imported_item, insert_items, insert_lines, item_text, places_among,
    record_text, section_item,
};
use crate::import::{DraftRecord, EntryFate, ReadAs};
use crate::model::{Imported, Incident};
use crate::store::{Command, Edit, LockWait, Noted, RecordName};
use crate::yaml::{Change, Value};

use super::super::secrets::{refuse_added, secrets_added};
use super::super::workspace::{Target, Workspace};
use super::known::{ACTIONS, EVENTS, IMPORT, Known, PLAN, item_of, list_of, source_of};
use super::plan::{ImportPlan, RecordPlace};

/// A record that was written.
#[derive(Debug)]
pub struct ImportedRecord {
    /// The record.
    pub record: RecordName,
    /// What became of each entry.
    pub fates: Vec<EntryFate>,
    /// Whether anything was written.
    pub written: bool,
    /// Whether the journal has it, so that it can be taken back.
    pub noted: Result<(), StoreFault>,
    /// Secrets that it has since, as they may be shown.
    pub secrets: Vec<String>,
}

impl ImportedRecord {
    /// Returns where those entries of the document stand that somebody edited in the record, too.
    pub fn conflicts(&self, read: &DraftRecord) -> Vec<String> {
        let entries = read.read.iter().zip(&self.fates);
        let apart = entries.filter(|(_, fate)| **fate == EntryFate::Conflict);
        let source = |(read_as, _): (&ReadAs, _)| source_of(&read.incident, read_as.entry);
        apart.filter_map(source).map(str::to_owned).collect()
    }
}

/// Writes what was planned.
///
/// # Errors
/// Something still asks for an answer, or a record cannot be written.
pub fn import(
    workspace: &Workspace,
    plan: &ImportPlan,
    wait: &LockWait<'static>,
) -> Result<Vec<ImportedRecord>, Fault> {
    let asks = plan.draft.asks();
    if !asks.is_empty() {
        return Err(ImportFault::Unanswered { name: plan.from.clone(), asks }.into());
    }
    let records = plan.draft.records.iter().zip(&plan.places);
    let written = records.map(|(record, place)| match &place.there {
        None => begin(workspace, record, place, wait),
        Some(there) => {
            let wait = LockWait { limit: wait.limit, waiting: wait.waiting };
            let target = Target { workspace: workspace.clone(), record: there.clone(), wait };
            continue_record(&target, record, plan)
        }
    });
    written.collect()
}

/// Writes a new record.
fn begin(
    workspace: &Workspace,
    record: &DraftRecord,
    place: &RecordPlace,
    wait: &LockWait<'_>,
) -> Result<ImportedRecord, Fault> {
    let project = &workspace.project;
    let text = format!("{}{}", project.schema_line(), record_text(&record.incident));
    refuse_added(&project.settings, "", &text)?;
    let command = Command { verb: NEW, now: workspace.now };
    let title = &record.incident.title;
    let (record, noted) = project.begin_record(&place.id, &text, title, &command, wait)?;
    let (fates, secrets) = (place.fates.clone(), secrets_added("", &text));
    Ok(ImportedRecord { record, fates, written: true, noted, secrets })
}

/// Adds what is new to a record that is there.
fn continue_record(
    target: &Target,
    record: &DraftRecord,
    plan: &ImportPlan,
) -> Result<ImportedRecord, Fault> {
    let (saved, fates) = target.update(IMPORT, |document| {
        let journal = target.journal()?;
        let known = Known::of(&document.incident, &journal, plan.document());
        let (fates, corrections) = known.fates(record, plan.updates);
        let after = with_new(&known, document, record, (&fates, &corrections), plan)?;
        Ok((Edit::Text(Box::new(after)), Noted::default(), fates))
    })?;
    let written = saved.before.text() != saved.after.text();
    let secrets = secrets_added(saved.before.text(), saved.after.text());
    let noted = saved.journal.map(|_| ());
    saved.synced?;
    Ok(ImportedRecord { record: target.record.clone(), fates, written, noted, secrets })
}

/// Returns the record with what is new in it, and with what a corrected document changes.
fn with_new(
    known: &Known<'_>,
    document: &Document,
    record: &DraftRecord,
    (fates, corrections): (&[EntryFate], &[Change]),
    plan: &ImportPlan,
) -> Result<Document, Fault> {
    if known.same_bytes && corrections.is_empty() {
        return Ok(document.clone());
    }
    let incident = &record.incident;
    let read = record.read.iter().map(|read| read.entry).zip(fates);
    let new = || read.clone().filter(|(_, fate)| **fate == EntryFate::Added).map(|(it, _)| it);
    let mut after = apply(document, corrections)?;
    for list in [PLAN, EVENTS, ACTIONS] {
        let of_list = new().filter(|entry| list_of(*entry) == list);
        let items = of_list.filter_map(|entry| item_of(incident, entry)).collect();
        after = with_items(&after, list, items)?;
    }
    let changes = match known.imported {
        Some(before) => noted_again(before, record, fates, plan),
        None => parts(document, incident),
    };
    apply(&after, &changes)
}

/// The document's line in `imported`, with what is not to come back.
fn noted_again(
    (at, before): (usize, &Imported),
    record: &DraftRecord,
    fates: &[EntryFate],
    plan: &ImportPlan,
) -> Vec<Change> {
    let path = vec![("imported".to_owned(), Some(at))];
    let gone = record.read.iter().zip(fates).filter(|(_, fate)| **fate == EntryFate::LeftOut);
    let mut all = before.left_out.clone();
    for source in gone.filter_map(|(read, _)| source_of(&record.incident, read.entry)) {
        if !all.iter().any(|known| known == source) {
            all.push(source.to_owned());
        }
    }
    let mut changes = Vec::new();
    if !plan.is_part {
        let sum = Value::text(plan.sha256.clone());
        changes.push(Change::set(path.clone(), "sha256", sum));
    }
    if all.len() > before.left_out.len() {
        changes.push(Change::set(path, "left_out", Value::texts(&all)));
    }
    changes
}

/// What a document tells of the record as a whole, where the record does not; once.
fn parts(document: &Document, incident: &Incident) -> Vec<Change> {
    let mut changes = Vec::new();
    let own = &document.incident;
    for (key, is_there, text) in [
        ("summary", own.summary.is_some(), &incident.summary),
        ("impact", own.impact.is_some(), &incident.impact),
    ] {
        if let (false, Some(text)) = (is_there, text) {
            changes.push(Change::set(Vec::new(), key, Value::text(text.clone())));
        }
    }
    let is_new = |title: &str| !own.sections.iter().any(|section| section.title == title);
    let sections = incident.sections.iter().filter(|section| is_new(&section.title));
    let mut items: Vec<(String, Value)> =
        sections.map(|section| ("sections".to_owned(), section_item(section))).collect();
    let imported = incident.imported.iter().map(imported_item);
    items.extend(imported.map(|item| ("imported".to_owned(), item)));
    changes.extend(insert_items(document, items));
    changes
}

/// Puts items into a list, in the order of time, and reads the whole once.
fn with_items(document: &Document, list: &str, items: Vec<Value>) -> Result<Document, Fault> {
    if items.is_empty() {
        return Ok(document.clone());
    }
    if document.items(list).is_empty() {
        return apply(document, &[Change::set(Vec::new(), list, Value::List(items))]);
    }
    let places = places_among(document, list, &items);
    let mut placed: Vec<(usize, Value, String)> = places
        .into_iter()
        .zip(items)
        .map(|(place, item)| {
            let lines = item_text(&item);
            (place, item, lines)
        })
        .collect();
    placed.sort_by_key(|(place, ..)| *place);
    let new: Vec<NewItem> = placed
        .iter()
        .map(|(index, item, lines)| NewItem { index: *index, item: item.clone(), lines })
        .collect();
    if let Ok(after) = insert_lines(document, list, &new) {
        return Ok(after);
    }
    let items = placed.into_iter().map(|(_, item, _)| (list.to_owned(), item)).collect();
    apply(document, &insert_items(document, items))
}

fn apply(document: &Document, changes: &[Change]) -> Result<Document, Fault> {
    let applied = apply_all(document, changes);
    applied
        .map(|(after, _)| after)
        .map_err(|source| StoreFault::Edit { path: std::path::PathBuf::new(), source }.into())
}
