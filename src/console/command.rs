//! Runs a command and logs it: its start before it runs, and how it ended.

use std::io;
use std::path::PathBuf;

use crate::lang::{CommandEnd, terminal};
use crate::model::{EXIT_CODE, EventType, Precision, RUNNING};
use crate::operations::{
    CommandRun, LogOutcome, LogRequest, Logged, NotedEnd, Target, Workspace, end_of_output, log,
    note_end, with_output,
};
use crate::store::Scratch;

use super::running::{End, Program, Ran, run};
use super::shell::{CommandLine, shell_line};
use super::{Context, Exit, Failure, logged, now};

/// A command to be run and logged.
#[derive(Debug)]
pub struct CommandToRun {
    /// The program and its arguments.
    pub words: Vec<String>,
    /// Its event: the detail is the command line as typed, and the type is the one that it gets if it succeeds.
    pub request: LogRequest,
    /// The folder to run in, if it is the command of a planned step: it then runs without the terminal, and its event
    /// does not contain the command line. `None` if somebody has just typed it.
    pub step_in: Option<PathBuf>,
}

/// The result of a command that was run and logged.
#[derive(Debug)]
pub struct RanAndLogged {
    /// The command's exit code; [`Exit::Done`] if nothing was to be run.
    pub exit: Exit,
    /// The ids of the record's changes in its journal.
    pub changes: Vec<String>,
}

/// Logs the start of a command, runs it, and logs how it ended, whatever signal this program receives meanwhile. The
/// command's exit code becomes that of this program.
///
/// # Errors
/// The start could not be recorded; the command was not run.
pub fn run_and_log(
    context: &mut Context,
    target: &Target,
    command: CommandToRun,
) -> Result<RanAndLogged, Failure> {
    let CommandToRun { words, request: wanted, step_in } = command;
    let command = CommandLine::of(&words);
    let line = command.line.clone();
    let text = if wanted.text.is_empty() { line.clone() } else { wanted.text.clone() };
    let begun = if wanted.steps.is_empty() { EventType::Action } else { EventType::Started };
    let (own, last) = (wanted.detail.clone(), wanted.kind.clone());
    let told = if step_in.is_some() { String::new() } else { format!("$ {line}") };
    let detail = Some(with_output(own.as_deref(), &told)).filter(|detail| !detail.is_empty());
    // It stays if nothing is left to record the end.
    let metrics = vec![(EXIT_CODE.to_owned(), RUNNING.to_owned())];
    let request = LogRequest { text, detail, metrics, kind: Some(begun.clone()), ..wanted };
    let logged = match log(target, &request)? {
        LogOutcome::Recorded(logged) => logged,
        LogOutcome::Kept(fault) => {
            let is_rehearsed = target.workspace.project.dry_run;
            let failure = logged::kept(fault, &target.record, request.text.trim(), is_rehearsed);
            return Err(failure.hint(terminal().command_not_run()));
        }
    };
    tell_begun(context, target, &logged, step_in.is_some());
    let mut changes: Vec<String> = logged.saved.journal.iter().flatten().cloned().collect();
    if context.dry_run {
        context.note(&terminal().would_run(&line));
        return Ok(RanAndLogged { exit: Exit::Done, changes });
    }
    drop(context.streams.flush());
    let (folder, has_terminal) = (step_in.as_deref(), step_in.is_none());
    let to_errors = context.answers_in_json();
    let ran = run(&Program { words: &words, folder, has_terminal, to_errors });
    context.now = now()?;
    let done = match begun {
        EventType::Started => EventType::Done,
        other => other,
    };
    let ended = Ended { command, told, own, kind: last.unwrap_or(done), ran };
    let exit = Exit::Ran(ended.note(context, target, *logged, &mut changes));
    Ok(RanAndLogged { exit, changes })
}

