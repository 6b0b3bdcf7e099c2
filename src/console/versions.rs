//! Returns what git has of records' files, as operations need it.

use std::path::{Path, PathBuf};

use crate::git;
use crate::operations::{
    Committed, FileCommit, FileHeir, FileMerge, FoundLine, Repository, Versions,
};

/// What git has.
pub struct Git;

impl Repository for Git {
    fn lines_with(&self, folder: &Path, texts: &[String]) -> Vec<FoundLine> {
        git::lines_with(folder, texts)
    }

    fn versions(&self, file: &Path) -> Option<Versions> {
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

    fn committed(&self, folder: &Path, files: &[PathBuf]) -> Option<Committed> {
        let name = |file: &PathBuf| file.file_name()?.to_str().map(str::to_owned);
        let names: Vec<String> = files.iter().filter_map(name).collect();
        let names: Vec<&str> =
            names.iter().map(String::as_str).filter(|name| !name.contains('\n')).collect();
        let git::Committed { texts, removed } = git::committed(folder, &names)?;
        let at = |name: String| folder.join(name);
        let texts = texts.into_iter().map(|(name, text)| (at(name), text)).collect();
        Some(Committed { texts, removed: removed.into_iter().map(at).collect() })
    }
}
