//! Merges lists entry by entry.

use std::collections::{HashMap, HashSet, VecDeque};

use crate::fault::{EditFault, MergeConflict, MergeFault};
use crate::format::{
    Document, NewItem, OwnText, insert_lines, item_path, places_among, without_audience,
};
use crate::model::{Moment, Zone, alike};
use crate::yaml::{Change, KeyEdit, OwnLines, Value};

use super::own::{Source, Theirs, in_turn, together};
use super::values::{Contradiction, Side, merged_shape};

/// Merges their changes of a list into ours.
pub(super) fn merge_list(
    base: &Document,
    ours: &mut Document,
    theirs: &Theirs,
    list: &str,
) -> Result<Vec<Contradiction>, MergeFault> {
    let zone = base.incident.zone;
    let (b, o, t) = (base.items(list), ours.items(list), theirs.document.items(list));
    let in_ours = pairs(&b, &o, zone);
    let in_theirs = pairs(&b, &t, zone);
    let mut work = ListWork::of(list, ours, theirs);
    for (at, item) in b.iter().enumerate() {
        let mine = in_ours[at].map(|pair| (pair, &o[pair.place]));
        let yours = in_theirs[at].map(|pair| (pair, &t[pair.place]));
        work.entry(item, mine, yours)?;
    }
    let (added, mine) = (unpaired(&t, &in_theirs), unpaired(&o, &in_ours));
    let mine: Vec<&Value> = mine.into_iter().map(|place| &o[place]).collect();
    let ListWork { changes, turns, mut removals, rewritten, mut contradictions, .. } = work;
    *ours = together(ours, &changes)?;
    *ours = in_turn(ours, &turns)?;
    removals.extend(rewritten.iter().map(|(place, _)| *place));
    removals.sort_unstable();
    let removed = removals.iter().rev().map(|index| Change::remove(Vec::new(), list, *index));
    *ours = together(ours, &removed.collect::<Vec<_>>())?;
    let by_id: HashMap<&str, &Value> =
        mine.iter().filter_map(|item| Some((item.text_at("id")?, *item))).collect();
    let mut new = Vec::new();
    for place in not_among(&added, &t, &mine) {
        let item = &t[place];
        match item.text_at("id").and_then(|id| by_id.get(id)) {
            Some(other) => contradictions.push(contradiction(list, Some(other), Some(item))),
            None => new.push(place),
        }
    }
    let back = rewritten
        .into_iter()
        .map(|(place, own)| (place - removals.partition_point(|removed| *removed < place), own));
    let mut back: Vec<(usize, OwnLines)> = back.collect();
    back.sort_by_key(|(place, _)| *place);
    *ours = put(ours, list, back)?;
    *ours = add(ours, theirs, list, &new)?;
    Ok(contradictions)
}

/// Returns the places of items that are not among the others, as multisets; their audience is not compared, as the
/// stricter one holds.
fn not_among(places: &[usize], items: &[Value], others: &[&Value]) -> Vec<usize> {
    let mut rest: HashMap<Value, usize> = HashMap::new();
    others.iter().for_each(|item| *rest.entry(without_audience(item)).or_default() += 1);
    let is_left = |place: &usize| match rest.get_mut(&without_audience(&items[*place])) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    };
    places.iter().copied().filter(is_left).collect()
}

/// The work to be done on our list; indices are those before any of it is done.
struct ListWork<'l> {
    list: &'l str,
    ours: &'l Document,
    theirs: &'l Theirs<'l>,
    changes: Vec<Change>,
    /// Changes that keep all indices, but must be made one after the other.
    turns: Vec<Change>,
    removals: Vec<usize>,
    /// Items that are rewritten in place.
    rewritten: Vec<(usize, OwnLines)>,
    contradictions: Vec<Contradiction>,
}

