//! What is said of files.

use std::io;
use std::path::Path;

use crate::fault::{AssetDoubt, StoreFault};

use super::refusal::Refusal;

/// Files that did not do what was asked.
pub trait FileWords {
    /// Returns why files did not do what was asked. Paths are shown as they are typed in `folder`.
    fn store_fault(&self, fault: &StoreFault, folder: &Path) -> Refusal;

    /// Returns the same in one line, with whole paths and without ways out, for who names them itself.
    fn store_fault_in_short(&self, fault: &StoreFault) -> String;

    /// A file was attached that is odd.
    fn asset_doubt(&self, name: &str, doubt: &AssetDoubt) -> String;

    /// Returns why the system refused, without the number of its error.
    fn reason(&self, source: &io::Error) -> String;
}
