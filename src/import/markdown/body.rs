//! The content of an entry: the text after its time, and the lines that belong to it.

use std::ops::Range;

use crate::model::EventType;

use super::candidates::{Candidate, Form, day_column};
use super::context::only_day;
use super::letters;
use super::lines::{Document, Line, What};
use super::marks::{mark, without_mark};
use super::tables::{Table, cell_text, cells, is_given_up, text_column};
use super::words::{Column, is_unfilled, milestone};

/// The content of an entry.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub(super) text: String,
    pub(super) detail: Option<String>,
    pub(super) by: Option<String>,
    pub(super) skipped: bool,
    /// The milestone in a separate cell.
    pub(super) kind: Option<EventType>,
    /// The text beside the time in its cell.
    pub(super) beside: Option<String>,
    /// The indices of its lines.
    pub(super) lines: Vec<usize>,
}

/// Returns the content of an entry; `next` has the beginning of the next entry of its run, and of the next one of any
/// run.
pub(super) fn body(
    document: &Document,
    tables: &[Table],
    it: &Candidate,
    next: (Option<usize>, Option<usize>),
) -> Body {
    let mut body = match it.form {
        Form::Row(table, _) => of_row(document, &tables[table], it),
        Form::Heading(level) => of_heading(document, it, level, next.1),
        Form::Item(indent) => of_item(document, it, indent, next),
        Form::Text => of_text(document, it, next),
    };
    body.take_name();
    if body.text.is_empty() {
        body.text = match body.detail.take() {
            Some(detail) => detail.trim().to_owned(),
            None => it.raw(&document.lines[it.at]),
        };
    }
    body
}

impl Body {
    /// Removes the `@name` at the beginning of the text, with or without backticks, and stores it.
    fn take_name(&mut self) {
        let quoted = self.text.strip_prefix("`@");
        let Some(rest) = quoted.or_else(|| self.text.strip_prefix('@')) else { return };
        let end =
            rest.find(|c: char| !(c.is_alphanumeric() || "-_.".contains(c))).unwrap_or(rest.len());
        let (name, behind) = rest.split_at(end);
        let behind = match quoted {
            None => behind,
            Some(_) => match behind.trim_start().strip_prefix('`') {
                Some(behind) => behind,
                None => return,
            },
        };
        // `@ann and @ben restart it`: the name is part of the sentence, and one of two.
        let others = behind.find('@').map_or("", |at| &behind[..at]);
        let is_one_of = !others.is_empty() && others.split_whitespace().count() < 3;
        if name.is_empty() || behind.trim().is_empty() || self.by.is_some() || is_one_of {
            return;
        }
        self.by = Some(name.trim_end_matches('.').to_owned());
        self.text =
            behind.trim_start_matches(|c: char| c.is_whitespace() || ":,-–".contains(c)).to_owned();
    }

    /// Completes the text, without HTML line breaks at its end; the other lines become the detail.
    fn end(&mut self, rest: &[&str]) {
        let text = self.text.trim().trim_end_matches("<br />").trim_end_matches("<br>");
        self.text = text.trim().to_owned();
        self.detail(rest);
    }

    fn detail(&mut self, lines: &[&str]) {
        let least = lines.iter().filter(|line| !line.trim().is_empty());
        let least = least.map(|line| line.len() - line.trim_start().len()).min().unwrap_or(0);
        let cut = lines.iter().map(|line| line.get(least..).unwrap_or("").trim_end());
        let text = cut.collect::<Vec<_>>().join("\n");
        let text = text.trim_matches('\n');
        if !text.trim().is_empty() {
            self.detail = Some(format!("{text}\n"));
        }
    }
}

/// Returns the text after the time of a line, without unmatched emphasis.
fn behind(document: &Document, it: &Candidate) -> String {
    let line = document.lines[it.at].text;
    let text = line.get(it.base + it.lead.rest..).unwrap_or("").trim();
    let lead = line.get(it.base..it.base + it.lead.rest).unwrap_or("");
    let mut text = text.to_owned();
    for mark in ["**", "*", "__", "`"] {
        let odd = |part: &str| part.matches(mark).count() % 2 == 1;
        if odd(lead)
            && odd(&text)
            && let Some(at) = text.find(mark)
        {
            text.replace_range(at..at + mark.len(), "");
        }
    }
    with_picture(lead, text.trim_end_matches('#').trim())
}

/// Returns a text after the picture that preceded its time.
fn with_picture(lead: &str, text: &str) -> String {
    let is_of_it = |c: &char| c.is_whitespace() || letters::is_picture(*c);
    let pictures: String = lead.chars().take_while(is_of_it).collect();
    format!("{} {text}", pictures.trim()).trim().to_owned()
}

