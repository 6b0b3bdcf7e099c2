//! Checks that no field of a record is forgotten: each is read, specified and merged; each text is found by search,
//! checked for secrets, and available in templates; each name is left out in public.
//!
//! The schema names every field. A new one makes these tests fail until it is in the table below.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]

use std::fs;
use std::path::Path;

use asrun::format::{RECORD_SCHEMA, read};
use asrun::merge::merge;
use asrun::model::Incident;
use asrun::publish::{PublicIncident, leaks};
use asrun::query::{Wanted, search};
use asrun::view::record_view;
use serde_yaml::Value;

/// A text that looks like a secret.
const SECRET: &str = "AKIAIOSFODNN7EXAMPLA";

/// The content of a field.
enum Field {
    /// A text, in this form, where `{}` is the text.
    Text(&'static str),
    /// A text that names somebody, a source or how a step is carried out, in this form: it is left out in public.
    Name(&'static str),
    /// Something that cannot contain a secret, with an example.
    Other(&'static str),
    /// A list or mapping whose own fields are in the table.
    Parts,
}

use Field::{Name, Other, Parts, Text};

/// A place in the schema: its section of docs/format.md, a record with a field of it, and every field.
/// there, and every field.
type Place = (&'static str, &'static str, &'static str, &'static [(&'static str, Field)]);

/// A record with a step.
const STEP: &str = "title: t\nplan:\n  - text: t\n    at: 2024-09-07T10:20Z\n    until: 2024-09-07T11:20Z\n    {field}events: []\n";

const PLACES: &[Place] = &[
    (
        "/properties",
        "3.1",
        "title: t\n{field}events: []\n",
        &[
            ("title", Text("{}")),
            ("kind", Text("{}")),
            ("version", Text("{}")),
            ("severity", Text("{}")),
            ("date", Other("2024-09-08")),
            ("timezone", Other("Asia/Seoul")),
            ("language", Other("ko")),
            ("author", Name("{}")),
            ("services", Text("[a, {}]")),
            ("tags", Text("[a, {}]")),
            ("categories", Text("[a, {}]")),
            ("published", Other("2024-09-08")),
            ("review", Name("{}")),
            ("post", Parts),
            ("sample", Other("true")),
            ("archived", Other("true")),
            ("summary", Text("{}")),
            ("impact", Text("{}")),
            ("plan", Parts),
            ("events", Parts),
            ("contributing_factors", Text("[a, {}]")),
            ("lessons", Parts),
            ("actions", Parts),
            ("sections", Parts),
            ("attachments", Parts),
            ("imported", Parts),
        ],
    ),
    (
        "/$defs/imported/properties",
        "3.4",
        "title: t\nevents: []\nimported:\n  - from: f\n    {field}",
        &[
            ("from", Name("{}")),
            ("sha256", Name("{}")),
            ("on", Other("2024-10-01")),
            ("left_out", Name("[a, {}]")),
        ],
    ),
    (
        "/$defs/review/oneOf/1/properties",
        "3.5",
        "title: t\nreview:\n  x-own: a\n  {field}events: []\n",
        &[("by", Name("{}")), ("on", Other("2024-09-09")), ("of", Name("{}"))],
    ),
    (
        "/$defs/post/properties",
        "5.5",
        "title: t\npost:\n  x-own: a\n  {field}events: []\n",
        &[
            ("layout", Other("blog")),
            ("show", Other("[rows]")),
            ("hide", Other("[rows, plan]")),
            ("heading", Text("{}")),
            ("plan_title", Text("{}")),
            ("before_plan", Text("{}")),
            ("after_plan", Text("{}")),
            ("pictures", Other("before")),
            ("images", Text("{}")),
            ("baseurl", Text("{}")),
            ("front_matter", Text("\"{}: a\"")),
        ],
    ),
    (
        "/$defs/step/properties",
        "4.",
        STEP,
        &[
            ("id", Text("{}")),
            ("at", Other("2024-09-08")),
            ("due", Other("2024-09-08")),
            ("precision", Other("hour")),
            ("until", Other("2024-09-09")),
            ("until_precision", Other("hour")),
            ("text", Text("{}")),
            ("owner", Name("{}")),
            ("after", Text("[a, {} +16m]")),
            ("takes", Other("20m")),
            ("decision", Other("true")),
            ("rollback", Other("true")),
            ("if_failed", Name("{}")),
            ("command", Name("{}")),
            ("revised", Parts),
            ("skipped", Text("{}")),
            ("source", Name("{}")),
        ],
    ),
    (
        "/$defs/step/properties/skipped/oneOf/1/properties",
        "4.",
        "title: t\nplan:\n  - at: 2024-09-07\n    text: t\n    skipped:\n      x-own: 1\n      {field}events: []\n",
        &[("on", Other("2024-09-08")), ("why", Text("{}"))],
    ),
    (
        "/$defs/revision/properties",
        "4.",
        "title: t\nplan:\n  - at: 2024-09-07\n    text: t\n    revised:\n      - from: 2024-09-06T10:20Z\n        until: 2024-09-06T11:20Z\n        {field}events: []\n",
        &[
            ("from", Other("2024-09-05")),
            ("precision", Other("hour")),
            ("until", Other("2024-09-06")),
            ("until_precision", Other("hour")),
            ("on", Other("2024-09-06")),
            ("why", Text("{}")),
        ],
    ),
    (
        "/$defs/event/properties",
        "5.1",
        "title: t\nevents:\n  - at: 2024-09-07T10:20Z\n    until: 2024-09-07T11:20Z\n    text: t\n    {field}",
        &[
            ("at", Other("2024-09-08")),
            ("until", Other("2024-09-09")),
            ("logged", Other("2024-09-09")),
            ("next_update", Other("2024-09-09")),
            ("text", Text("{}")),
            ("type", Text("{}")),
            ("step", Text("[a, {}]")),
            ("by", Name("{}")),
            ("why", Text("{}")),
            ("about", Other("true")),
            ("precision", Other("hour")),
            ("until_about", Other("true")),
            ("until_precision", Other("hour")),
            ("key", Other("true")),
            ("audience", Other("internal")),
            ("from", Text("{}")),
            ("to", Text("{}")),
            ("detail", Text("{}")),
            ("attachments", Parts),
            ("refs", Text("[a, {}]")),
            ("metrics", Text("{users: {}, {}: two}")),
            ("printed", Name("{}")),
            ("source", Name("{}")),
        ],
    ),
    (
        "/$defs/attachment/oneOf/1/properties",
        "5.3",
        "title: t\nevents:\n  - at: 2024-09-07\n    text: t\n    attachments:\n      - file: f\n        {field}",
        &[
            ("file", Text("{}")),
            ("alt", Text("{}")),
            ("width", Text("{}")),
            ("caption", Text("{}")),
            ("audience", Other("internal")),
        ],
    ),
    (
        "/$defs/attachment/oneOf/1/properties",
        "5.3",
        "title: t\nevents: []\nattachments:\n  - file: f\n    {field}",
        &[
            ("file", Text("{}")),
            ("alt", Text("{}")),
            ("width", Text("{}")),
            ("caption", Text("{}")),
            ("audience", Other("internal")),
        ],
    ),
    (
        "/properties/lessons/properties",
        "5.4",
        "title: t\nevents: []\nlessons:\n  x-own: [a]\n  {field}",
        &[
            ("well", Text("[a, {}]")),
            ("badly", Text("[a, {}]")),
            ("lucky", Text("[a, {}]")),
            ("surprised", Text("[a, {}]")),
            ("learned", Text("[a, {}]")),
        ],
    ),
    (
        "/$defs/action/properties",
        "5.4",
        "title: t\nevents: []\nactions:\n  - text: t\n    {field}",
        &[
            ("text", Text("{}")),
            ("owner", Name("{}")),
            ("due", Other("2024-10-01")),
            ("type", Text("{}")),
            ("done", Other("2024-10-01")),
            ("ref", Text("{}")),
            ("audience", Other("internal")),
            ("source", Name("{}")),
        ],
    ),
    (
        "/$defs/note/oneOf/1/properties",
        "5.4",
        "title: t\nevents: []\ncontributing_factors:\n  - text: t\n    {field}",
        &[("text", Text("{}")), ("audience", Other("internal"))],
    ),
    (
        "/$defs/note/oneOf/1/properties",
        "5.4",
        "title: t\nevents: []\nlessons:\n  well:\n    - text: t\n      {field}",
        &[("text", Text("{}")), ("audience", Other("internal"))],
    ),
    (
        "/$defs/section/properties",
        "5.4",
        "title: t\nevents: []\nsections:\n  - title: t\n    {field}",
        &[("title", Text("{}")), ("body", Text("{}")), ("audience", Other("internal"))],
    ),
];

/// Returns the record without the field.
fn bare(frame: &str) -> String {
    let (before, after) = frame.split_once("{field}").unwrap();
    format!("{}{after}", before.trim_end_matches(' '))
}

/// Returns the record with the field, replacing an existing one.
fn record(frame: &str, key: &str, value: &str) -> String {
    let old = [
        "title: t",
        "at: 2024-09-07T10:20Z",
        "until: 2024-09-07T11:20Z",
        "text: t",
        "file: f",
        "from: f",
        "from: 2024-09-06T10:20Z",
        "until: 2024-09-06T11:20Z",
        "events: []",
    ];
    // A step has only one of the two.
    let replaced = if frame.contains("plan:") && key == "due" { "at" } else { key };
    let there = old
        .iter()
        .filter(|line| frame.contains(**line))
        .rfind(|line| line.starts_with(&format!("{replaced}: ")));
    let place = there.and_then(|line| Some((frame.rfind(line)?, line)));
    match place.filter(|(at, _)| frame[*at..].find("{field}").is_some_and(|gap| gap < 90)) {
        Some((at, line)) => {
            let with = format!("{}{key}: {value}{}", &frame[..at], &frame[at + line.len()..]);
            bare(&with)
        }
        None => frame.replace("{field}", &format!("{key}: {value}\n")),
    }
}

/// A field that is not a list of other fields, with an example.
struct Example {
    place: &'static str,
    frame: &'static str,
    key: &'static str,
    value: String,
    kind: &'static Field,
}

impl Example {
    fn all() -> Vec<Example> {
        let of = |(place, _, frame, fields): &'static Place| {
            let filled = fields.iter().filter_map(move |(key, kind)| {
                let value = match kind {
                    Text(form) | Name(form) => form.replace("{}", SECRET),
                    Other(example) => (*example).to_owned(),
                    Parts => return None,
                };
                Some(Example { place, frame, key, value, kind })
            });
            filled.collect::<Vec<_>>()
        };
        PLACES.iter().flat_map(of).collect()
    }

    /// Returns the fields with a text.
    fn texts() -> Vec<Example> {
        let text = |example: &Example| matches!(example.kind, Text(_) | Name(_));
        Example::all().into_iter().filter(text).collect()
    }

    fn record(&self) -> String {
        record(self.frame, self.key, &self.value)
    }

    fn incident(&self) -> Incident {
        let text = self.record();
        read(&text).unwrap_or_else(|faults| panic!("{faults:?}\n{text}")).incident
    }
}

#[test]
fn the_table_names_every_field_of_the_schema() {
    let schema: serde_json::Value = serde_json::from_str(RECORD_SCHEMA).unwrap();
    for (place, _, _, fields) in PLACES {
        let properties = schema.pointer(place).unwrap().as_object().unwrap();
        let mut there: Vec<&str> = properties.keys().map(String::as_str).collect();
        let mut told: Vec<&str> = fields.iter().map(|(key, _)| *key).collect();
        there.sort_unstable();
        told.sort_unstable();
        assert_eq!(told, there, "{place}");
    }
    // Every place of the schema with fields is covered.
    let text = serde_json::to_string(&schema).unwrap();
    let places = text.matches("\"properties\":").count();
    let known: std::collections::BTreeSet<&str> = PLACES.iter().map(|(place, ..)| *place).collect();
    assert_eq!(places, known.len(), "a place of the schema is not in the table");
}

#[test]
fn the_specification_describes_every_field() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/format.md");
    let page = fs::read_to_string(page).unwrap();
    for (place, number, _, fields) in PLACES {
        let mut lines = page.lines();
        let is_heading = |line: &str| line.starts_with('#');
        let found = lines.find(|line| is_heading(line) && line.contains(&format!(" {number} ")));
        assert!(found.is_some(), "docs/format.md has no section {number}");
        let section: Vec<&str> = lines.take_while(|line| !is_heading(line)).collect();
        for (key, _) in *fields {
            let told = section.iter().any(|line| line.contains(&format!("`{key}`")));
            assert!(told, "{place} {key}: section {number} of docs/format.md does not tell of it");
        }
    }
}

#[test]
fn every_field_is_read() {
    for example in Example::all() {
        let without = read(&bare(example.frame)).unwrap().incident;
        let (place, key) = (example.place, example.key);
        assert_ne!(example.incident(), without, "{place} {key} is not read");
    }
}

#[test]
fn search_finds_every_text() {
    let wanted = Wanted::read(SECRET).unwrap();
    for example in Example::texts() {
        let (place, key) = (example.place, example.key);
        let hits = search(&example.incident(), &wanted).len();
        assert_ne!(hits, 0, "{place} {key} is not searched:\n{}", example.record());
    }
}

#[test]
fn secrets_are_looked_for_in_every_text() {
    for example in Example::texts() {
        let found = leaks(&example.incident());
        // A name and a value are two texts.
        let there = example.value.matches(SECRET).count();
        let (place, key) = (example.place, example.key);
        assert_eq!(found.len(), there, "{place} {key}:\n{}\n{found:?}", example.record());
    }
}

/// The fields in JSON and in templates.
#[test]
fn every_text_is_in_the_view() {
    for example in Example::texts() {
        let view = record_view("t", &example.incident(), 0, None);
        let (place, key) = (example.place, example.key);
        let seen = serde_json::to_string(&view).unwrap().contains(SECRET);
        assert!(seen, "{place} {key} is not in the view:\n{}", example.record());
    }
}

#[test]
fn the_public_reads_every_text_but_names() {
    for example in Example::texts() {
        let public = PublicIncident::of(&example.incident(), []);
        let read = public.incident().texts().iter().any(|text| text.text.contains(SECRET));
        let (place, key) = (example.place, example.key);
        assert_eq!(read, matches!(example.kind, Text(_)), "{place} {key}:\n{}", example.record());
    }
}

#[test]
fn every_field_that_the_other_side_wrote_is_merged() {
    // A step whose time is replaced by a deadline would have neither in between, so this is left to a person.
    let all =
        Example::all().into_iter().filter(|example| example.frame != STEP || example.key != "due");
    for example in all {
        let (place, key) = (example.place, example.key);
        let base = bare(example.frame);
        let ours = format!("{base}x-own: ours\n");
        let theirs = example.record();
        assert!(read(&base).is_ok(), "{base}");
        let merged = merge(&base, &ours, &theirs).unwrap_or_else(|fault| panic!("{fault:?}"));
        assert_eq!(merged.conflicts, [], "{place} {key}");
        let value = |text: &str| serde_yaml::from_str::<Value>(text).unwrap();
        let mut expected = value(&theirs);
        expected.as_mapping_mut().unwrap().insert("x-own".into(), "ours".into());
        assert_eq!(value(&merged.text), expected, "{place} {key}:\n{}", merged.text);
    }
}
