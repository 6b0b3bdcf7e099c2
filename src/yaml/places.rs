//! The byte ranges of values in a text.

use std::ops::Range;

use super::tree::{Content, Node};

/// A step on the path to a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hop<'h> {
    /// The value of that key.
    Key(&'h str),
    /// The item at that index of a list, from 0.
    Item(usize),
}

/// The byte ranges of a tree's values.
#[derive(Debug)]
pub struct Places<'d>(pub(crate) Node<'d>);

impl Places<'_> {
    /// Returns the range of the value at that path, or of its deepest existing ancestor. For a block mapping or list it
    /// is that of its first key or item.
    pub fn of(&self, hops: &[Hop]) -> Range<usize> {
        first_of(self.node(hops))
    }

    /// Returns the range of all of the value at that path, or of its deepest existing ancestor.
    pub fn whole(&self, hops: &[Hop]) -> Range<usize> {
        self.node(hops).span.clone()
    }

    fn node(&self, hops: &[Hop]) -> &Node<'_> {
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
        here
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hops_lead_to_a_value_or_as_near_as_they_can() {
        let text = "\u{feff}title: 왁뮤\ntags: [a, b]\nplan:\n  - id: x\n    at: 2024-09-07T18:08Z\n    text: 배포\n  - {at: 2024-09-07T18:09Z, text: 공개}\nlessons:\n  well:\n    - one\nnone:\n";
        let document = crate::format::read(text).unwrap();
        let places = document.places();
        let (key, item) = (Hop::Key, Hop::Item);
        for (hops, said) in [
            (&[key("title")][..], "왁뮤"),
            (&[key("tags")], "[a, b]"),
            (&[key("tags"), item(1)], "b"),
            (&[key("tags"), item(2)], "[a, b]"),
            (&[key("plan")], "id"),
            (&[key("plan"), item(0)], "id"),
            (&[key("plan"), item(0), key("text")], "배포"),
            (&[key("plan"), item(0), key("owner")], "id"),
            (&[key("plan"), item(1)], "{at: 2024-09-07T18:09Z, text: 공개}"),
            (&[key("plan"), item(1), key("text")], "공개"),
            (&[key("plan"), item(2)], "id"),
            (&[key("lessons")], "well"),
            (&[key("lessons"), key("well")], "one"),
            (&[key("gone"), key("title")], "title"),
            (&[item(0), key("title")], "title"),
            (&[], "title"),
        ] {
            assert_eq!(&document.text()[places.of(hops)], said, "{hops:?}");
        }
        assert!(places.of(&[key("none")]).is_empty());
    }
}
