//! Writes a planned import.

use crate::fault::{Fault, ImportFault, StoreFault};
use crate::format::apply_all;
use crate::format::{
    Document, NEW, NewItem, attachment_item, imported_item, insert_items, insert_lines, item_text,
    made_internal, places_among, record_text,
};
use crate::import::{DraftRecord, EntryAt, EntryFate, ReadAs, ReadSection};
use crate::model::{Imported, Incident};
use crate::store::{Asset, AssetSource, Command, Edit, LockWait, Project, RecordName};
use crate::yaml::{Change, Value};

use super::super::files::{copy_in, drop_all, noted};
use super::super::secrets::{refuse_added, secrets_added};
use super::super::workspace::{Target, Workspace};
use super::known::{ACTIONS, EVENTS, Known, PLAN, item_of, list_of, source_of};
use super::parts::{IMPORT, PartsOutcome};
use super::plan::{ImportPlan, RecordPlace};

/// A record that was written.
#[derive(Debug)]
pub struct ImportedRecord {
    /// The record.
    pub record: RecordName,
    /// The fate of each entry.
    pub fates: Vec<EntryFate>,
    /// The fate of each part that is not an entry.
    pub parts: Vec<EntryFate>,
    /// What became internal, because an entry of the same moment and text was.
    pub internal: Vec<String>,
    /// Whether anything was written.
    pub written: bool,
    /// Whether the journal has it, so that it can be undone.
    pub noted: Result<(), StoreFault>,
    /// New secrets in it, in masked form.
    pub secrets: Vec<String>,
}

impl ImportedRecord {
    /// Returns the places of entries and parts of a document that were also edited in the record.
    pub fn conflicts(&self, read: &DraftRecord, from: &str) -> Vec<String> {
        let is_apart = |fate: &&EntryFate| **fate == EntryFate::Conflict;
        let entries = read.read.iter().zip(&self.fates).filter(|(_, fate)| is_apart(fate));
        let source = |(read_as, _): (&ReadAs, _)| source_of(&read.incident, read_as.entry);
        let parts = read.sections.iter().zip(&self.parts).filter(|(_, fate)| is_apart(fate));
        let part = |(part, _): (&ReadSection, _)| format!("{from}:{} ({})", part.line, part.to);
        entries.filter_map(source).map(str::to_owned).chain(parts.map(part)).collect()
    }
}

/// Writes a planned import.
///
/// # Errors
/// A question is unanswered, or a record cannot be written.
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
            continue_record(&target, record, (place, plan))
        }
    });
    written.collect()
}

/// Returns the future texts of the records, in the order of the draft.
///
/// # Errors
/// A record cannot be read.
pub fn import_texts(workspace: &Workspace, plan: &ImportPlan) -> Result<Vec<String>, Fault> {
    let project = &workspace.project;
    let records = plan.draft.records.iter().zip(&plan.places);
    let text = |(record, place): (&DraftRecord, &RecordPlace)| {
        let Some(there) = &place.there else { return Ok(new_text(project, record)) };
        let (document, journal) = (project.load(there)?.document, project.journal(there)?);
        let known = Known::of(&document, &journal, plan.document());
        Ok(with_new(&known, &document, record, plan)?.document.to_text())
    };
    records.map(text).collect()
}

fn new_text(project: &Project, record: &DraftRecord) -> String {
    format!("{}{}", project.schema_line(), record_text(&record.incident))
}

/// Writes a new record.
fn begin(
    workspace: &Workspace,
    record: &DraftRecord,
    place: &RecordPlace,
    wait: &LockWait<'_>,
) -> Result<ImportedRecord, Fault> {
    let project = &workspace.project;
    let text = new_text(project, record);
    refuse_added(&project.settings, "", &text)?;
    let command = Command { verb: NEW, now: workspace.now };
    let title = &record.incident.title;
    let assets = copy_new(project, place, &Incident::default(), &record.incident)?;
    let copies = noted(&assets).copies;
    let begun = project.begin_record(&place.id, &text, title, (&command, copies), wait);
    let (record, noted) = begun.inspect_err(|_| drop_all(project, &place.id, &assets))?;
    let (fates, parts) = (place.fates.clone(), place.parts.clone());
    let secrets = secrets_added("", &text);
    let internal = Vec::new();
    Ok(ImportedRecord { record, fates, parts, internal, written: true, noted, secrets })
}

