//! Compares a document with what a record already has of it: which entries are new, which differ, and what a corrected
//! document changes in entries that nobody edited.

use std::collections::{HashMap, HashSet, VecDeque};

use crate::format::{
    Document, Journal, JournalEntry, NEW, action_item, event_item, item_path, read, whole_step,
};
use crate::import::{DraftRecord, EntryAt, EntryFate};
use crate::model::{Imported, Incident, Moment, Zone};
use crate::yaml::{Change, Value, value_of};

use super::parts::{IMPORT, Parts, PartsOutcome};

/// Keys that identify an entry, rather than being its content.
const PLACES: [&str; 3] = ["id", "step", "source"];

/// The content of an entry: its list, its time and its text.
type Words = (&'static str, Option<i64>, String);

/// The keys of an entry with their values.
type Item = Vec<(String, Value)>;

/// What a record and its journal have of a document.
pub(super) struct Known<'r> {
    document: &'r Document,
    incident: &'r Incident,
    journal: &'r Journal,
    /// The document's entry in `imported`, with its index.
    pub(super) imported: Option<(usize, &'r Imported)>,
    /// Whether the same bytes were imported before.
    pub(super) same_bytes: bool,
    from: &'r str,
    once: JournalContent,
}

impl<'r> Known<'r> {
    pub(super) fn of(
        document: &'r Document,
        journal: &'r Journal,
        (from, sha256): (&'r str, &str),
    ) -> Known<'r> {
        let incident = &document.incident;
        let imported = incident.imported.iter().enumerate().find(|(_, it)| it.from == from);
        let same_bytes = imported.is_some_and(|(_, it)| it.sha256.as_deref() == Some(sha256));
        let once = JournalContent::of(journal, incident.zone);
        Known { document, incident, journal, imported, same_bytes, from, once }
    }

    /// Returns what happens to the parts of a document that are not entries.
    pub(super) fn parts(&self, record: &DraftRecord, updates: bool) -> PartsOutcome {
        let how = (self.same_bytes, updates);
        Parts::of(self.document, self.journal, self.from, how).outcome(record)
    }

    /// Returns what happens to each entry that was read, and the changes that a corrected document makes in the record.
    pub(super) fn fates(
        &self,
        record: &DraftRecord,
        updates: bool,
    ) -> (Vec<EntryFate>, Vec<Change>) {
        let mut changes = Vec::new();
        let pairs = self.pairs(record);
        let fate = |(read, known): (EntryAt, Option<EntryAt>)| {
            let Some(known) = known else { return self.of_absent(&record.incident, read) };
            let is_same = words(&record.incident, read) == words(self.incident, known);
            match self.correction(&record.incident, read, known) {
                Correction::Apart if updates => EntryFate::Conflict,
                Correction::Of(correction) if updates => {
                    changes.extend(correction);
                    EntryFate::Updated
                }
                Correction::None if is_same => EntryFate::Same,
                _ => EntryFate::Changed,
            }
        };
        let fates = record.read.iter().map(|read| read.entry).zip(pairs).map(fate).collect();
        (fates, changes)
    }

    /// Returns the entry of the record that each entry of a document corresponds to. Entries that are identified by
    /// lines are matched by content first: other lines may have pushed them down.
    fn pairs(&self, record: &DraftRecord) -> Vec<Option<EntryAt>> {
        let mut by_source: HashMap<(&str, &str), Vec<EntryAt>> = HashMap::new();
        let mut saying: HashMap<Words, VecDeque<EntryAt>> = HashMap::new();
        for entry in entries(self.incident) {
            if let Some(source) = source_of(self.incident, entry) {
                by_source.entry((list_of(entry), source)).or_default().push(entry);
            }
            // An event that a person logged is a different one; a step or an action may be the same, and so may a line of
            // the same document under another name.
            if self.is_line_of_any(entry) || list_of(entry) != EVENTS {
                for had in self.had(entry) {
                    saying.entry(had).or_default().push_back(entry);
                }
            }
        }
        let here = |entry: EntryAt| {
            let source = source_of(&record.incident, entry).unwrap_or_default();
            by_source.get(&(list_of(entry), source)).into_iter().flatten().copied()
        };
        let says = |entry: EntryAt| words(&record.incident, entry);
        let is_line = |entry: EntryAt| self.is_line(&record.incident, entry);
        let mut pairs = Pairs::of(record);
        pairs.take(|entry, free| {
            let is_it = |known| !is_line(entry) || self.had(known).contains(&says(entry));
            here(entry).find(|known| free(*known) && is_it(*known))
        });
        pairs.take(|entry, free| {
            let queue = saying.get_mut(&says(entry)).filter(|_| is_line(entry))?;
            std::iter::from_fn(|| queue.pop_front()).find(|known| free(*known))
        });
        pairs.take(|entry, free| {
            let (_, at, text) = says(entry);
            let is_near = |had: &Words| had.1 == at || had.2 == text;
            here(entry).find(|known| free(*known) && self.had(*known).iter().any(is_near))
        });
        let at_time = self.lines_by_time();
        pairs.take(|entry, free| {
            let (list, at, text) = says(entry);
            let beside = at_time.get(&(list, at?)).filter(|_| is_line(entry))?;
            let is_it = |known: &&EntryAt| {
                let mut had = self.had(**known).into_iter();
                free(**known) && had.any(|had| had.1 == at && is_alike(&had.2, &text))
            };
            beside.iter().find(is_it).copied()
        });
        pairs.found
    }

    /// Returns entries that are identified by lines, by their times: one that was both pushed down and reworded is
    /// recognized by its time and most of its text.
    fn lines_by_time(&self) -> HashMap<(&'static str, i64), Vec<EntryAt>> {
        let mut at_time: HashMap<_, Vec<EntryAt>> = HashMap::new();
        for entry in entries(self.incident).filter(|entry| self.is_line(self.incident, *entry)) {
            for (list, at, _) in self.had(entry) {
                at_time.entry((list, at.unwrap_or(i64::MIN))).or_default().push(entry);
            }
        }
        at_time
    }

    /// Returns the content of an entry of the record, and the document's content before somebody edited it.
    fn had(&self, known: EntryAt) -> Vec<Words> {
        let said =
            self.last_content(known).map(|it| words_of(list_of(known), it, self.incident.zone));
        std::iter::once(words(self.incident, known)).chain(said).collect()
    }

    /// Returns the document's last known content for an entry of the record.
    fn last_content(&self, known: EntryAt) -> Option<&Item> {
        let source = source_of(self.incident, known)?;
        let said = self.once.said.get(&(list_of(known), source.to_owned()))?;
        nearest(said, &item(self.incident, known))
    }

    /// Whether an entry is identified by a line of the document, which another line may push down.
    fn is_line(&self, incident: &Incident, entry: EntryAt) -> bool {
        source_of(incident, entry).is_some_and(|source| is_line_of(source, self.from))
    }

    /// Whether an entry of the record is identified by a line of any imported document.
    fn is_line_of_any(&self, entry: EntryAt) -> bool {
        let source = source_of(self.incident, entry).unwrap_or_default();
        let documents = self.incident.imported.iter().map(|it| it.from.as_str());
        documents.chain([self.from]).any(|from| is_line_of(source, from))
    }

    /// Returns what happens to an entry that the record does not have.
    fn of_absent(&self, incident: &Incident, entry: EntryAt) -> EntryFate {
        let Some(source) = source_of(incident, entry) else { return EntryFate::Added };
        let left_out = self.imported.map_or(&[][..], |(_, it)| &it.left_out);
        let is_left_out = || left_out.iter().any(|known| known == source);
        let was_there = match self.is_line(incident, entry) {
            // Another entry may have this line now.
            true => {
                self.once.words.contains(&words(incident, entry))
                    || is_left_out() && !self.once.sources.contains(source)
            }
            false => self.once.sources.contains(source) || is_left_out(),
        };
        if self.same_bytes || was_there { EntryFate::LeftOut } else { EntryFate::Added }
    }

    /// Returns what a document changes in an entry of the record: those keys for which the record still has the
    /// document's former value.
    fn correction(&self, incident: &Incident, entry: EntryAt, known: EntryAt) -> Correction {
        let (new, own) = (item(incident, entry), item(self.incident, known));
        let old = self.last_content(known);
        let mut keys: Vec<&String> = new.iter().map(|(key, _)| key).collect();
        let gone = old.into_iter().flatten().map(|(key, _)| key);
        keys.extend(gone.filter(|key| value_of(&new, key).is_none()));
        keys.retain(|key| !PLACES.contains(&key.as_str()));
        let mut changes = Vec::new();
        for key in keys {
            let (is, own) = (value_of(&new, key), value_of(&own, key));
            let was = old.map(|old| value_of(old, key));
            if same(is, own) || was.is_some_and(|was| same(is, was)) {
                continue;
            }
            if !was.is_some_and(|was| same(was, own)) {
                return Correction::Apart;
            }
            let path = item_path(list_of(known), place_of(known));
            changes.push(match is {
                Some(is) => Change::set(path, key, is.clone()),
                None => Change::unset(path, key),
            });
        }
        if changes.is_empty() { Correction::None } else { Correction::Of(changes) }
    }
}

/// Whether one text begins or ends with half of the other, shorter one.
fn is_alike(one: &str, other: &str) -> bool {
    let pairs = one.chars().zip(other.chars());
    let head = pairs.take_while(|(a, b)| a == b).count();
    let tail = one.chars().rev().zip(other.chars().rev()).take_while(|(a, b)| a == b).count();
    let shorter = one.chars().count().min(other.chars().count());
    shorter > 0 && (head + tail) * 2 >= shorter
}

/// The changes that a document makes in an entry of the record.
enum Correction {
    /// None.
    None,
    /// These.
    Of(Vec<Change>),
    /// The entry was edited in the record too, or may have been.
    Apart,
}

/// The entries of a document with their counterparts in the record, each of which occurs once.
struct Pairs {
    read: Vec<EntryAt>,
    found: Vec<Option<EntryAt>>,
    taken: HashSet<EntryAt>,
}

impl Pairs {
    fn of(record: &DraftRecord) -> Pairs {
        let read: Vec<EntryAt> = record.read.iter().map(|read| read.entry).collect();
        Pairs { found: vec![None; read.len()], read, taken: HashSet::new() }
    }

    /// Pairs entries that have no counterpart yet.
    fn take(&mut self, mut find: impl FnMut(EntryAt, &dyn Fn(EntryAt) -> bool) -> Option<EntryAt>) {
        for (entry, found) in self.read.iter().zip(&mut self.found) {
            if found.is_none() {
                *found = find(*entry, &|known| !self.taken.contains(&known));
                self.taken.extend(*found);
            }
        }
    }
}

/// The former content of a record, according to its journal.
#[derive(Default)]
struct JournalContent {
    sources: HashSet<String>,
    words: HashSet<Words>,
    /// The documents' last content by list and source: a line may have had several entries that others pushed down.
    said: HashMap<(&'static str, String), Vec<Item>>,
}

impl JournalContent {
    fn of(journal: &Journal, zone: Option<Zone>) -> JournalContent {
        let mut once = JournalContent::default();
        for entry in journal.in_effect() {
            once.note(entry, zone);
        }
        once
    }

    fn note(&mut self, entry: &JournalEntry, zone: Option<Zone>) {
        let is_import = entry.verb == NEW || entry.verb == IMPORT;
        for effect in &entry.effects {
            let list = [EVENTS, PLAN, ACTIONS].into_iter().find(|list| *list == effect.list);
            let Some((list, after)) = list.zip(effect.after.clone()) else { continue };
            self.note_item(list, effect.before.as_ref(), after, (is_import, zone));
        }
        let begun = entry.splices.iter().filter(|_| entry.verb == NEW);
        for incident in begun.filter_map(|splice| Some(read(&splice.inserted).ok()?.incident)) {
            for entry in entries(&incident) {
                let after = Value::Map(item(&incident, entry));
                self.note_item(list_of(entry), None, after, (true, zone));
            }
        }
    }

    fn note_item(
        &mut self,
        list: &'static str,
        before: Option<&Value>,
        after: Value,
        (is_import, zone): (bool, Option<Zone>),
    ) {
        let Some(source) = after.text_at("source").map(str::to_owned) else { return };
        let Value::Map(after) = after else { return };
        self.words.insert(words_of(list, &after, zone));
        self.sources.insert(source.clone());
        if !is_import {
            return;
        }
        let said = self.said.entry((list, source)).or_default();
        let Some(Value::Map(before)) = before else { return said.push(after) };
        // An import into an existing entry changes some keys; the others may be a person's.
        let nearest = nearest(said, before).cloned();
        said.retain(|it| Some(it) != nearest.as_ref());
        let kept = nearest.into_iter().flatten();
        let mut now: Item =
            kept.filter(|(key, _)| same(value_of(&after, key), value_of(before, key))).collect();
        now.extend(after.into_iter().filter(|(key, new)| value_of(before, key) != Some(new)));
        said.push(now);
    }
}

/// Returns the item with the same or mostly the same content as another: its text or its time; else the only item.
fn nearest<'i>(items: &'i [Item], other: &[(String, Value)]) -> Option<&'i Item> {
    let is = |item: &Item, keys: &[&str], all: bool| {
        let mut equal = keys.iter().map(|key| same(value_of(item, key), value_of(other, key)));
        if all { equal.all(|it| it) } else { equal.any(|it| it) }
    };
    let whole = items.iter().find(|item| is(item, &["text", "at"], true));
    let lone = || items.first().filter(|_| items.len() == 1);
    whole.or_else(|| items.iter().find(|item| is(item, &["text", "at"], false))).or_else(lone)
}

