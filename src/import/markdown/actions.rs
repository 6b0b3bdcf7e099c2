//! Actions: items, paragraphs and rows of tables, with their owners, due days, and whether they are done.

use crate::fault::{DoubtCode, WhyLeft};
use crate::lang::{Notation, notations};
use crate::model::{Action, Audience, Day};

use super::super::draft::{Doubt, EntryAt, ReadAs};
use super::blocks::{block_text, blocks, is_filler, is_filling, is_item};
use super::candidates::{Use, use_of};
use super::context::{day_in, field, only_day};
use super::done::{Done, done, done_in_cell, says_done, says_rejected};
use super::letters::plain_text;
use super::lines::What;
use super::notes::{ends_as_opening, is_template_opening, last_sentence};
use super::reading::Reading;
use super::tables::{Table, cell_text};
use super::words::{Column, begins_with_one, is_one, part_named, without_brackets};

/// What applies to several actions below it.
#[derive(Clone, Default)]
struct Above {
    /// The sentences above them, nearest first, each after a line break.
    text: String,
    owner: Option<String>,
    due: Option<Day>,
    done: bool,
}

/// Adds the items of a part as actions, and returns the lines that are not, such as what was decided against.
pub(super) fn actions(reading: &mut Reading, lines: &[usize]) -> Vec<usize> {
    let blocks = blocks(reading, lines);
    let are_paragraphs = are_short_paragraphs(reading, &blocks);
    let mut others = Vec::new();
    let mut above = Above::default();
    for (at, block) in blocks.iter().enumerate() {
        let follows_list = blocks.get(at + 1).is_some_and(|next| is_item(reading, next));
        let text = block_text(reading, block);
        if is_filler(reading, block) {
            reading.leave(block, WhyLeft::Template);
        } else if is_item(reading, block) {
            others.extend(item(reading, block, &above, NESTED));
        } else if follows_list && is_template_opening(&text) {
            let items = blocks[at + 1..].iter().take_while(|block| is_item(reading, block));
            let those: Vec<usize> = block.iter().chain(items.flatten()).copied().collect();
            reading.leave(&those, WhyLeft::Template);
        } else if follows_list && ends_as_opening(&text) {
            above = above_of(&text);
            reading.leave(block, WhyLeft::Prose);
        } else if are_paragraphs {
            others.extend(item(reading, block, &above, 0));
        } else {
            above = Above::default();
            others.extend(block);
        }
    }
    others
}

/// Returns what a sentence says about the actions below it: that they are done, or nothing.
fn above_of(text: &str) -> Above {
    let done = says_done(&last_sentence(text));
    Above { text: if done { format!("\n{text}") } else { String::new() }, done, ..Above::default() }
}

/// The deepest nesting of lists whose items are separate actions.
const NESTED: usize = 3;

/// Adds an item as one action, or its nested items as separate ones if it only says what they have in common (`When a
/// migration is planned:`). Returns the lines of what was decided against.
fn item(reading: &mut Reading, block: &[usize], above: &Above, nested: usize) -> Vec<usize> {
    let first = block.first().copied().filter(|at| !reading.used[*at]);
    let Some(first) = first else { return Vec::new() };
    let lines = &reading.document.lines;
    let indent = lines[first].indent;
    let is_nested = |at: &usize| lines[*at].what == What::Item && lines[*at].indent > indent;
    let own = block.iter().position(is_nested).unwrap_or(block.len());
    let text = block_text(reading, &block[..own]);
    let ticked = lines[first].ticked;
    if nested > 0 && text.trim_end().ends_with([':', '：']) {
        let below = blocks(reading, &block[own..]);
        if below.len() > 1 && below.iter().all(|block| is_to_do(reading, block)) {
            let named = named(text.trim_end_matches([':', '：']), reading.around.day_first);
            let above = Above {
                text: format!("\n{text}{}", above.text),
                owner: named.owner.or_else(|| above.owner.clone()),
                due: named.due.or(above.due),
                done: above.done || ticked == Some(true),
            };
            reading.used[first] = true;
            let rejected = below.iter().flat_map(|block| item(reading, block, &above, nested - 1));
            return rejected.collect();
        }
    }
    match push_item(reading, block, above, ticked) {
        true => Vec::new(),
        false => block.to_vec(),
    }
}

