//! The words of a handover, in a record's language.

use serde::Serialize;

/// The words for a handover.
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
    /// When it broke, and the milestone that says so.
    #[serde(skip)]
    pub since: fn(&str, &str) -> String,
    /// For how long something has been in this state.
    #[serde(skip)]
    pub so_far: fn(&str) -> String,
    /// When the public was last informed.
    #[serde(skip)]
    pub last_update: fn(&str) -> String,
    /// How long ago the public was last informed.
    #[serde(skip)]
    pub last_update_ago: fn(&str) -> String,
    /// When the public is to be informed again.
    #[serde(skip)]
    pub next_update: fn(&str) -> String,
    /// The same, after the time of the last update.
    #[serde(skip)]
    pub then_next: fn(&str) -> String,
    /// Since when a public update is overdue, and for how long.
    #[serde(skip)]
    pub update_late: fn(&str, &str) -> String,
    /// The state that public pages still show.
    #[serde(skip)]
    pub public_says: fn(&str) -> String,
    /// Since when a step is under way.
    #[serde(skip)]
    pub under_way: fn(&str) -> String,
    /// The event that may have carried out a step.
    #[serde(skip)]
    pub perhaps_done: fn(&str) -> String,
    /// Something is overdue by that much.
    #[serde(skip)]
    pub overdue_by: fn(&str) -> String,
}
