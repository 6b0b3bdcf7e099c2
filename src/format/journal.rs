//! Lines of the journal: which changes were acknowledged, so that nothing is lost silently.
//!
//! The journal is beside the project, not in git. Records are read without it; it shows what a record had before
//! somebody else removed it, and how to undo a change.

use std::cell::{LazyCell, OnceCell};
use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::model::{Moment, Zone};
use crate::yaml::tree::Node;
use crate::yaml::{Change, Splice, Value};

use super::audience::is_opened;
use super::document::Document;
use super::encode::insert_items;
use super::history::History;
use super::likeness::{
    LIKENESSES, is_rewording, is_same, is_surely, may_be_rewording, one_like, pair_open, pairs,
    place_in, same_words,
};
use super::lists::{self, ATTACHMENTS, LISTS, item_path};

/// One acknowledged change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct JournalEntry {
    /// Its unique id.
    pub id: String,
    /// When it was made, ISO 8601.
    pub on: String,
    /// The command that made it.
    pub verb: String,
    /// Ids of the entries that it undoes, redoes or settles.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub about: Vec<String>,
    /// What happened to items of the record's lists.
    pub effects: Vec<Effect>,
    /// Files that it copied into the record's folder.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub copies: Vec<CopiedFile>,
    /// When a record is begun, deleted, archived or made the current one, the record that was current before; empty for none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub current: Option<String>,
    /// The record that it was merged into, if it is deleted for that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub into: Option<String>,
    /// The joint change of several records that it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub joint: Option<Joint>,
    /// Ids of earlier entries that it is one change with: it is the end of a command, and they logged its start.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub completes: Vec<String>,
    /// The lines of the items and keys that it removed or changed, as they were before; and of those with unknown keys,
    /// whose types their values do not have, as they are after it. Empty if that was too much to keep.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub own: Vec<String>,
    /// The keys that followed each key of the record that it removed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub next: Vec<(String, Vec<String>)>,
    /// Of what was confirmed as deleted, what the checked-out commit had not either: once one has it, it is promised again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub away: Vec<Effect>,
    /// Entries that the record had already and that could be taken for those that were added, each with its list.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub beside: Vec<(String, Value)>,
    /// What was replaced in the text; empty if that was too much to keep.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub splices: Vec<Splice>,
    /// A hash of the whole text after the change.
    #[serde(default)]
    pub after: u64,
}

/// A change of several records: undoing it in one undoes it in all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Joint {
    /// Its unique name, shared by the entries of all records.
    pub name: String,
    /// The records, in the order in which they were changed.
    pub records: Vec<String>,
}

/// A file that was copied into a record's folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopiedFile {
    /// Its name there.
    pub name: String,
    /// The hash of its bytes, to detect changes.
    pub hash: String,
}

/// Returns a hash of a text, to detect changes: FNV-1a over its length and words of eight bytes, with the upper half
/// mixed into the lower after each.
pub fn fingerprint(text: &str) -> u64 {
    let mix = |hash: u64, word: u64| {
        let hash = (hash ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        hash ^ hash >> 32
    };
    let words = text.as_bytes().chunks(8).map(|bytes| {
        let mut word = [0; 8];
        word[..bytes.len()].copy_from_slice(bytes);
        u64::from_le_bytes(word)
    });
    words.fold(mix(0xcbf2_9ce4_8422_2325, text.len() as u64), mix)
}

/// Returns whether a hash is that of a text; earlier journals used FNV-1a byte by byte.
pub fn is_fingerprint(found: u64, text: &str) -> bool {
    let byte_by_byte = || {
        text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
    };
    found == fingerprint(text) || found == byte_by_byte()
}

/// An item that was added, removed or changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Effect {
    /// The list's key.
    pub list: String,
    /// The item before; none if it was added.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Value>,
    /// The item after; none if it was removed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Value>,
}

impl Effect {
    /// Returns the effect that undoes it.
    pub fn inverse(&self) -> Effect {
        Effect { list: self.list.clone(), before: self.after.clone(), after: self.before.clone() }
    }
}

impl JournalEntry {
    /// Whether it undoes or redoes another change.
    pub fn turns(&self) -> bool {
        [UNDO, REDO].contains(&&*self.verb)
    }

    /// Whether it is about what an undone change would change again: then that can no longer be redone.
    fn touches(&self, undone: &JournalEntry) -> bool {
        let is_same = |one: &Effect, other: &Effect| {
            let is_entry = one.before.is_some() && one.before == other.before;
            let is_added = other.before.is_none() && one.after == other.after;
            one.list == other.list && (!LISTS.contains(&&*one.list) || is_entry || is_added)
        };
        [NEW, DELETE].contains(&&*undone.verb)
            || self.effects.iter().any(|own| undone.effects.iter().any(|it| is_same(own, it)))
    }

    /// Whether it notes what was gone already.
    fn is_note(&self) -> bool {
        [FORGET, LEFT_OUT].contains(&&*self.verb)
    }

    /// Returns it as one line, with its line end.
    pub fn to_line(&self) -> String {
        // Only texts and lists: JSON can represent them all.
        let json = serde_json::to_string(self).unwrap_or_default();
        format!("{json}\n")
    }
}

/// Adds an event.
pub const LOG: &str = "log";
/// Keeps an event while its record cannot be read.
pub const KEPT: &str = "kept";
/// Begins a record.
pub const NEW: &str = "new";
/// Puts a record out of the way, or brings it back.
pub const ARCHIVE: &str = "archive";
/// Moves an event from one record to another.
pub const MOVE: &str = "move";
/// Gives a record another id.
pub const RENAME: &str = "rename";
/// Changes references to a record that is about to get another id.
pub const RELINK: &str = "relink";
/// Deletes a whole record: the first of its copies is the record.
pub const DELETE: &str = "delete";
/// Accepts what a person wrote in an editor.
pub const EDIT: &str = "edit";
/// Undoes an entry.
pub const UNDO: &str = "undo";
/// Redoes an entry that was undone.
pub const REDO: &str = "redo";
/// Passes over a change that cannot be undone.
pub const LEAVE: &str = "leave";
/// Restores what somebody removed, and adds what was kept.
pub const RECOVER: &str = "recover";
/// Confirms that what is missing was deleted on purpose.
pub const FORGET: &str = "forget";
/// Notes that a merge left out what is missing.
pub const LEFT_OUT: &str = "left-out";

/// The journal of one record.
#[derive(Debug, Clone, Default)]
pub struct Journal {
    entries: Vec<JournalEntry>,
    /// Changes that were made in parts, by the id of the last one.
    wholes: HashMap<String, JournalEntry>,
}

impl Journal {
    /// Reads the lines, ignoring any that a crash cut off.
    pub fn read(text: &str) -> Journal {
        Journal::of(text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect())
    }

    fn of(entries: Vec<JournalEntry>) -> Journal {
        let ends = entries.iter().enumerate().filter(|(_, entry)| !entry.completes.is_empty());
        let wholes =
            ends.filter_map(|(at, end)| Some((end.id.clone(), whole(&entries[..at], end)?)));
        Journal { wholes: wholes.collect(), entries }
    }

    /// Returns the journal of a record that became another one, or a part of it: its keys are then not those of the other
    /// one. Its entries get names that no other journal has.
    #[must_use]
    pub fn as_part_of(mut self, id: &str, is_merged: bool) -> Journal {
        for entry in &mut self.entries {
            let all = entry.about.iter_mut().chain(&mut entry.completes).chain([&mut entry.id]);
            all.for_each(|name| *name = format!("{id}/{name}"));
            if is_merged {
                entry.effects.retain(|effect| LISTS.contains(&&*effect.list));
            }
        }
        Journal::of(self.entries)
    }

    /// Returns this journal with a later one.
    #[must_use]
    pub fn followed_by(mut self, later: Journal) -> Journal {
        self.entries.extend(later.entries);
        self.wholes.extend(later.wholes);
        self
    }

    /// Returns every entry, oldest first.
    pub fn entries(&self) -> &[JournalEntry] {
        &self.entries
    }

