use std::path::PathBuf;

use clap::Args;

use crate::console::{Context, Exit, Failure};
use crate::fault::{Doing, MergeFault, StoreFault};
use crate::format::read;
use crate::git;
use crate::lang::{help, terminal};
use crate::merge::{Merged, merge, side_by_side};
use crate::store::write_output;
use crate::yaml::Value;

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
    let read =
        |path: &PathBuf| std::fs::read(path).map_err(|e| StoreFault::io(Doing::Read, path, e));
    let [base, ours, theirs] = &paths;
    let (base, ours, theirs) = (read(base)?, read(ours)?, read(theirs)?);
    let texts = [&base, &ours, &theirs].map(|bytes| std::str::from_utf8(bytes).ok());
    let merged = match texts {
        [Some(base), Some(ours), Some(theirs)] => merge(base, ours, theirs),
        _ => Err(MergeFault::NotUtf8),
    };
    match merged {
        Ok(merged) => entries(context, args, &paths, &merged),
        Err(fault) => lines(context, args, &paths, (&ours, &theirs), &fault),
    }
}

/// Writes what was merged entry by entry.
fn entries(
    context: &Context,
    args: &MergeDriverArgs,
    paths: &[PathBuf; 3],
    merged: &Merged,
) -> Result<Exit, Failure> {
    // Lines keep comments and order best; where they come to the same meaning, they win.
    let by_lines = || {
        let (text, clean) = merge_lines(paths)?;
        String::from_utf8(text).ok().filter(|_| clean)
    };
    let same = |text: &String| means(text).is_some() && means(text) == means(&merged.text);
    let by_lines = merged.conflicts.is_empty().then(by_lines).flatten().filter(same);
    let text = by_lines.as_ref().unwrap_or(&merged.text);
    write_output(&paths[1], text.as_bytes())?;
    for conflict in &merged.conflicts {
        context.note(&terminal().merge_conflict(&args.path, conflict));
    }
    Ok(judged(context, args, merged.conflicts.is_empty(), Some(text)))
}

/// Lets git call it merged only if the result is a record that can be read.
fn judged(context: &Context, args: &MergeDriverArgs, clean: bool, text: Option<&str>) -> Exit {
    let readable = text.is_some_and(|text| read(text).is_ok());
    if clean && !readable {
        context.note(&terminal().merged_unreadable(&args.path));
    }
    if clean && readable { Exit::Done } else { Exit::Failed }
}

/// Merges line by line, as git does; where git cannot, both sides stay whole between markers.
fn lines(
    context: &Context,
    args: &MergeDriverArgs,
    paths: &[PathBuf; 3],
    (ours, theirs): (&[u8], &[u8]),
    why: &MergeFault,
) -> Result<Exit, Failure> {
    context.note(&terminal().merged_by_lines(&args.path, why));
    let (text, clean) = match merge_lines(paths) {
        Some(merged) => merged,
        None => {
            context.note(&terminal().unmerged(&args.path));
            (side_by_side(ours, theirs), false)
        }
    };
    write_output(&paths[1], &text)?;
    Ok(judged(context, args, clean, std::str::from_utf8(&text).ok()))
}

fn merge_lines([base, ours, theirs]: &[PathBuf; 3]) -> Option<(Vec<u8>, bool)> {
    git::merge_file([ours, base, theirs].map(PathBuf::as_path))
}

fn means(text: &str) -> Option<Vec<(String, Option<Value>)>> {
    let document = read(text).ok()?;
    let keys = document.keys().into_iter();
    Some(keys.map(|key| (key.clone(), document.value(&key))).collect())
}
