//! Many records in turn, read as fast as the system hands them out.

use std::path::Path;

use crate::format::{MAX_BYTES, read_incident};
use crate::model::Incident;

use super::fault::StoreFault;
use super::file;
use super::names::RecordName;
use super::project::Project;
use super::selection::{as_faulty, text_of};

/// The records folder, opened once for all who ask.
#[derive(Debug)]
pub struct Shelf<'p> {
    project: &'p Project,
    folder: Option<file::Folder>,
}

impl Project {
    /// The records folder, to read many records of.
    pub fn shelf(&self) -> Shelf<'_> {
        let folder = file::inside(&self.root, &self.records_folder()).ok();
        Shelf { project: self, folder: folder.and_then(|path| file::Folder::open(&path)) }
    }
}

impl Shelf<'_> {
    /// What a record says, unless its text shows that nobody wants it: then it is not parsed.
    ///
    /// # Errors
    /// The file cannot be opened or is no text; or it is wanted and has faults.
    pub fn incident_if(
        &self,
        record: &RecordName,
        wanted: impl Fn(&str) -> bool,
    ) -> Result<Option<Incident>, StoreFault> {
        let bytes = match self.read(record) {
            Some(bytes) => bytes,
            // Slowly, then: that finds the links that may be followed, and words for the faults.
            None => self.project.bytes(record)?,
        };
        let text = text_of(&record.path, &bytes)?;
        if !wanted(text) {
            return Ok(None);
        }
        let incident = read_incident(text);
        incident.map(Some).map_err(|problems| as_faulty(&record.path, text, problems))
    }

    fn read(&self, record: &RecordName) -> Option<Vec<u8>> {
        let name = Path::new(record.path.file_name()?);
        self.folder.as_ref()?.read(name, MAX_BYTES)
    }
}
