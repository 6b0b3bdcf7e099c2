//! Rules about words from lists that asrun knows, and typos of them.

use crate::fault::{FindingKind, WordFinding};
use crate::lang::{event_type_named, kind_named};
use crate::model::{EventType, KINDS, nearest, slip_of};
use crate::yaml::Hop::{Item, Key};

use super::super::case::{Case, Found};

pub(super) fn unknown_type(case: &Case) -> Vec<Found> {
    let events = case.incident.events.iter().enumerate();
    let found = events.filter_map(|(place, event)| {
        let Some(EventType::Other(word)) = &event.kind else { return None };
        let kind = WordFinding::Type { word: word.clone(), near: type_near(word)? };
        let hops = [Key("events"), Item(place), Key("type")];
        Some(case.found(&hops, FindingKind::Word(kind)))
    });
    found.collect()
}

/// Returns the type that an unknown word means: its name in some language, or a typo of it.
fn type_near(word: &str) -> Option<&'static str> {
    let plain = word.trim().to_lowercase().replace([' ', '-'], "_");
    let meant = EventType::known(&plain).or_else(|| event_type_named(&word.to_lowercase()));
    let known = |kind: EventType| EventType::words().find(|known| *known == kind.word());
    meant.and_then(known).or_else(|| slip_of(&plain, EventType::words()))
}

pub(super) fn unknown_kind(case: &Case) -> Vec<Found> {
    let Some(word) = &case.incident.kind else { return Vec::new() };
    let known = KINDS.contains(&word.as_str());
    let near = kind_named(word).or_else(|| slip_of(word.trim(), KINDS));
    let Some(near) = near.filter(|_| !known) else { return Vec::new() };
    let kind = WordFinding::Kind { word: word.clone(), near };
    vec![case.found(&[Key("kind")], FindingKind::Word(kind))]
}

pub(super) fn unknown_severity(case: &Case) -> Vec<Found> {
    let Some(word) = &case.incident.severity else { return Vec::new() };
    if case.scale.iter().any(|known| known.to_lowercase() == word.to_lowercase()) {
        return Vec::new();
    }
    let near = nearest(word, case.scale.iter().copied()).map(str::to_owned);
    let scale = case.scale.iter().map(|word| (*word).to_owned()).collect();
    let kind = WordFinding::Severity { word: word.clone(), near, scale };
    vec![case.found(&[Key("severity")], FindingKind::Word(kind))]
}
