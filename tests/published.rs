//! Tests that published plans have exactly their published deviations.
//!
//! `tests/published/` has records of real releases and maintenance windows, each with the deviations that the sources
//! state or that follow from their times: one line per step with its id, then days (or minutes at the start and at the
//! end of a window).

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail loudly")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use asrun::format::read;
use asrun::model::Verdict;
use asrun::model::{Incident, Precision};
use asrun::timeline::{Row, rows, schedule_kept};
use support::{Terminal, write};

fn published(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/published").join(name)
}

fn record(name: &str) -> Incident {
    let text = fs::read_to_string(published(&format!("{name}.yaml"))).unwrap();
    read(&text).expect("a sound record").incident
}

/// Returns the published numbers: a step's id with one or two of them.
fn table(name: &str) -> Vec<(String, Vec<i64>)> {
    let text = fs::read_to_string(published(&format!("{name}.tsv"))).unwrap();
    let line = |line: &str| {
        let mut cells = line.split('\t');
        let id = cells.next().unwrap().replace(' ', "-");
        (id, cells.map(|cell| cell.parse().unwrap()).collect())
    };
    text.lines().map(line).collect()
}

fn row<'r, 'i>(rows: &'r [Row<'i>], id: &str) -> &'r Row<'i> {
    rows.iter().find(|row| row.step.and_then(|step| step.id.as_deref()) == Some(id)).unwrap()
}

#[test]
fn releases_of_which_only_days_are_known() {
    for (name, steps, on_time) in [("cpython-3.11", 14, 2), ("rust", 44, 44)] {
        let incident = record(name);
        let rows = rows(&incident, 300);
        let table = table(name);
        assert_eq!(table.len(), steps, "{name}");
        for (id, days) in table {
            let row = row(&rows, &id);
            let deviation = row.deviation.unwrap();
            assert_eq!(deviation.precision, Precision::Day, "{name} {id}");
            assert_eq!(deviation.seconds, days[0] * 86_400, "{name} {id}");
            let verdict = match days[0] {
                0 => Verdict::OnTime,
                days if days < 0 => Verdict::Early,
                _ => Verdict::Late,
            };
            assert_eq!(row.verdict, verdict, "{name} {id}");
        }
        assert_eq!(schedule_kept(&rows, None).unwrap().on_time, on_time, "{name}");
    }
}

#[test]
fn maintenance_windows_deviate_at_both_ends() {
    let incident = record("windows");
    let rows = rows(&incident, 300);
    assert_eq!(table("windows").len(), 4);
    for (id, minutes) in table("windows") {
        let row = row(&rows, &id);
        assert_eq!(row.deviation.unwrap().seconds, minutes[0] * 60, "{id}");
        assert_eq!(row.end_deviation.unwrap().seconds, minutes[1] * 60, "{id}");
    }
}

#[test]
fn no_minutes_are_invented_where_only_days_are_known() {
    let terminal = Terminal::new(None);
    let text = fs::read(published("cpython-3.11.yaml")).unwrap();
    write(&terminal.folder().join("incidents/cpython.yaml"), &text);
    for format in ["table", "markdown", "json"] {
        let said = terminal.said(&format!("asrun compare cpython --format {format}"));
        assert!(said.contains("21 d late"), "{format}: {said}");
        let invented = [" 00:00", "T00", " min ", " h ", "\"minutes\": 0"];
        assert!(!invented.iter().any(|sign| said.contains(sign)), "{format}: {said}");
    }
}
