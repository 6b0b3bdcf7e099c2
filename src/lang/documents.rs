//! The output of a language: its fixed words, and its wording of times and amounts.

use serde::Serialize;

use super::cure::Cure;
use super::forecast::ForecastWords;
use super::handover::HandoverWords;
use crate::model::{Clock, Day, Elapsed, EventType, Measure, MissingTime, Precision, Verdict};

/// A language: its fixed words and its wording of times and amounts.
pub struct Documents {
    /// BCP 47 primary language.
    pub code: &'static str,
    /// The fixed words, as passed to templates.
    pub labels: Labels,
    /// A time of day, as in a heading.
    pub clock: fn(&Clock) -> String,
    /// A day with its weekday.
    pub day: fn(&Day) -> String,
    /// An amount of time, never negative, in seconds.
    pub amount: fn(i64, Precision) -> String,
    /// An approximate amount.
    pub about: fn(&str) -> String,
    /// An approximate time.
    pub about_time: fn(&str) -> String,
    /// An amount between two others.
    pub between: fn(&str, &str) -> String,
    /// An amount with only an upper bound.
    pub up_to: fn(&str) -> String,
    /// A step that was early by the first amount, late by the second, or in between.
    pub early_to_late: fn(&str, &str) -> String,
    /// A deadline that was met that much early.
    pub before_due: fn(&str) -> String,
    /// A deadline.
    pub by: fn(&str) -> String,
    /// A row's verdict, with the amount if there is one.
    pub verdict: fn(Verdict, Option<&str>) -> String,
    /// A type of event.
    pub event_type: fn(&EventType) -> String,
    /// A duration's name.
    pub measure: fn(Measure) -> String,
    /// `kind` of a record.
    pub kind: fn(&str) -> String,
    /// A number out of another: `3 of 4`.
    pub of: fn(usize, usize) -> String,
    /// A percentage.
    pub percent: fn(i64) -> String,
    /// How long a step took, and how long was planned.
    pub took: fn(&str, Option<&str>) -> String,
    /// The similarity of an event's text to a step's, in percent.
    pub alike: fn(u32) -> String,
    /// How late the plan ran around a step.
    pub running: fn(&str) -> String,
    /// An amount of time before (else after) the anchor of a plan.
    pub lead: fn(&str, bool) -> String,
    /// A lead time as it actually was, and as planned.
    pub really: fn(&str, &str) -> String,
    /// A lead time in several releases: how many, the median, minimum and maximum.
    pub of_releases: fn(usize, &str, Option<(&str, &str)>) -> String,
    /// In how many of how many releases something happened.
    pub in_releases: fn(usize, usize) -> String,
    /// The step that a step followed before and now precedes.
    pub overtakes: fn(&str) -> String,
    /// Something that may still increase.
    pub at_least: fn(&str) -> String,
    /// A time since a type of event.
    pub since: fn(&str, &str) -> String,
    /// Something due after that time.
    pub due_in: fn(&str) -> String,
    /// The state of a step that is still ahead, with the time until then.
    pub to_come: fn(&str) -> String,
    /// The next step: its text, the time until then, and when.
    pub next_step: fn(&str, &str, &str) -> String,
    /// A step that the event, with its time, may have carried out without naming it.
    pub perhaps_done: fn(&str, &str) -> String,
    /// How late the release runs, and by which step unless it is the overdue one.
    pub runs: fn(&str, Option<&str>) -> String,
    /// How late the release ended, and by which step.
    pub ended: fn(&str, Option<&str>) -> String,
    /// Since when nothing was logged.
    pub not_logged_since: fn(&str) -> String,
    /// Every step is carried out or given up, with the number of each.
    pub all_done: fn(usize, usize) -> String,
    /// Events that contain one of these words.
    pub saying: fn(&str) -> String,
    /// That an event was logged later, at that time.
    pub noted_later: fn(&str) -> String,
    /// The words of statistics.
    pub stats: StatsLabels,
    /// The words of several releases in one picture.
    pub releases: ReleasesWords,
    /// The words of a forecast.
    pub forecast: ForecastWords,
    /// The words of a handover.
    pub handover: HandoverWords,
    /// How many steps and events a chart omits because they have no time.
    pub not_drawn: fn(usize, usize) -> String,
    /// How many rollback steps nobody called.
    pub not_called: fn(usize) -> String,
    /// The missing event that a duration would need.
    pub not_recorded: fn(&str) -> String,
    /// The same on a page that omits entries.
    pub not_stated: fn(&str) -> String,
}

