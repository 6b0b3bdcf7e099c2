//! The terms that plans and outages are measured in.

use super::incident::EventType;

/// The kinds of records that asrun knows; any other word is one's own.
pub const KINDS: [&str; 3] = ["release", "outage", "maintenance"];

/// The six words for a row of plan against actual.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Within the tolerance of its planned time.
    OnTime,
    /// Before it.
    Early,
    /// After it.
    Late,
    /// No event says when it was carried out.
    NotRecorded,
    /// Given up, and somebody said so.
    Skipped,
    /// It happened, and no step planned it.
    Unplanned,
}

/// A duration that the field has a name for. Definitions differ between vendors, so each is
/// always shown with its formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// TTD: detected − impact_start (Rootly, FireHydrant).
    Detect,
    /// TTA: acknowledged − detected.
    Acknowledge,
    /// TTM: mitigated − impact_start, else − detected.
    Mitigate,
    /// TTR: resolved − impact_start, else − detected.
    Resolve,
}

impl Measure {
    /// All of them, in the order they are told.
    pub const ALL: [Measure; 4] =
        [Measure::Detect, Measure::Acknowledge, Measure::Mitigate, Measure::Resolve];

    /// Its word, the same in every language: what programs ask for.
    pub fn word(self) -> &'static str {
        match self {
            Measure::Detect => "ttd",
            Measure::Acknowledge => "tta",
            Measure::Mitigate => "ttm",
            Measure::Resolve => "ttr",
        }
    }

    /// The milestone it ends with.
    pub fn end(self) -> EventType {
        match self {
            Measure::Detect => EventType::Detected,
            Measure::Acknowledge => EventType::Acknowledged,
            Measure::Mitigate => EventType::Mitigated,
            Measure::Resolve => EventType::Resolved,
        }
    }

    /// The milestones it may begin with, the best first.
    pub fn starts(self) -> &'static [EventType] {
        match self {
            Measure::Detect => &[EventType::ImpactStart],
            Measure::Acknowledge => &[EventType::Detected],
            Measure::Mitigate | Measure::Resolve => &[EventType::ImpactStart, EventType::Detected],
        }
    }
}

/// The time without which nothing can be said of a step that was carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MissingTime {
    /// Nobody had said when it is to be.
    Planned,
    /// Nobody knows when it was.
    Actual,
}

/// Why two recorded events give no duration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoValue {
    /// The outage is open again.
    Reopened,
    /// Of one of them nobody knows the time.
    Unknown,
    /// One of a type is known by its day only, and another of that type is on the same day: which of
    /// them was first is not known.
    Unclear,
}

/// What an outage was in, between two milestones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhaseKind {
    /// From `impact_start`: broken, and nobody knew.
    Undetected,
    /// From `detected`: known, its cause not.
    Detected,
    /// From `identified`: its cause known and being worked on.
    Mitigating,
    /// From `mitigated`: impact halted, not the end.
    Mitigated,
}
