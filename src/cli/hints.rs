//! Adds the command's record to the commands in hints.

use clap::Command;

use crate::console::shell::shell_line;
use crate::console::{Context, Failure};

/// The beginning of a command in a hint.
const NAME: &str = "asrun ";

/// Returns a failure in whose hints the commands name the record, if they would apply to another one otherwise: they
/// can be used as they are.
pub(super) fn naming_record(
    mut failure: Failure,
    context: &Context,
    asrun: impl Fn() -> Command,
) -> Failure {
    if failure.ways_out().any(|hint| hint.contains(NAME))
        && let Some(record) = context.record_to_name()
    {
        let (record, asrun) = (shell_line(&[record]), asrun());
        failure.ways_out().for_each(|hint| *hint = with_record(hint, &record, &asrun));
    }
    failure
}

/// Returns a hint in which each command that takes a record names it: by its option, or as a word if the command has no
/// other words, one of which might already be a record.
fn with_record(hint: &str, record: &str, asrun: &Command) -> String {
    let mut parts = hint.split(NAME);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (command, end) = command_of(part, asrun);
        let (words, behind) = part.split_at(end);
        let ends = ends(behind);
        out.push_str(NAME);
        out.push_str(words);
        if takes_record_as_word(command) {
            out.push_str(&if ends { format!(" {record}") } else { String::new() });
        } else if takes_option(command) && !behind.contains("-r ") && (ends || is_next(behind)) {
            out.push_str(&format!(" -r {record}"));
        }
        out.push_str(behind);
    }
    out
}

/// Whether the command has no more words.
fn ends(behind: &str) -> bool {
    behind.is_empty() || behind.starts_with([',', ';', ')', '`', '.', '\n'])
}

/// Whether the command is followed by another word.
fn is_next(behind: &str) -> bool {
    behind.starts_with(' ')
}

/// Returns the command at the beginning of a text, and where its name ends.
fn command_of<'c>(text: &str, asrun: &'c Command) -> (&'c Command, usize) {
    let (mut command, mut end) = (asrun, 0);
    loop {
        let start = end + usize::from(end > 0 && is_next(&text[end..]));
        let is_of_name = |byte: &u8| byte.is_ascii_lowercase() || *byte == b'-';
        let length = text[start..].bytes().take_while(is_of_name).count();
        match command.find_subcommand(&text[start..start + length]) {
            Some(found) => (command, end) = (found, start + length),
            None => return (command, end),
        }
    }
}

fn takes_record_as_word(command: &Command) -> bool {
    let is_record = |name: &str| ["RECORD", "ID"].contains(&name);
    command.get_positionals().filter(|word| !word.is_required_set()).any(|word| {
        word.get_value_names().is_some_and(|names| names.iter().any(|name| is_record(name)))
    })
}

fn takes_option(command: &Command) -> bool {
    command.get_opts().any(|option| option.get_short() == Some('r'))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::super::verbs::Cli;
    use super::*;

    #[test]
    fn commands_in_hints_name_the_record() {
        let asrun = Cli::command();
        for (hint, expected) in [
            (
                "asrun set severity VALUE; asrun get severity prints it",
                "asrun set -r x severity VALUE; asrun get -r x severity prints it",
            ),
            ("보려면: asrun get tags)", "보려면: asrun get -r x tags)"),
            ("asrun plan add, asrun list", "asrun plan add -r x, asrun list"),
            (
                "asrun plan list; asrun plan skip STEP",
                "asrun plan list x; asrun plan skip -r x STEP",
            ),
            ("asrun undo", "asrun undo -r x"),
            ("asrun log and asrun show", "asrun log -r x and asrun show x"),
            ("asrun edit, asrun recover", "asrun edit x, asrun recover x"),
            ("`asrun plan add -` reads", "`asrun plan add -r x -` reads"),
            // Commands that name a record already, and those that take none.
            (
                "asrun edit other, then asrun recover other",
                "asrun edit other, then asrun recover other",
            ),
            ("asrun reopen -r other", "asrun reopen -r other"),
            ("asrun delete other; asrun archive", "asrun delete other; asrun archive"),
            (
                "see asrun.yaml, asrun new, asrun help times",
                "see asrun.yaml, asrun new, asrun help times",
            ),
            ("asrun -C DIR …", "asrun -C DIR …"),
        ] {
            assert_eq!(with_record(hint, "x", &asrun), expected);
        }
    }
}
