//! Formats times, paths and entries in messages, the same in every language.

use std::path::Path;

use unicode_width::UnicodeWidthStr;

use crate::model::{Clock, EventType, Moment, PlanStep, Precision, Zone};
use crate::yaml::Value;

use super::terminal::Door;
use crate::fault::{EditedPlace, ReverseWay, UndoFault};

/// Returns `2024-09-07 18:08 +09:00 Asia/Seoul`.
pub fn told(at: &Moment, zone: Zone) -> String {
    let clock = at.clock(Some(zone));
    let offset = offset(&clock);
    if clock.precision == Precision::Day {
        return clock.day.to_string();
    }
    format!("{} {} {offset} {zone}", clock.day, clock.hands())
}

/// Words in printed commands that stand for the user's own. A command with one of them is refused as it is printed:
/// nothing is written that nobody meant.
pub const PLACEHOLDERS: &[&str] = &[
    "TEXT", "TITLE", "VALUE", "NAME", "REASON", "TIME", "NUMBER", "STEP", "ID", "NEW-ID", "RECORD",
    "FILE", "KIND", "SORT", "ZONE", "TAG", "VERSION", "LENGTH", "COMMAND", "EVENT", "DIR", "FROM",
    "INTO",
];

/// Returns the words behind `asrun log` for a public event that says what an internal milestone says, as of the same time.
pub(super) fn public_event(known: &EventType, at: Option<Moment>) -> String {
    let at = at.map(|at| format!(" --at {}", at.written())).unwrap_or_default();
    format!("TEXT --type {}{at}", public_type(known))
}

/// Returns the command for the same, as it is typed there.
pub(super) fn public_event_typed(
    (known, at): (&EventType, Option<Moment>),
    door: Door,
    record: &str,
) -> String {
    match door {
        Door::CommandLine => format!("asrun log {} -r {record}", public_event(known, at)),
        Door::Prompt => {
            let at = at.map(|at| format!("/at {} ", at.written())).unwrap_or_default();
            format!("/{} {at}TEXT", public_type(known))
        }
    }
}

/// Returns the type that says to the public what an internal milestone says: that a record was closed is no news.
fn public_type(known: &EventType) -> &str {
    let is_closed = *known == EventType::Closed;
    if is_closed { EventType::Resolved.word() } else { known.word() }
}

/// Returns the command that undoes the change with this number.
pub(super) fn undoing(number: usize) -> String {
    if number == 1 { "asrun undo".to_owned() } else { format!("asrun undo {number}") }
}

/// Whether what else could be done about a change that is not undone only helps once it is passed over: a further undo would
/// take that back, and meet the change again.
pub(super) fn is_followed(why: &UndoFault) -> bool {
    matches!(
        why,
        UndoFault::EntryEdited { .. }
            | UndoFault::KeyChanged { .. }
            | UndoFault::LaterStays { .. }
            | UndoFault::TextChanged
    )
}

/// Returns numbered lines of moments to choose from.
pub fn numbered_moments(moments: &[Moment], zone: Zone) -> String {
    let lines = moments.iter().map(|at| (told(at, zone), String::new()));
    numbered(&lines.collect::<Vec<_>>())
}

/// Returns numbered lines to choose from, with ids and titles in columns.
pub(super) fn numbered(choices: &[(String, String)]) -> String {
    let widths = choices.iter().map(|(id, _)| id.width());
    let width = widths.max().unwrap_or(0);
    let line = |((id, title), number): (&(String, String), usize)| {
        let gap = " ".repeat(width - id.width() + 2);
        format!("{}\n", format!("  {number}  {id}{gap}{title}").trim_end())
    };
    choices.iter().zip(1..).map(line).collect()
}

/// Returns the command that reopens a record, by the command that undoes its last change.
pub(super) fn reopening(undo: &str) -> String {
    let of = undo.strip_prefix("asrun undo").unwrap_or_default();
    format!("asrun reopen{of}")
}

/// Returns the command that does the opposite of a change of several records.
pub(super) fn reverse_command(way: &ReverseWay) -> String {
    match way {
        ReverseWay::Move { number, from, to } => format!("asrun move {number} -r {from} --to {to}"),
        ReverseWay::Rename { from, to } => format!("asrun rename {to} -r {from}"),
    }
}

/// Returns `3, 5, 8`.
pub(super) fn numbers(all: &[usize]) -> String {
    all.iter().map(usize::to_string).collect::<Vec<_>>().join(", ")
}

