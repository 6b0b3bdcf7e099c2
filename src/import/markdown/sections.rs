//! The parts of a document that are no timeline: summary, impact, factors, lessons, actions, and what
//! remains as sections.

use std::collections::BTreeMap;

use crate::fault::{DoubtCode, WhyLeft};
use crate::lang::{Notation, notations};
use crate::model::{Action, Audience, Day, Note, Section};

use super::super::draft::{Doubt, EntryAt, ReadAs, ReadSection};
use super::candidates::{Use, use_of};
use super::context::{day_in, field};
use super::letters::plain_text;
use super::lines::{Below, Line, What};
use super::reading::Reading;
use super::tables::{Table, cell_text};
use super::words::{Column, Part, has_one, is_one, part_named};

/// Takes every line that no entry has into the part of the record that it belongs to.
pub(super) fn take(reading: &mut Reading) {
    durations(reading);
    labelled(reading);
    let mut of_part: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, line) in reading.document.lines.iter().enumerate() {
        let is_text = !matches!(line.what, What::Page | What::Heading(_));
        if !reading.used[at] && is_text {
            of_part.entry(line.part).or_default().push(at);
        }
    }
    action_tables(reading);
    for (part, lines) in of_part {
        let says =
            |at: &usize| reading.document.lines[*at].what != What::Blank && !reading.used[*at];
        if lines.iter().any(says) {
            let lines: Vec<usize> = lines.into_iter().filter(|at| !reading.used[*at]).collect();
            section(reading, part, &lines);
        }
    }
}

/// Returns lines as Markdown.
fn text_of(reading: &Reading, lines: &[usize]) -> String {
    let text: Vec<&str> =
        lines.iter().map(|at| reading.document.lines[*at].text.trim_end()).collect();
    let least = text
        .iter()
        .filter(|line| !line.is_empty())
        .map(|line| line.len() - line.trim_start().len())
        .min();
    let cut: Vec<&str> =
        text.iter().map(|line| line.get(least.unwrap_or(0)..).unwrap_or("")).collect();
    cut.join("\n").trim_matches('\n').to_owned()
}

fn section(reading: &mut Reading, part: usize, lines: &[usize]) {
    let below = &reading.document.parts[part];
    let named = below.part;
    let mut lines = lines.to_vec();
    // What stands below a heading of its own inside a text keeps that heading.
    if matches!(named, Some(Part::Summary | Part::Impact))
        && part_named(&below.title).is_none()
        && let Some(heading) = below.heading
    {
        lines.insert(0, heading);
    }
    let lines = &lines[..];
    let is_head = below.heading.is_none() || below.level == 1 && named.is_none();
    let title = below.title.clone();
    let line = below.heading.map_or(1, |line| line + 1);
    let noted = |reading: &mut Reading, to: &'static str| {
        let title = title.clone();
        reading.record.sections.push(ReadSection { line, to, title });
    };
    match named {
        _ if is_head => {
            let summary = text_of(reading, lines);
            let before = reading.record.incident.summary.take();
            reading.record.incident.summary = Some(joined(before, &summary));
            noted(reading, "summary");
        }
        Some(Part::Summary) => {
            let text = text_of(reading, lines);
            let before = reading.record.incident.summary.take();
            reading.record.incident.summary = Some(joined(before, &text));
            noted(reading, "summary");
        }
        Some(Part::Impact) => {
            let text = text_of(reading, lines);
            let before = reading.record.incident.impact.take();
            reading.record.incident.impact = Some(joined(before, &text));
            noted(reading, "impact");
        }
        Some(Part::Timeline | Part::Plan) if !is_of_its_own(below) => return,
        Some(Part::Actions) => {
            actions(reading, lines);
            noted(reading, "actions");
        }
        Some(part) if !matches!(part, Part::Timeline | Part::Plan) => {
            let notes = notes(reading, lines);
            let (list, to) = list_of(reading, part);
            list.extend(notes);
            noted(reading, to);
        }
        _ => {
            let body = text_of(reading, lines);
            let title = if title.is_empty() { "—".to_owned() } else { title.clone() };
            let audience = Audience::Everyone;
            reading.record.incident.sections.push(Section { title, body, audience });
            noted(reading, "sections");
        }
    }
    lines.iter().for_each(|at| reading.used[*at] = true);
}

