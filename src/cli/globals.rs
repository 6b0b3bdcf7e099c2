//! Options of every command.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::lang::help;

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
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = Colour::Auto, global = true,
        help = help().globals.color)]
    pub(super) color: Colour,
}

/// When colours are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Colour {
    Auto,
    Always,
    Never,
}

impl Colour {
    /// From here on, for both outputs.
    pub(super) fn apply(self) {
        let choice = match self {
            Colour::Auto => anstream::ColorChoice::Auto,
            Colour::Always => anstream::ColorChoice::Always,
            Colour::Never => anstream::ColorChoice::Never,
        };
        choice.write_global();
    }
}
