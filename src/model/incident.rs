//! The content of a record.

use std::collections::HashSet;
use std::fmt;

use super::length::{After, Length};
use super::moment::{Day, Moment, Precision};
use super::nearest::nearest;
use super::order::in_time;
use super::post::Post;
use super::zone::Zone;

/// One release, outage or maintenance: what was planned, what happened, what was learnt.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Incident {
    /// What people call it.
    pub title: String,
    /// `release`, `outage`, `maintenance`, or any other word.
    pub kind: Option<String>,
    /// The version that is released.
    pub version: Option<String>,
    /// A word of the project's scale, `sev1` the worst by default.
    pub severity: Option<String>,
    /// The day it is about: clock times without a day belong to it.
    pub date: Option<Day>,
    /// The zone that times are shown in.
    pub zone: Option<Zone>,
    /// The BCP 47 language of the record.
    pub language: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// What was released or broke.
    pub services: Vec<String>,
    /// Free-form words for searching.
    pub tags: Vec<String>,
    /// A blog's categories.
    pub categories: Vec<String>,
    /// When the retrospective was published.
    pub published: Option<Moment>,
    /// Whether it is a draft, or who reviewed it; none if nobody has reviewed it.
    pub review: Option<Review>,
    /// How a post of it looks.
    pub post: Post,
    /// Whether it is a sample, made up or retold, and not a real record.
    pub sample: bool,
    /// Whether it is archived: nobody works on it any more, and lists leave it out.
    pub archived: bool,
    /// Markdown.
    pub summary: Option<String>,
    /// Markdown.
    pub impact: Option<String>,
    /// What was scheduled, in the order written.
    pub plan: Vec<PlanStep>,
    /// What happened, in the order written.
    pub events: Vec<Event>,
    /// Not "the root cause": what together made it happen.
    pub contributing_factors: Vec<Note>,
    /// What went well, went badly, got lucky, surprised us and was learned.
    pub lessons: Lessons,
    /// What is to be done about it.
    pub actions: Vec<Action>,
    /// Free sections, in the order written.
    pub sections: Vec<Section>,
    /// Files that belong to the whole record, not to one event.
    pub attachments: Vec<Attachment>,
    /// What parts of it were imported from. Never in a public rendering.
    pub imported: Vec<Imported>,
}

/// A document or an export that was imported into a record.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Imported {
    /// Its name.
    pub from: String,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub sha256: Option<String>,
    /// When it was imported.
    pub on: Option<Moment>,
    /// Sources of entries that must not be imported again: somebody removed them.
    pub left_out: Vec<String>,
}

/// How far the writing of a record has come.
#[derive(Debug, Clone, PartialEq)]
pub enum Review {
    /// It is being written.
    Draft,
    /// Somebody read it and approved it.
    Reviewed {
        /// Who.
        by: Option<String>,
        /// On which day.
        on: Option<Day>,
        /// The SHA-256 of the record at that time, in hexadecimal; any later change gives another.
        of: Option<String>,
    },
}

/// The kind of a record of a rehearsal.
pub const REHEARSAL: &str = "rehearsal";

/// One line of the plan.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanStep {
    /// The name events refer to.
    pub id: Option<String>,
    /// When it begins now, after every revision; none for a deadline, and while undecided.
    pub at: Option<Moment>,
    /// By when it must be done.
    pub due: Option<Moment>,
    /// The end of a window.
    pub until: Option<Moment>,
    /// What is to be done.
    pub text: String,
    /// Who does it.
    pub owner: Option<String>,
    /// What must be done before it begins.
    pub after: Vec<After>,
    /// How long it is expected to take.
    pub takes: Option<Length>,
    /// Whether it is a go/no-go decision, not work.
    pub decision: bool,
    /// Whether it only runs when somebody calls it: a rollback.
    pub rollback: bool,
    /// What to do if it fails.
    pub if_failed: Option<String>,
    /// A command that carries it out.
    pub command: Option<String>,
    /// Earlier planned times, oldest first, so that the first plan is kept.
    pub revised: Vec<Revision>,
    /// When and why it was given up.
    pub skipped: Option<Skip>,
    /// Where it was imported from, if it was not typed. Never in a public rendering.
    pub source: Option<String>,
}

