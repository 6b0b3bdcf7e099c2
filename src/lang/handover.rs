//! The words of a handover, in a record's language.

use serde::Serialize;

/// What is said to who takes a record over.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[allow(
    missing_docs,
    reason = "each field is what it says; texts come told, times and amounts too"
)]
pub struct HandoverWords {
    pub handover: &'static str,
    pub now: &'static str,
    pub broken: &'static str,
    pub impact: &'static str,
    pub cause: &'static str,
    pub updates: &'static str,
    pub tried: &'static str,
    pub people: &'static str,
    pub due: &'static str,
    pub latest: &'static str,
    pub open_too: &'static str,
    pub no_update: &'static str,
    pub to_do: &'static str,
    /// When it broke, and with which milestone that is known.
    #[serde(skip)]
    pub since: fn(&str, &str) -> String,
    /// How long something has been so.
    #[serde(skip)]
    pub so_far: fn(&str) -> String,
    /// When the public was told last.
    #[serde(skip)]
    pub last_update: fn(&str) -> String,
    /// The same as an amount of time until now.
    #[serde(skip)]
    pub last_update_ago: fn(&str) -> String,
    /// When it is to be told again.
    #[serde(skip)]
    pub next_update: fn(&str) -> String,
    /// The same behind when it was told last.
    #[serde(skip)]
    pub then_next: fn(&str) -> String,
    /// When it was to be told again, and how long ago that was.
    #[serde(skip)]
    pub update_late: fn(&str, &str) -> String,
    /// A step is under way since then.
    #[serde(skip)]
    pub under_way: fn(&str) -> String,
    /// Something is overdue by that much.
    #[serde(skip)]
    pub overdue_by: fn(&str) -> String,
}
