//! Changes of severity or status in an event, and their effect on later ones.

use std::collections::{BTreeMap, HashMap};

use crate::fault::{Doubt, KeyFault};
use crate::lang::documents_for;
use crate::model::{Event, EventType, Incident, Moment};
use crate::timeline::{
    next_severity, next_status, says_status, severity_at, severity_led_to, severity_was_removed,
    status_at, tells_severity,
};
use crate::yaml::{Change, Path, Value};

/// The key of a record's severity.
const SEVERITY: &str = "severity";

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
    let is_new = severity_at(incident, event.at.as_ref()) != Some(severity.as_str());
    match event.at.as_ref().and_then(|at| next_severity(incident, at)) {
        Some((place, Event { at: Some(at), to: Some(to), .. })) if is_new && to == &severity => {
            let number = number_of(incident, place);
            let (record, value) = (record.to_owned(), severity);
            Err(KeyFault::LaterSame { record, value, at: *at, number })
        }
        _ => Ok(turned_to(incident, event, severity)),
    }
}

/// Completes an event with a new severity, wherever a later change leads.
fn turned_to(incident: &Incident, event: &mut Event, severity: String) -> Following {
    let was = severity_at(incident, event.at.as_ref()).map(str::to_owned);
    if event.text.is_empty() {
        event.text = severity_text(incident, was.as_deref(), Some(&severity));
    }
    if was.as_ref() == Some(&severity) {
        return Following::default();
    }
    let following = match event.at.as_ref().and_then(|at| next_severity(incident, at)) {
        Some(next) => follow(incident, next, Some(&severity)),
        None => {
            let change = Change::set(Vec::new(), SEVERITY, Value::text(severity.as_str()));
            Following { changes: vec![change], doubts: Vec::new() }
        }
    };
    event.kind.get_or_insert(EventType::SeverityChange);
    (event.from, event.to) = (was, Some(severity));
    following
}

/// Completes an event that ends the severity that there was before it. A later change then begins with none; if there is
/// none, the record loses its severity.
pub(super) fn to_no_severity(incident: &Incident, event: &mut Event) -> Following {
    let was = severity_at(incident, event.at.as_ref()).map(str::to_owned);
    if event.text.is_empty() {
        event.text = severity_text(incident, was.as_deref(), None);
    }
    let following = match event.at.as_ref().and_then(|at| next_severity(incident, at)) {
        Some(next) => follow(incident, next, None),
        None => {
            let change = Change::unset(Vec::new(), SEVERITY);
            Following { changes: vec![change], doubts: Vec::new() }
        }
    };
    event.kind.get_or_insert(EventType::SeverityChange);
    (event.from, event.to) = (was, None);
    following
}

/// Completes an event that comes from another record with what was there before it in this one. A change of severity that
/// changes nothing here is none.
pub(super) fn moved_here(incident: &Incident, event: &mut Event) -> Following {
    let tells_status = says_status(event);
    if tells_status {
        to_status(incident, event);
    }
    let following = behind_milestone(incident, event);
    if tells_status || !tells_severity(event) {
        return following;
    }
    let to = event.to.clone();
    let is_default = event.text == severity_text(incident, event.from.as_deref(), to.as_deref());
    let Some(severity) = to else {
        event.from = None;
        if severity_at(incident, event.at.as_ref()).is_none() {
            event.kind = None;
            return following;
        }
        if is_default {
            event.text.clear();
        }
        return following.with(to_no_severity(incident, event));
    };
    (event.from, event.to) = (None, None);
    if severity_at(incident, event.at.as_ref()) == Some(severity.as_str()) {
        if is_default {
            event.text = severity_text(incident, None, Some(&severity));
        }
        event.kind = event.kind.take().filter(|kind| *kind != EventType::SeverityChange);
        let doubts = vec![Doubt::NoChange { value: severity }];
        return following.with(Following { changes: Vec::new(), doubts });
    }
    if is_default {
        event.text.clear();
    }
    following.with(turned_to(incident, event, severity))
}

