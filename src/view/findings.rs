//! The findings of a check, line by line.

use serde::Serialize;

/// The result of `asrun check`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FindingsView {
    /// The version of this contract.
    pub view: u32,
    /// How many records were checked.
    pub records: usize,
    /// All findings, by record and position.
    pub findings: Vec<FindingView>,
}

/// One thing found.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FindingView {
    /// The path of the file, relative to the project's folder.
    pub path: String,
    /// The line, from 1; null if the finding has no position.
    pub line: Option<usize>,
    /// The column, from 1, in characters.
    pub column: Option<usize>,
    /// `error`, `warning` or `note`.
    pub level: &'static str,
    /// The rule, or the fault of a file that cannot be read; both are documented.
    pub rule: String,
    /// What is wrong.
    pub message: String,
    /// How to fix it.
    pub help: String,
}
