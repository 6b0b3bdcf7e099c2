//! A fast reader for the plain YAML that asrun writes and that most people use.
//!
//! It reads line by line, copies nothing, and gives up at anything it does not support: odd indentation, tabs, carriage
//! returns, anchors, multi-line texts, comments after values. Then the full parser takes over. What it does read is
//! byte for byte the same tree: `tests/reading.rs` and a fuzz target compare the two.

use std::borrow::Cow;
use std::ops::Range;

use granit_parser::ScalarStyle;
use memchr::{memchr, memchr2, memchr2_iter, memchr3, memmem};

use super::limits::MAX_TEXT_BYTES;
use super::tree::{Content, Entry, Node};

/// Returns the tree of a text that is plain throughout, `None` for any other, including invalid ones.
pub(crate) fn parse(text: &str) -> Option<Node<'_>> {
    let mut reader = Reader::of(text, 0)?;
    reader.skip_to_content();
    let root = reader.map(0, 0)?;
    reader.skip_to_content();
    (reader.at == text.len()).then_some(root)
}

/// Returns the tree without its last key, which must be a list, and a reader of that list; `None` if the key is not the
/// last one, where asrun writes it.
pub(crate) fn before_list<'t>(text: &'t str, key: &str) -> Option<(Node<'t>, Items<'t>)> {
    // At the left margin this can only be the key: plain texts end with their line, blocks are indented.
    let line = format!("\n{key}:\n");
    let start = memmem::find(text.as_bytes(), line.as_bytes())? + 1;
    let head = parse(&text[..start]).filter(|head| head.entry(key).is_none())?;
    Some((head, Items(Reader::of(text, start + line.len() - 1)?)))
}

/// The items of a list of mappings, not yet read.
pub(crate) struct Items<'t>(Reader<'t>);

impl<'t> Items<'t> {
    /// Calls `take` with every key of every item, and whether it is the item's first, until `take` refuses; `None` if
    /// it did, or if the items are not plain. Under keys that `may_pass` accepts, non-empty texts come as
    /// [`FastValue::Something`], unless `are_told` asks for them.
    pub(crate) fn each(
        mut self,
        may_pass: impl Fn(&str) -> bool,
        are_told: impl Fn(&str) -> bool,
        mut take: impl FnMut(bool, &'t str, FastValue<'t>) -> bool,
    ) -> Option<()> {
        let reader = &mut self.0;
        reader.skip_to_content();
        let dash = reader.indent();
        let column = dash + 2;
        while reader.begins_item(dash) {
            let mut first = true;
            loop {
                let (key, span) = reader.key(reader.at + column)?;
                let back = reader.at;
                let passed = may_pass(key) && {
                    let words = reader.pass_over(span.end + 1, column);
                    words.is_some_and(|words| !are_told(&reader.text[words]))
                };
                let said = if passed {
                    FastValue::Something
                } else {
                    reader.at = back;
                    FastValue::Value(reader.after_key(span.end + 1, column, 2)?)
                };
                if !take(first, key, said) {
                    return None;
                }
                first = false;
                if !reader.holds_key(column) {
                    reader.skip_to_content();
                    if !reader.continues_map(column) {
                        break;
                    }
                }
            }
        }
        (reader.at == reader.bytes.len()).then_some(())
    }
}

/// The value of a key of an item.
pub(crate) enum FastValue<'t> {
    Value(Node<'t>),
    /// A text that is not blank, without its content.
    Something,
}

/// Returns whether a text contains characters that are left to the full parser: control characters other than line
/// ends, line ends beyond ASCII, byte order marks, noncharacters.
fn has_odd_bytes(bytes: &[u8]) -> bool {
    let suspect = |b: &u8| (*b < b' ' && *b != b'\n') | matches!(*b, 0x7f | 0xc2 | 0xe2 | 0xef);
    bytes.chunks(64).enumerate().any(|(number, chunk)| {
        // The whole chunk without an early exit: that is what makes it fast.
        chunk.iter().fold(false, |found, b| found | suspect(b))
            && (0..chunk.len()).any(|at| is_odd(&bytes[number * 64 + at..]))
    })
}

