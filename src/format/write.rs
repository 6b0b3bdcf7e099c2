//! Values as YAML text, in a given hand.

use crate::model::Day;

use super::keys::{DAY_KEYS, LESSON_KEYS, TRUTH_KEYS};
use super::scalar::{literal_header, plain_safe, quoted};
use super::shape::Shape;
use super::style::{ItemStyle, Quotes};

/// The text of a new record: its keys in that order, in the specification's own hand.
pub fn compose(entries: &[(&str, Shape)]) -> String {
    let writer = Writer { line_end: "\n", list_indent: 2, quotes: &|_| Quotes::Needed };
    entries.iter().map(|(key, value)| writer.entry(0, key, value)).collect()
}

/// An item as whole lines, in the specification's own hand.
pub fn item_text(item: &Shape) -> String {
    let writer = Writer { line_end: "\n", list_indent: 2, quotes: &|_| Quotes::Needed };
    writer.item(ItemStyle { dash: 2, gap: 2, flow: false }, item)
}

/// Writes in one file's hand.
pub(super) struct Writer<'a> {
    pub(super) line_end: &'static str,
    /// Blanks by which a list under a key is indented against the key: 0 or 2.
    pub(super) list_indent: usize,
    /// How values of a key are quoted.
    pub(super) quotes: &'a dyn Fn(&str) -> Quotes,
}

impl Writer<'_> {
    /// A list item, whole lines with their ends.
    pub(super) fn item(&self, style: ItemStyle, item: &Shape) -> String {
        let dash = format!("{}-{}", " ".repeat(style.dash), " ".repeat(style.gap - 1));
        let indent = style.dash + style.gap;
        match item {
            Shape::Map(entries) if !style.flow || !fits_flow(item) => {
                let mut out = String::new();
                for (at, (key, value)) in entries.iter().enumerate() {
                    let lead = if at == 0 { dash.clone() } else { " ".repeat(indent) };
                    out.push_str(&lead);
                    out.push_str(&self.entry(indent, key, value));
                }
                out
            }
            Shape::Scalar(text) => format!("{dash}{}{}", self.scalar("", text), self.line_end),
            other => format!("{dash}{}{}", self.flow("", other), self.line_end),
        }
    }

    /// `key: value` with all the lines it takes, the first without its indentation.
    pub(super) fn entry(&self, indent: usize, key: &str, value: &Shape) -> String {
        format!("{}:{}", written_key(key), self.after_colon(indent, key, value))
    }

    /// What follows a key's colon, up to and with the last line's end.
    pub(super) fn after_colon(&self, indent: usize, key: &str, value: &Shape) -> String {
        let end = self.line_end;
        match value {
            Shape::Null => end.to_owned(),
            Shape::Scalar(text) if text.contains('\n') => self.block_or_quoted(indent, text),
            Shape::Scalar(text) => format!(" {}{end}", self.scalar(key, text)),
            Shape::Map(entries) if key == "lessons" => {
                let lead = " ".repeat(indent + 2);
                let entry = |(key, value): &(String, Shape)| {
                    format!("{lead}{}", self.entry(indent + 2, key, value))
                };
                format!("{end}{}", entries.iter().map(entry).collect::<String>())
            }
            Shape::List(items) if is_block(key, items) => {
                let style = ItemStyle { dash: indent + self.list_indent, gap: 2, flow: true };
                let items = items.iter().map(|item| self.item(style, item));
                format!("{end}{}", items.collect::<String>())
            }
            flow => format!(" {}{end}", self.flow(key, flow)),
        }
    }

    fn block_or_quoted(&self, indent: usize, text: &str) -> String {
        let end = self.line_end;
        let Some(header) = literal_header(text) else {
            return format!(" {}{end}", quoted(text));
        };
        let mut out = format!(" {header}{end}");
        let body = text.strip_suffix('\n').unwrap_or(text);
        for line in body.split('\n') {
            if !line.is_empty() {
                out.push_str(&" ".repeat(indent + 2));
                out.push_str(line);
            }
            out.push_str(end);
        }
        out
    }

    /// One line, in a block.
    pub(super) fn scalar(&self, key: &str, text: &str) -> String {
        if TRUTH_KEYS.contains(&key) && text == "true" {
            return text.to_owned();
        }
        // A day as a text is a text: other readers would make a date of it.
        let day = Day::parse(text).is_some() && !DAY_KEYS.contains(&key);
        match (self.quotes)(key) {
            Quotes::Needed if plain_safe(text) && !day => text.to_owned(),
            Quotes::Single if single_safe(text) => format!("'{}'", text.replace('\'', "''")),
            _ => quoted(text),
        }
    }

    /// In brackets, on one line.
    pub(super) fn flow(&self, key: &str, value: &Shape) -> String {
        match value {
            Shape::Null => "~".to_owned(),
            Shape::Scalar(text) => self.scalar(key, text),
            Shape::List(items) => {
                let items: Vec<String> = items.iter().map(|item| self.flow("", item)).collect();
                format!("[{}]", items.join(", "))
            }
            Shape::Map(entries) => {
                let entry = |(key, value): &(String, Shape)| {
                    format!("{}: {}", written_key(key), self.flow(key, value))
                };
                let entries: Vec<String> = entries.iter().map(entry).collect();
                format!("{{{}}}", entries.join(", "))
            }
        }
    }
}

