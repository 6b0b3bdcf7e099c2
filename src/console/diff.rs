//! Differences between texts, for people.

use similar::TextDiff;

use crate::lang::terminal;
use crate::operations::Difference;
use crate::store::Saved;

/// Returns the changes of a record, headed by the name of its file.
pub fn changes_of(saved: &Saved) -> String {
    changes_between(&saved.file, &saved.before.to_text(), &saved.after.to_text())
}

/// Returns how a file differs from what would be written to it.
pub fn difference(Difference { path, there, wanted }: &Difference) -> String {
    changes_between(&path.display().to_string(), there, wanted)
}

fn changes_between(name: &str, before: &str, after: &str) -> String {
    let diff = TextDiff::from_lines(before, after);
    diff.unified_diff().header(name, &terminal().as_it_would_be(name)).to_string()
}
