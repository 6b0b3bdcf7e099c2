//! Versions of a file in git, outside the work tree.

use std::collections::{HashMap, HashSet};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::Stdio;

use super::{asked, git};

/// Versions of a file in git, outside the work tree.
#[derive(Debug, Default)]
pub struct Versions {
    /// In the commit that is checked out; `None` if it is not there.
    pub head: Option<String>,
    /// In the other side of what git is merging into it, and in their common ancestor.
    pub merging: Option<(String, Option<String>)>,
    /// In every branch, tag and stash not contained in the checked-out commit, by name.
    pub refs: Vec<(String, String)>,
    /// Commits that changed it: first those that the checked-out commit contains, each group newest first.
    pub commits: Vec<FileCommit>,
    /// The latest merges that the checked-out commit contains and that changed it.
    pub merges: Vec<FileMerge>,
    /// If it is not in the checked-out commit, other files of its folder that the commit which removed it changed or added.
    pub others: Vec<OtherFile>,
}

/// A file that was changed or added by the commit that removed another one.
#[derive(Debug)]
pub struct OtherFile {
    /// Its name.
    pub name: String,
    /// The file before that commit; `None` if it was added.
    pub before: Option<String>,
    /// The file after it.
    pub after: String,
}

/// A commit that changed a file.
#[derive(Debug)]
pub struct FileCommit {
    /// Its abbreviated id.
    pub name: String,
    /// The file before it.
    pub before: String,
    /// The file after it; `None` if it removed the file.
    pub after: Option<String>,
    /// Whether the checked-out commit contains it.
    pub is_here: bool,
}

/// A merge of two commits that changed a file.
#[derive(Debug)]
pub struct FileMerge {
    /// Its abbreviated id.
    pub name: String,
    /// The file in the common ancestor, in ours and in theirs.
    pub sides: [String; 3],
    /// The file after it; `None` if it removed the file.
    pub after: Option<String>,
}

/// The most commits that are searched.
const COMMITS: &str = "-n500";
/// The most merges that are searched.
const MERGES: &str = "-n8";

/// Returns the versions of a file in git, even if it no longer exists; `None` outside a repository.
pub fn versions(file: &Path) -> Option<Versions> {
    let folder = file.parent()?;
    let name = file.file_name()?.to_str()?;
    asked(folder, &["rev-parse", "--git-dir"])?;
    let prefix = prefix(folder);
    let at = |commit: &str| format!("{commit}:{prefix}{name}");
    let has_head = asked(folder, &["rev-parse", "-q", "--verify", "HEAD"]).is_some();
    let merging = in_progress(folder);
    let refs = refs(folder, has_head);
    let commits = commits(folder, name, has_head, &merging);
    let merges = if has_head { merges(folder, name) } else { Vec::new() };
    let mut wanted = vec![at("HEAD"), at(":1"), at(":3")];
    wanted.extend(merging.iter().flat_map(|sides| [at(&sides.base), at(&sides.theirs)]));
    wanted.extend(refs.iter().map(|(_, commit)| at(commit)));
    for (commit, _) in &commits {
        wanted.extend([at(commit), at(&format!("{commit}^"))]);
    }
    for (commit, base) in &merges {
        wanted.extend([at(commit), at(base)]);
        wanted.extend(["^1", "^2"].map(|parent| at(&format!("{commit}{parent}"))));
    }
    let texts = texts(folder, &wanted)?;
    let text = |commit: &str| texts.get(&at(commit)).cloned();
    let is_gone = text("HEAD").is_none();
    let removal = commits
        .iter()
        .filter(|(_, is_here)| *is_here && is_gone)
        .find(|(commit, _)| text(commit).is_none() && text(&format!("{commit}^")).is_some());
    let others = removal.and_then(|(commit, _)| beside(folder, &prefix, commit));
    let sides = |base: &str, theirs: &str| Some((text(theirs)?, text(base)));
    let begun = merging.iter().find_map(|Merging { base, theirs }| sides(base, theirs));
    Some(Versions {
        head: text("HEAD"),
        // What brings a stash back has a name of its own nowhere.
        merging: begun.or_else(|| sides(":1", ":3")),
        refs: refs.into_iter().filter_map(|(name, commit)| Some((name, text(&commit)?))).collect(),
        commits: commits
            .into_iter()
            .filter_map(|(commit, is_here)| {
                let before = text(&format!("{commit}^"))?;
                Some(FileCommit { name: short(&commit), before, after: text(&commit), is_here })
            })
            .collect(),
        merges: merges
            .into_iter()
            .filter_map(|(commit, base)| {
                let [ours, theirs] = ["^1", "^2"].map(|parent| text(&format!("{commit}{parent}")));
                let sides = [text(&base).unwrap_or_default(), ours?, theirs?];
                Some(FileMerge { name: short(&commit), sides, after: text(&commit) })
            })
            .collect(),
        others: others.unwrap_or_default(),
    })
}

