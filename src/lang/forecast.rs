//! The words of a forecast, in a record's language.

/// What is said of the rest of a plan. All of it is inferred, and says so.
#[allow(
    missing_docs,
    reason = "each field is what it says; texts come told, times and amounts too"
)]
pub struct ForecastWords {
    /// The columns: step, planned, expected, range of the past, releases, what is waited for.
    pub heads: [&'static str; 6],
    /// What the marks of the table mean.
    pub legend: &'static str,
    /// A step, when it is expected, and what that rests on.
    pub expected: fn(&str, &str, &str) -> String,
    /// It rests on the plan alone.
    pub on_the_plan: &'static str,
    /// From one time to another.
    pub range: fn(&str, &str) -> String,
    /// It rests on so many releases, and these are the days they give.
    pub on_values: fn(usize, &str) -> String,
    /// It rests on so many releases, from the earliest to the latest.
    pub on_range: fn(usize, &str) -> String,
    /// It rests on so many releases, of which eight of ten lie there.
    pub on_80: fn(usize, &str) -> String,
    /// What is left until a deadline.
    pub slack: fn(&str, &str) -> String,
    /// A deadline that is missed by that much.
    pub too_late: fn(&str, &str) -> String,
    /// So many of so many would have kept the deadline.
    pub kept: fn(usize, usize) -> String,
    /// A step has no time, and why.
    pub no_time: fn(&str, &str) -> String,
    /// When it is at the earliest.
    pub not_before: fn(&str) -> String,
    /// How far that is behind the deadline.
    pub behind: fn(&str, &str) -> String,
    pub failed: fn(&str) -> String,
    /// It runs longer than all of so many releases.
    pub longer: fn(&str, usize) -> String,
    pub overdue: fn(&str) -> String,
    pub no_length: fn(&str) -> String,
    pub undated: fn(&str) -> String,
    /// A step that is planned by the day.
    pub by_day: fn(&ByDay) -> String,
    /// The lengths of these steps are the plan's.
    pub lengths_of_the_plan: fn(&str) -> String,
    /// When it would be by the plan's own lengths.
    pub by_plan: fn(&str) -> String,
    /// Figures rest on no more than so many values.
    pub rests_on: fn(usize) -> String,
    /// A step is not logged, but another one says that it is done.
    pub proven: fn(&str, &str) -> String,
    /// A step is done, on a day of which nobody noted the hour.
    pub done_that_day: fn(&str) -> String,
    /// A step began so much before its time.
    pub early: fn(&str, &str, &str) -> String,
    /// It was done at that time, so much before the next one.
    pub done_before: fn(&str, &str, &str) -> String,
    pub waits_for_it: fn(&str) -> String,
    /// No step waits for it; these stay as planned, with their slack where they have one.
    pub nobody_waits: &'static str,
    pub stay: fn(&str, Option<&str>) -> String,
    /// A step is due now.
    pub due_now: fn(&str) -> String,
    /// A step is overdue by that much.
    pub overdue_by: fn(&str, &str) -> String,
    /// No release tells how long steps take.
    pub no_past: &'static str,
    /// Which releases were replayed.
    pub replayed: fn(usize, &str) -> String,
    /// What became of a step.
    pub is_done: &'static str,
    pub is_started: &'static str,
    pub has_failed: &'static str,
    /// The middle of these.
    pub middle_of: &'static str,
    /// The delays that were replayed.
    pub delays: &'static str,
    /// The way back over what binds a step.
    pub path: &'static str,
}

/// What past releases say of a step that is planned by the day.
#[derive(Debug)]
pub struct ByDay<'f> {
    /// The step.
    pub step: &'f str,
    /// Its day.
    pub planned: &'f str,
    /// Slips that this rests on; none where too few are known.
    pub values: usize,
    /// The releases that they are of.
    pub releases: usize,
    /// They are slips of this step, not of all that were planned by the day.
    pub of_the_step: bool,
    /// The days within which eight of ten began; none where nothing ever slipped.
    pub range80: Option<(&'f str, &'f str)>,
}