    /// Returns the entries in effect: made and not undone; oldest first.
    pub fn in_effect(&self) -> Vec<&JournalEntry> {
        self.stacks().0
    }

    /// Returns the entries in effect that an undo takes, oldest first: those that were passed over stay.
    pub fn undoable(&self) -> Vec<&JournalEntry> {
        let over = self.entries.iter().filter(|entry| entry.verb == LEAVE);
        let left: HashSet<&String> = over.flat_map(|entry| &entry.about).collect();
        self.in_effect().into_iter().filter(|entry| !left.contains(&entry.id)).collect()
    }

    /// Returns the entry that was undone last and can be redone.
    pub fn taken_back(&self) -> Option<&JournalEntry> {
        self.undone().pop()
    }

    /// Returns the entries that were undone and can be redone, the last one last.
    pub fn undone(&self) -> Vec<&JournalEntry> {
        self.stacks().1
    }

    /// Whether something was undone, and neither redone nor done otherwise since.
    pub fn has_undone(&self) -> bool {
        let undoes = |entry: &&JournalEntry| entry.verb == UNDO;
        let mut undone = self.entries.iter().filter(undoes).flat_map(|entry| &entry.about);
        undone.any(|id| self.entries.iter().any(|entry| entry.id == *id && self.is_undone(entry)))
    }

    /// Returns the change that deleted the record, while in effect.
    pub fn deletion(&self) -> Option<&JournalEntry> {
        self.in_effect().pop().filter(|entry| entry.verb == DELETE)
    }

    /// Returns the change that deleted the record, while in effect, whatever was done to it since; `None` if it was confirmed
    /// that the record is right there.
    pub fn removal(&self) -> Option<&JournalEntry> {
        let mut changes = self.in_effect().into_iter().rev();
        let last = changes.find(|entry| [DELETE, FORGET].contains(&&*entry.verb));
        last.filter(|entry| entry.verb == DELETE)
    }

