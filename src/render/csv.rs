//! Answers as programs read them, cell by cell, and as CSV (RFC 4180) for spreadsheets.

use serde::Serialize;
use serde_json::Value;

use crate::view::RecordView;

use super::escape::data;

/// The keys of an event that CSV has.
const EVENT: [&str; 15] = [
    "at", "until", "about", "type", "text", "steps", "by", "why", "key", "internal", "logged",
    "from", "to", "detail", "number",
];

/// One row an event.
pub fn events_csv(view: &RecordView, mark: bool) -> String {
    csv(&view.events, &EVENT, mark)
}

/// Rows below the keys of their JSON; begun with a byte order mark if one is asked for. A cell that a
/// spreadsheet would take for a formula gets a `'` before it.
pub(super) fn csv<R: Serialize>(rows: &[R], keys: &[&str], mark: bool) -> String {
    let mut out = if mark { "\u{feff}" } else { "" }.to_owned();
    let lines = std::iter::once(keys.iter().map(|key| (*key).to_owned()).collect());
    for cells in lines.chain(rows.iter().map(|row| cells(row, keys))) {
        let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
        out.push_str(&cells.join(","));
        out.push_str("\r\n");
    }
    out
}

/// What programs read below each key of a row's JSON: nothing where nothing is known, a plain number,
/// `true` or `false`, the ISO 8601 of a time, the entries of a list behind each other, else the text.
pub(super) fn cells<R: Serialize>(row: &R, keys: &[&str]) -> Vec<String> {
    let row = serde_json::to_value(row).unwrap_or_default();
    keys.iter().map(|key| cell(&row[*key])).collect()
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(entries) => entries.iter().map(cell).collect::<Vec<_>>().join(", "),
        Value::Object(time) => time.get("iso").map(cell).unwrap_or_default(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
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
