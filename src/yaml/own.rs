//! A value in its own lines, which are moved to another place with a new indentation, but never rewritten.

use std::ops::Range;

use granit_parser::ScalarStyle;

use super::key_place::entry_end;
use super::lines::line_start;
use super::patch_fault::PatchFault;
use super::scalar::quoted;
use super::style::{above_comments, after_line, dash_of};
use super::tree::{Content, Entry, Node, comments};
use super::tree_of;
use super::value::Value;

/// An item of a list, or a key with its value, in its own lines, including the comments beside it, and those above and
/// below that belong to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnLines {
    value: Value,
    /// Whole lines that end in `\n`.
    lines: String,
    /// The column of its dash or key, from 0.
    column: usize,
}

/// Characters that a plain scalar must not have in brackets.
const OF_BRACKETS: [char; 7] = ['[', ']', '{', '}', ',', '?', '\n'];

impl OwnLines {
    /// Reads the one item or key in these lines; `None` if they contain anything else.
    pub fn read(lines: &str) -> Option<OwnLines> {
        let mut lines = lines.replace("\r\n", "\n");
        if !lines.ends_with('\n') {
            lines.push('\n');
        }
        let is_content =
            |line: &&str| !matches!(line.trim_start().chars().next(), None | Some('#'));
        let first = lines.lines().find(is_content)?;
        let column = first.len() - first.trim_start_matches(' ').len();
        let own = OwnLines { value: Value::Null, lines, column };
        let value = Value::of(own.node()?.as_ref());
        Some(OwnLines { value, ..own })
    }

    /// Returns the item's value, or that of the key.
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// Returns the column of its dash or its key.
    pub fn column(&self) -> usize {
        self.column
    }

    /// Returns the key of that name in its own lines: this one, or one of the item's mapping, or of the mapping in it to
    /// which the keys of the path lead.
    pub(crate) fn key(&self, path: &[&str], name: &str) -> Option<OwnLines> {
        let root = self.root()?;
        let Some(item) = root.items().first() else {
            return root.entry(name).map(|_| self.clone());
        };
        let (map, floor) = path.iter().try_fold((item, 0), |(map, _), key| {
            let entry = map.entry(key)?;
            Some((&entry.value, after_line(&self.lines, entry.key_span.end)))
        })?;
        let place = map.entries().iter().position(|entry| entry.key == name)?;
        key_of(&self.lines, map, floor, place, false)
    }

    /// Returns its lines without those comments above and below it for which `stays` holds.
    pub(crate) fn without_comments(&self, stays: impl Fn(&str) -> bool) -> OwnLines {
        let Some(root) = self.root() else { return self.clone() };
        let start = line_start(&self.lines, root.span.start);
        let end = after_line(&self.lines, root.span.end).max(start);
        let kept = |lines: &str| -> String {
            let comment = |line: &str| line.trim().strip_prefix('#').map(|it| it.trim().to_owned());
            let lines = lines.split_inclusive('\n');
            lines.filter(|line| comment(line).is_none_or(|comment| !stays(&comment))).collect()
        };
        let (above, inner, below) =
            (&self.lines[..start], &self.lines[start..end], &self.lines[end..]);
        OwnLines { lines: format!("{}{inner}{}", kept(above), kept(below)), ..self.clone() }
    }

    /// Returns whether it is an item of a list.
    pub(crate) fn is_item(&self) -> bool {
        self.root().is_some_and(|root| !root.items().is_empty())
    }

    /// Returns its lines as in its text, except for their line ends.
    pub(crate) fn lines(&self) -> &str {
        &self.lines
    }

    /// Returns the comments of its lines.
    pub fn comments(&self) -> Vec<String> {
        comments(&self.lines)
    }

    /// Returns its lines with the dash or the key in that column. Lines further left are moved as far as possible.
    pub fn at_column(&self, column: usize, line_end: &str) -> String {
        let mut moved = String::with_capacity(self.lines.len());
        for line in self.lines.split_terminator('\n') {
            let rest = line.trim_start_matches(' ');
            let spaces = line.len() - rest.len();
            if !line.is_empty() {
                moved.push_str(&" ".repeat((spaces + column).saturating_sub(self.column)));
            }
            moved.push_str(rest);
            moved.push_str(line_end);
        }
        moved
    }

    /// Returns it in brackets, with its scalars as written if possible.
    ///
    /// # Errors
    /// It has comments, which are impossible in brackets on one line, or an anchor or a tag.
    pub(crate) fn in_brackets(&self) -> Result<String, PatchFault> {
        match self.comments().is_empty() {
            true => self.bracketed(),
            false => Err(PatchFault::OwnComments),
        }
    }

