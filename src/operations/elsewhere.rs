//! Finds out what became of entries that a record lacks: they are lost, or git has them elsewhere, or a merge or a commit
//! took them out, perhaps to another record.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::path::{Path, PathBuf};

use crate::fault::{HeldIn, StoreFault};
use crate::format::{ATTACHMENTS, Document, Journal, Missing, is_opened, read};
use crate::merge::merge;
use crate::store::{Project, RecordName};

/// A line of a file: the file, the number of the line from 1, and its text.
pub type FoundLine = (PathBuf, usize, String);

/// What git has of records.
pub trait Repository: Sync {
    /// Returns the versions of a record's file; `None` outside a repository.
    fn versions(&self, file: &Path) -> Option<Versions>;

    /// Returns what the commit that is checked out has of records' files in a folder; `None` outside a repository.
    fn committed(&self, folder: &Path, files: &[PathBuf]) -> Option<Committed>;

    /// Returns the lines with one of these texts in text files below a folder that git has or would not ignore.
    fn lines_with(&self, _folder: &Path, _texts: &[String]) -> Vec<FoundLine> {
        Vec::new()
    }
}

impl fmt::Debug for dyn Repository {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Repository")
    }
}

/// Only the versions of files.
impl<F: Fn(&Path) -> Option<Versions> + Sync> Repository for F {
    fn versions(&self, file: &Path) -> Option<Versions> {
        self(file)
    }

    fn committed(&self, _: &Path, _: &[PathBuf]) -> Option<Committed> {
        None
    }
}

/// What the commit that is checked out has of records.
#[derive(Debug, Default)]
pub struct Committed {
    /// The texts of their files.
    pub texts: HashMap<PathBuf, String>,
    /// Files that it does not have, and that a commit removed.
    pub removed: HashSet<PathBuf>,
}

/// What git has of records.
pub(super) type AskGit<'a> = &'a dyn Repository;

/// The versions of a record's file in git, outside the work tree.
#[derive(Debug, Default)]
pub struct Versions {
    /// In the checked-out commit; `None` if the file is not in it.
    pub head: Option<String>,
    /// In the other side of what git is merging into it, and in the common ancestor of both.
    pub merging: Option<(String, Option<String>)>,
    /// In branches, tags and stashes that the checked-out commit does not contain, by name.
    pub refs: Vec<(String, String)>,
    /// Commits that changed it: first those that the checked-out commit contains.
    pub commits: Vec<FileCommit>,
    /// The latest merges that the checked-out commit contains and that changed it.
    pub merges: Vec<FileMerge>,
    /// If it is not in the checked-out commit, the other records that the commit which removed it changed or added.
    pub heirs: Vec<FileHeir>,
}

/// A record that was changed or added by the commit that removed another one.
#[derive(Debug)]
pub struct FileHeir {
    /// Its id.
    pub id: String,
    /// The file before that commit; `None` if it was added.
    pub before: Option<String>,
    /// The file after it.
    pub after: String,
}

impl Versions {
    /// Returns the texts of the file.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        let merging = self.merging.iter().flat_map(|(theirs, base)| [Some(theirs), base.as_ref()]);
        let refs = self.refs.iter().map(|(_, text)| Some(text));
        let commits = self.commits.iter().flat_map(|it| [Some(&it.before), it.after.as_ref()]);
        let merges =
            self.merges.iter().flat_map(|it| it.sides.iter().map(Some).chain([it.after.as_ref()]));
        let all = [self.head.as_ref()].into_iter().chain(merging).chain(refs);
        all.chain(commits).chain(merges).flatten().map(String::as_str)
    }
}

/// What git has of a record's file, which is asked once, and only if that matters.
pub(super) struct Asked<'a> {
    file: &'a Path,
    git: AskGit<'a>,
    versions: OnceCell<Option<Versions>>,
}

impl<'a> Asked<'a> {
    pub(super) fn of(file: &'a Path, git: AskGit<'a>) -> Asked<'a> {
        Asked { file, git, versions: OnceCell::new() }
    }

    pub(super) fn versions(&self) -> Option<&Versions> {
        self.versions.get_or_init(|| self.git.versions(self.file)).as_ref()
    }
}

