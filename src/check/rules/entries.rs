//! Entries as they are written.

use crate::format::UnknownKey;
use crate::lang::terminal;
use crate::publish::{PublicIncident, leaks};
use crate::yaml::Hop::{Item, Key};

use super::super::case::{Case, Found};

pub(super) fn duplicate_event(case: &Case) -> Vec<Found> {
    let events = &case.incident.events;
    let twice = |(place, event): &(usize, &crate::model::Event)| {
        let same = |other: &crate::model::Event| {
            other.at == event.at
                && other.text.trim() == event.text.trim()
                && other.kind == event.kind
        };
        events[..*place].iter().any(same)
    };
    events
        .iter()
        .enumerate()
        .filter(twice)
        .map(|(place, event)| {
            let message = format!(
                "{:?} at {} stands here a second time",
                event.headline(),
                event.at.written()
            );
            let help = "delete one of the two, after looking which says more";
            case.found(&[Key("events"), Item(place), Key("text")], message, help)
        })
        .collect()
}

pub(super) fn unknown_key(case: &Case) -> Vec<Found> {
    let found = |unknown: &UnknownKey| {
        let near = unknown.nearest.map(|key| format!("did you mean `{key}`? "));
        Found {
            span: unknown.at..unknown.at + unknown.key.len(),
            message: format!("asrun does not know `{}`; it is kept as it is", unknown.key),
            help: format!("{}asrun help records names the keys", near.unwrap_or_default()),
        }
    };
    case.document.unknown.iter().map(found).collect()
}

/// Only of what the public may read: internal entries are left out of public documents anyway.
pub(super) fn private_text(case: &Case) -> Vec<Found> {
    leaks(PublicIncident::of(case.incident, |name| Some(name.to_owned())).incident())
        .into_iter()
        .map(|leak| {
            let message = format!(
                "{}: looks like {}: {}",
                leak.place,
                terminal().leak_kind(leak.kind),
                leak.excerpt
            );
            let help = "take it out, or mark the entry `audience: internal`";
            let body = case.document.text();
            let at = body.find(leak.found.as_str());
            let span = at.map_or(0..0, |at| at..at + leak.found.len());
            Found { span, message, help: help.to_owned() }
        })
        .collect()
}
