//! A fast reader of the plain YAML that asrun writes and most hands keep to.
//!
//! It reads line by line, copies nothing, and gives up at the first thing it does not know: odd
//! indentation, tabs, carriage returns, anchors, texts over several lines, comments behind values.
//! Then the full parser reads the text instead. What it does read is the same tree to the byte:
//! `tests/reading.rs` and a fuzz target compare the two.

use std::borrow::Cow;
use std::ops::Range;

use granit_parser::ScalarStyle;
use memchr::{memchr, memchr2, memmem};

use super::decode::MAX_TEXT_BYTES;
use super::tree::{Entry, Node, Value};

/// The tree of a text that is plain throughout, `None` of any other, faulty ones among them.
pub(super) fn parse(text: &str) -> Option<Node<'_>> {
    if !text.ends_with('\n') || has_odd_bytes(text.as_bytes()) {
        return None;
    }
    let mut reader = Reader { text, bytes: text.as_bytes(), at: 0 };
    reader.skip_to_content();
    let root = reader.map(0, 0)?;
    reader.skip_to_content();
    (reader.at == text.len()).then_some(root)
}

/// The tree of such a text without its events, and a reader of those; `None` where they are not
/// the last key, as asrun writes them.
pub(super) fn before_events(text: &str) -> Option<(Node<'_>, Events<'_>)> {
    let key = memmem::find(text.as_bytes(), EVENTS.as_bytes())? + 1;
    let head = parse(&text[..key]).filter(|head| head.entry("events").is_none())?;
    let at = key + EVENTS.len() - 1;
    if has_odd_bytes(&text.as_bytes()[at..]) || !text.ends_with('\n') {
        return None;
    }
    Some((head, Events(Reader { text, bytes: text.as_bytes(), at })))
}

/// At the margin this is the key and nothing else: plain texts end with their line, blocks are
/// indented.
const EVENTS: &str = "\nevents:\n";

/// The events of a record, not read yet.
pub(super) struct Events<'t>(Reader<'t>);

impl<'t> Events<'t> {
    /// Hands over every key of every event, with whether it is the first of its event, as long as
    /// `take` agrees; `None` if it did not, or if they are not plain. Without `prose`, texts that say
    /// something come without their words.
    pub(super) fn each(
        mut self,
        prose: bool,
        mut take: impl FnMut(bool, &'t str, Said<'t>) -> bool,
    ) -> Option<()> {
        let reader = &mut self.0;
        reader.skip_to_content();
        let dash = reader.indent();
        let column = dash + 2;
        while reader.begins_item(dash) {
            let mut first = true;
            loop {
                let span = reader.key(reader.at + column)?;
                let key = &reader.text[span.clone()];
                let passed = !prose && is_prose(key) && reader.pass_over(span.end + 1, column);
                let said = match passed {
                    true => Said::Something,
                    false => Said::Value(reader.after_key(span.end + 1, column, 2)?),
                };
                if !take(first, key, said) {
                    return None;
                }
                first = false;
                reader.skip_to_content();
                if !reader.continues_map(column) {
                    break;
                }
            }
        }
        (reader.at == reader.bytes.len()).then_some(())
    }
}

/// What a key of an event says.
pub(super) enum Said<'t> {
    Value(Node<'t>),
    /// A text that is there and is not only blanks.
    Something,
}

/// Keys whose words only the page of a record shows.
fn is_prose(key: &str) -> bool {
    matches!(key, "text" | "detail" | "by" | "why")
}

/// Whether a text holds what this reader leaves to the full parser: control characters other than
/// line ends, line ends beyond ASCII, byte order marks, characters that are none.
fn has_odd_bytes(bytes: &[u8]) -> bool {
    let suspect = |b: &u8| (*b < b' ' && *b != b'\n') | matches!(*b, 0x7f | 0xc2 | 0xe2 | 0xef);
    bytes.chunks(64).enumerate().any(|(number, chunk)| {
        // All of a chunk at once, without a way out: that is what makes it fast.
        chunk.iter().fold(false, |found, b| found | suspect(b))
            && (number * 64..number * 64 + chunk.len()).any(|at| is_odd(&bytes[at..]))
    })
}

/// A closer look at the character that begins there: punctuation and full-width letters share
/// their first byte with it.
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

/// More than any record's mapping has: beyond, finding duplicate keys takes too long.
const MOST_KEYS: usize = 40;
/// No record's lists and mappings go deeper.
const DEEPEST: usize = 8;

impl<'t> Reader<'t> {
    /// Past blank lines and lines that hold a comment only.
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

    /// Blanks at the beginning of the line.
    fn indent(&self) -> usize {
        self.bytes[self.at..].iter().take_while(|b| **b == b' ').count()
    }

