//! Timestamps of logs and machines: those that are times, and those that need a mark to be one.

use crate::model::{Moment, Zone};

/// Rewrites a timestamp with its parts in another order or without marks between them, as times are written:
/// `26/nov/2026:13:40:00 +0000`, `thu nov 26 13:40:00 utc 2026`, `20261126t134000z`, and klog's `i1126 13:40:00.123456`.
pub(super) fn as_written(text: &str) -> Option<String> {
    web(text).or_else(|| year_last(text)).or_else(|| basic_iso(text)).or_else(|| klog(text))
}

/// Rewrites `26/nov/2026:13:40:00 +0000` as `26 nov 2026 13:40:00 +0000`.
fn web(text: &str) -> Option<String> {
    let mut parts = text.splitn(3, '/');
    let (day, month, rest) = (parts.next()?, parts.next()?, parts.next()?);
    let (year, clock) = rest.split_once(':')?;
    let is_month = month.len() == 3 && month.bytes().all(|b| b.is_ascii_alphabetic());
    is_month.then(|| format!("{day} {month} {year} {clock}"))
}

/// Rewrites `thu nov 26 13:40:00 utc 2026` as `thu nov 26 2026 13:40:00 utc`.
fn year_last(text: &str) -> Option<String> {
    let (rest, year) = text.rsplit_once(' ')?;
    let is_year = year.len() == 4 && all_digits(year);
    let mut words = rest.splitn(4, ' ');
    let (weekday, month, day, clock) = (words.next()?, words.next()?, words.next()?, words.next()?);
    is_year.then(|| format!("{weekday} {month} {day} {year} {clock}"))
}

/// Rewrites `20261126t134000.5z` as `2026-11-26t13:40:00.5z`: the basic format of ISO 8601, with its `T`.
fn basic_iso(text: &str) -> Option<String> {
    let (day, rest) = text.split_once('t')?;
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (clock, rest) = rest.split_at(digits);
    let (fraction, offset) = rest.split_at(rest.find(['z', '+', '-']).unwrap_or(rest.len()));
    let is_offset = matches!(offset, "" | "z") || all_digits(&offset[1..]);
    let clock = clock_of(clock).filter(|_| is_offset)?;
    Some(format!("{}t{clock}{fraction}{offset}", day_of(day)?))
}

/// Rewrites `i1126 13:40:00.123456`, with the first letter of a level, as `nov 26 13:40:00.123456`.
fn klog(text: &str) -> Option<String> {
    let (day, clock) = text.strip_prefix(['i', 'w', 'e', 'f'])?.split_once(' ')?;
    let is_stamp = day.len() == 4 && all_digits(day) && clock.contains('.');
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let month = day.get(..2)?.parse::<usize>().ok().filter(|_| is_stamp)?;
    Some(format!("{} {} {clock}", MONTHS.get(month.checked_sub(1)?)?, &day[2..]))
}

/// Returns what a text of digits may mean as a time, each as it would be typed: `0650`, `13h44`, `20261126`, `20261126134000`,
/// `26.11.2026 13:44`, and seconds or milliseconds since 1970. Not all of them exist.
pub(super) fn perhaps(text: &str) -> Vec<String> {
    let meant = [clock_without_colon, day_with_clock, day_first, seconds_since_1970];
    meant.iter().filter_map(|of| of(text)).collect()
}

/// Rewrites `0650`, `650`, `0650z`, `6h50` with a colon.
fn clock_without_colon(text: &str) -> Option<String> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    if let Some(minutes) = rest.strip_prefix('h') {
        let is_clock = (1..=2).contains(&end) && minutes.len() == 2 && all_digits(minutes);
        return is_clock.then(|| format!("{digits}:{minutes}"));
    }
    let hours = end.checked_sub(2).filter(|hours| (1..=2).contains(hours))?;
    Some(format!("{}:{}{rest}", &digits[..hours], &digits[hours..]))
}

