use std::collections::HashSet;

use clap::Args;

use crate::console::{Context, Exit, Failure, WantedRecord};
use crate::lang::{help, terminal};
use crate::operations::archive;

use super::super::args::ChangeArgs;

#[derive(Debug, Args)]
#[command(about = help().archive.about, long_about = help().archive.long_about)]
pub(in crate::cli) struct ArchiveArgs {
    // Required, as for `delete`.
    #[arg(value_name = "RECORD", required = true, help = help().archive.records)]
    records: Vec<String>,
    #[arg(long, help = help().archive.clear)]
    clear: bool,
    #[command(flatten)]
    change: ChangeArgs,
}

pub(in crate::cli) fn run(context: &mut Context, args: &ArchiveArgs) -> Result<Exit, Failure> {
    // All names are checked before anything is written.
    let wanted = args.records.iter().map(|record| WantedRecord::named(record, args.change.wait));
    let targets = wanted.map(|wanted| context.target(wanted));
    let mut targets = targets.collect::<Result<Vec<_>, Failure>>()?;
    let mut seen = HashSet::new();
    targets.retain(|target| seen.insert(target.record.id.clone()));
    let chosen = targets.first().and_then(|target| target.workspace.project.chosen());
    for (target, (saved, was_open)) in targets.iter().zip(archive(&targets, args.clear)?) {
        let id = &target.record.id;
        if args.clear {
            context.confirm(&terminal().unarchived(id));
            if chosen.is_none() {
                context.hint(&terminal().to_select(id));
            }
        } else {
            let back = format!("asrun archive {id} --clear");
            context.confirm_with_way_back(&terminal().archived(id), &back);
            if was_open {
                context.note(&terminal().archived_open(id));
            }
            if chosen.as_ref() == Some(id) {
                context.note_done(terminal().none_chosen());
            }
        }
        context.tell_saved(&saved);
    }
    Ok(Exit::Done)
}
