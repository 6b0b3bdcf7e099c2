//! Parses a typed line: an event with short forms before its text, or a command.

use crate::console::shell::shell_line;
use crate::fault::{Fault, Field, LineFault};
use crate::lang::{Lead, RunVerb, event_type_named, event_types_begun, form_named, run_verb};
use crate::model::{EventType, nearest};
use crate::operations::{LogRequest, as_code};

/// The meaning of a line.
#[derive(Debug)]
pub(super) enum Asked {
    /// An empty line.
    Nothing,
    /// An event to be logged.
    Event(Box<Entry>),
    /// A command.
    Command(Command),
    /// A switch to the named record; `None` if no record is named.
    Record(Option<String>),
    /// The outcome of a planned step: the words after the verb name the step and give a reason.
    Step(RunVerb, String, Box<LogRequest>),
}

/// An event: the values of its short forms, and its text, which may be missing if the forms suffice.
#[derive(Debug, Default)]
pub(super) struct Entry {
    pub(super) request: LogRequest,
    /// Files to be copied in, as typed.
    pub(super) files: Vec<String>,
}

/// The commands of the prompt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Command {
    Undo,
    Redo,
    Show,
    Plan,
    Next,
    Record,
    Help,
    Quit,
}

const COMMANDS: [(&str, Command); 9] = [
    ("undo", Command::Undo),
    ("redo", Command::Redo),
    ("show", Command::Show),
    ("plan", Command::Plan),
    ("next", Command::Next),
    ("record", Command::Record),
    ("help", Command::Help),
    ("quit", Command::Quit),
    ("exit", Command::Quit),
];

/// What editors and pagers are left with.
const LEAVES: [&str; 4] = ["q", ":q", ":wq", ":q!"];

/// Commands of asrun that the prompt lacks, which people look for there.
const ELSEWHERE: [&str; 9] =
    ["amend", "move", "edit", "recover", "search", "list", "link", "reopen", "rename"];

/// Short forms with a time.
const TIMES: [&str; 3] = ["at", "until", "next-update"];
/// Short forms with a word, or with several words in quotes; each is an option of `asrun log`.
const VALUES: [&str; 8] = ["step", "by", "why", "attach", "alt", "width", "ref", "severity"];
/// Short forms for the outcome of a step, as in a run sheet. Its beginning, completion and failure are expressed by the
/// types of these names.
const STEPS: [(&str, RunVerb); 7] = [
    ("skip", RunVerb::Skip),
    ("late", RunVerb::Late),
    ("go", RunVerb::Go),
    ("no-go", RunVerb::NoGo),
    ("run", RunVerb::Run),
    ("rollback", RunVerb::Rollback),
    ("forecast", RunVerb::Forecast),
];
/// Short forms without a value.
const FLAGS: [&str; 2] = ["key", "internal"];

/// How many letters suffice to abbreviate a form, if no other form begins with them.
const ENOUGH: usize = 3;

