use clap::Args;

use crate::console::{Context, Exit, Failure, milestones};
use crate::lang::help;
use crate::operations::reopen;

use super::super::milestone::MilestoneArgs;

#[derive(Debug, Args)]
#[command(about = help().reopen.about, long_about = help().reopen.long_about)]
pub(in crate::cli) struct ReopenArgs {
    #[command(flatten)]
    event: MilestoneArgs,
}

pub(in crate::cli) fn run(context: &mut Context, args: &ReopenArgs) -> Result<Exit, Failure> {
    args.event.log_with(context, "reopen", |context, target, event| {
        let (request, outcome) = reopen(target, event)?;
        milestones::tell_reopened(context, target, &request, outcome)
    })
}
