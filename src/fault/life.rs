//! Why a record as a whole was not changed.

use super::records::ContentFault;

/// Why a key of a record was not set or told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyFault {
    /// Records have no such key.
    Unknown { typed: String, near: Option<&'static str>, known: Vec<&'static str> },
    /// It holds entries, which have commands of their own.
    Entries { key: &'static str },
    /// No value was typed.
    NoValue { key: &'static str },
    /// A value was typed, and it is to be taken away.
    ClearedAndSet { key: &'static str },
    /// A record cannot be without it.
    Needed { key: &'static str },
    /// The record does not have what is to go.
    NotThere { key: &'static str, value: Option<String> },
    /// It says so already.
    Same { key: &'static str, value: String },
    /// It is no list, so nothing can be added to it or taken out.
    NoList { key: &'static str },
    /// No zone is called so.
    Zone { typed: String, near: Option<&'static str> },
    /// It is neither yes nor no.
    Truth { typed: String },
    /// No milestone is called so.
    Status { typed: String, known: Vec<&'static str> },
    /// A key of how its post looks cannot say that.
    Post(Box<ContentFault>),
    /// No event tells of this change, so it has no time, reason or name.
    NoEvent { key: &'static str },
}

/// Why a record was not closed or opened again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StateFault {
    /// Nothing goes on in it.
    Closed { record: String },
    /// Something goes on in it.
    Open { record: String },
}
