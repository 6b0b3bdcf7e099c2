//! Searches git for a text, without changing anything.

use std::collections::{BTreeSet, HashSet};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::Stdio;

use super::{asked, git};

/// Where git has a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Holding {
    /// Files that have it in the index.
    pub staged: Vec<String>,
    /// Commits that have it, newest first, by abbreviated ids.
    pub commits: Vec<String>,
    /// Branches and tags, remote ones too, that contain such a commit.
    pub refs: Vec<String>,
    /// Stashes that have it.
    pub stashes: Vec<String>,
    /// Objects that are too large to be searched, or missing from this clone.
    pub unread: usize,
    /// Whether this clone has only the newest commits.
    pub shallow: bool,
}

impl Holding {
    /// Whether all that git has was searched.
    pub fn is_all(&self) -> bool {
        self.unread == 0 && !self.shallow
    }

    /// Whether git has it nowhere, as far as could be searched.
    pub fn is_empty(&self) -> bool {
        self.staged.is_empty() && self.commits.is_empty() && self.stashes.is_empty()
    }
}

/// The largest object that is searched, in bytes.
const LIMIT: usize = 64 * 1024 * 1024;

/// Returns where git has something that `is_there` finds, in files at these paths relative to that folder; `None`
/// outside a repository.
///
/// # Errors
/// git's message, if it failed.
pub fn holding(
    folder: &Path,
    paths: &[String],
    is_there: &dyn Fn(&[u8]) -> bool,
) -> Result<Option<Holding>, String> {
    if output_of(folder, &["--version"])?.is_empty()
        || asked(folder, &["rev-parse", "--git-dir"]).is_none()
    {
        return Ok(None);
    }
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let of = |args: &[&str]| output_of(folder, &[&OPTIONS, args, &["--"], &paths].concat());
    let objects = of(&[&["rev-list", "--objects", "--missing=print"], EVERYWHERE].concat())?;
    let staged = of(&["ls-files", "--stage"])?;
    // `mode object stage`, a tab, and the path.
    let staged: Vec<(&str, &str)> = staged
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(about, path)| Some((about.split(' ').nth(1)?, path)))
        .collect();
    // `object path`, or `?object` of one that this clone lacks.
    let name = |line| match str::strip_prefix(line, '?') {
        None => line.split_once(' ').map(|(name, _)| name),
        missing => missing,
    };
    let objects = objects.lines().filter_map(name);
    let objects: BTreeSet<&str> = objects.chain(staged.iter().map(|(name, _)| *name)).collect();
    let shallow = asked(folder, &["rev-parse", "--is-shallow-repository"]);
    let mut held = Holding { shallow: shallow.as_deref() == Some("true"), ..Holding::default() };
    let blobs = held.blobs(folder, &objects, is_there).ok_or("git cat-file failed")?;
    if blobs.is_empty() {
        return Ok(Some(held));
    }
    let stages = staged.iter().filter(|(name, _)| blobs.contains(*name));
    held.staged = stages.map(|(_, path)| (*path).to_owned()).collect();
    let changes = ["log", "--raw", "--no-abbrev", "--no-renames", "-m", "--format=%H"];
    let log = of(&[&changes, EVERYWHERE].concat())?;
    let commits = commits_with(&log, &blobs);
    held.commits = commits.iter().map(|commit| commit[..commit.len().min(10)].to_owned()).collect();
    held.name_refs(folder, &commits)?;
    for (at, stash) in
        output_of(folder, &["rev-list", "-g", "refs/stash"]).unwrap_or_default().lines().enumerate()
    {
        // Untracked files are in a commit of their own.
        let trees = [stash.to_owned(), format!("{stash}^3")];
        let lists = trees.iter().map(|tree| of(&["ls-tree", "-r", tree]).unwrap_or_default());
        let holds = |list: String| {
            list.lines()
                .filter_map(|l| l.split([' ', '\t']).nth(2))
                .any(|name| blobs.contains(name))
        };
        if lists.into_iter().any(holds) {
            held.stashes.push(format!("stash@{{{at}}}"));
        }
    }
    Ok(Some(held))
}