/// Returns what makes the changes of severity and of status of a record follow each other again after the event at an
/// index got another time, or lost it. The record's own severity is then the one that its events lead to.
pub(super) fn moved_in_time(before: &Incident, place: usize, at: Option<Moment>) -> Following {
    let event = &before.events[place];
    if !tells_severity(event) && !event.kind.as_ref().is_some_and(EventType::is_milestone) {
        return Following::default();
    }
    let mut after = before.clone();
    after.events[place].at = at;
    let first = first_severity(before);
    let was = led_before(before, first);
    let is_same = |place: usize, led: &Option<String>| was.get(&place) == Some(led);
    let mut following = following_each_other(&after, led_before(&after, first), is_same);
    following.doubts.retain(|(of, _)| *of != place);
    following.with_severity(before, &after)
}

/// Returns what makes the changes of severity and of status of a merged record follow each other, of which these two
/// records were made. If the events of the first one led to its own severity, those of the merged one do, too.
pub(super) fn merged(after: &Incident, sides: [&Incident; 2]) -> Following {
    let key = |event: &Event| (event.at.map(|at| at.unix()), event.text.clone(), event.to.clone());
    let mut was: HashMap<_, Vec<Option<String>>> = HashMap::new();
    for side in sides {
        for (place, led) in led_before(side, first_severity(side)) {
            was.entry(key(&side.events[place])).or_default().push(led);
        }
    }
    let is_same = |place: usize, led: &Option<String>| {
        was.get(&key(&after.events[place])).is_some_and(|was| was.contains(led))
    };
    let following = following_each_other(after, led_before(after, first_severity(after)), is_same);
    match sides[0].events.iter().any(tells_severity) {
        true => following.with_severity(sides[0], after),
        false => following.without_severity(),
    }
}

/// What was there before each change of severity and of status, by the index of its event.
type Led = BTreeMap<usize, Option<String>>;

/// The changes that make events follow each other, and for each event changed with them, given with its index, what it
/// says now.
#[derive(Default)]
struct InOrder {
    changes: Vec<Change>,
    doubts: Vec<(usize, Doubt)>,
}

impl InOrder {
    /// Returns the same with the record's own severity, if its events led to the former one.
    fn with_severity(mut self, before: &Incident, after: &Incident) -> Following {
        let was_led = severity_led_to(before).is_none();
        let led = severity_led_to(after).filter(|_| was_led);
        self.changes.extend(led.map(|led| Change::set(Vec::new(), SEVERITY, Value::text(led))));
        let is_gone = was_led && severity_was_removed(after) && !severity_was_removed(before);
        if is_gone && after.severity.is_some() {
            self.changes.push(Change::unset(Vec::new(), SEVERITY));
        }
        self.without_severity()
    }

    fn without_severity(self) -> Following {
        let doubts = self.doubts.into_iter().map(|(_, doubt)| doubt).collect();
        Following { changes: self.changes, doubts }
    }
}

/// Returns what makes events begin with what was there before them, except where it is as it was.
fn following_each_other(
    after: &Incident,
    led: Led,
    is_same: impl Fn(usize, &Option<String>) -> bool,
) -> InOrder {
    let mut all = InOrder::default();
    for (place, from) in led.into_iter().filter(|(place, from)| !is_same(*place, from)) {
        let event = &after.events[place];
        let changes = follow(after, (place, event), from.as_deref()).changes;
        let doubt = event.at.zip(event.to.clone()).map(|(at, to)| Doubt::NowFrom { at, to, from });
        all.doubts.extend(doubt.filter(|_| !changes.is_empty()).map(|doubt| (place, doubt)));
        all.changes.extend(changes);
    }
    all
}

/// Returns what the events of a record lead to before each change of severity and of status; `first` is what was there
/// before the first severity.
fn led_before(incident: &Incident, first: Option<&str>) -> Led {
    let mut severity = first;
    let mut led = Led::new();
    for event in incident.events_in_time().into_iter().filter(|event| event.at.is_some()) {
        let place = place_in(incident, event);
        if tells_severity(event) {
            let before = std::mem::replace(&mut severity, event.to.as_deref());
            led.insert(place, before.map(str::to_owned));
        } else if says_status(event) {
            led.insert(place, status_before(incident, place));
        }
    }
    led
}

/// Returns what was there before the first change of severity of a record, as it says.
fn first_severity(incident: &Incident) -> Option<&str> {
    let in_time = incident.events_in_time();
    let first = in_time.into_iter().find(|event| event.at.is_some() && tells_severity(event))?;
    first.from.as_deref()
}

