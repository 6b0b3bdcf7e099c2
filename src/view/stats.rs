//! Statistics over many records, worded: each with its formula, its count and its records.

use serde::Serialize;

use crate::lang::{Documents, StatsLabels, documents_for};
use crate::model::{Elapsed, Measure, Moment, NoValue, Precision, Zone};
use crate::query::{
    By, DurationSample, Ending, Group, Sample, Slipped, Spread, StepSample, groups, most_slipped,
    spread,
};
use crate::timeline::Aliases;

use super::lists::{Column, Row, or_dash};
use super::one_step::perhaps_same;
use super::rows::verdict_word;
use super::time::TimeFormatter;

/// The result of `asrun stats`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct StatsView {
    /// The version of this contract.
    pub view: u32,
    /// How many records were counted.
    pub records: usize,
    /// Their first and last day, ISO 8601.
    pub days: Option<(String, String)>,
    /// What they are grouped by: `month`, `service`, …
    pub by: Option<&'static str>,
    /// The same as a heading.
    pub by_label: Option<&'static str>,
    /// Every figure of each group, or of all records.
    pub rows: Vec<FigureRow>,
    /// Steps that were late at least once, most delayed first.
    pub slipped: Vec<SlippedView>,
    /// How many of them are shown to people.
    #[serde(skip)]
    pub shown_slipped: usize,
    /// How many more there are, in words.
    #[serde(skip)]
    pub more_slipped: Option<String>,
    /// The number of records of each group and its usual time to resolve, for a chart.
    pub bars: Vec<BarView>,
    /// A line for each record that could not be read.
    pub unreadable: Vec<String>,
    /// Notes on the figures.
    pub notes: Vec<String>,
    /// The fixed words.
    pub labels: StatsLabels,
}

/// One figure of one group.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FigureRow {
    /// The group's name; empty for all records, `—` for records without a value.
    pub group: String,
    /// `records`, `open`, `events`, `ttd`, `tta`, `ttm`, `ttr`, `deviation` or `kept`.
    pub figure: &'static str,
    /// Its name in words.
    pub name: String,
    /// The median, the count or the share in words; `—` if it is not known.
    pub value: String,
    /// From the smallest to the largest, in words; empty for counts.
    pub range: String,
    /// The number of values behind it.
    pub count: usize,
    /// The number of values that were possible.
    pub of: usize,
    /// The median in seconds; the count; the share in percent.
    pub number: Option<i64>,
    /// The smallest value, in seconds.
    pub low: Option<i64>,
    /// The largest value, in seconds.
    pub high: Option<i64>,
    /// How it is computed.
    pub formula: String,
    /// The records behind it, if requested.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Vec<TraceRow>>,
}

impl Row for FigureRow {
    const VIEW: u32 = 2;
    const COLUMNS: &'static [Column] = &[
        Column::new("group", |heads| heads.group),
        Column::new("figure", |heads| heads.figure),
        Column::new("name", |heads| heads.name),
        Column::new("value", |heads| heads.value),
        Column::new("range", |heads| heads.range),
        Column::new("count", |heads| heads.count).once("n"),
        Column::new("of", |heads| heads.of),
        Column::new("number", |heads| heads.number),
        Column::new("low", |heads| heads.low),
        Column::new("high", |heads| heads.high),
        Column::new("formula", |heads| heads.formula),
    ];

    fn text_for_people(&self, column: &str) -> Option<String> {
        match column {
            "group" => Some(self.group.clone()),
            "value" => Some(self.value.clone()),
            _ => None,
        }
    }
}

/// One value behind a figure.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TraceRow {
    /// The group's name; empty for all records, `—` for records without a value.
    pub group: String,
    /// The figure.
    pub figure: &'static str,
    /// The record's id.
    pub id: String,
    /// The value in words; null if it is not known.
    pub value: Option<String>,
    /// The value in seconds; null if it is not known.
    pub seconds: Option<i64>,
    /// The verdict on the step, for a deviation: `on time`, `early`, `late`, `not recorded` or `skipped`.
    pub verdict: Option<&'static str>,
    /// What it was computed from, or why it was not.
    pub formula: String,
}

