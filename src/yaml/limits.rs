//! Limits on the size and depth of a text.

/// The largest text that is read, in bytes: a record of about a hundred thousand events.
pub const MAX_BYTES: u64 = 16 * 1024 * 1024;

/// The longest text that one key may have, in bytes.
pub const MAX_TEXT_BYTES: usize = 1024 * 1024;

/// How deep values may be nested.
pub(super) const DEPTH: usize = 64;
