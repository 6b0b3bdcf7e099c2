//! Tells changes over which somebody saved an old copy of a record from those that a commit took back.

use crate::format::{Document, Reverted, read};

use super::elsewhere::{Asked, Versions};

/// Returns those that git does not explain: no merge is in progress, no commit took the change back, and it is on no other
/// branch. git is only asked if there are any.
pub(super) fn by_old_copy(reverted: Vec<Reverted>, git: &Asked) -> Vec<Reverted> {
    let versions = if reverted.is_empty() { None } else { git.versions() };
    let Some(versions) = versions else { return reverted };
    reverted.into_iter().filter(|reverted| !is_explained(reverted, versions)).collect()
}

fn is_explained(reverted: &Reverted, versions: &Versions) -> bool {
    if versions.merging.is_some() {
        return true;
    }
    let Reverted { list, stands, written, .. } = reverted;
    let document = |text: &String| read(text).ok();
    let head = versions.head.as_ref().and_then(document);
    let here = versions.commits.iter().filter(|commit| commit.is_here);
    let mut commits = here.map(|it| (document(&it.before), it.after.as_ref().and_then(document)));
    if written.is_none() {
        // One commit removed it, and a later one has it again.
        let has = |text: &Option<Document>| {
            let items = text.as_ref().map(|document| document.items(list));
            items.zip(stands.as_ref()).is_some_and(|(items, stands)| items.contains(stands))
        };
        return has(&head) && commits.any(|(before, after)| has(&before) && !has(&after));
    }
    let commits: Vec<_> = commits.collect();
    let refs: Vec<_> = versions.refs.iter().map(|(_, text)| document(text)).collect();
    let is_explained = |key: &&str| {
        let has = |text: &Option<Document>| {
            text.as_ref().is_some_and(|document| reverted.is_written_in(document, key))
        };
        let is_left = || commits.iter().any(|(before, after)| has(before) && !has(after));
        // What is checked out still has it: no commit took it back.
        !has(&head) && (is_left() || refs.iter().any(has))
    };
    reverted.keys().iter().all(is_explained)
}
