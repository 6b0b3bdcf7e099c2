//! Asking earlier records whether what made it happen was there before.

use crate::fault::Fault;
use crate::model::Incident;
use crate::query::{Cause, Filter, KnownCauses, causes};
use crate::store::Project;

use super::ask::{Reading, ask};

/// What earlier records say of causes.
#[derive(Debug)]
pub struct EarlierCauses(KnownCauses);

/// Returns what all records say made it happen; one that cannot be read says nothing.
///
/// # Errors
/// The records cannot be listed.
pub(super) fn every_cause(project: &Project) -> Result<Vec<Cause>, Fault> {
    // Whole records: what was identified stands in their events.
    let answers = ask(project, &Filter::default(), Reading::Texts(&|_| true), causes)?;
    Ok(answers.rows)
}

impl EarlierCauses {
    /// Reads what all other records say that are of no later day; one that cannot be read says nothing.
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
        // Whole records: what was identified stands in their events.
        let answers = ask(project, &Filter::default(), Reading::Texts(&|_| true), earlier)?;
        Ok(EarlierCauses(KnownCauses::of(answers.rows)))
    }

    /// Returns those that tell of the same, the likest first.
    pub fn like(&self, text: &str) -> Vec<&Cause> {
        self.0.like(text, |_| true)
    }
}
