//! Finds entries that a record lacks but that are not lost: git has them elsewhere, or a commit removed them.

use crate::fault::HeldIn;
use crate::format::{Document, Missing, read};

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

/// Returns where each of the missing entries is; `None` for lost ones, which are in no ref and were removed by no
/// commit, or which the checked-out commit has, so that neither a checkout nor a commit removed them.
pub(super) fn elsewhere(
    lost: &[Missing],
    here: Option<&Document>,
    versions: &Versions,
) -> Vec<Option<HeldIn>> {
    let now = here.map_or_else(|| vec![0; lost.len()], |document| counts(lost, document));
    let in_text = |text: &str| read(text).ok().map(|document| counts(lost, &document));
    let in_file =
        |text: Option<&String>| text.map_or(Some(vec![0; lost.len()]), |text| in_text(text));
    let wanted = must_be_here(lost, &now, versions, &in_file);
    let refs = versions
        .refs
        .iter()
        .map(|(name, text)| (HeldIn::Ref(name.clone()), in_text(text), Some(now.clone())));
    let commits = versions.commits.iter().map(|(name, before, after)| {
        (HeldIn::Commit(name.clone()), in_text(before), in_file(after.as_ref()))
    });
    let mut held: Vec<Option<HeldIn>> = vec![None; lost.len()];
    for (place, has, lacks) in refs.chain(commits) {
        let Some((has, lacks)) = has.zip(lacks) else { continue };
        for at in (0..lost.len()).filter(|at| !wanted[*at] && has[*at] > lacks[*at]) {
            held[at].get_or_insert_with(|| place.clone());
        }
        if (0..lost.len()).all(|at| wanted[at] || held[at].is_some()) {
            break;
        }
    }
    held
}

/// Returns how many entries of a text match each of these.
fn counts(items: &[Missing], document: &Document) -> Vec<usize> {
    items.iter().map(|item| item.count_in(document)).collect()
}

/// Whether each entry is in the checked-out commit, or in the one that is being merged, and was removed by neither side
/// of that merge.
fn must_be_here(
    lost: &[Missing],
    now: &[usize],
    versions: &Versions,
    in_file: &dyn Fn(Option<&String>) -> Option<Vec<usize>>,
) -> Vec<bool> {
    let none = || vec![0; lost.len()];
    let head = in_file(versions.head.as_ref()).unwrap_or_else(none);
    let (theirs, base) = match &versions.merging {
        None => (head.clone(), head.clone()),
        Some((theirs, base)) => (
            in_file(Some(theirs)).unwrap_or_else(none),
            in_file(base.as_ref()).unwrap_or_else(none),
        ),
    };
    (0..lost.len())
        .map(|at| {
            let (head, theirs, base) = (head[at], theirs[at], base[at]);
            // The result of a merge: what either side added, without what either side removed.
            (head + theirs).saturating_sub(base) > now[at]
        })
        .collect()
}
