//! What a language has to say: its fixed words, and its ways of saying times and amounts.

use serde::Serialize;

use super::forecast::ForecastWords;
use super::handover::HandoverWords;
use crate::model::{Clock, Day, Elapsed, EventType, Measure, MissingTime, Precision, Verdict};

/// A language: its fixed words and its ways of saying times and amounts.
pub struct Documents {
    /// BCP 47 primary language.
    pub code: &'static str,
    /// The fixed words, which templates see.
    pub labels: Labels,
    /// A time of day, as a heading says it.
    pub clock: fn(&Clock) -> String,
    /// A day with its weekday.
    pub day: fn(&Day) -> String,
    /// An amount of time, never negative, in seconds.
    pub amount: fn(i64, Precision) -> String,
    /// An approximate amount.
    pub about: fn(&str) -> String,
    /// An approximate time.
    pub about_time: fn(&str) -> String,
    /// An amount that is between two.
    pub between: fn(&str, &str) -> String,
    /// An amount of which only the most is known.
    pub up_to: fn(&str) -> String,
    /// A step that was early by the first amount, late by the second, or in between.
    pub early_to_late: fn(&str, &str) -> String,
    /// A deadline that was met so much earlier.
    pub before_due: fn(&str) -> String,
    /// A deadline.
    pub by: fn(&str) -> String,
    /// A row's word, with the amount where there is one.
    pub verdict: fn(Verdict, Option<&str>) -> String,
    /// A sort of event.
    pub event_type: fn(&EventType) -> String,
    /// A duration's name.
    pub measure: fn(Measure) -> String,
    /// `kind` of a record.
    pub kind: fn(&str) -> String,
    /// Something said of two amounts: `3 of 4`.
    pub of: fn(usize, usize) -> String,
    /// A share of a hundred.
    pub percent: fn(i64) -> String,
    /// How long a step took, and how long the plan gave it.
    pub took: fn(&str, Option<&str>) -> String,
    /// That an event says so many percent of what a step says.
    pub alike: fn(u32) -> String,
    /// That the plan ran so late around a step.
    pub running: fn(&str) -> String,
    /// An amount of time before (else after) the anchor of a plan.
    pub lead: fn(&str, bool) -> String,
    /// A lead time as it really was, and as it was planned.
    pub really: fn(&str, &str) -> String,
    /// A distance as so many releases had it: the middle, and from the least to the most.
    pub of_releases: fn(usize, &str, Option<(&str, &str)>) -> String,
    /// That something happened in so many of so many releases.
    pub in_releases: fn(usize, usize) -> String,
    /// That a step comes before one that it followed.
    pub overtakes: fn(&str) -> String,
    /// Something that may become more.
    pub at_least: fn(&str) -> String,
    /// An amount of time since a sort of event.
    pub since: fn(&str, &str) -> String,
    /// Something due in that time.
    pub due_in: fn(&str) -> String,
    /// What became of a step that is still to come, by how long it is until then.
    pub to_come: fn(&str) -> String,
    /// The next step: its words, in how long, and when.
    pub next_step: fn(&str, &str, &str) -> String,
    /// How late the release runs, and by which step if it is not the overdue one.
    pub runs: fn(&str, Option<&str>) -> String,
    /// Every step is carried out or given up: how many of each.
    pub all_done: fn(usize, usize) -> String,
    /// Events that say one of these words.
    pub saying: fn(&str) -> String,
    /// That an event was written down later, at that time.
    pub noted_later: fn(&str) -> String,
    /// The words of figures over many records.
    pub stats: StatsLabels,
    /// The words of a forecast.
    pub forecast: ForecastWords,
    /// The words of a hand-over.
    pub handover: HandoverWords,
    /// How many steps and events a picture leaves out, as they have no time.
    pub not_drawn: fn(usize, usize) -> String,
    /// The missing event that a duration would need.
    pub not_recorded: fn(&str) -> String,
    /// The same of a page that leaves entries out.
    pub not_stated: fn(&str) -> String,
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
    pub times_in: &'static str,
    pub severity: &'static str,
    pub services: &'static str,
    pub status: &'static str,
    pub kind: &'static str,
    pub author: &'static str,
    pub date: &'static str,
    pub open: &'static str,
    pub ended: &'static str,
    pub sample: &'static str,
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
    pub milestone: &'static str,
    pub severity_change: &'static str,
    pub on_time: &'static str,
    pub early: &'static str,
    pub late: &'static str,
    pub not_recorded: &'static str,
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
    pub prompt_actions: &'static str,
    pub nothing_yet: &'static str,
}

/// What figures over many records are called.
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
    /// The usual time to resolve, and of how many.
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
}

/// What became of a planned step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StepOutcome {
    /// What became of it, if that is certain.
    pub verdict: Verdict,
    /// The written precision leaves open what became of it.
    pub is_open: bool,
    /// It was carried out, and this is not known.
    pub missing: Option<MissingTime>,
    /// How far off it was, if that is known.
    pub deviation: Option<Elapsed>,
    /// It only had to be done by its time.
    pub is_deadline: bool,
}

impl Documents {
    /// Returns what became of a step, with its amount. One on time says its few minutes too, and what is
    /// open is told as open.
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

    /// Returns early or late by that much, whatever the tolerance.
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

    /// Returns an amount without its sign, as a range where the written precision leaves it open.
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

/// Days, hours, minutes and seconds of an amount; the units above zero.
fn parts(seconds: i64) -> [i64; 4] {
    [seconds / 86_400, seconds / 3600 % 24, seconds / 60 % 60, seconds % 60]
}

/// The amount in the two or three largest units that are not nothing.
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
