//! Words clap's errors in the user's language.

use std::ffi::OsString;
use std::num::ParseIntError;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command};

use crate::console::Failure;
use crate::console::shell::shell_line;
use crate::format::HEADER_KEYS;
use crate::lang::{Part, help, terminal};
use crate::model::nearest;

use super::asked::{asked, innermost};
use super::help_pages::usage_lines;

/// Returns the fault of a command line, with suggestions and the usage.
pub(super) fn misuse(fault: &clap::Error, command: &Command, args: &[OsString]) -> Failure {
    let asked = asked(command, None, args);
    let message = message(fault, &asked);
    if let Some(way) = way_out(fault, (command, &asked), args) {
        // clap's suggestions would be misleading here, since the reason is known.
        return Failure::misuse(message.lines().next().unwrap_or_default()).hint(way);
    }
    let usage: String = parts(fault, ContextKind::Usage).concat();
    let usage = usage.split_once(' ').map(|(_, usage)| {
        let heading = help().frame.usage;
        format!("{heading}: {}", usage_lines(usage, heading))
    });
    let more = terminal().more_help().to_owned();
    let values = parts(fault, ContextKind::ValidValue).join(", ");
    let message = match values.as_str() {
        "" => message,
        values => format!("{message}\n  [{}: {values}]", help().frame.one_of),
    };
    let blocks = [Some(message), tips(fault, &asked), usage, Some(more)];
    Failure::misuse(blocks.into_iter().flatten().collect::<Vec<_>>().join("\n\n"))
}

fn message(fault: &clap::Error, asked: &[&Command]) -> String {
    let one = |kind| parts(fault, kind).into_iter().next().unwrap_or_default();
    let (argument, value) = (one(ContextKind::InvalidArg), one(ContextKind::InvalidValue));
    let command = one(ContextKind::InvalidSubcommand);
    let words = terminal();
    match fault.kind() {
        ErrorKind::UnknownArgument => words.unexpected(&argument),
        ErrorKind::TooManyValues => words.one_too_many(&value, &argument),
        ErrorKind::InvalidValue if value.is_empty() => words.no_value(&argument),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            words.not_a_value(&value, &argument, reason(fault, &value).as_deref())
        }
        ErrorKind::InvalidSubcommand => words.no_such_command(&command),
        ErrorKind::MissingRequiredArgument => {
            words.arguments_missing(&parts(fault, ContextKind::InvalidArg))
        }
        ErrorKind::MissingSubcommand => words.command_missing(&command),
        // clap takes a word after an argument for a command.
        ErrorKind::ArgumentConflict if !command.is_empty() && !is_command(&command, asked) => {
            words.unexpected(&command)
        }
        ErrorKind::ArgumentConflict => match parts(fault, ContextKind::PriorArg).as_slice() {
            [other] if *other == argument => words.given_twice(&argument),
            others if command.is_empty() => words.not_together(Part::Argument, &argument, others),
            others => words.not_together(Part::Command, &command, others),
        },
        ErrorKind::InvalidUtf8 => words.typed_no_text().to_owned(),
        // Errors that no argument of asrun causes.
        _ => words.not_understood().to_owned(),
    }
}

/// Returns why a value was refused.
fn reason(fault: &clap::Error, value: &str) -> Option<String> {
    let reason = std::error::Error::source(fault)?;
    let number = reason.downcast_ref::<ParseIntError>();
    Some(number.map_or_else(|| reason.to_string(), |fault| terminal().not_a_number(value, fault)))
}

/// Returns advice for a known mistake, if it is one.
fn way_out(
    fault: &clap::Error,
    (asrun, asked): (&Command, &[&Command]),
    args: &[OsString],
) -> Option<String> {
    let way = |verb: &String| terminal().way_of(verb);
    let of_verb = parts(fault, ContextKind::InvalidSubcommand).first().and_then(way);
    let typed = parts(fault, ContextKind::InvalidArg);
    let line = Line { asrun, asked, words: words_behind(asked, args)? };
    let is_of_entries = asked.last().is_some_and(|it| ENTRIES.contains(&it.get_name()));
    let of_entry = line.words.iter().find_map(|word| terminal().way_of_entry(word));
    let of_verb = of_verb.or(of_entry.filter(|_| is_of_entries));
    of_verb.map(str::to_owned).or_else(|| match typed.first()?.as_str() {
        "-r" | "--record" => takes_record_by_itself(asked.last()?)
            .then(|| terminal().record_by_itself(&name_of(asked), record_behind_option(args))),
        typed if typed.starts_with("--") => None,
        typed if typed.starts_with('-') => line.with_dash(typed),
        typed => {
            let command = asked.last()?;
            // A verb of other programs, to a command that takes no words.
            let takes_no_words = command.get_positionals().next().is_none();
            if let Some(way) = terminal().way_of(typed).filter(|_| takes_no_words) {
                return Some(way.to_owned());
            }
            let record = record_by_option(fault, typed, command, args)?;
            match line.with_needed_record(&record) {
                Some((option, line)) => Some(terminal().record_behind_option(option, &line)),
                None => Some(terminal().record_by_option(&line.with_record(&record)?)),
            }
        }
    })
}