/// Returns `# why a, # of b` for comments.
pub(super) fn hash_signs(comments: &[String]) -> String {
    comments.iter().map(|comment| format!("# {comment}")).collect::<Vec<_>>().join(", ")
}

/// Returns the same for a time that may be unknown: then `unknown`.
pub(super) fn told_if_known(at: Option<&Moment>, zone: Zone, unknown: &str) -> String {
    at.map_or_else(|| unknown.to_owned(), |at| told(at, zone))
}

/// Returns `Tell support (no longer needed), Update docs`: steps, each with the reason why it was skipped.
pub(super) fn told_with_reasons(steps: &[&PlanStep]) -> String {
    let why = |step: &PlanStep| step.skipped.as_ref().and_then(|skip| skip.why.clone());
    let told = |step: &&PlanStep| match why(step) {
        Some(why) => format!("{} ({why})", step.text),
        None => step.text.clone(),
    };
    steps.iter().map(told).collect::<Vec<_>>().join(", ")
}

/// Returns `18:08`, with its day if that is another one than `now`'s; for readers who know the zone.
pub fn told_briefly(at: &Moment, now: &Moment, zone: Zone) -> String {
    let told = told(at, zone);
    let short: Vec<&str> = told.split(' ').take(2).collect();
    let same_day = at.clock(Some(zone)).day == now.clock(Some(zone)).day;
    match short.as_slice() {
        [_, time] if same_day => (*time).to_owned(),
        parts => parts.join(" "),
    }
}

fn offset(clock: &Clock) -> String {
    let minutes = clock.offset_minutes.abs();
    let sign = if clock.offset_minutes < 0 { '-' } else { '+' };
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

/// Returns the day of a written time, with its `T`: `2024-09-07T`; empty for a clock time.
pub(super) fn day_of(written: &str) -> &str {
    if written.get(4..5) == Some("-") { written.get(..11).unwrap_or("") } else { "" }
}

/// Returns a path relative to `folder`.
pub fn shown(path: &Path, folder: &Path) -> String {
    path.strip_prefix(folder).unwrap_or(path).display().to_string()
}

/// Returns `2024-09-07T18:08+09:00 앱 진입 불가 확인` for an entry, as written; for a text, a section or a file its name. Only
/// the first line is used.
pub fn told_entry(entry: &Value) -> String {
    let said = |key| entry.text_at(key);
    let words = match entry {
        Value::Scalar(text) => text.as_str(),
        _ => ["text", "title", "file"].into_iter().find_map(said).unwrap_or(""),
    };
    let mut lines = words.trim().lines();
    let first = lines.next().unwrap_or("");
    let more = if lines.next().is_some() { " …" } else { "" };
    format!("{} {first}{more}", said("at").unwrap_or("")).trim().to_owned()
}

/// Returns the words of `asrun amend 3 --by sam`, which sets the keys of an entry to these values; `asrun edit` if no command
/// can do that.
pub(super) fn setting_back(place: &EditedPlace, back: &[(String, Option<Value>)]) -> String {
    let (command, keys) = match place {
        EditedPlace::Event(number) => (format!("asrun amend {number}"), AMENDED),
        EditedPlace::Step(id) => (format!("asrun plan edit {}", quoted_word(id)), EDITED),
        EditedPlace::Other => return "asrun edit".to_owned(),
    };
    let option = |(key, value): &(String, Option<Value>)| {
        let name = key.replace('_', "-");
        let text = value.as_ref().map(|value| value.lone());
        match text {
            _ if !keys.contains(&key.as_str()) => None,
            Some(text) => Some(format!("--{name} {}", quoted_word(in_line(text?)?))),
            None => Some(format!("--clear {key}")),
        }
    };
    let options: Option<Vec<String>> = back.iter().map(option).collect();
    let options = options.filter(|options| !options.is_empty());
    options.map_or("asrun edit".to_owned(), |options| format!("{command} {}", options.join(" ")))
}

/// The keys of an event, and of a step, that an option of the same name sets to a text.
const AMENDED: &[&str] = &["at", "until", "next_update", "type", "text", "by", "why", "detail"];
const EDITED: &[&str] = &["text", "owner", "takes", "due", "if_failed", "command"];

/// Returns the words of `asrun set severity sev1`; `None` if the value is not a text in one line.
pub(super) fn setting_key(key: &str, value: Option<&Value>) -> Option<String> {
    Some(match value {
        Some(value) => format!("asrun set {key} {}", quoted_word(in_line(value.lone()?)?)),
        None => format!("asrun set {key} --clear"),
    })
}

/// Returns a text that fits into a command, without a blank at its ends.
fn in_line(text: &str) -> Option<&str> {
    let fits = text.chars().count() <= 80 && !text.contains(char::is_control);
    Some(text).filter(|text| fits && !text.starts_with('-') && text.trim() == *text)
}

/// Returns a word quoted for a shell, if it must be.
pub(super) fn quoted_word(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./:=@%+,".contains(c);
    match !word.is_empty() && word.chars().all(is_plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', r"'\''")),
    }
}

/// Returns `by: sam, why: —`.
pub(super) fn keys_told(keys: &[(String, Option<Value>)]) -> String {
    let told =
        |(key, value): &(String, Option<Value>)| format!("{key}: {}", value_words(value.as_ref()));
    keys.iter().map(told).collect::<Vec<_>>().join(", ")
}

/// Returns the first of many characters.
pub(super) fn some_of(signs: &str) -> String {
    let more = if signs.chars().count() > 20 { "…" } else { "" };
    signs.chars().take(20).chain(more.chars()).collect()
}

/// Returns an item of a record's list; except for events and steps with the list's name, `lessons.well: 빠른 복구`.
pub fn told_item(list: &str, item: &Value) -> String {
    match list {
        "events" | "plan" => told_entry(item),
        _ => format!("{list}: {}", told_entry(item)),
    }
}

/// Returns how many effects of one change are listed one by one.
pub(super) fn told_of(deeds: usize) -> usize {
    if deeds > 4 { 3 } else { deeds }
}

/// Returns a value on one line: a text, texts, `…` for more, and `—` for none.
pub fn value_words(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => "—".to_owned(),
        Some(text @ Value::Scalar(_)) => told_entry(text),
        Some(Value::List(items)) if is_told(items) => {
            items.iter().map(told_entry).collect::<Vec<_>>().join(", ")
        }
        Some(_) => "…".to_owned(),
    }
}

