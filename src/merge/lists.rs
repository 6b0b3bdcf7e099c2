//! Lists of entries, merged entry by entry.

use crate::fault::{EditFault, MergeConflict, MergeFault};
use crate::format::{Document, insert_items, insert_lines};
use crate::model::{Moment, Zone, alike};
use crate::yaml::{Change, KeyEdit, Value, key_changes};

use super::values::{Contradiction, Side, applied, merged_shape, without};

/// Merges what theirs did to a list into ours.
pub(super) fn merge_list(
    base: &Document,
    ours: &mut Document,
    theirs: &Document,
    list: &str,
) -> Result<Vec<Contradiction>, MergeFault> {
    let zone = base.incident.zone;
    let (b, o, t) = (base.items(list), ours.items(list), theirs.items(list));
    let in_ours = pairs(&b, &o, zone);
    let in_theirs = pairs(&b, &t, zone);
    let mut work =
        ListWork { list, changes: Vec::new(), removals: Vec::new(), contradictions: Vec::new() };
    for (at, item) in b.iter().enumerate() {
        let mine = in_ours[at].map(|pair| (pair, &o[pair.place]));
        let yours = in_theirs[at].map(|pair| (pair, &t[pair.place]));
        work.entry(item, mine, yours);
    }
    let added = unpaired(&t, &in_theirs);
    let mine = unpaired(&o, &in_ours);
    let ListWork { changes, mut removals, mut contradictions, .. } = work;
    for change in &changes {
        *ours = applied(ours, change)?;
    }
    removals.sort_unstable_by_key(|place| std::cmp::Reverse(*place));
    for index in removals {
        let change = Change::remove(Vec::new(), list, index);
        *ours = applied(ours, &change)?;
    }
    for item in without(&added, &mine) {
        let same = mine.iter().find(|other| same_id(other, &item, zone));
        match same {
            Some(other) => contradictions.push(contradiction(list, Some(other), Some(&item))),
            None => *ours = added_to(ours, theirs, list, &item)?,
        }
    }
    Ok(contradictions)
}

/// What is to be done to our list; places are those of our list before any of it is done.
struct ListWork<'l> {
    list: &'l str,
    changes: Vec<Change>,
    removals: Vec<usize>,
    contradictions: Vec<Contradiction>,
}