/// Whether a part below a timeline does not belong to it: `### Resolution`.
fn is_of_its_own(below: &Below) -> bool {
    below.heading.is_some() && below.parent.is_some() && part_named(&below.title).is_none()
}

fn joined(before: Option<String>, text: &str) -> String {
    match before {
        Some(before) => format!("{}\n\n{text}\n", before.trim_end()),
        None => format!("{text}\n"),
    }
}

/// Returns the list of a part that holds notes, and its key.
fn list_of<'r>(reading: &'r mut Reading, part: Part) -> (&'r mut Vec<Note>, &'static str) {
    let incident = &mut reading.record.incident;
    match part {
        Part::Well => (&mut incident.lessons.well, "lessons.well"),
        Part::Badly => (&mut incident.lessons.badly, "lessons.badly"),
        Part::Lucky => (&mut incident.lessons.lucky, "lessons.lucky"),
        Part::Surprised => (&mut incident.lessons.surprised, "lessons.surprised"),
        Part::Learned => (&mut incident.lessons.learned, "lessons.learned"),
        _ => (&mut incident.contributing_factors, "contributing_factors"),
    }
}

/// Returns lines as notes: an item or a paragraph each, with what is nested below it.
fn notes(reading: &mut Reading, lines: &[usize]) -> Vec<Note> {
    let blocks = with_their_lists(reading, blocks(reading, lines));
    let blocks = without_openings(reading, &blocks);
    blocks.into_iter().map(|block| Note::from(block_text(reading, &block))).collect()
}

/// Returns blocks with a numbered list that a sentence goes on with in the sentence's block, as what is said below it may
/// speak of `the second one`; and addresses of links in the block above them.
fn with_their_lists(reading: &Reading, blocks: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
    let lines = &reading.document.lines;
    let is_numbered = |at: usize| {
        let line = &lines[at];
        line.what == What::Item && line.text.trim_start().starts_with(|c: char| c.is_ascii_digit())
    };
    let goes_on = |above: &[usize], at: usize| {
        let opens = above.iter().any(|at| lines[*at].text.trim().ends_with([':', '：']));
        lines[above[0]].what == What::Text
            && above.last().is_some_and(|last| last + 1 == at)
            && !opens
            && is_numbered(at)
    };
    // `[outage]: https://…` is the address of a link that is told above it.
    let is_address = |at: &usize| {
        let text = lines[*at].text.trim();
        text.starts_with('[') && text.split_once("]: ").is_some_and(|(name, _)| !name.contains(']'))
    };
    let mut joined: Vec<Vec<usize>> = Vec::new();
    for block in blocks {
        let is_below = |above: &&mut Vec<usize>| {
            goes_on(above.as_slice(), block[0]) || block.iter().all(is_address)
        };
        match joined.last_mut().filter(is_below) {
            Some(above) => above.extend(block),
            None => joined.push(block),
        }
    }
    joined
}

/// Returns blocks without those that only say what follows: `The outage had three causes:` is no cause.
fn without_openings(reading: &mut Reading, blocks: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let lines = &reading.document.lines;
    let is_item = |block: Option<&Vec<usize>>| {
        block.and_then(|block| block.first()).is_some_and(|at| lines[*at].what == What::Item)
    };
    let opens = |at: usize| {
        let ends =
            blocks[at].last().is_some_and(|at| lines[*at].text.trim().ends_with([':', '：']));
        ends && !is_item(blocks.get(at)) && is_item(blocks.get(at + 1))
    };
    let (openings, rest): (Vec<usize>, Vec<usize>) = (0..blocks.len()).partition(|at| opens(*at));
    for at in openings {
        reading.leave(&blocks[at], WhyLeft::Prose);
    }
    rest.into_iter().map(|at| blocks[at].clone()).collect()
}

