//! Changing a record's text: one splice, read again, compared, or nothing.
//!
//! A [`Change`] is applied twice, to the text and to its meaning; the new text must then mean the
//! changed meaning exactly, and a second, independent YAML reader must read the new entry the
//! same way. Bytes outside the splice are never touched.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::document::{Document, read};
use super::journal::{Effect, LISTS};
use super::problem::Problem;
use super::shape::Shape;
use super::style::{
    ItemStyle, Quotes, after_line, dash_of, item_style, line_end, line_start, neighbour_style,
    quotes,
};
use super::tree::{Entry, Node, Value};
use super::write::Writer;

/// A mapping inside the record: the hops from the record through lists of items.
pub type Path = Vec<(String, usize)>;

/// One change of one entry.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// A new item in a list, which is made if it is not there.
    Insert {
        /// The mapping that holds the list.
        at: Path,
        /// The list's key.
        key: String,
        /// Its place in the list.
        index: usize,
        /// The item.
        item: Shape,
    },
    /// A key of a mapping gets that value, which it may have lacked.
    Set {
        /// The mapping.
        at: Path,
        /// The key.
        key: String,
        /// The value.
        value: Shape,
    },
    /// A key of a mapping goes.
    Unset {
        /// The mapping.
        at: Path,
        /// The key.
        key: String,
    },
    /// An item leaves its list.
    Remove {
        /// The mapping that holds the list.
        at: Path,
        /// The list's key.
        key: String,
        /// Its place in the list.
        index: usize,
    },
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
    /// The one stretch in which two texts differ; none if they do not.
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

/// Why a change was not made.
#[derive(Debug, Error, PartialEq)]
pub enum EditFault {
    /// The place is written in a way that cannot be continued without rewriting it.
    #[error("{0}")]
    Unusual(String),
    /// The patched text does not mean what was meant. A fault of asrun's, caught in time.
    #[error("the patched text would not mean what was meant ({0}); nothing was written")]
    NotProved(String),
}

/// Makes one change.
///
/// # Errors
/// Nothing is changed when the place cannot be patched, or when the result does not prove right.
pub fn apply(document: &Document, change: &Change) -> Result<(Document, Splice), EditFault> {
    let patch = Patch::plan(document, change)?;
    let body = &document.text;
    let mut text = String::with_capacity(body.len() + patch.inserted.len());
    text.push_str(&body[..patch.range.start]);
    text.push_str(&patch.inserted);
    text.push_str(&body[patch.range.end..]);
    let changed = prove(document, change, &text).map_err(|fault| match fault {
        // A text block that the file's end cuts short can mean something else once a line follows.
        EditFault::NotProved(_) if !body.ends_with('\n') => {
            unusual("the file's last line has no line break; add one at its end, then try again")
        }
        other => other,
    })?;
    let removed = body[patch.range.clone()].to_owned();
    let splice = Splice { at: patch.range.start, removed, inserted: patch.inserted };
    second_opinion(document, change, &changed, &splice.inserted)?;
    Ok((changed, splice))
}

/// Makes several changes in turn, all or none.
///
/// # Errors
/// As [`apply`].
pub fn apply_all(
    document: &Document,
    changes: &[Change],
) -> Result<(Document, Vec<Splice>), EditFault> {
    let mut current = document.clone();
    let mut splices = Vec::new();
    for change in changes {
        let (next, splice) = apply(&current, change)?;
        current = next;
        splices.push(splice);
    }
    Ok((current, splices))
}

