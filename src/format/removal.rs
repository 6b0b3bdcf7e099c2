//! Removes texts from a record and its journal for good: a placeholder replaces them, and all else stays as written.

use std::ops::Range;

use crate::model::REMOVED;
use crate::yaml::tree::{Content, Node};
use crate::yaml::{Value, quoted};

use super::document::{Document, read};
use super::keys::is_known;

/// Finds the ranges to be removed from a text.
pub type Find<'f> = dyn Fn(&str) -> Vec<Range<usize>> + 'f;

/// A text after removal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removed {
    /// The text.
    pub text: String,
    /// How many ranges were removed.
    pub places: usize,
}

/// The record could not be read after removal, or would change in other ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Needed;

/// What to remove: from complete texts, and from fragments of YAML in the journal, whose context may be missing.
#[derive(Clone, Copy)]
pub struct Removal<'f> {
    /// Finds ranges in a complete text.
    pub of_texts: &'f Find<'f>,
    /// Finds ranges in a fragment of YAML.
    pub of_pieces: &'f Find<'f>,
}

impl Removal<'_> {
    /// Returns a text after removal; `None` if there is nothing to remove.
    pub fn of_text(&self, text: &str) -> Option<Removed> {
        without(text, &(self.of_texts)(text))
    }

    /// Returns a record's text after removal; `None` if there is nothing to remove. Keys of the format are not matched;
    /// an unreadable record is treated as plain text.
    ///
    /// # Errors
    /// The record could not be read after removal, or would change in other ways.
    pub fn of_record(&self, text: &str) -> Result<Option<Removed>, Needed> {
        let Ok(document) = read(text) else { return Ok(self.of_text(text)) };
        let work = Work::of(&document, self.of_texts);
        if work.places == 0 {
            return Ok(None);
        }
        [false, true]
            .into_iter()
            .find_map(|anew| work.done(&document, self.of_texts, anew))
            .map(Some)
            .ok_or(Needed)
    }

    /// Returns a journal's lines after removal; `None` if there is nothing to remove. A line that a crash cut off is
    /// treated as plain text.
    pub fn of_journal(&self, journal: &str) -> Option<Removed> {
        let mut removed = Removed { text: String::with_capacity(journal.len()), places: 0 };
        for line in journal.split_inclusive('\n') {
            let places = removed.places;
            match serde_json::from_str::<serde_json::Value>(line) {
                Ok(mut value) => {
                    removed.places += self.of_json(&mut value, "");
                    if removed.places > places {
                        removed.text.push_str(&format!("{value}\n"));
                    }
                }
                Err(_) => {
                    if let Some(torn) = self.of_text(line) {
                        removed.places += torn.places;
                        removed.text.push_str(&torn.text);
                    }
                }
            }
            if removed.places == places {
                removed.text.push_str(line);
            }
        }
        (removed.places > 0).then_some(removed)
    }

    /// Removes the ranges from the texts of a value, and returns how many.
    fn of_json(&self, value: &mut serde_json::Value, key: &str) -> usize {
        use serde_json::Value;
        match value {
            Value::String(text) => {
                let find = match key {
                    "id" | "on" | "verb" | "about" => return 0,
                    "list" | "next" if is_known(text) => return 0,
                    "removed" | "inserted" | "own" => self.of_pieces,
                    _ => self.of_texts,
                };
                let removed = without(text, &find(text));
                removed.map_or(0, |removed| {
                    *text = removed.text;
                    removed.places
                })
            }
            Value::Array(items) => {
                // A pair of key and value: a key of the format stays.
                let known = matches!(items.as_slice(), [Value::String(key), value]
                    if is_known(key) && !value.is_string());
                let items = items.iter_mut().skip(usize::from(known));
                items.map(|item| self.of_json(item, key)).sum()
            }
            Value::Object(entries) => {
                entries.iter_mut().map(|(key, value)| self.of_json(value, key)).sum()
            }
            _ => 0,
        }
    }
}

/// Returns a text with the placeholder in those ranges; `None` if there are none.
fn without(text: &str, places: &[Range<usize>]) -> Option<Removed> {
    let (mut removed, mut at) = (String::with_capacity(text.len()), 0);
    let mut count = 0;
    for place in places.iter().filter(|place| !place.is_empty()) {
        if place.start >= at {
            removed.push_str(&text[at..place.start]);
            removed.push_str(REMOVED);
            count += 1;
        }
        at = at.max(place.end);
    }
    removed.push_str(&text[at..]);
    (count > 0).then_some(Removed { text: removed, places: count })
}

