//! Entries as they are written.

use crate::fault::FindingKind;
use crate::format::UnknownKey;
use crate::publish::{Leak, PublicIncident, leaks};
use crate::yaml::Hop::{Item, Key};

use super::super::case::{Case, Found};

pub(super) fn duplicate_event(case: &Case) -> Vec<Found> {
    let events = &case.incident.events;
    let twice = |(place, event): &(usize, &crate::model::Event)| {
        let same = |other: &crate::model::Event| {
            let kinds = event.kind.as_ref().zip(other.kind.as_ref());
            let told = |at: crate::model::Moment| (at.earliest(), at.precision());
            other.at.map(told) == event.at.map(told)
                && other.text.trim() == event.text.trim()
                && kinds.is_none_or(|(kind, other)| kind == other)
        };
        events[..*place].iter().any(same)
    };
    events
        .iter()
        .enumerate()
        .filter(twice)
        .map(|(place, event)| {
            let event_text = event.headline().to_owned();
            let kind = FindingKind::DuplicateEvent { event: event_text, at: event.at };
            case.found(&[Key("events"), Item(place), Key("text")], kind)
        })
        .collect()
}

pub(super) fn unknown_key(case: &Case) -> Vec<Found> {
    let found = |unknown: &UnknownKey| Found {
        span: unknown.at..unknown.at + unknown.key.len(),
        kind: FindingKind::UnknownKey { key: unknown.key.clone(), near: unknown.nearest },
    };
    case.document.unknown.iter().map(found).collect()
}

/// Only of what the public may read: internal entries are left out of public documents anyway.
pub(super) fn private_text(case: &Case) -> Vec<Found> {
    leaks(PublicIncident::of(case.incident, |name| Some(name.to_owned())).incident())
        .into_iter()
        .map(|leak| {
            let body = case.document.text();
            let at = body.find(leak.found.as_str());
            let span = at.map_or(0..0, |at| at..at + leak.found.len());
            let Leak { place, kind, excerpt, .. } = leak;
            Found { span, kind: FindingKind::PrivateText { place, kind, excerpt } }
        })
        .collect()
}