    /// Returns it on one line, without its comments.
    ///
    /// # Errors
    /// It has an anchor or a tag.
    pub fn bare(&self) -> Result<OwnLines, PatchFault> {
        let line = format!("{}{}\n", if self.is_item() { "- " } else { "" }, self.bracketed()?);
        OwnLines::read(&line).filter(|bare| bare.value == self.value).ok_or(PatchFault::Gone)
    }

    fn bracketed(&self) -> Result<String, PatchFault> {
        let root = self.root().ok_or(PatchFault::Gone)?;
        match &root.value {
            Content::List { items, .. } => bracketed(&self.lines, "-", root.span.start, &items[0]),
            _ => Ok(bracketed_entries(&self.lines, root.span.start, root.entries())?.join(", ")),
        }
    }

    /// Returns whether a value equals this one, also for a reader that distinguishes numbers from texts.
    pub(crate) fn is_kept_in(&self, node: &Node) -> bool {
        self.node().is_some_and(|own| is_kept(own.as_ref(), node))
    }

    fn root(&self) -> Option<Node<'_>> {
        let root = tree_of(&self.lines, |_| true).ok()?;
        let count = if root.is_flow() { 0 } else { root.items().len() + root.entries().len() };
        (count == 1).then_some(root)
    }

    fn node(&self) -> Option<Box<Node<'_>>> {
        Some(Box::new(match self.root()?.value {
            Content::List { mut items, .. } => items.pop()?,
            Content::Map { mut entries, .. } => entries.pop()?.value,
            Content::Scalar { .. } => return None,
        }))
    }

    /// Returns the lines, if they have the value of the node that they belong to.
    fn checked(lines: &str, node: &Node) -> Option<OwnLines> {
        OwnLines::read(lines).filter(|own| own.is_kept_in(node))
    }
}

/// Whether two values mean the same, also for a reader to which `5` is a number and `"5"` a text.
fn is_kept(own: &Node, node: &Node) -> bool {
    match (&own.value, &node.value) {
        (Content::Scalar { text: a, style: own_style }, Content::Scalar { text: b, style }) => {
            let plain = |style: &ScalarStyle| *style == ScalarStyle::Plain;
            let typed = plain(own_style) != plain(style) && !a.contains(OF_BRACKETS);
            (own.is_null() && node.is_null())
                || (a == b && own.is_null() == node.is_null() && !typed)
        }
        (Content::List { items: a, .. }, Content::List { items: b, .. }) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_kept(a, b))
        }
        (Content::Map { entries: a, .. }, Content::Map { entries: b, .. }) => {
            let kept = |(a, b): (&Entry, &Entry)| a.key == b.key && is_kept(&a.value, &b.value);
            a.len() == b.len() && a.iter().zip(b).all(kept)
        }
        _ => false,
    }
}

/// Returns the value of a key for brackets; `from` is the earliest position of its anchor or tag.
fn bracketed(text: &str, key: &str, from: usize, node: &Node) -> Result<String, PatchFault> {
    unmarked(key, &text[from.min(node.span.start)..node.span.start])?;
    let written = &text[node.span.clone()];
    Ok(match &node.value {
        Content::Scalar { .. } if node.span.is_empty() => "~".to_owned(),
        Content::Scalar { text, style } => match style {
            // The lines of a plain text are folded.
            ScalarStyle::Plain if !text.contains(OF_BRACKETS) => text.to_string(),
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted if !written.contains('\n') => {
                written.to_owned()
            }
            _ => quoted(text),
        },
        Content::List { items, .. } => {
            let mut from = node.span.start;
            let mut written = Vec::new();
            for item in items {
                written.push(bracketed(text, key, from, item)?);
                from = item.span.end;
            }
            format!("[{}]", written.join(", "))
        }
        Content::Map { entries, .. } => {
            let entries = bracketed_entries(text, node.span.start, entries)?;
            format!("{{{}}}", entries.join(", "))
        }
    })
}

fn bracketed_entries(
    text: &str,
    mut from: usize,
    entries: &[Entry],
) -> Result<Vec<String>, PatchFault> {
    let mut written = Vec::new();
    for Entry { key, key_span, value } in entries {
        unmarked(key, &text[from.min(key_span.start)..key_span.start])?;
        let value_text = bracketed(text, key, key_span.end, value)?;
        written.push(format!("{}: {value_text}", &text[key_span.clone()]));
        from = value.span.end.max(key_span.end);
    }
    Ok(written)
}

