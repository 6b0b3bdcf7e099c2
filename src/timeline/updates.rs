//! The clock of public updates: when the public was last informed, and when it was promised to hear again.

use crate::model::{Audience, Event, EventType, Incident, Moment};

/// What the public was told, and what it waits for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PublicUpdates {
    /// When it was last informed; `None` if never.
    pub last: Option<Moment>,
    /// When it was promised to be informed again, if that did not happen and the record was not closed.
    pub promised: Option<Moment>,
}

/// Returns the public updates of a record. A promise is over once the public was informed after it was made, or the record
/// was closed; that the outage is over for the team does not end it, as the public still waits.
pub fn public_updates(incident: &Incident) -> PublicUpdates {
    let events = incident.events_in_time();
    let last = events.iter().rev().filter(|event| informs(event)).find_map(|event| event.at);
    let made = events.iter().rposition(|event| event.next_update.is_some());
    let is_over = |made: usize| events[made + 1..].iter().any(|event| ends_promise(event));
    let made = made.filter(|made| !incident.archived && !is_over(*made));
    PublicUpdates { last, promised: made.and_then(|made| events[made].next_update) }
}

/// Whether an event is a public update.
pub fn informs(event: &Event) -> bool {
    let said = [EventType::Announced, EventType::Communication];
    event.audience == Audience::Everyone && said.iter().any(|kind| event.is(kind))
}

/// Whether nobody waits for an earlier promise after an event. A public resolution is the last word on every page.
fn ends_promise(event: &Event) -> bool {
    let resolves = event.audience == Audience::Everyone && event.is(&EventType::Resolved);
    informs(event) || resolves || event.is(&EventType::Closed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(clock: &str) -> Moment {
        Moment::parse(&format!("2024-09-07T{clock}+09:00"), None).unwrap()
    }

    #[test]
    fn a_promise_is_over_once_the_public_hears_or_the_record_is_closed() {
        use EventType::{Announced, Closed, Communication, Identified, Resolved};
        for (kind, audience, is_over) in [
            (Announced, Audience::Everyone, true),
            (Communication, Audience::Everyone, true),
            (Communication, Audience::Internal, false),
            (Identified, Audience::Everyone, false),
            (Resolved, Audience::Everyone, true),
            (Resolved, Audience::Internal, false),
            (Closed, Audience::Internal, true),
        ] {
            let detected = EventType::Detected;
            let event = |clock: &str, kind| Event { kind, ..Event::new(moment(clock), "x") };
            let mut events = vec![event("18:00", Some(detected)), event("18:05", Some(Announced))];
            events[1].next_update = Some(moment("18:35"));
            events.push(Event { audience, ..event("18:05", Some(kind.clone())) });
            let incident = Incident { events, ..Incident::default() };
            let told = public_updates(&incident);
            assert_eq!(told.promised.is_none(), is_over, "{kind} {audience:?}");
            let archived = Incident { archived: true, ..incident };
            assert_eq!(public_updates(&archived).promised, None);
        }
    }
}