/// Returns lines as items and paragraphs, each with the lines below it.
fn blocks(reading: &Reading, lines: &[usize]) -> Vec<Vec<usize>> {
    let mut blocks: Vec<Vec<usize>> = Vec::new();
    let mut blank = true;
    let items =
        lines.iter().map(|at| &reading.document.lines[*at]).filter(|line| line.what == What::Item);
    let least = items.map(|line| line.indent).min().unwrap_or(0);
    for at in lines {
        let line = &reading.document.lines[*at];
        let begins = match line.what {
            What::Blank => {
                blank = true;
                continue;
            }
            What::Item => line.indent <= least,
            What::Text => blank && line.indent <= least,
            _ => false,
        };
        match blocks.last_mut() {
            Some(last) if !begins => last.push(*at),
            _ => blocks.push(vec![*at]),
        }
        blank = false;
    }
    blocks
}

/// Returns the text of an item or a paragraph, with what is nested below it.
fn block_text(reading: &Reading, block: &[usize]) -> String {
    let Some((first, rest)) = block.split_first() else { return String::new() };
    let mut text = reading.document.lines[*first].inner().to_owned();
    let mut nested = false;
    for at in rest {
        let line: &Line = &reading.document.lines[*at];
        nested |= line.what != What::Text;
        match nested {
            true => text.push_str(&format!("\n{}", line.text.trim_end())),
            false => text.push_str(&format!("\n{}", line.text.trim())),
        }
    }
    text
}

/// A label before a text: `**Root Causes**: the pool was too small`.
fn labelled(reading: &mut Reading) {
    for at in 0..reading.document.lines.len() {
        let line = &reading.document.lines[at];
        let free = !reading.used[at] && matches!(line.what, What::Text | What::Item);
        let own = reading.document.parts[line.part].part.filter(|own| *own != Part::Timeline);
        let text = line.inner();
        let label = text.strip_prefix("**").and_then(|rest| rest.split_once("**"));
        let Some((label, value)) = label.filter(|_| free && own.is_none()) else { continue };
        let is_empty = value.trim_matches([':', ' ', '：']).is_empty();
        let more = continuation(reading, at);
        let value = [&[text.to_owned()][..], &more].concat().join("\n");
        let label = label.to_owned();
        let named = part_named(&label).filter(|_| !is_empty && label.chars().count() < 40);
        let number = line.number;
        let to = match named {
            Some(Part::Impact) => {
                let before = reading.record.incident.impact.take();
                reading.record.incident.impact = Some(joined(before, &value));
                "impact"
            }
            Some(part) if part.holds_notes() => {
                let (list, to) = list_of(reading, part);
                list.push(Note::from(value));
                to
            }
            Some(Part::Actions) => {
                let (text, owner, due) = with_owner(&value, reading.around.day_first);
                push_action(reading, at, Row { text, owner, due, done: false, on: None });
                "actions"
            }
            _ => continue,
        };
        (at..=at + more.len()).for_each(|at| reading.used[at] = true);
        reading.record.sections.push(ReadSection { line: number, to, title: label });
    }
}

/// Returns the lines that go on with what a line begins: those below it up to a blank one.
fn continuation(reading: &Reading, at: usize) -> Vec<String> {
    let lines = &reading.document.lines;
    let indent = lines[at].indent;
    let goes_on = |line: &&Line| match line.what {
        What::Text => !line.inner().starts_with("**"),
        What::Item => line.indent > indent,
        _ => false,
    };
    let more = lines[at + 1..].iter().take_while(goes_on);
    more.map(|line| line.text.trim_end().to_owned()).collect()
}