impl PlanStep {
    /// Returns a step with only a time and a text.
    pub fn new(at: impl Into<Option<Moment>>, text: impl Into<String>) -> PlanStep {
        PlanStep {
            id: None,
            at: at.into(),
            due: None,
            until: None,
            text: text.into(),
            owner: None,
            after: Vec::new(),
            takes: None,
            decision: false,
            rollback: false,
            if_failed: None,
            command: None,
            revised: Vec::new(),
            skipped: None,
            source: None,
        }
    }
}

impl PlanStep {
    /// Returns the time that it is measured against: its own, or else its deadline.
    pub fn planned(&self) -> Option<Moment> {
        self.at.or(self.due)
    }

    /// Returns what it is called by: its id, or its text if it has none.
    pub fn called(&self) -> &str {
        self.id.as_deref().unwrap_or(&self.text)
    }

    /// Returns whether it only has a deadline: being early is no deviation.
    pub fn is_deadline(&self) -> bool {
        self.at.is_none() && self.due.is_some()
    }
}

/// A planned time that was changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Revision {
    /// The time it was planned for before.
    pub from: Moment,
    /// The end that its window had before.
    pub until: Option<Moment>,
    /// When the plan was changed.
    pub on: Option<Moment>,
    /// Why.
    pub why: Option<String>,
}

/// A step that was given up.
#[derive(Debug, Clone, PartialEq)]
pub struct Skip {
    /// When that was decided.
    pub on: Option<Moment>,
    /// Why.
    pub why: Option<String>,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// When it happened; none if unknown.
    pub at: Option<Moment>,
    /// The end of a span.
    pub until: Option<Moment>,
    /// When it was written down, if that was later.
    pub logged: Option<Moment>,
    /// What happened, plain text; the first line is the headline.
    pub text: String,
    /// A milestone or another type of event; without one it is an observation.
    pub kind: Option<EventType>,
    /// The planned steps that it is about.
    pub steps: Vec<String>,
    /// Who acted or noticed.
    pub by: Option<String>,
    /// Why it was done so.
    pub why: Option<String>,
    /// When the next public update was promised for.
    pub next_update: Option<Moment>,
    /// Whether it belongs in the short version.
    pub key: bool,
    /// Who may read it.
    pub audience: Audience,
    /// The value before a change of severity, status or plan.
    pub from: Option<String>,
    /// The value after it.
    pub to: Option<String>,
    /// Markdown.
    pub detail: Option<String>,
    /// Screenshots and files.
    pub attachments: Vec<Attachment>,
    /// Links.
    pub refs: Vec<String>,
    /// Numbers by name, as written.
    pub metrics: Vec<(String, String)>,
    /// The time as its source wrote it, if a record cannot express it.
    pub printed: Option<String>,
    /// Where it was imported from, if it was not typed. Never in a public rendering.
    pub source: Option<String>,
}

impl Event {
    /// Returns an event with only a time and a text.
    pub fn new(at: impl Into<Option<Moment>>, text: impl Into<String>) -> Event {
        Event {
            at: at.into(),
            until: None,
            logged: None,
            text: text.into(),
            kind: None,
            steps: Vec::new(),
            by: None,
            why: None,
            next_update: None,
            key: false,
            audience: Audience::Everyone,
            from: None,
            to: None,
            detail: None,
            attachments: Vec::new(),
            refs: Vec::new(),
            metrics: Vec::new(),
            printed: None,
            source: None,
        }
    }

    /// Whether it carries out the steps that it names: one that a step began or failed with does not.
    pub fn carries_out(&self) -> bool {
        !self.is(&EventType::Started) && !self.is(&EventType::Failed)
    }

    /// Whether it is the milestone of that name.
    pub fn is(&self, kind: &EventType) -> bool {
        self.kind.as_ref() == Some(kind)
    }

    /// Whether it is about the record itself: it was closed or reopened, or its severity, its status or its plan was changed.
    /// No plan has that as a step.
    pub fn is_of_record(&self) -> bool {
        let kinds = [EventType::Closed, EventType::SeverityChange, EventType::PlanChange];
        let is_status = self.kind.as_ref().is_some_and(EventType::is_milestone);
        kinds.iter().any(|kind| self.is(kind)) || is_status && self.to.is_some()
    }

