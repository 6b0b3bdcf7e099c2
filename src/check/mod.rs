//! Rules for records: what a reader should look at again. Nothing is mended here.

mod ignored;
mod leaks;
mod rules;

use std::ops::Range;

use crate::format::Document;
use crate::model::{Incident, Moment};
use crate::yaml::{Hop, Places};

pub use leaks::{Leak, LeakKind, leaks};
pub use rules::RULES;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Worth a look.
    Note,
    /// Most likely a slip.
    Warning,
    /// Cannot be right.
    Error,
}

impl Level {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Level::Note => "note",
            Level::Warning => "warning",
            Level::Error => "error",
        }
    }
}

/// One rule.
#[derive(Debug)]
pub struct Rule {
    /// Its stable name.
    pub id: &'static str,
    /// How bad it is to break it.
    pub level: Level,
    /// What it asks for, one sentence.
    pub about: &'static str,
    find: fn(&Case) -> Vec<Found>,
}

/// Where a record breaks a rule.
#[derive(Debug, Clone)]
pub struct Finding {
    /// Which.
    pub rule: &'static Rule,
    /// Its bytes, in [`Document::text`].
    pub span: Range<usize>,
    /// What is wrong, one sentence without a full stop.
    pub message: String,
    /// The way out.
    pub help: String,
}

/// A record with what rules need to know beside it.
#[derive(Debug)]
pub struct Case<'c> {
    document: &'c Document,
    incident: &'c Incident,
    places: Places<'c>,
    /// The moment of the check.
    now: Moment,
    /// The names of the files in the record's folder.
    files: &'c [String],
}

/// What a rule says.
struct Found {
    span: Range<usize>,
    message: String,
    help: String,
}

impl<'c> Case<'c> {
    /// That record, checked at that moment, with those files in its folder.
    pub fn new(document: &'c Document, now: Moment, files: &'c [String]) -> Case<'c> {
        Case { document, incident: &document.incident, places: document.places(), now, files }
    }

    fn found(&self, hops: &[Hop], message: impl Into<String>, help: impl Into<String>) -> Found {
        Found { span: self.places.of(hops), message: message.into(), help: help.into() }
    }
}

/// Everything that a record breaks, in the order of the file, but for what its comments and the
/// project (`ignored`) have decided to live with.
pub fn findings(case: &Case, ignored: &[String]) -> Vec<Finding> {
    let mut all: Vec<Finding> = Vec::new();
    for rule in RULES.iter().filter(|rule| !ignored.iter().any(|id| id == rule.id)) {
        let finding = |found: Found| {
            let Found { span, message, help } = found;
            Finding { rule, span, message, help }
        };
        all.extend((rule.find)(case).into_iter().map(finding));
    }
    let lived_with = ignored::Ignored::of(case.document.text());
    all.retain(|finding| !lived_with.holds(finding.rule.id, finding.span.start));
    all.sort_by_key(|finding| finding.span.start);
    all
}
