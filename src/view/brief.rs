//! A short summary of a record for the person who takes it over.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::{Incident, Moment, Precision};

use super::handover::{HandoverView, handover_view};
use super::status::standing;
use super::time::{TimeFormatter, TimeView};

/// A short summary of a record for the person who takes it over.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct BriefView {
    /// Version of this contract.
    pub view: u32,
    /// The record's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The kind in the record's language.
    pub kind_label: Option<String>,
    /// Version of what was released.
    pub version: Option<String>,
    /// Severity.
    pub severity: Option<String>,
    /// Its status, in the record's language.
    pub status_label: String,
    /// Whether work on it goes on.
    pub open: bool,
    /// The day it is about, in the record's language.
    pub date_text: Option<String>,
    /// IANA name of the zone that times are told in.
    pub zone: Option<String>,
    /// The moment of the summary.
    pub now: TimeView,
    /// The clock time, and the time since the milestone of the current status.
    pub line: String,
    /// Markdown.
    pub impact: Option<String>,
    /// Ids of other open records.
    pub open_too: Vec<String>,
    /// What is to be handed over.
    #[serde(flatten)]
    pub handover: HandoverView,
}

/// Returns a short summary of a record at `now`. `tolerance` is in seconds; `names` are the steps that the project names,
/// each with its other wordings.
pub fn brief_view(
    id: &str,
    incident: &Incident,
    (tolerance, now): (i64, Moment),
    names: &BTreeMap<String, Vec<String>>,
    open_too: Vec<String>,
) -> BriefView {
    let teller = TimeFormatter::of(incident, None);
    let now = incident.zone.map_or(now, |zone| now.seen_in(zone));
    let open = incident.is_open();
    let labels = &teller.words.labels;
    let status = incident.last_milestone().map(teller.words.event_type);
    BriefView {
        view: 1,
        id: id.to_owned(),
        title: incident.title.clone(),
        kind_label: incident.kind.as_deref().map(teller.words.kind),
        version: incident.version.clone(),
        severity: incident.severity.clone(),
        status_label: status
            .unwrap_or_else(|| labels.state(open, incident.has_unknown_end()).to_owned()),
        open,
        date_text: incident.day().map(|day| (teller.words.day)(&day)),
        zone: teller.zone.map(|zone| zone.name().to_owned()),
        line: standing(&teller, incident, now),
        impact: incident.impact.clone(),
        open_too,
        handover: handover_view(incident, Some((tolerance, now)), names),
        now: teller.time(&now.at_most(Precision::Minute)),
    }
}