/// A scalar of a record.
struct Scalar<'t> {
    span: Range<usize>,
    says: &'t str,
    is_key: bool,
}

impl Scalar<'_> {
    /// Returns whether it is a key of the format, which stays.
    fn stays(&self) -> bool {
        self.is_key && is_known(self.says)
    }
}

/// A scalar from which something is removed.
struct Change {
    /// The scalar's index in the record.
    number: usize,
    span: Range<usize>,
    /// Its new value.
    says: String,
    /// The ranges in the file's text, as far as they are known.
    places: Vec<Range<usize>>,
}

/// The changes to be made to the text of a record.
struct Work {
    changes: Vec<Change>,
    /// Ranges to be removed outside of scalars: comments.
    outside: Vec<Range<usize>>,
    places: usize,
}

impl Work {
    fn of(document: &Document, find: &Find) -> Work {
        let text = document.text();
        let tree = document.tree();
        let mut all = Vec::new();
        scalars(&tree, &mut all);
        let mut work = Work { changes: Vec::new(), outside: Vec::new(), places: 0 };
        for (number, scalar) in all.iter().enumerate().filter(|(_, scalar)| !scalar.stays()) {
            if let Some(removed) = without(scalar.says, &find(scalar.says)) {
                work.places += removed.places;
                work.change(number, scalar, removed.text);
            }
        }
        // An empty value has no range.
        let written: Vec<usize> = (0..all.len()).filter(|at| !all[*at].span.is_empty()).collect();
        for place in find(text) {
            let from = written.partition_point(|at| all[*at].span.end <= place.start);
            let touched = written[from..].iter().copied();
            let touched: Vec<usize> =
                touched.take_while(|at| all[*at].span.start < place.end).collect();
            match touched.as_slice() {
                [] => {
                    work.outside.push(place);
                    work.places += 1;
                }
                [one] if holds(&all[*one].span, &place) => {
                    work.take_written(*one, &all[*one], &text[place.clone()], place);
                }
                // The range spans several scalars, a key and its value: the value is removed.
                several => work.take_whole(&all, several),
            }
        }
        work.changes.sort_by_key(|change| change.number);
        work
    }

    fn change(&mut self, number: usize, scalar: &Scalar, says: String) {
        let span = scalar.span.clone();
        self.changes.push(Change { number, span, says, places: Vec::new() });
    }

    /// Removes a range of the source within one scalar, if it spells the text to be removed.
    fn take_written(&mut self, number: usize, scalar: &Scalar, written: &str, place: Range<usize>) {
        let known = self.changes.iter().position(|change| change.number == number);
        if known.is_none() && scalar.says.contains(written) && !scalar.stays() {
            self.places += 1;
            self.change(number, scalar, scalar.says.replace(written, REMOVED));
        }
        let known = known.or(self.changes.len().checked_sub(1));
        let change = known.and_then(|at| self.changes.get_mut(at));
        if let Some(change) = change.filter(|change| change.number == number) {
            change.places.push(place);
        }
    }

    fn take_whole(&mut self, all: &[Scalar], several: &[usize]) {
        let values = several.iter().copied().filter(|number| !all[*number].is_key);
        let values: Vec<usize> = values.collect();
        let keys = several.iter().copied().filter(|number| !all[*number].stays());
        let gone: Vec<usize> = if values.is_empty() { keys.collect() } else { values };
        for number in gone.into_iter().filter(|number| all[*number].says != REMOVED) {
            if self.changes.iter().all(|change| change.number != number) {
                self.places += 1;
                self.change(number, &all[number], REMOVED.to_owned());
            }
        }
    }

