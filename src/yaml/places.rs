//! Where values stand in a text.

use std::ops::Range;

use super::tree::{Content, Node};

/// A step on the way to a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hop<'h> {
    /// The value of that key.
    Key(&'h str),
    /// The item at that place of a list, from 0.
    Item(usize),
}

/// Where the values of a tree stand.
#[derive(Debug)]
pub struct Places<'d>(pub(crate) Node<'d>);

impl Places<'_> {
    /// The value that these hops lead to; as far as they lead, if that is not there. Of a mapping
    /// or a list in lines, its first key or item stands for the whole.
    pub fn of(&self, hops: &[Hop]) -> Range<usize> {
        let mut here = &self.0;
        for hop in hops {
            let next = match hop {
                Hop::Key(key) => here.entry(key).map(|entry| &entry.value),
                Hop::Item(place) => here.items().get(*place),
            };
            match next {
                Some(next) => here = next,
                None => break,
            }
        }
        first_of(here)
    }
}

fn first_of(node: &Node) -> Range<usize> {
    match &node.value {
        Content::Map { entries, flow: false } => {
            entries.first().map_or(node.span.clone(), |entry| entry.key_span.clone())
        }
        Content::List { items, flow: false } => items.first().map_or(node.span.clone(), first_of),
        _ => node.span.clone(),
    }
}
