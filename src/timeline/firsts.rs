//! The first event of each step, while events are added to a record one after the other.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};

use crate::lang::StepOutcome;
use crate::model::{Event, Incident, Moment, PlanStep, Precision};

use super::rows::{planned_row, rows};

/// A record that events are added to, and which event of each step comes first. Where every time is exact or unknown,
/// an event takes the same work however many there are; if some are known by the day or the hour only, all are sorted
/// again for an event that may come first.
pub struct FirstOfSteps {
    /// Its events in the order in which they were added.
    record: Incident,
    /// The times and indices of its events as they are written in the file.
    file: Vec<(Option<Moment>, usize)>,
    by_step: HashMap<String, OfStep>,
    /// The exact events that are written first and last in the file.
    written: Option<(Exact, Exact)>,
    /// Whether some time is known by the day or the hour only.
    has_vague: bool,
    hasher: RandomState,
}

/// The events of one step.
struct OfStep {
    /// Its place in the plan.
    step: usize,
    /// The first of those that were written before any exact event of the record.
    leading: Option<usize>,
    /// The first of the others.
    first: Option<Standing>,
    /// The earliest exact one.
    earliest: Option<Exact>,
    /// Hashes of their times and texts.
    seen: HashSet<u64>,
    /// Whether the last one has the time and the text of one before it.
    repeats: bool,
}

/// An event with an exact time, and its place among those written.
#[derive(Clone, Copy)]
struct Exact {
    at: Moment,
    place: usize,
}

impl Exact {
    fn order(&self) -> impl Ord + Copy + use<> {
        (self.at.earliest(), self.place)
    }
}

/// The position of an event: an exact one has its own, one without a time follows the exact one written before it.
#[derive(Clone, Copy)]
struct Standing {
    behind: Exact,
    place: usize,
}

impl Standing {
    fn order(&self) -> impl Ord + Copy + use<> {
        (self.behind.order(), self.place)
    }
}

impl FirstOfSteps {
    /// Returns those of a record.
    pub fn of(record: &Incident) -> FirstOfSteps {
        let mut by_step = HashMap::new();
        for (step, id) in record.plan.iter().enumerate() {
            let (leading, first, earliest) = (None, None, None);
            let (seen, repeats) = (HashSet::new(), false);
            let none = OfStep { step, leading, first, earliest, seen, repeats };
            by_step.entry(id.id.clone().unwrap_or_default()).or_insert(none);
        }
        let bare = Incident { events: Vec::new(), ..record.clone() };
        let (file, written, has_vague, hasher) = (Vec::new(), None, false, RandomState::new());
        let mut all = FirstOfSteps { record: bare, file, by_step, written, has_vague, hasher };
        for (index, event) in record.events.iter().enumerate() {
            all.add_at(index, event);
        }
        all
    }

    /// Adds an event, which is written where the order of time has it.
    pub fn add(&mut self, event: &Event) {
        let written = self.file.iter().map(|(at, _)| *at);
        self.add_at(Moment::place_among(written, event.at), event);
    }

    /// Adds an event that is written at that place of the file.
    fn add_at(&mut self, index: usize, event: &Event) {
        let place = self.record.events.len();
        let is_exact = |at: &Moment| at.precision() >= Precision::Minute;
        let exact = event.at.filter(is_exact).map(|at| Exact { at, place });
        self.has_vague |= event.at.is_some() && exact.is_none();
        if let Some(exact) = exact {
            let (first, last) = self.written.unwrap_or((exact, exact));
            let is_first = self.file[..index].iter().all(|(at, _)| at.is_none());
            let is_last = index == self.file.len();
            let first = if is_first { exact } else { first };
            self.written = Some((first, if is_last { exact } else { last }));
        }
        self.file.insert(index, (event.at, place));
        let hash = self.hasher.hash_one((event.at.map(|at| at.unix()), &event.text));
        for id in &event.steps {
            let Some(step) = self.by_step.get_mut(id) else { continue };
            step.repeats = !step.seen.insert(hash);
            step.earliest = step.earliest.into_iter().chain(exact).min_by_key(Exact::order);
            let Some(behind) = exact.or(self.written.map(|(_, last)| last)) else {
                step.leading.get_or_insert(place);
                continue;
            };
            let standing = Standing { behind, place };
            let both = step.first.into_iter().chain([standing]);
            step.first = both.min_by_key(Standing::order);
        }
        self.record.events.push(event.clone());
    }

    /// Returns a step.
    pub fn step(&self, id: &str) -> Option<&PlanStep> {
        self.record.plan.get(self.by_step.get(id)?.step)
    }

    /// Returns the outcome of a step, if the event that was added last is its first one, or says the same at the same
    /// time. A step within `tolerance` seconds of its time is on time.
    pub fn outcome_of_last(&self, id: &str, tolerance: i64) -> Option<StepOutcome> {
        let (event, step) = (self.record.events.last()?, self.by_step.get(id)?);
        let is_first = |first: &Event| first.at == event.at && first.text == event.text;
        if !self.has_vague {
            let first = self.record.events.get(self.first_of(step)?)?;
            let earliest = step.earliest.map(|exact| &self.record.events[exact.place]);
            let events = [Some(first), earliest].into_iter().flatten().collect();
            let row = planned_row(&self.record.plan[step.step], events, tolerance);
            return is_first(first).then(|| row.outcome());
        }
        let place = self.record.events.len() - 1;
        let exact = event.at.is_some_and(|at| at.precision() >= Precision::Minute);
        let is_behind = exact && step.earliest.is_some_and(|earliest| earliest.place != place);
        if is_behind && !step.repeats {
            return None;
        }
        let in_file = self.file.iter().map(|(_, place)| self.record.events[*place].clone());
        let record = Incident { events: in_file.collect(), ..self.record.clone() };
        let rows = rows(&record, tolerance);
        let is_wanted = |step: &PlanStep| step.id.as_deref() == Some(id);
        let row = rows.iter().find(|row| row.step.is_some_and(is_wanted))?;
        is_first(row.events.first()?).then(|| row.outcome())
    }

    /// Returns the place of the first event of a step, where every time is exact or unknown.
    fn first_of(&self, step: &OfStep) -> Option<usize> {
        // What was written before any exact event comes just before the first of those.
        let (Some(leading), Some(first)) = (step.leading, step.first) else {
            return step.leading.or(step.first.map(|first| first.place));
        };
        let (written_first, _) = self.written?;
        let is_before = first.behind.order() < written_first.order();
        Some(if is_before { first.place } else { leading })
    }
}
