//! Why a request was refused, and what is odd about one.

use crate::model::{Day, EventType, IdFault, Moment, Zone};
use crate::yaml::{Position, Value};

use super::files::StoreFault;
use super::finding::FileFinding;
use super::import::ImportFault;
use super::lifecycle::{KeyFault, StateFault};
use super::line::LineFault;
use super::publish::PublishFault;
use super::records::EditFault;
use super::render::RenderFault;
use super::template::TemplateFault;
use super::typed_time::TypedTimeFault;

/// The part of a request that a fault is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// What happened or is to be done.
    Text,
    /// The Markdown below it.
    Detail,
    /// A record's title.
    Title,
    /// A step's id.
    Id,
    /// When it happened.
    At,
    /// When it ended.
    Until,
    /// When the next public update was promised for.
    NextUpdate,
    /// When it was decided.
    On,
    /// By when it is to be done.
    Due,
    /// A record's day.
    Date,
    /// The step that a new plan is relative to.
    Anchor,
    /// What a record is about.
    Kind,
    /// What was released or broke.
    Service,
    /// A free-form tag.
    Tag,
    /// A planned step.
    Step,
    /// Who acted.
    By,
    /// Why it was done.
    Why,
    /// Why a plan was changed.
    Reason,
    /// Time zero of a run sheet.
    Zero,
    /// Who is to do it.
    Owner,
    /// What must be done before it.
    After,
    /// How long it is expected to take.
    Takes,
    /// How long before a step somebody is to be reminded.
    Remind,
    /// What to do if it fails.
    IfFailed,
    /// The command that carries it out.
    Command,
    /// What a picture shows.
    Alt,
    /// The line under a picture.
    Caption,
    /// How wide a picture is shown.
    Width,
    /// A link.
    Ref,
    /// What to clear.
    Clear,
    /// The suggestions to apply.
    Apply,
    /// The value of a key of the record.
    Value,
    /// The first of several.
    From,
    /// What is typed without an option name.
    Unnamed,
}

