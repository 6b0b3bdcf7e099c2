//! The context of a typed time, and the result of reading it.

use crate::model::{Day, Moment, Zone};

/// The context in which a typed time is read.
#[derive(Debug, Clone, Copy)]
pub struct Frame {
    /// The moment of the command.
    pub now: Moment,
    /// The record's zone.
    pub zone: Zone,
    /// The machine's zone, if its clock may have been read instead.
    pub machine: Option<Zone>,
    /// From the first to the last moment of the record; `None` if it has none.
    pub span: Option<Span>,
    /// The day that the record states.
    pub day: Option<Day>,
    /// What the time is for.
    pub aim: Aim,
    /// Time zero of a run sheet.
    pub zero: Option<Moment>,
}

/// The time that a record spans, in seconds since 1970-01-01T00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Its first second.
    pub first: i64,
    /// Its last second; for a moment known by day, the last second of that day.
    pub last: i64,
    /// Whether it is the record's day, as there are no moments yet.
    pub is_bare_day: bool,
    /// Whether the record has ended.
    pub has_ended: bool,
    /// When that was said, if it is known.
    pub ended: Option<i64>,
    /// Whether an outage began and nobody said that it ended: it may go on, though nothing is logged.
    pub is_unended: bool,
}

/// What a typed time is for: it determines the day of a clock time without one, and what `+30m` is relative to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Aim {
    /// When something happened.
    Happened,
    /// When something is planned.
    Planned,
    /// When something that began earlier ended.
    End {
        /// When it began.
        start: Moment,
        /// Whether that was given on the 12-hour clock: then an hour without a part of the day is in the next half.
        on_twelve: bool,
    },
    /// The new time of something that was planned for that moment.
    Moved(Moment),
}

/// The result of reading a typed time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Typed {
    /// The instant.
    pub moment: Moment,
    /// Whether the day was inferred, not typed.
    pub day_inferred: bool,
    /// Whether hours in words had no part of the day (`6시 8분`): read on the 24-hour clock.
    pub half_unsaid: bool,
    /// Whether a part of the day was given.
    pub half_said: bool,
    /// What it is relative to, if that was not given.
    pub counted_from: Option<CountedFrom>,
}

/// What a relative time is relative to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CountedFrom {
    /// The moment of the command.
    Now(Moment),
    /// The start.
    Start(Moment),
    /// The previous time.
    Before(Moment),
    /// Time zero of a run sheet.
    Zero(Moment),
}

/// How long, in seconds, nothing may be logged of an outage that goes on.
const QUIET: i64 = 7 * 86_400;

impl Frame {
    /// Returns the context of a record without moments.
    pub fn bare(now: Moment, zone: Zone, aim: Aim) -> Frame {
        Frame { now, zone, machine: None, span: None, day: None, aim, zero: None }
    }

    /// Returns the same context for another purpose.
    #[must_use]
    pub fn aimed(self, aim: Aim) -> Frame {
        Frame { aim, ..self }
    }

    /// Returns the context for the end of what was read in this one.
    #[must_use]
    pub fn ending(self, start: &Typed) -> Frame {
        self.aimed(Aim::End { start: start.moment, on_twelve: start.half_said })
    }

    /// Whether the record is in progress: today is one of its days, or the one it states, or the next, and it has not ended. Then a clock time
    /// is the latest such moment.
    pub fn is_under_way(&self) -> bool {
        self.span.is_some_and(|span| self.is_of_these_days(span) && !span.has_ended)
    }

    /// Whether the outage may go on: nobody said that it ended, and its last moment is not long ago.
    pub(super) fn may_go_on(&self, span: Span) -> bool {
        span.is_unended && (0..=QUIET).contains(&(self.now.unix() - span.last))
    }

    /// Whether today is one of the days of a span, the day that the record states, or the next.
    pub(super) fn is_of_these_days(&self, span: Span) -> bool {
        let day = |unix| Moment::from_unix(unix).map(|at| at.clock(Some(self.zone)).day);
        let today = self.now.clock(Some(self.zone)).day;
        let is_within = |first: Day, last: Day| first <= today && today <= last.plus(1);
        day(span.first).zip(day(span.last)).is_some_and(|(first, last)| is_within(first, last))
            || self.day.is_some_and(|own| is_within(own, own))
    }
}