/// Puts an item into a list in the words it has elsewhere: whole lines, comments and all.
///
/// # Errors
/// The list is not written in lines of the same indentation, or the result does not prove right.
pub fn insert_lines(
    document: &Document,
    list: &str,
    index: usize,
    item: &Shape,
    lines: &str,
) -> Result<Document, EditFault> {
    let place = Place::find(document, &Vec::new())?;
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
    prove(document, &change, &text)
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
    let others = |document: &Document| -> Vec<(String, Option<Shape>)> {
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
fn prove(document: &Document, change: &Change, text: &str) -> Result<Document, EditFault> {
    let mut changed = read(text).map_err(|problems| not_proved(&problems))?;
    changed.bom = document.bom;
    let mut expected = Shape::of(&document.tree);
    change.on(&mut expected).ok_or_else(|| unusual("the entry is not there any more"))?;
    if Shape::of(&changed.tree) != expected {
        return Err(EditFault::NotProved("it reads differently".to_owned()));
    }
    Ok(changed)
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
    let map = at.iter().try_fold(root, |here, (key, index)| here.get(key.as_str())?.get(*index))?;
    let value = map.get(key)?;
    index.map_or(Some(value), |index| value.get(index))
}

fn same(value: &serde_yaml::Value, shape: &Shape) -> bool {
    use serde_yaml::Value as V;
    match (value, shape) {
        (V::Null, Shape::Null) => true,
        (V::String(a), Shape::Scalar(b)) => a == b,
        (V::Bool(a), Shape::Scalar(b)) => a.to_string() == *b,
        (V::Sequence(a), Shape::List(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (V::Mapping(a), Shape::Map(b)) => {
            a.len() == b.len()
                && b.iter().all(|(k, v)| a.get(k.as_str()).is_some_and(|a| same(a, v)))
        }
        _ => false,
    }
}

fn unusual(message: &str) -> EditFault {
    EditFault::Unusual(message.to_owned())
}

impl Change {
    /// The same change, on the meaning. `None` if its place is not there.
    fn on(&self, root: &mut Shape) -> Option<()> {
        match self {
            Change::Insert { at, key, index, item } => {
                let map = mapping(root, at)?;
                let list = list_of(map, key)?;
                if *index > list.len() {
                    return None;
                }
                list.insert(*index, item.clone());
            }
            Change::Set { at, key, value } => {
                let map = mapping(root, at)?;
                match map.iter_mut().find(|(k, _)| k == key) {
                    Some((_, old)) => *old = value.clone(),
                    None => map.push((key.clone(), value.clone())),
                }
            }
            Change::Unset { at, key } => {
                let map = mapping(root, at)?;
                let place = map.iter().position(|(k, _)| k == key)?;
                map.remove(place);
            }
            Change::Remove { at, key, index } => {
                let map = mapping(root, at)?;
                let list = list_of(map, key)?;
                if *index >= list.len() {
                    return None;
                }
                list.remove(*index);
                if list.is_empty() {
                    // A list without items is written as nothing.
                    map.iter_mut().filter(|(k, _)| k == key).for_each(|(_, v)| *v = Shape::Null);
                }
            }
        }
        Some(())
    }
}

fn mapping<'s>(root: &'s mut Shape, path: &Path) -> Option<&'s mut Vec<(String, Shape)>> {
    let mut here = root;
    for (key, index) in path {
        let Shape::Map(entries) = here else { return None };
        let (_, value) = entries.iter_mut().find(|(k, _)| k == key)?;
        let Shape::List(items) = value else { return None };
        here = items.get_mut(*index)?;
    }
    match here {
        Shape::Map(entries) => Some(entries),
        _ => None,
    }
}

/// The list of a key; nothing, a lone text and a missing key become one.
fn list_of<'s>(map: &'s mut Vec<(String, Shape)>, key: &str) -> Option<&'s mut Vec<Shape>> {
    let place = map.iter().position(|(k, _)| k == key).unwrap_or_else(|| {
        let before = position_before(map.iter().map(|(k, _)| k.as_str()), key).unwrap_or(map.len());
        map.insert(before, (key.to_owned(), Shape::Null));
        before
    });
    let value = &mut map[place].1;
    match value {
        Shape::Null => *value = Shape::List(Vec::new()),
        Shape::Scalar(_) => *value = Shape::List(vec![value.clone()]),
        Shape::List(_) | Shape::Map(_) => {}
    }
    match value {
        Shape::List(items) => Some(items),
        _ => None,
    }
}

/// Where a missing key goes: lists read first stand before `events`, so the plan does too.
fn position_before<'k>(mut keys: impl Iterator<Item = &'k str>, key: &str) -> Option<usize> {
    if key == "events" { None } else { keys.position(|k| k == "events") }
}