/// Why an operation refused. Nothing was changed.
#[derive(Debug, derive_more::From)]
pub enum Fault {
    /// The files of the project.
    #[from]
    Store(StoreFault),
    /// A typed time is invalid, or not exactly one moment.
    Time { field: Field, fault: Box<TypedTimeFault>, zone: Zone },
    /// A typed day is invalid.
    Day { field: Field, typed: String },
    /// A text does not fit into a record.
    Text { field: Field, fault: TextFault },
    /// A width is invalid.
    Width { typed: String, fault: WidthFault },
    /// A typed step matches none, or several.
    Step { field: Field, wanted: String, fault: StepFault },
    /// The event would end before it begins.
    EndsBeforeItBegins,
    /// A typed id cannot be a record's.
    Id(IdFault),
    /// There is no translation for that language.
    Language { typed: String, near: Option<&'static str>, known: Vec<&'static str> },
    /// The severity scale does not have that word.
    Severity { typed: String, near: Option<String>, scale: Vec<String> },
    /// There is no such rule; it is named in the settings or the request.
    Rule { typed: String, in_settings: bool, known: Vec<&'static str> },
    /// There is no event type of that name; `begun` are those that begin with it.
    EventType { typed: String, begun: Vec<&'static str> },
    /// A change of the plan is not possible.
    #[from]
    Plan(PlanFault),
    /// No new plan can be made from an old record.
    #[from]
    OldPlan(OldPlanFault),
    /// No action matches, or it is done.
    #[from]
    Action(ActionFault),
    /// An event cannot be changed.
    #[from]
    Event(EventFault),
    /// The metadata of a file cannot be changed.
    #[from]
    Attachment(AttachmentFault),
    /// A change cannot be undone or redone.
    #[from]
    Undo(UndoFault),
    /// Suggestions cannot be applied.
    #[from]
    Link(LinkFault),
    /// A line of the prompt is invalid.
    #[from]
    Line(LineFault),
    /// A key of the record cannot be set.
    #[from]
    Key(KeyFault),
    /// An event cannot be moved to another record.
    #[from]
    Move(MoveFault),
    /// A record cannot be closed or reopened.
    #[from]
    State(StateFault),
    /// A record cannot be renamed or merged.
    #[from]
    Whole(RecordFault),
    /// A document cannot be rendered.
    #[from]
    Render(RenderFault),
    /// A record cannot be published.
    #[from]
    Publish(PublishFault),
    /// A record lacks something that asrun wrote, which must be settled first.
    Unrecovered(Unrecovered),
    /// What `check` finds in a record must be settled before the public sees it.
    Unsettled(Box<FileFinding>),
    /// The project refuses secrets in its records; they are masked.
    Secrets { excerpts: Vec<String> },
    /// A document cannot be imported.
    #[from]
    Import(ImportFault),
    /// A text cannot be removed for good.
    #[from]
    Forget(ForgetFault),
    /// Somebody else changed the entry being edited.
    ChangedMeanwhile,
    /// The edited text and what was logged meanwhile do not merge into a valid record.
    MergedUnreadable,
}

impl Fault {
    /// Whether the request itself was wrong, whatever the record contains.
    pub fn is_misuse(&self) -> bool {
        match self {
            Fault::Store(_)
            | Fault::Undo(_)
            | Fault::Publish(_)
            | Fault::State(_)
            | Fault::Import(_)
            | Fault::Forget(ForgetFault::Needed { .. })
            | Fault::Unrecovered(_)
            | Fault::Unsettled(_)
            | Fault::Plan(PlanFault::Circle { .. } | PlanFault::Silent { .. })
            | Fault::Move(MoveFault::Comment(_) | MoveFault::InBoth { .. })
            | Fault::ChangedMeanwhile
            | Fault::MergedUnreadable => false,
            Fault::OldPlan(fault) => !matches!(
                fault,
                OldPlanFault::NoPlan { .. } | OldPlanFault::AllSkipped | OldPlanFault::AllThere
            ),
            Fault::Event(fault) => !matches!(
                fault,
                EventFault::NothingToAmend | EventFault::NoEvents { .. } | EventFault::LastChanged
            ),
            Fault::Key(fault) => !matches!(
                fault,
                KeyFault::NotThere { .. } | KeyFault::Same { .. } | KeyFault::OwnKeys { .. }
            ),
            Fault::Whole(fault) => matches!(fault, RecordFault::Id(_)),
            Fault::Render(fault) => fault.is_misuse(),
            Fault::Link(fault) => matches!(fault, LinkFault::NoSuchNumber { .. }),
            _ => true,
        }
    }
}

/// Why a text cannot be removed for good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ForgetFault {
    /// It has fewer letters than this: it would be found everywhere.
    TooShort { least: usize },
    /// It is part of something that a record requires, such as a time.
    Needed { path: String },
}

/// Why the metadata of a record's file was not changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AttachmentFault {
    /// There is no file of that name; with those that exist.
    Unknown { typed: String, files: Vec<String> },
    /// Several match: each with the number of its event, or none if it is the record's own.
    Several { typed: String, places: Vec<(String, Option<usize>)> },
    /// Nothing is to be changed.
    NothingGiven,
    /// It is to be removed and changed at once.
    RemovedAndChanged,
    /// It does not have the key to be cleared, but these.
    NoKey { file: String, key: String, keys: Vec<String> },
    /// A key is to be cleared and set at once.
    ClearedAndSet { key: String },
    /// There is no such position among them.
    NoPlace { place: usize, files: usize },
    /// A comment in its lines would be lost.
    Comments { file: String },
    /// It and the event itself are to be changed at once.
    EventToo,
}

