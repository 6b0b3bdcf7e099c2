//! Answers of many lines, in the form that was asked for.

use serde::Serialize;

use crate::view::{HitRow, Row};

use super::csv::row as csv_row;
use super::escape::{markdown_text, terminal};
use super::json::{line, to_json};
use super::terminal::{BOLD, bare_table, lines_of, manageable, rows_table};

/// The form of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// For people.
    Table,
    /// One JSON object.
    Json,
    /// A JSON object a line.
    Ndjson,
    /// RFC 4180.
    Csv,
    /// A Markdown table.
    Markdown,
}

/// The answer to a question to many records.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Answer<'a, R> {
    /// The version of this contract.
    pub view: u32,
    /// What was found.
    pub rows: &'a [R],
    /// A line for each record that could not be read.
    pub unreadable: &'a [String],
}

/// How an answer is laid out.
#[derive(Debug, Clone, Copy)]
pub struct Layout<'a> {
    /// In which form.
    pub form: Form,
    /// The columns, of which JSON knows nothing: it always says everything.
    pub columns: &'a [&'static str],
    /// The terminal's columns; none where the answer goes elsewhere.
    pub width: Option<u16>,
}

/// The answer in that form. A table fits the terminal; where there is none each row is one line, its
/// cells apart by tabs, for `grep`, `cut` and `wc`.
pub fn rows_text<R: Row>(answer: &Answer<R>, layout: Layout) -> String {
    let columns = layout.columns;
    match (layout.form, layout.width) {
        (Form::Table, Some(width)) => rows_table(answer.rows, columns, width),
        (Form::Table, None) => tabbed(answer.rows, columns),
        (Form::Json, _) => to_json(answer),
        (Form::Ndjson, _) => answer.rows.iter().map(line).collect(),
        (Form::Csv, _) => {
            let mut out = csv_row(columns.iter().map(|name| (*name).to_owned()));
            for row in answer.rows {
                out.push_str(&csv_row(columns.iter().map(|column| row.cell(column))));
            }
            out
        }
        (Form::Markdown, _) => markdown(answer.rows, columns),
    }
}

/// Hits on a terminal: under each record's id, where they stand.
pub fn hits_text(rows: &[HitRow], width: u16) -> String {
    let mut out = String::new();
    for group in rows.chunk_by(|a, b| a.id == b.id) {
        if !out.is_empty() {
            out.push('\n');
        }
        let id = group.first().map_or("", |row| &row.id);
        out.push_str(&format!("{BOLD}{}{BOLD:#}\n", terminal(id)));
        let mut table = bare_table(width);
        for row in group {
            let cells = [&row.when, &row.place, &row.excerpt];
            table.add_row(cells.map(|cell| manageable(&terminal(cell), false)));
        }
        out.push_str(&lines_of(&table));
    }
    out
}

fn tabbed<R: Row>(rows: &[R], columns: &[&str]) -> String {
    let line = |row: &R| {
        let cells = columns.iter().map(|column| terminal(&row.cell(column)).into_owned());
        cells.collect::<Vec<_>>().join("\t") + "\n"
    };
    rows.iter().map(line).collect()
}

fn markdown<R: Row>(rows: &[R], columns: &[&str]) -> String {
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let head = line(columns.iter().map(|name| (*name).to_owned()).collect());
    let rule = line(columns.iter().map(|_| "---".to_owned()).collect());
    let cell = |row: &R, column: &str| markdown_text(&terminal(&row.cell(column)));
    let body =
        rows.iter().map(|row| line(columns.iter().map(|column| cell(row, column)).collect()));
    head + &rule + &body.collect::<String>()
}
