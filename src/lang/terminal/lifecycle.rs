//! Messages about a record as a whole: its metadata and its state.

use crate::model::{Event, EventType, Moment, Zone};
use crate::yaml::Value;

use super::refusal::Refusal;
use super::requests::Door;

/// Why a record is the current one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Current {
    /// The environment names it.
    InEnvironment,
    /// It was selected.
    Chosen,
    /// It is the only open one.
    OnlyOpen,
    /// There is no other one.
    Only,
}

/// Messages about a record as a whole.
pub trait LifeWords {
    /// A key was set or cleared.
    fn key_set(&self, key: &str, was: Option<&Value>, now: Option<&Value>, record: &str) -> String;

    /// This many times mean other moments, as the record's zone was changed; `of` names the record to a command.
    fn times_moved(&self, count: usize, of: &str) -> String;

    /// A record has no value for that key; `of` names the record to a command.
    fn key_unset(&self, key: &str, record: &str, of: &str) -> String;

    /// Why a record is the current one, with its title if it has one; others are open, too.
    fn is_current(&self, why: Current, title: &str, others: &[String]) -> String;

    /// An event was logged to the current record, while others are open, too.
    fn open_too(&self, record: &str, others: &[String]) -> String;

    /// Asks whether to log an event again that is in the record this many seconds before.
    fn log_again(&self, at: &Moment, before: i64, zone: Zone) -> String;

    /// An event that is already in the record is not logged before its line is entered again.
    fn entered_again(&self, at: &Moment, before: i64, zone: Zone) -> Refusal;

    /// An event that is already in the record was not logged again.
    fn not_again(&self) -> &'static str;

    /// Several records are open, with their ids and titles, each in a line with its number.
    fn open_records(&self, open: &[(String, String)]) -> String;

    /// Asks which of several open records was meant.
    fn which_record(&self) -> &'static str;

    /// An answer is none of so many numbers, and not the id of a record where that would do.
    fn no_choice(&self, typed: &str, most: usize, or_record: bool) -> String;

    /// A word names these records where a command takes another word, such as a text; with the command for either
    /// meaning.
    fn word_or_record(
        &self,
        word: &str,
        records: &[String],
        as_record: &str,
        as_word: &str,
    ) -> Refusal;

    /// The record of a prompt, and the others that are open.
    fn prompt_record(&self, record: &str, others: &[String]) -> String;

    /// A record was renamed, or has its old or its new name again.
    fn renamed(&self, from: &str, to: &str) -> String;

    /// A record would be renamed.
    fn would_rename(&self, from: &str, to: &str) -> String;

    /// Another record, at this path, names a record by its new id.
    fn relinked(&self, path: &str, to: &str) -> String;

    /// Files still name a record by its old id, in these lines.
    fn named_elsewhere(&self, from: &str, places: &[(String, usize)]) -> String;

    /// A record was deleted, with its numbers of events and steps if it was readable, and of files.
    fn deleted(&self, record: &str, held: Option<(usize, usize)>, files: usize) -> String;

    /// A record is deleted, but not what was published of it, at these paths as they are typed in a shell.
    fn still_published(&self, record: &str, paths: &[String]) -> String;

    /// A record was renamed; what was published in a folder with its old name, at these paths as they are typed in a
    /// shell, stays when it is rendered again.
    fn published_before(&self, from: &str, paths: &[String]) -> String;

    /// A deleted record was restored.
    fn restored(&self, record: &str) -> String;

    /// A restored record was deleted again.
    fn deleted_again(&self, record: &str) -> String;

    /// All of one record was merged into another, and the one is gone: this many entries were added, and this many
    /// events were in both.
    fn merged(&self, from: &str, into: &str, added: usize, same: usize) -> String;

    /// The same would be done.
    fn would_merge(&self, from: &str, into: &str, added: usize, same: usize) -> String;

