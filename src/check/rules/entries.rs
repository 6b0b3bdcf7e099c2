//! Rules about the content of entries.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::fault::{FindingKind, LeakKind};
use crate::format::{UnknownKey, is_setting};
use crate::model::{EventType, Incident, Moment, Text, TextPlace};
use crate::publish::{Hit, PublicIncident, hits_in};
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
        kind: FindingKind::UnknownKey {
            key: unknown.key.clone(),
            near: unknown.nearest,
            is_setting: is_setting(&unknown.key),
        },
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
    let public = PublicIncident::with_names(case.incident);
    let (mut found, mut told) = (Vec::new(), HashSet::new());
    for (_, text) in public_texts(case, public.incident()) {
        let hits = hits_in(text.text).into_iter().filter(is_private);
        for hit in hits {
            let place = text.place.to_string();
            if told.insert((place.clone(), &text.text[hit.span.clone()])) {
                let (kind, excerpt) = (hit.kind, hit.excerpt(text.text));
                let kind = FindingKind::PrivateText { place, kind, excerpt };
                found.push(Found { span: case.part(&text, hit.span), kind });
            }
        }
    }
    found
}

/// Returns the texts of a record that the public reads, each with its place in the public one.
fn public_texts<'p, 'c>(case: &Case<'c>, public: &'p Incident) -> Vec<(TextPlace<'p>, Text<'c>)> {
    let own = case.incident.texts().into_iter().filter(|text| !text.internal);
    let own: Vec<Text> = own.collect();
    let mut next = 0;
    let texts = public.texts().into_iter().filter_map(|text| {
        // The public record has fewer texts, in the same order.
        let is_it = |own: &Text| own.text == text.text && own.place.is_like(&text.place);
        next += own[next..].iter().position(is_it)? + 1;
        Some((text.place, own[next - 1].clone()))
    });
    texts.collect()
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
    let once: Vec<_> = once.collect();
    if once.is_empty() {
        return Vec::new();
    }
    let whole = PublicIncident::with_names(case.incident);
    let texts = public_texts(case, whole.incident()).into_iter();
    let texts: HashMap<String, Text> = texts.map(|(place, own)| (place.to_string(), own)).collect();
    let found = once.into_iter().map(|(place, name, role)| {
        let own = texts.get(place).and_then(|own| Some((own, own.text.find(name.as_str())?)));
        let (span, place) = own.map_or((0..0, place.clone()), |(own, at)| {
            (case.part(own, at..at + name.len()), own.place.to_string())
        });
        let kind = FindingKind::NamedPerson { place, name: name.clone(), role: role.cloned() };
        Found { span, kind }
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_texts_are_reported_at_their_place() {
        let text = "title: x\ntimezone: UTC\nevents:\n  - {at: 2024-09-07 10:00, text: db1.corp.internal, audience: internal}\n  - {at: 2024-09-07 10:10, text: x}\nactions:\n  - {text: ask db1.corp.internal, audience: internal}\n  - {text: restart db1.corp.internal}\n";
        let document = crate::format::read(text).unwrap();
        let case = Case::new(&document, Moment::from_unix(0).unwrap(), &[], &[]);
        let found = private_text(&case);
        let [Found { span, kind: FindingKind::PrivateText { place, .. } }] = found.as_slice()
        else {
            panic!("{} findings", found.len())
        };
        assert_eq!((place.as_str(), span.start), ("actions 2", text.rfind("db1").unwrap()));
    }

    #[test]
    fn a_named_person_is_reported_with_their_role_on_a_public_page() {
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
