//! What is wrong with a template.

/// What is wrong with a template, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateFault {
    /// File name.
    pub name: String,
    /// Line, from 1; 0 if unknown.
    pub line: usize,
    /// Column, from 1; 0 if unknown.
    pub column: usize,
    pub kind: TemplateFaultKind,
}

/// What is wrong with a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TemplateFaultKind {
    /// A header stands elsewhere than at the very beginning.
    HeaderElsewhere,
    /// A header is not the one line that it should be.
    NoHeader { form: String },
    /// A header has a key that none has.
    UnknownKey { key: String, form: String },
    /// A header's key has a word that it may not have.
    UnknownWord { key: &'static str, word: String, known: Vec<&'static str> },
    /// A header has a key twice.
    KeyTwice { key: &'static str },
    /// A header lacks a key.
    NoKey { key: &'static str, known: Vec<&'static str> },
    /// It does more work than templates may.
    TooMuchWork,
    /// A field is not there, as the engine says; its name and those of the fields that are there.
    NoField { says: String, unknown: Option<(String, Vec<String>)> },
    /// The engine refuses it, in its own words.
    Refused { says: String },
}

/// Whom a template is taken to be for that does not say so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TakenFor {
    /// Everyone, by its name.
    Everyone,
    /// The team, as nothing is known of it.
    Team,
}
