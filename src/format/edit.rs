//! Changing a record's text: one splice, read again, compared, or nothing.
//!
//! A [`Change`] is applied twice, to the text and to its meaning; the new text must then mean the
//! changed meaning exactly, and a second, independent YAML reader must read the new entry the
//! same way. Bytes outside the splice are never touched.

use crate::yaml::style::line_end;
use crate::yaml::tree::Node;
use crate::yaml::{Change, EditFault, Patch, Path, Place, Problem, Splice, Value, gone, unusual};

use super::document::{Document, read};
use super::journal::{Effect, LISTS};
use super::keys::SCHEMA;

/// Makes one change.
///
/// # Errors
/// Nothing is changed when the place cannot be patched, or when the result does not prove right.
pub fn apply(document: &Document, change: &Change) -> Result<(Document, Splice), EditFault> {
    let body = &document.text;
    let tree = document.tree();
    let patch = Patch::plan(body, &tree, change, &SCHEMA)?;
    let mut text = body.clone();
    text.replace_range(patch.range.clone(), &patch.inserted);
    let changed = prove(document, &tree, change, &text).map_err(|fault| explained(fault, body))?;
    let (at, removed) = (patch.range.start, body[patch.range].to_owned());
    let splice = Splice { at, removed, inserted: patch.inserted };
    second_opinion(document, change, &changed, &splice.inserted)
        .map_err(|fault| explained(fault, body))?;
    Ok((changed, splice))
}

/// A text that readers of YAML understand differently, said in words that help.
fn explained(fault: EditFault, body: &str) -> EditFault {
    match fault {
        // A text block that the file's end cuts short can mean something else once a line follows.
        EditFault::NotProved(_) if !body.ends_with('\n') => {
            unusual("the file's last line has no line break; add one at its end, then try again")
        }
        EditFault::NotProved(_) if body.replace("\r\n", "").contains('\r') => unusual(
            "some lines end in a lone carriage return; save the file with \\n or \\r\\n line ends, then try again",
        ),
        EditFault::NotProved(_) if body.contains('\u{feff}') => unusual(
            "a byte order mark stands inside the file, not at its start; delete it, then try again",
        ),
        other => other,
    }
}

/// Makes several changes in turn, all or none.
///
/// # Errors
/// As [`apply`].
pub fn apply_all(
    document: &Document,
    changes: &[Change],
) -> Result<(Document, Vec<Splice>), EditFault> {
    let mut current: Option<Document> = None;
    let mut splices = Vec::new();
    for change in changes {
        let (next, splice) = apply(current.as_ref().unwrap_or(document), change)?;
        current = Some(next);
        splices.push(splice);
    }
    Ok((current.unwrap_or_else(|| document.clone()), splices))
}

/// Puts an item into a list in the words it has elsewhere: whole lines, comments and all.
///
/// # Errors
/// The list is not written in lines of the same indentation, or the result does not prove right.
pub fn insert_lines(
    document: &Document,
    list: &str,
    index: usize,
    item: &Value,
    lines: &str,
) -> Result<Document, EditFault> {
    let tree = document.tree();
    let place = Place::find(&document.text, &tree, &Vec::new(), &SCHEMA)?;
    let entry = place.map.entry(list).ok_or_else(|| unusual("the list is not there"))?;
    if entry.value.is_flow() || entry.value.items().is_empty() {
        return Err(unusual("the list is not written in lines"));
    }
    let at = place.line_of(entry, index)?;
    let ending = line_end(&document.text);
    let lines = lines.replace("\r\n", "\n").replace('\n', ending);
    let mut text = document.text.clone();
    text.insert_str(at, &place.lines_at(at, &lines));
    let change = Change::Insert { at: Vec::new(), key: list.to_owned(), index, item: item.clone() };
    prove(document, &tree, &change, &text)
}

/// Takes changes of the text back, in the reverse order they were made. What was inserted must
/// still stand there word for word, at its place or at one other place only; where nothing was
/// inserted, or more than entries changed, `untouched` must say that the text is what it was.
///
/// # Errors
/// The text was changed since, or `undone` does not come out as the meaning.
pub fn take_back(
    document: &Document,
    splices: &[Splice],
    undone: &[Effect],
    untouched: bool,
) -> Result<Document, EditFault> {
    let changed = || unusual("the entry was changed since");
    let mut text = document.text.clone();
    for splice in splices.iter().rev() {
        let at = if untouched { Some(splice.at) } else { stands_at(&text, splice) };
        let at =
            at.filter(|at| text.get(*at..).is_some_and(|rest| rest.starts_with(&splice.inserted)));
        let at = at.ok_or_else(changed)?;
        text.replace_range(at..at + splice.inserted.len(), &splice.removed);
    }
    let mut back = read(&text).map_err(|problems| not_proved(&problems))?;
    back.bom = document.bom;
    let mut effects = super::journal::effects(document, &back);
    let as_expected = undone.len() == effects.len()
        && undone.iter().all(|effect| {
            let found = effects.iter().position(|other| other == effect);
            found.map(|at| effects.remove(at)).is_some()
        });
    let others_stay = untouched || same_but_lists(document, &back);
    if as_expected && others_stay && !splices.is_empty() { Ok(back) } else { Err(changed()) }
}

