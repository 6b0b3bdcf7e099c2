//! Findings of checks.

use crate::fault::{FileFinding, FindingKind, LeakKind, RuleId, StoreFault};

use super::edits::ProblemText;

/// Messages about findings of checks.
pub trait FindingWords {
    /// Returns what is wrong, one sentence without a full stop.
    fn finding(&self, finding: &FindingKind) -> String;

    /// Returns the way out of it.
    fn finding_help(&self, finding: &FindingKind) -> String;

    /// Returns what a rule requires, one sentence.
    fn rule(&self, rule: RuleId) -> &'static str;

    /// Returns what a text that may be private looks like.
    fn leak(&self, place: &str, kind: LeakKind, excerpt: &str) -> String;

    /// Returns what is wrong with a whole file, and the way out.
    fn file_finding(&self, finding: &FileFinding) -> ProblemText;

    /// Returns why a file is not a readable record, and the way out.
    fn unreadable_file(&self, fault: &StoreFault) -> ProblemText;

    /// Returns the rule that every fault of a file breaks.
    fn readable_rule(&self) -> &'static str;

    /// The totals of a check.
    fn checked(&self, records: usize, errors: usize, warnings: usize, notes: usize) -> String;

    /// An unknown key was found and kept.
    fn kept_key(&self, place: &str, key: &str, near: Option<&str>) -> String;
}
