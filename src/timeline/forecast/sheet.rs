//! A plan and its events in minutes, as input to a forecast.

use std::sync::Arc;

use crate::model::{Day, Event, EventType, Incident, Moment, PlanStep, Precision, Zone};

use super::super::progress::{Progress, Unlogged};
use super::super::waits::{Waited, Waits, minutes};

/// Minutes since 1970-01-01T00:00Z.
pub type Minute = i64;

/// The current plan, in its order.
#[derive(Debug, Default, Clone)]
pub struct Sheet {
    /// Its steps.
    pub steps: Vec<SheetStep>,
    /// The current day, if it matters.
    pub today: Option<Day>,
}

/// A step of it.
#[derive(Debug, Default, Clone)]
pub struct SheetStep {
    /// The indices of its dependencies, each with the minutes to wait after its end.
    pub after: Arc<[(usize, i64)]>,
    /// Whether it waits for something that is not in the plan.
    pub lacks: bool,
    /// The time it is planned for, to the minute.
    pub at: Option<Minute>,
    /// The day that it is planned for, if no more is given.
    pub day: Option<Day>,
    /// When it was planned, as it stood when it began.
    pub planned: Option<Moment>,
    /// When it began.
    pub begun: Option<Moment>,
    /// Its deadline, to the minute.
    pub due: Option<Minute>,
    /// The planned minutes.
    pub takes: Option<i64>,
    /// Whether it was given up.
    pub skipped: bool,
    /// Whether it is a rollback.
    pub rollback: bool,
    /// Whether it is a rollback that nobody called.
    pub not_called: bool,
    /// Why it is over without having been logged, if the progress of the plan says so.
    pub over: Option<OverStep>,
    /// The state from its events.
    pub marks: Marks,
}

/// The state of a step from its events.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Marks {
    /// Whether it has any event.
    pub any: bool,
    /// Its first event.
    pub first: Option<Minute>,
    /// Its end: its last event saying that it is done, else its last one that is not a start.
    pub done: Option<Minute>,
    /// Whether one of them says that it began and is in progress.
    pub begun: bool,
    /// Whether it failed and was not repeated.
    pub failed: bool,
    /// Whether it was carried out at an unknown minute.
    pub by_day: bool,
}

/// A step that nobody logged, but that need not be late: it is over at an unknown minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OverStep {
    /// It was not recorded.
    NotRecorded,
    /// The event at this index may have carried it out.
    PerhapsDone(usize),
}

/// How a step of a past release went, in minutes.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Went {
    /// Its end − when it could begin: the planned time, or the end of its dependencies.
    pub delay: Option<i64>,
    /// Its end − its start, if both were logged.
    pub length: Option<i64>,
}

/// A step of a past release against the plan in force when it began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DaySlip {
    /// The index of the same step in the current plan.
    pub place: Option<usize>,
    /// The days from the planned one to the one on which it began.
    pub days: i64,
    /// Whether it was planned by day, not by minute.
    pub by_day: bool,
}

impl Sheet {
    /// Returns the plan of a record with what happened until `now`; with everything if `now` is `None`.
    pub fn of(incident: &Incident, now: Option<Moment>) -> Sheet {
        Sheet::with(&Waits::of(incident), incident, now)
    }

    /// Returns the same of a record whose steps wait for that.
    pub fn with(waits: &Waits, incident: &Incident, now: Option<Moment>) -> Sheet {
        let mut carried_out: Vec<(usize, &Event)> = Vec::with_capacity(incident.events.len());
        let mut last = 0;
        let happened = |event: &Event| {
            let later = |now: Moment| event.at.is_some_and(|at| at.unix() > now.unix());
            !now.is_some_and(later)
        };
        for event in incident.events_in_time() {
            if !happened(event) {
                continue;
            }
            for place in event.steps.iter().filter_map(|id| waits.place(id, last)) {
                carried_out.push((place, event));
            }
            last = carried_out.last().map_or(last, |(place, _)| *place);
        }
        // The events of a step stay in chronological order.
        carried_out.sort_by_key(|(place, _)| *place);
        carried_out
            .dedup_by(|(one, this), (other, that)| one == other && std::ptr::eq(*this, *that));
        let mut all = carried_out.iter().map(|(place, event)| (*place, *event)).peekable();
        let mut events = Vec::new();
        let not_called = incident.not_called_by(&happened);
        let of = |(place, step): (usize, &PlanStep)| {
            events.clear();
            events.extend(
                std::iter::from_fn(|| all.next_if(|(of, _)| *of == place)).map(|(_, event)| event),
            );
            sheet_step((step, not_called(step)), &events, waits.at(place))
        };
        let steps = incident.plan.iter().enumerate().map(of).collect();
        Sheet { steps, today: now.map(|now| now.day_in(incident.zone)) }
    }

    /// Returns the same sheet with what the progress of the plan says of steps that nobody logged: a forecast does not
    /// rest on one that is not recorded or perhaps done.
    pub fn knowing(mut self, incident: &Incident, progress: &Progress) -> Sheet {
        for (step, own) in incident.plan.iter().zip(&mut self.steps) {
            let place_of =
                |event: &Event| incident.events.iter().position(|other| std::ptr::eq(other, event));
            own.over = match progress.unlogged(step) {
                Some(Unlogged::NotRecorded) => Some(OverStep::NotRecorded),
                Some(Unlogged::PerhapsDone(event)) => place_of(event).map(OverStep::PerhapsDone),
                Some(Unlogged::Overdue(_)) | None => None,
            };
        }
        self
    }

