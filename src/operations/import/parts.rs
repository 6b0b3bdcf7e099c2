//! The parts of a record that are not entries (summary, impact, factors, lessons and sections): which of them a
//! document adds, and what a corrected document changes in those that nobody edited.

use std::collections::{HashMap, HashSet};

use crate::format::{
    Document, Journal, JournalEntry, LISTS, NEW, insert_items, item_path, list_place, note_item,
    read, section_item,
};
use crate::import::{DraftRecord, EntryFate};
use crate::model::{Incident, Note};
use crate::yaml::{Change, Value};

/// The journal's verb for an import into an existing record.
pub(super) const IMPORT: &str = "import";

/// Iterates over the lists of factors and lessons.
fn note_lists() -> impl Iterator<Item = &'static str> {
    let holds_notes = |list: &&str| *list == "contributing_factors" || list.starts_with("lessons.");
    LISTS.iter().copied().filter(holds_notes)
}

const SECTIONS: &str = "sections";
/// The keys of texts about the whole record.
const TEXTS: [&str; 2] = ["summary", "impact"];

/// What happens to the parts of a document in a record.
#[derive(Default)]
pub(super) struct PartsOutcome {
    /// The fate of each part that was read, in the order of the draft.
    pub(super) fates: Vec<EntryFate>,
    /// The changes of the record, to be made one after the other.
    pub(super) changes: Vec<Change>,
}

/// The parts of a record and of a document, and their former content in the document.
pub(super) struct Parts<'r> {
    document: &'r Document,
    said: FormerContent,
    same_bytes: bool,
    updates: bool,
}

