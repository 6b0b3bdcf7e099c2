//! How grave what is said is, and what is said of the outputs, the input, the clock and the programs around a command.

use std::io;
use std::path::Path;

use crate::fault::StoreFault;
use crate::model::TimeFault;

use super::refusal::Refusal;

/// How grave what is said is, and what is said of what stands around a command.
pub trait StreamWords {
    /// It failed.
    fn error(&self, text: &str) -> String;

    /// It is done, and something is odd about it.
    fn warning(&self, text: &str) -> String;

    /// A way out.
    fn hint(&self, text: &str) -> String;

    /// Returns what leads the way out of a fault in a file.
    fn way_out(&self) -> &'static str;

    /// It would have been done, had it not been a rehearsal.
    fn rehearsed(&self, text: &str) -> String;

    /// A file was written.
    fn wrote(&self, path: &Path) -> String;

    /// Names a file as it would be written now.
    fn as_it_would_be(&self, name: &str) -> String;

    /// So many more faults are not shown.
    fn more_faults(&self, more: usize) -> String;

    /// What leads a text that was typed and is not recorded.
    fn typed(&self) -> &'static str;

    /// Only the beginning of a text of so many bytes is shown.
    fn cut_short(&self, bytes: usize) -> String;

    /// All of a text that was typed and is not recorded lies in that file.
    fn kept_whole(&self, path: &Path) -> String;

    /// The current folder is not known.
    fn no_current_folder(&self, fault: &io::Error) -> String;

    /// That is to be a folder, and is none.
    fn not_a_folder(&self, path: &Path) -> String;

    /// Another program left a copy of a record.
    fn conflict_copy(&self, name: &str) -> String;

    /// The answer cannot be printed; the record may have been `saved` all the same.
    fn not_printed(&self, saved: bool, fault: &io::Error) -> String;

    /// An event is logged as if there were no settings, for that reason.
    fn settings_left_out(&self, why: &str) -> String;

    /// The record is written, with what looks like a secret.
    fn secrets_written(&self, excerpts: &[String]) -> Refusal;

    /// The record is written, and its journal is not.
    fn not_in_journal(&self, fault: &StoreFault) -> String;

    /// The record is written, and may not survive a power cut.
    fn not_synced(&self, fault: &StoreFault) -> String;

    /// The standard input cannot be read.
    fn no_input(&self, fault: &io::Error) -> String;

    /// The standard input is longer than a text may be.
    fn text_too_long(&self, bytes: u64) -> Refusal;

    /// The standard input is longer than a file may be.
    fn input_too_long(&self, bytes: u64) -> String;

    /// The standard input is no text from a byte on.
    fn input_not_text(&self, byte: usize) -> String;

    /// What a program printed was no text everywhere, and is shown with signs.
    fn input_with_signs(&self) -> Refusal;

    /// The standard input would be waited for, where nobody is to be asked.
    fn input_would_wait(&self) -> String;

    /// A command would wait for a person, where nobody is to be asked.
    fn would_wait(&self, verb: &str) -> String;

    /// A command cannot be rehearsed.
    fn no_rehearsal(&self, verb: &str) -> String;

    /// Another asrun writes the record.
    fn waiting(&self) -> &'static str;

    /// `ASRUN_NOW` is no moment.
    fn fixed_clock(&self, fault: &TimeFault) -> String;

    /// The machine's clock is beyond the calendar.
    fn impossible_clock(&self) -> &'static str;

    /// A program cannot be started that shows a page.
    fn cannot_show(&self, program: &str, fault: &io::Error) -> Refusal;

    /// A program that shows a page failed, as the system says it `ended`.
    fn show_failed(&self, program: &str, ended: &str) -> String;

    /// An editor cannot be started.
    fn cannot_edit(&self, editor: &str, fault: &io::Error) -> String;

    /// An editor failed, as the system says it `ended`.
    fn edit_failed(&self, editor: &str, ended: &str) -> Refusal;

    /// Nobody said which command is to be run.
    fn no_command_to_run(&self) -> Refusal;

    /// A command is to be run, and a time was given.
    fn command_runs_now(&self) -> Refusal;

    /// A command is to be run, and the standard input is to be read.
    fn input_is_the_commands(&self) -> Refusal;

    /// A command would be run.
    fn would_run(&self, command: &str) -> String;

    /// A command was not run, as its event stands in no record.
    fn command_not_run(&self) -> &'static str;

    /// A command cannot be started.
    fn command_not_started(&self, command: &str, fault: &io::Error) -> String;

    /// A command ended after so many seconds, and its event in a record says how.
    fn command_ended(&self, end: &CommandEnd, seconds: i64, record: &str) -> String;

    /// How a command ended could not be noted.
    fn end_not_noted(&self, record: &str) -> String;
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommandEnd {
    /// By itself, with that code.
    Code(i32),
    /// By a signal.
    Signal(i32),
    /// It never began.
    NotStarted,
}
