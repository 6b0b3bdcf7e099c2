use std::path::PathBuf;

use clap::Args;

use crate::format::RECORD_SCHEMA;

use super::super::context::Context;
use super::super::errors::{Exit, Failure};

/// The JSON Schema of a record, so that editors complete and check it
///
///   asrun schema -o asrun.schema.json
///
/// `asrun init` writes it too. Where asrun.schema.json lies beside incidents/,
/// `asrun new` begins a record with a line that editors with a YAML language
/// server (VS Code, Neovim, …) understand. Without it there is no such line.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(in crate::cli) struct SchemaArgs {
    /// Write it to that file.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub(in crate::cli) fn run(context: &mut Context, args: &SchemaArgs) -> Result<Exit, Failure> {
    let Some(path) = &args.output else {
        context.print(RECORD_SCHEMA);
        return Ok(Exit::Done);
    };
    context.no_rehearsal("schema")?;
    crate::store::write_output(&context.folder.join(path), RECORD_SCHEMA.as_bytes())?;
    context.confirm(&format!("wrote {}\n", path.display()));
    Ok(Exit::Done)
}
