//! Lists of entries, merged entry by entry.

use crate::format::edit::Change;
use crate::format::{Document, Shape, insert_items};
use crate::model::{Moment, Zone};

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
        let mine = in_ours[at].map(|place| (place, &o[place]));
        let yours = in_theirs[at].map(|place| &t[place]);
        work.entry(item, mine, yours);
    }
    let added = unpaired(&t, &in_theirs);
    let mine = unpaired(&o, &in_ours);
    let ListWork { changes, mut removals, contradictions, .. } = work;
    for change in &changes {
        *ours = applied(ours, change)?;
    }
    removals.sort_unstable_by_key(|place| std::cmp::Reverse(*place));
    for index in removals {
        let change = Change::Remove { at: Vec::new(), key: list.to_owned(), index };
        *ours = applied(ours, &change)?;
    }
    let new =
        super::without(&added, &mine).into_iter().map(|item| (list.to_owned(), item)).collect();
    for change in insert_items(ours, new) {
        *ours = applied(ours, &change)?;
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
    fn entry(&mut self, base: &Shape, ours: Option<(usize, &Shape)>, theirs: Option<&Shape>) {
        match (ours, theirs) {
            (None, None) => {}
            (Some((place, mine)), None) if mine == base => self.removals.push(place),
            (Some((_, mine)), None) => self.contradiction(Some(mine), None),
            (None, Some(yours)) if yours == base => {}
            (None, Some(yours)) => self.contradiction(None, Some(yours)),
            (Some((_, mine)), Some(yours)) if yours == base || yours == mine => {}
            (Some((place, mine)), Some(yours)) => self.both(place, base, mine, yours),
        }
    }

    /// Theirs changed it, and ours may have, too.
    fn both(&mut self, place: usize, base: &Shape, mine: &Shape, yours: &Shape) {
        let (Some(Shape::Map(merged)), Shape::Map(old)) =
            (merged_shape(Some(base), Some(mine), Some(yours)), mine)
        else {
            self.contradiction(Some(mine), Some(yours));
            return;
        };
        let at = vec![(self.list.to_owned(), place)];
        for (key, value) in &merged {
            if !old.iter().any(|(k, v)| k == key && v == value) {
                self.changes.push(Change::Set {
                    at: at.clone(),
                    key: key.clone(),
                    value: value.clone(),
                });
            }
        }
        for (key, _) in old.iter().filter(|(key, _)| !merged.iter().any(|(k, _)| k == key)) {
            self.changes.push(Change::Unset { at: at.clone(), key: key.clone() });
        }
    }

    fn contradiction(&mut self, mine: Option<&Shape>, yours: Option<&Shape>) {
        let side = |item: Option<&Shape>| {
            item.map_or(Side::Nothing, |item| Side::Item(self.list.to_owned(), item.clone()))
        };
        let said =
            |item: &Shape| item.said("text").or_else(|| item.said("title")).map(str::to_owned);
        let what = mine.or(yours).and_then(said).unwrap_or_default();
        let contradiction = Contradiction {
            what: format!("an entry of `{}`: {what}", self.list),
            ours: side(mine),
            theirs: side(yours),
        };
        self.contradictions.push(contradiction);
    }
}

type Likeness = fn(&Shape, &Shape, Option<Zone>) -> bool;

/// For each item of the base, the place of the item that it has become: the same id, else the
/// same in everything, else in text and time, else in text, else in time.
fn pairs(base: &[Shape], side: &[Shape], zone: Option<Zone>) -> Vec<Option<usize>> {
    let mut pairs: Vec<Option<usize>> = vec![None; base.len()];
    let mut free: Vec<bool> = vec![true; side.len()];
    let ways: [Likeness; 5] = [
        same_id,
        |a, b, _| a == b,
        |a, b, z| same_text(a, b, z) && same_time(a, b, z),
        same_text,
        same_time,
    ];
    for same in ways {
        for (at, item) in
            base.iter().enumerate().filter(|(at, _)| pairs[*at].is_none()).collect::<Vec<_>>()
        {
            let found = side
                .iter()
                .enumerate()
                .position(|(place, other)| free[place] && same(item, other, zone));
            if let Some(place) = found {
                free[place] = false;
                pairs[at] = Some(place);
            }
        }
    }
    pairs
}

fn same_id(a: &Shape, b: &Shape, _: Option<Zone>) -> bool {
    a.said("id").is_some() && a.said("id") == b.said("id")
}

fn same_text(a: &Shape, b: &Shape, _: Option<Zone>) -> bool {
    let key = |item: &Shape| {
        item.said("text")
            .or_else(|| item.said("title"))
            .or_else(|| item.said("file"))
            .map(str::to_owned)
    };
    key(a).is_some() && key(a) == key(b) && !different_ids(a, b)
}

fn same_time(a: &Shape, b: &Shape, zone: Option<Zone>) -> bool {
    let moment = |item: &Shape| Moment::parse(item.said("at")?, zone).ok().map(|at| at.unix());
    moment(a).is_some() && moment(a) == moment(b) && !different_ids(a, b)
}

fn different_ids(a: &Shape, b: &Shape) -> bool {
    a.said("id").zip(b.said("id")).is_some_and(|(a, b)| a != b)
}

fn unpaired(side: &[Shape], pairs: &[Option<usize>]) -> Vec<Shape> {
    let is_free = |place: &usize| !pairs.contains(&Some(*place));
    (0..side.len()).filter(is_free).map(|place| side[place].clone()).collect()
}