    /// Returns by how many days the steps of a past release slipped, whose times are in that zone; `same` gives
    /// their indices in the current plan.
    pub fn slips(&self, zone: Option<Zone>, same: &[Option<usize>]) -> Vec<DaySlip> {
        let mut ours = vec![None; self.steps.len()];
        for (place, other) in same.iter().enumerate() {
            if let Some(other) = other {
                ours[*other] = Some(place);
            }
        }
        let of = |(place, step): (usize, &SheetStep)| {
            let (planned, begun) = step.planned.zip(step.begun).filter(|_| !step.is_out())?;
            let days = begun.day_in(zone).days_since(&planned.day_in(zone));
            Some(DaySlip { place: ours[place], days, by_day: step.day.is_some() })
        };
        self.steps.iter().enumerate().filter_map(of).collect()
    }

    /// Returns how each step of a past release went. A delay is measured only if the ends of all its dependencies are
    /// known; skipped ones do not count.
    pub fn went(&self) -> Vec<Went> {
        let is_end = |step: &SheetStep| if step.is_out() { None } else { step.marks.done };
        let ends: Vec<Option<Minute>> = self.steps.iter().map(is_end).collect();
        let went = |(step, end): (&SheetStep, &Option<Minute>)| {
            let Some(end) = *end else { return Went::default() };
            let length = step.marks.first.filter(|_| step.marks.begun).map(|first| end - first);
            let unknown =
                |(other, _): &(usize, i64)| !self.steps[*other].is_out() && ends[*other].is_none();
            let is_blind = step.lacks || step.after.iter().any(unknown);
            let ready = if is_blind { None } else { step.ready(&ends) };
            Went { delay: ready.map(|(ready, _)| end - ready), length }
        };
        self.steps.iter().zip(&ends).map(went).collect()
    }
}

impl SheetStep {
    /// Whether it is not to be done: what waits for it waits for what it waited for.
    pub fn is_out(&self) -> bool {
        self.skipped || self.not_called
    }

    /// Returns when it can begin, and the step that it then waits for; `None` for its planned time.
    pub(super) fn ready(&self, ends: &[Option<Minute>]) -> Option<(Minute, Option<usize>)> {
        self.ready_after(self.waited(ends))
    }

    /// Returns the same, given the latest end of its dependencies.
    pub(super) fn ready_after(
        &self,
        waited: Option<(Minute, Option<usize>)>,
    ) -> Option<(Minute, Option<usize>)> {
        let planned = self.at.map(|at| (at, None));
        match (waited, planned) {
            (Some(waited), Some(planned)) if planned.0 > waited.0 => Some(planned),
            (waited, planned) => waited.or(planned),
        }
    }

    /// Returns the latest end of its dependencies, including the gap; the first if several are equal.
    pub(super) fn waited(&self, ends: &[Option<Minute>]) -> Option<(Minute, Option<usize>)> {
        let mut latest: Option<(Minute, Option<usize>)> = None;
        for (other, gap) in self.after.iter() {
            let Some(end) = ends[*other] else { continue };
            if latest.is_none_or(|(at, _)| end + gap > at) {
                latest = Some((end + gap, Some(*other)));
            }
        }
        latest
    }
}

fn sheet_step(
    (step, not_called): (&PlanStep, bool),
    events: &[&Event],
    (after, lacks): (Waited, bool),
) -> SheetStep {
    let marks = marks(events);
    let planned = in_force(step, events);
    SheetStep {
        lacks,
        after,
        at: planned.and_then(minute),
        day: planned.filter(|at| at.precision() == Precision::Day).map(|at| at.day()),
        planned,
        begun: events.iter().find_map(|event| event.at),
        due: step.due.and_then(minute),
        takes: step.takes.map(minutes),
        skipped: step.skipped.is_some() && !events.iter().any(|event| event.carries_out()),
        rollback: step.rollback,
        not_called,
        over: None,
        marks,
    }
}

/// Returns the planned time in force when a step began: later revisions do not count.
fn in_force(step: &PlanStep, events: &[&Event]) -> Option<Moment> {
    let begun = events.iter().find_map(|event| event.at);
    let moved_later = |on: Moment| begun.is_some_and(|begun| on.unix() > begun.unix());
    let later = step.revised.iter().find(|revision| revision.on.is_some_and(moved_later));
    later.map_or(step.at, |revision| step.at.and(Some(revision.from)))
}

fn marks(events: &[&Event]) -> Marks {
    let mut marks = Marks { any: !events.is_empty(), ..Marks::default() };
    let says_done = |event: &&&Event| event.is(&EventType::Done);
    let last_done = events.iter().rposition(|event| says_done(&event));
    for (place, event) in events.iter().enumerate() {
        let at = event.at.and_then(minute);
        let until = event.until.and_then(minute).filter(|until| at.is_none_or(|at| *until >= at));
        if event.is(&EventType::Failed) {
            (marks.failed, marks.begun) = (true, true);
            (marks.done, marks.by_day) = (None, false);
            continue;
        }
        if let Some(at) = at {
            marks.first = Some(marks.first.map_or(at, |first: Minute| first.min(at)));
        }
        marks.failed = false;
        if event.is(&EventType::Started) {
            marks.begun = true;
            continue;
        }
        marks.begun |= until.is_some();
        // Events of a step after it was done do not make it longer.
        let counts = last_done.is_none_or(|last| place <= last);
        match until.or(at) {
            Some(end) if counts => {
                marks.done = Some(marks.done.map_or(end, |done: Minute| done.max(end)));
            }
            Some(_) => {}
            None => marks.by_day = true,
        }
    }
    marks.by_day &= marks.done.is_none() && !marks.failed;
    marks
}

/// Returns the minute of a moment, if it is that precise.
pub fn minute(at: Moment) -> Option<Minute> {
    let exact = !matches!(at.precision(), Precision::Day | Precision::Hour);
    exact.then(|| at.unix().div_euclid(60))
}
