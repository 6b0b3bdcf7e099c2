use clap::Args;

use crate::console::merging::{tell_not_set_up, versions};
use crate::console::{Context, Exit, Failure};
use crate::fault::MergeConflict;
use crate::git;
use crate::lang::{help, terminal};
use crate::operations::{
    Recovered, Resolution, Restore, Target, can_merge, forget, recover, resolve,
};
use crate::render::escape;
use crate::store::Scratch;

use super::super::args::RecordArgs;

#[derive(Debug, Args)]
#[command(about = help().recover.about, long_about = help().recover.long_about)]
pub(in crate::cli) struct RecoverArgs {
    #[arg(help = help().recover.id)]
    id: Option<String>,
    #[arg(long, help = help().recover.all, conflicts_with = "forget")]
    all: bool,
    #[arg(long, help = help().recover.forget)]
    forget: bool,
    #[command(flatten)]
    record: RecordArgs,
}

pub(in crate::cli) fn run(context: &mut Context, args: &RecoverArgs) -> Result<Exit, Failure> {
    let target = context.target_in(context.workspace()?, args.id.as_deref(), &args.record)?;
    let id = &target.record.id;
    let recovered = match args.forget {
        true => forget(&target, &versions)?,
        false => {
            let texts = git::conflicting_sides(&target.record.path);
            let left_out = match context.dry_run {
                true => Vec::new(),
                false => match resolved(context, &target, &texts)? {
                    Some(left_out) => left_out,
                    None => return Ok(Exit::Failed),
                },
            };
            let what = if args.all { Restore::All } else { Restore::Lost };
            let recovered = recover(&target, what, &texts, &versions)?;
            tell_left_out(context, &target, &recovered, &left_out);
            recovered
        }
    };
    recovered.saved.iter().for_each(|saved| context.tell_saved(saved));
    for fault in recovered.unlinked {
        context.warn(terminal().unlinked(&Failure::from(fault).message));
    }
    for entry in &recovered.confirmed {
        context.confirm(&escape::terminal(&terminal().confirmed(entry, id)));
    }
    let is_told = !(recovered.left_out.is_empty() && recovered.confirmed.is_empty());
    if recovered.entries.is_empty() && !is_told {
        context.answer(&format!("{}\n", terminal().nothing_missing(id)));
    }
    for entry in &recovered.entries {
        let line = match args.forget {
            true => terminal().forgotten(entry, id),
            false => terminal().recovered(entry, id),
        };
        context.confirm(&escape::terminal(&line));
    }
    for held in &recovered.removed_by {
        context.note(&escape::terminal(&terminal().recovered_although(held, id)));
    }
    for (entry, held) in &recovered.left_out {
        context.note(&escape::terminal(&terminal().not_recovered(entry, held)));
    }
    if !recovered.left_out.is_empty() && !args.forget {
        context.hint(&terminal().to_restore_all(id));
    }
    Ok(Exit::Done)
}

/// Reports comments of deleted entries, except those that came back with their entry.
fn tell_left_out(context: &Context, target: &Target, recovered: &Recovered, left_out: &[String]) {
    let path = target.workspace.project.file_of(&target.record.id);
    let text = recovered.saved.as_ref().map_or("", |saved| saved.after.text());
    for comment in left_out.iter().filter(|comment| !text.contains(comment.as_str())) {
        context.note(&escape::terminal(&terminal().comment_left_out(&path, comment)));
    }
}

/// Merges the conflicts that git left; returns the comments that this left out, or `None` if a person must decide.
fn resolved(
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
            return Ok(tell(context, target, &conflicts).then_some(left_out));
        }
    }
    let path = &target.record.path;
    // The texts of git's index come first.
    let again = texts.first().is_some_and(can_merge) && git::is_unmerged(path);
    let file = project.file_of(&target.record.id);
    Err(Failure::new(terminal().conflict_edited(&file, &target.record.id, again)))
}

/// Reports how a conflict was merged; returns whether nothing is left to be decided.
fn tell(context: &mut Context, target: &Target, conflicts: &[MergeConflict]) -> bool {
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
