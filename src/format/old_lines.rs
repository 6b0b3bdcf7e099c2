//! Lines that the journal keeps of what a change removed or changed, so that undoing the change restores it as it was
//! written.

use std::cell::OnceCell;
use std::collections::HashMap;

use crate::yaml::{Change, KeyEdit, OwnLines, Value, comments};

use super::document::Document;
use super::edit_all::apply_all;
use super::journal::{Effect, Journal, JournalEntry};
use super::keys::is_known;
use super::lists::{LISTS, OwnText, item_path, list_place};

/// Returns the lines of the items and keys that a change removed or changed, as they were before it, and of those with
/// unknown keys as they are after it. Comments above what was removed are left out if the record still has them.
pub fn own_lines(before: &Document, after: &Document, effects: &[Effect]) -> Vec<String> {
    let gone = effects.iter().filter_map(|effect| {
        let value = effect.before.as_ref()?;
        Some(Wanted { list: &effect.list, value, goes: effect.after.is_none() })
    });
    let came = effects.iter().filter_map(|effect| {
        let value = effect.after.as_ref().filter(|value| has_own_keys(&effect.list, value))?;
        Some(Wanted { list: &effect.list, value, goes: false })
    });
    let comments = CommentCounts { before, after, counts: OnceCell::new() };
    let gone = lines_of(before, &gone.collect::<Vec<_>>()).into_iter();
    let gone = gone.map(|(own, goes)| if goes { comments.only_gone(&own) } else { own });
    let came = lines_of(after, &came.collect::<Vec<_>>()).into_iter().map(|(own, _)| own);
    gone.chain(came).map(|own| own.lines().to_owned()).collect()
}

/// Returns the keys that follow each key of the record that a change removed.
pub fn keys_below(before: &Document, effects: &[Effect]) -> Vec<(String, Vec<String>)> {
    let gone = effects.iter().filter(|effect| effect.after.is_none());
    let gone = gone.filter(|effect| !LISTS.contains(&effect.list.as_str()));
    gone.map(|effect| (effect.list.clone(), before.keys_below(&effect.list))).collect()
}

/// A value whose lines are wanted.
struct Wanted<'e> {
    /// The list of the item, or the key.
    list: &'e str,
    value: &'e Value,
    /// Whether it was removed, maybe with the comments above it.
    goes: bool,
}

/// Returns the lines of these values, except for those that have none, each with whether it was removed.
fn lines_of(document: &Document, wanted: &[Wanted]) -> Vec<(OwnLines, bool)> {
    if wanted.is_empty() {
        return Vec::new();
    }
    let text = document.own_text();
    let mut lines = Vec::new();
    for list in LISTS {
        let of_list: Vec<&Wanted> = wanted.iter().filter(|wanted| wanted.list == *list).collect();
        if of_list.is_empty() {
            continue;
        }
        let (path, key) = list_place(list);
        let places = places(&document.items(list), of_list.iter().map(|wanted| wanted.value));
        for (Wanted { goes, .. }, place) in of_list.into_iter().zip(places) {
            let own = place.and_then(|place| text.items(&path, key, &[place], *goes).pop()?);
            lines.extend(own.map(|own| (own, *goes)));
        }
    }
    for Wanted { list, goes, .. } in wanted.iter().filter(|wanted| !LISTS.contains(&wanted.list)) {
        let (path, key) = list_place(list);
        lines.extend(text.key(&path, key, *goes).map(|own| (own, *goes)));
    }
    lines
}

/// Returns the places of these items in a list; they are usually in its order.
fn places<'v>(items: &[Value], wanted: impl Iterator<Item = &'v Value>) -> Vec<Option<usize>> {
    let (mut taken, mut next) = (vec![false; items.len()], 0);
    let place = |item: &Value| {
        let mut all = (next..items.len()).chain(0..next);
        let place = all.find(|place| !taken[*place] && items[*place] == *item)?;
        taken[place] = true;
        next = place + 1;
        Some(place)
    };
    wanted.map(place).collect()
}

/// Whether a key is unknown, or its value or an item of its list has unknown keys.
fn has_own_keys(name: &str, value: &Value) -> bool {
    let is_own = |name: &str| !is_known(name.rsplit('.').next().unwrap_or(name));
    match value {
        _ if is_own(name) => true,
        Value::Map(entries) => entries.iter().any(|(key, _)| is_own(key)),
        _ => false,
    }
}

