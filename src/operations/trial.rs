//! A project with one record, in a folder that is thrown away, to try operations on.

use std::time::Duration;

use crate::format::{Document, Settings};
use crate::model::{Moment, Zone};
use crate::store::{Loaded, LockWait, Project, RecordName};

use super::workspace::Workspace;

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
    /// A project whose record `demo` has this text, on the morning of 7 September 2024 in Seoul.
    pub(super) fn of(text: &str) -> Trial {
        Trial::at("2024-09-07T10:00:00+09:00", "demo", text)
    }

    /// A project whose record `checkout` has this text, on the evening of that day.
    pub(super) fn new(text: &str) -> Trial {
        Trial::at("2024-09-07T18:30+09:00", "checkout", text)
    }

    fn at(now: &str, id: &str, text: &str) -> Trial {
        let home = tempfile::tempdir().unwrap();
        let root = home.path().canonicalize().unwrap();
        Project::init(&root, &Settings::default(), None, false).unwrap();
        let project = Project::find(&root).unwrap();
        let record = project.create_record(id, text).unwrap();
        let now = Moment::parse(now, None).unwrap();
        let zone = Zone::parse("Asia/Seoul").unwrap();
        Trial { _home: home, workspace: Workspace { project, now, zone }, record }
    }

    /// The record's text.
    pub(super) fn text(&self) -> String {
        self.workspace.project.raw_text(&self.record).unwrap()
    }

    pub(super) fn document(&self) -> Document {
        self.workspace.project.load(&self.record).unwrap().document
    }

    /// Another record of the project, read.
    pub(super) fn load(&self, id: &str, text: &str) -> Loaded {
        let record = self.workspace.project.create_record(id, text).unwrap();
        self.workspace.project.load(&record).unwrap()
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
