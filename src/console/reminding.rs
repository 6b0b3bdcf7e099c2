//! The user's own command that a watch starts to remind of a step.

use std::io;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::lang::terminal;
use crate::operations::command_words;
use crate::render::escape;

use super::editor::is_on_path;
use super::environment::Environment;
use super::errors::Failure;

/// The variable that names the command. No file of a project can.
const VARIABLE: &str = "ASRUN_REMIND_COMMAND";

/// A command that is started for each reminder, without a shell and with the reminder as its last argument.
#[derive(Debug, Default)]
pub struct ReminderCommand {
    words: Vec<String>,
    running: Vec<Child>,
}

impl ReminderCommand {
    /// Returns the command that the environment names; one that does nothing if it names none.
    ///
    /// # Errors
    /// Only a shell could run it, or its program is a path from the folder one happens to be in.
    pub fn of(outside: &Environment) -> Result<ReminderCommand, Failure> {
        let Some(typed) = outside.said(VARIABLE) else { return Ok(ReminderCommand::default()) };
        let words = command_words(&typed);
        let words = words.ok_or_else(|| Failure::misuse(terminal().run_needs_shell(&typed)))?;
        // A program of the repository would run where the user meant one of their own.
        let program = Path::new(&words[0]);
        let is_name = program.components().count() == 1;
        if !program.is_absolute() && !is_name {
            return Err(Failure::misuse(terminal().reminder_from_here(VARIABLE, &words[0])));
        }
        let is_there = program.is_file() || (is_name && is_on_path(&words[0]));
        if !is_there {
            let fault = io::ErrorKind::NotFound.into();
            return Err(Failure::new(terminal().reminder_not_started(&words[0], &fault)));
        }
        Ok(ReminderCommand { words, running: Vec::new() })
    }

    /// Starts the command for a reminder, and does not wait for it.
    ///
    /// # Errors
    /// It cannot be started.
    pub fn remind(&mut self, line: &str) -> Result<(), Failure> {
        self.running.retain_mut(|child| matches!(child.try_wait(), Ok(None)));
        let Some((program, args)) = self.words.split_first() else { return Ok(()) };
        let mut command = Command::new(program);
        command.args(args).arg(&*escape::terminal(line));
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        // Where a path of the search leads to the folder one is in, that is not the repository.
        #[cfg(unix)]
        command.current_dir("/");
        let child = command.spawn();
        let child = child
            .map_err(|fault| Failure::new(terminal().reminder_not_started(program, &fault)))?;
        self.running.push(child);
        Ok(())
    }
}
