//! Standard durations, each with the two events it is computed from.

use crate::model::{Day, Elapsed, Event, EventType, Incident, Measure, Moment, NoValue, Precision};

/// A measure of one record.
#[derive(Debug, Clone, PartialEq)]
pub struct Duration<'i> {
    /// The measure.
    pub measure: Measure,
    /// The event it begins with, if one is recorded.
    pub from: Option<&'i Event>,
    /// The event it ends with, if one is recorded.
    pub to: Option<&'i Event>,
    /// `to − from`; none unless both are recorded and certain.
    pub value: Option<Elapsed>,
    /// Why there is no value though both events are recorded.
    pub no_value: Option<NoValue>,
    /// Whether it begins with another milestone than the definition's first choice.
    pub fallback: bool,
}

/// Returns every measure of a record, including missing ones. The first event of a type counts; for the end of an
/// incident that was resolved more than once, the last.
pub fn durations(incident: &Incident) -> Vec<Duration<'_>> {
    let events = incident.events_in_time();
    let is_open = incident.is_open();
    Measure::ALL.iter().map(|measure| take(&events, *measure, is_open)).collect()
}

fn take<'i>(events: &[&'i Event], measure: Measure, is_open: bool) -> Duration<'i> {
    let place = |kind: &EventType| events.iter().position(|event| event.is(kind));
    let mut starts = measure.starts().iter().enumerate();
    let start = starts.find_map(|(choice, kind)| Some((choice, place(kind)?)));
    let end = match measure {
        Measure::Resolve => events.iter().rposition(|event| event.is(&measure.end())),
        _ => place(&measure.end()),
    };
    let both = start.map(|(_, from)| from).zip(end);
    let no_value = both.and_then(|(from, to)| no_value(events, [from, to], measure, is_open));
    let value = both.filter(|_| no_value.is_none()).and_then(|(from, to)| {
        let elapsed = events[to].at?.since(&events[from].at?);
        // The order of the list excludes a part of an hour's range.
        let listed = from < to && elapsed.open > 0 && elapsed.most() >= 0;
        Some(if listed { elapsed.not_negative() } else { elapsed })
    });
    Duration {
        measure,
        from: start.map(|(_, place)| events[place]),
        to: end.map(|place| events[place]),
        value,
        no_value,
        fallback: start.is_some_and(|(choice, _)| choice > 0),
    }
}

fn no_value(
    events: &[&Event],
    ends: [usize; 2],
    measure: Measure,
    is_open: bool,
) -> Option<NoValue> {
    if measure == Measure::Resolve && is_open {
        return Some(NoValue::Reopened);
    }
    if ends.iter().any(|place| events[*place].at.is_none()) {
        return Some(NoValue::Unknown);
    }
    ends.iter().any(|place| is_unclear(events, events[*place])).then_some(NoValue::Unclear)
}

/// Returns whether it is unknown which event of a type is the one that counts.
fn is_unclear(events: &[&Event], event: &Event) -> bool {
    let alike: Vec<Moment> = events
        .iter()
        .filter(|other| other.kind == event.kind)
        .filter_map(|other| other.at)
        .collect();
    let by_day = |at: &Moment| at.precision() == Precision::Day;
    let mut days: Vec<Day> = alike.iter().map(Moment::day).collect();
    days.sort();
    days.dedup();
    days.len() < alike.len() && alike.iter().any(by_day)
}

/// A period in which nothing was recorded.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Silence<'i> {
    /// The last event to end before it.
    pub from: &'i Event,
    /// When that ended.
    pub began: Moment,
    /// The event that ended it.
    pub to: &'i Event,
    /// When that happened.
    pub ended: Moment,
    /// `ended − began`.
    pub length: Elapsed,
}

