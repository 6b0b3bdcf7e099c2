//! Reads the picture in the clipboard, with one of the system's programs.

use std::process::{Command, Stdio};

use crate::lang::terminal;

use super::errors::Failure;

/// Programs that print the clipboard's picture as PNG: for Wayland, X11 and macOS.
const READERS: [(&str, &[&str]); 3] = [
    ("wl-paste", &["--no-newline", "--type", "image/png"]),
    ("xclip", &["-selection", "clipboard", "-target", "image/png", "-out"]),
    ("pngpaste", &["-"]),
];

/// Returns the picture in the clipboard.
///
/// # Errors
/// No such program is installed, or the clipboard has no picture.
pub fn picture() -> Result<Vec<u8>, Failure> {
    let mut said = None;
    for (program, args) in READERS {
        // A program that cannot be started is not installed for this user.
        let run = Command::new(program).args(args).stdin(Stdio::null()).output();
        let Ok(run) = run else { continue };
        if run.status.success() && !run.stdout.is_empty() {
            return Ok(run.stdout);
        }
        let told = String::from_utf8_lossy(&run.stderr);
        let first = told.trim().lines().next().unwrap_or_default().to_owned();
        said.get_or_insert((program, first));
    }
    let said = said.as_ref().map(|(program, said)| (*program, said.as_str()));
    Err(Failure::new(terminal().clipboard_unread(said)))
}
