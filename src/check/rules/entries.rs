//! Rules about the content of entries.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::Range;

use crate::fault::{FindingKind, LeakKind};
use crate::format::UnknownKey;
use crate::model::{EventType, Moment};
use crate::publish::{Hit, Leak, PublicIncident, leaks};
use crate::yaml::Hop::{Item, Key};

use super::super::case::{Case, Found};

/// Events with the same time and text, by type.
#[derive(Default)]
struct Alike<'e> {
    untyped: bool,
    types: HashSet<&'e EventType>,
}

pub(super) fn duplicate_event(case: &Case) -> Vec<Found> {
    let told = |at: Moment| (at.earliest(), at.precision());
    let mut above: BTreeMap<_, Alike> = BTreeMap::new();
    let mut found = Vec::new();
    for (place, event) in case.incident.events.iter().enumerate() {
        let known = above.contains_key(&(event.at.map(told), event.text.trim()));
        let alike = above.entry((event.at.map(told), event.text.trim())).or_default();
        // One without a type may be any of them.
        let twice = match &event.kind {
            None => known,
            Some(kind) => alike.untyped || alike.types.contains(kind),
        };
        alike.untyped |= event.kind.is_none();
        alike.types.extend(&event.kind);
        if twice {
            let event_text = event.headline().to_owned();
            let kind = FindingKind::DuplicateEvent { event: event_text, at: event.at };
            found.push(case.found(&[Key("events"), Item(place), Key("text")], kind));
        }
    }
    found
}

pub(super) fn unknown_key(case: &Case) -> Vec<Found> {
    let found = |unknown: &UnknownKey| Found {
        span: unknown.at..unknown.at + unknown.key.len(),
        kind: FindingKind::UnknownKey { key: unknown.key.clone(), near: unknown.nearest },
    };
    case.document.unknown.iter().map(found).collect()
}

/// Only public texts are checked: internal entries are left out of public documents anyway.
pub(super) fn private_text(case: &Case) -> Vec<Found> {
    // Secrets are searched in the whole file.
    let is_private = |hit: &Hit| hit.kind != LeakKind::Secret;
    if !case.suspects().iter().flat_map(|(_, hits)| hits).any(is_private) {
        return Vec::new();
    }
    leaks(PublicIncident::with_names(case.incident).incident())
        .into_iter()
        .filter(|leak| leak.kind != LeakKind::Secret)
        .map(|leak| {
            let body = case.document.text();
            let at = body.find(leak.found.as_str());
            let span = at.map_or(0..0, |at| at..at + leak.found.len());
            let Leak { place, kind, excerpt, .. } = leak;
            Found { span, kind: FindingKind::PrivateText { place, kind, excerpt } }
        })
        .collect()
}

/// Finds people named in public texts, each once; only if publication is intended: the record has a publication date,
/// or the project has roles.
pub(super) fn named_person(case: &Case) -> Vec<Found> {
    if case.incident.published.is_none() && case.roles.is_empty() {
        return Vec::new();
    }
    let public = PublicIncident::of(case.incident, case.roles.iter().copied());
    let stopping = public.named().iter().filter(|named| named.is_sure());
    let stopping = stopping.map(|it| (&it.place, &it.named.found, None));
    let replaced = public.replaced().iter().map(|it| (&it.place, &it.found, Some(&it.role)));
    let mut told = BTreeSet::new();
    let once = stopping.chain(replaced).filter(|(_, name, _)| told.insert(*name));
    let found = once.map(|(place, name, role)| {
        let (place, name, role) = (place.clone(), name.clone(), role.cloned());
        let span = in_a_text(case.document.text(), &name);
        Found { span, kind: FindingKind::NamedPerson { place, name, role } }
    });
    found.collect()
}

/// Returns where a name is in a file, except in lines that say who did something or is to do it.
fn in_a_text(file: &str, name: &str) -> Range<usize> {
    let says_who = |at: &usize| {
        let line = file[..*at].lines().next_back().unwrap_or_default();
        let first = line.trim_start().trim_start_matches("- ");
        let last = line.trim_end_matches([' ', '"', '\'']);
        let is_it = |key: &str| first.starts_with(key) || last.ends_with(key);
        ["by:", "owner:", "author:"].iter().any(|key| is_it(key))
    };
    let mut places = file.match_indices(name).map(|(at, _)| at).filter(|at| !says_who(at));
    places.next().map_or(0..0, |at| at..at + name.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whom_a_text_names_is_told_with_what_a_public_page_makes_of_it() {
        let text = "title: x\ntimezone: UTC\nevents:\n  - {at: 2024-09-07 10:00, by: Kim Lee, text: x}\n  - {at: 2024-09-07 10:10, text: Kim Lee asked Dana. Dana slept}\n  - {at: 2024-09-07 10:20, text: Kim, audience: internal}\n";
        let document = crate::format::read(text).unwrap();
        let told = |roles: &[(&str, &str)]| {
            let case = Case::new(&document, Moment::from_unix(0).unwrap(), &[], &[]);
            let found = named_person(&case.with_roles(roles)).into_iter();
            let told = |found: Found| match found.kind {
                FindingKind::NamedPerson { name, role, .. } => (found.span.start, name, role),
                other => panic!("{other:?}"),
            };
            found.map(told).collect::<Vec<_>>()
        };
        let at = |words: &str| text.find(words).unwrap();
        let person =
            |at, name: &str, role: Option<&str>| (at, name.to_owned(), role.map(str::to_owned));
        assert_eq!(told(&[]), [], "nobody means to publish it");
        assert_eq!(
            told(&[("Dana", "the engineer on call")]),
            [
                person(at("Kim Lee asked"), "Kim Lee", None),
                person(at("Dana"), "Dana", Some("the engineer on call")),
            ]
        );
    }
}
