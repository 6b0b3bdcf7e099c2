//! Versions of a file in git, outside the work tree.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::Stdio;

use super::{asked, git};

/// Versions of a file in git, outside the work tree.
#[derive(Debug, Default)]
pub struct Versions {
    /// In the commit that is checked out; `None` if it is not there.
    pub head: Option<String>,
    /// In the commit that is being merged, and in their common ancestor.
    pub merging: Option<(String, Option<String>)>,
    /// In every branch, tag and stash not contained in the checked-out commit, by name.
    pub refs: Vec<(String, String)>,
    /// Commits that changed it, newest first: each id with its content before and after.
    pub commits: Vec<(String, String, Option<String>)>,
}

/// The most commits that are searched.
const COMMITS: &str = "-n500";

/// Returns the versions of a file in git, even if it no longer exists; `None` outside a repository.
pub fn versions(file: &Path) -> Option<Versions> {
    let folder = file.parent()?;
    let name = file.file_name()?.to_str()?;
    asked(folder, &["rev-parse", "--git-dir"])?;
    let prefix = prefix(folder);
    let at = |commit: &str| format!("{commit}:{prefix}{name}");
    let head = asked(folder, &["rev-parse", "-q", "--verify", "HEAD"]);
    let other = asked(folder, &["rev-parse", "-q", "--verify", "MERGE_HEAD"]);
    let base = other.as_ref().and_then(|other| asked(folder, &["merge-base", "HEAD", other]));
    let refs = refs(folder, head.is_some());
    let commits = commits(folder, name, head.is_some());
    let mut wanted: Vec<String> =
        [&head, &other, &base].into_iter().flatten().map(|c| at(c)).collect();
    wanted.extend(refs.iter().map(|(_, commit)| at(commit)));
    for commit in &commits {
        wanted.extend([at(commit), at(&format!("{commit}^"))]);
    }
    let texts = texts(folder, &wanted)?;
    let text = |commit: &str| texts.get(&at(commit)).cloned();
    let given = |commit: &Option<String>| commit.as_deref().and_then(text);
    Some(Versions {
        head: given(&head),
        merging: given(&other).map(|theirs| (theirs, given(&base))),
        refs: refs.into_iter().filter_map(|(name, commit)| Some((name, text(&commit)?))).collect(),
        commits: commits
            .into_iter()
            .filter_map(|commit| {
                let before = text(&format!("{commit}^"))?;
                Some((commit[..commit.len().min(10)].to_owned(), before, text(&commit)))
            })
            .collect(),
    })
}

/// Returns the texts that git may have failed to merge into a file: base, ours and theirs. They come from the index,
/// else from a merge, cherry-pick, revert or stash in progress, as a file added with its markers has none in the index,
/// and from the last merge, as it may have been committed like that.
pub fn conflicting_sides(file: &Path) -> Vec<[String; 3]> {
    possible_conflicts(file).unwrap_or_default()
}

/// Whether git's index has both sides of a conflict in a file, and their common ancestor.
pub fn is_unmerged(file: &Path) -> bool {
    let Some((folder, name)) = file.parent().zip(file.file_name().and_then(|name| name.to_str()))
    else {
        return false;
    };
    let stages = asked(folder, &["--literal-pathspecs", "ls-files", "--unmerged", "--", name]);
    stages.is_some_and(|stages| stages.lines().count() == 3)
}

fn possible_conflicts(file: &Path) -> Option<Vec<[String; 3]>> {
    let (folder, name) = (file.parent()?, file.file_name()?.to_str()?);
    asked(folder, &["rev-parse", "--git-dir"])?;
    let prefix = prefix(folder);
    let base = |one: &str, other: &str| asked(folder, &["merge-base", one, other]);
    let mut sides = vec![[":1", ":2", ":3"].map(str::to_owned)];
    let of = |sides: [&str; 3]| sides.map(str::to_owned);
    for (one, other) in [("HEAD", "MERGE_HEAD"), ("HEAD^1", "HEAD^2")] {
        sides.extend(base(one, other).map(|base| of([&base, one, other])));
    }
    sides.push(of(["CHERRY_PICK_HEAD^", "HEAD", "CHERRY_PICK_HEAD"]));
    sides.push(of(["REBASE_HEAD^", "HEAD", "REBASE_HEAD"]));
    sides.push(of(["REVERT_HEAD", "HEAD", "REVERT_HEAD^"]));
    sides.push(of(["stash@{0}^1", "HEAD", "stash@{0}"]));
    let places: Vec<[String; 3]> =
        sides.into_iter().map(|sides| sides.map(|side| format!("{side}:{prefix}{name}"))).collect();
    let texts = texts(folder, &places.concat())?;
    let found = |places: &[String; 3]| {
        let [base, ours, theirs] = places.each_ref().map(|place| texts.get(place).cloned());
        Some([base?, ours?, theirs?])
    };
    Some(places.iter().filter_map(found).collect())
}

