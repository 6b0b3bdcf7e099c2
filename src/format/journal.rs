//! Lines of the journal: what was acknowledged, so that nothing is lost in silence.
//!
//! The journal lies beside the project, not in git. It is never needed to read a record; it tells
//! what a record once held when somebody else took it away, and how to take a change back.

use serde::{Deserialize, Serialize};

use crate::model::{Moment, Zone, alike};
use crate::yaml::tree::Node;
use crate::yaml::{Splice, Value};

use super::document::Document;

/// One acknowledged change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct JournalEntry {
    /// A name of its own.
    pub id: String,
    /// When it was made, ISO 8601.
    pub on: String,
    /// The command that made it.
    pub verb: String,
    /// Ids of the entries it takes back, brings back or settles.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub about: Vec<String>,
    /// What became of items of the record's lists.
    pub effects: Vec<Effect>,
    /// What was replaced in the text; nothing if that was too much to keep.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub splices: Vec<Splice>,
    /// A fingerprint of the whole text after the change.
    #[serde(default)]
    pub after: u64,
}

/// A fingerprint of a text (64-bit FNV-1a), to tell whether it is still the same.
pub fn fingerprint(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// An item that came, went, or was changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Effect {
    /// The list's key.
    pub list: String,
    /// The item before; none if it is new.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Value>,
    /// The item after; none if it went.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Value>,
}

impl Effect {
    /// What takes it back.
    pub fn inverse(&self) -> Effect {
        Effect { list: self.list.clone(), before: self.after.clone(), after: self.before.clone() }
    }
}

impl JournalEntry {
    /// One line, with its end.
    pub fn to_line(&self) -> String {
        // Texts and lists only: JSON can say all of them.
        let json = serde_json::to_string(self).unwrap_or_default();
        format!("{json}\n")
    }
}

/// Verbs that do not change a record's own history.
pub const KEPT: &str = "kept";
/// Takes an entry back.
pub const UNDO: &str = "undo";
/// Brings an entry back that was taken back.
pub const REDO: &str = "redo";
/// Brings back what somebody took away, and adds what was kept.
pub const RECOVER: &str = "recover";
/// Confirms that what is missing was deleted on purpose.
pub const FORGET: &str = "forget";

/// What the journal of one record says.
#[derive(Debug, Clone, Default)]
pub struct Journal {
    entries: Vec<JournalEntry>,
}

impl Journal {
    /// Reads the lines; one that a crash tore is passed over.
    pub fn read(text: &str) -> Journal {
        Journal {
            entries: text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect(),
        }
    }

    /// Every entry, oldest first.
    pub fn entries(&self) -> &[JournalEntry] {
        &self.entries
    }

    /// The entries that stand: made, not taken back; oldest first.
    pub fn in_effect(&self) -> Vec<&JournalEntry> {
        self.stacks().0
    }

    /// The entry that was taken back last and may be brought back.
    pub fn taken_back(&self) -> Option<&JournalEntry> {
        self.stacks().1.pop()
    }

    fn stacks(&self) -> (Vec<&JournalEntry>, Vec<&JournalEntry>) {
        let mut done: Vec<&JournalEntry> = Vec::new();
        let mut undone: Vec<&JournalEntry> = Vec::new();
        for entry in &self.entries {
            let about = |other: &&JournalEntry| entry.about.contains(&other.id);
            match entry.verb.as_str() {
                UNDO => {
                    let Some(at) = done.iter().rposition(about) else { continue };
                    let back = done.remove(at);
                    if back.verb == RECOVER {
                        // What had written the recovered entries is taken back with them.
                        done.retain(|other| !settles(entry, other));
                    }
                    undone.push(back);
                }
                REDO => done.extend(undone.iter().rposition(about).map(|at| undone.remove(at))),
                KEPT => {}
                // What was deleted on purpose is no change to take back any more.
                FORGET => done.retain(|other| !settles(entry, other)),
                _ => {
                    undone.clear();
                    done.push(entry);
                }
            }
        }
        (done, undone)
    }

