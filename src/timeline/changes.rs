//! What events say of a record's severity and status, one change after the other.

use crate::model::{Event, EventType, Incident, Moment, Precision};

/// An event, by its place among a record's events, that says another value was there before than the one that the
/// events before it lead to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BrokenChange<'i> {
    /// The place of the event among [`Incident::events`].
    pub place: usize,
    /// The value it says was there before.
    pub said: &'i str,
    /// The value that the events before it lead to.
    pub led: &'i str,
}

/// Returns whether an event states a new severity of its record, or that there is none any more.
pub fn tells_severity(event: &Event) -> bool {
    if event.is(&EventType::SeverityChange) && event.from.is_some() {
        return true;
    }
    let may_tell = event.kind.as_ref().is_some_and(|kind| {
        *kind == EventType::SeverityChange || kind.is_milestone() && !says_status(event)
    });
    may_tell && event.to.is_some()
}

/// Returns whether an event states a new status of its record, and the one before it.
pub fn says_status(event: &Event) -> bool {
    let kind = event.kind.as_ref().filter(|kind| kind.is_milestone());
    kind.is_some_and(|kind| event.to.as_deref() == Some(kind.word()))
}

/// Returns the first change of severity later than a moment, with its place among the events.
pub fn next_severity<'i>(incident: &'i Incident, at: &Moment) -> Option<(usize, &'i Event)> {
    first_behind(incident, at, tells_severity)
}

/// Returns the first milestone later than a moment, with its place among the events, if it says what the status was
/// before it.
pub fn next_status<'i>(incident: &'i Incident, at: &Moment) -> Option<(usize, &'i Event)> {
    first_behind(incident, at, is_milestone).filter(|(_, event)| says_status(event))
}

/// Returns the severity that a record had at a moment: what the next change says it was, else its own.
pub fn severity_at<'i>(incident: &'i Incident, at: Option<&Moment>) -> Option<&'i str> {
    match at.and_then(|at| next_severity(incident, at)) {
        Some((_, next)) => next.from.as_deref(),
        None => incident.severity.as_deref(),
    }
}

/// Returns the type of the last milestone of a record that is not later than a moment.
pub fn status_at(incident: &Incident, at: Option<&Moment>) -> Option<EventType> {
    let Some(at) = at else { return incident.last_milestone().cloned() };
    let is_later = |event: &Event| event.at.is_some_and(|other| other.sorts_after(at));
    if !incident.events.iter().any(|event| is_milestone(event) && is_later(event)) {
        return incident.last_milestone().cloned();
    }
    let events = incident.events.iter().filter(|event| !is_later(event)).cloned().collect();
    let until_then = Incident { events, archived: false, ..incident.clone() };
    until_then.last_milestone().cloned()
}

fn first_behind<'i>(
    incident: &'i Incident,
    at: &Moment,
    tells: fn(&Event) -> bool,
) -> Option<(usize, &'i Event)> {
    let later = |event: &&Event| event.at.is_some_and(|other| other.sorts_after(at));
    let first = incident.events_in_time().into_iter().find(|event| tells(event) && later(event))?;
    let place = incident.events.iter().position(|event| std::ptr::eq(event, first))?;
    Some((place, first))
}

/// Returns the changes of severity that do not begin where the one before ends.
pub fn broken_severities(incident: &Incident) -> Vec<BrokenChange<'_>> {
    // An event without a time may belong anywhere, and one of another type may be about something else.
    let anywhere = |event: &&Event| event.to.is_some() && (loose(event) || !tells_severity(event));
    let mut states = States::anywhere(incident, anywhere, |event| event.to.as_deref());
    let mut broken = Vec::new();
    for (place, event) in in_time(incident).filter(|(_, event)| tells_severity(event)) {
        if let Some(said) = event.from.as_deref().filter(|_| !loose(event)) {
            broken.extend(states.refuted(place, said));
        }
        states.last = event.to.as_deref().into_iter().collect();
    }
    broken
}

