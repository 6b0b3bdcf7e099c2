//! Changes a record's text: one splice, parsed again and compared, or nothing.
//!
//! A [`Change`] is applied twice, to the text and to the parsed value; the new text must then parse to exactly the
//! changed value, and a second, independent YAML parser must read the new entry the same way. Bytes outside the splice
//! are never touched.

use crate::fault::{EditFault, Problem, Unproved};
use crate::model::Event;
use crate::yaml::style::line_end;
use crate::yaml::tree::Node;
use crate::yaml::{
    Change, KeyEdit, MAX_BYTES, Patch, PatchFault, Patching, Path, Splice, Value, comment_places,
};

use super::document::{Document, read};
use super::journal::Effect;
use super::keys::SCHEMA;
use super::near::Window;

/// Makes one change.
///
/// # Errors
/// Nothing is changed if the place cannot be patched, or if the result fails verification.
pub fn apply(document: &Document, change: &Change) -> Result<(Document, Splice), EditFault> {
    let long = document.text.len() > NEAR;
    match long.then(|| insert_near(document, change)).flatten() {
        Some(done) => Ok(done),
        None => apply_whole(document, change),
    }
}

/// In plain records beyond this size, in bytes, an event is inserted and verified among its neighbours only.
pub(super) const NEAR: usize = 4 * 1024;

/// Inserts an event into a long plain record: the record's head and the neighbouring events are changed and verified as
/// a record of their own; every other byte stays, and so does its meaning. `None` if that is impossible or fails
/// verification.
fn insert_near(document: &Document, change: &Change) -> Option<(Document, Splice)> {
    let near = event_near(document, change)?;
    let mut changed = document.clone();
    let splice = near.put_into(&mut changed);
    Some((changed, splice))
}

/// An event that was verified among its neighbours.
pub(super) struct NearEvent {
    /// The index of the event that it comes before.
    index: usize,
    event: Event,
    splice: Splice,
}

pub(super) fn event_near(document: &Document, change: &Change) -> Option<NearEvent> {
    let KeyEdit::Insert(index, item) = &change.edit else { return None };
    if !change.at.is_empty() || change.key != "events" {
        return None;
    }
    let window = Window::around(document, *index)?;
    let place = index - window.first;
    let before = read(&window.text).ok().filter(|before| before.plain)?;
    let near = Change::insert(Vec::new(), "events", place, item.clone());
    let (after, splice) = apply_whole(&before, &near).ok()?;
    let at = window.place(splice.at)?;
    let whole_lines = splice.inserted.ends_with('\n') && document.text[..at].ends_with('\n');
    let known = after.unknown.len() == before.unknown.len();
    let fits = (document.text.len() + splice.inserted.len()) as u64 <= MAX_BYTES;
    if !after.plain || !splice.removed.is_empty() || !whole_lines || !known || !fits {
        return None;
    }
    let event = after.incident.events.into_iter().nth(place)?;
    Some(NearEvent { index: *index, event, splice: Splice { at, ..splice } })
}

impl NearEvent {
    /// Inserts it into the record it was verified for, and touches no other byte.
    pub(super) fn put_into(self, document: &mut Document) -> Splice {
        let NearEvent { index, event, splice } = self;
        document.text.insert_str(splice.at, &splice.inserted);
        document.incident.events.insert(index, event);
        for unknown in document.unknown.iter_mut().filter(|unknown| unknown.at >= splice.at) {
            unknown.at += splice.inserted.len();
        }
        splice
    }
}

/// Makes one change, and parses the whole text again.
pub(super) fn apply_whole(
    document: &Document,
    change: &Change,
) -> Result<(Document, Splice), EditFault> {
    let body = &document.text;
    let tree = document.tree();
    let patch = Patching::of(body, &tree, &SCHEMA).plan(change)?;
    let mut text = body.clone();
    text.replace_range(patch.range.clone(), &patch.inserted);
    let changed = prove(document, &tree, change, &text).map_err(|fault| explained(fault, body))?;
    let (at, removed) = (patch.range.start, body[patch.range].to_owned());
    let splice = Splice { at, removed, inserted: patch.inserted };
    second_opinion(document, change, &changed, &splice.inserted)
        .map_err(|fault| explained(fault, body))?;
    Ok((changed, splice))
}

/// Returns the cause of a text that YAML parsers read differently, if it is known.
fn explained(fault: EditFault, body: &str) -> EditFault {
    match fault {
        // A literal block cut short by the end of the file can change its meaning once a line follows.
        EditFault::NotProved(_) if !body.ends_with('\n') => EditFault::NoLastLineBreak,
        EditFault::NotProved(_) if body.replace("\r\n", "").contains('\r') => {
            EditFault::LoneCarriageReturn
        }
        EditFault::NotProved(_) if body.contains('\u{feff}') => EditFault::InnerByteOrderMark,
        other => other,
    }
}

