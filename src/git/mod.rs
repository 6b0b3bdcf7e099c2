//! The only door to git: runs the program.

use std::path::Path;
use std::process::{Command, Stdio};

/// Whether a folder is in a work tree of git's.
pub fn is_in_repository(folder: &Path) -> bool {
    asked(folder, &["rev-parse", "--is-inside-work-tree"]).as_deref() == Some("true")
}

/// What a key of git's configuration says there, if it says anything.
pub fn configured(folder: &Path, key: &str) -> Option<String> {
    asked(folder, &["config", "--get", key])
}

fn asked(folder: &Path, args: &[&str]) -> Option<String> {
    let output = Command::new("git")
        .current_dir(folder)
        .args(args)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let said = String::from_utf8(output.stdout).ok()?.trim().to_owned();
    (output.status.success() && !said.is_empty()).then_some(said)
}

/// Three files merged line by line, and whether that left no conflict, if git is there.
pub fn merge_file(ours: &Path, base: &Path, theirs: &Path) -> Option<(Vec<u8>, bool)> {
    let output = Command::new("git")
        .args(["merge-file", "-p", "-q", "-L", "ours", "-L", "base", "-L", "theirs", "--"])
        .args([ours, base, theirs])
        .stdin(Stdio::null())
        .output()
        .ok()?;
    // Up to 127 it is the number of conflicts, beyond that git could not merge at all.
    let conflicts = output.status.code().filter(|code| (0..128).contains(code))?;
    Some((output.stdout, conflicts == 0))
}

/// Sets a key of the repository's own configuration that `folder` is in.
///
/// # Errors
/// What git says, or that it is not there.
pub fn configure(folder: &Path, key: &str, value: &str) -> Result<(), String> {
    let output = Command::new("git")
        .current_dir(folder)
        .args(["config", "--local", key, value])
        .stdin(Stdio::null())
        .output()
        .map_err(|e| format!("cannot run git: {e}"))?;
    if output.status.success() {
        return Ok(());
    }
    Err(String::from_utf8_lossy(&output.stderr).trim().to_owned())
}