/// Lines at the end of a file without a final line end: they get none either, unless they end in
/// a text block, which would lose the line end that belongs to it.
fn unended_lines<'l>(lines: &'l str, end: &str) -> &'l str {
    let in_block = lines.contains(&format!(" |{end}"));
    if in_block { lines } else { lines.trim_end_matches(['\n', '\r']) }
}

/// Past comment lines that are indented deeper than the dash: they speak of the entry above.
fn after_own_comments(text: &str, mut at: usize, dash: usize) -> usize {
    while at > 0 && text.as_bytes()[at - 1] == b'\n' {
        let line = text[at..].lines().next().unwrap_or("");
        let indent = line.len() - line.trim_start_matches(' ').len();
        if indent <= dash || !line.trim_start().starts_with('#') {
            break;
        }
        at = after_line(text, at + line.len());
    }
    at
}

/// A stretch of the text and what replaces it.
struct Patch {
    range: Range<usize>,
    inserted: String,
}

/// The document and the mapping that a change works on.
struct Place<'d> {
    text: &'d str,
    root: &'d Node,
    map: &'d Node,
    /// Column of the mapping's keys, where it is a block.
    indent: usize,
    /// Items beside the mapping: they vote on its hand.
    siblings: &'d [Node],
}

impl Patch {
    fn plan(document: &Document, change: &Change) -> Result<Patch, EditFault> {
        match change {
            Change::Insert { at, key, index, item } => {
                Place::find(document, at)?.insert(key, *index, item)
            }
            Change::Set { at, key, value } => Place::find(document, at)?.set(key, value),
            Change::Unset { at, key } => Place::find(document, at)?.unset(key),
            Change::Remove { at, key, index } => Place::find(document, at)?.remove(key, *index),
        }
    }
}

