//! Finds what stands in a record as it was before asrun changed it: somebody saved an old copy over the change.

use crate::yaml::{Change, Value, key_changes_in_place};

use super::document::Document;
use super::journal::{Effect, FORGET, Journal, JournalEntry, LEFT_OUT, Missing, RECOVER, RENAME};
use super::likeness::place_in;
use super::lists::{ATTACHMENTS, LISTS, item_path, list_place};

/// An entry or a key that a record has again as it was before a change that is still in effect.
#[derive(Debug, Clone, PartialEq)]
pub struct Reverted {
    /// The list of the entry, or the key.
    pub list: String,
    /// What the record has; `None` for a key that it lacks.
    pub stands: Option<Value>,
    /// What asrun had made of it; `None` if it had removed it.
    pub written: Option<Value>,
}

/// What a record no longer has of what asrun wrote into it.
#[derive(Debug, Default)]
pub struct Losses {
    /// Entries that it lacks.
    pub missing: Vec<Missing>,
    /// Entries and keys that are as they were before.
    pub reverted: Vec<Reverted>,
}

/// The states of one entry, oldest first.
struct History {
    states: Vec<Value>,
    /// Whether asrun removed it.
    is_removed: bool,
    /// Whether it was deleted by hand, which the user confirmed.
    is_confirmed: bool,
}

impl Reverted {
    /// Returns the changes that make it what asrun had made of it; none for an entry that asrun removed.
    pub fn changes(&self, document: &Document) -> Vec<Change> {
        let (path, key) = list_place(&self.list);
        if !LISTS.contains(&self.list.as_str()) {
            return vec![match &self.written {
                Some(value) => Change::set(path, key, value.clone()),
                None => Change::unset(path, key),
            }];
        }
        let items = document.items(&self.list);
        let place = items.iter().position(|item| Some(item) == self.stands.as_ref());
        match (place, &self.stands, &self.written) {
            (Some(place), Some(Value::Map(stands)), Some(Value::Map(written))) => {
                key_changes_in_place(&item_path(&self.list, place), stands, written)
            }
            (Some(place), Some(_), Some(written)) => {
                vec![Change::replace(path, key, place, written.clone())]
            }
            _ => Vec::new(),
        }
    }

    /// Returns the effect that confirms that it is right as it is.
    pub fn confirmed(&self) -> Effect {
        let Reverted { list, stands, written } = self.clone();
        Effect { list, before: written, after: stands }
    }
}

impl Losses {
    /// Compares a record with its journal.
    pub fn of(journal: &Journal, document: &Document) -> Losses {
        let mut missing = journal.missing(document);
        let lists = LISTS.iter().flat_map(|list| reverted_entries(journal, document, list));
        let reverted: Vec<Reverted> = lists.chain(reverted_keys(journal, document)).collect();
        let written = || reverted.iter().filter_map(|reverted| reverted.written.as_ref());
        missing.retain(|missing| !written().any(|written| missing.is_of(written)));
        Losses { missing, reverted }
    }

    /// Whether nothing was lost.
    pub fn is_empty(&self) -> bool {
        self.missing.is_empty() && self.reverted.is_empty()
    }
}

