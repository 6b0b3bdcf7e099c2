//! Lists of entries, merged entry by entry.

use crate::format::edit::{Change, key_changes};
use crate::format::{Document, Shape, insert_items, insert_lines};
use crate::model::{Moment, Zone, alike};

use super::{Contradiction, MergeFault, Side, applied, merged_shape};

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
        let change = Change::Remove { at: Vec::new(), key: list.to_owned(), index };
        *ours = applied(ours, &change)?;
    }
    for item in super::without(&added, &mine) {
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
        base: &Shape,
        ours: Option<(Pair, &Shape)>,
        theirs: Option<(Pair, &Shape)>,
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
    fn both(&mut self, place: usize, base: &Shape, mine: &Shape, yours: &Shape) {
        if let (Shape::Scalar(_), true) = (yours, mine == base) {
            let (at, key) = (Vec::new(), self.list.to_owned());
            self.changes.push(Change::Insert {
                at: at.clone(),
                key: key.clone(),
                index: place + 1,
                item: yours.clone(),
            });
            self.changes.push(Change::Remove { at, key, index: place });
            return;
        }
        let merged = merged_shape(Some(base), Some(mine), Some(yours));
        let (Some(Shape::Map(merged)), Shape::Map(old)) = (merged, mine) else {
            self.contradiction(Some(mine), Some(yours));
            return;
        };
        let at = vec![(self.list.to_owned(), Some(place))];
        self.changes.extend(key_changes(&at, old, &merged));
    }

    fn contradiction(&mut self, mine: Option<&Shape>, yours: Option<&Shape>) {
        self.contradictions.push(contradiction(self.list, mine, yours));
    }
}

fn contradiction(list: &str, mine: Option<&Shape>, yours: Option<&Shape>) -> Contradiction {
    let side = |item: Option<&Shape>| {
        item.map_or(Side::Nothing, |item| Side::Item(list.to_owned(), item.clone()))
    };
    let what = mine.or(yours).and_then(label).unwrap_or_default();
    Contradiction {
        what: format!("an entry of `{list}`: {what}"),
        ours: side(mine),
        theirs: side(yours),
    }
}

/// Theirs' new item, in their own words where both lists are written alike: with its comments.
fn added_to(
    ours: &Document,
    theirs: &Document,
    list: &str,
    item: &Shape,
) -> Result<Document, MergeFault> {
    let changes = insert_items(ours, vec![(list.to_owned(), item.clone())]);
    let Some(change @ Change::Insert { index, .. }) = changes.first() else {
        return Ok(ours.clone());
    };
    let lines = theirs.item_lines_and_comments(list, item).map(|lines| &theirs.body()[lines]);
    let as_written = lines.and_then(|lines| {
        let lines = if lines.ends_with('\n') { lines.to_owned() } else { format!("{lines}\n") };
        insert_lines(ours, list, *index, item, &lines).ok()
    });
    as_written.map_or_else(|| applied(ours, change), Ok)
}

/// What people call an item.
fn label(item: &Shape) -> Option<String> {
    if let Shape::Scalar(text) = item {
        return Some(text.clone());
    }
    ["text", "title", "file"].iter().find_map(|key| item.said(key)).map(str::to_owned)
}

type Likeness = fn(&Shape, &Shape, Option<Zone>) -> bool;

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
fn pairs(base: &[Shape], side: &[Shape], zone: Option<Zone>) -> Vec<Option<Pair>> {
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

fn same_id(a: &Shape, b: &Shape, _: Option<Zone>) -> bool {
    a.said("id").is_some() && a.said("id") == b.said("id")
}

fn same_name(a: &Shape, b: &Shape, _: Option<Zone>) -> bool {
    label(a).is_some() && label(a) == label(b)
}

fn like_name(a: &Shape, b: &Shape, _: Option<Zone>) -> bool {
    label(a).zip(label(b)).is_some_and(|(a, b)| alike(&a, &b))
}

fn same_time(a: &Shape, b: &Shape, zone: Option<Zone>) -> bool {
    let moment = |item: &Shape| Moment::parse(item.said("at")?, zone).ok().map(|at| at.unix());
    moment(a).is_some() && moment(a) == moment(b) && !different_ids(a, b)
}

fn untimed(item: &Shape) -> bool {
    item.said("at").is_none()
}

fn different_ids(a: &Shape, b: &Shape) -> bool {
    a.said("id").zip(b.said("id")).is_some_and(|(a, b)| a != b)
}

fn unpaired(side: &[Shape], pairs: &[Option<Pair>]) -> Vec<Shape> {
    let is_free = |place: &usize| !pairs.iter().flatten().any(|pair| pair.place == *place);
    (0..side.len()).filter(is_free).map(|place| side[place].clone()).collect()
}
