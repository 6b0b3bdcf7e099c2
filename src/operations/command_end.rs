//! Records the end of a command whose start was logged, with its output.

use crate::check::told_without_secrets;
use crate::fault::{EventFault, Fault};
use crate::model::{Event, EventType, Moment};
use crate::store::Saved;
use crate::yaml::{Change, Value};

use super::texts::as_code;
use super::workspace::Target;

/// The most lines of output that an event keeps, and the most letters.
const LINES: usize = 40;
const LETTERS: usize = 4000;

/// A command that has ended.
#[derive(Debug)]
pub struct CommandRun {
    /// The event of its start, as it was logged.
    pub begun: Event,
    /// When it ended.
    pub until: Moment,
    /// The command and the end of its output as Markdown; empty if there is neither.
    pub detail: String,
    /// The type of the event: done or failed.
    pub kind: EventType,
    /// Its exit code, as in a shell.
    pub code: u8,
}

/// Adds the end of a command to the event of its start.
///
/// # Errors
/// Nothing was changed: the event no longer exists, or the record cannot be written.
pub fn note_end(target: &Target, run: &CommandRun) -> Result<Saved, Fault> {
    let (saved, ()) = target.change("log", |document| {
        let events = &document.incident.events;
        let place = events.iter().rposition(|event| *event == run.begun);
        let place = place.ok_or(EventFault::LastChanged)?;
        let path = vec![("events".to_owned(), Some(place))];
        let set = |key: &str, value: Value| Change::set(path.clone(), key, value);
        let code = ("exit code".to_owned(), Value::text(run.code.to_string()));
        let mut changes = vec![
            set("until", Value::text(run.until.written())),
            set("type", Value::text(run.kind.word())),
        ];
        if !run.detail.is_empty() {
            changes.push(set("detail", Value::text(format!("{}\n", run.detail.trim_end()))));
        }
        changes.push(set("metrics", Value::Map(vec![code])));
        Ok((changes, ()))
    })?;
    Ok(saved)
}

/// Returns the detail of a command's event: the typed detail, followed by the program's output.
pub fn with_output(own: Option<&str>, output: &str) -> String {
    let code = as_code(output);
    let both = [own.unwrap_or_default(), code.as_str()];
    both.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// Returns the end of an output with its secrets masked. They are masked before it is cut, since half a secret would
/// not be recognized.
pub fn end_of_output(output: &str, is_cut: bool) -> String {
    let masked = told_without_secrets(output.trim_end());
    let lines: Vec<&str> = masked.lines().collect();
    let mut kept = Vec::new();
    let mut left = LETTERS;
    for line in lines.iter().rev().take(LINES) {
        let letters = line.chars().count();
        if letters >= left {
            break;
        }
        left -= letters + 1;
        kept.push(*line);
    }
    let missing = lines.len() - kept.len();
    kept.reverse();
    let mut text = kept.join("\n");
    if missing > 0 || is_cut {
        let count = if is_cut { String::new() } else { format!(" +{missing}") };
        text = format!("…{count}\n{text}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_output_is_cut_at_its_beginning_after_its_secrets_are_hidden() {
        let long: String = (0..100).map(|line| format!("line {line}\n")).collect();
        let text = end_of_output(&long, false);
        assert!(text.starts_with("… +60\nline 60\n") && text.ends_with("line 99"), "{text}");
        assert!(end_of_output(&long, true).starts_with("…\nline 60\n"));
        assert_eq!(end_of_output("done\n", false), "done");
        assert_eq!(end_of_output("", false), "");
        let secret = format!("{}\npassword: hunter2hunter2\n", "x".repeat(100));
        assert!(
            !end_of_output(&secret, false).contains("hunter2"),
            "{}",
            end_of_output(&secret, false)
        );
        assert_eq!(end_of_output(&"x".repeat(9000), false), "… +1\n");
    }
}