    /// The line end after that byte; every text ends in one.
    fn line_end(&self, from: usize) -> usize {
        memchr(b'\n', &self.bytes[from..]).map_or(self.bytes.len(), |n| from + n)
    }

    /// A block mapping whose keys stand in that column; the first may follow a dash.
    fn map(&mut self, column: usize, depth: usize) -> Option<Node<'t>> {
        let start = self.line_column(column);
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
        Some(Node { span: start..end, value: Value::Map { entries, flow: false } })
    }

    /// The byte at that column of the line at hand.
    fn line_column(&self, column: usize) -> usize {
        self.at + column
    }

    /// Whether an item of a list begins in that column.
    fn dash(&self, column: usize) -> bool {
        let at = self.at + column;
        self.bytes.get(at) == Some(&b'-') && self.bytes.get(at + 1) == Some(&b' ')
    }

    /// Whether the line at hand holds the next key of a mapping in that column.
    fn continues_map(&self, column: usize) -> bool {
        self.at < self.bytes.len() && self.indent() == column && !self.dash(column)
    }

    /// Whether the line at hand begins an item of a list in that column.
    fn begins_item(&self, column: usize) -> bool {
        self.dash(column) && self.indent() == column
    }

    /// Past a text of one line or a block, behind the colon at that byte; false, and nowhere, if it
    /// may say nothing or needs a closer look.
    fn pass_over(&mut self, after: usize, column: usize) -> bool {
        let Some([b' ', first, ..]) = self.bytes.get(after..) else { return false };
        if *first == b'|' {
            let back = self.at;
            // An ideographic space is the one blank that such a text may begin with.
            let said = self.literal_span(after + 1, column).is_some_and(|(span, ..)| {
                self.bytes[span.start] != 0xe3 && span.len() < MAX_TEXT_BYTES
            });
            self.at = if said { self.at } else { back };
            return said;
        }
        let end = self.line_end(after + 1);
        let body = &self.bytes[after + 1..end];
        // Shorter ones may be `null`.
        let said =
            body.len() > 4 && body.len() < MAX_TEXT_BYTES && body[0] != 0xe3 && is_plain(body);
        if said {
            self.at = end + 1;
        }
        said
    }

    /// `key: value` with its key at that byte.
    fn entry(&mut self, at: usize, column: usize, depth: usize) -> Option<Entry<'t>> {
        let key_span = self.key(at)?;
        let value = self.after_key(key_span.end + 1, column, depth)?;
        let key = Cow::Borrowed(&self.text[key_span.clone()]);
        Some(Entry { key, key_span, value })
    }

    /// The value behind the colon that ends before that byte.
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

    /// A key of letters, digits and underscores with a colon behind it.
    fn key(&self, at: usize) -> Option<Range<usize>> {
        let word = |b: &&u8| b.is_ascii_alphanumeric() || **b == b'_';
        let length = self.bytes.get(at..)?.iter().take_while(word).count();
        let letter = self.bytes[at..].first().is_some_and(u8::is_ascii_alphabetic);
        let end = at + length;
        (letter && length < 64 && self.bytes.get(end) == Some(&b':')).then_some(at..end)
    }

    /// The block under a key: a list, which may stand in the key's own column, or a mapping.
    fn nested(&mut self, column: usize, depth: usize) -> Option<Node<'t>> {
        self.skip_to_content();
        let indent = self.indent();
        if depth == DEEPEST || self.at == self.bytes.len() {
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

    /// A block list with its dashes in that column.
    fn list(&mut self, column: usize, depth: usize) -> Option<Node<'t>> {
        let start = self.line_column(column);
        let mut items: Vec<Node<'t>> = Vec::new();
        loop {
            let content = column + 2;
            let at = self.line_column(content);
            let item = match self.key(at) {
                Some(key) if matches!(self.bytes.get(key.end + 1), Some(b' ' | b'\n')) => {
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
        Some(Node { span: start..end, value: Value::List { items, flow: false } })
    }

    /// A value that begins at that byte; `column` is that of the key or dash before it.
    fn value(&mut self, at: usize, column: usize) -> Option<Node<'t>> {
        match self.bytes.get(at)? {
            b'|' => self.literal(at, column),
            first => {
                let node = match first {
                    b'"' | b'\'' => self.quoted(at)?,
                    b'[' | b'{' => self.flow(at, 0)?,
                    _ => self.plain(at, self.line_end(at))?,
                };
                self.at = node.span.end + 1;
                (self.bytes.get(node.span.end) == Some(&b'\n')).then_some(node)
            }
        }
    }

    /// A text without quotes up to the end of the line.
    fn plain(&self, at: usize, end: usize) -> Option<Node<'t>> {
        is_plain(&self.bytes[at..end])
            .then(|| self.scalar(at..end, Cow::Borrowed(&self.text[at..end]), ScalarStyle::Plain))
    }

    fn scalar(&self, span: Range<usize>, text: Cow<'t, str>, style: ScalarStyle) -> Node<'t> {
        Node { span, value: Value::Scalar { text, style } }
    }

    /// A text in quotes on one line; of escapes only those that mean themselves.
    fn quoted(&self, at: usize) -> Option<Node<'t>> {
        let quote = self.bytes[at];
        let inside = &self.bytes[at + 1..self.line_end(at)];
        let (style, length) = match quote {
            b'\'' => (ScalarStyle::SingleQuoted, memchr(b'\'', inside)?),
            _ => (ScalarStyle::DoubleQuoted, memchr2(b'"', b'\\', inside)?),
        };
        let end = at + 1 + length;
        if self.bytes[end] == b'\\' {
            return self.escaped(at);
        }
        let text = Cow::Borrowed(&self.text[at + 1..end]);
        // Two single quotes are one that is meant.
        (self.bytes.get(end + 1) != Some(&b'\'')).then(|| self.scalar(at..end + 1, text, style))
    }

    fn escaped(&self, at: usize) -> Option<Node<'t>> {
        let mut text = String::new();
        let mut from = at + 1;
        loop {
            let next = from + memchr2(b'"', b'\\', &self.bytes[from..self.line_end(from)])?;
            text.push_str(&self.text[from..next]);
            if self.bytes[next] == b'"' {
                return Some(self.scalar(
                    at..next + 1,
                    Cow::Owned(text),
                    ScalarStyle::DoubleQuoted,
                ));
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

    /// A list or a mapping in brackets on one line.
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
                let key_span = self.key(here)?;
                let after = key_span.end + 1;
                let blanks = self.blanks(after);
                let value = self.flow_item(after + blanks, depth)?;
                let key = Cow::Borrowed(&self.text[key_span.clone()]);
                let twice = entries.iter().any(|other: &Entry| other.key == key);
                if blanks == 0 || twice || entries.len() == MOST_KEYS {
                    return None;
                }
                entries.push(Entry { key, key_span, value });
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
                let blanks = body.iter().rev().take_while(|b| **b == b' ').count();
                self.plain(at, at + length - blanks)
            }
        }
    }

    /// A text block: `|` or `|-` and lines that are indented further than their key.
    fn literal(&mut self, at: usize, column: usize) -> Option<Node<'t>> {
        let (span, indent, strip, lines) = self.literal_span(at, column)?;
        let text = self.literal_text(span.clone(), indent, strip, lines == 1);
        let end = span.start + self.text[span.clone()].trim_end().len();
        Some(self.scalar(span.start..end, text, ScalarStyle::Literal))
    }

    /// Where a text block's lines stand, how far they are indented, whether the last line end is
    /// left out, and how many there are that say something.
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
        if indent <= column || self.bytes.get(start).is_none_or(|b| *b == b'\n') {
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
                // A comment here might still be the block's, or a fault.
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

    /// The lines of a block without their indentation.
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

/// The full parser has no dash to begin a list with that stands in its key's own column.
fn begun_at_its_first_item(list: Node<'_>) -> Node<'_> {
    let start = list.items().first().map_or(list.span.start, |item| item.span.start);
    Node { span: start..list.span.end, ..list }
}

fn flow_value<'t>(list: bool, items: Vec<Node<'t>>, entries: Vec<Entry<'t>>) -> Value<'t> {
    if list { Value::List { items, flow: true } } else { Value::Map { entries, flow: true } }
}

/// Whether a line's text needs no quotes and no further lines.
fn is_plain(body: &[u8]) -> bool {
    let Some(first) = body.first() else { return false };
    let starts_well = first.is_ascii_alphanumeric() || *first >= 0x80 || b"(/._+~$".contains(first);
    starts_well && body.last() != Some(&b' ') && !speaks_yaml(body)
}

/// Whether a line holds what ends a plain text or makes it a key: a colon or a number sign in the
/// wrong place.
fn speaks_yaml(body: &[u8]) -> bool {
    let mut from = 0;
    while let Some(found) = memchr2(b':', b'#', &body[from..]) {
        let at = from + found;
        let bad = match body[at] {
            b':' => body.get(at + 1).is_none_or(|next| *next == b' '),
            _ => at > 0 && body[at - 1] == b' ',
        };
        if bad {
            return true;
        }
        from = at + 1;
    }
    false
}