/// An item to be inserted into a list.
#[derive(Debug)]
pub struct NewItem<'t> {
    /// The index of the existing item that it comes before.
    pub index: usize,
    /// Its value.
    pub item: Value,
    /// Its text in its source: whole lines, including comments.
    pub lines: &'t str,
}

/// Inserts items into a list with their source text, in the order of their indices; the result is parsed once.
///
/// # Errors
/// The list is not written in lines of the same indentation, or the result fails verification.
pub fn insert_lines(
    document: &Document,
    list: &str,
    new: &[NewItem],
) -> Result<Document, EditFault> {
    let tree = document.tree();
    let place = Patching::of(&document.text, &tree, &SCHEMA).target(&Vec::new())?;
    let entry = place.map.entry(list).ok_or(EditFault::NoList)?;
    if entry.value.is_flow() || entry.value.items().is_empty() {
        return Err(EditFault::NotInLines);
    }
    let ending = line_end(&document.text);
    let mut text = String::new();
    let mut done = 0;
    for NewItem { index, lines, .. } in new {
        let at = place.line_of(entry, *index)?;
        text.push_str(document.text.get(done..at).ok_or(EditFault::NotInLines)?);
        done = at;
        if !text.ends_with('\n') {
            text.push_str(ending);
        }
        let lines = lines.replace("\r\n", "\n").replace('\n', ending);
        text.push_str(&lines);
        if !lines.ends_with('\n') {
            text.push_str(ending);
        }
    }
    text.push_str(&document.text[done..]);
    let changed = read_as(document, &text)?;
    if are_inserted(&tree, &changed.tree(), list, new) {
        others_agree(&changed, list, new)?;
        return Ok(changed);
    }
    Err(EditFault::NotProved(Unproved::Differs))
}

/// Whether two records differ by exactly those items of that list.
fn are_inserted(before: &Node, after: &Node, list: &str, new: &[NewItem]) -> bool {
    let (old, now) = (before.entries(), after.entries());
    let mut new = new.iter().peekable();
    old.len() == now.len()
        && old.iter().zip(now).all(|(old, now)| {
            if old.key != now.key || old.key != list {
                return old.key == now.key && old.value.means(&now.value);
            }
            let (old, mut now) = (old.value.items(), now.value.items().iter());
            (0..=old.len()).all(|at| {
                let mut same = true;
                while let Some(new) = new.next_if(|new| new.index == at) {
                    same &= now.next().is_some_and(|now| Value::of(now) == new.item);
                }
                same && old.get(at).is_none_or(|old| now.next().is_some_and(|now| now.means(old)))
            }) && now.next().is_none()
        })
        && new.next().is_none()
}

/// Checks that the other YAML parser reads the new items the same way: in the whole text, or if it is long, each in its
/// own lines.
fn others_agree(changed: &Document, list: &str, new: &[NewItem]) -> Result<(), EditFault> {
    let refused =
        |fault: serde_yaml::Error| EditFault::NotProved(Unproved::OtherRefuses(fault.to_string()));
    let agrees = |value: Option<&serde_yaml::Value>, item: &Value| match value {
        Some(value) if same(value, item) => Ok(()),
        _ => Err(EditFault::NotProved(Unproved::OtherDiffers)),
    };
    if changed.text.len() > SECOND_READING {
        return new.iter().try_for_each(|NewItem { item, lines, .. }| {
            let items: serde_yaml::Value = serde_yaml::from_str(lines).map_err(refused)?;
            agrees(items.get(0), item)
        });
    }
    let root: serde_yaml::Value = serde_yaml::from_str(&changed.text).map_err(refused)?;
    new.iter().enumerate().try_for_each(|(earlier, NewItem { index, item, .. })| {
        agrees(root.get(list).and_then(|items| items.get(index + earlier)), item)
    })
}

/// Makes changes that do not touch each other all at once: each is located in the original text, and only the result is
/// parsed. They may set and remove keys, insert into lists of different entries, and remove items (the last of a list
/// first). The splices are to be made in their order: the last in the text is the first.
///
/// # Errors
/// As [`apply`], or two of them change the same lines.
pub fn apply_together(
    document: &Document,
    changes: &[Change],
) -> Result<(Document, Vec<Splice>), EditFault> {
    let tree = document.tree();
    let mut expected = Value::of(&tree);
    let patching = Patching::of(&document.text, &tree, &SCHEMA);
    let mut patches = Vec::new();
    for change in changes {
        patches.push((patching.plan(change)?, change));
        change.on(&mut expected, &SCHEMA).ok_or(PatchFault::Gone)?;
    }
    patches.sort_by_key(|(patch, _)| (patch.range.start, patch.range.end));
    if patches.windows(2).any(|two| two[0].0.range.end > two[1].0.range.start) {
        return Err(EditFault::Changed);
    }
    let mut text = String::new();
    let mut done = 0;
    for (Patch { range, inserted }, _) in &patches {
        text.push_str(&document.text[done..range.start]);
        text.push_str(inserted);
        done = range.end;
    }
    text.push_str(&document.text[done..]);
    let changed = read_as(document, &text)?;
    let after = changed.tree();
    let kept = |change: &Change| is_own(&after, change, change.edit.inserted().map(|(at, _)| at));
    if Value::of(&after) != expected || !changes.iter().all(kept) {
        return Err(EditFault::NotProved(Unproved::Differs));
    }
    let written = patches.iter().map(|(patch, change)| (*change, patch.inserted.as_str()));
    agrees(document, &changed, written, |_, change| place_of(&change.edit))?;
    let spliced = patches.into_iter().rev().map(|(Patch { range, inserted }, _)| Splice {
        at: range.start,
        removed: document.text[range].to_owned(),
        inserted,
    });
    Ok((changed, spliced.collect()))
}

