//! The words of a forecast, in a record's language.

/// The wording of a forecast for the rest of a plan. All of it is inferred, and marked as such.
#[allow(
    missing_docs,
    reason = "each field is what it says; texts come told, times and amounts too"
)]
pub struct ForecastWords {
    /// The columns: step, planned, expected, past range, releases, dependencies.
    pub heads: [&'static str; 6],
    /// The legend of the table.
    pub legend: &'static str,
    /// A step, when it is expected, and what that is based on.
    pub expected: fn(&str, &str, &str) -> String,
    /// It is based on the plan alone.
    pub on_the_plan: &'static str,
    /// From one time to another.
    pub range: fn(&str, &str) -> String,
    /// It is based on this many releases, with the days that they give.
    pub on_values: fn(usize, &str) -> String,
    /// It is based on this many releases, from the earliest to the latest.
    pub on_range: fn(usize, &str) -> String,
    /// It is based on this many releases, with the 80 % range.
    pub on_80: fn(usize, &str) -> String,
    /// The time left until a deadline.
    pub slack: fn(&str, &str) -> String,
    /// A deadline that is missed by that much.
    pub too_late: fn(&str, &str) -> String,
    /// How many of how many would have kept the deadline.
    pub kept: fn(usize, usize) -> String,
    /// A step has no time, and why.
    pub no_time: fn(&str, &str) -> String,
    /// The earliest possible time.
    pub not_before: fn(&str) -> String,
    /// How far that is after the deadline.
    pub behind: fn(&str, &str) -> String,
    pub failed: fn(&str) -> String,
    /// It takes longer than in all of this many releases.
    pub longer: fn(&str, usize) -> String,
    /// It has not begun, and is later than in all of this many releases.
    pub later: fn(&str, usize) -> String,
    pub overdue: fn(&str) -> String,
    pub no_length: fn(&str) -> String,
    pub undated: fn(&str) -> String,
    /// A step that is planned by day.
    pub by_day: fn(&ByDay) -> String,
    /// The lengths of these steps are the plan's.
    pub lengths_of_the_plan: fn(&str) -> String,
    /// When it would be done by the plan's own lengths.
    pub by_plan: fn(&str) -> String,
    /// Figures are based on at most this many values.
    pub rests_on: fn(usize) -> String,
    /// A step is not logged, but another one shows that it is done.
    pub proven: fn(&str, &str) -> String,
    /// A step is done, on a known day at an unknown hour.
    pub done_that_day: fn(&str) -> String,
    /// A step began this early.
    pub early: fn(&str, &str, &str) -> String,
    /// It was done at that time, this long before the next one.
    pub done_before: fn(&str, &str, &str) -> String,
    pub waits_for_it: fn(&str) -> String,
    /// No step waits for it; the others stay as planned, with their slack if they have any.
    pub nobody_waits: &'static str,
    pub stay: fn(&str, Option<&str>) -> String,
    /// A step is due now.
    pub due_now: fn(&str) -> String,
    /// A step is overdue by that much.
    pub overdue_by: fn(&str, &str) -> String,
    /// No release shows how long steps take.
    pub no_past: &'static str,
    /// Which releases were replayed.
    pub replayed: fn(usize, &str) -> String,
    /// A step is done.
    pub is_done: &'static str,
    pub is_started: &'static str,
    pub has_failed: &'static str,
    /// A rollback, which only runs when somebody calls it.
    pub only_if_called: &'static str,
    /// The median of these.
    pub middle_of: &'static str,
    /// The delays that were replayed.
    pub delays: &'static str,
    /// The critical path to a step.
    pub path: &'static str,
}

/// Past releases' values for a step that is planned by day.
#[derive(Debug)]
pub struct ByDay<'f> {
    /// The step.
    pub step: &'f str,
    /// Its day.
    pub planned: &'f str,
    /// How many slips it is based on; 0 if too few are known.
    pub values: usize,
    /// How many releases they are from.
    pub releases: usize,
    /// Whether they are slips of this step, not of all steps planned by day.
    pub of_the_step: bool,
    /// The days within which 80 % began; none if nothing ever slipped.
    pub range80: Option<(&'f str, &'f str)>,
}
