//! What is said of documents that are read into records.

use crate::fault::{DayFrom, DoubtCode, WhyLeft, ZoneFrom};

use super::Refusal;

/// The heads of a preview.
pub struct ImportHeads {
    /// The line in the document.
    pub line: &'static str,
    /// A time as printed.
    pub printed: &'static str,
    /// What it was read as.
    pub read_as: &'static str,
    /// What its day was taken from.
    pub day_from: &'static str,
    /// What its zone was taken from.
    pub zone_from: &'static str,
    /// The text.
    pub text: &'static str,
    /// What becomes of it.
    pub fate: &'static str,
    /// Above what is doubted.
    pub doubts: &'static str,
    /// Above lines that are in no record.
    pub left_out: &'static str,
    /// The plan.
    pub plan: &'static str,
    /// The actions.
    pub actions: &'static str,
}

/// How much of a document was read into a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ImportCounts {
    /// Events that are new.
    pub events: usize,
    /// Steps that are new.
    pub steps: usize,
    /// Actions that are new.
    pub actions: usize,
    /// Entries that the record has already.
    pub same: usize,
    /// Entries that differ from the record's.
    pub changed: usize,
    /// Entries that get the source's correction.
    pub updated: usize,
    /// Entries that were edited in the record, too, and stay as they are.
    pub conflicts: usize,
    /// Entries that somebody took out.
    pub left_out: usize,
}

/// What is said of documents that are read into records.
pub trait ImportWords {
    /// What is doubted, by what is printed and what it is taken for.
    fn import_doubt(&self, code: DoubtCode, found: &str, taken: &str) -> String;

    /// What a day was taken from.
    fn day_from(&self, from: DayFrom) -> &'static str;

    /// What a zone was taken from.
    fn zone_from(&self, from: ZoneFrom) -> &'static str;

    /// Why lines are in no record.
    fn why_left(&self, why: WhyLeft) -> &'static str;

    /// The heads of a preview.
    fn import_heads(&self) -> &'static ImportHeads;

    /// What an entry becomes: new, there already, changed, taken out.
    fn import_fate(&self, fate: &str) -> &'static str;

    /// A document, what was read of it, and the record it goes to, which is new or there.
    fn import_head(&self, from: &str, counts: ImportCounts, record: &str, is_new: bool) -> String;

    /// So many lines are in no record.
    fn lines_left_out(&self, count: usize) -> String;

    /// The question before anything is written.
    fn write_it(&self) -> &'static str;

    /// Nothing is written, as nobody was asked.
    fn written_with_yes(&self) -> &'static str;

    /// What was written.
    fn imported(&self, from: &str, counts: ImportCounts, record: &str) -> String;

    /// The record has all of it.
    fn nothing_new(&self, from: &str, record: &str) -> String;

    /// The record has all that was asked for of it.
    fn no_new_part(&self, from: &str, record: &str) -> String;

    /// So many entries of a record differ from the document: `--update` takes its corrections.
    fn entries_differ(&self, from: &str, count: usize, record: &str) -> String;

    /// Entries that the document corrects were edited in the record, too; where they stand.
    fn entries_conflict(&self, sources: &[String], record: &str) -> Refusal;

    /// A document that a record was read from, and the day it was read on.
    fn read_from(&self, from: &str, on: Option<&str>) -> String;

    /// Stands for the source of an entry that was read from nowhere.
    fn typed_here(&self) -> &'static str;

    /// The sources of entries were asked for in a form that has no place for them.
    fn sources_without_table(&self) -> Refusal;

    /// A question of which the answer decides what is read.
    fn import_question(&self, code: DoubtCode, found: &str) -> String;

    /// A document that was not read, and why.
    fn import_refused(&self, from: &str, why: &str) -> String;

    /// How many documents were read, and how many were not.
    fn import_totals(&self, read: usize, refused: usize) -> String;
}
