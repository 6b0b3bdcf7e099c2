//! What documents call their parts, their columns and their fields.

use memchr::memmem;

use crate::lang::{Notation, notations, zone_of_letters};
use crate::model::EventType;

use super::letters::{is_spaced, plain_text};

/// A part of a document that a record has a place for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Part {
    Summary,
    Impact,
    Factors,
    Well,
    Badly,
    Lucky,
    Surprised,
    Learned,
    Actions,
    Timeline,
    Plan,
}

impl Part {
    /// Whether it is a list of notes in a record: factors, or lessons of one sort.
    pub(super) fn holds_notes(self) -> bool {
        match self {
            Part::Factors
            | Part::Well
            | Part::Badly
            | Part::Lucky
            | Part::Surprised
            | Part::Learned => true,
            Part::Summary | Part::Impact | Part::Actions | Part::Timeline | Part::Plan => false,
        }
    }
}

type Named = (Part, fn(&'static Notation) -> &'static [&'static str]);

const PARTS: [Named; 11] = [
    (Part::Summary, |it| it.summary),
    (Part::Impact, |it| it.impact),
    (Part::Factors, |it| it.factors),
    (Part::Well, |it| it.well),
    (Part::Badly, |it| it.badly),
    (Part::Lucky, |it| it.lucky),
    (Part::Surprised, |it| it.surprised),
    (Part::Learned, |it| it.learned),
    (Part::Actions, |it| it.actions),
    (Part::Timeline, |it| it.timeline),
    (Part::Plan, |it| it.plan),
];

/// What a column of a table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::import) enum Column {
    Time,
    Planned,
    Actual,
    PlannedEnd,
    ActualEnd,
    Text,
    Owner,
    Due,
    Done,
}

type Headed = (Column, fn(&'static Notation) -> &'static [&'static str]);

const COLUMNS: [Headed; 9] = [
    (Column::PlannedEnd, |it| it.col_planned_end),
    (Column::ActualEnd, |it| it.col_actual_end),
    (Column::Planned, |it| it.col_planned),
    (Column::Actual, |it| it.col_actual),
    (Column::Time, |it| it.col_time),
    (Column::Text, |it| it.col_text),
    (Column::Owner, |it| it.col_owner),
    (Column::Due, |it| it.col_due),
    (Column::Done, |it| it.col_done),
];

/// Returns the part that the whole of a heading names.
pub(super) fn part_whole(title: &str) -> Option<Part> {
    let plain = bare(title);
    let is = |words: fn(&'static Notation) -> &'static [&'static str]| {
        notations().iter().any(|notation| words(notation).contains(&plain.as_str()))
    };
    PARTS.iter().find(|(_, words)| is(*words)).map(|(part, _)| *part)
}

/// Returns a heading without its number and what stands in brackets.
fn bare(title: &str) -> String {
    let plain = without_brackets(&plain_text(title));
    plain.trim_start_matches(|c: char| c.is_ascii_digit() || ". )".contains(c)).to_owned()
}

/// Returns the part that a heading names: its whole words, else the longest that it holds.
pub(super) fn part_named(title: &str) -> Option<Part> {
    let plain = bare(title);
    let plain = plain.as_str();
    let of =
        |words: fn(&'static Notation) -> &'static [&'static str]| notations().iter().map(words);
    if let Some(part) = part_whole(title) {
        return Some(part);
    }
    if plain.chars().count() > 48 {
        return None;
    }
    let held = PARTS.iter().flat_map(|(part, words)| {
        of(*words)
            .flatten()
            .filter(|word| holds(plain, word))
            .map(|word| (word.chars().count(), *part))
    });
    held.max_by_key(|(length, _)| *length).map(|(_, part)| part)
}

/// Whether a heading holds a word of its own that is long enough to tell.
fn holds(plain: &str, word: &str) -> bool {
    let spaced = word.chars().all(is_spaced);
    if word.chars().count() < if spaced { 6 } else { 3 } {
        return false;
    }
    stands(plain, word)
}

/// Whether a word stands somewhere in a plain text: whole, if blanks tell words of its letters apart.
fn stands(plain: &str, word: &str) -> bool {
    let spaced = word.chars().all(is_spaced);
    memmem::find_iter(plain.as_bytes(), word).any(|at| {
        let before = plain[..at].chars().next_back();
        let after = plain[at + word.len()..].chars().next();
        !spaced || ![before, after].into_iter().flatten().any(char::is_alphanumeric)
    })
}

/// Returns what a column holds by its head.
pub(in crate::import) fn column_named(head: &str) -> Option<Column> {
    let plain = plain_text(head);
    let bare = without_brackets(&plain);
    let named = |text: &str| {
        let has = |words: fn(&'static Notation) -> &'static [&'static str]| {
            notations().iter().any(|notation| words(notation).contains(&text))
        };
        COLUMNS.iter().find(|(_, words)| has(*words)).map(|(column, _)| *column)
    };
    named(&plain).or_else(|| composed(&plain)).or_else(|| named(&bare))
}

/// Returns the column of a head that says of a time whether it is planned and whether it is an end, in any order:
/// `Start (planned)`, `計画の終了`.
fn composed(plain: &str) -> Option<Column> {
    const KINDS: [fn(&'static Notation) -> &'static [&'static str]; 5] =
        [|it| it.col_planned, |it| it.col_actual, |it| it.ends, |it| it.starts, |it| it.col_time];
    let mut has = [false; KINDS.len()];
    let mut rest = plain;
    loop {
        rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric() || "の的".contains(c));
        if rest.is_empty() {
            break;
        }
        let here = |word: &&&str| {
            let behind = rest.strip_prefix(**word);
            behind.is_some_and(|behind| {
                !word.ends_with(is_spaced) || !behind.starts_with(char::is_alphanumeric)
            })
        };
        let found = KINDS.iter().enumerate().flat_map(|(kind, words)| {
            notations().iter().flat_map(words).filter(here).map(move |word| (word.len(), kind))
        });
        // Of words that mean several things, that of the first kind.
        let Some((length, kind)) = found.max_by_key(|(length, kind)| (*length, KINDS.len() - kind))
        else {
            // `Ist` is a word before it is a zone of India.
            let first = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
            zone_of_letters(&first.to_uppercase())?;
            rest = &rest[first.len()..];
            continue;
        };
        has[kind] = true;
        rest = &rest[length..];
    }
    match has {
        [true, false, true, ..] => Some(Column::PlannedEnd),
        [true, false, false, ..] => Some(Column::Planned),
        [false, true, true, ..] => Some(Column::ActualEnd),
        [false, true, false, ..] => Some(Column::Actual),
        _ => None,
    }
}

/// Returns a text without what stands in brackets.
pub(super) fn without_brackets(text: &str) -> String {
    let mut depth = 0_usize;
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '(' | '[' | '（' | '【' => depth += 1,
            ')' | ']' | '）' | '】' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    plain_text(&out)
}

/// Whether a text is one of some words of any language.
pub(in crate::import) fn is_one(
    text: &str,
    words: fn(&'static Notation) -> &'static [&'static str],
) -> bool {
    let plain = plain_text(text);
    notations().iter().any(|notation| words(notation).contains(&plain.as_str()))
}

/// Whether a text holds one of some words.
pub(super) fn has_one(text: &str, words: fn(&'static Notation) -> &'static [&'static str]) -> bool {
    holds_one(&plain_text(text), words)
}

/// Whether a plain text holds one of some words.
pub(super) fn holds_one(
    plain: &str,
    words: fn(&'static Notation) -> &'static [&'static str],
) -> bool {
    notations().iter().flat_map(words).any(|word| stands(plain, word))
}

/// Whether a time was never filled in: `HH:mm`, `?????`, `YYYY-MM-DD`.
pub(super) fn is_unfilled(cell: &str) -> bool {
    let lower = cell.to_lowercase();
    ["hh:mm", "yyyy", "xx:xx", "??", "mm:ss", "<", "--:--", "tbd", "hh.mm"]
        .iter()
        .any(|mark| lower.contains(mark))
}

/// Returns the milestone that a word names, where it is nothing else.
pub(super) fn milestone(word: &str) -> Option<EventType> {
    let plain = plain_text(word);
    let mut all = notations().iter().flat_map(|notation| notation.milestones);
    all.find(|(known, _)| *known == plain).map(|(_, kind)| kind.clone())
}

/// Whether a text holds a word of a milestone.
pub(super) fn tells(text: &str, kind: &EventType) -> bool {
    let plain = plain_text(text);
    let mut all = notations().iter().flat_map(|notation| notation.milestones);
    all.any(|(word, known)| known == kind && plain.contains(word))
}