impl<'l> ListWork<'l> {
    fn of(list: &'l str, ours: &'l Document, theirs: &'l Theirs) -> ListWork<'l> {
        ListWork {
            list,
            ours,
            theirs,
            changes: Vec::new(),
            turns: Vec::new(),
            removals: Vec::new(),
            rewritten: Vec::new(),
            contradictions: Vec::new(),
        }
    }

    /// Merges one entry of the base, as both sides have it now.
    fn entry(
        &mut self,
        base: &Value,
        ours: Option<(Pair, &Value)>,
        theirs: Option<(Pair, &Value)>,
    ) -> Result<(), EditFault> {
        match (ours, theirs) {
            (None, None) => {}
            (Some((pair, mine)), None) if mine == base => self.removals.push(pair.place),
            (Some((_, mine)), None) => self.contradiction(Some(mine), None),
            (None, Some((_, yours))) if yours == base => {}
            (None, Some((_, yours))) => self.contradiction(None, Some(yours)),
            (Some((_, mine)), Some((_, yours))) if yours == base || yours == mine => {}
            (Some((ours, mine)), Some((theirs, yours)))
                if mine != base && (ours.weak || theirs.weak) =>
            {
                self.contradiction(Some(mine), Some(yours));
            }
            (Some((here, mine)), Some((there, yours))) => {
                self.both([here.place, there.place], base, mine, yours)?;
            }
        }
        Ok(())
    }

    /// Merges an entry that they changed, and perhaps we did, too, from its place here and there.
    fn both(
        &mut self,
        [here, there]: [usize; 2],
        base: &Value,
        mine: &Value,
        yours: &Value,
    ) -> Result<(), EditFault> {
        if mine == base && !matches!((mine, yours), (Value::Map(_), Value::Map(_))) {
            let at = Vec::new();
            let own = item_of(&self.theirs.text, self.list, there)?;
            self.turns.push(Change::insert_own(at.clone(), self.list, here + 1, own));
            self.turns.push(Change::remove(at, self.list, here));
            return Ok(());
        }
        let merged = merged_shape(Some(base), Some(mine), Some(yours));
        let (Some(Value::Map(merged)), Value::Map(old)) = (merged, mine) else {
            self.contradiction(Some(mine), Some(yours));
            return Ok(());
        };
        let first = old.first().map(|(key, _)| key);
        if !merged.iter().any(|(key, _)| Some(key) == first) {
            // The key after the dash is removed, but its line cannot be: their item replaces ours, with our changes.
            let own = self.their_item([here, there], yours, &merged)?;
            self.rewritten.push((here, own));
            return Ok(());
        }
        let at = item_path(self.list, there);
        let source = Source { text: &self.theirs.text, at, old: &self.theirs.old[1] };
        for change in source.changes(&item_path(self.list, here), old, &merged)? {
            match change.edit {
                KeyEdit::Insert(..) | KeyEdit::InsertOwn(..) | KeyEdit::Remove(_) => {
                    self.turns.push(change);
                }
                _ => self.changes.push(change),
            }
        }
        Ok(())
    }

    /// Returns their item with our changes.
    fn their_item(
        &self,
        [here, there]: [usize; 2],
        yours: &Value,
        merged: &[(String, Value)],
    ) -> Result<OwnLines, EditFault> {
        let Value::Map(old) = yours else { return Err(EditFault::Changed) };
        let text = self.ours.own_text();
        let at = item_path(self.list, here);
        let source = Source { text: &text, at, old: &self.theirs.old[0] };
        let changes = source.changes(&item_path(self.list, there), old, merged)?;
        let changed = in_turn(self.theirs.document, &changes)?;
        item_of(&changed.own_text(), self.list, there)
    }

    fn contradiction(&mut self, mine: Option<&Value>, yours: Option<&Value>) {
        self.contradictions.push(contradiction(self.list, mine, yours));
    }
}

fn contradiction(list: &str, mine: Option<&Value>, yours: Option<&Value>) -> Contradiction {
    let side = |item: Option<&Value>| {
        item.map_or(Side::Nothing, |item| Side::Item(list.to_owned(), item.clone()))
    };
    let text = mine.or(yours).and_then(label).unwrap_or_default();
    Contradiction {
        what: MergeConflict::Item { list: list.to_owned(), text },
        ours: side(mine),
        theirs: side(yours),
    }
}

/// Returns an item of a list in its own lines, without the comments above, which stay in ours.
fn item_of(text: &OwnText, list: &str, place: usize) -> Result<OwnLines, EditFault> {
    let own = text.items(&Vec::new(), list, &[place], false).pop().flatten();
    own.ok_or(EditFault::NotInLines)
}

/// Adds their new items, in their own lines.
fn add(ours: &Document, theirs: &Theirs, list: &str, new: &[usize]) -> Result<Document, EditFault> {
    let own = theirs.text.items(&Vec::new(), list, new, true).into_iter();
    let own = own.map(|own| Some(theirs.old[1].left_out(&own?)));
    let own: Vec<OwnLines> = own.collect::<Option<_>>().ok_or(EditFault::NotInLines)?;
    let items: Vec<Value> = own.iter().map(|own| own.value().clone()).collect();
    let places = places_among(ours, list, &items);
    let zone = ours.incident.zone;
    let time = |item: &Value| Moment::parse(item.text_at("at")?, zone).ok().map(|at| at.unix());
    let mut placed: Vec<(usize, OwnLines)> = places.into_iter().zip(own).collect();
    placed.sort_by_key(|(place, own)| (*place, time(own.value()).unwrap_or(i64::MAX)));
    put(ours, list, placed)
}

/// Inserts items at indices into the current items, in order, in their column.
fn put(ours: &Document, list: &str, items: Vec<(usize, OwnLines)>) -> Result<Document, EditFault> {
    if items.is_empty() {
        return Ok(ours.clone());
    }
    if let Some(column) = ours.list_column(list) {
        let lines: Vec<String> = items.iter().map(|(_, own)| own.at_column(column, "\n")).collect();
        let mut new: Vec<NewItem> = Vec::new();
        for ((index, own), lines) in items.iter().zip(&lines) {
            new.push(NewItem { index: *index, item: own.value().clone(), lines });
        }
        if let Ok(all) = insert_lines(ours, list, &new) {
            return Ok(all);
        }
    }
    let turn = |(earlier, (index, own))| Change::insert_own(Vec::new(), list, index + earlier, own);
    in_turn(ours, &items.into_iter().enumerate().map(turn).collect::<Vec<_>>())
}

/// Returns the name of an item.
fn label(item: &Value) -> Option<String> {
    if let Value::Scalar(text) = item {
        return Some(text.clone());
    }
    ["text", "title", "file"].iter().find_map(|key| item.text_at(key)).map(str::to_owned)
}

/// What identifies an item.
struct Traits<'v> {
    item: &'v Value,
    id: Option<&'v str>,
    name: Option<String>,
    time: Option<i64>,
}