impl Row for TraceRow {
    const VIEW: u32 = FigureRow::VIEW;
    const COLUMNS: &'static [Column] = &[
        Column::new("group", |heads| heads.group),
        Column::new("figure", |heads| heads.figure),
        Column::new("id", |heads| heads.record).once("record"),
        Column::new("value", |heads| heads.value),
        Column::new("seconds", |heads| heads.seconds),
        Column::new("verdict", |heads| heads.verdict),
        Column::new("formula", |heads| heads.formula),
    ];
    const SHOWN: &'static [&'static str] = &["figure", "id", "value", "formula"];

    fn text_for_people(&self, column: &str) -> Option<String> {
        match column {
            "group" => Some(self.group.clone()),
            "value" => Some(or_dash(&self.value)),
            _ => None,
        }
    }
}

/// The past deviations of a step.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SlippedView {
    /// The latest text of the step.
    pub step: String,
    /// Its median deviation in words.
    pub median: String,
    /// The same in seconds.
    pub seconds: i64,
    /// From the earliest to the latest, in words.
    pub range: String,
    /// How often it was late.
    pub late: usize,
    /// How often it was carried out at a recorded time.
    pub count: usize,
    /// How often it was planned.
    pub planned: usize,
    /// The records it was planned in.
    pub records: Vec<String>,
}

/// A bar of the chart.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct BarView {
    /// The group's name; `—` for records without a value.
    pub group: String,
    /// The number of records.
    pub records: usize,
    /// The usual time to resolve in words; empty if none is known.
    pub resolve: String,
}

/// The project settings that statistics depend on.
#[derive(Debug, Clone, Copy)]
pub struct StatsSettings<'s> {
    /// BCP 47.
    pub language: Option<&'s str>,
    /// The zone for what belongs to no record.
    pub zone: Option<Zone>,
    /// The severity scale, worst first.
    pub severities: &'s [String],
    /// Other wordings of steps.
    pub aliases: &'s Aliases,
}

/// Returns the statistics of these records, with the values behind the figure that `explain` names, or behind every
/// figure if it is `all`.
pub fn stats_view(
    samples: &[Sample],
    by: Option<By>,
    explain: Option<&str>,
    settings: &StatsSettings,
) -> StatsView {
    let StatsSettings { language, zone, severities, aliases } = *settings;
    let words = documents_for(language);
    let all = Group { name: Some(String::new()), samples: samples.iter().collect() };
    let days = samples.iter().filter_map(|sample| sample.day);
    let span = days.clone().min().zip(days.max());
    let period = By::period_for(span.map_or(0, |(first, last)| last.days_since(&first)));
    let charted = groups(samples, by.unwrap_or(period), severities);
    let told = if by.is_some() { charted.clone() } else { vec![all.clone()] };
    let maker =
        Maker { words, teller: TimeFormatter::of_moments(language, zone, std::iter::empty()) };
    let slipped = most_slipped(&all.samples, aliases, MOST_SLIPPED);
    let more_slipped = slipped.len().saturating_sub(MOST_SLIPPED);
    StatsView {
        view: FigureRow::VIEW,
        records: samples.len(),
        days: span.map(|(first, last)| (first.to_string(), last.to_string())),
        by: by.map(By::word),
        by_label: by.map(|by| by_label(by, &words.stats)),
        rows: told.iter().flat_map(|group| maker.figures(group, explain)).collect(),
        shown_slipped: slipped.len() - more_slipped,
        more_slipped: (more_slipped > 0).then(|| (words.stats.more_slipped)(more_slipped)),
        slipped: slipped.iter().map(|slipped| maker.slipped(slipped)).collect(),
        bars: charted.iter().map(|group| maker.bar(group)).collect(),
        unreadable: Vec::new(),
        notes: [maker.notes(&all, by), maker.perhaps_the_same(&slipped, aliases)].concat(),
        labels: words.stats,
    }
}

/// How many of the most delayed steps are shown to people.
const MOST_SLIPPED: usize = 10;

fn by_label(by: By, labels: &StatsLabels) -> &'static str {
    match by {
        By::Month => labels.month,
        By::Quarter => labels.quarter,
        By::Year => labels.year,
        By::Kind => labels.kind,
        By::Service => labels.service,
        By::Severity => labels.severity,
        By::Tag => labels.tag,
    }
}

