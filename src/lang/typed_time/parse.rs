//! Parses a typed time, before it is resolved to a moment.

use crate::lang::{time_sets, time_words};
use crate::model::{Day, Precision, Zone};

use super::amount::{Amount, amount};
use super::clock::{Sense, TypedClock, clock};
use super::day::{DayPart, TypedDay, day_part};
use super::stamps::as_written;
use super::words::{after, before, is_one, plain};
use super::zone::{TypedZone, meanings_of, zone};

/// A parsed time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TypedTime {
    pub(super) about: bool,
    pub(super) what: What,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum What {
    /// The moment of the command.
    Now,
    /// A duration before (negative) or after some moment.
    Distance { amount: Amount, from: From },
    /// A duration without a direction.
    Amount(Amount),
    /// A duration relative to time zero of a run sheet.
    FromZero(Amount),
    /// Seconds since 1970-01-01T00:00Z.
    Unix(i64),
    /// A whole day; `None` if it does not exist.
    Day { day: Option<Day>, weekday: Option<usize> },
    /// A clock time, on a day if one is given.
    Clock(Box<OnClock>),
}

/// What a duration is relative to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    /// It has a sign: relative to the start or the previous time of what it is for, else to now.
    Sign,
    /// It is worded as past or future: relative to now.
    Words,
}

/// A clock time as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OnClock {
    pub(super) day: Option<TypedDay>,
    pub(super) weekday: Option<usize>,
    pub(super) clock: TypedClock,
    pub(super) zone: TypedZone,
}

/// Parses a text; `None` if it is not a time.
pub(super) fn said(text: &str) -> Option<TypedTime> {
    let text = plain(text)?;
    let (about, rest) = split_about(&text);
    let (about, what) = match what(rest) {
        Some(what) => (about, what),
        None => (true, about_distance(rest)?),
    };
    // `~now` is a contradiction that nobody means.
    (!about || what != What::Now).then_some(TypedTime { about, what })
}

/// Parses a text with its parts in another order: `22:57 yesterday`, `6:40 this morning`, `KST 18:08`. As text may follow the time of a
/// line, this is only for whole texts.
pub(super) fn said_turned(text: &str) -> Option<TypedTime> {
    let text = plain(text)?;
    let spaced = || time_sets().filter(|times| times.spaced);
    let days = spaced().flat_map(|times| times.days).map(|(day, _)| day);
    let parts = spaced().flat_map(|times| times.parts_of_days).map(|(part, _)| part);
    let day_last = days.chain(parts).filter_map(|day| {
        let clock = text.strip_suffix(day)?;
        clock.ends_with(' ').then(|| format!("{day} {}", clock.trim_end()))
    });
    let zone_first = text.split_once(' ').and_then(|(letters, clock)| {
        let is_zone = matches!(letters, "utc" | "gmt") || meanings_of(letters).is_some();
        is_zone.then(|| format!("{clock} {letters}"))
    });
    let turned = day_last.min_by_key(String::len).or(zone_first)?;
    let what = on_clock(&turned).filter(|what| matches!(what, What::Clock(_)))?;
    Some(TypedTime { about: false, what })
}

/// Splits off the `about` in `~18:08`, `about 18:08`, `at around 18:08`, `약 18:08쯤`, `18:08경`.
fn split_about(text: &str) -> (bool, &str) {
    let marked = |text| text_after_mark(text);
    let behind_at = || marked(after(text, |times| times.clock_before)?);
    let opened = marked(text).or_else(behind_at);
    let rest = opened.unwrap_or(text);
    match before(rest, |times| times.about_behind).filter(|rest| !rest.is_empty()) {
        Some(rest) => (true, rest),
        None => (opened.is_some(), rest),
    }
}

fn text_after_mark(text: &str) -> Option<&str> {
    let rest = text.strip_prefix('~').or_else(|| after(text, |times| times.about_before))?;
    // `한 시간 전` is one hour ago, and `한 30분 전` about thirty minutes.
    let mark = text[..text.len() - rest.len()].trim_end();
    let is_number = time_words(|times| times.numbers).any(|(number, _)| *number == mark);
    let counts = !is_number || rest.starts_with(|c: char| c.is_ascii_digit());
    counts.then(|| rest.trim_start())
}