enum Form {
    Type(EventType),
    Time(&'static str),
    Value(&'static str),
    Flag(&'static str),
    Step(RunVerb),
    Command(Command),
}

/// Returns a short form after other words, where it has no effect.
pub(super) fn form_within(text: &str) -> Option<&'static str> {
    let words = text.split_whitespace().skip(1).filter_map(|word| word.strip_prefix('/'));
    words.into_iter().find_map(|word| forms().find(|form| *form == word))
}

/// Returns the command for a short form that was typed in the shell, where it is only text; `None` if the text begins
/// with none. `/run` may also be a folder.
pub fn meant_in_shell(text: &str) -> Option<String> {
    let (name, after) = split_form(text)?;
    let log = |option: String, value: Option<String>, rest: &str| {
        let rest = if rest.is_empty() { "TEXT" } else { rest };
        let words = ["asrun", "log"].map(str::to_owned).into_iter().chain([option]).chain(value);
        shell_line(&words.chain([rest.to_owned()]).collect::<Vec<_>>())
    };
    Some(match form(name).ok()?? {
        Form::Type(kind) => log("--type".to_owned(), Some(kind.word().to_owned()), after),
        Form::Flag(flag) => log(format!("--{flag}"), None, after),
        Form::Time(form) => log(format!("--{form}"), Some("TIME".to_owned()), ""),
        Form::Value(form) => match value(form, after).ok()? {
            (value, "") if form == "severity" => {
                shell_line(&["asrun", "set", "severity", &value].map(str::to_owned))
            }
            (value, rest) => log(format!("--{form}"), Some(value), rest),
        },
        Form::Command(Command::Undo) => "asrun undo".to_owned(),
        Form::Command(Command::Redo) => "asrun undo --redo".to_owned(),
        Form::Command(Command::Show) => "asrun show".to_owned(),
        Form::Step(RunVerb::Run) => return None,
        Form::Step(_) | Form::Command(_) => "asrun live".to_owned(),
    })
}

/// Iterates over every short form, without the slash.
pub(super) fn forms() -> impl Iterator<Item = &'static str> {
    let commands = COMMANDS.iter().map(|(name, _)| *name);
    let steps = STEPS.iter().map(|(name, _)| *name);
    EventType::words().chain(TIMES).chain(VALUES).chain(FLAGS).chain(steps).chain(commands)
}

/// Returns whether a short form is followed by a value.
pub(super) fn takes_value(form: &str) -> bool {
    TIMES.contains(&form) || VALUES.contains(&form)
}

/// Splits words into a time for a field and the rest; `None` if they do not begin with a time.
pub(super) type TimeReader<'r> =
    &'r dyn for<'l> Fn(Field, &'l str) -> Result<Option<Lead<'l>>, Fault>;

/// Parses a line. A line that begins with a space has no short forms.
///
/// # Errors
/// A short form is ambiguous, is misspelt, or lacks its value.
pub(super) fn read(line: &str, split: TimeReader) -> Result<Asked, Fault> {
    if let Some((command, _)) = COMMANDS.iter().find(|(name, _)| *name == line.trim_end()) {
        return Err(LineFault::NoSlash { command }.into());
    }
    if LEAVES.contains(&line.trim_end()) {
        return Err(LineFault::NoSlash { command: "quit" }.into());
    }
    if line.starts_with("asrun ") {
        return Err(LineFault::OfShell.into());
    }
    let mut entry = Entry::default();
    let mut rest = line;
    while let Some((name, after)) = split_form(rest) {
        let Some(form) = form(name)? else { break };
        let is_first = rest.len() == line.len();
        rest = match form {
            Form::Type(kind) => {
                once(name, &mut entry.request.kind, kind)?;
                after
            }
            Form::Flag("key") => {
                entry.request.key = true;
                after
            }
            Form::Flag(_) => {
                entry.request.internal = true;
                after
            }
            Form::Time(form) => entry.take_times(form, after, split)?,
            Form::Value(form) => {
                let (value, after) = value(form, after)?;
                entry.take(form, value)?;
                after
            }
            Form::Step(verb) if is_first || matches!(verb, RunVerb::Go | RunVerb::NoGo) => {
                return Ok(Asked::Step(verb, after.trim().to_owned(), Box::new(entry.request)));
            }
            // `/next` alone asks for the next step; with a time it promises the next update.
            Form::Command(Command::Next) if !after.is_empty() => {
                entry.take_times("next-update", after, split)?
            }
            Form::Command(Command::Record) if is_first => {
                let wanted = Some(after.trim()).filter(|wanted| !wanted.is_empty());
                return Ok(Asked::Record(wanted.map(str::to_owned)));
            }
            Form::Command(command) if after.is_empty() && is_first => {
                return Ok(Asked::Command(command));
            }
            Form::Command(_) | Form::Step(_) => {
                return Err(LineFault::NotAlone { form: name.to_owned() }.into());
            }
        };
    }
    if rest.trim().is_empty() && rest.len() == line.len() {
        return Ok(Asked::Nothing);
    }
    entry.put_words(rest.trim())?;
    match entry.without_file() {
        Some(form) => Err(LineFault::NoFile { form }.into()),
        None => Ok(Asked::Event(Box::new(entry))),
    }
}

impl Entry {
    /// Stores the times after a form; returns the rest.
    fn take_times<'l>(
        &mut self,
        form: &'static str,
        after: &'l str,
        split: TimeReader,
    ) -> Result<&'l str, Fault> {
        let (times, after) = times(form, after, split)?;
        for (form, time) in times {
            self.take(form, time)?;
        }
        Ok(after)
    }

