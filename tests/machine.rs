//! Tests that machine-readable output does not depend on the language: for a Korean record, keys, states, kinds and
//! verdicts are the same words as elsewhere, and times are complete.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use asrun::model::{Day, Moment};
use serde_json::Value;
use support::{Terminal, write};

/// Keys whose values are words of asrun, not of people.
const WORDS: &[&str] = &[
    "figure",
    "kind",
    "level",
    "matched",
    "order",
    "phase",
    "precision",
    "rule",
    "sort",
    "state",
    "status",
    "type",
    "verdict",
];

/// Keys whose values are times, or days if no more is known.
const TIMES: &[&str] = &["actual", "at", "date", "done", "due", "iso"];

/// Every output with many rows, each as NDJSON and as CSV.
const ROWS: &[&str] = &[
    "list",
    "search 출시",
    "history 배포",
    "history 리젝",
    "actions --all",
    "lessons",
    "stats",
    "stats --by kind",
    "stats --explain",
    "config",
];

/// Every output that is a single object.
const VIEWS: &[&str] = &[
    "list",
    "search 출시",
    "history 배포",
    "actions --all",
    "lessons",
    "stats --by service --explain",
    "show 2.0",
    "show 3.0",
    "show 지연",
    "compare 2.0",
    "compare 2.0 3.0",
    "check",
    "link -r 3.0",
    "plan check 3.0",
    "plan from 2.0 --at 2024-12-05T18:00",
];

/// Returns a project with only Korean records.
fn project() -> Terminal {
    let mut terminal = Terminal::new(None);
    terminal.set_clock("2024-12-02T12:00:00+09:00");
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("incidents");
    let folder = terminal.folder().join("incidents");
    let korean = |name: &str| name.contains("소리담") || name.contains("왁뮤");
    for name in fs::read_dir(samples).unwrap().map(|entry| entry.unwrap().file_name()) {
        let name = name.into_string().unwrap();
        if korean(&name) {
            let text = fs::read(Path::new("incidents").join(&name)).unwrap();
            write(&folder.join(name), &text);
        }
    }
    let open = "title: 결제 지연\nkind: outage\nlanguage: ko\ntimezone: Asia/Seoul\nevents:\n  \
        - at: 2024-12-02T11:40+09:00\n    text: 제보\n    type: detected\n";
    write(&folder.join("지연.yaml"), open.as_bytes());
    write(&folder.parent().unwrap().join("asrun.yaml"), b"language: ko\ntimezone: Asia/Seoul\n");
    terminal
}

fn answer(terminal: &Terminal, command: &str) -> String {
    let made = terminal.outcome(&format!("exec asrun {command}"), 60);
    assert!(made.errors.is_empty() || made.code == Some(0), "{command}: {made:?}");
    made.out
}

fn is_hangul(c: char) -> bool {
    ('가'..='힣').contains(&c)
}

fn is_time(text: &str) -> bool {
    let (day, rest) = text.split_at_checked(10).unwrap_or((text, ""));
    let offset = rest.ends_with('Z') || rest.rfind(['+', '-']).is_some_and(|at| at > 0);
    Day::parse(day).is_some() && (rest.is_empty() || offset && Moment::parse(text, None).is_ok())
}

/// Collects the faults of a value under a key.
fn faults(key: &str, value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                if !key.is_ascii() {
                    found.insert(format!("the key {key}"));
                }
                // `labels` are for people, and metrics are named by people.
                if key != "labels" && key != "metrics" {
                    faults(key, value, found);
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| faults(key, item, found)),
        Value::String(text) if WORDS.contains(&key) && text.contains(is_hangul) => {
            found.insert(format!("{key}: {text}"));
        }
        Value::String(text) if TIMES.contains(&key) && !is_time(text) => {
            found.insert(format!("{key}: {text}"));
        }
        _ => {}
    }
}

#[test]
fn machine_readable_forms_contain_no_word_of_a_language() {
    let terminal = project();
    let mut words = BTreeSet::new();
    for command in VIEWS {
        let json = answer(&terminal, &format!("{command} --format json"));
        let value: Value = serde_json::from_str(&json).expect(command);
        let mut found = BTreeSet::new();
        faults("", &value, &mut found);
        assert!(found.is_empty(), "{command}: {found:?}");
        words.extend(json.lines().filter(|line| line.contains("\"state\"")).map(str::to_owned));
    }
    assert!(words.iter().any(|line| line.contains("\"resolved\"")), "{words:?}");
}

#[test]
fn rows_are_the_same_in_csv_and_json() {
    let terminal = project();
    for command in ROWS {
        let ndjson = answer(&terminal, &format!("{command} --format ndjson"));
        let csv = answer(&terminal, &format!("{command} --format csv"));
        let table = cells(&csv);
        let (head, rows) = table.split_first().unwrap();
        assert_eq!(rows.len(), ndjson.lines().count(), "{command}");
        assert!(!rows.is_empty(), "{command}");
        for (row, json) in rows.iter().zip(ndjson.lines()) {
            let value: Value = serde_json::from_str(json).unwrap();
            let mut found = BTreeSet::new();
            faults("", &value, &mut found);
            assert!(found.is_empty(), "{command}: {found:?}");
            assert!(value["planned"].as_str().is_none_or(is_time), "{command}: {json}");
            let known: BTreeSet<&str> =
                value.as_object().unwrap().keys().map(String::as_str).collect();
            let named: BTreeSet<&str> = head.iter().map(String::as_str).collect();
            // The values behind a figure are rows of another kind.
            if *command != "stats --explain" {
                assert_eq!(named, known, "{command}");
                for (key, cell) in head.iter().zip(row) {
                    assert_eq!(*cell, as_cell(&value[key]), "{command} {key}");
                }
            }
        }
    }
}

#[test]
fn machine_forms_are_the_same_on_every_terminal() {
    let terminal = project();
    let rows = ROWS.iter().flat_map(|command| {
        ["ndjson", "csv", "json"].map(|form| format!("{command} --format {form}"))
    });
    // Findings of a check are sentences.
    let views = VIEWS.iter().filter(|command| **command != "check");
    let piped = ["list", "search 출시", "history 배포", "actions --all", "lessons", "config"];
    let all = rows
        .chain(views.map(|command| format!("{command} --format json")))
        .chain(piped.map(str::to_owned));
    for command in all {
        let on = |language: &str| {
            let set = format!("unset COLUMNS; ASRUN_TERMINAL_LANGUAGE={language}");
            let made = terminal.outcome(&format!("{set} exec asrun {command}"), 60);
            assert!(!made.out.is_empty(), "{command}: {made:?}");
            // The language is a setting itself.
            let lines = made.out.lines().filter(|line| !line.contains("terminal_language"));
            lines.map(str::to_owned).collect::<Vec<_>>()
        };
        let (english, korean) = (on("en"), on("ko"));
        // Pretty-printed JSON has the setting's value on a line of its own.
        if command != "config --format json" {
            assert_eq!(english, korean, "{command}");
        }
    }
}

fn as_cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(as_cell).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

/// Returns the cells of CSV (RFC 4180), row by row.
fn cells(csv: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut signs = csv.chars().peekable();
    let mut quoted = false;
    while let Some(c) = signs.next() {
        let row = rows.last_mut().unwrap();
        match c {
            '"' if quoted && signs.next_if_eq(&'"').is_some() => row.last_mut().unwrap().push('"'),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(String::new()),
            '\r' if !quoted && signs.next_if_eq(&'\n').is_some() => rows.push(vec![String::new()]),
            c => row.last_mut().unwrap().push(c),
        }
    }
    rows.pop();
    rows
}
