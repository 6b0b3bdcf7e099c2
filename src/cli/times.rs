//! How times are told back.

use crate::model::{Clock, Moment, Zone};

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

/// A span of seconds in two units, in English.
pub(super) fn amount(seconds: i64) -> String {
    let words = crate::lang::documents_for(Some("en"));
    let precision = if seconds.abs() < 60 {
        crate::model::Precision::Second
    } else {
        crate::model::Precision::Minute
    };
    (words.amount)(seconds.abs(), precision)
}
