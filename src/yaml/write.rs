//! Values as YAML text, in a given hand.

use super::scalar::{literal_header, plain_safe, quoted};
use super::schema::Schema;
use super::style::{ItemStyle, Quotes};
use super::value::Value;

/// Writes in one file's hand.
pub(crate) struct Writer<'a> {
    pub(crate) schema: &'a Schema,
    pub(crate) line_end: &'static str,
    /// Blanks by which a list under a key is indented against the key: 0 or 2.
    pub(crate) list_indent: usize,
    /// How values of a key are quoted.
    pub(crate) quotes: &'a dyn Fn(&str) -> Quotes,
}

impl Writer<'_> {
    /// A list item, whole lines with their ends.
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

    /// `key: value` with all the lines it takes, the first without its indentation.
    pub(crate) fn entry(&self, indent: usize, key: &str, value: &Value) -> String {
        format!("{}:{}", self.key(key), self.after_colon(indent, key, value))
    }

    /// What follows a key's colon, up to and with the last line's end.
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
    pub(crate) fn scalar(&self, key: &str, text: &str) -> String {
        if self.schema.truth_keys.contains(&key) && text == "true" {
            return text.to_owned();
        }
        // A day as a text is a text: other readers would make a date of it.
        let day = (self.schema.is_day)(text) && !self.schema.day_keys.contains(&key);
        match (self.quotes)(key) {
            Quotes::Needed if plain_safe(text, self.schema.is_time) && !day => text.to_owned(),
            Quotes::Single if single_safe(text) => format!("'{}'", text.replace('\'', "''")),
            _ => quoted(text),
        }
    }

    /// In brackets, on one line.
    pub(crate) fn flow(&self, key: &str, value: &Value) -> String {
        match value {
            Value::Null => "~".to_owned(),
            Value::Scalar(text) => self.scalar(key, text),
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

    /// Whether a list reads better a line an item: entries do, and sentences.
    fn is_block(&self, key: &str, items: &[Value]) -> bool {
        let sentences = self.schema.sentence_keys.contains(&key);
        let entries = items.iter().any(|item| matches!(item, Value::Map(_)));
        entries || (sentences && !items.is_empty())
    }

    /// A key, quoted where a reader could take it for something else.
    fn key(&self, key: &str) -> String {
        let is_plain = plain_safe(key, self.schema.is_time) && !key.contains(':');
        if is_plain { key.to_owned() } else { quoted(key) }
    }
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
