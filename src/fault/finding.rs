//! What a check finds in a record.

use crate::model::{Day, DayOff, EventType, Moment, Zone};

use super::files::StoreFault;

/// A rule for records; what each asks for is worded in [`crate::lang`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleId {
    EndBeforeStart,
    MilestoneOrder,
    TimeJump,
    OutOfOrder,
    NotResolved,
    StatedDuration,
    OffsetMismatch,
    WeekdayMismatch,
    DateMismatch,
    FutureEvent,
    ZoneMissing,
    UnknownStep,
    StepNotRecorded,
    DuplicateStepId,
    SkippedWithEvent,
    AfterCircle,
    TooEarly,
    OwnerTwice,
    DayOff,
    DuplicateEvent,
    UnknownKey,
    UnknownType,
    UnknownKind,
    UnknownSeverity,
    Secret,
    PrivateText,
    NamedPerson,
    ActionWithoutOwner,
    ActionWithoutDue,
    MissingFile,
    UnusedFile,
    ImageWithoutAlt,
}

impl RuleId {
    /// Returns its stable name.
    pub fn name(self) -> &'static str {
        match self {
            RuleId::EndBeforeStart => "end-before-start",
            RuleId::MilestoneOrder => "milestone-order",
            RuleId::TimeJump => "time-jump",
            RuleId::OutOfOrder => "out-of-order",
            RuleId::NotResolved => "not-resolved",
            RuleId::StatedDuration => "stated-duration",
            RuleId::OffsetMismatch => "offset-mismatch",
            RuleId::WeekdayMismatch => "weekday-mismatch",
            RuleId::DateMismatch => "date-mismatch",
            RuleId::FutureEvent => "future-event",
            RuleId::ZoneMissing => "zone-missing",
            RuleId::UnknownStep => "unknown-step",
            RuleId::StepNotRecorded => "step-not-recorded",
            RuleId::DuplicateStepId => "duplicate-step-id",
            RuleId::SkippedWithEvent => "skipped-with-event",
            RuleId::AfterCircle => "after-circle",
            RuleId::TooEarly => "planned-too-early",
            RuleId::OwnerTwice => "owner-twice",
            RuleId::DayOff => "day-off",
            RuleId::DuplicateEvent => "duplicate-event",
            RuleId::UnknownKey => "unknown-key",
            RuleId::UnknownType => "unknown-type",
            RuleId::UnknownKind => "unknown-kind",
            RuleId::UnknownSeverity => "unknown-severity",
            RuleId::Secret => "secret",
            RuleId::PrivateText => "private-text",
            RuleId::NamedPerson => "named-person",
            RuleId::ActionWithoutOwner => "action-without-owner",
            RuleId::ActionWithoutDue => "action-without-due",
            RuleId::MissingFile => "missing-file",
            RuleId::UnusedFile => "unused-file",
            RuleId::ImageWithoutAlt => "image-without-alt",
        }
    }
}

