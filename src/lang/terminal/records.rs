//! What is said of the answers of many records, and of what they were asked.

use std::error::Error;
use std::io;

use super::refusal::Refusal;

/// What a list of records adds up to.
#[derive(Debug, Clone, Copy)]
pub struct Totals<'a> {
    /// How many records there are.
    pub records: usize,
    /// How many of each kind, the most first; one without a kind has an empty one.
    pub kinds: &'a [(&'a str, usize)],
    /// How many are still open.
    pub open: usize,
    /// How many events they hold.
    pub events: usize,
    /// How many more cannot be read.
    pub unreadable: usize,
}

/// Answers that were not found, and questions that cannot be asked.
pub trait RecordWords {
    /// What stands below a list of records.
    fn totals(&self, totals: &Totals<'_>) -> String;

    /// There are no records at all.
    fn no_records(&self) -> &'static str;

    /// There are records, and none is as it was asked for.
    fn none_like_that(&self) -> &'static str;

    /// A record cannot be read, for that reason.
    fn unreadable(&self, why: &str) -> String;

    /// No record is unreadable.
    fn all_readable(&self) -> &'static str;

    /// A file's name is no text.
    fn misnamed(&self, path: &str) -> String;

    /// No text holds what was looked for.
    fn nothing_found(&self) -> &'static str;

    /// No step and no event is called so.
    fn no_history(&self) -> &'static str;

    /// What is to be looked for cannot be read, for that reason.
    fn unreadable_pattern(&self, why: &str) -> String;

    /// No action is as it was asked for; only open records may have been asked.
    fn no_action(&self, only_open: bool) -> &'static str;

    /// No lesson is as it was asked for.
    fn no_lesson(&self) -> &'static str;

    /// An answer has no such column; `near` may have been meant.
    fn no_column(&self, typed: &str, near: Option<&str>, known: &[&str]) -> Refusal;

    /// What was typed is no day, month or year.
    fn not_a_day(&self, typed: &str) -> String;

    /// No zone is called so, said behind the name of the option it was typed for.
    fn no_such_zone(&self, typed: &str, near: Option<&str>) -> String;

    /// The same of a setting or an option, by its name.
    fn no_zone(&self, option: &str, typed: &str, near: Option<&str>) -> Refusal;

    /// A record is compared with itself.
    fn named_twice(&self, record: &str) -> String;

    /// A picture has no room for a second clock.
    fn one_clock(&self) -> &'static str;

    /// A picture of pixels goes into a file.
    fn png_needs_a_file(&self) -> Refusal;

    /// The ending of a file is that of a sort of picture that is not drawn, or of another one than wanted.
    fn not_that_picture(&self, ending: &str) -> Refusal;

    /// The picture cannot be drawn.
    fn no_png(&self, fault: &dyn Error) -> Refusal;

    /// No font of the machine has these letters.
    fn no_font(&self, letters: &str) -> Refusal;

    /// Signs that are no letters and that no font has: there are boxes in the picture.
    fn boxes_in_png(&self, signs: &str) -> String;

    /// The picture would have too many pixels.
    fn png_too_large(&self, width: u32, height: u32) -> Refusal;

    /// This asrun draws no pixels.
    fn built_without_png(&self) -> Refusal;

    /// What is shown anew again and again needs a terminal.
    fn needs_terminal(&self) -> Refusal;

    /// Ctrl-C cannot be listened for.
    fn no_signals(&self, fault: &io::Error) -> String;
}
