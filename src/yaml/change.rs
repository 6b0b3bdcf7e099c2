//! A change of a text, as it is meant: which value comes, goes or is replaced.

use serde::{Deserialize, Serialize};

use super::schema::Schema;
use super::value::Value;

/// A mapping inside a text: the hops from its root, each to an item of a key's list, or without a
/// number to the mapping that the key holds.
pub type Path = Vec<(String, Option<usize>)>;

/// One change of one entry: what becomes of a key of a mapping.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The mapping.
    pub at: Path,
    /// The key.
    pub key: String,
    /// What becomes of it.
    pub edit: KeyEdit,
}

/// What becomes of a key.
#[derive(Debug, Clone, PartialEq)]
pub enum KeyEdit {
    /// A new item at that place of its list, which is made if it is not there.
    Insert(usize, Value),
    /// It gets that value, and may have lacked one.
    Set(Value),
    /// It goes.
    Unset,
    /// The item at that place leaves its list.
    Remove(usize),
}

impl Change {
    /// Returns a new item in the list of a key.
    pub fn insert(at: Path, key: &str, index: usize, item: Value) -> Change {
        Change { at, key: key.to_owned(), edit: KeyEdit::Insert(index, item) }
    }

    /// Returns a value for a key.
    pub fn set(at: Path, key: &str, value: Value) -> Change {
        Change { at, key: key.to_owned(), edit: KeyEdit::Set(value) }
    }

    /// Returns a key that goes.
    pub fn unset(at: Path, key: &str) -> Change {
        Change { at, key: key.to_owned(), edit: KeyEdit::Unset }
    }

    /// Returns an item that leaves the list of a key.
    pub fn remove(at: Path, key: &str, index: usize) -> Change {
        Change { at, key: key.to_owned(), edit: KeyEdit::Remove(index) }
    }
}

/// Returns what turns one mapping into the other, key by key and as deep as both are mappings: what
/// is the same in both stays as it is written.
pub fn key_changes(
    at: &Path,
    before: &[(String, Value)],
    after: &[(String, Value)],
) -> Vec<Change> {
    let value = |map: &[(String, Value)], key: &str| {
        map.iter().find(|(k, _)| k == key).map(|(_, value)| value.clone())
    };
    let gone = before.iter().filter(|(key, _)| value(after, key).is_none());
    let unset = |(key, _): &(String, Value)| Change::unset(at.clone(), key);
    let mut changes: Vec<Change> = gone.map(unset).collect();
    for (key, new) in after {
        match (value(before, key), new) {
            (Some(old), new) if old == *new => {}
            (Some(Value::Map(old)), Value::Map(new)) if !new.is_empty() => {
                let inner = at.iter().cloned().chain([(key.clone(), None)]).collect();
                changes.extend(key_changes(&inner, &old, new));
            }
            _ => changes.push(Change::set(at.clone(), key, new.clone())),
        }
    }
    changes
}

/// The one stretch of text that a change replaced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Splice {
    /// First byte, in the text after a byte order mark.
    pub at: usize,
    /// What stood there.
    pub removed: String,
    /// What stands there now.
    pub inserted: String,
}

impl Splice {
    /// Returns the one stretch in which two texts differ; none if they do not.
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

/// Why a text cannot be patched: the place is written in a way that cannot be continued without
/// rewriting it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PatchFault {
    /// The entry is not there any more.
    Gone,
    /// What should hold keys does not.
    NoMapping,
    /// Its keys are written after `?`.
    QuestionKeys,
    /// The key is not followed by its colon.
    NoColon(String),
    /// The key's list is not written as `- …` lines.
    ListOf(String),
    /// A list is not written as `- …` lines.
    NoDashes,
    /// A comment stands between the key and its value.
    CommentBefore(String),
    /// A comment stands inside the key's value.
    CommentInside(String),
    /// The key's value has an anchor or a tag.
    Marked(String),
    /// The key is to go and stands behind the dash of its item.
    BehindDash,
    /// The item is to go and stands behind its key.
    BehindKey,
    /// The item is to go, and comments stand among the items in brackets.
    CommentsInBrackets,
}

impl Change {
    /// Returns the same change, on the meaning. `None` if its place is not there.
    pub(crate) fn on(&self, root: &mut Value, schema: &Schema) -> Option<()> {
        let (map, key) = (mapping(root, &self.at)?, &self.key);
        let place = map.iter().position(|(k, _)| k == key);
        match &self.edit {
            KeyEdit::Insert(index, item) => {
                let list = list_of(map, key, schema).filter(|list| *index <= list.len())?;
                list.insert(*index, item.clone());
            }
            KeyEdit::Set(value) => match place {
                Some(place) => map[place].1 = value.clone(),
                None => {
                    let keys = map.iter().map(|(k, _)| k.as_str());
                    let before = schema.position_before(keys, key).filter(|_| self.at.is_empty());
                    map.insert(before.unwrap_or(map.len()), (key.clone(), value.clone()));
                }
            },
            KeyEdit::Unset => drop(map.remove(place?)),
            KeyEdit::Remove(index) => {
                let list = list_of(map, key, schema).filter(|list| *index < list.len())?;
                list.remove(*index);
                if list.is_empty() {
                    // A list without items is written as nothing.
                    map[place?].1 = Value::Null;
                }
            }
        }
        Some(())
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

/// Returns the list of a key; nothing, a lone text and a missing key become one.
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
