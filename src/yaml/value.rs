//! A value without its style: equal in two texts with the same meaning.

use serde::{Deserialize, Serialize};

use super::tree::{Content, Entry, Node};

/// A YAML value reduced to its meaning.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Value {
    /// Null or an empty value.
    Null,
    /// A text, number, time or boolean, as its text.
    Scalar(String),
    /// A list.
    List(Vec<Value>),
    /// A mapping, in the order written.
    Map(Vec<(String, Value)>),
}

impl Value {
    /// Returns a scalar.
    pub fn text(text: impl Into<String>) -> Value {
        Value::Scalar(text.into())
    }

    /// Returns a list of texts.
    pub fn texts<S: AsRef<str>>(texts: &[S]) -> Value {
        Value::List(texts.iter().map(|text| Value::text(text.as_ref())).collect())
    }

    /// Returns whether it is a scalar: a text, number, time or boolean.
    pub fn is_text(&self) -> bool {
        matches!(self, Value::Scalar(_))
    }

    /// Returns the text of a scalar: a text, number, time or boolean.
    pub fn lone(&self) -> Option<&str> {
        let Value::Scalar(text) = self else { return None };
        Some(text)
    }

    pub(crate) fn of(node: &Node) -> Value {
        if node.is_null() {
            return Value::Null;
        }
        match &node.value {
            Content::Scalar { text, .. } => Value::Scalar(text.to_string()),
            Content::List { items, .. } => Value::List(items.iter().map(Value::of).collect()),
            Content::Map { entries, .. } => {
                let entry = |entry: &Entry| (entry.key.to_string(), Value::of(&entry.value));
                Value::Map(entries.iter().map(entry).collect())
            }
        }
    }

    /// Returns the value of a key of a mapping.
    pub fn get(&self, key: &str) -> Option<&Value> {
        let Value::Map(entries) = self else { return None };
        value_of(entries, key)
    }

    /// Returns the text of a key of a mapping.
    pub fn text_at(&self, key: &str) -> Option<&str> {
        self.get(key).and_then(Value::lone)
    }
}

/// Returns the value of a key among a mapping's entries.
pub fn value_of<'v>(entries: &'v [(String, Value)], key: &str) -> Option<&'v Value> {
    entries.iter().find(|(known, _)| known == key).map(|(_, value)| value)
}
