//! What typed times mean for a record, and what is odd about a moment.

use crate::fault::{Doubt, Fault, Field};
use crate::lang::{Direction, Frame, Typed, asks_for_clock, read_typed};
use crate::model::{Day, EventType, Incident, Moment, PlanStep, Zone};

/// Returns what a time typed for this record is read against. A bare clock time belongs to the record's
/// day, unless the record is under way: then it is the latest such moment not in the future.
pub fn frame(now: Moment, zone: Zone, incident: &Incident, direction: Direction) -> Frame {
    let today = now.clock(Some(zone)).day;
    let day = match direction {
        Direction::Past => known_days(incident, zone)
            .filter(|(first, last)| today < *first || today > last.plus(1))
            .and_then(|_| incident.day()),
        Direction::Future => incident.date,
    };
    Frame { now, zone, day, direction }
}

/// Days without an entry that a record under way may have.
const QUIET_DAYS: i64 = 7;

/// Returns the first and the last of the record's days: from its day on, as long as entries follow each
/// other within a week. One stray entry, years off, does not stretch them.
fn known_days(incident: &Incident, zone: Zone) -> Option<(Day, Day)> {
    let planned = incident.plan.iter().flat_map(|step| [Some(step.at), step.until]).flatten();
    let happened = incident.events.iter().map(|event| event.at);
    let moments = planned.chain(happened).map(|at| at.clock(Some(zone)).day);
    let mut days: Vec<Day> = moments.chain(incident.date).collect();
    days.sort();
    let own = incident.day().or_else(|| days.first().copied())?;
    let (mut first, mut last) = (own, own);
    for day in days.iter().rev().filter(|day| **day < own) {
        if first.days_since(day) <= QUIET_DAYS {
            first = *day;
        }
    }
    for day in days.iter().filter(|day| **day > own) {
        if day.days_since(&last) <= QUIET_DAYS {
            last = *day;
        }
    }
    Some((first, last))
}

/// Reads a typed time.
///
/// # Errors
/// It is no time, does not exist, or is not one moment.
pub fn read_time(text: &str, frame: &Frame, field: Field) -> Result<Typed, Fault> {
    read_typed(text, frame).map_err(|fault| Fault::Time { field, fault, zone: frame.zone })
}

/// Returns a day as people type it: what may stand before a clock time may stand alone here.
///
/// # Errors
/// It is no day.
pub fn day_named(text: &str, field: Field, now: Moment, zone: Zone) -> Result<Day, Fault> {
    let parts: Vec<&str> =
        text.split(['.', '/', '-', ' ']).filter(|part| !part.is_empty()).collect();
    let dashed = match parts.as_slice() {
        [year, month, day] => format!("{year}-{month:0>2}-{day:0>2}"),
        [whole] if whole.len() == 8 && whole.is_ascii() => {
            format!("{}-{}-{}", &whole[..4], &whole[4..6], &whole[6..])
        }
        _ => String::new(),
    };
    let today = now.clock(Some(zone)).day;
    let typed = |direction: Direction| {
        let frame = Frame { now, zone, day: None, direction };
        let noon = read_typed(&format!("{} 12:00", text.trim()), &frame).ok()?;
        (!noon.day_inferred).then(|| noon.moment.clock(Some(zone)).day)
    };
    // Without a year, the one that is nearer: releases lie ahead, outages behind.
    let day = Day::parse(&dashed).or_else(|| {
        let days = [Direction::Past, Direction::Future].into_iter().filter_map(typed);
        let days = days.filter(|_| !asks_for_clock(text));
        days.min_by_key(|day| day.days_since(&today).abs())
    });
    day.ok_or_else(|| Fault::Day { field, typed: text.to_owned() })
}

const DAY_SECONDS: i64 = 86_400;

/// Returns what is odd about a moment. `typed` is how it was read; none for the moment of the
/// operation.
pub fn doubts(
    at: &Moment,
    frame: &Frame,
    incident: &Incident,
    typed: Option<&Typed>,
) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    let ahead = at.unix() - frame.now.unix();
    let past = frame.direction == Direction::Past;
    if past && ahead > 60 {
        doubts.push(Doubt::Future { at: *at, ahead });
    }
    let inferred = typed.is_some_and(|typed| typed.day_inferred) && frame.day.is_none();
    if past && inferred && -ahead > DAY_SECONDS / 2 {
        doubts.push(Doubt::LongAgo { at: *at, ago: -ahead });
    }
    if typed.is_some_and(|typed| typed.half_unsaid) {
        doubts.push(Doubt::HalfUnsaid);
    }
    if past && had_ended(at, frame, incident, ahead) {
        doubts.push(Doubt::Ended);
    }
    doubts.extend(outside(at, frame, incident, typed.is_some()));
    doubts
}

/// Whether something of now goes into a record in which nothing goes on.
fn had_ended(at: &Moment, frame: &Frame, incident: &Incident, ahead: i64) -> bool {
    let live = ahead.abs() < 3600;
    let waits = |step: &PlanStep| {
        !incident.is_settled(step) && (step.at.unix() - frame.now.unix()).abs() < DAY_SECONDS
    };
    let goes_on = incident.is_open() || incident.plan.iter().any(waits);
    let ended = incident.events_in_time().into_iter().rfind(|event| event.is(&EventType::Resolved));
    let after = ended.is_none_or(|end| at.unix() > end.at.unix());
    live && after && !goes_on && !incident.events.is_empty()
}

/// Returns a doubt about a day that the record does not speak of. An outage that goes on past
/// midnight is no surprise; a release has its day.
pub fn outside(at: &Moment, frame: &Frame, incident: &Incident, typed: bool) -> Option<Doubt> {
    let (first, last) = known_days(incident, frame.zone)?;
    let release = incident.kind.as_deref() == Some("release");
    let live = (at.unix() - frame.now.unix()).abs() < DAY_SECONDS;
    let slack = if typed && (release || !live) { 0 } else { 1 };
    let day = at.clock(Some(frame.zone)).day;
    (day < first || day > last.plus(slack)).then_some(Doubt::Outside { day, days: (first, last) })
}