/// Whether a nested item is an action, rather than an address or a field of the item above, such as its owner.
fn is_to_do(reading: &Reading, block: &[usize]) -> bool {
    let text = block_text(reading, block);
    let text = text.trim();
    let is_link = text.starts_with("http") || text.starts_with('<') || text.starts_with('#');
    let is_named_link = text.starts_with('[') && text.ends_with(')') && !text.contains(' ');
    let label = text.split_once([':', '：']).map(|(label, _)| plain_text(label));
    let is_field = label.is_some_and(|label| {
        is_one(&label, |it| it.owner_label)
            || is_one(&label, |it| it.due_label)
            || is_one(&label, |it| it.col_done)
            || is_one(&label, |it| it.col_owner)
            || is_one(&label, |it| it.col_due)
    });
    is_item(reading, block) && !is_link && !is_named_link && !is_field && !is_filler(reading, block)
}

/// Adds an item as an action, unless it was decided against.
fn push_item(reading: &mut Reading, block: &[usize], above: &Above, ticked: Option<bool>) -> bool {
    let mut text = block_text(reading, block);
    let day_first = reading.around.day_first;
    let named = named(&text, day_first);
    let mut is_done = done(&text, day_first);
    for piece in fields_of(&text) {
        if let Some(state) =
            field(&piece, What::Text, |it| it.col_done).filter(|_| is_done == Done::No)
        {
            let stated = day_in(state, day_first);
            let day = stated.and_then(|stated| stated.year.and_then(|year| stated.in_year(year)));
            is_done = done_in_cell(state, day);
        }
    }
    if is_done == Done::No && (ticked == Some(true) || above.done && ticked.is_none()) {
        is_done = Done::Yes;
    }
    if ticked == Some(true) {
        text.insert_str(0, "[x] ");
    }
    text.push_str(&above.text);
    let owner = named.owner.or_else(|| above.owner.clone());
    push_action(reading, block[0], Row { text, owner, due: named.due.or(above.due), done: is_done })
}

/// Adds a text as an action, unless it was decided against.
pub(super) fn push_stated(reading: &mut Reading, at: usize, text: String) -> bool {
    let day_first = reading.around.day_first;
    let Named { owner, due } = named(&text, day_first);
    let done = done(&text, day_first);
    push_action(reading, at, Row { text, owner, due, done })
}

/// The longest paragraph that is an action, in letters.
const SHORT: usize = 300;

/// Whether blocks are all paragraphs of one sentence that asks somebody to do something.
fn are_short_paragraphs(reading: &Reading, blocks: &[Vec<usize>]) -> bool {
    let is_one = |block: &Vec<usize>| {
        let text = block_text(reading, block);
        let plain = plain_text(&text);
        block.iter().all(|at| reading.document.lines[*at].what == What::Text)
            && text.chars().count() < SHORT
            && last_sentence(&text).len() == plain.len()
            && !begins_with_one(&plain, |it| it.statements)
    };
    blocks.len() > 1 && blocks.iter().all(is_one)
}

/// An action in a row or an item.
struct Row {
    text: String,
    owner: Option<String>,
    due: Option<Day>,
    done: Done,
}