/// Returns the entries of a list that are as they were before. An entry that was edited by hand is in no earlier state.
fn reverted_entries(journal: &Journal, document: &Document, list: &str) -> Vec<Reverted> {
    let histories = histories(journal, list);
    // If nothing was changed, no entry has an earlier state.
    if histories.iter().all(|history| history.states.len() == 1 && !history.is_removed) {
        return Vec::new();
    }
    let items = document.items(list);
    let mut taken = vec![false; items.len()];
    let mut next = 0;
    let mut take = |wanted: &Value| {
        let mut places = (next..items.len()).chain(0..next);
        let place = places.find(|place| !taken[*place] && items[*place] == *wanted)?;
        taken[place] = true;
        next = place + 1;
        Some(place)
    };
    let (alive, removed): (Vec<History>, Vec<History>) =
        histories.into_iter().partition(|history| !history.is_removed);
    let mut is_there =
        |history: &History| history.states.last().is_some_and(|last| take(last).is_some());
    let changed: Vec<History> = alive.into_iter().filter(|history| !is_there(history)).collect();
    let mut reverted = Vec::new();
    for History { mut states, .. } in changed {
        let written = states.pop();
        let stands = states.into_iter().rev().find(|state| take(state).is_some());
        if stands.is_some() && !lost_only_files(stands.as_ref(), written.as_ref()) {
            reverted.push(Reverted { list: list.to_owned(), stands, written });
        }
    }
    for History { mut states, is_confirmed, .. } in removed {
        states.retain(|_| !is_confirmed);
        let stands = states.into_iter().rev().find(|state| take(state).is_some());
        if stands.is_some() {
            reverted.push(Reverted { list: list.to_owned(), stands, written: None });
        }
    }
    reverted
}

/// Returns what happened to the entries of a list through asrun, in the order in which they were first written.
fn histories(journal: &Journal, list: &str) -> Vec<History> {
    let (mut histories, mut last): (Vec<History>, Vec<Value>) = (Vec::new(), Vec::new());
    for entry in journal.acknowledging() {
        for effect in entry.effects.iter().filter(|effect| effect.list == list) {
            let known = effect.before.as_ref().and_then(|before| place_in(&last, before));
            let known = known.filter(|at| !histories[*at].is_removed);
            match (known, &effect.before, &effect.after) {
                (Some(at), _, Some(after)) => {
                    histories[at].states.push(after.clone());
                    last[at] = after.clone();
                }
                (Some(at), _, None) => {
                    histories[at].is_removed = true;
                    histories[at].is_confirmed = is_note(entry);
                    // It is found no more by what it was.
                    last[at] = Value::Null;
                }
                // What was recovered was written before.
                (None, _, Some(after)) if entry.verb == RECOVER && last.contains(after) => {}
                (None, before, after) => {
                    let states: Vec<Value> = before.iter().chain(after).cloned().collect();
                    let is_removed = after.is_none();
                    last.push(after.clone().unwrap_or(Value::Null));
                    let is_confirmed = is_note(entry);
                    histories.push(History { states, is_removed, is_confirmed });
                }
            }
        }
    }
    histories
}

/// Whether a change notes what was gone already.
fn is_note(entry: &JournalEntry) -> bool {
    [FORGET, LEFT_OUT].contains(&&*entry.verb)
}

/// Whether an event lacks nothing but files that it had: these are missing.
fn lost_only_files(stands: Option<&Value>, written: Option<&Value>) -> bool {
    let (Some(Value::Map(stands)), Some(Value::Map(written))) = (stands, written) else {
        return false;
    };
    let files = |keys: &[(String, Value)]| -> Vec<Value> {
        let found = keys.iter().find(|(key, _)| key == ATTACHMENTS).map(|(_, files)| files.clone());
        match found {
            Some(Value::List(files)) => files,
            lone => lone.into_iter().collect(),
        }
    };
    let rest = |keys: &[(String, Value)]| -> Vec<(String, Value)> {
        keys.iter().filter(|(key, _)| key != ATTACHMENTS).cloned().collect()
    };
    let left = files(stands);
    rest(stands) == rest(written) && left.iter().all(|file| files(written).contains(file))
}

/// Returns the keys of the record itself that are as they were before.
fn reverted_keys(journal: &Journal, document: &Document) -> Vec<Reverted> {
    let mut keys: Vec<(&str, Vec<Option<&Value>>)> = Vec::new();
    for entry in journal.acknowledging().filter(|entry| entry.verb != RENAME) {
        for effect in entry.effects.iter().filter(|effect| !LISTS.contains(&&*effect.list)) {
            let key = effect.list.as_str();
            let at = keys.iter().position(|(known, _)| *known == key).unwrap_or_else(|| {
                keys.push((key, vec![effect.before.as_ref()]));
                keys.len() - 1
            });
            keys[at].1.push(effect.after.as_ref());
        }
    }
    let reverted = keys.into_iter().filter_map(|(key, mut states)| {
        let written = states.pop()?;
        let stands = document.value_named(key);
        let was = stands.as_ref() != written && states.contains(&stands.as_ref());
        was.then(|| Reverted { list: key.to_owned(), stands, written: written.cloned() })
    });
    reverted.collect()
}