/// Checks the character that begins there exactly: punctuation and full-width letters share its first byte.
fn is_odd(bytes: &[u8]) -> bool {
    match bytes {
        [b'\n', ..] => false,
        // U+0080 to U+00A0, U+2028 and U+2029, U+FEFF, U+FFFE and U+FFFF.
        [0xc2, next, ..] => *next <= 0xa0,
        [0xe2, 0x80, last, ..] => matches!(last, 0xa8 | 0xa9),
        [0xef, 0xbb, 0xbf, ..] => true,
        [0xef, 0xbf, last, ..] => *last >= 0xbe,
        [b, ..] => *b < b' ' || *b == 0x7f,
        [] => false,
    }
}

struct Reader<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
}

/// More keys than a mapping of asrun's has: beyond it, finding duplicates takes too long.
const MOST_KEYS: usize = 40;
/// Lists and mappings written by asrun are not nested deeper.
const DEEPEST: usize = 8;

impl<'t> Reader<'t> {
    /// Returns a reader of the lines from that offset on, if they may be plain.
    fn of(text: &'t str, at: usize) -> Option<Reader<'t>> {
        let bytes = text.as_bytes();
        #[cfg(test)]
        super::tree::counted::READ.set(super::tree::counted::READ.get() + bytes.len() - at);
        (text.ends_with('\n') && !has_odd_bytes(&bytes[at..])).then_some(Reader { text, bytes, at })
    }

    /// Skips blank lines and comment lines.
    fn skip_to_content(&mut self) {
        loop {
            let start = self.at + self.indent();
            match self.bytes.get(start) {
                Some(b'\n') if start == self.at => self.at += 1,
                Some(b'#') => self.at = self.line_end(start) + 1,
                _ => return,
            }
        }
    }

    /// Returns the number of leading spaces of the line.
    fn indent(&self) -> usize {
        self.bytes[self.at..].iter().take_while(|b| **b == b' ').count()
    }

    /// Returns the offset of the next line end; every text ends with one.
    fn line_end(&self, from: usize) -> usize {
        memchr(b'\n', &self.bytes[from..]).map_or(self.bytes.len(), |n| from + n)
    }

    /// Returns a block mapping with its keys in that column; the first may follow a dash.
    fn map(&mut self, column: usize, depth: usize) -> Option<Node<'t>> {
        let start = self.at + column;
        let mut entries: Vec<Entry<'t>> = Vec::with_capacity(6);
        let mut at = start;
        loop {
            let entry = self.entry(at, column, depth)?;
            if entries.len() == MOST_KEYS || entries.iter().any(|other| other.key == entry.key) {
                return None;
            }
            entries.push(entry);
            self.skip_to_content();
            if !self.continues_map(column) {
                break;
            }
            at = self.at + column;
        }
        let end = entries.last()?.value.span.end;
        Some(Node { span: start..end, value: Content::Map { entries, flow: false } })
    }

    /// Returns whether an item of a list begins in that column.
    fn dash(&self, column: usize) -> bool {
        let at = self.at + column;
        self.bytes.get(at) == Some(&b'-') && self.bytes.get(at + 1) == Some(&b' ')
    }

    /// Returns whether [`Reader::continues_map`] holds without a comment or a blank line to skip: a quick check.
    fn holds_key(&self, column: usize) -> bool {
        let line = &self.bytes[self.at..];
        line.get(column).is_some_and(u8::is_ascii_alphabetic)
            && line[..column].iter().all(|b| *b == b' ')
    }

    /// Returns whether the current line is the next key of a mapping in that column.
    fn continues_map(&self, column: usize) -> bool {
        self.at < self.bytes.len() && self.indent() == column
    }

    /// Returns whether the current line begins an item of a list in that column.
    fn begins_item(&self, column: usize) -> bool {
        self.dash(column) && self.indent() == column
    }

    /// Skips a one-line text or a block after the colon at that offset, and returns its range; `None`, at any offset, if
    /// it may be empty or needs the full check.
    fn pass_over(&mut self, after: usize, column: usize) -> Option<Range<usize>> {
        let [b' ', first, ..] = self.bytes.get(after..)? else { return None };
        // An ideographic space is the only white space that such a text may begin with.
        if *first == b'|' {
            let (span, ..) = self.literal_span(after + 1, column)?;
            return Some(span)
                .filter(|span| self.bytes[span.start] != 0xe3 && span.len() < MAX_TEXT_BYTES);
        }
        let length = plain_length(&self.bytes[after + 1..])?;
        self.at = after + 1 + length + 1;
        // Shorter ones may be `null`.
        let says = length > 4 && length < MAX_TEXT_BYTES && *first != 0xe3;
        says.then_some(after + 1..after + 1 + length)
    }