    /// Returns the first line of its text.
    pub fn headline(&self) -> &str {
        self.text.trim().lines().next().unwrap_or("").trim_end()
    }
}

/// Who may read an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Audience {
    /// It may be published.
    #[default]
    Everyone,
    /// Never in a public rendering.
    Internal,
}

/// A file attached to the record.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Attachment {
    /// Its name in the record's assets folder.
    pub file: String,
    /// What it shows, for those who cannot see it.
    pub alt: Option<String>,
    /// How wide to show it, such as `50%`.
    pub width: Option<String>,
    /// A caption under it.
    pub caption: Option<String>,
    /// Who may see it.
    pub audience: Audience,
}

/// A contributing factor, or a lesson.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Note {
    /// Markdown.
    pub text: String,
    /// Who may read it.
    pub audience: Audience,
}

impl Note {
    /// Whether only the team may read it.
    pub fn is_internal(&self) -> bool {
        self.audience == Audience::Internal
    }
}

impl<T: Into<String>> From<T> for Note {
    fn from(text: T) -> Note {
        Note { text: text.into(), audience: Audience::Everyone }
    }
}

/// What was learnt.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Lessons {
    /// What went well.
    pub well: Vec<Note>,
    /// What went badly.
    pub badly: Vec<Note>,
    /// Where we got lucky.
    pub lucky: Vec<Note>,
    /// What surprised us.
    pub surprised: Vec<Note>,
    /// What we learned, if it is none of these.
    pub learned: Vec<Note>,
}

impl Lessons {
    /// Whether nothing was noted.
    pub fn is_empty(&self) -> bool {
        self.lists().iter().all(|list| list.is_empty())
    }

    /// Returns its lists in the order in which they are shown, each with its key in a record.
    pub fn by_key(&self) -> [(&'static str, &Vec<Note>); 5] {
        let Lessons { well, badly, lucky, surprised, learned } = self;
        [
            ("well", well),
            ("badly", badly),
            ("lucky", lucky),
            ("surprised", surprised),
            ("learned", learned),
        ]
    }

    /// Returns its lists in the order in which they are shown.
    pub fn lists(&self) -> [&Vec<Note>; 5] {
        self.by_key().map(|(_, list)| list)
    }

    /// Returns its lists in the order in which they are shown.
    pub fn lists_mut(&mut self) -> [&mut Vec<Note>; 5] {
        let Lessons { well, badly, lucky, surprised, learned } = self;
        [well, badly, lucky, surprised, learned]
    }
}

/// Something to be done.
#[derive(Debug, Clone, PartialEq)]
pub struct Action {
    /// What.
    pub text: String,
    /// By whom.
    pub owner: Option<String>,
    /// By when.
    pub due: Option<Day>,
    /// `mitigate`, `prevent`, `process` or `other`.
    pub kind: Option<String>,
    /// The day it was done.
    pub done: Option<Day>,
    /// A ticket or a link.
    pub reference: Option<String>,
    /// Who may read it.
    pub audience: Audience,
    /// Where it was imported from, if it was not typed. Never in a public rendering.
    pub source: Option<String>,
}

/// A free-form section.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// Its heading.
    pub title: String,
    /// Markdown.
    pub body: String,
    /// Who may read it.
    pub audience: Audience,
}

/// The types of events; durations are computed from the milestones among them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum EventType {
    /// The affected system began to have problems.
    ImpactStart,
    /// A monitor or a person noticed.
    Detected,
    /// An incident was declared.
    Declared,
    /// Someone began to respond.
    Acknowledged,
    /// Looking for the cause.
    Investigating,
    /// The cause is known.
    Identified,
    /// Fixed, being watched.
    Monitoring,
    /// The impact is stopped, but it is not over.
    Mitigated,
    /// Everything runs as normal again.
    Resolved,
    /// Public notice given.
    Announced,
    /// Follow-up done.
    Closed,
    /// Something seen.
    Observation,
    /// Something done.
    Action,
    /// Something decided.
    Decision,
    /// Something said to others.
    Communication,
    /// Help was called.
    Escalation,
    /// The severity was changed.
    SeverityChange,
    /// The plan was changed.
    PlanChange,
    /// A step was begun and is in progress.
    Started,
    /// A step is done.
    Done,
    /// A step failed.
    Failed,
    /// A word asrun does not know, kept as written.
    Other(String),
}

