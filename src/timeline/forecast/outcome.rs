//! The result of a forecast.

use crate::model::Day;

use super::sheet::{DaySlip, Minute, OverStep, Went};

/// A past release, compared with the current plan.
#[derive(Debug, Clone)]
pub struct PastRelease {
    /// The record's id.
    pub record: String,
    /// How each step of the current plan went in it; empty values for steps it did not have.
    pub went: Vec<Went>,
    /// By how many days its steps slipped.
    pub slips: Vec<DaySlip>,
}

/// The forecast for the rest of a plan. All of it is inferred.
#[derive(Debug, Default, PartialEq)]
pub struct Forecast {
    /// How many steps are done.
    pub done: usize,
    /// Steps without an event that are done because a later one shows it.
    pub proven: Vec<usize>,
    /// Other steps that nobody logged and that are not forecast: they are not recorded, or perhaps done.
    pub over: Vec<(usize, OverStep)>,
    /// Steps that were given up.
    pub skipped: Vec<usize>,
    /// The past releases that were replayed, by index.
    pub replayed: Vec<usize>,
    /// The remaining steps, in the plan's order.
    pub steps: Vec<StepForecast>,
    /// The step that is done last.
    pub end: Option<usize>,
    /// Steps without any indication of a time.
    pub undated: Vec<usize>,
    /// Steps that began early, with those that wait for each.
    pub early: Vec<EarlyStep>,
}

/// A step that began early.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EarlyStep {
    /// Its index.
    pub place: usize,
    /// By how many minutes.
    pub minutes: i64,
    /// The steps that wait for it: nothing else is pulled forward.
    pub waited_for_by: Vec<usize>,
}

/// The forecast of one step.
#[derive(Debug, Clone, PartialEq)]
pub struct StepForecast {
    /// Its index in the plan.
    pub place: usize,
    /// When it is expected to be done, if known.
    pub expected: Option<Minute>,
    /// A lower bound, if that is all that is known.
    pub not_before: Option<Minute>,
    /// Why there is no time.
    pub why: Option<NoForecast>,
    /// Whether it is based on the past, not only on the plan's own lengths.
    pub by_past: bool,
    /// The critical path to it.
    pub path: Vec<usize>,
    /// How many past releases have values for it.
    pub n: usize,
    /// When it was done in each replay, earliest first; empty if there is no time.
    pub replays: Vec<Minute>,
    /// The past release of each of those, by index.
    pub releases: Vec<usize>,
    /// The value of each past release: its delay, or its length if it is in progress.
    pub delays: Vec<(usize, i64)>,
    /// Steps on the way to it, itself included, whose length is the plan's because no release has one.
    pub lengths_of_the_plan: Vec<usize>,
    /// When it would be done by the plan's own lengths.
    pub by_plan: Option<Minute>,
    /// The fewest past values that a figure is based on, if fewer than the replays.
    pub rests_on: Option<usize>,
    /// From the earliest to the latest replay.
    pub past_range: Option<(Minute, Minute)>,
    /// The 80 % range of days like the past.
    pub range80: Option<(Minute, Minute)>,
    /// Its deadline.
    pub due: Option<Minute>,
    /// How many replays keep the deadline, of how many.
    pub kept: Option<(usize, usize)>,
    /// Its past delays: count, median, minimum and maximum.
    pub past_delay: Option<(usize, i64, (i64, i64))>,
    /// Minutes since its time, if no dependency explains them.
    pub overdue: Option<i64>,
    /// The forecast in days, if it is planned by day.
    pub by_day: Option<DayForecast>,
}

/// The forecast of a step planned by day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayForecast {
    /// Its day.
    pub planned: Day,
    /// How many slips it is based on.
    pub values: usize,
    /// How many past releases they are from.
    pub releases: usize,
    /// Whether they are of the same step; else of all steps planned by day.
    pub of_the_step: bool,
    /// The median slip.
    pub median: i64,
    /// The minimum and maximum.
    pub range: (i64, i64),
    /// The 80 % range; none if nothing ever slipped.
    pub range80: Option<(i64, i64)>,
}

/// Why there is no forecast for a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoForecast {
    /// It has no time, and no dependency has one.
    Undated,
    /// These failed, and were not repeated.
    Failed(Vec<usize>),
    /// These take longer than any known past value, or are overdue without any: each with its number of past values.
    Beyond(Vec<(usize, usize)>),
    /// The length of these is unknown.
    NoLength(Vec<usize>),
}

/// The fewest releases for a past range.
pub(super) const FOR_RANGE: usize = 3;
/// The fewest releases for a share of kept deadlines.
pub(super) const FOR_SHARE: usize = 5;
/// The fewest for an 80 % range: the next value is within the range of nine in eight of ten cases.
pub(super) const FOR_80: usize = 9;

impl StepForecast {
    /// Returns an empty forecast of the step with that index.
    pub(super) fn none(place: usize) -> StepForecast {
        StepForecast {
            place,
            expected: None,
            not_before: None,
            why: None,
            by_past: false,
            path: Vec::new(),
            n: 0,
            replays: Vec::new(),
            releases: Vec::new(),
            delays: Vec::new(),
            lengths_of_the_plan: Vec::new(),
            by_plan: None,
            rests_on: None,
            past_range: None,
            range80: None,
            due: None,
            kept: None,
            past_delay: None,
            overdue: None,
            by_day: None,
        }
    }
}
