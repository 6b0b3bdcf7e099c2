//! Severity labels, and messages about the output, the input, the clock and the programs around a command.

use std::io;
use std::path::Path;

use crate::fault::{NotUtf8, StoreFault};
use crate::model::TimeFault;

use super::refusal::Refusal;

/// Severity labels, and messages about the surroundings of a command.
pub trait StreamWords {
    /// It failed.
    fn error(&self, text: &str) -> String;

    /// It succeeded, but something is odd.
    fn warning(&self, text: &str) -> String;

    /// A way out.
    fn hint(&self, text: &str) -> String;

    /// Returns the label before the way out of a fault in a file.
    fn way_out(&self) -> &'static str;

    /// The result of a dry run.
    fn rehearsed(&self, text: &str) -> String;

    /// What was done, and the command that takes it back.
    fn with_way_back(&self, text: &str, command: &str) -> String;

    /// A file was written.
    fn wrote(&self, path: &Path) -> String;

    /// Names a file as it would be written.
    fn as_it_would_be(&self, name: &str) -> String;

    /// This many more faults are not shown.
    fn more_faults(&self, more: usize) -> String;

    /// The label before a typed text that was not recorded.
    fn typed(&self) -> &'static str;

    /// Only the start of a text of this many bytes is shown.
    fn cut_short(&self, bytes: usize) -> String;

    /// The file with a complete typed text that was not recorded.
    fn kept_whole(&self, path: &Path) -> String;

    /// The current folder is unknown.
    fn no_current_folder(&self, fault: &io::Error) -> String;

    /// The path should be a folder, but is not.
    fn not_a_folder(&self, path: &Path) -> String;

    /// Another program left a copy of a record.
    fn conflict_copy(&self, name: &str) -> String;

    /// The answer could not be printed; the record may have been `saved` anyway.
    fn not_printed(&self, saved: bool, fault: &io::Error) -> String;

    /// An event is logged without the settings, for this reason.
    fn settings_left_out(&self, why: &str) -> String;

    /// The record was written, with what may be a secret.
    fn secrets_written(&self, excerpts: &[String]) -> Refusal;

    /// The record was written, but not the journal.
    fn not_in_journal(&self, fault: &StoreFault) -> String;

    /// The record was written, but may not survive a power cut.
    fn not_synced(&self, fault: &StoreFault) -> String;

    /// The standard input cannot be read.
    fn no_input(&self, fault: &io::Error) -> String;

    /// The standard input is longer than a text may be.
    fn text_too_long(&self, bytes: u64) -> Refusal;

    /// The standard input is longer than a file may be.
    fn input_too_long(&self, bytes: u64) -> String;

    /// The standard input is not text.
    fn input_not_text(&self, fault: &NotUtf8) -> Refusal;

    /// A program's output was not all text; replacement characters are shown.
    fn input_with_signs(&self, fault: &NotUtf8) -> Refusal;

    /// So many pieces of a piped text are left out, as others were written over them.
    fn written_over(&self, pieces: usize) -> Refusal;

    /// The command would wait for the standard input, but must not ask anybody.
    fn input_would_wait(&self) -> String;

    /// A command would wait for a person, but must not ask anybody.
    fn would_wait(&self, verb: &str) -> String;

    /// A command has no dry run.
    fn refuse_dry_run(&self, verb: &str) -> String;

    /// Another process is writing the record.
    fn waiting(&self) -> &'static str;

    /// `ASRUN_NOW` is not a moment.
    fn fixed_clock(&self, fault: &TimeFault) -> String;

    /// The machine's clock is beyond the calendar.
    fn impossible_clock(&self) -> &'static str;

    /// The program to show a page could not be started.
    fn cannot_show(&self, program: &str, fault: &io::Error) -> Refusal;

    /// The program to show a page failed, and `ended` like this.
    fn show_failed(&self, program: &str, ended: &str) -> String;

    /// An editor cannot be started.
    fn cannot_edit(&self, editor: &str, fault: &io::Error) -> String;

    /// An editor failed, and `ended` like this.
    fn edit_failed(&self, editor: &str, ended: &str) -> Refusal;

    /// The command to be run is missing.
    fn no_command_to_run(&self) -> Refusal;

    /// A command is to be run, but a time was given.
    fn command_runs_now(&self) -> Refusal;

    /// A command is to be run, but the standard input was to be read.
    fn input_is_the_commands(&self) -> Refusal;

    /// A command would be run.
    fn would_run(&self, command: &str) -> String;

    /// A command was not run, as its event is in no record.
    fn command_not_run(&self) -> &'static str;

    /// A command cannot be started.
    fn command_not_started(&self, command: &str, fault: &io::Error) -> String;

    /// A command ended after this many seconds, and its event in a record says how.
    fn command_ended(&self, end: &CommandEnd, seconds: i64, record: &str) -> String;

    /// The event of a command was removed while it ran, so its end was logged as an event of its own.
    fn end_logged_apart(&self, text: &str, record: &str) -> String;

    /// The end of a command could not be logged; its output is in a file, and this command logs it from there. The path is
    /// empty if it could not be written.
    fn end_not_noted(&self, path: &str, command: &str) -> String;
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommandEnd {
    /// By itself, with this exit code.
    Code(i32),
    /// By a signal.
    Signal(i32),
    /// It was not started.
    NotStarted,
}
