//! Why a text cannot be patched.

/// Why a text cannot be patched: the spot is written in a way that cannot be extended without rewriting it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PatchFault {
    /// The entry no longer exists.
    Gone,
    /// What should be a mapping is not one.
    NoMapping,
    /// Its keys are written after `?`.
    QuestionKeys,
    /// The key is not followed by its colon.
    NoColon(String),
    /// The key's list is not written as `- …` lines.
    ListOf(String),
    /// A list is not written as `- …` lines.
    NoDashes,
    /// A comment is between the key and its value.
    CommentBefore(String),
    /// A comment is inside the key's value.
    CommentInside(String),
    /// The key's value has an anchor or a tag.
    Marked(String),
    /// The key to be removed follows its item's dash.
    BehindDash,
    /// The item to be removed follows its key.
    BehindKey,
    /// The item to be removed is in brackets with comments.
    CommentsInBrackets,
    /// Lines to be inserted in brackets have comments.
    OwnComments,
    /// The key to be added exists already.
    There(String),
}
