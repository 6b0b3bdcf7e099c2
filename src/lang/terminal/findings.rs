//! What checks find in records.

use crate::fault::{FindingKind, LeakKind, RuleId};

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
}