    /// Events that were kept because their record could not be read, and wait to be added.
    pub fn kept(&self) -> Vec<&JournalEntry> {
        let settled = |id: &String| {
            self.entries.iter().any(|other| other.verb != KEPT && other.about.contains(id))
        };
        self.entries.iter().filter(|entry| entry.verb == KEPT && !settled(&entry.id)).collect()
    }

    /// Items that were acknowledged and that the record no longer holds, taken away by somebody
    /// else. An item of the same id, of the same time and much the same text, or of the same text
    /// where no other item has it, counts as edited by hand.
    pub fn missing(&self, document: &Document) -> Vec<(String, Value)> {
        let mut missing = Vec::new();
        for list in LISTS {
            let mut there = document.items(list);
            let mut wanted = self.acknowledged(list);
            for same in LIKENESSES {
                wanted.retain(|item| match one_like(item, &there, *same, document.incident.zone) {
                    Some(at) => {
                        there.remove(at);
                        false
                    }
                    None => true,
                });
            }
            missing.extend(wanted.into_iter().map(|item| ((*list).to_owned(), item)));
        }
        missing
    }

    /// The place of the event that was logged last, as it is now; `None` if it cannot be told.
    pub fn place_of_last(&self, document: &Document) -> Option<usize> {
        let there = document.items("events");
        let last = self.logged().pop()?;
        LIKENESSES.iter().find_map(|same| one_like(&last, &there, *same, document.incident.zone))
    }

    /// Whether any event went through asrun and was not taken back.
    pub fn has_logged(&self) -> bool {
        !self.logged().is_empty()
    }

    /// How many items the record should hold at least.
    pub fn acknowledged_count(&self) -> usize {
        LISTS.iter().map(|list| self.acknowledged(list).len()).sum::<usize>() + self.kept().len()
    }

    /// The events that were logged through asrun, in the order they were logged, as they are after
    /// every later change.
    fn logged(&self) -> Vec<Value> {
        let mut logged: Vec<Value> = Vec::new();
        let entries = self.entries.iter().filter(|entry| entry.verb != KEPT);
        for effect in
            entries.flat_map(|entry| &entry.effects).filter(|effect| effect.list == "events")
        {
            let known = effect.before.as_ref().and_then(|before| place_in(&logged, before));
            match (known, &effect.after) {
                (Some(at), Some(after)) => logged[at] = after.clone(),
                (Some(at), None) => {
                    logged.remove(at);
                }
                (None, Some(after)) if effect.before.is_none() => logged.push(after.clone()),
                (None, _) => {}
            }
        }
        logged
    }

    /// What the list should hold of what went through asrun.
    fn acknowledged(&self, list: &str) -> Vec<Value> {
        let mut items: Vec<Value> = Vec::new();
        for entry in self.entries.iter().filter(|entry| entry.verb != KEPT) {
            for effect in entry.effects.iter().filter(|effect| effect.list == list) {
                let known = effect.before.as_ref().and_then(|before| place_in(&items, before));
                match (known, &effect.after) {
                    (Some(at), Some(after)) => items[at] = after.clone(),
                    (Some(at), None) => {
                        items.remove(at);
                    }
                    // What was recovered had been acknowledged before.
                    (None, Some(after)) if entry.verb == RECOVER && items.contains(after) => {}
                    (None, Some(after)) => items.push(after.clone()),
                    (None, None) => {}
                }
            }
        }
        items
    }
}

/// The lists whose items the journal follows.
pub const LISTS: &[&str] = &["plan", "events"];

/// Whether an entry confirms that what another one wrote was deleted.
fn settles(forget: &JournalEntry, other: &JournalEntry) -> bool {
    let gone =
        |item: &Value| forget.effects.iter().any(|effect| effect.before.as_ref() == Some(item));
    other.effects.iter().filter_map(|effect| effect.after.as_ref()).any(gone)
}

type Likeness = fn(&Value, &Value, Option<Zone>) -> bool;

