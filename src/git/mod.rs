//! The only access to git: runs the program.
//!
//! A repository comes from other people, including its `.git` folder if it was unpacked: no program in its
//! configuration is run.

mod driver;
mod github;
mod grep;
mod history;
mod holding;
mod log;

use std::path::Path;
use std::process::{Command, Stdio};

pub use driver::{DriverRun, driver_line, run_driver};
pub use github::address_on_github;
pub use grep::{FoundLine, lines_with};
pub use history::{
    Committed, FileCommit, FileMerge, OtherFile, Versions, committed, conflicting_sides,
    is_unmerged, prefix, versions,
};
pub use holding::{Holding, holding};
pub use log::commits_and_tags;

/// Returns a git command for a folder that runs nothing but git itself: no hook, no file system monitor, no fetch of
/// what a partial clone lacks.
fn git(folder: &Path) -> Command {
    let mut command = Command::new("git");
    command
        .current_dir(folder)
        .args(["--no-pager", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"])
        // The settings of the repository could allow a protocol; they cannot take this back.
        .env("GIT_ALLOW_PROTOCOL", "")
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_NO_LAZY_FETCH", "1")
        .stdin(Stdio::null());
    // A hook's environment names git's own repository; the folder's is wanted.
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] {
        command.env_remove(name);
    }
    command
}

/// Whether a folder is in a git work tree.
pub fn is_in_repository(folder: &Path) -> bool {
    asked(folder, &["rev-parse", "--is-inside-work-tree"]).as_deref() == Some("true")
}

/// Returns the value of a key in git's configuration, if any.
pub fn configured(folder: &Path, key: &str) -> Option<String> {
    asked(folder, &["config", "--get", key])
}

fn asked(folder: &Path, args: &[&str]) -> Option<String> {
    let output = git(folder).args(args).stderr(Stdio::null()).output().ok()?;
    let said = String::from_utf8(output.stdout).ok()?.trim().to_owned();
    (output.status.success() && !said.is_empty()).then_some(said)
}

/// The options of `git merge-file` for each form in which git writes a conflict (`merge.conflictStyle`); the first is
/// the form that git is set to.
pub const CONFLICT_STYLES: [Option<&str>; 3] = [None, Some("--diff3"), Some("--zdiff3")];

/// Merges three files line by line, with conflicts in one of the [`CONFLICT_STYLES`]; returns the result and whether there
/// was no conflict, or `None` if git is missing or cannot merge them.
pub fn merge_file(
    [ours, base, theirs]: [&Path; 3],
    style: Option<&str>,
) -> Option<(Vec<u8>, bool)> {
    let output = git(ours.parent()?)
        .args(["merge-file", "-p", "-q", "-L", "ours", "-L", "base", "-L", "theirs"])
        .args(style)
        .arg("--")
        .args([ours, base, theirs])
        .output()
        .ok()?;
    // Up to 127 it is the number of conflicts; beyond, git could not merge at all.
    let conflicts = output.status.code().filter(|code| (0..128).contains(code))?;
    Some((output.stdout, conflicts == 0))
}

/// Sets a key in the configuration of the repository that `folder` is in.
///
/// # Errors
/// git's message, or that it is missing.
pub fn configure(folder: &Path, key: &str, value: &str) -> Result<(), String> {
    let output = git(folder)
        .args(["config", "--local", key, value])
        .output()
        .map_err(|e| format!("cannot run git: {e}"))?;
    if output.status.success() {
        return Ok(());
    }
    Err(String::from_utf8_lossy(&output.stderr).trim().to_owned())
}
