//! A record's text together with its parsed content.

use std::ops::Range;

use crate::fault::{ContentFault, Problem, in_content};
use crate::model::Incident;
use crate::yaml::line_start;
use crate::yaml::style::{above_comments, after_line, dash_of};
use crate::yaml::tree::{self, Node};
use crate::yaml::{MAX_BYTES, Places, Value, after_own_comments, examine, fast, tree_of};

use super::decode::decode;
use super::keys::{UnknownKey, is_known};
use super::outline::{Prose, decode_plain};

/// A record that was read without a fault.
#[derive(Debug, Clone)]
pub struct Document {
    /// Whether the file began with a byte order mark, which is kept.
    pub(super) bom: bool,
    /// The text after it.
    pub(super) text: String,
    /// Whether the fast reader read it, event by event.
    pub(super) plain: bool,
    /// The parsed content.
    pub incident: Incident,
    /// Unknown keys.
    pub unknown: Vec<UnknownKey>,
}

impl Document {
    /// Returns a record before anything was written into it.
    pub fn unwritten() -> Document {
        Document {
            bom: false,
            text: String::new(),
            plain: false,
            incident: Incident::default(),
            unknown: Vec::new(),
        }
    }

    /// Returns the text that positions refer to, without the byte order mark.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the file's whole text, including the byte order mark.
    pub fn to_text(&self) -> String {
        let bom = if self.bom { BOM } else { "" };
        format!("{bom}{}", self.text)
    }

    /// Returns the text as a tree. The text was read without faults, so parsing succeeds.
    pub(super) fn tree(&self) -> Node<'_> {
        tree_of(&self.text, is_known).unwrap_or_else(|_| Node::nothing())
    }

    /// Returns the byte ranges of its values in [`Document::text`].
    pub fn places(&self) -> Places<'_> {
        Places(self.tree())
    }
}

/// Queries for merging.
impl Document {
    /// Returns the record's keys in the order written.
    pub fn keys(&self) -> Vec<String> {
        self.tree().entries().iter().map(|entry| entry.key.to_string()).collect()
    }

    /// Returns the record's keys in the order written, each with its value.
    pub fn entries(&self) -> Vec<(String, Value)> {
        let tree = self.tree();
        let entries = tree.entries().iter();
        entries.map(|entry| (entry.key.to_string(), Value::of(&entry.value))).collect()
    }

    /// Returns the value of a key of the record.
    pub fn value(&self, key: &str) -> Option<Value> {
        self.tree().entry(key).map(|entry| Value::of(&entry.value))
    }

    /// Returns the source text of a key's value; whole lines if it begins on a line of its own.
    pub fn written(&self, key: &str) -> Option<&str> {
        let span = self.tree().entry(key).map(|entry| entry.value.span.clone())?;
        let line = line_start(&self.text, span.start);
        let is_own = self.text[line..span.start].trim().is_empty();
        self.text.get(if is_own { line } else { span.start }..span.end)
    }

    /// Returns every item of a list that has whole lines to itself, in order: its value, its lines with the comments
    /// below that are its own, and the start of the comment lines directly above.
    pub fn items_in_lines(&self, list: &str) -> Vec<(Value, Range<usize>, usize)> {
        let tree = self.tree();
        let Some(entry) = tree.entry(list).filter(|entry| !entry.value.is_flow()) else {
            return Vec::new();
        };
        let key = entry.key_span.start;
        let mut floor = key + 1;
        let lines = entry.value.items().iter().filter_map(|node| {
            let (line, dash) = dash_of(&self.text, node)?;
            let end = after_line(&self.text, node.span.end);
            let lines = line..after_own_comments(&self.text, end, dash);
            let above = std::mem::replace(&mut floor, lines.end);
            (line > key).then(|| (Value::of(node), lines, above_comments(&self.text, line, above)))
        });
        lines.collect()
    }

    /// Returns the whole lines of a key of the record.
    pub fn key_lines(&self, key: &str) -> Option<Range<usize>> {
        let tree = self.tree();
        let entry = tree.entry(key).filter(|_| !tree.is_flow())?;
        let end = entry.value.span.end.max(entry.key_span.end);
        Some(line_start(&self.text, entry.key_span.start)..after_line(&self.text, end))
    }

