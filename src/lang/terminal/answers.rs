//! Answers of commands that change a record, and refusals before a request is made.

use crate::fault::{Doubt, HeldIn};
use crate::lang::{CountedFrom, Standing, StepOutcome};
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
    /// The zone for its times.
    pub zone: Zone,
    /// The record it was logged to.
    pub record: &'a str,
    /// Where it was typed: the prompt shows the record and the zone, so that the answer need not.
    pub door: Door,
    /// The moment of the answer.
    pub now: &'a Moment,
}

/// A planned step that an event names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarriedOut {
    /// Its id.
    pub id: String,
    /// Its text.
    pub text: String,
    /// Whether the event carries it out; otherwise it only says that the step began or failed.
    pub done: bool,
    /// Its outcome; none if an earlier event of the step determines it.
    pub outcome: Option<StepOutcome>,
}

/// The effect of a change on one entry of a record.
#[derive(Debug, Clone, PartialEq)]
pub enum Deed {
    /// It was added.
    Added(Value),
    /// The record was begun, with that title.
    Begun(Value),
    /// It was removed.
    Removed(Value),
    /// It was removed, and that was taken back.
    Back(Value),
    /// It was changed.
    Changed {
        /// Its new value.
        now: Value,
        /// The keys that differ, with their old values.
        was: Vec<Was>,
    },
    /// The value of a key of the record was added, changed or removed.
    Key {
        /// The key.
        key: String,
        /// The new value.
        now: Option<Value>,
        /// The old value.
        was: Option<Value>,
    },
    /// Only comments and layout were changed.
    Layout,
    /// Unknown.
    Unknown,
}

/// A key that was changed, and its old value.
#[derive(Debug, Clone, PartialEq)]
pub struct Was {
    /// The key.
    pub key: String,
    /// The old value; none if the entry did not have the key.
    pub value: Option<Value>,
}

