//! Messages about texts that are removed for good. None of them contains the text itself.

use super::refusal::Refusal;

/// Messages about texts that are removed for good.
pub trait ForgetWords {
    /// Asks for the text, which is not echoed.
    fn text_to_forget(&self) -> &'static str;

    /// No text was given, and nobody can be asked.
    fn no_text_to_forget(&self) -> Refusal;

    /// The typed text is the id of a record, which is perhaps to be deleted.
    fn record_to_forget(&self, record: &str) -> Refusal;

    /// Asks whether to remove it from these files, with the number of places in each.
    fn really_forget(&self, places: &[(String, usize)]) -> String;

    /// Nothing was removed, on request.
    fn nothing_forgotten(&self) -> &'static str;

    /// It was removed from a file.
    fn taken_out(&self, path: &str, places: usize) -> String;

    /// Neither a record nor asrun's own files have it; it may be `elsewhere`, as reported.
    fn nowhere_to_forget(&self, elsewhere: bool) -> Refusal;

    /// It is in a file that asrun does not change.
    fn stays_in(&self, path: &str) -> Refusal;

    /// It is in a file's name.
    fn in_its_name(&self, path: &str) -> Refusal;

    /// Somebody is typing it right now.
    fn typed_just_now(&self, path: &str) -> Refusal;

    /// A secret is part of something without which the record could not be read; the others are removed.
    fn needed_to_read(&self, path: &str) -> Refusal;

    /// A file could not be read or written, for this reason.
    fn not_taken_out(&self, path: &str, why: &str) -> Refusal;

    /// git has it: in the index, commits, branches and tags, or stashes.
    fn git_holds(
        &self,
        staged: &[String],
        commits: &[String],
        refs: &[String],
        stashes: &[String],
    ) -> Refusal;

    /// This many git objects were not searched.
    fn git_unread(&self, objects: usize) -> Refusal;

    /// The clone is shallow: older commits were not searched.
    fn git_shallow(&self) -> Refusal;

    /// git could not be run.
    fn git_not_asked(&self, why: &str) -> Refusal;

    /// The text was given on the command line.
    fn typed_in_the_open(&self) -> Refusal;

    /// It cannot be restored.
    fn forgotten_for_good(&self) -> &'static str;

    /// A secret was removed from a record, but is still in the journal.
    fn secret_stays_in_journal(&self) -> Refusal;
}
