use std::path::PathBuf;

use clap::Args;

use crate::format::read;
use crate::git;
use crate::lang::help;
use crate::merge::{MergeFault, merge};
use crate::yaml::Value;

use super::super::context::Context;
use super::super::errors::{Exit, Failure};

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
    let read = |path: &PathBuf| {
        let path = context.folder.join(path);
        std::fs::read(&path).map_err(|e| {
            Failure::new(format!("cannot read {}: {}", path.display(), crate::fault::reason(&e)))
        })
    };
    let (base, ours, theirs) = (read(&args.base)?, read(&args.ours)?, read(&args.theirs)?);
    let texts = [&base, &ours, &theirs].map(|bytes| std::str::from_utf8(bytes).ok());
    let outcome = match texts {
        [Some(base), Some(ours), Some(theirs)] => merge(base, ours, theirs),
        _ => Err(MergeFault::Unusual("a side is not UTF-8".to_owned())),
    };
    match outcome {
        Ok(merged) => {
            let target = context.folder.join(&args.ours);
            // Lines keep comments and order best; where they come to the same meaning, they win.
            let lines = if merged.conflicts.is_empty() { by_lines(context, args) } else { None };
            let same = |text: &String| means(text).is_some() && means(text) == means(&merged.text);
            let text = lines.filter(same).unwrap_or_else(|| merged.text.clone());
            crate::store::write_output(&target, text.as_bytes())?;
            for conflict in &merged.conflicts {
                context.say(&format!(
                    "{}: both sides changed {conflict}; both are kept between the markers",
                    args.path
                ));
            }
            Ok(if merged.conflicts.is_empty() { Exit::Done } else { Exit::Failed })
        }
        Err(fault) => {
            let why = match fault {
                MergeFault::Unreadable(side, _) => format!("{side} cannot be read as a record"),
                MergeFault::Unusual(why) => why,
            };
            context.say(&format!("{}: merging line by line: {why}", args.path));
            let [ours, base, theirs] =
                [&args.ours, &args.base, &args.theirs].map(|path| context.folder.join(path));
            match git::merge_file(&ours, &base, &theirs) {
                Some((text, clean)) => {
                    crate::store::write_output(&ours, &text)?;
                    Ok(if clean { Exit::Done } else { Exit::Failed })
                }
                None => Err(Failure::new(
                    "git cannot be run, so the lines were not merged either; ours is as it was",
                )),
            }
        }
    }
}

fn by_lines(context: &Context, args: &MergeDriverArgs) -> Option<String> {
    let [ours, base, theirs] =
        [&args.ours, &args.base, &args.theirs].map(|path| context.folder.join(path));
    let (text, clean) = git::merge_file(&ours, &base, &theirs)?;
    clean.then(|| String::from_utf8(text).ok()).flatten()
}

fn means(text: &str) -> Option<Vec<(String, Option<Value>)>> {
    let document = read(text).ok()?;
    let keys = document.keys().into_iter();
    Some(keys.map(|key| (key.clone(), document.value(&key))).collect())
}
