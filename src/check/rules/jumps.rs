//! Rules about times far from all others: a wrong day, month or year.

use std::collections::HashSet;
use std::ops::Range;

use crate::fault::FindingKind;
use crate::model::{Day, EventType, Moment};
use crate::yaml::Hop::{Item, Key};

use super::super::case::{Case, Found};

const DAY: i64 = 86_400;

/// A time of a record, with its place.
struct Time<'c> {
    at: Moment,
    day: Day,
    list: &'static str,
    place: usize,
    kind: Option<&'c EventType>,
}

pub(super) fn time_jump(case: &Case) -> Vec<Found> {
    let times = times(case);
    let mut far = between_others(&times);
    let told: HashSet<*const Time> =
        far.iter().map(|(time, _)| std::ptr::from_ref(*time)).collect();
    let others = times.iter().filter(|time| !told.contains(&std::ptr::from_ref(*time)));
    let mut sorted: Vec<&Time> = others.collect();
    sorted.sort_by_key(|time| time.at.earliest());
    far.extend(apart(case, &sorted));
    far.into_iter()
        .map(|(time, days)| {
            let hops = [Key(time.list), Item(time.place), Key("at")];
            case.found(&hops, FindingKind::TimeJump { at: time.at, days })
        })
        .collect()
}

/// Returns everything planned and recorded, in the order of the file.
fn times<'c>(case: &'c Case) -> Vec<Time<'c>> {
    let incident = case.incident;
    let time = |list, place, at: Moment, kind| {
        let day = at.day();
        Time { at, day, list, place, kind }
    };
    let plan = incident.plan.iter().enumerate();
    let plan = plan.filter_map(|(place, step)| Some(time("plan", place, step.at?, None)));
    let events = incident.events.iter().enumerate();
    let events = events
        .filter_map(|(place, event)| Some(time("events", place, event.at?, event.kind.as_ref())));
    plan.chain(events).collect()
}

/// Returns events that are a day or more outside their two neighbours.
fn between_others<'t, 'c>(times: &'t [Time<'c>]) -> Vec<(&'t Time<'c>, i64)> {
    /// A day, less what an imprecise clock time may be off.
    const OUTSIDE: i64 = 20 * 3600;
    let alone = times.windows(3).filter_map(|three| {
        let [before, time, after] = three else { return None };
        let same = [before, after].iter().all(|other| other.list == time.list);
        let in_order = !after.at.contradicts_being_after(&before.at);
        let late = time.at.since(&after.at).seconds;
        let early = before.at.since(&time.at).seconds;
        let outside = late.max(early) >= OUTSIDE;
        let nearest = |other: &Time| time.day.days_since(&other.day).abs();
        let days = nearest(before).min(nearest(after)).max(1);
        (same && time.list == "events" && in_order && outside).then_some((time, days))
    });
    alone.collect()
}

/// Returns the usual gap between events: releases take weeks, outages hours.
fn usual_gap(case: &Case) -> i64 {
    if case.is_release() { 31 * DAY } else { 2 * DAY }
}

/// Returns the doubtful times: the smaller groups, if the times fall into groups.
fn apart<'t, 'c>(case: &Case, sorted: &[&'t Time<'c>]) -> Vec<(&'t Time<'c>, i64)> {
    let usual = usual_gap(case);
    let (mut start, mut parts): (usize, Vec<Range<usize>>) = (0, Vec::new());
    for place in 1..sorted.len() {
        if sorted[place].at.since(&sorted[place - 1].at).seconds > usual {
            parts.push(start..place);
            start = place;
        }
    }
    parts.push(start..sorted.len());
    let most = parts.iter().map(Range::len).max().unwrap_or(0);
    let mut found = Vec::new();
    for part in &parts {
        let few = part.len() * 2 <= most && part.len() <= 3;
        let first_of_two = parts.len() == 2 && part.start == 0 && part.len() <= 3;
        let gap = Gap::around(sorted, part);
        let doubtful = match few {
            true => !gap.is_usual(case, sorted, part),
            false => first_of_two && gap.is_a_slip(case) && !gap.is_usual(case, sorted, &parts[1]),
        };
        if doubtful {
            found.extend(part.clone().map(|place| (sorted[place], gap.days)));
        }
    }
    found
}

/// The gap between a few times and the others.
struct Gap {
    days: i64,
    /// Whether the days have the same number, in another month or year.
    same_day_of_month: bool,
    /// Whether it is whole years, give or take a few days.
    years: bool,
}

/// The number of days after which nobody writes a retrospective.
const LATE: i64 = 300;
/// How many days old the change that caused an outage may be.
const OLD: i64 = 180;

impl Gap {
    fn around(sorted: &[&Time], part: &Range<usize>) -> Gap {
        let before = part.start.checked_sub(1).map(|before| (sorted[part.start], sorted[before]));
        let after = sorted.get(part.end).map(|after| (sorted[part.end - 1], *after));
        let days = |(a, b): &(&Time, &Time)| a.day.days_since(&b.day).abs();
        let gap = before.into_iter().chain(after).min_by_key(days);
        let Some(pair @ (a, b)) = gap else {
            return Gap { days: 0, same_day_of_month: false, years: false };
        };
        let days = days(&pair);
        let off_years = (days + 182) % 365 - 182;
        Gap {
            days,
            same_day_of_month: a.day.day() == b.day.day(),
            years: days > LATE && off_years.abs() <= 3 + days / 1460,
        }
    }

