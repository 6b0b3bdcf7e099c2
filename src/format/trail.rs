//! Follows events through a journal, and removes an event from it.

use std::collections::HashSet;

use crate::model::Zone;
use crate::yaml::Value;

use super::document::Document;
use super::journal::{Effect, Journal, JournalEntry, KEPT, LOG, RECOVER};
use super::likeness::{LIKENESSES, one_like, place_in};
use super::removal::Removed;
use super::spelled::Spelled;

/// What a journal has about an event.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Trail {
    /// Its values, oldest first.
    pub values: Vec<Value>,
    /// The effects that belong to it, as indices of the entry and of the effect.
    effects: HashSet<(usize, usize)>,
}

/// The trails of all events in a journal.
#[derive(Default)]
struct Trails {
    /// The trails of events that the record should have, with their current values.
    there: Vec<Trail>,
    now: Vec<Value>,
    /// The trails of events that were removed, or are kept until the record can be read.
    gone: Vec<Trail>,
}

/// Returns whether two values are the same event: a step of a kept event gets its id only when it is added.
pub fn is_same_event(one: &Value, other: &Value) -> bool {
    let same = |key| one.text_at(key) == other.text_at(key);
    one == other || (one.text_at("text").is_some() && same("text") && same("at"))
}

impl Trail {
    fn follow(&mut self, place: (usize, usize), effect: &Effect) {
        self.effects.insert(place);
        self.values.extend(effect.before.iter().chain(&effect.after).cloned());
        self.values.dedup();
    }

    fn join(&mut self, other: Trail) {
        self.values.extend(other.values);
        self.effects.extend(other.effects);
    }

    fn shares(&self, values: &[Value]) -> bool {
        self.values.iter().any(|own| values.iter().any(|value| is_same_event(own, value)))
    }
}

impl Trails {
    fn of(journal: &Journal, zone: Option<Zone>) -> Trails {
        let mut trails = Trails::default();
        for (number, entry) in journal.entries().iter().enumerate() {
            for (at, effect) in entry.effects.iter().enumerate() {
                if effect.list == "events" {
                    trails.follow((number, at), &entry.verb, effect, zone);
                }
            }
        }
        trails
    }

    fn follow(&mut self, place: (usize, usize), verb: &str, effect: &Effect, zone: Option<Zone>) {
        let known = match (&effect.before, &effect.after) {
            (Some(before), _) => place_in(&self.now, before, zone),
            // A recovered event may exist already.
            (None, Some(after)) if verb == RECOVER => self.now.iter().position(|now| now == after),
            (None, _) => None,
        };
        let mut trail = match (known, effect.before.as_ref().or(effect.after.as_ref())) {
            (Some(at), _) => {
                self.now.remove(at);
                self.there.remove(at)
            }
            (None, Some(value)) => {
                let is_it = |gone: &Trail| gone.shares(std::slice::from_ref(value));
                let gone = self.gone.iter().rposition(is_it);
                gone.map(|at| self.gone.remove(at)).unwrap_or_default()
            }
            (None, None) => Trail::default(),
        };
        trail.follow(place, effect);
        match &effect.after {
            Some(after) if verb != KEPT => {
                self.now.push(after.clone());
                self.there.push(trail);
            }
            _ => self.gone.push(trail),
        }
    }
}

impl Journal {
    /// Returns the trail of an event of the record, even if it was edited by hand; one without values if the journal
    /// does not have it. Another event with the same content keeps its own trail.
    pub fn trail(&self, event: &Value, zone: Option<Zone>) -> Trail {
        let Trails { mut there, now, gone } = Trails::of(self, zone);
        let at = LIKENESSES.iter().find_map(|way| one_like(event, &now, way, zone));
        let mut trail = at.map(|at| there.swap_remove(at)).unwrap_or_default();
        let mut values = trail.values.clone();
        values.push(event.clone());
        gone.into_iter().filter(|gone| gone.shares(&values)).for_each(|gone| trail.join(gone));
        trail
    }

    /// Returns the first that is known of an event of the record: its values then, the entry that has them, and whether
    /// it was written down with that entry.
    pub fn beginning(
        &self,
        event: &Value,
        zone: Option<Zone>,
    ) -> Option<(Value, &JournalEntry, bool)> {
        let mut places: Vec<_> = self.trail(event, zone).effects.into_iter().collect();
        places.sort_unstable();
        let at = |(number, effect): &(usize, usize)| {
            let entry = self.entries().get(*number)?;
            Some((entry, entry.effects.get(*effect)?))
        };
        let is_writing = |(entry, effect): &(&JournalEntry, &Effect)| {
            effect.before.is_none() && [LOG, KEPT].contains(&&*entry.verb)
        };
        // What was taken back and logged again was written down again.
        let written = places.iter().rev().filter_map(at).find(is_writing);
        let (entry, effect) = written.or_else(|| at(places.first()?))?;
        let value = effect.before.as_ref().or(effect.after.as_ref())?;
        Some((value.clone(), entry, written.is_some()))
    }

    /// Returns the trail of an event of another record with one of these values: it was moved away, or the journal is
    /// an older one. Events that this record should still have keep their own trails.
    pub fn trail_elsewhere(&self, values: &[Value]) -> Trail {
        let mut trail = Trail::default();
        let gone = Trails::of(self, None).gone.into_iter();
        gone.filter(|gone| gone.shares(values)).for_each(|gone| trail.join(gone));
        trail
    }