    /// Returns the record's text after removal, if all else is unchanged; with `anew`, each changed scalar is rewritten
    /// in quotes.
    fn done(&self, document: &Document, find: &Find, anew: bool) -> Option<Removed> {
        let text = document.text();
        let mark = |place: &Range<usize>| (place.clone(), REMOVED.to_owned());
        let inside = self.changes.iter().flat_map(|change| match change.places.as_slice() {
            places if !anew && !places.is_empty() => places.iter().map(mark).collect(),
            _ if !anew && change.says == REMOVED => vec![mark(&whole_scalar(text, &change.span))],
            _ => vec![(whole_scalar(text, &change.span), quoted(&change.says))],
        });
        let mut patches: Vec<(Range<usize>, String)> =
            inside.chain(self.outside.iter().map(mark)).collect();
        patches.sort_by_key(|(place, _)| place.start);
        let (mut changed, mut at) = (String::with_capacity(text.len()), 0);
        for (place, inserted) in &patches {
            changed.push_str(text.get(at..place.start)?);
            changed.push_str(inserted);
            at = place.end;
        }
        changed.push_str(&text[at..]);
        let mut after = read(&changed).ok()?;
        after.bom = document.bom;
        let gone = Work::of(&after, find).places == 0;
        let same = gone && Value::of(&after.tree()) == self.expected(&document.tree(), &mut 0);
        same.then(|| Removed { text: after.to_text(), places: self.places })
    }

    /// Returns the new value of a scalar, if it is to change.
    fn says(&self, number: &mut usize) -> Option<String> {
        let at = self.changes.binary_search_by_key(number, |change| change.number);
        *number += 1;
        at.ok().map(|at| self.changes[at].says.clone())
    }

    /// Returns the expected value of the record, scalar by scalar.
    fn expected(&self, node: &Node, number: &mut usize) -> Value {
        match &node.value {
            Content::Scalar { text, .. } => {
                let says = self.says(number);
                match node.is_null() {
                    true => Value::Null,
                    false => Value::Scalar(says.unwrap_or_else(|| text.to_string())),
                }
            }
            Content::List { items, .. } => {
                Value::List(items.iter().map(|item| self.expected(item, number)).collect())
            }
            Content::Map { entries, .. } => {
                let mut all = Vec::new();
                for entry in entries {
                    let key = self.says(number).unwrap_or_else(|| entry.key.to_string());
                    all.push((key, self.expected(&entry.value, number)));
                }
                Value::Map(all)
            }
        }
    }
}

fn holds(outer: &Range<usize>, inner: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

/// Collects the scalars of a tree, in the order of the text.
fn scalars<'n>(node: &'n Node, all: &mut Vec<Scalar<'n>>) {
    match &node.value {
        Content::Scalar { text, .. } => {
            all.push(Scalar { span: node.span.clone(), says: text, is_key: false });
        }
        Content::List { items, .. } => items.iter().for_each(|item| scalars(item, all)),
        Content::Map { entries, .. } => {
            for entry in entries {
                let (span, says) = (entry.key_span.clone(), &*entry.key);
                all.push(Scalar { span, says, is_key: true });
                scalars(&entry.value, all);
            }
        }
    }
}

