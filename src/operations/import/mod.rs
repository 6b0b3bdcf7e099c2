//! Reading documents into records: what would be written is planned first, and written as one change.

mod known;

use std::collections::HashMap;

use crate::fault::{Fault, ImportFault, StoreFault};
use crate::format::edit::apply_all;
use crate::format::{
    Document, NEW, NewItem, action_item, event_item, imported_item, insert_items, insert_lines,
    item_text, places_among, record_text, section_item, whole_step,
};
use crate::import::{
    self, Draft, DraftRecord, EntryAt, EntryFate, ImportOptions, Input, Kind, ReadAs,
};
use crate::lang::language_of;
use crate::model::{Imported, Incident, IncidentId, Moment, Zone};
use crate::query::Filter;
use crate::store::{Command, Edit, LockWait, Noted, RecordName, SCHEMA_FILE, sha256_of};
use crate::yaml::{Change, Value};

use super::ask::{Reading, ask};
use super::secrets::refuse_added;
use super::workspace::{Target, Workspace};
use known::{IMPORT, Known, is_line_of, source_of};

/// Documents that are to become one or more records.
#[derive(Debug)]
pub struct ImportRequest {
    /// What they are.
    pub kind: Kind,
    /// Their names and bytes.
    pub inputs: Vec<Input>,
    /// What is known of them beside.
    pub answers: ImportOptions,
    /// The id of the new record; made of the day and the title if not said.
    pub id: Option<String>,
    /// The record that gets what they tell, where it is there already.
    pub record: Option<RecordName>,
    /// Only these of its entries, if not all.
    pub only: Option<Only>,
    /// What a corrected document changes is changed in entries that nobody edited.
    pub updates: bool,
}

impl ImportRequest {
    /// Keeps the entries that are asked for.
    fn keep_asked(&self, draft: &mut Draft) {
        match self.only {
            Some(Only::Plan) => draft.keep(|entry| !matches!(entry, EntryAt::Event(_))),
            Some(Only::Events) => draft.keep(|entry| !matches!(entry, EntryAt::Step(_))),
            None => {}
        }
    }

    /// Whether only a part of what was handed over is asked for.
    fn is_part(&self) -> bool {
        let ImportOptions { since, until, channel, matching, .. } = &self.answers;
        since.is_some()
            || until.is_some()
            || channel.is_some()
            || matching.is_some()
            || self.only.is_some()
    }
}

/// What of a document is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Only {
    /// What was planned.
    Plan,
    /// What happened.
    Events,
}

/// What would be written. Nothing is yet.
#[derive(Debug)]
pub struct ImportPlan {
    /// What was read.
    pub kind: Kind,
    /// The name of what was read.
    pub from: String,
    /// What its bytes add up to.
    pub sha256: String,
    /// Only a part of it was asked for: the rest may be asked for another time.
    pub is_part: bool,
    /// What a corrected document changes is changed in entries that nobody edited.
    pub updates: bool,
    /// What was read of it.
    pub draft: Draft,
    /// Where it would go, a place for each record of the draft.
    pub places: Vec<RecordPlace>,
}

/// Where a record of a draft would go.
#[derive(Debug)]
pub struct RecordPlace {
    /// The id of the record.
    pub id: String,
    /// The record, where it is there already.
    pub there: Option<RecordName>,
    /// What would become of each entry that was read.
    pub fates: Vec<EntryFate>,
}

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

/// The records that were read from documents, by the documents' names.
#[derive(Debug, Default)]
pub struct ReadBefore(HashMap<String, Vec<(String, Option<String>)>>);

impl ReadBefore {
    /// Looks through all records of the project.
    ///
    /// # Errors
    /// The folder of records cannot be read.
    pub fn of(workspace: &Workspace) -> Result<ReadBefore, Fault> {
        let of_record = |id: &str, incident: &Incident| {
            let imported = incident.imported.iter();
            imported.map(|it| (it.from.clone(), (id.to_owned(), it.sha256.clone()))).collect()
        };
        let found = ask(&workspace.project, &Filter::default(), Reading::Outlines, of_record)?.rows;
        let mut before = ReadBefore::default();
        for (from, record) in found {
            before.0.entry(from).or_default().push(record);
        }
        Ok(before)
    }

    /// Notes a record that was just written.
    pub fn add(&mut self, from: &str, id: &str, sha256: &str) {
        let records = self.0.entry(from.to_owned()).or_default();
        records.push((id.to_owned(), Some(sha256.to_owned())));
    }

    /// Returns the record that a draft of a document went into before; `id` is what it would be called.
    fn record(&self, from: &str, sha256: &str, id: &str, alone: bool) -> Option<&str> {
        let records = self.0.get(from)?;
        let named = records.iter().find(|(known, _)| known == id);
        let same = || records.iter().find(|(_, sum)| alone && sum.as_deref() == Some(sha256));
        named.or_else(same).map(|(id, _)| id.as_str())
    }
}

