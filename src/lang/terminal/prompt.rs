//! Messages of the live prompt.

use std::io;

use crate::fault::{LineFault, NotUtf8};
use crate::model::Zone;

use super::refusal::Refusal;

/// Messages of the live prompt.
pub trait PromptWords {
    /// The prompt begins: the record, its title if it has one, and the zone for times.
    fn prompt_begins(&self, record: &str, title: Option<&str>, zone: Zone) -> String;

    /// The record of the prompt had ended before.
    fn prompt_after_end(&self, record: &str) -> String;

    /// The forms that can be typed at the prompt, as lines.
    fn prompt_forms(&self) -> &'static str;

    /// An unfinished line from last time is still there, and comes next.
    fn line_left(&self) -> &'static str;

    /// How such a line comes back into the editor.
    fn left_line_comes(&self) -> &'static str;

    /// Unfinished lines cannot be saved, for this reason.
    fn no_place_for_lines(&self, why: &str) -> String;

    /// The current line cannot be saved.
    fn line_not_kept(&self) -> &'static str;

    /// A line was discarded with Ctrl-C.
    fn line_given_up(&self) -> &'static str;

    /// The prompt was ended from outside.
    fn prompt_ended(&self) -> &'static str;

    /// The terminal has no line editor, for this reason: plain lines are read.
    fn no_line_editor(&self, why: &io::Error) -> String;

    /// The next line cannot be read.
    fn no_next_line(&self, why: &io::Error) -> String;

    /// A line is not UTF-8.
    fn line_not_utf8(&self, fault: &NotUtf8) -> Refusal;

    /// Returns why a line was not understood.
    fn line_fault(&self, fault: &LineFault) -> Refusal;

    /// A form after an event's text was taken as part of it.
    fn form_behind_words(&self, form: &str) -> String;

    /// The last change, described like this, cannot be undone (or redone) from here.
    fn not_of_this_prompt(&self, change: &str, redo: bool, record: &str) -> Refusal;
}
