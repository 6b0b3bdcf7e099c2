//! A value without its handwriting: what two texts must agree on to mean the same.

use serde::{Deserialize, Serialize};

use super::tree::{Node, Value};

/// A YAML value of which only the meaning counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Shape {
    /// Nothing written.
    Null,
    /// A text, number, time or truth value, as its text.
    Scalar(String),
    /// A list.
    List(Vec<Shape>),
    /// A mapping, in the order written.
    Map(Vec<(String, Shape)>),
}

impl Shape {
    /// A text.
    pub fn text(text: impl Into<String>) -> Shape {
        Shape::Scalar(text.into())
    }

    /// A list of texts.
    pub fn texts<S: AsRef<str>>(texts: &[S]) -> Shape {
        Shape::List(texts.iter().map(|text| Shape::text(text.as_ref())).collect())
    }

    pub(super) fn of(node: &Node) -> Shape {
        if node.is_null() {
            return Shape::Null;
        }
        match &node.value {
            Value::Scalar { text, .. } => Shape::Scalar(text.to_string()),
            Value::List { items, .. } => Shape::List(items.iter().map(Shape::of).collect()),
            Value::Map { entries, .. } => Shape::Map(
                entries
                    .iter()
                    .map(|entry| (entry.key.to_string(), Shape::of(&entry.value)))
                    .collect(),
            ),
        }
    }

    /// The text of a key of a mapping.
    pub fn said(&self, key: &str) -> Option<&str> {
        let Shape::Map(entries) = self else { return None };
        entries.iter().find(|(k, _)| k == key).and_then(|(_, value)| match value {
            Shape::Scalar(text) => Some(text.as_str()),
            _ => None,
        })
    }
}
