//! Merges three texts into one, or reports conflicts.
//!
//! Two branches that both logged, planned, amended or acted are merged entry by entry: nothing is lost or duplicated.
//! Only if both sides changed the same thing differently is there a conflict; then both are in the text between git's
//! own markers. This module knows no git.

mod comments;
mod lists;
mod own;
mod values;

use crate::fault::{MergeConflict, MergeFault, MergeText};
use crate::format::{Document, LISTS, OwnText, made_internal, read};
use crate::model::Incident;
use crate::yaml::{Change, OwnLines, Value, comments, value_of};
use std::collections::{HashMap, VecDeque};
use std::ops::Range;

use comments::{SideComments, beside_their_entries};
use lists::merge_list;
use own::{Source, Theirs, in_turn};
use values::{Contradiction, Side, merged_shape};

/// The result of a merge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// The whole file.
    pub text: String,
    /// The file without what is in conflict.
    pub settled: String,
    /// What both sides changed differently, one line each; the text has markers there.
    pub conflicts: Vec<MergeConflict>,
    /// New comments of entries and keys that the other side deleted, which the text does not have.
    pub left_out: Vec<String>,
}

/// Merges what `theirs` changed since `base` into `ours`. The base is empty if both added the file.
///
/// # Errors
/// A side cannot be read, or cannot be patched as it is written: then only a merge by lines is left.
pub fn merge(base: &str, ours: &str, theirs: &str) -> Result<Merged, MergeFault> {
    let side = |which, text| read(text).map_err(|_| MergeFault::Unreadable(which));
    let all_comments = SideComments::of([base, ours, theirs]);
    let (base, before, theirs) = (
        if base.is_empty() { Document::unwritten() } else { side(MergeText::Base, base)? },
        side(MergeText::Ours, ours)?,
        side(MergeText::Theirs, theirs)?,
    );
    let (mut ours, mut contradictions) = (before.clone(), Vec::new());
    let (in_base, in_theirs) = (base.entries(), theirs.entries());
    let theirs = Theirs { document: &theirs, text: theirs.own_text(), old: all_comments.old() };
    for key in all_keys(&in_base, &in_theirs) {
        let (b, t) = (value_of(&in_base, key), value_of(&in_theirs, key));
        if b == t {
            continue;
        }
        let is_list =
            |value: Option<&Value>| matches!(value, None | Some(Value::List(_) | Value::Null));
        let mine = ours.value(key);
        let is_new = b.is_none() && mine.is_none();
        // The order of an unknown list may matter.
        let is_theirs = is_new || mine.as_ref() == b && !LISTS.contains(&key);
        // Their order is the author's, too.
        let is_files = key == ATTACHMENTS;
        if !is_theirs && !is_files && is_list(b) && is_list(t) && is_list(mine.as_ref()) {
            contradictions.extend(merge_list(&base, &mut ours, &theirs, key)?);
        } else {
            contradictions.extend(merge_value((b, t), &mut ours, &theirs, key)?);
        }
    }
    let sides = [&before.incident, &theirs.document.incident];
    let ours = kept_internal(&ours, sides, &base.incident, &contradictions)?;
    let merged = mark(&ours, &theirs.text, &contradictions)?;
    let lost = all_comments.lost(&comments_of(&merged));
    if lost.is_empty() {
        return Ok(merged);
    }
    let mut placed = beside_their_entries(&ours, [&before, theirs.document], lost);
    // Of what is in conflict, one side has the entry.
    let gone = if contradictions.is_empty() { &mut Vec::new() } else { &mut placed.gone };
    placed.others.append(gone);
    let merged = mark(&placed.record, &theirs.text, &contradictions)?;
    Ok(Merged { left_out: placed.gone, ..at_the_end(merged, &placed.others) })
}

/// Makes internal what both sides added and one of them calls internal; what is in a conflict stays as it is.
fn kept_internal(
    ours: &Document,
    sides: [&Incident; 2],
    base: &Incident,
    contradictions: &[Contradiction],
) -> Result<Document, MergeFault> {
    let mut made = made_internal(ours, sides, base);
    made.retain(|made| {
        let item = || ours.items(made.list).get(made.index).cloned();
        let is_it = |side: &Side| matches!(side, Side::Item(list, it) if list == made.list && Some(it) == item().as_ref());
        !contradictions.iter().any(|contradiction| is_it(&contradiction.ours))
    });
    let changes: Vec<Change> = made.into_iter().flat_map(|made| made.changes).collect();
    Ok(in_turn(ours, &changes)?)
}

