//! Compares releases: the same step in each, unplanned events, rejections.

use std::collections::{BTreeSet, HashMap};

use crate::lang::text_words;
use crate::model::{Event, Incident, PlanStep, Verdict};
use crate::timeline::{Aliases, CLEAR, Lexicon, Row, Wording, all_rows};

/// One release of a comparison.
#[derive(Debug)]
pub struct Release<'i> {
    /// The record's id.
    pub id: &'i str,
    /// The record.
    pub incident: &'i Incident,
    /// Its rows of plan against actual, with the rollbacks that nobody called.
    pub rows: Vec<Row<'i>>,
}

/// Releases compared step by step.
#[derive(Debug)]
pub struct Comparison<'i> {
    /// In the requested order.
    pub releases: Vec<Release<'i>>,
    /// The steps of the first release in its order, with those of the others in their places.
    pub lines: Vec<Line>,
}

/// The same step in every release that has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// One cell per release; none if its plan does not have the step.
    pub cells: Vec<Option<Cell>>,
}

/// A step in one release.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cell {
    /// Its index among the release's rows.
    pub row: usize,
    /// How it was found to be the same step.
    pub matched: Matched,
}

/// How a step was matched with that of another release.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Matched {
    /// It is the first of its line.
    First,
    /// Both have the same id.
    ById,
    /// Their texts are similar: an inference.
    ByWords,
}

impl<'i> Release<'i> {
    /// Iterates over its steps in order, with their indices among the rows.
    fn steps(&self) -> impl Iterator<Item = (usize, &'i PlanStep)> + '_ {
        self.rows.iter().enumerate().filter_map(|(place, row)| Some((place, row.step?)))
    }

    /// Iterates over unplanned events.
    pub fn unplanned(&self) -> impl Iterator<Item = &'i Event> + '_ {
        self.rows.iter().filter(|row| row.step.is_none()).flat_map(|row| row.events.clone())
    }

    /// Iterates over events whose headline or type is about a rejection, by the words in [`rejected_words`].
    pub fn rejections(&self) -> impl Iterator<Item = &'i Event> + '_ {
        self.incident.events_in_time().into_iter().filter(|event| {
            let kind = event.kind.as_ref().map_or("", |kind| kind.word());
            let text = format!("{kind} {}", event.headline()).to_lowercase();
            let denied = text_words().flat_map(|words| words.not_rejected);
            let mut rejected = rejected_words();
            !denied.into_iter().any(|word| text.contains(word))
                && rejected.any(|word| text.contains(word))
        })
    }
}

impl Comparison<'_> {
    /// Whether some release has the step as more than a rollback that nobody called.
    pub fn has_run(&self, line: &Line) -> bool {
        let cells = self.releases.iter().zip(&line.cells);
        let mut rows = cells.filter_map(|(release, cell)| Some(&release.rows[cell.as_ref()?.row]));
        rows.any(|row| row.verdict != Verdict::NotCalled)
    }
}

/// Returns the words for a rejection.
pub fn rejected_words() -> impl Iterator<Item = &'static str> {
    text_words().flat_map(|words| words.rejected).copied()
}

/// Compares releases. A step matches another release's if both have the same id, else if they are aliases, or their
/// texts are clearly similar and no other text is more so.
pub fn compare<'i>(
    records: &[(&'i str, &'i Incident)],
    aliases: &Aliases,
    tolerance: i64,
) -> Comparison<'i> {
    let releases: Vec<Release> = records
        .iter()
        .map(|(id, incident)| Release { id, incident, rows: all_rows(incident, tolerance) })
        .collect();
    let worded = Worded::of(&releases, aliases);
    let mut lines: Vec<Line> = Vec::new();
    for place in 0..releases.len() {
        let matched = matched_lines(&releases, &worded, &lines, place);
        add(&mut lines, &matched, place, releases.len());
    }
    Comparison { releases, lines }
}

/// The texts of all steps, each analysed once.
struct Worded {
    /// For each row of each release the index of its text, if it is a step's.
    places: Vec<Vec<Option<usize>>>,
    /// Each with the alias group that it belongs to.
    words: Vec<(Wording, Option<usize>)>,
}

impl Worded {
    fn of(releases: &[Release], aliases: &Aliases) -> Worded {
        let mut texts: Vec<String> = Vec::new();
        let mut known: HashMap<String, usize> = HashMap::new();
        let mut place_of = |release: &Release, row: &Row| {
            let text = plain(release, row.step?);
            Some(*known.entry(text).or_insert_with_key(|text| {
                texts.push(text.clone());
                texts.len() - 1
            }))
        };
        let places = releases
            .iter()
            .map(|release| release.rows.iter().map(|row| place_of(release, row)).collect())
            .collect();
        let lexicon = Lexicon::of(texts.iter().map(String::as_str));
        let worded = |text: &String| {
            let wording = lexicon.wording(text);
            let alias = aliases.group(&wording);
            (wording, alias)
        };
        Worded { places, words: texts.iter().map(worded).collect() }
    }

