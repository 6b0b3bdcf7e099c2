use clap::Args;

use crate::lang::{help, terminal};

use super::super::context::Context;
use super::super::errors::{Exit, Failure};

#[derive(Debug, Args)]
#[command(about = help().select.about)]
pub(in crate::cli) struct SelectArgs {
    #[arg(help = help().select.record)]
    record: String,
}

pub(in crate::cli) fn run(context: &mut Context, args: &SelectArgs) -> Result<Exit, Failure> {
    let project = context.project()?;
    let record = project.select(&args.record)?;
    project.choose(&record.id)?;
    context.confirm(&terminal().chosen(&record.id));
    Ok(Exit::Done)
}
