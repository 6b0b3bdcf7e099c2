//! Why a request was refused, and what is odd about one.

use crate::model::{Day, IdFault, Moment, Zone};

use super::files::StoreFault;
use super::import::ImportFault;
use super::life::{KeyFault, StateFault};
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
    /// When the public was promised to hear again.
    NextUpdate,
    /// When it was decided.
    On,
    /// By when it is to be done.
    Due,
    /// A record's day.
    Date,
    /// The step that a new plan is counted from.
    Anchor,
    /// What a record is about.
    Kind,
    /// What was released or broke.
    Service,
    /// A free word.
    Tag,
    /// A planned step.
    Step,
    /// Who acted.
    By,
    /// Why it was done.
    Why,
    /// Why a plan was changed.
    Reason,
    /// The zero of a run sheet.
    Zero,
    /// Who is to do it.
    Owner,
    /// What must be done before.
    After,
    /// How long it is expected to take.
    Takes,
    /// What to do if it fails.
    IfFailed,
    /// What carries it out.
    Command,
    /// What a picture shows.
    Alt,
    /// The line under a picture.
    Caption,
    /// How wide a picture is shown.
    Width,
    /// A link.
    Ref,
    /// What is to be taken away.
    Clear,
    /// The suggestions that are to be written.
    Apply,
    /// What a key of the record is to say.
    Value,
    /// The first of several.
    From,
    /// What needs no name where it is typed.
    Unnamed,
}

/// Why an operation refused. Nothing was changed.
#[derive(Debug, derive_more::From)]
pub enum Fault {
    /// The files of the project.
    #[from]
    Store(StoreFault),
    /// A typed time is none, or not one moment.
    Time { field: Field, fault: Box<TypedTimeFault>, zone: Zone },
    /// What was typed is no day.
    Day { field: Field, typed: String },
    /// A text does not fit into a record.
    Text { field: Field, fault: TextFault },
    /// A width is none.
    Width { typed: String, fault: WidthFault },
    /// No step, or not one step, is meant.
    Step { field: Field, wanted: String, fault: StepFault },
    /// The event would end before it begins.
    EndsBeforeItBegins,
    /// What was typed cannot be a record's id.
    Id(IdFault),
    /// There are no words for that language.
    Language { typed: String, near: Option<&'static str>, known: Vec<&'static str> },
    /// The severity scale has no such word.
    Severity { typed: String, near: Option<String>, scale: Vec<String> },
    /// There is no such rule; the settings name it, or the request.
    Rule { typed: String, in_settings: bool, known: Vec<&'static str> },
    /// No type of event is called so.
    EventType { typed: String },
    /// The plan cannot become so.
    #[from]
    Plan(PlanFault),
    /// No new plan comes of an old record.
    #[from]
    OldPlan(OldPlanFault),
    /// No action is meant, or it is done.
    #[from]
    Action(ActionFault),
    /// An event that is to be changed.
    #[from]
    Event(EventFault),
    /// A file of which something else is to be said.
    #[from]
    Attachment(AttachmentFault),
    /// A change that is to be taken back or brought back.
    #[from]
    Undo(UndoFault),
    /// Suggestions that are to be written.
    #[from]
    Link(LinkFault),
    /// A line of the prompt.
    #[from]
    Line(LineFault),
    /// A key of the record.
    #[from]
    Key(KeyFault),
    /// An event that is to go to another record.
    #[from]
    Move(MoveFault),
    /// A record that is to be closed or opened again.
    #[from]
    State(StateFault),
    /// A record that is to be renamed or merged.
    #[from]
    Whole(WholeFault),
    /// A document that is to be rendered.
    #[from]
    Render(RenderFault),
    /// A record that the public is not shown.
    #[from]
    Publish(PublishFault),
    /// The project wants no secrets in its records; stars stand for them.
    Secrets { excerpts: Vec<String> },
    /// A document that is to be read into a record.
    #[from]
    Import(ImportFault),
    /// A text that is to go for good.
    #[from]
    Forget(ForgetFault),
    /// Somebody else changed the entry that was edited.
    ChangedMeanwhile,
    /// What was edited and what was logged meanwhile make no record together.
    MergedUnreadable,
}

impl Fault {
    /// Whether the request was wrong in itself, whatever the record holds.
    pub fn is_misuse(&self) -> bool {
        match self {
            Fault::Store(_)
            | Fault::Undo(_)
            | Fault::Publish(_)
            | Fault::State(_)
            | Fault::Import(_)
            | Fault::Whole(_)
            | Fault::Forget(ForgetFault::Needed { .. })
            | Fault::Plan(PlanFault::Circle { .. })
            | Fault::Move(MoveFault::Comments | MoveFault::InBoth { .. })
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
            Fault::Key(fault) => {
                !matches!(fault, KeyFault::NotThere { .. } | KeyFault::Same { .. })
            }
            Fault::Render(fault) => fault.is_misuse(),
            Fault::Link(fault) => matches!(fault, LinkFault::NoSuchNumber { .. }),
            _ => true,
        }
    }
}

/// Why a text cannot be taken out for good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ForgetFault {
    /// It has fewer letters than this: it would be found everywhere.
    TooShort { least: usize },
    /// It is part of what a record cannot be read without, such as a time.
    Needed { path: String },
}

