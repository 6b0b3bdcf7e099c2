//! What a typed line asks for: an event with short forms before its words, or something else.

use crate::model::{EventType, nearest};

use super::super::super::errors::Failure;
use super::super::super::frame::time_hints;
use super::super::log::korean_type;

/// What a line asks for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// The line is empty.
    Nothing,
    /// An event is to be logged.
    Event(Entry),
    /// One of the commands that stand alone.
    Command(Command),
}

/// An event, as `asrun log` takes it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Entry {
    /// Its options, such as `--type=detected`.
    pub(super) options: Vec<String>,
    /// Its words; none where the short forms say it all.
    pub(super) text: String,
}

/// What can be asked besides logging.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Command {
    Undo,
    Redo,
    Show,
    Plan,
    Help,
    Quit,
}

const COMMANDS: [(&str, Command); 7] = [
    ("undo", Command::Undo),
    ("redo", Command::Redo),
    ("show", Command::Show),
    ("plan", Command::Plan),
    ("help", Command::Help),
    ("quit", Command::Quit),
    ("exit", Command::Quit),
];

/// Short forms that take a time.
const TIMES: [&str; 2] = ["at", "until"];
/// Short forms that take a word, or more in quotes, with the option of `asrun log` that each is.
const VALUES: [(&str, &str); 7] = [
    ("step", "step"),
    ("by", "by"),
    ("why", "why"),
    ("attach", "attach"),
    ("alt", "alt"),
    ("width", "width"),
    ("ref", "ref"),
];
/// Short forms that stand for themselves.
const FLAGS: [&str; 2] = ["key", "internal"];

/// A time of more words than this is not typed by anybody.
const TIME_WORDS: usize = 8;
/// The first letters of a form that are enough, where no other form begins with them.
const ENOUGH: usize = 3;

/// The way out where a line looks like a form and is none.
const AS_IT_IS: &str = "to log the line as it is, begin it with a space";

enum Form {
    Type(EventType),
    Time(&'static str),
    Value(&'static str),
    Flag(&'static str),
    Command(Command),
}

/// A short form that stands behind words, where it is none.
pub(super) fn form_within(text: &str) -> Option<&'static str> {
    let words = text.split_whitespace().skip(1).filter_map(|word| word.strip_prefix('/'));
    words.into_iter().find_map(|word| forms().find(|form| *form == word))
}

/// Every short form, without its slash.
pub(super) fn forms() -> impl Iterator<Item = &'static str> {
    let values = VALUES.iter().map(|(name, _)| *name);
    let commands = COMMANDS.iter().map(|(name, _)| *name);
    EventType::words().chain(TIMES).chain(values).chain(FLAGS).chain(commands)
}

/// Reads a line. `is_time` says whether words are a time that `--at` understands. A line that
/// begins with a space is taken as it is.
///
/// # Errors
/// A short form is ambiguous, nearly one, or lacks its value.
pub(super) fn read(line: &str, is_time: &dyn Fn(&str) -> bool) -> Result<Asked, Failure> {
    let mut entry = Entry::default();
    let mut rest = line;
    if COMMANDS.iter().any(|(name, _)| *name == line.trim_end()) {
        return Err(Failure::misuse(format!("did you mean /{}?", line.trim_end())).hint(AS_IT_IS));
    }
    while let Some((name, after)) = split_form(rest) {
        let Some(form) = form(name)? else { break };
        rest = match form {
            Form::Type(kind) => entry.take("type", kind.word(), after),
            Form::Flag(flag) => {
                entry.options.push(format!("--{flag}"));
                after
            }
            Form::Time(option) => {
                if after.is_empty() {
                    return Err(lacks(name, "18:08"));
                }
                let (time, after) = time(after, is_time).ok_or_else(|| no_time(name, after))?;
                entry.take(option, &time, after)
            }
            Form::Value(option) => {
                let (value, after) = value(after).ok_or_else(|| lacks(name, "deploy"))?;
                entry.take(option, &value, after)
            }
            Form::Command(command) if after.is_empty() && entry == Entry::default() => {
                return Ok(Asked::Command(command));
            }
            Form::Command(_) => {
                return Err(
                    Failure::misuse(format!("/{name} stands alone on its line")).hint(AS_IT_IS)
                );
            }
        };
    }
    entry.text = rest.trim().to_owned();
    if entry == Entry::default() {
        return Ok(Asked::Nothing);
    }
    Ok(Asked::Event(entry))
}

impl Entry {
    /// Notes an option; what is left of the line is given back.
    fn take<'l>(&mut self, option: &str, value: &str, after: &'l str) -> &'l str {
        self.options.push(format!("--{option}={value}"));
        after
    }
}

