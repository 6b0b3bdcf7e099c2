//! Keeps the comments of both sides in a merged text: in their lines, else beside their entry, else at the end.

use std::collections::HashMap;
use std::ops::Range;

use crate::format::{Document, LISTS, place_in, read};
use crate::yaml::{OwnLines, Value, comment_places, comments};

use super::values::without;

/// The comments of the base, of ours and of theirs.
pub(super) struct SideComments([Vec<String>; 3]);

/// How often each comment is in the base, and on a side.
pub(super) struct OldComments([HashMap<String, usize>; 2]);

/// What became of comments that have no line in a merged text.
pub(super) struct Homeless {
    /// The merged record, with those whose entry or key it has.
    pub(super) record: Document,
    /// Those of an entry or key that it does not have.
    pub(super) gone: Vec<String>,
    /// Those that belong to nothing.
    pub(super) others: Vec<String>,
}

impl SideComments {
    pub(super) fn of(texts: [&str; 3]) -> SideComments {
        SideComments(texts.map(comments))
    }

    /// Returns which comments of ours and of theirs come from the base.
    pub(super) fn old(&self) -> [OldComments; 2] {
        let count = |all: &[String]| {
            let mut counts = HashMap::new();
            all.iter().for_each(|comment| *counts.entry(comment.clone()).or_default() += 1);
            counts
        };
        let [base, ours, theirs] = self.0.each_ref().map(|all| count(all));
        [OldComments([base.clone(), ours]), OldComments([base, theirs])]
    }

    /// Returns the comments that a merged text should have and lacks: those of either side that are new, and those of the
    /// base that neither removed.
    pub(super) fn lost(&self, found: &[String]) -> Vec<String> {
        let [base, ours, theirs] = &self.0;
        let mut wanted = without(ours, &without(base, theirs));
        // A comment that both sides added must occur once.
        wanted.extend(without(&without(theirs, base), &without(ours, base)));
        without(&wanted, found)
    }
}

impl OldComments {
    /// Returns lines of the side without the comments around them that it has from the base: the other side has them in
    /// their place, or removed them.
    pub(super) fn left_out(&self, own: &OwnLines) -> OwnLines {
        let [base, side] = &self.0;
        own.without_comments(|comment| base.get(comment) >= side.get(comment))
    }
}

/// Puts comments above the entry or key that they belong to on one of these sides, where the merged record has it.
pub(super) fn beside_their_entries(
    merged: &Document,
    sides: [&Document; 2],
    lost: Vec<String>,
) -> Homeless {
    let held = sides.map(Holders::of);
    let (there, comments) = (Lines::of(merged), sides.map(|side| comment_places(side.text())));
    let mut homeless = Homeless { record: merged.clone(), gone: Vec::new(), others: Vec::new() };
    let mut placed: Vec<(usize, String)> = Vec::new();
    for comment in lost {
        let places = held.iter().zip(&comments).flat_map(|(held, comments)| {
            let here = comments.iter().rev().filter(|(_, other)| *other == comment);
            here.filter_map(|(at, _)| Some(there.place_of(&held.holder(*at)?)))
        });
        // A comment may be there several times: one beside an entry that stays is preferred.
        let place = places.min_by_key(|place| match place {
            Place::Line(_) => 0,
            Place::WithoutLines => 1,
            Place::Gone => 2,
        });
        match place {
            Some(Place::Line(at)) => placed.push((at, comment)),
            Some(Place::Gone) => homeless.gone.push(comment),
            Some(Place::WithoutLines) | None => homeless.others.push(comment),
        }
    }
    match with_comments(merged, &mut placed) {
        Some(record) => homeless.record = record,
        None => homeless.others.extend(placed.into_iter().map(|(_, comment)| comment)),
    }
    homeless
}

/// What a comment belongs to.
enum Holder<'h> {
    /// An item of a list.
    Item(&'static str, &'h Value),
    /// A key of the record.
    Key(&'h str),
}

/// The items and keys of a side, each with its lines and the comments above.
struct Holders<'d> {
    text: &'d str,
    items: Vec<(&'static str, Value, Range<usize>)>,
    keys: Vec<(String, Range<usize>)>,
}

impl<'d> Holders<'d> {
    fn of(side: &'d Document) -> Holders<'d> {
        let items = LISTS.iter().flat_map(|list| {
            let lines = side.items_in_lines(list).into_iter();
            lines.map(|(item, lines, above)| (*list, item, above..lines.end))
        });
        let keys = side.keys().into_iter();
        let keys = keys.filter_map(|key| side.key_lines(&key).map(|lines| (key, lines)));
        Holders { text: side.text(), items: items.collect(), keys: keys.collect() }
    }

    /// Returns what the comment at that offset belongs to, if to anything.
    fn holder(&self, at: usize) -> Option<Holder<'_>> {
        if let Some((list, item, _)) = self.items.iter().find(|(.., lines)| lines.contains(&at)) {
            return Some(Holder::Item(list, item));
        }
        let is_comment = |line: &str| line.trim_start().starts_with('#');
        let holds = |lines: &Range<usize>| {
            let above = self.text.get(at..lines.start);
            lines.contains(&at) || above.is_some_and(|above| above.lines().all(is_comment))
        };
        let key = self.keys.iter().find(|(_, lines)| holds(lines));
        key.map(|(key, _)| Holder::Key(key))
    }
}

/// Where a comment can go.
enum Place {
    /// Before the line at this offset.
    Line(usize),
    /// Its holder has no lines of its own.
    WithoutLines,
    /// Its holder is not there.
    Gone,
}

/// The items of the merged record, with the offset of their lines if they have any.
struct Lines<'d> {
    merged: &'d Document,
    lists: Vec<(&'static str, Vec<Value>, Vec<usize>)>,
}

impl<'d> Lines<'d> {
    fn of(merged: &'d Document) -> Lines<'d> {
        let list = |list: &&'static str| {
            let items = merged.items(list);
            let lines = merged.items_in_lines(list).into_iter();
            let starts: Vec<usize> = lines.map(|(_, lines, _)| lines.start).collect();
            (*list, items, starts)
        };
        Lines { merged, lists: LISTS.iter().map(list).collect() }
    }

    fn place_of(&self, holder: &Holder) -> Place {
        let line = match holder {
            Holder::Item(list, item) => {
                let list = self.lists.iter().find(|(name, ..)| name == list);
                let place = list.and_then(|(_, items, starts)| {
                    let place = place_in(items, item, self.merged.incident.zone)?;
                    Some(starts.get(place).filter(|_| starts.len() == items.len()).copied())
                });
                let Some(line) = place else { return Place::Gone };
                line
            }
            Holder::Key(key) => match self.merged.value(key) {
                Some(_) => self.merged.key_lines(key).map(|lines| lines.start),
                None => return Place::Gone,
            },
        };
        line.map_or(Place::WithoutLines, Place::Line)
    }
}

/// Returns a record with comments above the lines at these offsets, if it still says the same.
fn with_comments(record: &Document, placed: &mut [(usize, String)]) -> Option<Document> {
    let mut text = record.to_text();
    let shift = text.len() - record.text().len();
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    placed.sort_by_key(|(at, _)| *at);
    for (at, comment) in placed.iter().rev() {
        let at = at + shift;
        let line = text.get(at..)?;
        let lead = " ".repeat(line.len() - line.trim_start_matches(' ').len());
        text.insert_str(at, &format!("{lead}# {comment}{end}"));
    }
    let commented = read(&text).ok()?;
    (commented.entries() == record.entries()).then_some(commented)
}
