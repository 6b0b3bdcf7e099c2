//! The lists of a record whose entries are tracked one by one.

use crate::yaml::line_start;
use crate::yaml::style::{after_line, item_style};
use crate::yaml::tree::Node;
use crate::yaml::{OwnLines, Path, Value, item_of, key_of};

use super::document::Document;

/// The lists whose entries the journal tracks; those under `lessons` have it as prefix.
pub const LISTS: &[&str] = &[
    "plan",
    "events",
    "actions",
    "contributing_factors",
    "lessons.well",
    "lessons.badly",
    "lessons.lucky",
    "lessons.surprised",
    "lessons.learned",
    "sections",
    ATTACHMENTS,
];
/// The list of files of the whole record, and the key of an event's own.
pub const ATTACHMENTS: &str = "attachments";
/// The mapping that contains lists.
const LESSONS: &str = "lessons";

/// Returns the mapping that contains a list or a value, and its key there.
pub fn list_place(list: &str) -> (Path, &str) {
    match in_lessons(list) {
        Some(key) => (vec![(LESSONS.to_owned(), None)], key),
        None => (Vec::new(), list),
    }
}

/// Returns the path to an item of a list.
pub fn item_path(list: &str, index: usize) -> Path {
    let (mut path, key) = list_place(list);
    path.push((key.to_owned(), Some(index)));
    path
}

fn in_lessons(list: &str) -> Option<&str> {
    list.strip_prefix(LESSONS)?.strip_prefix('.')
}

/// Returns the node of a list or of a value.
fn node<'n, 't>(tree: &'n Node<'t>, list: &str) -> Option<&'n Node<'t>> {
    let holder = match in_lessons(list) {
        Some(_) => &tree.entry(LESSONS)?.value,
        None => tree,
    };
    holder.entry(in_lessons(list).unwrap_or(list)).map(|entry| &entry.value)
}

/// Returns the items of a list; a scalar counts as one.
pub(super) fn items<'n, 't>(tree: &'n Node<'t>, list: &str) -> &'n [Node<'t>] {
    match node(tree, list) {
        None => &[],
        Some(text) if !text.is_null() && Value::of(text).is_text() => std::slice::from_ref(text),
        Some(list) => list.items(),
    }
}

/// Returns the names of all other values in the record, in the order written.
pub(super) fn others(tree: &Node) -> Vec<String> {
    let lessons = tree.entry(LESSONS).map_or(&[][..], |entry| entry.value.entries());
    let lessons = lessons.iter().map(|entry| format!("{LESSONS}.{}", entry.key));
    let keys = tree.entries().iter().map(|entry| entry.key.to_string());
    let keys = keys.filter(|key| key != LESSONS).chain(lessons);
    keys.filter(|key| !LISTS.contains(&key.as_str())).collect()
}

/// Returns the value at that name.
pub(super) fn value_in(tree: &Node, name: &str) -> Option<Value> {
    node(tree, name).map(Value::of)
}

impl Document {
    /// Returns the items of one of the record's lists.
    pub fn items(&self, list: &str) -> Vec<Value> {
        items(&self.tree(), list).iter().map(Value::of).collect()
    }

    /// Returns the value of a key, or of one of its lessons.
    pub fn value_named(&self, name: &str) -> Option<Value> {
        value_in(&self.tree(), name)
    }

    /// Returns the keys that follow a key of the record, or one of its lessons, in its mapping.
    pub(super) fn keys_below(&self, name: &str) -> Vec<String> {
        let (holder, key) = list_place(name);
        let tree = self.tree();
        let map = holder.iter().try_fold(&tree, |map, (key, _)| Some(&map.entry(key)?.value));
        let keys = map.map_or(&[][..], Node::entries).iter().map(|entry| entry.key.to_string());
        keys.skip_while(|other| other != key).skip(1).collect()
    }

    /// Returns these items of a list in their own lines, with the comments that belong to them; `above` adds those right
    /// above. `None` for one that has no lines of its own and cannot be given any.
    pub fn own_items(&self, list: &str, wanted: &[usize], above: bool) -> Vec<Option<OwnLines>> {
        let (holder, key) = list_place(list);
        self.own_text().items(&holder, key, wanted, above)
    }

