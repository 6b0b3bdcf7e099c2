//! What asrun says at a terminal, as typed messages: a language words all of them, or is not offered there.

use crate::model::{Moment, Zone};

mod answers;
mod files;
mod findings;
pub(super) mod help;
mod pages;
mod prompt;
mod refusal;
mod requests;

pub use answers::AnswerWords;
pub use files::FileWords;
pub use findings::FindingWords;
pub use help::Help;
pub use pages::PageWords;
pub use prompt::PromptWords;
pub use refusal::Refusal;
pub use requests::{Door, RequestWords};

/// A language's words for the terminal.
pub trait Terminal:
    RequestWords + FileWords + AnswerWords + PromptWords + FindingWords + PageWords + Sync
{
    /// A span of seconds, in the two units that matter.
    fn amount(&self, seconds: i64) -> String;

    /// ` until …`, or nothing.
    fn until(&self, until: Option<&Moment>, zone: Zone) -> String;

    /// The help of every command.
    fn help(&self) -> &'static Help;
}