    fn likeness(&self, one: usize, other: usize) -> f64 {
        let ((one, alias), (other, other_alias)) = (&self.words[one], &self.words[other]);
        let same = alias.is_some() && alias == other_alias;
        if same { 1.0 } else { one.likeness(other) }
    }

    /// Returns the texts of a line, each once.
    fn of_line(&self, line: &Line) -> BTreeSet<usize> {
        let cells = self.places.iter().zip(&line.cells);
        cells.filter_map(|(rows, cell)| rows[cell.as_ref()?.row]).collect()
    }
}

/// Returns, for each step of a release, the line that it belongs to, if that exists already.
fn matched_lines(
    releases: &[Release],
    worded: &Worded,
    lines: &[Line],
    place: usize,
) -> Vec<(usize, Option<(usize, Matched)>)> {
    let release = &releases[place];
    let mut found: Vec<(usize, Option<(usize, Matched)>)> = release
        .steps()
        .map(|(row, step)| (row, by_id(releases, lines, step).map(|line| (line, Matched::ById))))
        .collect();
    for (line, row) in by_words(worded, lines, place, &found) {
        if let Some((_, none)) = found.iter_mut().find(|(other, _)| *other == row) {
            *none = Some((line, Matched::ByWords));
        }
    }
    found
}

fn by_id(releases: &[Release], lines: &[Line], step: &PlanStep) -> Option<usize> {
    let id = step.id.as_deref()?;
    lines
        .iter()
        .position(|line| steps_of(releases, line).any(|other| other.id.as_deref() == Some(id)))
}

/// Returns the steps of a line.
fn steps_of<'r, 'i>(
    releases: &'r [Release<'i>],
    line: &'r Line,
) -> impl Iterator<Item = &'i PlanStep> {
    let cells = releases.iter().zip(&line.cells);
    cells.filter_map(|(release, cell)| release.rows.get(cell.as_ref()?.row)?.step)
}

/// How far the best match must be ahead of the second.
const AHEAD: f64 = 0.1;

/// Returns similar pairs of a line and a row, the most similar first, none used twice.
fn by_words(
    worded: &Worded,
    lines: &[Line],
    place: usize,
    found: &[(usize, Option<(usize, Matched)>)],
) -> Vec<(usize, usize)> {
    let taken = |line: usize| found.iter().any(|(_, at)| at.is_some_and(|(at, _)| at == line));
    let open: Vec<usize> =
        found.iter().filter(|(_, at)| at.is_none()).map(|(row, _)| *row).collect();
    if open.is_empty() {
        return Vec::new();
    }
    let free = lines.iter().enumerate().filter(|(line, _)| !taken(*line));
    let lines: Vec<(usize, BTreeSet<usize>)> =
        free.map(|(at, line)| (at, worded.of_line(line))).collect();
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for row in open {
        let Some(own) = worded.places[place][row] else { continue };
        let like = |others: &BTreeSet<usize>| {
            others.iter().map(|other| worded.likeness(own, *other)).fold(0.0, f64::max)
        };
        pairs.extend(lines.iter().map(|(line, others)| (like(others), *line, row)));
    }
    clear_pairs(pairs)
}

/// Returns a step's text without its release's version, which differs between releases.
fn plain(release: &Release, step: &PlanStep) -> String {
    match release.incident.version.as_deref().filter(|version| !version.is_empty()) {
        Some(version) => without(&step.text, version),
        None => step.text.clone(),
    }
}

/// Returns a text without a word where that stands alone: `2` is not part of `12` or `2.1`.
fn without(text: &str, word: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(word) {
        let (before, after) = (&rest[..at], &rest[at + word.len()..]);
        let joins = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '.');
        let last = before.chars().next_back().or_else(|| out.chars().next_back());
        out.push_str(before);
        if joins(last) || joins(after.chars().next()) {
            out.push_str(word);
        }
        rest = after;
    }
    out + rest
}

/// Returns similar pairs that are clearly the best on both sides.
fn clear_pairs(mut pairs: Vec<(f64, usize, usize)>) -> Vec<(usize, usize)> {
    pairs.retain(|(score, _, _)| *score > CLEAR - AHEAD);
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let rival = |score: f64, line: usize, row: usize| {
        let others = pairs.iter().filter(|(_, l, r)| (*l == line) != (*r == row));
        others.into_iter().any(|(other, _, _)| *other > score - AHEAD)
    };
    pairs
        .iter()
        .filter(|(score, line, row)| *score >= CLEAR && !rival(*score, *line, *row))
        .map(|(_, line, row)| (*line, *row))
        .collect()
}

