//! Steps and the events that carry them out.

use crate::fault::FindingKind;
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
            let kind = FindingKind::UnknownStep { event, step, near };
            found.push(case.found(&[Key("events"), Item(place), Key("step")], kind));
        }
    }
    found
}

pub(super) fn step_not_recorded(case: &Case) -> Vec<Found> {
    let incident = case.incident;
    let over = |at: &crate::model::Moment| case.now.since(at).seconds > 86_400;
    let last = incident.plan.iter().map(|step| step.until.unwrap_or(step.at));
    if !last.max_by_key(|at| at.earliest()).is_some_and(|last| over(&last)) {
        return Vec::new();
    }
    let steps = incident.plan.iter().enumerate();
    steps
        .filter(|(_, step)| !incident.is_settled(step))
        .map(|(place, step)| {
            let kind = FindingKind::StepNotRecorded { step: step.text.clone() };
            case.found(&[Key("plan"), Item(place), Key("text")], kind)
        })
        .collect()
}
