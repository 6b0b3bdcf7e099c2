//! The line by which git merges records: what it is, and whether it works.

use std::path::Path;

/// What git needs to merge records with asrun: a line of the shell.
///
/// git takes any failure of the line for a conflict and leaves ours whole, without a marker; theirs
/// would then be lost with the next `git add`. So wherever asrun does not merge (it is gone, another
/// program, too old, killed) and left no markers, git merges the lines itself, and that is never
/// called merged: nobody read the result.
pub fn driver_line(program: Option<&Path>) -> String {
    let own = program.map_or_else(String::new, |program| {
        let program = quoted(&program.to_string_lossy().replace('\\', "/"));
        format!("command -v asrun >/dev/null || asrun() {{ {program} \"$@\"; }}; ")
    });
    format!(
        "{own}asrun merge-driver -- %O %A %B %P || {{ test $? = 1 && grep -q \"^<<<<<<< \" %A || \
         git merge-file -L ours -L base -L theirs %A %O %B; exit 1; }}"
    )
}

/// How a line of the shell that merges ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DriverRun {
    /// It says that there is no conflict.
    pub clean: bool,
    /// The first thing that it complained of.
    pub complaint: Option<String>,
}

/// Runs such a line as git does, in git's own shell, for the files of a base, ours and theirs;
/// none if git is not there.
pub fn run_driver(line: &str, [base, ours, theirs]: [&Path; 3]) -> Option<DriverRun> {
    let named = |path: &Path| quoted(&path.to_string_lossy().replace('\\', "/"));
    let line = line
        .replace("%O", &named(base))
        .replace("%A", &named(ours))
        .replace("%B", &named(theirs))
        .replace("%P", "incidents/doctor.yaml");
    let alias = format!("alias.asrun-merges=!{line}");
    let output = super::git(ours.parent()?).args(["-c", &alias, "asrun-merges"]).output().ok()?;
    let errors = String::from_utf8_lossy(&output.stderr);
    let complaint = errors.lines().map(str::trim).find(|line| !line.is_empty());
    Some(DriverRun { clean: output.status.success(), complaint: complaint.map(str::to_owned) })
}

/// A text as one word of the shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}
