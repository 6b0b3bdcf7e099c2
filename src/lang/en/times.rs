//! Refusals of times, typed or in a file.

use crate::fault::{TypedTimeFault, UnreadLine, UnreadWhy};
use crate::lang::CountedFrom;
use crate::lang::terminal::Refusal;
use crate::lang::told::told;
use crate::model::{Moment, TimeFault, Zone};

use super::English;

/// Returns why a text is not a time.
pub(super) fn unread_time(fault: &TimeFault) -> String {
    match fault {
        TimeFault::Unreadable(text) => format!("cannot read {text:?} as a time"),
        TimeFault::Impossible(text) => format!("{text:?} is not a time that exists"),
        TimeFault::NoDate(text) => format!("{text:?} has no date"),
        TimeFault::OddOffset { text, .. } => format!(
            "the offset of {text:?} is not used anywhere: −12:00 to +14:00, in quarter hours"
        ),
        TimeFault::NoZone(text) => {
            format!("{text:?} has no offset and the record has no timezone")
        }
        TimeFault::Gap { text, zone, .. } => {
            format!(
                "{text:?} does not exist in {zone}: the clocks skipped it when they went \
                forward"
            )
        }
        TimeFault::Fold { text, zone, first, second } => {
            format!("{text:?} happened twice in {zone}: once at {first} and once at {second}")
        }
    }
}

/// Returns why a typed time was refused.
fn refused_time(fault: &TypedTimeFault) -> String {
    match fault {
        TypedTimeFault::Written(fault) => unread_time(fault),
        TypedTimeFault::Bare { text, .. } => format!("cannot read {text:?} as a time"),
        TypedTimeFault::Unclear { text } => {
            format!("{text:?} is ambiguous: people read it in different ways")
        }
        TypedTimeFault::Letters { text, letters, zone, own, .. } => format!(
            "cannot read {text:?} as a time: {zone} does not use {letters} at that time ({own})"
        ),
        TypedTimeFault::NoZone { text, name, .. } => {
            format!("cannot read {text:?} as a time: unknown zone {name:?}")
        }
        TypedTimeFault::NoOffset { text } => format!(
            "cannot read {text:?} as a time: the offset is not used anywhere (-12:00 to +14:00, \
             in quarter hours)"
        ),
        TypedTimeFault::OtherOffset { text, offset } => {
            format!("{text:?} contradicts itself: the zone is at {offset} at that time")
        }
        TypedTimeFault::Window { text, start, end, instant } => match instant {
            Some(_) => {
                format!("{text:?} could be a clock time with an offset, or {start} until {end}")
            }
            None => format!("{text:?} is not one time: it begins at {start} and ends at {end}"),
        },
        TypedTimeFault::OffsetOrWords { clock, behind }
        | TypedTimeFault::TimeOrWords { clock, behind, .. } => {
            let both = format!("{clock} {behind}");
            format!("{both:?} is unclear: {behind} could belong to the time, or not")
        }
        TypedTimeFault::Several { text, .. } => format!("{text:?} could be several moments"),
        TypedTimeFault::OtherClocks { text, .. } => {
            format!("{text:?} is unclear: this machine is not in the record's zone")
        }
        TypedTimeFault::NoDayFits { text, .. } => {
            format!(
                "{text:?} fits no day: it is in the future, or far from everything in the \
                record"
            )
        }
        TypedTimeFault::OtherWeekday { text, day } => {
            format!("{text:?} contradicts itself: {day} is a {}", weekday(day.weekday()))
        }
        TypedTimeFault::WhichWeek { text } => format!("{text:?} does not say which week"),
        TypedTimeFault::OnlyAnEnd { text } => {
            format!("{text:?} is the end of a day, and an event cannot start there")
        }
        TypedTimeFault::NoDirection { text } => {
            format!("{text:?} is an amount of time: is it in the past or the future?")
        }
        TypedTimeFault::NoZero { text } => format!("{text:?} counts from T, which is not given"),
    }
}

pub(super) fn weekday(place: usize) -> &'static str {
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"][place]
}

/// Returns the refusal of a time, with suitable ways out.
pub(super) fn time_refusal(fault: &TypedTimeFault, lead: &str, zone: Zone) -> Refusal {
    let refusal = Refusal::new(format!("{lead}{}", refused_time(fault)));
    match (time_way_out(fault), fault) {
        (Some(hint), _) => refusal.hint(hint),
        (None, TypedTimeFault::Written(TimeFault::Impossible(_))) => refusal.hint(format!(
            "check the day of the month and the clock time (00:00 to 23:59, or 1 to 12 with am \
             and pm); times are read in {zone}"
        )),
        (None, _) => time_hints(refusal),
    }
}

