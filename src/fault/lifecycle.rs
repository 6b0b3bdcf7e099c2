//! Why a record as a whole was not changed.

use crate::model::Moment;
use crate::yaml::Position;

use super::records::ContentFault;

/// Why a key of a record was not set or shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyFault {
    /// Records have no such key.
    Unknown { typed: String, near: Option<&'static str>, known: Vec<&'static str> },
    /// It is the id, which is the name of the record's file.
    Id,
    /// asrun does not know it, and this record has it there.
    Own { key: String, file: String, at: Position },
    /// Times in these lines have no offset, so that they mean nothing without a zone; the first one is there.
    ZoneNeeded { file: String, at: Position, lines: Vec<usize> },
    /// It contains entries, which have commands of their own.
    Entries { key: &'static str },
    /// No value was typed.
    NoValue { key: &'static str },
    /// A value was given along with a request to clear it.
    ClearedAndSet { key: &'static str },
    /// A record requires it.
    Needed { key: &'static str },
    /// The record does not have what is to be removed.
    NotThere { key: &'static str, value: Option<String> },
    /// It already has this value.
    Same { key: &'static str, value: String },
    /// The severity is to be this from a time on, and an event of a later time, with this number, says that it changed to
    /// it.
    LaterSame { record: String, value: String, at: Moment, number: usize },
    /// It has keys that asrun does not know, and is to become a word.
    OwnKeys { key: &'static str, own: Vec<String> },
    /// It is not a list, so nothing can be added or removed.
    NoList { key: &'static str },
    /// There is no zone of that name.
    Zone { typed: String, near: Option<&'static str> },
    /// It is neither yes nor no.
    Truth { typed: String },
    /// There is no milestone of that name.
    Status { typed: String, known: Vec<&'static str> },
    /// A key of `post` cannot have that value.
    Post(Box<ContentFault>),
    /// An event records this change, which cannot be left out.
    IsEvent { key: &'static str },
    /// No event records this change, so it has no time, reason or author.
    NoEvent { key: &'static str },
}

/// Why a record was not closed or reopened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StateFault {
    /// It is already closed.
    Closed { record: String },
    /// It is open.
    Open { record: String },
    /// It is archived already, or is to go on and would still be out of the way.
    Archived { record: String },
    /// It is not archived.
    NotArchived { record: String },
}
