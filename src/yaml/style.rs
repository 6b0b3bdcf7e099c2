//! The style of a file: the majority of existing entries decides, else the specification's default.

use granit_parser::ScalarStyle;

use super::key_place::key_column;
use super::lines::line_start;
use super::tree::{Content, Node};

/// The layout of items of a block list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ItemStyle {
    /// Spaces before the dash.
    pub(crate) dash: usize,
    /// Columns from the dash to the first key: 2, or more in some files.
    pub(crate) gap: usize,
    /// Items are written as `- {…}`.
    pub(crate) flow: bool,
}

/// How texts are quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Quotes {
    /// Only where needed.
    Needed,
    /// Always double.
    Double,
    /// Single where possible.
    Single,
}

/// Returns the most frequent line end.
pub(crate) fn line_end(text: &str) -> &'static str {
    let crlf = text.matches("\r\n").count();
    let all = text.matches('\n').count();
    if crlf * 2 > all { "\r\n" } else { "\n" }
}

/// Returns the layout of a list's items; `None` if it cannot be continued.
pub(crate) fn item_style(text: &str, list: &Node) -> Option<ItemStyle> {
    let item = list.items().last()?;
    let (line, dash) = dash_of(text, item)?;
    let first_line = text[line..].lines().next().unwrap_or("");
    let on_dash_line = item.span.start < line + first_line.len();
    let gap = if on_dash_line { item.span.start - line - dash } else { 2 };
    Some(ItemStyle { dash, gap, flow: item.is_flow() })
}

