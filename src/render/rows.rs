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

#[derive(Serialize)]
struct Answer<'a, R> {
    view: u32,
    rows: &'a [R],
    unreadable: &'a [String],
}

/// The lines in that form. JSON names what could not be read too.
pub fn rows_text<R: Row>(form: Form, rows: &[R], unreadable: &[String], width: u16) -> String {
    match form {
        Form::Table => rows_table(rows, width),
        Form::Json => to_json(&Answer { view: 1, rows, unreadable }),
        Form::Ndjson => rows.iter().map(line).collect(),
        Form::Csv => {
            let head = csv_row(R::COLUMNS.iter().map(|name| (*name).to_owned()));
            rows.iter().fold(head, |out, row| out + &csv_row(row.cells().into_iter()))
        }
        Form::Markdown => markdown(rows),
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

fn markdown<R: Row>(rows: &[R]) -> String {
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let head = line(R::COLUMNS.iter().map(|name| (*name).to_owned()).collect());
    let rule = line(R::COLUMNS.iter().map(|_| "---".to_owned()).collect());
    let body = rows
        .iter()
        .map(|row| line(row.cells().iter().map(|cell| markdown_text(&terminal(cell))).collect()));
    head + &rule + &body.collect::<String>()
}