impl<'r> Parts<'r> {
    pub(super) fn of(
        document: &'r Document,
        journal: &Journal,
        from: &str,
        (same_bytes, updates): (bool, bool),
    ) -> Parts<'r> {
        // With `--update`, a second import of the same bytes does not record the document again.
        let alone = document.incident.imported.iter().all(|it| it.from == from);
        Parts { document, said: FormerContent::of(journal, from, alone), same_bytes, updates }
    }

    /// Returns what happens to the parts of a draft.
    pub(super) fn outcome(&self, record: &DraftRecord) -> PartsOutcome {
        let mut outcome = PartsOutcome::default();
        let mut fates: HashMap<(&str, &str), EntryFate> = HashMap::new();
        for key in TEXTS {
            if let Some(text) = text_of(&record.incident, key) {
                fates.insert((key, ""), self.text(key, text, &mut outcome.changes));
            }
        }
        let mut new: Vec<(String, Value)> = Vec::new();
        for list in note_lists() {
            let notes = notes_of(&record.incident, list);
            if !notes.is_empty() {
                fates.insert((list, ""), self.notes(list, notes, &mut outcome.changes, &mut new));
            }
        }
        let sections = self.sections(&record.incident, &mut outcome.changes, &mut new);
        outcome.changes.extend(insert_items(self.document, new));
        let fate = |to: &str, title: &str| match to {
            SECTIONS => sections.get(title).copied(),
            to => fates.get(&(to, "")).copied(),
        };
        let read = record.sections.iter();
        outcome.fates =
            read.map(|part| fate(part.to, &part.title).unwrap_or(EntryFate::Added)).collect();
        outcome
    }

    /// Returns what happens to a part that the record does not have.
    fn absent(&self, was_said: bool) -> EntryFate {
        if self.same_bytes || was_said { EntryFate::LeftOut } else { EntryFate::Added }
    }

    /// Returns what happens to a part that differs in the record; `was` is its former content in the document.
    fn other(&self, own: &str, new: &str, was: Option<&str>) -> EntryFate {
        match was {
            _ if is_same(own, new) => EntryFate::Same,
            // It was edited in the record, but not in the document.
            Some(was) if is_same(was, new) => EntryFate::Same,
            _ if !self.updates => EntryFate::Changed,
            Some(was) if is_same(was, own) => EntryFate::Updated,
            _ => EntryFate::Conflict,
        }
    }

    fn text(&self, key: &'static str, new: &str, changes: &mut Vec<Change>) -> EntryFate {
        let was = self.said.texts.get(key).map(String::as_str);
        let own = self.document.value_named(key);
        let fate = match own.as_ref().and_then(Value::lone) {
            None => self.absent(was.is_some()),
            Some(own) => self.other(own, new, was),
        };
        if matches!(fate, EntryFate::Added | EntryFate::Updated) {
            changes.push(Change::set(Vec::new(), key, Value::text(new)));
        }
        fate
    }

    fn sections<'i>(
        &self,
        incident: &'i Incident,
        changes: &mut Vec<Change>,
        new: &mut Vec<(String, Value)>,
    ) -> HashMap<&'i str, EntryFate> {
        let own = self.document.items(SECTIONS);
        let mut taken: HashSet<usize> = HashSet::new();
        let mut fates = HashMap::new();
        for section in &incident.sections {
            let title = section.title.as_str();
            let place = (0..own.len())
                .find(|at| !taken.contains(at) && own[*at].text_at("title") == Some(title));
            taken.extend(place);
            let was = self.said.sections.get(title).map(String::as_str);
            let fate = match place {
                None => self.absent(was.is_some()),
                Some(at) => {
                    self.other(own[at].text_at("body").unwrap_or_default(), &section.body, was)
                }
            };
            match (fate, place) {
                (EntryFate::Added, _) => new.push((SECTIONS.to_owned(), section_item(section))),
                (EntryFate::Updated, Some(at)) => {
                    let body = Value::text(section.body.clone());
                    changes.push(Change::set(item_path(SECTIONS, at), "body", body));
                }
                _ => {}
            }
            let told = fates.entry(title).or_insert(fate);
            *told = foremost(*told, fate);
        }
        fates
    }

    /// Notes have no names: those that disappeared from a document are assumed to have become the new ones, in their
    /// order.
    fn notes(
        &self,
        list: &'static str,
        notes: &[Note],
        changes: &mut Vec<Change>,
        new: &mut Vec<(String, Value)>,
    ) -> EntryFate {
        let own: Vec<Value> = self.document.items(list);
        let own: Vec<&str> = own.iter().map(note_text).collect();
        let said: &[String] = self.said.notes.get(list).map_or(&[], Vec::as_slice);
        let says = |text: &str| notes.iter().any(|note| is_same(&note.text, text));
        let was_said = |text: &str| said.iter().any(|said| is_same(said, text));
        let is_there = |text: &str| own.iter().any(|own| is_same(own, text));
        let replaced: Vec<usize> =
            (0..own.len()).filter(|at| was_said(own[*at]) && !says(own[*at])).collect();
        let edited = said.iter().filter(|said| !is_there(said) && !says(said)).count();
        let come = notes.iter().filter(|note| !is_there(&note.text) && !was_said(&note.text));
        let mut fate = EntryFate::Same;
        for (number, note) in come.enumerate() {
            let one = match replaced.get(number) {
                Some(_) if !self.updates => EntryFate::Changed,
                Some(_) => EntryFate::Updated,
                None if number >= replaced.len() + edited => self.absent(false),
                None if self.updates => EntryFate::Conflict,
                None => EntryFate::Changed,
            };
            let (path, key) = list_place(list);
            match (one, replaced.get(number)) {
                (EntryFate::Updated, Some(at)) => {
                    changes.push(Change::remove(path.clone(), key, *at));
                    changes.push(Change::insert(path, key, *at, note_item(note)));
                }
                (EntryFate::Added, _) => new.push((list.to_owned(), note_item(note))),
                _ => {}
            }
            fate = foremost(fate, one);
        }
        fate
    }
}

/// Returns the more important of two fates.
fn foremost(one: EntryFate, other: EntryFate) -> EntryFate {
    const ORDER: [EntryFate; 6] = [
        EntryFate::Conflict,
        EntryFate::Changed,
        EntryFate::Updated,
        EntryFate::Added,
        EntryFate::LeftOut,
        EntryFate::Same,
    ];
    ORDER.into_iter().find(|fate| [one, other].contains(fate)).unwrap_or(other)
}

