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

/// Returns the same on the day of a plan, which begins a day before its first step, as long as a step is to be
/// done; nothing where no past release speaks of it, or where steps wait for each other in a circle.
pub fn forecast_today(
    workspace: &Workspace,
    (id, incident): (&str, &Incident),
) -> Option<ForecastOutcome> {
    let past =
        is_today(workspace, incident).then(|| PastRecords::before(workspace, (id, incident)));
    past?.ok()?.forecast_today(workspace, incident)
}

/// The records that a forecast is reckoned from, read once for many forecasts of a day.
#[derive(Debug)]
pub struct PastRecords {
    records: Records,
    unreadable: Vec<StoreFault>,
}

impl PastRecords {
    /// Reads all records that are of a record's kind and lie before it.
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

    /// Returns the forecast of a record on the day of its plan, as [`forecast_today`].
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
        let past = past_releases(incident, &told, &Aliases::of(&settings.steps), tolerance);
        let sheet = Sheet::of(incident, Some(workspace.now));
        let now = workspace.now.unix().div_euclid(60);
        let forecast = forecast(&sheet, &past, now, tolerance / 60).map_err(|circle| {
            let steps = circle.iter().map(|place| incident.plan[*place].text.clone());
            Fault::Plan(PlanFault::Circle { steps: steps.collect() })
        })?;
        Ok(ForecastOutcome { forecast, past, unreadable: Vec::new() })
    }
}

/// Whether it is the day of a plan of which something is to be done.
fn is_today(workspace: &Workspace, incident: &Incident) -> bool {
    let settled = incident.settled();
    let begins = incident.plan.iter().filter_map(PlanStep::planned).map(|at| at.unix()).min();
    let is_left = incident.is_open() && !incident.plan.iter().all(settled);
    is_left && begins.is_some_and(|begins| workspace.now.unix() >= begins - DAY)
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