/// Returns the path of a folder from the top of its work tree, with a slash at the end; empty at the top and outside a
/// repository.
pub fn prefix(folder: &Path) -> String {
    asked(folder, &["rev-parse", "--show-prefix"]).unwrap_or_default()
}

/// Returns names and commits of branches and tags not contained in the checked-out commit, and of every stash;
/// untracked files of a stash are in a commit of their own.
fn refs(folder: &Path, has_head: bool) -> Vec<(String, String)> {
    let format = "--format=%(refname:short) %(refname)";
    let mut args = vec!["for-each-ref", format];
    args.extend(has_head.then_some("--no-merged=HEAD"));
    let said = asked(folder, &args).unwrap_or_default();
    let named = said.lines().filter_map(|line| line.split_once(' '));
    let named = named.filter(|(_, full)| *full != "refs/stash");
    let mut refs: Vec<(String, String)> =
        named.map(|(short, full)| (short.to_owned(), full.to_owned())).collect();
    let stashes = asked(folder, &["rev-list", "-g", COMMITS, "refs/stash"]).unwrap_or_default();
    for (at, commit) in stashes.lines().enumerate() {
        let name = format!("stash@{{{at}}}");
        refs.extend([(name.clone(), commit.to_owned()), (name, format!("{commit}^3"))]);
    }
    refs
}

/// Returns commits of any branch that changed the file, except merges.
fn commits(folder: &Path, name: &str, has_head: bool) -> Vec<String> {
    let mut args =
        vec!["--literal-pathspecs", "rev-list", "--full-history", "--no-merges", COMMITS];
    args.extend(has_head.then_some("HEAD"));
    args.extend(["--branches", "--tags", "--remotes", "--", name]);
    asked(folder, &args).unwrap_or_default().lines().map(str::to_owned).collect()
}

/// Returns the texts at revisions such as `HEAD:file`, if any; each is read once.
fn texts(folder: &Path, places: &[String]) -> Option<HashMap<String, String>> {
    let checked = batch(folder, "--batch-check", places)?;
    let lines: Vec<String> = checked.lines().map_while(Result::ok).collect();
    let blob = |line: &String| {
        let mut words = line.split(' ');
        let (name, kind) = (words.next()?, words.next()?);
        (kind == "blob").then(|| name.to_owned())
    };
    let blobs: Vec<Option<String>> = lines.iter().map(blob).collect();
    let mut wanted: Vec<String> = blobs.iter().flatten().cloned().collect();
    wanted.sort_unstable();
    wanted.dedup();
    let mut read = batch(folder, "--batch", &wanted)?;
    let mut by_blob: HashMap<String, String> = HashMap::new();
    for name in &wanted {
        let mut head = String::new();
        read.read_line(&mut head).ok()?;
        let size = head.trim_end().rsplit(' ').next()?.parse::<usize>().ok()?;
        let mut bytes = vec![0; size + 1];
        read.read_exact(&mut bytes).ok()?;
        bytes.pop();
        by_blob.extend(String::from_utf8(bytes).ok().map(|text| (name.clone(), text)));
    }
    let pairs = places.iter().zip(blobs);
    Some(
        pairs
            .filter_map(|(place, blob)| Some((place.clone(), by_blob.get(&blob?)?.clone())))
            .collect(),
    )
}

/// Returns the output of `git cat-file` for objects.
fn batch(folder: &Path, how: &str, objects: &[String]) -> Option<impl BufRead + use<>> {
    let mut child = git(folder)
        .args(["cat-file", how])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let (mut input, mut output) = (child.stdin.take()?, child.stdout.take()?);
    let asked = objects.iter().map(|object| format!("{object}\n")).collect::<String>();
    let mut said = Vec::new();
    std::thread::scope(|scope| {
        scope.spawn(move || input.write_all(asked.as_bytes()));
        output.read_to_end(&mut said).ok()
    })?;
    child.wait().ok()?;
    Some(BufReader::new(std::io::Cursor::new(said)))
}