/// A commit that changed a record's file.
#[derive(Debug)]
pub struct FileCommit {
    /// Its name.
    pub name: String,
    /// The file before it.
    pub before: String,
    /// The file after it; `None` if it removed the file.
    pub after: Option<String>,
    /// Whether the checked-out commit contains it.
    pub is_here: bool,
}

/// A merge that changed a record's file.
#[derive(Debug)]
pub struct FileMerge {
    /// Its name.
    pub name: String,
    /// The file in the common ancestor, in ours and in theirs.
    pub sides: [String; 3],
    /// The file after it; `None` if it removed the file.
    pub after: Option<String>,
}

/// An entry that a record lacks.
#[derive(Debug)]
pub(super) struct Gone {
    /// The entry.
    pub missing: Missing,
    /// What became of it.
    pub fate: Fate,
    /// Where it is, or what removed it; for a lost one, a commit of another branch that removed it there.
    pub held: Option<HeldIn>,
}

/// What became of an entry that a record lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// Nothing that git knows of took it out.
    Lost,
    /// A commit took it out, or only another branch has it.
    Elsewhere,
    /// What git is merging leaves it out: the other side removed it, or was chosen in a conflict.
    LeftOut,
    /// The same, which was noted.
    Noted,
}

/// Returns the entries that a record lacks, by its journal, with what became of each. git is only asked if there are any.
///
/// # Errors
/// The folder of records cannot be read.
pub(super) fn gone_from(
    (project, record): (&Project, &RecordName),
    document: &Document,
    (journal, mut missing): (&Journal, Vec<Missing>),
    git: &Asked,
) -> Result<Vec<Gone>, StoreFault> {
    let unknown = missing.len();
    missing.extend(journal.left_out(document));
    let found = found_elsewhere(&missing, Some(document), git);
    let gone = missing.into_iter().zip(found).enumerate();
    let gone = gone.filter_map(|(at, (missing, (due, held)))| {
        let is_noted = at >= unknown;
        let fate = match due {
            Due::Here => Fate::Lost,
            Due::LeftOut if is_noted => Fate::Noted,
            Due::LeftOut => Fate::LeftOut,
            // The merge that left it out is over.
            Due::Elsewhere if is_noted => return None,
            Due::Elsewhere if held.is_some() => Fate::Elsewhere,
            Due::Elsewhere => Fate::Lost,
        };
        Some(Gone { missing, fate, held })
    });
    let mut gone: Vec<Gone> = gone.collect();
    find_in_other_records(project, record, &mut gone)?;
    Ok(gone)
}

/// Names the record that has an entry now instead of the commit or the merge that took it out; unreadable records are
/// skipped.
fn find_in_other_records(
    project: &Project,
    record: &RecordName,
    gone: &mut [Gone],
) -> Result<(), StoreFault> {
    let was_taken = |gone: &&mut Gone| {
        let taken = matches!(gone.held, Some(HeldIn::Commit(_) | HeldIn::Merge));
        // Files of the same name are in many records.
        taken && gone.fate != Fate::Noted && gone.missing.list != ATTACHMENTS
    };
    let mut sought: Vec<&mut Gone> = gone.iter_mut().filter(was_taken).collect();
    if sought.is_empty() {
        return Ok(());
    }
    for other in project.list()?.records.iter().filter(|other| other.path != record.path) {
        let Ok(loaded) = project.load(other) else { continue };
        sought.retain_mut(|gone| {
            let likes = gone.missing.likes_in(&loaded.document);
            let is_public = likes.iter().any(|like| is_opened(&gone.missing.item, like));
            if likes.is_empty() {
                return true;
            }
            let id = other.id.clone();
            gone.held = Some(if is_public { HeldIn::Opened(id) } else { HeldIn::Record(id) });
            if gone.fate == Fate::Lost {
                gone.fate = Fate::Elsewhere;
            }
            false
        });
        if sought.is_empty() {
            break;
        }
    }
    Ok(())
}

