//! What typed times mean for a record, and how times are told back.

use crate::model::{
    Clock, Day, Direction, EventType, Frame, Incident, Moment, TimeFault, Typed, Zone, read_typed,
};

use super::errors::Failure;

/// What a time typed for this record is read against. A bare clock time belongs to the record's
/// day, unless the record is under way: then it is the latest such moment not in the future.
pub(super) fn frame(now: Moment, zone: Zone, incident: &Incident, direction: Direction) -> Frame {
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

/// The first and the last of the record's days: from its day on, as long as entries follow each
/// other within a week. One stray entry, years off, does not stretch them.
pub(super) fn known_days(incident: &Incident, zone: Zone) -> Option<(Day, Day)> {
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

/// Reads a typed time, or says what would be understood.
pub(super) fn read(text: &str, frame: &Frame, option: &str) -> Result<Typed, Failure> {
    read_typed(text, frame).map_err(|fault| time_failure(&fault, option, frame.zone))
}

/// What a refusal begins with: the option it is about, if it is an option.
pub(super) fn lead(option: &str) -> String {
    if option.is_empty() { String::new() } else { format!("{option}: ") }
}

/// A day as people type it: what may stand before a clock time may stand alone here.
pub(super) fn day_named(text: &str, option: &str, now: Moment, zone: Zone) -> Result<Day, Failure> {
    let parts: Vec<&str> =
        text.split(['.', '/', '-', ' ']).filter(|part| !part.is_empty()).collect();
    let dashed = match parts.as_slice() {
        [year, month, day] => format!("{year}-{month:0>2}-{day:0>2}"),
        [whole] if whole.len() == 8 && whole.is_ascii() => {
            format!("{}-{}-{}", &whole[..4], &whole[4..6], &whole[6..])
        }
        _ => String::new(),
    };
    let half_said =
        ["at", "am", "pm", "오전", "오후"].iter().any(|word| text.trim().ends_with(word));
    let today = now.clock(Some(zone)).day;
    let typed = |direction: Direction| {
        let frame = Frame { now, zone, day: None, direction };
        let noon = read_typed(&format!("{} 12:00", text.trim()), &frame).ok()?;
        (!noon.day_inferred).then(|| noon.moment.clock(Some(zone)).day)
    };
    // Without a year, the one that is nearer: releases lie ahead, outages behind.
    let day = Day::parse(&dashed).or_else(|| {
        let days = [Direction::Past, Direction::Future].into_iter().filter_map(typed);
        let days = days.filter(|_| !half_said);
        days.min_by_key(|day| day.days_since(&today).abs())
    });
    day.ok_or_else(|| {
        Failure::misuse(format!("{option}: {text:?} is not a day"))
            .hint("write year, month and day, such as 2024-09-07, or 9월 7일")
    })
}

/// A refusal with examples that fit.
pub(super) fn time_failure(fault: &TimeFault, option: &str, zone: Zone) -> Failure {
    let failure = Failure::misuse(format!("{}{fault}", lead(option)));
    match fault {
        TimeFault::Gap { shown, .. } => {
            failure.hint(format!("if the clocks had been put forward already, type {shown}"))
        }
        TimeFault::Fold { first, second, .. } => failure.hint(format!(
            "type the offset that was meant: add {first} or {second} after the time"
        )),
        TimeFault::Impossible(_) => failure.hint(format!(
            "check the day of the month and the clock (00:00 to 23:59, 오전 and 오후 up to 12시); times are read in {zone}"
        )),
        _ => time_hints(failure),
    }
}

/// Examples of times that are understood.
pub(super) fn time_hints(failure: Failure) -> Failure {
    failure
        .hint("write 18:08, 6:08pm, 오후 6시 08분, -5m, 10분 전, 어제 22:57 or 2024-09-07 18:08")
        .hint("asrun help times shows every form")
}

/// `2024-09-07 18:08 +09:00 Asia/Seoul`.
pub(super) fn told(at: &Moment, zone: Zone) -> String {
    let clock = at.clock(Some(zone));
    let offset = offset(&clock);
    let time = match clock.precision {
        crate::model::Precision::Day => return clock.day.to_string(),
        crate::model::Precision::Minute => format!("{:02}:{:02}", clock.hour, clock.minute),
        crate::model::Precision::Second => {
            format!("{:02}:{:02}:{:02}", clock.hour, clock.minute, clock.second)
        }
    };
    format!("{} {time} {offset} {zone}", clock.day)
}

/// `18:08`, or with its day if that is another one than `now`'s; for who knows the zone.
pub(super) fn told_briefly(at: &Moment, now: &Moment, zone: Zone) -> String {
    let told = told(at, zone);
    let short: Vec<&str> = told.split(' ').take(2).collect();
    let same_day = at.clock(Some(zone)).day == now.clock(Some(zone)).day;
    match short.as_slice() {
        [_, time] if same_day => (*time).to_owned(),
        parts => parts.join(" "),
    }
}

/// ` until …`, or nothing.
pub(super) fn told_end(until: Option<&Moment>, zone: Zone) -> String {
    until.map(|until| format!(" until {}", told(until, zone))).unwrap_or_default()
}

fn offset(clock: &Clock) -> String {
    let minutes = clock.offset_minutes.abs();
    let sign = if clock.offset_minutes < 0 { '-' } else { '+' };
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

const DAY_SECONDS: i64 = 86_400;

/// What is odd about a moment, if anything: it is accepted all the same, but never in silence.
/// `typed` is how it was read; none for the moment of the command.
pub(super) fn doubts(
    at: &Moment,
    frame: &Frame,
    incident: &Incident,
    typed: Option<&Typed>,
) -> Vec<String> {
    let mut doubts = Vec::new();
    let ahead = at.unix() - frame.now.unix();
    let past = frame.direction == Direction::Past;
    if past && ahead > 60 {
        doubts.push(format!(
            "{} is in the future, {} from now",
            told(at, frame.zone),
            amount(ahead)
        ));
    }
    let inferred = typed.is_some_and(|typed| typed.day_inferred) && frame.day.is_none();
    if past && inferred && -ahead > DAY_SECONDS / 2 {
        doubts.push(format!(
            "{} is {} ago; type the day if another one was meant",
            told(at, frame.zone),
            amount(ahead)
        ));
    }
    if typed.is_some_and(|typed| typed.half_unsaid) {
        doubts.push("hours without 오전 or 오후 are read on the 24-hour clock".to_owned());
    }
    let live = ahead.abs() < 3600;
    let waits = |step: &crate::model::PlanStep| {
        !incident.is_settled(step) && (step.at.unix() - frame.now.unix()).abs() < DAY_SECONDS
    };
    let goes_on = incident.is_open() || incident.plan.iter().any(waits);
    let ended = incident.events_in_time().into_iter().rfind(|event| event.is(&EventType::Resolved));
    let after = ended.is_none_or(|end| at.unix() > end.at.unix());
    if past && live && after && !goes_on && !incident.events.is_empty() {
        doubts.push("this record had ended already; asrun new begins another one, asrun undo takes this back".to_owned());
    }
    doubts.extend(outside(at, frame, incident, typed.is_some()));
    doubts
}

/// A day that the record does not speak of. An outage that goes on past midnight is no surprise;
/// a release has its day.
pub(super) fn outside(
    at: &Moment,
    frame: &Frame,
    incident: &Incident,
    typed: bool,
) -> Option<String> {
    let (first, last) = known_days(incident, frame.zone)?;
    let release = incident.kind.as_deref() == Some("release");
    let live = (at.unix() - frame.now.unix()).abs() < DAY_SECONDS;
    let slack = if typed && (release || !live) { 0 } else { 1 };
    let day = at.clock(Some(frame.zone)).day;
    let days = if first == last { first.to_string() } else { format!("{first} to {last}") };
    (day < first || day > last.plus(slack))
        .then(|| format!("{day} is outside the record's days ({days})"))
}

/// A span of seconds in two units, in English.
pub(super) fn amount(seconds: i64) -> String {
    let words = crate::view::words_for(Some("en"));
    let precision = if seconds.abs() < 60 {
        crate::model::Precision::Second
    } else {
        crate::model::Precision::Minute
    };
    (words.amount)(seconds.abs(), precision)
}
