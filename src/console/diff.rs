//! Differences, as people read them.

use similar::TextDiff;

use crate::lang::terminal;
use crate::operations::Difference;

/// Returns how a record would change.
pub fn changes_between(before: &str, after: &str) -> String {
    TextDiff::from_lines(before, after).unified_diff().to_string()
}

/// Returns how a file differs from what would be written there.
pub fn difference(Difference { path, there, wanted }: &Difference) -> String {
    let name = path.display().to_string();
    let diff = TextDiff::from_lines(there, wanted);
    diff.unified_diff().header(&name, &terminal().as_it_would_be(&name)).to_string()
}
