//! The project at a moment, which every operation needs.

use crate::fault::Fault;
use crate::format::{Document, Joint, Journal};
use crate::model::{Incident, Moment, Zone};
use crate::store::{Command, Edit, JointLock, LockWait, Noted, Project, RecordName, Saved};
use crate::yaml::Change;

use super::elsewhere::Repository;
use super::secrets::refuse_secrets;

/// A project, the moment of the operation, and the zone for times that belong to no record.
#[derive(Debug, Clone)]
pub struct Workspace {
    /// The project with its settings.
    pub project: Project,
    /// The moment of the operation, which is recorded as the time of the change.
    pub now: Moment,
    /// The zone for records without one.
    pub zone: Zone,
    /// Returns the zone of the clocks that people may have read; only called if it matters.
    pub machine_zone: fn() -> Option<Zone>,
    /// What git has of records; only asked if it matters.
    pub git: &'static dyn Repository,
}

/// A record to be changed.
pub struct Target {
    /// Its project, and the moment of the operation.
    pub workspace: Workspace,
    /// The record.
    pub record: RecordName,
    /// How long to wait for others that hold it.
    pub wait: LockWait<'static>,
}

/// The record before and after a change, and a description of the change.
pub type Outcome<T> = Result<(Saved, T), Fault>;

impl Target {
    /// Changes the record. `make` gets its locked state, and returns the changes and a description of them.
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

    /// As [`Target::change`], for any edit; `make` also returns an entry for the journal.
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

    /// Returns the command that changes the record, for its journal.
    pub(super) fn command(&self, verb: &'static str) -> Command {
        Command { verb, now: self.workspace.now }
    }

    /// Returns a joint change of these records, including this one, and the lock that keeps others from changing several
    /// records meanwhile. Records may only be locked after it.
    pub(super) fn joint(&self, records: &[&RecordName]) -> Result<(Joint, JointLock), Fault> {
        let lock = self.workspace.project.hold_joint_changes(&self.wait)?;
        Ok((self.joint_of(records)?, lock))
    }

    /// Returns a joint change of these records, including this one, for a caller that keeps others from changing several
    /// records meanwhile.
    pub(super) fn joint_of(&self, records: &[&RecordName]) -> Result<Joint, Fault> {
        let changes = self.journal()?.entries().len();
        let name = format!("{:x}-{changes:x}-{}", self.workspace.now.unix(), self.record.id);
        let records = records.iter().map(|record| record.id.clone()).collect();
        Ok(Joint { name, records })
    }

    /// Returns another record of the project, with the same waiting time.
    pub(super) fn beside(&self, record: &RecordName) -> Target {
        let wait = LockWait { limit: self.wait.limit, waiting: self.wait.waiting };
        Target { workspace: self.workspace.clone(), record: record.clone(), wait }
    }

    /// Returns the record for a dry run, which finds out whether a change would be refused before another one is made.
    pub(super) fn rehearsed(&self) -> Target {
        let mut rehearsed = self.beside(&self.record);
        rehearsed.workspace.project.dry_run = true;
        rehearsed
    }

    /// Returns the zone of the record's times.
    pub fn zone(&self, incident: &Incident) -> Zone {
        incident.zone.unwrap_or(self.workspace.zone)
    }

    /// Returns the record's journal.
    pub(super) fn journal(&self) -> Result<Journal, Fault> {
        Ok(self.workspace.project.journal(&self.record)?)
    }
}
