//! Finds a step in other records by its place in the plan: between the same two steps, or at the same end of it.

use std::ops::Range;

use crate::lang::terms;
use crate::model::{Incident, PlanStep};
use crate::timeline::{Aliases, Lexicon, StepName, Wording};

use super::past::{Called, Past, occurrences};
use super::same_words::KnownStep;

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
struct Known<'a> {
    id: Option<String>,
    step: KnownStep<'a>,
    wording: Wording,
}

impl<'a> Known<'a> {
    fn of(PlanPlace { id, text, .. }: &PlanPlace, aliases: &'a Aliases) -> Known<'a> {
        let step = KnownStep::of(text, Called::named(text, aliases));
        Known { id: id.clone(), step, wording: Lexicon::default().wording(text) }
    }

    fn is(&self, name: &StepName) -> bool {
        let own = StepName { id: self.id.as_deref(), text: self.step.text().into() };
        own.has_id_of(name) || self.step.is_step(&name.text)
    }

    /// Returns the index of its step among steps with these names, else of the only one that may be it.
    fn place_in(&self, names: &[StepName]) -> Option<usize> {
        let exactly = names.iter().position(|name| self.is(name));
        exactly.or_else(|| {
            let may_be = |name: &StepName| {
                let other = Lexicon::default().wording(&name.text);
                self.wording.may_be_carried_out_by(&other)
                    || other.may_be_carried_out_by(&self.wording)
            };
            let mut found = names.iter().enumerate().filter(|(_, name)| may_be(name));
            found.next().filter(|_| found.next().is_none()).map(|(at, _)| at)
        })
    }

    fn is_place(&self, other: &PlanPlace) -> bool {
        (&self.id, self.step.text()) == (&other.id, other.text.as_str())
    }

    /// Whether a file's text may contain it.
    fn may_be_in(&self, text: &str) -> bool {
        self.id.as_ref().is_some_and(|id| text.contains(id.as_str()))
            || text.contains(self.step.text())
            || self.step.may_be_in(text)
    }
}

/// A place of the searched step: between the steps beside it, of which at most one is missing.
#[derive(Debug)]
struct Place<'a> {
    before: Option<Known<'a>>,
    behind: Option<Known<'a>>,
    /// The step there.
    step: Sought<'a>,
    /// How far it is from both, in seconds, as far as that is known.
    gaps: [Option<i64>; 2],
}

impl Place<'_> {
    /// Whether it is between these two.
    fn is_between(&self, before: Option<&PlanPlace>, behind: Option<&PlanPlace>) -> bool {
        let is = |one: &Option<Known>, other: Option<&PlanPlace>| match (one, other) {
            (Some(one), Some(other)) => one.is_place(other),
            (one, other) => one.is_none() && other.is_none(),
        };
        is(&self.before, before) && is(&self.behind, behind)
    }

    /// Whether a file's text may have it.
    fn may_be_in(&self, text: &str) -> bool {
        [&self.before, &self.behind].into_iter().flatten().all(|known| known.may_be_in(text))
    }

    /// Returns the indices of the steps there, of a plan with these names.
    fn within(&self, names: &[StepName]) -> Option<Range<usize>> {
        let first = match &self.before {
            Some(before) => before.place_in(names)? + 1,
            None => 0,
        };
        let end = match &self.behind {
            Some(behind) => first + behind.place_in(&names[first..])?,
            None => names.len(),
        };
        Some(first..end)
    }
}

/// The searched step, as it is worded in a record.
#[derive(Debug)]
struct Sought<'a> {
    known: Known<'a>,
    wording: Wording,
}

