//! Where the texts of a record stand in its file.

use std::collections::HashMap;
use std::ops::Range;

use crate::format::Document;
use crate::model::{PathStep, Text};
use crate::yaml::{Hop, Places, Position};

/// The places of a record's texts in its file.
#[derive(Debug)]
pub(super) struct TextPlaces<'d> {
    file: &'d str,
    places: Places<'d>,
    /// The places of its events, in chronological order.
    events: Vec<usize>,
}

impl<'d> TextPlaces<'d> {
    pub(super) fn of(document: &'d Document) -> TextPlaces<'d> {
        let events = document.incident.order_of_events();
        TextPlaces { file: document.text(), places: document.places(), events }
    }

    /// Returns the range of the value at a path, or of its deepest existing ancestor.
    pub(super) fn value(&self, hops: &[Hop]) -> Range<usize> {
        self.places.of(hops)
    }

    /// Returns the range in the file of a part of a text, and whether that is the part to the letter: if quotes, folded
    /// lines or escapes are in its way, it is the range of all of the text.
    pub(super) fn part(&self, text: &Text, part: Range<usize>) -> (Range<usize>, bool) {
        let path = text.place.path(&self.events).into_iter().map(|step| match step {
            PathStep::Key(key) => Hop::Key(key),
            PathStep::Item(place) => Hop::Item(place),
        });
        let hops: Vec<Hop> = path.collect();
        let whole = self.places.whole(&hops);
        let words = &text.text[part.clone()];
        // A text may say the same twice.
        let before = text.text[..part.start].matches(words).count();
        let mut said = self.file[whole.clone()].match_indices(words);
        match said.nth(before).filter(|_| !words.is_empty()) {
            Some((at, _)) => (whole.start + at..whole.start + at + words.len(), true),
            None => (self.value(&hops), false),
        }
    }
}

/// Where things are in the texts of a record's file.
#[derive(Debug, Default)]
pub struct TextPositions<'d> {
    places: Option<TextPlaces<'d>>,
    /// The texts by their places in the record.
    texts: HashMap<String, Text<'d>>,
}

impl<'d> TextPositions<'d> {
    /// Returns those of a record; without one, nothing is known.
    pub fn new(document: Option<&'d Document>) -> TextPositions<'d> {
        let Some(document) = document else { return TextPositions::default() };
        let texts = document.incident.texts().into_iter();
        TextPositions {
            places: Some(TextPlaces::of(document)),
            texts: texts.map(|text| (text.place.to_string(), text)).collect(),
        }
    }

    /// Returns where something begins that is in the text at a place of the record; where that text begins, if the file
    /// has it in other letters.
    pub fn of(&self, place: &str, found: &str) -> Option<Position> {
        let (places, text) = (self.places.as_ref()?, self.texts.get(place)?);
        let at = text.text.find(found)?;
        let (range, _) = places.part(text, at..at + found.len());
        Some(Position::of(places.file, range.start))
    }
}

/// Returns the range of a part that was borrowed from a text.
pub(super) fn part_of(text: &str, part: &str) -> Range<usize> {
    let start = part.as_ptr().addr().checked_sub(text.as_ptr().addr());
    let start = start.filter(|start| text.get(*start..).is_some_and(|rest| rest.starts_with(part)));
    let start = start.or_else(|| text.find(part)).unwrap_or(0);
    start..start + part.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_leads_to_its_own_place() {
        let text = "\
title: same
severity: same
tags: [same, \"same\"]
post: {heading: same}
plan:
  - {at: 2024-09-07T10:00Z, text: same, id: same, owner: same, after: [same]}
events:
  - {at: 2024-09-07T10:20Z, text: same, detail: same, refs: [same]}
  - {at: 2024-09-07T10:10Z, text: same, step: same, metrics: {p: same}}
contributing_factors: [same, {text: same}]
lessons:
  well:
    - same
actions:
  - {text: same, owner: same}
sections:
  - {title: same, body: same same}
attachments:
  - {file: same, alt: same}
";
        let document = crate::format::read(text).unwrap();
        let places = TextPlaces::of(&document);
        let texts = document.incident.texts();
        let mut starts: Vec<usize> = Vec::new();
        for text in texts.iter().filter(|text| text.text.contains("same")) {
            let (span, exact) = places.part(text, 0..4);
            assert!(exact, "{}", text.place);
            if !text.place.to_string().contains("attachments") {
                starts.push(span.start);
            }
        }
        let all = starts.len();
        starts.sort_unstable();
        starts.dedup();
        assert!(all > 20);
        assert_eq!(starts.len(), all, "no two lead to one place");
        let at = |place: &str, part| {
            let text = texts.iter().find(|text| text.place.to_string() == place).unwrap();
            places.part(text, part).0.start
        };
        // Events are told in chronological order.
        assert_eq!(at("events 1", 0..4), text.find("same, step").unwrap());
        assert_eq!(at("sections 1 body", 5..9), text.find("same same").unwrap() + 5);
    }

    #[test]
    fn a_text_with_escapes_is_located_as_a_whole() {
        let text = "title: a b\nsummary: \"a\\x20b\"\n";
        let document = crate::format::read(text).unwrap();
        let texts = document.incident.texts();
        let (span, exact) = TextPlaces::of(&document).part(&texts[1], 0..3);
        assert_eq!((&text[span], exact), ("\"a\\x20b\"", false));
    }
}
