//! Adds a record to the commands in hints: they can be used as they are.

use clap::Command;

use super::shell::shell_line;
use super::{Context, Failure};

/// The beginning of a command in a hint.
const NAME: &str = "asrun ";

/// Returns a failure in whose hints the commands name the record, if they would apply to another one otherwise.
pub fn naming_record(
    mut failure: Failure,
    context: &Context,
    asrun: impl Fn() -> Command,
) -> Failure {
    if failure.ways_out().any(|hint| hint.contains(NAME))
        && let Some(record) = context.record_to_name()
    {
        let asrun = asrun();
        failure.ways_out().for_each(|hint| *hint = with_record(hint, &record, &asrun));
    }
    failure
}

/// Returns a hint in which each command that takes a record names it: by its option, or as a word if the command has no
/// other words, one of which might already be a record.
pub fn with_record(hint: &str, record: &str, asrun: &Command) -> String {
    let record = shell_line(&[record.to_owned()]);
    let mut parts = hint.split(NAME);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (command, end) = command_of(part, asrun);
        let (words, behind) = part.split_at(end);
        let ends = ends(&behind[flags_of(behind, command)..]);
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

/// Returns the length of the options without a value that follow the command.
fn flags_of(behind: &str, command: &Command) -> usize {
    let mut end = 0;
    while let Some(rest) = behind[end..].strip_prefix(" --") {
        let is_of_name = |byte: &u8| byte.is_ascii_lowercase() || *byte == b'-';
        let name = &rest[..rest.bytes().take_while(is_of_name).count()];
        let mut all = command.get_arguments();
        if !all.any(|it| it.get_long() == Some(name) && !it.get_action().takes_values()) {
            break;
        }
        end += " --".len() + name.len();
    }
    end
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

/// Whether the command takes the record by an option, whatever else it is given.
fn takes_option(command: &Command) -> bool {
    let mut options = command.get_opts().filter(|option| option.get_short() == Some('r'));
    options.any(|option| command.get_arg_conflicts_with(option).is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::commands_of_asrun;
    use crate::lang::samples::ways_out_of_findings;
    use crate::lang::spoken;

    #[test]
    fn commands_in_hints_name_the_record() {
        let asrun = commands_of_asrun();
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
            ("asrun recover; asrun recover --forget", "asrun recover x; asrun recover x --forget"),
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
            ("asrun forget --secrets; asrun forget", "asrun forget --secrets; asrun forget"),
        ] {
            assert_eq!(with_record(hint, "x", &asrun), expected);
        }
    }
    /// Whichever record is the current one, a command in the way out of a finding applies to the record of the finding.
    #[test]
    fn every_command_in_the_way_out_of_a_finding_names_its_record() {
        let asrun = commands_of_asrun();
        let mut named = 0;
        for help in
            ["en", "ko"].into_iter().flat_map(|it| ways_out_of_findings(spoken(it).unwrap()))
        {
            let told = with_record(&help, "r9", &asrun);
            for part in told.split(NAME).skip(1) {
                let (command, end) = command_of(part, &asrun);
                let behind = part[end..].trim_start();
                let takes = takes_record_as_word(command) || takes_option(command);
                let names = ["r9", "-r r9", "x9"].iter().any(|it| behind.starts_with(it));
                assert!(!takes || names, "{told}");
                named += usize::from(takes);
            }
        }
        assert!(named > 40, "{named}");
    }
}