/// The words of several releases side by side.
pub struct ReleasesWords {
    /// The heading of the column that says how a step's deviation changed over the releases.
    pub over: &'static str,
    /// The deviation of a step in each of this many releases.
    pub each: fn(usize, &str) -> String,
    /// The median deviation in this many releases, with the smallest and the largest.
    pub median: fn(usize, [&str; 3]) -> String,
    /// Later from each release to the next.
    pub later: &'static str,
    /// Earlier from each release to the next.
    pub earlier: &'static str,
    /// The border between two days.
    pub day_border: &'static str,
    /// The meaning of `D`, and how to read distances.
    pub axis: &'static str,
}

impl Labels {
    /// Returns the word for a record without a milestone: open, ended, or neither known.
    pub fn state(&self, is_open: bool, is_unknown: bool) -> &'static str {
        match (is_open, is_unknown) {
            (true, _) => self.open,
            (false, true) => self.end_unknown,
            (false, false) => self.ended,
        }
    }
}

/// Headings and small words.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[allow(missing_docs, reason = "each field is the word of its name")]
pub struct Labels {
    pub plan: &'static str,
    pub plan_intro: &'static str,
    pub planned: &'static str,
    pub actual: &'static str,
    pub deviation: &'static str,
    pub plan_and_actual: &'static str,
    pub timeline: &'static str,
    pub durations: &'static str,
    pub duration: &'static str,
    pub value: &'static str,
    pub formula: &'static str,
    pub summary: &'static str,
    pub impact: &'static str,
    pub contributing_factors: &'static str,
    pub lessons: &'static str,
    pub went_well: &'static str,
    pub went_badly: &'static str,
    pub got_lucky: &'static str,
    pub surprised_us: &'static str,
    pub we_learned: &'static str,
    pub actions: &'static str,
    pub owner: &'static str,
    pub due: &'static str,
    pub done: &'static str,
    pub draft: &'static str,
    pub reviewed: &'static str,
    pub changed_since: &'static str,
    pub added_later: &'static str,
    pub first_planned: &'static str,
    pub from_first: &'static str,
    pub reason: &'static str,
    pub skipped: &'static str,
    pub by: &'static str,
    pub unknown_time: &'static str,
    pub not_planned_yet: &'static str,
    pub no_planned_time: &'static str,
    pub due_now: &'static str,
    pub same_day: &'static str,
    pub that_day: &'static str,
    pub about_same_day: &'static str,
    pub about_on_time: &'static str,
    pub open_again: &'static str,
    pub unclear_first: &'static str,
    pub schedule_kept: &'static str,
    pub written_live: &'static str,
    pub longest_silence: &'static str,
    pub kept_formula: &'static str,
    pub live_formula: &'static str,
    pub live_formula_typed: &'static str,
    pub times_in: &'static str,
    pub severity: &'static str,
    pub services: &'static str,
    pub status: &'static str,
    pub kind: &'static str,
    pub author: &'static str,
    pub date: &'static str,
    pub open: &'static str,
    pub ended: &'static str,
    pub end_unknown: &'static str,
    pub sample: &'static str,
    pub archived: &'static str,
    pub internal: &'static str,
    pub step: &'static str,
    pub not_in_plan: &'static str,
    pub unplanned: &'static str,
    pub rejections: &'static str,
    pub by_words: &'static str,
    pub silences: &'static str,
    pub no_plan: &'static str,
    pub nothing: &'static str,
    pub only_one_left: &'static str,
    pub out_of_order: &'static str,
    pub nothing_to_link: &'static str,
    pub anchor_unknown: &'static str,
    pub with_anchor: &'static str,
    pub clocks_change: &'static str,
    pub now: &'static str,
    pub overdue: &'static str,
    pub rollback_next: &'static str,
    pub anchor: &'static str,
    pub left_out: &'static str,
    pub happened_unplanned: &'static str,
    pub open_actions: &'static str,
    pub basis: &'static str,
    pub undetected: &'static str,
    pub detected: &'static str,
    pub mitigating: &'static str,
    pub mitigated: &'static str,
    pub planned_event: &'static str,
    pub unplanned_event: &'static str,
    pub planned_length: &'static str,
    pub actual_length: &'static str,
    pub milestone: &'static str,
    pub severity_change: &'static str,
    pub on_time: &'static str,
    pub early: &'static str,
    pub late: &'static str,
    pub not_recorded: &'static str,
    pub not_recorded_yet: &'static str,
    pub scale_note: &'static str,
    pub nothing_to_draw: &'static str,
    pub end: &'static str,
    pub trigger: &'static str,
    pub resolution: &'static str,
    pub detection: &'static str,
    pub lead_up: &'static str,
    pub fault: &'static str,
    pub response: &'static str,
    pub recovery: &'static str,
    pub supporting: &'static str,
    pub next_steps: &'static str,
    pub history: &'static str,
    pub prompt_summary: &'static str,
    pub prompt_impact: &'static str,
    pub prompt_factors: &'static str,
    pub prompt_well: &'static str,
    pub prompt_badly: &'static str,
    pub prompt_lucky: &'static str,
    pub prompt_surprised: &'static str,
    pub prompt_learned: &'static str,
    pub prompt_actions: &'static str,
    pub nothing_yet: &'static str,
}

