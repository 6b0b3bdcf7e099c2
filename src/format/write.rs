//! Values as YAML text, in a given hand.

use crate::model::{Day, Moment};
use crate::yaml::style::{ItemStyle, Quotes};
use crate::yaml::{Value, literal_header, plain_safe, quoted};

use super::keys::{DAY_KEYS, LESSON_KEYS, TRUTH_KEYS};

/// The text of a new record: its keys in that order, in the specification's own hand.
pub fn compose(entries: &[(&str, Value)]) -> String {
    let writer = Writer { line_end: "\n", list_indent: 2, quotes: &|_| Quotes::Needed };
    entries.iter().map(|(key, value)| writer.entry(0, key, value)).collect()
}

/// An item as whole lines, in the specification's own hand.
pub fn item_text(item: &Value) -> String {
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
    pub(super) fn item(&self, style: ItemStyle, item: &Value) -> String {
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

    /// `key: value` with all the lines it takes, the first without its indentation.
    pub(super) fn entry(&self, indent: usize, key: &str, value: &Value) -> String {
        format!("{}:{}", written_key(key), self.after_colon(indent, key, value))
    }

    /// What follows a key's colon, up to and with the last line's end.
    pub(super) fn after_colon(&self, indent: usize, key: &str, value: &Value) -> String {
        let end = self.line_end;
        match value {
            Value::Null => end.to_owned(),
            Value::Scalar(text) if text.contains('\n') => self.block_or_quoted(indent, text),
            Value::Scalar(text) => format!(" {}{end}", self.scalar(key, text)),
            Value::Map(entries) if key == "lessons" => {
                let lead = " ".repeat(indent + 2);
                let entry = |(key, value): &(String, Value)| {
                    format!("{lead}{}", self.entry(indent + 2, key, value))
                };
                format!("{end}{}", entries.iter().map(entry).collect::<String>())
            }
            Value::List(items) if is_block(key, items) => {
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
            Quotes::Needed if plain_safe(text, is_time) && !day => text.to_owned(),
            Quotes::Single if single_safe(text) => format!("'{}'", text.replace('\'', "''")),
            _ => quoted(text),
        }
    }

    /// In brackets, on one line.
    pub(super) fn flow(&self, key: &str, value: &Value) -> String {
        match value {
            Value::Null => "~".to_owned(),
            Value::Scalar(text) => self.scalar(key, text),
            Value::List(items) => {
                let items: Vec<String> = items.iter().map(|item| self.flow("", item)).collect();
                format!("[{}]", items.join(", "))
            }
            Value::Map(entries) => {
                let entry = |(key, value): &(String, Value)| {
                    format!("{}: {}", written_key(key), self.flow(key, value))
                };
                let entries: Vec<String> = entries.iter().map(entry).collect();
                format!("{{{}}}", entries.join(", "))
            }
        }
    }
}

/// Whether a list reads better a line an item: entries do, and sentences.
fn is_block(key: &str, items: &[Value]) -> bool {
    let sentences = key == "contributing_factors" || LESSON_KEYS.contains(&key);
    let entries = items.iter().any(|item| matches!(item, Value::Map(_)));
    entries || (sentences && !items.is_empty())
}

/// A key, quoted where a reader could take it for something else.
fn written_key(key: &str) -> String {
    if plain_safe(key, is_time) && !key.contains(':') { key.to_owned() } else { quoted(key) }
}

/// A full date with a clock, which YAML 1.1 takes for a time at worst, never for a number.
fn is_time(text: &str) -> bool {
    Moment::parse(text, None).is_ok()
}

/// Whether an item stays readable in brackets.
fn fits_flow(item: &Value) -> bool {
    match item {
        Value::Null => true,
        Value::Scalar(text) => !text.contains('\n') && text.len() < 200,
        Value::List(items) => items.iter().all(fits_flow),
        Value::Map(entries) => entries.iter().all(|(_, value)| fits_flow(value)),
    }
}

/// Single quotes know no escapes: one line, nothing invisible, nothing that only escapes can say.
fn single_safe(text: &str) -> bool {
    quoted(text).len() == text.len() + 2 + text.matches(['"', '\\']).count() && !text.is_empty()
}