/// How often each comment is in a record before and after a change.
struct CommentCounts<'d> {
    before: &'d Document,
    after: &'d Document,
    counts: OnceCell<[Counts; 2]>,
}

/// How often each comment is in a text.
type Counts = HashMap<String, usize>;

impl CommentCounts<'_> {
    /// Returns the lines without comments around them that the record still has.
    fn only_gone(&self, own: &OwnLines) -> OwnLines {
        let both = || [counts(self.before.text()), counts(self.after.text())];
        let stays = |comment: &str| {
            let [before, after] = self.counts.get_or_init(both);
            after.get(comment) >= before.get(comment)
        };
        own.without_comments(stays)
    }
}

fn counts(text: &str) -> Counts {
    let mut counts = Counts::new();
    for comment in comments(text) {
        *counts.entry(comment.trim().to_owned()).or_default() += 1;
    }
    counts
}

/// Lines that the journal kept of items and keys; each is restored once.
#[derive(Debug, Clone, Default)]
pub struct OldLines {
    all: Vec<Option<OwnLines>>,
    /// The keys that followed a key that was removed.
    below: Vec<(String, Vec<String>)>,
    /// Where to search for the next one: changes are usually in their order.
    next: usize,
}

impl OldLines {
    /// Returns those of these changes; the first that has a value decides how it was written.
    pub fn of<'e>(entries: impl IntoIterator<Item = &'e JournalEntry>) -> OldLines {
        let mut old = OldLines::default();
        for entry in entries {
            old.all.extend(entry.own.iter().map(|lines| OwnLines::read(lines)));
            old.below.extend(entry.next.iter().cloned());
        }
        old
    }

    /// Returns the keys that followed a key of the record when it was removed.
    pub fn keys_below(&self, name: &str) -> Vec<String> {
        let below = self.below.iter().find(|(key, _)| key == name);
        below.map(|(_, below)| below.clone()).unwrap_or_default()
    }

    /// Returns the lines of the value that an effect restores.
    pub fn take(&mut self, effect: &Effect) -> Option<OwnLines> {
        let value = effect.after.as_ref()?;
        match LISTS.contains(&effect.list.as_str()) {
            true => self.take_if(|own| own.value() == value && own.is_item()),
            false => {
                let (_, key) = list_place(&effect.list);
                let is_it = |own: &OwnLines| !own.is_item() && own.key(&[], key).is_some();
                self.take_if(|own| own.value() == value && is_it(own))
            }
        }
    }

    fn take_if(&mut self, is_it: impl Fn(&OwnLines) -> bool) -> Option<OwnLines> {
        let mut places = (self.next..self.all.len()).chain(0..self.next);
        let place = places.find(|place| self.all[*place].as_ref().is_some_and(&is_it))?;
        self.next = place + 1;
        self.all[place].take()
    }
}

/// Returns the change that writes the same value in its own lines, which are those of an item or key of that list;
/// `None` if they have another value, or if a comment beside the value now would be lost.
pub fn as_written(text: &OwnText, list: &str, change: &Change, own: &OwnLines) -> Option<Change> {
    let Change { at, key, edit, .. } = change;
    let edit = match edit {
        KeyEdit::Insert(index, item) if own.value() == item && own.is_item() => {
            let in_brackets = text.is_in_brackets(at, key);
            KeyEdit::InsertOwn(*index, if in_brackets { own.bare().ok()? } else { own.clone() })
        }
        KeyEdit::Set(value) => {
            let own = own_key(list, change, own).filter(|own| own.value() == value)?;
            let kept = own.comments();
            let loses_none = |now: OwnLines| now.comments().iter().all(|it| kept.contains(it));
            match text.value(at, key) {
                Some(_) if loses_none(text.key(at, key, false)?) => KeyEdit::SetOwn(own),
                Some(_) => return None,
                None => KeyEdit::AddOwn(own),
            }
        }
        _ => return None,
    };
    Some(Change { edit, ..change.clone() })
}

/// Returns the key that a change sets, in its own lines: these, or some of those of its item.
fn own_key(list: &str, Change { at, key, .. }: &Change, own: &OwnLines) -> Option<OwnLines> {
    if !own.is_item() {
        return own.key(&[], key);
    }
    let (_, place) = at.get(list_place(list).0.len())?;
    let inner = at.strip_prefix(&*item_path(list, (*place)?))?;
    let inner: Vec<&str> = inner.iter().map(|(key, _)| &**key).collect();
    own.key(&inner, key)
}

