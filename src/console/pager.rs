//! Long answers in the user's pager, as git shows them.

use std::io::Write;
use std::process::{Command, Stdio};

/// Shows a text that does not fit the screen in `$ASRUN_PAGER`, else `$PAGER`, else less; false if
/// none is wanted or none could be started, and the text is still to be shown.
pub(super) fn show(text: &str) -> bool {
    let Some(mut command) = chosen() else { return false };
    command.stdin(Stdio::piped());
    // What git sets too: colours, no pager for what fits, and the text stays when it ends.
    for (name, value) in [("LESS", "FRX"), ("LV", "-c")] {
        if std::env::var_os(name).is_none() {
            command.env(name, value);
        }
    }
    let Ok(mut running) = command.spawn() else { return false };
    if let Some(mut input) = running.stdin.take() {
        // Who quits a pager has seen enough.
        let _ = input.write_all(text.as_bytes());
    }
    // A shell says 127 of a program that is not there.
    running.wait().is_ok_and(|status| status.code() != Some(127))
}

/// The pager; none if the variable is empty or says `cat`. Its words are the shell's to split.
fn chosen() -> Option<Command> {
    let asked = ["ASRUN_PAGER", "PAGER"].iter().find_map(|name| std::env::var(name).ok());
    let Some(pager) = asked else { return Some(Command::new("less")) };
    let wanted = !pager.trim().is_empty() && pager.trim() != "cat";
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(pager);
    wanted.then_some(shell)
}
