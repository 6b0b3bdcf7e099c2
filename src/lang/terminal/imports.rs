//! Messages about imported documents.

use crate::fault::{DayFrom, DoubtCode, PictureFault, WhyLeft, ZoneFrom};

use super::Refusal;

/// The headings of a preview.
pub struct ImportHeads {
    /// The line in the document.
    pub line: &'static str,
    /// A time as printed.
    pub printed: &'static str,
    /// How it was interpreted.
    pub read_as: &'static str,
    /// The source of its day.
    pub day_from: &'static str,
    /// The source of its zone.
    pub zone_from: &'static str,
    /// The text.
    pub text: &'static str,
    /// What happens to it.
    pub fate: &'static str,
    /// Above the doubts.
    pub doubts: &'static str,
    /// Above lines that are not imported.
    pub left_out: &'static str,
    /// The plan.
    pub plan: &'static str,
    /// The actions.
    pub actions: &'static str,
    /// Pictures that are attached.
    pub pictures: &'static str,
}

/// How much of a document was imported into a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ImportCounts {
    /// New events.
    pub events: usize,
    /// New steps.
    pub steps: usize,
    /// New actions.
    pub actions: usize,
    /// Entries that the record already has.
    pub same: usize,
    /// Entries that differ from the record's.
    pub changed: usize,
    /// Entries that are updated from the source.
    pub updated: usize,
    /// Entries that were also edited in the record, and are kept.
    pub conflicts: usize,
    /// Entries that somebody removed.
    pub left_out: usize,
}

/// Messages about imported documents.
pub trait ImportWords {
    /// The wording of a doubt, with the printed text and its interpretation.
    fn import_doubt(&self, code: DoubtCode, found: &str, taken: &str) -> String;

    /// The name of a day's source.
    fn day_from(&self, from: DayFrom) -> &'static str;

    /// The name of a zone's source.
    fn zone_from(&self, from: ZoneFrom) -> &'static str;

    /// Why a picture was not attached.
    fn picture_fault(&self, fault: PictureFault) -> &'static str;

    /// Why lines were not imported.
    fn why_left(&self, why: WhyLeft) -> &'static str;

    /// The headings of a preview.
    fn import_heads(&self) -> &'static ImportHeads;

    /// What happens to an entry: new, already there, changed, removed.
    fn import_fate(&self, fate: &str) -> &'static str;

    /// A document, what was read from it, and its record, which is new or exists.
    fn import_head(&self, from: &str, counts: ImportCounts, record: &str, is_new: bool) -> String;

    /// This many lines are not imported.
    fn lines_left_out(&self, count: usize) -> String;

    /// A document that was imported without a preview has this many doubts, with these codes.
    fn import_doubts(&self, from: &str, count: usize, codes: &str) -> String;

    /// Asks before anything is written.
    fn write_it(&self) -> &'static str;

    /// A record has the text that its user edited before it was written.
    fn import_edited(&self, record: &str) -> String;

    /// A document was not imported, since the edited text is not a record; the text is kept in that file.
    fn import_not_mended(&self, from: &str, copy: &str) -> Refusal;

    /// Nothing was written, as nobody could be asked.
    fn written_with_yes(&self) -> &'static str;

    /// What was written.
    fn imported(&self, from: &str, counts: ImportCounts, record: &str) -> String;

    /// The record already has everything.
    fn nothing_new(&self, from: &str, record: &str) -> String;

    /// The record already has everything that was requested.
    fn no_new_part(&self, from: &str, record: &str) -> String;

    /// This many entries of a record differ from the document: `--update` accepts its corrections.
    fn entries_differ(&self, from: &str, count: usize, record: &str) -> String;

    /// A record with a plan was imported from a document that does not state its kind.
    fn imported_without_kind(&self, record: &str) -> String;

    /// Entries or parts corrected in the document were also edited in the record; with their places.
    fn entries_conflict(&self, sources: &[String], record: &str) -> Refusal;

    /// A document that was imported into a record, and the day of the import.
    fn read_from(&self, from: &str, on: Option<&str>) -> String;

    /// The source of an entry that was not imported.
    fn typed_here(&self) -> &'static str;

    /// Sources of entries were requested in a format without them.
    fn sources_without_table(&self) -> Refusal;

    /// A question whose answer determines what is read.
    fn import_question(&self, code: DoubtCode, found: &str) -> String;

    /// A document was not imported, for this reason.
    fn import_refused(&self, from: &str, why: &str) -> String;

    /// How many documents were imported, and how many were not.
    fn import_totals(&self, read: usize, refused: usize) -> String;
}
