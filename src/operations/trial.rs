//! A project with one record in a temporary folder, for tests of operations.

use std::path::Path;
use std::time::Duration;

use crate::format::Document;
use crate::model::{Moment, Zone};
use crate::store::{Loaded, LockWait, Project};

use super::workspace::{Target, Workspace};

/// A project and its record.
pub(super) struct Trial {
    _home: tempfile::TempDir,
    pub(super) target: Target,
}

impl Trial {
    /// Returns a project whose record `demo` has this text, in the morning of 7 September 2024 in Seoul.
    pub(super) fn of(text: &str) -> Trial {
        Trial::at("2024-09-07T10:00:00+09:00", "demo", text)
    }

    /// Returns a project whose record `checkout` has this text, in the evening of that day.
    pub(super) fn new(text: &str) -> Trial {
        Trial::at("2024-09-07T18:30+09:00", "checkout", text)
    }

    fn at(now: &str, id: &str, text: &str) -> Trial {
        let home = tempfile::tempdir().unwrap();
        let root = home.path().canonicalize().unwrap();
        Project::init(&root, &crate::format::Settings::default(), "", None, false).unwrap();
        let project = Project::find(&root).unwrap();
        let record = project.create_record(id, text).unwrap();
        let now = Moment::parse(now, None).unwrap();
        let zone = Zone::parse("Asia/Seoul").unwrap();
        let workspace =
            Workspace { project, now, zone, machine_zone: || None, git: &|_: &Path| None };
        let wait = LockWait { limit: Duration::from_secs(5), waiting: &|| {} };
        Trial { _home: home, target: Target { workspace, record, wait } }
    }

    /// Returns the record's text.
    pub(super) fn text(&self) -> String {
        self.target.workspace.project.raw_text(&self.target.record).unwrap()
    }

    pub(super) fn document(&self) -> Document {
        self.target.workspace.project.load(&self.target.record).unwrap().document
    }

    /// Writes and reads another record of the project.
    pub(super) fn load(&self, id: &str, text: &str) -> Loaded {
        let record = self.target.workspace.project.create_record(id, text).unwrap();
        self.target.workspace.project.load(&record).unwrap()
    }

    /// Returns how many files are in the record's folder.
    pub(super) fn files_of_record(&self) -> usize {
        let folder = self.target.record.path.with_file_name("assets").join(&self.target.record.id);
        std::fs::read_dir(folder).map_or(0, Iterator::count)
    }

    /// Replaces the record's text, as an editor does.
    pub(super) fn write(&self, text: &str) {
        std::fs::write(&self.target.record.path, text).unwrap();
    }
}