    /// Stores the value of a form.
    fn take(&mut self, form: &'static str, value: String) -> Result<(), LineFault> {
        let request = &mut self.request;
        let several = match form {
            "step" => Some(&mut request.steps),
            "attach" => Some(&mut self.files),
            "ref" => Some(&mut request.refs),
            _ => None,
        };
        if let Some(several) = several {
            several.push(value);
            return Ok(());
        }
        let field = match form {
            "at" => &mut request.at,
            "until" => &mut request.until,
            "next-update" => &mut request.next_update,
            "by" => &mut request.by,
            "why" => &mut request.why,
            "alt" => &mut request.alt,
            "severity" => &mut request.severity,
            _ => &mut request.width,
        };
        once(form, field, value)
    }

    /// Stores the text: the first line is the event, further pasted lines are its detail.
    fn put_words(&mut self, words: &str) -> Result<(), LineFault> {
        let (first, below) = words.split_once('\n').unwrap_or((words, ""));
        self.request.text = first.trim().to_owned();
        self.request.detail = (!below.is_empty()).then(|| as_code(below));
        // In `asrun log` a dash means the standard input, which contains the next lines here.
        if self.request.text == "-" { Err(LineFault::Dash) } else { Ok(()) }
    }

    /// Returns a form about a file, if there is no file.
    fn without_file(&self) -> Option<&'static str> {
        let of_files = [("alt", &self.request.alt), ("width", &self.request.width)];
        let said = of_files.into_iter().find(|(_, said)| said.is_some() && self.files.is_empty());
        said.map(|(form, _)| form)
    }
}

/// Sets a field; fails if it has a different value already, since either could be meant.
fn once<T>(form: &str, field: &mut Option<T>, value: T) -> Result<(), LineFault> {
    match field.replace(value) {
        None => Ok(()),
        Some(_) => Err(LineFault::Twice { form: form.to_owned() }),
    }
}

/// Splits `/name` off the beginning of a line.
fn split_form(line: &str) -> Option<(&str, &str)> {
    let line = line.strip_prefix('/')?;
    // Korean names of types contain spaces: `장애 시작`.
    let is_one = |end: &usize| {
        let name = &line[..*end];
        event_type_named(name).is_some() || run_verb(name) == Some(RunVerb::NoGo)
    };
    let two = word_ends(line).get(1).copied().filter(is_one);
    let end = two.or_else(|| line.find(char::is_whitespace)).unwrap_or(line.len());
    let (name, after) = line.split_at(end);
    (!name.is_empty()).then(|| (name, after.trim_start()))
}

/// Returns the form to which a value is attached, as in `/at18:08` and `/by:sam`.
fn glued(name: &str) -> Option<&'static str> {
    let letters = name.find(|c: char| !c.is_alphabetic() && c != '_')?;
    let path = name[letters..].starts_with(['/', '.', '-']);
    let (typed, long) = (&name[..letters], letters >= ENOUGH);
    let begun = forms().filter(|form| !path && (*form == typed || long && form.starts_with(typed)));
    begun.min_by_key(|form| form.len())
}

