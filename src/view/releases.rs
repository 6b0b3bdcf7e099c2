//! Several releases in one picture: when each step was planned and when it began, side by side.

use serde::Serialize;

use crate::model::{Day, Incident, Moment, Precision, Zone};
use crate::query::{Cell, Comparison, Line, Release};
use crate::timeline::{Aliases, Axis, AxisPlace, Row};

use super::comparison::{ComparisonView, comparison_view};
use super::time::TimeFormatter;

/// Several releases on one time axis, without pixels.
#[derive(Debug, Clone, Serialize)]
pub struct ReleasesView {
    /// The names of the releases.
    pub title: String,
    /// Language of the words.
    pub language: String,
    /// The comparison of the releases, step by step.
    pub comparison: ComparisonView,
    /// The marks of each step, one per release, in the order of the comparison's steps.
    #[serde(skip)]
    pub marks: Vec<Vec<Option<ReleaseMark>>>,
    /// The beginning of each section of the axis that is drawn; the time between sections is cut.
    #[serde(skip)]
    pub parts: Vec<AxisPoint>,
    /// The end of the axis.
    #[serde(skip)]
    pub end: AxisPoint,
    /// The days, each with the place of its border.
    #[serde(skip)]
    pub days: Vec<AxisDay>,
    /// The hours, each with its place; a picture may not have room for all of them.
    #[serde(skip)]
    pub hours: Vec<(AxisPoint, String)>,
    /// The name of a day border.
    pub day_border: &'static str,
    /// The meaning of `D`, and how to read distances.
    pub note: &'static str,
}

/// A point of the axis.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct AxisPoint {
    /// The number of cuts to its left.
    pub cuts: usize,
    /// The number of drawn minutes to its left.
    pub minutes: i64,
}

impl From<AxisPlace> for AxisPoint {
    fn from(place: AxisPlace) -> AxisPoint {
        AxisPoint { cuts: place.cuts, minutes: place.minutes }
    }
}

/// A day on the axis.
#[derive(Debug, Clone)]
pub struct AxisDay {
    /// Where it begins.
    pub place: AxisPoint,
    /// Whether its border is in the cut to the left of that place.
    pub in_cut: bool,
    /// `D−1`, `D`, `D+1`.
    pub label: String,
}

/// A step in one release.
#[derive(Debug, Clone)]
pub struct ReleaseMark {
    /// When it was planned.
    pub planned: Option<AxisPoint>,
    /// The end of its window.
    pub until: Option<AxisPoint>,
    /// When it began.
    pub actual: Option<AxisPoint>,
    /// When it was over.
    pub over: Option<AxisPoint>,
    /// The planned and the actual time in words: `17:30 → 17:42`.
    pub times: String,
}

/// The longest axis, in minutes, that shows hours; days are enough for a longer one.
const HOURS_UP_TO: i64 = 5 * 24 * 60;

/// Returns the picture of releases; `asked`, `beside` and `aliases` are those of [`comparison_view`].
pub fn releases_view(
    comparison: &Comparison,
    asked: (i64, Moment),
    beside: Option<Zone>,
    aliases: &Aliases,
) -> ReleasesView {
    let own: Vec<ReleaseDay> = comparison.releases.iter().map(ReleaseDay::of).collect();
    let told =
        |row: &Row, own: &ReleaseDay| own.minutes(row).into_iter().flatten().collect::<Vec<i64>>();
    let rows = comparison.releases.iter().zip(&own);
    let minutes =
        rows.flat_map(|(release, own)| release.rows.iter().flat_map(|row| told(row, own)));
    let axis = Axis::of(minutes.collect());
    let view = comparison_view(comparison, asked, beside, aliases);
    let first = comparison.releases.first().map(|release| release.incident);
    let words = TimeFormatter::of(first.unwrap_or(&Incident::default()), None).words;
    let hours = if axis.end().minutes <= HOURS_UP_TO { axis.ticks(60) } else { Vec::new() };
    let clock =
        |minute: i64| format!("{:02}:{:02}", minute.rem_euclid(1440) / 60, minute.rem_euclid(60));
    let lines = comparison.lines.iter().filter(|line| comparison.has_run(line));
    ReleasesView {
        title: view.records.iter().map(|it| it.name.as_str()).collect::<Vec<_>>().join(" · "),
        language: words.code.to_owned(),
        marks: lines.map(|line| marks(comparison, line, (&own, &axis))).collect(),
        parts: axis.begins().into_iter().map(AxisPoint::from).collect(),
        end: axis.end().into(),
        days: axis
            .days()
            .into_iter()
            .map(|it| AxisDay {
                place: it.place.into(),
                in_cut: it.in_cut,
                label: day_label(it.day),
            })
            .collect(),
        hours: hours.into_iter().map(|(minute, place)| (place.into(), clock(minute))).collect(),
        day_border: words.releases.day_border,
        note: words.releases.axis,
        comparison: view,
    }
}