/// Returns the index of an event of a record.
fn place_in(incident: &Incident, event: &Event) -> usize {
    incident.events.iter().position(|other| std::ptr::eq(other, event)).unwrap_or_default()
}

/// Returns the status before an event, given with its index.
fn status_before(incident: &Incident, place: usize) -> Option<String> {
    let mut rest = incident.clone();
    let event = rest.events.remove(place);
    status_at(&rest, event.at.as_ref()).map(|kind| kind.word().to_owned())
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
    // A severity can be set by an event of any type.
    let is_severity = |to: &&String| {
        tells_severity(event) || !says_status(event) && incident.severity.as_ref() == Some(*to)
    };
    let was = event.from.as_deref();
    if event.to.is_none() && tells_severity(event) {
        let next = event.at.as_ref().and_then(|at| next_severity(incident, at));
        let following = match next {
            Some((_, later)) if later.from.is_some() => Following::default(),
            Some(next) => follow(incident, next, was),
            None if incident.severity.is_none() => Following {
                changes: vec![set_or_unset(Vec::new(), SEVERITY, was)],
                ..Following::default()
            },
            None => Following::default(),
        };
        return behind.with(following);
    }
    let Some(to) = event.to.as_ref().filter(is_severity) else { return behind };
    let following = match event.at.as_ref().and_then(|at| next_severity(incident, at)) {
        Some((_, later)) if later.from.as_ref() != Some(to) => Following::default(),
        Some(next) => follow(incident, next, was),
        None if incident.severity.as_ref() == Some(to) && event.from != event.to => Following {
            changes: vec![set_or_unset(Vec::new(), SEVERITY, was)],
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
    follow(incident, next, status_before(incident, place).as_deref())
}

/// Returns what makes a later change, given with its index, begin with another value.
fn follow(incident: &Incident, (place, later): (usize, &Event), value: Option<&str>) -> Following {
    let Some(at) = later.at else { return Following::default() };
    let path = vec![("events".to_owned(), Some(place))];
    let mut changes = Vec::new();
    if later.from.as_deref() != value {
        changes.push(set_or_unset(path.clone(), "from", value));
    }
    let to = later.to.as_deref();
    if later.text == severity_text(incident, later.from.as_deref(), to) {
        let text = severity_text(incident, value, to);
        changes.push(Change::set(path, "text", Value::text(text)));
    }
    let to = to.unwrap_or_else(|| nothing(incident)).to_owned();
    let doubt = |from: &str| match to.eq_ignore_ascii_case(from) {
        // It changes nothing any more.
        true => Doubt::NowFrom { at, to: to.clone(), from: Some(from.to_owned()) },
        false => Doubt::ChangesLater { at, to: to.clone(), from: from.to_owned() },
    };
    Following { changes, doubts: value.map(doubt).into_iter().collect() }
}

fn set_or_unset(path: Path, key: &str, value: Option<&str>) -> Change {
    match value {
        Some(value) => Change::set(path, key, Value::text(value)),
        None => Change::unset(path, key),
    }
}

/// Returns the numbers of the events that are linked to a step.
pub(super) fn events_of_step(incident: &Incident, id: &str) -> Vec<usize> {
    let events = incident.events_in_time().into_iter().zip(1..);
    let linked = events.filter(|(event, _)| event.steps.iter().any(|step| step == id));
    linked.map(|(_, number)| number).collect()
}

/// Returns the number in chronological order, from 1, of the event at an index.
pub(super) fn number_of(incident: &Incident, place: usize) -> usize {
    let event = &incident.events[place];
    let in_time = incident.events_in_time();
    in_time.iter().position(|other| std::ptr::eq(*other, event)).unwrap_or(place) + 1
}

/// Returns the word for no severity.
fn nothing(incident: &Incident) -> &'static str {
    documents_for(incident.language.as_deref()).labels.nothing
}

/// Returns the text of an event for a new severity, or for none.
fn severity_text(incident: &Incident, was: Option<&str>, severity: Option<&str>) -> String {
    let word = documents_for(incident.language.as_deref()).labels.severity;
    let severity = severity.unwrap_or_else(|| nothing(incident));
    match was {
        Some(was) => format!("{word}: {was} → {severity}"),
        None => format!("{word}: {severity}"),
    }
}
