//! Severity labels, and messages about the surroundings of a command.

use std::io;
use std::path::Path;

use crate::fault::{NotUtf8, StoreFault};
use crate::lang::terminal::{CommandEnd, FileWords, Refusal, StreamWords};
use crate::model::TimeFault;
use crate::yaml::Encoding;

use super::English;
use super::times::unread_time;

impl StreamWords for English {
    fn error(&self, text: &str) -> String {
        format!("error: {text}")
    }

    fn warning(&self, text: &str) -> String {
        format!("warning: {text}")
    }

    fn hint(&self, text: &str) -> String {
        format!("hint: {text}")
    }

    fn way_out(&self) -> &'static str {
        "help"
    }

    fn rehearsed(&self, text: &str) -> String {
        format!("(dry run) {text}")
    }

    fn with_way_back(&self, text: &str, command: &str) -> String {
        format!("{text}; to take it back: {command}")
    }

    fn wrote(&self, path: &Path) -> String {
        format!("wrote {}", path.display())
    }

    fn as_it_would_be(&self, name: &str) -> String {
        format!("{name} (as it would be now)")
    }

    fn more_faults(&self, more: usize) -> String {
        format!("… and {more} more")
    }

    fn typed(&self) -> &'static str {
        "what you typed:"
    }

    fn cut_short(&self, bytes: usize) -> String {
        format!("… ({bytes} bytes in all)")
    }

    fn kept_whole(&self, path: &Path) -> String {
        format!("the full text is in {}", path.display())
    }

    fn no_current_folder(&self, fault: &io::Error) -> String {
        format!("cannot tell the current folder: {}", self.reason(fault))
    }

    fn not_a_folder(&self, path: &Path) -> String {
        format!("{} is not a folder", path.display())
    }

    fn conflict_copy(&self, name: &str) -> String {
        format!("{name} looks like a conflict copy of a record; it may hold events")
    }

    fn not_printed(&self, saved: bool, fault: &io::Error) -> String {
        let saved = if saved { "the record was written, but " } else { "" };
        format!("{saved}the answer cannot be printed: {}", self.reason(fault))
    }

    fn settings_left_out(&self, why: &str) -> String {
        format!("the settings are ignored: {why}")
    }

    fn secrets_written(&self, excerpts: &[String]) -> Refusal {
        Refusal::new(format!(
            "looks like a secret, and everyone with a clone will read it: {}",
            excerpts.join(", ")
        ))
        .hint("erase it for good before it is committed: asrun forget --secrets")
        .hint("if it was already shared, change or revoke it")
    }

    fn not_in_journal(&self, fault: &StoreFault) -> String {
        let fault = self.store_fault_in_short(fault);
        format!("the record is written, but undo and recover will not know about it: {fault}")
    }

    fn not_synced(&self, fault: &StoreFault) -> String {
        self.store_fault_in_short(fault)
    }

    fn no_input(&self, fault: &io::Error) -> String {
        format!("cannot read the standard input: {}", self.reason(fault))
    }

    fn text_too_long(&self, bytes: u64) -> Refusal {
        Refusal::new(self.input_too_long(bytes))
            .hint("save it to a file and attach that: asrun log TEXT --attach FILE")
    }

    fn input_too_long(&self, bytes: u64) -> String {
        format!("the standard input has more than {bytes} bytes")
    }

    fn input_not_text(&self, fault: &NotUtf8) -> Refusal {
        let at = byte_at(fault);
        Refusal::new(format!("the standard input is not UTF-8 text: {at}"))
            .hint(way_to_utf8(fault.encoding, "asrun …"))
    }

    fn written_over(&self, pieces: usize) -> Refusal {
        let pieces = match pieces {
            1 => "1 piece of text is".to_owned(),
            more => format!("{more} pieces of text are"),
        };
        Refusal::new(format!(
            "{pieces} left out: a carriage return or a backspace writes over text, as on a terminal"
        ))
        .hint("to keep everything, save the output and attach it: asrun log TEXT --attach FILE")
    }

    fn input_with_signs(&self, fault: &NotUtf8) -> Refusal {
        let at = byte_at(fault);
        Refusal::new(format!("the standard input is not UTF-8 text: {at}; it is shown as \u{fffd}"))
            .hint(way_to_utf8(fault.encoding, "asrun log TEXT -"))
    }

    fn input_would_wait(&self) -> String {
        self.would_wait("the standard input")
    }

    fn would_wait(&self, verb: &str) -> String {
        format!("--no-input: {verb} would wait for input")
    }

    fn refuse_dry_run(&self, verb: &str) -> String {
        format!("{verb} has no dry run")
    }

    fn waiting(&self) -> &'static str {
        "waiting for another asrun to finish writing this record …"
    }

    fn fixed_clock(&self, fault: &TimeFault) -> String {
        format!("ASRUN_NOW: {}", unread_time(fault))
    }

    fn impossible_clock(&self) -> &'static str {
        "the machine's clock shows an impossible date"
    }

    fn cannot_show(&self, program: &str, fault: &io::Error) -> Refusal {
        Refusal::new(format!("cannot start {program}: {}", self.reason(fault)))
            .hint("open the path above in a browser")
    }

    fn show_failed(&self, program: &str, ended: &str) -> String {
        format!("{program} ended with {ended}")
    }

    fn cannot_edit(&self, editor: &str, fault: &io::Error) -> String {
        format!("cannot start the editor `{editor}`: {}", self.reason(fault))
    }

    fn edit_failed(&self, editor: &str, ended: &str) -> Refusal {
        Refusal::new(format!("the editor `{editor}` ended with {ended}"))
            .hint("set VISUAL or EDITOR to an editor that works here")
    }

    fn no_command_to_run(&self) -> Refusal {
        Refusal::new("--run has no command")
            .hint("asrun log \"restarted the pool\" --run -- systemctl restart pool")
    }

    fn command_runs_now(&self) -> Refusal {
        Refusal::new("a command is run now, so --at and --until cannot say when it was")
            .hint("leave them out; one that has been run already: asrun log TEXT --at TIME")
    }

    fn input_is_the_commands(&self) -> Refusal {
        Refusal::new("the standard input is the command's, so no text can be read from it")
            .hint("asrun log TEXT --run -- COMMAND")
    }

    fn would_run(&self, command: &str) -> String {
        format!("would run: {command}")
    }

    fn command_not_run(&self) -> &'static str {
        "the command was NOT run: its event is in no record"
    }

    fn command_not_started(&self, command: &str, fault: &io::Error) -> String {
        format!("cannot start {command}: {}", self.reason(fault))
    }

    fn command_ended(&self, end: &CommandEnd, seconds: i64, record: &str) -> String {
        let amount = self.amount(seconds);
        let how = match end {
            CommandEnd::Code(0) => format!("went well, {amount}"),
            CommandEnd::Code(code) => format!("failed with exit code {code}, {amount}"),
            CommandEnd::Signal(signal) => format!("ended by signal {signal}, {amount}"),
            CommandEnd::NotStarted => "never began".to_owned(),
        };
        format!("the command {how} → {record}")
    }

    fn end_logged_apart(&self, text: &str, record: &str) -> String {
        format!(
            "the event of its start was removed meanwhile: its end is an event of its own: {text} → {record}"
        )
    }

    fn end_not_noted(&self, path: &str, command: &str) -> String {
        match path.is_empty() {
            true => format!("how the command ended is not in the record; to log it: {command}"),
            false => {
                format!("its output is kept in {path}; to log how it ended: {command} < {path}")
            }
        }
    }
}

/// Returns the place of the first byte that is not UTF-8.
fn byte_at(fault: &NotUtf8) -> String {
    format!("byte {} of line {} is 0x{:02x}", fault.byte, fault.line, fault.value)
}

/// Returns how to pass on what is not UTF-8 to a command.
pub(super) fn way_to_utf8(encoding: Option<Encoding>, command: &str) -> String {
    let lead = match encoding {
        Some(Encoding::Utf16) => "it looks like UTF-16",
        Some(Encoding::Korean) => "it could be Korean text in CP949",
        Some(Encoding::Western) => "it could be text in Windows-1252 (Latin-1)",
        Some(Encoding::Png | Encoding::Gzip) => return "attach it: asrun attach FILE".to_owned(),
        None => "convert it from its encoding",
    };
    let name = encoding.and_then(Encoding::name).unwrap_or("ENCODING");
    format!("{lead}: … | iconv -f {name} -t UTF-8 | {command}")
}
