//! Options of every command.

use std::path::PathBuf;

use anstream::ColorChoice;
use clap::Args;

use crate::console::Options;
use crate::lang::help;

use super::args::one_of;

#[derive(Debug, Args)]
#[command(next_help_heading = help().globals.heading)]
pub(super) struct Globals {
    #[arg(short = 'C', long = "dir", value_name = "DIR", global = true,
        help = help().globals.directory)]
    pub(super) directory: Option<PathBuf>,
    #[arg(long, global = true, help = help().globals.dry_run)]
    pub(super) dry_run: bool,
    #[arg(short, long, global = true, help = help().globals.quiet)]
    pub(super) quiet: bool,
    #[arg(long, global = true, help = help().globals.no_input)]
    pub(super) no_input: bool,
    #[arg(long, value_name = "WHEN", value_parser = one_of(COLOURS), default_value = "auto", global = true,
        help = help().globals.color)]
    pub(super) color: ColorChoice,
    /// The command's name if it is to answer in JSON, which its own `--format` decides.
    #[arg(skip)]
    pub(super) json: Option<String>,
}

impl From<Globals> for Options {
    fn from(globals: Globals) -> Options {
        let Globals { directory, dry_run, quiet, no_input, color, json } = globals;
        Options { directory, dry_run, quiet, no_input, color, json }
    }
}

/// When colours are used, on both outputs.
const COLOURS: &[(&str, ColorChoice)] =
    &[("auto", ColorChoice::Auto), ("always", ColorChoice::Always), ("never", ColorChoice::Never)];