/// Milestones with which an outage begins.
const BEGINNINGS: [EventType; 3] =
    [EventType::ImpactStart, EventType::Detected, EventType::Declared];
/// Milestones with which an outage ends.
const ENDS: [EventType; 2] = [EventType::Resolved, EventType::Closed];

const TYPES: [(EventType, &str); 21] = [
    (EventType::ImpactStart, "impact_start"),
    (EventType::Detected, "detected"),
    (EventType::Declared, "declared"),
    (EventType::Acknowledged, "acknowledged"),
    (EventType::Investigating, "investigating"),
    (EventType::Identified, "identified"),
    (EventType::Monitoring, "monitoring"),
    (EventType::Mitigated, "mitigated"),
    (EventType::Resolved, "resolved"),
    (EventType::Announced, "announced"),
    (EventType::Closed, "closed"),
    (EventType::Observation, "observation"),
    (EventType::Action, "action"),
    (EventType::Decision, "decision"),
    (EventType::Communication, "communication"),
    (EventType::Escalation, "escalation"),
    (EventType::SeverityChange, "severity_change"),
    (EventType::PlanChange, "plan_change"),
    (EventType::Started, "started"),
    (EventType::Done, "done"),
    (EventType::Failed, "failed"),
];

/// What people call some types instead, with the word for it.
const OTHER_WORDS: [(&[&str], &str); 5] = [
    (&["found", "noticed", "alert", "alerted"], "detected"),
    (&["cause", "root-cause", "root_cause"], "identified"),
    (&["workaround", "rolled-back", "contained"], "mitigated"),
    (&["fix", "fixed", "solved", "restored", "recovered", "over"], "resolved"),
    (&["rejected", "rejection", "refused"], "failed"),
];

impl EventType {
    /// Returns the type of that name; any other word is kept as [`EventType::Other`].
    pub fn from_word(word: &str) -> EventType {
        EventType::known(word).unwrap_or_else(|| EventType::Other(word.to_owned()))
    }

    /// Returns the type of that name, if asrun knows it. `-` and capital letters are accepted.
    pub fn known(word: &str) -> Option<EventType> {
        let named = |word: &str| TYPES.iter().find(|(_, name)| *name == word);
        let found = named(word).or_else(|| named(&word.to_lowercase().replace('-', "_")));
        found.map(|(kind, _)| kind.clone())
    }

    /// Returns the word that a record uses.
    pub fn word(&self) -> &str {
        match self {
            EventType::Other(word) => word,
            known => TYPES.iter().find(|(kind, _)| kind == known).map_or("", |(_, name)| name),
        }
    }

    /// Returns the known word that an unknown one probably stands for, as another word for it or mistyped.
    pub fn meant_by(typed: &str) -> Option<&'static str> {
        let typed = typed.to_lowercase();
        let other = OTHER_WORDS.iter().find(|(words, _)| words.contains(&typed.as_str()));
        other.map(|(_, word)| *word).or_else(|| nearest(&typed, EventType::words()))
    }

    /// Iterates over every known word, milestones first.
    pub fn words() -> impl Iterator<Item = &'static str> {
        TYPES.iter().map(|(_, name)| *name)
    }

    /// Whether it is a milestone of an incident, not another type of event.
    pub fn is_milestone(&self) -> bool {
        let place = TYPES.iter().position(|(kind, _)| kind == self);
        place.is_some_and(|place| place < 11)
    }

    /// Whether it is a milestone that says how far an incident has got: that the public was told does not.
    pub fn is_status(&self) -> bool {
        self.is_milestone() && *self != EventType::Announced
    }
}

impl fmt::Display for EventType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl EventType {
    /// Whether it shows that somebody had noticed what is broken, although it is not the detection.
    pub fn shows_notice(&self) -> bool {
        use EventType::{Acknowledged, Declared, Escalation, Investigating};
        matches!(self, Declared | Acknowledged | Investigating | Escalation)
    }