/// Answers of commands that change a record, and refusals before a request is made.
pub trait AnswerWords {
    /// An event was logged; one line.
    fn logged(&self, logged: &LoggedEvent<'_>) -> String;

    /// Git does not merge records in this clone as the project asks it to.
    fn not_set_up_to_merge(&self) -> &'static str;

    /// An event of the shell begins with a short form of the prompt: the command that was `meant`, and how to `undo` it.
    fn form_in_shell(&self, meant: &str, undo: &str) -> Refusal;

    /// A logged event names no step, but resembles this one: how to link it.
    fn sounds_like(&self, step: &PlanStep, zone: Zone, of: &str) -> String;

    /// How to undo an event that is already in the record, with `undo`.
    fn to_take_back(&self, undo: &str) -> String;

    /// The changes before one that was undone have lower numbers now; `list` prints them.
    fn renumbered(&self, list: &str) -> String;

    /// An event was not logged, for that reason.
    fn not_recorded(&self, why: &str) -> String;

    /// An event is kept beside a record that cannot be read, for this reason; `in_conflict` if git left a merge conflict
    /// in it, which `asrun recover` merges.
    fn kept(&self, why: &str, text: &str, record: &str, in_conflict: bool) -> Refusal;

    /// The same in a dry run.
    fn would_be_kept(&self, why: &str) -> String;

    /// There is no such event type; the names in `begun` begin with the typed text.
    fn unknown_type(&self, typed: &str, begun: &[&str]) -> Refusal;

    /// A text is required, but nobody can be asked for it.
    fn no_text(&self) -> Refusal;

    /// The text below the line in an editor for an event of that record.
    fn editor_notes(&self, record: &str) -> String;

    /// The text below the line in an editor for the plan of that record.
    fn plan_notes(&self, record: &str) -> String;

    /// The plan was left unchanged in the editor.
    fn plan_not_edited(&self) -> &'static str;

    /// A change to a step was given, but no step.
    fn no_step_to_edit(&self) -> Refusal;

    /// The text in the editor is where it is ignored.
    fn text_below_line(&self) -> &'static str;

    /// The editor was closed without a text.
    fn empty_message(&self) -> &'static str;

    /// An event was corrected; `was` has its former values. Its number may have changed with its time: the former one and the new
    /// one.
    fn amended(
        &self,
        numbers: (usize, usize),
        event: &Event,
        was: &[Was],
        zone: Zone,
        record: &str,
    ) -> String;

    /// An event was removed.
    fn removed(&self, number: usize, event: &Event, zone: Zone, record: &str) -> String;

    /// The files of a removed event are kept.
    fn files_stay(&self, folder: &str, files: &[&str]) -> String;

    /// A doubt about an event's new time.
    fn new_time_doubt(&self, doubt: &Doubt, zone: Zone, undo: &str) -> String;

    /// What a typed time is relative to.
    fn counted_from(&self, from: &CountedFrom, zone: Zone) -> String;

    /// An event was given two new texts, by an option and by this one.
    fn two_texts(&self, beside: &str) -> String;

    /// A file was copied into a record, for the event that begins like this or for the record itself.
    fn attached(&self, path: &str, event: Option<&str>) -> String;

    /// The event or the record already has the file, with the same metadata.
    fn attached_already(&self, file: &str, event: Option<&str>) -> String;

    /// The metadata of a file was changed; `was` has its former values.
    fn attachment_changed(
        &self,
        file: &str,
        event: Option<&str>,
        was: &[Was],
        record: &str,
    ) -> String;

    /// A file was removed from an event or the record.
    fn attachment_removed(&self, file: &str, event: Option<&str>, record: &str) -> String;

    /// There was no picture in the clipboard: no program can read it, or that one reported an error.
    fn clipboard_unread(&self, said: Option<(&str, &str)>) -> Refusal;

    /// The standard input is to be attached, but has no name.
    fn nameless_input(&self) -> &'static str;

    /// A name was given, but nothing is read that needs one.
    fn name_without_input(&self) -> &'static str;

    /// The environment names this record, which commands without a name apply to.
    fn named_in_environment(&self, named: &str) -> String;

    /// A number was typed in place of a file; an event is named by an option.
    fn event_of_files(&self, number: usize) -> String;

    /// An event was linked to a step.
    fn linked(&self, event: &str, step: &str, id: &str, record: &str) -> String;

    /// Suggested links were shown, but nothing was written.
    fn nothing_linked(&self, of: &str) -> String;

    /// A step may have been carried out by an event that does not name it.
    fn perhaps_done(&self, of: &str) -> String;

    /// Pairs of an event and a step follow in which the same was done, each with how far apart they are.
    fn perhaps_linked(&self, alone: bool) -> &'static str;

    /// A record was created, and is the current one.
    fn made_record(&self, path: &str, kind: &str, day: &Day, zone: Zone) -> String;

    /// A record has a kind that no other uses; `near` may have been meant.
    fn own_kind(&self, kind: &str, near: &str) -> String;

    /// A new record could not be made the current one.
    fn not_chosen(&self, record: &str) -> String;

    /// A record is the current one.
    fn chosen(&self, record: &str) -> String;

    /// A step of a plan has a time but no text.
    fn no_step_text(&self, time: &str) -> Refusal;

    /// The typed time of a step is probably its text: how to plan it without a time.
    fn step_without_time(&self, text: &str, is_rollback: bool) -> String;

    /// Steps come from the standard input, but a text was typed.
    fn pasted_with_text(&self) -> &'static str;

    /// Steps come from the standard input, but an end or an owner was typed.
    fn pasted_with_options(&self) -> Refusal;

    /// The run sheet begins: what can be typed.
    fn run_begins(&self) -> &'static str;

    /// The current step with its state and its properties.
    fn run_step(&self, step: &PlanStep, standing: Standing) -> String;

    /// A step, or a reason, was typed beside the option for all steps.
    fn rest_is_all_steps(&self) -> Refusal;

    /// The rollback is complete, but other steps of the plan remain.
    fn run_is_back(&self) -> &'static str;

    /// No step of the plan remains.
    fn run_is_over(&self) -> &'static str;

    /// A line was not understood.
    fn run_not_understood(&self, line: &str) -> Refusal;

    /// A time of several words was probably typed without quotes; with the commands in which it is a time, none if asrun
    /// cannot read it as one, and, if its first word is a time as well, the command in which the other words are text.
    fn time_in_quotes(&self, time: &str, as_time: &[String], as_text: Option<&str>) -> Refusal;

    /// A step was reported as late, but the words after it, if any, are not an amount of time.
    fn run_how_late(&self, words: &str) -> Refusal;

    /// A line refers to the next step, but none remains.
    fn run_none_left(&self) -> Refusal;

    /// A step was reported as done that was done at that time, given with the zone, and has not begun again.
    fn run_done_already(&self, step: &str, id: &str, at: (&Moment, Zone)) -> Refusal;

    /// Enter was pressed at a failed step, which does not mark it as done.
    fn run_failed(&self, step: &str, id: &str) -> Refusal;

    /// A word after a verb may name a step, or begin a reason for the current one.
    fn run_step_or_reason(&self, verb: &str, word: &str, step: &str, shown: &str) -> Refusal;

    /// The step that was shown is no longer the current one: somebody else continued. Nothing was logged.
    fn run_moved_on(&self, step: &str) -> String;

    /// What the plan says to do, since a step failed.
    fn run_if_failed(&self, what: &str) -> String;

    /// The step is not a go/no-go decision; these decisions are open.
    fn run_no_decision(&self, step: &str, id: &str, open: &[&str]) -> Refusal;

    /// A decision was reported without saying which one; these are open, or none is.
    fn run_which_decision(&self, open: &[&str]) -> Refusal;

    /// A rollback was called without saying which one; these can be called, or none is left.
    fn run_which_rollback(&self, steps: &[&str]) -> Refusal;

    /// The step is not a rollback; these can be called.
    fn run_no_rollback(&self, step: &str, id: &str, steps: &[&str]) -> Refusal;

    /// The step has no command to be run.
    fn run_has_no_command(&self, step: &str) -> Refusal;

    /// A rehearsal of a plan begins, in a record of its own.
    fn rehearsal_begins(&self, path: &str, record: &str) -> String;

    /// A step's command is not run in a rehearsal.
    fn run_in_rehearsal(&self, step: &str) -> Refusal;

    /// The command of a step, which only typing `run` runs.
    fn run_shows_command(&self, step: &str, command: &str) -> String;

    /// The command is more than a program with arguments.
    fn run_needs_shell(&self, command: &str) -> Refusal;

    /// The plan has no steps yet.
    fn plan_is_empty(&self) -> &'static str;

    /// This many steps have no time, and are not in the calendar.
    fn not_in_calendar(&self, steps: usize) -> String;

    /// A step was added to the plan; it may have an end.
    fn planned(&self, step: &PlanStep, until: Option<&Moment>, zone: Zone, record: &str) -> String;

    /// Lines of a pasted plan have a ticked box.
    fn ticked_steps(&self, steps: usize) -> Refusal;

    /// A step was already in the plan.
    fn left_alone(&self, text: &str, record: &str) -> String;

    /// A step's time was changed; it may have an end.
    fn moved(
        &self,
        text: &str,
        from: Option<&Moment>,
        to: (&Moment, Option<&Moment>),
        zone: Zone,
        record: &str,
    ) -> String;

    /// A step was given up, maybe for a reason.
    fn skipped(
        &self,
        step: (&str, Option<&str>),
        at: Option<&Moment>,
        zone: Zone,
        record: &str,
    ) -> String;

    /// A step is no longer skipped.
    fn unskipped(&self, text: &str, at: Option<&Moment>, zone: Zone, record: &str) -> String;

    /// A step was removed from the plan.
    fn step_removed(&self, text: &str, at: Option<&Moment>, zone: Zone, record: &str) -> String;

    /// A step was changed.
    fn step_changed(&self, text: &str, was: &[Was], record: &str) -> String;

    /// This many steps of a plan have new times.
    fn steps_moved(&self, count: usize) -> String;

    /// This many steps of a plan were given up.
    fn steps_skipped(&self, count: usize) -> String;

    /// A length without a sign moved steps to later times.
    fn moved_later(&self) -> &'static str;

    /// Steps without a time, or with only a day, were not moved.
    fn not_shifted(&self, steps: &str) -> String;

    /// A step was moved to a time after its deadline, which stays.
    fn moved_past_due(&self, step: &str, due: &Moment, zone: Zone) -> Refusal;

    /// Deadlines were not moved with the rest of the plan.
    fn deadlines_stay(&self, steps: &str) -> String;

    /// A new plan was timed relative to this step, which was planned for another time of day, or on the same day as nothing
    /// shows; `other` was planned for that time of day on another day.
    fn anchor_guessed(&self, text: &str, other: Option<&str>) -> String;

    /// These of several records do not tell when the anchor of a new plan was; `better` names a step that more of them tell
    /// of, quoted for a shell.
    fn anchor_unknown_in(&self, text: &str, records: &[&str], better: Option<&str>) -> String;

    /// The anchor of a new plan is already in the record at another time than `at`, and was kept.
    fn anchor_stays(
        &self,
        text: &str,
        stays: &Moment,
        at: &Moment,
        zone: Zone,
        record: &str,
    ) -> String;

    /// A new plan was shown, but nothing was written; `record` is the one that would get it, if there is one.
    fn nothing_planned(&self, record: Option<&str>) -> String;

    /// Steps that were skipped in the old record are not in the plan that is made from it.
    fn steps_left_out(&self, steps: &[&PlanStep], old: &str) -> String;

    /// The effects of a change by a command.
    fn change(&self, verb: &str, deeds: &[Deed]) -> String;

    /// A change with this description was undone. `of` names the record in the command that restores it; `None` if that
    /// was mentioned before.
    fn undone(&self, change: &str, door: Door, record: &str, of: Option<&str>) -> String;

    /// A change with this description was passed over; `undo` takes another one, if there is one.
    fn left_standing(&self, change: &str, record: &str, undo: Option<&str>) -> String;

    /// This command restores what was undone last, in another record.
    fn undone_elsewhere(&self, redo: &str) -> String;

    /// Entries that were undone had been edited by hand since asrun wrote these.
    fn gone_with_edits(&self, written: &[String]) -> String;

    /// The creation of a record, with this description, was undone: the record no longer exists.
    fn record_taken_back(&self, change: &str, record: &str) -> String;

    /// There is no current record any more.
    fn none_chosen(&self) -> &'static str;

    /// The copy of a file was removed with its change.
    fn copy_away(&self, path: &str) -> String;

    /// The copy of a file was restored with its change.
    fn copy_back(&self, path: &str) -> String;

    /// The copy of a file was changed since, and was kept.
    fn copy_stays(&self, path: &str) -> String;

    /// The record still names the copy of a file, which was kept.
    fn copy_named(&self, path: &str) -> String;

    /// The copy of a file no longer exists.
    fn copy_lost(&self, path: &str, record: &str) -> Refusal;

    /// Another file has the name of a restored copy.
    fn copy_another(&self, path: &str) -> String;

    /// A change with this description was redone; `of` is as in `undone`.
    fn redone(&self, change: &str, door: Door, record: &str, of: Option<&str>) -> String;

    /// The journal has no change of a record.
    fn no_changes(&self, record: &str) -> String;

    /// A lost entry was restored.
    fn recovered(&self, entry: &Value, record: &str) -> String;

    /// Entries were restored that a commit of another branch removed there.
    fn recovered_although(&self, held: &HeldIn, record: &str) -> String;

    /// A missing entry was not restored, as it is somewhere else.
    fn not_recovered(&self, entry: &Value, held: &HeldIn) -> String;

    /// How to restore entries that were not restored, or to confirm that they are gone.
    fn to_restore_all(&self, record: &str) -> String;

    /// A lost entry was deleted on purpose.
    fn forgotten(&self, entry: &Value, record: &str) -> String;

    /// An entry or a key is right, although asrun had changed it.
    fn confirmed(&self, entry: &Value, record: &str) -> String;

    /// A record has lost nothing.
    fn nothing_missing(&self, record: &str) -> String;

    /// Says that a record is right where it is, although it had been deleted, renamed or merged.
    fn record_confirmed(&self, record: &str) -> String;
    /// Returns that a record has again what was committed.
    fn brought_up_to_date(&self, record: &str) -> String;

    /// An entry was restored, but is linked to no step of the plan, for this reason.
    fn unlinked(&self, why: &str) -> Refusal;

    /// An action was added, with its owner and its due day, if given.
    fn action_added(
        &self,
        number: usize,
        text: &str,
        given: (Option<&str>, Option<Day>),
        record: &str,
    ) -> String;

    /// An action is done.
    fn action_done(&self, text: &str, on: &Day, record: &str) -> String;

    /// A lesson was added.
    fn lesson_added(&self, sort: &str, text: &str, record: &str) -> String;
}
