//! Messages about queries over many records.

use std::error::Error;
use std::io;

use super::refusal::Refusal;
use crate::lang::cure::Cure;

/// The totals of a list of records.
#[derive(Debug, Clone, Copy)]
pub struct Totals<'a> {
    /// How many records there are.
    pub records: usize,
    /// How many of each kind, most frequent first; the kind is empty for records without one.
    pub kinds: &'a [(&'a str, usize)],
    /// How many are still open.
    pub open: usize,
    /// How many events they have.
    pub events: usize,
    /// How many more are archived, and left out.
    pub archived: usize,
    /// How many more are unreadable.
    pub unreadable: usize,
}

/// Messages about queries without results, and invalid ones.
pub trait RecordWords {
    /// The line below a list of records.
    fn totals(&self, totals: &Totals<'_>) -> String;

    /// There are no records at all.
    fn no_records(&self) -> &'static str;

    /// This many records are left in the usual folder, which is not read: the settings name this one.
    fn left_in_usual_folder(&self, count: usize, folder: &str) -> String;

    /// Nothing is listed but what is archived, which is left out.
    fn only_archived(&self, count: usize) -> String;

    /// There are records, but none matches.
    fn none_like_that(&self) -> &'static str;

    /// A record cannot be read, for this reason.
    fn unreadable(&self, why: &str) -> String;

    /// No record is unreadable.
    fn all_readable(&self) -> &'static str;

    /// A file's name is not valid text.
    fn misnamed(&self, path: &str) -> String;

    /// No text matches.
    fn nothing_found(&self) -> &'static str;

    /// No step and no event matches.
    fn no_history(&self) -> &'static str;

    /// A search pattern is invalid, for this reason.
    fn unreadable_pattern(&self, why: &str) -> String;

    /// No action matches; perhaps only open records were searched.
    fn no_action(&self, only_open: bool) -> &'static str;

    /// No action is left to do; so many others are done, and not shown.
    fn only_done_actions(&self, done: usize) -> String;

    /// An earlier record names the same cause, in these words, and these of its actions are not done.
    fn seen_before(&self, record: &str, text: &str, open: &[String]) -> String;

    /// What the sign means that stands before the step for which one of other words was taken.
    fn same_in_other_words(&self) -> &'static str;
    /// Behind a step for which another one was taken by its place in the plan alone.
    fn same_place(&self) -> &'static str;
    /// How many rows are of such steps.
    fn taken_by_place(&self, steps: usize) -> String;
    /// This many of all records have the step; others may have it in other words, and are found with these entries.
    fn history_unfound(&self, counts: (usize, usize), without: &[String], cure: &Cure) -> String;
    /// Stands for other wordings of a step.
    fn other_words(&self) -> &'static str;
    /// No earlier record names a cause of this one.
    fn never_seen(&self) -> &'static str;

    /// No lesson matches.
    fn no_lesson(&self) -> &'static str;

    /// There is no such column; `near` may have been meant.
    fn no_column(&self, typed: &str, near: Option<&str>, known: &[&str]) -> Refusal;

    /// The text is not a day, month or year.
    fn not_a_day(&self, typed: &str) -> String;

    /// There is no such zone; it follows the name of the option.
    fn no_such_zone(&self, typed: &str, near: Option<&str>) -> String;

    /// The same for a setting or an option, with its name.
    fn no_zone(&self, option: &str, typed: &str, near: Option<&str>) -> Refusal;

    /// A record is compared with itself.
    fn named_twice(&self, record: &str) -> String;

    /// A chart has no room for a second clock.
    fn one_clock(&self) -> &'static str;

    /// A Mermaid chart shows one record only.
    fn mermaid_of_one(&self) -> Refusal;

    /// A chart as a page shows several releases.
    fn page_of_many(&self) -> Refusal;

    /// A PNG chart must be written to a file.
    fn png_needs_a_file(&self) -> Refusal;

    /// A file's extension is not that of a chart format, or not of the requested one.
    fn not_that_picture(&self, ending: &str) -> Refusal;

    /// The PNG chart could not be drawn.
    fn no_png(&self, fault: &dyn Error) -> Refusal;

    /// No installed font has these letters.
    fn no_font(&self, letters: &str) -> Refusal;

    /// Symbols that no font has: they are boxes in the chart.
    fn boxes_in_png(&self, signs: &str) -> String;

    /// The chart would have too many pixels.
    fn png_too_large(&self, width: u32, height: u32) -> Refusal;

    /// This build cannot draw PNG charts.
    fn built_without_png(&self) -> Refusal;

    /// A live view needs a terminal.
    fn needs_terminal(&self) -> Refusal;

    /// The command for reminders is a path from the folder one is in, as a repository could hold it.
    fn reminder_from_here(&self, variable: &str, program: &str) -> Refusal;

    /// The command for reminders could not be started.
    fn reminder_not_started(&self, program: &str, fault: &io::Error) -> String;

    /// Ctrl-C cannot be handled.
    fn no_signals(&self, fault: &io::Error) -> String;
}