/// Returns the way out specific to a refused time.
pub(super) fn time_way_out(fault: &TypedTimeFault) -> Option<String> {
    let hint = match fault {
        TypedTimeFault::Written(TimeFault::Gap { shown, .. }) => {
            format!("if the clocks had already gone forward, type {shown}")
        }
        TypedTimeFault::Written(TimeFault::Fold { first, second, .. }) => {
            format!("type the intended offset: add {first} or {second} after the time")
        }
        TypedTimeFault::Written(_) => return None,
        TypedTimeFault::Bare { meant, .. } => format!("did you mean {}?", meant.join(" or ")),
        TypedTimeFault::Unclear { .. } => {
            "type it on the 24-hour clock: 12:00, or 00:00 with the day that begins".to_owned()
        }
        TypedTimeFault::Letters { meant, .. } => {
            let meant = meant.iter().map(|(offset, zone)| format!("{offset} ({zone})"));
            let meant: Vec<String> = meant.collect();
            format!("write the intended offset or zone: {}", meant.join(", "))
        }
        TypedTimeFault::NoZone { near: Some(near), .. } => format!("did you mean {near}?"),
        TypedTimeFault::NoZone { near: None, .. } => {
            "write an IANA name, such as America/New_York, or the offset".to_owned()
        }
        TypedTimeFault::NoOffset { .. } => {
            "if it is the end of a window, give it separately: --until TIME".to_owned()
        }
        TypedTimeFault::OtherOffset { .. } => "write the offset, or the zone alone".to_owned(),
        TypedTimeFault::Window { start, end, instant, .. } => {
            let window = format!("for a window: {start} with --until {end}");
            match instant {
                Some(at) => format!("{window}; for the offset: {}", at.written()),
                None => window,
            }
        }
        TypedTimeFault::OffsetOrWords { clock, .. } => offset_or_words(clock),
        TypedTimeFault::TimeOrWords { clock, behind, times } => time_or_words(clock, behind, times),
        TypedTimeFault::Several { moments, .. } => intended(moments),
        TypedTimeFault::OtherClocks { here, there, .. } => {
            let both: Vec<Moment> = here.iter().chain([there]).copied().collect();
            intended(&both)
        }
        TypedTimeFault::NoDayFits { near, .. } if near.is_empty() => {
            "type the day too: 2024-09-07 18:08".to_owned()
        }
        TypedTimeFault::NoDayFits { near, .. } => {
            format!("type the day too: {}", to_copy(near))
        }
        TypedTimeFault::OtherWeekday { .. } => {
            "leave out the weekday, or correct the day".to_owned()
        }
        TypedTimeFault::WhichWeek { .. } => "type the day: 2024-09-07 18:08".to_owned(),
        TypedTimeFault::OnlyAnEnd { .. } => "type 00:00 with the next day".to_owned(),
        TypedTimeFault::NoDirection { text } => format!("type -{text} or +{text}"),
        TypedTimeFault::NoZero { .. } => {
            "give the time of T: asrun plan add … --t0 18:00".to_owned()
        }
    };
    Some(hint)
}

fn offset_or_words(clock: &str) -> String {
    format!(
        "for an offset, attach it to the time: {clock}+09:00; for words, put a colon between: \
             {clock}: …"
    )
}

fn time_or_words(clock: &str, behind: &str, times: &[String]) -> String {
    let time = times.join(" or ");
    format!("if it belongs to the time: {time} …; if not, put a colon between: {clock}: {behind} …")
}

/// Returns which moment may be meant.
fn intended(moments: &[Moment]) -> String {
    match moments {
        [one] => format!("if this is meant, type it so: {}", one.written()),
        several => format!("type the intended one: {}", to_copy(several)),
    }
}

/// Returns moments as they can be typed; of many, the first ones and the last.
fn to_copy(moments: &[Moment]) -> String {
    const SHOWN: usize = 6;
    let written: Vec<String> = moments.iter().map(Moment::written).collect();
    match written.split_last() {
        Some((last, others)) if others.len() >= SHOWN => {
            format!("{}, … {last}", others[..SHOWN - 2].join(", "))
        }
        _ => written.join(" or "),
    }
}

/// Adds examples of accepted times.
pub(super) fn time_hints(failure: Refusal) -> Refusal {
    failure
        .hint("write 18:08, 6:08pm, -5m, 10 minutes ago, yesterday 22:57 or 2024-09-07 18:08")
        .hint("asrun help times shows every form")
}

/// Returns a pasted line that is not a step, and why.
pub(super) fn unread_line(line: &UnreadLine) -> String {
    let why = match &line.why {
        UnreadWhy::NoTime => String::new(),
        UnreadWhy::Heading => " (write the day before each time)".to_owned(),
        UnreadWhy::About => " (a planned time cannot be approximate)".to_owned(),
        UnreadWhy::EndsBeforeItBegins => " (it ends before it begins)".to_owned(),
        UnreadWhy::Column { words } => format!(" (what is {words:?}? no column header says)"),
        UnreadWhy::Length { words } => format!(" ({words:?} is not a length, such as 20m)"),
        UnreadWhy::After { words } => format!(" (it waits for {words:?}, which is not a step)"),
        UnreadWhy::Time(fault) => format!(" ({})", refused_time(fault)),
    };
    format!("line {}: {}{why}", line.number, line.text)
}

/// Returns what a typed time is relative to.
pub(super) fn counted_from(from: &CountedFrom, zone: Zone) -> String {
    match from {
        CountedFrom::Now(at) => format!("counted from now, {}", told(at, zone)),
        CountedFrom::Start(at) => format!("counted from its start, {}", told(at, zone)),
        CountedFrom::Before(at) => format!("counted from the time it had, {}", told(at, zone)),
        CountedFrom::Zero(at) => format!("counted from T, {}", told(at, zone)),
    }
}

/// Returns that the record has the same text at another moment.
pub(super) fn repeated(at: &Moment, before: i64, zone: Zone) -> String {
    let at = told(at, zone);
    match before {
        0 => format!("the record already has the same event, at {at}"),
        before => {
            let side = if before > 0 { "before" } else { "after" };
            format!(
                "the record has the same event at {at}, {} {side}",
                English.amount(before.abs())
            )
        }
    }
}