/// Adds an action, unless it was decided against: a record cannot hold what nobody is to do.
fn push_action(reading: &mut Reading, at: usize, row: Row) -> bool {
    let line = &reading.document.lines[at];
    let Row { mut text, owner, due, done } = row;
    let heading = &reading.document.parts[line.part].title;
    let aside = heading.find(['(', '（']).map_or("", |at| &heading[at..]);
    if done == Done::Rejected || is_of_rejected(heading, aside) {
        return false;
    }
    let on = match done {
        Done::On(day) => Some(day),
        _ => None,
    };
    let of_done = done == Done::No && is_of_done(heading, aside);
    let tells = of_done || aside.contains("](") || aside.contains(|c: char| c.is_ascii_digit());
    if tells && on.is_none() || is_below_item(reading, at) {
        text.push_str(&format!("\n{heading}"));
        let heading = reading.document.parts[line.part].heading;
        heading.into_iter().for_each(|at| reading.used[at] = true);
    }
    if done == Done::Yes || of_done {
        let code = DoubtCode::DoneWithoutDay;
        let short: String = text.lines().next().unwrap_or("").chars().take(40).collect();
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
    true
}

/// Whether a line is nested below an item that is only a bold label for its items.
fn is_below_item(reading: &Reading, at: usize) -> bool {
    let line = &reading.document.lines[at];
    let part = &reading.document.parts[line.part];
    let label = part.heading.map(|at| &reading.document.lines[at]);
    let is_label =
        label.is_some_and(|label| label.what == What::Heading(8) && label.indent < line.indent);
    is_label && part_named(&part.title).is_none()
}

/// Whether a heading says that everything below it is done: `Completed`, `Immediate actions (completed)`.
fn is_of_done(heading: &str, aside: &str) -> bool {
    says_done(aside.trim_matches(['(', ')', '（', '）'])) || says_done(&without_brackets(heading))
}

/// Whether a heading says that everything below it was decided against: `Rejected`, `Actions (won't do)`.
fn is_of_rejected(heading: &str, aside: &str) -> bool {
    says_rejected(aside.trim_matches(['(', ')', '（', '）']))
        || says_rejected(&without_brackets(heading))
}

/// Adds the rows of tables of actions. Rows that were decided against remain, with their heads.
pub(super) fn action_tables(reading: &mut Reading) {
    let tables = std::mem::take(&mut reading.tables);
    for table in tables.iter().filter(|table| use_of(reading.document, table) == Use::Actions) {
        let mut is_whole = true;
        for row in table.rows.iter().filter(|row| !reading.used[**row]).copied().collect::<Vec<_>>()
        {
            let text = reading.document.lines[row].text;
            match action_row(table, text, reading.around.day_first) {
                Some(action) => is_whole &= push_action(reading, row, action),
                None => reading.leave(&[row], WhyLeft::Template),
            }
        }
        let heads = [table.head, table.head + 1];
        let are_heads = is_whole && heads.iter().all(|at| !reading.used[*at]);
        if are_heads && reading.document.lines[table.head + 1].what == What::Rule {
            reading.leave(&heads, WhyLeft::Page);
        }
    }
    reading.tables = tables;
}

/// The most letters and digits of a day with a word: `2024-10-01 erledigt`.
const DAY_AND_WORD: usize = 20;
/// The digits of a day; with more of them it is a different day or a clock time.
const DAY_DIGITS: usize = 8;

/// Returns the text of a cell; a dash counts as empty.
fn text_in(row: &str, column: usize) -> String {
    let text = cell_text(row, column);
    if text.chars().all(|c| "-–—".contains(c)) { String::new() } else { text }
}

/// Returns the action in a row, unless the row was not filled in.
fn action_row(table: &Table, row: &str, day_first: Option<bool>) -> Option<Row> {
    let cell = |column| table.place(column).map(|column| text_in(row, column));
    let day = |text: &str| {
        day_in(text, day_first).and_then(|stated| stated.year.and_then(|year| stated.in_year(year)))
    };
    let status = cell(Column::Done).unwrap_or_default();
    let known = [Column::Owner, Column::Due, Column::Done].map(|column| table.place(column));
    let text = table.place(Column::Text).or_else(|| {
        (0..table.heads.len())
            .filter(|column| !known.contains(&Some(*column)))
            .max_by_key(|column| cell_text(row, *column).chars().count())
    });
    let due = cell(Column::Due).or_else(|| cell(Column::Time)).unwrap_or_default();
    let mut words = text.map_or(String::new(), |column| text_in(row, column));
    if is_filling(&words, |_| false) {
        return None;
    }
    for column in 0..table.heads.len() {
        let more = text_in(row, column);
        let is_known = known.contains(&Some(column)) || Some(column) == text;
        if !is_known && !more.is_empty() && table.place(Column::Time) != Some(column) {
            words.push_str(&format!("\n{}: {more}", table.heads[column]));
        }
    }
    // If there is more than one word beside the day, the whole text is kept.
    let is_told = |cell: &str| {
        let digits = cell.bytes().filter(u8::is_ascii_digit).count();
        digits > DAY_DIGITS || cell.chars().filter(|c| c.is_alphanumeric()).count() > DAY_AND_WORD
    };
    if day(&due).is_none() && !due.is_empty() || is_told(&due) {
        words.push_str(&format!("\n{due}"));
    }
    let done = done_in_cell(&status, day(&status));
    if !status.is_empty() && (!matches!(done, Done::On(_)) || is_told(&status)) {
        let head = table.place(Column::Done).map_or("", |column| table.heads[column].as_str());
        words.push_str(&format!("\n{head}: {status}"));
    }
    let owner = cell(Column::Owner).map(|name| name.trim_start_matches('@').to_owned());
    let owner = owner.filter(|name| !is_filling(name, |_| false));
    Some(Row { text: words, owner, due: day(&due), done })
}

/// The owner and the due day in an action.
struct Named {
    owner: Option<String>,
    due: Option<Day>,
}

/// Returns the owner and the due day at the end of an action (`(Owner: Kim, due 2025-03-20)`), or the `@name` at its
/// beginning. A day with other words is not a due day: `(reported 2024-09-07)`.
fn named(text: &str, day_first: Option<bool>) -> Named {
    let first = text.lines().next().unwrap_or("");
    let begin = first.rfind(['(', '（']).filter(|at| {
        first[*at..].trim_end().ends_with([')', '）']) && !first[..*at].ends_with(']')
    });
    let tail = begin.map(|at| first[at..].trim().trim_matches(['(', ')', '（', '）']));
    let (mut owner, mut due) = (None, None);
    for piece in tail.into_iter().flat_map(|tail| tail.split([',', ';', '、', '，'])) {
        if let Some(name) = labelled_value(piece, |it| it.owner_label) {
            owner = Some(name.to_owned());
        } else if is_due(piece, day_first) {
            let stated = day_in(piece, day_first);
            due =
                due.or(stated.and_then(|stated| stated.year.and_then(|year| stated.in_year(year))));
        }
    }
    for piece in fields_of(text) {
        let value = |words| field(&piece, What::Text, words).map(str::trim);
        let name = value(|it| it.owner_label).map(|name| name.trim_start_matches('@'));
        owner = owner.or(name.filter(|name| !is_filling(name, |_| false)).map(str::to_owned));
        let stated = value(|it| it.due_label).and_then(|day| only_day(day, day_first));
        due = due.or(stated.and_then(|stated| stated.year.and_then(|year| stated.in_year(year))));
    }
    if let Some(name) = text.strip_prefix('@').filter(|_| owner.is_none()) {
        let end =
            name.find(|c: char| !(c.is_alphanumeric() || "-_.".contains(c))).unwrap_or(name.len());
        // `@ann and @ben` are two people.
        let others = name[end..].find('@').map_or("", |at| &name[end..end + at]);
        let is_one_of = !others.is_empty() && others.split_whitespace().count() < 3;
        owner = Some(name[..end].to_owned()).filter(|name| !name.is_empty() && !is_one_of);
    }
    Named { owner, due }
}

/// Returns the possible fields of an action: its sentences after the first, and nested lines (`- **Owner**: Kim`).
fn fields_of(text: &str) -> Vec<String> {
    let mut lines = text.lines();
    let sentences = lines.next().unwrap_or("").split(". ").skip(1);
    let nested = lines.map(|line| line.trim().trim_start_matches(['-', '*', '+', ' ']));
    let pieces = sentences.chain(nested).map(|piece| piece.replace("**", ""));
    pieces.map(|piece| piece.trim().trim_end_matches('.').to_owned()).collect()
}

/// Whether a text in brackets is a due day: a day alone, or after a label.
fn is_due(piece: &str, day_first: Option<bool>) -> bool {
    let plain = plain_text(piece);
    let is_labelled = notations().iter().flat_map(|it| it.due_label).any(|word| {
        let behind = plain.strip_prefix(word);
        behind.is_some_and(|behind| {
            !word.chars().all(super::letters::is_spaced)
                || !behind.starts_with(char::is_alphanumeric)
        })
    });
    is_labelled || only_day(piece.trim(), day_first).is_some()
}

/// Returns the value after one of these labels: `담당: iOS`, `due 2025-03-20`.
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
