use std::path::{Path, PathBuf};

use clap::{Args, Command};
use clap_mangen::Man;

use crate::console::{Context, Exit, Failure};
use crate::lang::{help, in_english, terminal};
use crate::store::{Claim, Origin, Project};

#[derive(Debug, Args)]
#[command(about = help().man.about, long_about = help().man.long_about)]
pub(in crate::cli) struct ManArgs {
    #[arg(help = help().man.folder)]
    folder: PathBuf,
    #[arg(long, help = help().force)]
    force: bool,
}

pub(in crate::cli) fn run(
    context: &mut Context,
    args: &ManArgs,
    command: impl FnOnce() -> Command,
) -> Result<Exit, Failure> {
    context.refuse_dry_run("man")?;
    let folder = context.folder.join(&args.folder);
    if !folder.is_dir() {
        return Err(Failure::new(terminal().not_a_folder(&args.folder)));
    }
    // The headings that `Man` adds are English, and a machine has a single set of pages.
    let pages = in_english(|| {
        let mut command = command().disable_help_subcommand(true);
        command.build();
        let mut pages = Vec::new();
        collect_pages(&command, &args.folder, &mut pages)?;
        Ok::<_, Failure>(pages)
    })?;
    let project = Project::find_without_settings(&context.folder).ok();
    let origin = Origin::default();
    context.write_outputs(project.as_ref(), pages, &origin, Claim::Whole, args.force)?;
    context.confirm(&terminal().wrote_pages(&args.folder));
    Ok(Exit::Done)
}

/// Collects the pages of a command and of its subcommands, each with its file.
fn collect_pages(
    command: &Command,
    folder: &Path,
    pages: &mut Vec<(PathBuf, Vec<u8>)>,
) -> Result<(), Failure> {
    for below in command.get_subcommands().filter(|below| !below.is_hide_set()) {
        collect_pages(below, folder, pages)?;
    }
    let page = Man::new(command.clone());
    let mut bytes = Vec::new();
    page.render(&mut bytes)
        .map_err(|fault| Failure::new(terminal().page_failed(&fault.to_string())))?;
    pages.push((folder.join(page.get_filename()), bytes));
    Ok(())
}
