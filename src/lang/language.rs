//! A language: what asrun understands in it, and how it writes it.

use super::documents::Documents;
use super::reading::Reading;
use super::terminal::Terminal;

/// A language, as far as it is supported.
pub(super) struct Language {
    /// BCP 47 primary language.
    pub code: &'static str,
    /// The words that people type; none if it is not understood.
    pub reading: Option<&'static Reading>,
    /// The words of documents; none if records cannot be written in it.
    pub documents: Option<&'static Documents>,
    /// The messages at a terminal; none if they are not translated.
    pub terminal: Option<&'static dyn Terminal>,
}