/// Returns where each entry of a missing record's file is, by what git has of it.
pub(super) fn held_elsewhere(lost: &[Missing], file: &Path, git: AskGit) -> Vec<Option<HeldIn>> {
    let found = found_elsewhere(lost, None, &Asked::of(file, git)).into_iter();
    found.map(|(due, held)| held.filter(|_| due != Due::Here)).collect()
}

fn found_elsewhere(
    lost: &[Missing],
    here: Option<&Document>,
    git: &Asked,
) -> Vec<(Due, Option<HeldIn>)> {
    let versions = if lost.is_empty() { None } else { git.versions() };
    match versions {
        Some(versions) => elsewhere(lost, here, versions),
        None => vec![(Due::Elsewhere, None); lost.len()],
    }
}

/// Returns whether each of the missing entries should be in the record, and where it is: a commit that is checked out and
/// removed it is named before branches that have it, and these before commits of other branches that removed it. Of
/// what should be in the record, only the latter are named.
fn elsewhere(
    lost: &[Missing],
    here: Option<&Document>,
    versions: &Versions,
) -> Vec<(Due, Option<HeldIn>)> {
    let now = here.map_or_else(|| vec![0; lost.len()], |document| counts(lost, document));
    let in_text = |text: &str| read(text).ok().map(|document| counts(lost, &document));
    let in_file =
        |text: Option<&String>| text.map_or(Some(vec![0; lost.len()]), |text| in_text(text));
    let due = due(lost, &now, versions, &in_file);
    let (own, others): (Vec<_>, Vec<_>) =
        versions.commits.iter().partition(|commit| commit.is_here);
    let of_commit = |commit: &FileCommit| {
        let place = HeldIn::Commit(commit.name.clone());
        (place, in_text(&commit.before), in_file(commit.after.as_ref()))
    };
    let refs = versions
        .refs
        .iter()
        .map(|(name, text)| (HeldIn::Ref(name.clone()), in_text(text), Some(now.clone())));
    let is_any_away = due.iter().any(|due| *due != Due::Here);
    let of_merge = |merge: &FileMerge| {
        let (has, lacks) = around(lost, merge).unzip();
        (HeldIn::Commit(merge.name.clone()), has, lacks)
    };
    let own = own.into_iter().filter(|_| is_any_away).map(of_commit);
    let merges = versions.merges.iter().filter(|_| is_any_away).map(of_merge);
    let own = own.chain(merges).chain(refs).map(|place| (place, false));
    let places = own.chain(others.into_iter().map(of_commit).map(|place| (place, true)));
    let left_out = |due: &Due| (*due == Due::LeftOut).then_some(HeldIn::Merge);
    let mut held: Vec<Option<HeldIn>> = due.iter().map(left_out).collect();
    for ((place, has, lacks), of_others) in places {
        let Some((has, lacks)) = has.zip(lacks) else { continue };
        let is_it = |at: usize| (of_others || due[at] != Due::Here) && has[at] > lacks[at];
        for at in (0..lost.len()).filter(|at| is_it(*at)) {
            held[at].get_or_insert_with(|| place.clone());
        }
        if held.iter().all(Option::is_some) {
            break;
        }
    }
    due.into_iter().zip(held).collect()
}

/// Returns how many entries of a text match each of these.
fn counts(items: &[Missing], document: &Document) -> Vec<usize> {
    items.iter().map(|item| item.count_in(document)).collect()
}

/// Whether a missing entry should be in the record.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Due {
    /// The checked-out commit has it, or the result of the merge in progress.
    Here,
    /// A side of the merge in progress has it, but not its result: the other side removed it or was chosen in a conflict.
    LeftOut,
    /// Neither.
    Elsewhere,
}