/// The words of statistics over many records.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[allow(missing_docs, reason = "each field is the word of its name")]
pub struct StatsLabels {
    pub figure: &'static str,
    pub median: &'static str,
    pub range: &'static str,
    pub records: &'static str,
    pub open: &'static str,
    pub events: &'static str,
    pub deviation: &'static str,
    pub deviation_formula: &'static str,
    pub most_slipped: &'static str,
    pub times_late: &'static str,
    pub formula: &'static str,
    pub step: &'static str,
    pub month: &'static str,
    pub quarter: &'static str,
    pub year: &'static str,
    pub kind: &'static str,
    pub service: &'static str,
    pub severity: &'static str,
    pub tag: &'static str,
    pub in_both: &'static str,
    pub hour_only: &'static str,
    /// A duration's end, and the starts it may have.
    #[serde(skip)]
    pub measure_formula: fn(&str, &[String]) -> String,
    /// The usual time to resolve, and how many records it is from.
    #[serde(skip)]
    pub usual_resolve: fn(&str, usize) -> String,
    /// Durations that end before they begin.
    #[serde(skip)]
    pub backwards: fn(usize, &str) -> String,
    /// Records without a day.
    #[serde(skip)]
    pub undated: fn(usize) -> String,
    /// Durations that have no certain value, and why.
    #[serde(skip)]
    pub left_out: fn(usize, &str) -> String,
    /// Durations that are known by the day only.
    #[serde(skip)]
    pub days_only: fn(usize) -> String,
    /// The outcome of a step that is planned for later.
    #[serde(skip)]
    pub not_due_yet: &'static str,
    /// Steps that are planned for later.
    #[serde(skip)]
    pub to_come: fn(usize) -> String,
    /// Two texts that may be of one step, and what makes them one.
    #[serde(skip)]
    pub perhaps_same: fn(&str, &Cure) -> String,
    /// How many more steps were late than are shown.
    #[serde(skip)]
    pub more_slipped: fn(usize) -> String,
}

/// The state of the current step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is the next one.
    Next,
    /// It has begun.
    UnderWay,
    /// Its time has passed.
    Overdue,
    /// It failed, and was not repeated.
    Failed,
    /// Its time has passed, and something else shows that it need not be late.
    NotRecorded,
    /// An event that names no step may have carried it out.
    PerhapsDone,
}

