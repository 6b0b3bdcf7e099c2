//! Splits a document into lines: the kind of each line, and its part of the document.

use std::ops::Range;

use crate::markdown::Fences;

use super::lead::{Lead, lead};
use super::letters::plain_text;
use super::words::{Part, leaves, part_named, part_whole};

/// The kind of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum What {
    Blank,
    /// A heading, or a label that serves as one: levels 1 to 6; 7 for a bold line, 8 for a bold item.
    Heading(u8),
    Item,
    /// A row of a table.
    Row,
    /// The line below the headings of a table.
    Rule,
    Text,
    Quote,
    Code,
    /// Front matter, a comment, a horizontal rule.
    Page,
}

/// A line of a document.
#[derive(Debug)]
pub(super) struct Line<'t> {
    /// Its number, from 1.
    pub(super) number: usize,
    pub(super) text: &'t str,
    pub(super) what: What,
    /// The spaces before it.
    pub(super) indent: usize,
    /// Where its text begins, after the mark of an item or a heading.
    pub(super) body: usize,
    /// The part that it belongs to.
    pub(super) part: usize,
    /// Whether an item's box is ticked, if it has one.
    pub(super) ticked: Option<bool>,
}

impl<'t> Line<'t> {
    /// Returns its text after the mark.
    pub(super) fn inner(&self) -> &'t str {
        self.text.get(self.body..).unwrap_or("").trim_end()
    }

    /// Returns the column of a byte of it, from 1.
    pub(super) fn column(&self, byte: usize) -> usize {
        self.text.get(..byte).map_or(1, |before| before.chars().count() + 1)
    }
}

/// A part of a document: the content below a heading.
#[derive(Debug, Default)]
pub(super) struct Below {
    /// The line of its heading; `None` before the first one.
    pub(super) heading: Option<usize>,
    pub(super) level: u8,
    pub(super) title: String,
    pub(super) part: Option<Part>,
    pub(super) parent: Option<usize>,
}

/// A fenced code block of a document.
pub(super) struct CodeBlock {
    /// The indices of its lines, including the fences.
    pub(super) lines: Range<usize>,
    /// Whether two or more of its lines begin with a clock time.
    pub(super) is_timed: bool,
}

/// The longest setext heading, in letters.
const TITLE: usize = 80;

/// A document.
pub(super) struct Document<'t> {
    pub(super) lines: Vec<Line<'t>>,
    pub(super) parts: Vec<Below>,
    pub(super) code: Vec<CodeBlock>,
    /// The part for the code block that is read as a timeline, if any.
    pub(super) read_code: Option<usize>,
    /// The part that lines are currently added to.
    current: usize,
    /// The values in front matter.
    pub(super) front: Vec<(String, String, usize)>,
    /// The current part and its parents, with their depths.
    open: Vec<(usize, usize)>,
    /// Whether there are several headings of the first level.
    has_heads: bool,
}