/// Returns whether each entry should be in the record.
fn due(
    lost: &[Missing],
    now: &[usize],
    versions: &Versions,
    in_file: &dyn Fn(Option<&String>) -> Option<Vec<usize>>,
) -> Vec<Due> {
    let none = || vec![0; lost.len()];
    let head = in_file(versions.head.as_ref()).unwrap_or_else(none);
    let (theirs, base) = match &versions.merging {
        None => (head.clone(), head.clone()),
        Some((theirs, base)) => (
            in_file(Some(theirs)).unwrap_or_else(none),
            in_file(base.as_ref()).unwrap_or_else(none),
        ),
    };
    // What either side added, without what either side removed.
    let by_number = || (0..lost.len()).map(|at| (head[at] + theirs[at]).saturating_sub(base[at]));
    let result = in_merge(lost, versions).unwrap_or_else(|| by_number().collect());
    let due = |at: usize| match () {
        () if result[at] > now[at] => Due::Here,
        () if versions.merging.is_some() && head[at].max(theirs[at]) > now[at] => Due::LeftOut,
        () => Due::Elsewhere,
    };
    (0..lost.len()).map(due).collect()
}

/// Returns how many of each entry the merge in progress has outside its conflicts, in which a person chooses; `None` if
/// there is no merge, or it cannot be repeated entry by entry.
fn in_merge(lost: &[Missing], versions: &Versions) -> Option<Vec<usize>> {
    let (theirs, base) = versions.merging.as_ref()?;
    let base = base.clone().unwrap_or_default();
    outside_conflicts(lost, &[base, versions.head.clone()?, theirs.clone()])
}

/// Returns how many of each entry a side of a merge had, and how many are left after it. What the sides give outside their
/// conflicts counts as left: only in these does a person choose.
fn around(lost: &[Missing], merge: &FileMerge) -> Option<(Vec<usize>, Vec<usize>)> {
    let in_text = |text: &str| read(text).ok().map(|document| counts(lost, &document));
    let most = |one: Vec<usize>, two: Vec<usize>| -> Vec<usize> {
        one.into_iter().zip(two).map(|(one, two)| one.max(two)).collect()
    };
    let [_, ours, theirs] = &merge.sides;
    let after = merge.after.as_ref().map_or(Some(vec![0; lost.len()]), |text| in_text(text))?;
    let settled = outside_conflicts(lost, &merge.sides)?;
    Some((most(in_text(ours)?, in_text(theirs)?), most(settled, after)))
}