/// Returns the words of a command line without the names of the command; `None` if they are not there or no text.
fn words_behind(asked: &[&Command], args: &[OsString]) -> Option<Vec<String>> {
    let mut words: Vec<String> =
        args.iter().skip(1).map(|arg| arg.to_str().map(str::to_owned)).collect::<Option<_>>()?;
    for command in asked.iter().skip(1) {
        let is_name = |word: &String| {
            word == command.get_name() || command.get_all_aliases().any(|name| name == word)
        };
        let place = words.iter().position(is_name)?;
        words.remove(place);
    }
    Some(words)
}

/// A command line that was refused.
struct Line<'a> {
    asrun: &'a Command,
    asked: &'a [&'a Command],
    /// Its words without the names of the command.
    words: Vec<String>,
}

impl Line<'_> {
    /// Whether clap reads the command with these words.
    fn is_read(&self, words: &[String]) -> bool {
        let names = self.asked.iter().map(|command| command.get_name().to_owned());
        let line: Vec<String> = names.chain(words.iter().cloned()).collect();
        self.asrun.clone().try_get_matches_from(line).is_ok()
    }

    /// Returns the command line with the option for the record before it.
    fn with_record(&self, record: &str) -> Option<String> {
        self.with_option("-r", record)
    }

    /// Returns the option that the command needs, that takes a record and that is missing, and the command line with it
    /// before the record: more likely that is where it belongs than that two records were meant.
    fn with_needed_record(&self, record: &str) -> Option<(&str, String)> {
        let takes_record = |arg: &&Arg| {
            arg.get_value_names().is_some_and(|names| names.iter().any(|it| it == "RECORD"))
        };
        let mut needed = self.asked.last()?.get_opts().filter(|option| option.is_required_set());
        let long = needed.find(takes_record)?.get_long()?;
        let line = self.with_option(&format!("--{long}"), record)?;
        Some((long, line))
    }

    /// Returns the command line with an option before this word; with a placeholder for a number that is missing.
    fn with_option(&self, option: &str, word: &str) -> Option<String> {
        let mut words = self.words.clone();
        words.insert(words.iter().position(|other| other == word)?, option.to_owned());
        if !self.is_read(&words) {
            words.insert(0, "1".to_owned());
            if !self.is_read(&words) {
                return None;
            }
            "NUMBER".clone_into(&mut words[0]);
        }
        Some([name_of(self.asked), shell_line(&words)].join(" "))
    }

    /// Returns how a word that begins with a dash is typed: as a text, or as the last entry.
    fn with_dash(&self, typed: &str) -> Option<String> {
        let mut words = self.words.clone();
        let place = words.iter().position(|word| word.starts_with(typed))?;
        let command = self.asked.last()?;
        let said = |words: &[String]| {
            let line = [name_of(self.asked), shell_line(words)].join(" ");
            self.is_read(words).then_some(line)
        };
        if let Some(option) = place.checked_sub(1).filter(|at| words[*at].starts_with("--")) {
            let mut joined = words.clone();
            let value = joined.remove(place);
            joined[option].push_str(&format!("={value}"));
            if let Some(line) = said(&joined) {
                return Some(terminal().dash_in_value(&line));
            }
        }
        if command.get_arguments().any(|arg| arg.get_long() == Some(LAST))
            && words[place][1..].parse::<usize>().is_ok()
        {
            // Only `-1` can mean an entry.
            let is_last = words[place] == "-1";
            words[place] = format!("--{LAST}");
            let line = said(&words).filter(|_| is_last);
            return line.map(|line| terminal().last_by_option(&line));
        }
        let dashed = words[place].clone();
        words[place].insert(0, 'x');
        let texts = self.text_with(&words, place)?;
        for text in &texts {
            words.remove(words.iter().position(|word| word == text)?);
        }
        let undo = |text: String| if text == format!("x{dashed}") { dashed.clone() } else { text };
        words.push("--".to_owned());
        words.extend(texts.into_iter().map(undo));
        said(&words).map(|line| terminal().dash_in_text(&line))
    }

    /// Returns the words of the text that has the word at this index, unless that is a name.
    fn text_with(&self, words: &[String], place: usize) -> Option<Vec<String>> {
        let names = self.asked.iter().map(|command| command.get_name().to_owned());
        let matches = self.asrun.clone().try_get_matches_from(names.chain(words.iter().cloned()));
        let matches = matches.ok()?;
        let (_, matches) = innermost(&matches);
        let is_name = |arg: &&Arg| {
            let name = arg.get_value_names().and_then(|names| names.first());
            name.is_some_and(|name| ["NEW-ID", "RECORD", "NUMBER", "ID"].contains(&name.as_str()))
        };
        let mut positionals = self.asked.last()?.get_positionals().filter(|arg| !is_name(arg));
        positionals.find_map(|arg| {
            let values = matches.get_raw(arg.get_id().as_str())?;
            let values: Vec<String> = values.map(|it| it.to_string_lossy().into_owned()).collect();
            values.contains(&words[place]).then_some(values)
        })
    }
}