impl<'t> Document<'t> {
    /// Parses a document; `fence` is the number of the code block to be read as a timeline, if any.
    pub(super) fn of(text: &'t str, fence: Option<usize>) -> Document<'t> {
        let mut document = Document {
            lines: Vec::new(),
            parts: vec![Below::default()],
            code: Vec::new(),
            read_code: None,
            current: 0,
            front: Vec::new(),
            open: Vec::new(),
            has_heads: text.split('\n').filter(|line| line.starts_with("# ")).count() > 1,
        };
        let front = document.front_matter(text);
        let mut fences = Fences::default();
        let mut comment = false;
        let all: Vec<&str> = text.split('\n').map(|line| line.trim_end_matches('\r')).collect();
        for (place, line) in all.iter().enumerate() {
            let trimmed = line.trim_start();
            let was_open = fences.is_open();
            let what = match () {
                () if place < front => What::Page,
                // A fence within a comment does not count.
                () if !comment && fences.hold(line) => {
                    let is_edge = !was_open || !fences.is_open();
                    document.in_code(line, (place, is_edge), (was_open, fence))
                }
                () if comment || trimmed.starts_with("<!--") => {
                    comment = !trimmed.contains("-->");
                    What::Page
                }
                () => document.what(line, all.get(place + 1).copied().unwrap_or("")),
            };
            document.push(line, what);
        }
        for block in &mut document.code {
            let lines = document.lines[block.lines.clone()].iter();
            let timed = lines.filter(|line| line.what == What::Code && is_timed(line.text));
            block.is_timed = timed.take(2).count() == 2;
        }
        document
    }

    /// Returns the kind of a line in a code block, or of its fences.
    fn in_code(
        &mut self,
        line: &str,
        (place, is_edge): (usize, bool),
        (was_open, wanted): (bool, Option<usize>),
    ) -> What {
        if !was_open {
            self.code.push(CodeBlock { lines: place..place, is_timed: false });
        }
        let number = self.code.len();
        if let Some(code) = self.code.last_mut() {
            code.lines.end = place + 1;
        }
        if wanted != Some(number) {
            return What::Code;
        }
        if is_edge {
            self.read_fence(was_open);
            return What::Page;
        }
        match self.what(line, "") {
            what @ (What::Blank | What::Item) => what,
            _ => What::Text,
        }
    }

    /// Begins or ends the part for the code block that is read as a timeline.
    fn read_fence(&mut self, was_open: bool) {
        if was_open {
            self.current = self.read_code.and_then(|code| self.parts[code].parent).unwrap_or(0);
            return;
        }
        let above = &self.parts[self.current];
        let part = above.part.filter(|part| *part == Part::Plan).unwrap_or(Part::Timeline);
        let (part, parent) = (Some(part), Some(self.current));
        self.current = self.parts.len();
        self.read_code = Some(self.current);
        self.parts.push(Below { level: 9, part, parent, ..Below::default() });
    }

    /// Returns the number of the code block that a line is in, from 1, if it contains times.
    pub(super) fn timed_code(&self, at: usize) -> Option<usize> {
        let number = self.code.partition_point(|block| block.lines.start <= at);
        let block = self.code.get(number.checked_sub(1)?)?;
        (block.is_timed && block.lines.contains(&at)).then_some(number)
    }

    /// Parses front matter, and returns the number of its lines.
    fn front_matter(&mut self, text: &str) -> usize {
        // Some tools leave empty lines above it.
        let above = text.split('\n').take_while(|line| line.trim().is_empty()).count();
        let mut lines = text.split('\n').map(str::trim_end).skip(above);
        let mark = lines.next().unwrap_or("");
        if mark != "---" && mark != "+++" {
            return 0;
        }
        let all: Vec<&str> = lines.collect();
        let Some(end) = all.iter().position(|line| *line == mark) else { return 0 };
        for (place, line) in all[..end].iter().enumerate() {
            let split = line.split_once([':', '=']).filter(|_| !line.starts_with([' ', '-', '#']));
            if let Some((key, value)) = split {
                let value = value.trim().trim_matches(['"', '\'']).to_owned();
                self.front.push((key.trim().to_lowercase(), value, above + place + 2));
            }
        }
        above + end + 2
    }

    fn what(&self, line: &str, below: &str) -> What {
        let trimmed = line.trim();
        if trimmed.is_empty() {
            return What::Blank;
        }
        let hashes = trimmed.bytes().take_while(|b| *b == b'#').count();
        if (1..=6).contains(&hashes) && trimmed[hashes..].starts_with([' ', '\t']) {
            return What::Heading(hashes as u8);
        }
        let is_rule = |line: &str| {
            let line = line.trim();
            line.contains("--") && line.contains('|') && line.chars().all(|c| "|-: ".contains(c))
        };
        let table = |last: Option<&Line>| {
            last.is_some_and(|last| matches!(last.what, What::Row | What::Rule))
        };
        if is_rule(line) && table(self.lines.last()) {
            return What::Rule;
        }
        let is_row = trimmed.starts_with('|') || trimmed.contains('|') && table(self.lines.last());
        if is_row || trimmed.contains('|') && is_rule(below) {
            return What::Row;
        }
        if trimmed.len() >= 3
            && ['-', '*', '_', '='].iter().any(|c| trimmed.chars().all(|x| x == *c))
        {
            return What::Page;
        }
        if trimmed.starts_with('>') {
            return What::Quote;
        }
        // The end of a container in Statusfy or VuePress, and the definitions of embedded pictures.
        if trimmed == ":::" || is_picture_kept(trimmed) {
            return What::Page;
        }
        let (_, body) = marker(line);
        let inner = line.get(body..).unwrap_or("").trim();
        let is_item = body > line.len() - line.trim_start().len();
        let label =
            is_label(inner) && (!is_item || inner.contains(':') || part_named(inner).is_some());
        match label {
            true if is_item => What::Heading(8),
            _ if !is_item && let Some(level) = self.underlined(inner, below) => {
                What::Heading(level)
            }
            true => What::Heading(7),
            false if is_item => What::Item,
            false => What::Text,
        }
    }

    /// Returns the level of a setext heading (CommonMark 0.31.2, 4.3). A sentence above a horizontal rule is not one.
    fn underlined(&self, inner: &str, below: &str) -> Option<u8> {
        let below = below.trim_end();
        let level = match below.chars().next()? {
            '=' => 1,
            '-' => 2,
            _ => return None,
        };
        let is_line = below.len() >= 3 && below.bytes().all(|b| b == below.as_bytes()[0]);
        let is_first = self.lines.last().is_none_or(|above| {
            matches!(above.what, What::Blank | What::Page | What::Heading(1..=6))
        });
        let is_title = inner.chars().count() < TITLE && !inner.ends_with(['.', '!', ':', '。']);
        (is_line && is_first && is_title).then_some(level)
    }

    fn push(&mut self, text: &'t str, what: What) {
        let number = self.lines.len() + 1;
        let indent = text.len() - text.trim_start().len();
        let (ticked, body) = match what {
            What::Heading(1..=6) => {
                let hashes = text.trim_start().bytes().take_while(|b| *b == b'#').count();
                let behind = &text[indent + hashes..];
                (None, indent + hashes + behind.len() - behind.trim_start().len())
            }
            What::Item | What::Heading(_) => marker(text),
            _ => (None, indent),
        };
        if let What::Heading(level) = what {
            let inner = text.get(body..).unwrap_or("").trim_end_matches(['#', ' ']);
            self.begin(level, inner, number - 1, indent);
        }
        let part = self.current;
        self.lines.push(Line { number, text, what, indent, body, part, ticked });
    }

    /// Begins a part.
    fn begin(&mut self, level: u8, title: &str, line: usize, indent: usize) {
        let own = if level == 8 { 8 + indent } else { usize::from(level) };
        while self.open.last().is_some_and(|(depth, _)| *depth >= own) {
            self.open.pop();
        }
        let above = self.open.last().map(|(_, part)| *part);
        self.open.push((own, self.parts.len()));
        let parent = above.filter(|at| self.parts[*at].heading.is_some());
        let is_first = level == 1 && !self.parts.iter().any(|below| below.level == 1);
        // `# Timeline` is not the title if other headings have the same level.
        let is_title = is_first && (!self.has_heads || part_whole(title).is_none());
        let is_time = lead(title, false).is_some_and(|lead| lead.start.clock.is_some());
        let named = if is_title || is_time { None } else { part_named(title) };
        let inherited = parent.and_then(|parent| self.parts[parent].part);
        let inherited = inherited.filter(|part| !leaves(title, *part));
        let is_edge = |c: char| c == '*' || c == ':' || c.is_whitespace();
        let title = title.trim().trim_end_matches(is_edge).trim_start_matches(['*', ' ']);
        let title = if level > 6 { title.replace("**", "") } else { title.to_owned() };
        // A heading that is a time does not determine its part.
        let part = named.or(inherited);
        self.current = self.parts.len();
        self.parts.push(Below { heading: Some(line), level, title, part, parent });
    }

    /// Returns a part and its parents.
    pub(super) fn chain(&self, part: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(part), |at| self.parts[*at].parent)
    }