    /// Returns the offset just after the last line of a list.
    pub fn list_lines_end(&self, list: &str) -> Option<usize> {
        self.key_lines(list).map(|lines| lines.end)
    }
}

pub(super) const BOM: &str = "\u{feff}";

/// Reads a record.
///
/// # Errors
/// Every fault that could be found, in the order of the file; positions refer to the text after a byte order mark.
pub fn read(text: &str) -> Result<Document, Vec<Problem>> {
    #[cfg(test)]
    counted::READS.set(counted::READS.get() + 1);
    let body = body_of(text)?;
    let fast = decode_plain(body, Prose::All);
    let plain = fast.is_some();
    let (incident, unknown) = fast.map_or_else(|| decoded(body), Ok)?;
    let bom = body.len() < text.len();
    Ok(Document { bom, text: body.to_owned(), plain, incident, unknown })
}

/// Counts the records that this thread read with their text.
#[cfg(test)]
pub(crate) mod counted {
    use std::cell::Cell;

    thread_local! {
        pub(crate) static READS: Cell<usize> = const { Cell::new(0) };
    }
}

/// Returns the text after a byte order mark, if it is not too long.
fn body_of(text: &str) -> Result<&str, Vec<Problem>> {
    let body = text.strip_prefix(BOM).unwrap_or(text);
    let bytes = body.len() as u64;
    if bytes > MAX_BYTES {
        return Err(vec![ContentFault::TooLarge { bytes, limit: MAX_BYTES }.at(0..0)]);
    }
    Ok(body)
}

fn decoded(body: &str) -> Result<(Incident, Vec<UnknownKey>), Vec<Problem>> {
    let decoded = decode(&tree_of(body, is_known).map_err(in_content)?);
    if decoded.problems.is_empty() {
        Ok((decoded.incident, decoded.unknown))
    } else {
        Err(decoded.problems)
    }
}

/// Reads a record's content without its text, and of the texts of its events only those asked for: for callers that
/// read many.
///
/// # Errors
/// As [`read`].
pub fn read_incident(text: &str, prose: Prose) -> Result<Incident, Vec<Problem>> {
    let body = body_of(text)?;
    let (incident, _) = decode_plain(body, prose).map_or_else(|| decoded(body), Ok)?;
    Ok(incident)
}

/// Whether the fast readers, if they accept the text, give exactly what the full parser does: values, quotes and every
/// byte range. Always true, or asrun has a bug; for tests and fuzzing.
pub fn readers_agree(text: &str) -> bool {
    let tree = fast::parse(text).is_none_or(|fast| {
        examine(text).is_empty() && tree::parse(text, is_known).is_ok_and(|full| full == fast)
    });
    let slowly = || tree::parse(text, is_known).ok().map(|tree| decode(&tree));
    let said = |prose: Prose| {
        decode_plain(text, prose).is_none_or(|(plain, unknown)| {
            slowly().is_some_and(|full| {
                full.problems.is_empty()
                    && full.unknown == unknown
                    && same(&plain, full.incident, prose)
            })
        })
    };
    let holding = Prose::Holding(&|words| words.contains('a'));
    tree && [Prose::All, Prose::Texts, holding, Prose::Nothing].into_iter().all(said)
}

