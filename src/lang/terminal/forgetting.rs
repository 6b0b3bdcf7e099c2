//! What is said of texts that are taken out for good. The text itself is in none of it.

use super::refusal::Refusal;

/// What is said of texts that are taken out for good.
pub trait ForgetWords {
    /// Asks for the text, which is not shown while it is typed.
    fn text_to_forget(&self) -> &'static str;

    /// Nobody said what is to go, and nobody can be asked.
    fn no_text_to_forget(&self) -> Refusal;

    /// Asks whether it is to go out of these files, with the number of places in each.
    fn really_forget(&self, places: &[(String, usize)]) -> String;

    /// Nothing went, as somebody said so.
    fn nothing_forgotten(&self) -> &'static str;

    /// It went out of a file.
    fn taken_out(&self, path: &str, places: usize) -> String;

    /// No record has it, nor what asrun keeps; it may be `elsewhere`, which is told.
    fn nowhere_to_forget(&self, elsewhere: bool) -> Refusal;

    /// A file has it that asrun does not change.
    fn stays_in(&self, path: &str) -> Refusal;

    /// It is in the name of a file.
    fn in_its_name(&self, path: &str) -> Refusal;

    /// Somebody types it just now.
    fn typed_just_now(&self, path: &str) -> Refusal;

    /// A file could not be read or written, for that reason.
    fn not_taken_out(&self, path: &str, why: &str) -> Refusal;

    /// git has it: files that are to be committed, commits, branches and tags, stashes.
    fn git_holds(
        &self,
        staged: &[String],
        commits: &[String],
        refs: &[String],
        stashes: &[String],
    ) -> Refusal;

    /// So many objects of git were not looked into.
    fn git_unread(&self, objects: usize) -> Refusal;

    /// git could not be asked.
    fn git_not_asked(&self, why: &str) -> Refusal;

    /// The text was given on the command line.
    fn typed_in_the_open(&self) -> Refusal;

    /// Nothing brings it back.
    fn forgotten_for_good(&self) -> &'static str;

    /// A secret went out of a record, and the journal has it still.
    fn secret_stays_in_journal(&self) -> Refusal;
}
