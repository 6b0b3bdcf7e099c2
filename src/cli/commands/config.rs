use clap::Args;

use crate::console::{Context, Exit, Failure, settings::layers, settings::rows};
use crate::lang::help;

use super::super::args::FormArgs;
use super::super::records::rows_in;

#[derive(Debug, Args)]
#[command(about = help().config.about, long_about = help().config.long_about)]
pub(in crate::cli) struct ConfigArgs {
    #[command(flatten)]
    form: FormArgs,
}

pub(in crate::cli) fn run(context: &mut Context, args: &ConfigArgs) -> Result<Exit, Failure> {
    let project = context.bare_project()?;
    let layers = layers(&project, &context.environment)?;
    let text = rows_in(context, &args.form, &rows(&layers), &[])?;
    context.print(&text);
    Ok(Exit::Done)
}