/// Makes actions of the items of a part.
fn actions(reading: &mut Reading, lines: &[usize]) {
    let blocks = blocks(reading, lines);
    let blocks = without_openings(reading, &blocks);
    let are_paragraphs = blocks.len() > 1 && are_short_paragraphs(reading, &blocks);
    for block in blocks {
        let Some(first) = block.first().copied() else { continue };
        let line = &reading.document.lines[first];
        let is_head =
            |at: &usize| matches!(reading.document.lines[*at].what, What::Row | What::Rule);
        if block.iter().all(is_head) {
            reading.leave(&block, WhyLeft::Page);
            continue;
        }
        if line.what != What::Item && !are_paragraphs {
            let text = text_of(reading, &block);
            let title = reading.document.parts[line.part].title.clone();
            let sections = &mut reading.record.incident.sections;
            sections.push(Section { title, body: text, audience: Audience::Everyone });
            continue;
        }
        let done = line.ticked == Some(true);
        let text = block_text(reading, &block);
        let (mut text, owner, due) = with_owner(&text, reading.around.day_first);
        if done {
            text.insert_str(0, "[x] ");
        }
        push_action(reading, first, Row { text, owner, due, done, on: None });
    }
}

/// The most letters of a paragraph that is an action.
const SHORT: usize = 300;

/// Whether blocks are paragraphs of a sentence or two each, and nothing else.
fn are_short_paragraphs(reading: &Reading, blocks: &[Vec<usize>]) -> bool {
    blocks.iter().all(|block| {
        let is_text = block.iter().all(|at| reading.document.lines[*at].what == What::Text);
        is_text && block_text(reading, block).chars().count() < SHORT
    })
}

/// What a row or an item says of an action.
struct Row {
    text: String,
    owner: Option<String>,
    due: Option<Day>,
    done: bool,
    on: Option<Day>,
}

fn push_action(reading: &mut Reading, at: usize, row: Row) {
    let line = &reading.document.lines[at];
    let Row { mut text, owner, due, done, on } = row;
    let heading = &reading.document.parts[line.part].title;
    let aside = heading.find(['(', '（']).map_or("", |at| &heading[at..]);
    let of_done = !done && says_done(aside);
    let tells = of_done || aside.contains("](") || aside.contains(|c: char| c.is_ascii_digit());
    if tells && on.is_none() {
        text.push_str(&format!("\n{heading}"));
    }
    if (done || of_done) && on.is_none() {
        let code = DoubtCode::DoneWithoutDay;
        let short: String = text.chars().take(40).collect();
        reading.doubts.push(Doubt::new(code, line.number, 1, &short, ""));
    }
    reading.record.read.push(ReadAs {
        entry: EntryAt::Action(reading.record.incident.actions.len()),
        line: line.number,
        column: line.column(line.body),
        raw: String::new(),
        date_from: None,
        zone_from: None,
    });
    let source = reading.source(at);
    reading.record.incident.actions.push(Action {
        text,
        owner,
        due,
        kind: None,
        done: on,
        reference: None,
        audience: Audience::Everyone,
        source,
    });
    reading.used[at] = true;
}

/// Whether brackets behind a heading say that all below it is done: `Immediate actions (completed)`.
fn says_done(aside: &str) -> bool {
    is_one(aside.trim_matches(['(', ')', '（', '）']), |it| it.done)
}

fn action_tables(reading: &mut Reading) {
    let tables = std::mem::take(&mut reading.tables);
    for table in tables.iter().filter(|table| use_of(reading.document, table) == Use::Actions) {
        for row in table.rows.iter().filter(|row| !reading.used[**row]).copied().collect::<Vec<_>>()
        {
            let action =
                action_row(table, reading.document.lines[row].text, reading.around.day_first);
            if !action.text.is_empty() {
                push_action(reading, row, action);
            }
        }
        let heads = [table.head, table.head + 1];
        let are_heads = heads.iter().all(|at| !reading.used[*at]);
        if are_heads && reading.document.lines[table.head + 1].what == What::Rule {
            reading.leave(&heads, WhyLeft::Page);
        }
    }
    reading.tables = tables;
}

/// The most letters and digits of a day and a word beside it: `2024-10-01 erledigt`.
const DAY_AND_WORD: usize = 20;
/// The digits of a day; more of them tell another day or a clock time.
const DAY_DIGITS: usize = 8;

