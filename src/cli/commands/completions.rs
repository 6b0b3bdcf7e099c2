use clap::Args;

use crate::console::{Context, Exit, Failure};
use crate::lang::help;

use crate::completion::script;

#[derive(Debug, Args)]
#[command(about = help().completions.about, long_about = help().completions.long_about)]
pub(in crate::cli) struct CompletionsArgs {
    #[arg(help = help().completions.shell)]
    shell: String,
}

pub(in crate::cli) fn run(context: &mut Context, args: &CompletionsArgs) -> Result<Exit, Failure> {
    context.print(&script(&args.shell)?);
    Ok(Exit::Done)
}
