use clap::Args;

use crate::console::{Context, Exit, Failure, milestones};
use crate::lang::help;
use crate::operations::close;

use super::super::milestone::MilestoneArgs;

#[derive(Debug, Args)]
#[command(about = help().close.about, long_about = help().close.long_about)]
pub(in crate::cli) struct CloseArgs {
    #[command(flatten)]
    event: MilestoneArgs,
}

pub(in crate::cli) fn run(context: &mut Context, args: &CloseArgs) -> Result<Exit, Failure> {
    args.event.log_with(context, "close", |context, target, event| {
        let (request, outcome) = close(target, event)?;
        milestones::tell_closed(context, target, &request, outcome)
    })
}
