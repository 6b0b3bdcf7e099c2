//! Returns what git has of a record's file, as operations need it.

use std::path::Path;

use crate::git;
use crate::operations::{FileCommit, FileHeir, FileMerge, Versions};

/// Returns the versions of a record's file that git has.
pub fn versions(file: &Path) -> Option<Versions> {
    let git::Versions { head, merging, refs, commits, merges, others } = git::versions(file)?;
    let of_file = |git::FileCommit { name, before, after, is_here }| FileCommit {
        name,
        before,
        after,
        is_here,
    };
    let commits = commits.into_iter().map(of_file).collect();
    let of_merge = |git::FileMerge { name, sides, after }| FileMerge { name, sides, after };
    let merges = merges.into_iter().map(of_merge).collect();
    let of_other = |git::OtherFile { name, before, after }| {
        Some(FileHeir { id: name.strip_suffix(".yaml")?.to_owned(), before, after })
    };
    let heirs = others.into_iter().filter_map(of_other).collect();
    Some(Versions { head, merging, refs, commits, merges, heirs })
}
