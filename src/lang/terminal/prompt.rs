//! What the live prompt says.

/// What the live prompt says.
pub trait PromptWords {}