/// Why an event of a record cannot be changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EventFault {
    /// The record has no event to be corrected.
    NothingToAmend,
    /// The record has no event to add to.
    NoEvents { record: String },
    /// No event was named.
    Unnamed,
    /// No event has that number.
    NoSuchNumber { number: usize, events: usize },
    /// The last logged event was changed too much to be identified.
    LastChanged,
    /// Nothing is to be changed.
    NothingGiven,
    /// It is to be removed and changed at once.
    RemovedAndChanged,
    /// A key is to be cleared and set at once.
    ClearedAndSet { key: String },
    /// The new text is a time, and nothing says that it is a text.
    TimeAsText { typed: String },
    /// The new text is a dash, which means the standard input elsewhere.
    DashAsText,
    /// It is named by its number and as the last one; the number may begin its text, which these words are.
    TwoEvents { number: usize, text: String },
    /// It would end before it begins.
    EndsBeforeItBegins,
    /// The next public update was promised for no later minute than that of the event; with a later one as it is typed.
    PromisedBefore { later: Option<String> },
    /// The promised time is less precise than a minute.
    VaguePromise { typed: String },
    /// That key of an event is required.
    Needed { key: String },
    /// The event does not have the key to be cleared.
    NoKey { key: String, keys: Vec<String> },
}

/// Why an event was not moved to another record.
#[derive(Debug)]
pub enum MoveFault {
    /// Both are the same record.
    SameRecord { record: String },
    /// A comment in its lines cannot be moved to the other record.
    Comment(LostComment),
    /// The other record has it, but it could not be removed from this one; `undo` is the number of that change there, if it
    /// could be noted.
    InBoth { other: String, undo: Option<usize>, why: Box<Fault> },
}

/// A comment that would be lost if its entry went to another record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LostComment {
    /// Its file, from the project's folder on.
    pub file: String,
    /// Where it begins.
    pub at: Position,
    /// Its words, without the `#`.
    pub comment: String,
    /// What is in the way.
    pub why: CommentLoss,
}

/// What is in the way of a comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CommentLoss {
    /// The other record, whose file this is, has the list in brackets.
    Brackets { list: String, other: String },
    /// It is next to a key that the other record cannot have: a step that its plan lacks.
    Key { other: String },
}

/// Why a record as a whole was not renamed or merged.
#[derive(Debug)]
pub enum RecordFault {
    /// The new id cannot be one.
    Id(IdFault),
    /// Another record has the new id.
    Taken { record: String },
    /// It already has that id.
    SameId { record: String },
    /// Both are the same record.
    WithItself { record: String },
    /// Both have a file of that name, with different content.
    FileClash { file: String },
    /// Both plans have a step with that id, but they differ.
    StepClash { step: String },
    /// A comment in the lines of an entry cannot be moved to the other record.
    Comment(LostComment),
    /// The text cannot be changed so.
    Edit(EditFault),
    /// A change of several records was made in these, but could not be in this one, nor taken back. `undo` is the number of
    /// the change in the first of them, if it can be undone there, or as one that was undone or redone (`redo`), again.
    Halfway {
        turned: Vec<String>,
        record: String,
        redo: bool,
        undo: Option<usize>,
        why: Box<Fault>,
    },
    /// This record has everything, but the other one could not be deleted.
    OtherStays { other: String, why: Box<Fault> },
}

/// A record that lacks something that asrun wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unrecovered {
    pub record: String,
    /// What it lacks, or has as it was before asrun changed it.
    pub entry: String,
    /// How many others there are.
    pub more: usize,
}

/// Why a text does not fit into a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextFault {
    /// It is empty.
    Empty,
    /// It has more bytes than the limit.
    TooLong(usize),
    /// It contains a control character.
    Control { c: char, place: usize },
    /// It is a word that stands for the user's own in a printed command.
    Placeholder(String),
}

/// Why a width is invalid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WidthFault {
    /// It may be a percentage or pixels.
    Unclear,
    /// It is not a number with `%` or `px`.
    Unreadable,
}

/// Why a name matches no step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StepFault {
    /// The record has no plan.
    NoPlan,
    /// None of these steps has that name.
    Unknown { near: Option<String>, plan: Vec<(Option<String>, String)> },
    /// Several steps match: id and text of each.
    Several(Vec<(Option<String>, String)>),
}

