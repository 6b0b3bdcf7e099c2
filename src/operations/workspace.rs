//! The project at a moment, as every operation needs it.

use crate::fault::Fault;
use crate::format::Document;
use crate::model::{Moment, Zone};
use crate::store::{Command, Edit, LockWait, Project, RecordName, Saved};
use crate::yaml::Change;

/// A project, the moment of the operation, and the zone of times that no record decides.
#[derive(Debug, Clone)]
pub struct Workspace {
    /// The project with its settings.
    pub project: Project,
    /// The moment of the operation: it is written as the time of the change.
    pub now: Moment,
    /// The zone of a record that names none.
    pub zone: Zone,
}

impl Workspace {
    /// The command that changes a record, for its journal.
    pub(super) fn command(&self, verb: &'static str) -> Command {
        Command { verb, now: self.now }
    }

    /// Changes a record. `make` gets the record as it stands under the lock, and gives the changes and
    /// what came of them.
    pub(super) fn change<T>(
        &self,
        record: &RecordName,
        verb: &'static str,
        wait: &LockWait<'_>,
        mut make: impl FnMut(&Document) -> Result<(Vec<Change>, T), Fault>,
    ) -> Result<(Saved, T), Fault> {
        self.project.update(record, &self.command(verb), wait, |document| {
            let (changes, made) = make(document)?;
            Ok((Edit::Changes(changes), Vec::new(), made))
        })
    }
}
