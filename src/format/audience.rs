//! Keeps internal what one of two records calls internal, when what both say comes together in one record.

use std::collections::HashSet;

use crate::model::{Attachment, Audience, Incident, Moment, Note};
use crate::yaml::{Change, Path, Value};

use super::document::Document;
use super::lists::{ATTACHMENTS, item_path, list_place};

/// The key of an item that says who may read it.
const AUDIENCE: &str = "audience";
/// Its value, if only the team may.
const INTERNAL: &str = "internal";

/// An item that becomes internal.
#[derive(Debug)]
pub struct MadeInternal {
    /// Its list.
    pub list: &'static str,
    /// Its index there; that of its event if it is a file of one.
    pub index: usize,
    /// The first line of what it says.
    pub text: String,
    /// The changes that make it internal.
    pub changes: Vec<Change>,
}

/// What an item says: two items that say the same have the same audience.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Said<'i> {
    /// The moment and the text of an event.
    Event(Option<i64>, &'i str),
    /// The list and the text of an action, a factor or a lesson.
    Text(&'static str, &'i str),
    /// The title and the text of a section.
    Section(&'i str, &'i str),
    /// The name of a file.
    File(&'i str),
}

/// An item of a record.
struct Item<'i> {
    said: Said<'i>,
    audience: Audience,
    list: &'static str,
    index: usize,
    /// Its index among the files of its event, if it is one.
    file: Option<usize>,
}

/// Returns the items of a record that must become internal: those that both sides have and `base` has not, and that one
/// of the sides calls internal. `sides` are the two records that it was made from.
pub fn made_internal(
    document: &Document,
    sides: [&Incident; 2],
    base: &Incident,
) -> Vec<MadeInternal> {
    let [ours, theirs] = sides.map(items);
    let of_theirs: HashSet<Said> = theirs.iter().map(|item| item.said).collect();
    let in_both = ours.iter().map(|item| item.said).filter(|said| of_theirs.contains(said));
    let mut in_both: HashSet<Said> = in_both.collect();
    items(base).iter().for_each(|item| _ = in_both.remove(&item.said));
    let is_internal = |item: &&Item| item.audience == Audience::Internal;
    let internal = ours.iter().chain(&theirs).filter(is_internal).map(|item| item.said);
    let internal: HashSet<Said> = internal.filter(|said| in_both.contains(said)).collect();
    if internal.is_empty() {
        return Vec::new();
    }
    let loose = items(&document.incident).into_iter();
    let loose =
        loose.filter(|item| item.audience == Audience::Everyone && internal.contains(&item.said));
    loose.map(|item| item.made_internal(document)).collect()
}

/// Returns an item without its audience: equal for two that differ in nothing else.
pub fn without_audience(item: &Value) -> Value {
    let Value::Map(entries) = item else { return item.clone() };
    let left: Vec<(String, Value)> =
        entries.iter().filter(|(key, _)| key != AUDIENCE).cloned().collect();
    match left.as_slice() {
        [(key, text)] if key == "text" || key == "file" => text.clone(),
        _ => Value::Map(left),
    }
}

/// Returns whether something that an item keeps internal, the item itself or a file of it, is public in another one.
pub fn is_opened(item: &Value, other: &Value) -> bool {
    let is_internal = |item: &Value| item.text_at(AUDIENCE) == Some(INTERNAL);
    let is_public = |closed: &Value| {
        let name = file_name(closed);
        files(other).iter().any(|open| file_name(open) == name && !is_internal(open))
    };
    !is_internal(other)
        && (is_internal(item) || files(item).iter().filter(|file| is_internal(file)).any(is_public))
}

/// Returns an item with everything internal that an earlier state of it keeps internal; `None` if it is.
pub(super) fn closed_again(was: &Value, item: &Value) -> Option<Value> {
    if !is_opened(was, item) {
        return None;
    }
    let internal = (AUDIENCE.to_owned(), Value::text(INTERNAL));
    let is_internal = |item: &Value| item.text_at(AUDIENCE) == Some(INTERNAL);
    let close = |item: &Value, name: &str| match item {
        Value::Map(keys) => {
            let others = keys.iter().filter(|(key, _)| key != AUDIENCE).cloned();
            Value::Map(others.chain([internal.clone()]).collect())
        }
        text => Value::Map(vec![(name.to_owned(), text.clone()), internal.clone()]),
    };
    if is_internal(was) {
        return Some(match (was, item) {
            (Value::Map(_), Value::Scalar(_)) => was.clone(),
            _ => close(item, "text"),
        });
    }
    let closed: Vec<Option<String>> =
        files(was).iter().filter(|file| is_internal(file)).map(file_name).collect();
    let Value::Map(keys) = item else { return None };
    let closed = |(key, value): &(String, Value)| match key == ATTACHMENTS {
        true => {
            let close = |file: Value| match closed.contains(&file_name(&file)) {
                true => close(&file, "file"),
                false => file,
            };
            (key.clone(), Value::List(files(item).into_iter().map(close).collect()))
        }
        false => (key.clone(), value.clone()),
    };
    Some(Value::Map(keys.iter().map(closed).collect()))
}

