//! Merges three versions of a record's file for git's merge driver.

use crate::fault::{MergeConflict, MergeFault};
use crate::format::read;
use crate::merge::{Merged, merge, side_by_side};
use crate::yaml::Value;

/// The result of merging files.
#[derive(Debug, Default)]
pub struct MergedFile {
    /// The new content of our file.
    pub text: Vec<u8>,
    /// What both sides changed differently, one line each.
    pub conflicts: Vec<MergeConflict>,
    /// New comments of entries that the other side deleted, which the content does not have.
    pub left_out: Vec<String>,
    /// Why it was merged line by line, if it could not be merged entry by entry.
    pub by_lines: Option<MergeFault>,
    /// Whether lines could not be merged either, so that both sides are complete between markers.
    pub is_side_by_side: bool,
    /// Whether there is no conflict.
    pub is_clean: bool,
    /// Whether the result is a readable record.
    pub is_readable: bool,
}

/// Merges what `theirs` changed since `base` into `ours`; `merge_lines` merges the three line by line and returns
/// whether there was no conflict.
pub fn merge_files(
    [base, ours, theirs]: [&[u8]; 3],
    merge_lines: &dyn Fn() -> Option<(Vec<u8>, bool)>,
) -> MergedFile {
    let merged = match [base, ours, theirs].map(|bytes| std::str::from_utf8(bytes).ok()) {
        [Some(base), Some(ours), Some(theirs)] => merge(base, ours, theirs),
        _ => Err(MergeFault::NotUtf8),
    };
    let merged = match merged {
        Ok(merged) => by_entries(merged, merge_lines),
        Err(fault) => by_lines([ours, theirs], fault, merge_lines),
    };
    let text = std::str::from_utf8(&merged.text);
    MergedFile { is_readable: text.is_ok_and(|text| read(text).is_ok()), ..merged }
}

/// Returns a merge by entries. If merging by lines gives the same meaning, its text is used, since it preserves
/// comments and order best.
fn by_entries(merged: Merged, merge_lines: &dyn Fn() -> Option<(Vec<u8>, bool)>) -> MergedFile {
    let is_clean = merged.conflicts.is_empty();
    let lines = is_clean.then(merge_lines).flatten().filter(|(_, clean)| *clean);
    let lines = lines.and_then(|(text, _)| String::from_utf8(text).ok());
    let same = |text: &String| meaning(text).is_some_and(|it| Some(it) == meaning(&merged.text));
    let (text, left_out) = match lines.filter(same) {
        Some(text) => (text, Vec::new()),
        None => (merged.text, merged.left_out),
    };
    let (text, conflicts) = (text.into_bytes(), merged.conflicts);
    MergedFile { text, conflicts, left_out, is_clean, ..Default::default() }
}

/// Merges line by line, as git does; if git cannot, both sides are complete between markers.
fn by_lines(
    [ours, theirs]: [&[u8]; 2],
    why: MergeFault,
    merge_lines: &dyn Fn() -> Option<(Vec<u8>, bool)>,
) -> MergedFile {
    let merged = merge_lines();
    let is_side_by_side = merged.is_none();
    let (text, is_clean) = merged.unwrap_or_else(|| (side_by_side(ours, theirs), false));
    let by_lines = Some(why);
    MergedFile { text, by_lines, is_side_by_side, is_clean, ..Default::default() }
}

/// Returns the keys of a record with their values; `None` if the text is not a record.
fn meaning(text: &str) -> Option<Vec<(String, Option<Value>)>> {
    let document = read(text).ok()?;
    let keys = document.keys().into_iter();
    Some(keys.map(|key| (key.clone(), document.value(&key))).collect())
}