/// Whether both are equal, ignoring the texts of events that need not be read.
fn same(plain: &Incident, full: Incident, prose: Prose) -> bool {
    let mut both = [plain.clone(), full];
    for event in both.iter_mut().flat_map(|incident| &mut incident.events) {
        match prose {
            Prose::All => continue,
            Prose::Texts => {}
            Prose::Holding(may_hold) if may_hold(&event.text) => {}
            _ => event.text.clear(),
        }
        for words in [&mut event.detail, &mut event.by, &mut event.why] {
            let held =
                |words: &String| matches!(prose, Prose::Holding(may_hold) if may_hold(words));
            *words = words.take().filter(held);
        }
    }
    both[0] == both[1]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::Code;
    use crate::yaml::tree::counted::PARSES;

    #[test]
    fn plain_records_are_read_and_changed_without_the_full_parser() {
        let plain = "title: t\ntimezone: Asia/Seoul\nevents:\n  - at: 2024-09-07T18:00+09:00\n    text: one\n";
        let event = crate::model::Event::new(
            crate::model::Moment::parse("2024-09-07T18:08+09:00", None).unwrap(),
            "two",
        );
        let before = PARSES.get();
        let document = read(plain).unwrap();
        read_incident(plain, Prose::All).unwrap();
        read_incident(plain, Prose::Nothing).unwrap();
        let (_, change) = crate::format::insert_event(&document.incident.events, &event);
        let (changed, _) = crate::format::edit::apply(&document, &change).unwrap();
        assert_eq!(changed.items("events").len(), 2);
        assert_eq!(PARSES.get(), before, "the full parser was used");
        // And the full parser reads everything else.
        read(&plain.replace("text: one", "text: 'o'  # a comment\n")).unwrap();
        assert!(PARSES.get() > before);
    }

    #[test]
    fn a_record_may_be_as_large_as_the_limit() {
        let room = usize::try_from(MAX_BYTES).unwrap() - "title: t\n#\n".len();
        let mut text = format!("title: t\n#{}\n", "x".repeat(room));
        assert_eq!(text.len() as u64, MAX_BYTES);
        assert_eq!(read_incident(&text, Prose::All).unwrap().title, "t");
        assert!(
            read_incident(&format!("{BOM}{text}"), Prose::All).is_ok(),
            "the mark does not count"
        );
        text.push('\n');
        for fault in [read(&text).unwrap_err(), read_incident(&text, Prose::Nothing).unwrap_err()] {
            assert_eq!(fault.len(), 1);
            assert_eq!((fault[0].code, fault[0].span.clone()), (Code::TooLarge, 0..0));
            let (bytes, limit) = (16_777_217, 16_777_216);
            assert_eq!(fault[0].kind, ContentFault::TooLarge { bytes, limit });
        }
    }

    #[test]
    fn a_byte_order_mark_is_kept() {
        for text in ["title: t\n", "\u{feff}title: t\n"] {
            let document = read(text).unwrap();
            assert_eq!((document.to_text().as_str(), document.text()), (text, "title: t\n"));
        }
    }

    const EVENTS: &str =
        "title: t\nevents:\n  - at: 2024-09-07T18:08Z\n    text: one\n    detail: words\n";

    #[test]
    fn outlines_leave_words_out() {
        assert_eq!(
            read_incident(EVENTS, Prose::All).unwrap().events[0].detail.as_deref(),
            Some("words")
        );
        assert_eq!(read_incident(EVENTS, Prose::Nothing).unwrap().events[0].detail, None);
        assert_eq!(read_incident(EVENTS, Prose::Nothing).unwrap().events[0].text, "one");
        assert_eq!(read(EVENTS).unwrap().incident.events[0].text, "one");
    }

    #[test]
    fn readers_of_any_text_agree() {
        for text in [EVENTS, "title: t\n", "title: [a\n", "title:\tt\n", "kind: release\n", ""] {
            assert!(readers_agree(text), "{text:?}");
        }
    }

    #[test]
    fn two_readings_are_the_same_only_if_they_are() {
        let one = read(EVENTS).unwrap().incident;
        let other = read(&EVENTS.replace("one", "two")).unwrap().incident;
        let outline = read_incident(EVENTS, Prose::Nothing).unwrap();
        let titled = read(&EVENTS.replace("title: t", "title: u")).unwrap().incident;
        for (a, b, prose, expected) in [
            (&one, &one, Prose::All, true),
            (&one, &other, Prose::All, false),
            (&one, &outline, Prose::All, false),
            (&one, &other, Prose::Texts, false),
            (&one, &other, Prose::Nothing, true),
            (&one, &outline, Prose::Nothing, true),
            (&one, &outline, Prose::Holding(&|words| words == "words"), false),
            (&one, &outline, Prose::Holding(&|words| words == "two"), true),
            (&one, &titled, Prose::All, false),
            (&one, &titled, Prose::Nothing, false),
        ] {
            assert_eq!(same(a, b.clone(), prose), expected, "{a:?}\n{b:?}");
        }
    }

    const LISTS: &str = "title: t\n# of tags\ntags: [a, b]\nnone:\nplan: [{at: 2024-09-07T18:08Z, text: a}]\nevents:\n  # first\n  # of all\n  - at: 2024-09-07T18:08Z\n    text: 하나\n    # own\n\n  - {at: 2024-09-07T18:09Z, text: two}\n  # again\n  - {at: 2024-09-07T18:09Z, text: two}   # aside\nservices:\n- a\n- |\n  b\n\n\nlessons:\n    well: [c]";

    fn items(list: &str) -> (Document, Vec<Value>) {
        let document = read(LISTS).unwrap();
        let items = document.items(list);
        (document, items)
    }

    #[test]
    fn items_have_lines_of_their_own() {
        let (document, events) = items("events");
        let lines = |list: &str, item: &Value| -> Vec<&str> {
            let all = document.items_in_lines(list).into_iter();
            all.filter(|(other, ..)| other == item).map(|(_, range, _)| &LISTS[range]).collect()
        };
        let two = "  - {at: 2024-09-07T18:09Z, text: two}\n";
        let aside = "  - {at: 2024-09-07T18:09Z, text: two}   # aside\n";
        assert_eq!(
            lines("events", &events[0]),
            ["  - at: 2024-09-07T18:08Z\n    text: 하나\n    # own\n"]
        );
        assert_eq!(lines("events", &events[1]), [two, aside]);
        assert_eq!(lines("services", &Value::text("a")), ["- a\n"]);
        assert_eq!(lines("services", &Value::text("b\n")), ["- |\n  b\n"]);
        assert!(lines("tags", &Value::text("a")).is_empty(), "in brackets");
        assert!(lines("none", &Value::text("a")).is_empty());
        assert!(lines("gone", &Value::text("a")).is_empty());
        assert!(lines("events", &Value::text("a")).is_empty());
    }

    #[test]
    fn items_have_the_comments_right_above() {
        let (document, events) = items("events");
        let lines = |list: &str, item: &Value| {
            let mut all = document.items_in_lines(list).into_iter();
            let (_, range, above) = all.find(|(other, ..)| other == item)?;
            Some(&LISTS[above..range.end])
        };
        assert_eq!(
            lines("events", &events[0]),
            Some("  # first\n  # of all\n  - at: 2024-09-07T18:08Z\n    text: 하나\n    # own\n")
        );
        let two = "  - {at: 2024-09-07T18:09Z, text: two}\n";
        assert_eq!(lines("events", &events[1]), Some(two), "nothing is above it");
        assert_eq!(lines("services", &Value::text("a")), Some("- a\n"));
        assert_eq!(lines("services", &Value::text("c")), None);
        assert_eq!(lines("gone", &Value::text("a")), None);
    }

    #[test]
    fn keys_have_whole_lines() {
        let document = read(LISTS).unwrap();
        let lines = |key: &str| document.key_lines(key).map(|range| &LISTS[range]);
        assert_eq!(lines("title"), Some("title: t\n"));
        assert_eq!(lines("tags"), Some("tags: [a, b]\n"));
        assert_eq!(lines("none"), Some("none:\n"));
        assert_eq!(lines("services"), Some("services:\n- a\n- |\n  b\n"));
        assert_eq!(lines("lessons"), Some("lessons:\n    well: [c]"));
        assert_eq!(lines("gone"), None);
        assert_eq!(document.list_lines_end("tags"), LISTS.find("none:"));
        assert_eq!(document.list_lines_end("gone"), None);
        assert_eq!(
            document.keys(),
            ["title", "tags", "none", "plan", "events", "services", "lessons"]
        );
        assert_eq!(document.value("none"), Some(Value::Null));
        assert_eq!(document.value("title"), Some(Value::text("t")));
        assert_eq!(document.value("gone"), None);
        assert_eq!(read("{title: t}\n").unwrap().key_lines("title"), None, "in brackets");
    }
}