    /// Returns the trail of all events with one of these values, in the journal of a record that no longer exists.
    pub fn trail_anywhere(&self, values: &[Value]) -> Trail {
        let mut trail = Trail::default();
        let Trails { there, gone, .. } = Trails::of(self, None);
        let all = there.into_iter().chain(gone);
        all.filter(|one| one.shares(values)).for_each(|one| trail.join(one));
        trail
    }
}

/// What became of an event that a change had added.
#[derive(Debug, Clone, PartialEq)]
pub enum Became {
    /// The record should have it, with this value.
    There(Value),
    /// It was moved to another record by a joint change of this name, with this value.
    Moved(String, Value),
    /// It was removed.
    Gone,
}

impl Journal {
    /// Returns what became of the event that a change with this id added; the record may have got another id since. `None`
    /// if the journal does not have the change.
    pub fn became(&self, change: &str) -> Option<Became> {
        let is_it = |entry: &JournalEntry| {
            let part = entry.id.strip_suffix(change);
            part.is_some_and(|before| before.is_empty() || before.ends_with('/'))
        };
        self.added_by(is_it, None)
    }

    /// Returns what became of an event that a joint change moved here with this value, or one like it.
    pub fn became_of_moved(&self, joint: &str, value: &Value) -> Option<Became> {
        let is_it = |entry: &JournalEntry| entry.joint.as_ref().is_some_and(|it| it.name == joint);
        self.added_by(is_it, Some(value))
    }

    fn added_by(
        &self,
        is_it: impl Fn(&JournalEntry) -> bool,
        like: Option<&Value>,
    ) -> Option<Became> {
        let added = |entry: &JournalEntry| {
            let added = entry
                .effects
                .iter()
                .filter(|effect| effect.list == "events" && effect.before.is_none());
            let mut added = added.filter_map(|effect| effect.after.clone());
            added
                .find(|after| like.is_none_or(|like| after.text_at("text") == like.text_at("text")))
        };
        let entries = self.entries();
        let start = entries.iter().position(|entry| is_it(entry) && added(entry).is_some())?;
        Some(followed(added(&entries[start])?, &entries[start + 1..]))
    }
}

/// Follows the value of an event through later changes.
fn followed(mut last: Value, later: &[JournalEntry]) -> Became {
    let mut gone: Option<&JournalEntry> = None;
    for entry in later.iter().filter(|entry| entry.verb != KEPT) {
        for effect in entry.effects.iter().filter(|effect| effect.list == "events") {
            match (&effect.before, &effect.after) {
                (Some(before), Some(after)) if gone.is_none() && *before == last => {
                    last.clone_from(after);
                }
                (Some(before), None) if gone.is_none() && *before == last => gone = Some(entry),
                (None, Some(after)) if gone.is_some() && *after == last => gone = None,
                _ => {}
            }
        }
    }
    match gone {
        None => Became::There(last),
        Some(JournalEntry { joint: Some(joint), .. }) => Became::Moved(joint.name.clone(), last),
        Some(_) => Became::Gone,
    }
}

/// Returns the index of an event with this value in a record, even if it was edited by hand since.
pub fn place_of_event(document: &Document, value: &Value) -> Option<usize> {
    let there = document.items("events");
    LIKENESSES.iter().find_map(|way| one_like(value, &there, way, document.incident.zone))
}

/// Returns a journal's lines without an event; `None` if they do not have it. If a change also replaced one of these
/// `texts`, the replaced text is removed, and lines that it kept are: the change can then only be undone entry by entry.
/// All other lines stay as written.
pub fn without_trail(journal: &str, trail: &Trail, texts: &[Spelled]) -> Option<Removed> {
    let holds = |text: &str| texts.iter().any(|wanted| wanted.is_in(text));
    let mut removed = Removed { text: String::with_capacity(journal.len()), places: 0 };
    let mut number = 0;
    for line in journal.split_inclusive('\n') {
        let Ok(mut entry) = serde_json::from_str::<JournalEntry>(line) else {
            // A line that a crash cut off is never read again.
            match holds(line) {
                true => removed.places += 1,
                false => removed.text.push_str(line),
            }
            continue;
        };
        let had = entry.effects.len();
        let mut at = 0..had;
        entry
            .effects
            .retain(|_| !at.next().is_some_and(|at| trail.effects.contains(&(number, at))));
        let gone = had - entry.effects.len();
        let replaced =
            |splice: &crate::yaml::Splice| holds(&splice.removed) || holds(&splice.inserted);
        let spliced = gone > 0
            || entry.splices.iter().any(replaced)
            || entry.own.iter().any(|lines| holds(lines));
        if spliced {
            entry.splices.clear();
            entry.own.clear();
        }
        match (gone, spliced) {
            (0, false) => removed.text.push_str(line),
            _ if gone > 0 && entry.effects.is_empty() => {}
            _ => removed.text.push_str(&entry.to_line()),
        }
        removed.places += gone.max(usize::from(spliced));
        number += 1;
    }
    (removed.places > 0).then_some(removed)
}
