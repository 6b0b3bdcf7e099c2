//! Reads a history from git: its commits and tags.

use std::path::Path;

use super::git;

/// Fields of a commit: id, the author's date, the committer's, the author, the subject, the parents.
const COMMIT: &str = "--format=tformat:%H%x00%aI%x00%cI%x00%an%x00%s%x00%P%x00";
/// Fields of a tag: name, date, tagger, subject.
const TAG: &str = "--format=%(refname:lstrip=2)%00%(creatordate:iso-strict)%00%(taggername)%00%(contents:subject)%00";

/// Returns the commits and tags of the checked-out history, or up to another commit, without those before some commit:
/// entries ending in a record separator (1E), with fields separated by unit separators (1F), the first of which is
/// `commit` or `tag`.
///
/// # Errors
/// git's message, or that it is missing.
pub fn commits_and_tags(
    folder: &Path,
    since: Option<&str>,
    until: Option<&str>,
) -> Result<String, String> {
    let end = commit(folder, until.unwrap_or("HEAD"))?;
    let start = since.map(|since| commit(folder, since)).transpose()?;
    let range = start.as_ref().map_or(end.clone(), |start| format!("{start}..{end}"));
    let commits =
        asked(folder, &["log", "--no-show-signature", "--no-patch", COMMIT, &range, "--"])?;
    let merged = format!("--merged={end}");
    let mut tags = vec!["for-each-ref", TAG, &merged];
    let not_merged = start.map(|start| format!("--no-merged={start}"));
    tags.extend(not_merged.as_deref());
    tags.push("refs/tags");
    let tags = asked(folder, &tags)?;
    Ok(entries("commit", &commits, 6) + &entries("tag", &tags, 4))
}

/// Returns the id of the commit that a name refers to.
fn commit(folder: &Path, name: &str) -> Result<String, String> {
    let name = format!("{name}^{{commit}}");
    let id = asked(folder, &["rev-parse", "-q", "--verify", "--end-of-options", &name]);
    let id = id.map(|id| id.trim().to_owned())?;
    let is_id = id.len() >= 40 && id.bytes().all(|b| b.is_ascii_hexdigit());
    if is_id { Ok(id) } else { Err(name) }
}

fn asked(folder: &Path, args: &[&str]) -> Result<String, String> {
    let output = git(folder)
        .args(["-c", "i18n.logOutputEncoding=UTF-8"])
        .args(args)
        .output()
        .map_err(|e| format!("cannot run git: {e}"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let says = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Err(if says.is_empty() { args.last().copied().unwrap_or_default().to_owned() } else { says })
}

/// Returns entries with that many fields; separators inside them become spaces.
fn entries(word: &str, told: &str, fields: usize) -> String {
    let plain = |field: &str| field.trim_start_matches('\n').replace(['\u{1e}', '\u{1f}'], " ");
    let all: Vec<String> = told.split('\0').map(plain).collect();
    let whole = all.chunks_exact(fields);
    whole.map(|entry| format!("{word}\u{1f}{}\u{1e}\n", entry.join("\u{1f}"))).collect()
}
