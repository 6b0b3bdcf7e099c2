//! Steps and the events that carry them out.

use crate::fault::{FindingKind, StepFinding};
use crate::model::nearest;
use crate::yaml::Hop::{Item, Key};

use super::super::case::{Case, Found};

pub(super) fn unknown_step(case: &Case) -> Vec<Found> {
    let incident = case.incident;
    let ids = || incident.plan.iter().filter_map(|step| step.id.as_deref());
    let mut found = Vec::new();
    for (place, event) in incident.events.iter().enumerate() {
        for id in event.steps.iter().filter(|id| incident.step(id).is_none()) {
            let near = nearest(id, ids()).map(str::to_owned);
            let (event, step) = (event.headline().to_owned(), id.clone());
            let kind = StepFinding::Unknown { event, step, near };
            let hops = [Key("events"), Item(place), Key("step")];
            found.push(case.found(&hops, FindingKind::Step(kind)));
        }
    }
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
    steps
        .filter(|(_, step)| !incident.is_settled(step))
        .map(|(place, step)| {
            let kind = StepFinding::NotRecorded { step: step.text.clone() };
            case.found(&[Key("plan"), Item(place), Key("text")], FindingKind::Step(kind))
        })
        .collect()
}

pub(super) fn duplicate_id(case: &Case) -> Vec<Found> {
    let plan = &case.incident.plan;
    let mut found = Vec::new();
    for (place, step) in plan.iter().enumerate() {
        let Some(id) = step.id.as_ref() else { continue };
        if plan[..place].iter().any(|above| above.id.as_ref() == Some(id)) {
            let kind = FindingKind::Step(StepFinding::DuplicateId { id: id.clone() });
            found.push(case.found(&[Key("plan"), Item(place), Key("id")], kind));
        }
    }
    found
}

pub(super) fn skipped_with_event(case: &Case) -> Vec<Found> {
    let mut found = Vec::new();
    for (place, step) in case.incident.plan.iter().enumerate() {
        let (Some(id), Some(_)) = (&step.id, &step.skipped) else { continue };
        if let Some(event) = case.incident.events.iter().find(|event| event.steps.contains(id)) {
            let (step, event) = (step.text.clone(), event.headline().to_owned());
            let kind = FindingKind::Step(StepFinding::Skipped { step, event });
            found.push(case.found(&[Key("plan"), Item(place), Key("skipped")], kind));
        }
    }
    found
}
