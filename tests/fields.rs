//! No field of a record is forgotten: each is found by search, looked at for secrets, and merged.
//!
//! The schema names every field. A new one turns these tests red until the table below says whether
//! it is a text.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]

use asrun::format::{RECORD_SCHEMA, read};
use asrun::merge::merge;
use asrun::publish::leaks;
use asrun::query::{Wanted, search};
use serde_yaml::Value;

/// A text that looks like a secret.
const SECRET: &str = "AKIAIOSFODNN7EXAMPLA";

/// What a field may hold.
enum Field {
    /// A text, written so; `{}` is the text.
    Text(&'static str),
    /// Something that cannot hold a secret, as an example of it.
    Other(&'static str),
    /// A list or mapping whose own fields stand in the table.
    Parts,
}

use Field::{Other, Parts, Text};

/// A place of the schema, how a field stands in a record there, and every field.
type Place = (&'static str, &'static str, &'static [(&'static str, Field)]);

const PLACES: &[Place] = &[
    (
        "/properties",
        "title: t\n{field}events: []\n",
        &[
            ("title", Text("{}")),
            ("kind", Text("{}")),
            ("version", Text("{}")),
            ("severity", Text("{}")),
            ("date", Other("2024-09-08")),
            ("timezone", Other("Asia/Seoul")),
            ("language", Other("ko")),
            ("author", Text("{}")),
            ("services", Text("[a, {}]")),
            ("tags", Text("[a, {}]")),
            ("categories", Text("[a, {}]")),
            ("published", Other("2024-09-08")),
            ("sample", Other("true")),
            ("summary", Text("{}")),
            ("impact", Text("{}")),
            ("plan", Parts),
            ("events", Parts),
            ("contributing_factors", Text("[a, {}]")),
            ("lessons", Parts),
            ("actions", Parts),
            ("sections", Parts),
            ("attachments", Parts),
        ],
    ),
    (
        "/$defs/step/properties",
        "title: t\nplan:\n  - at: 2024-09-07\n    text: t\n    {field}events: []\n",
        &[
            ("id", Text("{}")),
            ("at", Other("2024-09-08")),
            ("until", Other("2024-09-09")),
            ("text", Text("{}")),
            ("owner", Text("{}")),
            ("revised", Parts),
            ("skipped", Text("{}")),
        ],
    ),
    (
        "/$defs/step/properties/skipped/oneOf/1/properties",
        "title: t\nplan:\n  - at: 2024-09-07\n    text: t\n    skipped:\n      x-own: 1\n      {field}events: []\n",
        &[("on", Other("2024-09-08")), ("why", Text("{}"))],
    ),
    (
        "/$defs/revision/properties",
        "title: t\nplan:\n  - at: 2024-09-07\n    text: t\n    revised:\n      - from: 2024-09-06\n        {field}events: []\n",
        &[("from", Other("2024-09-05")), ("on", Other("2024-09-06")), ("why", Text("{}"))],
    ),
    (
        "/$defs/event/properties",
        "title: t\nevents:\n  - at: 2024-09-07\n    text: t\n    {field}",
        &[
            ("at", Other("2024-09-08")),
            ("until", Other("2024-09-09")),
            ("logged", Other("2024-09-09")),
            ("text", Text("{}")),
            ("type", Text("{}")),
            ("step", Text("[a, {}]")),
            ("by", Text("{}")),
            ("why", Text("{}")),
            ("about", Other("true")),
            ("key", Other("true")),
            ("audience", Other("internal")),
            ("from", Text("{}")),
            ("to", Text("{}")),
            ("detail", Text("{}")),
            ("attachments", Parts),
            ("refs", Text("[a, {}]")),
            ("metrics", Text("{users: {}, {}: two}")),
        ],
    ),
    (
        "/$defs/attachment/oneOf/1/properties",
        "title: t\nevents:\n  - at: 2024-09-07\n    text: t\n    attachments:\n      - file: f\n        {field}",
        &[
            ("file", Text("{}")),
            ("alt", Text("{}")),
            ("width", Text("{}")),
            ("caption", Text("{}")),
        ],
    ),
    (
        "/$defs/attachment/oneOf/1/properties",
        "title: t\nevents: []\nattachments:\n  - file: f\n    {field}",
        &[
            ("file", Text("{}")),
            ("alt", Text("{}")),
            ("width", Text("{}")),
            ("caption", Text("{}")),
        ],
    ),
    (
        "/properties/lessons/properties",
        "title: t\nevents: []\nlessons:\n  x-own: [a]\n  {field}",
        &[
            ("well", Text("[a, {}]")),
            ("badly", Text("[a, {}]")),
            ("lucky", Text("[a, {}]")),
            ("surprised", Text("[a, {}]")),
        ],
    ),
    (
        "/$defs/action/properties",
        "title: t\nevents: []\nactions:\n  - text: t\n    {field}",
        &[
            ("text", Text("{}")),
            ("owner", Text("{}")),
            ("due", Other("2024-10-01")),
            ("type", Text("{}")),
            ("done", Other("2024-10-01")),
            ("ref", Text("{}")),
        ],
    ),
    (
        "/$defs/section/properties",
        "title: t\nevents: []\nsections:\n  - title: t\n    {field}",
        &[("title", Text("{}")), ("body", Text("{}")), ("audience", Other("internal"))],
    ),
];

