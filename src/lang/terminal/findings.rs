//! What checks find in records.

/// What checks find in records.
pub trait FindingWords {}
