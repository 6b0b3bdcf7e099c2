//! The state that a public page shows, where the team knows better.

use crate::model::{Audience, Event, EventType, Incident};
use crate::timeline::informs;

/// A milestone for the team alone, since which public pages show a state that is no longer true.
#[derive(Debug, Clone, PartialEq)]
pub struct StatusLag<'i> {
    /// The event of the milestone.
    pub event: &'i Event,
    /// The milestone.
    pub known: &'i EventType,
    /// The state that public pages show.
    pub shown: EventType,
}

/// How far an outage has got.
#[derive(PartialEq)]
enum Stage {
    Broken,
    Mitigated,
    Over,
}

/// Returns how public pages lag behind a record: it was mitigated, resolved or broke again, and the event that says so is
/// internal. `None` if the public was informed since, or knows of no milestone at all.
pub fn status_lag(incident: &Incident) -> Option<StatusLag<'_>> {
    let is_milestone = |event: &&Event| event.kind.as_ref().is_some_and(EventType::is_milestone);
    let is_internal = |event: &Event| event.audience == Audience::Internal;
    let is_news = |event: &Event| event.kind.as_ref().is_some_and(EventType::is_status);
    if incident.archived || !incident.events.iter().any(|it| is_internal(it) && is_news(it)) {
        return None;
    }
    let events = incident.events_in_time();
    let place = events.iter().rposition(|event| is_internal(event) && is_news(event))?;
    if events[place + 1..].iter().any(|event| informs(event)) {
        return None;
    }
    let of = |is_kept: &dyn Fn(&Event) -> bool| {
        let events = incident.events.iter().filter(is_milestone);
        let events = events.filter(|event| is_kept(event)).cloned().collect();
        Incident { events, ..Incident::default() }
    };
    let public = of(&|event| !is_internal(event));
    // If all that it knows is that there is something, the page says so.
    let open = (!public.events.is_empty()).then(|| EventType::Other("open".to_owned()));
    let shown = public.last_milestone().cloned().or(open)?;
    let known = stage(&of(&is_news));
    let told = stage(&of(&|event| is_news(event) && !is_internal(event)));
    let event = events[place];
    let lag = StatusLag { event, known: event.kind.as_ref()?, shown };
    Some(lag).filter(|_| known != told)
}

/// Returns the stage of a record with nothing but milestones.
fn stage(milestones: &Incident) -> Stage {
    match milestones.state() {
        (false, _) => Stage::Over,
        (true, Some(EventType::Mitigated | EventType::Monitoring)) => Stage::Mitigated,
        (true, _) => Stage::Broken,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Moment;

    #[test]
    fn a_page_lags_behind_what_only_the_team_knows() {
        use EventType::{Announced, Declared, Detected, Identified, Mitigated, Resolved};
        // Events a minute apart; those of the team begin with `true`.
        type Milestones<'a> = &'a [(bool, EventType)];
        let cases: &[(Milestones, Option<EventType>)] = &[
            (&[(false, Detected), (true, Resolved)], Some(Detected)),
            (&[(false, Detected), (true, Mitigated)], Some(Detected)),
            (&[(false, Detected), (false, Announced), (true, Resolved)], Some(Detected)),
            (&[(false, Announced), (true, Resolved)], Some(EventType::Other("open".to_owned()))),
            (&[(false, Detected), (false, Resolved), (true, Declared)], Some(Resolved)),
            (&[(false, Detected), (true, Resolved), (false, Announced)], None),
            (&[(false, Detected), (true, Mitigated), (false, Resolved)], None),
            (&[(false, Detected), (true, Identified)], None),
            (&[(false, Detected), (false, Resolved)], None),
            (&[(true, Detected), (true, Resolved)], None),
        ];
        for (events, expected) in cases {
            let event = |(minute, (is_internal, kind)): (usize, &(bool, EventType))| {
                let at = Moment::parse(&format!("2024-09-07T18:{minute:02}+09:00"), None).unwrap();
                let audience = if *is_internal { Audience::Internal } else { Audience::Everyone };
                Event { audience, kind: Some(kind.clone()), ..Event::new(at, "x") }
            };
            let events: Vec<Event> = events.iter().enumerate().map(event).collect();
            let incident = Incident { events, ..Incident::default() };
            let lag = status_lag(&incident);
            assert_eq!(lag.as_ref().map(|lag| &lag.shown), expected.as_ref(), "{incident:?}");
            assert!(lag.is_none_or(|lag| lag.event.audience == Audience::Internal));
        }
    }
}