/// Returns the range of a whole scalar, with the header of a block on the line above.
fn whole_scalar(text: &str, span: &Range<usize>) -> Range<usize> {
    let before = text[..span.start].trim_end_matches([' ', '\n', '\r', '\t']);
    let line = before.rfind('\n').map_or(0, |end| end + 1);
    let header = before[line..].rfind([':', '-', '?']).map_or(line, |at| line + at + 1);
    let is_block = before[header..].trim_start().starts_with(['|', '>']);
    let start = header + before[header..].len() - before[header..].trim_start().len();
    if is_block && text[before.len()..span.start].contains('\n') {
        start..span.end
    } else {
        span.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::super::spelled::Spelled;
    use super::*;

    const HEAD: &str = "title: x # a comment\ntimezone: Asia/Seoul\n";

    fn removed(text: &str, wanted: &str) -> Result<Option<Removed>, Needed> {
        let wanted = Spelled::new(wanted);
        let find = |text: &str| wanted.places(text);
        Removal { of_texts: &find, of_pieces: &find }.of_record(text)
    }

    #[test]
    fn the_removal_mark_replaces_the_text_and_nothing_else_changes() {
        for (wanted, before, after) in [
            ("hunter2", "summary: hunter2  # mine\n", "summary: (removed)  # mine\n"),
            ("hunter2", "summary: 'it''s hunter2'\n", "summary: 'it''s (removed)'\n"),
            ("it's", "summary: 'it''s hunter2'\n", "summary: '(removed) hunter2'\n"),
            ("a\"b", "summary: \"a\\\"b c\"\n", "summary: \"(removed) c\"\n"),
            (
                "hunter2",
                "# hunter2\nsummary: x # pw hunter2\n",
                "# (removed)\nsummary: x # pw (removed)\n",
            ),
            ("hunter2", "tags: [a, hunter2]\n", "tags: [a, (removed)]\n"),
            ("hunter2", "mine: {hunter2: hunter2}\n", "mine: {(removed): (removed)}\n"),
            ("two words", "summary: >-\n  one two\n  words\n", "summary: >-\n  one (removed)\n"),
            ("two words", "summary: one two\n  words\n", "summary: one (removed)\n"),
            ("hunter2", "summary: |\n  a\n  hunter2\n  b\n", "summary: |\n  a\n  (removed)\n  b\n"),
            ("password: hunter2", "password: hunter2\n", "password: (removed)\n"),
            ("가나다", "summary: \"\\uac00나다\"\n", "summary: \"(removed)\"\n"),
            ("summary", "summary: the summary\n", "summary: the (removed)\n"),
            ("hunter2: x", "summary: \"hunter2: x\"\n", "summary: \"(removed)\"\n"),
        ] {
            let text = format!("{HEAD}{before}");
            let done = removed(&text, wanted).unwrap().unwrap();
            assert_eq!(done.text, format!("{HEAD}{after}"), "{wanted}");
            assert_eq!(removed(&done.text, wanted), Ok(None), "{wanted}");
            let again = removed(&format!("\u{feff}{text}"), wanted).unwrap().unwrap();
            assert_eq!(again.text, format!("\u{feff}{}", done.text));
        }
        assert_eq!(removed(HEAD, "hunter2"), Ok(None));
        let broken = "title: [hunter2\n";
        assert_eq!(removed(broken, "hunter2").unwrap().unwrap().text, "title: [(removed)\n");
    }

    #[test]
    fn what_the_record_could_not_do_without_is_refused() {
        for (wanted, text) in [
            ("2024-09", "events:\n  - at: 2024-09-07T18:00+09:00\n    text: x\n"),
            ("timezone: Asia", ""),
        ] {
            assert_eq!(removed(&format!("{HEAD}{text}"), wanted), Err(Needed), "{wanted}");
        }
    }

    #[test]
    fn a_journal_loses_nothing_but_the_text() {
        let journal = concat!(
            r#"{"id":"1","on":"2024","verb":"log","effects":[{"list":"events","after":{"map":[["text",{"scalar":"pw \"hunter2\""}],["hunter2",{"scalar":"x"}]]}}],"splices":[{"at":1,"removed":"","inserted":"text: \"hunter\\\n2 hunter2\"\n"}],"after":18446744073709551615}"#,
            "\n",
            r#"{"id":"2","on":"2024","verb":"log","effects":[],"after":3}"#,
            "\n{\"torn\": \"hunter2",
        );
        let wanted = Spelled::new("hunter2");
        let find = |text: &str| wanted.places(text);
        let removal = Removal { of_texts: &find, of_pieces: &find };
        let done = removal.of_journal(journal).unwrap();
        assert_eq!(done.places, 5);
        assert!(!done.text.contains("hunter"), "{}", done.text);
        assert!(done.text.contains("18446744073709551615") && done.text.ends_with("(removed)"));
        assert_eq!(done.text.lines().nth(1), journal.lines().nth(1));
        assert_eq!(removal.of_journal(&done.text), None);
        // Lines of the record are read as YAML, as the pieces of its text are.
        let kept = r#"{"id":"3","on":"2024","verb":"amend","effects":[],"own":["- {x: \"hunter\\\n  2\"}\n"],"after":3}"#;
        let removal = Removal { of_texts: &|_: &str| Vec::new(), of_pieces: &find };
        let done = removal.of_journal(kept).unwrap();
        assert_eq!((done.places, done.text.contains("hunter")), (1, false), "{}", done.text);
        let word = Spelled::new("text");
        let find = |text: &str| word.places(text);
        let done =
            Removal { of_texts: &find, of_pieces: &|_: &str| Vec::new() }.of_journal(journal);
        assert_eq!(done, None, "keys of the format stay");
        let verb = Spelled::new("log");
        let find = |text: &str| verb.places(text);
        let removal = Removal { of_texts: &find, of_pieces: &find };
        assert_eq!(removal.of_journal(journal), None, "what the journal says itself stays");
    }
}