const OPTIONS: [&str; 5] =
    ["--literal-pathspecs", "-c", "core.quotePath=false", "-c", "log.showRoot=true"];
const EVERYWHERE: &[&str] = &["--all", "--reflog", "--full-history"];

/// Returns git's output, as text.
fn output_of(folder: &Path, args: &[&str]) -> Result<String, String> {
    let output = git(folder).args(args).output().map_err(|fault| fault.to_string())?;
    match output.status.success() {
        true => Ok(String::from_utf8_lossy(&output.stdout).into_owned()),
        false => Err(String::from_utf8_lossy(&output.stderr).trim().to_owned()),
    }
}

/// Returns the commits that added one of these objects at a path, newest first; the lines of one commit are together.
fn commits_with<'l>(log: &'l str, blobs: &HashSet<String>) -> Vec<&'l str> {
    let mut commits: Vec<&str> = Vec::new();
    let mut commit = "";
    for line in log.lines() {
        match line.strip_prefix(':') {
            Some(change) => {
                let after = change.split(' ').nth(3).unwrap_or_default();
                if blobs.contains(after) && commits.last() != Some(&commit) {
                    commits.push(commit);
                }
            }
            None if !line.is_empty() => commit = line,
            None => {}
        }
    }
    commits
}

impl Holding {
    /// Returns which of these objects contain it.
    fn blobs(
        &mut self,
        folder: &Path,
        objects: &BTreeSet<&str>,
        is_there: &dyn Fn(&[u8]) -> bool,
    ) -> Option<HashSet<String>> {
        let mut child = git(folder)
            .args(["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let (mut input, output) = (child.stdin.take()?, child.stdout.take()?);
        let wanted: String = objects.iter().map(|name| format!("{name}\n")).collect();
        let mut found = HashSet::new();
        std::thread::scope(|scope| {
            scope.spawn(move || input.write_all(wanted.as_bytes()));
            let mut output = BufReader::new(output);
            let mut head = String::new();
            while output.read_line(&mut head).ok().filter(|length| *length > 0).is_some() {
                let mut words = head.split_whitespace();
                let (name, kind, size) = (words.next()?, words.next()?, words.next());
                // A clone may be missing objects.
                self.unread += usize::from(kind == "missing");
                if let Some(size) = size.and_then(|size| size.parse::<usize>().ok()) {
                    if kind == "blob" && size <= LIMIT {
                        let mut bytes = vec![0; size];
                        output.read_exact(&mut bytes).ok()?;
                        found.extend(is_there(&bytes).then(|| name.to_owned()));
                    } else {
                        self.unread += usize::from(kind == "blob");
                        std::io::copy(&mut (&mut output).take(size as u64), &mut std::io::sink())
                            .ok()?;
                    }
                    output.read_exact(&mut [0]).ok()?;
                }
                head.clear();
            }
            Some(())
        })?;
        child.wait().ok()?;
        Some(found)
    }

    /// Adds the names of branches and tags that contain these commits.
    fn name_refs(&mut self, folder: &Path, commits: &[&str]) -> Result<(), String> {
        // A command line can only have so many; the oldest are the most informative.
        const ASKED: usize = 500;
        let asked = commits.iter().rev().take(ASKED).map(|commit| format!("--contains={commit}"));
        let asked: Vec<String> = asked.collect();
        if asked.is_empty() {
            return Ok(());
        }
        let format = "--format=%(refname:short) %(refname)";
        let mut args = vec!["for-each-ref", format];
        args.extend(asked.iter().map(String::as_str));
        let said = output_of(folder, &args)?;
        let named = said.lines().filter_map(|line| line.split_once(' '));
        let named = named.filter(|(_, full)| *full != "refs/stash");
        self.refs = named.map(|(short, _)| short.to_owned()).collect();
        Ok(())
    }
}
