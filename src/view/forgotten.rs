//! What was removed for good, and where it still remains.

use serde::Serialize;

/// The answer of `asrun forget`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ForgottenView {
    /// The version of this contract.
    pub view: u32,
    /// Files that it was taken out of, or would be in a rehearsal.
    pub taken_out: Vec<PlaceView>,
    /// Files that hold it and that asrun does not change.
    pub stays_in: Vec<String>,
    /// Whether git could be asked, or there is no repository.
    pub git_asked: bool,
    /// Files that git has with it in what is to be committed next.
    pub git_staged: Vec<String>,
    /// Commits that brought it, the newest first.
    pub git_commits: Vec<String>,
    /// Branches and tags that lead to such a commit.
    pub git_refs: Vec<String>,
    /// Stashes that have it.
    pub git_stashes: Vec<String>,
    /// Objects of git that were not searched, as they are too large or not in this clone.
    pub git_unread: usize,
    /// Whether the clone has only the newest commits: older ones were not searched.
    pub git_shallow: bool,
}

/// A file that something was taken out of.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PlaceView {
    /// Its path, from the project's folder on.
    pub path: String,
    /// How many places.
    pub places: usize,
}
