//! Finds the records that were imported from a document before.

use std::collections::HashMap;

use crate::fault::Fault;
use crate::import::DraftRecord;
use crate::model::Incident;
use crate::query::Filter;

use super::super::ask::{Reading, ask};
use super::super::workspace::Workspace;
use super::known::{is_line_of, source_of};

/// The records that were imported from documents, by the documents' names.
#[derive(Debug, Default)]
pub struct ReadBefore(HashMap<String, Vec<(String, Option<String>)>>);

impl ReadBefore {
    /// Reads all records of the project.
    ///
    /// # Errors
    /// The folder of records cannot be read.
    pub fn of(workspace: &Workspace) -> Result<ReadBefore, Fault> {
        let of_record = |id: &str, incident: &Incident| {
            let imported = incident.imported.iter();
            imported.map(|it| (it.from.clone(), (id.to_owned(), it.sha256.clone()))).collect()
        };
        let found = ask(&workspace.project, &Filter::default(), Reading::Outlines, of_record)?.rows;
        let mut before = ReadBefore::default();
        for (from, record) in found {
            before.0.entry(from).or_default().push(record);
        }
        Ok(before)
    }

    /// Adds a record that was just written.
    pub fn add(&mut self, from: &str, id: &str, sha256: &str) {
        let records = self.0.entry(from.to_owned()).or_default();
        records.push((id.to_owned(), Some(sha256.to_owned())));
    }

    /// Returns the record that a draft of a document was imported into before; `id` is the id that it would get.
    pub(super) fn record(&self, from: &str, sha256: &str, id: &str, alone: bool) -> Option<&str> {
        let records = self.0.get(from)?;
        let named = records.iter().find(|(known, _)| known == id);
        let same = || records.iter().find(|(_, sum)| alone && sum.as_deref() == Some(sha256));
        named.or_else(same).map(|(id, _)| id.as_str())
    }
}

/// Returns the record that already has entries of an export, by the export's own ids: its file may have been renamed.
pub(super) fn holder(
    workspace: &Workspace,
    record: &DraftRecord,
    from: &str,
) -> Result<Option<String>, Fault> {
    let sources = record.read.iter().filter_map(|read| source_of(&record.incident, read.entry));
    let own: Vec<&str> = sources.filter(|source| !is_line_of(source, from)).collect();
    // The entries at both ends suffice: a longer export contains those of a shorter one.
    let ends: Vec<&str> =
        own.iter().take(ENDS).chain(own.iter().rev().take(ENDS)).copied().collect();
    if ends.is_empty() {
        return Ok(None);
    }
    let may_hold = |text: &str| ends.iter().any(|source| text.contains(source));
    let holds = |id: &str, incident: &Incident| {
        let events = incident.events.iter().filter_map(|event| event.source.as_deref());
        let steps = incident.plan.iter().filter_map(|step| step.source.as_deref());
        let is_held = events.chain(steps).any(|source| ends.contains(&source));
        if is_held { vec![id.to_owned()] } else { Vec::new() }
    };
    let found = ask(&workspace.project, &Filter::default(), Reading::Texts(&may_hold), holds)?.rows;
    Ok(found.into_iter().next())
}

/// How many entries at each end of an export are looked up.
const ENDS: usize = 8;
