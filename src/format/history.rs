//! What happened to an entry through asrun, and what it should be by now.

use crate::model::REMOVED;
use crate::yaml::{Value, value_of};

use super::likeness::has_what_was_removed;
use super::lists::ATTACHMENTS;

/// What happened to an entry through asrun.
pub(super) struct History {
    /// Its states, oldest first.
    pub(super) states: Vec<Value>,
    /// What it was before each change, and after it.
    pub(super) changes: Vec<(Value, Value)>,
    /// What it should be, if that is not its last state: an earlier change was lost when a later one was made.
    promised: Option<Value>,
    /// Whether asrun removed it.
    pub(super) is_removed: bool,
    /// Whether it was deleted by hand, which the user confirmed.
    pub(super) is_confirmed: bool,
    /// What it was when asrun removed it.
    gone: Option<Value>,
}

impl History {
    /// Begins with the first change of an entry; `is_note` if that only notes what was gone already.
    pub(super) fn of(before: Option<&Value>, after: Option<&Value>, is_note: bool) -> History {
        let mut history = History {
            states: before.into_iter().cloned().collect(),
            changes: Vec::new(),
            promised: None,
            is_removed: after.is_none(),
            is_confirmed: is_note,
            gone: before.filter(|_| after.is_none()).cloned(),
        };
        history.follow(before, after);
        history
    }

    /// Returns what the entry should be.
    pub(super) fn promised(&self) -> Option<&Value> {
        self.promised.as_ref().or(self.states.last())
    }

    /// Whether it should be this.
    pub(super) fn promises(&self, item: &Value) -> bool {
        !self.is_removed && self.promised() == Some(item)
    }

    /// Notes a change. What it was before may lack earlier ones: these are still promised, unless this one is about the
    /// same keys.
    pub(super) fn follow(&mut self, before: Option<&Value>, after: Option<&Value>) {
        let both = before.zip(after);
        let promised = both.and_then(|(before, after)| self.still_promised(before, after));
        self.promised = promised.filter(|promised| Some(promised) != after);
        self.states.extend(after.cloned());
        self.changes.extend(both.map(|(before, after)| (before.clone(), after.clone())));
    }

    fn still_promised(&self, before: &Value, after: &Value) -> Option<Value> {
        let promised = self.promised().filter(|promised| *promised != before)?;
        let (Value::Map(order), Value::Map(now)) = (promised, after) else { return None };
        let mut still = now.clone();
        for key in self.lost_keys(before) {
            let value = merged([before, after, promised].map(|item| item.get(key)));
            put(&mut still, key, value.as_ref(), order);
        }
        Some(Value::Map(still))
    }

    /// Notes that asrun removed it, or with `is_note`, that it is confirmed to be gone.
    pub(super) fn remove(&mut self, before: Option<&Value>, is_note: bool) {
        (self.is_removed, self.is_confirmed) = (true, is_note);
        self.gone = before.cloned();
    }

    /// Whether it was this when asrun removed it.
    pub(super) fn went_as(&self, item: &Value) -> bool {
        self.gone.as_ref() == Some(item)
    }

    /// Notes that an undo brought it back. If somebody had edited it before it was removed, asrun has written what they
    /// wrote: nothing from before that is a former state.
    pub(super) fn come_back(&mut self, after: &Value) {
        self.is_removed = false;
        self.gone = None;
        if self.states.last() != Some(after) {
            (self.states, self.changes, self.promised) = (vec![after.clone()], Vec::new(), None);
        }
    }

    /// Whether the record may have it as it was before.
    pub(super) fn may_be_before(&self) -> bool {
        let is_removed =
            |(_, value): &(String, Value)| value.lone().is_some_and(|text| text.contains(REMOVED));
        let has_removed = match self.promised() {
            Some(Value::Map(entries)) => entries.iter().any(is_removed),
            _ => false,
        };
        !self.changes.is_empty() || has_removed
    }

    /// Returns an entry with what asrun had made of the keys that are as they were before; `None` if none of them is.
    pub(super) fn written_again(&self, item: &Value) -> Option<Value> {
        let (Some(promised @ Value::Map(order)), Value::Map(entries)) = (self.promised(), item)
        else {
            return None;
        };
        let mut written = entries.clone();
        for key in self.lost_keys(item) {
            // Files are told by themselves.
            if key != ATTACHMENTS || !lacks_only_files(item.get(key), promised.get(key)) {
                put(&mut written, key, promised.get(key), order);
            }
        }
        (written != *entries).then_some(Value::Map(written))
    }

