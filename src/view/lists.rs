//! One record in one line.

use serde::Serialize;

use crate::model::Incident;

use super::words::words_for;

/// A line of `asrun list`.
#[derive(Debug, Clone, Serialize)]
pub struct ListRow {
    /// The record's id.
    pub id: String,
    /// The day it is about, ISO 8601; empty if nothing says it.
    pub date: String,
    /// `release`, `outage`, … as the record has it.
    pub kind: String,
    /// The version, if it has one.
    pub version: String,
    /// The severity, if it has one.
    pub severity: String,
    /// Whether work on it goes on.
    pub open: bool,
    /// The last milestone, else `open` or `ended`, in the record's language.
    pub state: String,
    /// How many events it holds.
    pub events: usize,
    /// Its title.
    pub title: String,
    /// It is the selected one.
    pub current: bool,
}

/// The line of a record.
pub fn list_row(id: &str, incident: &Incident) -> ListRow {
    let labels = &words_for(incident.language.as_deref()).labels;
    let open = incident.is_open();
    let words = words_for(incident.language.as_deref());
    let milestone = incident.last_milestone().map(words.event_type);
    ListRow {
        id: id.to_owned(),
        date: incident.day().map(|day| day.to_string()).unwrap_or_default(),
        kind: incident.kind.clone().unwrap_or_default(),
        version: incident.version.clone().unwrap_or_default(),
        severity: incident.severity.clone().unwrap_or_default(),
        open,
        state: milestone
            .unwrap_or_else(|| if open { labels.open } else { labels.ended }.to_owned()),
        events: incident.events.len(),
        title: incident.title.clone(),
        current: false,
    }
}
