//! The project at a moment, as every operation needs it.

use crate::fault::Fault;
use crate::format::{Document, Joint, Journal};
use crate::model::{Incident, Moment, Zone};
use crate::store::{Command, Edit, LockWait, Noted, Project, RecordName, Saved};
use crate::yaml::Change;

use super::secrets::refuse_secrets;

/// A project, the moment of the operation, and the zone of times that no record decides.
#[derive(Debug, Clone)]
pub struct Workspace {
    /// The project with its settings.
    pub project: Project,
    /// The moment of the operation: it is written as the time of the change.
    pub now: Moment,
    /// The zone of a record that names none.
    pub zone: Zone,
    /// The zone of the clocks that people may have read a time off; asked only where that matters.
    pub machine_zone: fn() -> Option<Zone>,
}

/// A record that is to be changed.
pub struct Target {
    /// Where it stands, and when.
    pub workspace: Workspace,
    /// The record.
    pub record: RecordName,
    /// How long others may hold it.
    pub wait: LockWait<'static>,
}

/// The record before and after a change, and what else is to be told of it.
pub type Outcome<T> = Result<(Saved, T), Fault>;

impl Target {
    /// Changes the record. `make` gets it as it stands under the lock, and gives the changes and what
    /// came of them.
    pub(super) fn change<T>(
        &self,
        verb: &'static str,
        mut make: impl FnMut(&Document) -> Result<(Vec<Change>, T), Fault>,
    ) -> Outcome<T> {
        self.update(verb, |document| {
            let (changes, made) = make(document)?;
            Ok((Edit::Changes(changes), Noted::default(), made))
        })
    }

    /// The same for any edit; `make` also says what the journal is to note of it.
    pub(super) fn update<T>(
        &self,
        verb: &'static str,
        mut make: impl FnMut(&Document) -> Result<(Edit, Noted, T), Fault>,
    ) -> Outcome<T> {
        let make = |document: &Document| {
            let made = make(document)?;
            refuse_secrets(&self.workspace.project.settings, document, &made.0)?;
            Ok(made)
        };
        self.workspace.project.update(&self.record, &self.command(verb), &self.wait, make)
    }

    /// The command that changes the record, for its journal.
    pub(super) fn command(&self, verb: &'static str) -> Command {
        Command { verb, now: self.workspace.now }
    }

    /// A change of these records at once, this one among them.
    pub(super) fn joint(&self, records: &[&RecordName]) -> Result<Joint, Fault> {
        let changes = self.journal()?.entries().len();
        let name = format!("{:x}-{changes:x}-{}", self.workspace.now.unix(), self.record.id);
        Ok(Joint { name, records: records.iter().map(|record| record.id.clone()).collect() })
    }

    /// Another record of the project, for which others are waited as long as for this one.
    pub(super) fn beside(&self, record: &RecordName) -> Target {
        let wait = LockWait { limit: self.wait.limit, waiting: self.wait.waiting };
        Target { workspace: self.workspace.clone(), record: record.clone(), wait }
    }

    /// The same record, of which nothing is written: what refuses a change is known before another one is made.
    pub(super) fn rehearsed(&self) -> Target {
        let mut rehearsed = self.beside(&self.record);
        rehearsed.workspace.project.dry_run = true;
        rehearsed
    }

    /// The zone of the record's times.
    pub fn zone(&self, incident: &Incident) -> Zone {
        incident.zone.unwrap_or(self.workspace.zone)
    }

    /// The record's journal.
    pub(super) fn journal(&self) -> Result<Journal, Fault> {
        Ok(self.workspace.project.journal(&self.record)?)
    }
}
