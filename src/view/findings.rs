//! The findings of a check, line by line.

use serde::Serialize;

/// The answer of `asrun check`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FindingsView {
    /// The version of this contract.
    pub view: u32,
    /// How many records were checked.
    pub records: usize,
    /// Everything that was found, by record and place.
    pub findings: Vec<FindingView>,
}

/// One thing found.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FindingView {
    /// The file, from the project's folder on.
    pub path: String,
    /// From 1; none if it is not about a place.
    pub line: Option<usize>,
    /// From 1, in characters.
    pub column: Option<usize>,
    /// `error`, `warning` or `note`.
    pub level: &'static str,
    /// The rule, or the fault of a file that cannot be read: both have a section in docs.
    pub rule: String,
    /// What is wrong.
    pub message: String,
    /// The way out.
    pub help: String,
}
