//! Logs of programs with a line of JSON per entry, including journald's.

use serde_json::Value;

use crate::fault::{ExportFault, ImportFault, WhyLeft};
use crate::model::Moment;

use super::chat;
use super::draft::{Draft, ImportOptions, Input};
use super::draft_builder::DraftBuilder;
use super::json::{Json, JsonFields};
use super::place::Place;
use super::text::text_of;

/// The most lines of a log without a filter: a flood of lines is not a record.
pub(super) const FLOOD: usize = 200;
/// Names for the time of a line.
const AT: [&str; 10] = [
    "ts",
    "time",
    "@timestamp",
    "timestamp",
    "occurred_at",
    "created_at",
    "createdAt",
    "eventTime",
    "datetime",
    "date",
];
/// Names for the text.
const TEXT: [&str; 8] =
    ["msg", "message", "text", "event", "summary", "title", "description", "body"];
/// Names for the person.
const BY: [&str; 4] = ["by", "user", "actor", "author"];
/// Names for the id.
const ID: [&str; 3] = ["id", "uuid", "event_id"];

/// Reads logs as one record.
///
/// # Errors
/// A line is nested too deeply, or more lines were requested than a record should have.
pub(super) fn read(inputs: &[Input], answers: &ImportOptions) -> Result<Draft, ImportFault> {
    let mut gathered = DraftBuilder::new(answers);
    let mut count = 0;
    for input in inputs {
        let text = text_of(input, answers)?;
        gathered.belong("", || input.name.clone());
        for (at, line) in text.lines().enumerate() {
            let place = Place::line(at + 1);
            if line.trim().is_empty() {
                continue;
            }
            match Json::read(&input.name, line).and_then(|json| json.root()) {
                Err(fault @ ImportFault::Export(ExportFault::TooDeep { .. })) => return Err(fault),
                Ok(node) if node.value.is_object() => {
                    count += usize::from(take(&mut gathered, &node.value, &input.name, place));
                }
                _ => gathered.leave(place, line.to_owned(), WhyLeft::NotJson),
            }
        }
    }
    if count > FLOOD && answers.matching.is_none() {
        let name = inputs.first().map(|input| input.name.clone()).unwrap_or_default();
        return Err(ExportFault::Flood { name, found: count, limit: FLOOD }.into());
    }
    Ok(gathered.finish())
}

/// Reads a line; returns whether it was requested.
fn take(gathered: &mut DraftBuilder<'_>, value: &Value, name: &str, place: Place) -> bool {
    let line = || serde_json::to_string(value).unwrap_or_default();
    if !gathered.matches(value) {
        gathered.leave(place, line(), WhyLeft::NotAsked);
        return false;
    }
    let is_journal = value.get("__REALTIME_TIMESTAMP").is_some();
    let (at, raw) =
        if is_journal { journal_time(gathered, value) } else { time(gathered, value, place) };
    let Some(at) = at else {
        gathered.leave(place, line(), WhyLeft::NoTime);
        return true;
    };
    let fields = gathered.fields().clone();
    let word = |field: &Option<String>, known: &[&str]| match field {
        Some(field) => value.word(field),
        None => known.iter().find_map(|field| value.word(field)),
    };
    let text = if is_journal { message(value) } else { word(&fields.text, &TEXT) };
    let mut event = chat::event(at, &text.unwrap_or_default());
    let own = ["SYSLOG_IDENTIFIER", "_COMM"];
    event.by = word(&fields.by, if is_journal { &own } else { &BY });
    event.source = Some(match word(&fields.id, if is_journal { &["__CURSOR"] } else { &ID }) {
        Some(id) if is_journal => format!("journal:{id}"),
        Some(id) => format!("jsonl:{id}"),
        None => format!("{name}:{}", place.line),
    });
    gathered.event(event, place, &raw);
    true
}

/// Returns the time of a line in the journal, in microseconds since 1970: the writer's time, else the journal's.
fn journal_time(gathered: &DraftBuilder<'_>, value: &Value) -> (Option<Moment>, String) {
    let keys = ["_SOURCE_REALTIME_TIMESTAMP", "__REALTIME_TIMESTAMP"];
    let raw = keys.iter().find_map(|key| value.word(key)).unwrap_or_default();
    let micros: Option<i64> = raw.parse().ok();
    (micros.and_then(|micros| gathered.epoch(micros.div_euclid(1_000_000))), raw)
}

/// Returns the message of a line in the journal, which may be an array of bytes.
fn message(value: &Value) -> Option<String> {
    let bytes = value.list("MESSAGE").iter().map(|byte| u8::try_from(byte.as_u64()?).ok());
    let bytes: Option<Vec<u8>> = bytes.collect();
    let told = || bytes.filter(|bytes| !bytes.is_empty()).and_then(|it| String::from_utf8(it).ok());
    value.word("MESSAGE").or_else(told)
}

/// Returns the time of a line: in ISO 8601, or in seconds or milliseconds since 1970.
fn time(gathered: &mut DraftBuilder<'_>, value: &Value, place: Place) -> (Option<Moment>, String) {
    let named = gathered.fields().at.clone();
    let field = match &named {
        Some(field) => Some(field.as_str()),
        None => AT.into_iter().find(|field| value.at(field).is_some()),
    };
    let Some(found) = field.and_then(|field| value.at(field)) else { return (None, String::new()) };
    let raw = match found {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let seconds = found.as_f64().or_else(|| raw.parse().ok()).filter(|it: &f64| it.is_finite());
    let at = match seconds {
        Some(seconds) => gathered.epoch(whole_seconds(seconds)),
        None => gathered.time(&raw, place),
    };
    (at, raw)
}

/// Returns the seconds for a number of seconds, milliseconds, microseconds or nanoseconds: no log is from the year
/// 5000.
fn whole_seconds(number: f64) -> i64 {
    let mut seconds = number;
    while seconds.abs() > 100_000_000_000.0 {
        seconds /= 1000.0;
    }
    seconds.floor() as i64
}