impl ListWork<'_> {
    /// One entry of the base, as both sides have it now.
    fn entry(
        &mut self,
        base: &Value,
        ours: Option<(Pair, &Value)>,
        theirs: Option<(Pair, &Value)>,
    ) {
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
            (Some((pair, mine)), Some((_, yours))) => self.both(pair.place, base, mine, yours),
        }
    }

    /// Theirs changed it, and ours may have, too.
    fn both(&mut self, place: usize, base: &Value, mine: &Value, yours: &Value) {
        if let (Value::Scalar(_), true) = (yours, mine == base) {
            let (at, key) = (Vec::new(), self.list.to_owned());
            self.changes.push(Change::insert(at.clone(), &key, place + 1, yours.clone()));
            self.changes.push(Change::remove(at, &key, place));
            return;
        }
        let merged = merged_shape(Some(base), Some(mine), Some(yours));
        let (Some(Value::Map(merged)), Value::Map(old)) = (merged, mine) else {
            self.contradiction(Some(mine), Some(yours));
            return;
        };
        let at = vec![(self.list.to_owned(), Some(place))];
        self.changes.extend(key_changes(&at, old, &merged));
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

/// Theirs' new item, in their own words where both lists are written alike: with its comments.
fn added_to(
    ours: &Document,
    theirs: &Document,
    list: &str,
    item: &Value,
) -> Result<Document, EditFault> {
    let changes = insert_items(ours, vec![(list.to_owned(), item.clone())]);
    let Some(change @ Change { edit: KeyEdit::Insert(index, _), .. }) = changes.first() else {
        return Ok(ours.clone());
    };
    let lines = theirs.item_lines_and_comments(list, item).map(|lines| &theirs.text()[lines]);
    let as_written = lines.and_then(|lines| {
        let lines = if lines.ends_with('\n') { lines.to_owned() } else { format!("{lines}\n") };
        insert_lines(ours, list, *index, item, &lines).ok()
    });
    as_written.map_or_else(|| applied(ours, change), Ok)
}

/// What people call an item.
fn label(item: &Value) -> Option<String> {
    if let Value::Scalar(text) = item {
        return Some(text.clone());
    }
    ["text", "title", "file"].iter().find_map(|key| item.said(key)).map(str::to_owned)
}

type Likeness = fn(&Value, &Value, Option<Zone>) -> bool;

/// An item of a side that one of the base has become.
#[derive(Debug, Clone, Copy)]
struct Pair {
    place: usize,
    /// It may as well be another one: it must not take on what the other side says of it.
    weak: bool,
}

/// For each item of the base, the place of the item that it has become: the same id, else the
/// same in everything, else in name and time, else the same time and much the same name, else the
/// same name or much the same one, where it is the only one so; last, and weakly, the only one of
/// the same time.
fn pairs(base: &[Value], side: &[Value], zone: Option<Zone>) -> Vec<Option<Pair>> {
    let mut pairs: Vec<Option<Pair>> = vec![None; base.len()];
    let mut free: Vec<bool> = vec![true; side.len()];
    let ways: [(Likeness, bool); 7] = [
        (same_id, false),
        (|a, b, _| a == b, false),
        (|a, b, z| same_name(a, b, z) && same_time(a, b, z), false),
        (|a, b, z| like_name(a, b, z) && same_time(a, b, z), false),
        (|a, b, z| same_name(a, b, z) && !different_ids(a, b), true),
        (|a, b, z| like_name(a, b, z) && untimed(a) && !different_ids(a, b), true),
        (same_time, true),
    ];
    for (way, (same, alone)) in ways.into_iter().enumerate() {
        for at in 0..base.len() {
            if pairs[at].is_some() {
                continue;
            }
            let like = |place: &usize| free[*place] && same(&base[at], &side[*place], zone);
            let mut places = (0..side.len()).filter(like);
            let (first, second) = (places.next(), places.next());
            let twins = (0..base.len())
                .filter(|other| pairs[*other].is_none() && same(&base[*other], &base[at], zone));
            if alone && (second.is_some() || twins.count() > 1) {
                continue;
            }
            if let Some(place) = first {
                free[place] = false;
                pairs[at] = Some(Pair { place, weak: way == 6 });
            }
        }
    }
    pairs
}

fn same_id(a: &Value, b: &Value, _: Option<Zone>) -> bool {
    a.said("id").is_some() && a.said("id") == b.said("id")
}

fn same_name(a: &Value, b: &Value, _: Option<Zone>) -> bool {
    label(a).is_some() && label(a) == label(b)
}

fn like_name(a: &Value, b: &Value, _: Option<Zone>) -> bool {
    label(a).zip(label(b)).is_some_and(|(a, b)| alike(&a, &b))
}

fn same_time(a: &Value, b: &Value, zone: Option<Zone>) -> bool {
    let moment = |item: &Value| Moment::parse(item.said("at")?, zone).ok().map(|at| at.unix());
    moment(a).is_some() && moment(a) == moment(b) && !different_ids(a, b)
}

fn untimed(item: &Value) -> bool {
    item.said("at").is_none()
}

fn different_ids(a: &Value, b: &Value) -> bool {
    a.said("id").zip(b.said("id")).is_some_and(|(a, b)| a != b)
}

fn unpaired(side: &[Value], pairs: &[Option<Pair>]) -> Vec<Value> {
    let is_free = |place: &usize| !pairs.iter().flatten().any(|pair| pair.place == *place);
    (0..side.len()).filter(is_free).map(|place| side[place].clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::merge::{Merged, merge};

    fn item(id: &str, at: &str, text: &str) -> Value {
        let all = [("id", id), ("at", at), ("text", text)];
        let said = all.into_iter().filter(|(_, said)| !said.is_empty());
        Value::Map(said.map(|(key, said)| (key.to_owned(), Value::text(said))).collect())
    }

    const NOON: &str = "2024-09-07T12:00Z";
    const LATER: &str = "2024-09-07T13:00Z";

    /// What the first of two becomes on a side of these items: its place, and whether that is weak.
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
    fn twins_are_no_guess() {
        let named = |at: &str| item("", at, "same words");
        let (ten, eleven) = (named("2024-09-07T10:00Z"), named("2024-09-07T11:00Z"));
        becomes(std::slice::from_ref(&ten), &[named(NOON), named(LATER)], &[None]);
        becomes(&[ten, eleven], &[named(NOON)], &[None, None]);
        let timed = |text: &str| item("", NOON, text);
        becomes(&[timed("pool")], &[timed("cache"), timed("disk")], &[None]);
        becomes(&[timed("pool"), timed("cache")], &[timed("disk")], &[None, None]);
        // An item is taken once; what is left is paired with what is left.
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

    /// Events as one side has them, by the lines after their time.
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
    fn each_side_may_change_take_away_and_add() {
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
            // The same words under another key are no reason to leave a key out.
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
    fn weak_pairs_do_not_take_on_each_others_words() {
        let (one, by) = ("    text: one\n", "    text: one\n    by: a\n");
        let other = "    text: something else\n";
        for (ours, theirs) in [(other, by), (by, other)] {
            let came = merged(&record(&[one]), &record(&[ours]), &record(&[theirs]));
            assert_eq!(came.conflicts.len(), 1, "{ours}{theirs}");
        }
        // Where ours is as it was, theirs may say it anew.
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
        // Their last line has no end; ours is not written in lines.
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
    fn an_entry_is_called_by_what_it_says() {
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
