//! Compares releases: the same step in each, unplanned events, rejections.

use std::collections::{BTreeSet, HashMap};

use crate::lang::text_words;
use crate::model::{Event, Incident, Verdict};
use crate::timeline::{Aliases, Row, StepName, all_rows};

use super::one_step::{StepGroup, joined, of_one_meaning, of_one_text};
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
    /// Their texts say the same in other words or languages: an inference that no figure follows from.
    ByMeaning,
}

impl Line {
    fn group<'n, 's>(&self, names: &'n [Vec<Option<StepName<'s>>>]) -> StepGroup<'n, 's> {
        let cells = names.iter().zip(&self.cells).enumerate();
        let named = cells.filter_map(|(record, (names, cell))| {
            Some((record, names[cell.as_ref()?.row].as_ref()?))
        });
        let (records, names) = named.unzip();
        StepGroup { records, names }
    }
}

impl<'i> Release<'i> {
    /// Returns the name of each row's step.
    fn names(&self) -> Vec<Option<StepName<'i>>> {
        let name = |row: &Row<'i>| Some(StepName::of(self.incident, row.step?));
        self.rows.iter().map(name).collect()
    }

    /// Iterates over unplanned events, without those about the record itself.
    pub fn unplanned(&self) -> impl Iterator<Item = &'i Event> + '_ {
        let alone = self.rows.iter().filter(|row| row.step.is_none());
        alone.flat_map(|row| row.events.clone()).filter(|event| !event.is_of_record())
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

/// Compares releases. A step matches another release's as in `matched`, else if it is the only one that says the same in
/// other words or in another language.
pub fn compare<'i>(
    records: &[(&'i str, &'i Incident)],
    aliases: &Aliases,
    tolerance: i64,
) -> Comparison<'i> {
    let mut compared = matched(records, aliases, tolerance);
    let names: Vec<Vec<Option<StepName>>> = compared.releases.iter().map(Release::names).collect();
    join(&mut compared.lines, &names, of_one_meaning, Matched::ByMeaning);
    compared
}

/// Compares releases as figures may: a step matches another release's if both have the same id ([`StepName::has_id_of`]),
/// else if they are aliases, or their texts are clearly similar and no other text is more so, or equal.
pub(super) fn matched<'i>(
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
    join(&mut lines, &names, of_one_text, Matched::ByWords);
    Comparison { releases, lines }
}

/// Joins lines that are one step, and puts them in order again.
fn join(
    lines: &mut Vec<Line>,
    names: &[Vec<Option<StepName>>],
    near: fn(&[StepGroup]) -> Vec<BTreeSet<usize>>,
    matched: Matched,
) {
    let groups: Vec<StepGroup> = lines.iter().map(|line| line.group(names)).collect();
    let sets = joined(&groups, &near(&groups));
    if sets.len() == lines.len() {
        return;
    }
    let one = |set: Vec<usize>| {
        // The earliest release has the first of them.
        let first = set.iter().copied().min_by_key(|at| groups[*at].records.first())?;
        let mut cells = lines[first].cells.clone();
        for other in set.into_iter().filter(|at| *at != first) {
            for (cell, other) in cells.iter_mut().zip(&lines[other].cells) {
                *cell = cell.or(other.map(|other| Cell { matched, ..other }));
            }
        }
        Some(Line { cells })
    };
    *lines = in_order(&sets.into_iter().filter_map(one).collect::<Vec<_>>(), names.len());
}

/// Returns lines in the order of the releases' steps.
fn in_order(lines: &[Line], releases: usize) -> Vec<Line> {
    let mut ordered: Vec<Line> = Vec::new();
    for place in 0..releases {
        let cells = lines.iter().filter_map(|line| Some((line, line.cells[place]?)));
        let mut cells: Vec<(&Line, Cell)> = cells.collect();
        cells.sort_by_key(|(_, cell)| cell.row);
        let is_begun = |line: &Line, begun: &Line| {
            let mut cells = line.cells.iter().zip(&begun.cells).take(place);
            cells.any(|(cell, begun)| begun.is_some() && cell == begun)
        };
        let at = |(line, cell): (&Line, Cell)| {
            let known = ordered.iter().position(|begun| is_begun(line, begun));
            (cell.row, known.map(|known| (known, cell.matched)))
        };
        let matched: Vec<_> = cells.into_iter().map(at).collect();
        add(&mut ordered, &matched, place, releases);
    }
    ordered
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
        .map(|(row, name)| (row, by_id(names, lines, name)))
        .collect();
    for (line, row) in by_words(worded, lines, place, &found) {
        if let Some((_, none)) = found.iter_mut().find(|(other, _)| *other == row) {
            *none = Some((line, Matched::ByWords));
        }
    }
    found
}

