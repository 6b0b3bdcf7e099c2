//! Which planned step a typed word means.

use crate::model::{Incident, PlanStep, nearest};
use crate::yaml::{Change, Value};

use super::errors::Failure;
use super::frame::lead;

/// The ids of the wanted steps, and what gives ids to those that had none.
pub(super) fn step_ids(
    incident: &Incident,
    wanted: &[String],
) -> Result<(Vec<String>, Vec<Change>), Failure> {
    let mut ids = Vec::new();
    let mut changes = Vec::new();
    for step in wanted {
        let (id, change) = step_id(incident, step)?;
        ids.push(id);
        changes.extend(change);
    }
    Ok((ids, changes))
}

/// The id of the step that `wanted` means, and the change that gives it one if it had none.
pub(super) fn step_id(
    incident: &Incident,
    wanted: &str,
) -> Result<(String, Option<Change>), Failure> {
    Ok(step_at(incident, step_place(incident, wanted, "--step")?))
}

/// The id of the step at that place, and the change that gives it one if it had none.
pub(super) fn step_at(incident: &Incident, place: usize) -> (String, Option<Change>) {
    if let Some(id) = &incident.plan[place].id {
        return (id.clone(), None);
    }
    let taken = |id: &str| incident.plan.iter().any(|step| step.id.as_deref() == Some(id));
    let mut free = (place + 1..).map(|number| format!("step-{number}")).filter(|id| !taken(id));
    let id = free.next().unwrap_or_default();
    let at = vec![("plan".to_owned(), Some(place))];
    let value = Value::text(id.clone());
    (id, Some(Change::Set { at, key: "id".to_owned(), value }))
}

/// The place of the step that `wanted` means: by its id, else the only one whose id or words
/// hold it.
pub(super) fn step_place(
    incident: &Incident,
    wanted: &str,
    option: &str,
) -> Result<usize, Failure> {
    let exact = incident.plan.iter().position(|step| step.id.as_deref() == Some(wanted));
    if let Some(place) = exact {
        return Ok(place);
    }
    let part = wanted.to_lowercase();
    let holds = |step: &PlanStep| {
        let id = step.id.as_ref().is_some_and(|id| id.to_lowercase().contains(&part));
        !part.is_empty() && (id || step.text.to_lowercase().contains(&part))
    };
    let places: Vec<usize> =
        (0..incident.plan.len()).filter(|place| holds(&incident.plan[*place])).collect();
    match places.as_slice() {
        [place] => Ok(*place),
        [] => Err(unknown_step(incident, wanted, option)),
        many => {
            let lines: Vec<String> =
                many.iter().map(|place| step_line(&incident.plan[*place])).collect();
            let message =
                format!("{}{wanted:?} could mean\n    {}", lead(option), lines.join("\n    "));
            Err(Failure::misuse(message).hint("type the id, or more of the words"))
        }
    }
}

fn unknown_step(incident: &Incident, wanted: &str, option: &str) -> Failure {
    if incident.plan.is_empty() {
        return Failure::misuse(format!(
            "{}the record has no plan, so no step {wanted:?}",
            lead(option)
        ))
        .hint("add it first: asrun plan add TIME TEXT --id ID");
    }
    let ids = incident.plan.iter().filter_map(|step| step.id.as_deref());
    let near = nearest(wanted, ids).map(|near| format!("did you mean {near}?"));
    let lines: Vec<String> = incident.plan.iter().map(step_line).collect();
    let failure = Failure::misuse(format!(
        "{}the plan has no step {wanted:?}; it has\n    {}",
        lead(option),
        lines.join("\n    ")
    ));
    match near {
        Some(near) => failure.hint(near),
        None => failure,
    }
}

fn step_line(step: &PlanStep) -> String {
    format!("{}  {}", step.id.as_deref().unwrap_or("(no id)"), step.text)
}
