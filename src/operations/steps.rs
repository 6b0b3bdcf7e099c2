//! Finds the planned step for a typed word.

use crate::fault::{Fault, Field, StepFault};
use crate::lang::{PLACEHOLDERS, Standing};
use crate::model::{Incident, Moment, PlanStep, nearest};
use crate::timeline::progress_with;
use crate::yaml::{Change, Value};

use super::texts::accepted;

/// Returns the ids of the wanted steps, and the changes that give ids to steps without one.
///
/// # Errors
/// A word matches no step, or several.
pub(super) fn step_ids(
    incident: &Incident,
    wanted: &[String],
) -> Result<(Vec<String>, Vec<Change>), Fault> {
    let mut ids = Vec::new();
    let mut changes = Vec::new();
    for step in wanted {
        let (id, change) = step_id(incident, step)?;
        ids.push(id);
        changes.extend(change);
    }
    Ok((ids, changes))
}

/// Returns the id of the wanted step, and the change that gives it one if it has none.
///
/// # Errors
/// It matches no step, or several.
pub(super) fn step_id(
    incident: &Incident,
    wanted: &str,
) -> Result<(String, Option<Change>), Fault> {
    Ok(step_at(incident, step_place(incident, wanted, Field::Step)?))
}

/// Returns the id of the step at an index, and the change that gives it one if it has none.
pub(super) fn step_at(incident: &Incident, place: usize) -> (String, Option<Change>) {
    if let Some(id) = &incident.plan[place].id {
        return (id.clone(), None);
    }
    let taken = |id: &str| incident.plan.iter().any(|step| step.id.as_deref() == Some(id));
    let mut free = (place + 1..).map(|number| format!("step-{number}")).filter(|id| !taken(id));
    let id = free.next().unwrap_or_default();
    let at = vec![("plan".to_owned(), Some(place))];
    let change = Change::set(at, "id", Value::text(id.clone()));
    (id, Some(change))
}

/// Returns the index of the wanted step: by its id, else the only one whose id or text contains the word.
///
/// # Errors
/// It matches no step, or several.
pub fn step_place(incident: &Incident, wanted: &str, field: Field) -> Result<usize, Fault> {
    let exact = incident.plan.iter().position(|step| step.id.as_deref() == Some(wanted));
    if let Some(place) = exact {
        return Ok(place);
    }
    // `STEP` in a printed command would be part of the text of some step.
    if PLACEHOLDERS.contains(&wanted) {
        accepted(field, wanted)?;
    }
    let part = wanted.to_lowercase();
    let holds = |step: &PlanStep| {
        let id = step.id.as_ref().is_some_and(|id| id.to_lowercase().contains(&part));
        !part.is_empty() && (id || step.text.to_lowercase().contains(&part))
    };
    let places: Vec<usize> =
        (0..incident.plan.len()).filter(|place| holds(&incident.plan[*place])).collect();
    let refuse = |fault| Err(Fault::Step { field, wanted: wanted.to_owned(), fault });
    match places.as_slice() {
        [place] => Ok(*place),
        [] if incident.plan.is_empty() => refuse(StepFault::NoPlan),
        [] => {
            let ids = incident.plan.iter().filter_map(|step| step.id.as_deref());
            let near = nearest(wanted, ids).map(str::to_owned);
            refuse(StepFault::Unknown { near, plan: incident.plan.iter().map(named).collect() })
        }
        many => {
            refuse(StepFault::Several(many.iter().map(|at| named(&incident.plan[*at])).collect()))
        }
    }
}

/// Returns the current step with its state; `tolerance` is in seconds.
pub fn current_step(
    incident: &Incident,
    now: Moment,
    tolerance: i64,
) -> Option<(&PlanStep, Standing)> {
    progress_with(incident, now, tolerance, None).current
}

fn named(step: &PlanStep) -> (Option<String>, String) {
    (step.id.clone(), step.text.clone())
}
