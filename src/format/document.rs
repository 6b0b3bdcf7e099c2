//! A record's text together with its meaning.

use crate::model::Incident;

use super::decode::decode;
use super::guard::{MAX_BYTES, examine};
use super::keys::UnknownKey;
use super::problem::{Code, Problem};
use super::tree::{self, Node};

/// A record that was read without a fault.
#[derive(Debug, Clone)]
pub struct Document {
    /// The file began with a byte order mark, and will.
    pub(super) bom: bool,
    /// The text after it.
    pub(super) text: String,
    pub(super) tree: Node,
    /// What it says.
    pub incident: Incident,
    /// Keys that no one knows.
    pub unknown: Vec<UnknownKey>,
}

impl Document {
    /// The file's whole text, byte order mark and all.
    pub fn to_text(&self) -> String {
        let bom = if self.bom { BOM } else { "" };
        format!("{bom}{}", self.text)
    }

    /// The text that positions count in: without the byte order mark.
    pub fn body(&self) -> &str {
        &self.text
    }
}

pub(super) const BOM: &str = "\u{feff}";

/// Reads a record.
///
/// # Errors
/// Every fault that could be found, in the order of the file; positions count in the text after
/// a byte order mark.
pub fn read(text: &str) -> Result<Document, Vec<Problem>> {
    let body = text.strip_prefix(BOM);
    let (bom, body) = (body.is_some(), body.unwrap_or(text));
    if body.len() as u64 > MAX_BYTES {
        return Err(vec![too_large(body.len() as u64)]);
    }
    let problems = examine(body);
    if !problems.is_empty() {
        return Err(problems);
    }
    let tree = tree::parse(body)?;
    let decoded = decode(&tree);
    if !decoded.problems.is_empty() {
        return Err(decoded.problems);
    }
    Ok(Document {
        bom,
        text: body.to_owned(),
        tree,
        incident: decoded.incident,
        unknown: decoded.unknown,
    })
}

fn too_large(bytes: u64) -> Problem {
    Problem {
        code: Code::TooLarge,
        span: 0..0,
        message: format!("the record has {bytes} bytes; {MAX_BYTES} are the most that is read"),
        help: "move long details to files and attach them".to_owned(),
    }
}
