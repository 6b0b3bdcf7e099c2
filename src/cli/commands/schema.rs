use std::path::PathBuf;

use clap::Args;

use crate::console::{Context, Exit, Failure};
use crate::format::RECORD_SCHEMA;
use crate::lang::{help, terminal};
use crate::store::{Claim, Origin, Project};

#[derive(Debug, Args)]
#[command(about = help().schema.about, long_about = help().schema.long_about)]
pub(in crate::cli) struct SchemaArgs {
    #[arg(short, long, value_name = "FILE", help = help().schema.output)]
    output: Option<PathBuf>,
    #[arg(long, help = help().force)]
    force: bool,
}

pub(in crate::cli) fn run(context: &mut Context, args: &SchemaArgs) -> Result<Exit, Failure> {
    let Some(path) = &args.output else {
        context.print(RECORD_SCHEMA);
        return Ok(Exit::Done);
    };
    context.refuse_dry_run("schema")?;
    let project = Project::find_without_settings(&context.folder).ok();
    let origin = Origin::default();
    let file = (path.clone(), RECORD_SCHEMA.as_bytes().to_vec());
    context.write_outputs(project.as_ref(), vec![file], &origin, Claim::Whole, args.force)?;
    context.confirm(&terminal().wrote(path));
    Ok(Exit::Done)
}
