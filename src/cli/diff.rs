//! What stands in a file against what would be written there now.

use std::path::Path;

use similar::TextDiff;

/// How a record would change.
pub(super) fn changes_between(before: &str, after: &str) -> String {
    TextDiff::from_lines(before, after).unified_diff().to_string()
}

/// A unified difference; none if the file says what it should.
pub(super) fn difference(here: &Path, path: &Path, wanted: &str) -> Option<String> {
    let there = std::fs::read(here.join(path));
    let there = there.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    // git may write other line ends than asrun.
    let there = there.map(|text| text.replace("\r\n", "\n"));
    let there = match &there {
        Ok(text) if text == wanted => return None,
        Ok(text) => text,
        Err(_) => "",
    };
    let name = path.display().to_string();
    let diff = TextDiff::from_lines(there, wanted);
    Some(diff.unified_diff().header(&name, &format!("{name} (as it would be now)")).to_string())
}