/// The commands about entries that only `asrun edit` changes and removes.
const ENTRIES: [&str; 2] = ["actions", "lessons"];

/// The option for the entry that was logged last.
const LAST: &str = "last";

/// Returns the record that was typed as a word to a command that takes it as an option.
fn record_by_option(
    fault: &clap::Error,
    typed: &str,
    command: &Command,
    args: &[OsString],
) -> Option<String> {
    let may_be_record = |word: &str| word.starts_with(char::is_alphanumeric);
    let word = command.get_positionals().next();
    let word = word.and_then(|word| word.get_value_names()?.first()).map(|name| name.as_str());
    if !command.get_opts().any(|option| option.get_short() == Some('r')) {
        return None;
    }
    match (fault.kind(), word) {
        (ErrorKind::UnknownArgument, None) => Some(typed.to_owned()),
        (ErrorKind::UnknownArgument, Some(word @ ("KEY" | "NUMBER" | "NEW-ID"))) => {
            let place = args.iter().position(|arg| arg == typed)?;
            let before = args.get(place.checked_sub(1)?)?.to_str()?;
            let is_word = may_be_record(before) && before != command.get_name();
            let fits = |said: &str| match word {
                "KEY" => HEADER_KEYS.contains(&said),
                word => word == "NEW-ID" || said.parse::<usize>().is_ok(),
            };
            let is_last = fits(typed) && (word == "NEW-ID" || !fits(before));
            is_word.then(|| if is_last { before } else { typed }.to_owned())
        }
        (ErrorKind::ValueValidation, Some("NUMBER")) => {
            parts(fault, ContextKind::InvalidValue).into_iter().next()
        }
        _ => None,
    }
    .filter(|record| may_be_record(record))
}

/// Returns the record that was typed behind `-r`.
fn record_behind_option(args: &[OsString]) -> Option<&str> {
    let words: Vec<&str> = args.iter().filter_map(|arg| arg.to_str()).collect();
    let at = words.iter().position(|it| it.starts_with("-r") || it.starts_with("--record"))?;
    let own = words[at].strip_prefix("--record").or(words[at].strip_prefix("-r"))?;
    let own = own.strip_prefix('=').unwrap_or(own);
    let record = if own.is_empty() { *words.get(at + 1)? } else { own };
    record.starts_with(char::is_alphanumeric).then_some(record)
}

fn takes_record_by_itself(command: &Command) -> bool {
    command.get_positionals().any(|arg| arg.get_id().as_str().starts_with("record"))
}

fn is_command(name: &str, asked: &[&Command]) -> bool {
    asked.iter().any(|command| command.find_subcommand(name).is_some())
}

/// Returns a command's full name: `asrun plan list`.
fn name_of(asked: &[&Command]) -> String {
    asked.iter().map(|command| command.get_name()).collect::<Vec<_>>().join(" ")
}

/// Returns suggestions, one per line. Of commands, clap suggests too many; its suggestion to pass an option as a text
/// is never right.
fn tips(fault: &clap::Error, asked: &[&Command]) -> Option<String> {
    // The command that lacks a subcommand: asrun itself, or one such as `plan`.
    let command = asked.iter().rev().find(|command| command.has_subcommands())?;
    let typed = parts(fault, ContextKind::InvalidSubcommand);
    let known = command.get_subcommands().filter(|known| !known.is_hide_set());
    let near = typed.first().and_then(|typed| nearest(typed, known.map(Command::get_name)));
    let similar = [
        (near.map(str::to_owned).into_iter().collect(), Part::Command),
        (parts(fault, ContextKind::SuggestedArg), Part::Argument),
        (parts(fault, ContextKind::SuggestedValue), Part::Value),
    ];
    let similar = similar
        .into_iter()
        .filter_map(|(names, part)| (!names.is_empty()).then(|| terminal().similar(part, &names)));
    let others = parts(fault, ContextKind::Suggested).into_iter().filter_map(|tip| {
        // clap provides them only as a sentence.
        let name = tip.split('\'').nth(1)?;
        match tip.as_str() {
            tip if tip.contains("as a value, use '") => None,
            tip if tip.contains("remove the '--'") => Some(terminal().command_behind_dashes(name)),
            _ => Some(terminal().elsewhere(name)),
        }
    });
    let tips: Vec<String> = similar.chain(others).map(|tip| format!("  {tip}")).collect();
    (!tips.is_empty()).then(|| tips.join("\n"))
}

/// Returns the parts of a clap error of one kind, without colours.
fn parts(fault: &clap::Error, kind: ContextKind) -> Vec<String> {
    match fault.get(kind) {
        Some(ContextValue::String(one)) => vec![one.clone()],
        Some(ContextValue::Strings(many)) => many.clone(),
        Some(ContextValue::StyledStr(one)) => vec![one.to_string()],
        Some(ContextValue::StyledStrs(many)) => many.iter().map(ToString::to_string).collect(),
        _ => Vec::new(),
    }
}
