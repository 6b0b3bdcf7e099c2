//! What is said of records' texts.

use crate::fault::{EditFault, MergeConflict, MergeFault};

/// Texts of records that cannot be read, changed or merged.
pub trait TextWords {
    /// Returns why a record's text was not changed.
    fn edit_fault(&self, fault: &EditFault) -> String;

    /// git's merge driver merges the lines of that file, as its entries cannot be merged.
    fn merged_by_lines(&self, path: &str, fault: &MergeFault) -> String;

    /// git's merge driver kept what both sides made of something in that file.
    fn merge_conflict(&self, path: &str, conflict: &MergeConflict) -> String;
}
