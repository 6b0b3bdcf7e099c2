//! Plans an import: what would be written, and where.

use crate::check::told_without_secrets;
use crate::fault::{Fault, ImportFault};
use crate::format::{Document, Journal};
use crate::import::{self, Draft, DraftRecord, EntryFate, Input, Kind};
use crate::lang::language_of;
use crate::model::{Imported, Incident, IncidentId, Moment, Zone};
use crate::store::{RecordName, sha256_of};

use super::super::workspace::Workspace;
use super::before::{ReadBefore, holder};
use super::known::Known;
use super::pictures::{Pictures, take_pictures};
use super::request::{ImportRequest, Only};

/// The plan of an import. Nothing has been written yet.
#[derive(Debug)]
pub struct ImportPlan {
    /// The format that was read.
    pub kind: Kind,
    /// The name of the document or export.
    pub from: String,
    /// The SHA-256 hash of its bytes.
    pub sha256: String,
    /// Whether only a part of it was requested, so that the rest may be imported later.
    pub is_part: bool,
    /// Whether a code block was requested, so that the same bytes may have more content than was read before.
    pub reads_code: bool,
    /// Whether a corrected document changes entries that nobody edited.
    pub updates: bool,
    /// The content that was read.
    pub draft: Draft,
    /// The destination of each record of the draft.
    pub places: Vec<RecordPlace>,
}

/// The destination of a record of a draft.
#[derive(Debug)]
pub struct RecordPlace {
    /// The id of the record.
    pub id: String,
    /// The record, if it exists already.
    pub there: Option<RecordName>,
    /// The fate of each entry that was read.
    pub fates: Vec<EntryFate>,
    /// The fate of each part that is not an entry.
    pub parts: Vec<EntryFate>,
    /// Pictures that are attached if their entries are written.
    pub pictures: Pictures,
}

/// Reads documents and plans what would be written.
///
/// # Errors
/// They cannot be read, or their content cannot be written to the requested record.
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
    let named = request.record.as_ref().map(|record| Held::of(workspace, record)).transpose()?;
    let zone = match &named {
        Some(held) => held.document.incident.zone,
        None => workspace.project.settings.zone(),
    };
    let is_told = request.answers.zone.is_some() || request.kind.is_written_by_people();
    let whole = (!request.is_part()).then_some(sha256.as_str());
    for record in &mut draft.records {
        if let Some(zone) = zone.filter(|_| !is_told) {
            tell_in(&mut record.incident, zone);
        }
        complete(workspace, &mut record.incident, &from, whole);
    }
    let mut places: Vec<RecordPlace> = Vec::new();
    let reads_code = request.answers.fence.is_some();
    let document = document_of(&from, &sha256, reads_code);
    let mut doubts = Vec::new();
    for record in &mut draft.records {
        let id = match &request.id {
            Some(typed) => IncidentId::parse(typed).map_err(Fault::Id)?.to_string(),
            None => id_of(workspace, record),
        };
        let id = not_among(&places, id);
        let found = match &named {
            Some(_) => None,
            None => before_of(workspace, before, record, ((&from, &sha256), &id, !several))?,
        };
        let held = named.as_ref().or(found.as_ref());
        if request.only == Some(Only::Events) {
            keep_steps(record, held);
        }
        let id_there = held.map_or(&id, |held| &held.name.id);
        let folder = request.folder.as_deref();
        let (pictures, doubted) = take_pictures(&workspace.project, record, folder, id_there);
        doubts.extend(doubted);
        let place = place(record, held, id, (document, request.updates));
        places.push(RecordPlace { pictures, ..place });
    }
    draft.doubts.extend(doubts);
    let (kind, is_part, updates) = (request.kind, request.is_part(), request.updates);
    Ok(ImportPlan { kind, from, sha256, is_part, reads_code, updates, draft, places })
}

impl ImportPlan {
    /// Returns the name and the hash of the document.
    pub(super) fn document(&self) -> (&str, &str) {
        document_of(&self.from, &self.sha256, self.reads_code)
    }
}

/// Returns a document's name and hash; nothing if the same bytes may have more content than before.
fn document_of<'d>(from: &'d str, sha256: &'d str, reads_code: bool) -> (&'d str, &'d str) {
    (from, if reads_code { "" } else { sha256 })
}

/// An existing record with its journal.
struct Held {
    name: RecordName,
    document: Document,
    journal: Journal,
}

impl Held {
    fn of(workspace: &Workspace, name: &RecordName) -> Result<Held, Fault> {
        let document = workspace.project.load(name)?.document;
        let journal = workspace.project.journal(name)?;
        Ok(Held { name: name.clone(), document, journal })
    }
}

/// Returns the record that a draft of a document was imported into before, the id that it would get, and whether it is
/// the only record of its document.
fn before_of(
    workspace: &Workspace,
    before: &ReadBefore,
    record: &DraftRecord,
    ((from, sha256), id, is_alone): ((&str, &str), &str, bool),
) -> Result<Option<Held>, Fault> {
    let known = match before.record(from, sha256, id, is_alone) {
        Some(known) => Some(known.to_owned()),
        None => holder(workspace, record, from)?,
    };
    let name = known.and_then(|id| workspace.project.exact(&id));
    name.map(|name| Held::of(workspace, &name)).transpose()
}

