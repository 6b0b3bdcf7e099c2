use std::path::PathBuf;

use clap::{Args, CommandFactory};

use super::super::args::Cli;
use super::super::context::Context;
use super::super::errors::{Exit, Failure};

/// Write the man pages, one a command
///
///   asrun man ~/.local/share/man/man1
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(in crate::cli) struct ManArgs {
    /// The folder they go to, which must be there.
    folder: PathBuf,
}

pub(in crate::cli) fn run(context: &mut Context, args: &ManArgs) -> Result<Exit, Failure> {
    context.no_rehearsal("man")?;
    let folder = context.folder.join(&args.folder);
    if !folder.is_dir() {
        return Err(Failure::new(format!("{} is not a folder", args.folder.display())));
    }
    clap_mangen::generate_to(Cli::command(), &folder)
        .map_err(|fault| Failure::new(format!("cannot write the pages: {fault}")))?;
    context.confirm(&format!("wrote the pages into {}\n", args.folder.display()));
    Ok(Exit::Done)
}
