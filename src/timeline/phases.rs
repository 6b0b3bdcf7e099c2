//! The phases of an outage, from milestone to milestone.

use crate::model::{Event, EventType, Incident, PhaseKind};

/// A phase.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Phase<'i> {
    /// Its kind.
    pub kind: PhaseKind,
    /// The milestone it begins with.
    pub from: &'i Event,
    /// The milestone it ends with; none while in progress.
    pub to: Option<&'i Event>,
}

const TURNS: [(EventType, PhaseKind); 4] = [
    (EventType::ImpactStart, PhaseKind::Undetected),
    (EventType::Detected, PhaseKind::Detected),
    (EventType::Identified, PhaseKind::Mitigating),
    (EventType::Mitigated, PhaseKind::Mitigated),
];

/// Returns the phases of a record, in order. The first milestone of each type counts, but the last `resolved`; one that
/// came before its predecessor begins no phase.
pub fn phases(incident: &Incident) -> Vec<Phase<'_>> {
    between(incident, |_| false)
}

/// As [`phases`], but a record that does not say when the outage was detected was detected when somebody first
/// responded, unless its cause was known or it was mitigated before.
pub fn phases_by_response(incident: &Incident) -> Vec<Phase<'_>> {
    between(incident, EventType::shows_notice)
}

/// Returns the phases of a record; `is_notice` says of which types an event is that shows that somebody had noticed.
fn between(incident: &Incident, is_notice: fn(&EventType) -> bool) -> Vec<Phase<'_>> {
    let events = incident.events_in_time();
    let resolved = events.iter().rposition(|event| event.is(&EventType::Resolved));
    let mut starts: Vec<(usize, PhaseKind)> = Vec::new();
    let first = |milestone: &EventType| events.iter().position(|event| event.is(milestone));
    let later = [EventType::Identified, EventType::Mitigated];
    let later = later.iter().filter_map(first).min();
    let noticed = events.iter().position(|event| event.kind.as_ref().is_some_and(is_notice));
    let noticed = noticed.filter(|place| later.is_none_or(|later| *place < later));
    let detected = first(&EventType::Detected).or(noticed);
    for (milestone, kind) in &TURNS {
        // An impact that began after it was detected is a mistake in the record.
        let undetected = *kind == PhaseKind::Undetected;
        let is_detection = *milestone == EventType::Detected;
        let place = if is_detection { detected } else { first(milestone) };
        let place =
            place.filter(|place| !undetected || detected.is_none_or(|detected| *place <= detected));
        let after = |place: &usize| starts.last().is_none_or(|(before, _)| before < place);
        let before_end = |place: &usize| resolved.is_none_or(|end| *place < end);
        if let Some(place) = place.filter(after).filter(before_end) {
            starts.push((place, *kind));
        }
    }
    let ends = starts.iter().skip(1).map(|(place, _)| Some(*place)).chain([resolved]);
    starts
        .iter()
        .zip(ends)
        .map(|((from, kind), to)| Phase {
            kind: *kind,
            from: events[*from],
            to: to.map(|to| events[to]),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Moment;

    #[track_caller]
    fn gives(events: &[EventType], expected: &[(PhaseKind, bool)]) {
        let at = |minute: usize| {
            Moment::parse(&format!("2024-09-07T18:{minute:02}+09:00"), None).unwrap()
        };
        let events = events.iter().enumerate().map(|(minute, kind)| Event {
            kind: Some(kind.clone()),
            ..Event::new(at(minute), "x")
        });
        let incident = Incident { events: events.collect(), ..Incident::default() };
        let found: Vec<_> =
            phases(&incident).iter().map(|phase| (phase.kind, phase.to.is_some())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn from_milestone_to_milestone() {
        use EventType::*;
        use PhaseKind as P;
        gives(&[Detected, Identified, Resolved], &[(P::Detected, true), (P::Mitigating, true)]);
        gives(
            &[ImpactStart, Action, Detected, Mitigated],
            &[(P::Undetected, true), (P::Detected, true), (P::Mitigated, false)],
        );
        gives(
            &[Detected, Identified, ImpactStart, Resolved],
            &[(P::Detected, true), (P::Mitigating, true)],
        );
        gives(&[Resolved], &[]);
        gives(&[Identified, Detected, Resolved], &[(P::Detected, true)]);
    }
}
