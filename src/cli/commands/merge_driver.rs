use std::path::PathBuf;

use clap::Args;

use crate::console::{Context, Exit, Failure};
use crate::fault::{Doing, StoreFault};
use crate::git;
use crate::lang::{help, terminal};
use crate::operations::merge_files;
use crate::render::escape;
use crate::store::write_output;

#[derive(Debug, Args)]
#[command(about = help().merge_driver.about, long_about = help().merge_driver.long_about)]
pub(in crate::cli) struct MergeDriverArgs {
    #[arg(help = help().merge_driver.base)]
    base: PathBuf,
    #[arg(help = help().merge_driver.ours)]
    ours: PathBuf,
    #[arg(help = help().merge_driver.theirs)]
    theirs: PathBuf,
    #[arg(help = help().merge_driver.path)]
    path: String,
}

pub(in crate::cli) fn run(context: &mut Context, args: &MergeDriverArgs) -> Result<Exit, Failure> {
    let paths = [&args.base, &args.ours, &args.theirs].map(|path| context.folder.join(path));
    let [base, ours, theirs] = paths.each_ref().map(PathBuf::as_path);
    let read = |path| std::fs::read(path).map_err(|e| StoreFault::io(Doing::Read, path, e));
    let texts = [read(base)?, read(ours)?, read(theirs)?];
    let by_lines = || git::merge_file([ours, base, theirs], None);
    let merged = merge_files(texts.each_ref().map(Vec::as_slice), &by_lines);
    write_output(ours, &merged.text)?;
    if let Some(why) = &merged.by_lines {
        context.note(&terminal().merged_by_lines(&args.path, why));
    }
    if merged.is_side_by_side {
        context.note(&terminal().unmerged(&args.path));
    }
    for comment in &merged.left_out {
        context.note(&escape::terminal(&terminal().comment_left_out(&args.path, comment)));
    }
    for conflict in &merged.conflicts {
        context.note(&terminal().merge_conflict(&args.path, conflict));
    }
    // git must only treat it as merged if the result is a valid record.
    if merged.is_clean && !merged.is_readable {
        context.note(&terminal().merged_unreadable(&args.path));
    }
    Ok(if merged.is_clean && merged.is_readable { Exit::Done } else { Exit::Failed })
}
