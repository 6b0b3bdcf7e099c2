//! YAML text as a tree with byte ranges: read, written, and changed by one splice.
//!
//! Nothing here knows the keys of a record. Callers say what they mean for the text.

#[cfg(test)]
pub(crate) mod chance;
mod change;
pub(crate) mod fast;
mod guard;
mod key_place;
mod limits;
mod lines;
mod own;
mod patch;
mod patch_fault;
mod places;
mod problem;
mod scalar;
mod schema;
pub(crate) mod style;
mod syntax;
pub(crate) mod tree;
mod value;
mod write;

pub use change::{Change, KeyEdit, Path, Splice, key_changes, key_changes_in_place};
pub use guard::decode_utf8;
pub use guard::likely_encoding;
pub use limits::{MAX_BYTES, MAX_TEXT_BYTES};
pub use lines::Lines;
pub use own::OwnLines;
pub use patch_fault::PatchFault;
pub use places::{Hop, Places};
pub use problem::{Code, Encoding, Position, Problem, Remedy, Slip, YamlFault};
pub use scalar::{forbidden, quoted};
pub use tree::{comment_places, comments};
pub use value::{Value, value_of};

pub(crate) use guard::examine;
pub(crate) use lines::line_start;
pub(crate) use own::{after_own_comments, item_of, key_of};
pub(crate) use patch::{Patch, Patching};
pub(crate) use schema::Schema;
pub(crate) use write::Writer;

/// Returns the tree of a text: from the fast reader if it is plain, else from the full parser. On a syntax error,
/// `is_known` says which words would be keys.
pub(crate) fn tree_of(
    text: &str,
    is_known: fn(&str) -> bool,
) -> Result<tree::Node<'_>, Vec<Problem>> {
    if let Some(tree) = fast::parse(text) {
        return Ok(tree);
    }
    let problems = examine(text);
    if problems.is_empty() { tree::parse(text, is_known) } else { Err(problems) }
}
