//! What checks find in records.

use crate::fault::{FileFinding, FindingKind, LeakKind, RuleId, StoreFault};

use super::edits::ProblemText;

/// What checks find in records.
pub trait FindingWords {
    /// Returns what is wrong, one sentence without a full stop.
    fn finding(&self, finding: &FindingKind) -> String;

    /// Returns the way out of it.
    fn finding_help(&self, finding: &FindingKind) -> String;

    /// Returns what a rule asks for, one sentence.
    fn rule(&self, rule: RuleId) -> &'static str;

    /// Returns what a text at a place looks like that should perhaps not go out.
    fn leak(&self, place: &str, kind: LeakKind, excerpt: &str) -> String;

    /// Returns what is wrong with a whole file, and the way out.
    fn file_finding(&self, finding: &FileFinding) -> ProblemText;

    /// Returns why a file is no record that can be read, and the way out.
    fn unreadable_file(&self, fault: &StoreFault) -> ProblemText;

    /// Returns what every fault of a file breaks.
    fn readable_rule(&self) -> &'static str;

    /// So many records were checked, and that was found.
    fn checked(&self, records: usize, errors: usize, warnings: usize, notes: usize) -> String;

    /// A key at a place is not known and stays as it is.
    fn kept_key(&self, place: &str, key: &str, near: Option<&str>) -> String;
}