/// Adds comments at the end of the text.
fn at_the_end(mut merged: Merged, comments: &[String]) -> Merged {
    let end = if merged.text.contains("\r\n") { "\r\n" } else { "\n" };
    for comment in comments {
        if !merged.text.ends_with('\n') {
            merged.text.push_str(end);
        }
        merged.text.push_str(&format!("# {comment}{end}"));
    }
    merged
}

/// Returns the comments of a merged text.
fn comments_of(merged: &Merged) -> Vec<String> {
    match merged.conflicts.is_empty() {
        true => comments(&merged.text),
        false => comments_of_lines(&merged.text),
    }
}

/// Returns comments of a text that may contain conflict markers: everything after a `#`, line by line.
fn comments_of_lines(text: &str) -> Vec<String> {
    let after_sign = |line: &str| {
        let at = if line.trim_start().starts_with('#') {
            line.find('#')
        } else {
            line.find(" #").map(|at| at + 1)
        };
        at.map(|at| line[at + 1..].trim().to_owned())
    };
    text.lines().filter_map(after_sign).collect()
}

/// Returns the keys of both, theirs first.
fn all_keys<'k>(
    base: &'k [(String, Value)],
    theirs: &'k [(String, Value)],
) -> impl Iterator<Item = &'k str> {
    let gone = base.iter().filter(|(key, _)| value_of(theirs, key).is_none());
    theirs.iter().chain(gone).map(|(key, _)| key.as_str())
}

/// Keys with lists of texts that both sides may extend; in others the order may matter.
const JOINABLE: [&str; 6] =
    ["lessons", "tags", "services", "categories", "contributing_factors", ATTACHMENTS];
/// The files of the record.
const ATTACHMENTS: &str = "attachments";

/// Merges a key of the record that is not a list of items, from what it is in the base and in theirs.
fn merge_value(
    (base, yours): (Option<&Value>, Option<&Value>),
    ours: &mut Document,
    theirs: &Theirs,
    key: &str,
) -> Result<Option<Contradiction>, MergeFault> {
    let mine = ours.value(key);
    if mine.as_ref() == yours {
        return Ok(None);
    }
    let is_unchanged = mine.as_ref() == base;
    let joined = merged_shape(base, mine.as_ref(), yours).filter(|_| JOINABLE.contains(&key));
    if is_unchanged || joined.is_some() {
        let entry = |value: Option<Value>| value.map(|value| (key.to_owned(), value));
        let merged = if is_unchanged { yours.cloned() } else { joined };
        let source = Source { text: &theirs.text, at: Vec::new(), old: &theirs.old[1] };
        let (before, after) = (Vec::from_iter(entry(mine)), Vec::from_iter(entry(merged)));
        *ours = in_turn(ours, &source.changes(&Vec::new(), &before, &after)?)?;
        return Ok(None);
    }
    let side = |value: Option<&Value>| value.map_or(Side::Nothing, |_| Side::Key(key.to_owned()));
    Ok(Some(Contradiction {
        what: MergeConflict::Key(key.to_owned()),
        ours: side(mine.as_ref()),
        theirs: side(yours),
    }))
}