fn of_row(document: &Document, table: &Table, it: &Candidate) -> Body {
    let row = document.lines[it.at].text;
    let Form::Row(_, time) = it.form else { return Body::default() };
    let is_time = |column: &usize| {
        *column == time
            || matches!(
                table.columns.get(*column),
                Some(Some(
                    Column::Planned | Column::Actual | Column::PlannedEnd | Column::ActualEnd
                ))
            )
    };
    let days = day_column(document, table);
    let is_said = |column: &usize| is_time(column) || Some(*column) == days;
    let times: Vec<usize> = (0..table.heads.len()).filter(is_said).collect();
    let chosen = text_column(table, row, &times);
    let owner = table.place(Column::Owner);
    let mut body = Body { lines: vec![it.at], ..Body::default() };
    let text = chosen.map_or(String::new(), |column| cell_text(row, column));
    body.text = with_picture(row.get(it.base..).unwrap_or(""), &text);
    body.by = owner.map(|column| cell_text(row, column)).filter(|name| !name.is_empty());
    body.skipped = times.iter().any(|column| is_given_up(&cell_text(row, *column)));
    let mut more = Vec::new();
    let beside = behind_cell(row, time, it);
    if !beside.is_empty() {
        body.beside = Some(beside.clone());
        more.push(beside);
    }
    more.extend(it.unread_end.clone());
    for column in (0..table.heads.len()).filter(|column| !times.contains(column)) {
        let cell = cell_text(row, column);
        // The number of a row has no meaning.
        let is_number = table.heads[column].trim_matches(['*', ' ']) == "#"
            && cell.chars().all(|c| c.is_ascii_digit() || c == '.');
        if Some(column) != chosen && Some(column) != owner && !cell.is_empty() && !is_number {
            body.kind = body.kind.or_else(|| milestone(&cell));
            more.push(format!("{}: {cell}", table.heads[column]));
        }
    }
    body.detail(&more.iter().map(String::as_str).collect::<Vec<_>>());
    body
}

/// Returns the text beside the time in its cell.
fn behind_cell(row: &str, column: usize, it: &Candidate) -> String {
    let (_, end) = cells(row).get(column).copied().unwrap_or((0, 0));
    let text = row.get(it.base + it.lead.raw.end..end).unwrap_or("").trim();
    if is_unfilled(text) {
        return text.trim_matches(['*', '_', ' ']).to_owned();
    }
    let text = row.get(it.base + it.lead.rest..end).unwrap_or("").trim();
    let is_address = text.starts_with("](") || text.starts_with("(http");
    if is_address { String::new() } else { text.trim_matches(['*', '_', ' ', ')']).to_owned() }
}

fn of_heading(document: &Document, it: &Candidate, level: u8, end: Option<usize>) -> Body {
    let mut body = Body { text: behind(document, it), lines: vec![it.at], ..Body::default() };
    let own = document.lines[it.at].part;
    let limit = end.unwrap_or(document.lines.len());
    let mut rest = Vec::new();
    for at in it.at + 1..limit {
        let line = &document.lines[at];
        let ends = matches!(line.what, What::Heading(other) if other <= level)
            || !document.chain(line.part).any(|part| part == own);
        if ends || line.what == What::Page && line.text.trim_start().starts_with("---") {
            break;
        }
        body.lines.push(at);
        rest.push(line.text);
    }
    let short =
        letters::plain_text(&body.text).chars().filter(|c| c.is_alphanumeric()).count() <= 4;
    if short {
        let begin = rest.iter().position(|line| !line.trim().is_empty()).unwrap_or(rest.len());
        let is_plain = |line: &&&str| {
            !line.trim().is_empty()
                && !["```", "|", "~~~"].iter().any(|mark| line.trim_start().starts_with(mark))
        };
        let items = Items::of(document, it.at + 1 + begin);
        let length = rest[begin..].iter().take_while(is_plain).count();
        let length = items.map_or(length, |items| items.first.min(length));
        let marked = items.map_or(0, |items| items.mark);
        let first: Vec<&str> = rest[begin..begin + length]
            .iter()
            .enumerate()
            .map(|(at, line)| line.get(if at == 0 { marked } else { 0 }..).unwrap_or("").trim())
            .collect();
        if !first.is_empty() {
            let head = std::mem::take(&mut body.text);
            body.text = [head.as_str(), &first.join(" ")].join(" ").trim().to_owned();
            rest.drain(..begin + length);
        }
    }
    body.detail(&rest);
    body
}

