//! Compares durations stated in texts with those computed from events.

use std::ops::RangeInclusive;

use crate::fault::FindingKind;
use crate::lang::{Bound, LengthOf, StatedLength, stated_lengths};
use crate::model::{Elapsed, Event, EventType, Measure, Precision};
use crate::timeline::durations;

use super::super::case::{Case, Found};
use super::super::places::part_of;

pub(super) fn stated_duration(case: &Case) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut lengths: Option<Lengths> = None;
    for text in case.incident.texts() {
        for length in stated_lengths(text.text, text.at.is_none()) {
            let lengths = lengths.get_or_insert_with(|| Lengths::of(case));
            let Some(given) = lengths.contradicting(&length) else { continue };
            let (place, stated) = (text.place.to_string(), length.words.to_owned());
            let kind = FindingKind::StatedDuration { place, stated, given };
            found.push(Found { span: case.part(&text, part_of(text.text, length.words)), kind });
        }
    }
    found
}

/// The durations computed from events.
struct Lengths {
    /// The durations by name.
    named: Vec<(Measure, Option<i64>, bool)>,
    /// All that may be meant by the length of an outage.
    whole: Given,
    /// All that may be meant by the time until detection.
    detection: Given,
    /// Whether any time that they are computed from is approximate.
    about: bool,
}

/// The most pairs of milestones that are compared; beyond it, nothing is contradicted.
const PAIRS: usize = 250_000;

/// Durations between pairs of milestones.
enum Given {
    /// All of them, shortest first.
    Sorted(Vec<i64>),
    /// Too many to compute.
    Anything,
}

impl Given {
    fn sorted(mut lengths: Vec<i64>) -> Given {
        lengths.sort_unstable();
        Given::Sorted(lengths)
    }

    /// Returns whether any of them is within these bounds.
    fn any_in(&self, bounds: &RangeInclusive<i64>) -> bool {
        let Given::Sorted(lengths) = self else { return true };
        let first = lengths.partition_point(|length| length < bounds.start());
        lengths.get(first).is_some_and(|length| length <= bounds.end())
    }

    fn longest(&self) -> Option<i64> {
        let Given::Sorted(lengths) = self else { return None };
        lengths.last().copied()
    }
}

impl Lengths {
    fn of(case: &Case) -> Lengths {
        use EventType::{
            Acknowledged, Closed, Declared, Detected, ImpactStart, Mitigated, Resolved,
        };
        let durations = durations(case.incident);
        // A negative duration is reported as an order of milestones, and a span on its own.
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
        let between = |from: &[EventType], to: &[EventType]| {
            let (from, to) = (of_types(from), of_types(to));
            if from.len() * to.len() > PAIRS {
                return Given::Anything;
            }
            let pairs = from.iter().flat_map(|from| to.iter().map(move |to| (from, to)));
            let lengths = pairs.filter_map(|(from, to)| exact(to.at?.since(&from.at?)));
            Given::sorted(lengths.collect())
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

    /// Returns the duration computed from events, if it contradicts the stated one.
    fn contradicting(&self, length: &StatedLength) -> Option<i64> {
        match length.of {
            LengthOf::Measure(measure) => {
                let (given, about) = self.named(measure)?;
                (!bounds(length, about, 60).contains(&given)).then_some(given)
            }
            LengthOf::Whole => {
                let resolve = self.named(Measure::Resolve).or(self.named(Measure::Mitigate))?.0;
                let bounds = bounds(length, self.about, rounding(length));
                (!self.whole.any_in(&bounds)).then_some(resolve)
            }
            LengthOf::Detection => {
                let detect = self.named(Measure::Detect)?.0;
                let bounds = bounds(length, self.about, rounding(length));
                (!self.detection.any_in(&bounds)).then_some(detect)
            }
            LengthOf::Part => {
                let resolve = self.named(Measure::Resolve)?.0;
                let longest = self.whole.longest()?;
                let bounds = bounds(length, self.about, rounding(length));
                let more = longest < length.seconds && !bounds.contains(&longest);
                (more && length.bound != Bound::AtMost).then_some(resolve)
            }
        }
    }
}

/// Returns the seconds by which an amount is rounded: whoever says hours leaves out the minutes.
fn rounding(length: &StatedLength) -> i64 {
    (length.unit / 2).max(60)
}

/// Returns the range of durations that agree with the stated one, give or take `slack` seconds.
fn bounds(length: &StatedLength, about: bool, slack: i64) -> RangeInclusive<i64> {
    let around = |off: i64| length.seconds.saturating_sub(off)..=length.seconds.saturating_add(off);
    match length.bound {
        Bound::AtLeast => length.seconds.saturating_sub(slack)..=i64::MAX,
        Bound::AtMost => i64::MIN..=length.seconds.saturating_add(slack),
        Bound::Exact if !about => around(slack.max(119)),
        Bound::Exact | Bound::About => around((length.seconds / 4).max(300).max(slack)),
    }
}