/// Returns the name of a file, with or without other keys.
fn file_name(entry: &Value) -> Option<String> {
    match entry {
        Value::Scalar(file) => Some(file.clone()),
        entry => entry.text_at("file").map(str::to_owned),
    }
}

/// Returns the files of an event.
fn files(item: &Value) -> Vec<Value> {
    match item.get(ATTACHMENTS) {
        Some(Value::List(files)) => files.clone(),
        lone => Vec::from_iter(lone.cloned()),
    }
}

fn items(incident: &Incident) -> Vec<Item<'_>> {
    let mut all = Vec::new();
    let mut add = |said, audience, (list, index), file| {
        all.push(Item { said, audience, list, index, file });
    };
    for (index, event) in incident.events.iter().enumerate() {
        let at = event.at.map(|at: Moment| at.unix());
        add(Said::Event(at, &event.text), event.audience, ("events", index), None);
        for (file, Attachment { file: name, audience, .. }) in event.attachments.iter().enumerate()
        {
            add(Said::File(name), *audience, ("events", index), Some(file));
        }
    }
    for (index, action) in incident.actions.iter().enumerate() {
        add(Said::Text("actions", &action.text), action.audience, ("actions", index), None);
    }
    let factors = ("contributing_factors", &incident.contributing_factors);
    let [well, badly, lucky, surprised, learned] = incident.lessons.lists();
    let lessons = [
        ("lessons.well", well),
        ("lessons.badly", badly),
        ("lessons.lucky", lucky),
        ("lessons.surprised", surprised),
        ("lessons.learned", learned),
    ];
    for (list, notes) in [factors].into_iter().chain(lessons) {
        for (index, Note { text, audience }) in notes.iter().enumerate() {
            add(Said::Text(list, text), *audience, (list, index), None);
        }
    }
    for (index, section) in incident.sections.iter().enumerate() {
        let said = Said::Section(&section.title, &section.body);
        add(said, section.audience, ("sections", index), None);
    }
    for (index, Attachment { file, audience, .. }) in incident.attachments.iter().enumerate() {
        add(Said::File(file), *audience, (ATTACHMENTS, index), None);
    }
    all
}

impl Item<'_> {
    fn made_internal(&self, document: &Document) -> MadeInternal {
        let (Said::Event(_, text)
        | Said::Text(_, text)
        | Said::Section(text, _)
        | Said::File(text)) = self.said;
        let (path, key, index, list) = match self.file {
            Some(file) => {
                let event = document.items("events").swap_remove(self.index);
                let files = event.get(ATTACHMENTS).cloned();
                (item_path("events", self.index), ATTACHMENTS, file, files)
            }
            None => {
                let (path, key) = list_place(self.list);
                (path, key, self.index, document.value_named(self.list))
            }
        };
        let name = if self.list == ATTACHMENTS || self.file.is_some() { "file" } else { "text" };
        MadeInternal {
            list: self.list,
            index: self.index,
            text: text.trim().lines().next().unwrap_or_default().to_owned(),
            changes: vec![internal((path, key), index, list, name)],
        }
    }
}

