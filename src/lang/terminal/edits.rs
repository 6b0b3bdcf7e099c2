//! Messages about records' texts.

use crate::fault::{ContentFault, EditFault, MergeConflict, MergeFault};

use super::refusal::Refusal;

/// The wording of a fault of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProblemText {
    /// What is wrong, one sentence without a full stop.
    pub message: String,
    /// The way out, with an example where that helps.
    pub help: String,
}

/// Messages about records' texts that cannot be read, changed or merged.
pub trait EditWords {
    /// Returns what is wrong at a position in a file, and the way out.
    fn problem(&self, fault: &ContentFault) -> ProblemText;

    /// Returns why a record's text was not changed.
    fn edit_fault(&self, fault: &EditFault) -> String;

    /// git's merge driver merges that file by lines, as its entries cannot be merged.
    fn merged_by_lines(&self, path: &str, fault: &MergeFault) -> String;

    /// Lines were merged without a conflict, but the result is not a valid record.
    fn merged_unreadable(&self, path: &str) -> String;

    /// Not even lines can be merged: the file contains both sides, between markers.
    fn unmerged(&self, path: &str) -> String;

    /// A conflict that git left in that file was merged entry by entry.
    fn conflict_resolved(&self, path: &str) -> String;
    /// Returns how to tell git that a conflict is settled.
    fn to_tell_git(&self, path: &str) -> String;
    /// Returns that a dry run does not merge a conflict.
    fn conflict_in_dry_run(&self, path: &str, record: &str) -> Refusal;

    /// What to do about conflicts that are left in a record.
    fn to_settle(&self, record: &str) -> String;

    /// The record's file, at this path, has a conflict that is not what git would write; if `again`, git can write it again.
    fn conflict_edited(&self, path: &str, record: &str, again: bool) -> Refusal;

    /// A new comment of an entry that the other side of a merge deleted is not in the file at this path.
    fn comment_left_out(&self, path: &str, comment: &str) -> String;

    /// git's merge driver kept both sides of a conflict in that file.
    fn merge_conflict(&self, path: &str, conflict: &MergeConflict) -> String;
}
