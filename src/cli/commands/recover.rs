use clap::Args;

use crate::lang::{help, terminal};
use crate::operations::{forget, recover};
use crate::render::escape;

use super::super::args::RecordArgs;
use super::super::context::Context;
use super::super::errors::{Exit, Failure};

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