    /// Returns the change that an undo, or with `redo` a redo, would turn, and the entry that last put it into effect, or
    /// out of it.
    pub fn turned_next(&self, redo: bool) -> Option<(&JournalEntry, &JournalEntry)> {
        let change = if redo { self.undone() } else { self.undoable() }.pop()?;
        let verb = if redo { UNDO } else { REDO };
        let turns = |entry: &&JournalEntry| entry.verb == verb && entry.about.contains(&change.id);
        Some((change, self.entries.iter().rev().find(turns).unwrap_or(change)))
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
                        // What wrote the recovered entries is undone with them.
                        done.retain(|other| !settles(entry, other));
                    }
                    undone.push(back);
                }
                REDO => done.extend(undone.iter().rposition(about).map(|at| undone.remove(at))),
                KEPT | LEAVE => {}
                LEFT_OUT => done.retain(|other| !settles(entry, other)),
                FORGET => {
                    // What was deleted on purpose can no longer be undone, unless that was.
                    let is_undone = self.is_undone(entry);
                    done.retain(|other| is_undone || !settles(entry, other));
                    done.push(entry);
                }
                _ => {
                    let whole = self.wholes.get(&entry.id).unwrap_or(entry);
                    // Nor can what was undone before that: a redo turns what was undone last.
                    let over = undone.iter().rposition(|back| whole.touches(back));
                    undone.drain(..over.map_or(0, |over| over + 1));
                    done.retain(|other| !whole.completes.contains(&other.id));
                    done.push(whole);
                }
            }
        }
        (done, undone)
    }

    /// Returns the entries that asrun wrote and that a record still has, as they stand: people may have edited them.
    pub fn standing(&self, document: &Document) -> Vec<Standing> {
        let mut standing = Vec::new();
        for list in LISTS.iter().filter(|list| **list != ATTACHMENTS) {
            let histories = self.histories(list, Some(document)).into_iter();
            let histories = histories.filter(|it| !it.is_removed);
            let states: Vec<Vec<Value>> = histories.map(|history| history.states).collect();
            if states.is_empty() {
                continue;
            }
            let written: Vec<Value> = states.iter().filter_map(|it| it.last().cloned()).collect();
            let items = document.items(list);
            let places = self.places(list, &written, items.clone(), document.incident.zone);
            standing.extend(states.into_iter().zip(places).filter_map(|(states, place)| {
                let stands = items[place?].clone();
                Some(Standing { list: (*list).to_owned(), states, stands })
            }));
        }
        standing
    }

    /// Whether an entry was undone, and not redone since.
    fn is_undone(&self, entry: &JournalEntry) -> bool {
        let about = |other: &&JournalEntry| other.turns() && other.about.contains(&entry.id);
        self.entries.iter().rev().find(about).is_some_and(|last| last.verb == UNDO)
    }

    /// Returns events that were kept because their record could not be read, and are still to be added.
    pub fn kept(&self) -> Vec<&JournalEntry> {
        let settles = |other: &&JournalEntry| {
            other.verb != KEPT && !(other.verb == FORGET && self.is_undone(other))
        };
        let settled =
            |id: &String| self.entries.iter().filter(settles).any(|other| other.about.contains(id));
        self.entries.iter().filter(|entry| entry.verb == KEPT && !settled(&entry.id)).collect()
    }

    /// Returns acknowledged items that somebody else removed from the record. An item counts as edited by hand, not
    /// missing, if one is left with the same id, with the same time and a similar text, with a similar text if it has
    /// no time, or with the same text in no other entry. A file counts as kept wherever the record names it.
    pub fn missing(&self, document: &Document) -> Vec<Missing> {
        let zone = document.incident.zone;
        let files = LazyCell::new(|| named_files(document));
        let mut missing = Vec::new();
        for list in LISTS {
            let written = self.acknowledged(list, Some(document));
            // If nothing was written, nothing is missing, and the record's entries need not be read.
            if written.is_empty() {
                continue;
            }
            if *list == ATTACHMENTS {
                let lost = written.into_iter().filter(|item| is_lost(item, &files));
                missing.extend(lost.map(|item| Missing::item(list, item)));
                continue;
            }
            let places = self.places(list, &written, document.items(list), zone);
            for (item, place) in written.iter().zip(places) {
                match place {
                    None => missing.push(Missing::item(list, item.clone())),
                    Some(place) => missing.extend(lost_files(item, place, &files)),
                }
            }
        }
        missing
    }

    /// Returns acknowledged items that are missing as well, but of which it was noted that a merge left them out, or confirmed
    /// that they were deleted where no commit has them.
    pub fn left_out(&self, document: &Document) -> Vec<Missing> {
        let is_note = |entry: &JournalEntry| {
            entry.verb == LEFT_OUT || !entry.away.is_empty() && !self.is_undone(entry)
        };
        if !self.entries.iter().any(is_note) {
            return Vec::new();
        }
        let mut others = self.entries.clone();
        for entry in others.iter_mut().filter(|entry| is_note(entry)) {
            let JournalEntry { verb, effects, away, .. } = entry;
            effects.retain(|effect| verb != LEFT_OUT && !away.contains(effect));
        }
        let mut all = Journal::of(others).missing(document);
        for missing in self.missing(document) {
            let place = all.iter().position(|other| *other == missing);
            place.map(|place| all.remove(place));
        }
        all
    }

    /// Returns acknowledged items that only seem to be there, as the record has one that is like each of them.
    pub fn doubtful(&self, document: &Document) -> Vec<(Missing, Value)> {
        let zone = document.incident.zone;
        let mut doubtful = Vec::new();
        for list in LISTS.iter().filter(|list| **list != ATTACHMENTS) {
            let written = self.acknowledged(list, Some(document));
            if written.is_empty() {
                continue;
            }
            let items = document.items(list);
            let places = self.places(list, &written, items.clone(), zone);
            for (item, place) in written.into_iter().zip(places) {
                let missing = Missing::item(list, item);
                let other = place.map(|place| &items[place]);
                let other = other.filter(|other| !missing.is_exactly(other, zone));
                doubtful.extend(other.cloned().map(|other| (missing, other)));
            }
        }
        doubtful
    }

    /// Returns, for each item of a list that was written, the index of the existing one that it is.
    pub(super) fn places(
        &self,
        list: &str,
        written: &[Value],
        there: Vec<Value>,
        zone: Option<Zone>,
    ) -> Vec<Option<usize>> {
        let there = self.without_others(list, written, there, zone);
        let open: Vec<Value> = there.iter().map(|(_, item)| item.clone()).collect();
        let mut places = pairs(written, &open, zone);
        self.pair_reworded(list, &mut places, (written, &open), zone);
        places.into_iter().map(|place| place.map(|place| there[place].0)).collect()
    }

    /// Pairs an item that nothing was found for with the only such one of the same moment, if asrun did not write that and
    /// it says nothing else: it was reworded by hand.
    fn pair_reworded(
        &self,
        list: &str,
        places: &mut [Option<usize>],
        (written, there): (&[Value], &[Value]),
        zone: Option<Zone>,
    ) {
        if places.iter().all(Option::is_some) {
            return;
        }
        let mut of_moment = places.to_vec();
        pair_moments(&mut of_moment, (written, there), zone);
        for ((place, found), item) in places.iter_mut().zip(of_moment).zip(written) {
            let is_it = |found: &usize| {
                let other = &there[*found];
                is_rewording(item, other, zone) && !self.is_own(list, other)
            };
            *place = place.or(found.filter(is_it));
        }
    }

    /// Whether asrun wrote or changed an item so.
    fn is_own(&self, list: &str, item: &Value) -> bool {
        let of_list = |effect: &&Effect| effect.list == list;
        let mut effects = self.entries.iter().flat_map(|entry| &entry.effects).filter(of_list);
        effects.any(|it| [&it.before, &it.after].into_iter().flatten().any(|state| state == item))
    }

    /// Returns the items of a list, each with its index, without those that others wrote: they were there before an item
    /// was added that they could be taken for. One that may be an item which asrun wrote before, and which somebody reworded
    /// since, is not theirs.
    fn without_others(
        &self,
        list: &str,
        written: &[Value],
        there: Vec<Value>,
        zone: Option<Zone>,
    ) -> Vec<(usize, Value)> {
        let mut others: Vec<&Value> = Vec::new();
        for (place, entry) in self.entries.iter().enumerate() {
            let beside = entry.beside.iter().filter(|(of, _)| of == list).map(|(_, item)| item);
            // What asrun wrote or changed, before or after, is not theirs.
            let theirs = beside.filter(|item| !written.contains(item) && !self.is_own(list, item));
            let of_list = self.entries[..place].iter().flat_map(|entry| &entry.effects);
            let before = of_list.filter(|it| it.list == list).filter_map(|it| it.after.as_ref());
            let open = before.filter(|own| written.contains(own) && !there.contains(own));
            let may_be_own = |item| open.clone().any(|own| may_be_rewording(own, item, zone));
            others.extend(theirs.filter(|item| !may_be_own(item)));
        }
        there.into_iter().enumerate().filter(|(_, item)| !others.contains(&item)).collect()
    }

    /// Returns the current index of the event that was logged last; `None` if it cannot be determined.
    pub fn place_of_last(&self, document: &Document) -> Option<usize> {
        let there = document.items("events");
        let zone = document.incident.zone;
        let logged = self.logged(zone);
        let last = logged.last()?;
        let like = LIKENESSES.iter().find_map(|way| one_like(last, &there, way, zone));
        like.or_else(|| self.places("events", &logged, there, zone).pop().flatten())
    }

    /// Whether any event was logged through asrun and not undone.
    pub fn has_logged(&self) -> bool {
        !self.logged(None).is_empty()
    }

    /// Returns the items that the record should at least have, except those still to be added. Without the record, it is not
    /// known which times without an offset are the same as those with one.
    pub fn acknowledged_items(&self, document: Option<&Document>) -> Vec<Missing> {
        let of = |list: &&str| {
            self.acknowledged(list, document)
                .into_iter()
                .map(|item| Missing::item(list, item))
                .collect::<Vec<_>>()
        };
        LISTS.iter().flat_map(of).collect()
    }

    /// Returns how many items the record should at least have.
    pub fn acknowledged_count(&self) -> usize {
        let of = |list: &&str| self.acknowledged(list, None).len();
        LISTS.iter().map(of).sum::<usize>() + self.kept().len()
    }

    /// Returns the events logged through asrun, in the order they were logged, with every later change applied; those
    /// that somebody wrote in an editor come first.
    fn logged(&self, zone: Option<Zone>) -> Vec<Value> {
        let mut lists = Lists { by_hand: Vec::new(), logged: Vec::new() };
        // What was removed leaves an empty place, to which an undo returns it.
        let mut removed: Vec<(bool, usize, &Value)> = Vec::new();
        for entry in self.entries.iter().filter(|entry| entry.verb != KEPT) {
            for effect in entry.effects.iter().filter(|effect| effect.list == "events") {
                match (&effect.before, &effect.after) {
                    (Some(before), after) => {
                        let Some((is_logged, at)) = lists.find(before, zone) else { continue };
                        lists.of(is_logged)[at] = after.clone().unwrap_or(Value::Null);
                        removed.extend(after.is_none().then_some((is_logged, at, before)));
                    }
                    // What was recovered was logged before.
                    (None, Some(after))
                        if entry.verb == RECOVER && lists.logged.contains(after) => {}
                    (None, Some(after)) => {
                        let returns = entry.turns() || entry.verb == RECOVER;
                        let is_it = |(_, _, gone): &(_, _, &Value)| returns && *gone == after;
                        match removed.iter().rposition(is_it).map(|place| removed.remove(place)) {
                            Some((is_logged, at, _)) => {
                                lists.of(is_logged)[at] = after.clone();
                            }
                            None => lists.of(entry.verb != EDIT).push(after.clone()),
                        }
                    }
                    (None, None) => {}
                }
            }
        }
        let all = lists.by_hand.into_iter().chain(lists.logged);
        all.filter(|item| *item != Value::Null).collect()
    }

    /// Returns the entries that say what the record should have: what is kept is not in it yet, and what was recovered
    /// should be there even if the recovery was undone.
    pub(super) fn acknowledging(&self) -> impl Iterator<Item = &JournalEntry> {
        let recoveries = self.entries.iter().filter(|entry| entry.verb == RECOVER);
        let recoveries: HashSet<&str> = recoveries.map(|entry| entry.id.as_str()).collect();
        self.entries.iter().filter(move |entry| {
            let of_recovery = || entry.about.iter().any(|id| recoveries.contains(id.as_str()));
            entry.verb != KEPT && !(entry.turns() && of_recovery())
        })
    }

    /// Returns what was written through asrun and should be in the list.
    fn acknowledged(&self, list: &str, document: Option<&Document>) -> Vec<Value> {
        let histories = self.histories(list, document).into_iter();
        let there = histories.filter(|history| !history.is_removed);
        there.filter_map(|history| history.promised().cloned()).collect()
    }

    /// Returns what an entry was whenever asrun found it to change it, and what it had made of it before, the last first.
    pub(super) fn found_as(&self, list: &str, item: &Value, document: &Document) -> Vec<Value> {
        let histories = self.histories(list, Some(document)).into_iter();
        let mut of_it =
            histories.filter(|it| !it.changes.is_empty() && it.states.last() == Some(item));
        let Some(History { states, changes, .. }) = of_it.next() else { return Vec::new() };
        let found = changes.into_iter().rev().map(|(before, _)| before);
        found.chain(states.into_iter().rev().skip(1)).collect()
    }

    /// Returns what happened to the entries of a list through asrun, in the order in which they were first written. Times
    /// without an offset are those of the record, if it is known.
    pub(super) fn histories(&self, list: &str, document: Option<&Document>) -> Vec<History> {
        let (mut histories, mut last): (Vec<History>, Vec<Value>) = (Vec::new(), Vec::new());
        let there = There { document, list, items: OnceCell::new() };
        for entry in self.acknowledging() {
            for effect in entry.effects.iter().filter(|effect| effect.list == list) {
                let known = continued(&histories, &last, (&entry.verb, effect), &there);
                let before = effect.before.as_ref();
                match (known, &effect.after) {
                    (Some(at), Some(after)) => {
                        histories[at].follow(before, Some(after));
                        last[at] = after.clone();
                    }
                    (Some(at), None) => {
                        histories[at].remove(before, entry.is_note());
                        // It is found no more by what it was.
                        last[at] = Value::Null;
                    }
                    // What was recovered was written before.
                    (None, Some(after)) if entry.verb == RECOVER && last.contains(after) => {}
                    (None, after) => {
                        let gone = after.as_ref().filter(|_| entry.turns());
                        let gone = gone.filter(|_| before.is_none());
                        let returned = gone.and_then(|after| returned(&histories, after));
                        if let (Some(at), Some(after)) = (returned, after) {
                            histories[at].come_back(after);
                            last[at] = after.clone();
                            continue;
                        }
                        last.push(after.clone().unwrap_or(Value::Null));
                        histories.push(History::of(before, after.as_ref(), entry.is_note()));
                    }
                }
            }
        }
        histories
    }
}