    /// Whether it is part of the response, which a mitigation at the same time ended.
    pub fn is_response(&self) -> bool {
        use EventType::{Action, Decision, Detected, Identified};
        self.shows_notice() || matches!(self, Detected | Identified | Action | Decision)
    }

    /// Whether it says that something is broken: an outage begins, or begins again.
    pub fn is_beginning(&self) -> bool {
        BEGINNINGS.contains(self)
    }

    /// Whether an outage ends with it.
    pub fn is_end(&self) -> bool {
        ENDS.contains(self)
    }

    /// Whether an outage begins or ends with it.
    pub fn is_turn(&self) -> bool {
        self.is_beginning() || self.is_end()
    }
}

impl Incident {
    /// Returns the events in chronological order.
    pub fn events_in_time(&self) -> Vec<&Event> {
        in_time(self.events.iter().collect(), |event| event.at)
    }

    /// Iterates over its lists of notes: lessons of each kind, then contributing factors.
    pub fn note_lists(&self) -> impl Iterator<Item = &Vec<Note>> {
        self.lessons.lists().into_iter().chain([&self.contributing_factors])
    }

    /// Iterates over its lists of notes: lessons of each kind, then contributing factors.
    pub fn note_lists_mut(&mut self) -> impl Iterator<Item = &mut Vec<Note>> {
        self.lessons.lists_mut().into_iter().chain([&mut self.contributing_factors])
    }

    /// Returns the place in the plan of one of its steps.
    pub fn place_of_step(&self, step: &PlanStep) -> Option<usize> {
        // By its address, as looking at every step for each of them would grow with the square of a plan.
        let distance = std::ptr::from_ref(step).addr().checked_sub(self.plan.as_ptr().addr())?;
        let place = distance / size_of::<PlanStep>();
        self.plan.get(place).filter(|other| std::ptr::eq(*other, step)).map(|_| place)
    }

    /// Returns the steps of the plan in chronological order.
    pub fn steps_in_time(&self) -> Vec<&PlanStep> {
        in_time(self.plan.iter().collect(), |step| step.planned())
    }

    /// Returns the last event of a step in chronological order.
    pub fn last_event_of(&self, step: &PlanStep) -> Option<&Event> {
        let id = step.id.as_ref()?;
        self.events_in_time().into_iter().rfind(|event| event.steps.contains(id))
    }

    /// Returns the planned step with that id.
    pub fn step(&self, id: &str) -> Option<&PlanStep> {
        self.plan.iter().find(|step| step.id.as_deref() == Some(id))
    }

    /// Returns the first event of that type in chronological order.
    pub fn first(&self, kind: &EventType) -> Option<&Event> {
        self.events_in_time().into_iter().find(|event| event.is(kind))
    }

    /// Whether it is in progress: some beginning is not followed by an end, or, if nothing broke, its plan still has
    /// steps neither carried out nor skipped (or it has no plan yet). An end follows a beginning if it may be later:
    /// with days, also on the same day. That it is archived says nothing about it.
    pub fn is_open(&self) -> bool {
        self.is_open_by(&self.events_in_time())
    }

    /// Whether it is in progress and somebody works on it: an archived one is out of the way.
    pub fn is_going_on(&self) -> bool {
        !self.archived && self.is_open()
    }

    /// Whether it records a rehearsal of another record's plan.
    pub fn is_rehearsal(&self) -> bool {
        self.kind.as_deref() == Some(REHEARSAL)
    }

    /// Whether it is in progress and real: a rehearsal never is somebody's current work.
    pub fn is_open_work(&self) -> bool {
        !self.is_rehearsal() && self.is_going_on()
    }

    /// Whether it was only imported from documents and has neither a beginning, an end nor a plan: it is unknown
    /// whether it is still in progress, and most such documents were written after the end.
    pub fn has_unknown_end(&self) -> bool {
        self.was_only_read() && !self.has_turns()
    }

    /// Whether it has a beginning or an end; if not, its plan determines its state.
    pub fn has_turns(&self) -> bool {
        self.events.iter().any(|event| event.kind.as_ref().is_some_and(EventType::is_turn))
    }