/// Whether two texts are the same except for line ends and trailing spaces, which YAML may add.
fn is_same(one: &str, other: &str) -> bool {
    one.trim_end() == other.trim_end()
}

fn text_of<'i>(incident: &'i Incident, key: &str) -> Option<&'i str> {
    match key {
        "summary" => incident.summary.as_deref(),
        _ => incident.impact.as_deref(),
    }
}

fn notes_of<'i>(incident: &'i Incident, list: &str) -> &'i [Note] {
    let lessons = list
        .strip_prefix("lessons.")
        .and_then(|wanted| incident.lessons.by_key().into_iter().find(|(key, _)| *key == wanted));
    lessons.map_or(&incident.contributing_factors, |(_, notes)| notes)
}

/// Returns the text of a factor or a lesson.
fn note_text(note: &Value) -> &str {
    note.lone().or_else(|| note.text_at("text")).unwrap_or_default()
}

/// The last content of a document's parts, according to the journal.
#[derive(Default)]
struct FormerContent {
    texts: HashMap<&'static str, String>,
    sections: HashMap<String, String>,
    notes: HashMap<&'static str, Vec<String>>,
}

impl FormerContent {
    /// Returns the last content of a document; `alone` says that no other document was imported into the record.
    fn of(journal: &Journal, from: &str, alone: bool) -> FormerContent {
        let mut said = FormerContent::default();
        for entry in journal.in_effect() {
            match entry.verb.as_str() {
                NEW => {
                    let texts = entry.splices.iter().filter_map(|it| read(&it.inserted).ok());
                    let begun = texts.map(|document| document.incident);
                    let is_of = |it: &Incident| it.imported.iter().any(|it| it.from == from);
                    begun.filter(is_of).for_each(|incident| said.take_whole(&incident));
                }
                IMPORT if is_import_of(entry, from) || alone && notes_no_document(entry) => {
                    said.take_changes(entry);
                }
                _ => {}
            }
        }
        said
    }

    /// Stores the content with which a record began.
    fn take_whole(&mut self, incident: &Incident) {
        for key in TEXTS {
            self.texts.extend(text_of(incident, key).map(|text| (key, text.to_owned())));
        }
        for list in note_lists() {
            let notes = notes_of(incident, list).iter().map(|note| note.text.clone());
            self.notes.entry(list).or_default().extend(notes);
        }
        let sections = incident.sections.iter();
        self.sections.extend(sections.map(|it| (it.title.clone(), it.body.clone())));
    }

    /// Stores the content that an import changed.
    fn take_changes(&mut self, entry: &JournalEntry) {
        for effect in &entry.effects {
            let Some(after) = &effect.after else { continue };
            if let Some(key) = TEXTS.into_iter().find(|key| *key == effect.list) {
                self.texts.extend(after.lone().map(|text| (key, text.to_owned())));
            } else if let Some(list) = note_lists().find(|list| *list == effect.list) {
                let notes = self.notes.entry(list).or_default();
                let before = effect.before.as_ref().map(note_text);
                notes.retain(|note| before.is_none_or(|before| !is_same(note, before)));
                notes.push(note_text(after).to_owned());
            } else if effect.list == SECTIONS
                && let (Some(title), Some(body)) = (after.text_at("title"), after.text_at("body"))
            {
                self.sections.insert(title.to_owned(), body.to_owned());
            }
        }
    }
}

/// Whether a change does not say which document was imported.
fn notes_no_document(entry: &JournalEntry) -> bool {
    entry.effects.iter().all(|effect| effect.list != "imported")
}

/// Whether a change imported that document: its entry in `imported` changed.
fn is_import_of(entry: &JournalEntry, from: &str) -> bool {
    let items = |value: &Option<Value>| match value {
        Some(Value::List(items)) => items.clone(),
        _ => Vec::new(),
    };
    entry.effects.iter().filter(|effect| effect.list == "imported").any(|effect| {
        let before = items(&effect.before);
        let new = items(&effect.after).into_iter().filter(|it| !before.contains(it));
        new.into_iter().any(|it| it.text_at("from") == Some(from))
    })
}