/// Events as they were written: those of somebody in an editor, and those that were logged.
struct Lists {
    by_hand: Vec<Value>,
    logged: Vec<Value>,
}

impl Lists {
    fn of(&mut self, is_logged: bool) -> &mut Vec<Value> {
        if is_logged { &mut self.logged } else { &mut self.by_hand }
    }

    /// Returns the event that a change is about, and whether it was logged: exactly, or edited by hand meanwhile.
    fn find(&self, before: &Value, zone: Option<Zone>) -> Option<(bool, usize)> {
        let exactly = |items: &[Value]| items.iter().rposition(|item| item == before);
        let like = |items: &[Value]| place_in(items, before, zone);
        let in_both = |place: &dyn Fn(&[Value]) -> Option<usize>| {
            let logged = place(&self.logged).map(|at| (true, at));
            logged.or_else(|| place(&self.by_hand).map(|at| (false, at)))
        };
        in_both(&exactly).or_else(|| in_both(&like))
    }
}

/// An entry that asrun wrote and that a record still has.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// Its list.
    pub list: String,
    /// What it was after each change through asrun, oldest first.
    pub states: Vec<Value>,
    /// What the record has.
    pub stands: Value,
}

impl Standing {
    /// Whether it is the entry that was once written so.
    pub fn was(&self, list: &str, written: &Value) -> bool {
        self.list == list && self.states.contains(written)
    }

    /// Whether this effect changed it, or removed it.
    pub fn is_changed_by(&self, effect: &Effect) -> bool {
        effect.before.as_ref().is_some_and(|before| self.was(&effect.list, before))
    }
}

/// Returns the change that logged a command, of its start and its end, with what was changed in its event between the two;
/// `None` if the start is not among the entries before.
fn whole(before: &[JournalEntry], end: &JournalEntry) -> Option<JournalEntry> {
    let first = before.iter().position(|entry| end.completes.contains(&entry.id))?;
    let (start, between) = (&before[first], &before[first + 1..]);
    let is_event = |effect: &&Effect| effect.list == "events" && effect.before.is_none();
    let place = start.effects.iter().position(|effect| is_event(&effect))?;
    let mut now = start.effects[place].after.as_ref();
    let mut parts = vec![start];
    for entry in between {
        if let [Effect { list, before, after: after @ Some(_) }] = entry.effects.as_slice()
            && list == "events"
            && before.as_ref() == now
            && entry.joint.is_none()
            && !entry.turns()
        {
            now = after.as_ref();
            parts.push(entry);
        }
    }
    let is_at_once = parts.len() == between.len() + 1;
    let completes = parts.iter().map(|part| part.id.clone()).collect();
    parts.push(end);
    let is_kept = is_at_once && parts.iter().all(|part| !part.splices.is_empty());
    let splices = parts.iter().flat_map(|part| &part.splices).filter(|_| is_kept);
    let mut effects = start.effects.clone();
    effects[place].after.clone_from(&end.effects.first()?.after);
    Some(JournalEntry {
        id: end.id.clone(),
        on: end.on.clone(),
        effects,
        completes,
        copies: parts.iter().flat_map(|part| &part.copies).cloned().collect(),
        own: parts.iter().flat_map(|part| &part.own).cloned().collect(),
        splices: splices.cloned().collect(),
        after: end.after,
        ..start.clone()
    })
}

/// Returns the index of the entry that was removed last and was this one.
fn returned(histories: &[History], item: &Value) -> Option<usize> {
    histories.iter().rposition(|history| history.went_as(item))
}

/// The entries of a list as the record has them now, which are read once they are needed.
struct There<'d> {
    document: Option<&'d Document>,
    list: &'d str,
    items: OnceCell<Vec<Value>>,
}

impl There<'_> {
    fn zone(&self) -> Option<Zone> {
        zone_of(self.document)
    }

    fn has(&self, item: &Value) -> bool {
        let all = || self.document.map_or_else(Vec::new, |document| document.items(self.list));
        self.items.get_or_init(all).contains(item)
    }
}

/// Returns the zone of a record's times, if the record is known.
fn zone_of(document: Option<&Document>) -> Option<Zone> {
    document.and_then(|document| document.incident.zone)
}

/// Returns the index of the entry that a change continues. What was recovered may have been in a former state, or edited by
/// hand; so may what the record no longer has as it was written last.
fn continued(
    histories: &[History],
    last: &[Value],
    (verb, effect): (&str, &Effect),
    there: &There,
) -> Option<usize> {
    let (before, zone) = (effect.before.as_ref()?, there.zone());
    let recovered = || {
        let after = effect.after.as_ref().filter(|_| verb == RECOVER)?;
        let was = |history: &History| {
            !history.is_removed && place_in(&history.states, before, zone).is_some()
        };
        // What was internal is the same at another time.
        let closed = |at: &usize| {
            let [last, before] = [&last[*at], before].map(std::slice::from_ref);
            is_opened(&last[0], &before[0]) && pairs(last, before, zone) == [Some(0)]
        };
        let opened = || (0..last.len()).find(closed);
        place_in(last, after, zone).or_else(|| histories.iter().position(was)).or_else(opened)
    };
    let open = || {
        let all = 0..histories.len();
        all.filter(|at| !histories[*at].is_removed && !there.has(&last[*at]))
    };
    let former = || open().rfind(|at| histories[*at].states.contains(before));
    let edited = || {
        let is_it = |it: &Value| is_rewording(it, before, zone) || same_words(it, before);
        let mut edited = open().filter(|at| is_it(&last[*at]));
        edited.next().filter(|_| edited.next().is_none())
    };
    let promised = || histories.iter().rposition(|history| history.promises(before));
    let exactly = last.iter().rposition(|item| item == before);
    let known = exactly.or_else(promised).or_else(|| place_in(last, before, zone));
    known.or_else(recovered).or_else(former).or_else(edited)
}

/// Something that asrun wrote and that the record no longer has.
#[derive(Debug, Clone, PartialEq)]
pub struct Missing {
    /// The list that it was in; `attachments` for a file of an event.
    pub list: String,
    /// Its value.
    pub item: Value,
    /// The event that it belonged to, if it is a file of one.
    event: Option<Holder>,
}

/// An event that lost a file.
#[derive(Debug, Clone, PartialEq)]
struct Holder {
    /// Its index in the record.
    place: usize,
    /// Its value when it had the file.
    was: Value,
}

impl Missing {
    /// Returns a missing item of a list.
    pub fn item(list: &str, item: Value) -> Missing {
        Missing { list: list.to_owned(), item, event: None }
    }

    /// Whether it is this entry.
    pub(super) fn is_entry(&self, list: &str, entry: &Value) -> bool {
        self.event.is_none() && self.list == list && self.item == *entry
    }

    /// Whether it is a file of this event.
    pub(super) fn is_file_of(&self, event: &Value) -> bool {
        self.event.as_ref().is_some_and(|holder| holder.was == *event)
    }

