//! The places of a mapping's keys in the text.

use super::lines::line_start;
use super::tree::Entry;

/// Returns the offset just after the colon of a key written as `key: …`.
pub(super) fn colon_after(text: &str, entry: &Entry) -> Option<usize> {
    let after = &text[entry.key_span.end..];
    let rest = after.trim_start_matches([' ', '\t']);
    rest.starts_with(':').then(|| entry.key_span.end + after.len() - rest.len() + 1)
}

/// Returns the offset just after a key and its value. An empty value may be reported anywhere up to the next token; it
/// ends with the colon.
pub(super) fn entry_end(text: &str, entry: &Entry) -> usize {
    match entry.value.span.is_empty() {
        true => colon_after(text, entry).unwrap_or(entry.key_span.end),
        false => entry.value.span.end,
    }
}

/// Returns the column of a key written as `key: …`.
pub(super) fn key_column(text: &str, entry: &Entry) -> Option<usize> {
    colon_after(text, entry)?;
    let line = line_start(text, entry.key_span.start);
    // A byte order mark after comments is legal, and takes no column.
    let before = text[line..entry.key_span.start].trim_start_matches('\u{feff}');
    Some(without_properties(before).len())
}

/// Removes a key's anchor and tag from the text before it: the key's column is theirs.
fn without_properties(before: &str) -> &str {
    let mut kept = before;
    while let Some(word) = kept.split_whitespace().next_back().filter(|w| w.starts_with(['&', '!']))
    {
        let end = kept.trim_end().len() - word.len();
        kept = &kept[..end];
    }
    kept
}
