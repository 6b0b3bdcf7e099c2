//! What is said of records' texts.

use crate::fault::{ContentFault, EditFault, MergeConflict, MergeFault};

/// A fault of a file in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProblemText {
    /// What is wrong, one sentence without a full stop.
    pub message: String,
    /// The way out, with an example where that helps.
    pub help: String,
}

/// Texts of records that cannot be read, changed or merged.
pub trait EditWords {
    /// Returns what is wrong at one place of a file, and the way out.
    fn problem(&self, fault: &ContentFault) -> ProblemText;

    /// Returns why a record's text was not changed.
    fn edit_fault(&self, fault: &EditFault) -> String;

    /// git's merge driver merges the lines of that file, as its entries cannot be merged.
    fn merged_by_lines(&self, path: &str, fault: &MergeFault) -> String;

    /// Lines were merged without a conflict, to no record that can be read.
    fn merged_unreadable(&self, path: &str) -> String;

    /// Not even lines can be merged: the file holds both sides whole, between markers.
    fn unmerged(&self, path: &str) -> String;

    /// What git left in conflict in that file is merged entry by entry.
    fn conflict_resolved(&self, path: &str) -> String;

    /// git's merge driver kept what both sides made of something in that file.
    fn merge_conflict(&self, path: &str, conflict: &MergeConflict) -> String;
}
