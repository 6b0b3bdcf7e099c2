//! What the live prompt says.

use std::io;

use crate::fault::LineFault;
use crate::model::Zone;

use super::refusal::Refusal;

/// What the live prompt says.
pub trait PromptWords {
    /// The prompt begins: the record, its title if it has one, the zone that times are told in.
    fn prompt_begins(&self, record: &str, title: Option<&str>, zone: Zone) -> String;

    /// What can be typed at the prompt, in lines.
    fn prompt_forms(&self) -> &'static str;

    /// A line that was not entered last time is still there, and comes next.
    fn line_left(&self) -> &'static str;

    /// How such a line comes back into the editor.
    fn left_line_comes(&self) -> &'static str;

    /// Lines that are being typed cannot be kept on the disk, for that reason.
    fn no_place_for_lines(&self, why: &str) -> String;

    /// The line that is being typed cannot be kept on the disk.
    fn line_not_kept(&self) -> &'static str;

    /// A line was given up by Ctrl-C.
    fn line_given_up(&self) -> &'static str;

    /// The prompt was ended from outside.
    fn prompt_ended(&self) -> &'static str;

    /// The terminal has no line editor, for that reason: plain lines are read.
    fn no_line_editor(&self, why: &io::Error) -> String;

    /// The next line cannot be read.
    fn no_next_line(&self, why: &io::Error) -> String;

    /// A line is not UTF-8.
    fn line_not_utf8(&self) -> Refusal;

    /// Returns why a line was not understood.
    fn line_fault(&self, fault: &LineFault) -> Refusal;

    /// A form stands behind an event's words, and was taken for one of them.
    fn form_behind_words(&self, form: &str) -> String;

    /// The last change, in those words, is not to be taken back (or brought back) from here.
    fn not_of_this_prompt(&self, change: &str, redo: bool) -> Refusal;
}