/// Why nothing else is said of a file that a record has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AttachmentFault {
    /// None is called so; these are there.
    Unknown { typed: String, files: Vec<String> },
    /// Several are meant: each with the number of its event, or none if it is the record's own.
    Several { typed: String, places: Vec<(String, Option<usize>)> },
    /// Nothing is to be changed.
    NothingGiven,
    /// It is to go, and something of it is to change all the same.
    RemovedAndChanged,
    /// It does not have the key that is to go.
    NoKey { key: String, keys: Vec<String> },
    /// There is no such place among them.
    NoPlace { place: usize, files: usize },
    /// A comment in its lines would be lost.
    Comments { file: String },
    /// It and the event itself are to change at once.
    EventToo,
}

/// Why an event of a record cannot be changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EventFault {
    /// The record has no event that could be corrected.
    NothingToAmend,
    /// The record has no event that anything could be added to.
    NoEvents { record: String },
    /// Nobody said which event.
    Unnamed,
    /// No event has that number.
    NoSuchNumber { number: usize, events: usize },
    /// The event that was logged last was changed so far that it cannot be told from others.
    LastChanged,
    /// Nothing is to be changed.
    NothingGiven,
    /// It is to go, and something of it is to change all the same.
    RemovedAndChanged,
    /// It would end before it begins.
    EndsBeforeItBegins,
    /// The public was promised to hear again before it happened.
    PromisedBefore,
    /// What was promised is no minute.
    VaguePromise { typed: String },
    /// An event cannot be without that key.
    Needed { key: String },
    /// The event does not have the key that is to go.
    NoKey { key: String, keys: Vec<String> },
}

/// Why an event was not moved to another record.
#[derive(Debug)]
pub enum MoveFault {
    /// Both are one record.
    SameRecord { record: String },
    /// Comments stand in its lines, which the other record's cannot take over.
    Comments,
    /// The other record has it, and it could not be taken out of this one.
    InBoth { other: String, why: Box<Fault> },
}

/// Why a record as a whole was not renamed or merged.
#[derive(Debug)]
pub enum WholeFault {
    /// It has that id.
    SameId { record: String },
    /// Both are one record.
    WithItself { record: String },
    /// Both have a file of that name, and they are not the same.
    FileClash { file: String },
    /// Both plans have a step of that id, and they are not the same.
    StepClash { step: String },
    /// Comments stand in lines of entries, which the other record's cannot take over.
    Comments,
    /// The text cannot be changed so.
    Edit(EditFault),
    /// A change of several records was taken back or brought back in these, and cannot be in this one.
    Halfway { turned: Vec<String>, record: String, why: Box<Fault> },
    /// This record has everything, and the other one could not be taken away.
    OtherStays { other: String, why: Box<Fault> },
}

/// Why a text does not fit into a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextFault {
    /// It is empty.
    Empty,
    /// It has more bytes than this.
    TooLong(usize),
    /// It holds a control character.
    Control { c: char, place: usize },
}

/// Why a width is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WidthFault {
    /// It may be a share of the page, or pixels.
    Unclear,
    /// It is no number with `%` or `px`.
    Unreadable,
}

/// Why a word means no step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StepFault {
    /// The record has no plan.
    NoPlan,
    /// None of these steps is called so.
    Unknown { near: Option<String>, plan: Vec<(Option<String>, String)> },
    /// Several steps are called so: id and text of each.
    Several(Vec<(Option<String>, String)>),
}