/// Returns the destination of a record, and the fate of each of its entries.
fn place(
    record: &DraftRecord,
    held: Option<&Held>,
    id: String,
    (document, updates): ((&str, &str), bool),
) -> RecordPlace {
    let Some(held) = held else {
        let fates = vec![EntryFate::Added; record.read.len()];
        let parts = vec![EntryFate::Added; record.sections.len()];
        return RecordPlace { id, there: None, fates, parts, pictures: Pictures::default() };
    };
    let known = Known::of(&held.document, &held.journal, document);
    let ((fates, _), parts) = (known.fates(record, updates), known.parts(record, updates).fates);
    let (id, there, pictures) =
        (held.name.id.clone(), Some(held.name.clone()), Pictures::default());
    RecordPlace { id, there, fates, parts, pictures }
}

/// Links events to the record's own steps if the plan was not requested.
fn keep_steps(record: &mut DraftRecord, held: Option<&Held>) {
    let is_step = |id: &String, held: &Held| {
        held.document.incident.plan.iter().any(|step| step.id.as_ref() == Some(id))
    };
    for event in &mut record.incident.events {
        event.steps.retain(|id| held.is_some_and(|held| is_step(id, held)));
    }
}

/// Completes a record that was read: its zone, its language and its source.
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
        on: Some(Moment::of_day(day, incident.zone)),
        left_out: Vec::new(),
    }];
}

/// Returns the id of a new record, from its day and title.
fn id_of(workspace: &Workspace, record: &DraftRecord) -> String {
    let incident = &record.incident;
    let day = incident.day().unwrap_or_else(|| workspace.now.clock(incident.zone).day);
    // In `2024-09-07, checkout is down` the title repeats the day.
    let title = incident.title.trim_start_matches(&day.to_string());
    let title = title.trim_start_matches(|c: char| !c.is_alphanumeric());
    let title = if title.is_empty() { &incident.title } else { title };
    IncidentId::from_title(day, &told_without_secrets(title)).to_string()
}

/// Returns the name of the inputs: that of a single file, or that of a folder.
fn name_of(inputs: &[Input]) -> String {
    let Some(first) = inputs.first() else { return String::new() };
    let folder = first.name.split_once('/').map(|(folder, _)| folder);
    let is_in = |folder: &&str| inputs.iter().all(|it| it.name.split('/').next() == Some(*folder));
    folder.filter(is_in).unwrap_or(&first.name).to_owned()
}

/// Converts moments that a program printed in UTC to the record's zone.
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

/// Returns an id that no other record of the same import has, with a number appended if necessary.
fn not_among(places: &[RecordPlace], id: String) -> String {
    let is_free = |id: &String| !places.iter().any(|place| place.id == *id);
    let numbered = (2..).map(|number| format!("{id}-{number}"));
    std::iter::once(id.clone()).chain(numbered).find(is_free).unwrap_or(id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::read;

    #[test]
    fn times_in_utc_are_told_in_the_records_zone_and_others_stay() {
        let record = "title: t\nplan:\n  - at: 2024-09-07T08:00+00:00\n    until: 2024-09-07T08:30+00:00\n    text: a\n  - due: 2024-09-07T09:00+00:00\n    text: b\nevents:\n  - at: 2024-09-07T10:00+00:00\n    until: 2024-09-07T10:30+00:00\n    logged: 2024-09-07T11:00+00:00\n    text: c\n  - at: 2024-09-07T10:00+05:30\n    text: d\n";
        let mut incident = read(record).unwrap().incident;
        tell_in(&mut incident, Zone::parse("Asia/Seoul").unwrap());
        let (steps, events) = (&incident.plan, &incident.events);
        let times = [
            (steps[0].at, "2024-09-07T17:00+09:00"),
            (steps[0].until, "2024-09-07T17:30+09:00"),
            (steps[1].due, "2024-09-07T18:00+09:00"),
            (events[0].at, "2024-09-07T19:00+09:00"),
            (events[0].until, "2024-09-07T19:30+09:00"),
            (events[0].logged, "2024-09-07T20:00+09:00"),
            (events[1].at, "2024-09-07T10:00+05:30"),
        ];
        for (time, expected) in times {
            assert_eq!(time.unwrap().written(), expected);
        }
    }

    #[test]
    fn several_files_have_the_name_of_their_folder_if_it_is_one() {
        for (names, expected) in [
            (&["a.txt"][..], "a.txt"),
            (&["log/a.txt"], "log"),
            (&["log/a.txt", "log/b/c.txt"], "log"),
            (&["log/a.txt", "logs/b.txt"], "log/a.txt"),
            (&["a.txt", "log/b.txt"], "a.txt"),
            (&[], ""),
        ] {
            let input = |name: &&str| Input { name: (*name).to_owned(), bytes: Vec::new() };
            assert_eq!(name_of(&names.iter().map(input).collect::<Vec<_>>()), expected);
        }
    }

    #[test]
    fn records_of_one_import_have_different_ids() {
        let mut places: Vec<RecordPlace> = Vec::new();
        for expected in ["a", "a-2", "a-3"] {
            let id = not_among(&places, "a".to_owned());
            assert_eq!(id, expected);
            let (fates, parts, pictures) = (Vec::new(), Vec::new(), Pictures::default());
            places.push(RecordPlace { id, there: None, fates, parts, pictures });
        }
    }
}
