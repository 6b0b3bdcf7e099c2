//! A record's plan against actual, without its other content.

use serde::Serialize;

use crate::lang::Labels;

use super::durations::{DurationView, SilenceView};
use super::record::RecordView;
use super::rows::RowView;

/// Plan against actual of one record, without its other content.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ScheduleView<'v> {
    /// Version of this contract.
    pub view: u32,
    /// The record's id.
    pub id: &'v str,
    /// Its title.
    pub title: &'v str,
    /// IANA name of the zone that times are told in.
    pub zone: Option<&'v str>,
    /// The rows.
    pub rows: &'v [RowView],
    /// The durations, including missing ones.
    pub durations: &'v [DurationView],
    /// The longest silences.
    pub silences: &'v [SilenceView],
    /// The fixed words of the record's language.
    pub labels: &'v Labels,
}

impl<'v> From<&'v RecordView> for ScheduleView<'v> {
    fn from(view: &'v RecordView) -> ScheduleView<'v> {
        ScheduleView {
            view: view.view,
            id: &view.id,
            title: &view.title,
            zone: view.zone.as_deref(),
            rows: &view.rows,
            durations: &view.durations,
            silences: &view.silences,
            labels: &view.labels,
        }
    }
}