/// Stands for a missing value.
const UNKNOWN: &str = "—";

/// Words the statistics, without seconds where none were recorded.
struct Maker {
    words: &'static Documents,
    teller: TimeFormatter,
}

impl Maker {
    fn figures(&self, group: &Group, explain: Option<&str>) -> Vec<FigureRow> {
        let samples = &group.samples;
        let name = &*group_name(group);
        let labels = &self.words.stats;
        let open = samples.iter().filter(|sample| sample.open).count();
        let events = samples.iter().map(|sample| sample.events).sum();
        let count = |figure, label: &str, count: usize| FigureRow {
            number: i64::try_from(count).ok(),
            value: count.to_string(),
            ..self.empty(name, figure, label, samples.len())
        };
        let mut rows = vec![
            count("records", labels.records, samples.len()),
            count("open", labels.open, open),
            count("events", labels.events, events),
        ];
        for (place, measure) in Measure::ALL.into_iter().enumerate() {
            rows.push(self.measure(name, samples, place, measure));
        }
        rows.push(self.deviation(name, samples));
        rows.push(self.kept(name, samples));
        let explained = |figure: &str| explain.is_some_and(|one| one == "all" || one == figure);
        for row in rows.iter_mut().filter(|row| explained(row.figure)) {
            let traces = |sample: &&Sample| self.traces(name, row.figure, sample);
            row.from = Some(samples.iter().flat_map(traces).collect());
        }
        rows
    }

    fn empty(&self, group: &str, figure: &'static str, name: &str, of: usize) -> FigureRow {
        FigureRow {
            group: group.to_owned(),
            figure,
            name: name.to_owned(),
            value: UNKNOWN.to_owned(),
            range: String::new(),
            count: of,
            of,
            number: None,
            low: None,
            high: None,
            formula: String::new(),
            from: None,
        }
    }

    fn measure(
        &self,
        group: &str,
        samples: &[&Sample],
        place: usize,
        measure: Measure,
    ) -> FigureRow {
        let values = samples.iter().filter_map(|sample| sample.measures.get(place)?.value());
        let starts: Vec<String> =
            measure.starts().iter().map(|kind| (self.words.event_type)(kind)).collect();
        let formula =
            (self.words.stats.measure_formula)(&(self.words.event_type)(&measure.end()), &starts);
        let name = (self.words.measure)(measure);
        let empty = self.empty(group, measure.word(), &name, samples.len());
        self.spread_row(FigureRow { formula, ..empty }, spread(values), |value| {
            self.teller.signed_amount(value)
        })
    }

    fn deviation(&self, group: &str, samples: &[&Sample]) -> FigureRow {
        let labels = &self.words.stats;
        let steps = || samples.iter().flat_map(|sample| &sample.steps);
        let empty = self.empty(group, "deviation", labels.deviation, steps().count());
        let row = FigureRow { formula: labels.deviation_formula.to_owned(), ..empty };
        let values = steps().filter_map(StepSample::counted);
        self.spread_row(row, spread(values), |value| self.teller.off_by(value))
    }

    fn spread_row(
        &self,
        row: FigureRow,
        spread: Option<Spread>,
        said: impl Fn(Elapsed) -> String,
    ) -> FigureRow {
        let Some(spread) = spread else { return FigureRow { count: 0, ..row } };
        FigureRow {
            value: said(spread.median),
            range: self.range(&spread, said),
            count: spread.count,
            number: Some(spread.median.seconds),
            low: Some(spread.low.seconds),
            high: Some(spread.high.seconds),
            ..row
        }
    }

    fn range(&self, spread: &Spread, said: impl Fn(Elapsed) -> String) -> String {
        if spread.low.seconds == spread.high.seconds {
            return String::new();
        }
        format!("{} – {}", said(spread.low), said(spread.high))
    }