    /// Whether another item is the same, by its id or its words.
    pub fn is_exactly(&self, other: &Value, zone: Option<Zone>) -> bool {
        is_same(&self.item, other, zone)
    }

    /// Returns how many items of a record may be this one.
    pub fn count_in(&self, document: &Document) -> usize {
        match self.list == ATTACHMENTS {
            true => usize::from(!is_lost(&self.item, &named_files(document))),
            false => self.likes_in(document).len(),
        }
    }

    /// Returns the items of a record that may be this one.
    pub fn likes_in(&self, document: &Document) -> Vec<Value> {
        let zone = document.incident.zone;
        let is_it = |other: &Value| is_surely(&self.item, other, zone);
        document.items(&self.list).into_iter().filter(is_it).collect()
    }
}

/// Returns the changes that restore missing items, to be made one after the other.
pub fn bring_back(document: &Document, missing: &[Missing]) -> Vec<Change> {
    let mut added: HashMap<usize, usize> = HashMap::new();
    // These come before entries are added, which moves the indices of events.
    let mut changes: Vec<Change> = Vec::new();
    for (Missing { list, item, .. }, holder) in
        missing.iter().filter_map(|missing| Some((missing, missing.event.as_ref()?)))
    {
        let there = document.incident.events.get(holder.place);
        let there = there.map_or(0, |event| event.attachments.len());
        let more = added.entry(holder.place).or_default();
        let at = item_path("events", holder.place);
        changes.push(Change::insert(at, list, there + *more, item.clone()));
        *more += 1;
    }
    let entries = missing.iter().filter(|missing| missing.event.is_none());
    let entries = entries.map(|missing| (missing.list.clone(), missing.item.clone()));
    changes.extend(insert_items(document, entries.collect()));
    changes
}

/// Returns the effects that record all of it as deleted on purpose.
pub fn deletions(missing: &[Missing]) -> Vec<Effect> {
    let mut effects: Vec<Effect> = Vec::new();
    let mut holders: HashMap<usize, usize> = HashMap::new();
    for Missing { list, item, event } in missing {
        let Some(Holder { place, was }) = event else {
            let before = Some(item.clone());
            effects.push(Effect { list: list.clone(), before, after: None });
            continue;
        };
        let at = *holders.entry(*place).or_insert_with(|| {
            let (before, after) = (Some(was.clone()), Some(was.clone()));
            effects.push(Effect { list: "events".to_owned(), before, after });
            effects.len() - 1
        });
        if let Some(Value::Map(keys)) = &mut effects[at].after {
            keys.retain_mut(|(key, value)| match value {
                Value::List(files) if key == ATTACHMENTS => {
                    files.retain(|file| file != item);
                    !files.is_empty()
                }
                _ => key != ATTACHMENTS,
            });
        }
    }
    effects
}

/// Returns all files that a record names anywhere.
fn named_files(document: &Document) -> HashSet<&str> {
    let incident = &document.incident;
    let of_events = incident.events.iter().flat_map(|event| &event.attachments);
    incident.attachments.iter().chain(of_events).map(|file| file.file.as_str()).collect()
}

/// Whether the record no longer names an attachment's file.
fn is_lost(attachment: &Value, files: &HashSet<&str>) -> bool {
    let file = match attachment {
        Value::Scalar(file) => Some(file.as_str()),
        entry => entry.text_at("file"),
    };
    file.is_some_and(|file| !files.contains(file))
}

/// Returns the files of an event that the record no longer names.
fn lost_files(event: &Value, place: usize, files: &HashSet<&str>) -> Vec<Missing> {
    let Value::Map(keys) = event else { return Vec::new() };
    let attachments = keys.iter().filter(|(key, _)| key == ATTACHMENTS);
    let all = attachments.flat_map(|(_, value)| match value {
        Value::List(items) => items.as_slice(),
        lone => std::slice::from_ref(lone),
    });
    let lost = all.filter(|item| is_lost(item, files)).map(|item| Missing {
        list: ATTACHMENTS.to_owned(),
        item: item.clone(),
        event: Some(Holder { place, was: event.clone() }),
    });
    lost.collect()
}

/// Whether an entry confirms the deletion of what another one wrote.
fn settles(forget: &JournalEntry, other: &JournalEntry) -> bool {
    let gone = |item: &Value| {
        let mut effects = forget.effects.iter().filter(|effect| effect.after.is_none());
        effects.any(|effect| effect.before.as_ref() == Some(item))
    };
    other.effects.iter().filter_map(|effect| effect.after.as_ref()).any(gone)
}

/// Returns what was added, removed and changed between two states of a record: list entries and all other values.
pub fn effects(before: &Document, after: &Document) -> Vec<Effect> {
    effects_as(before, after, &[])
}

/// As [`effects`], but an entry became what these say that it became, if that is so.
pub fn effects_as(before: &Document, after: &Document, told: &[Effect]) -> Vec<Effect> {
    let zone = after.incident.zone;
    let (before, after) = (before.tree(), after.tree());
    let lists = LISTS.iter().flat_map(|list| {
        let items = (lists::items(&before, list), lists::items(&after, list));
        list_effects(list, items, told, zone)
    });
    lists.chain(other_effects(&before, &after)).collect()
}

/// Returns the entries of a record that could be taken for those that are added to it, each with its list.
pub fn alike_beside(before: &Document, effects: &[Effect]) -> Vec<(String, Value)> {
    let zone = before.incident.zone;
    let added = effects.iter().filter_map(|Effect { list, before, after }| {
        let is_added = before.is_none() && LISTS.contains(&&**list) && *list != ATTACHMENTS;
        after.as_ref().filter(|_| is_added).map(|item| (list, item))
    });
    let mut items: HashMap<&str, Vec<Value>> = HashMap::new();
    let mut beside: Vec<(String, Value)> = Vec::new();
    for (list, item) in added {
        let at = item.text_at("at").and_then(|at| Moment::parse(at, zone).ok());
        let events = &before.incident.events;
        // Most events have their moment for themselves: then the record's entries need not be read.
        let is_alone = list == "events"
            && at.is_some_and(|at| {
                events.iter().all(|event| event.at.is_none_or(|it| it.unix() != at.unix()))
            });
        if is_alone {
            continue;
        }
        let is_alike = |other: &Value| is_surely(item, other, zone);
        let items = items.entry(list).or_insert_with(|| before.items(list));
        let alike = items.iter().filter(|other| is_alike(other));
        beside.extend(alike.map(|other| (list.clone(), other.clone())));
    }
    beside
}

/// Returns what was changed besides the entries of lists.
pub(super) fn other_effects(before: &Node, after: &Node) -> Vec<Effect> {
    let (old, mut names) = (lists::others(before), lists::others(after));
    names.extend(old.into_iter().filter(|name| lists::value_in(after, name).is_none()));
    let changed = names.into_iter().filter_map(|list| {
        let (before, after) = (lists::value_in(before, &list), lists::value_in(after, &list));
        (before != after).then_some(Effect { list, before, after })
    });
    changed.collect()
}

/// Returns two lists of nodes without what both begin and end with.
pub(super) fn unlike<'n, 't>(
    before: &'n [Node<'t>],
    after: &'n [Node<'t>],
) -> (&'n [Node<'t>], &'n [Node<'t>]) {
    let head = before.iter().zip(after).take_while(|(a, b)| a.means(b)).count();
    let (before, after) = (&before[head..], &after[head..]);
    let tail = before.iter().rev().zip(after.iter().rev()).take_while(|(a, b)| a.means(b)).count();
    (&before[..before.len() - tail], &after[..after.len() - tail])
}