/// Why a plan cannot be changed in that way.
#[derive(Debug, Clone, PartialEq)]
pub enum PlanFault {
    /// A planned time is approximate.
    Approximate { field: Field },
    /// The window would end before it begins.
    EndsBeforeItBegins,
    /// A step already has this id.
    IdTaken { id: String },
    /// Some of the pasted lines are not steps.
    Unread(Vec<UnreadLine>),
    /// The pasted lines contain no steps.
    NoLines,
    /// One id was given for this many steps.
    OneIdForMany(usize),
    /// The step is already planned for that time.
    SameTime { at: Moment, zone: Zone },
    /// The step is already skipped.
    SkippedAlready { text: String },
    /// No step that could be skipped is left.
    NothingToSkip,
    /// The step to be given up was carried out.
    DoneAlready { text: String },
    /// The step was not given up.
    NotSkipped { text: String },
    /// This many events carry out the step to be removed.
    CarriedOut { text: String, events: Vec<usize> },
    /// These steps are to begin after the step to be removed.
    WaitedFor { text: String, waiting: Vec<String> },
    /// A reason was given, which is kept with a former time, and no time changes.
    NoTimeForReason,
    /// The step already says all of that.
    SameStep { text: String },
    /// The step has no such key to be cleared.
    HasNone { text: String, key: String },
    /// The key to be cleared is required in a step, or never in one.
    NotCleared { key: String },
    /// No step that could be moved is left.
    NothingToShift,
    /// The step from which others are to be moved has no time.
    NoTimeToShiftFrom { text: String },
    /// The length to move by is invalid.
    NoLength { typed: String },
    /// Nothing in the record happened or was planned in the last two weeks, so nothing can be forecast from now on.
    Silent { record: String },
    /// Steps wait for each other; with their texts.
    Circle { steps: Vec<String> },
    /// The length of a step or the gap after one is invalid.
    NoStepLength { field: Field, typed: String },
}

/// A pasted line that is not a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadLine {
    /// Its number, from 1.
    pub number: usize,
    /// The line without its marker.
    pub text: String,
    /// Why it is not a step.
    pub why: UnreadWhy,
}

/// Why a pasted line is not a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnreadWhy {
    /// It is not a time and a text.
    NoTime,
    /// It is a heading with a day, which would be lost.
    Heading,
    /// Its time is approximate.
    About,
    /// Its window would end before it begins.
    EndsBeforeItBegins,
    /// It is a table row with text in a column of unknown meaning.
    Column { words: String },
    /// It has a duration that is not a valid length.
    Length { words: String },
    /// It waits for something that is not a step.
    After { words: String },
    /// Its time is refused.
    Time(Box<TypedTimeFault>),
}

/// Why no new plan can be made from an old record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OldPlanFault {
    /// The old record is the one to be planned.
    Itself,
    /// The old record has no plan.
    NoPlan { id: String },
    /// Every step of the old plan was skipped.
    AllSkipped,
    /// The anchor was planned by the hour, but only a day was given.
    ByTheHour { text: String, at: Moment },
    /// A step would lie outside the years 1 to 9999.
    BeyondCalendar,
    /// The record already has every step of it.
    AllThere,
}

/// Why an action cannot be marked as done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ActionFault {
    /// The record has none.
    NoActions { record: String },
    /// None of them matches.
    Unknown { wanted: String, actions: Vec<(usize, String)> },
    /// Several match.
    Several { wanted: String, actions: Vec<(usize, String)> },
    /// It is already done.
    DoneAlready { text: String, on: Day },
}