    /// Whether it has no plan, and every event was imported from a document.
    fn was_only_read(&self) -> bool {
        let is_read = !self.events.is_empty() && self.events.iter().all(|it| it.source.is_some());
        is_read && self.plan.is_empty() && !self.imported.is_empty()
    }

    /// Whether it is in progress, given its events in chronological order.
    fn is_open_by(&self, events: &[&Event]) -> bool {
        let places = |kinds: &[EventType]| -> Vec<usize> {
            let is_one =
                |event: &Event| event.kind.as_ref().is_some_and(|kind| kinds.contains(kind));
            (0..events.len()).filter(|place| is_one(events[*place])).collect()
        };
        let begun = places(&BEGINNINGS);
        let ended = places(&ENDS);
        if begun.is_empty() && ended.is_empty() {
            let settled = self.settled();
            // Rollbacks alone are nothing to be done.
            let has_work = self.plan.iter().any(|step| !step.rollback);
            let is_settled = has_work && self.plan.iter().all(settled);
            return !is_settled && !self.was_only_read();
        }
        let ended = Latest::of(events, ended);
        begun.iter().any(|beginning| !ended.may_follow(events, *beginning))
    }

    /// Returns the type of the last milestone; if the record is not in progress, the last one that is not a beginning.
    pub fn last_milestone(&self) -> Option<&EventType> {
        self.state().1
    }

    /// Returns whether it is open, and the last milestone that says how far it has got.
    pub fn state(&self) -> (bool, Option<&EventType>) {
        self.last_of(EventType::is_status)
    }

    /// Returns the last milestone, which may be a notice to the public.
    pub fn latest_milestone(&self) -> Option<&EventType> {
        self.last_of(EventType::is_milestone).1
    }

    fn last_of(&self, counts: fn(&EventType) -> bool) -> (bool, Option<&EventType>) {
        let events = self.events_in_time();
        let open = self.is_open_by(&events);
        let is_milestone = |event: &&Event| event.kind.as_ref().is_some_and(counts);
        let milestones: Vec<&Event> = events.into_iter().filter(is_milestone).collect();
        let kind = |place: usize| milestones[place].kind.as_ref();
        let told = |place: &usize| open || !kind(*place).is_some_and(|it| BEGINNINGS.contains(it));
        let latest = Latest::of(&milestones, 0..milestones.len());
        let may_be_last = |place: &usize| latest.may_come_before(&milestones, *place);
        let last_first = || (0..milestones.len()).rev().filter(told);
        let last = last_first().find(may_be_last).or_else(|| last_first().next()).and_then(kind);
        (open, last)
    }

    /// Returns a check whether a step is settled: it was carried out or given up, or it is a rollback that nobody
    /// called. A step that has only begun, or that failed, is not settled.
    pub fn settled(&self) -> impl Fn(&PlanStep) -> bool + use<'_> {
        let events = self.events.iter().filter(|event| event.carries_out());
        let carried_out: HashSet<&str> =
            events.flat_map(|event| &event.steps).map(String::as_str).collect();
        let not_called = self.not_called();
        move |step| {
            let id = step.id.as_deref();
            step.skipped.is_some()
                || id.is_some_and(|id| carried_out.contains(id))
                || not_called(step)
        }
    }

    /// Returns a check whether a step is a rollback that nobody called: no event names it, nor a rollback that it waits
    /// for.
    pub fn not_called(&self) -> impl Fn(&PlanStep) -> bool + use<'_> {
        self.not_called_by(&|_| true)
    }

    /// Returns the same check, considering only events that have `happened`.
    pub fn not_called_by<'i>(
        &'i self,
        happened: &dyn Fn(&Event) -> bool,
    ) -> impl Fn(&PlanStep) -> bool + use<'i> {
        let rollbacks = self.plan.iter().filter(|step| step.rollback);
        let mut open: Vec<(&str, &PlanStep)> =
            rollbacks.filter_map(|step| Some((step.id.as_deref()?, step))).collect();
        let mut called: HashSet<&str> = HashSet::new();
        if !open.is_empty() {
            let events = self.events.iter().filter(|event| happened(event));
            let named: HashSet<&str> =
                events.flat_map(|event| &event.steps).map(String::as_str).collect();
            loop {
                let follows =
                    |step: &PlanStep| step.after.iter().any(|it| called.contains(&*it.step));
                let (more, rest): (Vec<_>, Vec<_>) =
                    open.into_iter().partition(|(id, step)| named.contains(id) || follows(step));
                if more.is_empty() {
                    break;
                }
                called.extend(more.into_iter().map(|(id, _)| id));
                open = rest;
            }
        }
        move |step| step.rollback && !step.id.as_deref().is_some_and(|id| called.contains(id))
    }

    /// Returns the day it is about: its `date`, else the day of its first planned or recorded moment.
    pub fn day(&self) -> Option<Day> {
        self.date.or_else(|| self.first_moment().map(|first| first.day()))
    }

    /// Returns its first moment, planned or recorded.
    pub fn first_moment(&self) -> Option<Moment> {
        let planned = self.plan.iter().filter_map(PlanStep::planned);
        let happened = self.events.iter().filter_map(|event| event.at);
        planned.chain(happened).min_by_key(Moment::earliest)
    }
}

