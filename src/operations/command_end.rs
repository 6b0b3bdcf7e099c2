//! Noting the end of a command whose start was logged.

use crate::fault::{EventFault, Fault};
use crate::model::{Event, EventType, Moment};
use crate::store::Saved;
use crate::yaml::{Change, Value};

use super::workspace::Target;

/// A command that ended.
#[derive(Debug)]
pub struct CommandRun {
    /// The event of its beginning, as it was logged.
    pub begun: Event,
    /// When it ended.
    pub until: Moment,
    /// The command and the end of what it printed, Markdown.
    pub detail: String,
    /// What it was: done, or failed.
    pub kind: EventType,
    /// Its exit code, as a shell tells it.
    pub code: u8,
}

/// Notes in the event of a command's beginning how it ended.
///
/// # Errors
/// Nothing was noted: the event is not there any more, or the record cannot be written.
pub fn note_end(target: &Target, run: &CommandRun) -> Result<Saved, Fault> {
    let (saved, ()) = target.change("log", |document| {
        let events = &document.incident.events;
        let place = events.iter().rposition(|event| *event == run.begun);
        let place = place.ok_or(EventFault::LastChanged)?;
        let path = vec![("events".to_owned(), Some(place))];
        let set = |key: &str, value: Value| Change::set(path.clone(), key, value);
        let code = ("exit code".to_owned(), Value::text(run.code.to_string()));
        let changes = vec![
            set("until", Value::text(run.until.written())),
            set("type", Value::text(run.kind.word())),
            set("detail", Value::text(format!("{}\n", run.detail.trim_end()))),
            set("metrics", Value::Map(vec![code])),
        ];
        Ok((changes, ()))
    })?;
    Ok(saved)
}
