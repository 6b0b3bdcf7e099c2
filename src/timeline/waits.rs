//! What each step of a plan waits for, by places: found once for a plan and for all that are like it.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::model::{After, Incident, Length, PlanStep};

/// The indices of the steps that one waits for, each with the minutes to wait after its end.
pub(super) type Waited = Arc<[(usize, i64)]>;

/// What each step of a plan waits for.
#[derive(Debug)]
pub struct Waits<'i> {
    plan: &'i [PlanStep],
    /// The place of the first step of each id.
    places: HashMap<&'i str, usize>,
    /// For each step what it waits for, and whether some of that is not in the plan.
    after: Vec<(Waited, bool)>,
}

/// Steps before one that are looked at first: what a step waits for is mostly just before it.
const NEAR: usize = 8;

impl<'i> Waits<'i> {
    /// Returns what the steps of a record's plan wait for.
    pub fn of(incident: &'i Incident) -> Waits<'i> {
        let plan = incident.plan.as_slice();
        let mut places = HashMap::with_capacity(plan.len());
        for (place, step) in plan.iter().enumerate() {
            if let Some(id) = step.id.as_deref() {
                places.entry(id).or_insert(place);
            }
        }
        let mut waits = Waits { plan, places, after: Vec::new() };
        let none: Waited = Arc::new([]);
        let after = plan.iter().enumerate().map(|(place, step)| match step.after.as_slice() {
            [] => (Arc::clone(&none), false),
            after => waits.waited(after, place),
        });
        waits.after = after.collect();
        waits
    }

    /// Whether the steps of another record's plan have the same ids and wait for the same: then it has these places.
    pub fn are_of(&self, other: &Incident) -> bool {
        let same = |(own, other): (&PlanStep, &PlanStep)| {
            own.id.is_some() && own.id == other.id && own.after == other.after
        };
        self.plan.len() == other.plan.len() && self.plan.iter().zip(&other.plan).all(same)
    }

    /// Returns what the step at `place` waits for, and whether some of that is not in the plan.
    pub(super) fn at(&self, place: usize) -> (Waited, bool) {
        self.after.get(place).cloned().unwrap_or_default()
    }

    /// Returns the place of the first step of that id; `last` is where the one before it in time was found: events mostly
    /// follow the plan.
    pub(super) fn place(&self, id: &str, last: usize) -> Option<usize> {
        let next = last + 1;
        let is_it = |step: &PlanStep| step.id.as_deref() == Some(id);
        match self.plan.get(next).filter(|_| self.has_unlike_ids()) {
            Some(step) if is_it(step) => Some(next),
            _ => self.places.get(id).copied(),
        }
    }

    /// Returns the places of the steps that those at `places` wait for, directly or indirectly.
    pub(super) fn before(&self, places: impl IntoIterator<Item = usize>) -> HashSet<usize> {
        let (mut before, mut open) = (HashSet::new(), places.into_iter().collect::<Vec<_>>());
        while let Some(place) = open.pop() {
            let after = self.after.get(place).map_or(&[][..], |(after, _)| after);
            open.extend(
                after.iter().map(|(other, _)| *other).filter(|other| before.insert(*other)),
            );
        }
        before
    }

    /// Whether every step has an id, and no two the same.
    fn has_unlike_ids(&self) -> bool {
        self.places.len() == self.plan.len()
    }

    fn waited(&self, after: &[After], place: usize) -> (Waited, bool) {
        let waited = after
            .iter()
            .filter_map(|after| Some((self.near(&after.step, place)?, minutes(after.gap))));
        let waited: Waited = waited.collect();
        let lacks = waited.len() < after.len();
        (waited, lacks)
    }

    fn near(&self, id: &str, place: usize) -> Option<usize> {
        let from = place.saturating_sub(NEAR);
        let is_it = |step: &PlanStep| step.id.as_deref() == Some(id);
        let near = self.plan[from..place].iter().rposition(is_it);
        let near = near.filter(|_| self.has_unlike_ids());
        near.map(|near| from + near).or_else(|| self.places.get(id).copied())
    }
}

/// Returns the minutes of a length, rounded up.
pub(super) fn minutes(length: Length) -> i64 {
    (length.seconds() + 59) / 60
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(steps: &[(&str, &[&str])]) -> Incident {
        let step = |(id, after): &(&str, &[&str])| PlanStep {
            id: (!id.is_empty()).then(|| (*id).to_owned()),
            after: after.iter().map(|id| After::new(*id)).collect(),
            ..PlanStep::new(None, "x")
        };
        Incident { plan: steps.iter().map(step).collect(), ..Incident::default() }
    }

    #[test]
    fn the_first_of_two_steps_with_one_id_is_selected() {
        let plan = plan(&[("a", &[]), ("b", &[]), ("a", &[]), ("c", &["a", "gone"])]);
        let waits = Waits::of(&plan);
        let (after, lacks) = waits.at(3);
        assert_eq!((&*after, lacks), (&[(0, 0)][..], true));
        assert_eq!([waits.place("a", 1), waits.place("b", 0)], [Some(0), Some(1)]);
        assert_eq!(waits.place("gone", 0), None);
        let plan =
            self::plan(&[("a", &["b"]), ("b", &[]), ("a", &["c"]), ("c", &[]), ("d", &["a"])]);
        assert_eq!(Waits::of(&plan).before([4]), HashSet::from([0, 1]));
    }

    #[test]
    fn another_plan_is_alike_by_its_ids_and_what_they_wait_for() {
        let own = plan(&[("a", &[]), ("b", &["a"])]);
        let waits = Waits::of(&own);
        assert!(waits.are_of(&own));
        assert!(!waits.are_of(&plan(&[("a", &[]), ("b", &[])])));
        assert!(!waits.are_of(&plan(&[("a", &[]), ("c", &["a"])])));
        assert!(!waits.are_of(&plan(&[("a", &[])])));
        let nameless = plan(&[("", &[])]);
        assert!(!Waits::of(&nameless).are_of(&nameless));
    }
}
