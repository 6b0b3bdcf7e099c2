//! What commands answer, and what they refuse before a request is made.

/// What commands answer, and what they refuse before a request is made.
pub trait AnswerWords {}