/// Returns the severity that the last change of severity leads to, if the record says another one.
pub fn severity_led_to(incident: &Incident) -> Option<&str> {
    let told = || incident.events.iter().filter(|event| event.to.is_some());
    let last =
        in_time(incident).map(|(_, event)| event).filter(|event| tells_severity(event)).last();
    let (last, said) = (last?.to.as_deref()?, incident.severity.as_deref().unwrap_or_default());
    let is_said = |event: &Event| event.to.as_deref().is_some_and(|to| same(to, said));
    let elsewhere = told().any(|event| is_said(event) && (loose(event) || !tells_severity(event)));
    (!same(last, said) && !elsewhere).then_some(last)
}

/// Returns whether the last change of severity of a record says that it has none any more.
pub fn severity_was_removed(incident: &Incident) -> bool {
    let last = in_time(incident).map(|(_, event)| event).filter(|event| tells_severity(event));
    last.last().is_some_and(|event| event.to.is_none())
}

/// Returns the milestones that say another status was there before than the milestone before them.
pub fn broken_statuses(incident: &Incident) -> Vec<BrokenChange<'_>> {
    let anywhere = |event: &&Event| is_milestone(event) && loose(event);
    let mut states = States::anywhere(incident, anywhere, milestone);
    let mut broken = Vec::new();
    for (place, event) in in_time(incident).filter(|(_, event)| is_milestone(event)) {
        let says = says_status(event) && !loose(event);
        if let Some(said) = event.from.as_deref().filter(|_| says) {
            broken.extend(states.refuted(place, said));
        }
        // A beginning is passed over where what it began has ended.
        let begins = event.kind.as_ref().is_some_and(EventType::is_beginning);
        states.last.truncate(if begins { 1 } else { 0 });
        states.last.splice(0..0, milestone(event));
    }
    broken
}

/// What may be there before an event.
struct States<'i> {
    /// Where the events before it lead to, the likeliest first; nothing is known before the first.
    last: Vec<&'i str>,
    /// What is stated by events that may belong anywhere.
    anywhere: Vec<&'i str>,
}

impl<'i> States<'i> {
    fn anywhere(
        incident: &'i Incident,
        is_anywhere: impl Fn(&&Event) -> bool,
        told: impl Fn(&'i Event) -> Option<&'i str>,
    ) -> States<'i> {
        let anywhere = incident.events.iter().filter(|event| is_anywhere(event));
        States { last: Vec::new(), anywhere: anywhere.filter_map(told).collect() }
    }

