//! Times in marks of site generators: `{{< track "2024-11-05T05:56:00Z" >}}` in cState, `::: update Resolved |
//! 2024-11-05T05:56:00Z` in Statusfy.

use std::ops::Range;

use super::lead::{Lead, lead};

/// A mark with a time.
pub(super) struct Mark {
    pub(super) lead: Lead,
    /// Where the text of the time begins.
    pub(super) base: usize,
    /// The range of the whole mark.
    pub(super) place: Range<usize>,
}

/// Returns the mark with a clock time in a line.
pub(super) fn mark(line: &str) -> Option<Mark> {
    let found = shortcode(line).or_else(|| container(line))?;
    found.lead.start.clock.is_some().then_some(found)
}

fn shortcode(line: &str) -> Option<Mark> {
    let (open, close) =
        [("{{<", ">}}"), ("{{%", "%}}")].into_iter().find(|it| line.contains(it.0))?;
    let begin = line.find(open)?;
    let end = begin + line.get(begin..)?.find(close)? + close.len();
    let base = begin + line.get(begin..end)?.find(['"', '\''])? + 1;
    let inside = line.get(base..end - close.len())?.trim_end().trim_end_matches(['"', '\'']);
    Some(Mark { lead: lead(inside, false)?, base, place: begin..end })
}

fn container(line: &str) -> Option<Mark> {
    let inside = line.trim_start().strip_prefix(":::")?;
    let (_, time) = inside.rsplit_once('|')?;
    let base = line.len() - time.trim_start().len();
    let lead = lead(time.trim(), false)?;
    let bar = line.rfind('|')?;
    Some(Mark { lead, base, place: bar..line.len() })
}

/// Returns a line without its mark.
pub(super) fn without_mark(line: &str, mark: &Range<usize>) -> String {
    let before = line.get(..mark.start).unwrap_or("").trim();
    let before = before
        .strip_prefix(":::")
        .map_or(before, |inside| inside.trim().strip_prefix("update").unwrap_or(inside).trim());
    let behind = line.get(mark.end..).unwrap_or("").trim();
    let is_update = super::words::is_one(before, |it| it.updates);
    let before = if is_update && !behind.is_empty() { "" } else { before };
    [before, behind].join(" ").trim().to_owned()
}