/// A command that has ended.
struct Ended {
    command: CommandLine,
    /// The command line as in its event; empty if the event does not contain it.
    told: String,
    /// The detail that was typed.
    own: Option<String>,
    /// The type of its event if it succeeded.
    kind: EventType,
    ran: io::Result<Ran>,
}

impl Ended {
    /// Logs how a command ended; returns its exit code, even if logging fails.
    fn note(
        self,
        context: &mut Context,
        target: &Target,
        logged: Logged,
        changes: &mut Vec<String>,
    ) -> u8 {
        let Ended { command, told, own, kind, ran } = self;
        let (end, output, code) = match &ran {
            Ok(ran) => {
                let end = match ran.end {
                    End::Code(code) => CommandEnd::Code(code),
                    End::Signal(signal) => CommandEnd::Signal(signal),
                };
                if !ran.output.is_empty() && !ran.output.ends_with('\n') {
                    context.streams.tell("");
                }
                let output = command.hidden_in(&ran.output);
                (end, end_of_output(&output, ran.is_cut), ran.end.code())
            }
            Err(fault) => {
                context.error(&terminal().command_not_started(&command.line, fault));
                let code = if fault.kind() == io::ErrorKind::NotFound { 127 } else { 126 };
                (CommandEnd::NotStarted, String::new(), code)
            }
        };
        let until = context.now.seen_in(logged.frame.zone).at_most(Precision::Second);
        let run = CommandRun {
            begun: logged.event,
            changes: logged.saved.journal.unwrap_or_default(),
            until,
            own,
            output: [told, output].join("\n").trim().to_owned(),
            kind: if end == CommandEnd::Code(0) { kind } else { EventType::Failed },
            code,
        };
        let seconds = run.begun.at.map_or(0, |at| until.unix() - at.unix()).max(0);
        let workspace = Workspace { now: context.now, ..target.workspace.clone() };
        let target = context.target_of(workspace, target.record.clone(), target.wait.limit);
        match note_end(&target, &run) {
            Ok(NotedEnd { record, saved, is_apart }) => {
                context.note(&terminal().command_ended(&end, seconds, &record.id));
                if is_apart {
                    context.note(&terminal().end_logged_apart(&run.begun.text, &record.id));
                }
                changes.extend(saved.journal.iter().flatten().cloned());
                context.tell_saved(&saved);
            }
            Err(fault) => {
                context.note(&terminal().command_ended(&end, seconds, &target.record.id));
                context.fail(&Failure::from(fault));
                keep_end(context, &target, &run);
            }
        }
        code
    }
}

/// Keeps the end of a command in a file, and says how it is logged from there.
fn keep_end(context: &mut Context, target: &Target, run: &CommandRun) {
    let detail = with_output(run.own.as_deref(), &run.output);
    let text = format!("{}\n", detail.trim_end());
    let root = target.workspace.project.root();
    let kept = Scratch::keep_refused(&std::env::temp_dir(), Some(root), &text);
    let path = kept.map(|path| path.display().to_string()).unwrap_or_default();
    let [begun, until] = [run.begun.at.unwrap_or(run.until), run.until].map(|at| at.written());
    let words = ["asrun", "log", "-r", &target.record.id, &run.begun.text];
    let options = ["--at", &begun, "--until", &until, "--type", run.kind.word(), "--internal"];
    let words = words.into_iter().chain(options).chain(["--detail", "-"]);
    let line = shell_line(&words.map(str::to_owned).collect::<Vec<_>>());
    context.hint(&terminal().end_not_noted(&path, &line));
}

/// Reports that the start is recorded; on the error output if the command has the terminal.
fn tell_begun(context: &mut Context, target: &Target, logged: &Logged, of_step: bool) {
    context.tell_saved(&logged.saved);
    let Logged { event, carried, frame, .. } = logged;
    let line = logged::line(context, &target.record, (event, carried), frame.zone);
    match of_step {
        true => context.confirm(&line),
        false => context.note_done(&line),
    }
}
