//! Events as CSV (RFC 4180), for spreadsheets.

use crate::view::{EventView, RecordView};

use super::escape::data;

const COLUMNS: [&str; 10] =
    ["at", "until", "type", "text", "step", "by", "why", "logged", "detail", "audience"];

/// One row an event. A cell that a spreadsheet would take for a formula gets a `'` before it.
pub fn events_csv(view: &RecordView) -> String {
    let mut out = row(COLUMNS.iter().map(|column| (*column).to_owned()));
    for event in &view.events {
        out.push_str(&row(cells(event).into_iter()));
    }
    out
}

fn cells(event: &EventView) -> [String; 10] {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let time = |value: &Option<crate::view::TimeView>| {
        value.as_ref().map(|t| t.iso.clone()).unwrap_or_default()
    };
    [
        event.time.iso.clone(),
        time(&event.until),
        text(&event.kind),
        event.text.clone(),
        event.steps.join(" "),
        text(&event.by),
        text(&event.why),
        time(&event.logged),
        text(&event.detail),
        if event.internal { "internal" } else { "public" }.to_owned(),
    ]
}

/// One line of cells.
pub(super) fn row(cells: impl Iterator<Item = String>) -> String {
    let cells: Vec<String> = cells.map(|cell| quoted(&cell)).collect();
    format!("{}\r\n", cells.join(","))
}

fn quoted(cell: &str) -> String {
    let cell = &*data(cell);
    // A number below zero begins as a formula does, and is none.
    let number = cell.parse::<f64>().is_ok();
    let formula = cell.trim_start_matches(['＝', '＋', '－', '＠']).len() < cell.len()
        || cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    let formula = formula && !number;
    let guard = if formula { "'" } else { "" };
    if formula || cell.contains([',', '"', '\n', '\r', ';']) {
        format!("\"{guard}{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_and_quotes() {
        assert_eq!(quoted("=1+1"), "\"'=1+1\"");
        assert_eq!(quoted("a \"b\", c"), "\"a \"\"b\"\", c\"");
        assert_eq!(quoted("plain"), "plain");
        assert_eq!(quoted("-240"), "-240");
        assert_eq!(quoted("-1+cmd"), "\"'-1+cmd\"");
        assert_eq!(quoted("a\u{1b}[31m\u{9b}"), "a\\u{1b}[31m\\u{9b}");
    }
}
