//! A change of a text in terms of its meaning: which value is added, removed or replaced.

use serde::{Deserialize, Serialize};

use super::own::OwnLines;
use super::schema::Schema;
use super::value::{Value, value_of};

/// The path to a mapping inside a text: each hop leads to an item of a key's list, or without a number to the mapping
/// under that key.
pub type Path = Vec<(String, Option<usize>)>;

/// One change of one entry: what happens to a key of a mapping.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The mapping.
    pub at: Path,
    /// The key.
    pub key: String,
    /// What happens to it.
    pub edit: KeyEdit,
    /// Keys that followed it once: if it is added, it goes before the first of those that exist, or if none does, where the
    /// schema puts it.
    pub before: Vec<String>,
}

/// What happens to a key.
#[derive(Debug, Clone, PartialEq)]
pub enum KeyEdit {
    /// A new item at that index of its list, which is created if missing.
    Insert(usize, Value),
    /// A new item at that index, in its own lines from another text.
    InsertOwn(usize, OwnLines),
    /// The text at that index of its list is replaced, by another one or by a mapping.
    Replace(usize, Value),
    /// The key, which does not exist yet, is added in its own lines from another text.
    AddOwn(OwnLines),
    /// The key, which exists, is replaced by its own lines from another text.
    SetOwn(OwnLines),
    /// The key gets that value, whether or not it had one.
    Set(Value),
    /// The key is removed.
    Unset,
    /// The item at that index is removed from its list.
    Remove(usize),
}

impl Change {
    fn of(at: Path, key: &str, edit: KeyEdit) -> Change {
        Change { at, key: key.to_owned(), edit, before: Vec::new() }
    }

    /// Returns a change that inserts an item in the list of a key.
    pub fn insert(at: Path, key: &str, index: usize, item: Value) -> Change {
        Change::of(at, key, KeyEdit::Insert(index, item))
    }

    /// Returns a change that inserts an item in its own lines.
    pub fn insert_own(at: Path, key: &str, index: usize, own: OwnLines) -> Change {
        Change::of(at, key, KeyEdit::InsertOwn(index, own))
    }

    /// Returns a change that adds a key in its own lines.
    pub fn add_own(at: Path, key: &str, own: OwnLines) -> Change {
        Change::of(at, key, KeyEdit::AddOwn(own))
    }

    /// Returns a change that replaces a key by its own lines from another text.
    pub fn set_own(at: Path, key: &str, own: OwnLines) -> Change {
        Change::of(at, key, KeyEdit::SetOwn(own))
    }

    /// Returns a change that replaces a text in a list, by another one or by a mapping.
    pub fn replace(at: Path, key: &str, index: usize, value: Value) -> Change {
        Change::of(at, key, KeyEdit::Replace(index, value))
    }

    /// Returns a change that sets the value of a key.
    pub fn set(at: Path, key: &str, value: Value) -> Change {
        Change::of(at, key, KeyEdit::Set(value))
    }

    /// Returns a change that removes a key.
    pub fn unset(at: Path, key: &str) -> Change {
        Change::of(at, key, KeyEdit::Unset)
    }

    /// Returns a change that removes an item from the list of a key.
    pub fn remove(at: Path, key: &str, index: usize) -> Change {
        Change::of(at, key, KeyEdit::Remove(index))
    }
}

impl KeyEdit {
    /// Returns the item that it inserts into a list, and where.
    pub fn inserted(&self) -> Option<(usize, &Value)> {
        match self {
            KeyEdit::Insert(index, item) => Some((*index, item)),
            KeyEdit::InsertOwn(index, own) => Some((*index, own.value())),
            _ => None,
        }
    }

    /// Returns the lines that are inserted unchanged.
    pub fn own(&self) -> Option<&OwnLines> {
        match self {
            KeyEdit::InsertOwn(_, own) | KeyEdit::AddOwn(own) | KeyEdit::SetOwn(own) => Some(own),
            _ => None,
        }
    }
}

/// Returns the changes from one mapping to the other, key by key and recursively, so that equal values keep their
/// spelling.
pub fn key_changes(
    at: &Path,
    before: &[(String, Value)],
    after: &[(String, Value)],
) -> Vec<Change> {
    let mut changes = key_changes_in_place(at, before, after);
    changes.iter_mut().for_each(|change| change.before.clear());
    changes
}

/// As [`key_changes`], with each new key before those that follow it in the other mapping.
pub fn key_changes_in_place(
    at: &Path,
    before: &[(String, Value)],
    after: &[(String, Value)],
) -> Vec<Change> {
    let gone = before.iter().filter(|(key, _)| value_of(after, key).is_none());
    let unset = |(key, _): &(String, Value)| Change::unset(at.clone(), key);
    let mut changes: Vec<Change> = gone.map(unset).collect();
    for (place, (key, new)) in after.iter().enumerate() {
        match (value_of(before, key), new) {
            (Some(old), new) if old == new => {}
            (Some(Value::Map(old)), Value::Map(new)) if !new.is_empty() => {
                let inner = at.iter().cloned().chain([(key.clone(), None)]).collect();
                changes.extend(key_changes_in_place(&inner, old, new));
            }
            (old, _) => {
                let below = after[place + 1..].iter().filter(|_| old.is_none());
                let before = below.map(|(key, _)| key.clone()).collect();
                changes.push(Change { before, ..Change::set(at.clone(), key, new.clone()) });
            }
        }
    }
    changes
}

