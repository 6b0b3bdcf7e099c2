//! Rules about times that contradict each other.

use crate::fault::FindingKind;
use crate::model::{Event, EventType, Moment, Precision};
use crate::yaml::Hop::{Item, Key};

use super::super::case::{Case, Found};

const DAY: i64 = 86_400;

pub(super) fn end_before_start(case: &Case) -> Vec<Found> {
    let events = case.incident.events.iter().map(|event| (event.at, event.until));
    let steps = case.incident.plan.iter().map(|step| (step.at, step.until));
    let wrong = |list: &'static str, spans: Vec<(Option<Moment>, Option<Moment>)>| {
        spans.into_iter().enumerate().filter_map(move |(place, (at, until))| {
            let (at, until) = at.zip(until)?;
            until.contradicts_being_after(&at).then(|| {
                let hops = [Key(list), Item(place), Key("until")];
                case.found(&hops, FindingKind::EndBeforeStart { at, until })
            })
        })
    };
    wrong("events", events.collect()).chain(wrong("plan", steps.collect())).collect()
}

/// Pairs of milestones in their required order.
const ORDER: [(EventType, EventType); 12] = [
    (EventType::ImpactStart, EventType::Detected),
    (EventType::ImpactStart, EventType::Resolved),
    (EventType::Detected, EventType::Declared),
    (EventType::Detected, EventType::Acknowledged),
    (EventType::Detected, EventType::Identified),
    (EventType::Detected, EventType::Mitigated),
    (EventType::Detected, EventType::Resolved),
    (EventType::Detected, EventType::Closed),
    (EventType::Acknowledged, EventType::Resolved),
    (EventType::Identified, EventType::Resolved),
    (EventType::Mitigated, EventType::Resolved),
    (EventType::Resolved, EventType::Closed),
];

/// Finds milestones in the wrong order, each once: one mistake may break several pairs.
pub(super) fn milestone_order(case: &Case) -> Vec<Found> {
    let (mut found, mut told): (Vec<Found>, Vec<&EventType>) = (Vec::new(), Vec::new());
    for (first, second) in &ORDER {
        let Some(earlier) = case.incident.first(first) else { continue };
        let Some((place, later)) = last(case, second) else { continue };
        let Some((earlier, later)) = earlier.at.zip(later.at) else { continue };
        let wrong = later.contradicts_being_after(&earlier);
        if wrong && !told.contains(&first) && !told.contains(&second) {
            told.extend([first, second]);
            let (first, second) = ((first.clone(), earlier), (second.clone(), later));
            let kind = FindingKind::MilestoneOrder { first, second };
            found.push(case.found(&[Key("events"), Item(place), Key("at")], kind));
        }
    }
    found
}

fn last<'c>(case: &'c Case, kind: &EventType) -> Option<(usize, &'c Event)> {
    let events = case.incident.events.iter().enumerate();
    events
        .filter(|(_, event)| event.is(kind))
        .max_by_key(|(_, event)| event.at.map(|at| at.earliest()))
}

/// Finds only certain disorder: a day fits anywhere among its hours, a minute among its seconds.
pub(super) fn out_of_order(case: &Case) -> Vec<Found> {
    let mut found = Vec::new();
    // After a day, the order continues from the entry above it.
    let (mut above, mut exact): (Option<Moment>, Option<Moment>) = (None, None);
    for (place, event) in case.incident.events.iter().enumerate() {
        let Some(at) = event.at else { continue };
        let later = |above: &Moment| at.contradicts_being_after(above);
        if let Some(above) = [above, exact].into_iter().flatten().find(later) {
            let kind = FindingKind::OutOfOrder { at, above };
            found.push(case.found(&[Key("events"), Item(place), Key("at")], kind));
        }
        above = Some(at);
        exact = if at.precision() > Precision::Hour { above } else { exact };
    }
    found
}

/// How long after its last event an outage should be over, in seconds.
const QUIET: i64 = 2 * DAY;

pub(super) fn not_resolved(case: &Case) -> Vec<Found> {
    let incident = case.incident;
    let begun = [EventType::ImpactStart, EventType::Detected, EventType::Declared];
    let begun = begun.iter().any(|kind| incident.first(kind).is_some());
    let timed = |event: &&Event| event.at.is_some();
    let Some(latest) = incident.events_in_time().into_iter().rfind(timed) else {
        return Vec::new();
    };
    let passed = latest.at.map_or(0, |at| case.now.since(&at).seconds);
    let quiet = passed > QUIET;
    if !begun || !incident.is_going_on() || !quiet {
        return Vec::new();
    }
    let place = incident.events.iter().position(|event| std::ptr::eq(event, latest)).unwrap_or(0);
    let days = passed / DAY;
    vec![case.found(&[Key("events"), Item(place)], FindingKind::NotResolved { days })]
}
