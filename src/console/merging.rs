//! Sets git up to merge records with asrun, and reports where it is not.

use std::path::{Path, PathBuf};

use crate::git;
use crate::lang::terminal;
use crate::operations::{FileCommit, FileMerge, Versions};
use crate::store::Project;

use super::editor::is_on_path;
use super::{Context, Failure};

/// The key of git's configuration with the command that merges records.
pub const DRIVER: &str = "merge.asrun.driver";

/// Sets git up to merge the records of the project in the current folder.
///
/// # Errors
/// The folder is in no repository, or git refuses.
pub fn set_up(context: &mut Context) -> Result<(), Failure> {
    if !git::is_in_repository(&context.folder) {
        return Err(Failure::new(terminal().no_repository()));
    }
    if context.dry_run {
        context.confirm(&terminal().named_to_git(&git::driver_line(program().as_deref())));
        return Ok(());
    }
    let project = Project::find_without_settings(&context.folder)?;
    let added = project.add_attributes()?;
    context.confirm(&terminal().attributes(&project.merge_attributes(), added));
    let driver = git::driver_line(program().as_deref());
    for (key, value) in [("merge.asrun.name", terminal().driver_name()), (DRIVER, driver.as_str())]
    {
        git::configure(&context.folder, key, value)
            .map_err(|why| Failure::new(terminal().git_refused(key, &why)))?;
        context.confirm(&terminal().git_says(key, value));
    }
    if git::configured(&context.folder, "core.quotePath").is_none_or(|says| says != "false") {
        context.hint(terminal().names_as_they_are());
    }
    Ok(())
}

/// Returns the path of asrun for git; `None` if it can be found by name.
fn program() -> Option<PathBuf> {
    std::env::current_exe().ok().filter(|_| !is_on_path("asrun"))
}

/// Returns the versions of a record's file that git has.
pub fn versions(file: &Path) -> Option<Versions> {
    let git::Versions { head, merging, refs, commits, merges } = git::versions(file)?;
    let of_file = |git::FileCommit { name, before, after, is_here }| FileCommit {
        name,
        before,
        after,
        is_here,
    };
    let commits = commits.into_iter().map(of_file).collect();
    let of_merge = |git::FileMerge { name, sides, after }| FileMerge { name, sides, after };
    let merges = merges.into_iter().map(of_merge).collect();
    Some(Versions { head, merging, refs, commits, merges })
}

/// Reports, at most once a day, that git does not merge records in this clone as `.gitattributes` requests.
pub fn tell_unmerged(context: &Context, project: &Project) {
    if !context.is_quiet() && !project.dry_run && project.may_lack_merge(context.now.day()) {
        tell_not_set_up(context, project);
    }
}

/// Reports that git does not merge records in this clone, if so.
pub fn tell_not_set_up(context: &Context, project: &Project) {
    let folder = project.root();
    if git::is_in_repository(folder) && git::configured(folder, DRIVER).is_none() {
        context.note(terminal().not_set_up_to_merge());
    }
}
