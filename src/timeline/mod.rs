//! Meaning → time: plan and actual aligned into rows, durations, what was written live.
//!
//! Everything here is computed from an [`Incident`](crate::model::Incident) alone. The clock is
//! never asked and nothing is worded: whoever shows a row decides how it sounds.

mod durations;
mod likeness;
mod rows;

pub use durations::{Duration, Measure, durations, written_live};
pub use likeness::likely_step;
pub use rows::{Row, ScheduleKept, Verdict, rows, schedule_kept};