/// The record without the field.
fn bare(frame: &str) -> String {
    let (before, after) = frame.split_once("{field}").unwrap();
    format!("{}{after}", before.trim_end_matches(' '))
}

/// The record with that field in its place; one that is there already gets the new value.
fn record(frame: &str, key: &str, value: &str) -> String {
    let old =
        ["title: t", "at: 2024-09-07", "text: t", "file: f", "from: 2024-09-06", "events: []"];
    let there = old.iter().rfind(|line| line.starts_with(&format!("{key}: ")));
    let place = there.and_then(|line| Some((frame.rfind(line)?, line)));
    match place.filter(|(at, _)| frame[*at..].find("{field}").is_some_and(|gap| gap < 60)) {
        Some((at, line)) => {
            let with = format!("{}{key}: {value}{}", &frame[..at], &frame[at + line.len()..]);
            bare(&with)
        }
        None => frame.replace("{field}", &format!("{key}: {value}\n")),
    }
}

/// Every field that is no list of other fields: its place, its name, an example, and whether it is a
/// text.
fn fields() -> Vec<(&'static str, &'static str, &'static str, String, bool)> {
    let example = |field: &Field| match field {
        Text(form) => Some((form.replace("{}", SECRET), true)),
        Other(example) => Some(((*example).to_owned(), false)),
        Parts => None,
    };
    let of = |(place, frame, fields): &Place| {
        let (place, frame) = (*place, *frame);
        let filled = fields.iter().filter_map(move |(key, field)| {
            let (value, text) = example(field)?;
            Some((place, frame, *key, value, text))
        });
        filled.collect::<Vec<_>>()
    };
    PLACES.iter().flat_map(of).collect()
}

#[test]
fn the_table_names_every_field_of_the_schema() {
    let schema: serde_json::Value = serde_json::from_str(RECORD_SCHEMA).unwrap();
    for (place, _, fields) in PLACES {
        let properties = schema.pointer(place).unwrap().as_object().unwrap();
        let mut there: Vec<&str> = properties.keys().map(String::as_str).collect();
        let mut told: Vec<&str> = fields.iter().map(|(key, _)| *key).collect();
        there.sort_unstable();
        told.sort_unstable();
        assert_eq!(told, there, "{place}");
    }
    // And every place of the schema that has fields.
    let text = serde_json::to_string(&schema).unwrap();
    let places = text.matches("\"properties\":").count();
    let known: std::collections::BTreeSet<&str> = PLACES.iter().map(|(place, ..)| *place).collect();
    assert_eq!(places, known.len(), "a place of the schema is not in the table");
}

#[test]
fn search_finds_every_text() {
    let wanted = Wanted::read(SECRET).unwrap();
    for (place, frame, key, value, _) in fields().into_iter().filter(|(.., text)| *text) {
        let text = record(frame, key, &value);
        let incident = read(&text).unwrap_or_else(|faults| panic!("{faults:?}\n{text}")).incident;
        assert!(!search(&incident, &wanted).is_empty(), "{place} {key} is not searched:\n{text}");
    }
}

#[test]
fn secrets_are_looked_for_in_every_text() {
    for (place, frame, key, value, _) in fields().into_iter().filter(|(.., text)| *text) {
        let text = record(frame, key, &value);
        let incident = read(&text).unwrap().incident;
        let found = leaks(&incident);
        // A name and a value are two texts.
        assert_eq!(found.len(), value.matches(SECRET).count(), "{place} {key}:\n{text}\n{found:?}");
    }
}

#[test]
fn every_field_that_the_other_side_wrote_is_merged() {
    for (place, frame, key, value, _) in fields() {
        let base = bare(frame);
        let ours = format!("{base}x-own: ours\n");
        let theirs = record(frame, key, &value);
        assert!(read(&base).is_ok(), "{base}");
        let merged = merge(&base, &ours, &theirs).unwrap_or_else(|fault| panic!("{fault:?}"));
        assert_eq!(merged.conflicts, [], "{place} {key}");
        let value = |text: &str| serde_yaml::from_str::<Value>(text).unwrap();
        let mut expected = value(&theirs);
        expected.as_mapping_mut().unwrap().insert("x-own".into(), "ours".into());
        assert_eq!(value(&merged.text), expected, "{place} {key}:\n{}", merged.text);
    }
}
