//! Options of every command.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

const EVERYWHERE: &str = "Options of every command";

/// Options of every command.
#[derive(Debug, Args)]
pub(super) struct Globals {
    /// Work as if started in DIR.
    #[arg(short = 'C', long = "dir", value_name = "DIR", global = true, help_heading = EVERYWHERE)]
    pub(super) directory: Option<PathBuf>,
    /// Write nothing: say what would be done, and show how a record would change.
    #[arg(long, global = true, help_heading = EVERYWHERE)]
    pub(super) dry_run: bool,
    /// Say nothing but what was asked for, warnings and errors.
    #[arg(short, long, global = true, help_heading = EVERYWHERE)]
    pub(super) quiet: bool,
    /// Never wait for a person: no editor, no pager, no question.
    #[arg(long, global = true, help_heading = EVERYWHERE)]
    pub(super) no_input: bool,
    /// Colours: on a terminal, always, or never.
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = Colour::Auto, global = true,
        help_heading = EVERYWHERE)]
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
