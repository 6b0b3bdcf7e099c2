//! Values as YAML text, in a given style.

use super::scalar::{literal_header, plain_safe, quoted};
use super::schema::Schema;
use super::style::{ItemStyle, Quotes};
use super::value::Value;

/// Writes values in a file's style.
pub(crate) struct Writer<'a> {
    pub(crate) schema: &'a Schema,
    pub(crate) line_end: &'static str,
    /// Spaces by which a list is indented under its key: 0 or 2.
    pub(crate) list_indent: usize,
    /// The column of the deepest comment below, before anything else: a block text would take it for one of its lines.
    pub(crate) below: usize,
    /// How values of a key are quoted.
    pub(crate) quotes: &'a dyn Fn(&str) -> Quotes,
}

impl Writer<'_> {
    /// Returns a list item as whole lines with their line ends.
    pub(crate) fn item(&self, style: ItemStyle, item: &Value) -> String {
        let dash = format!("{}-{}", " ".repeat(style.dash), " ".repeat(style.gap - 1));
        let indent = style.dash + style.gap;
        match item {
            Value::Map(entries) if !style.flow || !fits_flow(item) => {
                let mut out = String::new();
                for (at, (key, value)) in entries.iter().enumerate() {
                    let lead = if at == 0 { dash.clone() } else { " ".repeat(indent) };
                    out.push_str(&lead);
                    out.push_str(&self.entry(indent, key, value));
                }
                out
            }
            Value::Scalar(text) => format!("{dash}{}{}", self.scalar("", text), self.line_end),
            other => format!("{dash}{}{}", self.flow("", other), self.line_end),
        }
    }

    /// Returns `key: value` with all its lines, the first without its indentation.
    pub(crate) fn entry(&self, indent: usize, key: &str, value: &Value) -> String {
        format!("{}:{}", self.key(key), self.after_colon(indent, key, value))
    }

    /// Returns what follows a key's colon, up to and including the last line end.
    pub(crate) fn after_colon(&self, indent: usize, key: &str, value: &Value) -> String {
        let end = self.line_end;
        match value {
            Value::Null => end.to_owned(),
            Value::Scalar(text) if text.contains('\n') => self.block_or_quoted(indent, text),
            Value::Scalar(text) => format!(" {}{end}", self.scalar(key, text)),
            Value::Map(entries) if self.schema.mapping_keys.contains(&key) => {
                let lead = " ".repeat(indent + 2);
                let entry = |(key, value): &(String, Value)| {
                    format!("{lead}{}", self.entry(indent + 2, key, value))
                };
                format!("{end}{}", entries.iter().map(entry).collect::<String>())
            }
            Value::List(items) if self.is_block(key, items) => {
                let style = ItemStyle { dash: indent + self.list_indent, gap: 2, flow: true };
                let items = items.iter().map(|item| self.item(style, item));
                format!("{end}{}", items.collect::<String>())
            }
            flow => format!(" {}{end}", self.flow(key, flow)),
        }
    }

    fn block_or_quoted(&self, indent: usize, text: &str) -> String {
        let end = self.line_end;
        let header = literal_header(text).filter(|_| self.below < indent + 2);
        let Some(header) = header else {
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

    /// Returns a scalar on one line, in block style.
    pub(crate) fn scalar(&self, key: &str, text: &str) -> String {
        if self.schema.truth_keys.contains(&key) && matches!(text, "true" | "false") {
            return text.to_owned();
        }
        // A date that is meant as text is quoted: other readers would parse it as a date.
        let day = (self.schema.is_day)(text) && !self.schema.day_keys.contains(&key);
        match (self.quotes)(key) {
            Quotes::Needed if plain_safe(text, self.schema.is_time) && !day => text.to_owned(),
            Quotes::Single if single_safe(text) => format!("'{}'", text.replace('\'', "''")),
            _ => quoted(text),
        }
    }

    /// Returns the value in flow style, on one line.
    pub(crate) fn flow(&self, key: &str, value: &Value) -> String {
        match value {
            Value::Null => "~".to_owned(),
            Value::Scalar(text) => match self.scalar(key, text) {
                // Some readers take it for a key indicator anywhere in brackets.
                plain if plain == *text && text.contains('?') => quoted(text),
                written => written,
            },
            Value::List(items) => {
                let items: Vec<String> = items.iter().map(|item| self.flow("", item)).collect();
                format!("[{}]", items.join(", "))
            }
            Value::Map(entries) => {
                let entry = |(key, value): &(String, Value)| {
                    format!("{}: {}", self.key(key), self.flow(key, value))
                };
                let entries: Vec<String> = entries.iter().map(entry).collect();
                format!("{{{}}}", entries.join(", "))
            }
        }
    }

    /// Returns whether a list is more readable with one item per line: entries and sentences are.
    fn is_block(&self, key: &str, items: &[Value]) -> bool {
        let sentences = self.schema.sentence_keys.contains(&key);
        let entries = items.iter().any(|item| matches!(item, Value::Map(_)));
        entries || (sentences && !items.is_empty())
    }

    /// Returns a key, quoted where a reader could take it for something else.
    fn key(&self, key: &str) -> String {
        let is_plain = plain_safe(key, self.schema.is_time) && !key.contains([':', '?']);
        if is_plain { key.to_owned() } else { quoted(key) }
    }
}

/// Returns whether an item is readable in brackets.
fn fits_flow(item: &Value) -> bool {
    match item {
        Value::Null => true,
        Value::Scalar(text) => !text.contains('\n') && text.len() < 200,
        Value::List(items) => items.iter().all(fits_flow),
        Value::Map(entries) => entries.iter().all(|(_, value)| fits_flow(value)),
    }
}

/// Whether the text can be single-quoted, which has no escapes: one line, nothing that needs one.
fn single_safe(text: &str) -> bool {
    quoted(text).len() == text.len() + 2 + text.matches(['"', '\\']).count() && !text.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::{compose, item_text};
    use crate::yaml::tree_of;

    const NO_KEYS: Schema = Schema {
        truth_keys: &[],
        day_keys: &[],
        mapping_keys: &[],
        sentence_keys: &[],
        order: &[],
        is_day: |_| false,
        is_time: |_| false,
    };

    fn map(entries: &[(&str, Value)]) -> Value {
        Value::Map(entries.iter().map(|(k, v)| ((*k).to_owned(), v.clone())).collect())
    }

    /// Checks the lines written for a key, and that they read back as the same value.
    #[track_caller]
    fn are_written(table: &[(&str, Value, String)]) {
        for (key, value, expected) in table {
            let written = compose(&[(*key, value.clone())]);
            assert_eq!(written, *expected);
            let root = tree_of(&written, |_| false).unwrap();
            assert_eq!(Value::of(&root.entry(key).unwrap().value), *value, "{written}");
        }
    }

    #[test]
    fn values_are_written_in_the_fitting_form() {
        let text = |said: &str| Value::text(said);
        are_written(&[
            ("k", Value::Null, "k:\n".to_owned()),
            ("k", text("a"), "k: a\n".to_owned()),
            ("k", text(""), "k: \"\"\n".to_owned()),
            ("k", text("2024-09-07"), "k: \"2024-09-07\"\n".to_owned()),
            ("date", text("2024-09-07"), "date: 2024-09-07\n".to_owned()),
            ("about", text("true"), "about: true\n".to_owned()),
            ("about", text("false"), "about: false\n".to_owned()),
            ("k", text("true"), "k: \"true\"\n".to_owned()),
            ("k", text("a\nb"), "k: |-\n  a\n  b\n".to_owned()),
            ("k", text("a\n\nb\n"), "k: |\n  a\n\n  b\n".to_owned()),
            ("k", text("a\n\n"), "k: \"a\\n\\n\"\n".to_owned()),
            ("k", Value::List(vec![]), "k: []\n".to_owned()),
            ("k", Value::texts(&["a", "b, c"]), "k: [a, \"b, c\"]\n".to_owned()),
            ("well", Value::texts(&["a"]), "well:\n  - a\n".to_owned()),
            ("well", Value::List(vec![]), "well: []\n".to_owned()),
            (
                "contributing_factors",
                Value::texts(&["a"]),
                "contributing_factors:\n  - a\n".to_owned(),
            ),
            ("k", map(&[("a", text("b")), ("c", Value::Null)]), "k: {a: b, c: ~}\n".to_owned()),
            (
                "lessons",
                map(&[("well", Value::texts(&["a"])), ("badly", text("b"))]),
                "lessons:\n  well:\n    - a\n  badly: b\n".to_owned(),
            ),
            ("on", text("a"), "\"on\": a\n".to_owned()),
            ("a:b", text("a"), "\"a:b\": a\n".to_owned()),
            ("조회수", text("a"), "조회수: a\n".to_owned()),
        ]);
    }

    #[test]
    fn entries_are_written_a_line_each_as_long_as_they_fit() {
        let text = |said: &str| Value::text(said);
        let event = map(&[("at", text("2024-09-07T18:08Z")), ("text", text("a"))]);
        let long = map(&[("text", text(&"x".repeat(200)))]);
        let short = map(&[("text", text(&"x".repeat(199)))]);
        let lines = map(&[("text", text("a\nb"))]);
        let deep = map(&[("refs", Value::List(vec![text("a\nb")]))]);
        are_written(&[
            (
                "k",
                Value::List(vec![event]),
                "k:\n  - {at: 2024-09-07T18:08Z, text: a}\n".to_owned(),
            ),
            ("k", Value::List(vec![short]), format!("k:\n  - {{text: {}}}\n", "x".repeat(199))),
            ("k", Value::List(vec![long]), format!("k:\n  - text: {}\n", "x".repeat(200))),
            ("k", Value::List(vec![lines]), "k:\n  - text: |-\n      a\n      b\n".to_owned()),
            (
                "k",
                Value::List(vec![map(&[("text", text("why?")), ("by", text("a"))])]),
                "k:\n  - {text: \"why?\", by: a}\n".to_owned(),
            ),
            ("k", Value::List(vec![deep]), "k:\n  - refs: [\"a\\nb\"]\n".to_owned()),
            (
                "k",
                Value::List(vec![text("a"), map(&[("b", Value::Null)])]),
                "k:\n  - a\n  - {b: ~}\n".to_owned(),
            ),
            (
                "k",
                Value::List(vec![Value::texts(&["a"]), map(&[])]),
                "k:\n  - [a]\n  - {}\n".to_owned(),
            ),
        ]);
    }

    #[test]
    fn items_are_written_as_lines() {
        let item = map(&[("at", Value::text("a")), ("text", Value::text("b\nc\n"))]);
        assert_eq!(item_text(&item), "  - at: a\n    text: |\n      b\n      c\n");
        assert_eq!(item_text(&Value::text("a")), "  - a\n");
        assert_eq!(item_text(&Value::texts(&["a"])), "  - [a]\n");
    }

    #[test]
    fn quotes_follow_the_style_of_the_record_where_possible() {
        let written = |quotes: Quotes, text: &str| {
            let schema = &NO_KEYS;
            let quotes: &dyn Fn(&str) -> Quotes = &|_| quotes;
            Writer { schema, line_end: "\n", list_indent: 2, below: 0, quotes }.scalar("k", text)
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
