//! What is asked of an import: documents, and what is known of them beside.

use std::path::PathBuf;

use crate::fault::{ExportFault, Fault, ImportFault};
use crate::import::{Draft, Encoding, EntryAt, ImportOptions, Input, Kind, encoding};
use crate::store::RecordName;

/// Documents that are to become one or more records.
#[derive(Debug)]
pub struct ImportRequest {
    /// What they are.
    pub kind: Kind,
    /// Their names and bytes.
    pub inputs: Vec<Input>,
    /// The folder of a document, whose pictures may lie beside it; none of what was not read from a file.
    pub folder: Option<PathBuf>,
    /// What is known of them beside.
    pub answers: ImportOptions,
    /// The id of the new record; made of the day and the title if not said.
    pub id: Option<String>,
    /// The record that gets what they tell, where it is there already.
    pub record: Option<RecordName>,
    /// Only these of its entries, if not all.
    pub only: Option<Only>,
    /// What a corrected document changes is changed in entries that nobody edited.
    pub updates: bool,
}

impl ImportRequest {
    /// Keeps the entries that are asked for.
    pub(super) fn keep_asked(&self, draft: &mut Draft) {
        match self.only {
            Some(Only::Plan) => draft.keep(|entry| !matches!(entry, EntryAt::Event(_))),
            Some(Only::Events) => draft.keep(|entry| !matches!(entry, EntryAt::Step(_))),
            None => {}
        }
    }

    /// Whether only a part of what was handed over is asked for.
    pub(super) fn is_part(&self) -> bool {
        let ImportOptions { since, until, channel, matching, .. } = &self.answers;
        since.is_some()
            || until.is_some()
            || channel.is_some()
            || matching.is_some()
            || self.only.is_some()
    }
}

/// What of a document is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Only {
    /// What was planned.
    Plan,
    /// What happened.
    Events,
}

/// Files that were handed over together, with what is known of all of them.
#[derive(Debug)]
pub struct DocumentSet {
    /// What they are, where somebody said so.
    pub kind: Option<Kind>,
    /// Their names and bytes, each with the folder that it was read from.
    pub inputs: Vec<(Input, Option<PathBuf>)>,
    /// The first of them, as it was typed.
    pub typed: String,
    /// What is known of each of them beside.
    pub each: ImportRequest,
}

impl DocumentSet {
    /// Returns a request for each document, or one for all files of an export.
    ///
    /// # Errors
    /// Nobody knows what they are, or one id or one record is named for several.
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

/// Returns the encoding of that name.
///
/// # Errors
/// There is none.
pub fn encoding_named(name: &str) -> Result<&'static Encoding, Fault> {
    let unknown = || ImportFault::from(ExportFault::Encoding { name: name.to_owned() });
    encoding(name).ok_or_else(|| unknown().into())
}