/// Returns the form of a name; `None` if it may be part of the text, as in `/var/log is full`.
fn form(name: &str) -> Result<Option<Form>, LineFault> {
    if name == "?" {
        return Ok(Some(Form::Command(Command::Help)));
    }
    if let Some(kind) = event_type_named(name) {
        return Ok(Some(Form::Type(kind)));
    }
    if let Some(verb) = run_verb(name).filter(|verb| STEPS.iter().any(|(_, known)| known == verb)) {
        return Ok(Some(Form::Step(verb)));
    }
    let wanted = name.to_lowercase();
    let named_so = form_named(name).unwrap_or(wanted.as_str());
    if let Some(exact) = forms().find(|known| *known == named_so) {
        return Ok(Some(named(exact)));
    }
    if let Some(verb) = ELSEWHERE.iter().find(|verb| **verb == wanted) {
        return Err(LineFault::Elsewhere { verb });
    }
    // A name in another language may be typed by its beginning, as behind `--type`.
    if !name.is_ascii() && name.chars().count() > 1 {
        match event_types_begun(name).as_slice() {
            [] => {}
            [(_, kind)] => return Ok(Some(Form::Type(kind.clone()))),
            several => {
                let forms = several.iter().map(|(name, _)| *name).collect();
                return Err(LineFault::Several { typed: name.to_owned(), forms });
            }
        }
    }
    let typed = name.to_owned();
    let mut beginning: Vec<&str> = forms().filter(|known| known.starts_with(&wanted)).collect();
    // `/sev` means `/severity`, although `/severity_change` also begins with it.
    let first = beginning.iter().copied().min_by_key(|known| known.len());
    if let Some(first) = first.filter(|first| beginning.iter().all(|it| it.starts_with(first))) {
        beginning = vec![first];
    }
    match beginning.as_slice() {
        [only] if wanted.len() >= ENOUGH => Ok(Some(named(only))),
        [_, _, ..] if wanted.len() >= ENOUGH => Err(LineFault::Several { typed, forms: beginning }),
        _ if !name.chars().all(|c| c.is_alphabetic() || c == '_') => match glued(name) {
            Some(form) => Err(LineFault::NoSpace { form }),
            None => Ok(None),
        },
        // Too short to be an abbreviation, but it is clear what may have been meant.
        [_, ..] if wanted.len() > 1 => Err(LineFault::Several { typed, forms: beginning }),
        _ => Err(LineFault::Unknown { typed, near: nearest(&wanted, forms()) }),
    }
}

fn named(name: &'static str) -> Form {
    let command = COMMANDS.iter().find(|(known, _)| *known == name).map(|(_, command)| *command);
    if let Some((_, verb)) = STEPS.iter().find(|(known, _)| *known == name) {
        return Form::Step(*verb);
    }
    match command {
        Some(command) => Form::Command(command),
        None if TIMES.contains(&name) => Form::Time(name),
        None if VALUES.contains(&name) => Form::Value(name),
        None if FLAGS.contains(&name) => Form::Flag(name),
        None => Form::Type(EventType::from_word(name)),
    }
}

/// Times, each with its form.
type Times = Vec<(&'static str, String)>;

/// Returns the times at the beginning of words, each with its form, and the rest: after `/at`, a window has an end as
/// well.
fn times<'l>(
    form: &'static str,
    after: &'l str,
    split: TimeReader,
) -> Result<(Times, &'l str), Fault> {
    if after.is_empty() || after.starts_with(['"', '\'']) {
        let (value, rest) = value(form, after)?;
        return Ok((vec![(form, value)], rest));
    }
    let field = if form == "at" { Field::At } else { Field::Until };
    match split(field, after)? {
        Some(Lead { end: Some(_), .. }) if form != "at" => {
            Err(LineFault::NoTime { form, typed: beginning(after) }.into())
        }
        Some(Lead { start, end, is_due: false, text }) => {
            let end = end.map(|end| ("until", end));
            Ok(([(form, start)].into_iter().chain(end).collect(), text))
        }
        _ => Err(LineFault::NoTime { form, typed: beginning(after) }.into()),
    }
}

/// Returns the first four words.
fn beginning(words: &str) -> String {
    let end = word_ends(words).get(3).copied().filter(|end| *end < words.len());
    end.map_or(words.to_owned(), |end| format!("{} …", &words[..end]))
}

/// Returns the end of each word.
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

/// Returns the first value: a word, several words in quotes, or a path with backslashes before its spaces, as terminals
/// paste it. In quotes, a backslash escapes a quote; `it's` is one word.
///
/// # Errors
/// There is no value, or a quote is not closed.
fn value<'l>(form: &'static str, after: &'l str) -> Result<(String, &'l str), LineFault> {
    let (value, rest) = match after.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        Some(quote) => quoted(after, quote).ok_or(LineFault::Unclosed { form })?,
        None => word(after),
    };
    if value.is_empty() {
        Err(LineFault::NoValue { form, example: None })
    } else {
        Ok((value, rest))
    }
}

