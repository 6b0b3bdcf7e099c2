use std::time::Duration;

use clap::Args;

use crate::console::{Context, Exit, Failure, WAIT_SECONDS};
use crate::lang::{help, terminal};
use crate::live;
use crate::operations::rehearse;

use super::super::super::args::EitherRecordArgs;

#[derive(Debug, Args)]
#[command(about = help().plan.run.about, long_about = help().plan.run.long_about)]
pub(super) struct RunArgs {
    #[arg(long, help = help().plan.run.rehearse)]
    rehearse: bool,
    #[command(flatten)]
    record: EitherRecordArgs,
    #[arg(long, value_name = "SECONDS", default_value_t = WAIT_SECONDS, help = help().record.wait)]
    wait: u64,
}

pub(super) fn run(context: &mut Context, args: &RunArgs) -> Result<Exit, Failure> {
    let project = context.project()?;
    let mut record = context.named_or_current(&project, args.record.wanted(context)?)?;
    if args.rehearse {
        let made = rehearse(&context.workspace()?, &project.load(&record)?)?;
        context
            .confirm(&terminal().rehearsal_begins(&project.file_of(&made.record.id), &record.id));
        if context.dry_run {
            return Ok(Exit::Done);
        }
        record = made.record;
    }
    live::run_plan(context, &record, Duration::from_secs(args.wait))
}