/// Reads documents and says what would be written.
///
/// # Errors
/// They cannot be read, or what was read cannot go where it is to go.
pub fn plan_import(
    workspace: &Workspace,
    before: &ReadBefore,
    request: &ImportRequest,
) -> Result<ImportPlan, Fault> {
    let mut draft = import::read(request.kind, &request.inputs, &request.answers)?;
    request.keep_asked(&mut draft);
    let from = name_of(&request.inputs);
    let sha256 = sha256_of(request.inputs.iter().map(|input| input.bytes.as_slice()));
    let several = draft.records.len() > 1;
    if several && request.record.is_some() {
        return Err(ImportFault::SeveralRecords { count: draft.records.len() }.into());
    }
    let held = request.record.as_ref().map(|record| workspace.project.load(record)).transpose()?;
    let zone = match held {
        Some(held) => held.document.incident.zone,
        None => workspace.project.settings.zone(),
    };
    for record in &mut draft.records {
        let is_left = request.answers.zone.is_some() || request.kind.is_written_by_people();
        if let Some(zone) = zone.filter(|_| !is_left) {
            tell_in(&mut record.incident, zone);
        }
        let whole = (!request.is_part()).then_some(sha256.as_str());
        complete(workspace, &mut record.incident, &from, whole);
    }
    let mut places = Vec::new();
    for record in &draft.records {
        let id = match &request.id {
            Some(typed) => IncidentId::parse(typed).map_err(Fault::Id)?.to_string(),
            None => id_of(workspace, record),
        };
        let id = not_among(&places, id);
        let there = match &request.record {
            Some(record) => Some(record.clone()),
            None => {
                let known = before.record(&from, &sha256, &id, !several).map(str::to_owned);
                let known = match known {
                    Some(known) => Some(known),
                    None => holder(workspace, record, &from)?,
                };
                known.and_then(|id| workspace.project.exact(&id))
            }
        };
        let fates = match &there {
            None => vec![EntryFate::Added; record.read.len()],
            Some(there) => fates(workspace, there, record, (&from, &sha256), request.updates)?,
        };
        let id = there.as_ref().map_or(id, |there| there.id.clone());
        places.push(RecordPlace { id, there, fates });
    }
    if request.only == Some(Only::Events) {
        for (record, place) in draft.records.iter_mut().zip(&places) {
            keep_steps(workspace, record, place)?;
        }
    }
    let (kind, is_part, updates) = (request.kind, request.is_part(), request.updates);
    Ok(ImportPlan { kind, from, sha256, is_part, updates, draft, places })
}

/// Returns what would become of each entry in a record that is there.
fn fates(
    workspace: &Workspace,
    there: &RecordName,
    record: &DraftRecord,
    document: (&str, &str),
    updates: bool,
) -> Result<Vec<EntryFate>, Fault> {
    let incident = workspace.project.load(there)?.document.incident;
    let journal = workspace.project.journal(there)?;
    Ok(Known::of(&incident, &journal, document).fates(record, updates).0)
}

/// Lets events carry out the steps that the record has; others were not asked for.
fn keep_steps(
    workspace: &Workspace,
    record: &mut DraftRecord,
    place: &RecordPlace,
) -> Result<(), Fault> {
    let there = place.there.as_ref().map(|there| workspace.project.load(there)).transpose()?;
    let plan = there.map_or(Vec::new(), |there| there.document.incident.plan);
    let is_there = |id: &String| plan.iter().any(|step| step.id.as_ref() == Some(id));
    for event in &mut record.incident.events {
        event.steps.retain(is_there);
    }
    Ok(())
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
    let line = format!("# yaml-language-server: $schema=../{SCHEMA_FILE}\n");
    let line = if project.schema().is_some() { line.as_str() } else { "" };
    let text = format!("{line}{}", record_text(&record.incident));
    refuse_added(&project.settings, "", &text)?;
    let command = Command { verb: NEW, now: workspace.now };
    let title = &record.incident.title;
    let (record, noted) = project.begin_record(&place.id, &text, title, &command, wait)?;
    Ok(ImportedRecord { record, fates: place.fates.clone(), written: true, noted })
}

