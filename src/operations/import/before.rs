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

#[cfg(test)]
mod tests {
    use super::super::super::trial::Trial;
    use super::*;
    use crate::format::read;
    use crate::import::{EntryAt, ReadAs};

    #[test]
    fn a_document_is_known_by_its_records_id_or_alone_by_its_bytes() {
        let mut before = ReadBefore::default();
        before.add("n.txt", "down", "11");
        before.add("n.txt", "later", "22");
        for (from, sha256, id, alone, known) in [
            ("n.txt", "33", "down", false, Some("down")),
            ("n.txt", "22", "other", true, Some("later")),
            ("n.txt", "22", "other", false, None),
            ("n.txt", "33", "other", true, None),
            ("m.txt", "22", "down", true, None),
        ] {
            assert_eq!(before.record(from, sha256, id, alone), known, "{from} {sha256} {id}");
        }
    }

    /// Returns events of an export with these ids.
    fn exported(ids: impl Iterator<Item = String>) -> String {
        let event =
            |id: String| format!("  - at: 2024-09-07T18:00Z\n    text: a\n    source: \"{id}\"\n");
        format!("title: t\nevents:\n{}", ids.map(event).collect::<String>())
    }

    #[test]
    fn an_export_is_known_by_the_ids_at_either_end_and_a_document_not_by_its_lines() {
        let ids = |from: usize, to: usize| (from..to).map(|id| format!("X{id}"));
        let lines = || (1..4).map(|line| format!("n.txt:{line}"));
        for (held, drafted, known) in [
            (exported(ids(100, 130)), exported(ids(100, 140)), true),
            (exported(ids(130, 140)), exported(ids(100, 140)), true),
            (exported(ids(115, 120)), exported(ids(100, 140)), false),
            (exported(ids(200, 210)), exported(ids(100, 140)), false),
            (exported(lines()), exported(lines()), false),
        ] {
            let trial = Trial::of(&held);
            let incident = read(&drafted).unwrap().incident;
            let read_as = |at| ReadAs {
                entry: EntryAt::Event(at),
                line: 1,
                column: 1,
                raw: String::new(),
                date_from: None,
                zone_from: None,
            };
            let read = (0..incident.events.len()).map(read_as).collect();
            let draft = DraftRecord { incident, read, ..DraftRecord::default() };
            let found = holder(&trial.target.workspace, &draft, "n.txt").unwrap();
            assert_eq!(found.is_some(), known, "{held}");
        }
    }
}