/// `/name` at the beginning, and what comes after it.
fn split_form(line: &str) -> Option<(&str, &str)> {
    let line = line.strip_prefix('/')?;
    let (name, after) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    (!name.is_empty()).then(|| (name, after.trim_start()))
}

/// What a name means; none if it can be a word of the event, as in `/var/log is full`.
fn form(name: &str) -> Result<Option<Form>, Failure> {
    if name == "?" {
        return Ok(Some(Form::Command(Command::Help)));
    }
    if let Some(kind) = korean_type(name) {
        return Ok(Some(Form::Type(kind)));
    }
    let wanted = name.to_lowercase();
    if let Some(exact) = forms().find(|known| *known == wanted) {
        return Ok(Some(named(exact)));
    }
    let beginning: Vec<&str> = forms().filter(|known| known.starts_with(&wanted)).collect();
    match beginning.as_slice() {
        [only] if wanted.len() >= ENOUGH => Ok(Some(named(only))),
        [_, _, ..] if wanted.len() >= ENOUGH => {
            let all: Vec<String> = beginning.iter().map(|name| format!("/{name}")).collect();
            Err(Failure::misuse(format!("/{name} could be {}", all.join(" or "))))
        }
        _ if !name.chars().all(|c| c.is_alphabetic() || c == '_') => Ok(None),
        _ => {
            let failure = Failure::misuse(format!("there is no short form /{name}"));
            let failure = match nearest(&wanted, forms()) {
                Some(near) => failure.hint(format!("did you mean /{near}?")),
                None => failure.hint("/help lists the forms"),
            };
            Err(failure.hint(AS_IT_IS))
        }
    }
}

fn named(name: &'static str) -> Form {
    let value = || VALUES.iter().find(|(known, _)| *known == name).map(|(_, option)| *option);
    let command = || COMMANDS.iter().find(|(known, _)| *known == name).map(|(_, command)| *command);
    if TIMES.contains(&name) {
        Form::Time(name)
    } else if FLAGS.contains(&name) {
        Form::Flag(name)
    } else if let Some(option) = value() {
        Form::Value(option)
    } else if let Some(command) = command() {
        Form::Command(command)
    } else {
        Form::Type(EventType::from_word(name))
    }
}

/// As many words as are a time, the most that are: `10m ago` rather than `10m`.
fn time<'l>(after: &'l str, is_time: &dyn Fn(&str) -> bool) -> Option<(String, &'l str)> {
    if after.starts_with(['"', '\'']) {
        return value(after);
    }
    let ends = word_ends(after);
    let end = *ends.iter().take(TIME_WORDS).rev().find(|end| is_time(&after[..**end]))?;
    Some((after[..end].to_owned(), after[end..].trim_start()))
}

fn no_time(name: &str, after: &str) -> Failure {
    let ends = word_ends(after);
    let begin = ends.get(3).map_or(after.to_owned(), |end| format!("{} …", &after[..*end]));
    time_hints(Failure::misuse(format!("/{name}: {begin:?} does not begin with a time")))
}

/// Where each word ends.
fn word_ends(text: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut in_word = false;
    for (place, c) in text.char_indices() {
        if c.is_whitespace() && in_word {
            ends.push(place);
        }
        in_word = !c.is_whitespace();
    }
    if in_word {
        ends.push(text.len());
    }
    ends
}

