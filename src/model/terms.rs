//! The terms used to measure plans and outages.

use super::incident::EventType;

/// The kinds of records that asrun knows; any other word is the project's own.
pub const KINDS: [&str; 3] = ["release", "outage", "maintenance"];

/// The six verdicts for a row of plan against actual.
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
    /// Given up, as somebody noted.
    Skipped,
    /// A rollback that nobody called.
    NotCalled,
    /// It happened, but no step planned it.
    Unplanned,
}

/// A duration with a standard name. Definitions differ between vendors, so each is always shown with its formula.
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
    /// All of them, in display order.
    pub const ALL: [Measure; 4] =
        [Measure::Detect, Measure::Acknowledge, Measure::Mitigate, Measure::Resolve];

    /// Returns its word for programs, the same in every language.
    pub fn word(self) -> &'static str {
        match self {
            Measure::Detect => "ttd",
            Measure::Acknowledge => "tta",
            Measure::Mitigate => "ttm",
            Measure::Resolve => "ttr",
        }
    }

    /// Returns the milestone it ends with.
    pub fn end(self) -> EventType {
        match self {
            Measure::Detect => EventType::Detected,
            Measure::Acknowledge => EventType::Acknowledged,
            Measure::Mitigate => EventType::Mitigated,
            Measure::Resolve => EventType::Resolved,
        }
    }

    /// Returns the milestones it may begin with, in order of preference.
    pub fn starts(self) -> &'static [EventType] {
        match self {
            Measure::Detect => &[EventType::ImpactStart],
            Measure::Acknowledge => &[EventType::Detected],
            Measure::Mitigate | Measure::Resolve => &[EventType::ImpactStart, EventType::Detected],
        }
    }
}

/// The missing time that prevents measuring a step that was carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MissingTime {
    /// It was never planned for a time.
    Planned,
    /// Its actual time is unknown.
    Actual,
}

/// Why there is no duration between two recorded events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoValue {
    /// The outage is open again.
    Reopened,
    /// The time of one of them is unknown.
    Unknown,
    /// One of them is known only by its day, and another of its type is on the same day: which came first is unknown.
    Unclear,
}

/// The state of an outage between two milestones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhaseKind {
    /// From `impact_start`: broken, but nobody knew.
    Undetected,
    /// From `detected`: known, but not its cause.
    Detected,
    /// From `identified`: its cause is known and being worked on.
    Mitigating,
    /// From `mitigated`: the impact is stopped, but it is not over.
    Mitigated,
}

/// The figure of an event that states the exit code of its command.
pub const EXIT_CODE: &str = "exit code";

/// Its value until the command has ended.
pub const RUNNING: &str = "running";
