//! The names of parts, columns and fields in documents.

use std::ops::Range;

use memchr::memmem;

use crate::lang::{Notation, notations, zone_of_letters};
use crate::model::EventType;

use super::letters::{is_spaced, plain_text};

/// A part of a document with a counterpart in a record.
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
    /// Whether it is a list of notes in a record: factors, or lessons of one kind.
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

    /// Whether it is a list in a record whose entries have no time.
    fn holds_list(self) -> bool {
        self.holds_notes() || self == Part::Actions
    }

    /// Whether it is a list of entries with times.
    fn holds_entries(self) -> bool {
        matches!(self, Part::Timeline | Part::Plan)
    }

    /// Whether a heading with a word for it is only about it.
    fn is_spoken_of(self, plain: &str) -> bool {
        match self {
            Part::Actions => holds_one(plain, |it| it.past_actions),
            Part::Factors => holds_one(plain, |it| it.about_causes),
            _ => false,
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

/// The content of a table column.
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

/// Returns the part that a whole heading names.
pub(super) fn part_whole(title: &str) -> Option<Part> {
    let plain = bare(title);
    let is = |words: fn(&'static Notation) -> &'static [&'static str]| {
        notations().iter().any(|notation| words(notation).contains(&plain.as_str()))
    };
    PARTS.iter().find(|(_, words)| is(*words)).map(|(part, _)| *part)
}

/// Returns a heading without its number and the parts in brackets.
fn bare(title: &str) -> String {
    let plain = without_brackets(&plain_text(title));
    plain.trim_start_matches(|c: char| c.is_ascii_digit() || ". )".contains(c)).to_owned()
}

/// The longest heading that names a part among other words, in letters.
const HEADING: usize = 48;

/// Returns the part that a heading names: by all of its words, else the only part whose words it contains. A heading
/// that names causes and actions, or is about them (`Actions taken`, `Finding the root cause`), names neither.
pub(super) fn part_named(title: &str) -> Option<Part> {
    if let Some(part) = part_whole(title) {
        return Some(part);
    }
    let plain = bare(title);
    // Days next to its name do not make it a sentence.
    if plain.chars().filter(|c| c.is_alphabetic() || c.is_whitespace()).count() > HEADING {
        return None;
    }
    let part = one_of(&parts_held(&plain, is_long))?;
    // `원인 및 재발 방지 대책`: a short word does not name a part, but shows that the heading names two.
    let short = parts_held(&plain, |word| is_long(word) || !word.chars().any(is_spaced));
    let is_list = |held: &Part| held.holds_list();
    let lists: Vec<(usize, Part)> = short.into_iter().filter(|(_, held)| is_list(held)).collect();
    let is_one = !part.holds_list() || one_of(&lists) == Some(part);
    (is_one && !part.is_spoken_of(&plain)).then_some(part)
}

/// Returns the parts whose words a heading contains, with the lengths of the words; words inside longer ones do not
/// count.
fn parts_held(plain: &str, may_tell: impl Fn(&str) -> bool) -> Vec<(usize, Part)> {
    let is_alone = |word: &str| notations().iter().any(|it| it.alone.contains(&word));
    let mut held: Vec<(Range<usize>, Part)> = Vec::new();
    for (part, words) in PARTS {
        let all = notations().iter().flat_map(words);
        for word in all.filter(|word| may_tell(word) && !is_alone(word)) {
            let places = places_of(plain, word);
            held.extend(places.map(|at| (at..at + word.len(), part)));
        }
    }
    let is_inside = |inner: &Range<usize>| {
        let holds = |outer: &Range<usize>| outer.start <= inner.start && inner.end <= outer.end;
        held.iter().any(|(outer, _)| outer != inner && holds(outer))
    };
    let outer = held.iter().filter(|(place, _)| !is_inside(place));
    outer.map(|(place, part)| (place.len(), *part)).collect()
}

/// Returns which of several parts a heading names, if it is clear.
fn one_of(held: &[(usize, Part)]) -> Option<Part> {
    let longest = held.iter().max_by_key(|(length, _)| *length).map(|(_, part)| *part);
    let entries = held.iter().map(|(_, part)| *part).find(|it| it.holds_entries());
    let lists = || held.iter().map(|(_, part)| *part).filter(|part| part.holds_list());
    // `Lessons learned: what went well` names the kind that it ends with.
    let mut sorts = lists().filter(|part| *part != Part::Learned);
    let sort = sorts.next();
    let is_lesson = |part: Part| part.holds_notes() && part != Part::Factors;
    match sort {
        _ if entries.is_some() => entries.filter(|_| lists().next().is_none()),
        None if lists().count() == held.len() => longest,
        None => longest.filter(|_| lists().next().is_none()),
        Some(sort) => {
            let is_same = sorts.all(|other| other == sort);
            let fits = |part: Part| part == sort || part == Part::Learned && is_lesson(sort);
            Some(sort).filter(|_| is_same && held.iter().all(|(_, part)| fits(*part)))
        }
    }
}

/// Whether a heading below one for a part begins something else: `References`, or `Resolution` below causes.
pub(super) fn leaves(title: &str, part: Part) -> bool {
    if !part.holds_list() {
        return false;
    }
    let of_causes = part == Part::Factors && is_one(&bare(title), |it| it.handling);
    is_one(&bare(title), |it| it.beside) || of_causes || part.is_spoken_of(&bare(title))
}

/// Whether a word is long enough to name a part among other words.
fn is_long(word: &str) -> bool {
    word.chars().count() >= if word.chars().all(is_spaced) { 6 } else { 3 }
}

/// Whether a normalized text contains a word: as a whole word, if its script separates words by spaces.
fn stands(plain: &str, word: &str) -> bool {
    places_of(plain, word).next().is_some()
}

/// Returns the positions of a word in a normalized text.
fn places_of<'t>(plain: &'t str, word: &'t str) -> impl Iterator<Item = usize> + 't {
    let spaced = word.chars().all(is_spaced);
    // Starting a search costs more than seeing that most words cannot be in a short text.
    let first = word.as_bytes().first().copied().unwrap_or_default();
    let may = word.len() <= plain.len() && memchr::memchr(first, plain.as_bytes()).is_some();
    let found = may.then(|| memmem::find_iter(plain.as_bytes(), word));
    found.into_iter().flatten().filter(move |at| {
        let before = plain[..*at].chars().next_back();
        let after = plain[*at + word.len()..].chars().next();
        !spaced || ![before, after].into_iter().flatten().any(char::is_alphanumeric)
    })
}

/// Whether a normalized text begins with one of these words.
pub(super) fn begins_with_one(
    plain: &str,
    words: fn(&'static Notation) -> &'static [&'static str],
) -> bool {
    notations().iter().flat_map(words).any(|word| {
        let behind = plain.strip_prefix(word);
        behind.is_some_and(|behind| !behind.starts_with(char::is_alphanumeric))
    })
}

/// Whether a normalized text ends with one of these words.
pub(super) fn ends_with_one(
    plain: &str,
    words: fn(&'static Notation) -> &'static [&'static str],
) -> bool {
    notations().iter().flat_map(words).any(|word| {
        let before = plain.strip_suffix(word);
        before.is_some_and(|before| !before.ends_with(char::is_alphanumeric))
    })
}

/// Returns the content of a column by its heading.
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

/// Returns the column for a heading that says whether a time is planned and whether it is an end, in any order: `Start
/// (planned)`, `計画の終了`.
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
        // If words have several meanings, the first kind takes precedence.
        let Some((length, kind)) = found.max_by_key(|(length, kind)| (*length, KINDS.len() - kind))
        else {
            // `Ist` is a word here, rather than the zone of India.
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

/// Returns a text without the parts in brackets.
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

/// Whether a text is one of these words in any language.
pub(in crate::import) fn is_one(
    text: &str,
    words: fn(&'static Notation) -> &'static [&'static str],
) -> bool {
    let plain = plain_text(text);
    notations().iter().any(|notation| words(notation).contains(&plain.as_str()))
}

/// Whether a text contains one of these words.
pub(super) fn has_one(text: &str, words: fn(&'static Notation) -> &'static [&'static str]) -> bool {
    holds_one(&plain_text(text), words)
}

/// Whether a normalized text contains one of these words.
pub(super) fn holds_one(
    plain: &str,
    words: fn(&'static Notation) -> &'static [&'static str],
) -> bool {
    notations().iter().flat_map(words).any(|word| stands(plain, word))
}

/// Whether a time was not filled in: `HH:mm`, `?????`, `YYYY-MM-DD`.
pub(super) fn is_unfilled(cell: &str) -> bool {
    let lower = cell.to_lowercase();
    ["hh:mm", "yyyy", "xx:xx", "??", "mm:ss", "<", "--:--", "tbd", "hh.mm"]
        .iter()
        .any(|mark| lower.contains(mark))
}

/// Returns the milestone that a word names, if it has no other meaning.
pub(super) fn milestone(word: &str) -> Option<EventType> {
    let plain = plain_text(word);
    let mut all = notations().iter().flat_map(|notation| notation.milestones);
    all.find(|(known, _)| *known == plain).map(|(_, kind)| kind.clone())
}

/// Whether a text contains a word for a milestone.
pub(super) fn tells(text: &str, kind: &EventType) -> bool {
    let plain = plain_text(text);
    let mut all = notations().iter().flat_map(|notation| notation.milestones);
    all.any(|(word, known)| known == kind && plain.contains(word))
}