    /// Reads `key: value` with its key at that offset.
    fn entry(&mut self, at: usize, column: usize, depth: usize) -> Option<Entry<'t>> {
        let (key, key_span) = self.key(at)?;
        let value = self.after_key(key_span.end + 1, column, depth)?;
        Some(Entry { key: Cow::Borrowed(key), key_span, value })
    }

    /// Returns the value after the colon that ends before that offset.
    fn after_key(&mut self, after: usize, column: usize, depth: usize) -> Option<Node<'t>> {
        match self.bytes.get(after)? {
            b'\n' => {
                self.at = after + 1;
                self.nested(column, depth)
            }
            b' ' => self.value(after + self.blanks(after), column),
            _ => None,
        }
    }

    fn blanks(&self, from: usize) -> usize {
        self.bytes[from..].iter().take_while(|b| **b == b' ').count()
    }

    /// Returns a key of letters, digits and underscores followed by a colon, and its byte range; quoted if it is one
    /// that other readers take for a boolean, such as `"on"`, as asrun writes it.
    fn key(&self, at: usize) -> Option<(&'t str, Range<usize>)> {
        let text: &'t str = self.text;
        let quote = usize::from(self.bytes.get(at) == Some(&b'"'));
        let start = at + quote;
        let word = |b: &&u8| b.is_ascii_alphanumeric() || **b == b'_';
        let length = self.bytes.get(start..)?.iter().take_while(word).count();
        let key = &text[start..start + length];
        let end = start + length + quote;
        let closed =
            self.bytes[start + length..].starts_with(if quote == 1 { b"\":" } else { b":" });
        let letter = key.starts_with(|c: char| c.is_ascii_alphabetic());
        (letter && length < 64 && closed).then_some((key, at..end))
    }

    /// Returns the block under a key: a list, possibly in the key's own column, or a mapping.
    fn nested(&mut self, column: usize, depth: usize) -> Option<Node<'t>> {
        self.skip_to_content();
        let indent = self.indent();
        if depth == DEEPEST {
            return None;
        }
        if self.dash(indent) && indent >= column {
            let list = self.list(indent, depth + 1)?;
            Some(if indent == column { begun_at_its_first_item(list) } else { list })
        } else if indent > column {
            self.map(indent, depth + 1)
        } else {
            None
        }
    }

    /// Returns a block list with its dashes in that column.
    fn list(&mut self, column: usize, depth: usize) -> Option<Node<'t>> {
        let start = self.at + column;
        let mut items: Vec<Node<'t>> = Vec::new();
        loop {
            let content = column + 2;
            let at = self.at + content;
            let item = match self.key(at) {
                Some((_, key)) if matches!(self.bytes.get(key.end + 1), Some(b' ' | b'\n')) => {
                    self.map(content, depth)?
                }
                _ => self.value(at, column)?,
            };
            items.push(item);
            self.skip_to_content();
            if !self.begins_item(column) {
                break;
            }
        }
        let end = items.last()?.span.end;
        Some(Node { span: start..end, value: Content::List { items, flow: false } })
    }

    /// Returns a value that begins at that offset; `column` is that of the key or dash before it.
    fn value(&mut self, at: usize, column: usize) -> Option<Node<'t>> {
        match self.bytes.get(at)? {
            b'|' => self.literal(at, column),
            first => {
                let node = match first {
                    b'"' | b'\'' => self.quoted(at)?,
                    b'[' | b'{' => self.flow(at, 0)?,
                    _ => self.plain(at..at + plain_length(&self.bytes[at..])?),
                };
                self.at = node.span.end + 1;
                (self.bytes.get(node.span.end) == Some(&b'\n')).then_some(node)
            }
        }
    }

    /// Returns an unquoted text.
    fn plain(&self, span: Range<usize>) -> Node<'t> {
        let text = Cow::Borrowed(&self.text[span.clone()]);
        self.scalar(span, text, ScalarStyle::Plain)
    }

    fn scalar(&self, span: Range<usize>, text: Cow<'t, str>, style: ScalarStyle) -> Node<'t> {
        Node { span, value: Content::Scalar { text, style } }
    }

    /// Returns a quoted text on one line; only escapes that stand for the escaped character are read.
    fn quoted(&self, at: usize) -> Option<Node<'t>> {
        let quote = self.bytes[at];
        // Scanning the whole line here would repeat it for each text of a long list.
        let inside = &self.bytes[at + 1..];
        let (style, length) = match quote {
            b'\'' => (ScalarStyle::SingleQuoted, memchr2(b'\'', b'\n', inside)?),
            _ => (ScalarStyle::DoubleQuoted, memchr3(b'"', b'\\', b'\n', inside)?),
        };
        let end = at + 1 + length;
        match self.bytes[end] {
            b'\\' => return self.escaped(at),
            b'\n' => return None,
            _ => {}
        }
        // `''` stands for one quote: the text would end too early, and callers reject a quote after it.
        let text = Cow::Borrowed(&self.text[at + 1..end]);
        Some(self.scalar(at..end + 1, text, style))
    }

    fn escaped(&self, at: usize) -> Option<Node<'t>> {
        let mut text = String::new();
        let mut from = at + 1;
        loop {
            let next = from + memchr3(b'"', b'\\', b'\n', self.bytes.get(from..)?)?;
            text.push_str(&self.text[from..next]);
            match self.bytes[next] {
                b'"' => {
                    let (span, text) = (at..next + 1, Cow::Owned(text));
                    return Some(self.scalar(span, text, ScalarStyle::DoubleQuoted));
                }
                b'\n' => return None,
                _ => {}
            }
            text.push(match self.bytes.get(next + 1)? {
                b'n' => '\n',
                b't' => '\t',
                b'"' => '"',
                b'\\' => '\\',
                _ => return None,
            });
            from = next + 2;
        }
    }

    /// Returns a list or a mapping in brackets on one line.
    fn flow(&self, at: usize, depth: usize) -> Option<Node<'t>> {
        let list = self.bytes[at] == b'[';
        let close = if list { b']' } else { b'}' };
        let (mut items, mut entries): (Vec<Node<'t>>, Vec<Entry<'t>>) = (Vec::new(), Vec::new());
        let mut here = at + 1;
        if depth == DEEPEST {
            return None;
        }
        if self.bytes.get(here) == Some(&close) {
            return Some(Node { span: at..here + 1, value: flow_value(list, items, entries) });
        }
        loop {
            here += self.blanks(here);
            let end = if list {
                items.push(self.flow_item(here, depth)?);
                items.last()?.span.end
            } else {
                let (key, key_span) = self.key(here)?;
                let after = key_span.end + 1;
                let blanks = self.blanks(after);
                let value = self.flow_item(after + blanks, depth)?;
                let twice = entries.iter().any(|other: &Entry| other.key == key);
                if blanks == 0 || twice || entries.len() == MOST_KEYS {
                    return None;
                }
                entries.push(Entry { key: Cow::Borrowed(key), key_span, value });
                entries.last()?.value.span.end
            };
            here = end + self.blanks(end);
            match *self.bytes.get(here)? {
                b',' if self.bytes.get(here + 1) == Some(&b' ') => here += 1,
                b if b == close => {
                    let span = at..here + 1;
                    return Some(Node { span, value: flow_value(list, items, entries) });
                }
                _ => return None,
            }
        }
    }

    fn flow_item(&self, at: usize, depth: usize) -> Option<Node<'t>> {
        match self.bytes.get(at)? {
            b'"' | b'\'' => self.quoted(at),
            b'[' | b'{' => self.flow(at, depth + 1),
            _ => {
                let ends = |b: &u8| matches!(b, b',' | b'[' | b']' | b'{' | b'}' | b'\n');
                let length = self.bytes[at..].iter().position(ends)?;
                let body = &self.bytes[at..at + length];
                let body = body.trim_ascii_end();
                let said = at..at + body.len();
                (starts_well(body) && !speaks_yaml(body)).then(|| self.plain(said))
            }
        }
    }

    /// Returns a literal block: `|` or `|-` and lines indented deeper than their key.
    fn literal(&mut self, at: usize, column: usize) -> Option<Node<'t>> {
        let (span, indent, strip, lines) = self.literal_span(at, column)?;
        let text = self.literal_text(span.clone(), indent, strip, lines == 1);
        let end = span.start + self.text[span.clone()].trim_end().len();
        Some(self.scalar(span.start..end, text, ScalarStyle::Literal))
    }

    /// Returns the byte range of a block's lines, their indentation, whether the last line end is stripped, and the
    /// number of non-blank lines.
    fn literal_span(
        &mut self,
        at: usize,
        column: usize,
    ) -> Option<(Range<usize>, usize, bool, usize)> {
        let strip = self.bytes.get(at + 1) == Some(&b'-');
        let header_end = at + 1 + usize::from(strip);
        if self.bytes.get(header_end) != Some(&b'\n') {
            return None;
        }
        self.at = header_end + 1;
        let indent = self.indent();
        let start = self.at + indent;
        if indent <= column {
            return None;
        }
        let (mut lines, mut last) = (0, start);
        while let Some(first) = self.bytes.get(self.at) {
            if *first == b'\n' {
                self.at += 1;
                continue;
            }
            let blanks = self.indent();
            let end = self.line_end(self.at);
            if self.at + blanks == end {
                return None;
            }
            if blanks < indent {
                // A comment here might belong to the block, or be an error.
                if self.bytes[self.at + blanks] == b'#' {
                    return None;
                }
                break;
            }
            lines += 1;
            last = end;
            self.at = end + 1;
        }
        Some((start..last, indent, strip, lines))
    }

    /// Returns the lines of a block without their indentation.
    fn literal_text(
        &self,
        span: Range<usize>,
        indent: usize,
        strip: bool,
        one_line: bool,
    ) -> Cow<'t, str> {
        let end = span.end + usize::from(!strip);
        if one_line {
            return Cow::Borrowed(&self.text[span.start..end]);
        }
        let mut text = String::with_capacity(end - span.start);
        for (place, line) in self.text[span.start..end].split_inclusive('\n').enumerate() {
            let blanks = if place == 0 || line == "\n" { 0 } else { indent };
            text.push_str(&line[blanks..]);
        }
        Cow::Owned(text)
    }
}