    /// Returns the title of the document and its line: the only heading of the first level, else the front matter's,
    /// else the first heading of the first level that names no part.
    pub(super) fn title(&self) -> Option<(String, usize)> {
        let heads: Vec<&Below> = self.parts.iter().filter(|below| below.level == 1).collect();
        let front = self.front.iter().find(|(key, ..)| key == "title");
        let front = front.map(|(_, title, line)| (title.clone(), *line));
        let titled = |below: &&Below| Some((below.title.clone(), below.heading? + 1));
        let first = heads.iter().find(|below| part_whole(&below.title).is_none()).and_then(titled);
        if heads.len() > 1 { front.or(first) } else { first.or(front) }
    }
}

/// Returns the box of an item, and where its text begins after the mark.
fn marker(line: &str) -> (Option<bool>, usize) {
    let indent = line.len() - line.trim_start().len();
    let rest = &line[indent..];
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let mark = match rest.chars().next() {
        Some('-' | '*' | '+') => 1,
        Some(sign) if "•·‣–—○●◦◯▶▷■□▪◆◇".contains(sign) => {
            sign.len_utf8()
        }
        _ if (1..=3).contains(&digits) => {
            let sign = rest[digits..].chars().next().filter(|sign| ".)）、".contains(*sign));
            let Some(sign) = sign else { return (None, indent) };
            digits + sign.len_utf8()
        }
        _ => return (None, indent),
    };
    let behind = &rest[mark..];
    let is_wide = rest[..mark].ends_with(['）', '、']);
    if !is_wide && !behind.starts_with([' ', '\t', '\u{3000}']) {
        return (None, indent);
    }
    let body = indent + mark + behind.len() - behind.trim_start().len();
    let inner = &line[body..];
    for (sign, ticked) in [("[ ]", false), ("[x]", true), ("[X]", true)] {
        if let Some(text) = inner.strip_prefix(sign) {
            return (Some(ticked), body + 3 + text.len() - text.trim_start().len());
        }
    }
    // `7. September` has no list mark.
    if digits > 0 && begins_with_day(rest, inner) {
        return (None, indent);
    }
    (None, body)
}

