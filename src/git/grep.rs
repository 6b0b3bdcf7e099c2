//! Searches the files of a work tree.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use super::git;

/// A line of a file: the file, the number of the line from 1, and its text.
pub type FoundLine = (PathBuf, usize, String);

/// Returns the lines that have one of these texts, in text files below a folder that git has or would not ignore; none
/// outside a repository.
pub fn lines_with(folder: &Path, texts: &[String]) -> Vec<FoundLine> {
    let mut command = git(folder);
    command.args(["grep", "-n", "-z", "-I", "-F", "--no-color", "--no-column", "--untracked"]);
    command.arg("--no-recurse-submodules").stderr(Stdio::null());
    texts.iter().for_each(|text| _ = command.args(["-e", text]));
    let Ok(output) = command.args(["--", "."]).output() else { return Vec::new() };
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let line = |line: &str| {
        let mut parts = line.splitn(3, '\0');
        let path = folder.join(parts.next()?);
        Some((path, parts.next()?.parse().ok()?, parts.next()?.to_owned()))
    };
    said.lines().filter_map(line).collect()
}
