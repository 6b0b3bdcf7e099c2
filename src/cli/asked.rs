//! Finds the requested command.

use std::ffi::OsString;

use clap::{ArgMatches, Command};

/// Returns the matches of the innermost command, and the names of all of them.
pub(super) fn innermost(mut matches: &ArgMatches) -> (Vec<&str>, &ArgMatches) {
    let mut names = Vec::new();
    while let Some((name, below)) = matches.subcommand() {
        names.push(name);
        matches = below;
    }
    (names, matches)
}

/// Returns the requested command, after its parent commands: as clap matched the line, or else by the words that are names
/// of commands.
pub(super) fn asked<'c>(
    command: &'c Command,
    matches: Option<&ArgMatches>,
    args: &[OsString],
) -> Vec<&'c Command> {
    let mut asked = vec![command];
    let inner = |asked: &[&'c Command], name: &str| asked.last()?.find_subcommand(name);
    let Some(matches) = matches else {
        for arg in args.iter().skip(1) {
            asked.extend(arg.to_str().and_then(|arg| inner(&asked, arg)));
        }
        return asked;
    };
    for name in innermost(matches).0 {
        asked.extend(inner(&asked, name));
    }
    asked
}