#[cfg(test)]
mod tests {
    use super::super::document::read;
    use super::super::journal::effects;
    use super::*;

    const RECORD: &str = "title: t\nseverity: sev2\nevents:\n  - at: 2024-09-07T18:00Z\n    text: one\n  \
                          - at: 2024-09-07T18:10Z\n    text: two\n";

    /// Returns the journal of changes that each led from one text to the next.
    fn journal(texts: &[&str]) -> Journal {
        let line = |pair: &[&str]| {
            let [before, after] = [pair[0], pair[1]].map(|text| read(text).unwrap());
            let effects = effects(&before, &after);
            let line = r#"{"id":"i","on":"2024-09-07T18:20Z","verb":"amend","effects":[]}"#;
            let entry: JournalEntry = serde_json::from_str(line).unwrap();
            JournalEntry { effects, ..entry }.to_line()
        };
        Journal::read(&texts.windows(2).map(line).collect::<Vec<_>>().concat())
    }

    fn lost(texts: &[&str], now: &str) -> Vec<(Option<String>, Option<String>)> {
        let losses = Losses::of(&journal(texts), &read(now).unwrap());
        assert!(losses.missing.is_empty(), "{:?}", losses.missing);
        let text = |value: Option<Value>| {
            let value = value?;
            Some(value.lone().or(value.text_at("text")).unwrap_or_default().to_owned())
        };
        let told = |it: Reverted| (text(it.stands), text(it.written));
        losses.reverted.into_iter().map(told).collect()
    }

    #[test]
    fn an_old_copy_over_a_change_is_found() {
        let changed = |from: &str, to: &str| RECORD.replace(from, to);
        let some = |text: &str| Some(text.to_owned());
        for (after, expected) in [
            (changed("text: two", "text: quite another"), (some("two"), some("quite another"))),
            (changed("text: two", "text: two\n    audience: internal"), (some("two"), some("two"))),
            (changed("severity: sev2", "severity: sev1"), (some("sev2"), some("sev1"))),
            (changed("severity: sev2\n", ""), (some("sev2"), None)),
            (changed("events:", "summary: s\nevents:"), (None, some("s"))),
            (changed("  - at: 2024-09-07T18:10Z\n    text: two\n", ""), (some("two"), None)),
        ] {
            assert_eq!(lost(&[RECORD, &after], RECORD), [expected], "{after}");
            assert_eq!(lost(&[RECORD, &after], &after), [], "{after}");
            // Undone, and undone and done again.
            assert_eq!(lost(&[RECORD, &after, RECORD], RECORD), [], "{after}");
            assert_eq!(lost(&[RECORD, &after, RECORD, &after], &after), [], "{after}");
        }
        // An edit by hand is none.
        let (after, by_hand) = (changed("two", "two of us"), changed("two", "two of them"));
        assert_eq!(lost(&[RECORD, &after], &by_hand), []);
        assert_eq!(lost(&[RECORD, &changed("sev2", "sev1")], &changed("sev2", "sev3")), []);
    }

    #[test]
    fn files_that_an_event_lost_are_missing_and_not_reverted() {
        let with = RECORD.replace("text: two", "text: two\n    attachments: [a.png]");
        let losses = Losses::of(&journal(&[RECORD, &with]), &read(RECORD).unwrap());
        assert_eq!((losses.missing.len(), losses.reverted.len()), (1, 0));
        // With another change, the event is told once.
        let more = with.replace("text: two", "text: two\n    why: so");
        let losses = Losses::of(&journal(&[RECORD, &with, &more]), &read(RECORD).unwrap());
        assert_eq!((losses.missing.len(), losses.reverted.len()), (0, 1));
    }
}
