//! What is said of a record as a whole: of its keys, and of where it stands.

use crate::model::{Event, Moment, Zone};
use crate::yaml::Value;

/// Why a record is the one that commands mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Current {
    /// Somebody chose it.
    Chosen,
    /// No other one is open, or there.
    Only,
}

/// What is said of a record as a whole.
pub trait LifeWords {
    /// A key says something else, or is gone.
    fn key_set(&self, key: &str, was: Option<&Value>, now: Option<&Value>, record: &str) -> String;

    /// So many times mean another moment, as the record has another zone.
    fn times_moved(&self, count: usize) -> String;

    /// A record does not say anything of that key.
    fn key_unset(&self, key: &str, record: &str) -> String;

    /// Why a record is the current one, by its title if it has one; others are open too.
    fn is_current(&self, why: Current, title: &str, others: &[String]) -> String;

    /// An event went to the record that is meant where none is named, and others are open too.
    fn open_too(&self, record: &str, others: &[String]) -> String;

    /// Asks whether an event is to be logged again that stands there at a moment so many seconds before.
    fn log_again(&self, at: &Moment, before: i64, zone: Zone) -> String;

    /// An event that stands in the record already was not logged again.
    fn not_again(&self) -> &'static str;

    /// Asks which of several open records was meant, by its number.
    fn which_record(&self, open: &[String]) -> String;

    /// Which record the lines of a prompt go to, and which others are open.
    fn prompt_record(&self, record: &str, others: &[String]) -> String;

    /// A record has another id now.
    fn renamed(&self, from: &str, to: &str) -> String;

    /// Other records still name a record by its old id, in these lines.
    fn named_elsewhere(&self, from: &str, places: &[(String, usize)]) -> String;

    /// A record was taken away, with so many events and steps, where it could be read, and so many files.
    fn deleted(&self, record: &str, held: Option<(usize, usize)>, files: usize) -> String;

    /// A record that was deleted is there again.
    fn restored(&self, record: &str) -> String;

    /// A record that had been brought back is deleted again.
    fn deleted_again(&self, record: &str) -> String;

    /// A record has the name again that it had, or the one that it got.
    fn named_again(&self, from: &str, to: &str) -> String;

    /// Everything of one record stands in another one now, and the one is gone: so many entries came, and
    /// so many events stood in both.
    fn merged(&self, from: &str, into: &str, added: usize, same: usize) -> String;

    /// What a record says of a key stays, and what the other one said of it is told here for the last time.
    fn key_stays(&self, key: &str, here: Option<&Value>, there: Option<&Value>) -> String;

    /// A record says now how far its writing has come, or nothing of it.
    fn review_set(&self, label: Option<&str>, record: &str) -> String;

    /// A record says nothing of a review.
    fn no_review(&self, record: &str) -> String;

    /// A document for the public is made of a record that is a draft, or was changed after its review.
    fn not_reviewed(&self, label: &str, record: &str) -> String;

    /// A record was closed, and no event says when it was resolved.
    fn never_resolved(&self) -> &'static str;

    /// A record was closed with planned steps that nobody carried out or gave up.
    fn steps_left(&self, count: usize) -> String;

    /// A record was closed, and so many of its actions are to be done yet.
    fn actions_left(&self, count: usize, record: &str) -> String;

    /// A record was closed now, so many seconds after its latest event.
    fn closed_late(&self, seconds: i64) -> String;

    /// An event went from one record to the other.
    fn event_moved(&self, event: &Event, zone: Zone, from: &str, to: &str) -> String;

    /// A moved event named steps that the plan of its new record does not have.
    fn steps_let_go(&self, steps: &[String], record: &str) -> String;

    /// Files of a moved event were copied to its new record, and stay in the old one.
    fn files_copied(&self, files: &[String], from: &str) -> String;
}