/// Returns the longest silences of a record, longest first, at most `most`. An event known by day or hour neither
/// begins nor ends one, and none is reported across it. Closing a record is no event of it: none is counted up to it,
/// nor until the record is reopened.
pub fn silences(incident: &Incident, most: usize) -> Vec<Silence<'_>> {
    let events = incident.events_in_time();
    let closed = events.iter().rposition(|event| event.is(&EventType::Closed));
    let events = &events[..closed.filter(|_| !incident.is_open()).unwrap_or(events.len())];
    // What is listed after the end may have happened before it.
    let days: Vec<(Day, Day)> = incident.events.iter().filter_map(vague_days).collect();
    let spoken = |began: &Moment, ended: &Moment| {
        days.iter().any(|(first, last)| *first <= ended.day() && *last >= began.day())
    };
    let mut found = Vec::new();
    let mut over: Option<(&Event, Moment)> = None;
    // Something ended at an unknown time on that day or an earlier one.
    let mut unsure: Option<Day> = None;
    for event in events {
        // While a record is closed, nobody is expected to write.
        if event.is(&EventType::Closed) {
            over = None;
            continue;
        }
        let fine = event.at.filter(is_fine);
        if event.at.is_none() {
            over = None;
        }
        if let (Some((from, began)), Some(ended)) = (over, fine) {
            let length = ended.since(&began);
            let known = unsure.is_none_or(|day| began.day() > day);
            let quiet = length.seconds > 0 && known && !spoken(&began, &ended);
            let silence = Silence { from, began, to: event, ended, length };
            found.extend(quiet.then_some(silence));
        }
        let vague_end = event.until.filter(|until| fine.is_some() && !is_fine(until));
        unsure = unsure.max(vague_end.map(|until| until.day()));
        let end = [fine, event.until.filter(is_fine)].into_iter().flatten();
        if let Some(end) = end.max_by_key(Moment::earliest) {
            let lasts = over.is_some_and(|(_, last)| end.earliest() < last.earliest());
            over = if lasts { over } else { Some((event, end)) };
        }
    }
    found.sort_by_key(|silence| -silence.length.seconds);
    found.truncate(most);
    found
}

fn is_fine(at: &Moment) -> bool {
    at.precision() >= Precision::Minute
}

/// Returns the days on which something known only vaguely may have happened.
fn vague_days(event: &Event) -> Option<(Day, Day)> {
    let at = event.at.filter(|at| !is_fine(at))?;
    Some((at.day(), event.until.map_or(at.day(), |until| until.day())))
}

/// Returns how many events were logged as they happened, and of how many that can be said: of those that were read from a
/// document or an export nobody knows when they were written.
pub fn written_live(incident: &Incident) -> (usize, usize) {
    let typed = || incident.events.iter().filter(|event| event.source.is_none());
    (typed().filter(|event| event.logged.is_none()).count(), typed().count())
}

/// Returns whether most of the events that somebody typed were logged on the day on which they happened.
pub fn written_the_same_day(incident: &Incident) -> bool {
    let typed = incident.events.iter().filter(|event| event.source.is_none());
    let is_of_that_day = |event: &Event| match (event.logged, event.at) {
        (Some(logged), Some(at)) => logged.day() == at.day(),
        (logged, _) => logged.is_none(),
    };
    let days: Vec<bool> = typed.map(is_of_that_day).collect();
    days.iter().filter(|same| **same).count() * 2 > days.len()
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
    fn what_was_read_from_elsewhere_was_not_written_live() {
        let mut incident =
            incident(&[("18:08", EventType::Detected), ("18:10", EventType::Identified)]);
        assert_eq!(written_live(&incident), (2, 2));
        incident.events[0].source = Some("chat.json:1".to_owned());
        assert_eq!(written_live(&incident), (1, 1));
        incident.events[1].logged = incident.events[0].at;
        assert_eq!(written_live(&incident), (0, 1));
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
    fn no_silence_includes_a_day_without_a_known_hour() {
        let mut incident = incident(&[("10:00", EventType::Action), ("12:00", EventType::Action)]);
        let day = Moment::parse("2024-09-07", None).unwrap();
        incident.events.push(Event::new(day, "some time that day"));
        assert!(silences(&incident, 3).is_empty());
    }

    #[test]
    fn silences_end_with_the_record() {
        use EventType::*;
        let mut incident = incident(&[
            ("18:00", Detected),
            ("18:10", Resolved),
            ("18:40", Closed),
            ("22:57", Action),
        ]);
        let minutes = |incident: &Incident| -> Vec<i64> {
            silences(incident, 3).iter().map(|silence| silence.length.seconds / 60).collect()
        };
        assert_eq!(minutes(&incident), [10]);
        incident.events[2].kind = Some(Action);
        assert_eq!(minutes(&incident), [257, 30, 10]);
        incident.events[2].kind = Some(Closed);
        let day = Moment::parse("2024-09-07", None).unwrap();
        incident.events.push(Event::new(day, "some time that day"));
        assert!(minutes(&incident).is_empty());
        incident.events.pop();
        incident.events[3].kind = Some(Detected);
        let again = "2024-09-07T23:02+09:00";
        incident.events.push(Event::new(Moment::parse(again, None).unwrap(), "begun again"));
        assert_eq!(minutes(&incident), [10, 5], "neither up to its end nor while it is closed");
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