/// Returns the changes with items in these lines, or in those that the journal kept of them last, if they can be written
/// so.
pub fn in_own_lines(
    journal: &Journal,
    document: &Document,
    changes: Vec<Change>,
    lines: Vec<OwnLines>,
) -> Vec<Change> {
    let is_kept = |entry: &JournalEntry| !entry.own.is_empty();
    if changes.is_empty() || lines.is_empty() && !journal.entries().iter().any(is_kept) {
        return changes;
    }
    let text = document.own_text();
    let mut old = OldLines::of(journal.entries().iter().rev());
    old.all.splice(0..0, lines.into_iter().map(Some));
    let written = |change: &Change| {
        let KeyEdit::Insert(_, item) = &change.edit else { return change.clone() };
        old.next = 0;
        let own = old.take_if(|own| own.value() == item && own.is_item());
        let written = own.and_then(|own| as_written(&text, &change.key, change, &own));
        written.unwrap_or_else(|| change.clone())
    };
    let written: Vec<Change> = changes.iter().map(written).collect();
    if apply_all(document, &written).is_ok() { written } else { changes }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::{effects, read};

    #[test]
    fn only_what_goes_is_kept_with_the_comments_that_go() {
        let head = "title: t\ntimezone: Asia/Seoul\n";
        let two = "events:\n# above\n- at: 2024-09-07 11:00 # mine\n  text: a\n  by: 'K'\n  # own\n# next\n- {at: 2024-09-07 12:00, text: b}\n";
        let b = "events:\n- {at: 2024-09-07 12:00, text: b}\n";
        let item = "- at: 2024-09-07 11:00 # mine\n  text: a\n  by: 'K'\n  # own\n";
        let with_above = format!("# above\n{item}");
        for (before, after, expected) in [
            (two, "events:\n# above\n# next\n- {at: 2024-09-07 12:00, text: b}\n", &[item][..]),
            (two, b, &[with_above.as_str()]),
            (two, &two.replace("by: 'K'", "by: L"), &[item]),
            (b, two, &[]),
            (b, b, &[]),
            ("# why\ntags: [ a ] # c\n", "# why\n", &["tags: [ a ] # c\n"]),
            ("# why\ntags: [ a ] # c\n", "", &["# why\ntags: [ a ] # c\n"]),
            ("kind: 'a'\n", "kind: b\n", &["kind: 'a'\n"]),
            ("kind: 'a'\n", "kind: 'a' # c\n", &[]),
            ("lessons:\n  well:\n    - 'a'\n", "", &["- 'a'\n"]),
            ("x-k: 5\n", "x-k: 6\n", &["x-k: 5\n", "x-k: 6\n"]),
        ] {
            let [before, after] =
                [before, after].map(|text| read(&format!("{head}{text}")).unwrap());
            let lines = own_lines(&before, &after, &effects(&before, &after));
            let lines: Vec<&str> =
                lines.iter().map(|lines| lines.trim_start_matches(' ')).collect();
            assert_eq!(lines, expected, "{}{}", before.text(), after.text());
        }
    }

    /// Lines are those of an item or of a key of that name, and are restored once.
    #[test]
    fn lines_are_taken_for_what_they_are_lines_of() {
        let line = r#"{"id": "1", "on": "", "verb": "edit", "effects": [], "own": ["kind: 'a'", "- 'a'", "version: 'a' # v", "- 'a' # two"], "next": [["kind", ["version"]]]}"#;
        let journal = Journal::read(line);
        let mut old = OldLines::of(journal.entries());
        for (list, value, lines) in [
            ("version", "b", None),
            ("version", "a", Some("version: 'a' # v\n")),
            ("lessons.well", "a", Some("- 'a' # two\n")),
            ("lessons.well", "a", Some("- 'a'\n")),
            ("lessons.well", "a", None),
            ("severity", "a", None),
            ("kind", "a", Some("kind: 'a'\n")),
        ] {
            let effect =
                Effect { list: list.to_owned(), before: None, after: Some(Value::text(value)) };
            let taken = old.take(&effect);
            assert_eq!(taken.as_ref().map(OwnLines::lines), lines, "{list}");
        }
        assert_eq!(old.keys_below("kind"), ["version"]);
        assert_eq!(old.keys_below("version"), [""; 0]);
    }
}