/// Ways in which an item may still be the one that was written, the surest first, and whether a
/// way counts only where a single item is like it.
const LIKENESSES: &[(Likeness, bool)] = &[
    (exactly, false),
    (same_id, false),
    (same_moment_and_text, false),
    (reworded, false),
    (same_text, true),
];

/// The item that is like `wanted` in that way.
fn one_like(
    wanted: &Value,
    items: &[Value],
    (same, alone): (Likeness, bool),
    zone: Option<Zone>,
) -> Option<usize> {
    let mut places = (0..items.len()).filter(|at| same(wanted, &items[*at], zone));
    let first = places.next()?;
    (!alone || places.next().is_none()).then_some(first)
}

/// The place of an item that a later change calls so; edited by hand in between, it is like it.
fn place_in(items: &[Value], wanted: &Value) -> Option<usize> {
    let mut ways = LIKENESSES.iter().filter(|(_, alone)| !alone);
    ways.find_map(|(same, _)| items.iter().rposition(|item| same(wanted, item, None)))
}

fn exactly(a: &Value, b: &Value, _: Option<Zone>) -> bool {
    a == b
}

fn same_id(a: &Value, b: &Value, _: Option<Zone>) -> bool {
    a.said("id").is_some() && a.said("id") == b.said("id")
}

fn same_moment_and_text(a: &Value, b: &Value, zone: Option<Zone>) -> bool {
    same_text(a, b, zone) && same_moment(a, b, zone)
}

fn reworded(a: &Value, b: &Value, zone: Option<Zone>) -> bool {
    let texts = a.said("text").zip(b.said("text"));
    same_moment(a, b, zone) && texts.is_some_and(|(a, b)| alike(a, b))
}

fn same_text(a: &Value, b: &Value, _: Option<Zone>) -> bool {
    a.said("text").is_some() && a.said("text") == b.said("text")
}

fn same_moment(a: &Value, b: &Value, zone: Option<Zone>) -> bool {
    let moment = |item: &Value| Moment::parse(item.said("at")?, zone).ok().map(|at| at.unix());
    moment(a).is_some() && moment(a) == moment(b)
}

impl Document {
    /// The items of one of the record's lists.
    pub fn items(&self, list: &str) -> Vec<Value> {
        items(&self.tree(), list).iter().map(Value::of).collect()
    }
}

fn items<'n>(tree: &'n Node<'n>, list: &str) -> &'n [Node<'n>] {
    tree.entry(list).map_or(&[], |entry| entry.value.items())
}

/// What came, went and was changed between two states of a record.
pub fn effects(before: &Document, after: &Document) -> Vec<Effect> {
    let (before, after) = (before.tree(), after.tree());
    LISTS
        .iter()
        .flat_map(|list| list_effects(list, items(&before, list), items(&after, list)))
        .collect()
}