/// Adds a release's steps to the lines: where they match, else just above the release's next step that does, else at
/// the end.
fn add(
    lines: &mut Vec<Line>,
    matched: &[(usize, Option<(usize, Matched)>)],
    place: usize,
    releases: usize,
) {
    let mut inserted: Vec<(usize, Line)> = Vec::new();
    let mut above = lines.len();
    for (row, line) in matched.iter().rev() {
        match line {
            Some((line, matched)) if lines[*line].cells[place].is_none() => {
                lines[*line].cells[place] = Some(Cell { row: *row, matched: *matched });
                above = *line;
            }
            _ => {
                let mut line = Line { cells: vec![None; releases] };
                line.cells[place] = Some(Cell { row: *row, matched: Matched::First });
                inserted.push((above, line));
            }
        }
    }
    inserted.reverse();
    inserted.sort_by_key(|(above, _)| *above);
    let mut inserted = inserted.into_iter().peekable();
    for (at, line) in std::mem::take(lines).into_iter().map(Some).chain([None]).enumerate() {
        while let Some((_, new)) = inserted.next_if(|(above, _)| *above == at) {
            lines.push(new);
        }
        lines.extend(line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Moment;

    fn release(version: &str, steps: &[(&str, &str)]) -> Incident {
        let step = |(number, (id, text)): (usize, &(&str, &str))| PlanStep {
            id: (!id.is_empty()).then(|| (*id).to_owned()),
            ..PlanStep::new(
                Moment::parse(&format!("2024-09-07T{:02}:00+09:00", 10 + number), None).unwrap(),
                *text,
            )
        };
        Incident {
            version: Some(version.to_owned()),
            plan: steps.iter().enumerate().map(step).collect(),
            ..Incident::default()
        }
    }

    /// Compares lines as the texts of their cells: `-` for none, `~` before one matched by text.
    #[track_caller]
    fn gives(releases: &[Incident], expected: &[&str]) {
        let records: Vec<(&str, &Incident)> = releases.iter().map(|one| ("x", one)).collect();
        let comparison = compare(&records, &Aliases::default(), 300);
        let cell = |(place, cell): (usize, &Option<Cell>)| match cell {
            None => "-".to_owned(),
            Some(cell) => {
                let step = comparison.releases[place].rows[cell.row].step.unwrap();
                let sign = if cell.matched == Matched::ByWords { "~" } else { "" };
                format!("{sign}{}", step.text)
            }
        };
        let lines: Vec<String> = comparison
            .lines
            .iter()
            .map(|line| line.cells.iter().enumerate().map(cell).collect::<Vec<_>>().join(" | "))
            .collect();
        assert_eq!(lines, expected);
    }

    #[test]
    fn by_id_else_by_words() {
        let old = release(
            "2.0",
            &[("submit", "심사 제출"), ("deploy", "앱 배포 2.0"), ("", "공지 올리기")],
        );
        let new = release(
            "3.0",
            &[
                ("submit", "심사에 내기"),
                ("flag", "플래그 설정"),
                ("", "앱 배포 3.0"),
                ("", "공지 올리기"),
            ],
        );
        gives(
            &[old, new],
            &[
                "심사 제출 | 심사에 내기",
                "- | 플래그 설정",
                "앱 배포 2.0 | ~앱 배포 3.0",
                "공지 올리기 | ~공지 올리기",
            ],
        );
    }

    #[test]
    fn numbers_and_doubt_match_nothing() {
        let old = release("3.11", &[("", "alpha 1"), ("", "alpha 2")]);
        let new = release("3.12", &[("", "alpha 2"), ("", "alpha 3")]);
        gives(&[old, new], &["alpha 1 | -", "alpha 2 | ~alpha 2", "- | alpha 3"]);
        let twice = release("1", &[("", "서버 점검"), ("", "서버 점검")]);
        let once = release("2", &[("", "서버 점검")]);
        gives(&[twice, once], &["서버 점검 | -", "서버 점검 | -", "- | 서버 점검"]);
    }

    #[test]
    fn a_version_is_no_part_of_another_number() {
        assert_eq!(without("alpha 12 of 2", "2"), "alpha 12 of ");
        assert_eq!(without("앱 배포 3.0", "3.0"), "앱 배포 ");
        assert_eq!(without("v3.0", "3.0"), "v3.0");
        let old = release("2", &[("", "alpha 12")]);
        let new = release("3", &[("", "alpha 1")]);
        gives(&[old, new], &["alpha 12 | -", "- | alpha 1"]);
    }

    #[test]
    fn three_releases_and_none() {
        let one = release("1", &[("a", "x"), ("b", "y")]);
        let two = release("2", &[("b", "y")]);
        let three = release("3", &[("c", "z"), ("a", "x")]);
        gives(&[one, two, three], &["- | - | z", "x | - | x", "y | y | -"]);
        gives(&[release("1", &[]), release("2", &[])], &[]);
    }
}