pub(super) const EVENTS: &str = "events";
pub(super) const PLAN: &str = "plan";
pub(super) const ACTIONS: &str = "actions";

/// Returns the entries of a record.
fn entries(incident: &Incident) -> impl Iterator<Item = EntryAt> {
    let events = (0..incident.events.len()).map(EntryAt::Event);
    let steps = (0..incident.plan.len()).map(EntryAt::Step);
    events.chain(steps).chain((0..incident.actions.len()).map(EntryAt::Action))
}

/// Returns the list that an entry is in.
pub(super) fn list_of(entry: EntryAt) -> &'static str {
    match entry {
        EntryAt::Event(_) => EVENTS,
        EntryAt::Step(_) => PLAN,
        EntryAt::Action(_) => ACTIONS,
    }
}

fn place_of(entry: EntryAt) -> usize {
    let (EntryAt::Event(at) | EntryAt::Step(at) | EntryAt::Action(at)) = entry;
    at
}

/// Returns the source of an entry.
pub(super) fn source_of(incident: &Incident, entry: EntryAt) -> Option<&str> {
    match entry {
        EntryAt::Event(at) => incident.events.get(at)?.source.as_deref(),
        EntryAt::Step(at) => incident.plan.get(at)?.source.as_deref(),
        EntryAt::Action(at) => incident.actions.get(at)?.source.as_deref(),
    }
}