/// The one range of text that a change replaced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Splice {
    /// The offset of its first byte, after a byte order mark.
    pub at: usize,
    /// The text that was there.
    pub removed: String,
    /// The text that is there now.
    pub inserted: String,
}

impl Splice {
    /// Returns the one range in which two texts differ, if they do.
    pub fn between(before: &str, after: &str) -> Option<Splice> {
        if before == after {
            return None;
        }
        let same = |(a, b): &(char, char)| a == b;
        let head: usize =
            before.chars().zip(after.chars()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
        let (old, new) = (&before[head..], &after[head..]);
        let ends = old.chars().rev().zip(new.chars().rev());
        let tail: usize = ends.take_while(same).map(|(c, _)| c.len_utf8()).sum();
        Some(Splice {
            at: head,
            removed: old[..old.len() - tail].to_owned(),
            inserted: new[..new.len() - tail].to_owned(),
        })
    }
}

impl Change {
    /// Applies the same change to the parsed value. `None` if its place does not exist.
    pub(crate) fn on(&self, root: &mut Value, schema: &Schema) -> Option<()> {
        let (map, key) = (mapping(root, &self.at)?, &self.key);
        let place = map.iter().position(|(k, _)| k == key);
        match &self.edit {
            KeyEdit::Insert(..) | KeyEdit::InsertOwn(..) => {
                let (index, item) = self.edit.inserted()?;
                let list = list_of(map, key, schema).filter(|list| index <= list.len())?;
                list.insert(index, item.clone());
            }
            KeyEdit::Replace(index, value) => match &mut map[place?].1 {
                Value::List(items) => *items.get_mut(*index)? = value.clone(),
                text @ Value::Scalar(_) if *index == 0 => *text = value.clone(),
                _ => return None,
            },
            KeyEdit::AddOwn(own) if place.is_none() => self.add(map, own.value(), schema),
            KeyEdit::AddOwn(_) => return None,
            KeyEdit::SetOwn(own) => map[place?].1 = own.value().clone(),
            KeyEdit::Set(value) => match place {
                Some(place) => map[place].1 = value.clone(),
                None => self.add(map, value, schema),
            },
            KeyEdit::Unset => drop(map.remove(place?)),
            KeyEdit::Remove(index) => {
                let list = list_of(map, key, schema).filter(|list| *index < list.len())?;
                list.remove(*index);
                if list.is_empty() {
                    // A list without items is written as an empty value.
                    map[place?].1 = Value::Null;
                }
            }
        }
        Some(())
    }

    /// Adds the key where the schema puts it.
    fn add(&self, map: &mut Vec<(String, Value)>, value: &Value, schema: &Schema) {
        let place = self.place_among(map.iter().map(|(k, _)| k.as_str()), schema);
        map.insert(place.unwrap_or(map.len()), (self.key.clone(), value.clone()));
    }

    /// Returns the place of a key that it adds among the existing ones; `None` for the end.
    pub(super) fn place_among<'k>(
        &self,
        keys: impl Iterator<Item = &'k str> + Clone,
        schema: &Schema,
    ) -> Option<usize> {
        // The first key of an item shares its line with the dash.
        let is_item = matches!(self.at.last(), Some((_, Some(_))));
        let place = |next: &String| keys.clone().position(|key| key == next);
        let next = self.before.iter().find_map(place).filter(|place| *place > 0 || !is_item);
        let root = Some(keys).filter(|_| self.at.is_empty());
        next.or_else(|| schema.position_before(root?, &self.key))
    }
}

fn mapping<'s>(root: &'s mut Value, path: &Path) -> Option<&'s mut Vec<(String, Value)>> {
    let mut here = root;
    for (key, index) in path {
        let Value::Map(entries) = here else { return None };
        let (_, value) = entries.iter_mut().find(|(k, _)| k == key)?;
        here = match (index, value) {
            (Some(index), Value::List(items)) => items.get_mut(*index)?,
            (None, value) => value,
            _ => return None,
        };
    }
    match here {
        Value::Map(entries) => Some(entries),
        _ => None,
    }
}

/// Returns the list of a key; null, a scalar or a missing key becomes one.
fn list_of<'s>(
    map: &'s mut Vec<(String, Value)>,
    key: &str,
    schema: &Schema,
) -> Option<&'s mut Vec<Value>> {
    let place = map.iter().position(|(k, _)| k == key).unwrap_or_else(|| {
        let keys = map.iter().map(|(k, _)| k.as_str());
        let before = schema.position_before(keys, key).unwrap_or(map.len());
        map.insert(before, (key.to_owned(), Value::Null));
        before
    });
    let value = &mut map[place].1;
    match value {
        Value::Null => *value = Value::List(Vec::new()),
        Value::Scalar(_) => *value = Value::List(vec![value.clone()]),
        Value::List(_) | Value::Map(_) => {}
    }
    match value {
        Value::List(items) => Some(items),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splices_are_as_short_as_the_difference() {
        let splice = |at, removed: &str, inserted: &str| {
            Some(Splice { at, removed: removed.to_owned(), inserted: inserted.to_owned() })
        };
        for (before, after, expected) in [
            ("", "", None),
            ("ab", "ab", None),
            ("ab", "axb", splice(1, "", "x")),
            ("axb", "ab", splice(1, "x", "")),
            ("한글날", "한국날", splice(3, "글", "국")),
            ("aa", "aaa", splice(2, "", "a")),
            ("abc", "xyz", splice(0, "abc", "xyz")),
            ("", "a", splice(0, "", "a")),
        ] {
            assert_eq!(Splice::between(before, after), expected, "{before} {after}");
        }
    }
}