/// Adds new entries to an existing record.
fn continue_record(
    target: &Target,
    record: &DraftRecord,
    (place, plan): (&RecordPlace, &ImportPlan),
) -> Result<ImportedRecord, Fault> {
    let (project, id) = (&target.workspace.project, &target.record.id);
    let mut assets: Vec<Asset> = Vec::new();
    let continued = target.update(IMPORT, |document| {
        let journal = target.journal()?;
        let known = Known::of(document, &journal, plan.document());
        let after = with_new(&known, document, record, plan)?;
        if assets.is_empty() {
            let (before, after) = (&document.incident, &after.document.incident);
            assets = copy_new(project, place, before, after)?;
        }
        let edit = Edit::Text(Box::new(after.document));
        Ok((edit, noted(&assets), (after.fates, after.parts, after.internal)))
    });
    let (saved, (fates, parts, internal)) =
        continued.inspect_err(|_| drop_all(project, id, &assets))?;
    let written = saved.before.text() != saved.after.text();
    let secrets = secrets_added(saved.before.text(), saved.after.text());
    let noted = saved.journal.map(|_| ());
    saved.synced?;
    let record = target.record.clone();
    Ok(ImportedRecord { record, fates, parts, internal, written, noted, secrets })
}

/// Copies the pictures that a record refers to now and did not before.
fn copy_new(
    project: &Project,
    place: &RecordPlace,
    before: &Incident,
    after: &Incident,
) -> Result<Vec<Asset>, Fault> {
    let names = |incident: &Incident, name: &str| {
        let of_events = incident.events.iter().flat_map(|event| &event.attachments);
        of_events.chain(&incident.attachments).any(|attachment| attachment.file == name)
    };
    let files = place.pictures.files.iter();
    let new = files.filter(|file| names(after, &file.name) && !names(before, &file.name));
    let new: Vec<&AssetSource> = new.collect();
    let id = place.there.as_ref().map_or(&place.id, |there| &there.id);
    let assets = copy_in(project, id, new.iter().copied())?;
    if assets.iter().zip(new).all(|(asset, file)| asset.name == file.name) {
        return Ok(assets);
    }
    // Somebody has added another file with that name since the texts were made.
    drop_all(project, id, &assets);
    Err(StoreFault::KeepsChanging { path: project.assets_folder(id) }.into())
}

/// A record after an import.
struct After {
    document: Document,
    /// The fate of each entry.
    fates: Vec<EntryFate>,
    /// The fate of each part that is not an entry.
    parts: Vec<EntryFate>,
    /// What became internal, because an entry of the same moment and text was.
    internal: Vec<String>,
}

/// Returns the record with the new entries and with the changes of a corrected document.
fn with_new(
    known: &Known<'_>,
    document: &Document,
    record: &DraftRecord,
    plan: &ImportPlan,
) -> Result<After, Fault> {
    let (fates, corrections) = known.fates(record, plan.updates);
    let PartsOutcome { fates: parts, changes } = known.parts(record, plan.updates);
    if known.same_bytes && corrections.is_empty() && changes.is_empty() {
        let internal = Vec::new();
        return Ok(After { document: document.clone(), fates, parts, internal });
    }
    let incident = &record.incident;
    let read = record.read.iter().map(|read| read.entry).zip(&fates);
    let new = || read.clone().filter(|(_, fate)| **fate == EntryFate::Added).map(|(it, _)| it);
    let mut after = apply(document, &corrections)?;
    for list in [PLAN, EVENTS, ACTIONS] {
        let of_list = new().filter(|entry| list_of(*entry) == list);
        let items = of_list.filter_map(|entry| item_of(incident, entry)).collect();
        after = with_items(&after, list, items)?;
    }
    let (after, internal) = with_audiences(&after, document, &added(record, &fates))?;
    let after = apply(&after, &changes)?;
    let after = apply(&after, &shown_files(&after, incident, &changes))?;
    let noted = match known.imported {
        Some(before) => noted_again(before, record, &fates, plan),
        None => {
            let imported = incident.imported.iter().map(imported_item);
            insert_items(&after, imported.map(|item| ("imported".to_owned(), item)).collect())
        }
    };
    Ok(After { document: apply(&after, &noted)?, fates, parts, internal })
}

