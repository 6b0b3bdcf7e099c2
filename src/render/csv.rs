//! Tables as CSV (RFC 4180) for programs and spreadsheets.

use serde::Serialize;

use crate::view::RecordView;

use super::cells::cells;
use super::escape::data;

/// The columns of an event.
const EVENT: [&str; 19] = [
    "at",
    "until",
    "about",
    "type",
    "text",
    "steps",
    "by",
    "why",
    "key",
    "internal",
    "logged",
    "from",
    "to",
    "detail",
    "number",
    "precision",
    "until_precision",
    "until_about",
    "next_update",
];

/// Returns one row per event.
pub fn events_csv(view: &RecordView, mark: bool) -> String {
    csv(&view.events, &EVENT, mark)
}

/// Returns rows under the keys of their JSON, with a byte order mark if `mark` is set. A cell that a spreadsheet would
/// take for a formula gets a leading `'`, and so does one that begins like a cell that got one.
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

/// What a formula of a spreadsheet begins with.
const FORMULAS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

fn quoted(cell: &str) -> String {
    let cell = &*data(cell);
    // A negative number begins like a formula, but is none.
    let number = cell.parse::<f64>().is_ok();
    let formula = cell.trim_start_matches('\'').starts_with(FORMULAS) && !number;
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
        assert_eq!(quoted("'=1"), "\"''=1\"");
        assert_eq!(quoted("'plain"), "'plain");
        assert_eq!(quoted("plain"), "plain");
        assert_eq!(quoted("-240"), "-240");
        assert_eq!(quoted("-1+cmd"), "\"'-1+cmd\"");
        assert_eq!(quoted("a\u{1b}[31m\u{9b}"), "a\\u{1b}[31m\\u{9b}");
    }
}