impl<'a> Sought<'a> {
    fn of(known: Known<'a>) -> Sought<'a> {
        Sought { wording: known.wording.clone(), known }
    }

    /// Whether a step with that text may be it in wholly other words: it does not say that something else is done.
    fn may_stand_for(&self, text: &str) -> bool {
        !self.wording.is_other_act(&Lexicon::default().wording(text))
    }

    /// Whether a step with that text may be it: each leaves open what the other one names.
    fn may_be(&self, text: &str) -> bool {
        let other = Lexicon::default().wording(text);
        self.wording.may_be_carried_out_by(&other) || other.may_be_carried_out_by(&self.wording)
    }
}

/// Places of the searched step.
#[derive(Debug)]
pub struct SamePlaces<'a> {
    places: Vec<Place<'a>>,
    /// All other steps of those plans, each with what was found beside it: it is none of those, wherever it stands.
    others: Vec<(Known<'a>, Vec<String>)>,
    /// The searched steps.
    found: Vec<Known<'a>>,
}

impl<'a> SamePlaces<'a> {
    /// Returns the places of the steps found in these plans.
    pub fn of(plans: &[KnownPlan], aliases: &'a Aliases) -> SamePlaces<'a> {
        let (mut places, mut sought): (Vec<Place>, Vec<Known>) = Default::default();
        let mut others: Vec<(Known, Vec<String>)> = Vec::new();
        let known = |step: &PlanPlace| Known::of(step, aliases);
        for KnownPlan { steps } in plans {
            for (at, it) in steps.iter().enumerate().filter(|(_, it)| it.found) {
                let (before, behind) = (at.checked_sub(1).map(|at| &steps[at]), steps.get(at + 1));
                let mut beside = before.iter().chain(&behind).peekable();
                // Another step that was searched for, too, may stand beside it.
                let is_other = |step: &PlanPlace| !step.found || step.text != it.text;
                let is_place = beside.peek().is_some() && beside.all(|step| is_other(step));
                let is_known = places.iter().any(|one| one.is_between(before, behind));
                if is_place && !is_known && places.len() < MOST {
                    let gaps = [
                        gap(before.and_then(|it| it.at), it.at),
                        gap(it.at, behind.and_then(|it| it.at)),
                    ];
                    let (before, behind) = (before.map(known), behind.map(known));
                    places.push(Place { before, behind, step: Sought::of(known(it)), gaps });
                }
            }
            let (found, rest): (Vec<&PlanPlace>, Vec<&PlanPlace>) =
                steps.iter().partition(|step| step.found);
            for step in &found {
                if !sought.iter().any(|known| known.is_place(step)) {
                    sought.push(known(step));
                }
            }
            let found: Vec<String> = found.iter().map(|step| step.text.clone()).collect();
            for step in rest {
                match others.iter_mut().find(|(other, _)| other.is_place(step)) {
                    Some((_, beside)) => beside.extend_from_slice(&found),
                    None => others.push((known(step), found.clone())),
                }
            }
        }
        SamePlaces { places, others, found: sought }
    }

    /// Whether a file's text may have a step at one of them.
    pub fn may_be_in(&self, text: &str) -> bool {
        self.places.iter().any(|place| place.may_be_in(text))
    }

    /// Returns the steps of a record at these places, each with the text of the searched one there. Where the record is known to
    /// have that one, as one of `own`, the words of another must leave it open that it is one, too.
    pub fn past<'i>(
        &self,
        incident: &'i Incident,
        (tolerance, own): (i64, &[&str]),
    ) -> Vec<(Past<'i>, &str)> {
        let steps = incident.steps_in_time();
        let names: Vec<StepName> = steps.iter().map(|step| StepName::of(incident, step)).collect();
        let times: Vec<_> = steps.iter().map(|step| step.planned().map(|at| at.unix())).collect();
        let mut found: Vec<(&PlanStep, &str)> = Vec::new();
        for place in &self.places {
            let by_words = own.iter().any(|text| self.may_be_there(place, text));
            if let Some(at) = self.step_at(place, by_words, (&names, &times))
                && !found.iter().any(|(step, _)| std::ptr::eq(*step, steps[at]))
            {
                found.push((steps[at], place.step.known.step.text()));
            }
        }
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

    /// Whether what was found in a record may be the step at a place: it is no other one of the searched steps.
    fn may_be_there(&self, place: &Place<'_>, text: &str) -> bool {
        let step = &place.step.known.step;
        let is_other = |known: &Known| known.step.is_step(text) && !step.is_step(known.step.text());
        step.is_step(text) || !self.found.iter().any(is_other)
    }

    /// Returns the index of the step at a place of a plan. One that stands alone between two steps is it in whichever words, unless
    /// they say that something else is done; at an end of the plan, or among several, only the one whose words leave it open.
    fn step_at(
        &self,
        place: &Place<'_>,
        by_words: bool,
        (names, times): (&[StepName], &[Option<i64>]),
    ) -> Option<usize> {
        let within = place.within(names)?;
        let time = |at: Option<usize>| at.and_then(|at| times.get(at).copied().flatten());
        let (before, behind) = (time(within.start.checked_sub(1)), time(Some(within.end)));
        let is_near =
            |at: &usize| is_near([gap(before, times[*at]), gap(times[*at], behind)], place.gaps);
        let is_other = |name: &StepName| {
            let mut others = self.others.iter().filter(|(other, _)| other.is(name));
            others.any(|(_, beside)| beside.iter().any(|text| self.may_be_there(place, text)))
        };
        // `No submission this time` is at its place, too.
        let is_denied = |text: &str| terms(text).iter().any(|term| term.negates);
        let is_alone =
            !by_words && within.len() == 1 && place.before.is_some() && place.behind.is_some();
        let fits = |text: &str| match is_alone {
            true => place.step.may_stand_for(text),
            false => place.step.may_be(text),
        };
        let may_be = |at: &usize| {
            let name = &names[*at];
            !is_other(name) && !is_denied(&name.text) && is_near(at) && fits(&name.text)
        };
        let mut found = within.filter(may_be);
        found.next().filter(|_| found.next().is_none())
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

    fn places<'a>(steps: &[&str], sought: &str, aliases: &'a Aliases) -> SamePlaces<'a> {
        let known = record(steps);
        let found = occurrences(&known, 300).filter(|past| match past {
            Past::Step(row) => row.step.is_some_and(|step| step.text == sought),
            Past::Event(_) => false,
        });
        SamePlaces::of(&[KnownPlan::of(&known, &found.collect::<Vec<_>>()).unwrap()], aliases)
    }