/// Returns the events and actions of a document that are new in the record.
fn added(record: &DraftRecord, fates: &[EntryFate]) -> Incident {
    let mut added = Incident::default();
    let read = record.read.iter().map(|read| read.entry).zip(fates);
    for (entry, _) in read.filter(|(_, fate)| **fate == EntryFate::Added) {
        match entry {
            EntryAt::Event(at) => added.events.extend(record.incident.events.get(at).cloned()),
            EntryAt::Action(at) => added.actions.extend(record.incident.actions.get(at).cloned()),
            EntryAt::Step(_) => {}
        }
    }
    added
}

/// Makes what the record already had and what was added internal if either is, and returns what that was.
fn with_audiences(
    after: &Document,
    before: &Document,
    added: &Incident,
) -> Result<(Document, Vec<String>), Fault> {
    let made = made_internal(after, [&before.incident, added], &Incident::default());
    let changes: Vec<Change> = made.iter().flat_map(|made| made.changes.clone()).collect();
    let internal = made.into_iter().map(|made| made.text).collect();
    Ok((apply(after, &changes)?, internal))
}

/// Adds the record's own pictures that its changed parts show to its list of files.
fn shown_files(document: &Document, incident: &Incident, changes: &[Change]) -> Vec<Change> {
    let texts: Vec<String> = changes.iter().map(|change| format!("{:?}", change.edit)).collect();
    let is_there =
        |file: &str| document.incident.attachments.iter().any(|known| known.file == file);
    let new = incident.attachments.iter().filter(|attachment| {
        let file = attachment.file.as_str();
        texts.iter().any(|text| text.contains(file)) && !is_there(file)
    });
    let items = new.map(|it| ("attachments".to_owned(), attachment_item(it)));
    insert_items(document, items.collect())
}

/// Returns the document's entry in `imported`, with the sources that must not be imported again.
fn noted_again(
    (at, before): (usize, &Imported),
    record: &DraftRecord,
    fates: &[EntryFate],
    plan: &ImportPlan,
) -> Vec<Change> {
    let path = vec![("imported".to_owned(), Some(at))];
    let gone = record.read.iter().zip(fates).filter(|(_, fate)| **fate == EntryFate::LeftOut);
    let there = before.left_out.len();
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
    let new = all.into_iter().enumerate().skip(there);
    let insert =
        |(place, source)| Change::insert(path.clone(), "left_out", place, Value::Scalar(source));
    changes.extend(new.map(insert));
    changes
}

/// Inserts items into a list in chronological order, and parses the text once.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::read;
    use crate::model::Attachment;

    #[test]
    fn pictures_are_listed_that_changed_parts_show_and_the_record_lacks() {
        let record = "title: t\nattachments:\n  - kept.png\nevents: []\n";
        let document = read(record).unwrap();
        let picture = |file: &str| Attachment { file: file.to_owned(), ..Attachment::default() };
        // `removed.png` was shown by a part that somebody has removed.
        let attachments = ["kept.png", "new.png", "removed.png"].map(picture).to_vec();
        let incident = Incident { attachments, ..Incident::default() };
        let told = Value::text("![](assets/kept.png) ![](assets/new.png)");
        let changes = [Change::set(Vec::new(), "impact", told)];
        let listed = apply_all(&document, &shown_files(&document, &incident, &changes)).unwrap().0;
        let files: Vec<&str> =
            listed.incident.attachments.iter().map(|it| it.file.as_str()).collect();
        assert_eq!(files, ["kept.png", "new.png"]);
    }

    #[test]
    fn what_a_document_adds_are_its_new_events_and_actions() {
        let record = "title: t\nplan:\n  - {at: 2024-09-07T17:00Z, text: p}\nevents:\n  - {at: 2024-09-07T18:00Z, text: a}\n  - {at: 2024-09-07T18:00Z, text: b}\nactions:\n  - text: c\n  - text: d\n";
        let incident = read(record).unwrap().incident;
        let entries = [EntryAt::Step(0), EntryAt::Event(0), EntryAt::Event(1)];
        let entries = entries.into_iter().chain([EntryAt::Action(0), EntryAt::Action(1)]);
        let (line, column, raw) = (1, 1, String::new());
        let read_as = |entry| {
            let raw = raw.clone();
            ReadAs { entry, line, column, raw, date_from: None, zone_from: None }
        };
        let read = entries.map(read_as).collect();
        let record = DraftRecord { incident, read, ..DraftRecord::default() };
        use EntryFate::{Added, Changed, LeftOut};
        let added = added(&record, &[Added, Added, Changed, LeftOut, Added]);
        let texts: Vec<&str> = added.texts().into_iter().map(|text| text.text).collect();
        assert_eq!(texts, ["", "a", "d"]);
    }
}
