//! Many records asked at once: releases compared step by step.
//!
//! Everything here is computed from incidents alone; files, words and the clock are others' work.

mod comparison;
mod filter;
mod past;
mod search;

pub use comparison::{Cell, Comparison, Line, Matched, REJECTED, Release, compare};
pub use filter::Filter;
pub use past::{Past, past};
pub use search::{Hit, Wanted, search};