    fn kept(&self, group: &str, samples: &[&Sample]) -> FigureRow {
        let labels = &self.words.labels;
        let kept = || samples.iter().filter_map(|sample| sample.kept);
        let (on_time, planned) =
            kept().fold((0, 0), |(on, all), kept| (on + kept.on_time, all + kept.planned));
        let row = FigureRow {
            formula: labels.kept_formula.to_owned(),
            count: kept().count(),
            ..self.empty(group, "kept", labels.schedule_kept, samples.len())
        };
        if planned == 0 {
            return row;
        }
        let percent = (on_time as f64 / planned as f64 * 100.0).round() as i64;
        let (share, of) = ((self.words.percent)(percent), (self.words.of)(on_time, planned));
        FigureRow { value: format!("{share} ({of})"), number: Some(percent), ..row }
    }

    fn slipped(&self, slipped: &Slipped) -> SlippedView {
        let said = |value| self.teller.off_by(value);
        SlippedView {
            step: slipped.text.to_owned(),
            median: said(slipped.spread.median),
            seconds: slipped.spread.median.seconds,
            range: self.range(&slipped.spread, said),
            late: slipped.late,
            count: slipped.spread.count,
            planned: slipped.planned,
            records: slipped.from.iter().map(|(sample, _)| sample.id.clone()).collect(),
        }
    }

    fn bar(&self, group: &Group) -> BarView {
        let resolve = group.samples.iter().filter_map(|sample| sample.measures.last()?.value());
        let resolve = spread(resolve).map(|spread| {
            let median = self.teller.signed_amount(spread.median);
            (self.words.stats.usual_resolve)(&median, spread.count)
        });
        BarView {
            group: group_name(group),
            records: group.samples.len(),
            resolve: resolve.unwrap_or_default(),
        }
    }

    /// Returns the note on steps that may be the same as others. No figure follows from words alone.
    fn perhaps_the_same(&self, slipped: &[Slipped], aliases: &Aliases) -> Vec<String> {
        let told = slipped.iter().map(|one| (one.plain, one.perhaps.as_slice()));
        perhaps_same(self.words, aliases, told).into_iter().collect()
    }

    /// Returns what the statistics leave out, and why.
    fn notes(&self, all: &Group, by: Option<By>) -> Vec<String> {
        let labels = &self.words.stats;
        let mut notes = Vec::new();
        let backwards =
            |sample: &&&Sample| sample.measures.iter().any(DurationSample::is_backwards);
        let backwards: Vec<&str> =
            all.samples.iter().filter(backwards).map(|sample| sample.id.as_str()).collect();
        if !backwards.is_empty() {
            notes.push((labels.backwards)(backwards.len(), &some_of(&backwards)));
        }
        let undated = all.samples.iter().filter(|sample| sample.day.is_none()).count();
        if undated > 0 {
            notes.push((labels.undated)(undated));
        }
        let measured = (0..Measure::ALL.len()).map(|place| {
            spread(all.samples.iter().filter_map(|sample| sample.measures.get(place)?.value()))
        });
        let days_only: usize = measured.flatten().map(|spread| spread.days_only).sum();
        if days_only > 0 {
            notes.push((labels.days_only)(days_only));
        }
        let to_come: usize =
            all.samples.iter().filter_map(|sample| Some(sample.kept?.to_come)).sum();
        if to_come > 0 {
            notes.push((labels.to_come)(to_come));
        }
        notes.extend(self.left_out(&all.samples));
        if matches!(by, Some(By::Service | By::Tag)) {
            notes.push(labels.in_both.to_owned());
        }
        notes
    }

    /// Returns how many values are uncertain, by reason.
    fn left_out(&self, samples: &[&Sample]) -> Vec<String> {
        let taken = || samples.iter().flat_map(|sample| &sample.measures);
        let range = |taken: &&DurationSample| taken.value().is_some_and(|value| value.open > 0);
        let without = |why: NoValue| taken().filter(|taken| taken.no_value == Some(why)).count();
        let labels = &self.words.labels;
        let reasons = [
            (without(NoValue::Reopened), labels.open_again),
            (without(NoValue::Unknown), labels.unknown_time),
            (without(NoValue::Unclear), labels.unclear_first),
            (taken().filter(range).count(), self.words.stats.hour_only),
        ];
        let told = reasons.into_iter().filter(|(count, _)| *count > 0);
        told.map(|(count, reason)| (self.words.stats.left_out)(count, reason)).collect()
    }

