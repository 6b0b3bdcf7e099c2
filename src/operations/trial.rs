//! A project with one record, in a folder that is thrown away, for tests of operations.

use std::time::Duration;

use crate::format::Settings;
use crate::model::{Moment, Zone};
use crate::store::{Loaded, Project, RecordName};

use super::workspace::{LockWait, Workspace};

/// A house to try operations in.
pub(super) struct Trial {
    _home: tempfile::TempDir,
    pub(super) workspace: Workspace,
    pub(super) record: RecordName,
}

/// Nobody else writes there.
pub(super) const WAIT: LockWait<'static> =
    LockWait { limit: Duration::from_secs(5), waiting: &|| {} };

impl Trial {
    /// A project whose record `demo` has this text, on the morning of 7 September 2024 in Seoul.
    pub(super) fn of(text: &str) -> Trial {
        let home = tempfile::tempdir().unwrap();
        Project::init(home.path(), &Settings::default(), None, false).unwrap();
        let project = Project::find(home.path()).unwrap();
        let record = project.create_record("demo", text).unwrap();
        let now = Moment::parse("2024-09-07T10:00:00+09:00", None).unwrap();
        let zone = Zone::parse("Asia/Seoul").unwrap();
        Trial { _home: home, workspace: Workspace { project, now, zone }, record }
    }

    /// The record's text.
    pub(super) fn text(&self) -> String {
        self.workspace.project.raw_text(&self.record).unwrap()
    }

    /// Another record of the project, read.
    pub(super) fn load(&self, id: &str, text: &str) -> Loaded {
        let record = self.workspace.project.create_record(id, text).unwrap();
        self.workspace.project.load(&record).unwrap()
    }
}