impl<'d> Place<'d> {
    fn find(document: &'d Document, path: &Path) -> Result<Place<'d>, EditFault> {
        let mut map = &document.tree;
        let mut siblings: &[Node] = &[];
        for (key, index) in path {
            let list = map.entry(key).map(|entry| &entry.value);
            siblings = list.map_or(&[], |list| list.items());
            map = siblings.get(*index).ok_or_else(|| unusual("the entry is not there any more"))?;
        }
        if !matches!(map.value, Value::Map { .. }) {
            return Err(unusual("the entry is not a mapping"));
        }
        let text = document.text.as_str();
        let indent = map.entries().first().map_or(0, |entry| {
            let line = line_start(text, entry.key_span.start);
            entry.key_span.start - line
        });
        Ok(Place { text, root: &document.tree, map, indent, siblings })
    }

    fn insert(&self, key: &str, index: usize, item: &Shape) -> Result<Patch, EditFault> {
        let Some(entry) = self.map.entry(key) else {
            return self.add_key(key, &Shape::List(vec![item.clone()]));
        };
        let list = &entry.value;
        if list.is_null() || (list.items().is_empty() && list.is_flow() && !self.comment_in(list)) {
            return self.fill(entry, item);
        }
        if let Value::Scalar { text, .. } = &list.value {
            let both = Shape::List(vec![Shape::text(text.clone()), item.clone()]);
            return self.replace(entry, &both);
        }
        if list.is_flow() {
            return Ok(self.insert_flow(list, index, item));
        }
        self.insert_block(entry, index, item)
    }

    /// The first item of a list that was written as nothing.
    fn fill(&self, entry: &Entry, item: &Shape) -> Result<Patch, EditFault> {
        if self.map.is_flow() {
            return self.replace(entry, &Shape::List(vec![item.clone()]));
        }
        let colon = self.colon(entry)?;
        let value_end = entry.value.span.end.max(colon);
        // An empty value may be reported anywhere up to the next token: only a written one counts.
        let written = if entry.value.span.is_empty() { colon..colon } else { colon..value_end };
        let line = after_line(self.text, written.end.max(colon));
        let style = neighbour_style(self.text, self.root);
        let style = ItemStyle { dash: self.indent + style.dash, ..style };
        let rest = &self.text[written.end..line];
        let items = self.with_votes(&[], |writer| writer.item(style, item));
        let inserted = format!("{rest}{}", self.lines_at(line, &items));
        Ok(Patch { range: written.start..line, inserted })
    }

    fn insert_block(&self, entry: &Entry, index: usize, item: &Shape) -> Result<Patch, EditFault> {
        let list = &entry.value;
        let strange = || {
            let message =
                "is written in a form that asrun does not continue; write its items as `- …` lines";
            EditFault::Unusual(format!("`{}` {message}", entry.key))
        };
        let style = item_style(self.text, list).ok_or_else(strange)?;
        let at = self.line_of(entry, index)?;
        let lines = self.with_votes(list.items(), |writer| writer.item(style, item));
        Ok(Patch { range: at..at, inserted: self.lines_at(at, &lines) })
    }

    /// Where the lines of a new item of a block list begin.
    fn line_of(&self, entry: &Entry, index: usize) -> Result<usize, EditFault> {
        let list = &entry.value;
        let strange = || unusual("the list is not written as `- …` lines");
        let style = item_style(self.text, list).ok_or_else(strange)?;
        Ok(match index.checked_sub(1) {
            Some(previous) => {
                let end = after_line(self.text, list.items()[previous].span.end);
                after_own_comments(self.text, end, style.dash)
            }
            None => self.before_first(entry, &list.items()[0]).ok_or_else(strange)?,
        })
    }

    /// Before the first item and the comment lines that stand right above it.
    fn before_first(&self, entry: &Entry, first: &Node) -> Option<usize> {
        let (mut line, _) = dash_of(self.text, first)?;
        let key_line = line_start(self.text, entry.key_span.start);
        while line > key_line {
            let above = line_start(self.text, line - 1);
            let comment = self.text[above..line].trim_start().starts_with('#');
            if above <= key_line || !comment {
                break;
            }
            line = above;
        }
        (line > key_line).then_some(line)
    }

    fn insert_flow(&self, list: &Node, index: usize, item: &Shape) -> Patch {
        let items = list.items();
        let written = self.with_votes(items, |writer| writer.flow("", item));
        let previous = index.checked_sub(1).and_then(|previous| items.get(previous));
        if let Some(patch) = previous.and_then(|previous| self.own_flow_line(previous, &written)) {
            return patch;
        }
        let (at, inserted) = match previous {
            Some(previous) => (previous.span.end, format!(", {written}")),
            None if items.is_empty() => (list.span.start + 1, written),
            None => (items[0].span.start, format!("{written}, ")),
        };
        Patch { range: at..at, inserted }
    }

    /// In a flow list with an item a line, a line of its own after the previous item's.
    fn own_flow_line(&self, previous: &Node, written: &str) -> Option<Patch> {
        let line = line_start(self.text, previous.span.start);
        let lead = &self.text[line..previous.span.start];
        let end = after_line(self.text, previous.span.end);
        let rest = self.text[previous.span.end..end].trim_end_matches(['\n', '\r']);
        let after_comma = rest.trim_start().strip_prefix(',');
        let aside = after_comma.unwrap_or(rest).trim();
        let alone = lead.trim().is_empty()
            && !lead.is_empty()
            && (aside.is_empty() || aside.starts_with('#'));
        if !alone || !self.text[..end].ends_with('\n') {
            return None;
        }
        let eol = line_end(self.text);
        let (comma, own_comma) = if after_comma.is_some() { ("", ",") } else { (",", "") };
        let range = previous.span.end..end;
        Some(Patch {
            range,
            inserted: format!("{comma}{rest}{eol}{lead}{written}{own_comma}{eol}"),
        })
    }

    fn set(&self, key: &str, value: &Shape) -> Result<Patch, EditFault> {
        match self.map.entry(key) {
            Some(entry) => self.replace(entry, value),
            None => self.add_key(key, value),
        }
    }

    /// A value in the place of another.
    fn replace(&self, entry: &Entry, value: &Shape) -> Result<Patch, EditFault> {
        let old = &entry.value;
        let colon = self.colon(entry)?;
        let between = self.text.get(colon..old.span.start).unwrap_or("");
        if between.contains('#') {
            let message = format!(
                "a comment stands between `{}:` and its value; move it above the entry, then try again",
                entry.key
            );
            return Err(EditFault::Unusual(message));
        }
        let on_one_line = matches!(value, Shape::Scalar(text) if !text.contains('\n'));
        let old_simple = old.is_flow()
            || (!old.span.is_empty() && !self.text[colon..old.span.end].contains('\n'));
        if self.map.is_flow() || (on_one_line && old_simple) {
            let written = self.with_votes(std::slice::from_ref(self.map), |writer| {
                writer.flow(&entry.key, value)
            });
            let range = if old.span.is_empty() { colon..colon } else { old.span.clone() };
            let lead = if old.span.is_empty() { " " } else { "" };
            return Ok(Patch { range, inserted: format!("{lead}{written}") });
        }
        let end = old.span.end.max(colon);
        let line = after_line(self.text, end);
        let written = self
            .with_votes(self.siblings, |writer| writer.after_colon(self.indent, &entry.key, value));
        let unended = line == self.text.len() && !self.text.ends_with('\n');
        let written =
            if unended { unended_lines(&written, line_end(self.text)).to_owned() } else { written };
        Ok(Patch { range: colon..line, inserted: written })
    }

    /// A key that was not there, after the mapping's last one (the plan: before the events).
    fn add_key(&self, key: &str, value: &Shape) -> Result<Patch, EditFault> {
        let entries = self.map.entries();
        if self.map.is_flow() {
            let written = self.with_votes(self.siblings, |writer| writer.flow(key, value));
            let Some(last) = entries.last() else {
                let at = self.map.span.start + 1;
                return Ok(Patch { range: at..at, inserted: format!("{key}: {written}") });
            };
            let keys = entries.iter().map(|entry| entry.key.as_str());
            let lists = matches!(value, Shape::List(items) if items.iter().any(|i| matches!(i, Shape::Map(_))));
            let before = if lists && std::ptr::eq(self.map, self.root) {
                position_before(keys, key)
            } else {
                None
            };
            if let Some(before) = before {
                let at = entries[before].key_span.start;
                return Ok(Patch { range: at..at, inserted: format!("{key}: {written}, ") });
            }
            let at = last.value.span.end.max(last.key_span.end);
            return Ok(Patch { range: at..at, inserted: format!(", {key}: {written}") });
        }
        let lists =
            matches!(value, Shape::List(items) if items.iter().any(|i| matches!(i, Shape::Map(_))));
        let before = if lists && std::ptr::eq(self.map, self.root) {
            position_before(entries.iter().map(|entry| entry.key.as_str()), key)
        } else {
            None
        };
        let at = match before {
            Some(place) => self.above_comments(entries[place].key_span.start),
            None => after_line(self.text, self.map.span.end),
        };
        let lead = " ".repeat(self.indent);
        let entry = self.key_lines(key, value);
        Ok(Patch { range: at..at, inserted: self.lines_at(at, &format!("{lead}{entry}")) })
    }

    /// `key: …`; top-level lists of entries as blocks, whatever else the writer would choose.
    fn key_lines(&self, key: &str, value: &Shape) -> String {
        match value {
            Shape::List(items)
                if std::ptr::eq(self.map, self.root)
                    && items.iter().any(|i| matches!(i, Shape::Map(_))) =>
            {
                let style = neighbour_style(self.text, self.root);
                let end = line_end(self.text);
                let items = self.with_votes(&[], |writer| {
                    items.iter().map(|item| writer.item(style, item)).collect::<String>()
                });
                format!("{key}:{end}{items}")
            }
            _ => self.with_votes(self.siblings, |writer| writer.entry(self.indent, key, value)),
        }
    }

    /// The line of a key, or that of the comments right above it.
    fn above_comments(&self, at: usize) -> usize {
        let mut line = line_start(self.text, at);
        while line > 0 {
            let above = line_start(self.text, line - 1);
            if !self.text[above..line].trim_start().starts_with('#') {
                break;
            }
            line = above;
        }
        line
    }

    /// A key with its value and the whole lines they take.
    fn unset(&self, key: &str) -> Result<Patch, EditFault> {
        let entries = self.map.entries();
        let gone = || unusual("the entry is not there any more");
        let place = entries.iter().position(|entry| entry.key == key).ok_or_else(gone)?;
        let entry = &entries[place];
        let end = entry.value.span.end.max(self.colon(entry)?);
        if self.map.is_flow() {
            let range = match (place, entries.get(place + 1)) {
                (_, Some(next)) => entry.key_span.start..next.key_span.start,
                (0, None) => entry.key_span.start..end,
                (_, None) => entries[place - 1].value.span.end..end,
            };
            return Ok(Patch { range, inserted: String::new() });
        }
        let line = line_start(self.text, entry.key_span.start);
        if !self.text[line..entry.key_span.start].trim().is_empty() {
            return Err(unusual(
                "the first key of an entry shares its line with the dash; change it by hand",
            ));
        }
        Ok(self.without_lines(line, after_line(self.text, end)))
    }

    /// Whole lines taken out; a file without a final line end stays so.
    fn without_lines(&self, line: usize, end: usize) -> Patch {
        let reaches_end = end == self.text.len() && !self.text.ends_with('\n');
        let start =
            if reaches_end { self.text[..line].trim_end_matches(['\n', '\r']).len() } else { line };
        Patch { range: start..end, inserted: String::new() }
    }

    fn remove(&self, key: &str, index: usize) -> Result<Patch, EditFault> {
        let gone = || unusual("the entry is not there any more");
        let entry = self.map.entry(key).ok_or_else(gone)?;
        let items = entry.value.items();
        let item = items.get(index).ok_or_else(gone)?;
        if entry.value.is_flow() {
            return Ok(self.remove_flow(entry, index));
        }
        let (line, _) = dash_of(self.text, item).ok_or_else(gone)?;
        if line == line_start(self.text, entry.key_span.start) {
            return Err(unusual("the entry shares its line with its key; take it out by hand"));
        }
        Ok(self.without_lines(line, after_line(self.text, item.span.end)))
    }

    fn remove_flow(&self, entry: &Entry, index: usize) -> Patch {
        let items = entry.value.items();
        let range = match (index, items.len()) {
            (_, 1) => entry.value.span.clone(),
            (0, _) => items[0].span.start..items[1].span.start,
            _ => items[index - 1].span.end..items[index].span.end,
        };
        Patch { range, inserted: String::new() }
    }

    /// Just after the colon of a key.
    fn colon(&self, entry: &Entry) -> Result<usize, EditFault> {
        let after = &self.text[entry.key_span.end..];
        let blanks = after.len() - after.trim_start_matches([' ', '\t']).len();
        if !after[blanks..].starts_with(':') {
            let message = format!(
                "`{}` is not written as `{}: …`, which asrun needs to patch it",
                entry.key, entry.key
            );
            return Err(EditFault::Unusual(message));
        }
        Ok(entry.key_span.end + blanks + 1)
    }

    fn comment_in(&self, node: &Node) -> bool {
        self.text[node.span.clone()].contains('#')
    }

    /// Whole lines for that place: a file without a final line end stays so.
    fn lines_at(&self, at: usize, lines: &str) -> String {
        if at < self.text.len() || self.text.is_empty() || self.text.ends_with('\n') {
            return lines.to_owned();
        }
        let end = line_end(self.text);
        format!("{end}{}", unended_lines(lines, end))
    }

    fn with_votes<T>(&self, items: &[Node], write: impl FnOnce(&Writer) -> T) -> T {
        let vote = |key: &str| if key.is_empty() { Quotes::Needed } else { quotes(items, key) };
        let root_style = neighbour_style(self.text, self.root);
        let writer = Writer {
            line_end: line_end(self.text),
            list_indent: root_style.dash.min(2),
            quotes: &vote,
        };
        write(&writer)
    }
}