/// Adds what is new to a record that is there.
fn continue_record(
    target: &Target,
    record: &DraftRecord,
    plan: &ImportPlan,
) -> Result<ImportedRecord, Fault> {
    let (saved, fates) = target.update(IMPORT, |document| {
        let journal = target.journal()?;
        let known = Known::of(&document.incident, &journal, (&plan.from, &plan.sha256));
        let (fates, corrections) = known.fates(record, plan.updates);
        let after = with_new(&known, document, record, (&fates, &corrections), plan)?;
        Ok((Edit::Text(Box::new(after)), Noted::default(), fates))
    })?;
    let written = saved.before.text() != saved.after.text();
    let noted = saved.journal.map(|_| ());
    saved.synced?;
    Ok(ImportedRecord { record: target.record.clone(), fates, written, noted })
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
    let mut new: [(&str, Vec<Value>); 3] =
        [("plan", Vec::new()), ("events", Vec::new()), ("actions", Vec::new())];
    let incident = &record.incident;
    for (read, _) in record.read.iter().zip(fates).filter(|(_, fate)| **fate == EntryFate::Added) {
        match read.entry {
            EntryAt::Step(at) => new[0].1.extend(incident.plan.get(at).map(whole_step)),
            EntryAt::Event(at) => new[1].1.extend(incident.events.get(at).map(event_item)),
            EntryAt::Action(at) => new[2].1.extend(incident.actions.get(at).map(action_item)),
        }
    }
    let mut after = apply(document, corrections)?;
    for (list, items) in new {
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

/// What every record has that was read: its zone, its language, and where it is from.
fn complete(workspace: &Workspace, incident: &mut Incident, from: &str, sha256: Option<&str>) {
    incident.title = incident.title.split_whitespace().collect::<Vec<_>>().join(" ");
    if incident.title.is_empty() {
        incident.title = from.to_owned();
    }
    let settings = &workspace.project.settings;
    let language = || settings.language.clone();
    let of_title = || language_of(&incident.title).to_owned();
    let language = incident.language.clone().or_else(language).unwrap_or_else(of_title);
    incident.language = Some(language);
    let day = workspace.now.clock(Some(incident.zone.unwrap_or(workspace.zone))).day;
    incident.imported = vec![Imported {
        from: from.to_owned(),
        sha256: sha256.map(str::to_owned),
        on: Some(crate::model::Moment::of_day(day, incident.zone)),
        left_out: Vec::new(),
    }];
}

/// Returns the id that a record gets: of its day and its title.
fn id_of(workspace: &Workspace, record: &DraftRecord) -> String {
    let incident = &record.incident;
    let day = incident.day().unwrap_or_else(|| workspace.now.clock(incident.zone).day);
    // `2024-09-07, checkout is down`: the day stands before it already.
    let title = incident.title.trim_start_matches(&day.to_string());
    let title = title.trim_start_matches(|c: char| !c.is_alphanumeric());
    let title = if title.is_empty() { &incident.title } else { title };
    IncidentId::from_title(day, title).to_string()
}

/// Returns the record that holds entries of an export already, by the export's own ids: its file may be
/// called otherwise now.
fn holder(
    workspace: &Workspace,
    record: &DraftRecord,
    from: &str,
) -> Result<Option<String>, Fault> {
    let sources = record.read.iter().filter_map(|read| source_of(&record.incident, read.entry));
    let own: Vec<&str> = sources.filter(|source| !is_line_of(source, from)).collect();
    // Those at both ends will do: a longer export holds what a shorter one did.
    let ends: Vec<&str> =
        own.iter().take(ENDS).chain(own.iter().rev().take(ENDS)).copied().collect();
    if ends.is_empty() {
        return Ok(None);
    }
    let may_hold = |text: &str| ends.iter().any(|source| text.contains(source));
    let holds = |id: &str, incident: &Incident| {
        let events = incident.events.iter().filter_map(|event| event.source.as_deref());
        let steps = incident.plan.iter().filter_map(|step| step.source.as_deref());
        let is_held = events.chain(steps).any(|source| ends.contains(&source));
        if is_held { vec![id.to_owned()] } else { Vec::new() }
    };
    let found = ask(&workspace.project, &Filter::default(), Reading::Texts(&may_hold), holds)?.rows;
    Ok(found.into_iter().next())
}

/// Entries at an end of an export that are looked for in records.
const ENDS: usize = 8;

/// Returns what inputs are called: a file by its name, those of a folder by the folder's.
fn name_of(inputs: &[Input]) -> String {
    let Some(first) = inputs.first() else { return String::new() };
    let folder = first.name.split_once('/').map(|(folder, _)| folder);
    let is_in = |folder: &&str| inputs.iter().all(|it| it.name.split('/').next() == Some(*folder));
    folder.filter(is_in).unwrap_or(&first.name).to_owned()
}

/// Tells moments that a program printed in UTC on the clocks of the record.
fn tell_in(incident: &mut Incident, zone: Zone) {
    let tell = |at: &mut Option<Moment>| {
        *at = at.map(|at| if at.written().ends_with("+00:00") { at.seen_in(zone) } else { at });
    };
    for event in &mut incident.events {
        [&mut event.at, &mut event.until, &mut event.logged].into_iter().for_each(tell);
    }
    for step in &mut incident.plan {
        [&mut step.at, &mut step.until, &mut step.due].into_iter().for_each(tell);
    }
}

/// Returns an id that no record of the same import has: with a number behind it, where one does.
fn not_among(places: &[RecordPlace], id: String) -> String {
    let is_free = |id: &String| !places.iter().any(|place| place.id == *id);
    let numbered = (2..).map(|number| format!("{id}-{number}"));
    std::iter::once(id.clone()).chain(numbered).find(is_free).unwrap_or(id)
}