fn words(incident: &Incident, entry: EntryAt) -> Words {
    let said = match entry {
        EntryAt::Event(at) => incident.events.get(at).map(|it| (it.at, &it.text)),
        EntryAt::Step(at) => incident.plan.get(at).map(|it| (it.at, &it.text)),
        EntryAt::Action(at) => incident.actions.get(at).map(|it| (None, &it.text)),
    };
    let (at, text) = said.map_or((None, String::new()), |(at, text)| (at, text.clone()));
    (list_of(entry), at.map(|at| at.unix()), text)
}

fn words_of(list: &'static str, item: &[(String, Value)], zone: Option<Zone>) -> Words {
    let said = |key: &str| value_of(item, key).and_then(Value::lone);
    let at = said("at").filter(|_| list != ACTIONS);
    let at = at.and_then(|at| Moment::parse(at, zone).ok()).map(|at| at.unix());
    (list, at, said("text").unwrap_or_default().to_owned())
}

/// Returns an entry as a value of the record.
pub(super) fn item_of(incident: &Incident, entry: EntryAt) -> Option<Value> {
    match entry {
        EntryAt::Event(at) => incident.events.get(at).map(event_item),
        EntryAt::Step(at) => incident.plan.get(at).map(whole_step),
        EntryAt::Action(at) => incident.actions.get(at).map(action_item),
    }
}

