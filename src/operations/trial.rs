//! A project with one record, in a folder that is thrown away, to try operations on.

use std::time::Duration;

use crate::format::{Document, Settings};
use crate::model::{Moment, Zone};
use crate::store::{Project, RecordName};

use super::workspace::{LockWait, Workspace};

/// Waits for nobody.
pub(super) const WAIT: LockWait<'static> =
    LockWait { limit: Duration::from_secs(5), waiting: &|| {} };

/// A project and the record that operations are tried on.
pub(super) struct Trial {
    _home: tempfile::TempDir,
    pub(super) workspace: Workspace,
    pub(super) record: RecordName,
}

impl Trial {
    /// A project whose only record holds this text, on 2024-09-07 at 18:30 in Seoul.
    pub(super) fn new(text: &str) -> Trial {
        let home = tempfile::tempdir().unwrap();
        let root = home.path().canonicalize().unwrap();
        Project::init(&root, &Settings::default(), None, false).unwrap();
        let project = Project::find(&root).unwrap();
        let record = project.create_record("checkout", text).unwrap();
        let now = Moment::parse("2024-09-07T18:30+09:00", None).unwrap();
        let zone = Zone::parse("Asia/Seoul").unwrap();
        Trial { _home: home, workspace: Workspace { project, now, zone }, record }
    }

    pub(super) fn document(&self) -> Document {
        self.workspace.project.load(&self.record).unwrap().document
    }

    pub(super) fn text(&self) -> String {
        self.workspace.project.raw_text(&self.record).unwrap()
    }
    /// How many files lie beside the record.
    pub(super) fn files_of_record(&self) -> usize {
        let folder = self.record.path.with_file_name("assets").join(&self.record.id);
        std::fs::read_dir(folder).map_or(0, Iterator::count)
    }
    /// Puts another text in the record's place, as an editor does.
    pub(super) fn write(&self, text: &str) {
        std::fs::write(&self.record.path, text).unwrap();
    }
}