/// Parses a changed text of a record.
pub(super) fn read_as(document: &Document, text: &str) -> Result<Document, EditFault> {
    let mut changed = read(text).map_err(unread)?;
    changed.bom = document.bom;
    Ok(changed)
}

/// Reverts changes of the text, latest first. Inserted text must still be there verbatim, at its offset or at exactly
/// one other place; if nothing was inserted, or more than entries changed, `untouched` must say that the text is
/// unchanged since.
///
/// # Errors
/// The text was changed since, or the result is not what `undone` says.
pub fn take_back(
    document: &Document,
    splices: &[Splice],
    undone: &[Effect],
    untouched: bool,
) -> Result<Document, EditFault> {
    let mut text = document.text.clone();
    for splice in splices.iter().rev() {
        let at = if untouched { Some(splice.at) } else { stands_at(&text, splice) };
        let at =
            at.filter(|at| text.get(*at..).is_some_and(|rest| rest.starts_with(&splice.inserted)));
        let at = at.filter(|at| untouched || fits(&text, *at, splice));
        let at = at.ok_or(EditFault::Changed)?;
        text.replace_range(at..at + splice.inserted.len(), &splice.removed);
    }
    let mut back = read(&text).map_err(unread)?;
    back.bom = document.bom;
    let mut effects = super::journal::effects_as(document, &back, undone);
    let all_found = undone.iter().all(|effect| {
        let found = effects.iter().position(|other| other == effect);
        found.map(|at| effects.remove(at)).is_some()
    });
    // A text still verbatim as asrun wrote it may change more than older journals recorded.
    if all_found && (untouched || effects.is_empty()) && !splices.is_empty() {
        Ok(back)
    } else {
        Err(EditFault::Changed)
    }
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

/// Whether the text that a splice removed can return to a place in a text that was changed since: what followed a key on
/// its line must not follow a comment or an empty line now.
fn fits(text: &str, at: usize, splice: &Splice) -> bool {
    let is_line_end = |c: char| c == '\n' || c == '\r';
    let continues = !splice.removed.is_empty() && !splice.removed.starts_with(is_line_end);
    if !continues || !splice.inserted.starts_with(is_line_end) {
        return true;
    }
    let begin = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let line = &text[begin..at];
    let has_comment = || comment_places(text).iter().any(|(from, _)| (begin..at).contains(from));
    !(line.trim().is_empty() || line.contains('#') && has_comment())
}

/// Parses the patched text and compares it with the changed value.
fn prove(
    document: &Document,
    tree: &Node,
    change: &Change,
    text: &str,
) -> Result<Document, EditFault> {
    let mut changed = read(text).map_err(unread)?;
    changed.bom = document.bom;
    let Change { at, key, edit, .. } = change;
    let after = changed.tree();
    let proved = match edit.inserted() {
        Some((index, item)) if at.is_empty() && has_items(tree, key) => {
            is_inserted(tree, &after, key, index, item)
        }
        _ => {
            let mut expected = Value::of(tree);
            change.on(&mut expected, &SCHEMA).ok_or(PatchFault::Gone)?;
            Value::of(&after) == expected
        }
    };
    let index = edit.inserted().map(|(index, _)| index);
    if proved && is_own(&after, change, index) {
        Ok(changed)
    } else {
        Err(EditFault::NotProved(Unproved::Differs))
    }
}

/// Whether what was put in with its own lines has kept its types and all of its comments.
pub(super) fn is_own(
    after: &Node,
    Change { at, key, edit, .. }: &Change,
    index: Option<usize>,
) -> bool {
    let Some(own) = edit.own() else { return true };
    let map = at.iter().try_fold(after, |here, (key, index)| {
        let value = &here.entry(key)?.value;
        index.map_or(Some(value), |index| value.items().get(index))
    });
    let value = map.and_then(|map| map.entry(key)).map(|entry| &entry.value);
    let value = value.and_then(|value| index.map_or(Some(value), |at| value.items().get(at)));
    value.is_some_and(|value| own.is_kept_in(value))
}

fn has_items(tree: &Node, key: &str) -> bool {
    tree.entry(key).is_some_and(|entry| !entry.value.items().is_empty())
}

/// Whether two records differ by exactly that item of that list, as after logging; checked without copying the record.
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

fn unread(problems: Vec<Problem>) -> EditFault {
    EditFault::NotProved(Unproved::Unread(problems))
}

/// Records up to this size, in bytes, are read whole by the second parser, others only in the new entry.
const SECOND_READING: usize = 64 * 1024;

/// Reads the new entry with a parser of another family (libyaml's).
fn second_opinion(
    before: &Document,
    change: &Change,
    after: &Document,
    inserted: &str,
) -> Result<(), EditFault> {
    let Change { at, key, edit, .. } = change;
    let Some(expected) = Expected::of(edit) else { return Ok(()) };
    let whole = after.text.len() <= SECOND_READING;
    if !whole && !inserted.trim_start().starts_with("- ") {
        return Ok(());
    }
    let text = if whole { &after.text } else { inserted };
    let root: serde_yaml::Value = match serde_yaml::from_str(text) {
        Ok(root) => root,
        // A text that it could not read before is not the change's fault.
        Err(_) if whole && serde_yaml::from_str::<serde_yaml::Value>(&before.text).is_err() => {
            return Ok(());
        }
        Err(fault) => return Err(EditFault::NotProved(Unproved::OtherRefuses(fault.to_string()))),
    };
    let value = if whole { place_in(&root, at, key, place_of(edit)) } else { root.get(0) };
    match value {
        Some(value) if expected.is(value) => Ok(()),
        _ => Err(EditFault::NotProved(Unproved::OtherDiffers)),
    }
}

/// What the other YAML parser is to read.
enum Expected<'e> {
    Value(&'e Value),
    /// What it reads in the lines themselves: numbers, too.
    Own(serde_yaml::Value),
}

impl Expected<'_> {
    /// Returns what it is to read of a change; `None` if nothing is new.
    fn of(edit: &KeyEdit) -> Option<Expected<'_>> {
        match edit {
            KeyEdit::Insert(_, item) => Some(Expected::Value(item)),
            KeyEdit::Set(value) | KeyEdit::Replace(_, value) => Some(Expected::Value(value)),
            KeyEdit::InsertOwn(_, own) | KeyEdit::AddOwn(own) | KeyEdit::SetOwn(own) => {
                // Lines that it cannot read on their own are not the change's fault.
                let lines: serde_yaml::Value = serde_yaml::from_str(own.lines()).ok()?;
                let inner = match &lines {
                    serde_yaml::Value::Mapping(map) => map.values().next(),
                    lines => lines.get(0),
                };
                inner.cloned().map(Expected::Own)
            }
            KeyEdit::Unset | KeyEdit::Remove(_) => None,
        }
    }

    fn is(&self, value: &serde_yaml::Value) -> bool {
        match self {
            Expected::Value(expected) => same(value, expected),
            Expected::Own(expected) => value == expected,
        }
    }
}