/// Returns how many of each entry base, ours and theirs give outside their conflicts; `None` if they cannot be merged
/// entry by entry.
fn outside_conflicts(lost: &[Missing], [base, ours, theirs]: &[String; 3]) -> Option<Vec<usize>> {
    let merged = merge(base, ours, theirs).ok()?;
    Some(counts(lost, &read(&merged.settled).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::Value;

    const HEAD: &str = "title: t\ntimezone: Asia/Seoul\nevents:\n";

    fn event(time: &str, text: &str) -> String {
        format!("  - at: 2024-09-07T{time}+09:00\n    text: {text}\n")
    }

    fn record(events: &[String]) -> String {
        format!("{HEAD}{}", events.concat())
    }

    fn missing(time: &str, text: &str) -> Missing {
        let keys = [("at", format!("2024-09-07T{time}+09:00")), ("text", text.to_owned())];
        let keys = keys.map(|(key, value)| (key.to_owned(), Value::text(value)));
        Missing::item("events", Value::Map(keys.into()))
    }

    #[test]
    fn what_a_merge_leaves_out_on_purpose_is_not_lost() {
        let (one, two) = (event("18:00", "one"), event("18:10", "two"));
        let ours = event("18:20", "from us");
        let rewritten = [event("18:10", "two as we saw it"), event("18:10", "they saw another")];
        let base = record(&[one.clone(), two.clone()]);
        let held = |lost: Missing, head: &[String], theirs: &[String], here: &[String]| {
            let versions = Versions {
                head: Some(record(head)),
                merging: Some((record(theirs), Some(base.clone()))),
                ..Versions::default()
            };
            let here = read(&record(here)).unwrap();
            elsewhere(&[lost], Some(&here), &versions).remove(0).1
        };
        let both = [one.clone(), two.clone()];
        // They removed what we left alone.
        let removed = [one.clone()];
        assert_eq!(held(missing("18:10", "two"), &both, &removed, &removed), Some(HeldIn::Merge));
        // Both rewrote one event, and theirs was chosen.
        let [mine, other] = rewritten.map(|other| [one.clone(), other]);
        let lost = missing("18:10", "two as we saw it");
        assert_eq!(held(lost, &mine, &other, &other), Some(HeldIn::Merge));
        // Both added events, and all of theirs was chosen: ours is lost.
        let [added, theirs] =
            [ours, event("18:30", "from them")].map(|new| [one.clone(), two.clone(), new]);
        assert_eq!(held(missing("18:20", "from us"), &added, &theirs, &theirs), None);
    }

    /// Returns whether the record should have the entry, and where it is.
    fn found(lost: Missing, here: &[String], versions: &Versions) -> (bool, Option<HeldIn>) {
        let here = read(&record(here)).unwrap();
        let (due, held) = elsewhere(&[lost], Some(&here), versions).remove(0);
        (due == Due::Here, held)
    }

    #[test]
    fn a_commit_of_another_branch_is_named_of_what_should_be_here() {
        let both = [event("18:00", "one"), event("18:10", "two")];
        let removed = |is_here: bool| FileCommit {
            name: "c".to_owned(),
            before: record(&both),
            after: Some(record(&both[..1])),
            is_here,
        };
        let held = Some(HeldIn::Commit("c".to_owned()));
        for (head, is_here, expected) in [
            (Some(record(&both)), false, (true, held.clone())),
            (Some(record(&both)), true, (true, None)),
            (Some(record(&both[..1])), true, (false, held.clone())),
            (None, false, (false, held)),
        ] {
            let commits = vec![removed(is_here)];
            let versions = Versions { head, commits, ..Versions::default() };
            assert_eq!(found(missing("18:10", "two"), &both[..1], &versions), expected);
        }
    }

    #[test]
    fn a_second_copy_is_not_due_where_the_commit_has_one() {
        let one = [event("18:00", "one")];
        let versions = Versions { head: Some(record(&one)), ..Versions::default() };
        assert_eq!(found(missing("18:00", "one"), &one, &versions), (false, None));
    }

    /// Only in a conflict does a person choose.
    #[test]
    fn what_a_merge_lost_outside_its_conflicts_was_not_taken_out_by_it() {
        let (one, two) = (event("18:00", "one"), event("18:10", "two"));
        let (base, ours) = (record(std::slice::from_ref(&one)), record(&[one.clone(), two]));
        let merges = vec![FileMerge {
            name: "m".to_owned(),
            sides: [base.clone(), ours, base.clone()],
            after: Some(base.clone()),
        }];
        let versions = Versions { head: Some(base), merges, ..Versions::default() };
        assert_eq!(found(missing("18:10", "two"), &[one], &versions), (false, None));
    }

    #[test]
    fn another_record_is_named_that_has_what_was_taken_out_but_not_for_a_files_name() {
        use super::super::trial::Trial;
        let trial = Trial::of(&record(&[event("18:00", "one")]));
        let project = &trial.target.workspace.project;
        let there = format!("{}attachments: [a.png]\n", record(&[event("18:10", "two")]));
        project.create_record("other", &there).unwrap();
        let internal = {
            let keys =
                [("at", "2024-09-07T18:10+09:00"), ("text", "two"), ("audience", "internal")];
            let keys = keys.map(|(key, value)| (key.to_owned(), Value::text(value)));
            Missing::item("events", Value::Map(keys.into()))
        };
        let commit = HeldIn::Commit("c".to_owned());
        for (missing, fate, held) in [
            (missing("18:10", "two"), Fate::Elsewhere, HeldIn::Record("other".to_owned())),
            (internal, Fate::Elsewhere, HeldIn::Opened("other".to_owned())),
            (missing("18:20", "three"), Fate::Lost, commit.clone()),
            (Missing::item(ATTACHMENTS, Value::text("a.png")), Fate::Lost, commit.clone()),
        ] {
            let mut gone = [Gone { missing, fate: Fate::Lost, held: Some(commit.clone()) }];
            find_in_other_records(project, &trial.target.record, &mut gone).unwrap();
            assert_eq!((gone[0].fate, gone[0].held.as_ref()), (fate, Some(&held)));
        }
    }
}
