//! Changes of severity or status in an event, and their effect on later ones.

use crate::fault::{Doubt, KeyFault};
use crate::lang::documents_for;
use crate::model::{Event, EventType, Incident};
use crate::timeline::{
    next_severity, next_status, says_status, severity_at, status_at, tells_severity,
};
use crate::yaml::{Change, Path, Value};

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
        Some(next) => follow(incident, next, Some(&severity)),
        None => {
            let change = Change::set(Vec::new(), "severity", Value::text(severity.as_str()));
            Following { changes: vec![change], doubts: Vec::new() }
        }
    };
    event.kind.get_or_insert(EventType::SeverityChange);
    (event.from, event.to) = (was, Some(severity));
    Ok(following)
}

/// Completes an event that comes from another record with what was there before it in this one. A change of severity that
/// changes nothing here is none.
///
/// # Errors
/// A later change leads to the same severity.
pub(super) fn moved_here(
    (record, incident): (&str, &Incident),
    event: &mut Event,
) -> Result<Following, KeyFault> {
    let tells_status = says_status(event);
    if tells_status {
        to_status(incident, event);
    }
    let following = behind_milestone(incident, event);
    let Some(severity) = event.to.clone().filter(|_| !tells_status && tells_severity(event)) else {
        return Ok(following);
    };
    let text = event.text.clone();
    if text == severity_text(incident, event.from.as_deref(), &severity) {
        event.text.clear();
    }
    (event.from, event.to) = (None, None);
    let following = following.with(to_severity((record, incident), event, severity)?);
    if event.to.is_none() {
        event.text = text;
    }
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
    following.map(|(next, status)| follow(incident, next, Some(status))).unwrap_or_default()
}

/// Returns what is true again without an event, given with its index: the severity or the status before it, where a later
/// change begins with that of the event, or the record has it.
pub(super) fn without(incident: &Incident, place: usize) -> Following {
    let event = &incident.events[place];
    let behind = without_status(incident, place);
    let Some(to) = event.to.as_ref().filter(|_| tells_severity(event)) else { return behind };
    let was = event.from.as_deref();
    let following = match event.at.as_ref().and_then(|at| next_severity(incident, at)) {
        Some((_, later)) if later.from.as_ref() != Some(to) => Following::default(),
        Some(next) => follow(incident, next, was),
        None if incident.severity.as_ref() == Some(to) && event.from != event.to => Following {
            changes: vec![set_or_unset(Vec::new(), "severity", was)],
            ..Following::default()
        },
        None => Following::default(),
    };
    behind.with(following)
}

/// Returns what follows from another type of an event, given with its index: the status that it states, and what the
/// milestone after it begins with.
pub(super) fn retyped(incident: &Incident, place: usize, kind: Option<&EventType>) -> Following {
    let event = &incident.events[place];
    let path = || vec![("events".to_owned(), Some(place))];
    let status = kind.filter(|kind| kind.is_milestone()).map(EventType::word);
    let changes = match status {
        _ if !says_status(event) => Vec::new(),
        Some(status) => vec![Change::set(path(), "to", Value::text(status))],
        None => ["from", "to"]
            .into_iter()
            .filter(|key| *key == "to" || event.from.is_some())
            .map(|key| Change::unset(path(), key))
            .collect(),
    };
    let own = Following { changes, doubts: Vec::new() };
    match status {
        Some(_) => {
            own.with(behind_milestone(incident, &Event { kind: kind.cloned(), ..event.clone() }))
        }
        None => own.with(without_status(incident, place)),
    }
}

/// Returns what makes the milestone after an event, given with its index, begin with the status before the event.
fn without_status(incident: &Incident, place: usize) -> Following {
    let event = &incident.events[place];
    let status = event.kind.as_ref().filter(|kind| kind.is_milestone()).map(EventType::word);
    let next = event.at.as_ref().and_then(|at| next_status(incident, at));
    let refers = |next: &(usize, &Event)| status.is_some() && next.1.from.as_deref() == status;
    let Some(next) = next.filter(refers) else { return Following::default() };
    let mut rest = incident.clone();
    rest.events.remove(place);
    let before = status_at(&rest, event.at.as_ref());
    follow(incident, next, before.as_ref().map(EventType::word))
}

/// Returns what makes a later change, given with its index, begin with another value.
fn follow(incident: &Incident, (place, later): (usize, &Event), value: Option<&str>) -> Following {
    let (Some(at), Some(to)) = (later.at, &later.to) else { return Following::default() };
    let path = vec![("events".to_owned(), Some(place))];
    let mut changes = Vec::new();
    if later.from.as_deref() != value {
        changes.push(set_or_unset(path.clone(), "from", value));
    }
    if later.text == severity_text(incident, later.from.as_deref(), to) {
        let text = severity_text(incident, value, to);
        changes.push(Change::set(path, "text", Value::text(text)));
    }
    // A change to the value it begins with is none.
    let value = value.filter(|value| !to.eq_ignore_ascii_case(value));
    let doubt = |from: &str| Doubt::ChangesLater { at, to: to.clone(), from: from.to_owned() };
    Following { changes, doubts: value.map(doubt).into_iter().collect() }
}

fn set_or_unset(path: Path, key: &str, value: Option<&str>) -> Change {
    match value {
        Some(value) => Change::set(path, key, Value::text(value)),
        None => Change::unset(path, key),
    }
}

/// Returns the number in chronological order, from 1, of the event at an index.
pub(super) fn number_of(incident: &Incident, place: usize) -> usize {
    let event = &incident.events[place];
    let in_time = incident.events_in_time();
    in_time.iter().position(|other| std::ptr::eq(*other, event)).unwrap_or(place) + 1
}

/// Returns the text of an event for a new severity.
fn severity_text(incident: &Incident, was: Option<&str>, severity: &str) -> String {
    let word = documents_for(incident.language.as_deref()).labels.severity;
    match was {
        Some(was) => format!("{word}: {was} → {severity}"),
        None => format!("{word}: {severity}"),
    }
}