/// The full parser reports no dash for a list in its key's own column: the list starts at its first item.
fn begun_at_its_first_item(list: Node<'_>) -> Node<'_> {
    let start = list.items().first().map_or(list.span.start, |item| item.span.start);
    Node { span: start..list.span.end, ..list }
}

fn flow_value<'t>(list: bool, items: Vec<Node<'t>>, entries: Vec<Entry<'t>>) -> Content<'t> {
    if list { Content::List { items, flow: true } } else { Content::Map { entries, flow: true } }
}

/// Returns the length of the text up to the end of the line, if it needs neither quotes nor more lines.
fn plain_length(rest: &[u8]) -> Option<usize> {
    if !starts_well(rest) {
        return None;
    }
    // Times are short and full of colons.
    let short = rest[0].is_ascii_digit();
    let mut from = 0;
    let length = loop {
        let ends = |b: &u8| matches!(*b, b'\n' | b':' | b'#');
        let at = from
            + match short {
                true => rest[from..].iter().position(ends)?,
                false => memchr3(b'\n', b':', b'#', &rest[from..])?,
            };
        match rest[at] {
            b'\n' => break at,
            _ if ends_plain(rest, at) => return None,
            _ => from = at + 1,
        }
    };
    (rest[length - 1] != b' ').then_some(length)
}

/// Returns whether an unquoted text may begin like this; an empty one may not.
fn starts_well(body: &[u8]) -> bool {
    let first = body.first();
    first.is_some_and(|b| b.is_ascii_alphanumeric() || *b >= 0x80 || b"(/._+~$".contains(b))
}

/// Returns whether a line contains a misplaced colon or number sign, which ends a plain text or makes it a key.
fn speaks_yaml(body: &[u8]) -> bool {
    memchr2_iter(b':', b'#', body).any(|at| ends_plain(body, at))
}

/// Returns whether the colon or number sign at that offset ends a plain text or makes it a key.
fn ends_plain(body: &[u8], at: usize) -> bool {
    match body[at] {
        b':' => matches!(body.get(at + 1), None | Some(b' ' | b'\n')),
        _ => body[..at].ends_with(b" "),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tree;
    use super::*;

    /// Checks that the fast reader accepts it, with the same tree as the full parser.
    #[track_caller]
    fn is_taken(text: &str) {
        let fast = parse(text);
        assert!(fast.is_some(), "left to the full parser: {text:?}");
        assert_eq!(fast, tree::parse(text, |_| false).ok(), "{text:?}");
    }

    #[track_caller]
    fn is_left(text: &str) {
        assert_eq!(parse(text), None, "{text:?}");
    }

    #[test]
    fn the_fast_reader_reads_plain_shapes() {
        for text in [
            "a: b\n",
            "\n# c\n\na: b\n",
            "  # c\na: b\n",
            "a: b\n\n# end\n\n  # of all\n",
            "a: b\n  # between\n\nc: d\n",
            "a:    b\n",
            "aB_1: b\nc9: d\n",
            "a:\n  b: c\n  d: e\nf: g\n",
            "a:\n  b: c\n\n\n# d\n",
            "a:\n\n  # first\n  b: c\n",
            "a:\n- b\n- c\nd: e\n",
            "a:\n  - b\n  - c\nd: e\n",
            "a:\n    - b: c\n      d: e\n    - f: g\n",
            "a:\n- b: c\n  d: e\n- f: g\nh: i\n",
            "a:\n  - b:\n      - c\n      - d\n    e: f\n",
            "a:\n  - b:\n    - c\n    - d\n    e: f\n",
            "a:\n  - b:\n      c: d\n      e: f\n    g: h\n",
            "a:\n\n  # one\n  - b\n\n  # two\n\n  - c\n",
            "a:\n  - b:c\n  - d: e\n",
            "\"on\": b\nc: d\n",
            "a:\n  - \"on\": b\n    c: d\n  - \"on\"\n",
            "a:\n  - {b: c, \"on\": d}\n  - {\"on\": {\"no\": e}}\n",
            "a:\n  - \"b\"\n  - 'c'\n  - [d, e]\n  - {f: g}\n",
        ] {
            is_taken(text);
        }
    }

    #[test]
    fn the_fast_reader_reads_plain_texts() {
        for text in [
            "b",
            "3.0",
            "(b)",
            "/b",
            ".b",
            "_b",
            "+b",
            "~b",
            "$b",
            "왁뮤 3.0 출시",
            "~",
            "null",
            "b:c",
            "b#c",
            "b::c",
            "b:c#d:e",
            "b - c",
            "b, c",
            "it's",
            "50%",
            "b[c]",
            "…",
            "、b",
            "ｂ",
            "\u{a1}b",
            "b\u{2027}c\u{202a}d",
            "\u{fffd}b",
            "b\\c",
            "b \"c\"",
            "b ~",
            "b  c",
        ] {
            is_taken(&format!("a: {text}\nz: y\n"));
            is_taken(&format!("a:\n  - {text}\n  - z\n"));
        }
    }

    #[test]
    fn what_is_not_plain_is_left() {
        for text in [
            "-b",
            "?b",
            "@b",
            "`b",
            "%b",
            "&b",
            "*b",
            "!b",
            ">b",
            "|b",
            ",b",
            "=b",
            "<b",
            "#b",
            ":b",
            "]",
            "}",
            "b ",
            "b: c",
            "b:",
            "b #c",
            "b #",
            "b:c: d",
            "b#c #d",
            "\"b",
            "'b",
            "\"b\" c",
            "'b' #c",
            "\"b\" ",
            "'it''s'",
            "''''",
            "\"b\\x41\"",
            "\"b\\/c\"",
            "\"b\\\"",
            "\"b\\",
            "[b] c",
            "{b: c} #d",
        ] {
            is_left(&format!("a: {text}\nz: y\n"));
            is_left(&format!("a:\n  - k: {text}\n  - z\n"));
        }
    }

    #[test]
    fn the_fast_reader_reads_quotes() {
        for text in [
            "\"b\"",
            "\"\"",
            "''",
            "'b'",
            "\"it's\"",
            "'say \"b\"'",
            "\"b: c #d\"",
            "'[b]'",
            "'b\\n'",
            "\"b\\\"c\\\"d\"",
            "\"b\\\\c\"",
            "\"b\\nc\\td\"",
            "\"\\n\"",
            "\"왁\\n뮤\"",
            "\" b \"",
        ] {
            is_taken(&format!("a: {text}\nz: y\n"));
            is_taken(&format!("a: [{text}, {text}]\nz: y\n"));
            is_taken(&format!("a: {{b: {text}, c: {text}}}\nz: y\n"));
        }
    }

    #[test]
    fn the_fast_reader_reads_brackets() {
        for text in [
            "[]",
            "{}",
            "[b]",
            "[b, c]",
            "[ b, c ]",
            "[b , c]",
            "[b,  c]",
            "{b: c}",
            "{ b: c, d: e }",
            "{b:  c ,  d: e}",
            "{b: [c, {d: e}], f: [], g: {}}",
            "[[b], [c, d]]",
            "[{b: c}, {b: d}]",
            "[it's, b:c]",
            "[b c, 한글]",
            "{b: c#d}",
            "[b#c]",
        ] {
            is_taken(&format!("a: {text}\nz: y\n"));
        }
    }

    #[test]
    fn odd_brackets_are_left() {
        for text in [
            "[b,c]",
            "{b: c,d: e}",
            "{b:c}",
            "{b: c, d:e}",
            "[b, c",
            "{b: c",
            "[b}",
            "{b: c]",
            "[b[c]",
            "[b: c]",
            "[b, ]",
            "{b: c, }",
            "[, b]",
            "[ ]",
            "{b}",
            "{b: }",
            "{b: c, b: d}",
            "{b: c, d: e, b: f}",
            "{b c: d}",
            "{\"b\":c}",
            "{b: c, \"b\": d}",
            "[-b]",
            "[b #c]",
            "[\"b\"c]",
            "['it''s']",
            "[b]]",
            "{b: {c: d}",
            "[|, b]",
        ] {
            is_left(&format!("a: {text}\nz: y\n"));
        }
    }

    #[test]
    fn the_fast_reader_reads_text_blocks() {
        for text in [
            "a: |\n  b\n",
            "a: |-\n  b\n",
            "a: |\n  b\nc: d\n",
            "a: |-\n  b\nc: d\n",
            "a: |\n  b\n  c\nd: e\n",
            "a: |-\n  b\n  c\nd: e\n",
            "a: |\n  b\n\n    c\n\n\nd: e\n",
            "a: |\n      b\n       c\n",
            "a: |\n  b  \n",
            "a: |\n  b\n  c  \nd: e\n",
            "a: |\n  b\n\n",
            "a: |\n  # b\n  c: d\n  - e\n",
            "a: |\n 한\n 글\n",
            "a:\n  - |\n    b\n    c\n  - d\n",
            "a:\n  - |-\n   b\n  - d\n",
            "a:\n  b: |\n    c\n  d: e\n",
            "a:\n  - b: |\n      c\n\n      d\n    e: f\n  - g\n",
        ] {
            is_taken(text);
        }
    }

    #[test]
    fn odd_text_blocks_are_left() {
        for text in [
            "a: |+\n  b\n",
            "a: |2\n  b\n",
            "a: |--\n  b\n",
            "a: >\n  b\n",
            "a: | \n  b\n",
            "a: | # c\n  b\n",
            "a: |\n",
            "a: |\nb: c\n",
            "a: |\n\n  b\n",
            "a: |\n   \n  b\n",
            "a: |\n  b\n   \n  c\n",
            "a: |\n  b\n \nc: d\n",
            "a: |\n  b\n# c\n",
            "a: |\n  b\n # c\nd: e\n",
            "a: |\n  b\n c\n",
            "a:\n  b: |\n  c\n",
            "a:\n  - |\n  b\n",
            "a: [|\n  b\n",
        ] {
            is_left(text);
        }
    }

    #[test]
    fn odd_lines_are_left() {
        for text in [
            "a: \"b\\tc\nnd\"\n",
            "a: \"b\\tc\n\\td\"\n",
            "a: \"b\\tc\ntd\"\n",
            "",
            "\n",
            "# c\n",
            "a: b",
            "a\n",
            "- a\n",
            "a:\n",
            "a:b\n",
            "a: \n",
            "a:\nb: c\n",
            "a:\n  b:\nc: d\n",
            "a:\n  b:\n- c\n",
            "a: b\n  c\n",
            "a: b\n c: d\n",
            "a: b\n- c\n",
            " a: b\nc: d\n",
            "a: b\n  \nc: d\n",
            "a:\n  - b\n - c\n",
            "a:\n  - b\n   - c\n",
            "a:\n  - b: c\n     d: e\n",
            "a:\n  - b: c\n   d: e\n",
            "a:\n  - b: c\n    - d\n",
            "a:\n  -\n    b: c\n",
            "a:\n  -  b: c\n",
            "a:\n  - - b\n",
            "a:\n  - b\nab- c: d\n",
            "a: b\na: c\n",
            "a: b\nc: d\na: e\n",
            "a:\n  b: c\n  b: d\n",
            "1a: b\n",
            "_a: b\n",
            "\"a: b\n",
            "a\": b\n",
            "'a': b\n",
            "\"\": b\n",
            "\"1\": b\n",
            "\"a b\": c\n",
            "\"a\" : b\n",
            "\"a\":b\n",
            "a: b\n\"a\": c\n",
            "a-b: c\n",
            "a b: c\n",
            "한: b\n",
            "? a\n",
            "--- \na: b\n",
            "a: b\n...\n",
            "{a: b}\n",
            "a: b # c\n",
            "a: # c\n  b: d\n",
        ] {
            is_left(text);
        }
    }

    /// Odd characters are found at any offset: texts are scanned in chunks of 64 bytes.
    #[test]
    fn odd_characters_are_left() {
        for c in [
            '\t', '\r', '\0', '\u{1f}', '\u{7f}', '\u{80}', '\u{85}', '\u{a0}', '\u{2028}',
            '\u{2029}', '\u{feff}', '\u{fffe}', '\u{ffff}',
        ] {
            for place in 1..200 {
                is_left(&format!("a: {}{c}b\n", "x".repeat(place)));
            }
            // Several suspects in one chunk do not hide each other.
            is_left(&format!("a: …{c}b\n"));
            is_left(&format!("a: b{c}c{c}d\n"));
        }
        let blanks = " ".repeat(100);
        is_left(&format!("a: |\n  b{blanks}\t{blanks}c\n"));
        for fine in ['\u{a1}', '…', '\u{2027}', '\u{202a}', '！', '\u{fffd}', 'é', '한', '😀', '~']
        {
            for place in 1..200 {
                is_taken(&format!("a: {}{fine}b\n", "x".repeat(place)));
            }
        }
    }

    #[test]
    fn limits_are_accepted_and_what_is_beyond_is_left_to_the_parser() {
        let keys = |count: usize| (0..count).map(|n| format!("k{n}: v\n")).collect::<String>();
        is_taken(&keys(MOST_KEYS));
        is_left(&keys(MOST_KEYS + 1));
        let flow_keys = |count: usize| {
            let keys: Vec<String> = (0..count).map(|n| format!("k{n}: v")).collect();
            format!("a: {{{}}}\n", keys.join(", "))
        };
        is_taken(&flow_keys(MOST_KEYS));
        is_left(&flow_keys(MOST_KEYS + 1));
        let brackets = |count: usize| format!("a: {}b{}\n", "[".repeat(count), "]".repeat(count));
        is_taken(&brackets(DEEPEST));
        is_left(&brackets(DEEPEST + 1));
        let maps = |deep: usize| {
            let lines = (0..deep).map(|n| format!("{}k:\n", " ".repeat(n)));
            format!("{}{}k: v\n", lines.collect::<String>(), " ".repeat(deep))
        };
        is_taken(&maps(DEEPEST));
        is_left(&maps(DEEPEST + 1));
        let lists = |deep: usize| {
            let lines = (0..deep).map(|n| format!("{}- k:\n", "    ".repeat(n)));
            format!("a:\n{}{}- v\n", lines.collect::<String>(), "    ".repeat(deep))
        };
        is_taken(&lists(DEEPEST - 1));
        is_left(&lists(DEEPEST));
        is_taken(&format!("{}: v\n", "k".repeat(63)));
        is_left(&format!("{}: v\n", "k".repeat(64)));
    }

    #[test]
    fn the_fast_reader_reads_every_record_of_the_project() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("incidents");
        let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let is_record = |path: &std::path::PathBuf| path.extension().is_some_and(|e| e == "yaml");
        let records: Vec<_> = paths.filter(is_record).collect();
        assert!(!records.is_empty());
        for path in records {
            // Names of metrics are free text; those of several words are left to the full parser.
            let text =
                std::fs::read_to_string(&path).unwrap().replace("PV 조회수 (1시간)", "views");
            assert!(parse(&text).is_some(), "{}", path.display());
        }
    }
}