/// Refuses a value if the text before it has an anchor or a tag, which would be lost.
fn unmarked(key: &str, before: &str) -> Result<(), PatchFault> {
    match before.contains(['&', '!']) {
        true => Err(PatchFault::Marked(key.to_owned())),
        false => Ok(()),
    }
}

/// Skips comment lines indented deeper than that column: they belong to the entry above.
pub(crate) fn after_own_comments(text: &str, mut at: usize, column: usize) -> usize {
    while at > 0 && text.as_bytes()[at - 1] == b'\n' {
        let line = text[at..].lines().next().unwrap_or("");
        let indent = line.len() - line.trim_start_matches(' ').len();
        if indent <= column || !line.trim_start().starts_with('#') {
            break;
        }
        at = after_line(text, at + line.len());
    }
    at
}

/// Returns an item of a list in its own lines, optionally with the comments directly above it; `floor` is where the
/// lines of the list begin. `None` if it has no lines of its own and cannot be given any.
pub(crate) fn item_of(
    text: &str,
    list: &Node,
    floor: usize,
    index: usize,
    above: bool,
) -> Option<OwnLines> {
    let item = list.items().get(index)?;
    if list.is_flow() {
        return hung(text, "- ", item.span.clone(), item);
    }
    let end = |item: &Node| {
        let (line, dash) = dash_of(text, item)?;
        let end = after_line(text, item.span.end);
        (line >= floor).then(|| (line, after_own_comments(text, end, dash)))
    };
    let (line, end_here) = end(item)?;
    let before = index.checked_sub(1).and_then(|before| end(&list.items()[before]));
    let floor = before.map_or(floor, |(_, end)| end);
    let start = if above { above_comments(text, line, floor) } else { line };
    OwnLines::checked(&text[start..end_here], item)
}

/// Returns a key of a mapping in its own lines, with the comments directly above it if asked for; `floor` is where the
/// lines of the mapping begin. `None` if it has no lines of its own and cannot be given any.
pub(crate) fn key_of(
    text: &str,
    map: &Node,
    floor: usize,
    place: usize,
    above: bool,
) -> Option<OwnLines> {
    let entries = map.entries();
    let entry = entries.get(place)?;
    let end_of = |entry: &Entry| entry_end(text, entry);
    if map.is_flow() {
        return hung(text, "", entry.key_span.start..end_of(entry), &entry.value);
    }
    let line = line_start(text, entry.key_span.start);
    let column = entry.key_span.start - line;
    let end = |entry: &Entry| after_own_comments(text, after_line(text, end_of(entry)), column);
    let lead = &text[line..entry.key_span.start];
    if line < floor || !lead.trim_matches([' ', '-']).is_empty() {
        return None;
    }
    if lead.contains('-') {
        // The first key of an item shares its line with the dash.
        let own = format!("{}{}", " ".repeat(column), &text[entry.key_span.start..end(entry)]);
        return OwnLines::checked(&own, &entry.value);
    }
    let before = place.checked_sub(1).map(|before| end(&entries[before]));
    let start = if above { above_comments(text, line, before.unwrap_or(floor)) } else { line };
    OwnLines::checked(&text[start..end(entry)], &entry.value)
}

/// Returns a value in brackets on lines of its own, with continuation lines indented.
fn hung(text: &str, lead: &str, range: Range<usize>, node: &Node) -> Option<OwnLines> {
    let mut lines = text[range].lines();
    let mut own = format!("{lead}{}\n", lines.next()?);
    for line in lines {
        own.push_str(if line.is_empty() { "" } else { "    " });
        own.push_str(line);
        own.push('\n');
    }
    OwnLines::checked(&own, node)
}

#[cfg(test)]
mod tests {
    use super::super::chance::Chance;
    use super::*;

    /// Whether two nodes are the same except for their positions: scalars with their quotes, and brackets.
    fn same(a: &Node, b: &Node) -> bool {
        match (&a.value, &b.value) {
            (Content::List { items: x, flow: f }, Content::List { items: y, flow: g }) => {
                f == g && x.len() == y.len() && x.iter().zip(y).all(|(x, y)| same(x, y))
            }
            (Content::Map { entries: x, flow: f }, Content::Map { entries: y, flow: g }) => {
                let equal = |(x, y): (&Entry, &Entry)| x.key == y.key && same(&x.value, &y.value);
                f == g && x.len() == y.len() && x.iter().zip(y).all(equal)
            }
            (a, b) => a == b,
        }
    }

