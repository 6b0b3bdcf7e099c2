//! Where pages find the files of a record.

use std::sync::Arc;

/// Gives a file of the record as an address that holds it whole.
pub type Inside = Arc<dyn Fn(&str) -> Option<String> + Send + Sync>;

/// Where a page finds the record's files.
#[derive(Clone, Default)]
pub struct Files {
    /// The folder's address, for pages that have their files beside them.
    pub address: String,
    /// For pages that hold their files.
    pub inside: Option<Inside>,
}

impl Files {
    /// Returns the address of a file; none if the page is to hold it and it is not there.
    pub(super) fn url(&self, name: &str) -> Option<String> {
        match &self.inside {
            Some(inside) => inside(name),
            None => Some(format!("{}/{name}", self.address)),
        }
    }
}
