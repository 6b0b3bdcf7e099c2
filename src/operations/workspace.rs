//! The project at a moment, as every operation needs it.

use crate::model::{Moment, Zone};
use crate::store::{Act, Patience, Project, RecordName};

/// How long to wait for another writer, and whom to tell.
pub type LockWait<'a> = Patience<'a>;

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
    pub(super) fn act(&self, verb: &'static str) -> Act {
        Act { verb, now: self.now }
    }

    /// The project and a record of it.
    pub(super) fn of<'w>(&'w self, record: &'w RecordName) -> (&'w Project, &'w RecordName) {
        (&self.project, record)
    }
}
