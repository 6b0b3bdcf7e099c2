//! Rules about steps and the events that carry them out.

use std::collections::{HashMap, HashSet};

use crate::fault::{FindingKind, StepFinding};
use crate::model::{Event, nearest};
use crate::yaml::Hop::{Item, Key};

use super::super::case::{Case, Found};

/// The most unknown steps for which a similar one is suggested.
const GUESSED: usize = 200;

pub(super) fn unknown_step(case: &Case) -> Vec<Found> {
    let incident = case.incident;
    let ids = || incident.plan.iter().filter_map(|step| step.id.as_deref());
    let known: HashSet<&str> = ids().collect();
    let mut found = Vec::new();
    for (place, event) in incident.events.iter().enumerate() {
        for id in event.steps.iter().filter(|id| !known.contains(id.as_str())) {
            // Every id of a plan is compared, so this is done for no more than anybody reads.
            let guess = found.len() < GUESSED;
            let near = guess.then(|| nearest(id, ids()).map(str::to_owned)).flatten();
            let (event, step) = (event.headline().to_owned(), id.clone());
            let kind = StepFinding::Unknown { event, step, near };
            let hops = [Key("events"), Item(place), Key("step")];
            found.push(case.found(&hops, FindingKind::Step(kind)));
        }
    }
    found.extend(super::planning::unknown_after(case));
    found
}

pub(super) fn step_not_recorded(case: &Case) -> Vec<Found> {
    let incident = case.incident;
    let over = |at: &crate::model::Moment| case.now.since(at).seconds > 86_400;
    let last = incident.plan.iter().filter_map(|step| step.until.or(step.planned()));
    if !last.max_by_key(|at| at.earliest()).is_some_and(|last| over(&last)) {
        return Vec::new();
    }
    let steps = incident.plan.iter().enumerate();
    let settled = incident.settled();
    steps
        .filter(|(_, step)| !settled(step))
        .map(|(place, step)| {
            let kind = StepFinding::NotRecorded { step: step.text.clone() };
            case.found(&[Key("plan"), Item(place), Key("text")], FindingKind::Step(kind))
        })
        .collect()
}

pub(super) fn duplicate_id(case: &Case) -> Vec<Found> {
    let (mut found, mut above) = (Vec::new(), HashSet::new());
    for (place, step) in case.incident.plan.iter().enumerate() {
        let Some(id) = step.id.as_ref() else { continue };
        if !above.insert(id) {
            let kind = FindingKind::Step(StepFinding::DuplicateId { id: id.clone() });
            found.push(case.found(&[Key("plan"), Item(place), Key("id")], kind));
        }
    }
    found
}

pub(super) fn skipped_with_event(case: &Case) -> Vec<Found> {
    let mut found = Vec::new();
    let mut first: HashMap<&String, &Event> = HashMap::new();
    for event in case.incident.events.iter().filter(|event| event.carries_out()) {
        for id in &event.steps {
            first.entry(id).or_insert(event);
        }
    }
    for (place, step) in case.incident.plan.iter().enumerate() {
        let (Some(id), Some(_)) = (&step.id, &step.skipped) else { continue };
        if let Some(event) = first.get(id) {
            let (step, event) = (step.text.clone(), event.headline().to_owned());
            let kind = FindingKind::Step(StepFinding::Skipped { step, event });
            found.push(case.found(&[Key("plan"), Item(place), Key("skipped")], kind));
        }
    }
    found
}
