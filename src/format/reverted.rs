//! Finds what stands in a record as it was before asrun changed it: somebody saved an old copy over the change.

use crate::model::Zone;
use crate::yaml::{Change, Value, key_changes_in_place, value_of};

use super::audience::is_opened;
use super::document::Document;
use super::history::{History, lacks_only_files, merged};
use super::journal::{Effect, Journal, Missing, RENAME};
use super::likeness::{is_surely, same_moment};
use super::lists::{ATTACHMENTS, LISTS, item_path, list_place};

/// An entry or a key that a record has again as it was before a change that is still in effect.
#[derive(Debug, Clone, PartialEq)]
pub struct Reverted {
    /// The list of the entry, or the key.
    pub list: String,
    /// What the record has; `None` for a key that it lacks.
    pub stands: Option<Value>,
    /// What asrun had made of it, with what was edited by hand since; `None` if it had removed it.
    pub written: Option<Value>,
    /// What asrun had made of it, as the journal has it.
    last: Option<Value>,
    /// Whether the change is a commit's, which the journal does not have.
    pub is_committed: bool,
}

/// What a record no longer has of what asrun wrote into it.
#[derive(Debug, Default)]
pub struct Losses {
    /// Entries that it lacks.
    pub missing: Vec<Missing>,
    /// Entries and keys that are as they were before.
    pub reverted: Vec<Reverted>,
}

impl Reverted {
    fn of(
        list: String,
        stands: Option<Value>,
        written: Option<Value>,
        last: Option<Value>,
    ) -> Reverted {
        Reverted { list, stands, written, last, is_committed: false }
    }

    /// Returns what a record has otherwise than a commit.
    pub(super) fn committed(
        list: String,
        stands: Option<Value>,
        written: Option<Value>,
        last: Option<Value>,
    ) -> Reverted {
        Reverted { is_committed: true, ..Reverted::of(list, stands, written, last) }
    }

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
        let Reverted { list, stands, last, .. } = self.clone();
        Effect { list, before: last, after: stands }
    }

    /// Whether it is what this effect would bring about.
    pub fn is_effect(&self, Effect { list, before, after }: &Effect) -> bool {
        (&self.list, &self.last, &self.stands) == (list, before, after)
    }

    /// Returns the keys of an entry that are as they were before; a single empty name for anything without keys.
    pub fn keys(&self) -> Vec<&str> {
        let (Some(Value::Map(stands)), Some(Value::Map(written))) = (&self.stands, &self.written)
        else {
            return vec![""];
        };
        let added = stands.iter().filter(|(key, _)| value_of(written, key).is_none());
        let keys = written.iter().chain(added).map(|(key, _)| key.as_str());
        keys.filter(|key| value_of(written, key) != value_of(stands, key)).collect()
    }

    /// Whether a document has one of these keys as asrun had made it.
    pub fn is_written_in(&self, document: &Document, key: &str) -> bool {
        let Reverted { list, written: Some(written), last, .. } = self else { return false };
        if !LISTS.contains(&list.as_str()) {
            return document.value_named(list).as_ref() == Some(written);
        }
        let items = document.items(list);
        if key.is_empty() {
            return items.contains(written);
        }
        let zone = document.incident.zone;
        let is_it = |item: &&Value| last.iter().any(|last| is_surely(last, item, zone));
        items.iter().filter(is_it).any(|item| item.get(key) == written.get(key))
    }

    /// Whether nothing of it was edited by hand.
    fn is_whole(&self) -> bool {
        self.written == self.last
    }

    /// Whether it tells of something that is missing.
    fn tells_of(&self, missing: &Missing) -> bool {
        self.last.as_ref().is_some_and(|last| {
            missing.is_entry(&self.list, last) || self.is_whole() && missing.is_file_of(last)
        })
    }
}

impl Losses {
    /// Compares a record with its journal.
    pub fn of(journal: &Journal, document: &Document) -> Losses {
        let mut missing = journal.missing(document);
        let reverted = Losses::reverted(journal, document);
        missing.retain(|missing| !reverted.iter().any(|reverted| reverted.tells_of(missing)));
        Losses { missing, reverted }
    }

    /// Returns what of a record is as it was before.
    pub fn reverted(journal: &Journal, document: &Document) -> Vec<Reverted> {
        let lists = LISTS.iter().flat_map(|list| reverted_entries(journal, document, list));
        lists.chain(reverted_keys(journal, document)).collect()
    }

    /// Whether nothing was lost.
    pub fn is_empty(&self) -> bool {
        self.missing.is_empty() && self.reverted.is_empty()
    }
}

