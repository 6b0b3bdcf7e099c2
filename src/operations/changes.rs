//! Changes of severity or status in an event, and their effect on later ones.

use crate::fault::{Doubt, KeyFault};
use crate::lang::documents_for;
use crate::model::{Event, EventType, Incident};
use crate::timeline::{next_severity, next_status, severity_at, status_at};
use crate::yaml::{Change, Value};

use super::amend::number_of;

/// The effect of a change of severity or status on the rest of a record.
#[derive(Default)]
pub(super) struct Following {
    /// Changes of the record's text.
    pub(super) changes: Vec<Change>,
    /// A note that a later change now begins with the new value.
    pub(super) doubts: Vec<Doubt>,
}

impl Following {
    /// Adds the effect of another change.
    pub(super) fn with(mut self, other: Following) -> Following {
        self.changes.extend(other.changes);
        self.doubts.extend(other.doubts);
        self
    }
}

/// Completes an event with a new severity: its former value at that time, and its text if it has none. A later change
/// then begins with the new severity; if there is none, the record's own severity changes.
///
/// # Errors
/// A later change leads to the same severity.
pub(super) fn to_severity(
    (record, incident): (&str, &Incident),
    event: &mut Event,
    severity: String,
) -> Result<Following, KeyFault> {
    let was = severity_at(incident, event.at.as_ref()).map(str::to_owned);
    if event.text.is_empty() {
        event.text = severity_text(incident, was.as_deref(), &severity);
    }
    if was.as_ref() == Some(&severity) {
        return Ok(Following::default());
    }
    let next = event.at.as_ref().and_then(|at| next_severity(incident, at));
    let following = match next {
        Some((place, Event { at: Some(at), to: Some(to), .. })) if to == &severity => {
            let number = number_of(incident, place);
            let (record, value) = (record.to_owned(), severity);
            return Err(KeyFault::LaterSame { record, value, at: *at, number });
        }
        Some(next) => follow(incident, next, &severity),
        None => {
            let change = Change::set(Vec::new(), "severity", Value::text(severity.as_str()));
            Following { changes: vec![change], doubts: Vec::new() }
        }
    };
    event.kind.get_or_insert(EventType::SeverityChange);
    (event.from, event.to) = (was, Some(severity));
    Ok(following)
}

/// Completes a milestone with the status before it.
pub(super) fn to_status(incident: &Incident, event: &mut Event) {
    event.from = status_at(incident, event.at.as_ref()).map(|kind| kind.word().to_owned());
    event.to = event.kind.as_ref().map(|kind| kind.word().to_owned());
}

/// Returns what makes the milestone after an event refer to it, if the event is a milestone and the later one states
/// the status before it.
pub(super) fn behind_milestone(incident: &Incident, event: &Event) -> Following {
    let status = event.kind.as_ref().filter(|kind| kind.is_milestone()).map(EventType::word);
    let next = event.at.as_ref().and_then(|at| next_status(incident, at));
    let following = next.zip(status).filter(|((_, later), it)| later.from.as_deref() != Some(it));
    following.map(|(next, status)| follow(incident, next, status)).unwrap_or_default()
}

/// Returns what makes a later change, given with its index, begin with a new value.
fn follow(incident: &Incident, (place, later): (usize, &Event), value: &str) -> Following {
    let (Some(at), Some(to)) = (later.at, &later.to) else { return Following::default() };
    let path = vec![("events".to_owned(), Some(place))];
    let mut changes = vec![Change::set(path.clone(), "from", Value::text(value))];
    if later.text == severity_text(incident, later.from.as_deref(), to) {
        let text = severity_text(incident, Some(value), to);
        changes.push(Change::set(path, "text", Value::text(text)));
    }
    // A change to the value it begins with is none.
    let changes_it = !to.eq_ignore_ascii_case(value);
    let doubt = Doubt::ChangesLater { at, to: to.clone(), from: value.to_owned() };
    Following { changes, doubts: changes_it.then_some(doubt).into_iter().collect() }
}

/// Returns the text of an event for a new severity.
fn severity_text(incident: &Incident, was: Option<&str>, severity: &str) -> String {
    let word = documents_for(incident.language.as_deref()).labels.severity;
    match was {
        Some(was) => format!("{word}: {was} → {severity}"),
        None => format!("{word}: {severity}"),
    }
}