/// Why a change cannot be undone or redone.
#[derive(Debug, PartialEq)]
pub enum UndoFault {
    /// The record has no change to undo.
    NothingDone { record: String },
    /// The record has no undone change to redo; with `is_over`, since what was undone was changed otherwise.
    NothingTakenBack { record: String, is_over: bool },
    /// No change in effect has that number.
    NoSuchChange { number: usize, changes: usize },
    /// The text was changed since, and the change touched nothing but comments and layout.
    TextChanged,
    /// What the change made of an entry was edited by hand since: of these keys, what asrun wrote. `place` is where the entry
    /// is, and `back` what undoing the change would make of its keys.
    EntryEdited {
        entry: String,
        keys: Vec<(String, Option<Value>)>,
        place: EditedPlace,
        back: Vec<(String, Option<Value>)>,
    },
    /// The entry is no longer in the record; `is_missed` if the journal takes that for a loss.
    EntryGone { entry: String, is_missed: bool },
    /// A later change, which has this number, is about the same entry. If undoing would remove that, and it is an event, it
    /// is the one with the number `event`.
    ChangedLater { entry: String, number: usize, event: Option<usize> },
    /// As [`UndoFault::ChangedLater`], but that one cannot be undone either.
    LaterStays { entry: String, number: usize, event: Option<usize> },
    /// It was refused for that reason, and can be passed over by this number.
    Refused { why: Box<UndoFault>, number: usize },
    /// It is not passed over, since it can be undone.
    CanGo { number: usize },
    /// It was a change of several records, and this one is missing its part: undoing it in the others alone would leave
    /// something twice or nowhere.
    Apart { record: String },
    /// It was a change of several records, and this one is not there, since its beginning was undone as well.
    Absent { record: String },
    /// It was a change of several records, and this other one was changed since.
    ChangedIn { record: String },
    /// It was a change of several records, and this entry or key was edited by hand in this other one; with the command that
    /// does the opposite, if there is one.
    EditedIn { record: String, entry: String, back: Option<ReverseWay> },
    /// A file is where the record was before, under the name that it would get again.
    InTheWay { file: String, record: String, redo: bool },
    /// A value of the record outside its lists was changed since; undoing the change would make it `back`. `can_set` if `asrun
    /// set` changes that key.
    KeyChanged { key: String, back: Option<Value>, can_set: bool },
    /// The record contains more than it was begun with.
    HoldsMore { record: String },
    /// An event would be linked to that step, which is not in the plan; or the plan would have the step twice.
    Step { id: String, twice: bool },
    /// There is a file in the record's folder.
    HoldsFiles { folder: String, file: String },
    /// The text cannot be changed so.
    Edit(EditFault),
}

/// A command that does the opposite of a change of several records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReverseWay {
    /// Moves the event with this number.
    Move { number: usize, from: String, to: String },
    /// Renames the record.
    Rename { from: String, to: String },
}

/// Where an entry is that was edited by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EditedPlace {
    /// It is the event with this number.
    Event(usize),
    /// It is the step with this id.
    Step(String),
    /// Elsewhere.
    Other,
}

/// Why suggestions cannot be applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkFault {
    /// There are none.
    NothingSuggested {
        /// Whether there are pairs that are only possible.
        is_possible: bool,
    },
    /// None has that number.
    NoSuchNumber { number: usize, suggestions: usize },
    /// The event no longer exists.
    EventGone,
}

impl From<TemplateFault> for Fault {
    fn from(fault: TemplateFault) -> Fault {
        Fault::Render(RenderFault::Template(fault))
    }
}

/// Something odd about a moment: it is accepted, but with a warning.
#[derive(Debug, Clone, PartialEq)]
pub enum Doubt {
    /// It is this many seconds ahead.
    Future { at: Moment, ahead: i64 },
    /// Its day was inferred, and it is more than half a day ago.
    LongAgo { at: Moment, ago: i64 },
    /// Hours in words without a.m. or p.m.
    HalfUnsaid,
    /// The record had already ended.
    Ended,
    /// The day is outside the record.
    Outside { day: Day, days: (Day, Day) },
    /// It is this many seconds after (or, negative, before) the planned time, and its day was inferred.
    FarFromPlan(i64),
    /// The value changes again, at that time and to that value: that event says now that it was `from` before.
    ChangesLater { at: Moment, to: String, from: String },
    /// The change to `to` at that time now says that it was `from` before, or nothing.
    NowFrom { at: Moment, to: String, from: Option<String> },
    /// The record had this severity already, so the event is no change of it.
    NoChange { value: String },
    /// It ends more than a day after it begins.
    LongSpan,
    /// No time was given, and its text begins with this one.
    BeginsWithTime { typed: String },
    /// It ends the record, whose status is still that of an event after it.
    StillStands { status: EventType, at: Option<Moment> },
    /// The next public update was promised for a time that is this many seconds ago.
    PromiseOver { at: Moment, ago: i64 },
    /// The record has the same text this many seconds before (or, negative, after) it.
    Repeated { at: Moment, before: i64 },
}