/// Returns the entries of a list that are as they were before, or have keys that are.
fn reverted_entries(journal: &Journal, document: &Document, list: &str) -> Vec<Reverted> {
    let histories = journal.histories(list, Some(document));
    // If nothing was changed, no entry has an earlier state.
    if !histories.iter().any(|history| history.is_removed || history.may_be_before()) {
        return Vec::new();
    }
    let mut items = Items::of(document.items(list));
    let (alive, removed): (Vec<History>, Vec<History>) =
        histories.into_iter().partition(|history| !history.is_removed);
    let mut is_there =
        |history: &History| history.promised().is_some_and(|it| items.take(it).is_some());
    let changed: Vec<History> = alive.into_iter().filter(|history| !is_there(history)).collect();
    let mut reverted = Vec::new();
    let mut edited: Vec<History> = Vec::new();
    for history in changed {
        let written = history.promised().cloned();
        match history.states.iter().rev().find_map(|state| items.take(state)) {
            Some(stands) if lost_only_files(&stands, written.as_ref()) => {}
            Some(stands) => {
                let (list, last) = (list.to_owned(), written.clone());
                reverted.push(Reverted::of(list, Some(stands), written, last));
            }
            None => edited.push(history),
        }
    }
    for History { mut states, is_confirmed, .. } in removed {
        states.retain(|_| !is_confirmed);
        let stands = states.into_iter().rev().find_map(|state| items.take(&state));
        if stands.is_some() {
            reverted.push(Reverted::of(list.to_owned(), stands, None, None));
        }
    }
    reverted.extend(partly(journal, list, &edited, items, document.incident.zone));
    reverted
}

/// The items of a list, each of which is taken once.
struct Items {
    items: Vec<Value>,
    /// Where to search for the next one: changes are usually in the order of the record.
    next: usize,
}

impl Items {
    fn of(items: Vec<Value>) -> Items {
        Items { items, next: 0 }
    }

    fn take(&mut self, wanted: &Value) -> Option<Value> {
        let mut places = (self.next..self.items.len()).chain(0..self.next);
        let place = places.find(|place| self.items[*place] == *wanted)?;
        self.next = place + 1;
        self.take_at(place)
    }

    fn take_at(&mut self, place: usize) -> Option<Value> {
        // What is taken is like nothing that was written.
        let taken = std::mem::replace(self.items.get_mut(place)?, Value::Null);
        (taken != Value::Null).then_some(taken)
    }
}

/// Returns the entries that were edited by hand, and have keys that are as they were before asrun changed them.
fn partly(
    journal: &Journal,
    list: &str,
    edited: &[History],
    mut items: Items,
    zone: Option<Zone>,
) -> Vec<Reverted> {
    let last: Vec<Value> = edited.iter().filter_map(|it| it.promised().cloned()).collect();
    let places = journal.places(list, &last, items.items.clone(), zone);
    let mut reverted = Vec::new();
    for ((history, last), place) in edited.iter().zip(last).zip(places) {
        if !history.may_be_before() {
            continue;
        }
        // What was internal counts as the same under another time, too.
        let is_it = |place: &usize| {
            let item = &items.items[*place];
            history.may_be(item, zone) || is_opened(&last, item)
        };
        let place = place.filter(is_it);
        let as_before = || {
            let mut former = history.states.iter().rev();
            former.find_map(|state| {
                let open =
                    journal.places(list, std::slice::from_ref(state), items.items.clone(), zone);
                open.into_iter()
                    .flatten()
                    .find(|place| is_surely(state, &items.items[*place], zone))
            })
        };
        let Some(place) = place.or_else(as_before) else { continue };
        let Some(written) = history.written_again(&items.items[place]) else { continue };
        let stands = items.take_at(place);
        reverted.push(Reverted::of(list.to_owned(), stands, Some(written), Some(last)));
    }
    reverted
}

impl History {
    /// Whether an item is this entry, however it was edited: an event of the same words at another time may not be.
    fn may_be(&self, item: &Value, zone: Option<Zone>) -> bool {
        let is_it = |state: &Value| is_surely(state, item, zone) || same_moment(state, item, zone);
        self.states.iter().any(is_it)
    }
}

/// Whether an event lacks nothing but files that it had: these are missing.
fn lost_only_files(stands: &Value, written: Option<&Value>) -> bool {
    let (Value::Map(stands), Some(Value::Map(written))) = (stands, written) else { return false };
    let rest = |keys: &[(String, Value)]| -> Vec<(String, Value)> {
        keys.iter().filter(|(key, _)| key != ATTACHMENTS).cloned().collect()
    };
    let files = [stands, written].map(|keys| value_of(keys, ATTACHMENTS));
    rest(stands) == rest(written) && lacks_only_files(files[0], files[1])
}

