//! Messages of editing, checking and rendering.

use super::refusal::Refusal;
use crate::fault::{TakenFor, TemplateFault};

/// Messages of editing, checking and rendering.
pub trait PageWords {
    /// An editor is needed, but nobody is there.
    fn nobody_to_edit(&self) -> &'static str;
    /// The editor was closed without a change.
    fn nothing_changed(&self) -> &'static str;
    /// The file with an edited text that could not be saved.
    fn kept_in(&self, path: &str) -> String;
    /// An edited copy cannot be read, and nobody can repair it now.
    fn not_mended(&self, record: &str, real: &str, copy: &str) -> Refusal;
    /// How to continue with a copy that cannot be read.
    fn mend_now(&self) -> &'static str;
    /// An unreadable record was repaired.
    fn mended(&self, record: &str) -> String;
    /// A record was edited.
    fn edited(&self, record: &str, merged_in: bool) -> String;
    /// Entries are kept beside a record.
    fn kept_entries(&self, record: &str, count: usize) -> String;
    /// Entries were left out of a public document.
    fn left_out(&self, count: usize, record: &str) -> String;
    /// An attached file is missing.
    fn missing_file(&self, name: &str, record: &str) -> String;
    /// A file could not be copied beside a document.
    fn unread_file(&self, why: &str) -> String;
    /// A name that is also a common word is in a public page, at these places of a record.
    fn may_name_somebody(&self, found: &str, name: &str, places: &[String], record: &str)
    -> String;
    /// A file in a public page cannot be searched.
    fn unseen_file(&self, name: &str, record: &str) -> String;
    /// A document's folder contains files that it does not show.
    fn not_shown(&self, folder: &str, names: &[String]) -> String;
    /// Pictures of a text to be pasted on GitHub, without a repository for them.
    fn local_pictures(&self, count: usize) -> String;
    /// A page is updated whenever its record changes.
    fn previews_again(&self) -> String;
    /// A copied file differs from the record's.
    fn stale(&self, path: &str) -> String;
    /// A file that asrun wrote is about to be replaced.
    fn replaces(&self, path: &str) -> String;
    /// A file that somebody else wrote is about to be replaced, as requested.
    fn replaces_other(&self, path: &str) -> String;
    /// An older document of the same record is about to be removed.
    fn removes_older(&self, path: &str) -> String;
    /// There is an older document of the same record.
    fn older_document(&self, path: &str) -> String;
    /// A written file could not be listed.
    fn not_listed(&self, why: &str) -> String;
    /// A file is already up to date.
    fn up_to_date(&self, path: &str) -> String;
    /// Marked regions of a file were written.
    fn wrote_regions(&self, count: usize, path: &str) -> String;
    /// Some of this many documents cannot be made, so none was written.
    fn held_back(&self, failed: usize, documents: usize) -> Refusal;
    /// Many records were rendered.
    fn rendered(&self, count: usize) -> String;
    /// The file that an export would write already exists.
    fn template_exists(&self, path: &str) -> Refusal;
    /// A template in a list is the user's own, and may replace a built-in one; whether it states its audience.
    fn own_template(&self, replaces: Option<&str>, says_for_whom: bool) -> String;
    /// A template in a list is the user's own but invalid, for this reason.
    fn own_faulty_template(&self, why: &str) -> String;
    /// Returns what is wrong with a template, and where.
    fn template_fault(&self, fault: &TemplateFault) -> Refusal;

    /// A template states no audience; `line` would state the assumed one.
    fn headerless_template(&self, name: &str, taken: TakenFor, line: &str) -> String;
}