/// Returns the line that has the id of a step, and how the step is matched with the first of that line: by the id only if
/// a step that has it was.
fn by_id(
    names: &[Vec<Option<StepName>>],
    lines: &[Line],
    name: &StepName,
) -> Option<(usize, Matched)> {
    name.id?;
    let of_line = |line: &Line| {
        let cells = names.iter().zip(&line.cells);
        let with_id = cells.filter_map(|(names, cell)| {
            let cell = cell.as_ref()?;
            names[cell.row].as_ref().filter(|other| name.has_id_of(other))?;
            Some(cell.matched)
        });
        let mut inferred = None;
        for matched in with_id {
            match matched {
                Matched::First | Matched::ById => return Some(Matched::ById),
                Matched::ByWords | Matched::ByMeaning => inferred = Some(matched),
            }
        }
        inferred
    };
    lines.iter().enumerate().find_map(|(place, line)| Some((place, of_line(line)?)))
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
    use crate::model::{EventType, Moment, PlanStep};

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

    /// Compares lines as the texts of their cells: `-` for none, `~` before one matched by text, `≈` by meaning.
    #[track_caller]
    fn gives(releases: &[Incident], expected: &[&str]) {
        let records: Vec<(&str, &Incident)> = releases.iter().map(|one| ("x", one)).collect();
        let comparison = compare(&records, &Aliases::default(), 300);
        let cell = |(place, cell): (usize, &Option<Cell>)| match cell {
            None => "-".to_owned(),
            Some(cell) => {
                let step = comparison.releases[place].rows[cell.row].step.unwrap();
                let sign = match cell.matched {
                    Matched::ByWords => "~",
                    Matched::ByMeaning => "≈",
                    Matched::First | Matched::ById => "",
                };
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
    fn what_is_about_the_record_is_not_unplanned() {
        let at = Moment::parse("2024-09-07T10:00+09:00", None).unwrap();
        let event = |kind: EventType, change: Option<&str>| Event {
            kind: Some(kind),
            to: change.map(str::to_owned),
            ..Event::new(at, "x")
        };
        for (event, is_unplanned) in [
            (event(EventType::Closed, None), false),
            (event(EventType::SeverityChange, Some("sev2")), false),
            (event(EventType::PlanChange, None), false),
            (event(EventType::Declared, Some("declared")), false),
            (event(EventType::Declared, None), true),
            (event(EventType::Resolved, None), true),
            (event(EventType::Action, None), true),
        ] {
            let incident = Incident { events: vec![event.clone()], ..Incident::default() };
            let compared = compare(&[("x", &incident)], &Aliases::default(), 300);
            let count = compared.releases[0].unplanned().count();
            assert_eq!(count, usize::from(is_unplanned), "{event:?}");
        }
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
            &["Submit to App Store | ~Submit for App Review | ~Submit to App Store"],
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
    fn what_says_the_same_in_another_language_is_one_line_and_no_figure() {
        let korean = release("1", &[("", "앱스토어에 심사 제출"), ("", "파티")]);
        let english = release("2", &[("", "Coffee"), ("", "Submit to App Store")]);
        let again = release("3", &[("", "Submit to App Store")]);
        let releases = [korean, english, again];
        gives(
            &releases,
            &[
                "- | Coffee | -",
                "앱스토어에 심사 제출 | ≈Submit to App Store | ≈Submit to App Store",
                "파티 | - | -",
            ],
        );
        let records: Vec<(&str, &Incident)> = releases.iter().map(|it| ("x", it)).collect();
        assert_eq!(matched(&records, &Aliases::default(), 300).lines.len(), 4, "for figures");
        // Of two that fit as well, none is more likely.
        let two = release("4", &[("", "앱스토어에 심사 제출"), ("", "앱스토어에 심사 제출")]);
        let apart = ["Submit to App Store | -", "- | 앱스토어에 심사 제출"];
        gives(&[releases[2].clone(), two], &[apart[0], apart[1], apart[1]]);
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

    /// In another release it would be found by its words, and that is how it is told beside the first.
    #[test]
    fn an_id_of_what_was_found_by_its_words_is_found_by_words() {
        let releases = [
            release("2.0", &[("ship", "앱 배포 2.0")]),
            release("3.0", &[("deploy-app", "앱 배포 3.0")]),
            release("4.0", &[("deploy-app", "앱 배포 4.0")]),
        ];
        gives(&releases, &["앱 배포 2.0 | ~앱 배포 3.0 | ~앱 배포 4.0"]);
        gives(&releases[1..], &["앱 배포 3.0 | 앱 배포 4.0"]);
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