/// What a rule finds, a variant a rule.
#[derive(Debug, Clone, PartialEq)]
pub enum FindingKind {
    /// A span would end before it begins.
    EndBeforeStart { at: Moment, until: Moment },
    /// `second` comes before `first`, the milestone that leads to it.
    MilestoneOrder { first: (EventType, Moment), second: (EventType, Moment) },
    /// A time is so many days from every other.
    TimeJump { at: Moment, days: i64 },
    /// An event stands below a later one.
    OutOfOrder { at: Moment, above: Moment },
    /// The last event of an open outage is so many days old.
    NotResolved { days: i64 },
    /// A text states a duration, and the events give another one, in seconds.
    StatedDuration { place: String, stated: String, given: i64 },
    /// A time is written at another offset than its zone was at: with its instant at the zone's offset,
    /// and what its clock reading would be there, if that was once.
    OffsetMismatch { at: Moment, zone: Zone, instant: Moment, clock: Option<Moment> },
    /// The days that a record names.
    Day(DayFinding),
    /// Steps and the events that carry them out.
    Step(StepFinding),
    /// An event stands in the record already.
    DuplicateEvent { event: String, at: Option<Moment> },
    /// A key means nothing.
    UnknownKey { key: String, near: Option<&'static str> },
    /// A word that asrun looks for is written in another way.
    Word(WordFinding),
    /// Something looks like a key, a token or a password; stars stand for it.
    Secret { excerpt: String },
    /// A text that the public may read looks as if it should not go out.
    PrivateText { place: String, kind: LeakKind, excerpt: String },
    /// A text that the public may read names somebody: their role takes its place there, or the page stops.
    NamedPerson { place: String, name: String, role: Option<String> },
    /// Nobody is named for an action.
    ActionWithoutOwner { action: String },
    /// No day is set for an action.
    ActionWithoutDue { action: String },
    /// An attachment's file is not there.
    MissingFile { file: String },
    /// A picture that a text shows is not there.
    MissingPicture { file: String },
    /// Nothing shows a file of the record's folder.
    UnusedFile { file: String },
    /// A picture does not say what it shows.
    ImageWithoutAlt { file: String },
}

/// What is wrong with the days that a record names.
#[derive(Debug, Clone, PartialEq)]
pub enum DayFinding {
    /// A text gives a day another weekday than it has.
    Weekday { place: String, said: String, day: Day },
    /// The record's day is so many days from everything planned and recorded.
    Date { date: Day, days: i64 },
    /// An event is later than the check.
    Future { at: Moment },
    /// No zone says which day a moment falls on.
    NoZone,
}

/// What is wrong with steps and the events that carry them out.
#[derive(Debug, Clone, PartialEq)]
pub enum StepFinding {
    /// An event carries out a step that the plan does not have.
    Unknown { event: String, step: String, near: Option<String> },
    /// A release is over, and nothing carried out a step.
    NotRecorded { step: String },
    /// Two steps have one id.
    DuplicateId { id: String },
    /// A step was given up, and an event carries it out.
    Skipped { step: String, event: String },
    /// A step waits for one that the plan does not have.
    UnknownAfter { step: String, wanted: String, near: Option<String> },
    /// These wait for each other.
    Circle { steps: Vec<String> },
    /// A step is planned for a moment at which, by the plan, what it waits for is not over.
    TooEarly { step: String, at: Moment, waits_for: String, end: Moment },
    /// Somebody has two steps at once.
    OwnerTwice { owner: String, at: Moment, steps: [String; 2] },
    /// So many steps are planned for a day off.
    DayOff { day: Day, why: DayOff, steps: usize },
}

/// What is wrong with a word of a list that asrun knows.
#[derive(Debug, Clone, PartialEq)]
pub enum WordFinding {
    /// A type of event that looks like one that asrun knows.
    Type { word: String, near: &'static str },
    /// A kind of record that looks like one that asrun knows.
    Kind { word: String, near: &'static str },
    /// A severity that is not on the project's scale.
    Severity { word: String, near: Option<String>, scale: Vec<String> },
}

/// What a check finds of a whole file.
#[derive(Debug)]
pub enum FileFinding {
    /// Its name is no text.
    Misnamed,
    /// A line of the list of days off that names no day.
    NoDayOff { line: usize, text: String },
    /// Its lines end with a carriage return alone: it can be read, but not logged into.
    LineEnds { path: String },
    /// A file beside the record holds a secret; stars stand for it.
    SecretInFile { file: String, excerpt: String },
    /// Its journal cannot be read.
    Journal(Box<StoreFault>),
    /// asrun wrote an entry that is not in the record.
    LostEntry { entry: String, record: String },
    /// An entry was logged while the record could not be read.
    WaitingEntry { entry: String, record: String },
    /// The file is gone, with so many entries that asrun had written.
    LostRecord { path: String, record: String, entries: usize },
    /// asrun wrote an entry that the record lacks here, and that is not lost.
    HeldEntry { entry: String, record: String, held: HeldIn },
    /// The file is gone here, and none of the entries that asrun had written is lost.
    HeldRecord { path: String, record: String, held: HeldIn },
}

/// Where an entry is that a record lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HeldIn {
    /// In that branch, tag or stash of git's.
    Ref(String),
    /// In git's history: that commit took it away.
    Commit(String),
    /// In another record, which it was renamed to.
    Record(String),
}

impl FileFinding {
    /// Returns its stable name.
    pub fn name(&self) -> &'static str {
        match self {
            FileFinding::Misnamed => "misnamed",
            FileFinding::NoDayOff { .. } => "no-day-off",
            FileFinding::LineEnds { .. } => "line-ends",
            FileFinding::SecretInFile { .. } => "secret-in-file",
            FileFinding::Journal(_) => "journal",
            FileFinding::LostEntry { .. } => "lost-entry",
            FileFinding::WaitingEntry { .. } => "waiting-entry",
            FileFinding::LostRecord { .. } => "lost-record",
            FileFinding::HeldEntry { .. } => "held-entry",
            FileFinding::HeldRecord { .. } => "held-record",
        }
    }

    /// Returns whether it is only worth knowing: nothing is lost or wrong.
    pub fn is_note(&self) -> bool {
        matches!(self, FileFinding::HeldEntry { .. } | FileFinding::HeldRecord { .. })
    }
}

/// What a text looks like that should perhaps not go out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeakKind {
    /// A key, a token, a password.
    Secret,
    /// A host or an address of an internal network.
    InternalHost,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A number that the state gave a person.
    PersonalNumber,
}