/// The latest of some events, by every comparison: by days if one is known only by its day, else by chronological
/// position.
#[derive(Default)]
struct Latest {
    /// The latest day of all.
    day: Option<Day>,
    /// The latest day of those known only by their day.
    vague: Option<Day>,
    /// The last position of all.
    place: Option<usize>,
    /// The last position of those known more precisely than by their day.
    exact: Option<usize>,
    /// The last position of those without a time.
    untimed: Option<usize>,
}

impl Latest {
    /// Returns it for the events at these positions in chronological order.
    fn of(events: &[&Event], places: impl IntoIterator<Item = usize>) -> Latest {
        let mut latest = Latest::default();
        for place in places {
            let here = Some(place);
            let day = events[place].at.map(|at| at.day());
            let by_day = events[place].at.is_some_and(|at| at.precision() == Precision::Day);
            latest.place = latest.place.max(here);
            latest.day = latest.day.max(day);
            if by_day {
                latest.vague = latest.vague.max(day);
            } else {
                latest.exact = latest.exact.max(here);
            }
            if day.is_none() {
                latest.untimed = latest.untimed.max(here);
            }
        }
        latest
    }

    /// Returns whether one of them may be later than the event at that position.
    fn may_follow(&self, events: &[&Event], place: usize) -> bool {
        let (here, at) = (Some(place), events[place].at);
        let day = at.map(|at| at.day());
        match at {
            None => self.place > here,
            Some(at) if at.precision() == Precision::Day => self.day >= day || self.untimed > here,
            Some(_) => self.vague >= day || self.exact > here,
        }
    }