/// Files of a folder, as the commit that is checked out has them.
#[derive(Debug, Default)]
pub struct Committed {
    /// Their texts, by name.
    pub texts: HashMap<String, String>,
    /// Those that it does not have, and that a commit removed.
    pub removed: HashSet<String>,
}

/// Returns what the commit that is checked out has of files of a folder; `None` outside a repository.
pub fn committed(folder: &Path, names: &[&str]) -> Option<Committed> {
    let places: Vec<String> = names.iter().map(|name| format!("HEAD:./{name}")).collect();
    let mut found = Committed::default();
    let mut others: Vec<&str> = Vec::new();
    let mut read = batch(folder, "--batch", &places)?;
    for name in names {
        let mut head = String::new();
        read.read_line(&mut head).ok()?;
        match said_blob(&mut read, &head)? {
            Some(text) => _ = found.texts.insert((*name).to_owned(), text),
            None => others.push(name),
        }
    }
    if !others.is_empty() {
        found.removed = removed(folder, &others);
    }
    Some(found)
}

/// Returns those of some files that a commit removed which the checked-out commit contains.
fn removed(folder: &Path, names: &[&str]) -> HashSet<String> {
    /// A command line can only have so many.
    const NAMED: usize = 100;
    let list = ["--literal-pathspecs", "log", "--format=", "--name-only", "-z", "--no-renames"];
    let which =
        ["--no-show-signature", "--full-history", "--diff-filter=D", "--relative", "HEAD", "--"];
    let paths = if names.len() > NAMED { &["."] } else { names };
    let said = asked(folder, &[&list[..], &which, paths].concat()).unwrap_or_default();
    let removed = said.split('\0').filter(|name| names.contains(name));
    removed.map(str::to_owned).collect()
}

/// Returns the text that `git cat-file --batch` says after the line `head`; `None` if there is none.
fn said_blob(read: &mut impl BufRead, head: &str) -> Option<Option<String>> {
    let mut words = head.trim_end().rsplit(' ');
    let (size, kind) = (words.next()?, words.next()?);
    let Ok(size) = size.parse::<usize>() else { return Some(None) };
    let mut bytes = vec![0; size + 1];
    read.read_exact(&mut bytes).ok()?;
    bytes.pop();
    Some(String::from_utf8(bytes).ok().filter(|_| kind == "blob"))
}

/// Returns the files in a folder that a commit changed or added.
fn beside(folder: &Path, prefix: &str, commit: &str) -> Option<Vec<OtherFile>> {
    let list = ["diff-tree", "-r", "-z", "--no-commit-id", "--name-only", "--no-renames"];
    let said = asked(
        folder,
        &[&list[..], &["--diff-filter=AM", "--relative", commit, "--", "."]].concat(),
    )?;
    let names: Vec<&str> =
        said.split('\0').filter(|name| !name.is_empty() && !name.contains('/')).collect();
    let at = |commit: &str, name: &str| format!("{commit}:{prefix}{name}");
    let parent = format!("{commit}^");
    let places: Vec<String> =
        names.iter().flat_map(|name| [at(&parent, name), at(commit, name)]).collect();
    let mut texts = texts(folder, &places)?;
    let other = |name: &&str| {
        let (before, after) = (texts.remove(&at(&parent, name)), texts.remove(&at(commit, name))?);
        Some(OtherFile { name: (*name).to_owned(), before, after })
    };
    Some(names.iter().filter_map(other).collect())
}

/// Returns the abbreviated id of a commit.
fn short(commit: &str) -> String {
    commit[..commit.len().min(10)].to_owned()
}

/// What git is merging into the checked-out commit, by the names of commits.
struct Merging {
    base: String,
    theirs: String,
}

/// Returns what git is merging: a branch, a cherry-picked commit, one that is rebased or reverted, or the squashed ones.
fn in_progress(folder: &Path) -> Vec<Merging> {
    let begun = ["MERGE_HEAD", "CHERRY_PICK_HEAD", "REBASE_HEAD", "REVERT_HEAD"].map(str::to_owned);
    let Some(known) = batch(folder, "--batch-check", &begun) else { return Vec::new() };
    let known = known.lines().map_while(Result::ok).map(|line| line.contains(" commit "));
    let known = begun.into_iter().zip(known).filter(|(_, known)| *known).map(|(name, _)| name);
    let since = |theirs: String| {
        let base = asked(folder, &["merge-base", "HEAD", &theirs])?;
        Some(Merging { base, theirs })
    };
    let merging = known.filter_map(|name| match name.as_str() {
        "MERGE_HEAD" => since(name),
        "REVERT_HEAD" => Some(Merging { theirs: format!("{name}^"), base: name }),
        _ => Some(Merging { base: format!("{name}^"), theirs: name }),
    });
    let mut merging: Vec<Merging> = merging.collect();
    merging.extend(squashed(folder).and_then(since));
    merging
}

