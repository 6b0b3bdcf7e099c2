//! A language: what asrun understands in it, and what it says in it.

use super::documents::Documents;
use super::reading::Reading;
use super::terminal::Terminal;

/// A language, as far as it is known.
pub(super) struct Language {
    /// BCP 47 primary language.
    pub code: &'static str,
    /// What people type; none if nothing of it is understood.
    pub reading: Option<&'static Reading>,
    /// The words of documents; none if records cannot be in it.
    pub documents: Option<&'static Documents>,
    /// What is said at a terminal; none if it is not offered there.
    pub terminal: Option<&'static dyn Terminal>,
}