    /// Returns a key of the record, or of its lessons, in its own lines, with the comments that belong to it.
    pub fn own_key(&self, name: &str) -> Option<OwnLines> {
        let (holder, key) = list_place(name);
        self.own_text().key(&holder, key, true)
    }

    /// Returns the text with its tree, from which many lines can be taken.
    pub fn own_text(&self) -> OwnText<'_> {
        OwnText { text: &self.text, tree: self.tree() }
    }

    /// Returns the column of the dashes of a list of the record; `None` if it has no lines.
    pub fn list_column(&self, list: &str) -> Option<usize> {
        let tree = self.tree();
        let list = &tree.entry(list)?.value;
        let style = item_style(&self.text, list).filter(|_| !list.is_flow());
        style.map(|style| style.dash)
    }
}

/// A record's text, read once, from which entries and keys are taken in their own lines.
pub struct OwnText<'d> {
    text: &'d str,
    tree: Node<'d>,
}

impl OwnText<'_> {
    /// Returns these items of a list in the mapping at that path, with the comments that belong to them; `above` adds
    /// those directly above. `None` for one that has no lines of its own and cannot be given any.
    pub fn items(
        &self,
        path: &Path,
        key: &str,
        wanted: &[usize],
        above: bool,
    ) -> Vec<Option<OwnLines>> {
        let entry = self.mapping(path).and_then(|(map, _)| map.entry(key));
        let own = |index: &usize| {
            let entry = entry?;
            let floor = after_line(self.text, entry.key_span.end);
            item_of(self.text, &entry.value, floor, *index, above)
        };
        wanted.iter().map(own).collect()
    }

    /// Returns a key of the mapping at that path, with the comments that belong to it; `above` adds those directly above.
    /// `None` if it has no lines of its own and cannot be given any.
    pub fn key(&self, path: &Path, key: &str, above: bool) -> Option<OwnLines> {
        let (map, floor) = self.mapping(path)?;
        let place = map.entries().iter().position(|entry| entry.key == key)?;
        key_of(self.text, map, floor, place, above)
    }

    /// Whether a key of the mapping at that path has items in brackets.
    pub(super) fn is_in_brackets(&self, path: &Path, key: &str) -> bool {
        let entry = self.mapping(path).and_then(|(map, _)| map.entry(key));
        entry.is_some_and(|entry| entry.value.is_flow() && !entry.value.items().is_empty())
    }

    /// Returns the value of a key of the mapping at that path.
    pub fn value(&self, path: &Path, key: &str) -> Option<Value> {
        let (map, _) = self.mapping(path)?;
        map.entry(key).map(|entry| Value::of(&entry.value))
    }

    /// Returns the mapping at a path, and where its lines begin.
    fn mapping(&self, path: &Path) -> Option<(&Node<'_>, usize)> {
        path.iter().try_fold((&self.tree, 0), |(map, _), (key, index)| {
            let entry = map.entry(key)?;
            Some(match index {
                Some(index) => {
                    let item = entry.value.items().get(*index)?;
                    (item, line_start(self.text, item.span.start))
                }
                None => (&entry.value, after_line(self.text, entry.key_span.end)),
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::read;

    const RECORD: &str = "\
title: t
tags: [a]
plan:
lessons:
  well: went well
  badly: [a, b]
contributing_factors: one
attachments: [a.png, {file: b.png}]
";

    #[test]
    fn lists_have_items_wherever_they_are() {
        let document = read(RECORD).unwrap();
        for (list, count) in [
            ("plan", 0),
            ("events", 0),
            ("lessons.well", 1),
            ("lessons.badly", 2),
            ("lessons.lucky", 0),
            ("contributing_factors", 1),
            ("attachments", 2),
        ] {
            assert_eq!(document.items(list).len(), count, "{list}");
        }
        assert_eq!(document.items("lessons.well"), [Value::text("went well")]);
        assert_eq!(others(&document.tree()), ["title", "tags"]);
        assert_eq!(document.value_named("title"), Some(Value::text("t")));
        assert_eq!(document.value_named("kind"), None);
        assert_eq!(
            item_path("lessons.badly", 1),
            [("lessons".to_owned(), None), ("badly".to_owned(), Some(1))]
        );
        assert_eq!(list_place("events"), (Vec::new(), "events"));
    }
}