    fn at_them(places: &SamePlaces, record: &Incident) -> Vec<String> {
        let past = places.past(record, (300, &[])).into_iter();
        let text = |past: Past| match past {
            Past::Step(row) => row.step.unwrap().text.clone(),
            Past::Event(_) => unreachable!(),
        };
        past.map(|(past, _)| text(past)).collect()
    }

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
        let aliases = Aliases::default();
        let places = SamePlaces::of(&[plan], &aliases);
        for (steps, expected) in [
            (&["Code freeze", "Legal", "Build for Apple", "Announcement"][..], None),
            (&["Code freeze", "Run the database migration", "Announcement"], None),
            (&["Code freeze", "Resubmit the build", "Announcement"], Some("Resubmit the build")),
            (&["Code freeze", "Hand over to Google", "Announcement"], None),
            (&["Code freeze", "Ship 4.0", "Announcement"], Some("Ship 4.0")),
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
            let past = places.past(&record, (300, &[]));
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
        assert!(places.past(&late, (300, &[])).is_empty(), "days away from those beside it");
        assert!(KnownPlan::of(&known, &[]).is_none());
        assert!(places.may_be_in("- text: Code freeze\n- text: Announcement"));
        assert!(!places.may_be_in("- text: Code freeze"));
    }

    #[test]
    fn an_announcement_is_not_what_it_announces_and_another_step_found_is_not_the_one_there() {
        let none = Aliases::default();
        let steps = ["서버 배포", "앱 배포", "출시 공지"];
        let known = record(&steps);
        let found = occurrences(&known, 300).filter(|past| match past {
            Past::Step(row) => row.step.is_some_and(|step| step.text.contains("배포")),
            Past::Event(_) => false,
        });
        let plan = KnownPlan::of(&known, &found.collect::<Vec<_>>()).unwrap();
        let both = SamePlaces::of(&[plan], &none);
        let live = places(&["Deploy backend", "Go live", "Party"], "Go live", &none);
        for (places, steps, own, expected) in [
            (
                &both,
                &["서버 배포", "Publish the app", "공지"][..],
                &["서버 배포"][..],
                &["Publish the app"][..],
            ),
            (&both, &["서버 배포", "Publish the app", "공지"], &["앱 배포"], &[]),
            (&both, &["서버 배포", "Test the app", "공지"], &["서버 배포"], &[]),
            (&live, &["Deploy backend", "Release the app", "Party"], &[], &["Release the app"]),
            (&live, &["Deploy backend", "앱 배포", "Party"], &[], &["앱 배포"]),
            (&live, &["Deploy backend", "Announcement", "Party"], &[], &[]),
            (&live, &["Deploy backend", "Post on the blog", "Party"], &[], &[]),
            (&live, &["Deploy backend", "블로그 공지", "Party"], &[], &[]),
        ] {
            let record = record(steps);
            let past = places.past(&record, (300, own)).into_iter();
            let texts = past.map(|(past, _)| match past {
                Past::Step(row) => row.step.unwrap().text.clone(),
                Past::Event(_) => unreachable!(),
            });
            assert_eq!(texts.collect::<Vec<_>>(), expected, "{steps:?} {own:?}");
        }
    }

    #[test]
    fn at_an_end_of_a_plan_the_words_must_leave_the_step_open() {
        let none = Aliases::default();
        let first =
            places(&["Submit to App Store", "Code freeze", "Deploy"], "Submit to App Store", &none);
        let last = places(
            &["Code freeze", "Deploy", "Announce on the blog"],
            "Announce on the blog",
            &none,
        );
        for (places, steps, expected) in [
            (&first, &["스토어에 제출", "코드 프리즈", "배포"][..], &["스토어에 제출"][..]),
            (&first, &["Submit for review", "Code freeze", "Deploy"], &["Submit for review"]),
            (&first, &["앱 심사 요청", "Code freeze"], &["앱 심사 요청"]),
            (&first, &["Submit for review", "QA", "Code freeze"], &["Submit for review"]),
            (&first, &["QA", "Code freeze", "Deploy"], &[]),
            (
                &first,
                &["Submit the 3.2 build of Horang", "Code freeze"],
                &["Submit the 3.2 build of Horang"],
            ),
            (&first, &["Submit to Play Store", "Code freeze"], &[]),
            (&first, &["Submit for review", "Submit the app", "Code freeze"], &[]),
            (&first, &["Code freeze", "Submit for review"], &[]),
            (&first, &["Submit for review", "Design freeze"], &[]),
            (&last, &["Code freeze", "Deploy", "Announcement"], &["Announcement"]),
            (&last, &["Code freeze", "Deploy", "Party"], &[]),
        ] {
            assert_eq!(at_them(places, &record(steps)), expected, "{steps:?}");
        }
    }
}