/// Pairs each item without a partner with the only such one of the same moment: in one edit, that is the same event with
/// another text.
fn pair_moments(
    became: &mut [Option<usize>],
    (gone, came): (&[Value], &[Value]),
    zone: Option<Zone>,
) {
    let taken: HashSet<usize> = became.iter().flatten().copied().collect();
    let moment = |item: &Value| Some(Moment::parse(item.text_at("at")?, zone).ok()?.unix());
    let by_moment = |items: &[Value], is_open: &dyn Fn(usize) -> bool| {
        let mut places: HashMap<i64, Vec<usize>> = HashMap::new();
        for place in (0..items.len()).filter(|place| is_open(*place)) {
            moment(&items[place])
                .into_iter()
                .for_each(|at| places.entry(at).or_default().push(place));
        }
        places
    };
    let new = by_moment(came, &|place| !taken.contains(&place));
    let old = by_moment(gone, &|place| became[place].is_none());
    for (at, old) in old {
        if let ([old], Some([new])) = (old.as_slice(), new.get(&at).map(Vec::as_slice)) {
            became[*old] = Some(*new);
        }
    }
}

fn list_effects(
    list: &str,
    (before, after): (&[Node], &[Node]),
    told: &[Effect],
    zone: Option<Zone>,
) -> Vec<Effect> {
    let (before, after) = unlike(before, after);
    let values = |nodes: &[Node]| -> Vec<Value> { nodes.iter().map(Value::of).collect() };
    let (gone, came) = (values(before), values(after));
    let told = told.iter().filter(|effect| effect.list == list);
    let mut became = as_told(told, &gone, &came);
    pair_open(&mut became, &gone, &came, zone);
    // A text that was shortened is like the longer one only from the other side.
    let mut origins = inverted(&became, came.len());
    pair_open(&mut origins, &came, &gone, zone);
    became = inverted(&origins, gone.len());
    pair_moments(&mut became, (&gone, &came), zone);
    let known: HashSet<usize> = became.iter().flatten().copied().collect();
    let new: Vec<usize> = (0..came.len()).filter(|place| !known.contains(place)).collect();
    // If as many were removed as added, only their order shows which became which.
    let in_order = became.iter().filter(|place| place.is_none()).count() == new.len();
    let mut left = new.iter().copied().filter(|_| in_order);
    became.iter_mut().filter(|place| place.is_none()).for_each(|place| *place = left.next());
    let effect = |before: Option<&Value>, after: Option<&Value>| Effect {
        list: list.to_owned(),
        before: before.cloned(),
        after: after.cloned(),
    };
    let changed = gone.iter().zip(&became).filter_map(|(item, place)| {
        let after = place.map(|place| &came[place]);
        (after != Some(item)).then(|| effect(Some(item), after))
    });
    let added = new.iter().filter(|_| !in_order);
    changed.chain(added.map(|place| effect(None, Some(&came[*place])))).collect()
}

/// Returns the same pairs, seen from the other list, which has so many items.
fn inverted(pairs: &[Option<usize>], count: usize) -> Vec<Option<usize>> {
    let mut inverted = vec![None; count];
    for (at, place) in pairs.iter().enumerate() {
        place.iter().for_each(|place| inverted[*place] = Some(at));
    }
    inverted
}