/// Why a plan cannot become so.
#[derive(Debug, Clone, PartialEq)]
pub enum PlanFault {
    /// A planned time is approximate.
    Approximate { field: Field },
    /// The window would end before it begins.
    EndsBeforeItBegins,
    /// A step has this id already.
    IdTaken { id: String },
    /// These of the pasted lines are no steps.
    Unread(Vec<UnreadLine>),
    /// The pasted lines hold no steps.
    NoLines,
    /// One id was given for so many steps.
    OneIdForMany(usize),
    /// The step is planned for that time already.
    SameTime { at: Moment, zone: Zone },
    /// The step is skipped already.
    SkippedAlready { text: String },
    /// The step was not given up.
    NotSkipped { text: String },
    /// So many events carry the step out that is to be taken out.
    CarriedOut { text: String, events: usize },
    /// The step says all of that already.
    SameStep { text: String },
    /// A key was to be taken away that a step must have, or never has.
    NotCleared { key: String },
    /// No step is left that could be moved.
    NothingToShift,
    /// The step from which on others are to be moved has no time itself.
    NoTimeToShiftFrom { text: String },
    /// What was typed is no length to move by.
    NoLength { typed: String },
    /// Steps wait for each other: their words.
    Circle { steps: Vec<String> },
    /// What was typed is no length of a step, or no gap behind one.
    NoStepLength { field: Field, typed: String },
}

/// A pasted line that is no step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadLine {
    /// Its number, from 1.
    pub number: usize,
    /// The line without its marker.
    pub text: String,
    /// Why it is none.
    pub why: UnreadWhy,
}

/// Why a pasted line is no step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnreadWhy {
    /// It is not a time and a text.
    NoTime,
    /// It is a heading that names a day, which would be lost.
    Heading,
    /// Its time is approximate.
    About,
    /// Its window would end before it begins.
    EndsBeforeItBegins,
    /// It is a row of a table with words that no column tells the meaning of.
    Column { words: String },
    /// It says how long something takes, and that is no length.
    Length { words: String },
    /// It waits for something that is no step.
    After { words: String },
    /// Its time is refused.
    Time(Box<TypedTimeFault>),
}

/// Why no new plan comes of an old record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OldPlanFault {
    /// The old record is the one that the plan is for.
    Itself,
    /// The old record has no plan.
    NoPlan { id: String },
    /// Every step of the old plan was skipped.
    AllSkipped,
    /// Only a day was typed for an anchor that was planned by the hour.
    ByTheHour { text: String },
    /// A step would lie outside the years 1 to 9999.
    BeyondCalendar,
    /// The record has every step of it.
    AllThere,
}

/// Why an action cannot be noted as done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ActionFault {
    /// The record has none.
    NoActions,
    /// None of them is called so.
    Unknown { wanted: String, actions: Vec<(usize, String)> },
    /// Several are called so.
    Several { wanted: String, actions: Vec<(usize, String)> },
    /// It was done already.
    DoneAlready { text: String, on: Day },
}

/// Why a change cannot be taken back or brought back.
#[derive(Debug, PartialEq)]
pub enum UndoFault {
    /// No change of the record is known that could be taken back.
    NothingDone { record: String },
    /// No change of the record was taken back.
    NothingTakenBack { record: String },
    /// No change that stands has that number.
    NoSuchChange { number: usize, changes: usize },
    /// The text was changed since, and the change touched nothing but comments and layout.
    TextChanged,
    /// The entry was changed since.
    EntryChanged { entry: String },
    /// It was a change of several records, and this one of them does not have its part: taken back in the
    /// others alone, something would stand twice or nowhere.
    Apart { record: String },
    /// What the record says beside its entries was changed since.
    KeyChanged { key: String },
    /// The record holds more than what it began with.
    HoldsMore { record: String },
    /// A file lies in the record's folder.
    HoldsFiles { record: String, file: String },
    /// The text cannot be changed so.
    Edit(EditFault),
}

/// Why suggestions cannot be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkFault {
    /// There are none.
    NothingSuggested,
    /// None has that number.
    NoSuchNumber { number: usize, suggestions: usize },
    /// The event is not there any more.
    EventGone,
}

impl From<TemplateFault> for Fault {
    fn from(fault: TemplateFault) -> Fault {
        Fault::Render(RenderFault::Template(fault))
    }
}

/// Something odd about a moment: it is accepted all the same, but never in silence.
#[derive(Debug, Clone, PartialEq)]
pub enum Doubt {
    /// It lies ahead by so many seconds.
    Future { at: Moment, ahead: i64 },
    /// Its day was inferred, and it lies more than half a day back.
    LongAgo { at: Moment, ago: i64 },
    /// Hours in words without a half of the day.
    HalfUnsaid,
    /// The record had ended already.
    Ended,
    /// The record does not speak of that day.
    Outside { day: Day, days: (Day, Day) },
    /// It is so many seconds after (or, negative, before) the planned time, and its day was inferred.
    FarFromPlan(i64),
    /// It ends more than a day after it begins.
    LongSpan,
    /// The record says the same of a moment so many seconds before (or, negative, after) it.
    Repeated { at: Moment, before: i64 },
}
