//! Computes timelines: plan aligned with actual in rows, durations, phases, what was logged live.
//!
//! Everything here is computed from an [`Incident`](crate::model::Incident) alone, without the clock and without
//! wording: whoever shows a row words it.

mod aliases;
mod alignment;
mod axis;
mod changes;
mod chart;
mod durations;
mod firsts;
mod forecast;
mod left_out;
mod likely;
mod likeness;
mod phases;
mod progress;
mod proposal;
mod rows;
mod same_step;
mod updates;
mod waits;

pub use aliases::Aliases;
pub use alignment::{Candidate, Order, Suggestion, candidates, suggestions};
pub use axis::{Axis, AxisPlace, DayBorder};
pub use changes::{
    BrokenChange, broken_severities, broken_statuses, next_severity, next_status, says_status,
    severity_at, severity_led_to, severity_was_removed, status_at, tells_severity,
};
pub use chart::{Chart, ChartPlace, LONGEST, Link, PhaseSpan, Slot, SlotLine, Space, chart};
pub use durations::{Duration, Silence, durations, silences, written_live, written_the_same_day};
pub use firsts::FirstOfSteps;
pub use forecast::{
    DayForecast, DaySlip, EarlyStep, Forecast, Marks, Minute, NoForecast, OverStep, PastRelease,
    Sheet, SheetStep, StepForecast, Went, forecast, in_order, middle, minute,
};
pub use left_out::left_out;
pub use likely::{LikelySteps, likely_step};
pub use likeness::{CLEAR, Lexicon, SHARED, Wording, folded, is_same_step};
pub use phases::{Phase, phases, phases_by_response};
pub use progress::{Progress, Running, Unlogged, is_silent, progress, progress_with};
pub use proposal::{
    PastSeconds, Proposal, Proposed, StepPast, Wish, anchor_for, anchors_known, has_stated_day,
    planned_in, propose, went_against,
};
#[cfg(test)]
pub(crate) use rows::counted;
pub use rows::{Row, ScheduleKept, all_rows, is_to_come, rows, schedule_kept};
pub use same_step::StepName;
pub use updates::{PublicUpdates, informs, public_updates};
pub use waits::Waits;