/// Inserts conflicts between markers, from the end of the text to its beginning.
fn mark(
    ours: &Document,
    theirs: &OwnText,
    contradictions: &[Contradiction],
) -> Result<Merged, MergeFault> {
    let mut text = ours.to_text();
    let shift = text.len() - ours.text().len();
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut places: Vec<(Range<usize>, String)> = Vec::new();
    let (mut mine, mut yours) = (Items::default(), Items::default());
    for contradiction in contradictions {
        let unusual = || MergeFault::SharedLine(contradiction.what.clone());
        let place = match &contradiction.ours {
            Side::Item(list, item) => {
                let all = || ours.items_in_lines(list).into_iter().map(|(item, at, _)| (item, at));
                mine.take(list, item, || all().collect()).ok_or_else(unusual)?
            }
            Side::Key(key) => ours.key_lines(key).ok_or_else(unusual)?,
            Side::Nothing => {
                let list = if let Side::Item(list, _) = &contradiction.theirs { list } else { "" };
                let end = ours.list_lines_end(list).unwrap_or(ours.text().len());
                end..end
            }
        };
        let lines = match &contradiction.theirs {
            Side::Nothing => String::new(),
            side => {
                let (own, column) =
                    their_lines(ours, theirs, &mut yours, side).ok_or_else(unusual)?;
                own.at_column(column, end)
            }
        };
        places.push((place, lines));
    }
    places.sort_by_key(|(place, _)| std::cmp::Reverse(place.start));
    let mut settled = text.clone();
    for (place, theirs) in places {
        let place = place.start + shift..place.end + shift;
        let mine = closed(&text[place.clone()], end);
        let marked = format!("<<<<<<< ours{end}{mine}======={end}{theirs}>>>>>>> theirs{end}");
        let lead = if place.start > 0 && !text[..place.start].ends_with('\n') { end } else { "" };
        settled.replace_range(place.clone(), "");
        text.replace_range(place, &format!("{lead}{marked}"));
    }
    let conflicts = contradictions.iter().map(|it| it.what.clone()).collect();
    Ok(Merged { text, settled, conflicts, left_out: Vec::new() })
}

/// The items of a record's lists, each found only once.
#[derive(Default)]
struct Items<T>(HashMap<String, HashMap<Value, VecDeque<T>>>);

impl<T> Items<T> {
    /// Returns the place of the next item of a list with exactly that value; `all` returns all items.
    fn take(
        &mut self,
        list: &str,
        item: &Value,
        all: impl FnOnce() -> Vec<(Value, T)>,
    ) -> Option<T> {
        let items = self.0.entry(list.to_owned()).or_insert_with(|| {
            let mut items: HashMap<Value, VecDeque<T>> = HashMap::new();
            for (item, place) in all() {
                items.entry(item).or_default().push_back(place);
            }
            items
        });
        items.get_mut(item)?.pop_front()
    }
}

/// Returns their side in its own lines, and its column in ours.
fn their_lines(
    ours: &Document,
    theirs: &OwnText,
    items: &mut Items<usize>,
    side: &Side,
) -> Option<(OwnLines, usize)> {
    let root = Vec::new();
    match side {
        Side::Item(list, item) => {
            let Some(Value::List(all)) = theirs.value(&root, list) else { return None };
            let all = || all.into_iter().enumerate().map(|(at, item)| (item, at)).collect();
            let place = items.take(list, item, all)?;
            let own = theirs.items(&root, list, &[place], false).pop()??;
            let column = ours.list_column(list).unwrap_or(own.column());
            Some((own, column))
        }
        Side::Key(key) => Some((theirs.key(&root, key, false)?, 0)),
        Side::Nothing => None,
    }
}

/// Returns both sides as a whole between git's own markers, for what cannot be merged.
pub fn side_by_side(ours: &[u8], theirs: &[u8]) -> Vec<u8> {
    let closed = |side: &[u8]| match side.last() {
        None | Some(b'\n') => side.to_vec(),
        Some(_) => [side, b"\n"].concat(),
    };
    let (ours, theirs) = (closed(ours), closed(theirs));
    [b"<<<<<<< ours\n", &*ours, b"=======\n", &*theirs, b">>>>>>> theirs\n"].concat()
}

