//! Comparisons of releases, worded.

use serde::Serialize;

use crate::lang::Labels;
use crate::model::{Event, Incident, Zone};
use crate::publish::Shown;
use crate::query::{Cell, Comparison, Line, Matched, Release, rejected_words};

use super::durations::{DurationView, duration_views};
use super::rows::{RowEvent, RowView, row_event, row_views};
use super::time::TimeFormatter;

/// Releases step by step. Words are those of the first record's language.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ComparisonView {
    /// Version of this contract.
    pub view: u32,
    /// The releases, in the order they were asked for.
    pub records: Vec<ReleaseView>,
    /// The steps.
    pub steps: Vec<LineView>,
    /// The field's durations.
    pub measures: Vec<MeasureView>,
    /// Some step was matched by its words: an inference.
    pub matched_by_words: bool,
    /// What makes an event a rejection.
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
    /// Its title.
    pub title: String,
    /// IANA name of the zone that its times are told in.
    pub zone: Option<String>,
    /// The day it is about, ISO 8601.
    pub date: Option<String>,
    /// What happened and no step planned.
    pub unplanned: Vec<RowEvent>,
    /// Events that speak of a rejection.
    pub rejections: Vec<RowEvent>,
}

/// A duration of every release; those that none of them has are left out.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MeasureView {
    /// `ttr`, … as every one of its values has it.
    pub figure: &'static str,
    /// `Time to resolve (TTR)`.
    pub name: String,
    /// One a release; null where it knows no such number.
    pub values: Vec<Option<DurationView>>,
}

/// The same step in every release.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LineView {
    /// Its words in the first release that has it.
    pub text: String,
    /// A cell a release; null where its plan lacks the step.
    pub cells: Vec<Option<CellView>>,
}

/// A step in one release.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CellView {
    /// `first` of its line, or the same by `id`, or by `words`: an inference.
    pub matched: &'static str,
    /// Its words, where they are not those of the line.
    pub text: Option<String>,
    /// Plan against actual.
    pub row: RowView,
}

/// Returns the view of a comparison; `beside` is an additional zone for times.
pub fn comparison_view(comparison: &Comparison, beside: Option<Zone>) -> ComparisonView {
    let first = comparison.releases.first().map(|release| release.incident);
    let own = |incident: &Incident| TimeFormatter::of(incident, beside);
    let words = first.map_or_else(|| own(&Incident::default()).words, |first| own(first).words);
    let teller = |release: &Release| TimeFormatter { words, ..own(release.incident) };
    let rows: Vec<Vec<RowView>> = comparison
        .releases
        .iter()
        .map(|release| row_views(&teller(release), &release.rows))
        .collect();
    let mut records: Vec<ReleaseView> =
        comparison.releases.iter().map(|release| release_view(&teller(release), release)).collect();
    name_apart(&mut records);
    name_zones(&mut records);
    let durations: Vec<Vec<DurationView>> = comparison
        .releases
        .iter()
        .map(|release| {
            duration_views(&teller(release), Shown::Whole(release.incident), &release.rows)
        })
        .collect();
    let lines: Vec<&Line> = comparison.lines.iter().filter(|line| comparison.has_run(line)).collect();
    let cells = lines.iter().flat_map(|line| line.cells.iter().flatten());
    ComparisonView {
        view: 1,
        records,
        steps: lines.iter().map(|line| line_view(line, &rows)).collect(),
        measures: measures(&durations),
        matched_by_words: cells.into_iter().any(|cell| cell.matched == Matched::ByWords),
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

fn line_view(line: &Line, rows: &[Vec<RowView>]) -> LineView {
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
    LineView { cells: line.cells.iter().enumerate().map(view).collect(), text }
}

fn matched_word(matched: Matched) -> &'static str {
    match matched {
        Matched::First => "first",
        Matched::ById => "id",
        Matched::ByWords => "words",
    }
}
