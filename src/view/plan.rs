//! A plan as a list: each step with its relations to others and its state.

use serde::Serialize;

use crate::model::{Incident, Length, Moment, PlanStep, Precision, Zone};
use crate::timeline::{Progress, Sheet};

use super::progress::unlogged_words;
use super::rows::{StepView, planned_time, step_view};
use super::time::TimeFormatter;

/// The steps of a record's plan in chronological order.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PlanView {
    /// Version of this contract.
    pub view: u32,
    /// The record's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// IANA name of the zone that its times are told in.
    pub zone: Option<String>,
    /// The steps.
    pub steps: Vec<PlannedView>,
    /// The headings of a table of the steps.
    pub heads: [&'static str; 5],
    /// When this was asked, in UTC, for calendars.
    #[serde(skip)]
    pub asked: String,
    /// The id by which calendars know the record: the first one that it had.
    #[serde(skip)]
    pub calendar_id: String,
}

impl PlanView {
    /// Returns the same view, in which open steps whose time has passed say what the progress of the plan says of them.
    pub fn knowing(mut self, incident: &Incident, progress: &Progress) -> PlanView {
        let teller = TimeFormatter::of(incident, None);
        for (step, own) in incident.steps_in_time().into_iter().zip(&mut self.steps) {
            if own.state == "open" {
                own.said = unlogged_words(&teller, progress, step).unwrap_or_default();
            }
        }
        self
    }

    /// Returns how many steps have no place in a calendar, since neither a time nor a day is known for them; rollbacks are
    /// not expected to have one.
    pub fn undated(&self) -> usize {
        let steps = self.steps.iter();
        steps.filter(|step| step.begins.is_none() && step.state != "rollback").count()
    }
}

/// A planned step.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PlannedView {
    /// The step.
    pub step: StepView,
    /// `open`, `started`, `done`, `failed`, `skipped` or `rollback`, which is a rollback that nobody has called.
    pub state: &'static str,
    /// The same in words; for an open step whose time has passed, that it is overdue, perhaps done or not recorded, and for one
    /// to come nothing.
    pub said: String,
    /// How often its time was changed, plus one if it was given up; for calendars, plus further changes that the journal
    /// has.
    pub sequence: usize,
    /// Its first instant in UTC (`20240907T083000Z`, or `20240907` if only the day is known), for calendars.
    #[serde(skip)]
    pub begins: Option<String>,
    /// Its end: the end of its window, or its beginning plus its expected length.
    #[serde(skip)]
    pub ends: Option<String>,
    /// What identifies it if it has no id: the clock time that it was first planned for, in whatever zone.
    #[serde(skip)]
    pub mark: String,
    /// Whether its time is known to the hour only.
    #[serde(skip)]
    pub is_by_hour: bool,
    /// The times as `asrun plan add -` reads them: when it begins, when its window ends, and its deadline.
    #[serde(skip)]
    pub times: [String; 3],
}

/// The characters of a day and a clock time as a record has them.
const CLOCK: usize = "2024-09-07T17:30".len();

/// Returns the view of a record's plan.
pub fn plan_view(id: &str, incident: &Incident, now: Moment) -> PlanView {
    let teller = TimeFormatter::of(incident, None);
    let sheet = Sheet::of(incident, Some(now));
    let planned = |step: &&PlanStep| {
        let place = incident.place_of_step(step);
        let row = place.map(|at| sheet.steps[at].clone()).unwrap_or_default();
        let marks = row.marks;
        let state = match marks {
            _ if row.skipped => "skipped",
            _ if marks.failed => "failed",
            _ if marks.done.is_some() || marks.by_day => "done",
            _ if marks.begun => "started",
            _ if marks.any => "done",
            _ if row.not_called => "rollback",
            _ => "open",
        };
        planned(&teller, step, state)
    };
    let labels = &teller.words.labels;
    PlanView {
        view: 1,
        id: id.to_owned(),
        title: incident.title.clone(),
        zone: incident.zone.map(|zone| zone.name().to_owned()),
        steps: incident.steps_in_time().iter().map(planned).collect(),
        heads: [
            labels.planned,
            labels.step,
            labels.owner,
            teller.words.forecast.heads[5],
            labels.status,
        ],
        asked: instant(&now.at_most(Precision::Second), None),
        calendar_id: id.to_owned(),
    }
}

fn planned(teller: &TimeFormatter, step: &PlanStep, state: &'static str) -> PlannedView {
    let words = &teller.words.forecast;
    let zone = teller.zone;
    let written = |at: Option<Moment>| {
        at.map_or_else(String::new, |at| zone.map_or(at, |zone| at.seen_in(zone)).written())
    };
    let end = step.until.map(|until| behind(until, zone));
    let end = end.or_else(|| length_end(step.at?, step.takes?));
    let first = step.revised.first().map(|revision| revision.from).or(step.planned());
    let said = match state {
        "done" => words.is_done,
        "started" => words.is_started,
        "failed" => words.has_failed,
        "skipped" => teller.words.labels.skipped,
        "rollback" => words.only_if_called,
        _ => "",
    };
    PlannedView {
        state,
        said: said.to_owned(),
        sequence: step.revised.len() + usize::from(step.skipped.is_some()),
        begins: step.planned().map(|at| instant(&at, zone)),
        ends: end.map(|at| instant(&at, zone)),
        mark: first.map_or_else(String::new, |at| at.written().chars().take(CLOCK).collect()),
        is_by_hour: step.planned().is_some_and(|at| at.precision() == Precision::Hour),
        times: [written(step.at), written(step.until), written(step.due)],
        step: StepView { dated: planned_time(teller, step).short, ..step_view(teller, step) },
    }
}

/// Returns the end of a window as calendars have it: that of whole days is the day behind the last one.
fn behind(until: Moment, zone: Option<Zone>) -> Moment {
    match until.precision() {
        Precision::Day => Moment::of_day(until.clock(zone).day.plus(1), zone),
        _ => until,
    }
}

fn length_end(at: Moment, takes: Length) -> Option<Moment> {
    let exact = !matches!(at.precision(), Precision::Day | Precision::Hour);
    at.plus_seconds(takes.seconds()).filter(|_| exact)
}

/// Returns `20240907T083000Z`, or `20240907` if only the day is known.
fn instant(at: &Moment, zone: Option<Zone>) -> String {
    if at.precision() == Precision::Day {
        return at.clock(zone).day.to_string().replace('-', "");
    }
    let clock = at.clock(Some(Zone::UTC));
    let day = clock.day.to_string().replace('-', "");
    format!("{day}T{:02}{:02}{:02}Z", clock.hour, clock.minute, clock.second)
}
