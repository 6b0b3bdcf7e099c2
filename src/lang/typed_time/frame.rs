//! What a typed time is read against, and what is understood of it.

use crate::model::{Day, Moment, Zone};

/// What a typed time is read against.
#[derive(Debug, Clone, Copy)]
pub struct Frame {
    /// The moment of the command.
    pub now: Moment,
    /// The record's zone.
    pub zone: Zone,
    /// The day a bare clock time belongs to; none for a record that is under way, where `now`
    /// decides.
    pub day: Option<Day>,
    /// Where a bare clock time without a day looks from `now`.
    pub direction: Direction,
}

/// Where a bare clock time is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// The latest such moment that is not in the future: for what happened.
    Past,
    /// The next such moment: for a plan.
    Future,
}

/// A typed time, understood.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Typed {
    /// The instant.
    pub moment: Moment,
    /// It was said to be approximate.
    pub about: bool,
    /// The day came from the rule, not from the text.
    pub day_inferred: bool,
    /// Hours in words without a half of the day (`6시 8분`): read on the 24-hour clock.
    pub half_unsaid: bool,
}