/// Returns the text of a cell; a dash says nothing.
fn said_in(row: &str, column: usize) -> String {
    let text = cell_text(row, column);
    if text.chars().all(|c| "-–—".contains(c)) { String::new() } else { text }
}

fn action_row(table: &Table, row: &str, day_first: Option<bool>) -> Row {
    let cell = |column| table.place(column).map(|column| said_in(row, column));
    let day = |text: &str| {
        day_in(text, day_first).and_then(|said| said.year.and_then(|year| said.in_year(year)))
    };
    let status = cell(Column::Done).unwrap_or_default();
    let known = [Column::Owner, Column::Due, Column::Done].map(|column| table.place(column));
    let text = table.place(Column::Text).or_else(|| {
        (0..table.heads.len())
            .filter(|column| !known.contains(&Some(*column)))
            .max_by_key(|column| cell_text(row, *column).chars().count())
    });
    let due = cell(Column::Due).or_else(|| cell(Column::Time)).unwrap_or_default();
    let mut said = text.map_or(String::new(), |column| said_in(row, column));
    for column in 0..table.heads.len() {
        let more = said_in(row, column);
        let is_known = known.contains(&Some(column)) || Some(column) == text;
        if !is_known && !more.is_empty() && table.place(Column::Time) != Some(column) {
            said.push_str(&format!("\n{}: {more}", table.heads[column]));
        }
    }
    // A day with more than a word beside it is told whole.
    let is_told = |cell: &str| {
        let digits = cell.bytes().filter(u8::is_ascii_digit).count();
        digits > DAY_DIGITS || cell.chars().filter(|c| c.is_alphanumeric()).count() > DAY_AND_WORD
    };
    if day(&due).is_none() && !due.is_empty() || is_told(&due) {
        said.push_str(&format!("\n{due}"));
    }
    let done = is_one(&status, |it| it.done);
    let on = day(&status).filter(|_| has_one(&status, |it| it.done));
    if !status.is_empty() && (on.is_none() || is_told(&status)) {
        let head = table.place(Column::Done).map_or("", |column| table.heads[column].as_str());
        said.push_str(&format!("\n{head}: {status}"));
    }
    Row {
        text: said,
        owner: cell(Column::Owner).filter(|name| !name.is_empty()),
        due: day(&due),
        done,
        on,
    }
}

/// Takes the owner and the day that an action names at its end: `(Owner: Kim, due 2025-03-20)`.
fn with_owner(text: &str, day_first: Option<bool>) -> (String, Option<String>, Option<Day>) {
    let first = text.lines().next().unwrap_or("");
    let begin = first.rfind(['(', '（']).filter(|at| {
        first[*at..].trim_end().ends_with([')', '）']) && !first[..*at].ends_with(']')
    });
    let tail = begin.map(|at| first[at..].trim().trim_matches(['(', ')', '（', '）']));
    let (mut owner, mut due) = (None, None);
    for piece in tail.into_iter().flat_map(|tail| tail.split([',', ';', '、', '，'])) {
        if let Some(name) = labelled_value(piece, |it| it.owner_label) {
            owner = Some(name.to_owned());
        } else if let Some(day) = labelled_value(piece, |it| it.due_label).or(Some(piece)) {
            let said = day_in(day, day_first);
            due = due.or(said.and_then(|said| said.year.and_then(|year| said.in_year(year))));
        }
    }
    if let Some(name) = text.strip_prefix('@').filter(|_| owner.is_none()) {
        let end =
            name.find(|c: char| !(c.is_alphanumeric() || "-_.".contains(c))).unwrap_or(name.len());
        owner = Some(name[..end].to_owned()).filter(|name| !name.is_empty());
    }
    (text.to_owned(), owner, due)
}

