//! Comparisons of releases, worded.

use std::borrow::Cow;

use serde::Serialize;

use crate::lang::{Documents, Labels};
use crate::model::{Event, Incident, Moment, Zone};
use crate::publish::Shown;
use crate::query::{Cell, Comparison, Direction, Line, Matched, Release, Trend, rejected_words};
use crate::timeline::{Aliases, StepName};

use super::durations::{DurationView, duration_views};
use super::one_step::perhaps_same;
use super::rows::{RowEvent, RowView, mark_future_steps, row_event, row_views};
use super::time::TimeFormatter;

/// A comparison of releases, step by step. Words are in the first record's language.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ComparisonView {
    /// Version of this contract.
    pub view: u32,
    /// The releases, in the requested order.
    pub records: Vec<ReleaseView>,
    /// The steps.
    pub steps: Vec<LineView>,
    /// The durations of each release.
    pub measures: Vec<MeasureView>,
    /// The heading of the column that says how a step's deviation changed over the releases; null for two releases,
    /// whose cells show it.
    pub over: Option<&'static str>,
    /// Whether some step was matched by its text, which is an inference.
    pub matched_by_words: bool,
    /// Notes on the steps.
    pub notes: Vec<String>,
    /// How an event is recognized as a rejection.
    pub rejection_formula: String,
    /// The fixed words.
    pub labels: Labels,
}

/// One release of a comparison.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ReleaseView {
    /// Its id.
    pub id: String,
    /// Its version, else its id: the head of its column.
    pub name: String,
    /// The heading of its column: its version, or its id if it has none.
    pub title: String,
    /// IANA name of the zone that its times are told in.
    pub zone: Option<String>,
    /// The day it is about, ISO 8601.
    pub date: Option<String>,
    /// Unplanned events.
    pub unplanned: Vec<RowEvent>,
    /// Events about a rejection.
    pub rejections: Vec<RowEvent>,
}

/// A duration in every release; durations that no release has are left out.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MeasureView {
    /// `ttr`, …, as in each of its values.
    pub figure: &'static str,
    /// `Time to resolve (TTR)`.
    pub name: String,
    /// One per release; null if it is not known.
    pub values: Vec<Option<DurationView>>,
}

/// The same step in every release.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LineView {
    /// Its text in the first release that has it.
    pub text: String,
    /// One cell per release; null if the release's plan lacks the step.
    pub cells: Vec<Option<CellView>>,
    /// Its deviations over the releases, without those of steps that only say the same in other words; null if none is
    /// known.
    pub past: Option<PastView>,
}

/// The deviations of a step over the releases.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PastView {
    /// How many deviations are known.
    pub n: usize,
    /// The median in seconds, negative if early; null for fewer than three.
    pub median_seconds: Option<i64>,
    /// `later` or `earlier` if that is so from each release to the next, with at least four of them; else null.
    pub direction: Option<&'static str>,
    /// The trend in words.
    pub text: String,
}

/// A step in one release.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CellView {
    /// `first` in its line, or how it was matched with the first: by `id`, or by `words`, which is an inference.
    pub matched: &'static str,
    /// Its text, if it differs from that of the line.
    pub text: Option<String>,
    /// Plan against actual.
    pub row: RowView,
}

/// Returns the view of a comparison. Steps of open records that are still to come at the time of `asked`, which is behind
/// the tolerance, are marked as such; `beside` is an additional zone for times, and `aliases` are what the settings say of steps.
pub fn comparison_view(
    comparison: &Comparison,
    asked: (i64, Moment),
    beside: Option<Zone>,
    aliases: &Aliases,
) -> ComparisonView {
    let first = comparison.releases.first().map(|release| release.incident);
    let own = |incident: &Incident| TimeFormatter::of(incident, beside);
    let words = first.map_or_else(|| own(&Incident::default()).words, |first| own(first).words);
    let of_open = |release: &Release| release.incident.is_going_on().then_some(asked);
    let teller = |release: &Release| TimeFormatter { words, ..own(release.incident) };
    let rows: Vec<Vec<RowView>> = comparison
        .releases
        .iter()
        .map(|release| {
            let mut views = row_views(&teller(release), &release.rows);
            mark_future_steps(&mut views, &release.rows, &teller(release), of_open(release));
            views
        })
        .collect();
    let mut records: Vec<ReleaseView> =
        comparison.releases.iter().map(|release| release_view(&teller(release), release)).collect();
    name_apart(&mut records);
    name_zones(&mut records);
    let durations: Vec<Vec<DurationView>> = comparison
        .releases
        .iter()
        .map(|release| {
            let shown = Shown::Whole(release.incident);
            duration_views(&teller(release), shown, &release.rows, of_open(release))
        })
        .collect();
    let lines: Vec<&Line> =
        comparison.lines.iter().filter(|line| comparison.has_run(line)).collect();
    let cells = lines.iter().flat_map(|line| line.cells.iter().flatten());
    ComparisonView {
        view: 1,
        records,
        steps: lines
            .iter()
            .map(|line| line_view(line, &rows, past_view(words, comparison.trend(line))))
            .collect(),
        measures: measures(&durations),
        over: (comparison.releases.len() > 2).then_some(words.releases.over),
        matched_by_words: cells.into_iter().any(|cell| matched_word(cell.matched) == "words"),
        notes: said_in_other_words((words, aliases), comparison, &lines).into_iter().collect(),
        rejection_formula: (words.saying)(&rejected_words().collect::<Vec<_>>().join(", ")),
        labels: words.labels,
    }
}

