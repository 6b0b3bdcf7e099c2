//! Rehearses a plan before its day, in a record of its own.

use crate::fault::{Fault, OldPlanFault};
use crate::model::{After, Moment, PlanStep, Precision, REHEARSAL, Zone};
use crate::store::Loaded;

use super::super::new::{NewRecord, NewRequest, new_record};
use super::super::workspace::Workspace;

/// Creates a record for a rehearsal of another record's plan, as if its first step began now. The current record
/// remains the current one.
///
/// # Errors
/// There is no plan, or the record cannot be written.
pub fn rehearse(workspace: &Workspace, old: &Loaded) -> Result<NewRecord, Fault> {
    let incident = &old.document.incident;
    let zone = incident.zone.unwrap_or(workspace.zone);
    let kept: Vec<&PlanStep> = incident.plan.iter().filter(|step| step.skipped.is_none()).collect();
    if kept.is_empty() {
        return Err(OldPlanFault::NoPlan { id: old.id.clone() }.into());
    }
    let first = kept.iter().filter_map(|step| step.planned()).min_by_key(Moment::unix);
    let later = Later { first, now: workspace.now, zone };
    let known = |after: &After| kept.iter().any(|step| step.id.as_ref() == Some(&after.step));
    let plan = kept.iter().map(|step| PlanStep {
        at: step.at.map(|at| later.shifted(at)),
        until: step.until.map(|until| later.shifted(until)),
        due: step.due.map(|due| later.shifted(due)),
        after: step.after.iter().filter(|after| known(after)).cloned().collect(),
        ..(*step).clone()
    });
    new_record(
        workspace,
        &NewRequest {
            title: incident.title.clone(),
            kind: REHEARSAL.to_owned(),
            version: incident.version.clone(),
            zone: Some(zone),
            language: incident.language.clone(),
            id: Some(free_id(workspace, &old.id)?),
            plan: plan.collect(),
            stays_aside: true,
            ..NewRequest::default()
        },
    )
}

/// Shifts times so that a plan begins now.
struct Later {
    first: Option<Moment>,
    now: Moment,
    zone: Zone,
}

impl Later {
    /// Returns a time as far from now as it is from the plan's beginning; a day is shifted by whole days.
    fn shifted(&self, at: Moment) -> Moment {
        let Some(first) = self.first else { return at };
        let now = self.now.seen_in(self.zone).at_most(Precision::Minute);
        if at.precision() == Precision::Day {
            let zone = Some(self.zone);
            let days = at.day_in(zone).days_since(&first.day_in(zone));
            return Moment::of_day(now.day_in(zone).plus(days), zone);
        }
        let moved = now.elapsed_in(at.unix() - first.unix(), Some(self.zone));
        if at.precision() == Precision::Hour { moved.by_the_hour() } else { moved }
    }
}

/// Returns a free id that says what is rehearsed.
fn free_id(workspace: &Workspace, id: &str) -> Result<String, Fault> {
    let records = workspace.project.list()?.records;
    let first = format!("{id}-{REHEARSAL}");
    let is_taken = |id: &String| records.iter().any(|record| record.id == *id);
    let numbered = (2..).map(|number| format!("{first}-{number}"));
    Ok(std::iter::once(first.clone()).chain(numbered).find(|id| !is_taken(id)).unwrap_or(first))
}
