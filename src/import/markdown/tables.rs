//! The tables of a document.

use super::lead::StatedZone;
use super::lines::{Document, What};
use super::words::{Column, column_named, is_one};

/// The most columns of a table.
const COLUMNS: usize = 64;

/// A table.
pub(super) struct Table {
    /// The content of each column.
    pub(super) columns: Vec<Option<Column>>,
    /// The headings as written.
    pub(super) heads: Vec<String>,
    /// The zones in the headings.
    pub(super) zones: Vec<Option<StatedZone>>,
    /// The indices of its lines with rows.
    pub(super) rows: Vec<usize>,
    /// The index of the line with its headings.
    pub(super) head: usize,
}

impl Table {
    /// Returns every table of a document.
    pub(super) fn all(document: &Document) -> Vec<Table> {
        let mut tables = Vec::new();
        let mut at = 0;
        while at < document.lines.len() {
            if document.lines[at].what != What::Row {
                at += 1;
                continue;
            }
            let is_part = |line: &super::lines::Line| matches!(line.what, What::Row | What::Rule);
            let end = document.lines[at..].iter().position(|line| !is_part(line));
            let end = end.map_or(document.lines.len(), |length| at + length);
            tables.extend(Table::of(document, at, end));
            at = end;
        }
        tables
    }

    fn of(document: &Document, begin: usize, end: usize) -> Option<Table> {
        if document.lines.get(begin + 1)?.what != What::Rule {
            return None;
        }
        let heads: Vec<String> = cells(document.lines[begin].text)
            .into_iter()
            .map(|(at, end)| document.lines[begin].text[at..end].trim().to_owned())
            .collect();
        if heads.len() > COLUMNS {
            return None;
        }
        Some(Table {
            columns: heads.iter().map(|head| column_named(head)).collect(),
            zones: heads.iter().map(|head| super::context::zone_in(head, false)).collect(),
            heads,
            rows: (begin + 2..end).filter(|at| document.lines[*at].what == What::Row).collect(),
            head: begin,
        })
    }

    /// Returns the index of a column.
    pub(super) fn place(&self, column: Column) -> Option<usize> {
        self.columns.iter().position(|it| *it == Some(column))
    }
}

/// Returns the ranges of the cells in a row.
pub(super) fn cells(row: &str) -> Vec<(usize, usize)> {
    let mut bars = Vec::new();
    let last = row.rfind('`').unwrap_or(0);
    let mut escaped = false;
    let mut code = false;
    for (at, c) in row.char_indices() {
        match c {
            '`' => code = !code,
            '|' if !(escaped || code && at < last) => bars.push(at),
            _ => {}
        }
        escaped = c == '\\' && !escaped;
    }
    let mut found = Vec::new();
    let mut begin = 0;
    for bar in bars.iter().copied().chain([row.len()]) {
        found.push((begin, bar));
        begin = bar + 1;
    }
    let blank = |cell: &(usize, usize)| row[cell.0.min(row.len())..cell.1].trim().is_empty();
    if row.trim_start().starts_with('|') && found.first().is_some_and(blank) {
        found.remove(0);
    }
    if row.trim_end().ends_with('|')
        && found
            .last()
            .is_some_and(|cell| row.get(cell.0..cell.1).is_none_or(|it| it.trim().is_empty()))
    {
        found.pop();
    }
    found
}

/// Whether a cell says that a step was given up.
pub(super) fn is_given_up(cell: &str) -> bool {
    is_one(cell, |it| it.skipped)
}

/// Returns the text of a cell.
pub(super) fn cell_text(row: &str, column: usize) -> String {
    let cell = cells(row).get(column).and_then(|(begin, end)| row.get(*begin..*end));
    cell.unwrap_or("")
        .trim()
        .replace("\\|", "|")
        .replace("<br>", "\n")
        .replace("<br/>", "\n")
        .replace("<br />", "\n")
}

/// Returns the index of the column with the texts in a table.
pub(super) fn text_column(table: &Table, row: &str, times: &[usize]) -> Option<usize> {
    let named = table.place(Column::Text).filter(|column| !times.contains(column));
    let owner = table.place(Column::Owner);
    named.or_else(|| {
        (0..table.heads.len())
            .filter(|column| !times.contains(column) && Some(*column) != owner)
            .max_by_key(|column| {
                (cell_text(row, *column).chars().count(), std::cmp::Reverse(*column))
            })
    })
}
