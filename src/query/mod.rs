//! Many records asked at once: which are meant, what they say, how things went, what the figures are.
//!
//! Everything here is computed from incidents alone; files, words and the clock are others' work.

mod comparison;
mod filter;
mod past;
mod replay;
mod search;
mod stats;

pub use comparison::{Cell, Comparison, Line, Matched, Release, compare, rejected_words};
pub use filter::Filter;
pub use past::{Past, Sought, past};
pub use replay::{REHEARSAL, past_releases, same_steps, tells_of};
pub use search::{Hit, Wanted, search};
pub use stats::{
    By, Ending, Group, Sample, Slipped, Spread, StepTaken, Taken, groups, most_slipped, sample,
    severity_rank, spread,
};
