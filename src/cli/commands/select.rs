use clap::Args;

use super::super::context::Context;
use super::super::errors::{Exit, Failure};

/// Choose the record that commands mean when none is named
#[derive(Debug, Args)]
pub(in crate::cli) struct SelectArgs {
    /// Its id, any unique part of it, or its version.
    record: String,
}

pub(in crate::cli) fn run(context: &mut Context, args: &SelectArgs) -> Result<Exit, Failure> {
    let project = context.project()?;
    let record = project.select(&args.record)?;
    project.choose(&record.id)?;
    context.confirm(&format!("{} is the current record now\n", record.id));
    Ok(Exit::Done)
}
