//! Logging a command that is run: its start before it runs, and how it ended.

use std::borrow::Cow;
use std::io;

use crate::check::told_without_secrets;
use crate::console::{
    Context, Exit, Failure, logged, now, running::End, running::Ran, running::run as run_program,
    running::shell_line,
};
use crate::fault::StoreFault;
use crate::lang::{CommandEnd, terminal};
use crate::model::{EventType, Precision};
use crate::operations::{
    CommandRun, LogOutcome, LogRequest, Logged, Target, as_code, log, note_end,
};

/// Lines of output that an event keeps, and letters of them.
const LINES: usize = 40;
const LETTERS: usize = 4000;

/// A command that is to be run and logged.
pub(super) struct ToRun<'a> {
    /// The program and what it is given.
    pub(super) words: &'a [String],
    /// What was typed under its event.
    pub(super) own: Option<String>,
    /// Its event.
    pub(super) request: LogRequest,
    /// Says why an event that is kept beside its record is not in it.
    pub(super) kept: fn(StoreFault, &Target, &str) -> Failure,
}

/// Logs that a command begins, runs it, and notes how it ended. Its exit code becomes this one's.
pub(super) fn run(context: &mut Context, target: Target, it: ToRun<'_>) -> Result<Exit, Failure> {
    let ToRun { words, own, request: wanted, kept } = it;
    let line = told_without_secrets(&shell_line(words)).into_owned();
    let last = wanted.kind.clone();
    let text = if wanted.text.is_empty() { line.clone() } else { wanted.text.clone() };
    let begun = if wanted.steps.is_empty() { EventType::Action } else { EventType::Started };
    let request = LogRequest {
        text,
        detail: Some(with_output(own.as_deref(), &format!("$ {line}"))),
        kind: Some(begun.clone()),
        internal: true,
        ..wanted
    };
    let logged = match log(&target, &request)? {
        LogOutcome::Recorded(logged) => logged,
        LogOutcome::Kept(fault) => {
            let failure = kept(fault, &target, request.text.trim());
            return Err(failure.hint(terminal().command_not_run()));
        }
    };
    tell_begun(context, &target, &logged);
    if context.dry_run {
        context.note(&terminal().would_run(&line));
        return Ok(Exit::Done);
    }
    drop(context.streams.flush());
    let ran = run_program(words);
    context.now = now()?;
    let done = match begun {
        EventType::Started => EventType::Done,
        other => other,
    };
    let run = Finished { line, own, kind: last.unwrap_or(done), ran };
    Ok(Exit::Ran(run.note(context, target, *logged)))
}

/// A command that ended.
struct Finished {
    line: String,
    /// What was typed of it.
    own: Option<String>,
    /// What it was if it went well.
    kind: EventType,
    ran: io::Result<Ran>,
}

impl Finished {
    /// Notes how it ended; returns the exit code, whatever becomes of the note.
    fn note(self, context: &mut Context, target: Target, logged: Logged) -> u8 {
        let Finished { line, own, kind, ran } = self;
        let (end, output, code) = match &ran {
            Ok(ran) => {
                let end = match ran.end {
                    End::Code(code) => CommandEnd::Code(code),
                    End::Signal(signal) => CommandEnd::Signal(signal),
                };
                (end, bounded(&ran.output, ran.is_cut), ran.end.code())
            }
            Err(fault) => {
                context.error(&terminal().command_not_started(&line, fault));
                let code = if fault.kind() == io::ErrorKind::NotFound { 127 } else { 126 };
                (CommandEnd::NotStarted, String::new(), code)
            }
        };
        let told = [format!("$ {line}"), output].join("\n");
        let zone = logged.frame.zone;
        let until = context.now.seen_in(zone).at_most(Precision::Second);
        let run = CommandRun {
            begun: logged.event,
            until,
            detail: with_output(own.as_deref(), told.trim_end()),
            kind: if end == CommandEnd::Code(0) { kind } else { EventType::Failed },
            code,
        };
        let seconds = run.begun.at.map_or(0, |at| until.unix() - at.unix());
        let mut target = target;
        target.workspace.now = context.now;
        context.note(&terminal().command_ended(&end, seconds.max(0), &target.record.id));
        match note_end(&target, &run) {
            Ok(saved) => context.tell_saved(&saved),
            Err(fault) => {
                context.fail(&Failure::from(fault));
                context.hint(&terminal().end_not_noted(&target.record.id));
            }
        }
        code
    }
}

/// Says that it is in the record, beside what the command prints.
fn tell_begun(context: &mut Context, target: &Target, logged: &Logged) {
    context.tell_saved(&logged.saved);
    let Logged { event, carried, frame, .. } = logged;
    context.note_done(&logged::line(context, &target.record, (event, carried), frame.zone));
}

/// What was typed of an event, and what a program printed under it.
fn with_output(own: Option<&str>, output: &str) -> String {
    let code = as_code(output);
    own.map_or_else(|| code.clone(), |own| format!("{own}\n\n{code}"))
}

/// The end of an output without the secrets in it: looked for before it is cut, since half a secret looks
/// like none.
fn bounded(output: &str, is_cut: bool) -> String {
    let masked: Cow<'_, str> = told_without_secrets(output.trim_end());
    let lines: Vec<&str> = masked.lines().collect();
    let mut kept = Vec::new();
    let mut left = LETTERS;
    for line in lines.iter().rev().take(LINES) {
        let letters = line.chars().count();
        if letters >= left {
            break;
        }
        left -= letters + 1;
        kept.push(*line);
    }
    let missing = lines.len() - kept.len();
    kept.reverse();
    let mut text = kept.join("\n");
    if missing > 0 || is_cut {
        let count = if is_cut { String::new() } else { format!(" +{missing}") };
        text = format!("…{count}\n{text}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_output_is_cut_at_its_beginning_after_its_secrets_are_hidden() {
        let long: String = (0..100).map(|line| format!("line {line}\n")).collect();
        let text = bounded(&long, false);
        assert!(text.starts_with("… +60\nline 60\n") && text.ends_with("line 99"), "{text}");
        assert!(bounded(&long, true).starts_with("…\nline 60\n"));
        assert_eq!(bounded("done\n", false), "done");
        assert_eq!(bounded("", false), "");
        let secret = format!("{}\npassword: hunter2hunter2\n", "x".repeat(100));
        assert!(!bounded(&secret, false).contains("hunter2"), "{}", bounded(&secret, false));
        assert_eq!(bounded(&"x".repeat(9000), false), "… +1\n");
    }
}
