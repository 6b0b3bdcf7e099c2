//! What is said of files.

use std::path::Path;

use crate::fault::StoreFault;

use super::refusal::Refusal;

/// Files that did not do what was asked.
pub trait FileWords {
    /// Returns why files did not do what was asked. Paths are shown as they are typed in `folder`.
    fn store_fault(&self, fault: &StoreFault, folder: &Path) -> Refusal;
}
