use clap::Args;

use crate::console::{Context, Exit, Failure, WantedRecord, undone};
use crate::lang::{help, terminal};
use crate::operations::merge_records;

use super::super::args::ChangeArgs;

#[derive(Debug, Args)]
#[command(about = help().merge.about, long_about = help().merge.long_about)]
pub(in crate::cli) struct MergeArgs {
    #[arg(value_name = "INTO", help = help().merge.into)]
    record: String,
    #[arg(value_name = "FROM", help = help().merge.from)]
    from: String,
    #[command(flatten)]
    change: ChangeArgs,
}

pub(in crate::cli) fn run(context: &mut Context, args: &MergeArgs) -> Result<Exit, Failure> {
    let target = context.target(WantedRecord::named(&args.record, args.change.wait))?;
    let from = target.workspace.project.select(&args.from)?;
    let merged = merge_records(&target, &from)?;
    let (into, from) = (&target.record.id, &from.id);
    let told = match context.dry_run {
        true => terminal().would_merge(from, into, merged.added, merged.same),
        false => terminal().merged(from, into, merged.added, merged.same),
    };
    context.confirm_change_of([&merged.saved], &told, &format!("asrun undo -r {from}"));
    if !merged.renamed.is_empty() {
        context.note(&terminal().files_renamed(&merged.renamed));
    }
    if !merged.internal.is_empty() {
        context.note(&terminal().kept_internal(&merged.internal));
    }
    for (key, here, there) in &merged.differ {
        context.note(&terminal().key_stays(key, here.as_ref(), there.as_ref()));
    }
    if let Some(led) = &merged.states.severity_led {
        context.note(&terminal().severity_led(led, into));
    }
    context.tell_severity(&merged.saved, into);
    let zone = target.zone(&merged.saved.after.incident);
    for doubt in &merged.states.doubts {
        let undo = context.undo_of(&target.workspace.project, into);
        context.warn(terminal().doubt(doubt, zone, &undo));
    }
    if !merged.left_out.is_empty() {
        let path = target.workspace.project.file_of(from);
        context.note(&terminal().comments_left_out(&path, &merged.left_out, !context.dry_run));
    }
    undone::tell_odd(context, &target.workspace.project, from, &merged.copies);
    if !merged.published.is_empty() {
        let paths = undone::typed_paths(&merged.published);
        context.note(&terminal().still_published(from, &paths));
    }
    if merged.is_chosen {
        context.note_done(&terminal().chosen(into));
    }
    context.note_whole(&target.workspace.project, from);
    context.tell_saved(&merged.saved);
    Ok(Exit::Done)
}
