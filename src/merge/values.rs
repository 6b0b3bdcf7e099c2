//! Merges three values into one, and describes conflicts.

use std::collections::HashMap;
use std::hash::Hash;

use crate::fault::MergeConflict;
use crate::format::without_audience;
use crate::yaml::{Value, value_of};

/// Something that both sides changed differently.
#[derive(Debug)]
pub(super) struct Contradiction {
    /// What it is about.
    pub(super) what: MergeConflict,
    /// Its place in ours.
    pub(super) ours: Side,
    /// Its place in theirs.
    pub(super) theirs: Side,
}

/// One side of a conflict.
#[derive(Debug, Clone)]
pub(super) enum Side {
    /// The item of a list with exactly this value.
    Item(String, Value),
    /// A key of the record.
    Key(String),
    /// Nothing: it was deleted.
    Nothing,
}

/// Merges three values, if the changes do not overlap: mappings key by key, files of an entry by their names, other
/// lists as what either side added and neither removed.
pub(super) fn merged_shape(
    b: Option<&Value>,
    o: Option<&Value>,
    t: Option<&Value>,
) -> Option<Value> {
    if o == t || t == b {
        return o.cloned();
    }
    if o == b {
        return t.cloned();
    }
    match (b, o?, t?) {
        (None | Some(Value::Map(_)), Value::Map(ours), Value::Map(theirs)) => {
            let empty = Vec::new();
            let base = if let Some(Value::Map(base)) = b { base } else { &empty };
            merged_map(base, ours, theirs).map(Value::Map)
        }
        (None | Some(Value::List(_)), Value::List(ours), Value::List(theirs)) => {
            let empty = Vec::new();
            let base = if let Some(Value::List(base)) = b { base } else { &empty };
            let merged = match are_files([base, ours, theirs]) {
                true => merged_files(base, ours, theirs),
                false => merged_items(base, ours, theirs),
            };
            merged.map(Value::List)
        }
        _ => None,
    }
}

type Entries = Vec<(String, Value)>;

fn merged_map(base: &Entries, ours: &Entries, theirs: &Entries) -> Option<Entries> {
    let mut merged = Vec::new();
    let added = theirs.iter().filter(|(key, _)| value_of(ours, key).is_none());
    let keys: Vec<&String> = ours.iter().chain(added).map(|(key, _)| key).collect();
    for key in keys {
        let (b, o, t) = (value_of(base, key), value_of(ours, key), value_of(theirs, key));
        let untouched = o == t || t == b || o == b;
        let both_there = o.is_some() && t.is_some();
        match merged_shape(b, o, t) {
            Some(value) => merged.push((key.clone(), value)),
            None if untouched && !both_there => {}
            None => return None,
        }
    }
    Some(merged)
}

/// Returns the name of an attached file; an attachment may be no more than that.
pub(super) fn file_of(item: &Value) -> Option<&str> {
    item.text_at("file").or_else(|| item.lone())
}

/// Whether lists contain files, each with its name and at least one with more than that.
fn are_files(lists: [&[Value]; 3]) -> bool {
    let mut items = lists.into_iter().flatten();
    items.clone().any(|item| item.text_at("file").is_some())
        && items.all(|item| file_of(item).is_some())
}

/// Merges attached files by their names, each key by key, in the order of the side that changed it; new ones of the other side
/// are last. `None` if one was removed and changed, if both changed the order, or if a name occurs twice.
fn merged_files(base: &[Value], ours: &[Value], theirs: &[Value]) -> Option<Vec<Value>> {
    let [b, o, t] = [by_file(base)?, by_file(ours)?, by_file(theirs)?];
    let mut merged: HashMap<&str, Value> = HashMap::new();
    for name in ours.iter().chain(theirs).filter_map(file_of) {
        let sides = [b.get(name), o.get(name), t.get(name)].map(|side| side.copied());
        if let Some(file) = merged_file(sides)? {
            merged.insert(name, file);
        }
    }
    let in_all = |items: &[Value]| {
        let names = items.iter().filter_map(file_of);
        let shared = |name: &&str| [&b, &o, &t].iter().all(|side| side.contains_key(*name));
        names.filter(shared).map(str::to_owned).collect::<Vec<String>>()
    };
    let [was, here, there] = [base, ours, theirs].map(in_all);
    let (first, second) = match (here == was, there == was) {
        (_, true) => (ours, theirs),
        (true, false) => (theirs, ours),
        (false, false) if here == there => (ours, theirs),
        (false, false) => return None,
    };
    let names = first.iter().chain(second).filter_map(file_of);
    Some(names.filter_map(|name| merged.remove(name)).collect())
}

/// Returns the items by the names of their files; `None` if one occurs twice.
fn by_file(items: &[Value]) -> Option<HashMap<&str, &Value>> {
    let files: HashMap<&str, &Value> =
        items.iter().filter_map(|item| Some((file_of(item)?, item))).collect();
    (files.len() == items.len()).then_some(files)
}

/// Merges one file, as the base and both sides have it: `Some(None)` if it is removed, `None` if the sides differ.
fn merged_file(sides: [Option<&Value>; 3]) -> Option<Option<Value>> {
    let [b, o, t] = sides;
    if o == t || t == b {
        return Some(o.cloned());
    }
    if o == b {
        return Some(t.cloned());
    }
    let keys = |side: Option<&Value>| match side {
        Some(Value::Scalar(name)) => {
            Some(Value::Map(vec![("file".to_owned(), Value::text(name.as_str()))]))
        }
        side => side.cloned(),
    };
    let [b, o, t] = sides.map(keys);
    merged_shape(b.as_ref(), o.as_ref(), t.as_ref()).map(Some)
}

/// Returns our items without those that they removed, and with those that they added; `None` if both replaced a mapping,
/// which may then be the same one twice.
fn merged_items(base: &[Value], ours: &[Value], theirs: &[Value]) -> Option<Vec<Value>> {
    let (ours_added, theirs_added) = (without(ours, base), without(theirs, base));
    let is_map = |item: &Value| matches!(item, Value::Map(_));
    let gone = without(base, ours);
    let gone_in_both = without(&gone, &without(&gone, &without(base, theirs)));
    if gone_in_both.iter().any(is_map) && ours_added.iter().chain(&theirs_added).any(is_map) {
        return None;
    }
    let mut merged = without(ours, &without(base, theirs));
    // What differs in its audience only is there once; the stricter one holds.
    merged.extend(without_by(&theirs_added, &ours_added, without_audience));
    Some(merged)
}

/// Returns the items of `a` minus those of `b`, as multisets.
pub(super) fn without<T: Clone + Eq + Hash>(a: &[T], b: &[T]) -> Vec<T> {
    without_by(a, b, |item| item)
}

/// Returns the items of `a` minus those that are equal to one of `b` in this respect, as multisets.
fn without_by<'t, T: Clone, K: Eq + Hash>(
    a: &'t [T],
    b: &'t [T],
    respect: impl Fn(&'t T) -> K,
) -> Vec<T> {
    let mut rest: HashMap<K, usize> = HashMap::new();
    b.iter().for_each(|item| *rest.entry(respect(item)).or_default() += 1);
    let is_left = |item: &&'t T| match rest.get_mut(&respect(item)) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    };
    a.iter().filter(is_left).cloned().collect()
}
