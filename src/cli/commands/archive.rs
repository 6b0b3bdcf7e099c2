use clap::Args;

use crate::console::{Context, Exit, Failure, WAIT_SECONDS};
use crate::lang::{help, terminal};
use crate::operations::archive;

use super::super::args::RecordArgs;

#[derive(Debug, Args)]
#[command(about = help().archive.about, long_about = help().archive.long_about)]
pub(in crate::cli) struct ArchiveArgs {
    // Named, always, as what is deleted is.
    #[arg(value_name = "RECORD", required = true, help = help().archive.records)]
    records: Vec<String>,
    #[arg(long, help = help().archive.clear)]
    clear: bool,
    #[arg(long, value_name = "SECONDS", default_value_t = WAIT_SECONDS, help = help().record.wait)]
    wait: u64,
}

pub(in crate::cli) fn run(context: &mut Context, args: &ArchiveArgs) -> Result<Exit, Failure> {
    let named = |record: &String| RecordArgs { record: Some(record.clone()), wait: args.wait };
    // A name that means no record is told before anything is written.
    let targets = args.records.iter().map(|record| context.target(&named(record)));
    let targets = targets.collect::<Result<Vec<_>, Failure>>()?;
    for target in &targets {
        let (id, chosen) = (&target.record.id, target.workspace.project.chosen());
        let (saved, was_open) = archive(target, args.clear)?;
        if args.clear {
            context.confirm(&terminal().unarchived(id));
        } else {
            context.confirm(&terminal().archived(id));
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
