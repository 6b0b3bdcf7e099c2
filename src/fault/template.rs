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
    /// A header is not at the very beginning.
    HeaderElsewhere,
    /// A header is not a single valid line.
    NoHeader { form: String },
    /// A header has an unknown key.
    UnknownKey { key: String, form: String },
    /// A header's key has an unknown word.
    UnknownWord { key: &'static str, word: String, known: Vec<&'static str> },
    /// A header has a key twice.
    KeyTwice { key: &'static str },
    /// A header lacks a key.
    NoKey { key: &'static str, known: Vec<&'static str> },
    /// It does more work than templates may.
    TooMuchWork,
    /// A field does not exist: the engine's message, its name and the existing fields.
    NoField { says: String, unknown: Option<(String, Vec<String>)> },
    /// The engine's own message.
    Refused { says: String },
}

/// The audience assumed for a template that states none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TakenFor {
    /// Everyone, going by its name.
    Everyone,
    /// The team, as nothing else is known.
    Team,
}