    /// Returns the keys of an entry that are as they were before asrun changed them, and the list of its files if it lacks
    /// some of them.
    fn lost_keys(&self, item: &Value) -> Vec<&str> {
        let Some(promised @ Value::Map(entries)) = self.promised() else { return Vec::new() };
        let mut keys = self.changed_keys();
        keys.extend(entries.iter().map(|(key, _)| key.as_str()));
        keys.sort_unstable();
        keys.dedup();
        keys.retain(|key| {
            let (now, promised) = (item.get(key), promised.get(key));
            let texts = || promised.and_then(Value::lone).zip(now.and_then(Value::lone));
            let is_before = || self.values_of(key).contains(&now);
            let lacks_files = || *key == ATTACHMENTS && lacks_only_files(now, promised);
            let has_removed = || texts().is_some_and(|(it, now)| has_what_was_removed(it, now));
            now != promised && (is_before() || lacks_files() || has_removed())
        });
        keys
    }

    /// Returns the keys that asrun changed.
    fn changed_keys(&self) -> Vec<&str> {
        let mut keys: Vec<&str> = Vec::new();
        for (before, after) in &self.changes {
            let (Value::Map(before), Value::Map(after)) = (before, after) else { continue };
            let all = before.iter().chain(after).map(|(key, _)| key.as_str());
            let changed = all.filter(|key| value_of(before, key) != value_of(after, key));
            keys.extend(changed);
        }
        keys
    }

    /// Returns the values that a key had before and after each change of it, oldest first.
    fn values_of(&self, key: &str) -> Vec<Option<&Value>> {
        let both = self.changes.iter().map(|(before, after)| (before.get(key), after.get(key)));
        both.filter(|(before, after)| before != after).flat_map(<[_; 2]>::from).collect()
    }
}

/// Returns what a value should be that a change made another one, although it should have been a third one before that:
/// of lists and mappings, what the change did to their parts.
pub(super) fn merged([was, is, wanted]: [Option<&Value>; 3]) -> Option<Value> {
    let values = [was, is, wanted];
    let known = || values.iter().flatten();
    if was == is {
        wanted.cloned()
    } else if known().all(|value| matches!(value, Value::List(_))) {
        let [was, is, wanted] = values.map(|value| match value {
            Some(Value::List(items)) => items.as_slice(),
            _ => &[],
        });
        let stays = |item: &&Value| !was.contains(item) || is.contains(item);
        let is_new = |item: &&Value| !was.contains(item) && !wanted.contains(item);
        let items = wanted.iter().filter(stays).chain(is.iter().filter(is_new));
        let items: Vec<Value> = items.cloned().collect();
        (!items.is_empty()).then_some(Value::List(items))
    } else if known().all(|value| matches!(value, Value::Map(_))) {
        let keys = |value: Option<&Value>| match value {
            Some(Value::Map(keys)) => keys.clone(),
            _ => Vec::new(),
        };
        let (order, mut entries) = (keys(wanted), keys(is));
        for key in order.iter().map(|(key, _)| key).chain(keys(was).iter().map(|(key, _)| key)) {
            let of_key = values.map(|value| value.and_then(|value| value.get(key)));
            put(&mut entries, key, merged(of_key).as_ref(), &order);
        }
        (!entries.is_empty()).then_some(Value::Map(entries))
    } else {
        is.cloned()
    }
}

/// Sets a key, in the order of another mapping, or removes it.
fn put(
    entries: &mut Vec<(String, Value)>,
    key: &str,
    value: Option<&Value>,
    order: &[(String, Value)],
) {
    let Some(value) = value else {
        entries.retain(|(known, _)| known != key);
        return;
    };
    if let Some((_, known)) = entries.iter_mut().find(|(known, _)| known == key) {
        known.clone_from(value);
        return;
    }
    let mut below = order.iter().map(|(key, _)| key).skip_while(|other| *other != key).skip(1);
    let place = below.find_map(|below| entries.iter().position(|(known, _)| known == below));
    entries.insert(place.unwrap_or(entries.len()), (key.to_owned(), value.clone()));
}

/// Whether a list of files has nothing that another one lacks.
pub(super) fn lacks_only_files(now: Option<&Value>, written: Option<&Value>) -> bool {
    let files = |value: Option<&Value>| -> Vec<Value> {
        match value {
            Some(Value::List(files)) => files.clone(),
            lone => lone.into_iter().cloned().collect(),
        }
    };
    let written = files(written);
    files(now).iter().all(|file| written.contains(file))
}
