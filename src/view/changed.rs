//! What a command changed, for programs.

use std::collections::BTreeMap;

use serde::Serialize;

/// The answer of a command that changes something.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ChangeView {
    /// Version of this contract.
    pub view: u32,
    /// The command, without `asrun`: `close`, `plan add`.
    pub command: String,
    /// Whether nothing was written: `records` then has what would be.
    pub dry_run: bool,
    /// The records that were changed, in the order in which they were.
    pub records: Vec<ChangedRecordView>,
    /// What people are told, line by line. Warnings and hints go to the error output, as otherwise.
    pub said: Vec<String>,
}

/// A record that was changed.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ChangedRecordView {
    /// Its id.
    pub id: String,
    /// Its file, from the project's folder on.
    pub file: String,
    /// The journal's ids of the changes; empty in a dry run, and if nothing changed.
    pub changes: Vec<String>,
    /// What was added, removed or changed in it; empty for a record that was begun, deleted or renamed as a whole.
    pub effects: Vec<EffectView>,
}

/// An entry or a key of a record that was changed.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct EffectView {
    /// The list that has the entry, or the key: `events`, `severity`.
    pub key: String,
    /// The entry or the value before; null if it was added.
    pub before: Option<PlainValue>,
    /// The entry or the value after; null if it was removed.
    pub after: Option<PlainValue>,
}

/// A value as it is written in a record: numbers, times and truth values are texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum PlainValue {
    /// Null, or an empty value.
    Empty(()),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<PlainValue>),
    /// A mapping.
    Map(BTreeMap<String, PlainValue>),
}