/// Whether two records say the same outside the lists that effects tell of.
fn same_but_lists(a: &Document, b: &Document) -> bool {
    let others = |document: &Document| -> Vec<(String, Option<Value>)> {
        let keys = document.keys().into_iter().filter(|key| !LISTS.contains(&key.as_str()));
        keys.map(|key| (key.clone(), document.value(&key))).collect()
    };
    others(a) == others(b)
}

fn stands_at(text: &str, splice: &Splice) -> Option<usize> {
    if splice.inserted.is_empty() {
        return None;
    }
    if text.get(splice.at..).is_some_and(|rest| rest.starts_with(&splice.inserted)) {
        return Some(splice.at);
    }
    let mut places = text.match_indices(&splice.inserted).map(|(at, _)| at);
    let first = places.next()?;
    places.next().is_none().then_some(first)
}

/// Reads the patched text and compares its meaning with the changed meaning.
fn prove(
    document: &Document,
    tree: &Node,
    change: &Change,
    text: &str,
) -> Result<Document, EditFault> {
    let mut changed = read(text).map_err(|problems| not_proved(&problems))?;
    changed.bom = document.bom;
    let proved = match change {
        Change::Insert { at, key, index, item } if at.is_empty() && has_items(tree, key) => {
            is_inserted(tree, &changed.tree(), key, *index, item)
        }
        _ => {
            let mut expected = Value::of(tree);
            change.on(&mut expected, &SCHEMA).ok_or_else(gone)?;
            Value::of(&changed.tree()) == expected
        }
    };
    if proved { Ok(changed) } else { Err(EditFault::NotProved("it reads differently".to_owned())) }
}

fn has_items(tree: &Node, key: &str) -> bool {
    tree.entry(key).is_some_and(|entry| !entry.value.items().is_empty())
}

/// Whether two records differ by that item of that list and nothing else: what logging does, told
/// without a copy of the record.
fn is_inserted(before: &Node, after: &Node, list: &str, index: usize, item: &Value) -> bool {
    let same =
        |a: &[Node], b: &[Node]| a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.means(b));
    let (old, new) = (before.entries(), after.entries());
    old.len() == new.len()
        && old.iter().zip(new).all(|(old, new)| {
            let (a, b) = (old.value.items(), new.value.items());
            old.key == new.key
                && match &*old.key {
                    key if key != list => old.value.means(&new.value),
                    _ => {
                        index <= a.len()
                            && b.len() == a.len() + 1
                            && Value::of(&b[index]) == *item
                            && same(&a[..index], &b[..index])
                            && same(&a[index..], &b[index + 1..])
                    }
                }
        })
}

fn not_proved(problems: &[Problem]) -> EditFault {
    let first = problems.first().map_or("", |problem| problem.message.as_str());
    EditFault::NotProved(first.to_owned())
}

/// Records up to this size are read whole by the second reader, others only in the new entry.
const SECOND_READING: usize = 64 * 1024;

/// The new entry as a reader of another family (libyaml's) sees it.
fn second_opinion(
    before: &Document,
    change: &Change,
    after: &Document,
    inserted: &str,
) -> Result<(), EditFault> {
    let (at, key, index, expected) = match change {
        Change::Insert { at, key, index, item } => (at, key, Some(*index), item),
        Change::Set { at, key, value } => (at, key, None, value),
        Change::Unset { .. } | Change::Remove { .. } => return Ok(()),
    };
    let whole = after.text.len() <= SECOND_READING;
    if !whole && !inserted.trim_start().starts_with("- ") {
        return Ok(());
    }
    let text = if whole { &after.text } else { inserted };
    let root: serde_yaml::Value = match serde_yaml::from_str(text) {
        Ok(root) => root,
        // What it could not read before either is no fault of the change.
        Err(_) if whole && serde_yaml::from_str::<serde_yaml::Value>(&before.text).is_err() => {
            return Ok(());
        }
        Err(fault) => return Err(EditFault::NotProved(format!("another YAML reader: {fault}"))),
    };
    let value = if whole { place_in(&root, at, key, index) } else { root.get(0) };
    match value {
        Some(value) if same(value, expected) => Ok(()),
        _ => Err(EditFault::NotProved("another YAML reader reads it differently".to_owned())),
    }
}

fn place_in<'v>(
    root: &'v serde_yaml::Value,
    at: &Path,
    key: &str,
    index: Option<usize>,
) -> Option<&'v serde_yaml::Value> {
    let map = at.iter().try_fold(root, |here, (key, index)| {
        let value = here.get(key.as_str())?;
        index.map_or(Some(value), |index| value.get(index))
    })?;
    let value = map.get(key)?;
    index.map_or(Some(value), |index| value.get(index))
}

fn same(value: &serde_yaml::Value, expected: &Value) -> bool {
    use serde_yaml::Value as V;
    match (value, expected) {
        (V::Null, Value::Null) => true,
        (V::String(a), Value::Scalar(b)) => a == b,
        (V::Bool(a), Value::Scalar(b)) => a.to_string() == *b,
        (V::Sequence(a), Value::List(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (V::Mapping(a), Value::Map(b)) => {
            a.len() == b.len()
                && b.iter().all(|(k, v)| a.get(k.as_str()).is_some_and(|a| same(a, v)))
        }
        _ => false,
    }
}
