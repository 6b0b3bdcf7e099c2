//! Sets git up to merge records with asrun, reports where it is not, and merges the conflicts that it left.

use std::path::PathBuf;

use crate::fault::{MergeConflict, StoreFault};
use crate::git;
use crate::lang::terminal;
use crate::operations::{Resolution, Target, can_merge, resolve};
use crate::render::escape;
use crate::store::{Project, Scratch};

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
    let driver = git::driver_line(program().as_deref());
    let mut project = match Project::find_without_settings(&context.folder) {
        // A dry run has not made it.
        Err(StoreFault::NoProject { .. }) if context.dry_run => {
            context.confirm(&terminal().named_to_git(&driver));
            return Ok(());
        }
        found => found?,
    };
    project.dry_run = context.dry_run;
    let added = project.add_attributes()?;
    context.confirm(&terminal().attributes(&project.merge_attributes(), added));
    for (key, value) in [("merge.asrun.name", terminal().driver_name()), (DRIVER, driver.as_str())]
    {
        if !context.dry_run {
            git::configure(&context.folder, key, value)
                .map_err(|why| Failure::new(terminal().git_refused(key, &why)))?;
        }
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

/// Reports after a command that changed a record, as [`tell_unmerged`].
pub fn tell_unmerged_if_changed(context: &Context) {
    if !context.has_saved() {
        return;
    }
    // The change is made and confirmed, so a project that is gone by now is ignored.
    if let Ok(project) = Project::find_without_settings(&context.folder) {
        tell_unmerged(context, &project);
    }
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

/// Merges the conflicts that git left; returns the comments that this left out, or `None` if a person must decide.
///
/// # Errors
/// The conflict was edited, or the record cannot be written.
pub fn resolved(
    context: &mut Context,
    target: &Target,
    texts: &[[String; 3]],
) -> Result<Option<Vec<String>>, Failure> {
    let project = &target.workspace.project;
    if !project.load(&target.record).is_err_and(|fault| fault.is_merge_conflict()) {
        return Ok(Some(Vec::new()));
    }
    for sides in texts {
        let resolution = resolve(target, sides, |is_it| is_gits(sides, is_it))?;
        if let Resolution::Merged { conflicts, left_out } = resolution {
            tell_not_set_up(context, project);
            return Ok(tell_merged(context, target, &conflicts).then_some(left_out));
        }
    }
    let path = &target.record.path;
    // The texts of git's index come first.
    let again = texts.first().is_some_and(can_merge) && git::is_unmerged(path);
    let file = project.file_of(&target.record.id);
    Err(Failure::new(terminal().conflict_edited(&file, &target.record.id, again)))
}

/// Reports how a conflict was merged; returns whether nothing is left to be decided.
fn tell_merged(context: &mut Context, target: &Target, conflicts: &[MergeConflict]) -> bool {
    let id = &target.record.id;
    let path = target.workspace.project.file_of(id);
    for conflict in conflicts {
        context.warn(terminal().merge_conflict(&path, conflict));
    }
    if conflicts.is_empty() {
        context.confirm(&escape::terminal(&terminal().conflict_resolved(&path)));
    } else {
        context.hint(&terminal().to_settle(id));
    }
    conflicts.is_empty()
}

/// Returns whether git's merge of these texts, in one of the forms in which it writes conflicts, is as asked.
fn is_gits(sides: &[String; 3], is_it: &dyn Fn(&str) -> bool) -> Result<bool, Failure> {
    let files = sides.each_ref().map(|side| Scratch::new(&std::env::temp_dir(), side));
    let [base, ours, theirs] = files;
    let (base, ours, theirs) = (base?, ours?, theirs?);
    let paths = [&ours, &base, &theirs].map(Scratch::path);
    let is_gits = |style: &Option<&str>| {
        let merged = git::merge_file(paths, *style).map(|(text, _)| String::from_utf8(text));
        merged.is_some_and(|text| text.is_ok_and(|text| is_it(&text)))
    };
    Ok(git::CONFLICT_STYLES.iter().any(is_gits))
}
