//! The only door to git: runs the program.

use std::path::Path;
use std::process::{Command, Stdio};

/// `user.name` of the user's git configuration, if git is there and knows one.
pub fn author() -> Option<String> {
    let output = Command::new("git")
        .args(["config", "--get", "user.name"])
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let name = String::from_utf8(output.stdout).ok()?.trim().to_owned();
    (output.status.success() && !name.is_empty()).then_some(name)
}

/// Merges three files line by line into the first; whether that left no conflict, if git is there.
pub fn merge_file(ours: &Path, base: &Path, theirs: &Path) -> Option<bool> {
    let status = Command::new("git")
        .args(["merge-file", "-L", "ours", "-L", "base", "-L", "theirs", "--"])
        .args([ours, base, theirs])
        .stdin(Stdio::null())
        .status()
        .ok()?;
    Some(status.success())
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
