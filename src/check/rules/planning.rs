//! Rules about what in a plan cannot be kept, before its day.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::fault::{FindingKind, StepFinding};
use crate::model::{Day, DayOff, Moment, PlanStep, Zone, nearest};
use crate::timeline::{Minute, Sheet, SheetStep, in_order, minute};
use crate::yaml::Hop::{Item, Key};

use super::super::case::{Case, Found};

/// The most findings of one kind reported for a plan.
const TOLD: usize = 200;

/// Finds dependencies that are not in the plan.
pub(super) fn unknown_after(case: &Case) -> Vec<Found> {
    let plan = &case.incident.plan;
    let ids = || plan.iter().filter_map(|step| step.id.as_deref());
    let known: HashSet<&str> = ids().collect();
    let waits = plan.iter().enumerate().flat_map(|(place, step)| {
        step.after.iter().map(move |after| (place, step, after.step.as_str()))
    });
    let unknown = waits.filter(|(.., wanted)| !known.contains(wanted)).take(TOLD);
    let found = unknown.map(|(place, step, wanted)| {
        let near = nearest(wanted, ids()).map(str::to_owned);
        let (step, wanted) = (step.text.clone(), wanted.to_owned());
        in_plan(case, (place, "after"), StepFinding::UnknownAfter { step, wanted, near })
    });
    found.collect()
}

pub(super) fn after_circle(case: &Case) -> Vec<Found> {
    let sheet = case.sheet();
    let Err(circle) = in_order(&sheet.steps) else { return Vec::new() };
    let Some(first) = circle.first().copied() else { return Vec::new() };
    let steps = circle.iter().map(|place| case.incident.plan[*place].text.clone()).collect();
    vec![in_plan(case, (first, "after"), StepFinding::Circle { steps })]
}

/// Finds steps that are planned for a time before their dependencies end, by the same plan.
pub(super) fn planned_too_early(case: &Case) -> Vec<Found> {
    let plan = &case.incident.plan;
    let (sheet, zone) = (case.sheet(), case.incident.zone);
    // In a cycle one step is always too early, which is already reported.
    if in_order(&sheet.steps).is_err() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (place, step) in plan.iter().enumerate().filter(|(place, _)| is_open(sheet, *place)) {
        let Some(at) = step.at else { continue };
        let ends = sheet.steps[place].after.iter().filter_map(|(other, gap)| {
            let open = is_open(sheet, *other);
            Some((
                *other,
                end_by_plan(&plan[*other], &sheet.steps[*other], (*gap, zone)).filter(|_| open)?,
            ))
        });
        let Some((other, end)) = ends.max_by_key(|(_, end)| end.earliest()) else { continue };
        let exact = minute(at).zip(minute(end));
        let too_early = exact.map_or(at.day() < end.day(), |(at, end)| at < end);
        if too_early {
            let (step, waits_for) = (step.text.clone(), plan[other].text.clone());
            let kind = StepFinding::TooEarly { step, at, waits_for, end };
            found.push(in_plan(case, (place, "at"), kind));
        }
    }
    found
}

/// Finds steps that by the plan end after their own deadline.
pub(super) fn planned_past_due(case: &Case) -> Vec<Found> {
    let (sheet, zone) = (case.sheet(), case.incident.zone);
    let steps = case.incident.plan.iter().enumerate();
    let open = steps.filter(|(place, _)| is_open(sheet, *place));
    let found = open.filter_map(|(place, step)| {
        let (due, step_of) = (step.due?, &sheet.steps[place]);
        let end = end_by_plan(step, step_of, (0, zone))?;
        let kind = StepFinding::PastDue { step: step.text.clone(), end, due };
        (end.unix() > due.seconds().1).then(|| in_plan(case, (place, "due"), kind))
    });
    found.take(TOLD).collect()
}

/// Returns when a step is over by the plan, including the gap after it.
fn end_by_plan(
    step: &PlanStep,
    sheet: &SheetStep,
    (gap, zone): (i64, Option<Zone>),
) -> Option<Moment> {
    let begin = step.at?;
    let Some(from) = minute(begin) else { return step.until.or(Some(begin)) };
    let end = ends(step, sheet, from) + gap;
    Some(begin.elapsed_in((end - from) * 60, zone))
}