fn list_effects(list: &str, before: &[Node], after: &[Node]) -> Vec<Effect> {
    let head = before.iter().zip(after).take_while(|(a, b)| a.means(b)).count();
    let (before, after) = (&before[head..], &after[head..]);
    let tail = before.iter().rev().zip(after.iter().rev()).take_while(|(a, b)| a.means(b)).count();
    let mut gone: Vec<Value> = before[..before.len() - tail].iter().map(Value::of).collect();
    let mut came: Vec<Value> = Vec::new();
    for item in after[..after.len() - tail].iter().map(Value::of) {
        match gone.iter().position(|other| *other == item) {
            Some(at) => {
                gone.remove(at);
            }
            None => came.push(item),
        }
    }
    let pairs = gone.len().max(came.len());
    let mut gone = gone.into_iter();
    let mut came = came.into_iter();
    (0..pairs)
        .map(|_| Effect { list: list.to_owned(), before: gone.next(), after: came.next() })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::read;

    fn record(events: &[&str]) -> Document {
        let items: String = events
            .iter()
            .enumerate()
            .map(|(n, text)| format!("  - at: 2024-09-07T18:{n:02}+09:00\n    text: {text}\n"))
            .collect();
        read(&format!("title: t\nevents:\n{items}")).unwrap()
    }

    fn entry(id: &str, verb: &str, about: &[&str], effects: Vec<Effect>) -> JournalEntry {
        JournalEntry {
            id: id.to_owned(),
            on: String::new(),
            verb: verb.to_owned(),
            about: about.iter().map(|id| (*id).to_owned()).collect(),
            effects,
            splices: Vec::new(),
            after: 0,
        }
    }

    #[test]
    fn tells_what_somebody_took_away() {
        let (one, both) = (record(&["one"]), record(&["one", "two"]));
        let journal = Journal { entries: vec![entry("1", "log", &[], effects(&one, &both))] };
        assert!(journal.missing(&both).is_empty());
        assert_eq!(journal.missing(&one).len(), 1);
        let again = entry("2", RECOVER, &[], effects(&one, &both));
        let recovered = Journal { entries: [journal.entries.clone(), vec![again]].concat() };
        assert!(recovered.missing(&both).is_empty());
        assert!(journal.missing(&record(&["one", "two, by hand"])).len() == 1);
        assert!(journal.missing(&record(&["one", "twoo"])).is_empty());
    }

    #[test]
    fn undo_and_redo_are_stacks() {
        let journal = |verbs: &[(&str, &str, &[&str])]| Journal {
            entries: verbs.iter().map(|(id, verb, about)| entry(id, verb, about, vec![])).collect(),
        };
        let ids = |journal: &Journal| {
            journal.in_effect().iter().map(|e| e.id.clone()).collect::<Vec<_>>()
        };
        let undone = journal(&[("1", "log", &[]), ("2", "log", &[]), ("3", UNDO, &["2"])]);
        assert_eq!(ids(&undone), ["1"]);
        assert_eq!(undone.taken_back().unwrap().id, "2");
        let redone = journal(&[("1", "log", &[]), ("2", UNDO, &["1"]), ("3", REDO, &["1"])]);
        assert_eq!(ids(&redone), ["1"]);
        let gone = journal(&[("1", "log", &[]), ("2", UNDO, &["1"]), ("3", "log", &[])]);
        assert!(gone.taken_back().is_none());
    }

    #[test]
    fn a_recovery_is_taken_back_with_what_it_brought_back() {
        let (one, both) = (record(&["one"]), record(&["one", "two"]));
        let (added, removed) = (effects(&one, &both), effects(&both, &one));
        let entries = vec![
            entry("0", "log", &[], effects(&record(&[]), &one)),
            entry("1", "log", &[], added.clone()),
            entry("2", RECOVER, &[], added),
            entry("3", UNDO, &["2"], removed),
        ];
        let ids = |journal: &Journal| {
            journal.in_effect().iter().map(|entry| entry.id.clone()).collect::<Vec<_>>()
        };
        assert_eq!(ids(&Journal { entries: entries[..3].to_vec() }), ["0", "1", "2"]);
        let back = Journal { entries };
        assert_eq!(ids(&back), ["0"]);
        assert_eq!(back.taken_back().unwrap().id, "2");
        assert!(back.missing(&one).is_empty());
    }

    #[test]
    fn a_torn_line_costs_only_itself() {
        let line = entry("1", "log", &[], vec![]).to_line();
        let journal = Journal::read(&format!("{line}{{\"id\": \"2\", \"on\n{line}"));
        assert_eq!(journal.entries().len(), 2);
    }

    #[test]
    fn fingerprints_are_those_of_fnv() {
        assert_eq!(fingerprint(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fingerprint("a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(fingerprint("foobar"), 0x8594_4171_f739_67e8);
    }

    fn said(entries: &[(&str, &str)]) -> Value {
        let entry = |(key, text): &(&str, &str)| ((*key).to_owned(), Value::text(*text));
        Value::Map(entries.iter().map(entry).collect())
    }

    #[test]
    fn likenesses_are_what_they_say() {
        let item = |id: &str, at: &str, text: &str| {
            let all = [("id", id), ("at", at), ("text", text)];
            said(&all.into_iter().filter(|(_, said)| !said.is_empty()).collect::<Vec<_>>())
        };
        let (noon, same_noon) = ("2024-09-07T12:00Z", "2024-09-07T21:00+09:00");
        let one = item("a", noon, "pool exhausted");
        // Same: exactly, id, moment and text, moment and much the same text, text.
        for (other, same) in [
            (one.clone(), [true, true, true, true, true]),
            (item("a", "2024-09-07T13:00Z", "other"), [false, true, false, false, false]),
            (item("b", same_noon, "pool exhausted"), [false, false, true, true, true]),
            (item("b", noon, "pool exhaustedd"), [false, false, false, true, false]),
            (item("b", noon, "cache cleared"), [false, false, false, false, false]),
            (item("b", "2024-09-07T13:00Z", "pool exhaustedd"), [false; 5]),
            (item("", "2024-09-07T13:00Z", "pool exhausted"), [false, false, false, false, true]),
            (item("", "soon", "pool exhausted"), [false, false, false, false, true]),
            (item("", noon, ""), [false; 5]),
        ] {
            for (a, b) in [(&one, &other), (&other, &one)] {
                let found: Vec<bool> =
                    LIKENESSES.iter().map(|(like, _)| like(a, b, None)).collect();
                assert_eq!(found, same, "{a:?}\n{b:?}");
            }
        }
        let nothing = item("", "", "");
        for (like, _) in &LIKENESSES[1..] {
            assert!(!like(&nothing, &nothing, None), "what is missing is not alike");
        }
        let local = item("", "2024-09-07T21:00", "pool exhausted");
        assert!(same_moment(&one, &local, Zone::parse("Asia/Seoul")));
        assert!(!same_moment(&one, &local, None));
    }

    #[test]
    fn one_text_alone_is_like_another() {
        let item = |text: &str| said(&[("text", text)]);
        let items = [item("a"), item("b"), item("a")];
        assert_eq!(one_like(&item("a"), &items, (same_text, false), None), Some(0));
        assert_eq!(one_like(&item("a"), &items, (same_text, true), None), None);
        assert_eq!(one_like(&item("b"), &items, (same_text, true), None), Some(1));
        assert_eq!(one_like(&item("c"), &items, (same_text, false), None), None);
        assert_eq!(place_in(&items, &item("a")), Some(2), "the last of the same");
        let timed = said(&[("text", "b"), ("at", "2024-09-07T12:00Z")]);
        assert_eq!(place_in(&items, &timed), None, "a text alone is not enough");
    }

    /// Lines of a journal, by verb: ids that stand, the one that may be brought back, and what waits.
    type Stacks<'t> = (&'t [(&'t str, &'t str, &'t [&'t str])], &'t [&'t str], Option<&'t str>);

    #[test]
    fn stacks_hold_what_can_be_taken_back() {
        let table: &[Stacks] = &[
            (&[], &[], None),
            (&[("1", "log", &[]), ("2", KEPT, &[])], &["1"], None),
            (&[("1", "log", &[]), ("2", UNDO, &["1"]), ("3", KEPT, &[])], &[], Some("1")),
            (&[("1", "log", &[]), ("2", UNDO, &["9"])], &["1"], None),
            (&[("1", "log", &[]), ("2", REDO, &["1"])], &["1"], None),
            (&[("1", "log", &[]), ("2", "log", &[]), ("3", UNDO, &["1"])], &["2"], Some("1")),
            (
                &[("1", "log", &[]), ("2", "log", &[]), ("3", UNDO, &["2"]), ("4", UNDO, &["1"])],
                &[],
                Some("1"),
            ),
            (
                &[("1", "log", &[]), ("2", UNDO, &["1"]), ("3", FORGET, &[]), ("4", REDO, &["1"])],
                &["1"],
                None,
            ),
        ];
        for (lines, in_effect, back) in table {
            let entries: Vec<JournalEntry> =
                lines.iter().map(|(id, verb, about)| entry(id, verb, about, vec![])).collect();
            let journal = Journal { entries };
            let ids: Vec<&str> = journal.in_effect().iter().map(|entry| &*entry.id).collect();
            assert_eq!(ids, *in_effect, "{lines:?}");
            assert_eq!(journal.taken_back().map(|entry| &*entry.id), *back, "{lines:?}");
        }
    }

    #[test]
    fn what_was_forgotten_is_no_change_to_take_back() {
        let (none, one, both) = (record(&[]), record(&["one"]), record(&["one", "two"]));
        let entries = vec![
            entry("1", "log", &[], effects(&none, &one)),
            entry("2", "log", &[], effects(&one, &both)),
            entry("3", FORGET, &[], effects(&both, &one)),
        ];
        let journal = Journal { entries };
        let ids: Vec<&str> = journal.in_effect().iter().map(|entry| &*entry.id).collect();
        assert_eq!(ids, ["1"]);
        assert!(journal.missing(&one).is_empty());
        assert_eq!(journal.acknowledged_count(), 1);
    }

    #[test]
    fn taking_back_a_log_leaves_others_that_wrote_the_same() {
        let (none, one) = (record(&[]), record(&["one"]));
        let entries = vec![
            entry("1", "log", &[], effects(&none, &one)),
            entry("2", "log", &[], effects(&none, &one)),
            entry("3", UNDO, &["2"], effects(&one, &none)),
        ];
        let journal = Journal { entries };
        let ids: Vec<&str> = journal.in_effect().iter().map(|entry| &*entry.id).collect();
        assert_eq!(ids, ["1"]);
    }

    #[test]
    fn kept_events_wait_until_something_settles_them() {
        let (none, one) = (record(&[]), record(&["one"]));
        let kept = |id: &str| entry(id, KEPT, &[], effects(&none, &one));
        let ids = |entries: Vec<JournalEntry>| -> Vec<String> {
            Journal { entries }.kept().iter().map(|entry| entry.id.clone()).collect()
        };
        assert_eq!(ids(vec![kept("1"), kept("2"), entry("3", "log", &[], vec![])]), ["1", "2"]);
        assert_eq!(ids(vec![kept("1"), kept("2"), entry("3", RECOVER, &["1"], vec![])]), ["2"]);
        assert_eq!(ids(vec![kept("1"), entry("2", KEPT, &["1"], vec![])]), ["1", "2"]);
        let journal = Journal { entries: vec![kept("1"), kept("2")] };
        assert!(!journal.has_logged(), "what waits is not in the record");
        assert_eq!(journal.acknowledged_count(), 2);
        assert!(journal.missing(&none).is_empty());
        assert_eq!(journal.place_of_last(&one), None);
        let with_log = vec![kept("1"), entry("2", "log", &[], effects(&none, &one))];
        let journal = Journal { entries: with_log };
        assert_eq!((journal.has_logged(), journal.acknowledged_count()), (true, 2));
    }

    #[test]
    fn the_last_event_is_found_where_it_stands_now() {
        let (none, one) = (record(&[]), record(&["one"]));
        let later = record(&["one", "two"]);
        let logged = vec![
            entry("1", "log", &[], effects(&none, &one)),
            entry("2", "log", &[], effects(&one, &later)),
        ];
        let place = |more: Vec<JournalEntry>, now: &Document| {
            Journal { entries: [logged.clone(), more].concat() }.place_of_last(now)
        };
        assert_eq!(place(vec![], &later), Some(1));
        assert_eq!(place(vec![], &record(&["zero", "two", "one"])), Some(1), "of the same time");
        assert_eq!(place(vec![], &record(&["a", "b", "two"])), Some(2), "of the same text");
        assert_eq!(place(vec![], &record(&["a", "b"])), None);
        // Taken back, the one before it is the last; changed, it is what it became.
        let undone = entry("3", UNDO, &["2"], effects(&later, &one));
        assert_eq!(place(vec![undone], &later), Some(0));
        let changed = record(&["one", "deux"]);
        let amended = entry("3", "amend", &[], effects(&later, &changed));
        assert_eq!(place(vec![amended.clone()], &changed), Some(1));
        assert_eq!(place(vec![amended], &record(&["deux", "x"])), Some(0));
        // A change of an event that was not logged through asrun does not make it the last.
        let other = record(&["une", "two"]);
        let by_hand = Effect {
            before: Some(said(&[("text", "by hand")])),
            ..effects(&later, &other)[0].clone()
        };
        assert_eq!(place(vec![entry("3", "amend", &[], vec![by_hand])], &later), Some(1));
        assert_eq!(Journal::default().place_of_last(&later), None);
        assert!(!Journal::default().has_logged());
    }

    #[test]
    fn plans_are_followed_too() {
        let plan = |steps: &str| read(&format!("title: t\nplan: [{steps}]\n")).unwrap();
        let step = "{id: a, at: 2024-09-07T18:00Z, text: one}";
        let (none, one) = (plan(""), plan(step));
        let journal = Journal { entries: vec![entry("1", "plan add", &[], effects(&none, &one))] };
        assert_eq!(journal.missing(&none), [("plan".to_owned(), one.items("plan")[0].clone())]);
        assert!(journal.missing(&plan(&step.replace("one", "two").replace("18", "19"))).is_empty());
        assert!(!journal.has_logged(), "a step is no event");
        assert_eq!(journal.acknowledged_count(), 1);
        assert_eq!(journal.place_of_last(&one), None);
    }

    #[test]
    fn effects_tell_what_came_went_and_changed() {
        let texts = |before: &[&str], after: &[&str]| -> Vec<(Option<String>, Option<String>)> {
            let text =
                |item: Option<Value>| item.and_then(|item| item.said("text").map(str::to_owned));
            let told = effects(&record(before), &record(after)).into_iter();
            told.map(|effect| (text(effect.before), text(effect.after))).collect()
        };
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(texts(&["a", "b"], &["a", "b"]), []);
        assert_eq!(texts(&["a"], &["a", "b"]), [(None, some("b"))]);
        assert_eq!(texts(&["a", "b"], &["a"]), [(some("b"), None)]);
        assert_eq!(texts(&["a", "b", "c"], &["a", "x", "c"]), [(some("b"), some("x"))]);
        let moved = |text: &str| {
            let items: String =
                text.chars().map(|c| format!("- {{at: 2024-09-07T18:00Z, text: {c}}}\n")).collect();
            read(&format!("title: t\nevents:\n{items}")).unwrap()
        };
        assert_eq!(effects(&moved("abcd"), &moved("acbd")), [], "moving is no change");
        assert_eq!(effects(&moved("aab"), &moved("ab")).len(), 1);
        let two = effects(&moved("abc"), &moved("xaby"));
        assert_eq!(two.len(), 2);
        assert_eq!(two[0].inverse().inverse(), two[0]);
        assert_eq!((&two[0].before, &two[0].inverse().after), (&two[0].before, &two[0].before));
        assert_eq!(two[0].inverse().list, "events");
        assert_eq!(moved("ab").items("gone"), []);
    }

    #[test]
    fn what_was_changed_is_missed_as_it_became() {
        let (none, one, changed) = (record(&[]), record(&["one"]), record(&["deux"]));
        let logged = entry("1", "log", &[], effects(&none, &one));
        let amended = entry("2", "amend", &[], effects(&one, &changed));
        let removed = entry("3", "remove", &[], effects(&changed, &none));
        let missing = |entries: Vec<JournalEntry>, now: &Document| Journal { entries }.missing(now);
        let both = vec![logged.clone(), amended.clone()];
        assert_eq!(
            missing(both.clone(), &none),
            [("events".to_owned(), changed.items("events")[0].clone())]
        );
        assert!(missing(both, &changed).is_empty());
        assert!(missing(vec![logged.clone(), amended, removed], &none).is_empty());
        // The same thing twice is missed twice, unless it was brought back.
        let again = |verb: &str| entry("2", verb, &[], logged.effects.clone());
        assert_eq!(missing(vec![logged.clone(), again("log")], &one).len(), 1);
        assert_eq!(missing(vec![logged.clone(), again(RECOVER)], &one).len(), 0);
        assert_eq!(missing(vec![again(RECOVER)], &none).len(), 1);
    }
}