/// Returns the keys of the record itself that are as they were before.
fn reverted_keys(journal: &Journal, document: &Document) -> Vec<Reverted> {
    let mut keys: Vec<KeyStates> = Vec::new();
    for entry in journal.acknowledging().filter(|entry| entry.verb != RENAME) {
        for effect in entry.effects.iter().filter(|effect| !LISTS.contains(&&*effect.list)) {
            let key = effect.list.as_str();
            let at = keys.iter().position(|known| known.key == key).unwrap_or_else(|| {
                keys.push(KeyStates { key, states: Vec::new(), promised: effect.before.clone() });
                keys.len() - 1
            });
            keys[at].follow(effect);
        }
    }
    let reverted = keys.into_iter().filter_map(|KeyStates { key, states, promised }| {
        let stands = document.value_named(key);
        let was = stands != promised && states.contains(&stands.as_ref());
        was.then(|| Reverted::of(key.to_owned(), stands, promised.clone(), promised))
    });
    reverted.collect()
}

/// What a key of the record was before and after each change through asrun, and what it should be.
struct KeyStates<'j> {
    key: &'j str,
    states: Vec<Option<&'j Value>>,
    promised: Option<Value>,
}

impl<'j> KeyStates<'j> {
    fn follow(&mut self, Effect { before, after, .. }: &'j Effect) {
        let (before, after) = (before.as_ref(), after.as_ref());
        let is_lost = self.promised.as_ref() != before && self.states.contains(&before);
        self.promised = match is_lost {
            true => merged([before, after, self.promised.as_ref()]),
            false => after.cloned(),
        };
        self.states.extend([before, after]);
    }
}

#[cfg(test)]
mod tests {
    use super::super::document::read;
    use super::super::journal::{JournalEntry, effects};
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

    /// Returns a record with one event of these keys, after its text.
    fn event(text: &str, keys: &str) -> String {
        format!("title: t\nevents:\n  - at: 2024-09-07T18:10Z\n    text: {text}\n{keys}")
    }

    #[test]
    fn keys_that_an_old_copy_takes_back_are_found_though_it_was_edited() {
        const WHY: &str = "    why: so\n";
        let internal = "    audience: internal\n";
        let (old, new) = (event("pool exhausted", ""), event("pool exhausted", internal));
        let late = |text: &str, keys: &str| event(text, keys).replace("18:10", "18:14");
        let amended = late("pool exhausted", internal);
        let reworded = event("the queue is full", internal);
        let again = |states: &[&str], now: &str| -> Option<Value> {
            let mut losses = Losses::of(&journal(states), &read(now).unwrap());
            assert!(losses.missing.is_empty(), "{:?}", losses.missing);
            losses.reverted.pop()?.written
        };
        let first = |text: &str| Some(read(text).unwrap().items("events").swap_remove(0));
        let whole = event("the queue is full", &format!("{WHY}{internal}"));
        let by_hand = event("pool exhausted again", "");
        for (states, now, written) in [
            (&[&*old, &new][..], &by_hand, Some(event("pool exhausted again", internal))),
            (&[&old, &new, &amended], &by_hand, Some(late("pool exhausted again", internal))),
            // What was internal is found at another time, too, and what was not may be another event.
            (&[&old, &new], &late("pool exhausted", ""), Some(late("pool exhausted", internal))),
            (&[&old, &event("pool exhausted", WHY)], &late("pool exhausted", ""), None),
            // Undone, and undone and done again.
            (&[&old, &new, &old], &by_hand, None),
            (&[&old, &new, &old, &new], &by_hand, Some(event("pool exhausted again", internal))),
            // The text that asrun changed, too.
            (&[&old, &new, &reworded], &event("pool exhausted", WHY), Some(whole)),
            // What was only edited by hand stays.
            (&[&old, &new], &event("pool exhausted again", internal), None),
        ] {
            assert_eq!(again(states, now), written.as_deref().and_then(first), "{now}");
        }
    }

    #[test]
    fn a_text_that_was_removed_for_good_is_found_again() {
        let removed = event("the password is (removed)", "");
        let found = |now: &str| {
            let mut losses = Losses::of(&journal(&["title: t\n", &removed]), &read(now).unwrap());
            losses.reverted.pop().and_then(|it| it.written)
        };
        let written = read(&removed).unwrap().items("events").swap_remove(0);
        assert_eq!(found(&event("the password is hunter2", "")), Some(written));
        assert_eq!(found(&removed), None);
        assert_eq!(found(&event("the password was changed", "")), None);
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
