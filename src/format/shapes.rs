//! Describes a value of the wrong type.

use crate::fault::Found;
use crate::yaml::tree::{Content, Node};

/// Returns what a node is, when something else was expected.
pub(super) fn found(node: &Node) -> Found {
    let flow = node.is_flow();
    match &node.value {
        _ if node.is_null() => Found::Nothing,
        Content::Scalar { text, .. } => Found::Text(text.to_string()),
        Content::List { items, .. } if items.len() == 1 && flow => {
            Found::Bracketed(match &items[0].value {
                Content::Scalar { text, .. } => Some(text.to_string()),
                _ => None,
            })
        }
        Content::List { .. } => Found::List { flow },
        Content::Map { .. } => Found::Mapping { flow },
    }
}
