//! Why a record was not shown to the public.

use crate::yaml::Position;

use super::finding::LeakKind;

/// A text that looks as if it should not go out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundLeak {
    /// Its first character in the file, where it stands there as it is.
    pub at: Option<Position>,
    /// Where in the record: `events 3 detail`.
    pub place: String,
    pub kind: LeakKind,
    /// Its middle is hidden if it is a secret.
    pub excerpt: String,
}

/// A text that names somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundName {
    /// Its first character in the file, where it stands there as it is.
    pub at: Option<Position>,
    /// Where in the record: `events 3 detail`.
    pub place: String,
    /// How the text names somebody.
    pub found: String,
    /// Whether it is part of an address, of a file or of its name, where no role can take its place.
    pub stuck: bool,
}

/// Why a record was not shown to the public.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PublishFault {
    /// An unknown key may have been meant to keep something inside.
    UnknownKey { file: String, at: Position, key: String },
    /// A text shows a file that is for the team alone.
    InternalFile { file: String, name: String },
    /// Texts look as if they should not go out, or name people.
    Leaks { file: String, leaks: Vec<FoundLeak>, names: Vec<FoundName> },
}