/// The outcome of a planned step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StepOutcome {
    /// The verdict, if it is certain.
    pub verdict: Verdict,
    /// Whether the written precision leaves the verdict open.
    pub is_open: bool,
    /// The unknown time of a step that was carried out.
    pub missing: Option<MissingTime>,
    /// Its deviation, if known.
    pub deviation: Option<Elapsed>,
    /// Whether it only had a deadline.
    pub is_deadline: bool,
}

impl Documents {
    /// Returns the outcome of a step with its deviation. One on time includes its few minutes, and an open verdict is
    /// worded as open.
    pub fn outcome(&self, step: &StepOutcome) -> String {
        let word = (self.verdict)(step.verdict, None);
        let Some(deviation) = step.deviation else {
            return match step.missing {
                Some(MissingTime::Actual) => self.labels.unknown_time.to_owned(),
                Some(MissingTime::Planned) => self.labels.no_planned_time.to_owned(),
                None if step.is_open => self.labels.that_day.to_owned(),
                None => word,
            };
        };
        match step.verdict {
            Verdict::OnTime if deviation.exact() == Some(0) => self.off_by(deviation),
            Verdict::OnTime if step.is_deadline && deviation.most() < 0 => {
                format!("{word} ({})", (self.before_due)(&self.length(deviation)))
            }
            Verdict::OnTime if deviation.open > 0 && deviation.about => {
                self.labels.about_on_time.to_owned()
            }
            Verdict::OnTime if deviation.open > 0 => word,
            Verdict::OnTime => format!("{word} ({})", self.off_by(deviation)),
            _ => self.off_by(deviation),
        }
    }

    /// Returns the deviation as early or late, whatever the tolerance.
    pub fn off_by(&self, deviation: Elapsed) -> String {
        if deviation.exact() == Some(0) {
            let on_time = (self.verdict)(Verdict::OnTime, None);
            let about = self.labels.about_on_time.to_owned();
            return if deviation.about { about } else { on_time };
        }
        if deviation.seconds < 0 && deviation.most() > 0 {
            let told = |seconds: i64| (self.amount)(seconds.abs(), deviation.precision);
            let both = (self.early_to_late)(&told(deviation.seconds), &told(deviation.most()));
            return if deviation.about { (self.about)(&both) } else { both };
        }
        let side = if deviation.seconds < 0 { Verdict::Early } else { Verdict::Late };
        (self.verdict)(side, Some(&self.length(deviation)))
    }

    /// Returns an amount without its sign, as a range if the written precision leaves it open.
    pub fn length(&self, elapsed: Elapsed) -> String {
        let told = |seconds: i64| (self.amount)(seconds.abs(), elapsed.precision);
        let (one, other) = (elapsed.seconds, elapsed.most());
        let said = if elapsed.open == 0 {
            told(one)
        } else {
            match if one.abs() < other.abs() { (one, other) } else { (other, one) } {
                (0, most) => (self.up_to)(&told(most)),
                (least, most) => (self.between)(&told(least), &told(most)),
            }
        };
        if elapsed.about { (self.about)(&said) } else { said }
    }
}

/// Returns days, hours, minutes and seconds of an amount.
fn parts(seconds: i64) -> [i64; 4] {
    [seconds / 86_400, seconds / 3600 % 24, seconds / 60 % 60, seconds % 60]
}

/// Joins the two or three largest non-zero units of an amount.
pub(super) fn join_amount(
    seconds: i64,
    precision: Precision,
    units: [&str; 4],
    glue: &str,
) -> String {
    let shown = match precision {
        Precision::Day => 1,
        Precision::Hour | Precision::Minute => 3,
        Precision::Second | Precision::Fraction => 4,
    };
    let said: Vec<String> = parts(seconds)
        .iter()
        .zip(units)
        .take(shown)
        .filter(|(amount, _)| **amount > 0)
        .map(|(amount, unit)| format!("{amount}{glue}{unit}"))
        .collect();
    if said.is_empty() {
        return format!("0{glue}{}", units[shown - 1]);
    }
    said.join(" ")
}
