//! Requests for imports: documents, and additional information on them.

use std::path::PathBuf;

use crate::fault::{ExportFault, Fault, ImportFault};
use crate::import::{Draft, Encoding, EntryAt, ImportOptions, Input, Kind, encoding};
use crate::store::RecordName;

/// Documents that are to be imported as one or more records.
#[derive(Debug)]
pub struct ImportRequest {
    /// Their format.
    pub kind: Kind,
    /// Their names and bytes.
    pub inputs: Vec<Input>,
    /// The folder of a document, which may contain its pictures; `None` for input that is not from a file.
    pub folder: Option<PathBuf>,
    /// Additional information on them.
    pub answers: ImportOptions,
    /// The id of the new record; made from its day and title if `None`.
    pub id: Option<String>,
    /// The record to import into, if it exists already.
    pub record: Option<RecordName>,
    /// Which entries to import; all if `None`.
    pub only: Option<Only>,
    /// Whether a corrected document changes entries that nobody edited.
    pub updates: bool,
}

impl ImportRequest {
    /// Removes the entries that were not requested.
    pub(super) fn keep_asked(&self, draft: &mut Draft) {
        match self.only {
            Some(Only::Plan) => draft.keep(|entry| !matches!(entry, EntryAt::Event(_))),
            Some(Only::Events) => draft.keep(|entry| !matches!(entry, EntryAt::Step(_))),
            None => {}
        }
    }

    /// Whether only a part of the documents was requested.
    pub(super) fn is_part(&self) -> bool {
        let ImportOptions { since, until, channel, matching, .. } = &self.answers;
        since.is_some()
            || until.is_some()
            || channel.is_some()
            || matching.is_some()
            || self.only.is_some()
    }
}

/// Which part of a document is imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Only {
    /// The plan.
    Plan,
    /// The events.
    Events,
}

/// Files that are imported together, with common options.
#[derive(Debug)]
pub struct DocumentSet {
    /// Their format, if given.
    pub kind: Option<Kind>,
    /// Their names and bytes, each with the folder that it was read from.
    pub inputs: Vec<(Input, Option<PathBuf>)>,
    /// The first argument, as typed.
    pub typed: String,
    /// The request for each of them.
    pub each: ImportRequest,
}

impl DocumentSet {
    /// Returns one request for each document, or a single one for all files of an export.
    ///
    /// # Errors
    /// The format is unknown, or a single id or record was given for several documents.
    pub fn requests(self) -> Result<Vec<ImportRequest>, Fault> {
        let DocumentSet { kind, inputs, typed, each } = self;
        let (inputs, folders): (Vec<Input>, Vec<_>) = inputs.into_iter().unzip();
        let kind = kind.or_else(|| Kind::of_all(&inputs)).ok_or_else(|| {
            Fault::from(ImportFault::NoKind { name: typed, known: Kind::words().collect() })
        })?;
        if !(kind.is_a_record_each() && inputs.len() > 1) {
            let folder = folders.into_iter().next().flatten();
            return Ok(vec![ImportRequest { kind, inputs, folder, ..each }]);
        }
        if each.id.is_some() || each.record.is_some() {
            return Err(ImportFault::SeveralRecords { count: inputs.len() }.into());
        }
        let request = |(input, folder)| {
            let (answers, only, updates) = (each.answers.clone(), each.only, each.updates);
            let inputs = vec![input];
            ImportRequest { kind, inputs, folder, answers, id: None, record: None, only, updates }
        };
        Ok(inputs.into_iter().zip(folders).map(request).collect())
    }
}

/// Returns the encoding with that name.
///
/// # Errors
/// There is no such encoding.
pub fn encoding_named(name: &str) -> Result<&'static Encoding, Fault> {
    let unknown = || ImportFault::from(ExportFault::Encoding { name: name.to_owned() });
    encoding(name).ok_or_else(|| unknown().into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Moment;

    fn request(answers: ImportOptions, only: Option<Only>) -> ImportRequest {
        let (kind, inputs, updates) = (Kind::Slack, Vec::new(), false);
        ImportRequest { kind, inputs, folder: None, answers, id: None, record: None, only, updates }
    }

    /// The rest of a document of which only a part was imported can be imported later.
    #[test]
    fn every_filter_makes_an_import_partial() {
        assert!(!request(ImportOptions::default(), None).is_part());
        let at = Moment::parse("2024-09-07T18:00Z", None).ok();
        let word = || Some("x".to_owned());
        for answers in [
            ImportOptions { since: at, ..ImportOptions::default() },
            ImportOptions { until: at, ..ImportOptions::default() },
            ImportOptions { channel: word(), ..ImportOptions::default() },
            ImportOptions { matching: word(), ..ImportOptions::default() },
        ] {
            assert!(request(answers.clone(), None).is_part(), "{answers:?}");
        }
        for only in [Only::Plan, Only::Events] {
            assert!(request(ImportOptions::default(), Some(only)).is_part(), "{only:?}");
        }
    }
}
