//! What was removed for good, and where it is still found.

use serde::Serialize;

/// The result of `asrun forget`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ForgottenView {
    /// The version of this contract.
    pub view: u32,
    /// Files from which it was removed, or would be in a dry run.
    pub taken_out: Vec<PlaceView>,
    /// Files that contain it and that asrun does not change.
    pub stays_in: Vec<String>,
    /// Whether git was asked, or there is no repository.
    pub git_asked: bool,
    /// Files that contain it in git's index.
    pub git_staged: Vec<String>,
    /// Commits that added it, newest first.
    pub git_commits: Vec<String>,
    /// Branches and tags that contain such a commit.
    pub git_refs: Vec<String>,
    /// Stashes that contain it.
    pub git_stashes: Vec<String>,
    /// How many of git's objects were not searched, since they are too large or not in this clone.
    pub git_unread: usize,
    /// Whether the clone is shallow: older commits were not searched.
    pub git_shallow: bool,
}

/// A file from which something was removed.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PlaceView {
    /// Its path, relative to the project's folder.
    pub path: String,
    /// How many places were removed.
    pub places: usize,
}
