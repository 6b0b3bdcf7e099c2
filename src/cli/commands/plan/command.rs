//! Carrying a step out by its own command, once somebody typed `run` below it.

use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;

use crate::check::told_without_secrets;
use crate::console::{Context, Failure, logged::log_and_tell, running::shell_line};
use crate::lang::terminal;
use crate::model::{EventType, PlanStep};
use crate::operations::{LogRequest, Target, as_code};
use crate::query::REHEARSAL;
use crate::render::escape;

/// A command that was shown at this terminal, with its step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shown {
    step: String,
    command: String,
}

/// Lines of its output that are kept with the event.
const KEPT_LINES: usize = 20;
/// Bytes of a line that are shown and kept.
const LINE: u64 = 4_096;

/// Returns the command of a step as this terminal shows it.
pub(super) fn shown(step: &PlanStep) -> Option<Shown> {
    let command = step.command.clone()?;
    Some(Shown { step: step.called().to_owned(), command })
}

/// Starts the command of a step that was shown; one that was not, or that somebody changed since, is shown
/// first and started by nothing but another `run`. Its begin is logged before, its end after.
pub(super) fn run(
    context: &mut Context,
    target: &Target,
    step: &PlanStep,
    (on_screen, asked): (Option<Shown>, &mut Option<Shown>),
) -> Result<(), Failure> {
    let none = || Failure::misuse(terminal().run_has_no_command(&step.text));
    let now = shown(step).ok_or_else(none)?;
    let words = words(&now.command)?;
    let kind = target.workspace.project.load(&target.record)?.document.incident.kind;
    if kind.as_deref() == Some(REHEARSAL) {
        return Err(Failure::new(terminal().run_in_rehearsal(&step.text)));
    }
    let is_known = [&on_screen, &*asked].into_iter().flatten().any(|known| *known == now);
    if !is_known {
        context.note(&terminal().run_shows_command(&step.text, &shell_line(&words)));
        *asked = Some(now);
        return Ok(());
    }
    *asked = None;
    let of = |kind, why: Option<String>, detail: Option<String>| LogRequest {
        text: step.text.clone(),
        kind: Some(kind),
        steps: vec![step.called().to_owned()],
        why,
        detail,
        ..LogRequest::default()
    };
    log_and_tell(context, target, &of(EventType::Started, None, None))?;
    let ended = started(context, target, &words);
    context.now = crate::console::now()?;
    let (why, output) = match ended {
        Ok((None, output)) => {
            return log_and_tell(context, target, &of(EventType::Done, None, kept(&output)))
                .map(drop);
        }
        Ok((Some(status), output)) => (terminal().run_ended(&status), output),
        Err(fault) => (terminal().run_not_started(&words[0], &fault), Vec::new()),
    };
    log_and_tell(context, target, &of(EventType::Failed, Some(why), kept(&output)))?;
    if let Some(what) = &step.if_failed {
        context.note(&terminal().run_if_failed(what));
    }
    Ok(())
}

/// The words of a command: quotes are read as a shell reads them, and nothing else is.
fn words(command: &str) -> Result<Vec<String>, Failure> {
    let refused = || Failure::misuse(terminal().run_needs_shell(command));
    if command.chars().any(char::is_control) {
        return Err(refused());
    }
    let words = shlex::split(command).filter(|words| !words.is_empty()).ok_or_else(refused)?;
    // These mean something to a shell alone; given to the program they would be something else.
    let of_shell = |word: &String| {
        ["|", "||", "&", "&&", ";", ">", ">>", "<"].contains(&word.as_str())
            || word.ends_with(';')
            || word.contains("$(")
            || word.contains('`')
            || word.starts_with('$')
    };
    // Whoever names a shell wants it.
    let own = words.get(1).is_some_and(|word| word == "-c");
    if !own && words.iter().any(of_shell) { Err(refused()) } else { Ok(words) }
}

/// Runs a program in the project's folder, and shows what it says. Returns how it ended, nothing if well, and
/// the end of what it said.
fn started(
    context: &mut Context,
    target: &Target,
    words: &[String],
) -> std::io::Result<(Option<String>, Vec<String>)> {
    let mut child = Command::new(&words[0])
        .args(&words[1..])
        .current_dir(target.workspace.project.root())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let (sender, lines) = mpsc::channel();
    let readers = [
        child.stdout.take().map(|out| forward(out, sender.clone())),
        child.stderr.take().map(|err| forward(err, sender)),
    ];
    let mut end: Vec<String> = Vec::new();
    for line in lines {
        let line = told_without_secrets(&line).into_owned();
        context.print(&format!("  {}\n", escape::terminal(&line)));
        if end.len() == KEPT_LINES {
            end.remove(0);
        }
        end.push(line);
    }
    for reader in readers.into_iter().flatten() {
        let _ = reader.join();
    }
    let status = child.wait()?;
    Ok(((!status.success()).then(|| status.to_string()), end))
}

/// Sends each line of a stream, no more than [`LINE`] bytes of it at once.
fn forward(stream: impl Read + Send + 'static, to: mpsc::Sender<String>) -> thread::JoinHandle<()> {
    thread::spawn(move || {
        let mut stream = BufReader::new(stream);
        let mut line = Vec::new();
        while stream.by_ref().take(LINE).read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
            let text = String::from_utf8_lossy(&line).trim_end().to_owned();
            line.clear();
            if to.send(text).is_err() {
                return;
            }
        }
    })
}

/// The end of an output as an event's detail: a block of code, whatever the output holds.
fn kept(output: &[String]) -> Option<String> {
    Some(as_code(&escape::data(&output.join("\n")))).filter(|code| !code.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_read_and_a_shell_is_not() {
        for (command, expected) in [
            ("./deploy --all", Some(&["./deploy", "--all"][..])),
            ("say 'a  b' \"c; d\"", Some(&["say", "a  b", "c; d"])),
            ("sh -c 'a && b > c'", Some(&["sh", "-c", "a && b > c"])),
            ("./a && ./b", None),
            ("./a; ./b", None),
            ("./a > out", None),
            ("echo $HOME", None),
            ("echo `id`", None),
            ("echo $(id)", None),
            ("./a\nrm x", None),
            ("say 'open", None),
            ("", None),
        ] {
            assert_eq!(
                words(command).ok().as_deref(),
                expected
                    .map(|all| { all.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>() })
                    .as_deref(),
                "{command}"
            );
        }
    }

    #[test]
    fn a_long_output_is_read_in_pieces_and_its_end_is_kept() {
        let (sender, lines) = mpsc::channel();
        let long = vec![b'x'; 10_000];
        forward(std::io::Cursor::new(long), sender).join().unwrap();
        let pieces: Vec<usize> = lines.iter().map(|line: String| line.len()).collect();
        assert_eq!(pieces, [4_096, 4_096, 1_808]);
        let output = ["a\u{1b}[31m".to_owned(), "```".to_owned()];
        assert_eq!(kept(&output).unwrap(), "````text\na\\u{1b}[31m\n```\n````");
        assert_eq!(kept(&[]), None);
    }
}