/// Returns the start of the line with an item's dash, and the dash's column in bytes; `None` if anything but spaces
/// precedes the dash.
pub(crate) fn dash_of(text: &str, item: &Node) -> Option<(usize, usize)> {
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

/// Returns the layout of the record's other lists, for a list without items: the dash's column counts from that of the
/// record's keys.
pub(crate) fn neighbour_style(text: &str, root: &Node) -> ItemStyle {
    let column = root.entries().iter().find_map(|entry| key_column(text, entry)).unwrap_or(0);
    let lists = root.entries().iter().map(|entry| &entry.value);
    let found = lists
        .filter(|node| !node.is_flow())
        .find_map(|node| item_style(text, node).filter(|style| !style.flow));
    found.map_or(ItemStyle { dash: 2, gap: 2, flow: false }, |style| ItemStyle {
        dash: style.dash.saturating_sub(column),
        ..style
    })
}

/// Returns how that key's values are quoted in the items that have it.
pub(crate) fn quotes(items: &[Node], key: &str) -> Quotes {
    let mut votes = [0_usize; 3];
    for entry in items.iter().filter_map(|item| item.entry(key)) {
        if let Content::Scalar { style, .. } = &entry.value.value {
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

/// Returns the start of the comment lines directly above a line, but not before `floor`, which is after the value above:
/// its lines may look like comments. The line itself if there are none.
pub(crate) fn above_comments(text: &str, mut line: usize, floor: usize) -> usize {
    while line > floor {
        let above = line_start(text, line - 1);
        if above < floor || !text[above..line].trim_start().starts_with('#') {
            break;
        }
        line = above;
    }
    line
}

/// Returns the column of the deepest of the comment lines from that line start on, blank lines among them; 0 if there
/// are none.
pub(crate) fn deepest_comment(text: &str, at: usize) -> usize {
    let lines = text[at..].lines().map(|line| (line.trim_start_matches(' '), line));
    let idle = lines.take_while(|(rest, _)| rest.trim().is_empty() || rest.starts_with('#'));
    let comments = idle.filter(|(rest, _)| rest.starts_with('#'));
    comments.map(|(rest, line)| line.len() - rest.len()).max().unwrap_or(0)
}

/// Returns the offset just after the line that contains the byte; the byte itself at a line start.
pub(crate) fn after_line(text: &str, at: usize) -> usize {
    if at > 0 && text.as_bytes()[at - 1] == b'\n' {
        return at;
    }
    text[at..].find('\n').map_or(text.len(), |n| at + n + 1)
}

#[cfg(test)]
mod tests {
    use super::super::tree;
    use super::*;

    fn parse(text: &str) -> Result<Node<'_>, Vec<crate::yaml::Problem>> {
        tree::parse(text, |_| false)
    }

    #[test]
    fn most_lines_decide_how_lines_end() {
        for (text, end) in [
            ("", "\n"),
            ("a", "\n"),
            ("a\n", "\n"),
            ("a\r\n", "\r\n"),
            ("a\r\nb\n", "\n"),
            ("a\r\nb\r\nc\n", "\r\n"),
            ("a\r\nb\nc\n", "\n"),
        ] {
            assert_eq!(line_end(text), end, "{text:?}");
        }
    }

    #[test]
    fn lines_begin_and_end_where_they_do() {
        let text = "ab\n한\n";
        for (at, start, after) in [(0, 0, 3), (1, 0, 3), (2, 0, 3), (3, 3, 3), (6, 3, 7), (7, 7, 7)]
        {
            assert_eq!((line_start(text, at), after_line(text, at)), (start, after), "{at}");
        }
        assert_eq!(after_line("ab", 1), 2);
        assert_eq!(after_line("\nab", 0), 1);
    }

    /// Returns the layout of the last item of the list under `k`.
    fn style_of(text: &str) -> Option<(usize, usize, bool)> {
        let root = parse(text).unwrap();
        let style = item_style(text, &root.entry("k").unwrap().value)?;
        Some((style.dash, style.gap, style.flow))
    }

    #[test]
    fn items_state_their_progress() {
        for (text, style) in [
            ("k:\n- a\n", Some((0, 2, false))),
            ("k:\n  - a\n", Some((2, 2, false))),
            ("k:\n    -   a: b\n        c: d\n", Some((4, 4, false))),
            ("k:\n  - {a: b}\n", Some((2, 2, true))),
            ("k:\n  - [a]\n", Some((2, 2, true))),
            ("k:\n  - a\n  -  b: c\n", Some((2, 3, false))),
            ("k:\n  -\n    a: b\n", Some((2, 2, false))),
            ("k:\n  -\n      a: b\n", Some((2, 2, false))),
            ("k:\n  - # c\n\n    # d\n    a: b\n", Some((2, 2, false))),
            ("k: []\n", None),
            ("k: [a]\n", None),
        ] {
            assert_eq!(style_of(text), style, "{text:?}");
        }
    }

    #[test]
    fn dashes_are_found_above_blank_and_comment_lines() {
        for (text, found) in [
            ("k:\n  - a\n", Some((3, 2))),
            ("k:\n  -\n\n    # c\n    a: b\n", Some((3, 2))),
            ("- a\n", Some((0, 0))),
            ("-\n  a: b\n", Some((0, 0))),
            ("k: [a]\n", None),
        ] {
            let root = parse(text).unwrap();
            let list = root.entry("k").map_or(&root, |entry| &entry.value);
            assert_eq!(dash_of(text, &list.items()[0]), found, "{text:?}");
        }
    }

    #[test]
    fn a_new_list_is_indented_as_its_neighbours() {
        for (text, style) in [
            ("title: t\n", (2, 2)),
            ("a: [b]\n", (2, 2)),
            ("a:\n- b\n", (0, 2)),
            ("a: b\nc:\n    -   d: e\n", (4, 4)),
            ("a:\n    - {b: c}\nd:\n- e\n", (0, 2)),
            ("a:\n    - {b: c}\n", (2, 2)),
            ("a: [b]\nc:\n- e\nd:\n    - f\n", (0, 2)),
        ] {
            let found = neighbour_style(text, &parse(text).unwrap());
            assert_eq!((found.dash, found.gap, found.flow), (style.0, style.1, false), "{text:?}");
        }
    }

    #[test]
    fn quotes_are_put_to_the_vote() {
        for (values, expected) in [
            ("", Quotes::Needed),
            ("p", Quotes::Needed),
            ("d", Quotes::Double),
            ("s", Quotes::Single),
            ("pd", Quotes::Needed),
            ("ps", Quotes::Needed),
            ("ds", Quotes::Double),
            ("dss", Quotes::Single),
            ("dds", Quotes::Double),
            ("pdd", Quotes::Double),
            ("pss", Quotes::Single),
            ("ppddss", Quotes::Needed),
            ("pddss", Quotes::Double),
            ("ppdsss", Quotes::Single),
            ("lffd", Quotes::Double),
            ("ll", Quotes::Needed),
            ("-", Quotes::Needed),
        ] {
            let item = |value: char| match value {
                'p' => "- k: a\n",
                'd' => "- k: \"a\"\n",
                's' => "- k: 'a'\n",
                'l' => "- k: |\n    a\n",
                'f' => "- k: >\n    a\n",
                _ => "- k: [a]\n  other: 'b'\n",
            };
            let text: String = values.chars().map(item).collect();
            let text = if text.is_empty() { "[]\n".to_owned() } else { text };
            assert_eq!(quotes(parse(&text).unwrap().items(), "k"), expected, "{values}");
        }
    }
}