/// Returns what stands behind one of some labels: `담당: iOS`, `due 2025-03-20`.
fn labelled_value(
    piece: &str,
    words: fn(&'static Notation) -> &'static [&'static str],
) -> Option<&str> {
    let piece = piece.trim();
    if let Some(value) = field(piece, What::Text, words) {
        return Some(value.trim().trim_start_matches('@'));
    }
    let small = piece.to_lowercase();
    let word = notations()
        .iter()
        .flat_map(words)
        .filter(|word| small.starts_with(*word))
        .max_by_key(|word| word.len())?;
    let behind = piece.get(word.len()..)?;
    behind.starts_with(' ').then(|| behind.trim())
}

/// The most lengths of time that are compared.
const LENGTHS: usize = 100;

/// Compares lengths of time that the document tells with those between its entries.
fn durations(reading: &mut Reading) {
    let mut moments: Vec<i64> = reading
        .record
        .incident
        .events
        .iter()
        .flat_map(|event| [event.at, event.until])
        .flatten()
        .filter(|at| at.precision() > crate::model::Precision::Day)
        .map(|at| at.unix())
        .collect();
    if moments.len() < 2 {
        return;
    }
    moments.sort_unstable();
    let mut told = 0;
    for at in 0..reading.document.lines.len() {
        let line = &reading.document.lines[at];
        let may_tell = matches!(line.what, What::Item | What::Text | What::Row);
        if reading.used[at] || !may_tell || told > LENGTHS {
            continue;
        }
        if let Some((said, seconds)) = told_length(line.inner()) {
            told += 1;
            let near = |one: &i64| {
                let after = moments.partition_point(|at| *at <= one + seconds - 60);
                moments.get(after).is_some_and(|at| *at < one + seconds + 60)
            };
            if !moments.iter().any(near) {
                let code = DoubtCode::DurationDiffers;
                let longest = moments
                    .iter()
                    .max()
                    .zip(moments.iter().min())
                    .map_or(0, |(last, first)| last - first);
                let taken = format!("{}:{:02}", longest / 3600, longest / 60 % 60);
                reading.doubts.push(Doubt::new(code, line.number, 1, &said, &taken));
            }
        }
    }
}

/// Returns the length of time that a line tells behind a label, in seconds, and its words.
fn told_length(text: &str) -> Option<(String, i64)> {
    let plain = plain_text(text);
    let at = plain.find([':', '|'])?;
    let (label, value) = (plain[..at].trim(), plain[at + 1..].trim());
    let is_label = |word: &&&str| {
        label == **word
            || label.starts_with(&format!("{word} "))
            || label.ends_with(&format!(" {word}"))
    };
    let labelled = notations().iter().flat_map(|it| it.length_labels).any(|word| is_label(&word));
    if !labelled || label.chars().count() > 40 {
        return None;
    }
    let (mut seconds, mut rest, mut said) = (0, value, false);
    while let Some((number, unit, behind)) = amount(rest) {
        (seconds, rest, said) = (seconds + number * unit, behind, true);
    }
    let whole = rest.trim_matches(|c: char| !c.is_alphanumeric()).is_empty()
        || rest.starts_with(['(', ' ']);
    (said && whole && seconds > 0).then(|| (plain.clone(), seconds))
}

/// Reads a number and its unit in seconds, and returns what follows.
fn amount(text: &str) -> Option<(i64, i64, &str)> {
    let text = text.trim_start_matches([' ', ',', '~']);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let number: i64 = text.get(..digits)?.parse().ok()?;
    let rest = text.get(digits..)?.trim_start();
    let unit_of = |words: fn(&'static Notation) -> &'static [&'static str], seconds: i64| {
        let all = notations().iter().flat_map(words);
        let found = all.filter(|word| rest.starts_with(**word)).max_by_key(|word| word.len());
        found.map(|word| (word.len(), seconds))
    };
    let found = [unit_of(|it| it.hours, 3600), unit_of(|it| it.minutes, 60)];
    let (length, unit) = found.into_iter().flatten().max_by_key(|(length, _)| *length)?;
    Some((number, unit, rest.get(length..)?))
}
