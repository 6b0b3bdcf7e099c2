//! Lengths of time that texts state, against those that the events give.

use crate::fault::FindingKind;
use crate::lang::{Bound, LengthOf, SaidLength, said_lengths};
use crate::model::{Elapsed, Event, EventType, Measure, Precision};
use crate::timeline::durations;

use super::super::case::{Case, Found};

pub(super) fn stated_duration(case: &Case) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut lengths: Option<Lengths> = None;
    for text in case.incident.texts() {
        for said in said_lengths(text.text, text.at.is_none()) {
            let lengths = lengths.get_or_insert_with(|| Lengths::of(case));
            let Some(given) = lengths.contradicting(&said) else { continue };
            let (place, stated) = (text.place.to_string(), said.said.to_owned());
            let kind = FindingKind::StatedDuration { place, stated, given };
            found.push(Found { span: case.place_of(said.said), kind });
        }
    }
    found
}

/// What the events give.
struct Lengths {
    /// The durations by their names.
    named: Vec<(Measure, Option<i64>, bool)>,
    /// Everything that people may call the length of an outage.
    whole: Vec<i64>,
    /// Everything that may have passed until somebody noticed.
    detection: Vec<i64>,
    /// A time that they are computed from is approximate.
    about: bool,
}

impl Lengths {
    fn of(case: &Case) -> Lengths {
        use EventType::{
            Acknowledged, Closed, Declared, Detected, ImpactStart, Mitigated, Resolved,
        };
        let durations = durations(case.incident);
        // A negative duration is told by the order of its milestones, and a stretch by itself.
        let exact = |value: Elapsed| {
            let exact = value.exact().filter(|_| value.precision != Precision::Day);
            exact.filter(|seconds| *seconds >= 0)
        };
        let named = durations.iter().map(|one| {
            (one.measure, one.value.and_then(exact), one.value.is_some_and(|value| value.about))
        });
        let named: Vec<_> = named.collect();
        let of_types = |types: &[EventType]| -> Vec<&Event> {
            let events = case.incident.events.iter();
            events.filter(|event| types.iter().any(|kind| event.is(kind))).collect()
        };
        let between = |from: &[EventType], to: &[EventType]| -> Vec<i64> {
            let to = of_types(to);
            let values = of_types(from)
                .into_iter()
                .flat_map(|from| to.iter().filter_map(move |to| exact(to.at?.since(&from.at?))));
            values.collect()
        };
        Lengths {
            about: named.iter().any(|(_, _, about)| *about),
            named,
            whole: between(
                &[ImpactStart, Detected, Declared, Acknowledged],
                &[Mitigated, Resolved, Closed],
            ),
            detection: between(&[ImpactStart], &[Detected, Acknowledged, Declared]),
        }
    }

    fn named(&self, measure: Measure) -> Option<(i64, bool)> {
        let (_, value, about) = self.named.iter().find(|(known, ..)| *known == measure)?;
        Some(((*value)?, *about))
    }

    /// What the events give instead, if it contradicts what is said.
    fn contradicting(&self, said: &SaidLength) -> Option<i64> {
        match said.of {
            LengthOf::Measure(measure) => {
                let (given, about) = self.named(measure)?;
                (!fits(said, given, about, 60)).then_some(given)
            }
            LengthOf::Whole => {
                let resolve = self.named(Measure::Resolve).or(self.named(Measure::Mitigate))?.0;
                let fits = |given: &i64| fits(said, *given, self.about, rounding(said));
                (!self.whole.iter().any(fits)).then_some(resolve)
            }
            LengthOf::Detection => {
                let detect = self.named(Measure::Detect)?.0;
                let fits = |given: &i64| fits(said, *given, self.about, rounding(said));
                (!self.detection.iter().any(fits)).then_some(detect)
            }
            LengthOf::Part => {
                let resolve = self.named(Measure::Resolve)?.0;
                let longest = *self.whole.iter().max()?;
                let more =
                    longest < said.seconds && !fits(said, longest, self.about, rounding(said));
                (more && said.bound != Bound::AtMost).then_some(resolve)
            }
        }
    }
}

/// Seconds that an amount is rounded by: whoever says hours leaves the minutes out.
fn rounding(said: &SaidLength) -> i64 {
    (said.unit / 2).max(60)
}

/// Whether a length is what is said, give or take `slack` seconds.
fn fits(said: &SaidLength, given: i64, about: bool, slack: i64) -> bool {
    let off = given - said.seconds;
    match said.bound {
        Bound::AtLeast => off >= -slack,
        Bound::AtMost => off <= slack,
        Bound::Exact if !about => off.abs() <= slack.max(119),
        Bound::Exact | Bound::About => off.abs() <= (said.seconds / 4).max(300).max(slack),
    }
}
