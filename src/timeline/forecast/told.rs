//! What a forecast tells.

use crate::model::Day;

use super::sheet::{DaySlip, Minute, Went};

/// A past release beside the plan at hand.
#[derive(Debug, Clone)]
pub struct PastRelease {
    /// The record's id.
    pub record: String,
    /// How each step of the plan at hand went in it; nothing where it had no such step.
    pub went: Vec<Went>,
    /// By how many days its steps slipped.
    pub slips: Vec<DaySlip>,
}

/// What can be said of the rest of a plan. All of it is inferred.
#[derive(Debug, Default, PartialEq)]
pub struct Forecast {
    /// How many steps are done.
    pub done: usize,
    /// Steps that nobody logged, of which a later one says that they are done.
    pub proven: Vec<usize>,
    /// Steps that were given up.
    pub skipped: Vec<usize>,
    /// The past releases that were replayed, by their places.
    pub replayed: Vec<usize>,
    /// The steps that are left, in the plan's order.
    pub steps: Vec<StepForecast>,
    /// The step that is done last.
    pub end: Option<usize>,
    /// Steps of which nothing says when.
    pub undated: Vec<usize>,
    /// Steps that began before their time, with what waits for each.
    pub early: Vec<EarlyStep>,
}

/// A step that began before its time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EarlyStep {
    /// Its place.
    pub place: usize,
    /// By how many minutes.
    pub minutes: i64,
    /// The steps that wait for it: nothing else is pulled forward.
    pub waited_for_by: Vec<usize>,
}

/// What can be said of one step.
#[derive(Debug, Clone, PartialEq)]
pub struct StepForecast {
    /// Its place in the plan.
    pub place: usize,
    /// When it is expected to be done, if anything says so.
    pub expected: Option<Minute>,
    /// What is known of that at most: not before.
    pub not_before: Option<Minute>,
    /// Why there is no time.
    pub why: Option<NoForecast>,
    /// The past was asked; else it is the plan's own arithmetic.
    pub by_past: bool,
    /// From the first step that binds it to itself.
    pub path: Vec<usize>,
    /// Past releases that speak of it.
    pub n: usize,
    /// When it was done in each replay, the earliest first; none where no time is told.
    pub replays: Vec<Minute>,
    /// The past release of each of those, by its place.
    pub releases: Vec<usize>,
    /// What each past release says of it: its delay, or its length where it runs.
    pub delays: Vec<(usize, i64)>,
    /// Steps it waits for, or itself, whose length is the plan's as no release knows it.
    pub lengths_of_the_plan: Vec<usize>,
    /// When it would be done by the plan's own lengths.
    pub by_plan: Option<Minute>,
    /// Fewest past values that a figure rests on, where that is fewer than the replays.
    pub rests_on: Option<usize>,
    /// From the earliest to the latest replay.
    pub past_range: Option<(Minute, Minute)>,
    /// Where eight of ten days like the past would end.
    pub range80: Option<(Minute, Minute)>,
    /// By when it must be done.
    pub due: Option<Minute>,
    /// Replays that keep that, of all.
    pub kept: Option<(usize, usize)>,
    /// Its delays in the past: how many, the median, the least and the most.
    pub past_delay: Option<(usize, i64, (i64, i64))>,
    /// Minutes since its time, if nothing that it waits for explains that.
    pub overdue: Option<i64>,
    /// What slips by days say, where it is planned by the day.
    pub by_day: Option<DayForecast>,
}

/// What can be said of a step that is planned by the day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayForecast {
    /// Its day.
    pub planned: Day,
    /// Slips that this rests on.
    pub values: usize,
    /// The past releases that they are of.
    pub releases: usize,
    /// They are slips of the same step; else of all steps that were planned by the day.
    pub of_the_step: bool,
    /// The middle slip.
    pub median: i64,
    /// The least and the most.
    pub range: (i64, i64),
    /// Where eight of ten lie; none where nothing ever slipped.
    pub range80: Option<(i64, i64)>,
}

/// Why no time can be told of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoForecast {
    /// It has no time, and waits for nothing that has one.
    Undated,
    /// These failed, and were not repeated.
    Failed(Vec<usize>),
    /// These run longer than all that is known of the past, or are overdue without any: with how many
    /// past values each has.
    Beyond(Vec<(usize, usize)>),
    /// Nobody knows how long these take.
    NoLength(Vec<usize>),
}

/// Fewest releases that a range of the past is told of.
pub(super) const FOR_RANGE: usize = 3;
/// Fewest for how many would have kept a time.
pub(super) const FOR_SHARE: usize = 5;
/// Fewest for a range of 80 %: the lowest to the highest of nine hold the next one in eight of ten.
pub(super) const FOR_80: usize = 9;

impl StepForecast {
    /// Nothing is said of the step at that place yet.
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
