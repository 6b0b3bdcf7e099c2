//! Texts in tables that are not from a record: headings and placeholders.

use super::refusal::Refusal;

/// Texts of tables, and messages about other formats.
pub trait TableWords {
    /// The headings of tables; keys of data are the same in every language.
    fn heads(&self) -> &'static TableHeads;

    /// The placeholder for an unset setting without a fixed default.
    fn unset(&self, setting: &str) -> &'static str;

    /// The name of a lesson's type; programs use its key.
    fn lesson_sort(&self, key: &str) -> &'static str;

    /// Marks an internal text.
    fn internal_text(&self, text: &str) -> String;

    /// A byte order mark was requested for a format other than CSV.
    fn bom_without_csv(&self) -> Refusal;
}

/// Column headings. Terminals show them in capitals, if the language has them.
#[cfg_attr(test, derive(serde::Serialize))]
#[allow(missing_docs, reason = "each field is the word of its name")]
pub struct TableHeads {
    pub action: &'static str,
    pub actual: &'static str,
    pub audience: &'static str,
    pub author: &'static str,
    pub count: &'static str,
    pub current: &'static str,
    pub archived: &'static str,
    pub date: &'static str,
    pub deviation: &'static str,
    pub done: &'static str,
    pub due: &'static str,
    pub events: &'static str,
    pub figure: &'static str,
    pub formula: &'static str,
    pub found: &'static str,
    pub from: &'static str,
    pub group: &'static str,
    pub high: &'static str,
    pub id: &'static str,
    pub key: &'static str,
    pub kind: &'static str,
    pub lesson: &'static str,
    pub low: &'static str,
    pub name: &'static str,
    pub number: &'static str,
    pub of: &'static str,
    pub open: &'static str,
    pub overdue: &'static str,
    pub internal: &'static str,
    pub owner: &'static str,
    pub place: &'static str,
    pub planned: &'static str,
    pub position: &'static str,
    pub range: &'static str,
    pub record: &'static str,
    pub records: &'static str,
    pub reference: &'static str,
    pub seconds: &'static str,
    pub services: &'static str,
    pub severity: &'static str,
    pub site: &'static str,
    pub seen_in: &'static str,
    pub seen_text: &'static str,
    pub not_done: &'static str,
    pub sort: &'static str,
    pub state: &'static str,
    pub tags: &'static str,
    pub text: &'static str,
    pub time: &'static str,
    pub title: &'static str,
    pub type_of_action: &'static str,
    pub unreadable: &'static str,
    pub value: &'static str,
    pub verdict: &'static str,
    pub version: &'static str,
    pub what: &'static str,
    pub step: &'static str,
    pub same_as: &'static str,
    pub same_place: &'static str,
}
