//! Tells changes over which somebody saved an old copy of a record from those that a commit took back.

use std::path::Path;

use crate::format::{Document, LISTS, Reverted, read};
use crate::yaml::Value;

use super::elsewhere::{AskGit, Versions};

/// Returns those that git does not explain: no merge is in progress, no commit took the change back, and it is on no other
/// branch. git is only asked if there are any.
pub(super) fn by_old_copy(reverted: Vec<Reverted>, file: &Path, git: AskGit) -> Vec<Reverted> {
    let versions = if reverted.is_empty() { None } else { git(file) };
    let Some(versions) = versions else { return reverted };
    reverted.into_iter().filter(|reverted| !is_explained(reverted, &versions)).collect()
}

fn is_explained(Reverted { list, stands, written }: &Reverted, versions: &Versions) -> bool {
    let has = |text: Option<&String>, value: &Value| {
        text.and_then(|text| read(text).ok()).is_some_and(|document| is_in(&document, list, value))
    };
    let is_left = |value: &Value| {
        let mut commits = versions.commits.iter().filter(|commit| commit.is_here);
        commits.any(|it| has(Some(&it.before), value) && !has(it.after.as_ref(), value))
    };
    let is_taken_back = match (written, stands) {
        (Some(written), _) => {
            is_left(written) || versions.refs.iter().any(|(_, text)| has(Some(text), written))
        }
        // One commit removed it, and a later one has it again.
        (None, Some(stands)) => is_left(stands) && has(versions.head.as_ref(), stands),
        (None, None) => false,
    };
    versions.merging.is_some() || is_taken_back
}

fn is_in(document: &Document, list: &str, value: &Value) -> bool {
    match LISTS.contains(&list) {
        true => document.items(list).contains(value),
        false => document.value_named(list).as_ref() == Some(value),
    }
}