fn release_view(teller: &TimeFormatter, release: &Release) -> ReleaseView {
    let incident = release.incident;
    let told = |event: &Event| row_event(teller, event, "");
    ReleaseView {
        id: release.id.to_owned(),
        name: incident.version.clone().unwrap_or_else(|| release.id.to_owned()),
        title: incident.title.clone(),
        zone: incident.zone.map(|zone| zone.name().to_owned()),
        date: incident.day().map(|day| day.to_string()),
        unplanned: release.unplanned().map(told).collect(),
        rejections: release.rejections().map(told).collect(),
    }
}

/// Adds ids to the names of columns with the same version.
fn name_apart(records: &mut [ReleaseView]) {
    let names: Vec<String> = records.iter().map(|record| record.name.clone()).collect();
    for record in records {
        if names.iter().filter(|name| **name == record.name).count() > 1 {
            record.name.clone_from(&record.id);
        }
    }
}

/// Adds zones to the names of columns if they differ.
fn name_zones(records: &mut [ReleaseView]) {
    let first = records.first().map(|record| record.zone.clone());
    if records.iter().all(|record| Some(&record.zone) == first.as_ref()) {
        return;
    }
    for record in records {
        let zone = record.zone.as_deref().unwrap_or("?");
        record.name = format!("{} ({zone})", record.name);
    }
}

fn measures(durations: &[Vec<DurationView>]) -> Vec<MeasureView> {
    let of = |all: &[DurationView], figure| all.iter().find(|one| one.figure == figure).cloned();
    let mut measures: Vec<MeasureView> = Vec::new();
    for DurationView { figure, name, .. } in durations.iter().flatten() {
        let values = || durations.iter().map(|all| of(all, *figure)).collect::<Vec<_>>();
        if measures.iter().all(|known| known.figure != *figure) {
            measures.push(MeasureView { figure, name: name.clone(), values: values() });
        }
    }
    measures.retain(|measure| measure.values.iter().flatten().any(|value| value.value != "—"));
    measures
}

/// Words how a step went over the releases: each value of few, the median of more.
fn past_view(words: &'static Documents, trend: Option<Trend>) -> Option<PastView> {
    let trend = trend?;
    let n = trend.values.len();
    let middle = trend.middle();
    let text = match middle.map(|all| all.map(|off| words.off_by(off))) {
        Some([median, least, most]) => (words.releases.median)(n, [&median, &least, &most]),
        None => {
            let each: Vec<String> = trend.values.iter().map(|off| words.off_by(*off)).collect();
            (words.releases.each)(n, &each.join(", "))
        }
    };
    let (direction, said) = match trend.direction {
        None => (None, None),
        Some(Direction::Later) => (Some("later"), Some(words.releases.later)),
        Some(Direction::Earlier) => (Some("earlier"), Some(words.releases.earlier)),
    };
    let text = [Some(text.as_str()), said].into_iter().flatten().collect::<Vec<_>>().join("; ");
    Some(PastView { n, median_seconds: middle.map(|[median, ..]| median.seconds), direction, text })
}

fn line_view(line: &Line, rows: &[Vec<RowView>], past: Option<PastView>) -> LineView {
    let row_of = |place: usize, cell: &Cell| rows.get(place)?.get(cell.row).cloned();
    let text_of = |row: &RowView| row.step.as_ref().map(|step| step.text.clone());
    let mut cells = line.cells.iter().enumerate();
    let text = cells.find_map(|(place, cell)| text_of(&row_of(place, cell.as_ref()?)?));
    let text = text.unwrap_or_default();
    let view = |(place, cell): (usize, &Option<Cell>)| {
        let cell = cell.as_ref()?;
        let row = row_of(place, cell)?;
        Some(CellView {
            matched: matched_word(cell.matched),
            text: text_of(&row).filter(|own| *own != text),
            row,
        })
    };
    LineView { cells: line.cells.iter().enumerate().map(view).collect(), text, past }
}

/// Returns the note on steps that were matched because they say the same in other words.
fn said_in_other_words(
    (words, aliases): (&Documents, &Aliases),
    comparison: &Comparison,
    lines: &[&Line],
) -> Option<String> {
    // The settings are compared with texts without the version of their record.
    let told = lines.iter().filter_map(|line| {
        let cells = comparison.releases.iter().zip(&line.cells);
        let mut texts = cells.filter_map(|(release, cell)| {
            let cell = cell.as_ref()?;
            let step = release.rows[cell.row].step?;
            Some((cell.matched, StepName::of(release.incident, step).text))
        });
        let (_, first) = texts.next()?;
        let others = texts.filter(|(matched, _)| *matched == Matched::ByMeaning);
        Some((first, others.map(|(_, text)| text).collect()))
    });
    let told: Vec<(Cow<str>, Vec<Cow<str>>)> = told.collect();
    let told: Vec<(&str, Vec<&str>)> = told
        .iter()
        .map(|(one, others)| (&**one, others.iter().map(|it| &**it).collect()))
        .collect();
    perhaps_same(words, aliases, told.iter().map(|(one, others)| (*one, others.as_slice())))
}

fn matched_word(matched: Matched) -> &'static str {
    match matched {
        Matched::First => "first",
        Matched::ById => "id",
        Matched::ByWords | Matched::ByMeaning => "words",
    }
}