/// Returns the text in quotes, and the rest; `None` if the quotes are not closed.
fn quoted(after: &str, quote: char) -> Option<(String, &str)> {
    let mut inner = String::new();
    let mut chars = after.char_indices().skip(1).peekable();
    while let Some((place, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        if c == '\\' && next == Some(quote) {
            inner.push(quote);
            chars.next();
        } else if c == quote && next.is_none_or(char::is_whitespace) {
            let rest = after[place + 1..].trim_start();
            // `"he said "no" again"`: its end is ambiguous.
            let unclear = rest.matches(quote).count() % 2 == 1 && quote == '"';
            return (!unclear).then_some((inner, rest));
        } else {
            inner.push(c);
        }
    }
    None
}

fn word(after: &str) -> (String, &str) {
    let mut word = String::new();
    let mut chars = after.char_indices();
    while let Some((place, c)) = chars.next() {
        if c.is_whitespace() {
            return (word, after[place..].trim_start());
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
    (word, "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::{Door, terminal};
    use crate::model::Zone;
    use crate::operations;

    /// Returns the options and the text of a line, or why it was refused.
    fn told(line: &str) -> String {
        let zone = Zone::parse("America/New_York").unwrap();
        let now = crate::model::Moment::parse("2026-11-03T09:36-05:00", None).unwrap();
        let frame = crate::lang::Frame::bare(now, zone, crate::lang::Aim::Happened);
        match read(line, &|field, words| operations::split_required(words, &frame, field)) {
            Ok(Asked::Nothing) => "nothing".to_owned(),
            Ok(Asked::Event(entry)) => {
                format!("{} | {}", forms_of(&entry).join(" "), entry.request.text)
            }
            Ok(Asked::Command(command)) => format!("{command:?}"),
            Ok(Asked::Record(wanted)) => format!("record {wanted:?}"),
            Ok(Asked::Step(verb, words, request)) => {
                let entry = Entry { request: *request, files: Vec::new() };
                format!("{verb:?} {} | {words}", forms_of(&entry).join(" "))
            }
            Err(fault) => {
                let refusal = terminal().fault(&fault, Door::Prompt, std::path::Path::new(""));
                format!("! {}", refusal.message)
            }
        }
    }

    /// Returns the forms of an event in a fixed order.
    fn forms_of(entry: &Entry) -> Vec<String> {
        let Entry { request, files } = entry;
        // Destructured, so that a new field of a log request needs a form, or a reason to have none.
        let LogRequest {
            text: _,
            detail: _,
            at,
            until,
            begun: _,
            kind,
            steps,
            by,
            why,
            files: _,
            alt,
            width,
            next_update,
            refs,
            metrics: _,
            key,
            internal,
            severity,
            // A command of its own: what is logged at a prompt does not say that there is none any more.
            no_severity: _,
            tells_status: _,
            was_current: _,
        } = request;
        let mut said: Vec<(&str, String)> = Vec::new();
        said.extend(kind.iter().map(|kind| ("type=", kind.word().to_owned())));
        for (form, value) in [("at=", at), ("until=", until), ("next-update=", next_update)] {
            said.extend(value.iter().map(|value| (form, value.clone())));
        }
        said.extend(steps.iter().map(|step| ("step=", step.clone())));
        for (form, value) in [("by=", by), ("why=", why)] {
            said.extend(value.iter().map(|value| (form, value.clone())));
        }
        said.extend(files.iter().map(|file| ("attach=", file.clone())));
        for (form, value) in [("alt=", alt), ("width=", width), ("severity=", severity)] {
            said.extend(value.iter().map(|value| (form, value.clone())));
        }
        said.extend(refs.iter().map(|link| ("ref=", link.clone())));
        for (form, set) in [("key", key), ("internal", internal)] {
            said.extend(set.then(|| (form, String::new())));
        }
        said.into_iter().map(|(form, value)| format!("--{form}{value}")).collect()
    }

    fn are_told(table: &[(&str, &str)]) {
        for (line, expected) in table {
            assert_eq!(told(line), *expected, "{line:?}");
        }
    }

    #[test]
    fn a_time_does_not_include_words_of_the_event() {
        let table = [
            ("/at 18:08 5 nodes down", "--at=18:08 | 5 nodes down"),
            ("/at yesterday 22:57 the disk", "--at=yesterday 22:57 | the disk"),
            ("/at 9월 7일 18:08 3번 서버", "--at=9월 7일 18:08 | 3번 서버"),
            ("/at 10:00 3.0 배포 시작", "--at=10:00 | 3.0 배포 시작"),
            ("/at 10:00 5분 지연", "--at=10:00 | 5분 지연"),
            ("/at 10:00 2시간 지연", "--at=10:00 | 2시간 지연"),
            ("/at 10:00 8:2 split", "--at=10:00 | 8:2 split"),
            ("/at 10:00 전 직원에게 공지", "--at=10:00 | 전 직원에게 공지"),
            ("/at 10 minutes ago 3 pods", "--at=10 minutes ago | 3 pods"),
            ("/at 10분 전 3대", "--at=10분 전 | 3대"),
            ("/at 6:08 pm db down", "--at=6:08 pm | db down"),
            ("/at 6:08 p.m. db down", "--at=6:08 p.m. | db down"),
            ("/at now 5xx", "--at=now | 5xx"),
            (
                "/at 18:08 +1000 users dropped",
                "! /at: \"18:08 +1000\" is unclear: +1000 could belong to the time, or not",
            ),
            ("/at 18:08: +1000 users dropped", "--at=18:08 | +1000 users dropped"),
            ("/at 18:08 EST 5xx", "--at=18:08 EST | 5xx"),
            ("/at 18:08-18:20 5xx", "--at=18:08 --until=18:20 | 5xx"),
            ("/at 18:08 /until +20m 5xx", "--at=18:08 --until=+20m | 5xx"),
            ("/until 20m 5xx", "--until=20m | 5xx"),
            ("/at 17:00 z-index fix", "--at=17:00 | z-index fix"),
            ("/at 17:30 -0700 x", "--at=17:30 -0700 | x"),
            ("/at 18:08 -10 replicas", "--at=18:08 | -10 replicas"),
            ("/at 18:08 +09:00 x", "--at=18:08 +09:00 | x"),
            ("/at -10m 3 min latency spike", "--at=-10m | 3 min latency spike"),
            ("/at -5m 30s timeouts", "--at=-5m | 30s timeouts"),
            ("/at now Mon dashboard red", "--at=now | Mon dashboard red"),
            ("/at 18:08 KST 5xx", "--at=18:08 KST | 5xx"),
            ("/at 2026-11-01 disk full", "--at=2026-11-01 | disk full"),
            ("/at 2026-11-01 3번 서버", "--at=2026-11-01 | 3번 서버"),
            ("/at 2026-11-01 25:00 disk", "--at=2026-11-01 25:00 | disk"),
            ("/at 오후 6시 30분간 점검", "--at=오후 6시 | 30분간 점검"),
        ];
        are_told(&table);
    }

    #[test]
    fn every_form_shows_its_name() {
        let with_value = |form: &&'static str| (*form, " 9:30", "=9:30");
        let flag = |form: &&'static str| (*form, "", "");
        let forms = TIMES.iter().chain(&VALUES).map(with_value);
        for (form, typed, said) in forms.chain(FLAGS.iter().map(flag)) {
            // A form about a picture needs a picture.
            let line = format!("/attach a.png /{form}{typed} words");
            let told = told(&line);
            assert!(told.contains(&format!("--{form}{said} ")), "{line}: {told}");
            for words in crate::lang::spoken_codes().filter_map(crate::lang::spoken) {
                let help = words.prompt_forms();
                assert!(
                    help.contains(&format!("/{form}")),
                    "/help does not tell of /{form}:\n{help}"
                );
            }
        }
    }

    #[test]
    fn a_beginning_of_several_forms_names_them() {
        for (typed, forms) in
            [("de", &["detected", "declared", "decision"][..]), ("det", &["detected"])]
        {
            match form(typed) {
                Ok(found) => assert_eq!((found.is_some(), forms.len()), (true, 1), "{typed}"),
                Err(LineFault::Several { forms: named, .. }) => assert_eq!(named, forms),
                Err(fault) => panic!("{typed}: {fault:?}"),
            }
        }
    }

    /// Lines, each with the expected reading or refusal.
    const LINES: &[(&str, &str)] = &[
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
        ("/at 25:00 odd", "--at=25:00 | odd"),
        ("/at18:08 5xx", "! add a space after /at"),
        ("/by:sam 5xx", "! add a space after /by"),
        ("/장애 시작 결제 안됨", "--type=impact_start | 결제 안됨"),
        ("/why \"he said \"no\" again\" pods", "! /why: the quote is never closed"),
        ("/why 'it's broken' pods", "--why=it's broken | pods"),
        ("/why \"unclosed reason pods", "! /why: the quote is never closed"),
        ("/why \"said \\\"x\\\" loud\" pods", "--why=said \"x\" loud | pods"),
        ("/by \"sam\"smith pods", "! /by: the quote is never closed"),
        ("/at 오후 글 더 많이", "! /at: \"오후 글 더 많이\" does not begin with a time"),
        ("/at 0642 pods", "! /at: cannot read \"0642\" as a time"),
        ("/at 20261126 1340 pods", "! /at: cannot read \"20261126 1340\" as a time"),
        ("/at", "! /at needs a value"),
        ("/at 18:08 /until -5m /step deploy 배포", "--at=18:08 --until=-5m --step=deploy | 배포"),
        ("/step \"앱 배포\" /key 배포 시작", "--step=앱 배포 --key | 배포 시작"),
        ("/attach my\\ shot.png /width 50% broken", "--attach=my shot.png --width=50% | broken"),
        ("/attach '/tmp/a b.png'", "--attach=/tmp/a b.png | "),
        ("/detected /resolved both", "! /resolved is given twice"),
        ("/at 18:08 /at 18:09 twice", "! /at is given twice"),
        ("/by sam /by kim twice", "! /by is given twice"),
        ("/step a /step b two", "--step=a --step=b | two"),
        ("/ref u /ref v /internal two", "--ref=u --ref=v --internal | two"),
        ("/alt what none", "! /alt applies to a file"),
        ("/width 50% none", "! /width applies to a file"),
        ("/attach a.png /alt what one", "--attach=a.png --alt=what | one"),
        ("/dec we go back", "! /dec could be /declared or /decision"),
        ("/detcted 5xx", "! unknown short form /detcted"),
        ("/undo", "Undo"),
        ("/?", "Help"),
        ("/quit", "Quit"),
        ("/undo the migration", "! /undo must be alone on its line"),
        ("/var/log is full", " | /var/log is full"),
        ("/dev/sda1 is full", " | /dev/sda1 is full"),
        ("/tmp is full", "! unknown short form /tmp"),
        (" /tmp is full", " | /tmp is full"),
        ("/idn DB 커넥션", "! unknown short form /idn"),
        ("/원인 DB 커넥션", "--type=identified | DB 커넥션"),
        ("/심각도 sev2 결제 오류", "--severity=sev2 | 결제 오류"),
        ("/시각 18:08 /내부용 결제 오류", "--at=18:08 --internal | 결제 오류"),
        ("/되돌리기", "Undo"),
        ("/없는말 결제", "! unknown short form /없는말"),
        ("undo", "! did you mean /undo?"),
        ("undo the migration", " | undo the migration"),
        (":q", "! did you mean /quit?"),
        ("asrun undo -r a", "! this is a command for a shell, so it was not logged"),
        (" asrun failed to start", " | asrun failed to start"),
        ("/amend the text", "! there is no /amend here"),
        (" /detected is a path", " | /detected is a path"),
        ("/ alone", " | / alone"),
        ("restart /at noon", " | restart /at noon"),
        ("it's \"down\" /step", " | it's \"down\" /step"),
    ];

    #[test]
    fn lines_are_read() {
        are_told(LINES);
    }
}
