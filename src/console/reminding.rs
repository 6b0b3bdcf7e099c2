//! Runs the user's own command with which a watch reminds of a step.

use std::io;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::lang::terminal;
use crate::operations::command_words;
use crate::render::escape;

use super::editor::is_on_path;
use super::environment::Environment;
use super::errors::Failure;

/// The variable that contains the command. A project cannot set it in a file.
const VARIABLE: &str = "ASRUN_REMIND_COMMAND";

/// A command that is started for each reminder, without a shell and with the reminder as its last argument.
#[derive(Debug, Default)]
pub struct ReminderCommand {
    words: Vec<String>,
    running: Vec<Child>,
}

impl ReminderCommand {
    /// Returns the command from the environment; one that does nothing if there is none.
    ///
    /// # Errors
    /// The command needs a shell, or its program is a relative path.
    pub fn of(outside: &Environment) -> Result<ReminderCommand, Failure> {
        let Some(typed) = outside.variable_text(VARIABLE) else {
            return Ok(ReminderCommand::default());
        };
        let words = command_words(&typed);
        let words = words.ok_or_else(|| Failure::misuse(terminal().run_needs_shell(&typed)))?;
        // A relative path could run a program of the repository instead of the user's.
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

    /// Starts the command for a reminder without waiting for it.
    ///
    /// # Errors
    /// It cannot be started.
    pub fn remind(&mut self, line: &str) -> Result<(), Failure> {
        self.running.retain_mut(|child| matches!(child.try_wait(), Ok(None)));
        let Some((program, args)) = self.words.split_first() else { return Ok(()) };
        let mut command = Command::new(program);
        command.args(args).arg(&*escape::terminal(line));
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        // If the search path contains the current folder, that must not be the repository.
        #[cfg(unix)]
        command.current_dir("/");
        let child = command.spawn();
        let child = child
            .map_err(|fault| Failure::new(terminal().reminder_not_started(program, &fault)))?;
        self.running.push(child);
        Ok(())
    }
}
