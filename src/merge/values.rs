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

/// Merges three values, if the changes do not overlap: mappings key by key, lists of texts as what either side added
/// and neither removed.
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
            Some(Value::List(merged_items(base, ours, theirs)))
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

/// Returns our items without those that they removed, and with those that they added.
fn merged_items(base: &[Value], ours: &[Value], theirs: &[Value]) -> Vec<Value> {
    let mut merged = without(ours, &without(base, theirs));
    let added = without(theirs, base);
    let ours_added = without(ours, base);
    // What differs in its audience only is there once; the stricter one holds.
    merged.extend(without_by(&added, &ours_added, without_audience));
    merged
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
