//! What is typed, or piped into a command.

use std::io::{BufRead, Read};

use crate::fault::NotUtf8;
use crate::lang::{Refusal, is_yes, terminal};
use crate::operations::{Overwritten, as_shown, with_line_ends};
use crate::render::escape::terminal_lines;

use super::super::editor;
use super::super::errors::Failure;
use super::super::plain::overwritten;
use super::Context;

/// The most bytes of a typed text.
const MAX_TEXT: u64 = crate::yaml::MAX_TEXT_BYTES as u64;
/// The most bytes of an input that are read.
const INPUT_LIMIT: u64 = 50 * 1024 * 1024;

impl Context {
    /// Returns the whole standard input as text.
    pub fn read_stdin(&self) -> Result<String, Failure> {
        text_of(self.shown_input(MAX_TEXT, || terminal().text_too_long(MAX_TEXT))?)
    }

    /// Returns the whole standard input as text, in which lines that a program overwrote have their final content. That
    /// something was left out so is reported.
    pub fn read_written(&self) -> Result<String, Failure> {
        let text = with_line_ends(self.read_stdin()?);
        Ok(if text.contains('\r') { self.as_left(as_shown(&text)) } else { text })
    }

    /// Returns the final content of a text, and reports whether something was left out.
    fn as_left(&self, text: Overwritten) -> String {
        if text.left_out > 0 {
            self.warn(terminal().written_over(text.left_out));
        }
        text.text
    }

    /// Returns the whole standard input as text, which must never be printed.
    pub fn read_stdin_unshown(&self) -> Result<String, Failure> {
        match self.input(MAX_TEXT)? {
            (bytes, false) => text_of(bytes),
            (_, true) => Err(Failure::new(terminal().text_too_long(MAX_TEXT))),
        }
    }

    /// Returns the output of a program, cleaned for a record: colours are dropped silently; bytes that are not text are
    /// replaced by a visible character, which is reported, as is what a program overwrote.
    pub fn read_output(&self) -> Result<String, Failure> {
        let bytes = self.read_stdin_bytes()?;
        if let Some(fault) = NotUtf8::of(&bytes) {
            self.warn(terminal().input_with_signs(&fault));
        }
        let text = with_line_ends(String::from_utf8_lossy(&bytes).into_owned());
        Ok(self.as_left(overwritten(&text)))
    }

    /// Returns the whole standard input as bytes.
    pub fn read_stdin_bytes(&self) -> Result<Vec<u8>, Failure> {
        self.shown_input(INPUT_LIMIT, || terminal().input_too_long(INPUT_LIMIT).into())
    }

    /// Returns the whole standard input, if it has at most `limit` bytes; the failure repeats it, or its beginning if it
    /// does not end.
    fn shown_input(
        &self,
        limit: u64,
        too_long: impl FnOnce() -> Refusal,
    ) -> Result<Vec<u8>, Failure> {
        match self.input(limit)? {
            (bytes, false) => Ok(bytes),
            (mut bytes, true) => {
                let failure = Failure::new(too_long());
                let left = INPUT_LIMIT.saturating_sub(bytes.len() as u64);
                let mut input = self.streams.input.borrow_mut();
                let rest = input.by_ref().take(left).read_to_end(&mut bytes);
                let is_whole = rest.is_ok() && (bytes.len() as u64) < INPUT_LIMIT;
                match String::from_utf8(bytes) {
                    Ok(text) if is_whole => Err(failure.repeating(&text)),
                    Ok(text) => Err(failure.beginning(text.as_bytes())),
                    Err(fault) => Err(failure.beginning(fault.as_bytes())),
                }
            }
        }
    }

    /// Reads the standard input up to one byte beyond the limit, and returns whether it is longer than that.
    fn input(&self, limit: u64) -> Result<(Vec<u8>, bool), Failure> {
        if self.would_wait() {
            return Err(Failure::misuse(terminal().input_would_wait()));
        }
        let mut bytes = Vec::new();
        let read = self.streams.input.borrow_mut().by_ref().take(limit + 1).read_to_end(&mut bytes);
        read.map_err(|fault| Failure::new(terminal().no_input(&fault)))?;
        let is_longer = bytes.len() as u64 > limit;
        Ok((bytes, is_longer))
    }

    /// Whether a person is at the standard input and may be asked.
    pub fn is_interactive(&self) -> bool {
        self.streams.terminals.input && !self.no_input
    }

    /// Asks a person; `None` if there is no answer.
    pub fn ask(&self, question: &str) -> Option<String> {
        self.streams.tell_whole(&terminal_lines(question));
        let mut answer = String::new();
        let read = self.streams.input.borrow_mut().read_line(&mut answer);
        read.is_ok_and(|bytes| bytes > 0).then(|| answer.trim().to_owned())
    }

    /// Asks a person; `None` if there is no answer or it is Ctrl-C, after which the command continues and reports what
    /// it did not do.
    pub fn ask_or_give_up(&self, question: &str) -> Option<String> {
        self.streams.ask_or_give_up(&terminal_lines(question))
    }

    /// Asks a person for a line without echo; `None` if there is no answer.
    pub fn ask_unshown(&self, question: &str) -> Option<String> {
        let answer = self.streams.ask_unshown(&terminal_lines(question));
        self.streams.tell_whole("\n");
        answer.filter(|answer| !answer.trim().is_empty())
    }

    /// Asks a person to agree: Enter means yes, no answer means no.
    pub fn agrees(&self, question: &str) -> bool {
        let answer = self.ask(question).map(|answer| answer.to_lowercase());
        answer.is_some_and(|answer| answer.is_empty() || is_yes(&answer))
    }

    /// Whether an editor may be opened: one is configured, or a person is there to use the default one.
    pub fn may_edit(&self) -> bool {
        !self.no_input && (self.is_interactive() || editor::is_chosen())
    }

    /// Whether reading the standard input would wait for a person although nobody is to be asked.
    fn would_wait(&self) -> bool {
        self.no_input && self.streams.terminals.input
    }

    /// Refuses a command that would wait for a person although nobody is to be asked.
    pub fn no_waiting(&self, verb: &str) -> Result<(), Failure> {
        match self.would_wait() {
            true => Err(Failure::misuse(terminal().would_wait(verb))),
            false => Ok(()),
        }
    }
}

fn text_of(input: Vec<u8>) -> Result<String, Failure> {
    String::from_utf8(input).or_else(|fault| match NotUtf8::of(fault.as_bytes()) {
        Some(fault) => Err(Failure::new(terminal().input_not_text(&fault))),
        None => Ok(String::from_utf8_lossy(fault.as_bytes()).into_owned()),
    })
}
