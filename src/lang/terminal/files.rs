//! Messages about files.

use std::io;
use std::path::Path;

use crate::fault::{AssetDoubt, StoreFault};

use super::refusal::Refusal;

/// Messages about failed operations on files.
pub trait FileWords {
    /// Returns why an operation failed. Paths are relative to `folder`.
    fn store_fault(&self, fault: &StoreFault, folder: &Path) -> Refusal;

    /// Returns the same on one line, with full paths and without ways out, for callers that add their own.
    fn store_fault_in_short(&self, fault: &StoreFault) -> String;

    /// An odd file was attached.
    fn asset_doubt(&self, name: &str, doubt: &AssetDoubt) -> String;

    /// Returns why the system refused, without the error number.
    fn reason(&self, source: &io::Error) -> String;
}
