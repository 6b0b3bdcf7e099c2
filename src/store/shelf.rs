//! Many records in turn, read as fast as the system hands them out.

use std::path::Path;

use crate::format::{read_incident, read_outline};
use crate::model::Incident;
use crate::yaml::{MAX_BYTES, Problem};

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
        self.read_if(record, wanted, read_incident)
    }

    /// The same without the words of its events: enough to list, count and reckon.
    ///
    /// # Errors
    /// As [`Shelf::incident_if`].
    pub fn outline(&self, record: &RecordName) -> Result<Option<Incident>, StoreFault> {
        self.read_if(record, |_| true, read_outline)
    }

    fn read_if(
        &self,
        record: &RecordName,
        wanted: impl Fn(&str) -> bool,
        read: fn(&str) -> Result<Incident, Vec<Problem>>,
    ) -> Result<Option<Incident>, StoreFault> {
        let bytes = match self.bytes(record) {
            Some(bytes) => bytes,
            // Slowly, then: that finds the links that may be followed, and words for the faults.
            None => self.project.bytes(record)?,
        };
        let text = text_of(&record.path, &bytes)?;
        if !wanted(text) {
            return Ok(None);
        }
        read(text).map(Some).map_err(|problems| as_faulty(&record.path, text, problems))
    }

    fn bytes(&self, record: &RecordName) -> Option<Vec<u8>> {
        let name = Path::new(record.path.file_name()?);
        self.folder.as_ref()?.read(name, MAX_BYTES)
    }
}
