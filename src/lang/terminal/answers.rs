//! What commands answer that change a record, and what they refuse before a request is made.

use crate::fault::Doubt;
use crate::lang::{CountedFrom, StepOutcome};
use crate::model::{Day, Event, Moment, PlanStep, Zone};
use crate::yaml::Value;

use super::refusal::Refusal;
use super::requests::Door;

/// An event that was logged.
#[derive(Debug, Clone, Copy)]
pub struct LoggedEvent<'a> {
    /// The event.
    pub event: &'a Event,
    /// The planned steps that it carries out.
    pub carried: &'a [CarriedOut],
    /// The zone that its times are told in.
    pub zone: Zone,
    /// The record it went to.
    pub record: &'a str,
    /// Where it was typed: the prompt says which record and which zone, so that the answer need not.
    pub door: Door,
    /// The moment of the answer.
    pub now: &'a Moment,
}

/// A planned step that an event names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarriedOut {
    /// Its id.
    pub id: String,
    /// Its words.
    pub text: String,
    /// The event carries it out; else it says only that the step began, or that it failed.
    pub done: bool,
    /// What became of it; none if an earlier event of the step decides that.
    pub outcome: Option<StepOutcome>,
}

/// What a change did to one entry of a record.
#[derive(Debug, Clone, PartialEq)]
pub enum Deed {
    /// It is new.
    Added(Value),
    /// The record began, with that title.
    Begun(Value),
    /// It went.
    Removed(Value),
    /// It says something else.
    Changed {
        /// What it says since.
        now: Value,
        /// The keys that differ, as they were.
        was: Vec<Was>,
    },
    /// What the record says of a key is new, another, or gone.
    Key {
        /// The key.
        key: String,
        /// What it says since.
        now: Option<Value>,
        /// What it said.
        was: Option<Value>,
    },
    /// Only comments and layout are others.
    Layout,
    /// Nothing that is known.
    Unknown,
}

/// A key that a change touched, and what it said before.
#[derive(Debug, Clone, PartialEq)]
pub struct Was {
    /// The key.
    pub key: String,
    /// What it said; none if the entry did not have it.
    pub value: Option<Value>,
}