/// Rewrites `20261126` as `2026-11-26`, and `20261126134000` and `20261126 1340` with its clock time.
fn day_with_clock(text: &str) -> Option<String> {
    let (day, rest) = text.split_at_checked(8)?;
    let day = day_of(day)?;
    match rest.trim_start_matches([' ', '_', '-']) {
        "" => Some(day),
        clock => Some(format!("{day} {}", clock_of(clock)?)),
    }
}

/// Rewrites `26.11.2026 13:44` with the year first.
fn day_first(text: &str) -> Option<String> {
    let (date, rest) = text.split_once(' ').unwrap_or((text, ""));
    let parts: Vec<&str> = date.split('.').collect();
    let [day, month, year] = parts.as_slice() else { return None };
    let is_date = year.len() == 4 && parts.iter().all(|part| !part.is_empty() && all_digits(part));
    is_date.then(|| format!("{year}-{month:0>2}-{day:0>2} {rest}").trim_end().to_owned())
}

/// Rewrites seconds since 1970, with a fraction, and milliseconds as an ISO time in UTC.
fn seconds_since_1970(text: &str) -> Option<String> {
    let (seconds, fraction) = match text.split_once('.') {
        Some((seconds, fraction)) => (seconds, fraction),
        None if text.len() == 13 => text.split_at_checked(10)?,
        None => (text, ""),
    };
    let is_stamp = (9..=10).contains(&seconds.len()) && all_digits(seconds) && all_digits(fraction);
    let at = Moment::from_unix(seconds.parse().ok().filter(|_| is_stamp)?)?;
    let clock = at.clock(Some(Zone::UTC));
    let (day, hour, minute, second) = (clock.day, clock.hour, clock.minute, clock.second);
    let fraction = if fraction.is_empty() { String::new() } else { format!(".{fraction}") };
    Some(format!("{day}T{hour:02}:{minute:02}:{second:02}{fraction}Z"))
}

/// Rewrites `20261126` as a day.
fn day_of(digits: &str) -> Option<String> {
    let is_day = digits.len() == 8 && all_digits(digits);
    is_day.then(|| format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..]))
}

/// Rewrites `1340` and `134000` as a clock time.
fn clock_of(digits: &str) -> Option<String> {
    if !all_digits(digits) {
        return None;
    }
    match digits.len() {
        4 => Some(format!("{}:{}", &digits[..2], &digits[2..])),
        6 => Some(format!("{}:{}:{}", &digits[..2], &digits[2..4], &digits[4..])),
        _ => None,
    }
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps_with_a_mark_are_times_and_bare_digits_are_offered() {
        for (stamp, same) in [
            ("20261126t134000z", Some("2026-11-26t13:40:00z")),
            ("20261126t134000.25+0900", Some("2026-11-26t13:40:00.25+0900")),
            ("20261126t1340", Some("2026-11-26t13:40")),
            ("i1126 13:40:00.123456", Some("nov 26 13:40:00.123456")),
            ("i1326 13:40:00.123456", None),
            ("i1126 13:40", None),
            ("20261126t13400", None),
            ("20261126134000", None),
            ("t-5m", None),
        ] {
            assert_eq!(as_written(stamp).as_deref(), same, "{stamp}");
        }
        for (digits, meant) in [
            ("0650", &["06:50"][..]),
            ("650", &["6:50"]),
            ("0650z", &["06:50z"]),
            ("13h44", &["13:44"]),
            ("20261126", &["2026-11-26"]),
            ("20261126134000", &["2026-11-26 13:40:00"]),
            ("20261126 1340", &["2026-11-26 13:40"]),
            ("6.11.2026 06:44", &["2026-11-06 06:44"]),
            ("1780665000", &["2026-06-05T13:10:00Z"]),
            ("1780665000.123", &["2026-06-05T13:10:00.123Z"]),
            ("1780665000123", &["2026-06-05T13:10:00.123Z"]),
            ("5", &[]),
            ("앱 배포", &[]),
            ("日本語日本語日", &[]),
        ] {
            assert_eq!(perhaps(digits), meant, "{digits}");
        }
    }
}