/// Returns the keys of an entry as in the record.
fn item(incident: &Incident, entry: EntryAt) -> Item {
    match item_of(incident, entry) {
        Some(Value::Map(item)) => item,
        _ => Item::new(),
    }
}

/// Whether two values mean the same: times may be in different zones.
fn same(a: Option<&Value>, b: Option<&Value>) -> bool {
    let moment = |value: Option<&Value>| Moment::parse(value?.lone()?, None).ok();
    let is_moment = || {
        let (a, b) = (moment(a)?, moment(b)?);
        Some(a.unix() == b.unix() && a.precision() == b.precision())
    };
    a == b || is_moment() == Some(true)
}

/// Whether a source is a line of the document, or of one in the same folder, which another line may push down. Anything
/// after the line's number distinguishes entries of the same line.
pub(super) fn is_line_of(source: &str, from: &str) -> bool {
    let mut parts = source.strip_prefix(from).unwrap_or_default().split(':');
    let is_here = parts.next().is_some_and(|beside| beside.is_empty() || beside.starts_with('/'));
    let is_number = |line: &str| !line.is_empty() && line.bytes().all(|b| b.is_ascii_digit());
    is_here && parts.next().is_some_and(is_number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::ReadAs;

    const NOTED: &str = "title: t\nevents: []\nimported:\n  - from: n.txt\n    left_out: [\"n.txt:3\", X7]\nactions:\n  - text: fix\n";

    /// Returns what happens to the entries of another document in a record without a journal.
    fn fates(record: &str, entries_read: &str) -> Vec<&'static str> {
        let (document, journal) = (read(record).unwrap(), Journal::default());
        let incident = read(&format!("title: t\n{entries_read}")).unwrap().incident;
        let read_as = |entry| ReadAs {
            entry,
            line: 1,
            column: 1,
            raw: String::new(),
            date_from: None,
            zone_from: None,
        };
        let read = entries(&incident).map(read_as).collect();
        let draft = DraftRecord { incident, read, ..DraftRecord::default() };
        let known = Known::of(&document, &journal, ("n.txt", "00"));
        known.fates(&draft, false).0.into_iter().map(EntryFate::word).collect()
    }

    #[test]
    fn what_is_noted_as_left_out_stays_out_without_a_journal() {
        let event = |source: &str| {
            format!(
                "events:\n  - at: 2024-09-07T18:00Z\n    text: down\n    source: \"{source}\"\n"
            )
        };
        for (source, fate) in
            [("n.txt:3", "left out"), ("n.txt:4", "added"), ("X7", "left out"), ("X8", "added")]
        {
            assert_eq!(fates(NOTED, &event(source)), [fate], "{source}");
        }
    }

    #[test]
    fn only_lines_are_known_by_what_they_say() {
        for (source, fate) in [("n.txt:9", "same"), ("X9", "added")] {
            let action = format!("events: []\nactions:\n  - text: fix\n    source: \"{source}\"\n");
            assert_eq!(fates(NOTED, &action), [fate], "{source}");
        }
    }

    #[test]
    fn a_source_is_a_line_of_its_document_or_of_one_in_the_same_folder() {
        for (source, from, is_line) in [
            ("n.txt:3", "n.txt", true),
            ("n.txt:3:2", "n.txt", true),
            ("logs/a.txt:3", "logs", true),
            ("logs2/a.txt:3", "logs", false),
            ("n.txt:", "n.txt", false),
            ("n.txt:x", "n.txt", false),
            ("n.txt", "n.txt", false),
            ("X7", "n.txt", false),
        ] {
            assert_eq!(is_line_of(source, from), is_line, "{source} {from}");
        }
    }

    #[test]
    fn texts_are_alike_that_share_half_of_the_shorter_one() {
        for (one, other, alike) in [
            ("abxx", "abyyyy", true),
            ("abxx", "ayyyy", false),
            ("xxyz", "yz", true),
            ("axxb", "ayyyyyb", true),
            ("", "a", false),
        ] {
            assert_eq!(is_alike(one, other), alike, "{one} {other}");
        }
    }

    #[test]
    fn times_are_the_same_at_any_offset_but_not_at_another_precision() {
        for (one, other, is_same) in [
            ("2024-09-07T18:00+09:00", "2024-09-07T09:00Z", true),
            ("2024-09-07T18:00+09:00", "2024-09-07T18:00Z", false),
            ("2024-09-07T09:00Z", "2024-09-07T09:00:00Z", false),
            ("one", "one", true),
            ("one", "two", false),
        ] {
            let [one, other] = [one, other].map(Value::text);
            assert_eq!(same(Some(&one), Some(&other)), is_same, "{one:?} {other:?}");
            assert!(!same(Some(&one), None));
        }
    }
}