/// Returns the newest commit that is being squashed: git keeps them only in the message that it proposes.
fn squashed(folder: &Path) -> Option<String> {
    let own = asked(folder, &["rev-parse", "--absolute-git-dir"])?;
    let search = ["grep", "--no-index", "-h", "-e", "^commit [0-9a-f]*$", "--", "SQUASH_MSG"];
    let found = asked(Path::new(&own), &search)?;
    found.lines().next()?.strip_prefix("commit ").map(str::to_owned)
}

/// Returns the texts that git may have failed to merge into a file: base, ours and theirs. They come from the index,
/// else from a merge, cherry-pick, revert or stash in progress, as a file added with its markers has none in the index,
/// and from the last merge, as it may have been committed like that.
pub fn conflicting_sides(file: &Path) -> Vec<[String; 3]> {
    possible_conflicts(file).unwrap_or_default()
}

/// Whether git's index has both sides of a conflict in a file.
pub fn is_unmerged(file: &Path) -> bool {
    let Some((folder, name)) = file.parent().zip(file.file_name().and_then(|name| name.to_str()))
    else {
        return false;
    };
    let stages = asked(folder, &["--literal-pathspecs", "ls-files", "--unmerged", "--", name]);
    let has = |stage: &str| {
        let sides = stages.iter().flat_map(|stages| stages.lines());
        sides.filter_map(|line| line.split('\t').next()).any(|line| line.ends_with(stage))
    };
    has(" 2") && has(" 3")
}

fn possible_conflicts(file: &Path) -> Option<Vec<[String; 3]>> {
    let (folder, name) = (file.parent()?, file.file_name()?.to_str()?);
    asked(folder, &["rev-parse", "--git-dir"])?;
    let prefix = prefix(folder);
    let base = |one: &str, other: &str| asked(folder, &["merge-base", one, other]);
    let of = |sides: [&str; 3]| sides.map(str::to_owned);
    let mut sides = vec![of([":1", ":2", ":3"])];
    let begun = in_progress(folder).into_iter();
    sides.extend(begun.map(|merging| [merging.base, "HEAD".to_owned(), merging.theirs]));
    sides.extend(base("HEAD^1", "HEAD^2").map(|base| of([&base, "HEAD^1", "HEAD^2"])));
    sides.push(of(["stash@{0}^1", "HEAD", "stash@{0}"]));
    let places: Vec<[String; 3]> =
        sides.into_iter().map(|sides| sides.map(|side| format!("{side}:{prefix}{name}"))).collect();
    let texts = texts(folder, &places.concat())?;
    let found = |places: &[String; 3]| {
        let [base, ours, theirs] = places.each_ref().map(|place| texts.get(place).cloned());
        // Both sides may have added the file.
        Some([base.unwrap_or_default(), ours?, theirs?])
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

/// Returns commits that changed the file, except merges, and whether the checked-out commit contains them; the others
/// are of any branch, of what is being merged, of the branch
/// as it was before, or fetched.
fn commits(folder: &Path, name: &str, has_head: bool, merging: &[Merging]) -> Vec<(String, bool)> {
    let listed = |revisions: &[&str]| -> Vec<String> {
        let mut args =
            vec!["--literal-pathspecs", "rev-list", "--full-history", "--no-merges", COMMITS];
        args.extend(revisions);
        args.extend(["--", name]);
        asked(folder, &args).unwrap_or_default().lines().map(str::to_owned).collect()
    };
    let here = if has_head { listed(&["HEAD"]) } else { Vec::new() };
    let mut others = vec!["--ignore-missing", "--branches", "--tags", "--remotes"];
    others.extend(["ORIG_HEAD", "FETCH_HEAD"]);
    others.extend(merging.iter().map(|merging| merging.theirs.as_str()));
    others.extend(if has_head { &["--not", "HEAD"][..] } else { &[] });
    let here = here.into_iter().map(|commit| (commit, true));
    here.chain(listed(&others).into_iter().map(|commit| (commit, false))).collect()
}

/// Returns the latest merges that the checked-out commit contains and that changed the file, each with the common
/// ancestor of its first two parents.
fn merges(folder: &Path, name: &str) -> Vec<(String, String)> {
    let list = ["--literal-pathspecs", "rev-list", "--full-history", "--merges", MERGES, "HEAD"];
    let found = asked(folder, &[&list[..], &["--", name]].concat()).unwrap_or_default();
    let with_base = |merge: &str| {
        let parents = ["^1", "^2"].map(|parent| format!("{merge}{parent}"));
        let base = asked(folder, &["merge-base", &parents[0], &parents[1]])?;
        Some((merge.to_owned(), base))
    };
    found.lines().filter_map(with_base).collect()
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
        by_blob.extend(said_blob(&mut read, &head)?.map(|text| (name.clone(), text)));
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
