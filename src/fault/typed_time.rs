//! Why a typed time was refused.

use crate::model::{Day, Moment, TimeFault, Zone};

/// Why a typed time was refused. `text` is what was typed, whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypedTimeFault {
    /// It is none, there is none, or the clocks were changed over it, as of a time in a file.
    Written(TimeFault),
    /// People do not agree on which time it is: `밤 12시`, `midnight`.
    Unclear {
        /// What was typed.
        text: String,
    },
    /// Letters that are not what the record's zone is called then.
    Letters {
        /// What was typed.
        text: String,
        /// The letters.
        letters: String,
        /// The record's zone.
        zone: Zone,
        /// What that is called then.
        own: String,
        /// What may have been meant: an offset, and a zone that has it.
        meant: Vec<(&'static str, &'static str)>,
    },
    /// No zone of the database is called so.
    NoZone {
        /// What was typed.
        text: String,
        /// The name.
        name: String,
        /// What it resembles.
        near: Option<&'static str>,
    },
    /// No place on earth has that offset.
    NoOffset {
        /// What was typed.
        text: String,
    },
    /// The zone that is named has another offset then.
    OtherOffset {
        /// What was typed.
        text: String,
        /// The offset that it has.
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
    /// What stands behind the clock time could be its offset, or words.
    OffsetOrWords {
        /// The clock time.
        clock: String,
        /// What may be its offset.
        behind: String,
    },
    /// Several moments are as good.
    Several {
        /// What was typed.
        text: String,
        /// The moments, in their order.
        moments: Vec<Moment>,
    },
    /// It is a moment minutes ago on the machine's clocks, and another one on the record's.
    OtherClocks {
        /// What was typed.
        text: String,
        /// As the record's zone has it; none if nothing fits there.
        here: Option<Moment>,
        /// As the machine's zone has it.
        there: Moment,
    },
    /// No day of the record, and none before now, makes a moment of it.
    NoDayFits {
        /// What was typed.
        text: String,
        /// The moments nearest to now, in their order.
        near: Vec<Moment>,
    },
    /// The day that was typed is another weekday.
    OtherWeekday {
        /// What was typed.
        text: String,
        /// The day.
        day: Day,
    },
    /// A weekday alone does not say which week is meant.
    WhichWeek {
        /// What was typed.
        text: String,
    },
    /// The end of a day, where something begins.
    OnlyAnEnd {
        /// What was typed.
        text: String,
    },
    /// An amount of time, and nobody said whether it is ago or ahead.
    NoDirection {
        /// What was typed.
        text: String,
    },
    /// It counts from the zero of a run sheet, which nobody told.
    NoZero {
        /// What was typed.
        text: String,
    },
}

impl TypedTimeFault {
    /// Returns the moments of which one was meant; none where that is not what is unclear.
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