/// Checks that the other YAML parser reads what several changes wrote the same way: in the whole text, or if it is long,
/// each item in its own lines. `place` returns the index of an item in its list now, from the number of its change.
pub(super) fn agrees<'c>(
    before: &Document,
    after: &Document,
    mut written: impl Iterator<Item = (&'c Change, &'c str)>,
    place: impl Fn(usize, &Change) -> Option<usize>,
) -> Result<(), EditFault> {
    if after.text.len() > SECOND_READING {
        return written.try_for_each(|(change, text)| second_opinion(before, change, after, text));
    }
    let root: serde_yaml::Value = match serde_yaml::from_str(&after.text) {
        Ok(root) => root,
        // A text that it could not read before is not the changes' fault.
        Err(_) if serde_yaml::from_str::<serde_yaml::Value>(&before.text).is_err() => return Ok(()),
        Err(fault) => return Err(EditFault::NotProved(Unproved::OtherRefuses(fault.to_string()))),
    };
    let same = written.enumerate().all(|(number, (change, _))| match Expected::of(&change.edit) {
        Some(value) => place_in(&root, &change.at, &change.key, place(number, change))
            .is_some_and(|other| value.is(other)),
        None => true,
    });
    if same { Ok(()) } else { Err(EditFault::NotProved(Unproved::OtherDiffers)) }
}