/// A word, several in quotes, or a path as terminals paste it, with backslashes before its spaces.
fn value(after: &str) -> Option<(String, &str)> {
    let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
    let closed = quote.and_then(|quote| {
        let inner = &after[1..];
        inner.find(quote).map(|end| (inner[..end].to_owned(), inner[end + 1..].trim_start()))
    });
    if let Some(closed) = closed {
        return Some(closed).filter(|(value, _)| !value.is_empty());
    }
    let mut word = String::new();
    let mut chars = after.char_indices();
    while let Some((place, c)) = chars.next() {
        if c.is_whitespace() {
            return Some((word, after[place..].trim_start()));
        }
        let escaped = (c == '\\').then(|| chars.clone().next()).flatten();
        match escaped.filter(|(_, next)| matches!(next, ' ' | '\\' | '\'' | '"' | '(' | ')' | '&'))
        {
            Some((_, next)) => {
                word.push(next);
                chars.next();
            }
            None => word.push(c),
        }
    }
    (!word.is_empty()).then_some((word, ""))
}

fn lacks(name: &str, example: &str) -> Failure {
    Failure::misuse(format!("/{name} says nothing")).hint(format!("such as /{name} {example}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The options and the words, or what it was refused for.
    fn told(line: &str) -> String {
        let times = ["18:08", "-5m", "10m ago", "오후 6시 08분", "어제 22:57"];
        match read(line, &|words| times.contains(&words)) {
            Ok(Asked::Nothing) => "nothing".to_owned(),
            Ok(Asked::Event(entry)) => format!("{} | {}", entry.options.join(" "), entry.text),
            Ok(Asked::Command(command)) => format!("{command:?}"),
            Err(failure) => format!("! {}", failure.message),
        }
    }

    #[test]
    fn lines_are_read() {
        let table = [
            ("5xx on checkout", " | 5xx on checkout"),
            ("", "nothing"),
            ("   ", "nothing"),
            ("/detected 5xx on checkout", "--type=detected | 5xx on checkout"),
            ("/det 5xx", "--type=detected | 5xx"),
            ("/resolved", "--type=resolved | "),
            ("/해결 모두 정상", "--type=resolved | 모두 정상"),
            ("/at 18:08 pool exhausted", "--at=18:08 | pool exhausted"),
            ("/at 10m ago pool exhausted", "--at=10m ago | pool exhausted"),
            ("/at 오후 6시 08분 앱 진입 불가", "--at=오후 6시 08분 | 앱 진입 불가"),
            ("/at 25:00 odd", "! /at: \"25:00 odd\" does not begin with a time"),
            ("/at 오후 25시 글 더 많이", "! /at: \"오후 25시 글 더 …\" does not begin with a time"),
            ("/at", "! /at says nothing"),
            (
                "/at 18:08 /until -5m /step deploy 배포",
                "--at=18:08 --until=-5m --step=deploy | 배포",
            ),
            ("/step \"앱 배포\" /key 배포 시작", "--step=앱 배포 --key | 배포 시작"),
            (
                "/attach my\\ shot.png /width 50% broken",
                "--attach=my shot.png --width=50% | broken",
            ),
            ("/attach '/tmp/a b.png'", "--attach=/tmp/a b.png | "),
            ("/dec we go back", "! /dec could be /declared or /decision"),
            ("/detcted 5xx", "! there is no short form /detcted"),
            ("/undo", "Undo"),
            ("/?", "Help"),
            ("/quit", "Quit"),
            ("/undo the migration", "! /undo stands alone on its line"),
            ("/var/log is full", " | /var/log is full"),
            ("/dev/sda1 is full", " | /dev/sda1 is full"),
            ("/tmp is full", "! there is no short form /tmp"),
            (" /tmp is full", " | /tmp is full"),
            ("/idn DB 커넥션", "! there is no short form /idn"),
            ("/원인 DB 커넥션", "! there is no short form /원인"),
            ("undo", "! did you mean /undo?"),
            ("undo the migration", " | undo the migration"),
            (" /detected is a path", " | /detected is a path"),
            ("/ alone", " | / alone"),
            ("restart /at noon", " | restart /at noon"),
            ("it's \"down\" /step", " | it's \"down\" /step"),
        ];
        for (line, expected) in table {
            assert_eq!(told(line), expected, "{line:?}");
        }
    }
}
