use clap::Args;

use crate::console::{Context, Exit, Failure};
use crate::lang::help;
use crate::live;

#[derive(Debug, Args)]
#[command(
    about = help().live.about,
    long_about = help().live.long_about,
    after_long_help = help().live.after,
)]
pub(in crate::cli) struct LiveArgs {
    #[arg(env = "ASRUN_RECORD", help = help().live.record)]
    record: Option<String>,
}

pub(in crate::cli) fn run(context: &mut Context, args: &LiveArgs) -> Result<Exit, Failure> {
    live::run(context, args.record.as_deref())
}
