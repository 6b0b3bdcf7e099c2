//! What editing, checking and rendering say.

use super::refusal::Refusal;

/// What editing, checking and rendering say.
pub trait PageWords {
    /// An editor is wanted where nobody is.
    fn nobody_to_edit(&self) -> &'static str;
    /// The editor was closed without a change.
    fn nothing_changed(&self) -> &'static str;
    /// Where an edited text is that could not be saved.
    fn kept_in(&self, path: &str) -> String;
    /// An edited copy cannot be read, and nobody mends it now.
    fn not_mended(&self, record: &str, real: &str, copy: &str) -> Refusal;
    /// How to go on with a copy that cannot be read.
    fn mend_now(&self) -> &'static str;
    /// A record that could not be read was mended.
    fn mended(&self, record: &str) -> String;
    /// A record was edited.
    fn edited(&self, record: &str, merged_in: bool) -> String;
    /// Entries wait beside a record.
    fn kept_entries(&self, record: &str, count: usize) -> String;
}
