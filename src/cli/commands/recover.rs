use clap::Args;

use crate::lang::{help, terminal};
use crate::operations::{RecoverRequest, recover};
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
    let workspace = context.workspace()?;
    let wanted = args.id.as_deref().or(args.record.record.as_deref());
    let record = context.named_or_current(&workspace.project, wanted)?;
    let request = RecoverRequest { forget: args.forget };
    let recovered = recover(&workspace, &record, &request, &context.lock_wait(&args.record))?;
    recovered.saved.iter().for_each(|saved| context.tell_saved(saved));
    for fault in recovered.unlinked {
        context.warn(terminal().unlinked(&Failure::from(fault).message));
    }
    if recovered.entries.is_empty() {
        context.answer(&format!("{}\n", terminal().nothing_missing(&record.id)));
    }
    for entry in &recovered.entries {
        let line = match request.forget {
            true => terminal().forgotten(entry, &record.id),
            false => terminal().recovered(entry, &record.id),
        };
        context.confirm(&escape::terminal(&line));
    }
    Ok(Exit::Done)
}
