//! Finds a step in other records by its place in the plan: between the same two steps.

use crate::lang::terms;
use crate::model::{Incident, PlanStep};
use crate::timeline::StepName;

use super::past::{Called, Past, occurrences};

/// The most places that are searched for.
const MOST: usize = 50;

/// A plan in which a step was found, chronologically.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownPlan {
    steps: Vec<PlanPlace>,
}

/// A step of such a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
struct PlanPlace {
    id: Option<String>,
    text: String,
    /// When it is planned for, in seconds since 1970.
    at: Option<i64>,
    /// Whether it was found.
    found: bool,
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
            let text = StepName::of(incident, step).text.into_owned();
            let at = step.planned().map(|at| at.unix());
            PlanPlace { id: step.id.clone(), text, at, found: is_found(step) }
        };
        let steps: Vec<_> = incident.steps_in_time().into_iter().map(told).collect();
        steps.iter().any(|step| step.found).then_some(KnownPlan { steps })
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
    fn of(PlanPlace { id, text, .. }: &PlanPlace) -> Known {
        Known { id: id.clone(), text: text.clone(), called: Called::named(text) }
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

/// A place of the searched step.
#[derive(Debug)]
struct Place {
    before: Known,
    behind: Known,
    /// Its text there.
    text: String,
    /// How far it is from both, in seconds, as far as that is known.
    gaps: [Option<i64>; 2],
}

/// Places of the searched step.
#[derive(Debug)]
pub struct SamePlaces {
    places: Vec<Place>,
    /// All other steps of those plans: they are not the searched one, wherever they stand.
    others: Vec<Known>,
}

impl SamePlaces {
    /// Returns the places of the steps found in these plans.
    pub fn of(plans: &[KnownPlan]) -> SamePlaces {
        let is = |one: &Known, other: &PlanPlace| (&one.id, &one.text) == (&other.id, &other.text);
        let (mut places, mut others): (Vec<Place>, Vec<Known>) = Default::default();
        for plan in plans {
            for three in plan.steps.windows(3) {
                let [before, it, behind] = three else { continue };
                let is_known = |one: &Place| is(&one.before, before) && is(&one.behind, behind);
                let is_place = it.found && !before.found && !behind.found;
                if is_place && !places.iter().any(is_known) && places.len() < MOST {
                    let gaps = [gap(before.at, it.at), gap(it.at, behind.at)];
                    let (before, behind) = (Known::of(before), Known::of(behind));
                    places.push(Place { before, behind, text: it.text.clone(), gaps });
                }
            }
            for step in plan.steps.iter().filter(|step| !step.found) {
                if !others.iter().any(|other| is(other, step)) {
                    others.push(Known::of(step));
                }
            }
        }
        SamePlaces { places, others }
    }

    /// Whether a file's text may have a step at one of them.
    pub fn may_be_in(&self, text: &str) -> bool {
        let is_there = |place: &Place| place.before.may_be_in(text) && place.behind.may_be_in(text);
        self.places.iter().any(is_there)
    }

    /// Returns the steps of a record that stand alone between the same two steps, each with the text of the searched one
    /// there.
    pub fn past<'i>(&self, incident: &'i Incident, tolerance: i64) -> Vec<(Past<'i>, &str)> {
        let steps = incident.steps_in_time();
        let names: Vec<StepName> = steps.iter().map(|step| StepName::of(incident, step)).collect();
        let text_at = |at: usize| -> Option<&str> {
            let (before, behind) = (names.get(at.checked_sub(1)?)?, names.get(at + 1)?);
            let time = |at: usize| steps[at].planned().map(|at| at.unix());
            let gaps = [gap(time(at - 1), time(at)), gap(time(at), time(at + 1))];
            let is_here = |place: &&Place| {
                place.before.is(before) && place.behind.is(behind) && is_near(gaps, place.gaps)
            };
            let place = self.places.iter().find(is_here)?;
            let is_other = self.others.iter().any(|other| other.is(&names[at]));
            // `No submission this time` is at its place, too.
            let is_denied = terms(&names[at].text).iter().any(|term| term.negates);
            (!is_other && !is_denied).then_some(place.text.as_str())
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

/// Returns how far two moments are apart.
fn gap(one: Option<i64>, other: Option<i64>) -> Option<i64> {
    Some((other? - one?).abs())
}

/// Whether a step is about as far from those beside it as the known one is: at most a day, or twice as far.
fn is_near(gaps: [Option<i64>; 2], known: [Option<i64>; 2]) -> bool {
    const DAY: i64 = 86_400;
    let near = |(gap, known): (Option<i64>, Option<i64>)| {
        gap.is_none_or(|gap| gap <= DAY.max(2 * known.unwrap_or(DAY)))
    };
    gaps.into_iter().zip(known).all(near)
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
            (&["Code freeze", "No store submission this time", "Announcement"], None),
            (&["Code freeze", "이번에는 스토어 제출 없음", "Announcement"], None),
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
        let mut late = record(&["Code freeze", "Ship 4.0", "Announcement"]);
        let day = |day: u32| Moment::parse(&format!("2024-09-{day:02}T17:00+09:00"), None);
        late.plan[1].at = day(11).ok();
        late.plan[2].at = day(15).ok();
        assert!(places.past(&late, 300).is_empty(), "days away from those beside it");
        assert!(KnownPlan::of(&known, &[]).is_none());
        assert!(places.may_be_in("- text: Code freeze\n- text: Announcement"));
        assert!(!places.may_be_in("- text: Code freeze"));
    }
}
