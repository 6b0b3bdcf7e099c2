//! Findings of a check of a record.

use crate::model::{Day, DayOff, EventType, Moment, Zone};

use super::files::StoreFault;

/// A rule for records; its wording is in [`crate::lang`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleId {
    EndBeforeStart,
    MilestoneOrder,
    BrokenChange,
    TimeJump,
    OutOfOrder,
    NotResolved,
    CommandRunning,
    PublicStatus,
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
    PastDue,
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
            RuleId::BrokenChange => "broken-change",
            RuleId::TimeJump => "time-jump",
            RuleId::OutOfOrder => "out-of-order",
            RuleId::NotResolved => "not-resolved",
            RuleId::CommandRunning => "command-running",
            RuleId::PublicStatus => "public-status",
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
            RuleId::PastDue => "planned-past-due",
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

/// What a rule finds, one variant per rule.
#[derive(Debug, Clone, PartialEq)]
pub enum FindingKind {
    /// A span would end before it begins.
    EndBeforeStart { at: Moment, until: Moment },
    /// `second` is before `first`, the milestone that precedes it.
    MilestoneOrder { first: (EventType, Moment), second: (EventType, Moment) },
    /// A finding about changes of severity and status.
    Change(ChangeFinding),
    /// A time is this many days from every other.
    TimeJump { at: Moment, days: i64 },
    /// An event is below a later one.
    OutOfOrder { at: Moment, above: Moment },
    /// The last event of an open outage is this many days old.
    NotResolved { days: i64 },
    /// The end of the command of an event is not recorded.
    CommandRunning,
    /// Public pages show `shown`, but an internal event is a later milestone.
    PublicStatus { shown: EventType, known: EventType, at: Option<Moment> },
    /// A text states a duration, and the events give another one, in seconds.
    StatedDuration { place: String, stated: String, given: i64 },
    /// A time is written at another offset than its zone's: with its instant at the zone's offset, and the instant of
    /// the same clock reading in the zone, if there is exactly one.
    OffsetMismatch { at: Moment, zone: Zone, instant: Moment, clock: Option<Moment> },
    /// A finding about the days that a record mentions.
    Day(DayFinding),
    /// A finding about steps and the events that carry them out.
    Step(StepFinding),
    /// An event is in the record twice.
    DuplicateEvent { event: String, at: Option<Moment> },
    /// A key is unknown; it may be a setting, whose place is asrun.yaml.
    UnknownKey { key: String, near: Option<&'static str>, is_setting: bool },
    /// A finding about a word that asrun knows in another spelling.
    Word(WordFinding),
    /// Something looks like a key, a token or a password; it is masked.
    Secret { excerpt: String },
    /// A public text seems to contain something private.
    PrivateText { place: String, kind: LeakKind, excerpt: String },
    /// A public text names somebody: their role replaces the name, or the page is refused.
    NamedPerson { place: String, name: String, role: Option<String> },
    /// An action has no owner.
    ActionWithoutOwner { action: String },
    /// An action has no due date.
    ActionWithoutDue { action: String },
    /// An attachment's file is missing.
    MissingFile { file: String },
    /// A picture shown in a text is missing.
    MissingPicture { file: String },
    /// A file in the record's folder is not used.
    UnusedFile { file: String },
    /// A picture has no alt text.
    ImageWithoutAlt { file: String },
}

/// What is wrong with changes of severity and status: `led` is what the events before lead to.
#[derive(Debug, Clone, PartialEq)]
pub enum ChangeFinding {
    /// An event says that the severity was another one before it.
    Severity { said: String, led: String },
    /// An event says that the status was another one before it.
    Status { said: String, led: String },
    /// The record has another severity than its last change leads to.
    Last { said: Option<String>, led: String },
}

/// What is wrong with the days that a record mentions.
#[derive(Debug, Clone, PartialEq)]
pub enum DayFinding {
    /// A text gives a day another weekday than it has.
    Weekday { place: String, said: String, day: Day },
    /// The record's day is this many days from everything planned and recorded.
    Date { date: Day, days: i64 },
    /// An event is later than the check.
    Future { at: Moment },
    /// No zone determines which day a moment falls on.
    NoZone,
}

/// What is wrong with steps and the events that carry them out.
#[derive(Debug, Clone, PartialEq)]
pub enum StepFinding {
    /// An event carries out a step that the plan does not have.
    Unknown { event: String, step: String, near: Option<String> },
    /// A release is over, but no event carried out a step.
    NotRecorded { step: String },
    /// Two steps have the same id.
    DuplicateId { id: String },
    /// A step was given up, and an event carries it out.
    Skipped { step: String, event: String },
    /// A step waits for one that is not in the plan.
    UnknownAfter { step: String, wanted: String, near: Option<String> },
    /// These steps wait for each other.
    Circle { steps: Vec<String> },
    /// A step is planned for a time before its dependency ends.
    TooEarly { step: String, at: Moment, waits_for: String, end: Moment },
    /// A step is planned to end after its deadline.
    PastDue { step: String, end: Moment, due: Moment },
    /// Somebody has two steps at the same time.
    OwnerTwice { owner: String, at: Moment, steps: [String; 2] },
    /// This many steps are planned for a day off.
    DayOff { day: Day, why: DayOff, steps: usize },
}

/// What is wrong with a word from a list that asrun knows.
#[derive(Debug, Clone, PartialEq)]
pub enum WordFinding {
    /// A type of event that looks like one that asrun knows.
    Type { word: String, near: &'static str },
    /// A kind of record that looks like one that asrun knows.
    Kind { word: String, near: &'static str },
    /// A severity that is not on the project's scale.
    Severity { word: String, near: Option<String>, scale: Vec<String> },
}

/// What a check finds about a whole file.
#[derive(Debug)]
pub enum FileFinding {
    /// Its name is not valid text.
    Misnamed,
    /// A line in the list of days off contains no day.
    NoDayOff { line: usize, text: String },
    /// Its lines end with a lone carriage return: it can be read, but not logged to.
    LineEnds { path: String },
    /// A file of the record contains a secret, which is masked.
    SecretInFile { file: String, excerpt: String },
    /// Its journal cannot be read.
    Journal(Box<StoreFault>),
    /// An entry that asrun wrote is not in the record.
    LostEntry { entry: String, record: String },
    /// An entry is as it was before asrun changed it.
    RevertedEntry { entry: String, record: String },
    /// An entry that the last commit keeps internal is public, or a file of it.
    OpenedEntry { entry: String, record: String },
    /// An entry that was made internal here is public again, as a commit has it.
    OpenedByCommit { entry: String, record: String },
    /// The file is as it was before a commit, but for what was done to it here: what it lacks, and what is in it again.
    OldVersion { commit: String, lacks: Vec<String>, back: Vec<String>, record: String },
    /// An entry that was removed is in the record again.
    EntryIsBack { entry: String, record: String },
    /// A key of the record is as it was before asrun changed it: its value, and the one that asrun wrote.
    RevertedKey { key: String, stands: String, written: String, record: String },
    /// An entry was logged while the record could not be read.
    WaitingEntry { entry: String, record: String },
    /// The file is gone, with this many entries that asrun wrote; all of them went to one of several records.
    LostRecord { path: String, record: String, entries: usize, among: Vec<String> },
    /// An entry that asrun wrote is not in the record here, but not lost.
    HeldEntry { entry: String, record: String, held: HeldIn },
    /// A cause of the record is also in an earlier one, with that record's actions that are not done.
    SeenBefore { cause: String, earlier: String, text: String, open: Vec<String> },
    /// It is there again, although it was deleted, or became that record: an old copy was saved under the old name.
    RecordIsBack { record: String, into: Option<String> },
    /// Another record has most of its events, or the other way round.
    Twin { record: String, other: String, shared: usize },
    /// The file is gone here, but no entry that asrun wrote is lost.
    HeldRecord { path: String, held: HeldIn },
}

/// Where an entry is that is not in the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HeldIn {
    /// In that git branch, tag or stash.
    Ref(String),
    /// In git's history: that commit removed it.
    Commit(String),
    /// In another record, which it was moved or renamed to.
    Record(String),
    /// In another record, where something of it is public that was made internal here.
    Opened(String),
    /// In one side of what git is merging, which leaves it out: the other side removed it, or was chosen in a conflict.
    Merge,
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
            FileFinding::RevertedEntry { .. } => "reverted-entry",
            FileFinding::EntryIsBack { .. } => "entry-is-back",
            FileFinding::OpenedEntry { .. } => "opened-entry",
            FileFinding::OpenedByCommit { .. } => "opened-by-commit",
            FileFinding::OldVersion { .. } => "old-version",
            FileFinding::RevertedKey { .. } => "reverted-key",
            FileFinding::WaitingEntry { .. } => "waiting-entry",
            FileFinding::LostRecord { .. } => "lost-record",
            FileFinding::HeldEntry { .. } => "held-entry",
            FileFinding::SeenBefore { .. } => "seen-before",
            FileFinding::RecordIsBack { .. } => "record-is-back",
            FileFinding::Twin { .. } => "twin-record",
            FileFinding::HeldRecord { .. } => "held-record",
        }
    }

    /// Returns whether something may be lost, but also changed by hand on purpose.
    pub fn is_doubt(&self) -> bool {
        matches!(
            self,
            FileFinding::RevertedEntry { .. }
                | FileFinding::EntryIsBack { .. }
                | FileFinding::OpenedEntry { .. }
                | FileFinding::OldVersion { .. }
                | FileFinding::RecordIsBack { .. }
                | FileFinding::RevertedKey { .. }
        )
    }

    /// Returns whether it is only informative: nothing is lost or wrong.
    pub fn is_note(&self) -> bool {
        matches!(
            self,
            FileFinding::HeldEntry { .. }
                | FileFinding::OpenedByCommit { .. }
                | FileFinding::HeldRecord { .. }
                | FileFinding::Twin { .. }
                | FileFinding::SeenBefore { .. }
        )
    }
}

/// What a possibly private text looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeakKind {
    /// A key, a token or a password.
    Secret,
    /// A host or an address of an internal network.
    InternalHost,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A government-issued personal number.
    PersonalNumber,
}
