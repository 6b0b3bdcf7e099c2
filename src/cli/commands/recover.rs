use clap::Args;

use crate::console::merging::tell_not_set_up;
use crate::console::{Context, Exit, Failure};
use crate::fault::MergeConflict;
use crate::git;
use crate::lang::{help, terminal};
use crate::operations::{Target, forget, recover, resolve};
use crate::render::escape;
use crate::store::Scratch;

use super::super::args::RecordArgs;

#[derive(Debug, Args)]
#[command(about = help().recover.about, long_about = help().recover.long_about)]
pub(in crate::cli) struct RecoverArgs {
    #[arg(help = help().recover.id)]
    id: Option<String>,
    #[arg(long, help = help().recover.forget)]
    forget: bool,
    #[command(flatten)]
    record: RecordArgs,
}

pub(in crate::cli) fn run(context: &mut Context, args: &RecoverArgs) -> Result<Exit, Failure> {
    let target = context.target_in(context.workspace()?, args.id.as_deref(), &args.record)?;
    let id = &target.record.id;
    if !args.forget && !context.dry_run && !resolved(context, &target)? {
        return Ok(Exit::Failed);
    }
    let recovered = if args.forget { forget(&target) } else { recover(&target) }?;
    recovered.saved.iter().for_each(|saved| context.tell_saved(saved));
    for fault in recovered.unlinked {
        context.warn(terminal().unlinked(&Failure::from(fault).message));
    }
    if recovered.entries.is_empty() {
        context.answer(&format!("{}\n", terminal().nothing_missing(id)));
    }
    for entry in &recovered.entries {
        let line = match args.forget {
            true => terminal().forgotten(entry, id),
            false => terminal().recovered(entry, id),
        };
        context.confirm(&escape::terminal(&line));
    }
    Ok(Exit::Done)
}

/// Merges the conflicts that git left; returns whether none is left for a person to decide.
fn resolved(context: &mut Context, target: &Target) -> Result<bool, Failure> {
    let mut conflicts = None;
    for sides in git::conflicting_sides(&target.record.path) {
        conflicts = merged(target, &sides)?;
        if conflicts.is_some() {
            break;
        }
    }
    let Some(conflicts) = conflicts else { return Ok(true) };
    tell_not_set_up(context, &target.workspace.project);
    let path = target.workspace.project.file_of(&target.record.id);
    for conflict in &conflicts {
        context.warn(terminal().merge_conflict(&path, conflict));
    }
    if !conflicts.is_empty() {
        context.hint(&terminal().to_settle(&target.record.id));
    } else {
        context.confirm(&escape::terminal(&terminal().conflict_resolved(&path)));
    }
    Ok(conflicts.is_empty())
}

/// Merges these sides, if the record is git's merge of them; returns the conflicts that a person must decide.
fn merged(target: &Target, sides: &[String; 3]) -> Result<Option<Vec<MergeConflict>>, Failure> {
    let files = sides.each_ref().map(|side| Scratch::new(&std::env::temp_dir(), side));
    let [base, ours, theirs] = files;
    let (base, ours, theirs) = (base?, ours?, theirs?);
    let paths = [&ours, &base, &theirs].map(Scratch::path);
    let by_lines = git::CONFLICT_STYLES.iter().filter_map(|style| {
        git::merge_file(paths, *style).and_then(|(text, _)| String::from_utf8(text).ok())
    });
    Ok(resolve(target, sides, &by_lines.collect::<Vec<_>>())?)
}
