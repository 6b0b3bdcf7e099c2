use clap::Args;

use crate::console::merging::resolved;
use crate::console::versions::Git;
use crate::console::{Context, Exit, Failure};
use crate::git;
use crate::lang::{help, terminal};
use crate::operations::{Recovered, Restore, Target, forget, recover};
use crate::render::escape;

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
        true => forget(&target, &Git)?,
        false => {
            let texts = git::conflicting_sides(&target.record.path);
            let left_out = match context.dry_run {
                true => no_conflict(&target)?,
                false => match resolved(context, &target, &texts)? {
                    Some(left_out) => left_out,
                    None => return Ok(Exit::Failed),
                },
            };
            let what = if args.all { Restore::All } else { Restore::Lost };
            let recovered = recover(&target, what, &texts, &Git)?;
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
    if recovered.is_back {
        context.confirm(&terminal().record_confirmed(id));
    }
    if recovered.is_again {
        context.confirm(&terminal().brought_up_to_date(id));
    }
    let is_told = recovered.is_back
        || recovered.is_again
        || !(recovered.left_out.is_empty() && recovered.confirmed.is_empty());
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

/// Refuses a dry run of what begins with the merging of a conflict.
fn no_conflict(target: &Target) -> Result<Vec<String>, Failure> {
    let Target { workspace, record, .. } = target;
    let project = &workspace.project;
    match project.load(record) {
        Err(fault) if fault.is_merge_conflict() => {
            let path = project.file_of(&record.id);
            Err(Failure::new(terminal().conflict_in_dry_run(&path, &record.id)))
        }
        _ => Ok(Vec::new()),
    }
}
