//! Detects unquoted times of several words: `--at 2:08 pm` would be another time, with a word in the text.

use std::ffi::{OsStr, OsString};

use clap::{Arg, ArgMatches, Command};

use crate::console::Failure;
use crate::console::split_time::{
    DASHES, SplitTime, UNTIL, as_text_line, as_time_lines, as_typed_line, parted_at, split_at,
};
use crate::lang::{Unquoted, terminal};

use super::asked::{asked, innermost};

/// Placeholders in the help for arguments that take a time or a length.
const OF_TIME: [&str; 2] = ["TIME", "LENGTH"];

/// Returns the refusal of a command line with a time that continues in the next words, with the commands that may have
/// been meant. `asrun` returns the tree of all commands; it is only called if there is such a time.
pub(super) fn refusal(args: &[OsString], asrun: impl Fn() -> Command) -> Option<Failure> {
    let words: Vec<&str> = args.iter().map(|arg| arg.to_str().unwrap_or_default()).collect();
    let end = words.iter().position(|word| *word == DASHES).unwrap_or(words.len());
    let mut splits: Vec<SplitTime> =
        (1..end).filter_map(|place| split_at(&words[..end], place)).collect();
    if splits.is_empty() {
        splits = (3..end).filter_map(|place| parted_at(&words[..end], place)).collect();
    }
    if splits.is_empty() {
        return None;
    }
    let asrun = asrun();
    let matches = asrun.clone().try_get_matches_from(args).ok();
    let asked = asked(&asrun, matches.as_ref(), &args[..end]);
    let command = asked.last().copied().unwrap_or(&asrun);
    let matches = matches.as_ref().map(|matches| innermost(matches).1);
    splits.retain(|split| {
        takes_time(split, &words, command, matches)
            && (split.unquoted.is_some()
                || matches.is_some_and(|matches| is_in_text(split, command, matches)))
    });
    if splits.is_empty() {
        return None;
    }
    let times: Vec<String> = splits.iter().map(|split| split.said(&words)).collect();
    let as_text = splits.iter().all(|split| split.may_be_followed_by_text(&words));
    let as_text = as_text.then(|| as_text_line(&words, &splits));
    // A word that is a word of its own already needs no quotes: the line would be refused again.
    let as_text = as_text.filter(|line| *line != as_typed_line(&words));
    let has_until = command.get_opts().any(|arg| arg.get_long() == Some(UNTIL));
    let is_readable = |split: &SplitTime| {
        let ends = |it: &Unquoted| it.end.is_none() || has_until && !split.is_end(&words);
        split.unquoted.as_ref().is_some_and(ends)
    };
    let as_time =
        if splits.iter().all(is_readable) { as_time_lines(&words, &splits) } else { Vec::new() };
    let times = times.join(", ");
    Some(Failure::misuse(terminal().time_in_quotes(&times, &as_time, as_text.as_deref())))
}

/// Whether words of the command's text come directly after the time, and before it or in the place of another text.
fn is_in_text(split: &SplitTime, command: &Command, matches: &ArgMatches) -> bool {
    let words = |arg: &Arg| -> Vec<(usize, &OsStr)> {
        let id = arg.get_id().as_str();
        let indices = matches.indices_of(id).into_iter().flatten();
        indices.zip(matches.get_raw(id).into_iter().flatten()).collect()
    };
    let mut times = command.get_opts().filter(|arg| is_of_time(arg));
    let time = times.find(|arg| is_value_of(split, arg, matches));
    let time = time.and_then(|arg| matches.index_of(arg.get_id().as_str()));
    let Some(time) = time else { return false };
    // `amend 3 --at 13:40 …` has the number of an event before the time.
    let is_number = |word: &OsStr| word.to_str().is_some_and(|it| it.parse::<u32>().is_ok());
    command.get_positionals().filter(|arg| !is_of_time(arg)).map(words).any(|words| {
        (split.replaces || words.iter().any(|(at, word)| *at < time && !is_number(word)))
            && words.iter().any(|(at, _)| *at == time + 1)
    })
}

/// Whether it was typed as a value of that argument.
fn is_value_of(split: &SplitTime, arg: &Arg, matches: &ArgMatches) -> bool {
    let typed = matches.get_raw(arg.get_id().as_str());
    typed.into_iter().flatten().any(|typed| typed == split.typed.as_str())
}