fn what(text: &str) -> Option<What> {
    if is_one(text, |times| times.now) {
        return Some(What::Now);
    }
    if let Some(amount) = amount(text) {
        return Some(What::Amount(amount));
    }
    distance(text).or_else(|| from_zero(text)).or_else(|| unix(text)).or_else(|| written(text))
}

/// Reads `-5m`, `+1h30m`, `10 minutes ago`, `in an hour`, `1시간 30분 전`.
fn distance(text: &str) -> Option<What> {
    let counted = |rest: &str, sign: i64, from| {
        let amount = amount(rest.trim())?;
        Some(What::Distance { amount: Amount { seconds: sign * amount.seconds, ..amount }, from })
    };
    if let Some(rest) = text.strip_prefix('-') {
        return counted(rest, -1, From::Sign);
    }
    if let Some(rest) = text.strip_prefix('+') {
        return counted(rest, 1, From::Sign);
    }
    if let Some(rest) = before(text, |times| times.ago_behind) {
        return counted(rest, -1, From::Words);
    }
    let later = before(text, |times| times.later_behind);
    counted(later.or_else(|| after(text, |times| times.in_before))?, 1, From::Words)
}

/// Reads `5분쯤 전`: about that long ago.
fn about_distance(text: &str) -> Option<What> {
    let mut behind = time_words(|times| times.ago_behind).chain(time_words(|t| t.later_behind));
    behind.find_map(|word| {
        let amount = before(text.strip_suffix(word)?.trim_end(), |times| times.about_behind)?;
        distance(&format!("{amount} {word}"))
    })
}

/// Reads `T-60m`, `T+1h30m`, `T-0`.
fn from_zero(text: &str) -> Option<What> {
    let rest = text.strip_prefix('t')?.trim_start();
    let sign = if rest.starts_with('-') { -1 } else { 1 };
    let rest =
        rest.strip_prefix(['-', '+']).or_else(|| (rest == "0").then_some(rest))?.trim_start();
    let amount = match rest {
        "0" => Amount { seconds: 0, finest: Precision::Minute },
        rest => amount(rest)?,
    };
    Some(What::FromZero(Amount { seconds: sign * amount.seconds, ..amount }))
}

/// Reads `@1725700080`.
fn unix(text: &str) -> Option<What> {
    let number = text.strip_prefix('@')?;
    let is_plain = (9..=11).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    is_plain.then(|| number.parse().ok()).flatten().map(What::Unix)
}

/// Reads a day, a clock time, or both; a log timestamp with its parts in the usual order.
fn written(text: &str) -> Option<What> {
    let text = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    on_clock(text).or_else(|| on_clock(&as_written(text)?))
}

fn on_clock(text: &str) -> Option<What> {
    let text = after(text, |times| times.clock_before).unwrap_or(text);
    let (DayPart { day, weekday, half }, rest) = day_part(text);
    let is_of_calendar = matches!(day, Some(TypedDay::Of(_) | TypedDay::Nowhere));
    let behind_t = rest.strip_prefix('t').filter(|_| is_of_calendar);
    if rest.is_empty() {
        return match day? {
            TypedDay::Of(day) => Some(What::Day { day: Some(day), weekday }),
            TypedDay::Nowhere => Some(What::Day { day: None, weekday }),
            TypedDay::FromToday(_) | TypedDay::OfSomeYear(..) => None,
        };
    }
    let (clock, behind) = clock(behind_t.unwrap_or(rest), half)?;
    let is_iso = behind_t.is_some() || clock.precision > Precision::Minute;
    let zone = zone(behind, is_iso)?;
    Some(What::Clock(Box::new(OnClock { day, weekday, clock, zone })))
}

impl TypedTime {
    /// Whether it is a clock time without a day.
    pub(super) fn lacks_day(&self) -> bool {
        matches!(&self.what, What::Clock(clock) if clock.day.is_none() && clock.weekday.is_none())
    }

    /// Whether it is at a distance from the same moment as a possible end: `-10m to -5m`, `T-60m to T-30m`. A later end
    /// with a `+` counts from its start.
    pub(super) fn may_last_until(&self, end: &TypedTime) -> bool {
        let is_past = |amount: &Amount| amount.seconds < 0;
        match (&self.what, &end.what) {
            (What::FromZero(_), What::FromZero(_)) => true,
            (What::Distance { amount: first, .. }, What::Distance { amount: last, .. }) => {
                is_past(first) && is_past(last)
            }
            _ => false,
        }
    }

