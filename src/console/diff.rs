//! Differences between texts, for people.

use similar::TextDiff;

use crate::lang::terminal;
use crate::operations::Difference;

/// Returns the changes of a record.
pub fn changes_between(before: &str, after: &str) -> String {
    TextDiff::from_lines(before, after).unified_diff().to_string()
}

/// Returns how a file differs from what would be written to it.
pub fn difference(Difference { path, there, wanted }: &Difference) -> String {
    let name = path.display().to_string();
    let diff = TextDiff::from_lines(there, wanted);
    diff.unified_diff().header(&name, &terminal().as_it_would_be(&name)).to_string()
}
