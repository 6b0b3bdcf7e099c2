//! Compares releases: the same step in each, unplanned events, rejections.

use std::collections::{BTreeSet, HashMap};

use crate::lang::text_words;
use crate::model::{Event, Incident, Verdict};
use crate::timeline::{Aliases, Row, StepName, all_rows};

use super::texts::{Texts, clear_pairs};

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
    /// Returns the name of each row's step.
    fn names(&self) -> Vec<Option<StepName<'i>>> {
        let name = |row: &Row<'i>| Some(StepName::of(self.incident, row.step?));
        self.rows.iter().map(name).collect()
    }

    /// Iterates over unplanned events.
    pub fn unplanned(&self) -> impl Iterator<Item = &'i Event> + '_ {
        self.rows.iter().filter(|row| row.step.is_none()).flat_map(|row| row.events.clone())
    }

    /// Iterates over events about a rejection.
    pub fn rejections(&self) -> impl Iterator<Item = &'i Event> + '_ {
        self.incident.events_in_time().into_iter().filter(|event| is_rejection(event))
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

/// Whether an event's headline or type is about a rejection, by the words in [`rejected_words`].
pub fn is_rejection(event: &Event) -> bool {
    let kind = event.kind.as_ref().map_or("", |kind| kind.word());
    let text = format!("{kind} {}", event.headline()).to_lowercase();
    let mut denied = text_words().flat_map(|words| words.not_rejected);
    !denied.any(|word| text.contains(word)) && rejected_words().any(|word| text.contains(word))
}

/// Returns the words for a rejection.
pub fn rejected_words() -> impl Iterator<Item = &'static str> {
    text_words().flat_map(|words| words.rejected).copied()
}

/// Compares releases. A step matches another release's if both have the same id ([`StepName::has_id_of`]), else if they
/// are aliases, or their texts are clearly similar and no other text is more so.
pub fn compare<'i>(
    records: &[(&'i str, &'i Incident)],
    aliases: &Aliases,
    tolerance: i64,
) -> Comparison<'i> {
    let releases: Vec<Release> = records
        .iter()
        .map(|(id, incident)| Release { id, incident, rows: all_rows(incident, tolerance) })
        .collect();
    let names: Vec<Vec<Option<StepName>>> = releases.iter().map(Release::names).collect();
    let worded = Worded::of(&names, aliases);
    let mut lines: Vec<Line> = Vec::new();
    for place in 0..releases.len() {
        let matched = matched_lines(&names, &worded, &lines, place);
        add(&mut lines, &matched, place, releases.len());
    }
    join_equal_texts(&mut lines, &names);
    Comparison { releases, lines }
}

/// Joins lines of which a step of one has the text of a step of the other, unless a release has both: an id may keep a step
/// together with other words.
fn join_equal_texts(lines: &mut Vec<Line>, names: &[Vec<Option<StepName>>]) {
    let mut at = 0;
    while at < lines.len() {
        let fits = |other: &usize| *other != at && may_join(&lines[at], &lines[*other], names);
        let mut fitting = (0..lines.len()).filter(fits);
        // Of several, none is more likely.
        let (Some(other), None) = (fitting.next().filter(|other| *other > at), fitting.next())
        else {
            at += 1;
            continue;
        };
        let gone = lines.remove(other).cells;
        for (cell, other) in lines[at].cells.iter_mut().zip(gone) {
            let by_id = |it: Cell| match it.matched {
                Matched::First => Cell { matched: Matched::ById, ..it },
                _ => it,
            };
            *cell = cell.or(other.map(by_id));
        }
    }
}

fn may_join(one: &Line, other: &Line, names: &[Vec<Option<StepName>>]) -> bool {
    let named = |line: &Line| -> Vec<&StepName> {
        let cells = names.iter().zip(&line.cells);
        cells.filter_map(|(names, cell)| names[cell.as_ref()?.row].as_ref()).collect()
    };
    let is_apart =
        one.cells.iter().zip(&other.cells).all(|(one, other)| one.is_none() || other.is_none());
    let (own, others) = (named(one), named(other));
    let is_kept_together = own.len() > 1 || others.len() > 1;
    is_apart
        && is_kept_together
        && own.iter().any(|name| others.iter().any(|other| name.has_text_of(other)))
}

