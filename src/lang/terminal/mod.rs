//! Terminal messages as trait methods: a language must word all of them to be offered.

mod answers;
mod edits;
mod files;
mod findings;
mod forgetting;
pub(super) mod help;
mod imports;
mod lifecycle;
mod pages;
mod prompt;
mod records;
mod refusal;
mod requests;
mod setup;
mod streams;
mod tables;
mod usage;

pub use answers::{AnswerWords, CarriedOut, Deed, LoggedEvent, Was};
pub use edits::{EditWords, ProblemText};
pub use files::FileWords;
pub use findings::FindingWords;
pub use forgetting::ForgetWords;
pub use help::{BuiltInTexts, HELP_TOPICS, Help};
pub use imports::{ImportCounts, ImportHeads, ImportWords};
pub use lifecycle::{Current, LifeWords};
pub use pages::PageWords;
pub use prompt::PromptWords;
pub use records::{RecordWords, Totals};
pub use refusal::Refusal;
pub use requests::{Door, RequestWords};
pub use setup::{
    Diagnosis, Examined, FirstSettings, GitState, Gravity, RecordsState, SchemaState,
    SettingsState, SetupWords, UnreadableRecord, WaitingEvents,
};
pub use streams::{CommandEnd, StreamWords};
pub use tables::{TableHeads, TableWords};
pub use usage::{Part, UsageWords};

use super::documents::Documents;

/// The terminal messages of a language.
pub trait Terminal:
    RequestWords
    + FileWords
    + AnswerWords
    + LifeWords
    + ImportWords
    + RecordWords
    + SetupWords
    + StreamWords
    + PromptWords
    + FindingWords
    + ForgetWords
    + PageWords
    + EditWords
    + TableWords
    + UsageWords
    + Sync
{
    /// The help of every command.
    fn help(&self) -> &'static Help;
    /// The words of documents in the same language.
    fn documents(&self) -> &'static Documents;
}
