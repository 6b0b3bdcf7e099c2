use clap::Args;

use crate::console::{Context, Exit, Failure};
use crate::lang::{help, terminal};
use crate::live;

#[derive(Debug, Args)]
#[command(
    about = help().live.about,
    long_about = help().live.long_about,
    after_long_help = help().live.after,
)]
pub(in crate::cli) struct LiveArgs {
    #[arg(help = help().live.record)]
    record: Option<String>,
    #[arg(short = 'r', long = "record", value_name = "RECORD", env = "ASRUN_RECORD",
        help = help().record.record)]
    named: Option<String>,
}

pub(in crate::cli) fn run(context: &mut Context, args: &LiveArgs) -> Result<Exit, Failure> {
    let is_typed = std::env::var("ASRUN_RECORD").ok() != args.named;
    if args.record.is_some() && args.named.is_some() && is_typed {
        return Err(Failure::misuse(
            terminal().record_by_itself("asrun live", args.record.as_deref()),
        ));
    }
    live::run(context, args.record.as_deref().or(args.named.as_deref()))
}