/// Whether a list has items, each of which has a text, a title or a file.
fn is_told(items: &[Value]) -> bool {
    !items.is_empty() && items.iter().all(|item| item.is_text() || !told_entry(item).is_empty())
}

/// Returns two values of a key on one line each; of two mappings, only what differs.
pub(super) fn values_apart(now: Option<&Value>, was: Option<&Value>) -> [String; 2] {
    let entries = |value: Option<&Value>| match value {
        Some(Value::Map(entries)) => entries.clone(),
        _ => Vec::new(),
    };
    let is_map = |value: Option<&Value>| matches!(value, None | Some(Value::Map(_)));
    if !is_map(now) || !is_map(was) {
        return [value_words(now), value_words(was)];
    }
    let [now, was] = [entries(now), entries(was)];
    let only = |here: &[(String, Value)], there: &[(String, Value)]| {
        let apart = here.iter().filter(|entry| !there.contains(entry));
        let told: Vec<String> =
            apart.map(|(key, value)| format!("{key}: {}", value_words(Some(value)))).collect();
        if told.is_empty() { value_words(None) } else { told.join(", ") }
    };
    [only(&now, &was), only(&was, &now)]
}

/// Returns a value on one line, with everything that a list or a mapping contains.
pub(super) fn whole_value_words(value: Option<&Value>) -> String {
    match value {
        Some(Value::List(items)) => {
            let items: Vec<String> =
                items.iter().map(|item| whole_value_words(Some(item))).collect();
            format!("[{}]", items.join(", "))
        }
        Some(Value::Map(entries)) => {
            let entry = |(key, value): &(String, Value)| {
                format!("{key}: {}", whole_value_words(Some(value)))
            };
            format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
        value => value_words(value),
    }
}

/// Returns the command that undoes the change of that number, or redoes it.
pub(super) fn undo_again(redo: bool, number: Option<usize>) -> Option<String> {
    match (redo, number?) {
        (true, _) => Some("asrun undo --redo".to_owned()),
        (false, 1) => Some("asrun undo".to_owned()),
        (false, number) => Some(format!("asrun undo {number}")),
    }
}
/// Returns the first three of a list, and how many `more` there are.
pub(super) fn first_few(list: &[String], more: impl Fn(usize) -> String) -> String {
    const FEW: usize = 3;
    let rest = list.len().saturating_sub(FEW);
    let more = if rest > 0 { more(rest) } else { String::new() };
    list[..list.len() - rest].join(", ") + &more
}