fn closed(lines: &str, end: &str) -> String {
    if lines.is_empty() || lines.ends_with('\n') {
        lines.to_owned()
    } else {
        format!("{lines}{end}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = "title: t # kept\ntimezone: Asia/Seoul\ntags: [a]\nplan:\n  - id: deploy\n    at: 2024-09-07T17:00+09:00\n    text: deploy\nevents:\n  - at: 2024-09-07T18:00+09:00\n    text: one\n";

    fn event(minute: u32, text: &str) -> String {
        format!("  - at: 2024-09-07T18:{minute:02}+09:00\n    text: {text}\n")
    }

    #[track_caller]
    fn merges(ours: &str, theirs: &str, expected: &str) {
        let merged = merge(BASE, ours, theirs).unwrap();
        assert_eq!((merged.text.as_str(), merged.conflicts), (expected, vec![]));
    }

    #[test]
    fn both_logged() {
        let (ours, theirs) =
            (BASE.to_owned() + &event(5, "ours"), BASE.to_owned() + &event(3, "theirs"));
        merges(&ours, &theirs, &(BASE.to_owned() + &event(3, "theirs") + &event(5, "ours")));
        merges(&ours, &ours.clone(), &ours);
        let same_minute = BASE.to_owned() + &event(5, "theirs");
        merges(&ours, &same_minute, &(BASE.to_owned() + &event(5, "ours") + &event(5, "theirs")));
    }

    #[test]
    fn what_both_added_and_one_calls_internal_is_internal() {
        let closed = event(5, "one more") + "    audience: internal\n";
        let by = event(5, "one more") + "    by: me\n";
        let (open, by_closed) = (event(5, "one more"), by.clone() + "    audience: internal\n");
        let note = |more: &str| format!("lessons:\n  well:\n    - {more}\n");
        let both = closed.clone() + &by_closed;
        for (ours, theirs, expected) in [
            (open.clone(), closed.clone(), closed.clone()),
            (closed.clone(), open.clone(), closed.clone()),
            (closed.clone(), by, both.clone()),
            (open.clone(), by_closed, both),
            (
                note("quick"),
                note("{text: quick, audience: internal}"),
                note("{text: quick, audience: internal}"),
            ),
        ] {
            merges(
                &(BASE.to_owned() + &ours),
                &(BASE.to_owned() + &theirs),
                &(BASE.to_owned() + &expected),
            );
        }
        // A side that made an event public that the base had internal decided that.
        let base = BASE.to_owned() + &closed;
        let merged = merge(&base, &(BASE.to_owned() + &open), &base).unwrap();
        assert_eq!(merged.text, BASE.to_owned() + &open);
    }

    #[test]
    fn different_keys_of_one_entry() {
        let ours = BASE.replace("text: one\n", "text: one\n    by: me\n");
        let theirs = BASE
            .replace("text: one\n", "text: one\n    type: detected\n")
            .replace("tags: [a]", "tags: [a, b]");
        let both = "text: one\n    by: me\n    type: detected\n";
        merges(
            &ours,
            &theirs,
            &BASE.replace("text: one\n", both).replace("tags: [a]", "tags: [a, b]"),
        );
    }

    #[test]
    fn removed_on_one_side() {
        let gone = BASE.replace(&event(0, "one"), "");
        merges(BASE, &gone, &gone);
        merges(&gone, BASE, &gone);
    }

    #[test]
    fn a_contradiction_keeps_both() {
        let ours = BASE.replace("text: one", "text: mine");
        let theirs = BASE.replace("text: one", "text: yours") + &event(9, "more");
        let merged = merge(BASE, &ours, &theirs).unwrap();
        assert_eq!(merged.conflicts.len(), 1);
        let expected = format!(
            "<<<<<<< ours\n{}=======\n{}>>>>>>> theirs\n{}",
            event(0, "mine"),
            event(0, "yours"),
            event(9, "more")
        );
        assert!(merged.text.ends_with(&expected), "{}", merged.text);
        let title = merge(
            BASE,
            &BASE.replace("title: t", "title: a"),
            &BASE.replace("title: t", "title: b"),
        )
        .unwrap();
        assert!(
            title.text.starts_with(
                "<<<<<<< ours\ntitle: a # kept\n=======\ntitle: b # kept\n>>>>>>> theirs\n"
            ),
            "{}",
            title.text
        );
    }

    #[test]
    fn comments_of_both_sides_stay() {
        let ours = BASE.to_owned() + &event(5, "ours") + "# our end\n";
        let theirs = BASE.replace("    text: one\n", "    text: one # their graph\n")
            + "  # what they saw\n"
            + &event(3, "theirs")
            + "# their end\n";
        let text = merge(BASE, &ours, &theirs).unwrap().text;
        for comment in ["# kept", "# our end", "# their graph", "# their end"] {
            assert_eq!(text.matches(comment).count(), 1, "{comment}\n{text}");
        }
        assert!(text.contains(&format!("  # what they saw\n{}", event(3, "theirs"))), "{text}");
    }

    #[test]
    fn one_event_never_gets_the_content_of_another() {
        let ours = BASE.replace("text: one", "text: a different event");
        let theirs = BASE.replace("text: one\n", "text: one\n    by: alice\n");
        assert_eq!(merge(BASE, &ours, &theirs).unwrap().conflicts.len(), 1);
    }

    #[test]
    fn duplicates_in_conflict_are_distinguished() {
        let base = BASE.replace("one", "풀을 확인함") + &event(0, "풀을 확인함");
        let ours = base.replace("확인함", "확인했음");
        let theirs = base.replace("확인함", "다시 확인함");
        let merged = merge(&base, &ours, &theirs).unwrap();
        assert_eq!(merged.conflicts.len(), 2);
        assert_eq!(merged.text.matches("<<<<<<< ours\n").count(), 2, "{}", merged.text);
    }

    #[test]
    fn a_conflict_shows_a_side_written_in_brackets() {
        let ours = BASE.replace("text: one", "text: mine");
        let theirs = BASE.split("events:").next().unwrap().to_owned()
            + "events: [{at: 2024-09-07T18:00+09:00, text: yours}]\n";
        let text = merge(BASE, &ours, &theirs).unwrap().text;
        assert!(
            text.contains(
                "    text: mine\n=======\n  - {at: 2024-09-07T18:00+09:00, text: yours}\n>>>>>>>"
            ),
            "{text}"
        );
    }

    #[test]
    fn actions_and_factors_are_changed_in_place() {
        let list = |action: &str, factor: &str| {
            format!(
                "{BASE}contributing_factors: [{factor}, other]\nactions:\n  - {{text: {action}}}\n  - {{text: second}}\n"
            )
        };
        let base = list("fix pool", "one");
        let merged = merge(
            &base,
            &list("fix pool", "one").replace("title: t", "title: u"),
            &list("fix the pool", "one A"),
        )
        .unwrap();
        assert_eq!(merged.text, list("fix the pool", "one A").replace("title: t", "title: u"));
        let both =
            merge(&base, &list("fix pool now", "one"), &list("fix pool later", "one")).unwrap();
        assert_eq!(both.conflicts.len(), 1);
    }

    #[test]
    fn what_cannot_be_merged_is_shown_side_by_side() {
        for (ours, theirs) in [("a\n", "b\n"), ("a", "b")] {
            let both = side_by_side(ours.as_bytes(), theirs.as_bytes());
            assert_eq!(both, b"<<<<<<< ours\na\n=======\nb\n>>>>>>> theirs\n");
        }
        assert_eq!(side_by_side(b"", b""), b"<<<<<<< ours\n=======\n>>>>>>> theirs\n");
    }

    #[test]
    fn a_side_that_cannot_be_read_is_named() {
        assert!(matches!(
            merge(BASE, "events: [", BASE),
            Err(MergeFault::Unreadable(MergeText::Ours))
        ));
    }

    fn text(said: &str) -> Option<Value> {
        Some(Value::text(said))
    }

    fn list(texts: &[&str]) -> Option<Value> {
        Some(Value::texts(texts))
    }

    fn map(entries: &[(&str, &str)]) -> Option<Value> {
        let entry = |(key, said): &(&str, &str)| ((*key).to_owned(), Value::text(*said));
        Some(Value::Map(entries.iter().map(entry).collect()))
    }

    /// Checks the merge of base, ours and theirs against the last.
    #[track_caller]
    fn come_to(table: &[[Option<Value>; 4]]) {
        for [base, ours, theirs, expected] in table {
            let found = merged_shape(base.as_ref(), ours.as_ref(), theirs.as_ref());
            assert_eq!(found, *expected, "{base:?}\n{ours:?}\n{theirs:?}");
        }
    }

    #[test]
    fn values_are_joined_where_changes_do_not_touch() {
        come_to(&[
            [text("a"), text("a"), text("a"), text("a")],
            [text("a"), text("b"), text("a"), text("b")],
            [text("a"), text("a"), text("b"), text("b")],
            [text("a"), text("b"), text("b"), text("b")],
            [text("a"), text("b"), text("c"), None],
            [text("a"), None, text("a"), None],
            [text("a"), text("a"), None, None],
            [text("a"), None, text("b"), None],
            [text("a"), text("b"), None, None],
            [None, None, text("b"), text("b")],
            [None, text("a"), text("b"), None],
            [list(&["a", "b"]), list(&["a", "b", "c"]), list(&["b", "d"]), list(&["b", "c", "d"])],
            [None, list(&["a", "b"]), list(&["b", "c"]), list(&["a", "b", "c"])],
            [list(&["a", "a"]), list(&["a", "a", "b"]), list(&["a"]), list(&["a", "b"])],
            [text("a"), list(&["a", "b"]), list(&["c"]), None],
            [list(&["a"]), list(&["b"]), text("b"), None],
        ]);
    }

    /// Merges these lists of files, of an event and of the record; returns the text and the number of conflicts of each.
    fn of_files(sides: [&str; 3]) -> [(String, usize); 2] {
        let event = "title: t\nevents:\n  - at: 2024-09-07T18:00Z\n    text: one\n";
        let merged = |head: &str, indent: &str| {
            let lines = |files: &str| match files {
                "" => head.to_owned(),
                files => {
                    let lines = files.lines().map(|line| format!("{indent}  {line}\n"));
                    format!("{head}{indent}attachments:\n{}", lines.collect::<String>())
                }
            };
            let [base, ours, theirs] = sides.map(lines);
            let merged = merge(&base, &ours, &theirs).unwrap();
            let files = merged.text.split("attachments:\n").nth(1).unwrap_or("").lines();
            let strip = format!("{indent}  ");
            let files =
                files.map(|line| format!("{}\n", line.strip_prefix(&strip).unwrap_or(line)));
            (files.collect(), merged.conflicts.len())
        };
        [merged(event, "    "), merged("title: t\n", "")]
    }

    #[test]
    fn files_are_merged_by_their_names_and_key_by_key() {
        let (a, b) = ("- file: a.png\n  alt: A\n", "- file: b.png\n  my: '5'\n");
        let both = format!("{a}{b}");
        let table = [
            // One says what it shows, the other that it is internal.
            (
                a.replace("A", "newA") + b,
                format!("{a}  audience: internal\n{b}"),
                format!("- file: a.png\n  alt: newA\n  audience: internal\n{b}"),
            ),
            (
                a.replace("A", "newA") + b,
                format!("{a}  width: 50%\n{b}- file: c.png\n"),
                format!("- file: a.png\n  alt: newA\n  width: 50%\n{b}- file: c.png\n"),
            ),
            // A new order is kept, whoever made it.
            (a.replace("A", "newA") + b, format!("{b}{a}"), b.to_owned() + &a.replace("A", "newA")),
            (format!("{b}{a}"), a.replace("A", "newA") + b, b.to_owned() + &a.replace("A", "newA")),
            (
                format!("{b}{a}- c.png\n"),
                format!("{both}- d.png\n"),
                format!("{b}{a}- c.png\n- d.png\n"),
            ),
            // One that was removed and not changed is gone.
            (a.to_owned(), a.replace("A", "newA") + b, a.replace("A", "newA")),
            (a.replace("A", "newA") + b, a.to_owned(), a.replace("A", "newA")),
        ];
        for (ours, theirs, expected) in table {
            for found in of_files([&both, &ours, &theirs]) {
                assert_eq!(found, (expected.clone(), 0), "{ours}\n{theirs}");
            }
        }
        let named =
            ["- a.png\n", "- file: a.png\n  alt: A\n", "- file: a.png\n  audience: internal\n"];
        for found in of_files(named) {
            assert_eq!(found, ("- file: a.png\n  alt: A\n  audience: internal\n".to_owned(), 0));
        }
    }

    #[test]
    fn a_file_that_both_changed_differently_is_a_conflict() {
        let (a, b) = ("- file: a.png\n", "- file: b.png\n");
        let both = format!("{a}{b}");
        for [base, ours, theirs] in [
            // Removed by one side and changed by the other.
            [&*both, a, &*format!("{both}  alt: B\n")],
            [&*both, &*format!("{both}  alt: B\n"), a],
            [&*both, &*format!("{both}  alt: B\n"), &*format!("{both}  alt: C\n")],
            ["", &*format!("{a}  alt: B\n"), &*format!("{a}  alt: C\n")],
            [
                &*format!("{both}- c.png\n"),
                &*format!("{b}{a}- c.png\n"),
                &*format!("{a}- c.png\n{b}"),
            ],
        ] {
            let conflicts = of_files([base, ours, theirs]).map(|(_, conflicts)| conflicts);
            assert_eq!(conflicts, [1, 1], "{base}\n{ours}\n{theirs}");
        }
    }

    /// Otherwise both versions of it would stand there.
    #[test]
    fn a_mapping_of_a_list_that_both_changed_is_a_conflict() {
        let lists = |values: &[&str]| {
            Some(Value::List(values.iter().filter_map(|value| map(&[("k", value)])).collect()))
        };
        come_to(&[
            [lists(&["a"]), lists(&["b"]), lists(&["c"]), None],
            [lists(&["a", "d"]), lists(&["d"]), lists(&["c", "d"]), None],
            [lists(&["a"]), lists(&["a", "b"]), lists(&["a", "c"]), lists(&["a", "b", "c"])],
            [lists(&["a", "b"]), lists(&["b"]), lists(&["b"]), lists(&["b"])],
        ]);
    }

    #[test]
    fn mappings_are_joined_key_by_key() {
        come_to(&[
            [text("a"), map(&[("k", "b")]), map(&[("k", "c")]), None],
            [None, map(&[("k", "a")]), map(&[("l", "b")]), map(&[("k", "a"), ("l", "b")])],
            [None, map(&[("k", "a")]), map(&[("k", "b")]), None],
            [
                map(&[("k", "a"), ("l", "a")]),
                map(&[("k", "b"), ("l", "a")]),
                map(&[("k", "a"), ("l", "c")]),
                map(&[("k", "b"), ("l", "c")]),
            ],
            // A key removed by one side and unchanged by the other is removed; a changed one is a conflict.
            [
                map(&[("k", "a"), ("l", "a"), ("m", "a")]),
                map(&[("l", "a"), ("m", "b")]),
                map(&[("k", "a"), ("m", "a")]),
                map(&[("m", "b")]),
            ],
            [
                map(&[("k", "a"), ("m", "a")]),
                map(&[("m", "b")]),
                map(&[("k", "b"), ("m", "a")]),
                None,
            ],
            [
                map(&[("k", "a"), ("m", "a")]),
                map(&[("k", "b"), ("m", "a")]),
                map(&[("m", "c")]),
                None,
            ],
        ]);
    }

    #[test]
    fn keys_are_merged_one_by_one() {
        let table = [
            ("kind: a\n", "kind: a\n", "kind: b\n", "kind: b\n", 0),
            ("kind: a\n", "kind: b\n", "kind: a\n", "kind: b\n", 0),
            ("kind: a\n", "kind: b\n", "kind: b\n", "kind: b\n", 0),
            ("kind: a\n", "kind: a\n", "", "", 0),
            ("kind: a\n", "", "kind: a\n", "", 0),
            ("", "", "kind: a\n", "kind: a\n", 0),
            ("", "kind: a\n", "kind: a\n", "kind: a\n", 0),
            ("", "kind: a\n", "", "kind: a\n", 0),
            ("tags: a\n", "tags: [a, b]\n", "tags: a\n", "tags: [a, b]\n", 0),
            (
                "lessons: {well: [a]}\n",
                "lessons: {well: [a, b]}\n",
                "lessons: {well: [a, c]}\n",
                "lessons: {well: [a, b, c]}\n",
                0,
            ),
            (
                "x: {k: a}\n",
                "x: {k: b}\n",
                "x: {k: a, l: c}\n",
                "<<<<<<< ours\nx: {k: b}\n=======\nx: {k: a, l: c}\n>>>>>>> theirs\n",
                1,
            ),
            (
                "kind: a\n",
                "kind: b\n",
                "kind: c\n",
                "<<<<<<< ours\nkind: b\n=======\nkind: c\n>>>>>>> theirs\n",
                1,
            ),
            ("kind: a\n", "kind: b\n", "", "<<<<<<< ours\nkind: b\n=======\n>>>>>>> theirs\n", 1),
            ("kind: a\n", "", "kind: b\n", "<<<<<<< ours\n=======\nkind: b\n>>>>>>> theirs\n", 1),
            (
                "",
                "kind: a # c\n",
                "kind: b",
                "<<<<<<< ours\nkind: a # c\n=======\nkind: b\n>>>>>>> theirs\n",
                1,
            ),
        ];
        for (base, ours, theirs, expected, conflicts) in table {
            let side = |lines: &str| format!("title: t\n{lines}");
            let merged = merge(&side(base), &side(ours), &side(theirs)).unwrap();
            assert_eq!(merged.text, side(expected), "{base}{ours}{theirs}");
            assert_eq!(merged.conflicts.len(), conflicts, "{base}{ours}{theirs}");
        }
    }

    fn key_conflict(key: &str) -> MergeConflict {
        MergeConflict::Key(key.to_owned())
    }

    #[test]
    fn conflicts_keep_marks_and_line_ends() {
        let side = |kind: &str, version: &str| {
            format!("\u{feff}title: t\r\nkind: {kind}\r\nversion: {version}")
        };
        let merged = merge(&side("a", "a"), &side("b", "b"), &side("c", "c")).unwrap();
        assert_eq!(merged.conflicts, ["kind", "version"].map(key_conflict));
        assert_eq!(
            merged.text,
            "\u{feff}title: t\r\n<<<<<<< ours\r\nkind: b\r\n=======\r\nkind: c\r\n>>>>>>> theirs\r\n<<<<<<< ours\r\nversion: b\r\n=======\r\nversion: c\r\n>>>>>>> theirs\r\n"
        );
        let gone = merge("title: t\nkind: a", "title: t", "title: t\nkind: b").unwrap();
        assert_eq!(gone.text, "title: t\n<<<<<<< ours\n=======\nkind: b\n>>>>>>> theirs\n");
        let brackets = |kind: &str| format!("{{title: t, kind: {kind}}}\n");
        let fault = merge(&brackets("a"), &brackets("b"), &brackets("c")).unwrap_err();
        assert_eq!(fault, MergeFault::SharedLine(key_conflict("kind")));
        let theirs = merge("title: t\nkind: a\n", "title: t\nkind: b\n", &brackets("c")).unwrap();
        assert_eq!(
            theirs.text,
            "title: t\n<<<<<<< ours\nkind: b\n=======\nkind: c\n>>>>>>> theirs\n"
        );
    }

    #[test]
    fn comments_without_a_place_go_to_the_end() {
        let table = [
            ("", "", "# new\n", "# new\n"),
            ("", "# a\n", "# a\n", "# a\n"),
            ("", "# a\n", "# a\n# a\n", "# a\n# a\n"),
            ("# a\n", "# a\n", "# a\n", "# a\n"),
            ("# a\n", "", "# a\n", ""),
            ("# a\n", "# a\n", "", "# a\n"),
            ("# a\n", "# a\n", "# b\n# a\n# a\n", "# a\n# b\n# a\n"),
            ("", "kind: x # y\n", "# z\n", "kind: x # y\n# z\n"),
            ("", "kind: x", "# z\n", "kind: x\n# z\n"),
            ("", "kind: x\r\n", "# z\r\n", "kind: x\r\n# z\r\n"),
        ];
        for (base, ours, theirs, expected) in table {
            let side = |lines: &str| format!("title: t\n{lines}");
            let merged = merge(&side(base), &side(ours), &side(theirs)).unwrap();
            assert_eq!(merged.text, side(expected), "{base:?} {ours:?} {theirs:?}");
        }
        let lines = "# a\n  #  b  \nkind: x # y\nkind: x#y\nurl: a#b # c\n=======\n";
        assert_eq!(comments_of_lines(lines), ["a", "b", "y", "c"]);
    }
}