    fn refuted(&self, place: usize, said: &'i str) -> Option<BrokenChange<'i>> {
        let known = self.last.iter().chain(&self.anywhere).any(|known| same(known, said));
        let led = self.last.first().filter(|_| !known)?;
        Some(BrokenChange { place, said, led })
    }
}

fn is_milestone(event: &Event) -> bool {
    milestone(event).is_some()
}

/// Returns the word for a milestone.
fn milestone(event: &Event) -> Option<&str> {
    event.kind.as_ref().filter(|kind| kind.is_milestone()).map(EventType::word)
}

/// Whether it is uncertain what comes before and after an event.
fn loose(event: &Event) -> bool {
    event.at.is_none_or(|at| at.precision() <= Precision::Hour || at.is_about())
}

fn same(word: &str, other: &str) -> bool {
    word.to_lowercase() == other.to_lowercase()
}

/// Iterates over the events in chronological order, each with its place among [`Incident::events`].
fn in_time(incident: &Incident) -> impl Iterator<Item = (usize, &Event)> {
    let place = |event: &Event| {
        let distance = std::ptr::from_ref(event).addr() - incident.events.as_ptr().addr();
        distance / size_of::<Event>()
    };
    incident.events_in_time().into_iter().map(move |event| (place(event), event))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A record with these events, each a clock time, a type and what it changed from and to.
    fn record(severity: &str, events: &[&str]) -> Incident {
        let event = |words: &&str| {
            let words: Vec<&str> = words.split(' ').collect();
            let about = words[0].starts_with('~');
            let at = format!("2024-09-07T{}+00:00", words[0].trim_start_matches('~'));
            let at = Moment::parse(&at, None).unwrap();
            let at = if about { at.with_about(true) } else { at };
            let said = |place: usize| words.get(place).map(|word| (*word).to_owned());
            let kind = Some(EventType::from_word(words[1]));
            Event { kind, from: said(2), to: said(3), ..Event::new(Some(at), "x".to_owned()) }
        };
        let events = events.iter().map(event).collect();
        Incident { severity: Some(severity.to_owned()), events, ..Incident::default() }
    }

    /// The severity of a record, its events, the broken changes with the values they should begin with, and the severity
    /// that the events lead to.
    type Row = (
        &'static str,
        &'static [&'static str],
        &'static [(usize, &'static str)],
        Option<&'static str>,
    );
    const FIRST: &str = "10:00 severity_change sev3 sev2";
    const DETECTED: &str = "10:00 detected";
    const ROWS: &[Row] = &[
        ("sev1", &[FIRST, "11:00 severity_change sev2 sev1"], &[], None),
        ("sev1", &[FIRST, "11:00 severity_change sev3 sev1"], &[(1, "sev2")], None),
        // In the order of time, not of the file.
        ("sev1", &["11:00 severity_change sev2 sev1", FIRST], &[], None),
        ("sev1", &["11:00 severity_change sev3 sev1", FIRST], &[(0, "sev2")], None),
        ("sev2", &[FIRST, "11:00 severity_change sev2 sev1"], &[], Some("sev1")),
        ("SEV2", &[FIRST], &[], None),
        // What may be about something else, and what has no exact time, may come between them.
        (
            "sev1",
            &[FIRST, "10:30 config_change sev2 sev3", "11:00 severity_change sev3 sev1"],
            &[],
            None,
        ),
        (
            "sev1",
            &[FIRST, "~10:30 severity_change sev2 sev3", "11:00 severity_change sev3 sev1"],
            &[],
            None,
        ),
        (
            "sev1",
            &["10:00 detected sev3 sev2", "11:00 severity_change sev3 sev1"],
            &[(1, "sev2")],
            None,
        ),
        (
            "sev1",
            &[DETECTED, "11:00 mitigated detected mitigated", "12:00 resolved mitigated resolved"],
            &[],
            None,
        ),
        (
            "sev1",
            &[DETECTED, "11:00 mitigated", "12:00 resolved detected resolved"],
            &[(2, "mitigated")],
            None,
        ),
        // A beginning is passed over where what it began has ended.
        (
            "sev1",
            &[DETECTED, "11:00 resolved", "11:30 detected", "12:00 closed resolved closed"],
            &[],
            None,
        ),
        ("sev1", &["12:00 closed detected closed"], &[], None),
    ];

    #[test]
    fn changes_that_do_not_begin_where_the_one_before_ends_are_found() {
        for (own, events, broken, led_to) in ROWS {
            let incident = record(own, events);
            let found = broken_severities(&incident).into_iter().chain(broken_statuses(&incident));
            let found: Vec<(usize, &str)> = found.map(|it| (it.place, it.led)).collect();
            assert_eq!(found, *broken, "{events:?}");
            assert_eq!(severity_led_to(&incident), *led_to, "{own} {events:?}");
        }
    }

    #[test]
    fn the_state_at_a_moment_is_that_before_the_next_change() {
        let events = [
            "10:00 detected",
            "11:00 severity_change sev3 sev2",
            "12:00 severity_change sev2 sev1",
            "13:00 mitigated detected mitigated",
        ];
        let incident = record("sev1", &events);
        for (clock, severity, status) in [
            ("09:00", "sev3", None),
            ("10:30", "sev3", Some(EventType::Detected)),
            ("11:00", "sev2", Some(EventType::Detected)),
            ("12:30", "sev1", Some(EventType::Detected)),
            ("14:00", "sev1", Some(EventType::Mitigated)),
        ] {
            let at = Moment::parse(&format!("2024-09-07T{clock}+00:00"), None).unwrap();
            assert_eq!(severity_at(&incident, Some(&at)), Some(severity), "{clock}");
            assert_eq!(status_at(&incident, Some(&at)), status, "{clock}");
        }
        assert_eq!(severity_at(&incident, None), Some("sev1"));
        assert_eq!(status_at(&incident, None), Some(EventType::Mitigated));
    }
}