/// Whether an argument takes a time: because of the option before it, or as a word of the command.
fn takes_time(
    split: &SplitTime,
    words: &[&str],
    command: &Command,
    matches: Option<&ArgMatches>,
) -> bool {
    let option = match split.joined.as_str() {
        "" => words[split.place - 1],
        joined => joined.trim_end_matches('='),
    };
    let option = option.strip_prefix(DASHES).unwrap_or_default();
    let is_named = |arg: &&Arg| {
        arg.get_long() == Some(option)
            || arg.get_all_aliases().is_some_and(|names| names.contains(&option))
    };
    if let Some(arg) = command.get_opts().find(is_named) {
        return is_of_time(arg);
    }
    let is_typed = |arg: &Arg| matches.is_some_and(|matches| is_value_of(split, arg, matches));
    command.get_positionals().any(|arg| is_of_time(arg) && is_typed(arg))
}

fn is_of_time(arg: &Arg) -> bool {
    let names = arg.get_value_names().unwrap_or_default();
    match names {
        [] => OF_TIME.iter().any(|name| name.eq_ignore_ascii_case(arg.get_id().as_str())),
        names => names.iter().any(|name| OF_TIME.contains(&name.as_str())),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::super::verbs::Cli;
    use super::*;

    fn refused(args: &[&str]) -> Option<Failure> {
        let args: Vec<OsString> = args.iter().map(OsString::from).collect();
        refusal(&args, Cli::command)
    }

    #[test]
    fn words_in_quotes_are_no_part_of_a_time_before_them() {
        let moved = ["asrun", "plan", "move", "deploy", "+30m", "half an hour"];
        assert!(refused(&moved).is_none());
    }

    /// Returns the words of a command in which single quotes hold words together.
    fn words_of(command: &str) -> Vec<String> {
        let parts = command.split('\'').enumerate();
        let held = parts.map(|(place, part)| match place % 2 {
            0 => part.to_owned(),
            _ => part.replace(' ', "\u{1}"),
        });
        let held = held.collect::<String>();
        held.split_whitespace().map(|word| word.replace('\u{1}', " ")).collect()
    }

    /// Compares the two commands that the refusal of each line gives. The one with the time is not refused again.
    fn commands_are(table: &[(&str, &str, &str)]) {
        for (line, as_time, as_text) in table {
            let args: Vec<&str> = std::iter::once("asrun").chain(line.split(' ')).collect();
            let hints = refused(&args).expect(line).hints.concat();
            assert!(hints.contains(&format!("asrun {as_time}")), "{line}: {hints}");
            assert!(hints.contains(&format!("asrun {as_text}")), "{line}: {hints}");
            assert_eq!(hints.matches("asrun ").count(), 1 + usize::from(!as_text.is_empty()));
            let typed = words_of(&format!("asrun {as_time}"));
            let typed: Vec<&str> = typed.iter().map(String::as_str).collect();
            assert!(refused(&typed).is_none(), "{line}: {as_time}");
        }
    }

    #[test]
    fn both_commands_that_may_be_meant_are_given() {
        commands_are(&[
            ("log pool --at 5 mins ago out", "log pool out --at '5 mins ago'", ""),
            ("log pool --at=5 mins ago out", "log pool out '--at=5 mins ago'", ""),
            (
                "log pool exhausted --at 2:08 pm",
                "log pool exhausted --at '2:08 pm'",
                "log pool exhausted pm --at 2:08",
            ),
            (
                "log --at=2:08 pm was told --key",
                "log '--at=2:08 pm' was told --key",
                "log pm was told --at=2:08 --key",
            ),
            (
                "log x --until 4:50 UTC --at 4:40 UTC -r a",
                "log x --until '4:50 UTC' --at '4:40 UTC' -r a",
                "log x UTC --until 4:50 UTC --at 4:40 -r a",
            ),
            (
                "amend --last --at 4:10 UTC",
                "amend --last --at '4:10 UTC'",
                "amend --last UTC --at 4:10",
            ),
            ("plan add 5:30 pm deploy", "plan add '5:30 pm' deploy", "plan add 5:30 'pm deploy'"),
            ("-q plan move db tomorrow 18:00", "-q plan move db 'tomorrow 18:00'", ""),
            ("plan move deploy 18:00 UTC", "plan move deploy '18:00 UTC'", ""),
            ("plan rebase --at 5 min ago", "plan rebase --at '5 min ago'", ""),
            ("log 고갈 --time 14시 5분", "log 고갈 --time '14시 5분'", "log 고갈 5분 --time 14시"),
            (
                "log x --at 6:48 this morning",
                "log x --at '6:48 this morning'",
                "log x this morning --at 6:48",
            ),
            ("log x --at 18:00 -07:00", "log x --at '18:00 -07:00'", ""),
            ("log --at 3:10 KST x", "log --at '3:10 Asia/Seoul' x", "log KST x --at 3:10"),
            ("log --at 3:10 seoul x", "log --at '3:10 Asia/Seoul' x", "log seoul x --at 3:10"),
            ("plan shift --by 1h 30m late", "plan shift --by '1h 30m' late", ""),
        ]);
    }

    #[test]
    fn words_that_look_like_a_day_or_a_zone_may_belong_to_the_time() {
        commands_are(&[
            (
                "log x --at 13:40 Seoul time --key",
                "log x --at '13:40 Asia/Seoul' --key",
                "log x Seoul time --at 13:40 --key",
            ),
            (
                "log 엑스 --at=13:40 한국시간",
                "log 엑스 '--at=13:40 Asia/Seoul'",
                "log 엑스 한국시간 --at=13:40",
            ),
            (
                "close --at 13:48 on Monday",
                "close --at 'Monday 13:48'",
                "close on Monday --at 13:48",
            ),
            (
                "plan add 17:36 Seoul deploy",
                "plan add '17:36 Asia/Seoul' deploy",
                "plan add 17:36 'Seoul deploy'",
            ),
            ("log --at 13:40 KST? x", "log --at '13:40 Asia/Seoul' x", "log 'KST?' x --at 13:40"),
            (
                "amend --last --at 13:50 PT",
                "amend --last --at '13:50 America/Los_Angeles'",
                "amend --last PT --at 13:50",
            ),
        ]);
    }

    #[test]
    fn words_that_are_no_time_are_given_as_text_alone() {
        for (line, as_text) in [
            ("log x --at 13:40 Busan time --key", "log x Busan time --at 13:40 --key"),
            ("amend 3 --until 13:40 pool down", "amend 3 pool down --until 13:40"),
            ("amend --last --at 2:45 pool restarted", "amend --last pool restarted --at 2:45"),
            // There is no option for the end of it.
            ("close --at 3:10 to 3:15 fixed", "close to 3:15 fixed --at 3:10"),
        ] {
            let args: Vec<&str> = std::iter::once("asrun").chain(line.split(' ')).collect();
            let hints = refused(&args).expect(line).hints;
            let commands: Vec<&str> =
                hints.iter().filter_map(|hint| Some(hint.split_once("asrun ")?.1)).collect();
            assert_eq!(commands, ["help times", as_text], "{line}");
        }
    }

    #[test]
    fn every_meaning_of_a_zone_is_given() {
        let hints = refused(&["asrun", "log", "--at", "13:40", "pst", "x"]).unwrap().hints;
        for time in ["13:40 America/Los_Angeles", "13:40 Asia/Manila"] {
            assert!(hints.concat().contains(&format!("asrun log --at '{time}' x")), "{hints:?}");
        }
    }

    #[test]
    fn a_window_is_no_time_with_a_text() {
        commands_are(&[
            ("log --at 3:10 to 3:15 x", "log --at 3:10 --until 3:15 x", "log to 3:15 x --at 3:10"),
            ("log --at 3:10 - 3:15 x", "log --at 3:10 --until 3:15 x", "log - 3:15 x --at 3:10"),
            ("plan add 3:10 - 3:15 x", "plan add 3:10 --until 3:15 x", ""),
            ("log --at 3:10 – 3:15 x", "log --at 3:10 --until 3:15 x", "log '–' 3:15 x --at 3:10"),
            ("log --at 3:10 → 3:15 x", "log --at 3:10 --until 3:15 x", "log '→' 3:15 x --at 3:10"),
            ("log --at 3:10 ~ 3:15", "log --at 3:10 --until 3:15", "log '~' 3:15 --at 3:10"),
            (
                "log --at=3:10 until 3:15 x",
                "log --at=3:10 --until 3:15 x",
                "log until 3:15 x --at=3:10",
            ),
            (
                "log --at 3:10 pm to 3:15 pm UTC x",
                "log --at '3:10 pm UTC' --until '3:15 pm UTC' x",
                "log pm to 3:15 pm UTC x --at 3:10",
            ),
            ("log --at yesterday 3:10 till 3:15 x", "log --at 'yesterday 3:10' --until 3:15 x", ""),
            ("log --at -10m to -5m x", "log --at -10m --until -5m x", "log to -5m x --at -10m"),
            (
                "log --at 3시 10분부터 3시 15분까지 점검",
                "log --at '3시 10분' --until '3시 15분' 점검",
                "log 10분부터 3시 15분까지 점검 --at 3시",
            ),
            (
                "log --at 3:10 ~ 3:15 점검",
                "log --at 3:10 --until 3:15 점검",
                "log '~' 3:15 점검 --at 3:10",
            ),
            (
                "plan add 4:00 to 4:30 x",
                "plan add 4:00 --until 4:30 x",
                "plan add 4:00 'to 4:30 x'",
            ),
            (
                "plan add T-60m to T-30m x --t0 18:00",
                "plan add T-60m --until T-30m x --t0 18:00",
                "plan add T-60m 'to T-30m x' --t0 18:00",
            ),
        ]);
    }

    #[test]
    fn other_words_are_no_times() {
        for line in [
            "log pool exhausted at 2:08 pm",
            "log --why 2:08 pm",
            "log --text=2:08 pm --at 2:08",
            "log --at 2:08 pool exhausted",
            "log --at 17:30 db restarted 3 times",
            "log --at 18:08 api/db is down",
            "log --at 5m it's the pool",
            "log x --at 2:08 -- pm",
            "log -- x --at 2:08 pm",
            "log --type detected --at 13:40 pool is down",
            "log pool is down --at 13:40 --key",
            "plan add 17:00 --until 18:00 deploy",
            "log --at 13:40 on call paged",
            "log --at 17:30 west region down",
            "log --at 17:30 seoul region down",
            "log --at 17:30 - 3 pods restarted",
            "log --at 17:30 to be continued",
            "log --at 17:30 until it stops",
            "log --at 17:30 → rollback",
            "plan add 17:30 to do list",
            "plan add 17:00 deploy 3:10 to 3:15 backlog",
            "amend 3 --at 13:40",
            "plan add 17:30 deploy on Monday",
            "amend 3 pool is down --at 13:40",
            "amend 3 --at 13:40 --text restarted",
            "amend 3 --at 13:40 -- restarted",
            "log x --at 2:08 --key",
            "plan add 17:00 deploy at 18:00 UTC",
            "plan move deploy 18:00 the hall opens 5 min late",
            "show 2:08 pm",
            "log --at",
            "",
        ] {
            let args: Vec<&str> = std::iter::once("asrun").chain(line.split(' ')).collect();
            assert!(refused(&args).is_none(), "{line}");
        }
    }

    #[test]
    fn a_text_in_quotes_is_no_time() {
        for args in [
            ["asrun", "amend", "3", "--at", "13:40", "the pool"],
            ["asrun", "amend", "3", "--at", "yesterday 13:40", "restarted"],
            ["asrun", "plan", "add", "17:30", "tomorrow we rest", "--key"],
        ] {
            assert!(refused(&args).is_none(), "{args:?}");
        }
    }

    /// Lists every argument of every command that takes a time.
    #[test]
    fn no_argument_accepts_a_part_of_a_time() {
        let mut seen = 0;
        let mut waiting = vec![(vec!["asrun".to_owned()], Cli::command())];
        while let Some((line, command)) = waiting.pop() {
            for inner in command.get_subcommands() {
                let line = [line.as_slice(), &[inner.get_name().to_owned()]].concat();
                waiting.push((line, inner.clone()));
            }
            for arg in command.get_arguments().filter(|arg| is_of_time(arg)) {
                let before =
                    command.get_positionals().take_while(|other| other.get_id() != arg.get_id());
                let fillers = match arg.get_long() {
                    Some(long) => vec![format!("--{long}")],
                    None => before.map(|_| "word".to_owned()).collect(),
                };
                let behind = ["2:08", "pm", "word"].map(str::to_owned);
                let line = [line.as_slice(), &fillers, &behind].concat();
                let line: Vec<&str> = line.iter().map(String::as_str).collect();
                let hints = refused(&line).unwrap_or_else(|| panic!("{line:?}")).hints;
                assert!(hints[0].contains("'2:08 pm'"), "{hints:?}");
                seen += 1;
            }
        }
        assert!(seen > 20, "{seen}");
    }
}