    #[test]
    fn lines_mean_the_same_at_every_indentation() {
        let mut chance = Chance::of_seed(11);
        let (mut read, mut commented) = (0, 0);
        for _ in 0..500 {
            let (lines, dash) = chance.item();
            let Some(own) = OwnLines::read(&lines) else { continue };
            read += 1;
            commented += usize::from(!own.comments().is_empty());
            assert_eq!(own.column, dash, "{lines}");
            for column in 0..9 {
                let moved = own.at_column(column, "\n");
                let again = OwnLines::read(&moved).unwrap_or_else(|| panic!("{lines}\n{moved}"));
                assert!(same(&own.root().unwrap(), &again.root().unwrap()), "{lines}\n{moved}");
                assert_eq!(own.comments(), again.comments(), "{lines}\n{moved}");
                let crlf = own.at_column(column, "\r\n");
                assert_eq!(OwnLines::read(&crlf), Some(again.clone()), "{lines}");
                // Lines that were not left of the dash are restored as they were.
                if column >= dash && !lines.contains("# at the margin") {
                    assert_eq!(again.at_column(dash, "\n"), own.lines, "{lines}");
                }
            }
            let list = format!("- {{k: v}}\n- [{}]\n", own.in_brackets().unwrap_or_default());
            if own.in_brackets().is_ok() {
                let root = tree_of(&list, |_| true).unwrap_or_else(|_| panic!("{lines}\n{list}"));
                assert!(own.is_kept_in(&root.items()[1].items()[0]), "{lines}\n{list}");
            }
        }
        assert!(read > 300 && commented > 100 && commented < read, "{read} {commented}");
    }

    #[test]
    fn a_number_is_not_kept_as_a_text() {
        let own = OwnLines::read("- {a: 5, b: x, c: , d: '5'}\n").unwrap();
        for (item, kept) in [
            ("- {a: 5, b: x, c: ~, d: '5'}", true),
            ("- {a: 5, b: x, c: null, d: \"5\"}", true),
            ("- {a: '5', b: x, c: , d: '5'}", false),
            ("- {a: 5, b: x, c: '', d: '5'}", false),
            ("- {a: 5, b: x, c: , d: 5}", false),
            ("- {a: 5, b: x, d: '5', c: }", false),
        ] {
            let root = tree_of(item, |_| true).unwrap();
            assert_eq!(own.is_kept_in(&root.items()[0]), kept, "{item}");
        }
    }

    /// Nothing of an entry reads otherwise in brackets; what they cannot hold is refused.
    #[test]
    fn an_entry_is_written_into_brackets() {
        let marked = |key: &str| Err(PatchFault::Marked(key.to_owned()));
        for (lines, expected) in [
            ("- {a: 5, b: [1,  'x, y']}\n", Ok("{a: 5, b: [1, 'x, y']}")),
            ("- a: see [b], c\n  d: 'one'\n", Ok("{a: \"see [b], c\", d: 'one'}")),
            ("- a: why?\n", Ok("{a: \"why?\"}")),
            ("- a: \"one\n    two # three\"\n", Ok("{a: \"one two # three\"}")),
            ("- |\n  one\n  two\n", Ok("\"one\\ntwo\\n\"")),
            ("- a:\n  b: null\n", Ok("{a: ~, b: null}")),
            ("a:\n- 07\n- - x\n", Ok("a: [07, [x]]")),
            ("- a: 5 # five\n", Err(PatchFault::OwnComments)),
            ("- a: &b 5\n", marked("a")),
            ("- c: !!str 5\n", marked("c")),
            ("- a: 1\n  !!str b: 5\n", marked("b")),
        ] {
            let own = OwnLines::read(lines).unwrap();
            assert_eq!(own.in_brackets(), expected.map(str::to_owned), "{lines}");
        }
    }

    #[test]
    fn lines_of_one_entry_are_read_alone() {
        for (lines, column) in [
            ("- a\n", Some(0)),
            ("  # c\n  - a", Some(2)),
            ("    k: v # c\n      # d\n", Some(4)),
            ("- a\n- b\n", None),
            ("a: 1\nb: 2\n", None),
            ("[a]\n", None),
            ("a\n", None),
            ("# c\n", None),
            ("", None),
        ] {
            assert_eq!(OwnLines::read(lines).map(|own| own.column), column, "{lines:?}");
        }
    }
}