/// Returns the change that makes an item of a list internal; a text alone becomes a mapping, in which `name` is its key.
fn internal((path, key): (Path, &str), index: usize, list: Option<Value>, name: &str) -> Change {
    let word = Value::text(INTERNAL);
    let entries = |text: &Value| {
        Value::Map(vec![(name.to_owned(), text.clone()), (AUDIENCE.to_owned(), word.clone())])
    };
    match list {
        Some(text @ Value::Scalar(_)) => Change::set(path, key, Value::List(vec![entries(&text)])),
        Some(Value::List(items)) if matches!(items.get(index), Some(Value::Scalar(_))) => {
            Change::replace(path, key, index, entries(&items[index]))
        }
        _ => {
            let item = path.into_iter().chain([(key.to_owned(), Some(index))]).collect();
            Change::set(item, AUDIENCE, word)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{apply_all, read};
    use super::*;

    /// Makes the items of a record internal that another one calls internal.
    fn with(here: &str, there: &str) -> (String, Vec<String>) {
        let [here, there] = [here, there].map(|text| read(&format!("title: t\n{text}")).unwrap());
        let sides = [&here.incident, &there.incident];
        let made = made_internal(&here, sides, &Incident::default());
        let changes: Vec<Change> = made.iter().flat_map(|made| made.changes.clone()).collect();
        let text = apply_all(&here, &changes).unwrap().0.to_text();
        let texts = made.into_iter().map(|made| made.text).collect();
        (text.strip_prefix("title: t\n").unwrap().to_owned(), texts)
    }

    #[test]
    fn every_kind_of_item_becomes_internal_in_its_own_style() {
        let at = "at: 2024-09-07T18:00Z";
        for (here, there, expected) in [
            (
                format!("events:\n  - {at}\n    text: a # why\n"),
                "events:\n  - {at: 2024-09-07T20:00+02:00, text: a, audience: internal}\n",
                format!("events:\n  - {at}\n    text: a # why\n    audience: internal\n"),
            ),
            (
                format!("events: [{{{at}, text: a, attachments: [f.png, g.png]}}]\n"),
                "attachments: [{file: g.png, audience: internal}]\n",
                format!(
                    "events: [{{{at}, text: a, attachments: [f.png, {{file: g.png, audience: internal}}]}}]\n"
                ),
            ),
            (
                "actions:\n- text: a\n- text: b\n  audience: public\n".to_owned(),
                "actions: [{text: b, audience: internal}]\n",
                "actions:\n- text: a\n- text: b\n  audience: internal\n".to_owned(),
            ),
            (
                "lessons:\n  well:\n  - a # why\n  - 'it''s'   # both\n".to_owned(),
                "lessons: {well: [{text: \"it's\", audience: internal}], badly: [{text: a, audience: internal}]}\n",
                "lessons:\n  well:\n  - a # why\n  - {text: \"it's\", audience: internal}   # both\n"
                    .to_owned(),
            ),
            (
                "contributing_factors: only\n".to_owned(),
                "contributing_factors: [{text: only, audience: internal}]\n",
                "contributing_factors:\n  - {text: only, audience: internal}\n".to_owned(),
            ),
            (
                "sections:\n  - {title: a, body: b}\n  - {title: a, body: c}\n".to_owned(),
                "sections: [{title: a, body: c, audience: internal}]\n",
                "sections:\n  - {title: a, body: b}\n  - {title: a, body: c, audience: internal}\n"
                    .to_owned(),
            ),
        ] {
            let (text, made) = with(&here, there);
            assert_eq!((text, made.len()), (expected, 1), "{here}");
        }
    }

    #[test]
    fn what_only_one_side_says_or_both_say_to_everyone_stays() {
        let event = |minute: u32, more: &str| {
            format!("  - {{at: 2024-09-07T18:{minute:02}Z, text: a{more}}}\n")
        };
        let here = format!("events:\n{}{}", event(0, ""), event(1, ", audience: internal"));
        for there in [
            format!("events:\n{}", event(0, "")),
            format!("events:\n{}", event(2, ", audience: internal")),
            "actions: [{text: a, audience: internal}]\n".to_owned(),
            String::new(),
        ] {
            assert_eq!(with(&here, &there), (here.clone(), Vec::new()), "{there}");
        }
    }

    #[test]
    fn items_are_equal_without_their_audience() {
        let map = |entries: &[(&str, &str)]| {
            let entry = |(key, text): &(&str, &str)| ((*key).to_owned(), Value::text(*text));
            Value::Map(entries.iter().map(entry).collect())
        };
        let both = [("text", "a"), ("by", "k")];
        for (item, expected) in [
            (Value::text("a"), Value::text("a")),
            (map(&[("text", "a"), ("audience", "internal")]), Value::text("a")),
            (map(&[("file", "a"), ("audience", "public")]), Value::text("a")),
            (map(&[("text", "a"), ("audience", "internal"), ("by", "k")]), map(&both)),
            (map(&[("title", "a"), ("audience", "internal")]), map(&[("title", "a")])),
        ] {
            assert_eq!(without_audience(&item), expected);
        }
    }
}
