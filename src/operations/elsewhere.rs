//! Finds entries that a record lacks but that are not lost: git has them elsewhere, or a commit removed them.

use std::path::Path;

use crate::fault::HeldIn;
use crate::format::{Document, Missing, read};
use crate::merge::merge;

/// Returns what git has of a record's file, if it is in a repository.
pub(super) type AskGit<'a> = &'a (dyn Fn(&Path) -> Option<Versions> + Sync);

/// The versions of a record's file in git, outside the work tree.
#[derive(Debug, Default)]
pub struct Versions {
    /// In the checked-out commit; `None` if the file is not in it.
    pub head: Option<String>,
    /// In the commit that is being merged, and in the common ancestor of both.
    pub merging: Option<(String, Option<String>)>,
    /// In branches, tags and stashes that the checked-out commit does not contain, by name.
    pub refs: Vec<(String, String)>,
    /// Commits that changed it: each name with the content before and after.
    pub commits: Vec<(String, String, Option<String>)>,
}

/// Returns where each of the missing entries of a record's file is, by what git has of it. git is only asked if there are
/// any.
pub(super) fn held_elsewhere(
    lost: &[Missing],
    here: Option<&Document>,
    file: &Path,
    git: AskGit,
) -> Vec<Option<HeldIn>> {
    let versions = if lost.is_empty() { None } else { git(file) };
    match versions {
        Some(versions) => elsewhere(lost, here, &versions),
        None => vec![None; lost.len()],
    }
}

/// Returns where each of the missing entries is; `None` for lost ones, which are in no ref and were removed by no
/// commit, or which the checked-out commit or the merge in progress has, so that none of these removed them.
fn elsewhere(
    lost: &[Missing],
    here: Option<&Document>,
    versions: &Versions,
) -> Vec<Option<HeldIn>> {
    let now = here.map_or_else(|| vec![0; lost.len()], |document| counts(lost, document));
    let in_text = |text: &str| read(text).ok().map(|document| counts(lost, &document));
    let in_file =
        |text: Option<&String>| text.map_or(Some(vec![0; lost.len()]), |text| in_text(text));
    let due = due(lost, &now, versions, &in_file);
    let refs = versions
        .refs
        .iter()
        .map(|(name, text)| (HeldIn::Ref(name.clone()), in_text(text), Some(now.clone())));
    let commits = versions.commits.iter().map(|(name, before, after)| {
        (HeldIn::Commit(name.clone()), in_text(before), in_file(after.as_ref()))
    });
    let left_out = |due: &Due| (*due == Due::LeftOut).then_some(HeldIn::Merge);
    let mut held: Vec<Option<HeldIn>> = due.iter().map(left_out).collect();
    for (place, has, lacks) in refs.chain(commits) {
        let Some((has, lacks)) = has.zip(lacks) else { continue };
        for at in (0..lost.len()).filter(|at| due[*at] != Due::Here && has[*at] > lacks[*at]) {
            held[at].get_or_insert_with(|| place.clone());
        }
        if (0..lost.len()).all(|at| due[at] == Due::Here || held[at].is_some()) {
            break;
        }
    }
    held
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
    let merged = merge(base.as_ref()?, versions.head.as_ref()?, theirs).ok()?;
    let mut in_conflict = false;
    let settled = merged.text.split_inclusive('\n').filter(|line| {
        let was_in = in_conflict;
        in_conflict = !line.starts_with(">>>>>>>") && (in_conflict || line.starts_with("<<<<<<<"));
        !was_in && !in_conflict
    });
    let document = read(&settled.collect::<String>()).ok()?;
    Some(counts(lost, &document))
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
            elsewhere(&[lost], Some(&here), &versions).remove(0)
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
}