    /// Whether its zone, if it has one, is known: letters and names formed like one may be other words.
    pub(super) fn knows_zone(&self) -> bool {
        let What::Clock(clock) = &self.what else { return true };
        match &clock.zone {
            TypedZone::Letters(letters) => meanings_of(letters).is_some(),
            TypedZone::NoZone(name) => Zone::near(name).is_some(),
            TypedZone::NoOffset => false,
            _ => true,
        }
    }

    /// Returns whether there is no such time, or not exactly one, in any context.
    pub(super) fn sense(&self) -> Sense {
        match &self.what {
            What::Day { day: None, .. } => Sense::Impossible,
            What::Clock(clock) if clock.day == Some(TypedDay::Nowhere) => Sense::Impossible,
            What::Clock(clock) => clock.clock.sense,
            _ => Sense::Sound,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps_of_logs_are_clock_times() {
        for (stamp, same) in [
            ("26/Nov/2026:13:40:00 +0000", "2026-11-26T13:40:00Z"),
            ("[26/Nov/2026:13:40:00 +0000]", "2026-11-26T13:40:00Z"),
            ("Thu Nov 26 13:40:00 UTC 2026", "Thu 2026-11-26 13:40:00 UTC"),
            ("Thu Nov 26 13:40:00 2026", "Thu 2026-11-26 13:40:00"),
            ("Thu Nov 26 01:40:00 PM KST 2026", "Thu 2026-11-26 13:40:00 KST"),
            (
                "Thu Nov 26 2026 13:40:00 GMT+0900 (Korean Standard Time)",
                "Thu 2026-11-26 13:40:00+09:00",
            ),
            ("2026-11-26 13:40:00,123", "2026-11-26T13:40:00.123"),
            ("2026/11/26 13:40:00", "2026-11-26 13:40:00"),
        ] {
            let (read, other) = (said(stamp), said(same));
            assert!(read.is_some(), "{stamp}");
            let half_less = |said: Option<TypedTime>| match said.unwrap().what {
                What::Clock(it) => (it.day, it.weekday, it.clock.time, it.clock.parts, it.zone),
                other => panic!("{other:?}"),
            };
            assert_eq!(half_less(read), half_less(other), "{stamp}");
        }
    }

    #[test]
    fn what_is_no_time_is_none() {
        for typed in [
            "",
            " ",
            "~",
            "-",
            "+",
            "soon",
            "recently",
            "5",
            "-5",
            "1808",
            "180807",
            "0608",
            "5 months ago",
            "a few minutes ago",
            "몇 분 전",
            "half past three",
            "quarter to six",
            "6시 10분 전",
            "9월 7일",
            "9월",
            "yesterday",
            "어제",
            "18:08 or so",
            "18:08 18:09",
            "18:08~18:20",
            "2024-09-07 2024-09-08",
            "3/4/2024 10:00",
            "7/9 18:08",
            "last friday",
            "next friday 10:00",
            "지난주 금요일 10:00",
            "24.9.7 18:08",
            "1725700080",
            "6:08xm",
            "friday",
            "-5x",
            "1e3m ago",
        ] {
            assert_eq!(said(typed), None, "{typed:?}");
        }
    }

    #[test]
    fn parts_may_be_in_another_order() {
        for (typed, same) in [
            ("22:57 yesterday", "yesterday 22:57"),
            ("6pm today", "today 6pm"),
            ("10:00 day before yesterday", "day before yesterday 10:00"),
            ("22:57 어제", "어제 22:57"),
            ("KST 18:08", "18:08 KST"),
            ("UTC 09:08", "09:08 UTC"),
            ("PST 6:08pm", "6:08pm PST"),
            ("deploy 18:08", ""),
        ] {
            assert_eq!(said_turned(typed), said(same), "{typed}");
        }
    }

    #[test]
    fn about_is_heard_on_both_sides() {
        for typed in [
            "~18:08",
            "about 18:08",
            "around 6:08pm",
            "at around 18:08",
            "approx. 18:08",
            "ca. 18:08",
            "약 18:08",
            "대략 18:08",
            "18:08쯤",
            "18:08 정도",
            "오후 6시 8분경",
            "5분쯤 전",
            "~5m ago",
            "약 5분 전",
            "한 30분 전",
            "18時8分頃",
        ] {
            assert!(said(typed).is_some_and(|said| said.about), "{typed}");
        }
        assert!(said("18:08").is_some_and(|said| !said.about));
    }
}
