//! Searches earlier records for the same causes.

use crate::fault::Fault;
use crate::model::Incident;
use crate::query::{Cause, Filter, KnownCauses, TOLD, causes, may_name_causes};
use crate::store::Project;

use super::ask::{Reading, ask};

/// The causes in earlier records.
#[derive(Debug)]
pub struct EarlierCauses(KnownCauses);

/// Returns the causes in all records; unreadable records have none.
///
/// # Errors
/// The records cannot be listed.
pub(super) fn every_cause(project: &Project) -> Result<Vec<Cause>, Fault> {
    ask_causes(project, causes)
}

/// Returns the causes in records that may have some. These are read completely, since identified causes are in their
/// events, and all of them are needed: how much a word matters depends on the causes of all records.
fn ask_causes(
    project: &Project,
    of: impl Fn(&str, &Incident) -> Vec<Cause> + Sync,
) -> Result<Vec<Cause>, Fault> {
    Ok(ask(project, &Filter::default(), Reading::Texts(&may_name_causes), of)?.rows)
}

impl EarlierCauses {
    /// Reads the causes in all other records of the same or an earlier day; unreadable records have none.
    ///
    /// # Errors
    /// The records cannot be listed.
    pub fn before(
        project: &Project,
        id: &str,
        incident: &Incident,
    ) -> Result<EarlierCauses, Fault> {
        let day = incident.day();
        let earlier = |other: &str, past: &Incident| {
            let later = past.day().zip(day).is_some_and(|(past, day)| past > day);
            if other == id || later { Vec::new() } else { causes(other, past) }
        };
        Ok(EarlierCauses(KnownCauses::of(ask_causes(project, earlier)?)))
    }

    /// Returns similar causes, most similar first; with `is_failed_step`, steps that failed, else other causes.
    pub fn like(&self, text: &str, is_failed_step: bool) -> Vec<&Cause> {
        self.0.like(text, |other| other.is_failed_step == is_failed_step)
    }

    /// Returns those of similar causes that are to be told: the most similar ones, and all whose records have open actions.
    pub fn told(&self, text: &str, is_failed_step: bool) -> Vec<&Cause> {
        let like = self.like(text, is_failed_step).into_iter().enumerate();
        like.filter(|(at, seen)| *at < TOLD || !seen.open.is_empty())
            .map(|(_, seen)| seen)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::super::trial::Trial;
    use super::*;

    #[test]
    fn only_records_that_may_name_causes_are_parsed() {
        let trial = Trial::new("title: t\n");
        let project = &trial.target.workspace.project;
        let event = "events:\n  - {at: 2024-07-01T10:00Z, text: pool is full, type";
        for number in 0..40 {
            let text = format!("title: t\n{event}: detected}}\n");
            project.create_record(&format!("r{number}"), &text).unwrap();
        }
        let with_causes = [
            format!("title: t\n{event}: identified}}\n"),
            format!("title: t\n{event}: \"identifie\\x64\"}}\n"),
            "title: t\ncontributing_factors: [pool is full]\n".to_owned(),
            "title: t\nlessons:\n  badly: [pool is full]\n".to_owned(),
            format!("title: t\n{event}: failed}}\n"),
        ];
        for (number, text) in with_causes.iter().enumerate() {
            project.create_record(&format!("c{number}"), text).unwrap();
        }
        let parsed = AtomicUsize::new(0);
        let found = ask_causes(project, |id, incident| {
            parsed.fetch_add(1, Ordering::Relaxed);
            causes(id, incident)
        });
        assert_eq!(found.unwrap().len(), with_causes.len());
        assert_eq!(parsed.into_inner(), with_causes.len());
    }
}
