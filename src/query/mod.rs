//! Queries over many records: selection, search, history and statistics.
//!
//! Everything here is computed from incidents alone; files, wording and the clock belong elsewhere.

mod comparison;
mod filter;
mod one_step;
mod past;
mod replay;
mod same_place;
mod same_steps;
mod same_words;
mod search;
mod seen;
mod stats;
mod step_groups;
mod texts;
mod trend;

pub use comparison::{
    Cell, Comparison, Line, Matched, Release, compare, is_rejection, rejected_words,
};
pub use filter::Filter;
pub use past::{Past, StepQuery, past};
pub use replay::{is_comparable_past, past_releases, same_steps};
pub use same_place::{KnownPlan, SamePlaces};
pub use same_steps::SameSteps;
pub use search::{Hit, Wanted, search};
pub use seen::{Cause, KnownCauses, TOLD, causes, failed_step, may_name_causes};
pub use stats::{
    By, DurationSample, Ending, Group, Sample, Slipped, Spread, StepSample, groups, most_slipped,
    sample, severity_rank, spread,
};
pub use trend::{Direction, Trend};
