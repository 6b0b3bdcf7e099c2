//! Forecasts the rest of a plan from past releases.

use crate::fault::{Fault, PlanFault, StoreFault};
use crate::model::{Incident, PlanStep};
use crate::query::{Filter, is_comparable_past, past_releases};
use crate::store::Project;
use crate::timeline::{Aliases, Forecast, PastRelease, Sheet, forecast, is_silent, progress_with};

use super::super::ask::{Reading, ask};
use super::super::workspace::Workspace;

/// The forecast of a plan, and its sources.
#[derive(Debug)]
pub struct ForecastOutcome {
    /// What can be said of it.
    pub forecast: Forecast,
    /// The past releases, oldest first.
    pub past: Vec<PastRelease>,
    /// Why records cannot be read, which does not affect the others.
    pub unreadable: Vec<StoreFault>,
}

/// Computes the rest of a record's plan from the dependencies of its steps and the delays of each past release: of the
/// named ones, or of all earlier ones of the same kind. Nothing is changed.
///
/// # Errors
/// Steps wait for each other in a cycle, a named record cannot be read, or nothing has happened or been planned for two
/// weeks: from now on, nobody follows the plan.
pub fn forecast_plan(
    workspace: &Workspace,
    (id, incident): (&str, &Incident),
    named: &[String],
) -> Result<ForecastOutcome, Fault> {
    if incident.is_going_on() && is_silent(incident, &workspace.now) {
        return Err(Fault::Plan(PlanFault::Silent { record: id.to_owned() }));
    }
    let past = match named {
        [] => PastRecords::before(workspace, (id, incident))?,
        named => {
            let records = these(&workspace.project, named)?;
            PastRecords { records, unreadable: Vec::new() }
        }
    };
    let outcome = past.forecast(workspace, incident)?;
    Ok(ForecastOutcome { unreadable: past.unreadable, ..outcome })
}

/// Returns the forecast on the day of a plan, which begins a day before its first step, while steps remain to be done;
/// `None` if no past release has any of them, or steps wait for each other in a cycle.
pub fn forecast_today(
    workspace: &Workspace,
    (id, incident): (&str, &Incident),
) -> Option<ForecastOutcome> {
    let past =
        is_today(workspace, incident).then(|| PastRecords::before(workspace, (id, incident)));
    past?.ok()?.forecast_today(workspace, incident)
}

/// The past records for forecasts, which are read once a day for all of them.
#[derive(Debug)]
pub struct PastRecords {
    records: Records,
    unreadable: Vec<StoreFault>,
}

impl PastRecords {
    /// Reads all earlier records of the same kind.
    ///
    /// # Errors
    /// The records cannot be listed.
    pub fn before(
        workspace: &Workspace,
        (id, incident): (&str, &Incident),
    ) -> Result<PastRecords, Fault> {
        let (records, unreadable) = all_past(workspace, (id, incident))?;
        Ok(PastRecords { records, unreadable })
    }

    /// Returns the forecast on the day of a record's plan, as for [`forecast_today`].
    pub fn forecast_today(
        &self,
        workspace: &Workspace,
        incident: &Incident,
    ) -> Option<ForecastOutcome> {
        let told = is_today(workspace, incident).then(|| self.forecast(workspace, incident));
        told?.ok().filter(|told| !told.forecast.replayed.is_empty())
    }

    fn forecast(
        &self,
        workspace: &Workspace,
        incident: &Incident,
    ) -> Result<ForecastOutcome, Fault> {
        let settings = &workspace.project.settings;
        let tolerance = settings.tolerance_seconds();
        let told: Vec<(&str, &Incident)> =
            self.records.iter().map(|(id, old)| (id.as_str(), old)).collect();
        let aliases = Aliases::of(&settings.steps);
        let past = past_releases(incident, &told, &aliases, tolerance);
        let progress = progress_with(incident, workspace.now, tolerance, Some(&aliases));
        let sheet = Sheet::of(incident, Some(workspace.now)).knowing(incident, &progress);
        let now = workspace.now.unix().div_euclid(60);
        let forecast = forecast(&sheet, &past, now, tolerance / 60).map_err(|circle| {
            let steps = circle.iter().map(|place| incident.plan[*place].text.clone());
            Fault::Plan(PlanFault::Circle { steps: steps.collect() })
        })?;
        Ok(ForecastOutcome { forecast, past, unreadable: Vec::new() })
    }
}

/// Whether it is the day of a plan with steps to be done.
fn is_today(workspace: &Workspace, incident: &Incident) -> bool {
    let settled = incident.settled();
    let begins = incident.plan.iter().filter_map(PlanStep::planned).map(|at| at.unix()).min();
    let is_left = incident.is_going_on() && !incident.plan.iter().all(settled);
    is_left
        && !is_silent(incident, &workspace.now)
        && begins.is_some_and(|begins| workspace.now.unix() >= begins - DAY)
}

/// A day in seconds.
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