/// Returns when a step that begins at that minute is over by the plan: at the end of its window, or after the length
/// that it takes if that is later.
fn ends(step: &PlanStep, sheet: &SheetStep, from: Minute) -> Minute {
    let until = step.until.and_then(minute).unwrap_or(from);
    until.max(from + sheet.takes.unwrap_or(0))
}

/// Whether the step is still to be done: neither carried out nor given up, and no rollback that nobody called.
fn is_open(sheet: &Sheet, place: usize) -> bool {
    let step = &sheet.steps[place];
    !step.marks.any && !step.is_out()
}

/// A person's step, as an interval.
#[derive(Clone, Copy)]
struct Turn {
    place: usize,
    from: Minute,
    to: Minute,
}

/// Finds two steps of one person at once, neither of which depends on the other.
pub(super) fn owner_twice(case: &Case) -> Vec<Found> {
    let plan = &case.incident.plan;
    let sheet = case.sheet();
    let mut turns: BTreeMap<&str, Vec<Turn>> = BTreeMap::new();
    for (place, step) in plan.iter().enumerate().filter(|(place, _)| is_open(sheet, *place)) {
        let Some((from, owner)) = step.at.and_then(minute).zip(step.owner.as_deref()) else {
            continue;
        };
        let to = ends(step, &sheet.steps[place], from);
        let names = owner.split([',', '/', '&', ';', '、', '·']).map(str::trim);
        for name in names.filter(|name| !name.is_empty()) {
            turns.entry(name).or_default().push(Turn { place, from, to });
        }
    }
    let mut found = Vec::new();
    for (owner, mut turns) in turns {
        turns.sort_by_key(|turn| (turn.from, turn.place));
        let mut last: Option<Turn> = None;
        for turn in turns {
            let Some(before) = last else {
                last = Some(turn);
                continue;
            };
            let at_once = turn.from < before.to || turn.from == before.from;
            let is_told = at_once && found.len() < TOLD;
            if let Some(at) = plan[turn.place].at.filter(|_| is_told)
                && !is_led_by(sheet, turn.place, before.place)
            {
                let texts = [before.place, turn.place].map(|place| plan[place].text.clone());
                let kind = StepFinding::OwnerTwice { owner: owner.to_owned(), at, steps: texts };
                found.push(in_plan(case, (turn.place, "owner"), kind));
            }
            last = Some(if turn.to >= before.to { turn } else { before });
        }
    }
    found
}

/// Whether one of two steps depends on the other, directly or indirectly.
fn is_led_by(sheet: &Sheet, one: usize, other: usize) -> bool {
    let reaches = |from: usize, to: usize| {
        let (mut seen, mut open) = (HashSet::new(), vec![from]);
        while let Some(place) = open.pop() {
            let waits = sheet.steps[place].after.iter().map(|(before, _)| *before);
            open.extend(waits.filter(|before| seen.insert(*before)));
        }
        seen.contains(&to)
    };
    reaches(one, other) || reaches(other, one)
}

/// Finds days off ahead with planned steps, one finding per day.
pub(super) fn day_off(case: &Case) -> Vec<Found> {
    let sheet = case.sheet();
    let today = case.now.clock(case.incident.zone).day;
    let mut days: Vec<(Day, DayOff, usize, usize)> = Vec::new();
    let mut known: HashMap<Day, usize> = HashMap::new();
    let steps = case.incident.plan.iter().enumerate();
    for (place, step) in steps.filter(|(place, _)| is_open(sheet, *place)) {
        let Some(day) = step.at.map(|at| at.clock(case.incident.zone).day) else { continue };
        if day < today {
            continue;
        }
        let Some(why) = case.days_off.and_then(|days| days.why(day)) else { continue };
        match known.get(&day) {
            Some(at) => days[*at].2 += 1,
            None => {
                known.insert(day, days.len());
                days.push((day, why, 1, place));
            }
        }
    }
    let found = days.into_iter().map(|(day, why, steps, place)| {
        in_plan(case, (place, "at"), StepFinding::DayOff { day, why, steps })
    });
    found.collect()
}

fn in_plan(case: &Case, (place, key): (usize, &'static str), kind: StepFinding) -> Found {
    case.found(&[Key("plan"), Item(place), Key(key)], FindingKind::Step(kind))
}
