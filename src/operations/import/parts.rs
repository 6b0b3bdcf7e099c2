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

#[cfg(test)]
mod tests {
    use super::super::super::trial::Trial;
    use super::super::before::ReadBefore;
    use super::super::plan::plan_import;
    use super::super::request::ImportRequest;
    use super::super::write::import;
    use crate::import::{ImportOptions, Input, Kind};
    use crate::store::{LockWait, RecordName};

    /// What happens to an empty record.
    enum Do {
        /// The record begins with a document of this name.
        Begin(&'static str, &'static str),
        /// A document of this name is imported that says this below its timeline; each part gets the fate.
        Import(&'static str, &'static str, &'static str),
        /// The same, and what nobody edited is corrected.
        Update(&'static str, &'static str, &'static str),
        /// Somebody replaces words in the record.
        Edit(&'static str, &'static str),
        /// The journal is lost.
        Forget,
    }
    use Do::{Begin, Edit, Forget, Import, Update};

    const EMPTY: &str = "title: Down\ntimezone: UTC\nevents: []\n";

    /// Imports a document into a record, or as a new one; returns the record, and the fate of each part.
    fn imported(
        trial: &Trial,
        record: Option<&RecordName>,
        (name, parts): (&str, &str),
        updates: bool,
    ) -> (RecordName, String) {
        let workspace = &trial.target.workspace;
        let text = format!("# Down on 2024-09-07\n\n## Timeline (UTC)\n\n- 18:08: down\n\n{parts}");
        let request = ImportRequest {
            kind: Kind::Markdown,
            inputs: vec![Input { name: name.to_owned(), bytes: text.into_bytes() }],
            folder: None,
            answers: ImportOptions::default(),
            id: Some("down".to_owned()),
            record: record.cloned(),
            only: None,
            updates,
        };
        let plan = plan_import(workspace, &ReadBefore::default(), &request).unwrap();
        let wait = LockWait { limit: trial.target.wait.limit, waiting: &|| {} };
        let written = import(workspace, &plan, &wait).unwrap();
        let read = plan.draft.records[0].sections.iter().zip(&written[0].parts);
        let told: Vec<String> =
            read.map(|(part, fate)| format!("{} {}", part.to, fate.word())).collect();
        (written[0].record.clone(), told.join(", "))
    }

    fn does(trial: &mut Trial, what: &Do) {
        match what {
            Begin(name, parts) => {
                trial.target.record = imported(trial, None, (name, parts), false).0;
            }
            Import(name, parts, fates) | Update(name, parts, fates) => {
                let updates = matches!(what, Update(..));
                let record = Some(&trial.target.record);
                let (_, told) = imported(trial, record, (name, parts), updates);
                assert_eq!(told, *fates, "{name} {parts}\n{}", trial.text());
            }
            Edit(from, to) => {
                let text = trial.text();
                assert!(text.contains(from), "{from}\n{text}");
                trial.write(&text.replace(from, to));
            }
            Forget => {
                let project = &trial.target.workspace.project;
                let journal = project.journal_name(&trial.target.record);
                let folder = project.records_folder().join("../.asrun");
                std::fs::remove_file(folder.join(format!("{journal}.journal"))).unwrap();
            }
        }
    }

    /// What is done, and what the record says in the end; with `!`, what it does not say.
    type Row = (&'static [Do], &'static [&'static str]);

    const ONE: &str = "## Summary\n\nNobody could pay.\n";
    const TWO: &str = "## Summary\n\nNobody could pay for an hour.\n";
    const THREE: &str = "## Summary\n\nNobody could pay for two hours.\n";

    const POOL: &str = "## Root causes\n\n- a small pool\n";
    const POOL_AND_QUERY: &str = "## Root causes\n\n- a small pool\n- a slow query\n";
    const TWO_SECTIONS: &str = "## Background\n\nOne pool.\n\n## Background\n\nOne query.\n";

    const ROWS: &[Row] = &[
        // The document says what it said before: the edited text is the person's.
        (
            &[
                Import("a.md", ONE, "summary added"),
                Edit("Nobody", "Hardly anybody"),
                Update("a.md", ONE, "summary same"),
                Import("a.md", TWO, "summary changed"),
                Update("a.md", TWO, "summary conflict"),
            ],
            &["Hardly anybody could pay."],
        ),
        // What was taken out stays out, even if the journal is lost.
        (
            &[
                Import("a.md", ONE, "summary added"),
                Edit("summary: |\n  Nobody could pay.\n", ""),
                Import("a.md", TWO, "summary left out"),
                Forget,
                Import("a.md", TWO, "summary left out"),
            ],
            &["!summary"],
        ),
        (
            &[
                Import("a.md", POOL, "contributing_factors added"),
                Edit("a small pool", "a pool of ten"),
                Forget,
                Import("a.md", POOL, "contributing_factors left out"),
            ],
            &["!a small pool"],
        ),
        (
            &[
                Import("a.md", POOL_AND_QUERY, "contributing_factors added"),
                Edit("\n  - a slow query", ""),
                Import(
                    "a.md",
                    "## Root causes\n\n- a small pool\n- a slow query\n\n## Thanks\n\nTo all.\n",
                    "contributing_factors same, sections added",
                ),
            ],
            &["!a slow query"],
        ),
        // A factor that was edited here and corrected there.
        (
            &[
                Import("a.md", POOL, "contributing_factors added"),
                Edit("a small pool", "a small pool of ten"),
                Import("a.md", "## Root causes\n\n- a tiny pool\n", "contributing_factors changed"),
                Update(
                    "a.md",
                    "## Root causes\n\n- a tiny pool\n",
                    "contributing_factors conflict",
                ),
            ],
            &["a small pool of ten", "!a tiny pool"],
        ),
        // A second correction takes the place of the first, and one more is added.
        (
            &[
                Import("a.md", POOL, "contributing_factors added"),
                Update("a.md", "## Root causes\n\n- a tiny pool\n", "contributing_factors updated"),
                Update(
                    "a.md",
                    "## Root causes\n\n- a pool of ten\n- a slow query\n",
                    "contributing_factors updated",
                ),
            ],
            &["a pool of ten", "a slow query", "!a tiny pool", "!a small pool"],
        ),
        // Sections of the same title are told apart by their order.
        (
            &[
                Import("a.md", TWO_SECTIONS, "sections added, sections added"),
                Update(
                    "a.md",
                    "## Background\n\nOne pool.\n\n## Background\n\nTwo queries.\n",
                    "sections updated, sections updated",
                ),
            ],
            &["One pool.", "Two queries.", "!One query."],
        ),
        (
            &[
                Import("a.md", TWO_SECTIONS, "sections added, sections added"),
                Update(
                    "a.md",
                    "## Background\n\nTwo pools.\n\n## Background\n\nOne query.\n",
                    "sections conflict, sections conflict",
                ),
            ],
            &["One pool.", "One query."],
        ),
        // An import of the same bytes again does not note the document.
        (
            &[
                Import("a.md", ONE, "summary added"),
                Import("a.md", TWO, "summary changed"),
                Update("a.md", TWO, "summary updated"),
                Update("a.md", THREE, "summary updated"),
            ],
            &["two hours"],
        ),
        // So do corrections of an event, of which a document says the last.
        (
            &[
                Import("a.md", "- 18:20: restart\n", ""),
                Update("a.md", "- 18:20: restart of both\n", ""),
                Update("a.md", "- 18:20: restart of all\n", ""),
            ],
            &["restart of all", "!restart of both"],
        ),
        // What one document says was not said by another.
        (
            &[
                Import("a.md", ONE, "summary added"),
                Import("b.md", "", ""),
                Import("a.md", TWO, "summary changed"),
                Update("a.md", TWO, "summary updated"),
                Update("b.md", THREE, "summary conflict"),
            ],
            &["an hour"],
        ),
        (
            &[
                Import("a.md", "", ""),
                Import("b.md", ONE, "summary added"),
                Update("a.md", TWO, "summary conflict"),
            ],
            &["Nobody could pay."],
        ),
        (
            &[
                Begin("a.md", ONE),
                Import("b.md", "", ""),
                Update("b.md", TWO, "summary conflict"),
                Update("a.md", TWO, "summary updated"),
            ],
            &["an hour"],
        ),
    ];

    #[test]
    fn parts_are_corrected_that_nobody_edited_and_none_comes_back() {
        for (done, said) in ROWS {
            let mut trial = Trial::of(EMPTY);
            for what in *done {
                does(&mut trial, what);
            }
            let text = trial.text();
            for words in *said {
                match words.strip_prefix('!') {
                    Some(words) => assert!(!text.contains(words), "{words}\n{text}"),
                    None => assert!(text.contains(words), "{words}\n{text}"),
                }
            }
        }
    }
}
