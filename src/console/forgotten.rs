//! Reports what `asrun forget` removed, and what git still has.

use std::path::Path;

use crate::git;
use crate::lang::terminal;
use crate::operations::{Forgotten, Stays, StaysWhy};
use crate::render::escape;
use crate::store::{Project, TEMPLATES};
use crate::view::{ForgottenView, PlaceView};

use super::Context;

/// What git still has; `None` outside a repository.
pub type Held = Result<Option<git::Holding>, String>;

/// Searches the project's repository for what was forgotten.
pub fn held_by_git(project: &Project, forgotten: &Forgotten) -> Held {
    if !project.records_folder().is_dir() {
        return Ok(None);
    }
    let mut paths: Vec<String> =
        project.other_files().iter().map(|path| project.told_path(path)).collect();
    // Whole folders, so that deleted files are found too.
    let folders = [project.records(), TEMPLATES];
    paths.retain(|path| !folders.iter().any(|folder| Path::new(path).starts_with(folder)));
    paths.extend(folders.map(str::to_owned));
    git::holding(project.root(), &paths, &|bytes| forgotten.is_in_bytes(bytes))
}

/// Returns the files that it was removed from, with the number of places.
#[must_use]
pub fn places(forgotten: &Forgotten) -> Vec<(String, usize)> {
    forgotten.taken.iter().map(|taken| (taken.path.clone(), taken.places)).collect()
}

/// Reports where it was removed, where it remains and why, and what git has.
pub fn tell(context: &mut Context, forgotten: &Forgotten, held: &Held) {
    let in_git = matches!(held, Ok(Some(held)) if !held.is_empty());
    let is_known = !forgotten.stays.iter().any(|stays| matches!(stays.why, StaysWhy::Fault(_)));
    if forgotten.taken.is_empty() && is_known {
        let elsewhere = in_git || !forgotten.stays.is_empty();
        context.warn(terminal().nowhere_to_forget(elsewhere));
    }
    for taken in &forgotten.taken {
        let line = terminal().taken_out(&taken.path, taken.places);
        context.confirm(&escape::terminal(&line));
    }
    for Stays { path, why } in &forgotten.stays {
        context.warn(match why {
            StaysWhy::NotOurs => terminal().stays_in(path),
            StaysWhy::Name => terminal().in_its_name(path),
            StaysWhy::Typed => terminal().typed_just_now(path),
            StaysWhy::Needed => terminal().needed_to_read(path),
            StaysWhy::Fault(fault) => {
                terminal().not_taken_out(path, &terminal().store_fault_in_short(fault))
            }
        });
    }
    match held {
        Ok(Some(held)) if !held.is_empty() => {
            context.warn(terminal().git_holds(
                &held.staged,
                &held.commits,
                &held.refs,
                &held.stashes,
            ));
        }
        Ok(_) => {}
        Err(fault) => context.warn(terminal().git_not_asked(fault)),
    }
    if let Ok(Some(held)) = held.as_ref().map(Option::as_ref) {
        if held.unread > 0 {
            context.warn(terminal().git_unread(held.unread));
        }
        if held.shallow {
            context.warn(terminal().git_shallow());
        }
    }
    if !forgotten.taken.is_empty() && !context.dry_run {
        context.note(terminal().forgotten_for_good());
    }
}

/// Returns the result as data.
#[must_use]
pub fn view(forgotten: &Forgotten, held: &Held) -> ForgottenView {
    let (held, asked) = match held {
        Ok(Some(held)) => (held.clone(), true),
        Ok(None) => (git::Holding::default(), true),
        Err(_) => (git::Holding::default(), false),
    };
    let taken = forgotten.taken.iter();
    ForgottenView {
        view: 1,
        taken_out: taken
            .map(|taken| PlaceView { path: taken.path.clone(), places: taken.places })
            .collect(),
        stays_in: forgotten.stays.iter().map(|stays| stays.path.clone()).collect(),
        git_asked: asked,
        git_staged: held.staged,
        git_commits: held.commits,
        git_refs: held.refs,
        git_stashes: held.stashes,
        git_unread: held.unread,
        git_shallow: held.shallow,
    }
}

/// Whether it is gone everywhere, as far as can be known.
#[must_use]
pub fn is_gone(forgotten: &Forgotten, held: &Held) -> bool {
    let unheld = |held: &git::Holding| held.is_empty() && held.is_all();
    forgotten.stays.is_empty() && matches!(held, Ok(held) if held.as_ref().is_none_or(unheld))
}
