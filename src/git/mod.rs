//! The only door to git: runs the program.

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
