//! What stands in tables that is no record's: what is above their columns, and what fills a cell.

use super::refusal::Refusal;

/// Tables of answers, and the forms that answers have beside them.
pub trait TableWords {
    /// What stands above the columns of tables; keys of data are the same in every language.
    fn heads(&self) -> &'static TableHeads;

    /// What holds where nobody sets a setting that has no fixed value.
    fn unset(&self, setting: &str) -> &'static str;

    /// What a sort of lesson is called; programs read its key.
    fn lesson_sort(&self, key: &str) -> &'static str;

    /// A text that is for the team alone.
    fn internal_text(&self, text: &str) -> String;

    /// A byte order mark was asked for, of a form that is not CSV.
    fn bom_without_csv(&self) -> Refusal;
}

/// What stands above a column. Terminals show it in capitals, where a language has them.
#[cfg_attr(test, derive(serde::Serialize))]
#[allow(missing_docs, reason = "each field is the word of its name")]
pub struct TableHeads {
    pub action: &'static str,
    pub actual: &'static str,
    pub audience: &'static str,
    pub author: &'static str,
    pub count: &'static str,
    pub current: &'static str,
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
}