    fn traces(&self, group: &str, figure: &'static str, sample: &Sample) -> Vec<TraceRow> {
        let trace = |value: Option<String>, seconds: Option<i64>, formula: String| TraceRow {
            group: group.to_owned(),
            figure,
            id: sample.id.clone(),
            value,
            seconds,
            verdict: None,
            formula,
        };
        let day = || sample.day.map(|day| day.to_string()).unwrap_or_default();
        match figure {
            "records" => vec![trace(Some("1".to_owned()), None, day())],
            "open" if sample.open => vec![trace(Some("1".to_owned()), None, day())],
            "open" => Vec::new(),
            "events" => vec![trace(Some(sample.events.to_string()), None, String::new())],
            "kept" => sample.kept.map_or_else(Vec::new, |kept| {
                vec![trace(Some((self.words.of)(kept.on_time, kept.planned)), None, String::new())]
            }),
            "deviation" => sample.steps.iter().map(|step| self.step_trace(&trace, step)).collect(),
            _ => {
                let taken = sample.measures.iter().find(|t| t.measure.word() == figure);
                taken.map_or_else(Vec::new, |taken| {
                    let value = taken.value();
                    let said = value.map(|value| self.teller.signed_amount(value));
                    vec![trace(said, value.and_then(|value| value.exact()), self.origin(taken))]
                })
            }
        }
    }

    fn step_trace(
        &self,
        trace: &impl Fn(Option<String>, Option<i64>, String) -> TraceRow,
        step: &StepSample,
    ) -> TraceRow {
        let labels = &self.words.labels;
        let said = match step.to_come {
            true => self.words.stats.not_due_yet.to_owned(),
            false => self.words.outcome(&step.outcome),
        };
        let undated = || labels.not_planned_yet.to_owned();
        let planned = step.planned.as_ref().map_or_else(undated, |at| self.dated(at));
        let planned = if step.outcome.is_deadline { (self.words.by)(&planned) } else { planned };
        let formula = match step.began {
            Some(began) => format!("{}: {} − {planned}", step.text, self.dated(&began)),
            None => format!("{}: {planned}", step.text),
        };
        let seconds = step.counted().and_then(|deviation| deviation.exact());
        TraceRow {
            verdict: Some(verdict_word(step.verdict)),
            ..trace(Some(said), seconds, formula)
        }
    }

    /// Returns what a duration was computed from, or what is missing.
    fn origin(&self, taken: &DurationSample) -> String {
        let word = |kind| (self.words.event_type)(kind);
        let (end, starts) = (taken.measure.end(), taken.measure.starts());
        let said = |kind: &str, at: &Ending| match at {
            Some(at) => format!("{kind} {}", self.dated(at)),
            None => format!("{kind} {}", self.words.labels.unknown_time),
        };
        match (taken.from, taken.to) {
            (Some(from), Some(to)) => {
                let start = &starts[usize::from(taken.fallback).min(starts.len() - 1)];
                format!("{} − {}", said(&word(&end), &to), said(&word(start), &from))
            }
            (None, _) => (self.words.not_recorded)(&word(&starts[0])),
            (_, None) => (self.words.not_recorded)(&word(&end)),
        }
    }

    /// Returns `2024-09-07 18:08+09:00`: with its date, as it is listed with those of other records, and with a space,
    /// at which a table can break the line.
    fn dated(&self, at: &Moment) -> String {
        let said = at.written().replace('T', " ");
        let said = match at.precision() {
            Precision::Hour => said.replacen(":00", ":xx", 1),
            _ => said,
        };
        if at.is_about() { (self.words.about_time)(&said) } else { said }
    }
}

fn group_name(group: &Group) -> String {
    group.name.clone().unwrap_or_else(|| UNKNOWN.to_owned())
}

/// Returns the first few names, and how many more there are.
fn some_of(names: &[&str]) -> String {
    let shown = names.iter().take(3).copied().collect::<Vec<_>>().join(", ");
    if names.len() > 3 { format!("{shown}, … +{}", names.len() - 3) } else { shown }
}