/// Returns the index of the item that a change writes, in the list as it leaves it.
fn place_of(edit: &KeyEdit) -> Option<usize> {
    match edit {
        KeyEdit::Replace(index, _) => Some(*index),
        edit => edit.inserted().map(|(index, _)| index),
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
    // A text alone is a list of one.
    index.filter(|index| *index > 0 || !value.is_string()).map_or(Some(value), |at| value.get(at))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::{apply_all, effects};

    fn document(text: &str) -> Document {
        read(text).unwrap_or_else(|problems| panic!("{problems:?}\n{text}"))
    }

    const TWO: &str = "title: t\nevents:\n  - {at: 2024-09-07T18:01Z, text: one}\n  - {at: 2024-09-07T18:02Z, text: two}\n";

    fn event(text: &str) -> Value {
        let key = |key: &str, text: &str| (key.to_owned(), Value::text(text));
        Value::Map(vec![key("at", "2024-09-07T18:03Z"), key("text", text)])
    }

    fn logged(index: usize, item: Value) -> Change {
        Change::insert(Vec::new(), "events", index, item)
    }

    fn named(key: &str, value: &str) -> Change {
        Change::set(Vec::new(), key, Value::text(value))
    }

    /// Returns plain records in several styles, with that many events of several shapes.
    fn plain_records(count: usize) -> Vec<String> {
        let shapes: [fn(usize, &str) -> String; 3] = [
            |n, lead| {
                format!("{lead}- at: 2024-09-07T10:{:02}Z\n{lead}  text: event {n}\n", n % 60)
            },
            |n, lead| {
                format!(
                    "{lead}- at: 2024-09-07T10:00\n{lead}  by: no\n\n{lead}  # of {n}\n{lead}  text: |\n{lead}    one\n\n{lead}     - two\n{lead}  refs:\n{lead}  - at-x\n"
                )
            },
            |n, lead| {
                format!(
                    "{lead}- at: unknown\n{lead}  text: \"- {n}\"\n{lead}  attachments:\n{lead}    - file: {n}.png\n{lead}      alt: '- a'\n{lead}      size: 1\n{lead}    # own\n\n{lead}# above the next\n"
                )
            },
        ];
        let heads = [
            "title: t\ntimezone: Asia/Seoul\n",
            "# c\nsummary: |\n  events:\n  - at: z\ntitle: t\ntimezone: Asia/Seoul\nextra: 1\nplan:\n  - at: 2024-09-07\n    text: a\n",
        ];
        let mut records = Vec::new();
        for (head, lead) in
            heads.iter().flat_map(|head| ["", "  ", "      "].map(|lead| (head, lead)))
        {
            for mixed in [false, true] {
                let item = |n: usize| shapes[if mixed { n * 7 / 3 % 3 } else { 0 }](n, lead);
                let items: String = (0..count).map(item).collect();
                let first = if mixed { "\n  # first\n" } else { "" };
                records.push(format!(
                    "{head}events:\n{first}{items}{}",
                    if mixed { "\n# end\n" } else { "" }
                ));
            }
        }
        records
    }

    /// The short cut gives the same result as parsing the whole text, wherever an event is inserted.
    #[test]
    fn an_event_is_put_into_a_long_record_as_into_a_short_one() {
        let texts = ["new", "- at: x", "한 줄\n둘째 줄\n", " blank", "a: b # c", "\u{2028}"];
        let mut taken = 0;
        for (count, record) in [1, 2, 5, 100]
            .into_iter()
            .flat_map(|count| plain_records(count).into_iter().map(move |record| (count, record)))
        {
            let before = document(&record);
            assert!(before.plain, "{record}");
            for index in
                (0..=count).filter(|index| count < 9 || index % 9 == 1 || index + 2 > count)
            {
                let change = logged(index, event(texts[index % texts.len()]));
                let Some((near, splice)) = insert_near(&before, &change) else { continue };
                taken += 1;
                let whole = read(&near.text).unwrap();
                assert_eq!(near.incident, whole.incident, "{index} {record}");
                assert_eq!((&near.unknown, near.plain), (&whole.unknown, whole.plain), "{record}");
                let (slow, slow_splice) = apply_whole(&before, &change).unwrap();
                assert_eq!(
                    (&near.incident, splice.at),
                    (&slow.incident, slow_splice.at),
                    "{record}"
                );
                let mut back = near.text.clone();
                back.replace_range(splice.at..splice.at + splice.inserted.len(), "");
                assert_eq!(back, record);
            }
        }
        assert!(taken > 250, "{taken}");
    }

    #[test]
    fn what_is_not_plain_or_no_event_is_changed_as_a_whole() {
        let item = "  - at: 2024-09-07T10:00Z\n    text: a\n";
        for (record, change) in [
            (format!("title: t\nevents:\n{item}kind: a\n"), logged(1, event("new"))),
            (format!("title: t\nevents:   # c\n{item}"), logged(1, event("new"))),
            (
                format!("title: 't'\nevents:\n{}", item.replace('\n', "\r\n")),
                logged(1, event("new")),
            ),
            ("title: t\nevents: []\n".to_owned(), logged(0, event("new"))),
            (format!("title: t\nevents:\n{item}"), logged(2, event("new"))),
            (format!("title: t\nevents:\n{item}"), named("kind", "a")),
            (format!("title: t\nevents:\n{item}"), Change::remove(Vec::new(), "events", 0)),
            (
                format!("title: t\nevents:\n{item}"),
                Change::insert(Vec::new(), "plan", 0, event("new")),
            ),
            (
                format!("title: t\nevents:\n{item}"),
                Change::insert(vec![("events".to_owned(), Some(0))], "refs", 0, Value::text("a")),
            ),
        ] {
            assert!(insert_near(&document(&record), &change).is_none(), "{record}{change:?}");
        }
    }

    /// The amount that is parsed again does not grow with the record.
    #[test]
    fn of_a_long_record_only_the_neighbours_are_read_again() {
        use crate::yaml::tree::counted::{PARSES, READ};
        let text = |count: usize| plain_records(count).swap_remove(0);
        let work = |count: usize, index: usize| {
            let before = document(&text(count));
            assert!(before.text.len() > SECOND_READING);
            let (parses, read) = (PARSES.get(), READ.get());
            apply(&before, &logged(index, event("new"))).unwrap();
            assert_eq!(PARSES.get(), parses);
            READ.get() - read
        };
        for (index, far) in [(0, 0), (1500, 1500), (2000, 20_000), (1990, 19_990)] {
            assert!(work(20_000, far) <= work(2000, index) + 200, "{index}");
            assert!(work(20_000, far) < 64 * 1024, "{index}");
        }
    }

    #[test]
    fn changes_in_turn_are_all_or_none() {
        let before = document(TWO);
        let changes = [logged(2, event("three")), logged(3, event("four"))];
        let (after, splices) = apply_all(&before, &changes).unwrap();
        assert_eq!(after.incident.events.len(), 4);
        assert_eq!(splices.len(), 2);
        assert!(apply_all(&before, &[changes[0].clone(), logged(9, event("x"))]).is_err());
        assert_eq!(apply_all(&before, &[]).unwrap().0.to_text(), TWO);
        let marked = document(&format!("\u{feff}{TWO}"));
        assert!(apply(&marked, &changes[0]).unwrap().0.to_text().starts_with('\u{feff}'));
    }

    /// Returns the effects on the journal's lists when a change is undone.
    fn undone(before: &Document, after: &Document) -> Vec<Effect> {
        effects(before, after).iter().map(Effect::inverse).collect()
    }

    #[test]
    fn an_inserted_entry_is_undone_wherever_it_is() {
        let before = document(TWO);
        let (after, splice) = apply(&before, &logged(2, event("three"))).unwrap();
        let undo = undone(&before, &after);
        let back = |text: &str, untouched: bool| {
            let now = document(text);
            take_back(&now, std::slice::from_ref(&splice), &undo, untouched)
                .map(|back| back.to_text())
        };
        let changed = || EditFault::Changed;
        let now = after.to_text();
        assert_eq!(back(&now, true).as_deref(), Ok(TWO));
        assert_eq!(back(&now, false).as_deref(), Ok(TWO));
        let moved = format!("# above\n{now}# below\n");
        assert_eq!(back(&moved, false), Ok(format!("# above\n{TWO}# below\n")));
        assert_eq!(back(&moved, true), Err(changed()), "it was touched");
        assert_eq!(back(&now.replace("three", "drei"), false), Err(changed()));
        let twice = format!("# above\n{now}{}", splice.inserted);
        assert_eq!(back(&twice, false), Err(changed()), "it could be either");
        let marked = take_back(
            &document(&format!("\u{feff}{now}")),
            std::slice::from_ref(&splice),
            &undo,
            true,
        );
        assert_eq!(marked.unwrap().to_text(), format!("\u{feff}{TWO}"));
        // The text is restored, but not to the expected value.
        let other = Effect { list: "plan".to_owned(), ..undo[0].clone() };
        assert_eq!(
            take_back(&after, std::slice::from_ref(&splice), &[other], true).err(),
            Some(changed())
        );
        assert_eq!(
            take_back(&after, &[], &[], true).err(),
            Some(changed()),
            "nothing to take back"
        );
        let other = [undo[0].clone(), undo[0].clone()];
        assert_eq!(take_back(&after, &[splice], &other, true).err(), Some(changed()));
    }

    #[test]
    fn removed_lines_are_only_restored_where_nothing_was_changed() {
        let before = document(TWO);
        let remove = Change::remove(Vec::new(), "events", 0);
        let (after, splice) = apply(&before, &remove).unwrap();
        let undo = undone(&before, &after);
        assert_eq!(
            take_back(&after, std::slice::from_ref(&splice), &undo, true).unwrap().to_text(),
            TWO
        );
        assert!(take_back(&after, &[splice], &undo, false).is_err());
    }

    #[test]
    fn keys_beside_the_lists_are_not_undone_unseen() {
        let before = document(TWO);
        let (after, splice) = apply(&before, &named("kind", "a")).unwrap();
        assert_eq!(
            take_back(&after, std::slice::from_ref(&splice), &[], true).unwrap().to_text(),
            TWO
        );
        assert!(take_back(&after, &[splice], &[], false).is_err());
    }

    #[test]
    fn lines_are_put_in_as_they_are() {
        let line = "  - {at: 2024-09-07T18:03Z, text: three}   # as it was\n";
        let put = |text: &str, index: usize, item: &Value, lines: &str| {
            let new = [NewItem { index, item: item.clone(), lines }];
            insert_lines(&document(text), "events", &new).map(|after| after.to_text())
        };
        assert_eq!(put(TWO, 2, &event("three"), line), Ok(format!("{TWO}{line}")));
        let crlf = TWO.replace('\n', "\r\n");
        let both = format!("{crlf}{}", line.replace('\n', "\r\n"));
        assert_eq!(put(&crlf, 2, &event("three"), line), Ok(both.clone()));
        assert_eq!(put(&crlf, 2, &event("three"), &line.replace('\n', "\r\n")), Ok(both));
        let differently = || EditFault::NotProved(Unproved::Differs);
        assert_eq!(put(TWO, 2, &event("four"), line), Err(differently()));
        assert_eq!(put(TWO, 1, &event("three"), &format!("{line}{line}")), Err(differently()));
        let strange = Err(EditFault::NotInLines);
        assert_eq!(put("title: t\nevents: []\n", 0, &event("three"), line), strange);
        let flow = "title: t\nevents: [{at: 2024-09-07T18:01Z, text: one}]\n";
        assert_eq!(put(flow, 0, &event("three"), line), strange);
        assert_eq!(put("title: t\nevents:\n", 0, &event("three"), line), strange);
        assert_eq!(put("title: t\n", 0, &event("three"), line), Err(EditFault::NoList));
    }

    #[test]
    fn an_insertion_is_that_and_nothing_else() {
        let after = |text: &str| document(text);
        let three = "  - {at: 2024-09-07T18:03Z, text: new}\n";
        let item = event("new");
        let first = TWO.replace("events:\n", &format!("events:\n{three}"));
        let last = format!("{TWO}{three}");
        for (text, index, is) in [
            (first.clone(), 0, true),
            (last.clone(), 2, true),
            (last.clone(), 1, false),
            (last.clone(), 3, false),
            (first, 2, false),
            (TWO.to_owned(), 2, false),
            (last.replace("one", "uno"), 2, false),
            (last.replace("title: t", "title: u"), 2, false),
            (last.replace("title: t", "title: t\nkind: a"), 2, false),
            (last.replace("new", "old"), 2, false),
            (format!("{last}{three}"), 2, false),
        ] {
            let (before, after) = (document(TWO), after(&text));
            let found = is_inserted(&before.tree(), &after.tree(), "events", index, &item);
            assert_eq!(found, is, "{index}\n{text}");
        }
    }

    #[test]
    fn readers_of_two_families_see_the_same() {
        let value = |text: &str| serde_yaml::from_str::<serde_yaml::Value>(text).unwrap();
        let map = |entries: &[(&str, Value)]| {
            Value::Map(entries.iter().map(|(k, v)| ((*k).to_owned(), v.clone())).collect())
        };
        let (a, b) = (Value::text("a"), Value::text("b"));
        for (text, shape, expected) in [
            ("a", a.clone(), true),
            ("a", b.clone(), false),
            ("~", Value::Null, true),
            ("~", a.clone(), false),
            ("true", Value::text("true"), true),
            ("true", Value::text("false"), false),
            ("5", Value::text("5"), false),
            ("[a, b]", Value::texts(&["a", "b"]), true),
            ("[a, b]", Value::texts(&["a"]), false),
            ("[a]", Value::texts(&["b"]), false),
            ("{k: a}", map(&[("k", a.clone())]), true),
            ("{k: a, l: b}", map(&[("k", a.clone())]), false),
            ("{k: a}", map(&[("k", b)]), false),
            ("{k: a}", map(&[("l", a)]), false),
            ("{k: a}", Value::texts(&["a"]), false),
        ] {
            assert_eq!(same(&value(text), &shape), expected, "{text} {shape:?}");
        }
        let root = value("a: [{b: {c: [d, e]}}]\n");
        let at: Path = vec![("a".to_owned(), Some(0)), ("b".to_owned(), None)];
        assert_eq!(place_in(&root, &at, "c", Some(1)), Some(&value("e")));
        assert_eq!(place_in(&root, &at, "c", None), Some(&value("[d, e]")));
        assert_eq!(place_in(&root, &at, "d", None), None);
        assert_eq!(place_in(&root, &vec![("x".to_owned(), None)], "c", None), None);
    }

    #[test]
    fn the_second_parser_is_used() {
        let before = document(TWO);
        let changed = document(&TWO.replace("title: t", "title: 5"));
        let opinion = |change: &Change, after: &Document, inserted: &str| {
            second_opinion(&before, change, after, inserted)
        };
        let differs = Err(EditFault::NotProved(Unproved::OtherDiffers));
        assert_eq!(opinion(&named("title", "t"), &before, "t"), Ok(()));
        assert_eq!(opinion(&named("title", "5"), &changed, "5"), differs, "it reads a number");
        let unset = Change::unset(Vec::new(), "title");
        assert_eq!(opinion(&unset, &changed, "5"), Ok(()));
        // In a large record only a new list entry is read.
        let padding = SECOND_READING - TWO.len() - 2;
        let large = |more: usize| {
            document(&format!(
                "#{}\n{}",
                "x".repeat(padding + more),
                TWO.replace("title: t", "title: 5")
            ))
        };
        assert_eq!(large(0).text().len(), SECOND_READING);
        assert_eq!(opinion(&named("title", "5"), &large(0), "5"), differs);
        assert_eq!(opinion(&named("title", "5"), &large(1), "5"), Ok(()));
        let item = "  - {at: 2024-09-07T18:03Z, text: new}\n";
        assert_eq!(opinion(&logged(0, event("new")), &large(1), item), Ok(()));
        assert_eq!(opinion(&logged(0, event("old")), &large(1), item), differs);
        assert!(opinion(&logged(0, event("new")), &large(1), "- {a: [").is_err());
        assert_eq!(SECOND_READING, 65_536);
    }

    #[test]
    fn faults_that_have_a_known_cause_name_it() {
        let differs = || EditFault::NotProved(Unproved::Differs);
        for (body, cause) in [
            ("a", EditFault::NoLastLineBreak),
            ("a\rb\n", EditFault::LoneCarriageReturn),
            ("a\u{feff}b\n", EditFault::InnerByteOrderMark),
            ("a\r\nb\n", differs()),
        ] {
            assert_eq!(explained(differs(), body), cause, "{body:?}");
        }
        assert_eq!(explained(EditFault::NoList, "a"), EditFault::NoList);
    }

    #[test]
    fn changes_of_the_meaning_need_their_place() {
        let shape = |text: &str| Value::of(&document(text).tree());
        let changed = |text: &str, change: &Change| {
            let mut shape = shape(text);
            change.on(&mut shape, &SCHEMA).map(|()| shape)
        };
        let texts = |index: usize| Change::insert(Vec::new(), "tags", index, Value::text("z"));
        let remove = |index: usize| Change::remove(Vec::new(), "tags", index);
        let unset = |key: &str| Change::unset(Vec::new(), key);
        let at = |at: Path| Change::set(at, "by", Value::text("a"));
        let place = |key: &str, index: Option<usize>| vec![(key.to_owned(), index)];
        let one = "title: t\ntags: [a]\n";
        for (text, change, expected) in [
            (one, texts(0), Some("title: t\ntags: [z, a]\n")),
            (one, texts(1), Some("title: t\ntags: [a, z]\n")),
            (one, texts(2), None),
            ("title: t\ntags: a\n", texts(1), Some("title: t\ntags: [a, z]\n")),
            ("title: t\ntags: ~\n", texts(0), Some("title: t\ntags: [z]\n")),
            ("title: t\n", texts(0), Some("title: t\ntags: [z]\n")),
            ("title: t\n", named("kind", "a"), Some("title: t\nkind: a\n")),
            ("title: t\nkind: b\n", named("kind", "a"), Some("title: t\nkind: a\n")),
            ("title: t\nkind: b\n", unset("kind"), Some("title: t\n")),
            ("title: t\n", unset("kind"), None),
            ("title: t\ntags: [a, b]\n", remove(1), Some(one)),
            (one, remove(0), Some("title: t\ntags:\n")),
            (one, remove(1), None),
            (
                "title: t\nlessons: {}\n",
                at(place("lessons", None)),
                Some("title: t\nlessons: {by: a}\n"),
            ),
            ("title: t\nlessons: {}\n", at(place("lessons", Some(0))), None),
            ("title: t\nlessons: {}\n", at(place("gone", None)), None),
            (one, at(place("tags", Some(0))), None),
            (one, at(place("tags", Some(1))), None),
            (
                TWO,
                at(place("events", Some(1))),
                Some(
                    "title: t\nevents:\n  - {at: 2024-09-07T18:01Z, text: one}\n  - {at: 2024-09-07T18:02Z, text: two, by: a}\n",
                ),
            ),
        ] {
            assert_eq!(changed(text, &change), expected.map(shape), "{text}{change:?}");
        }
    }
}
