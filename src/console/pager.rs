//! Shows long answers in the user's pager, as git does.

use std::io::Write;
use std::process::{Command, Stdio};

/// Shows a text that does not fit the screen in `$ASRUN_PAGER`, else `$PAGER`, else less. Returns `false` if no pager
/// is wanted or none could be started, so that the text must still be printed.
pub(super) fn show(text: &str) -> bool {
    let Some(mut command) = chosen() else { return false };
    command.stdin(Stdio::piped());
    // The same as git's: colours, no pager if the text fits, and the text stays on the screen afterwards.
    for (name, value) in [("LESS", "FRX"), ("LV", "-c")] {
        if std::env::var_os(name).is_none() {
            command.env(name, value);
        }
    }
    let Ok(mut running) = command.spawn() else { return false };
    if let Some(mut input) = running.stdin.take() {
        // A user who quits the pager has seen enough.
        let _ = input.write_all(text.as_bytes());
    }
    // 127 is the shell's exit code for a missing program.
    running.wait().is_ok_and(|status| status.code() != Some(127))
}

/// Returns the pager; `None` if the variable is empty or `cat`. The shell splits it into words.
fn chosen() -> Option<Command> {
    let asked = ["ASRUN_PAGER", "PAGER"].iter().find_map(|name| std::env::var(name).ok());
    let Some(pager) = asked else { return Some(Command::new("less")) };
    let wanted = !pager.trim().is_empty() && pager.trim() != "cat";
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(pager);
    wanted.then_some(shell)
}
