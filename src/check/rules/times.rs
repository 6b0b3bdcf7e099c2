//! Times that contradict each other.

use std::cmp::Reverse;
use std::ops::Range;
use std::sync::LazyLock;

use regex_lite::Regex;

use crate::fault::FindingKind;
use crate::lang::{text_words, unit_words};
use crate::model::{Event, EventType, Measure, Moment, Precision};
use crate::timeline::durations;
use crate::yaml::Hop::{self, Item, Key};

use super::super::case::{Case, Found};

const DAY: i64 = 86_400;

pub(super) fn end_before_start(case: &Case) -> Vec<Found> {
    let events = case.incident.events.iter().map(|event| (event.at, event.until));
    let steps = case.incident.plan.iter().map(|step| (step.at, step.until));
    let wrong = |list: &'static str, spans: Vec<(Moment, Option<Moment>)>| {
        spans.into_iter().enumerate().filter_map(move |(place, (at, until))| {
            let until = until?;
            until.contradicts_being_after(&at).then(|| {
                let hops = [Key(list), Item(place), Key("until")];
                case.found(&hops, FindingKind::EndBeforeStart { at, until })
            })
        })
    };
    wrong("events", events.collect()).chain(wrong("plan", steps.collect())).collect()
}

/// Which milestone may not come before which.
const ORDER: [(EventType, EventType); 6] = [
    (EventType::ImpactStart, EventType::Detected),
    (EventType::Detected, EventType::Acknowledged),
    (EventType::Detected, EventType::Identified),
    (EventType::Detected, EventType::Mitigated),
    (EventType::Detected, EventType::Resolved),
    (EventType::Resolved, EventType::Closed),
];

pub(super) fn milestone_order(case: &Case) -> Vec<Found> {
    let mut found = Vec::new();
    for (first, second) in &ORDER {
        let Some(earlier) = case.incident.first(first) else { continue };
        let Some((place, later)) = last(case, second) else { continue };
        if later.at.contradicts_being_after(&earlier.at) {
            let (first, second) = ((first.clone(), earlier.at), (second.clone(), later.at));
            let kind = FindingKind::MilestoneOrder { first, second };
            found.push(case.found(&[Key("events"), Item(place), Key("at")], kind));
        }
    }
    found
}

fn last<'c>(case: &'c Case, kind: &EventType) -> Option<(usize, &'c Event)> {
    let events = case.incident.events.iter().enumerate();
    events.filter(|(_, event)| event.is(kind)).max_by_key(|(_, event)| event.at.earliest())
}

/// How far an event may be from those around it: releases take days, outages hours.
fn usual_gap(case: &Case) -> i64 {
    match case.incident.plan.is_empty() && case.incident.kind.as_deref() != Some("release") {
        true => 2 * DAY,
        false => 31 * DAY,
    }
}

pub(super) fn time_jump(case: &Case) -> Vec<Found> {
    let mut times: Vec<(Moment, [Hop; 3])> = Vec::new();
    let at = |list: &'static str, place: usize| [Key(list), Item(place), Key("at")];
    let plan = case.incident.plan.iter().enumerate();
    times.extend(plan.map(|(place, step)| (step.at, at("plan", place))));
    let events = case.incident.events.iter().enumerate();
    times.extend(events.map(|(place, event)| (event.at, at("events", place))));
    times.sort_by_key(|(at, ..)| at.earliest());
    let usual = usual_gap(case);
    let gap = |a: usize, b: usize| times[b].0.since(&times[a].0).seconds;
    // Where the record falls apart into the many and the few, the few are the doubtful ones.
    let (mut start, mut parts): (usize, Vec<Range<usize>>) = (0, Vec::new());
    for place in 1..times.len() {
        if gap(place - 1, place) > usual {
            parts.push(start..place);
            start = place;
        }
    }
    parts.push(start..times.len());
    let most = parts.iter().map(Range::len).max().unwrap_or(0);
    let few = parts.iter().filter(|part| part.len() * 2 <= most && part.len() <= 3);
    few.flat_map(|part| part.clone())
        .map(|place| {
            let before = place.checked_sub(1).map(|before| gap(before, place));
            let after = (place + 1 < times.len()).then(|| gap(place, place + 1));
            let days = before.into_iter().chain(after).min().unwrap_or(0) / DAY;
            let (at, hops) = &times[place];
            case.found(hops, FindingKind::TimeJump { at: *at, days })
        })
        .collect()
}

pub(super) fn out_of_order(case: &Case) -> Vec<Found> {
    let pairs = case.incident.events.windows(2).enumerate();
    pairs
        .filter(|(_, pair)| pair[1].at.contradicts_being_after(&pair[0].at))
        .map(|(place, pair)| {
            let kind = FindingKind::OutOfOrder { at: pair[1].at, above: pair[0].at };
            case.found(&[Key("events"), Item(place + 1), Key("at")], kind)
        })
        .collect()
}

/// Days without an event after which an outage should be over.
const QUIET: i64 = 2 * DAY;

