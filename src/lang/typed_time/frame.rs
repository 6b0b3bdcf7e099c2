//! What a typed time is read against, and what is understood of it.

use crate::model::{Moment, Zone};

/// What a typed time is read against.
#[derive(Debug, Clone, Copy)]
pub struct Frame {
    /// The moment of the command.
    pub now: Moment,
    /// The record's zone.
    pub zone: Zone,
    /// The machine's zone, where its clocks may have been read instead.
    pub machine: Option<Zone>,
    /// From the first to the last moment of the record; none in one that has none.
    pub span: Option<Span>,
    /// What the time is for.
    pub aim: Aim,
    /// The zero of a run sheet.
    pub zero: Option<Moment>,
}

/// The time that a record spans, in seconds since 1970-01-01T00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Its first second.
    pub first: i64,
    /// Its last one; of a moment known by the day, the last of that day.
    pub last: i64,
    /// It is the record's day, which has no moments yet.
    pub is_bare_day: bool,
    /// Nothing goes on in the record any more.
    pub has_ended: bool,
}

/// What a typed time is for: it decides where a clock time without a day belongs, and what `+30m`
/// counts from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Aim {
    /// Something happened then.
    Happened,
    /// Something is planned for then.
    Planned,
    /// Something that began before ended then.
    End {
        /// When it began.
        start: Moment,
        /// Whether that was told on the twelve-hour clock: an hour without a half of the day is in the
        /// half that follows.
        on_twelve: bool,
    },
    /// Something moves to it from that moment.
    Moved(Moment),
}

/// A typed time, understood.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Typed {
    /// The instant.
    pub moment: Moment,
    /// The day came from the rule, not from the text.
    pub day_inferred: bool,
    /// Hours in words without a half of the day (`6시 8분`): read on the 24-hour clock.
    pub half_unsaid: bool,
    /// A part of the day was said.
    pub half_said: bool,
    /// What it was counted from, if it was said as a distance, and not what from.
    pub counted_from: Option<CountedFrom>,
}

/// What a distance was counted from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CountedFrom {
    /// The moment of the command.
    Now(Moment),
    /// The moment at which it began.
    Start(Moment),
    /// The moment at which it was before.
    Before(Moment),
    /// The zero of a run sheet.
    Zero(Moment),
}

impl Frame {
    /// Returns the frame of a record without a moment of its own.
    pub fn bare(now: Moment, zone: Zone, aim: Aim) -> Frame {
        Frame { now, zone, machine: None, span: None, aim, zero: None }
    }

    /// Returns the same frame for a time that is for something else.
    #[must_use]
    pub fn aimed(self, aim: Aim) -> Frame {
        Frame { aim, ..self }
    }

    /// Returns the frame of the end of what was read in this one.
    #[must_use]
    pub fn ending(self, start: &Typed) -> Frame {
        self.aimed(Aim::End { start: start.moment, on_twelve: start.half_said })
    }

    /// Whether the record is under way: today is one of its days or the one behind them, and nothing
    /// says that it is over. A clock time is the latest such moment then.
    pub fn is_under_way(&self) -> bool {
        self.span.is_some_and(|span| self.is_of_these_days(span) && !span.has_ended)
    }

    /// Whether today is one of the days of a span, or the one behind them.
    pub(super) fn is_of_these_days(&self, span: Span) -> bool {
        let day = |unix| Moment::from_unix(unix).map(|at| at.clock(Some(self.zone)).day);
        let today = self.now.clock(Some(self.zone)).day;
        day(span.first).is_some_and(|first| first <= today)
            && day(span.last).is_some_and(|last| today <= last.plus(1))
    }
}
