//! A record's text together with its meaning.

use std::ops::Range;

use crate::model::Incident;

use super::canonical;
use super::decode::{decode, decode_plain};
use super::guard::{MAX_BYTES, examine};
use super::keys::UnknownKey;
use super::problem::{Code, Problem};
use super::shape::Shape;
use super::style::{after_line, dash_of, line_start};
use super::tree::{self, Node};

/// A record that was read without a fault.
#[derive(Debug, Clone)]
pub struct Document {
    /// The file began with a byte order mark, and will.
    pub(super) bom: bool,
    /// The text after it.
    pub(super) text: String,
    /// What it says.
    pub incident: Incident,
    /// Keys that no one knows.
    pub unknown: Vec<UnknownKey>,
}

impl Document {
    /// The text, after a byte order mark.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The file's whole text, byte order mark and all.
    pub fn to_text(&self) -> String {
        let bom = if self.bom { BOM } else { "" };
        format!("{bom}{}", self.text)
    }

    /// The text as a tree. It was read without a fault, so it is one.
    pub(super) fn tree(&self) -> Node<'_> {
        tree_of(&self.text).unwrap_or_else(|_| Node::nothing())
    }

    /// The text that positions count in: without the byte order mark.
    pub fn body(&self) -> &str {
        &self.text
    }
}

/// What merging asks of a record.
impl Document {
    /// The record's keys in the order written.
    pub fn keys(&self) -> Vec<String> {
        self.tree().entries().iter().map(|entry| entry.key.to_string()).collect()
    }

    /// What a key of the record says.
    pub fn value(&self, key: &str) -> Option<Shape> {
        self.tree().entry(key).map(|entry| Shape::of(&entry.value))
    }

    /// The whole lines of every item of a list that says exactly that; none of those that share
    /// their lines with others.
    pub fn item_lines(&self, list: &str, item: &Shape) -> Vec<Range<usize>> {
        let tree = self.tree();
        let Some(entry) = tree.entry(list).filter(|entry| !entry.value.is_flow()) else {
            return Vec::new();
        };
        let nodes = entry.value.items().iter().filter(|node| Shape::of(node) == *item);
        let lines = nodes.filter_map(|node| {
            let (line, _) = dash_of(&self.text, node)?;
            (line > entry.key_span.start).then(|| line..after_line(&self.text, node.span.end))
        });
        lines.collect()
    }

    /// The first such lines with the comment lines right above them.
    pub fn item_lines_and_comments(&self, list: &str, item: &Shape) -> Option<Range<usize>> {
        let key = self.tree().entry(list)?.key_span.start;
        let lines = self.item_lines(list, item).into_iter().next()?;
        let mut start = lines.start;
        while start > 0 {
            let above = line_start(&self.text, start - 1);
            if above <= key || !self.text[above..start].trim_start().starts_with('#') {
                break;
            }
            start = above;
        }
        Some(start..lines.end)
    }

    /// The whole lines of a key of the record.
    pub fn key_lines(&self, key: &str) -> Option<Range<usize>> {
        let tree = self.tree();
        let entry = tree.entry(key).filter(|_| !tree.is_flow())?;
        let end = entry.value.span.end.max(entry.key_span.end);
        Some(line_start(&self.text, entry.key_span.start)..after_line(&self.text, end))
    }

    /// Just after the last line of a list.
    pub fn list_lines_end(&self, list: &str) -> Option<usize> {
        self.key_lines(list).map(|lines| lines.end)
    }
}

pub(super) const BOM: &str = "\u{feff}";

/// Reads a record.
///
/// # Errors
/// Every fault that could be found, in the order of the file; positions count in the text after
/// a byte order mark.
pub fn read(text: &str) -> Result<Document, Vec<Problem>> {
    let body = body_of(text)?;
    let (incident, unknown) = meaning(body, true)?;
    Ok(Document { bom: body.len() < text.len(), text: body.to_owned(), incident, unknown })
}

/// The text after a byte order mark, if it is not too long.
fn body_of(text: &str) -> Result<&str, Vec<Problem>> {
    let body = text.strip_prefix(BOM).unwrap_or(text);
    let bytes = body.len() as u64;
    if bytes > MAX_BYTES { Err(vec![too_large(bytes)]) } else { Ok(body) }
}

/// What a text says, read fast where it is plain.
fn meaning(body: &str, prose: bool) -> Result<(Incident, Vec<UnknownKey>), Vec<Problem>> {
    decode_plain(body, prose).map_or_else(|| decoded(body), Ok)
}

fn decoded(body: &str) -> Result<(Incident, Vec<UnknownKey>), Vec<Problem>> {
    let decoded = decode(&tree_of(body)?);
    if decoded.problems.is_empty() {
        Ok((decoded.incident, decoded.unknown))
    } else {
        Err(decoded.problems)
    }
}

/// Reads what a record says, without its text: for those who ask many.
///
/// # Errors
/// As [`read`].
pub fn read_incident(text: &str) -> Result<Incident, Vec<Problem>> {
    meaning(body_of(text)?, true).map(|(incident, _)| incident)
}

/// The same for those who only count and reckon: what events say in words (`text`, `detail`, `by`,
/// `why`) may be left empty.
///
/// # Errors
/// As [`read`].
pub fn read_outline(text: &str) -> Result<Incident, Vec<Problem>> {
    meaning(body_of(text)?, false).map(|(incident, _)| incident)
}

/// The tree of a text: by the fast reader where it is plain, else by the full parser.
fn tree_of(text: &str) -> Result<Node<'_>, Vec<Problem>> {
    if let Some(tree) = canonical::parse(text) {
        return Ok(tree);
    }
    let problems = examine(text);
    if problems.is_empty() { tree::parse(text) } else { Err(problems) }
}

/// Whether the fast readers, where they read a text at all, read just what the full parser does:
/// values, quotes and every byte position. True of every text, or asrun has a fault; tests and
/// fuzzing ask.
pub fn readers_agree(text: &str) -> bool {
    let tree = canonical::parse(text).is_none_or(|fast| {
        examine(text).is_empty() && tree::parse(text).is_ok_and(|full| full == fast)
    });
    let slowly = || tree::parse(text).ok().map(|tree| decode(&tree));
    let said = |prose: bool| {
        decode_plain(text, prose).is_none_or(|(plain, unknown)| {
            slowly().is_some_and(|full| {
                full.problems.is_empty()
                    && full.unknown == unknown
                    && same(&plain, full.incident, prose)
            })
        })
    };
    tree && said(true) && said(false)
}

/// Whether both say the same; without `prose`, whatever words either holds.
fn same(plain: &Incident, full: Incident, prose: bool) -> bool {
    let mut both = [plain.clone(), full];
    for event in both.iter_mut().flat_map(|incident| &mut incident.events).filter(|_| !prose) {
        event.text.clear();
        (event.detail, event.by, event.why) = (None, None, None);
    }
    both[0] == both[1]
}

fn too_large(bytes: u64) -> Problem {
    Problem {
        code: Code::TooLarge,
        span: 0..0,
        message: format!("the record has {bytes} bytes; {MAX_BYTES} are the most that is read"),
        help: "move long details to files and attach them".to_owned(),
    }
}