impl Traits<'_> {
    fn of(item: &Value, zone: Option<Zone>) -> Traits<'_> {
        let time = |at| Moment::parse(at, zone).ok().map(|at| at.unix());
        let time = item.text_at("at").and_then(time);
        Traits { item, id: item.text_at("id"), name: label(item), time }
    }

    fn has_other_id(&self, other: &Traits) -> bool {
        self.id.zip(other.id).is_some_and(|(a, b)| a != b)
    }

    fn has_like_name(&self, other: &Traits) -> bool {
        self.name.as_ref().zip(other.name.as_ref()).is_some_and(|(a, b)| alike(a, b))
    }
}

/// What two items that match by some rule have in common.
#[derive(PartialEq, Eq, Hash)]
enum Shared<'v> {
    Id(&'v str),
    All(&'v Value),
    NameAndTime(&'v str, i64),
    Name(&'v str),
    Time(i64),
    /// No time, so nothing to look them up by.
    Untimed,
}

/// A rule by which an item of the base may have become one of a side.
struct Way {
    /// Returns what an item must have in common with another; `None` if it cannot match any. The flag is `false` for
    /// an item of a side.
    shared: for<'v> fn(&'v Traits<'v>, bool) -> Option<Shared<'v>>,
    /// Whether two items that have it in common match.
    same: fn(&Traits, &Traits) -> bool,
    /// Whether it counts only if no other item matches.
    alone: bool,
}

const WAYS: [Way; 7] = [
    Way { shared: |it, _| it.id.map(Shared::Id), same: |_, _| true, alone: false },
    Way { shared: |it, _| Some(Shared::All(it.item)), same: |_, _| true, alone: false },
    Way {
        shared: |it, _| Some(Shared::NameAndTime(it.name.as_deref()?, it.time?)),
        same: |a, b| !a.has_other_id(b),
        alone: false,
    },
    Way {
        shared: |it, _| it.time.map(Shared::Time),
        same: |a, b| a.has_like_name(b) && !a.has_other_id(b),
        alone: false,
    },
    Way {
        shared: |it, _| it.name.as_deref().map(Shared::Name),
        same: |a, b| !a.has_other_id(b),
        alone: true,
    },
    Way {
        shared: |it, is_base| {
            (!is_base || it.item.text_at("at").is_none()).then_some(Shared::Untimed)
        },
        same: |a, b| a.has_like_name(b) && !a.has_other_id(b),
        alone: true,
    },
    Way { shared: |it, _| it.time.map(Shared::Time), same: |a, b| !a.has_other_id(b), alone: true },
];

/// An item of a side that matches one of the base.
#[derive(Debug, Clone, Copy)]
struct Pair {
    place: usize,
    /// Whether it may be a different item: then it must not take over the other side's values.
    weak: bool,
}

/// Returns, for each item of the base, the index of the item that it has become: the same id, else equal in all, else
/// in name and time, else the same time and a similar name, else the same name or a similar one if it is unique; last,
/// and weakly, the only one with the same time.
fn pairs(base: &[Value], side: &[Value], zone: Option<Zone>) -> Vec<Option<Pair>> {
    let base: Vec<Traits> = base.iter().map(|item| Traits::of(item, zone)).collect();
    let side: Vec<Traits> = side.iter().map(|item| Traits::of(item, zone)).collect();
    let mut pairs: Vec<Option<Pair>> = vec![None; base.len()];
    let mut free: Vec<bool> = vec![true; side.len()];
    for (way, Way { shared, same, alone }) in WAYS.iter().enumerate() {
        if pairs.iter().all(Option::is_some) {
            break;
        }
        let mut places: HashMap<Shared, VecDeque<usize>> = HashMap::new();
        for place in (0..side.len()).filter(|place| free[*place]) {
            if let Some(key) = shared(&side[place], false) {
                places.entry(key).or_default().push_back(place);
            }
        }
        let mut twins: HashMap<Shared, Vec<usize>> = HashMap::new();
        for at in (0..base.len()).filter(|at| *alone && pairs[*at].is_none()) {
            if let Some(key) = shared(&base[at], true) {
                twins.entry(key).or_default().push(at);
            }
        }
        for at in 0..base.len() {
            let Some(key) = shared(&base[at], true).filter(|_| pairs[at].is_none()) else {
                continue;
            };
            let Some(places) = places.get_mut(&key) else { continue };
            let is_same = |place: &usize| looked(same(&base[at], &side[*place]));
            let mut found = (0..places.len()).filter(|n| is_same(&places[*n]));
            let first = found.next();
            let second = if *alone { found.next() } else { None };
            let is_twin = |other: &&usize| {
                **other != at && pairs[**other].is_none() && same(&base[**other], &base[at])
            };
            let has_twin =
                || twins.get(&key).is_some_and(|twins| twins.iter().any(|t| is_twin(&t)));
            if second.is_some() || first.is_some() && *alone && has_twin() {
                continue;
            }
            if let Some(place) = first.and_then(|n| places.remove(n)) {
                free[place] = false;
                pairs[at] = Some(Pair { place, weak: way == 6 });
            }
        }
    }
    pairs
}

/// Counts a comparison of two items.
fn looked(same: bool) -> bool {
    #[cfg(test)]
    counted::LOOKS.set(counted::LOOKS.get() + 1);
    same
}

/// Counts the items that this thread compared.
#[cfg(test)]
pub(super) mod counted {
    use std::cell::Cell;

    thread_local! {
        pub(crate) static LOOKS: Cell<usize> = const { Cell::new(0) };
    }
}

/// Returns the places of items that are paired with no item of the base.
fn unpaired(side: &[Value], pairs: &[Option<Pair>]) -> Vec<usize> {
    let taken: HashSet<usize> = pairs.iter().flatten().map(|pair| pair.place).collect();
    (0..side.len()).filter(|place| !taken.contains(place)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::read;
    use crate::merge::{Merged, merge};

    fn item(id: &str, at: &str, text: &str) -> Value {
        let all = [("id", id), ("at", at), ("text", text)];
        let said = all.into_iter().filter(|(_, said)| !said.is_empty());
        Value::Map(said.map(|(key, said)| (key.to_owned(), Value::text(said))).collect())
    }

    const NOON: &str = "2024-09-07T12:00Z";
    const LATER: &str = "2024-09-07T13:00Z";

    /// Checks what the first of two becomes on a side of these items: its index, and whether that is weak.
    #[track_caller]
    fn becomes(base: &[Value], side: &[Value], expected: &[Option<(usize, bool)>]) {
        let found: Vec<_> =
            pairs(base, side, None).iter().map(|p| p.map(|p| (p.place, p.weak))).collect();
        assert_eq!(found, expected, "{base:?}\n{side:?}");
    }

    #[test]
    fn items_are_paired_the_surest_way_first() {
        let one = item("", NOON, "pool exhausted");
        let other = item("", LATER, "cache cleared");
        let sure = |place| [Some((place, false))];
        let weak = |place| [Some((place, true))];
        for (base, side, expected) in [
            (item("a", NOON, "x"), vec![other.clone(), item("a", LATER, "y")], sure(1)),
            (one.clone(), vec![other.clone(), one.clone()], sure(1)),
            (one.clone(), vec![item("b", NOON, "pool exhausted")], sure(0)),
            (one.clone(), vec![item("", NOON, "pool exhaustedd")], sure(0)),
            (one.clone(), vec![other.clone(), item("", LATER, "pool exhausted")], sure(1)),
            (one.clone(), vec![item("", LATER, "pool exhaustedd")], [None]),
            (item("", "", "pool exhausted"), vec![item("", "", "pool exhaustedd")], sure(0)),
            (one.clone(), vec![other.clone(), item("", NOON, "cache cleared")], weak(1)),
            (one.clone(), vec![], [None]),
            (one.clone(), vec![other], [None]),
            (item("a", NOON, "x"), vec![item("b", NOON, "y")], [None]),
            (item("a", NOON, "x"), vec![item("b", LATER, "x")], [None]),
            (item("a", "", "pool exhausted"), vec![item("b", "", "pool exhaustedd")], [None]),
            (item("a", NOON, "x"), vec![item("b", NOON, "x")], [None]),
            (item("", "soon", "x"), vec![item("", "soon", "y")], [None]),
            (item("", "", ""), vec![item("", "", ""), one], sure(0)),
            (Value::text("a"), vec![Value::text("b"), Value::text("a")], sure(1)),
            (Value::text("pool exhausted"), vec![Value::text("pool exhaustedd")], sure(0)),
        ] {
            becomes(&[base], &side, &expected);
        }
    }

    #[test]
    fn duplicates_are_not_guessed() {
        let named = |at: &str| item("", at, "same words");
        let (ten, eleven) = (named("2024-09-07T10:00Z"), named("2024-09-07T11:00Z"));
        becomes(std::slice::from_ref(&ten), &[named(NOON), named(LATER)], &[None]);
        becomes(&[ten, eleven], &[named(NOON)], &[None, None]);
        let timed = |text: &str| item("", NOON, text);
        becomes(&[timed("pool")], &[timed("cache"), timed("disk")], &[None]);
        becomes(&[timed("pool"), timed("cache")], &[timed("disk")], &[None, None]);
        // An item is matched once; those left are matched with each other.
        let same = timed("same");
        becomes(
            &[same.clone(), same.clone()],
            &[same.clone(), timed("pool"), same],
            &[Some((0, false)), Some((2, false))],
        );
        becomes(
            &[timed("pool"), timed("disk")],
            &[timed("disk"), timed("x")],
            &[Some((1, true)), Some((0, false))],
        );
    }

    const HEAD: &str = "title: t\n";

    fn event(at: &str, more: &str) -> String {
        format!("  - at: {at}\n{more}")
    }

    /// Returns a record with these events, given as the lines after their time.
    fn record(events: &[&str]) -> String {
        let items = events
            .iter()
            .enumerate()
            .map(|(n, more)| event(&format!("2024-09-07T18:{n:02}Z"), more));
        let items: String = items.collect();
        if items.is_empty() {
            format!("{HEAD}events:\n")
        } else {
            format!("{HEAD}events:\n{items}")
        }
    }

    #[track_caller]
    fn merged(base: &str, ours: &str, theirs: &str) -> Merged {
        merge(base, ours, theirs).unwrap()
    }

    #[test]
    fn each_side_may_change_remove_and_add() {
        let (one, two) = ("    text: one\n", "    text: two\n");
        let by = "    text: one\n    by: a\n";
        let why = "    text: one\n    why: b\n";
        let both = "    text: one\n    by: a\n    why: b\n";
        let table: &[[&[&str]; 4]] = &[
            [&[one, two], &[one, two], &[one, two], &[one, two]],
            [&[one], &[by], &[one], &[by]],
            [&[one], &[one], &[by], &[by]],
            [&[one], &[by], &[by], &[by]],
            [&[one], &[by], &[why], &[both]],
            // The same text under another key is no reason to omit a key.
            [
                &[one],
                &[by],
                &["    text: one\n    why: a\n"],
                &["    text: one\n    by: a\n    why: a\n"],
            ],
            [&[by], &[by], &[one], &[one]],
            [&[both], &[by], &[why], &[one]],
            [&[one, two], &[one], &[one, two], &[one]],
            [&[one, two], &[one, two], &[one], &[one]],
            [&[one, two], &[one], &[one], &[one]],
            [&[one], &[one, two], &[one], &[one, two]],
            [&[one], &[one], &[one, two], &[one, two]],
            [&[one], &[one, two], &[one, two], &[one, two]],
        ];
        for [base, ours, theirs, expected] in table {
            let came = merged(&record(base), &record(ours), &record(theirs));
            assert_eq!(
                (came.text, came.conflicts),
                (record(expected), vec![]),
                "{base:?} {ours:?} {theirs:?}"
            );
        }
    }

    fn in_list(list: &str, text: &str) -> MergeConflict {
        MergeConflict::Item { list: list.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn what_one_side_changed_and_the_other_took_away_is_a_conflict() {
        let (one, two) = ("    text: one\n", "    text: two\n");
        let by = "    text: two\n    by: a\n";
        let base = record(&[one, two]);
        let ours_gone = merged(&base, &record(&[one]), &record(&[one, by]));
        assert_eq!(ours_gone.conflicts, [in_list("events", "two")]);
        let changed = event("2024-09-07T18:01Z", by);
        let expected =
            format!("{}<<<<<<< ours\n=======\n{changed}>>>>>>> theirs\n", record(&[one]));
        assert_eq!(ours_gone.text, expected);
        let theirs_gone = merged(&base, &record(&[one, by]), &record(&[one]));
        assert_eq!(theirs_gone.conflicts, [in_list("events", "two")]);
        let expected =
            format!("{}<<<<<<< ours\n{changed}=======\n>>>>>>> theirs\n", record(&[one]));
        assert_eq!(theirs_gone.text, expected);
    }

    #[test]
    fn weak_pairs_do_not_adopt_each_others_words() {
        let (one, by) = ("    text: one\n", "    text: one\n    by: a\n");
        let other = "    text: something else\n";
        for (ours, theirs) in [(other, by), (by, other)] {
            let came = merged(&record(&[one]), &record(&[ours]), &record(&[theirs]));
            assert_eq!(came.conflicts.len(), 1, "{ours}{theirs}");
        }
        // If ours is unchanged, theirs may replace it.
        let came = merged(&record(&[one]), &record(&[one]), &record(&[other]));
        assert_eq!((came.text, came.conflicts), (record(&[other]), vec![]));
    }

    #[test]
    fn one_id_added_twice_is_a_conflict() {
        let step = |text: &str| {
            format!("title: t\nplan:\n  - {{id: a, at: 2024-09-07T18:00Z, text: {text}}}\n")
        };
        let base = "title: t\nplan: []\n";
        let came = merged(base, &step("one"), &step("two"));
        assert_eq!(came.conflicts, [in_list("plan", "one")]);
        let same = merged(base, &step("one"), &step("one"));
        assert_eq!((same.text, same.conflicts), (step("one"), vec![]));
    }

    #[test]
    fn lists_of_texts_are_merged_text_by_text() {
        let tags = |list: &str, texts: &[&str]| {
            let items: String = texts.iter().map(|text| format!("  - {text}\n")).collect();
            format!("title: t\n{list}:\n{items}")
        };
        let table: &[[&[&str]; 4]] = &[
            [&["one thing"], &["one thing"], &["one things"], &["one things"]],
            [&["one thing", "b"], &["one thing"], &["one thing", "b", "c"], &["one thing", "c"]],
            [&["a", "b"], &["a", "b", "d"], &["a", "b", "c"], &["a", "b", "d", "c"]],
            [&["a", "b"], &["a", "b"], &["b"], &["b"]],
            [&["a"], &["a", "b"], &["a", "b"], &["a", "b"]],
        ];
        for [base, ours, theirs, expected] in table {
            let list = |texts: &[&str]| tags("contributing_factors", texts);
            let came = merged(&list(base), &list(ours), &list(theirs));
            assert_eq!(
                (came.text, came.conflicts),
                (list(expected), vec![]),
                "{base:?} {ours:?} {theirs:?}"
            );
        }
    }

    #[test]
    fn new_items_come_in_their_own_lines_or_in_ours() {
        let ours = "title: t\nevents:\n  - {at: 2024-09-07T18:00Z, text: one}\n";
        // Their last line has no line end; ours is not in block style.
        let theirs = "title: t\nevents:\n  - {at: 2024-09-07T18:00Z, text: one}\n  # why\n  - {at: 2024-09-07T18:01Z,   text: two}";
        assert_eq!(merged(ours, ours, theirs).text, format!("{theirs}\n"));
        let brackets = "title: t\nevents: [{at: 2024-09-07T18:00Z, text: one}]\n";
        let text = merged(brackets, brackets, theirs).text;
        assert_eq!(
            text,
            "title: t\nevents: [{at: 2024-09-07T18:00Z, text: one}, {at: 2024-09-07T18:01Z, text: two}]\n# why\n"
        );
    }

    #[test]
    fn a_time_that_became_a_deadline_is_merged() {
        let step = |lines: &str| format!("title: t\nplan:\n  - {lines}    text: deploy\nevents:\n");
        let at = "at: 2024-09-07T17:00Z\n";
        let due = "due: 2024-09-07T17:00Z\n";
        let event = "  - {at: 2024-09-07T17:01Z, text: ours}\n";
        for id in ["", "id: a\n    "] {
            let (base, theirs) = (step(&format!("{id}{at}")), step(&format!("{id}{due}")));
            let came = merged(&base, &format!("{base}{event}"), &theirs);
            assert_eq!(came.conflicts, [], "{id}");
            let record = read(&came.text).unwrap().incident;
            assert!(record.plan[0].due.is_some() && record.events.len() == 1, "{}", came.text);
            if id.is_empty() {
                assert_eq!(came.text, format!("{theirs}{event}"));
            }
        }
    }

    /// Returns the numbers of parses and compared items when merging sides with that many events each.
    fn work(events: usize, theirs: impl Fn(usize) -> String) -> (usize, usize) {
        let minute =
            |n: usize| format!("2024-09-{:02}T{:02}:{:02}Z", 1 + n / 1440, n / 60 % 24, n % 60);
        let side = |text: &dyn Fn(usize) -> String| {
            let items: String = (0..events)
                .map(|n| format!("  - at: {}\n    text: {}\n", minute(n), text(n)))
                .collect();
            format!("{HEAD}events:\n{BASE_EVENT}{items}")
        };
        let base = format!("{HEAD}events:\n{BASE_EVENT}");
        let reads = || crate::format::counted::READS.get();
        let before = (reads(), counted::LOOKS.get());
        let came = merged(&base, &side(&|n| format!("ours {n}")), &side(&theirs));
        assert_eq!(came.conflicts, []);
        assert_eq!(read(&came.text).unwrap().incident.events.len(), 1 + 2 * events);
        (reads() - before.0, counted::LOOKS.get() - before.1)
    }

    const BASE_EVENT: &str = "  - at: 2024-08-07T18:00Z\n    text: base\n";

    #[test]
    fn many_events_of_both_sides_are_read_together() {
        let few = work(20, |n| format!("theirs {n}"));
        let many = work(200, |n| format!("theirs {n}"));
        assert_eq!(few.0, many.0, "texts are read once for all events");
        assert!(many.1 <= 10 * few.1 + 10, "{few:?} {many:?}");
    }

    #[test]
    fn many_changed_events_are_read_together() {
        let record = |events: usize, more: &str| {
            let item = |n: usize| {
                format!("  - at: 2024-09-07T{:02}:{:02}Z\n    text: e{n}\n{more}", n / 60, n % 60)
            };
            format!("{HEAD}events:\n{}", (0..events).map(item).collect::<String>())
        };
        let work = |events: usize| {
            let before = crate::format::counted::READS.get();
            let looks = counted::LOOKS.get();
            let sides = ["", "    by: a\n", "    why: b\n"].map(|more| record(events, more));
            let came = merged(&sides[0], &sides[1], &sides[2]);
            assert_eq!(
                (came.text, came.conflicts),
                (record(events, "    by: a\n    why: b\n"), vec![])
            );
            let gone = merged(&sides[0], &sides[0], &record(0, ""));
            assert_eq!((gone.text, gone.conflicts), (record(0, ""), vec![]));
            (crate::format::counted::READS.get() - before, counted::LOOKS.get() - looks)
        };
        let (few, many) = (work(20), work(200));
        assert_eq!(few.0, many.0, "texts are read once for all events");
        assert!(many.1 <= 10 * few.1 + 10, "{few:?} {many:?}");
    }

    #[test]
    fn an_entry_is_named_by_its_content() {
        let map = |key: &str| {
            Value::Map(vec![("x".to_owned(), Value::Null), (key.to_owned(), Value::text("a"))])
        };
        for key in ["text", "title", "file"] {
            assert_eq!(label(&map(key)).as_deref(), Some("a"), "{key}");
        }
        assert_eq!(label(&Value::text("a")).as_deref(), Some("a"));
        assert_eq!(label(&map("y")), None);
        let unnamed = contradiction("l", None, Some(&map("y")));
        assert_eq!(unnamed.what, in_list("l", ""));
    }
}
