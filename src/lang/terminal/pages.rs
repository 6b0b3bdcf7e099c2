//! What editing, checking and rendering say.

/// What editing, checking and rendering say.
pub trait PageWords {}
