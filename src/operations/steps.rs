//! Finds the planned step for a typed word.

use crate::fault::{Fault, Field, StepFault};
use crate::lang::{PLACEHOLDERS, Standing};
use crate::model::{Incident, Moment, PlanStep, nearest};
use crate::store::{Loaded, Project};
use crate::timeline::{Aliases, Progress, progress_with};
use crate::view::{PlanView, plan_view};
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

/// Returns the same with the project's tolerance, and with what may have carried it out in the project's own words.
pub fn standing_step<'i>(
    project: &Project,
    incident: &'i Incident,
    now: Moment,
) -> Option<(&'i PlanStep, Standing)> {
    progress_of(project, incident, now).current
}

/// Returns the progress of a record's plan, with the tolerance and the names of steps that the project sets.
pub fn progress_of<'i>(project: &Project, incident: &'i Incident, now: Moment) -> Progress<'i> {
    let settings = &project.settings;
    let aliases = Aliases::of(&settings.steps);
    progress_with(incident, now, settings.tolerance_seconds(), Some(&aliases))
}

/// Returns a record's plan as a list, each step with what became of it.
pub fn plan_of(project: &Project, loaded: &Loaded, now: Moment) -> PlanView {
    let incident = &loaded.document.incident;
    plan_view(&loaded.id, incident, now).knowing(incident, &progress_of(project, incident, now))
}

fn named(step: &PlanStep) -> (Option<String>, String) {
    (step.id.clone(), step.text.clone())
}
