//! Steps and the events that carry them out.

use crate::model::nearest;
use crate::yaml::Hop::{Item, Key};

use super::super::case::{Case, Found};

pub(super) fn unknown_step(case: &Case) -> Vec<Found> {
    let incident = case.incident;
    let ids = || incident.plan.iter().filter_map(|step| step.id.as_deref());
    let mut found = Vec::new();
    for (place, event) in incident.events.iter().enumerate() {
        for id in event.steps.iter().filter(|id| incident.step(id).is_none()) {
            let help = match nearest(id, ids()) {
                Some(near) => format!("did you mean {near}?"),
                None => "name a step of the plan, or add it: asrun plan add TIME TEXT --id ID"
                    .to_owned(),
            };
            let message = format!(
                "the event {:?} carries out step {id:?}, which the plan does not have",
                event.headline()
            );
            found.push(case.found(&[Key("events"), Item(place), Key("step")], message, help));
        }
    }
    found
}

pub(super) fn step_not_recorded(case: &Case) -> Vec<Found> {
    let incident = case.incident;
    let over = |at: &crate::model::Moment| case.now.since(at).seconds > 86_400;
    let last = incident.plan.iter().map(|step| step.until.unwrap_or(step.at));
    if !last.max_by(|a, b| a.order(b)).is_some_and(|last| over(&last)) {
        return Vec::new();
    }
    let steps = incident.plan.iter().enumerate();
    steps
        .filter(|(_, step)| !incident.is_settled(step))
        .map(|(place, step)| {
            let message = format!("no event carries out {:?}", step.text);
            let help = "asrun link suggests events; asrun plan skip says that it was given up";
            case.found(&[Key("plan"), Item(place), Key("text")], message, help)
        })
        .collect()
}
