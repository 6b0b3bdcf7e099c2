use std::path::PathBuf;

use clap::Args;

use crate::format::RECORD_SCHEMA;
use crate::lang::{help, terminal};

use super::super::context::Context;
use super::super::errors::{Exit, Failure};

#[derive(Debug, Args)]
#[command(about = help().schema.about, long_about = help().schema.long_about)]
pub(in crate::cli) struct SchemaArgs {
    #[arg(short, long, value_name = "FILE", help = help().schema.output)]
    output: Option<PathBuf>,
}

pub(in crate::cli) fn run(context: &mut Context, args: &SchemaArgs) -> Result<Exit, Failure> {
    let Some(path) = &args.output else {
        context.print(RECORD_SCHEMA);
        return Ok(Exit::Done);
    };
    context.no_rehearsal("schema")?;
    crate::store::write_output(&context.folder.join(path), RECORD_SCHEMA.as_bytes())?;
    context.confirm(&terminal().wrote(path));
    Ok(Exit::Done)
}
