//! What editing, checking and rendering say.

use super::refusal::Refusal;
use crate::fault::{TakenFor, TemplateFault};

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
    /// Entries were left out of what a record's readers see.
    fn left_out(&self, count: usize, record: &str) -> String;
    /// An attached file is missing.
    fn missing_file(&self, name: &str, record: &str) -> String;
    /// A file could not be copied beside a document.
    fn unread_file(&self, why: &str) -> String;
    /// A name that is a word too stands in a public page, at these places of a record.
    fn may_name_somebody(&self, found: &str, places: &[String], record: &str) -> String;
    /// Nobody can look into a file that a public page carries along.
    fn unseen_file(&self, name: &str, record: &str) -> String;
    /// Files lie in a folder where a document looks for them, and it does not show them.
    fn not_shown(&self, folder: &str, names: &[String]) -> String;
    /// Pictures of a text that is to be pasted on GitHub, which has no repository to find them in.
    fn local_pictures(&self, count: usize) -> String;
    /// A page is written anew whenever its record changes.
    fn previews_again(&self) -> String;
    /// A copied file is not what the record has.
    fn stale(&self, path: &str) -> String;
    /// What asrun wrote before is about to be replaced.
    fn replaces(&self, path: &str) -> String;
    /// What somebody else wrote is about to be replaced, as the user said.
    fn replaces_other(&self, path: &str) -> String;
    /// An older document of the same record is about to be removed.
    fn removes_older(&self, path: &str) -> String;
    /// An older document of the same record is there.
    fn older_document(&self, path: &str) -> String;
    /// What was written could not be listed.
    fn not_listed(&self, why: &str) -> String;
    /// A file needed no writing.
    fn up_to_date(&self, path: &str) -> String;
    /// Marked regions of a file were written.
    fn wrote_regions(&self, count: usize, path: &str) -> String;
    /// Of so many documents some cannot be made, so none was written.
    fn held_back(&self, failed: usize, documents: usize) -> Refusal;
    /// Many records were rendered.
    fn rendered(&self, count: usize) -> String;
    /// A file that an export would write is there.
    fn template_exists(&self, path: &str) -> Refusal;
    /// A template in a list is the user's own: in place of the built-in one that is about that, or
    /// of none; it may say whom it is for.
    fn own_template(&self, replaces: Option<&str>, says_for_whom: bool) -> String;
    /// A template in a list is the user's own, and cannot be used for that reason.
    fn own_faulty_template(&self, why: &str) -> String;
    /// Returns what is wrong with a template, and where.
    fn template_fault(&self, fault: &TemplateFault) -> Refusal;

    /// A template does not say whom it is for; `line` would say what it is taken to be.
    fn headerless_template(&self, name: &str, taken: TakenFor, line: &str) -> String;
}