    /// Returns whether the event at that position, possibly one of them, may be later than all others.
    fn may_come_before(&self, events: &[&Event], place: usize) -> bool {
        let (here, at) = (Some(place), events[place].at);
        let day = at.map(|at| at.day());
        match at {
            None => self.place <= here,
            Some(at) if at.precision() == Precision::Day => self.day <= day && self.untimed <= here,
            Some(_) => self.vague <= day && self.exact <= here,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns whether an event may be later than another one, pair by pair.
    fn follows(events: &[&Event], event: usize, other: usize) -> bool {
        match events[event].at.zip(events[other].at) {
            Some((at, before)) if at.precision().min(before.precision()) == Precision::Day => {
                at.day() >= before.day()
            }
            _ => event > other,
        }
    }

    #[test]
    fn other_words_and_slips_lead_to_a_type() {
        for (typed, meant) in [
            ("fixed", Some("resolved")),
            ("Workaround", Some("mitigated")),
            ("identfied", Some("identified")),
            ("mitigted", Some("mitigated")),
            ("faled", Some("failed")),
            ("lunch", None),
        ] {
            assert_eq!(EventType::meant_by(typed), meant, "{typed}");
        }
        for (words, known) in OTHER_WORDS {
            assert!(EventType::words().any(|word| word == known), "{known}");
            assert!(!words.iter().any(|word| EventType::known(word).is_some()), "{words:?}");
        }
    }

    #[test]
    fn nobody_knows_whether_what_was_only_read_has_ended() {
        let read = |kind: Option<EventType>, source: Option<&str>| {
            let source = source.map(str::to_owned);
            let events = vec![Event { kind, source, ..Event::new(None, "down") }];
            Incident { imported: vec![Imported::default()], events, ..Incident::default() }
        };
        for (record, is_open, is_unknown) in [
            (read(None, Some("post.md:5")), false, true),
            (Incident { archived: true, ..Incident::default() }, true, false),
            (read(None, None), true, false),
            (read(Some(EventType::Detected), Some("post.md:5")), true, false),
            (read(Some(EventType::Resolved), Some("post.md:5")), false, false),
            (Incident::default(), true, false),
        ] {
            assert_eq!((record.is_open(), record.has_unknown_end()), (is_open, is_unknown));
        }
    }

    /// Neither a notice to the public nor a note changes how far an outage has got, nor does putting its record away.
    #[test]
    fn the_status_is_of_types_that_say_how_far_it_has_got() {
        use EventType::{Action, Announced, Closed, Communication, Detected, Monitoring, Resolved};
        for (kinds, open, status) in [
            (&[Detected, Resolved, Announced][..], false, Some(Resolved)),
            (&[Detected, Resolved, Communication, Action], false, Some(Resolved)),
            (&[Detected, Announced], true, Some(Detected)),
            (&[Detected, Resolved, Monitoring], false, Some(Monitoring)),
            (&[Detected, Resolved, Announced, Closed], false, Some(Closed)),
            (&[Announced], true, None),
        ] {
            let at = |minute| Moment::parse(&format!("2024-09-07T18:0{minute}Z"), None).ok();
            let event = |(minute, kind): (usize, &EventType)| Event {
                kind: Some(kind.clone()),
                ..Event::new(at(minute), "x")
            };
            let events: Vec<Event> = kinds.iter().enumerate().map(event).collect();
            for archived in [false, true] {
                let incident = Incident { archived, events: events.clone(), ..Incident::default() };
                assert_eq!(incident.state(), (open, status.as_ref()), "{kinds:?}");
                assert_eq!(incident.is_going_on(), open && !archived);
            }
        }
    }

    #[test]
    fn a_step_that_only_began_or_failed_is_not_carried_out() {
        for (kinds, settled) in [
            (&[][..], false),
            (&[EventType::Started], false),
            (&[EventType::Failed], false),
            (&[EventType::Started, EventType::Failed], false),
            (&[EventType::Failed, EventType::Done], true),
            (&[EventType::Observation], true),
        ] {
            let step = PlanStep { id: Some("a".to_owned()), ..PlanStep::new(None, "a") };
            let event = |kind: &EventType| Event {
                kind: Some(kind.clone()),
                steps: vec!["a".to_owned()],
                ..Event::new(None, "x")
            };
            let events = kinds.iter().map(event).collect();
            let incident = Incident { plan: vec![step], events, ..Incident::default() };
            assert_eq!(incident.settled()(&incident.plan[0]), settled, "{kinds:?}");
            assert_eq!(incident.is_open(), !settled, "{kinds:?}");
        }
    }

    #[test]
    fn the_latest_of_many_is_found_as_by_comparing_pairs() {
        let times = [None, Some("2024-09-07"), Some("2024-09-08"), Some("2024-09-07T10:00Z")];
        let event = |time: Option<&str>| {
            Event::new(time.map(|time| Moment::parse(time, None).unwrap()), "x")
        };
        let events = times.map(event);
        for number in 0..4_usize.pow(5) {
            let digits = [number, number / 4, number / 16, number / 64, number / 256];
            let events: Vec<&Event> = digits.iter().map(|digit| &events[digit % 4]).collect();
            for places in [0..5, 0..2, 2..4, 1..1] {
                let latest = Latest::of(&events, places.clone());
                for place in 0..5 {
                    let some = places.clone().any(|other| follows(&events, other, place));
                    let mut others = places.clone().filter(|other| *other != place);
                    let all = others.all(|other| follows(&events, place, other));
                    assert_eq!(
                        latest.may_follow(&events, place),
                        some,
                        "{number} {places:?} {place}"
                    );
                    assert_eq!(
                        latest.may_come_before(&events, place),
                        all,
                        "{number} {places:?} {place}"
                    );
                }
            }
        }
    }
}