pub(super) fn not_resolved(case: &Case) -> Vec<Found> {
    let incident = case.incident;
    let begun = [EventType::ImpactStart, EventType::Detected, EventType::Declared];
    let begun = begun.iter().any(|kind| incident.first(kind).is_some());
    let Some(latest) = incident.events_in_time().last().copied() else { return Vec::new() };
    let quiet = case.now.since(&latest.at).seconds > QUIET;
    if !begun || !incident.is_open() || !quiet {
        return Vec::new();
    }
    let place = incident.events.iter().position(|event| std::ptr::eq(event, latest)).unwrap_or(0);
    let days = case.now.since(&latest.at).seconds / DAY;
    vec![case.found(&[Key("events"), Item(place)], FindingKind::NotResolved { days })]
}

/// A measure's name, then an amount of time: `Time to resolve: 1h 50m`, `해결까지 4시간 49분`.
static STATED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let any = |mut words: Vec<&str>| {
        // Of two that begin alike the longer one is meant.
        words.sort_by_key(|word| Reverse(word.len()));
        words.join("|")
    };
    let names = any(measure_names().map(|(name, _)| *name).collect());
    let hours = any(unit_words(3600).collect());
    let minutes = any(unit_words(60).collect());
    let minutes = format!(r"(\d+)\s*(?:{minutes})");
    let amount = format!(r"(?:(\d+)\s*(?:{hours})(?:\s*{minutes})?|{minutes})");
    Regex::new(&format!(r"(?i)({names})\**\s*(?:\([A-Z]+\))?\s*[:=]?\**\s*{amount}(\w?)")).ok()
});

/// Names of durations in texts, in small letters.
fn measure_names() -> impl Iterator<Item = &'static (&'static str, Measure)> {
    const SHORT: &[(&str, Measure)] =
        &[("ttd", Measure::Detect), ("ttm", Measure::Mitigate), ("ttr", Measure::Resolve)];
    SHORT.iter().chain(text_words().flat_map(|words| words.measures))
}

pub(super) fn stated_duration(case: &Case) -> Vec<Found> {
    let Some(stated) = STATED.as_ref() else { return Vec::new() };
    let all = durations(case.incident);
    let mut found = Vec::new();
    for text in case.incident.texts() {
        for hit in stated.captures_iter(text.text) {
            let number = |group: usize| hit.get(group).and_then(|n| n.as_str().parse::<i64>().ok());
            let (hours, minutes) = (number(2), number(3).or(number(4)));
            let goes_on = hit.get(5).is_some_and(|letter| !letter.is_empty());
            if goes_on || (hours.is_none() && minutes.is_none()) {
                continue;
            }
            let said = hours.unwrap_or(0) * 60 + minutes.unwrap_or(0);
            let measure = measure_named(hit.get(1).map_or("", |name| name.as_str()));
            let taken = all.iter().find(|duration| Some(duration.measure) == measure);
            let Some(value) = taken.and_then(|duration| duration.value) else { continue };
            let exact = value.precision != Precision::Day;
            // A negative duration is told by the order of its milestones.
            if exact && value.seconds >= 0 && (value.seconds / 60 - said).abs() > 1 {
                let whole = hit.get(0).map_or("", |whole| whole.as_str()).trim();
                let (place, stated) = (text.place.to_string(), whole.to_owned());
                let kind = FindingKind::StatedDuration { place, stated, given: value.seconds };
                found.push(Found { span: place_of(case, whole), kind });
            }
        }
    }
    found
}

fn measure_named(name: &str) -> Option<Measure> {
    let name = name.to_lowercase();
    measure_names().find(|(known, _)| *known == name).map(|(_, measure)| *measure)
}

/// Where those words stand in the file, if they stand there as they are read.
fn place_of(case: &Case, words: &str) -> Range<usize> {
    let body = case.document.text();
    body.find(words).map_or(0..0, |at| at..at + words.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stated_amounts_are_read_whole() {
        let read = |text: &str| {
            let hit = STATED.as_ref()?.captures(text)?;
            let group = |group: usize| hit.get(group).map_or("", |found| found.as_str()).to_owned();
            let measure = measure_named(&group(1))?;
            Some((measure, group(2), group(3) + &group(4), group(5)))
        };
        for (text, measure, hours, minutes, behind) in [
            ("Time to resolve: 1h 50m", Measure::Resolve, "1", "50", ""),
            ("**TTD** (TTD): 90 minutes.", Measure::Detect, "", "90", ""),
            ("time to mitigate 4 hours and", Measure::Mitigate, "4", "", ""),
            ("TTM 1h30m", Measure::Mitigate, "1", "30", ""),
            ("해결까지 4시간 49분이 걸렸다", Measure::Resolve, "4", "49", ""),
            ("감지까지 10분", Measure::Detect, "", "10", ""),
            ("TTR: 4 houses", Measure::Resolve, "4", "", "o"),
            ("TTR: 4h49", Measure::Resolve, "4", "", "4"),
        ] {
            let expected = (measure, hours.to_owned(), minutes.to_owned(), behind.to_owned());
            assert_eq!(read(text), Some(expected), "{text}");
        }
        assert_eq!(read("TTR: 4 days"), None);
    }
}
