//! Finds a step in other records by its place in the plan: between the same two steps.

use crate::model::{Incident, PlanStep};
use crate::timeline::StepName;

use super::past::{Called, Past, occurrences};

/// The most places that are searched for.
const MOST: usize = 50;

/// A plan in which a step was found, chronologically.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownPlan {
    /// The id and the text of each step, and whether it was found.
    steps: Vec<(Option<String>, String, bool)>,
}

impl KnownPlan {
    /// Returns the plan of a record in which `found` was found; `None` if that has no step.
    pub fn of(incident: &Incident, found: &[Past]) -> Option<KnownPlan> {
        let is_found = |step: &PlanStep| {
            let mut rows = found.iter().filter_map(|past| match past {
                Past::Step(row) => row.step,
                Past::Event(_) => None,
            });
            rows.any(|other| std::ptr::eq(other, step))
        };
        let told = |step: &PlanStep| {
            let name = StepName::of(incident, step);
            (step.id.clone(), name.text.into_owned(), is_found(step))
        };
        let steps: Vec<_> = incident.steps_in_time().into_iter().map(told).collect();
        steps.iter().any(|(_, _, found)| *found).then_some(KnownPlan { steps })
    }
}

/// A step of a plan in which the searched one was found.
#[derive(Debug)]
struct Known {
    id: Option<String>,
    text: String,
    called: Called,
}

impl Known {
    fn of(id: Option<&str>, text: &str) -> Known {
        Known { id: id.map(str::to_owned), text: text.to_owned(), called: Called::named(text) }
    }

    fn is(&self, name: &StepName) -> bool {
        let own = StepName { id: self.id.as_deref(), text: self.text.as_str().into() };
        own.text == name.text || own.has_id_of(name) || self.called.is_step(&name.text)
    }

    /// Whether a file's text may contain it.
    fn may_be_in(&self, text: &str) -> bool {
        self.id.as_ref().is_some_and(|id| text.contains(id.as_str()))
            || text.contains(&self.text)
            || self.called.may_be_in(text)
    }
}

/// Places of the searched step: the steps before and behind it, and its text there.
#[derive(Debug)]
pub struct SamePlaces {
    places: Vec<(Known, Known, String)>,
    /// All other steps of those plans: they are not the searched one, wherever they stand.
    others: Vec<Known>,
}

impl SamePlaces {
    /// Returns the places of the steps found in these plans.
    pub fn of(plans: &[KnownPlan]) -> SamePlaces {
        let known = |(id, text, _): &(Option<String>, String, bool)| Known::of(id.as_deref(), text);
        let (mut places, mut others): (Vec<(Known, Known, String)>, Vec<Known>) =
            Default::default();
        for plan in plans {
            for three in plan.steps.windows(3) {
                let [before, (_, text, true), behind] = three else { continue };
                let is_known = places.iter().any(|(one, other, _)| {
                    (&one.id, &one.text) == (&before.0, &before.1)
                        && (&other.id, &other.text) == (&behind.0, &behind.1)
                });
                if !before.2 && !behind.2 && !is_known && places.len() < MOST {
                    places.push((known(before), known(behind), text.clone()));
                }
            }
            for step in plan.steps.iter().filter(|(_, _, found)| !found) {
                if !others.iter().any(|other| (&other.id, &other.text) == (&step.0, &step.1)) {
                    others.push(known(step));
                }
            }
        }
        SamePlaces { places, others }
    }

    /// Whether a file's text may have a step at one of them.
    pub fn may_be_in(&self, text: &str) -> bool {
        let is_there = |(before, behind, _): &(Known, Known, String)| {
            before.may_be_in(text) && behind.may_be_in(text)
        };
        self.places.iter().any(is_there)
    }

    /// Returns the steps of a record that stand alone between the same two steps, each with the text of the searched one
    /// there.
    pub fn past<'i>(&self, incident: &'i Incident, tolerance: i64) -> Vec<(Past<'i>, &str)> {
        let steps = incident.steps_in_time();
        let names: Vec<StepName> = steps.iter().map(|step| StepName::of(incident, step)).collect();
        let text_at = |at: usize| -> Option<&str> {
            let (before, behind) = (names.get(at.checked_sub(1)?)?, names.get(at + 1)?);
            let is_here =
                |(one, other, _): &&(Known, Known, String)| one.is(before) && other.is(behind);
            let (_, _, text) = self.places.iter().find(is_here)?;
            let is_other = self.others.iter().any(|other| other.is(&names[at]));
            (!is_other).then_some(text.as_str())
        };
        let found: Vec<(&PlanStep, &str)> =
            (0..steps.len()).filter_map(|at| Some((steps[at], text_at(at)?))).collect();
        let of = |past: Past<'i>| {
            let Past::Step(row) = &past else { return None };
            let (_, text) = found
                .iter()
                .find(|(step, _)| row.step.is_some_and(|it| std::ptr::eq(it, *step)))?;
            Some((past, *text))
        };
        match found.is_empty() {
            true => Vec::new(),
            false => occurrences(incident, tolerance).filter_map(of).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Moment;

    fn record(steps: &[&str]) -> Incident {
        let step = |(minute, text): (usize, &&str)| {
            let at = Moment::parse(&format!("2024-09-07T17:{minute:02}+09:00"), None).unwrap();
            PlanStep::new(at, *text)
        };
        Incident { plan: steps.iter().enumerate().map(step).collect(), ..Incident::default() }
    }

    #[test]
    fn a_step_stands_between_the_same_two_steps() {
        let known = record(&["Code freeze", "Hand over to Apple", "Announcement"]);
        let found = occurrences(&known, 300).filter(|past| match past {
            Past::Step(row) => row.step.is_some_and(|step| step.text.starts_with("Hand")),
            Past::Event(_) => false,
        });
        let plan = KnownPlan::of(&known, &found.collect::<Vec<_>>()).unwrap();
        let places = SamePlaces::of(&[plan]);
        for (steps, expected) in [
            (&["Code freeze", "Ship 4.0", "Announcement"][..], Some("Ship 4.0")),
            (&["Freeze the code", "Ship 4.0", "Announcement", "Party"], Some("Ship 4.0")),
            (&["Code freeze", "Ship 4.0", "Legal", "Announcement"], None),
            (&["Code freeze", "Announcement"], None),
            (&["Ship 4.0", "Announcement"], None),
            (&["Code freeze", "Ship 4.0"], None),
            (&["Design freeze", "Ship 4.0", "Announcement"], None),
            (&["Code freeze", "Announcement", "Announcement"], None),
        ] {
            let record = record(steps);
            let past = places.past(&record, 300);
            let told = past.iter().map(|(past, text)| match past {
                Past::Step(row) => (row.step.unwrap().text.as_str(), *text),
                Past::Event(_) => unreachable!(),
            });
            let expected = expected.map(|text| (text, "Hand over to Apple"));
            assert_eq!(told.collect::<Vec<_>>(), Vec::from_iter(expected), "{steps:?}");
        }
        assert!(KnownPlan::of(&known, &[]).is_none());
        assert!(places.may_be_in("- text: Code freeze\n- text: Announcement"));
        assert!(!places.may_be_in("- text: Code freeze"));
    }
}