/// Whether a list reads better a line an item: entries do, and sentences.
fn is_block(key: &str, items: &[Shape]) -> bool {
    let sentences = key == "contributing_factors" || LESSON_KEYS.contains(&key);
    let entries = items.iter().any(|item| matches!(item, Shape::Map(_)));
    entries || (sentences && !items.is_empty())
}

/// A key, quoted where a reader could take it for something else.
fn written_key(key: &str) -> String {
    if plain_safe(key) && !key.contains(':') { key.to_owned() } else { quoted(key) }
}

/// Whether an item stays readable in brackets.
fn fits_flow(item: &Shape) -> bool {
    match item {
        Shape::Null => true,
        Shape::Scalar(text) => !text.contains('\n') && text.len() < 200,
        Shape::List(items) => items.iter().all(fits_flow),
        Shape::Map(entries) => entries.iter().all(|(_, value)| fits_flow(value)),
    }
}

/// Single quotes know no escapes: one line, nothing invisible, nothing that only escapes can say.
fn single_safe(text: &str) -> bool {
    quoted(text).len() == text.len() + 2 + text.matches(['"', '\\']).count() && !text.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(entries: &[(&str, Shape)]) -> Shape {
        Shape::Map(entries.iter().map(|(k, v)| ((*k).to_owned(), v.clone())).collect())
    }

    /// A key's lines, which say again what was written.
    #[track_caller]
    fn are_written(table: &[(&str, Shape, String)]) {
        for (key, value, expected) in table {
            let written = compose(&[(*key, value.clone())]);
            assert_eq!(written, *expected);
            let root = crate::format::tree::parse(&written).unwrap();
            assert_eq!(Shape::of(&root.entry(key).unwrap().value), *value, "{written}");
        }
    }

    #[test]
    fn values_are_written_in_the_fitting_form() {
        let text = |said: &str| Shape::text(said);
        are_written(&[
            ("k", Shape::Null, "k:\n".to_owned()),
            ("k", text("a"), "k: a\n".to_owned()),
            ("k", text(""), "k: \"\"\n".to_owned()),
            ("k", text("2024-09-07"), "k: \"2024-09-07\"\n".to_owned()),
            ("date", text("2024-09-07"), "date: 2024-09-07\n".to_owned()),
            ("about", text("true"), "about: true\n".to_owned()),
            ("about", text("false"), "about: \"false\"\n".to_owned()),
            ("k", text("true"), "k: \"true\"\n".to_owned()),
            ("k", text("a\nb"), "k: |-\n  a\n  b\n".to_owned()),
            ("k", text("a\n\nb\n"), "k: |\n  a\n\n  b\n".to_owned()),
            ("k", text("a\n\n"), "k: \"a\\n\\n\"\n".to_owned()),
            ("k", Shape::List(vec![]), "k: []\n".to_owned()),
            ("k", Shape::texts(&["a", "b, c"]), "k: [a, \"b, c\"]\n".to_owned()),
            ("well", Shape::texts(&["a"]), "well:\n  - a\n".to_owned()),
            ("well", Shape::List(vec![]), "well: []\n".to_owned()),
            (
                "contributing_factors",
                Shape::texts(&["a"]),
                "contributing_factors:\n  - a\n".to_owned(),
            ),
            ("k", map(&[("a", text("b")), ("c", Shape::Null)]), "k: {a: b, c: ~}\n".to_owned()),
            (
                "lessons",
                map(&[("well", Shape::texts(&["a"])), ("badly", text("b"))]),
                "lessons:\n  well:\n    - a\n  badly: b\n".to_owned(),
            ),
            ("on", text("a"), "\"on\": a\n".to_owned()),
            ("a:b", text("a"), "\"a:b\": a\n".to_owned()),
            ("조회수", text("a"), "조회수: a\n".to_owned()),
        ]);
    }

    #[test]
    fn entries_are_written_a_line_each_as_long_as_they_fit() {
        let text = |said: &str| Shape::text(said);
        let event = map(&[("at", text("2024-09-07T18:08Z")), ("text", text("a"))]);
        let long = map(&[("text", text(&"x".repeat(200)))]);
        let short = map(&[("text", text(&"x".repeat(199)))]);
        let lines = map(&[("text", text("a\nb"))]);
        let deep = map(&[("refs", Shape::List(vec![text("a\nb")]))]);
        are_written(&[
            (
                "k",
                Shape::List(vec![event]),
                "k:\n  - {at: 2024-09-07T18:08Z, text: a}\n".to_owned(),
            ),
            ("k", Shape::List(vec![short]), format!("k:\n  - {{text: {}}}\n", "x".repeat(199))),
            ("k", Shape::List(vec![long]), format!("k:\n  - text: {}\n", "x".repeat(200))),
            ("k", Shape::List(vec![lines]), "k:\n  - text: |-\n      a\n      b\n".to_owned()),
            ("k", Shape::List(vec![deep]), "k:\n  - refs: [\"a\\nb\"]\n".to_owned()),
            (
                "k",
                Shape::List(vec![text("a"), map(&[("b", Shape::Null)])]),
                "k:\n  - a\n  - {b: ~}\n".to_owned(),
            ),
            (
                "k",
                Shape::List(vec![Shape::texts(&["a"]), map(&[])]),
                "k:\n  - [a]\n  - {}\n".to_owned(),
            ),
        ]);
    }

    #[test]
    fn items_are_written_as_lines() {
        let item = map(&[("at", Shape::text("a")), ("text", Shape::text("b\nc\n"))]);
        assert_eq!(item_text(&item), "  - at: a\n    text: |\n      b\n      c\n");
        assert_eq!(item_text(&Shape::text("a")), "  - a\n");
        assert_eq!(item_text(&Shape::texts(&["a"])), "  - [a]\n");
    }

    #[test]
    fn quotes_follow_the_hand_where_they_can() {
        let written = |quotes: Quotes, text: &str| {
            Writer { line_end: "\n", list_indent: 2, quotes: &|_| quotes }.scalar("k", text)
        };
        for (text, needed, double, single) in [
            ("a", "a", "\"a\"", "'a'"),
            ("it's", "\"it's\"", "\"it's\"", "'it''s'"),
            ("a \"b\" \\c", "\"a \\\"b\\\" \\\\c\"", "\"a \\\"b\\\" \\\\c\"", "'a \"b\" \\c'"),
            ("", "\"\"", "\"\"", "\"\""),
            ("a\tb", "\"a\\tb\"", "\"a\\tb\"", "\"a\\tb\""),
            ("a\u{a0}b", "\"a\\xA0b\"", "\"a\\xA0b\"", "\"a\\xA0b\""),
        ] {
            assert_eq!(written(Quotes::Needed, text), needed);
            assert_eq!(written(Quotes::Double, text), double);
            assert_eq!(written(Quotes::Single, text), single);
        }
    }
}
