//! Why a typed time was refused.

use crate::model::{Day, Moment, TimeFault, Zone};

/// Why a typed time was refused. `text` is everything that was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypedTimeFault {
    /// The same faults as of a time in a file: unreadable, impossible, or around a change of the clocks.
    Written(TimeFault),
    /// Digits without the marks of a time.
    Bare {
        /// What was typed.
        text: String,
        /// What they may mean, as it would be typed.
        meant: Vec<String>,
    },
    /// People do not agree on which time it is: `밤 12시`, `midnight`.
    Unclear {
        /// What was typed.
        text: String,
    },
    /// An abbreviation that is not the zone's at that time.
    Letters {
        /// What was typed.
        text: String,
        /// The abbreviation.
        letters: String,
        /// The record's zone.
        zone: Zone,
        /// The zone's abbreviation then.
        own: String,
        /// What may have been meant: an offset, and a zone that has it at that time, or the abbreviation if none has.
        meant: Vec<(String, String)>,
    },
    /// The database has no zone of that name.
    NoZone {
        /// What was typed.
        text: String,
        /// The name.
        name: String,
        /// A similar name.
        near: Option<&'static str>,
    },
    /// No place on earth has that offset.
    NoOffset {
        /// What was typed.
        text: String,
    },
    /// The named zone has another offset then.
    OtherOffset {
        /// What was typed.
        text: String,
        /// The zone's offset.
        offset: String,
    },
    /// It could be a beginning and an end, or a clock time with its offset.
    Window {
        /// What was typed.
        text: String,
        /// Where it would begin.
        start: String,
        /// Where it would end.
        end: String,
        /// The same with the offset; none if it cannot be one.
        instant: Option<Moment>,
    },
    /// What follows the clock time could be its offset, or part of the text.
    OffsetOrWords {
        /// The clock time.
        clock: String,
        /// What may be its offset.
        behind: String,
    },
    /// The words behind the clock time could be its day or its zone, or the text.
    TimeOrWords {
        /// The clock time.
        clock: String,
        /// The words.
        behind: String,
        /// The clock time with its day or zone, as it is read; several if an abbreviation has several meanings.
        times: Vec<String>,
    },
    /// Several moments are equally likely.
    Several {
        /// What was typed.
        text: String,
        /// The moments, in their order.
        moments: Vec<Moment>,
    },
    /// It is a few minutes ago by the machine's clock, but another moment by the record's.
    OtherClocks {
        /// What was typed.
        text: String,
        /// In the record's zone; none if nothing fits there.
        here: Option<Moment>,
        /// In the machine's zone.
        there: Moment,
    },
    /// It fits no day of the record, and none before now.
    NoDayFits {
        /// What was typed.
        text: String,
        /// The moments nearest to now, in their order.
        near: Vec<Moment>,
    },
    /// The typed weekday does not match the day.
    OtherWeekday {
        /// What was typed.
        text: String,
        /// The day.
        day: Day,
    },
    /// A weekday alone does not determine the week.
    WhichWeek {
        /// What was typed.
        text: String,
    },
    /// The end of a day, given as the start.
    OnlyAnEnd {
        /// What was typed.
        text: String,
    },
    /// A length without a direction: ago or ahead.
    NoDirection {
        /// What was typed.
        text: String,
    },
    /// It is relative to time zero of a run sheet, which was not given.
    NoZero {
        /// What was typed.
        text: String,
    },
}

impl TypedTimeFault {
    /// Returns the candidate moments; empty if the fault is not ambiguity.
    pub fn choices(&self) -> Vec<Moment> {
        match self {
            TypedTimeFault::Several { moments, .. } => moments.clone(),
            TypedTimeFault::OtherClocks { here, there, .. } => {
                here.iter().chain([there]).copied().collect()
            }
            _ => Vec::new(),
        }
    }
}