/// The texts of all steps, each analysed once.
struct Worded {
    /// For each row of each release the index of its text, if it is a step's.
    places: Vec<Vec<Option<usize>>>,
    texts: Texts,
}

impl Worded {
    fn of(names: &[Vec<Option<StepName>>], aliases: &Aliases) -> Worded {
        let mut texts: Vec<&str> = Vec::new();
        let mut known: HashMap<&str, usize> = HashMap::new();
        let mut places = Vec::new();
        for names in names {
            let mut own = Vec::new();
            for name in names {
                own.push(name.as_ref().map(|name| {
                    *known.entry(&name.text).or_insert_with(|| {
                        texts.push(&name.text);
                        texts.len() - 1
                    })
                }));
            }
            places.push(own);
        }
        Worded { places, texts: Texts::of(&texts, aliases) }
    }

    /// Returns the texts of a line, each once.
    fn of_line(&self, line: &Line) -> BTreeSet<usize> {
        let cells = self.places.iter().zip(&line.cells);
        cells.filter_map(|(rows, cell)| rows[cell.as_ref()?.row]).collect()
    }
}

/// Returns, for each step of a release, the line that it belongs to, if that exists already.
fn matched_lines(
    names: &[Vec<Option<StepName>>],
    worded: &Worded,
    lines: &[Line],
    place: usize,
) -> Vec<(usize, Option<(usize, Matched)>)> {
    let steps = names[place].iter().enumerate();
    let mut found: Vec<(usize, Option<(usize, Matched)>)> = steps
        .filter_map(|(row, name)| Some((row, name.as_ref()?)))
        .map(|(row, name)| (row, by_id(names, lines, name).map(|line| (line, Matched::ById))))
        .collect();
    for (line, row) in by_words(worded, lines, place, &found) {
        if let Some((_, none)) = found.iter_mut().find(|(other, _)| *other == row) {
            *none = Some((line, Matched::ByWords));
        }
    }
    found
}

fn by_id(names: &[Vec<Option<StepName>>], lines: &[Line], name: &StepName) -> Option<usize> {
    name.id?;
    let of_line = |line: &Line| {
        let mut cells = names.iter().zip(&line.cells);
        cells.any(|(names, cell)| {
            let other = cell.as_ref().and_then(|cell| names[cell.row].as_ref());
            other.is_some_and(|other| name.has_id_of(other))
        })
    };
    lines.iter().position(of_line)
}

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
            others.iter().map(|other| worded.texts.likeness(own, *other)).fold(0.0, f64::max)
        };
        pairs.extend(lines.iter().map(|(line, others)| (like(others), *line, row)));
    }
    clear_pairs(pairs)
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
    use crate::model::{Moment, PlanStep};

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

    /// The id is that of the words before they were edited.
    #[test]
    fn one_text_is_one_step_though_an_id_keeps_it_with_other_words() {
        let made = ("submit-to-app", "Submit to App Store");
        let review = ("submit-for-app", "Submit for App Review");
        let edited = ("submit-for-app", "Submit to App Store");
        let of = |steps: [(&str, &str); 1], version: &str| release(version, &steps);
        gives(
            &[of([made], "1.0"), of([review], "3.2"), of([edited], "4.0")],
            &["Submit to App Store | Submit for App Review | Submit to App Store"],
        );
        // Two of one plan are two.
        gives(
            &[of([made], "1.0"), release("3.2", &[made, review]), of([edited], "4.0")],
            &[
                "Submit to App Store | Submit to App Store | -",
                "- | Submit for App Review | Submit to App Store",
            ],
        );
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
