//! The hand a file is written in: existing entries vote, the specification's default comes last.

use granit_parser::ScalarStyle;

use super::tree::{Node, Value};

/// How items of a block list stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ItemStyle {
    /// Blanks before the dash.
    pub(super) dash: usize,
    /// From the dash to the first key: 2, more where people like wide dashes.
    pub(super) gap: usize,
    /// Items are written as `- {…}`.
    pub(super) flow: bool,
}

/// How texts are quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quotes {
    /// Only where needed.
    Needed,
    /// Always double.
    Double,
    /// Single where possible.
    Single,
}

/// The line end that most lines have.
pub(super) fn line_end(text: &str) -> &'static str {
    let crlf = text.matches("\r\n").count();
    let all = text.matches('\n').count();
    if crlf * 2 > all { "\r\n" } else { "\n" }
}

/// How the items of that list stand; `None` if they stand in a way that cannot be continued.
pub(super) fn item_style(text: &str, list: &Node) -> Option<ItemStyle> {
    let item = list.items().last()?;
    let (line, dash) = dash_of(text, item)?;
    let first_line = text[line..].lines().next().unwrap_or("");
    let on_dash_line = item.span.start < line + first_line.len();
    let gap = if on_dash_line { item.span.start - line - dash } else { 2 };
    Some(ItemStyle { dash, gap, flow: item.is_flow() })
}

/// The start of the line that an item's dash is on, and the dash's column in bytes; `None` if
/// something else than blanks stands before the dash.
pub(super) fn dash_of(text: &str, item: &Node) -> Option<(usize, usize)> {
    let mut line = line_start(text, item.span.start);
    let mut limit = item.span.start;
    loop {
        let before = &text[line..limit];
        let indent = before.len() - before.trim_start_matches(' ').len();
        if before[indent..].starts_with('-') {
            return Some((line, indent));
        }
        let skippable = before.trim().is_empty() || before.trim_start().starts_with('#');
        if !skippable || line == 0 {
            return None;
        }
        limit = line - 1;
        line = line_start(text, limit);
    }
}

/// How other lists of the record stand, for a list that has no items yet.
pub(super) fn neighbour_style(text: &str, root: &Node) -> ItemStyle {
    let lists = root.entries().iter().map(|entry| &entry.value);
    let found = lists
        .filter(|node| !node.is_flow())
        .find_map(|node| item_style(text, node).filter(|style| !style.flow));
    found.unwrap_or(ItemStyle { dash: 2, gap: 2, flow: false })
}

/// How that key's values are quoted in the items that have it.
pub(super) fn quotes(items: &[Node], key: &str) -> Quotes {
    let mut votes = [0_usize; 3];
    for entry in items.iter().filter_map(|item| item.entry(key)) {
        if let Value::Scalar { style, .. } = &entry.value.value {
            match style {
                ScalarStyle::Plain => votes[0] += 1,
                ScalarStyle::DoubleQuoted => votes[1] += 1,
                ScalarStyle::SingleQuoted => votes[2] += 1,
                ScalarStyle::Literal | ScalarStyle::Folded => {}
            }
        }
    }
    let [plain, double, single] = votes;
    if double > plain && double >= single {
        Quotes::Double
    } else if single > plain {
        Quotes::Single
    } else {
        Quotes::Needed
    }
}

/// The first byte of the line that byte is in.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |n| n + 1)
}

/// Just after the line that byte ends: itself where a line begins already.
pub(super) fn after_line(text: &str, at: usize) -> usize {
    if at > 0 && text.as_bytes()[at - 1] == b'\n' {
        return at;
    }
    text[at..].find('\n').map_or(text.len(), |n| at + n + 1)
}
