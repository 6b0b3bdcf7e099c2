//! When the rest of a plan will be done, by what past releases took.

use crate::fault::{Fault, PlanFault, StoreFault};
use crate::model::{Incident, PlanStep};
use crate::query::{Filter, is_comparable_past, past_releases};
use crate::store::Project;
use crate::timeline::{Aliases, Forecast, PastRelease, Sheet, forecast};

use super::super::ask::{Reading, ask};
use super::super::workspace::Workspace;

/// The rest of a plan, and what it was reckoned from.
#[derive(Debug)]
pub struct ForecastOutcome {
    /// What can be said of it.
    pub forecast: Forecast,
    /// The past releases, the oldest first.
    pub past: Vec<PastRelease>,
    /// Why records cannot be read, which keeps no other from being asked.
    pub unreadable: Vec<StoreFault>,
}

/// Pushes the rest of a record's plan through what it waits for, with the delays of each past release: of
/// those named, or of all that are of its kind and lie before it. Nothing is changed.
///
/// # Errors
/// Steps wait for each other in a circle, or a record cannot be read that was named.
pub fn forecast_plan(
    workspace: &Workspace,
    (id, incident): (&str, &Incident),
    named: &[String],
) -> Result<ForecastOutcome, Fault> {
    let project = &workspace.project;
    let (records, unreadable) = match named {
        [] => all_past(workspace, (id, incident))?,
        named => (these(project, named)?, Vec::new()),
    };
    let aliases = Aliases::of(&project.settings.steps);
    let tolerance = project.settings.tolerance_seconds();
    let told: Vec<(&str, &Incident)> = records.iter().map(|(id, old)| (id.as_str(), old)).collect();
    let past = past_releases(incident, &told, &aliases, tolerance);
    let sheet = Sheet::of(incident, Some(workspace.now));
    let now = workspace.now.unix().div_euclid(60);
    let forecast = forecast(&sheet, &past, now, tolerance / 60).map_err(|circle| {
        let steps = circle.iter().map(|place| incident.plan[*place].text.clone());
        Fault::Plan(PlanFault::Circle { steps: steps.collect() })
    })?;
    Ok(ForecastOutcome { forecast, past, unreadable })
}

/// Returns the same on the day of a plan, which begins a day before its first step, as long as a step is to be
/// done; nothing where no past release speaks of it, or where steps wait for each other in a circle.
pub fn forecast_today(
    workspace: &Workspace,
    (id, incident): (&str, &Incident),
) -> Option<ForecastOutcome> {
    let settled = incident.settled();
    let begins = incident.plan.iter().filter_map(PlanStep::planned).map(|at| at.unix()).min()?;
    let is_today = workspace.now.unix() >= begins - DAY;
    if !is_today || !incident.is_open() || incident.plan.iter().all(settled) {
        return None;
    }
    let told = forecast_plan(workspace, (id, incident), &[]).ok()?;
    (!told.forecast.replayed.is_empty()).then_some(told)
}

/// Seconds of a day.
const DAY: i64 = 86_400;

type Records = Vec<(String, Incident)>;

fn all_past(
    workspace: &Workspace,
    (id, incident): (&str, &Incident),
) -> Result<(Records, Vec<StoreFault>), Fault> {
    let found = ask(&workspace.project, &Filter::default(), Reading::Outlines, |other, old| {
        let tells = other != id && is_comparable_past(old, incident, workspace.now);
        tells.then(|| (other.to_owned(), old.clone())).into_iter().collect()
    })?;
    let mut records: Records = found.rows;
    records.sort_by_key(|(id, old)| (old.day(), id.clone()));
    Ok((records, found.unreadable))
}

fn these(project: &Project, named: &[String]) -> Result<Records, Fault> {
    let one = |name: &String| {
        let loaded = project.load(&project.select(name)?)?;
        Ok((loaded.id, loaded.document.incident))
    };
    named.iter().map(one).collect()
}