/// A list below a heading, whose first item is the text of the heading.
#[derive(Clone, Copy)]
struct Items {
    /// The number of lines of the first item.
    first: usize,
    /// Where its text begins.
    mark: usize,
}

impl Items {
    fn of(document: &Document, at: usize) -> Option<Items> {
        let line = document.lines.get(at).filter(|line| line.what == What::Item)?;
        let goes_on = |next: &&Line| next.what == What::Text;
        let more = document.lines[at + 1..].iter().take_while(goes_on).count();
        Some(Items { first: more + 1, mark: line.body })
    }
}

fn of_item(
    document: &Document,
    it: &Candidate,
    indent: usize,
    (next, end): (Option<usize>, Option<usize>),
) -> Body {
    let mut body = Body { text: behind(document, it), lines: vec![it.at], ..Body::default() };
    let limit = end.unwrap_or(document.lines.len());
    let (mut rest, mut blank) = (Vec::new(), false);
    let mut kept = Vec::new();
    for at in it.at + 1..limit {
        let line = &document.lines[at];
        let goes_on = match line.what {
            What::Blank => {
                blank = true;
                rest.push("");
                kept.push(at);
                continue;
            }
            What::Heading(_) | What::Page => false,
            What::Item => line.indent > indent,
            What::Text if !blank => true,
            // A picture between two entries belongs to the first.
            What::Text if next.is_some() && is_picture(line) => true,
            What::Text | What::Row | What::Rule => line.indent > indent,
            What::Code | What::Quote => line.indent > indent || next.is_some() || !blank,
        };
        if !goes_on {
            break;
        }
        let is_text = line.what == What::Text && rest.is_empty() && !blank;
        match is_text {
            true => {
                body.text.push(' ');
                body.text.push_str(line.text.trim());
            }
            false => rest.push(line.text),
        }
        body.lines.append(&mut kept);
        body.lines.push(at);
    }
    body.end(&rest);
    body
}

/// Whether a line is only a picture.
fn is_picture(line: &Line) -> bool {
    let text = line.inner();
    (text.starts_with("![") && text.ends_with([')', ']']))
        || text.starts_with("<img") && text.ends_with('>')
}

/// Returns the content of a paragraph that ends with a mark with its time.
fn of_paragraph(document: &Document, it: &Candidate, text: &str) -> Body {
    let is_text = |at: &usize| {
        let line = &document.lines[*at];
        line.what == What::Text && mark(line.text).is_none()
    };
    let mut lines: Vec<usize> = (0..it.at).rev().take_while(is_text).collect();
    lines.reverse();
    let mut parts: Vec<&str> = lines.iter().map(|at| document.lines[*at].text.trim()).collect();
    parts.push(text);
    let text = parts.join(" ").trim().to_owned();
    lines.push(it.at);
    Body { text, lines, ..Body::default() }
}

fn of_text(
    document: &Document,
    it: &Candidate,
    (next, end): (Option<usize>, Option<usize>),
) -> Body {
    let mut body = Body { lines: vec![it.at], ..Body::default() };
    let line = document.lines[it.at].text;
    body.text = match &it.mark {
        Some(mark) => without_mark(line, mark),
        None => behind(document, it),
    };
    let is_last = |mark: &Range<usize>| {
        line.get(mark.end..).unwrap_or("").trim().is_empty()
            && !line.trim_start().starts_with(":::")
    };
    if it.mark.as_ref().is_some_and(is_last) && !body.text.is_empty() {
        return of_paragraph(document, it, &body.text);
    }
    let limit = end.unwrap_or(document.lines.len());
    let (mut rest, mut blank) = (Vec::new(), false);
    let mut kept = Vec::new();
    for at in it.at + 1..limit {
        let line = &document.lines[at];
        match line.what {
            What::Blank => {
                blank = true;
                rest.push("");
                kept.push(at);
                continue;
            }
            What::Heading(_) | What::Page => break,
            _ if blank && next.is_none() && !body.text.is_empty() => break,
            // The line has the day of what follows.
            What::Text if only_day(line.inner(), None).is_some() => break,
            What::Text if !blank || body.text.is_empty() => {
                // The value in a definition list follows a colon.
                let added = match body.text.is_empty() {
                    true => line.text.trim().trim_start_matches(": "),
                    false => line.text.trim(),
                };
                body.text.push(' ');
                body.text.push_str(added);
                blank = false;
                rest.clear();
            }
            _ => rest.push(line.text),
        }
        body.lines.append(&mut kept);
        body.lines.push(at);
    }
    body.end(&rest);
    body
}