/// Returns, for each item that is gone, the index of the one that it became by these effects.
fn as_told<'e>(
    told: impl Iterator<Item = &'e Effect>,
    gone: &[Value],
    came: &[Value],
) -> Vec<Option<usize>> {
    let mut became = vec![None; gone.len()];
    let mut taken = vec![false; came.len()];
    for effect in told {
        let (Some(before), Some(after)) = (&effect.before, &effect.after) else { continue };
        let from = (0..gone.len()).find(|at| became[*at].is_none() && gone[*at] == *before);
        let to = (0..came.len()).find(|at| !taken[*at] && came[*at] == *after);
        if let (Some(from), Some(to)) = (from, to) {
            became[from] = Some(to);
            taken[to] = true;
        }
    }
    became
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

    /// Returns a record with events of one minute.
    fn of_one_minute(texts: &[&str]) -> Document {
        let event = |text: &&str| format!("  - at: 2024-09-07T18:00+09:00\n    text: {text}\n");
        read(&format!("title: t\nevents:\n{}", texts.iter().map(event).collect::<String>()))
            .unwrap()
    }

    /// Two servers restarted in one minute: the event that a person wrote by hand is not the one that asrun wrote.
    #[test]
    fn an_entry_that_was_there_before_is_not_the_added_one() {
        let (before, after) = (
            of_one_minute(&["web1 restarted"]),
            of_one_minute(&["web1 restarted", "web2 restarted"]),
        );
        let effects = effects(&before, &after);
        let beside = alike_beside(&before, &effects);
        assert_eq!(beside.len(), 1);
        let journal = Journal::of(vec![JournalEntry { beside, ..entry("1", "log", &[], effects) }]);
        assert_eq!(journal.missing(&before).len(), 1);
        assert!(journal.missing(&after).is_empty());
        // Edited by hand since: either of them.
        assert!(
            journal.missing(&of_one_minute(&["web1 restarted", "web2 restarted twice"])).is_empty()
        );
        assert!(journal.missing(&of_one_minute(&["web1 restarts", "web2 restarted"])).is_empty());
        assert!(journal.missing(&of_one_minute(&["web2 restarted again"])).is_empty());
        // What asrun wrote itself is no other's.
        let again = of_one_minute(&["web1 restarted", "web2 restarted", "web3 restarted"]);
        let effects = super::effects(&after, &again);
        let beside = alike_beside(&after, &effects);
        let last = JournalEntry { beside, ..entry("2", "log", &[], effects) };
        let journal = Journal::of(vec![journal.entries[0].clone(), last]);
        assert!(journal.missing(&again).is_empty());
        assert_eq!(journal.missing(&after).len(), 1);
        assert_eq!(journal.missing(&before).len(), 2);
    }

    /// The first one was reworded by hand before the second one of its minute was logged.
    #[test]
    fn a_reworded_entry_that_was_there_before_is_still_the_one_that_was_written() {
        let reworded = "restarted web-1 by hand";
        let texts: [&[&str]; 4] =
            [&[], &["restarted web-1"], &[reworded], &[reworded, "restarted web-2"]];
        let [none, first, by_hand, both] = texts.map(of_one_minute);
        let change = |id: &str, before: &Document, after: &Document| {
            let effects = super::effects(before, after);
            let beside = alike_beside(before, &effects);
            JournalEntry { beside, ..entry(id, "log", &[], effects) }
        };
        let second = change("2", &by_hand, &both);
        assert_eq!(second.beside.len(), 1);
        let journal = Journal::of(vec![change("1", &none, &first), second.clone()]);
        assert!(journal.missing(&both).is_empty());
        assert_eq!(journal.missing(&by_hand).len(), 1);
        assert_eq!(journal.missing(&of_one_minute(&["restarted web-2"])).len(), 1);
        assert_eq!(journal.missing(&of_one_minute(&["another thing"])).len(), 2);
        // Nobody here wrote the first one: it is a colleague's.
        let journal = Journal::of(vec![second]);
        assert_eq!(journal.missing(&by_hand).len(), 1);
    }

    fn entry(id: &str, verb: &str, about: &[&str], effects: Vec<Effect>) -> JournalEntry {
        JournalEntry {
            id: id.to_owned(),
            on: String::new(),
            verb: verb.to_owned(),
            about: about.iter().map(|id| (*id).to_owned()).collect(),
            effects,
            copies: Vec::new(),
            joint: None,
            current: None,
            into: None,
            own: Vec::new(),
            next: Vec::new(),
            away: Vec::new(),
            beside: Vec::new(),
            completes: Vec::new(),
            splices: Vec::new(),
            after: 0,
        }
    }

    #[test]
    fn reports_what_somebody_removed() {
        let (one, both) = (record(&["one"]), record(&["one", "two"]));
        let journal = Journal::of(vec![entry("1", "log", &[], effects(&one, &both))]);
        assert!(journal.missing(&both).is_empty());
        assert_eq!(journal.missing(&one).len(), 1);
        let again = entry("2", RECOVER, &[], effects(&one, &both));
        let recovered = Journal::of([journal.entries.clone(), vec![again]].concat());
        assert!(recovered.missing(&both).is_empty());
        assert!(journal.missing(&record(&["one", "three, by hand"])).len() == 1);
        assert!(journal.missing(&record(&["one", "two, by hand"])).is_empty());
        assert!(journal.missing(&record(&["one", "twoo"])).is_empty());
    }

    #[test]
    fn undo_and_redo_are_stacks() {
        let journal = |verbs: &[(&str, &str, &[&str])]| {
            Journal::of(
                verbs.iter().map(|(id, verb, about)| entry(id, verb, about, vec![])).collect(),
            )
        };
        let ids = |journal: &Journal| {
            journal.in_effect().iter().map(|e| e.id.clone()).collect::<Vec<_>>()
        };
        let undone = journal(&[("1", "log", &[]), ("2", "log", &[]), ("3", UNDO, &["2"])]);
        assert_eq!(ids(&undone), ["1"]);
        assert_eq!(undone.taken_back().unwrap().id, "2");
        let redone = journal(&[("1", "log", &[]), ("2", UNDO, &["1"]), ("3", REDO, &["1"])]);
        assert_eq!(ids(&redone), ["1"]);
        let later = journal(&[("1", "log", &[]), ("2", UNDO, &["1"]), ("3", "log", &[])]);
        assert_eq!(later.taken_back().unwrap().id, "1");
        let gone = journal(&[("1", NEW, &[]), ("2", UNDO, &["1"]), ("3", "log", &[])]);
        assert!(gone.taken_back().is_none() && gone.has_undone());
    }

    #[test]
    fn a_recovery_is_undone_with_everything_it_restored() {
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
        assert_eq!(ids(&Journal::of(entries[..3].to_vec())), ["0", "1", "2"]);
        let back = Journal::of(entries);
        assert_eq!(ids(&back), ["0"]);
        assert_eq!(back.taken_back().unwrap().id, "2");
        // It is missing again, until its deletion is confirmed.
        assert_eq!(back.missing(&one).len(), 1);
        let mut entries = back.entries;
        entries.push(entry("4", REDO, &["2"], effects(&one, &both)));
        let redone = Journal::of(entries);
        assert!(redone.missing(&both).is_empty());
        assert_eq!(redone.missing(&one).len(), 1);
    }

    #[test]
    fn a_torn_line_costs_only_itself() {
        let line = entry("1", "log", &[], vec![]).to_line();
        let journal = Journal::read(&format!("{line}{{\"id\": \"2\", \"on\n{line}"));
        assert_eq!(journal.entries().len(), 2);
    }

    #[test]
    fn fingerprints_distinguish_texts() {
        // As written in journals of earlier versions.
        for (text, byte_by_byte) in [
            ("", 0xcbf2_9ce4_8422_2325),
            ("a", 0xaf63_dc4c_8601_ec8c),
            ("foobar", 0x8594_4171_f739_67e8),
        ] {
            assert!(is_fingerprint(byte_by_byte, text) && is_fingerprint(fingerprint(text), text));
            assert!(!is_fingerprint(byte_by_byte ^ 1, text));
        }
        let text = "events:\n  - at: 2024-09-07T18:08Z\n";
        let mut seen = vec![fingerprint(text), fingerprint(""), fingerprint("\0")];
        for at in 0..text.len() {
            let other = |with: &str| format!("{}{with}{}", &text[..at], &text[at + 1..]);
            seen.extend(["\0", "x", ""].map(|with| fingerprint(&other(with))));
        }
        let count = seen.len();
        seen.sort_unstable();
        seen.dedup();
        assert!(count - seen.len() <= 1, "a letter that is x already");
    }

    fn said(entries: &[(&str, &str)]) -> Value {
        let entry = |(key, text): &(&str, &str)| ((*key).to_owned(), Value::text(*text));
        Value::Map(entries.iter().map(entry).collect())
    }

    /// Lines of a journal, by verb: ids in effect, the one that can be redone, and what is still to be added.
    type Stacks<'t> = (&'t [(&'t str, &'t str, &'t [&'t str])], &'t [&'t str], Option<&'t str>);

    #[test]
    fn stacks_contain_what_can_be_undone() {
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
                &["3", "1"],
                None,
            ),
        ];
        for (lines, in_effect, back) in table {
            let entries: Vec<JournalEntry> =
                lines.iter().map(|(id, verb, about)| entry(id, verb, about, vec![])).collect();
            let journal = Journal::of(entries);
            let ids: Vec<&str> = journal.in_effect().iter().map(|entry| &*entry.id).collect();
            assert_eq!(ids, *in_effect, "{lines:?}");
            assert_eq!(journal.taken_back().map(|entry| &*entry.id), *back, "{lines:?}");
        }
    }

    #[test]
    fn what_was_forgotten_is_undone_before_what_was_logged() {
        let (none, one, both) = (record(&[]), record(&["one"]), record(&["one", "two"]));
        let entries = vec![
            entry("0", KEPT, &[], effects(&none, &one)),
            entry("1", "log", &[], effects(&none, &one)),
            entry("2", "log", &[], effects(&one, &both)),
            entry("3", FORGET, &["0"], effects(&both, &one)),
        ];
        let ids = |journal: &Journal| -> Vec<String> {
            journal.in_effect().iter().map(|entry| entry.id.clone()).collect()
        };
        let journal = Journal::of(entries);
        assert_eq!(ids(&journal), ["1", "3"]);
        assert!(journal.missing(&one).is_empty() && journal.kept().is_empty());
        assert_eq!(journal.acknowledged_count(), 1);
        let undo = entry("4", UNDO, &["3"], effects(&one, &both));
        let journal = Journal::of([journal.entries, vec![undo]].concat());
        assert_eq!(ids(&journal), ["1", "2"]);
        assert_eq!(journal.taken_back().unwrap().id, "3");
        assert_eq!((journal.missing(&one).len(), journal.kept().len()), (1, 1));
        let redo = entry("5", REDO, &["3"], effects(&both, &one));
        let journal = Journal::of([journal.entries, vec![redo]].concat());
        assert_eq!(ids(&journal), ["1", "3"]);
        assert!(journal.missing(&one).is_empty() && journal.kept().is_empty());
    }

    #[test]
    fn taking_back_a_log_leaves_others_that_wrote_the_same() {
        let (none, one) = (record(&[]), record(&["one"]));
        let entries = vec![
            entry("1", "log", &[], effects(&none, &one)),
            entry("2", "log", &[], effects(&none, &one)),
            entry("3", UNDO, &["2"], effects(&one, &none)),
        ];
        let journal = Journal::of(entries);
        let ids: Vec<&str> = journal.in_effect().iter().map(|entry| &*entry.id).collect();
        assert_eq!(ids, ["1"]);
    }

    #[test]
    fn kept_events_wait_until_something_settles_them() {
        let (none, one) = (record(&[]), record(&["one"]));
        let kept = |id: &str| entry(id, KEPT, &[], effects(&none, &one));
        let ids = |entries: Vec<JournalEntry>| -> Vec<String> {
            Journal::of(entries).kept().iter().map(|entry| entry.id.clone()).collect()
        };
        assert_eq!(ids(vec![kept("1"), kept("2"), entry("3", "log", &[], vec![])]), ["1", "2"]);
        assert_eq!(ids(vec![kept("1"), kept("2"), entry("3", RECOVER, &["1"], vec![])]), ["2"]);
        assert_eq!(ids(vec![kept("1"), entry("2", KEPT, &["1"], vec![])]), ["1", "2"]);
        let journal = Journal::of(vec![kept("1"), kept("2")]);
        assert!(!journal.has_logged(), "what waits is not in the record");
        assert_eq!(journal.acknowledged_count(), 2);
        assert!(journal.missing(&none).is_empty());
        assert_eq!(journal.place_of_last(&one), None);
        let with_log = vec![kept("1"), entry("2", "log", &[], effects(&none, &one))];
        let journal = Journal::of(with_log);
        assert_eq!((journal.has_logged(), journal.acknowledged_count()), (true, 2));
    }

    #[test]
    fn the_last_event_is_found_at_its_present_place() {
        let (none, one) = (record(&[]), record(&["one"]));
        let later = record(&["one", "two"]);
        let logged = vec![
            entry("1", "log", &[], effects(&none, &one)),
            entry("2", "log", &[], effects(&one, &later)),
        ];
        let place = |more: Vec<JournalEntry>, now: &Document| {
            Journal::of([logged.clone(), more].concat()).place_of_last(now)
        };
        assert_eq!(place(vec![], &later), Some(1));
        assert_eq!(place(vec![], &record(&["zero", "two", "one"])), Some(1), "of the same time");
        assert_eq!(place(vec![], &record(&["a", "b", "two"])), Some(2), "of the same text");
        assert_eq!(place(vec![], &record(&["a", "b"])), None);
        // After an undo the one before it is the last; after a change, its new value is.
        let undone = entry("3", UNDO, &["2"], effects(&later, &one));
        assert_eq!(place(vec![undone], &later), Some(0));
        let changed = record(&["one", "deux"]);
        let amended = entry("3", "amend", &[], effects(&later, &changed));
        assert_eq!(place(vec![amended.clone()], &changed), Some(1));
        assert_eq!(place(vec![amended], &record(&["deux", "x"])), Some(0));
        // Changing an event that was not logged through asrun does not make it the last.
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
        let journal = Journal::of(vec![entry("1", "plan add", &[], effects(&none, &one))]);
        assert_eq!(journal.missing(&none), [Missing::item("plan", one.items("plan")[0].clone())]);
        assert!(journal.missing(&plan(&step.replace("one", "two").replace("18", "19"))).is_empty());
        assert!(!journal.has_logged(), "a step is no event");
        assert_eq!(journal.acknowledged_count(), 1);
        assert_eq!(journal.place_of_last(&one), None);
    }

    #[test]
    fn effects_list_what_was_added_removed_and_changed() {
        let texts = |before: &[&str], after: &[&str]| -> Vec<(Option<String>, Option<String>)> {
            let text =
                |item: Option<Value>| item.and_then(|item| item.text_at("text").map(str::to_owned));
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
        let told = |effect: &Effect| (effect.before.is_some(), effect.after.is_some());
        let told: Vec<_> = two.iter().map(told).collect();
        assert_eq!(told, [(true, false), (false, true), (false, true)], "what went became neither");
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
        let missing =
            |entries: Vec<JournalEntry>, now: &Document| Journal::of(entries).missing(now);
        let both = vec![logged.clone(), amended.clone()];
        assert_eq!(
            missing(both.clone(), &none),
            [Missing::item("events", changed.items("events")[0].clone())]
        );
        assert!(missing(both, &changed).is_empty());
        assert!(missing(vec![logged.clone(), amended, removed], &none).is_empty());
        // The same item twice is missing twice, unless it was restored.
        let again = |verb: &str| entry("2", verb, &[], logged.effects.clone());
        assert_eq!(missing(vec![logged.clone(), again("log")], &one).len(), 1);
        assert_eq!(missing(vec![logged.clone(), again(RECOVER)], &one).len(), 0);
        assert_eq!(missing(vec![again(RECOVER)], &none).len(), 1);
    }
    const WHOLE: &str = "\
title: t
events:
  - at: 2024-09-07T18:00Z
    text: one
    attachments:
      - a.png
      - file: b.png
contributing_factors: luck
lessons:
  well:
    - quick
  surprised: [that it held]
  learned: [to ask first]
actions:
  - text: page the owner
sections:
  - title: Chat
    body: hello
attachments: [c.png]
";

    /// Returns what is missing from a record that asrun wrote entirely, after somebody changed its text.
    fn lost(changes: &[(&str, &str)]) -> (Document, Vec<Missing>) {
        let written = effects(&record(&[]), &read(WHOLE).unwrap());
        let journal = Journal::of(vec![entry("1", "edit", &[], written)]);
        let text = changes.iter().fold(WHOLE.to_owned(), |text, (from, to)| {
            assert!(text.contains(from), "{from}");
            text.replace(from, to)
        });
        let now = read(&text).unwrap();
        let missing = journal.missing(&now);
        (now, missing)
    }

    #[test]
    fn every_list_is_followed_and_files_wherever_they_are_named() {
        for (changes, names) in [
            (&[][..], &[][..]),
            (&[("  - text: page the owner\n", "")], &["actions"]),
            (&[("page the owner", "page the owners")], &[]),
            (&[("contributing_factors: luck\n", "")], &["contributing_factors"]),
            (&[("    - quick\n", "")], &["lessons.well"]),
            (&[("[that it held]", "[]")], &["lessons.surprised"]),
            (&[("[to ask first]", "[]")], &["lessons.learned"]),
            (&[("  - title: Chat\n    body: hello\n", "")], &["sections"]),
            (&[("body: hello", "body: hello there")], &[]),
            (&[("[c.png]", "[]")], &["attachments"]),
            (&[("      - a.png\n", "")], &["attachments"]),
            (&[("      - a.png\n", ""), ("[c.png]", "[c.png, a.png]")], &[]),
            (&[("      - file: b.png\n", ""), ("      - a.png\n", "")], &["attachments"; 2]),
            (&[("c.png", "d.png")], &["attachments"]),
        ] {
            let (now, missing) = lost(changes);
            let lists: Vec<&str> = missing.iter().map(|lost| lost.list.as_str()).collect();
            assert_eq!(lists, names, "{changes:?}");
            let back = crate::format::apply_all(&now, &bring_back(&now, &missing)).unwrap().0;
            let told = effects(&record(&[]), &read(WHOLE).unwrap());
            let journal = Journal::of(vec![entry("1", "edit", &[], told)]);
            assert_eq!(journal.missing(&back), [], "{changes:?}");
            // What was deleted on purpose is not reported as missing again.
            let forgotten = entry("2", FORGET, &[], deletions(&missing));
            let journal = Journal::of([journal.entries, vec![forgotten]].concat());
            assert_eq!(journal.missing(&now), [], "{changes:?}");
        }
    }

    #[test]
    fn changes_beside_the_lists_are_reported_too() {
        let now = read("title: u\nsample: true\nlessons:\n  other: x\nevents: []\n").unwrap();
        let told: Vec<String> =
            effects(&record(&[]), &now).iter().map(|effect| effect.list.clone()).collect();
        assert_eq!(told, ["title", "sample", "lessons.other"]);
        assert_eq!(effects(&now, &record(&[])).len(), 3);
    }

    /// In one edit, the only other entry of a moment is the one that had it.
    #[test]
    fn an_event_with_another_text_at_its_moment_is_the_same_one() {
        let (before, mut texts) = (record(&["one", "two", "three"]), vec!["alarm rang"; 1]);
        let edited = before.to_text().replace("three", "pool exhausted");
        let edited = edited.replace(
            "events:\n",
            "events:\n  - at: 2024-09-07T17:00+09:00\n    text: alarm rang\n",
        );
        let after = read(&edited).unwrap();
        let changes = effects(&before, &after);
        texts.extend(changes.iter().filter_map(|it| it.before.as_ref()?.text_at("text")));
        assert_eq!(texts, ["alarm rang", "three"]);
        let changed = changes.iter().find(|it| it.before.is_some()).unwrap();
        assert_eq!(changed.after.as_ref().unwrap().text_at("text"), Some("pool exhausted"));
        let backward: Vec<Effect> = changes.iter().map(Effect::inverse).collect();
        let again = effects(&after, &before);
        assert!(again.len() == 2 && again.iter().all(|it| backward.contains(it)));
    }

    #[test]
    fn what_was_written_in_an_editor_is_not_what_was_logged_last() {
        let (one, both) = (record(&["one"]), record(&["zero", "one"]));
        let logged = entry("1", "log", &[], effects(&record(&[]), &one));
        let added = effects(&one, &both);
        let place = |entries: Vec<JournalEntry>| Journal::of(entries).place_of_last(&both);
        assert_eq!(place(vec![logged.clone(), entry("2", EDIT, &[], added.clone())]), Some(1));
        assert_eq!(place(vec![logged, entry("2", "log", &[], added.clone())]), Some(0));
        assert_eq!(place(vec![entry("2", EDIT, &[], added)]), Some(0), "nothing else was logged");
    }
}
