//! Tests every pair of precisions: which of two times is before the other, how long it was between them, and the
//! outcome of a step that was planned for one and carried out at the other.
//!
//! The table is tests/precisions.txt; each line is computed from a record, in the same ways as for a user.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    dead_code,
    unused_imports,
    reason = "a test may fail loudly; not every test needs all of the support"
)]

mod support;

use asrun::format::read;
use asrun::model::{Incident, Moment};
use asrun::view::{RecordView, record_view};

/// Times of one evening and the next day: as in the table, and as keys of a record.
const TIMES: [(&str, &str); 12] = [
    ("day 7", "at: 2024-09-07"),
    ("day 8", "at: 2024-09-08"),
    ("hour 18", "at: 2024-09-07T18:00+09:00, precision: hour"),
    ("hour 20", "at: 2024-09-07T20:30+09:00, precision: hour"),
    ("18:00", "at: 2024-09-07T18:00+09:00"),
    ("18:03", "at: 2024-09-07T18:03+09:00"),
    ("20:00", "at: 2024-09-07T20:00+09:00"),
    ("day 8 00:01", "at: 2024-09-08T00:01+09:00"),
    ("18:08:40", "at: 2024-09-07T18:08:40+09:00"),
    ("18:08:40.75", "at: 2024-09-07T18:08:40.75+09:00"),
    ("09:08Z", "at: 2024-09-07T09:08Z"),
    ("unknown", "at: unknown"),
];

/// Returns a record with a step planned for one time and carried out at the other, between the beginning and the end of
/// an outage at the same times.
fn record(planned: &str, actual: &str, about: bool, deadline: bool, language: &str) -> Incident {
    let about = if about { ", about: true" } else { "" };
    let key = if deadline && planned != "at: unknown" { "due:" } else { "at:" };
    let step = planned.replacen("at:", key, 1);
    let text = format!(
        "title: t\nkind: outage\ntimezone: Asia/Seoul\nlanguage: {language}\nplan:\n  - {{id: a, text: a, {step}}}\n\
         events:\n  - {{{planned}, text: began, type: detected}}\n  \
         - {{{actual}{about}, text: a, step: a, type: resolved}}\n"
    );
    read(&text).unwrap_or_else(|faults| panic!("{faults:?}\n{text}")).incident
}

fn view(planned: &str, actual: &str, about: bool, deadline: bool, language: &str) -> RecordView {
    record_view("t", &record(planned, actual, about, deadline, language), 300, None)
}

/// `certainly`, `possibly` or `no`.
fn before(a: Option<Moment>, b: Option<Moment>) -> String {
    let told =
        a.zip(b).map_or_else(|| "possibly".to_owned(), |(a, b)| format!("{:?}", a.before(&b)));
    told.to_lowercase()
}

fn line(planned: (&str, &str), actual: (&str, &str), about: bool) -> String {
    let english = view(planned.1, actual.1, about, false, "en");
    let korean = view(planned.1, actual.1, about, false, "ko");
    let incident = record(planned.1, actual.1, about, false, "en");
    let (from, to) = (incident.events[0].at, incident.events[1].at);
    let length = |view: &RecordView| {
        view.durations.iter().find(|it| it.figure == "ttr").map(|it| it.value.clone()).unwrap()
    };
    let row = |view: &RecordView| {
        let row = view.rows.iter().find(|row| row.step.is_some()).unwrap();
        (row.verdict, row.possible.join(", "), row.label.clone())
    };
    let (verdict, possible, label) = row(&english);
    let deadline = row(&view(planned.1, actual.1, about, true, "en")).2;
    let mark = if about { "~" } else { "" };
    let cells = [
        planned.0.to_owned(),
        format!("{mark}{}", actual.0),
        before(from, to),
        before(to, from),
        length(&english),
        length(&korean),
        verdict.to_owned(),
        possible,
        label,
        row(&korean).2,
        deadline,
    ];
    cells.join(" | ")
}

#[test]
fn every_pair_of_precisions_is_worded_as_in_the_table() {
    let head = "from, planned | to, actual | before | after | time between | in Korean | verdict | what is possible | \
                label | in Korean | label of a deadline";
    let mut lines = vec![head.to_owned()];
    for planned in TIMES {
        for actual in TIMES {
            lines.push(line(planned, actual, false));
            if actual.0 != "unknown" {
                lines.push(line(planned, actual, true));
            }
        }
    }
    support::page_says("tests/precisions.txt", &(lines.join("\n") + "\n"), "precisions");
}

#[test]
fn what_is_approximate_is_so_in_every_number_that_it_touches() {
    for planned in TIMES {
        for actual in TIMES.iter().filter(|actual| actual.0 != "unknown") {
            let view = view(planned.1, actual.1, true, false, "en");
            let row = view.rows.iter().find(|row| row.step.is_some()).unwrap();
            assert_eq!(row.about, row.least_seconds.is_some(), "{planned:?} {actual:?}");
            let resolve = view.durations.iter().find(|it| it.figure == "ttr").unwrap();
            assert_eq!(resolve.about, resolve.least_seconds.is_some(), "{planned:?} {actual:?}");
        }
    }
}