    /// Whether it is what a wrong month or year would give.
    fn is_a_slip(&self, case: &Case) -> bool {
        self.years || (self.same_day_of_month && !case.is_release())
    }

    /// Whether such gaps are normal in records: what follows the end is often recorded late, and what led to an outage
    /// may be old.
    fn is_usual(&self, case: &Case, sorted: &[&Time], part: &Range<usize>) -> bool {
        let of_type = |times: &[&Time], kinds: [EventType; 2]| {
            times.iter().any(|time| time.kind.is_some_and(|kind| kinds.contains(kind)))
        };
        let ends = |times: &[&Time]| of_type(times, [EventType::Resolved, EventType::Closed]);
        let (inside, outside) = (&sorted[part.clone()], &sorted[..part.start]);
        let in_file_order = |last: bool| {
            let edge = case.incident.events.len();
            inside.iter().all(|time| {
                let place = if last { edge.checked_sub(time.place) } else { Some(time.place + 1) };
                time.list == "events" && place.is_some_and(|place| place <= inside.len())
            })
        };
        if part.end == sorted.len() {
            let over = ends(outside);
            return self.days <= LATE && in_file_order(true) && (over || case.is_release());
        }
        let caused = of_type(inside, [EventType::ImpactStart, EventType::Action]);
        let leads = part.start == 0 && in_file_order(false) && self.days <= OLD;
        leads && (caused || case.is_release() || !self.same_day_of_month)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::read;

    #[track_caller]
    fn jumps(kind: &str, events: &[&str]) -> Vec<String> {
        let lines: String = events.iter().map(|event| format!("  - {{{event}}}\n")).collect();
        let text = format!("title: t\nkind: {kind}\ntimezone: Asia/Seoul\nevents:\n{lines}");
        let document = read(&text).unwrap();
        let now = Moment::parse("2025-09-11T12:00+09:00", None).unwrap();
        let found = time_jump(&Case::new(&document, now, &[], &[]));
        let told = found.iter().map(|found| match &found.kind {
            FindingKind::TimeJump { at, days } => format!("{} {days}", at.day()),
            _ => String::new(),
        });
        told.collect()
    }

    #[test]
    fn steps_of_a_plan_without_events_may_be_far_apart() {
        let step = |at: &str| format!("  - {{at: {at}, text: step of {at}}}\n");
        let steps = ["2026-12-07T12:00", "2026-12-07T12:30", "2027-02-03T01:30"].map(step).concat();
        let text = format!("title: t\nkind: release\ntimezone: UTC\nplan:\n{steps}events: []\n");
        let document = read(&text).unwrap();
        let now = Moment::parse("2026-12-01T12:00Z", None).unwrap();
        assert_eq!(time_jump(&Case::new(&document, now, &[], &[])).len(), 1);
    }

    #[test]
    fn a_wrong_day_month_or_year() {
        let detected = "at: 2024-09-07T18:08, text: a, type: detected";
        let resolved = "at: 2024-09-07T19:00, text: b, type: resolved";
        for (at, told) in [
            ("2025-09-07T18:20", "2025-09-07 365"),
            ("2024-10-07T18:20", "2024-10-07 30"),
            ("2024-09-08T18:20", "2024-09-08 1"),
            ("2024-09-06", "2024-09-06 1"),
            ("2204-09-07T18:20", "2204-09-07 65743"),
        ] {
            let event = format!("at: {at}, text: x");
            assert_eq!(jumps("outage", &[detected, &event, resolved]), [told], "{at}");
        }
        let year = "at: 2023-09-07T18:08, text: a, type: detected";
        assert_eq!(jumps("outage", &[year, resolved]), ["2023-09-07 366"]);
        let month = "at: 2024-10-07T19:00, text: b, type: resolved";
        assert_eq!(jumps("outage", &[detected, month]), ["2024-09-07 30"]);
    }

    #[test]
    fn late_entries_and_earlier_faults() {
        let none: [&str; 0] = [];
        let detected = "at: 2024-09-07T18:08, text: a, type: detected";
        let resolved = "at: 2024-09-07T19:00, text: b, type: resolved";
        let more = ["at: 2024-09-07T18:20, text: x", "at: 2024-09-07T18:30, text: y"];
        for late in
            ["at: 2024-10-01, text: 회고 공유", "at: 2025-03-07, text: closed, type: closed"]
        {
            assert_eq!(jumps("outage", &[detected, resolved, late]), none, "{late}");
        }
        for early in
            ["at: 2024-08-20T10:00, text: 배포, type: impact_start", "at: 2024-08-20, text: 배포"]
        {
            assert_eq!(
                jumps("outage", &[early, detected, more[0], more[1], resolved]),
                none,
                "{early}"
            );
        }
        let weeks =
            ["at: 2024-03-01, text: a", "at: 2024-03-02, text: b", "at: 2024-09-01, text: c"];
        assert_eq!(jumps("release", &weeks), none);
        let open = ["at: 2024-09-07T18:10, text: p", "at: 2024-10-20, text: q"];
        assert_eq!(jumps("outage", &[detected, open[0], open[1]]), ["2024-10-20 43"]);
    }
}
