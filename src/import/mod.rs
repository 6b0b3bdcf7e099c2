//! What others wrote, as records: bytes in, a draft with its doubts out. Nothing is guessed, nothing is
//! dropped in silence, and no door is opened here.

mod draft;
mod notes;

pub use draft::{
    Answers, Doubt, Draft, DraftFile, DraftRecord, EntryAt, EntryFate, Fields, Input, LeftOut,
    ReadAs, ReadSection,
};

use crate::fault::ImportFault;

/// What a document or an export is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Lines that begin with a time each.
    Notes,
}

/// Every kind with its word.
const KINDS: [(Kind, &str); 1] = [(Kind::Notes, "notes")];

impl Kind {
    /// Returns the word that it is typed as.
    pub fn word(self) -> &'static str {
        KINDS.iter().find(|(kind, _)| *kind == self).map_or("", |(_, word)| word)
    }

    /// Returns the kind that is typed so.
    pub fn named(word: &str) -> Option<Kind> {
        KINDS.iter().find(|(_, known)| *known == word).map(|(kind, _)| *kind)
    }

    /// Returns the words of every kind.
    pub fn words() -> impl Iterator<Item = &'static str> {
        KINDS.iter().map(|(_, word)| *word)
    }

    /// Returns what inputs are by their names and first bytes, where that is sure.
    pub fn of(inputs: &[Input]) -> Option<Kind> {
        let [input] = inputs else { return None };
        let ending = input.name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
        match ending.as_deref() {
            Some("txt") => Some(Kind::Notes),
            _ => None,
        }
    }
}

/// Reads inputs of a kind.
///
/// # Errors
/// They are none of that kind, or nothing in them can be read.
pub fn read(kind: Kind, inputs: &[Input], answers: &Answers) -> Result<Draft, ImportFault> {
    let draft = match kind {
        Kind::Notes => notes::read(inputs, answers)?,
    };
    if draft.is_empty() && draft.asks().is_empty() {
        let name = inputs.first().map(|input| input.name.clone()).unwrap_or_default();
        return Err(ImportFault::Nothing { name });
    }
    Ok(draft)
}