/// What commands answer that change a record, and what they refuse before a request is made.
pub trait AnswerWords {
    /// An event was logged: one line.
    fn logged(&self, logged: &LoggedEvent<'_>) -> String;

    /// A logged event names no step, and sounds like that one: how to link it.
    fn sounds_like(&self, step: &PlanStep, zone: Zone) -> String;

    /// An event was not logged, for that reason.
    fn not_recorded(&self, why: &str) -> String;

    /// An event is kept beside a record that cannot be read, for that reason.
    fn kept(&self, why: &str, text: &str, record: &str) -> Refusal;

    /// The same, had it not been a rehearsal.
    fn would_be_kept(&self, why: &str) -> String;

    /// No type of event is called so; `near` may have been meant.
    fn unknown_type(&self, typed: &str, near: Option<&str>, known: &[&str]) -> Refusal;

    /// What was learnt, done or broken is to be typed, and nobody is there to type it.
    fn no_text(&self) -> Refusal;

    /// What stands below the line in an editor that waits for an event of that record.
    fn editor_notes(&self, record: &str) -> String;

    /// What stands below the line in an editor that shows the plan of that record.
    fn plan_notes(&self, record: &str) -> String;

    /// The plan was edited, and it is as it was.
    fn plan_not_edited(&self) -> &'static str;

    /// What is to be changed in a step is given, and no step.
    fn no_step_to_edit(&self) -> Refusal;

    /// The text in the editor stands where it is left out.
    fn text_below_line(&self) -> &'static str;

    /// The editor was left without a text.
    fn empty_message(&self) -> &'static str;

    /// An event was corrected; `was` holds what it said before.
    fn amended(
        &self,
        number: usize,
        event: &Event,
        was: &[Was],
        zone: Zone,
        record: &str,
    ) -> String;

    /// An event was taken away.
    fn removed(&self, number: usize, event: &Event, zone: Zone, record: &str) -> String;

    /// The files of a removed event are still there.
    fn files_stay(&self, files: &[&str]) -> String;

    /// What is odd about an event's new time.
    fn new_time_doubt(&self, doubt: &Doubt, zone: Zone) -> String;

    /// What a typed distance was counted from.
    fn counted_from(&self, from: &CountedFrom, zone: Zone) -> String;

    /// An event was given two new texts, one by an option and this one.
    fn two_texts(&self, beside: &str) -> String;

    /// A file was copied into a record, to the event that begins so, or to the record itself.
    fn attached(&self, file: &str, event: Option<&str>, record: &str) -> String;

    /// That event, or the record, has the file already, and says of it what it is to say.
    fn attached_already(&self, file: &str, event: Option<&str>) -> String;

    /// Something else is said of a file; `was` holds what it was before.
    fn attachment_changed(
        &self,
        file: &str,
        event: Option<&str>,
        was: &[Was],
        record: &str,
    ) -> String;

    /// Nothing is said of a file any more.
    fn attachment_removed(&self, file: &str, event: Option<&str>, record: &str) -> String;

    /// No picture came from the clipboard: no program that reads it is there, or that one said so.
    fn clipboard_unread(&self, said: Option<(&str, &str)>) -> Refusal;

    /// What comes from the standard input is to be attached, and has no name.
    fn nameless_input(&self) -> &'static str;

    /// A number was typed where files are named; an event is named by an option.
    fn event_of_files(&self, number: usize) -> String;

    /// An event and a step belong together now.
    fn linked(&self, event: &str, step: &str, id: &str, record: &str) -> String;

    /// Suggestions of links were shown, and nothing was written.
    fn nothing_linked(&self) -> &'static str;

    /// A record was made, and is the current one.
    fn made_record(&self, record: &str, kind: &str, day: &Day, zone: Zone) -> String;

    /// A record has a kind that nobody else uses; `near` may have been meant.
    fn own_kind(&self, kind: &str, near: &str) -> String;

    /// A new record could not be made the current one.
    fn not_chosen(&self, record: &str) -> String;

    /// A record is the current one.
    fn chosen(&self, record: &str) -> String;

    /// A step of a plan has a time and no text.
    fn no_step_text(&self, time: &str) -> Refusal;

    /// Steps come from the standard input, and a text was typed.
    fn pasted_with_text(&self) -> &'static str;

    /// Steps come from the standard input, and an end or an owner was typed.
    fn pasted_with_options(&self) -> Refusal;

    /// A plan is run: what can be typed.
    fn run_begins(&self) -> &'static str;

    /// The step that is to be done next, with what else is said of it.
    fn run_step(&self, step: &PlanStep) -> String;

    /// No step of the plan is left.
    fn run_is_over(&self) -> &'static str;

    /// A line is none that is understood.
    fn run_not_understood(&self, line: &str) -> Refusal;

    /// The step that was shown is not the next one any more: somebody else went on. Nothing was logged.
    fn run_moved_on(&self, step: &str) -> String;

    /// What the plan says is to be done now that a step failed.
    fn run_if_failed(&self, what: &str) -> String;

    /// The step has no command that could be started.
    fn run_has_no_command(&self, step: &str) -> Refusal;

    /// The command of a step, which only the word `run` starts.
    fn run_shows_command(&self, step: &str, command: &str) -> String;

    /// The command is more than a program with its words.
    fn run_needs_shell(&self, command: &str) -> Refusal;

    /// How a command ended that did not end well: as the system tells it.
    fn run_ended(&self, status: &str) -> String;

    /// The program of a command cannot be started.
    fn run_not_started(&self, program: &str, fault: &std::io::Error) -> String;

    /// The plan has no steps yet.
    fn plan_is_empty(&self) -> &'static str;

    /// So many steps have no time, and are in no calendar.
    fn not_in_calendar(&self, steps: usize) -> String;

    /// A step is in the plan now; it may have an end.
    fn planned(&self, step: &PlanStep, until: Option<&Moment>, zone: Zone, record: &str) -> String;

    /// A step was in the plan already.
    fn left_alone(&self, text: &str, record: &str) -> String;

    /// A step's time changed from one to another, which may have an end.
    fn moved(
        &self,
        text: &str,
        from: Option<&Moment>,
        to: (&Moment, Option<&Moment>),
        zone: Zone,
        record: &str,
    ) -> String;

    /// A step was given up.
    fn skipped(&self, text: &str, at: Option<&Moment>, zone: Zone, record: &str) -> String;

    /// A step is no longer skipped.
    fn unskipped(&self, text: &str, at: Option<&Moment>, zone: Zone, record: &str) -> String;

    /// A step is out of the plan.
    fn step_removed(&self, text: &str, at: Option<&Moment>, zone: Zone, record: &str) -> String;

    /// A step says something else than it did.
    fn step_changed(&self, text: &str, was: &[Was], record: &str) -> String;

    /// Steps without a time that such a length could move stay where they are.
    fn not_shifted(&self, steps: &str) -> String;

    /// Deadlines stay where they are, as the rest of the plan moves.
    fn deadlines_stay(&self, steps: &str) -> String;

    /// A new plan was counted from its first step, as no other one fitted.
    fn anchor_guessed(&self, text: &str) -> String;

    /// The anchor of a new plan stands in the record at another time than `at`, where it stays.
    fn anchor_stays(
        &self,
        text: &str,
        stays: &Moment,
        at: &Moment,
        zone: Zone,
        record: &str,
    ) -> String;

    /// A new plan was shown, and nothing was written.
    fn nothing_planned(&self) -> &'static str;

    /// What a change did, made by that command.
    fn change(&self, verb: &str, deeds: &[Deed]) -> String;

    /// A change, in those words, was taken back.
    fn undone(&self, change: &str, door: Door, record: &str) -> String;

    /// The beginning of a record, in those words, was taken back: it is gone.
    fn record_taken_back(&self, change: &str, record: &str) -> String;

    /// No record is the current one any more.
    fn none_chosen(&self) -> &'static str;

    /// The copy of a file went with the change that it was made for.
    fn copy_away(&self, path: &str) -> String;

    /// The copy of a file came back with its change.
    fn copy_back(&self, path: &str) -> String;

    /// The copy of a file was changed since, and stays.
    fn copy_stays(&self, path: &str) -> String;

    /// The copy of a file is not there any more.
    fn copy_lost(&self, path: &str, record: &str) -> Refusal;

    /// Another file has the name of a copy that came back.
    fn copy_another(&self, path: &str) -> String;

    /// A change, in those words, was brought back.
    fn redone(&self, change: &str, door: Door, record: &str) -> String;

    /// The journal holds no change of a record.
    fn no_changes(&self, record: &str) -> String;

    /// A lost entry is back.
    fn recovered(&self, entry: &Value, record: &str) -> String;

    /// A lost entry was deleted on purpose.
    fn forgotten(&self, entry: &Value, record: &str) -> String;

    /// A record lost nothing.
    fn nothing_missing(&self, record: &str) -> String;

    /// An entry is back, but names no step of the plan, for that reason.
    fn unlinked(&self, why: &str) -> Refusal;

    /// An action was written down.
    fn action_added(&self, number: usize, text: &str, record: &str) -> String;

    /// An action is done.
    fn action_done(&self, text: &str, on: &Day, record: &str) -> String;

    /// A lesson was written down.
    fn lesson_added(&self, sort: &str, text: &str, record: &str) -> String;
}
