//! The merge driver that git runs for records: its command line, and whether it works.

use std::path::Path;

/// Returns the shell command with which git merges records through asrun.
///
/// git takes any failure of it for a conflict and leaves our side whole, without markers; theirs would then be lost
/// with the next `git add`. So if asrun does not merge (it is missing, another program, too old, killed) and left no
/// markers, git merges by lines, which always counts as a conflict: nobody checked the result.
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

/// The result of running a merge command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DriverRun {
    /// Whether it reports no conflict.
    pub clean: bool,
    /// Its first error message.
    pub complaint: Option<String>,
}

/// Runs a merge command as git does, in git's own shell, on the files of base, ours and theirs; `None` if git is not
/// installed.
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

/// Returns a text quoted as one word of the shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}