/// Whether `7.` is the day in a date. Some short words are names of months in one language and ordinary words in
/// another: `1. set up` is not a date, `1. Sep 2024` and `1. Sep, 18:08` are.
fn begins_with_day(line: &str, behind: &str) -> bool {
    let Some(Lead { start, rest, .. }) = lead(line, false) else { return false };
    let Some(day) = start.day else { return false };
    // `1. Apr 01, 20:39` is the first of several items.
    if behind.starts_with(['*', '_'])
        || lead(behind, false).is_some_and(|it| it.start.day.is_some())
    {
        return false;
    }
    let word = behind.chars().take_while(|c| c.is_alphabetic()).count();
    let is_only = line.get(rest..).is_some_and(|rest| rest.trim().is_empty());
    word != 3 || day.year.is_some() || start.clock.is_some() || is_only
}

/// Whether a line of code begins with a clock time.
fn is_timed(line: &str) -> bool {
    lead(line.trim(), false).is_some_and(|lead| lead.start.is_timed())
}

/// Whether a line is only a bold label.
fn is_label(inner: &str) -> bool {
    let label = inner.trim_end_matches(':').trim();
    // `**Timeline** (UTC)`
    let behind = label.rfind("**").and_then(|at| label.get(at + 2..)).unwrap_or("").trim();
    let is_bracketed = behind.starts_with('(') && behind.ends_with(')');
    let label = if is_bracketed { label[..label.len() - behind.len()].trim() } else { label };
    let bold = label.strip_prefix("**").and_then(|it| it.strip_suffix("**"));
    let Some(bold) = bold.filter(|bold| !bold.contains("**") && bold.chars().count() < 60) else {
        return false;
    };
    lead(bold, false).is_none() && !plain_text(bold).is_empty()
}

/// Whether a line defines an embedded picture as a link: `[image1]: <data:image/png;base64,…>`.
fn is_picture_kept(line: &str) -> bool {
    let behind = line.strip_prefix('[').and_then(|rest| rest.split_once("]:"));
    let address = behind.map(|(_, address)| address.trim_start().trim_start_matches('<'));
    address.is_some_and(|address| address.starts_with("data:image/"))
}