    /// Comments of the merged record, at this path, belong to nothing that was taken over: the line of each there, and its
    /// words. `is_deleted` unless nothing was written.
    fn comments_left_out(
        &self,
        path: &str,
        comments: &[(usize, String)],
        is_deleted: bool,
    ) -> String;

    /// Comments went with the items that they were beside.
    fn comments_gone(&self, comments: &[String]) -> String;

    /// These were internal on one of two sides, so they are internal where both come together.
    fn kept_internal(&self, texts: &[String]) -> String;

    /// Files get other names, since those were taken by files with other content: the former and the new name of each.
    fn files_renamed(&self, names: &[(String, String)]) -> String;

    /// A value of a key was kept, and the other record's value is shown for the last time.
    fn key_stays(&self, key: &str, here: Option<&Value>, there: Option<&Value>) -> String;

    /// A merged record keeps its severity, but its events lead to another one.
    fn severity_led(&self, led: &str, record: &str) -> String;

    /// The review state of a record was set or cleared.
    fn review_set(&self, label: Option<&str>, record: &str) -> String;

    /// A record has no review state.
    fn no_review(&self, record: &str) -> String;

    /// A public document is made from a record that is a draft, or was changed after its review.
    fn not_reviewed(&self, label: &str, record: &str) -> String;

    /// A record was closed, but no event says when it was resolved; `of` names the record to a command.
    fn never_resolved(&self, of: &str) -> String;

    /// A record was closed at a time after which it says that it began; `of` names the record to a command.
    fn open_after_all(&self, begun: &Event, zone: Zone, of: &str) -> String;

    /// A record was closed before its latest event; `of` names the record to a command.
    fn went_on_after_closing(&self, event: &Event, zone: Zone, of: &str) -> String;

    /// A record was reopened at a time after which it says that it ended; `of` names the record to a command.
    fn ended_after_all(&self, end: &Event, zone: Zone, of: &str) -> String;

    /// An event states a status earlier than this one, which still decides it; `of` names the record to a command.
    fn status_stays(&self, later: &Event, zone: Zone, of: &str) -> String;

    /// An event was logged to a record that is archived.
    fn logged_to_archived(&self, record: &str) -> Refusal;

    /// Public pages still say `shown`, since the milestone `known`, with its time, is internal.
    fn public_lags(
        &self,
        shown: &EventType,
        known: (&EventType, Option<Moment>),
        door: Door,
        record: &str,
    ) -> String;

    /// A record was closed with planned steps that were neither carried out nor given up.
    fn steps_left(&self, names: &[String], of: &str) -> String;

    /// A record was closed with this many open actions.
    fn actions_left(&self, count: usize, record: &str) -> String;

    /// A record was closed although the public was promised an update for then, and did not get it.
    fn promise_left(&self, promised: &Moment, zone: Zone, of: &str) -> String;

    /// A record was closed now, this many seconds after its latest event.
    fn closed_late(&self, since: (i64, &Moment), of: &str) -> String;

    /// These records are open, and nothing was told of them for a month.
    fn long_open(&self, records: &[String]) -> String;

    /// A record is out of the way.
    fn archived(&self, record: &str) -> String;

    /// How to select a record, where none is selected.
    fn to_select(&self, record: &str) -> String;

    /// A record that was the current one is back, but another one was chosen since.
    fn stays_chosen(&self, current: &str, record: &str) -> String;

    /// A record is not out of the way any more.
    fn unarchived(&self, record: &str) -> String;

    /// A record was archived, and something went on in it.
    fn archived_open(&self, record: &str) -> String;

    /// An event was moved to another record.
    fn event_moved(&self, event: &Event, zone: Zone, from: &str, to: &str) -> String;

    /// A moved event named steps that are not in the plan of its new record.
    fn steps_let_go(&self, steps: &[String], record: &str) -> String;

    /// Files of a moved event were copied to its new record, and also kept in the old one.
    fn files_copied(&self, files: &[String], folder: &str) -> String;
}