fn marks(
    comparison: &Comparison,
    line: &Line,
    (own, axis): (&[ReleaseDay], &Axis),
) -> Vec<Option<ReleaseMark>> {
    let cells = comparison.releases.iter().zip(own).zip(&line.cells);
    let mark = |((release, own), cell): ((&Release, &ReleaseDay), &Option<Cell>)| {
        let row = &release.rows[cell.as_ref()?.row];
        let [planned, until, actual, over] = own
            .minutes(row)
            .map(|minute| minute.and_then(|minute| axis.place(minute)).map(AxisPoint::from));
        Some(ReleaseMark { planned, until, actual, over, times: own.times(row) })
    };
    cells.map(mark).collect()
}

/// The first day and the zone of one release.
struct ReleaseDay {
    zone: Option<Zone>,
    day: Option<Day>,
    teller: TimeFormatter,
}

impl ReleaseDay {
    fn of(release: &Release) -> ReleaseDay {
        let incident = release.incident;
        let teller = TimeFormatter::of(incident, None);
        ReleaseDay { zone: incident.zone, day: incident.day(), teller }
    }

    /// Returns the minutes of a step: its planned time, the end of its window, its beginning and its end.
    fn minutes(&self, row: &Row) -> [Option<i64>; 4] {
        let step = row.step;
        let planned = step.and_then(|step| step.planned());
        let until = step.and_then(|step| step.until);
        let begun = row.start().filter(|_| step.is_some());
        let over = row.end().filter(|_| begun.is_some());
        [planned, until, begun, over].map(|at| self.minute(&at?))
    }

    /// Returns the minutes from the beginning of the release's first day to a moment; a day counts from its beginning.
    fn minute(&self, at: &Moment) -> Option<i64> {
        let clock = at.clock(self.zone);
        let days = clock.day.days_since(&self.day?);
        Some(days * 1440 + i64::from(clock.hour * 60 + clock.minute))
    }

    /// Returns when a step was planned and when it began: `17:30 → 17:42`, with the day if it is not the release's.
    fn times(&self, row: &Row) -> String {
        let planned = row.step.and_then(|step| step.planned());
        let begun = row.start();
        let told = |at: Option<Moment>, beside: Option<Moment>| {
            at.map_or_else(|| "—".to_owned(), |at| self.clock_time(&at, beside))
        };
        format!("{} → {}", told(planned, None), told(begun, planned))
    }

    fn clock_time(&self, at: &Moment, beside: Option<Moment>) -> String {
        let day = |at: &Moment| Some(at.clock(self.zone).day.days_since(&self.day?));
        let time = self.teller.time(at).hm;
        let own = day(at).filter(|own| *own != 0 || at.precision() == Precision::Day);
        let is_said = beside.is_some_and(|beside| day(&beside) == day(at)) && !time.is_empty();
        match own.filter(|_| !is_said) {
            Some(days) => format!("{} {time}", day_label(days)).trim_end().to_owned(),
            None => time,
        }
    }
}

/// Returns `D−1`, `D` or `D+1`.
fn day_label(days: i64) -> String {
    match days {
        0 => "D".to_owned(),
        before if before < 0 => format!("D−{}", -before),
        after => format!("D+{after}"),
    }
}
