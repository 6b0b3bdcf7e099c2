//! Reads many records in turn, as fast as the system allows.

use std::path::Path;

use crate::fault::StoreFault;
use crate::format::{Document, Prose, read_incident};
use crate::model::Incident;
use crate::yaml::MAX_BYTES;

use super::file;
use super::names::RecordName;
use super::project::Project;
use super::reading::{as_faulty, parse, text_of};

/// The records folder, opened once for all reads.
#[derive(Debug)]
pub struct RecordReader<'p> {
    project: &'p Project,
    folder: Option<file::Folder>,
}

impl Project {
    /// Returns a reader for many records of the folder.
    pub fn reader(&self) -> RecordReader<'_> {
        let folder = file::inside(&self.root, &self.records_folder()).ok();
        RecordReader { project: self, folder: folder.and_then(|path| file::Folder::open(&path)) }
    }
}

impl RecordReader<'_> {
    /// Returns a parsed record, with the texts of events that are asked for, unless its text shows that it is not wanted:
    /// then it is not parsed.
    ///
    /// # Errors
    /// The file cannot be opened or is not text; or it is wanted and has faults.
    pub fn incident_if(
        &self,
        record: &RecordName,
        wanted: impl Fn(&str) -> bool,
        prose: Prose,
    ) -> Result<Option<Incident>, StoreFault> {
        let bytes = self.bytes_of(record)?;
        let text = text_of(&record.path, &bytes)?;
        if !wanted(text) {
            return Ok(None);
        }
        let read = read_incident(text, prose);
        read.map(Some).map_err(|problems| as_faulty(&record.path, text, problems))
    }

    /// Returns the same without the texts of events: enough to list, count and compute.
    ///
    /// # Errors
    /// As [`RecordReader::incident_if`].
    pub fn outline(&self, record: &RecordName) -> Result<Option<Incident>, StoreFault> {
        self.incident_if(record, |_| true, Prose::Nothing)
    }

    /// Returns a whole record.
    ///
    /// # Errors
    /// The file cannot be opened, or it has faults: all of them are reported.
    pub fn document(&self, record: &RecordName) -> Result<Document, StoreFault> {
        parse(&record.path, &self.bytes_of(record)?)
    }

    /// Returns whether a record is in progress and no rehearsal; one that cannot be read may well be.
    pub(super) fn is_open(&self, record: &RecordName) -> bool {
        let read = self.outline(record);
        read.map_or(true, |incident| incident.is_some_and(|incident| incident.is_open_work()))
    }

    fn bytes_of(&self, record: &RecordName) -> Result<Vec<u8>, StoreFault> {
        // Else the careful way, which finds links that may be followed, and the wording of faults.
        self.bytes(record).map_or_else(|| self.project.bytes(record), Ok)
    }

    fn bytes(&self, record: &RecordName) -> Option<Vec<u8>> {
        let name = Path::new(record.path.file_name()?);
        self.folder.as_ref()?.read(name, MAX_BYTES)
    }
}

#[cfg(test)]
mod tests {
    use super::super::promises::House;
    use crate::format::Prose;

    /// The careful reader would give the same result: this tests that the quick one is used, which makes thousands of
    /// records fast.
    #[test]
    fn plain_files_are_read_from_the_folder_that_is_open() {
        let house = House::new();
        let reader = house.project.reader();
        let bytes = std::fs::read(&house.record.path).unwrap();
        assert_eq!(reader.bytes(&house.record), Some(bytes));
        // The folder's path is not resolved again.
        let moved = house.root.join("moved");
        std::fs::rename(house.project.records_folder(), &moved).unwrap();
        assert!(reader.outline(&house.record).unwrap().is_some());
        assert!(
            reader.document(&house.record).is_ok() && house.project.load(&house.record).is_err()
        );
    }

    #[test]
    fn what_nobody_wants_is_not_read_and_what_is_wanted_is() {
        let house = House::new();
        let plain = "title: t\nevents:\n  - at: 2024-09-07T18:00+09:00\n    text: first\n";
        std::fs::write(&house.record.path, plain).unwrap();
        let reader = house.project.reader();
        let wanted = |word: &'static str| {
            reader.incident_if(&house.record, |text| text.contains(word), Prose::All).unwrap()
        };
        assert!(wanted("nobody wrote this").is_none());
        assert_eq!(wanted("first").unwrap().events[0].text, "first");
        assert_eq!(reader.outline(&house.record).unwrap().unwrap().events[0].text, "");
        std::fs::write(&house.record.path, "title: [").unwrap();
        assert!(reader.outline(&house.record).is_err());
        assert!(reader.incident_if(&house.record, |_| false, Prose::All).unwrap().is_none());
    }
}
