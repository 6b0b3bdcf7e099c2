//! The field's durations, each with the two events it was computed from.

use crate::model::{Elapsed, Event, EventType, Incident, Measure, Moment, Precision};

/// A measure taken of one record.
#[derive(Debug, Clone, PartialEq)]
pub struct Duration<'i> {
    /// Which one.
    pub measure: Measure,
    /// The event it begins with, if one is recorded.
    pub from: Option<&'i Event>,
    /// The event it ends with, if one is recorded.
    pub to: Option<&'i Event>,
    /// `to − from`; none unless both are recorded.
    pub value: Option<Elapsed>,
    /// It begins with another milestone than the definition's first choice.
    pub fallback: bool,
}

/// Every measure of a record, missing ones too. The first event of a type counts; for the end of
/// an incident that was resolved more than once, the last.
pub fn durations(incident: &Incident) -> Vec<Duration<'_>> {
    let events = incident.events_in_time();
    Measure::ALL.iter().map(|measure| take(&events, *measure)).collect()
}

fn take<'i>(events: &[&'i Event], measure: Measure) -> Duration<'i> {
    let first = |kind: &EventType| events.iter().find(|event| event.is(kind)).copied();
    let mut starts = measure.starts().iter().enumerate();
    let start = starts.find_map(|(place, kind)| Some((place, first(kind)?)));
    let from = start.map(|(_, event)| event);
    let to = match measure {
        Measure::Resolve => events.iter().rfind(|event| event.is(&measure.end())).copied(),
        _ => first(&measure.end()),
    };
    let value = from.zip(to).map(|(from, to)| to.at.since(&from.at));
    let fallback = start.is_some_and(|(place, _)| place > 0);
    Duration { measure, from, to, value, fallback }
}

/// A stretch of time in which nothing was recorded.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Silence<'i> {
    /// The event before it, the one that was over last.
    pub from: &'i Event,
    /// When that was over.
    pub began: Moment,
    /// The event that broke it.
    pub to: &'i Event,
    /// `to − began`.
    pub length: Elapsed,
}

/// The longest silences of a record, the longest first, at most `most` of them. Events of which
/// only the day is known neither begin nor end one, and no silence is told across their days.
pub fn silences(incident: &Incident, most: usize) -> Vec<Silence<'_>> {
    let (days, events): (Vec<&Event>, Vec<&Event>) = incident
        .events_in_time()
        .into_iter()
        .partition(|event| event.at.precision() == Precision::Day);
    let day = |at: &Moment| at.clock(incident.zone).day;
    let spoken = |began: &Moment, ended: &Moment| {
        let within = |event: &&Event| {
            day(&event.at) <= day(ended) && day(&event.until.unwrap_or(event.at)) >= day(began)
        };
        days.iter().any(within)
    };
    let mut found = Vec::new();
    let mut over: Option<&Event> = None;
    for event in events {
        if let Some(from) = over {
            let began = end_of(from);
            let length = event.at.since(&began);
            let silence = Silence { from, began, to: event, length };
            let quiet = length.seconds > 0 && !spoken(&began, &event.at);
            found.extend(quiet.then_some(silence));
        }
        let lasts = over.is_some_and(|from| end_of(event).earliest() < end_of(from).earliest());
        over = if lasts { over } else { Some(event) };
    }
    found.sort_by_key(|silence| -silence.length.seconds);
    found.truncate(most);
    found
}

fn end_of(event: &Event) -> Moment {
    let until = event.until.filter(|until| until.precision() != Precision::Day);
    until.filter(|until| !until.is_before(&event.at)).unwrap_or(event.at)
}

/// Events written down as they happened, of all events.
pub fn written_live(incident: &Incident) -> (usize, usize) {
    let live = incident.events.iter().filter(|event| event.logged.is_none()).count();
    (live, incident.events.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn incident(events: &[(&str, EventType)]) -> Incident {
        let event = |(at, kind): &(&str, EventType)| Event {
            kind: Some(kind.clone()),
            ..Event::new(Moment::parse(&format!("2024-09-07T{at}+09:00"), None).unwrap(), "x")
        };
        Incident { events: events.iter().map(event).collect(), ..Incident::default() }
    }

    #[test]
    fn takes_the_seeds_figures() {
        use EventType::*;
        let seed = incident(&[("22:57", Resolved), ("18:08", Detected), ("18:10", Identified)]);
        let all = durations(&seed);
        let minutes: Vec<_> = all.iter().map(|d| d.value.map(|v| v.seconds / 60)).collect();
        assert_eq!(minutes, [None, None, None, Some(4 * 60 + 49)]);
        assert!(all[3].fallback);
    }

    #[test]
    fn silence_begins_when_the_last_span_is_over() {
        let mut incident = incident(&[
            ("18:00", EventType::Detected),
            ("18:10", EventType::Action),
            ("19:00", EventType::Action),
            ("22:57", EventType::Resolved),
        ]);
        let minutes = |incident: &Incident| -> Vec<i64> {
            silences(incident, 2).iter().map(|silence| silence.length.seconds / 60).collect()
        };
        assert_eq!(minutes(&incident), [237, 50]);
        incident.events[1].until = Some(Moment::parse("2024-09-07T22:00+09:00", None).unwrap());
        assert_eq!(minutes(&incident), [57, 10]);
    }

    #[test]
    fn no_silence_is_told_across_a_day_of_which_no_hour_is_known() {
        let mut incident = incident(&[("10:00", EventType::Action), ("12:00", EventType::Action)]);
        let day = Moment::parse("2024-09-07", None).unwrap();
        incident.events.push(Event::new(day, "some time that day"));
        assert!(silences(&incident, 3).is_empty());
    }

    #[test]
    fn prefers_the_start_of_impact() {
        use EventType::*;
        let all_of = incident(&[
            ("18:00", ImpactStart),
            ("18:08", Detected),
            ("18:30", Mitigated),
            ("19:00", Resolved),
            ("20:00", Resolved),
        ]);
        let minutes: Vec<_> =
            durations(&all_of).iter().map(|d| d.value.map(|v| v.seconds / 60)).collect();
        assert_eq!(minutes, [Some(8), None, Some(30), Some(120)]);
    }
}
