//! Points in time that remember how precisely they are known.
//!
//! This is the one place that knows the time crate: everyone else asks a [`Moment`].

use std::cmp::Ordering;
use std::fmt::{self, Write as _};

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use super::zone::{LocalFault, Zone};

/// How precisely a moment is known, which is how it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precision {
    /// Only the day: no hour may be printed or computed from it.
    Day,
    /// Hours and minutes, what people note by hand.
    Minute,
    /// Seconds, what a live log writes.
    Second,
}

/// A calendar day without a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(NaiveDate);

/// An instant, the offset it was noted in, and its precision.
///
/// Two moments are equal when they are written alike; [`Moment::order`] compares instants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    at: DateTime<FixedOffset>,
    precision: Precision,
}

/// A moment on a wall clock, taken apart for wording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clock {
    /// The calendar day.
    pub day: Day,
    /// 0 to 23.
    pub hour: u32,
    /// 0 to 59.
    pub minute: u32,
    /// 0 to 59.
    pub second: u32,
    /// Minutes east of UTC.
    pub offset_minutes: i32,
    /// `KST`, `PDT`, or an offset where a zone has no letters.
    pub zone: String,
    /// How much of it is known.
    pub precision: Precision,
}

/// The time between two moments, never more precise than the vaguer of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Elapsed {
    /// Whole seconds; negative when the second moment came first.
    pub seconds: i64,
    /// With [`Precision::Day`], only whole days may be told.
    pub precision: Precision,
}

/// Why a text is no time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TimeFault {
    /// Not in any form that is read.
    Unreadable(String),
    /// The form is right, but there is no such day or hour.
    Impossible(String),
    /// A clock time where a file must say the day too.
    NoDate(String),
    /// No offset, and nothing says which zone is meant.
    NoZone(String),
    /// Skipped by the zone's clocks.
    Gap {
        /// What was read.
        text: String,
        /// The zone it was read in.
        zone: Zone,
        /// What a clock showed that was not put forward, on one that was: probably meant.
        shown: String,
    },
    /// Shown twice by the zone's clocks.
    Fold {
        /// What was read.
        text: String,
        /// The zone it was read in.
        zone: Zone,
        /// The offset of the first time round.
        first: String,
        /// The offset of the second time round.
        second: String,
    },
}

impl Day {
    /// Returns the first day of a day, a month or a year as it is written: `2024-09-07`, `2024-09`, `2024`.
    pub fn first_of(text: &str) -> Option<Day> {
        let day = Day::parse(text).or_else(|| Day::parse(&format!("{text}-01")));
        day.or_else(|| Day::parse(&format!("{text}-01-01")))
    }

    /// Returns the last day of a day, a month or a year.
    pub fn last_of(text: &str) -> Option<Day> {
        let of_month = || {
            let mut days = (28..=31).rev().map(|day| format!("{text}-{day}"));
            days.find_map(|day| Day::parse(&day))
        };
        Day::parse(text).or_else(of_month).or_else(|| Day::parse(&format!("{text}-12-31")))
    }

    /// The day of that year, month and day of month, if there is one in years 0001 to 9999.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Day> {
        if !(1..=9999).contains(&year) {
            return None;
        }
        NaiveDate::from_ymd_opt(year, month, day).map(Day)
    }

    /// Reads `2024-09-07`, nothing else.
    pub fn parse(text: &str) -> Option<Day> {
        let mut parts = text.split('-');
        let (y, m, d) = (parts.next()?, parts.next()?, parts.next()?);
        let digits = |s: &str, n: usize| s.len() == n && s.bytes().all(|b| b.is_ascii_digit());
        if parts.next().is_some() || !digits(y, 4) || !digits(m, 2) || !digits(d, 2) {
            return None;
        }
        Day::new(y.parse().ok()?, m.parse().ok()?, d.parse().ok()?)
    }

    /// The year.
    pub fn year(&self) -> i32 {
        self.0.year()
    }

    /// The month, 1 to 12.
    pub fn month(&self) -> u32 {
        self.0.month()
    }

    /// The day of the month, 1 to 31.
    pub fn day(&self) -> u32 {
        self.0.day()
    }

    /// The weekday, 0 for Monday to 6 for Sunday.
    pub fn weekday(&self) -> usize {
        self.0.weekday().num_days_from_monday() as usize
    }

    /// The day that many days later (earlier when negative); itself at the calendar's end.
    pub fn plus(&self, days: i64) -> Day {
        self.0.checked_add_signed(chrono::TimeDelta::days(days)).map_or(*self, Day)
    }

    /// Whole days from `other` to this day.
    pub fn days_since(&self, other: &Day) -> i64 {
        (self.0 - other.0).num_days()
    }

    pub(super) fn at(&self, hour: u32, minute: u32, second: u32) -> Option<NaiveDateTime> {
        Some(self.0.and_time(NaiveTime::from_hms_opt(hour, minute, second)?))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day())
    }
}

impl Moment {
    /// The moment of that many seconds since 1970-01-01T00:00Z, seen in UTC.
    pub fn from_unix(seconds: i64) -> Option<Moment> {
        Some(Moment {
            at: DateTime::from_timestamp(seconds, 0)?.fixed_offset(),
            precision: Precision::Second,
        })
    }

    /// Reads a time as a record writes it: ISO 8601, `T` or a space, seconds optional, the offset
    /// as `Z`, `+09:00` or `+0900`; without one the zone decides; a bare day stays a day.
    pub fn parse(text: &str, zone: Option<Zone>) -> Result<Moment, TimeFault> {
        let written = Written::read(text)?;
        written.resolve(text, zone)
    }

    /// A wall-clock time of a zone.
    pub fn local(
        zone: Zone,
        day: Day,
        (hour, minute, second): (u32, u32, u32),
        precision: Precision,
        text: &str,
    ) -> Result<Moment, TimeFault> {
        let local =
            day.at(hour, minute, second).ok_or_else(|| TimeFault::Impossible(text.to_owned()))?;
        let at = zone.instant(local).map_err(|fault| local_fault(text, zone, fault))?;
        Ok(Moment { at, precision })
    }

    /// How precisely it is known.
    pub fn precision(&self) -> Precision {
        self.precision
    }

    /// The same moment, told no more precisely than that.
    pub fn at_most(self, precision: Precision) -> Moment {
        let precision = self.precision.min(precision);
        let at = match precision {
            Precision::Second => self.at,
            _ => self.at.with_second(0).unwrap_or(self.at),
        };
        Moment { at, precision }
    }

    /// The same instant, noted in that zone's offset.
    pub fn seen_in(&self, zone: Zone) -> Moment {
        match self.precision {
            Precision::Day => *self,
            precision => Moment { at: zone.wall(&self.at), precision },
        }
    }

    /// How a record writes it: ISO 8601 with offset, at its own precision.
    pub fn written(&self) -> String {
        let mut out = Day(self.at.date_naive()).to_string();
        if self.precision == Precision::Day {
            return out;
        }
        let (hour, minute) = (self.at.hour(), self.at.minute());
        let seconds = self.at.offset().local_minus_utc();
        let (sign, offset) = (if seconds < 0 { '-' } else { '+' }, seconds.abs());
        let second = match self.precision {
            Precision::Second => format!(":{:02}", self.at.second()),
            _ => String::new(),
        };
        // Writing to a String cannot fail.
        let _ = write!(
            out,
            "T{hour:02}:{minute:02}{second}{sign}{:02}:{:02}",
            offset / 3600,
            offset / 60 % 60
        );
        out
    }

    /// The calendar day at its own offset.
    pub fn day(&self) -> Day {
        Day(self.at.date_naive())
    }

    /// Taken apart on the wall clock of a zone, or at its own offset.
    pub fn clock(&self, zone: Option<Zone>) -> Clock {
        let zone = zone.filter(|_| self.precision != Precision::Day);
        let at = zone.map_or(self.at, |z| z.wall(&self.at));
        Clock {
            day: Day(at.date_naive()),
            hour: at.hour(),
            minute: at.minute(),
            second: at.second(),
            offset_minutes: at.offset().local_minus_utc() / 60,
            zone: zone.map_or_else(|| at.offset().to_string(), |z| z.abbreviation(&self.at)),
            precision: self.precision,
        }
    }

    /// Seconds since 1970-01-01T00:00Z.
    pub fn unix(&self) -> i64 {
        self.at.timestamp()
    }

    /// Which instant came first. A day stands for its first instant.
    pub fn order(&self, other: &Moment) -> Ordering {
        self.at.cmp(&other.at)
    }

    /// The time from `earlier` to this moment.
    pub fn since(&self, earlier: &Moment) -> Elapsed {
        let precision = self.precision.min(earlier.precision);
        let seconds = match precision {
            Precision::Day => self.day().days_since(&earlier.day()) * 86_400,
            Precision::Minute => {
                self.at_most(precision).at.timestamp() - earlier.at_most(precision).at.timestamp()
            }
            Precision::Second => self.at.timestamp() - earlier.at.timestamp(),
        };
        Elapsed { seconds, precision }
    }

    /// The time from `earlier` to this moment as the clocks on a zone's walls show it: two days at
    /// the same time of day are whole days, whatever the clocks did between them.
    pub fn wall_since(&self, earlier: &Moment, zone: Option<Zone>) -> Elapsed {
        let elapsed = self.since(earlier);
        if elapsed.precision == Precision::Day {
            return elapsed;
        }
        let turned = |at: &Moment| i64::from(at.clock(zone).offset_minutes) * 60;
        Elapsed { seconds: elapsed.seconds + turned(self) - turned(earlier), ..elapsed }
    }

    /// The moment that many seconds later on the clocks of a zone's walls.
    ///
    /// # Errors
    /// The clocks skip that time, or show it twice.
    pub fn wall_plus(&self, seconds: i64, zone: Option<Zone>) -> Result<Moment, TimeFault> {
        let later = self.plus_seconds(seconds);
        let later = later.ok_or_else(|| TimeFault::Impossible(self.written()))?;
        let Some(zone) = zone else { return Ok(later) };
        let local = zone.wall(&self.at).naive_local() + chrono::TimeDelta::seconds(seconds);
        let text = local.format("%Y-%m-%d %H:%M").to_string();
        let at = zone.instant(local).map_err(|fault| local_fault(&text, zone, fault))?;
        Ok(Moment { at, precision: self.precision })
    }

    /// The moment that many seconds later, noted in a zone's offset; itself at the calendar's end.
    pub fn elapsed_in(&self, seconds: i64, zone: Option<Zone>) -> Moment {
        let later = self.plus_seconds(seconds).unwrap_or(*self);
        zone.map_or(later, |zone| later.seen_in(zone))
    }

    /// The same moment, of which no more than that much is told: a day is the one on the clocks of
    /// `zone`.
    pub fn told_to(&self, precision: Precision, zone: Option<Zone>) -> Moment {
        match precision {
            Precision::Day => Moment::of_day(self.clock(zone).day, zone),
            precision => self.at_most(precision),
        }
    }

    /// The same time of day on another day, read on `from`'s clocks and written on `to`'s; and
    /// whether the clocks change over it: then as many hours after midnight were taken.
    pub fn on_day(&self, day: Day, from: Option<Zone>, to: Option<Zone>) -> (Moment, bool) {
        if self.precision == Precision::Day {
            return (Moment::of_day(day, to), false);
        }
        let clock = self.clock(from);
        let midnight = Moment { precision: self.precision, ..Moment::of_day(day, to) };
        let seconds = i64::from(clock.hour * 3600 + clock.minute * 60 + clock.second);
        match midnight.wall_plus(seconds, to) {
            Ok(at) => (at, false),
            Err(_) => (midnight.elapsed_in(seconds, to), true),
        }
    }

    /// The moment that many seconds later (earlier when negative).
    pub fn plus_seconds(&self, seconds: i64) -> Option<Moment> {
        let delta = chrono::TimeDelta::try_seconds(seconds)?;
        Some(Moment { at: self.at.checked_add_signed(delta)?, precision: self.precision })
    }
}

/// What a time text says, before a zone is applied.
struct Written {
    day: Day,
    time: Option<(u32, u32, u32)>,
    precision: Precision,
    offset: Option<FixedOffset>,
}

impl Written {
    fn read(text: &str) -> Result<Written, TimeFault> {
        if let Some(written) = Written::plain(text.as_bytes()) {
            return Ok(written);
        }
        let unreadable = || TimeFault::Unreadable(text.to_owned());
        if let Some(((hour, minute, second), _)) = read_clock(split_offset(text).0) {
            let sound = hour < 24 && minute < 60 && second < 60;
            let fault = if sound { TimeFault::NoDate } else { TimeFault::Impossible };
            return Err(fault(text.to_owned()));
        }
        let date = text.get(..10).ok_or_else(unreadable)?;
        let rest = &text[10..];
        if !date_shaped(date) {
            return Err(unreadable());
        }
        let day = Day::parse(date).ok_or_else(|| TimeFault::Impossible(text.to_owned()))?;
        if rest.is_empty() {
            return Ok(Written { day, time: None, precision: Precision::Day, offset: None });
        }
        let rest = rest.strip_prefix(['T', 't', ' ']).ok_or_else(unreadable)?;
        let (clock, offset) = split_offset(rest);
        let (time, precision) = read_clock(clock).ok_or_else(unreadable)?;
        let offset = match offset {
            None => None,
            Some(written) => Some(read_offset(written).ok_or_else(unreadable)?),
        };
        if time.0 > 23 || time.1 > 59 || time.2 > 59 {
            return Err(TimeFault::Impossible(text.to_owned()));
        }
        Ok(Written { day, time: Some(time), precision, offset })
    }

    /// The one form that asrun writes, `2024-09-07T18:08+09:00` with or without seconds: most times
    /// of most records. Any other, and any fault, is left to [`Written::read`].
    fn plain(text: &[u8]) -> Option<Written> {
        let two = |at: usize| match text.get(at..at + 2)? {
            [a @ b'0'..=b'9', b @ b'0'..=b'9'] => {
                Some(u32::from(a - b'0') * 10 + u32::from(b - b'0'))
            }
            _ => None,
        };
        let seconds = text.len() == 25;
        let offset = if seconds { 19 } else { 16 };
        let marks = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (offset + 3, b':')];
        let shaped = text.len() == offset + 6
            && marks.iter().all(|(at, mark)| text[*at] == *mark)
            && (!seconds || text[16] == b':');
        if !shaped {
            return None;
        }
        let day = Day::new((two(0)? * 100 + two(2)?) as i32, two(5)?, two(8)?)?;
        let second = if seconds { two(17)? } else { 0 };
        let (hour, minute, hours, minutes) =
            (two(11)?, two(14)?, two(offset + 1)?, two(offset + 4)?);
        let sign = match text[offset] {
            b'+' => 1,
            b'-' => -1,
            _ => return None,
        };
        if hour > 23 || minute > 59 || second > 59 || hours > 18 || minutes > 59 {
            return None;
        }
        let precision = if seconds { Precision::Second } else { Precision::Minute };
        let offset = FixedOffset::east_opt(sign * (hours * 3600 + minutes * 60) as i32);
        Some(Written { day, time: Some((hour, minute, second)), precision, offset: Some(offset?) })
    }

    fn resolve(&self, text: &str, zone: Option<Zone>) -> Result<Moment, TimeFault> {
        let Some(time) = self.time else {
            return Ok(Moment::of_day(self.day, zone));
        };
        let impossible = || TimeFault::Impossible(text.to_owned());
        match (self.offset, zone) {
            (Some(offset), _) => {
                let local = self.day.at(time.0, time.1, time.2).ok_or_else(impossible)?;
                let at = local.and_local_timezone(offset).single().ok_or_else(impossible)?;
                Ok(Moment { at, precision: self.precision })
            }
            (None, Some(zone)) => Moment::local(zone, self.day, time, self.precision, text),
            (None, None) => Err(TimeFault::NoZone(text.to_owned())),
        }
    }
}

fn local_fault(text: &str, zone: Zone, fault: LocalFault) -> TimeFault {
    let text = text.to_owned();
    match fault {
        LocalFault::Gap(shown) => TimeFault::Gap { text, zone, shown },
        LocalFault::Fold(first, second) => TimeFault::Fold { text, zone, first, second },
    }
}

fn date_shaped(text: &str) -> bool {
    text.bytes().enumerate().all(|(i, b)| match i {
        4 | 7 => b == b'-',
        _ => b.is_ascii_digit(),
    })
}

/// `18:08+09:00` → `18:08` and `+09:00`; blanks before the offset are forgiven.
pub(crate) fn split_offset(text: &str) -> (&str, Option<&str>) {
    match text.find(['+', '-', 'Z', 'z']) {
        Some(at) => (text[..at].trim_end(), Some(&text[at..])),
        None => (text, None),
    }
}

/// `18:08` or `18:08:30`; the numbers may still be too large.
pub(crate) fn read_clock(text: &str) -> Option<((u32, u32, u32), Precision)> {
    let mut parts = text.split(':');
    let hour = number(parts.next()?, 1..=2)?;
    let minute = number(parts.next()?, 2..=2)?;
    let second = parts.next().map(|s| number(s, 2..=2));
    if parts.next().is_some() {
        return None;
    }
    match second {
        None => Some(((hour, minute, 0), Precision::Minute)),
        Some(second) => Some(((hour, minute, second?), Precision::Second)),
    }
}

/// `Z`, `+09:00`, `+0900` or `+09`, within 18 hours of UTC.
pub(crate) fn read_offset(text: &str) -> Option<FixedOffset> {
    if text.eq_ignore_ascii_case("z") {
        return FixedOffset::east_opt(0);
    }
    let sign = match text.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let digits = &text[1..];
    let (hours, minutes) = match digits.len() {
        2 => (digits, "00"),
        4 => digits.split_at_checked(2)?,
        5 if digits.as_bytes()[2] == b':' => (digits.get(..2)?, digits.get(3..)?),
        _ => return None,
    };
    let (hours, minutes) = (number(hours, 2..=2)?, number(minutes, 2..=2)?);
    if hours > 18 || minutes > 59 {
        return None;
    }
    FixedOffset::east_opt(sign * (hours * 3600 + minutes * 60) as i32)
}

/// ASCII digits of that many places.
pub(crate) fn number(text: &str, places: std::ops::RangeInclusive<usize>) -> Option<u32> {
    let plain = places.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

impl Moment {
    /// That instant at a fixed offset, for a clock time typed with one.
    pub(crate) fn at_offset(
        day: Day,
        time: (u32, u32, u32),
        precision: Precision,
        offset: FixedOffset,
    ) -> Option<Moment> {
        let local = day.at(time.0, time.1, time.2)?;
        let at = local.and_local_timezone(offset).single()?;
        Some(Moment { at, precision })
    }

    /// The day it is on the wall clock of that offset.
    pub(crate) fn day_at(&self, offset: FixedOffset) -> Day {
        Day(self.at.with_timezone(&offset).date_naive())
    }

    /// A whole day, which stands in time at its first instant in that zone, or in UTC. The
    /// instant orders it among others and is never printed.
    pub fn of_day(day: Day, zone: Option<Zone>) -> Moment {
        let midnight = day.0.and_time(NaiveTime::MIN);
        let local = zone.and_then(|zone| zone.instant(midnight).ok());
        let at = local.unwrap_or_else(|| midnight.and_utc().fixed_offset());
        Moment { at, precision: Precision::Day }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seoul() -> Option<Zone> {
        Zone::parse("Asia/Seoul")
    }

    #[track_caller]
    fn reads(text: &str, written: &str) {
        assert_eq!(Moment::parse(text, seoul()).unwrap().written(), written);
    }

    #[test]
    fn months_and_years_are_spans_of_days() {
        let both = |text: &str| {
            let told = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
            format!("{} {}", told(Day::first_of(text)), told(Day::last_of(text)))
        };
        assert_eq!(both("2024"), "2024-01-01 2024-12-31");
        assert_eq!(both("2024-02"), "2024-02-01 2024-02-29");
        assert_eq!(both("2024-09-07"), "2024-09-07 2024-09-07");
        assert_eq!((both("soon"), both("2024-13")), (" ".to_owned(), " ".to_owned()));
    }

    #[test]
    fn reads_what_records_hold() {
        reads("2024-09-07T18:08+09:00", "2024-09-07T18:08+09:00");
        reads("2024-09-07 18:08", "2024-09-07T18:08+09:00");
        reads("2024-09-07T18:08:30Z", "2024-09-07T18:08:30+00:00");
        reads("2024-09-07 18:08 +0900", "2024-09-07T18:08+09:00");
        reads("2024-09-07T17:00:00+05:45", "2024-09-07T17:00:00+05:45");
        reads("1988-08-01T12:00", "1988-08-01T12:00+10:00");
        reads("2021-10-04", "2021-10-04");
        let day = Moment::parse("2024-09-07", seoul()).unwrap();
        let morning = Moment::parse("2024-09-07T08:00", seoul()).unwrap();
        assert!(day.order(&morning).is_lt());
    }

    #[track_caller]
    fn refuses(text: &str, fault: fn(String) -> TimeFault) {
        assert_eq!(Moment::parse(text, seoul()), Err(fault(text.to_owned())));
    }

    #[test]
    fn refuses_what_is_no_time() {
        for text in ["2024-02-30T10:00", "2024-13-01T10:00Z", "2024-09-07T24:01+09:00"] {
            refuses(text, TimeFault::Impossible);
        }
        for text in [
            "soon",
            "",
            "true",
            "99999-01-01T00:00:00Z",
            "2024-09-07T",
            "2024-09-0717:00",
            "2024-09-07T17:00:00+25:00",
            "2024-09-07T17:00:00 Mars/Base",
            "２０２４-09-07T17:00",
            "2024-09-07T17:00:00+09:00 extra",
            "1e999",
            "2024/99/99 10:00",
            "-0001-01-01T00:00Z",
        ] {
            refuses(text, TimeFault::Unreadable);
        }
        for text in ["18:08", "18:08:30", "18:08+09:00"] {
            refuses(text, TimeFault::NoDate);
        }
    }

    #[test]
    fn gaps_and_folds_ask_for_an_offset() {
        let zone = Zone::parse("America/New_York");
        let gap = Moment::parse("2024-03-10T02:30", zone);
        assert!(matches!(gap, Err(TimeFault::Gap { .. })), "{gap:?}");
        let fold = Moment::parse("2024-11-03T01:30", zone);
        assert!(matches!(fold, Err(TimeFault::Fold { .. })), "{fold:?}");
        assert!(Moment::parse("2024-11-03T01:30-05:00", zone).is_ok());
        let no_zone = Moment::parse("2024-09-07 18:08", None);
        assert!(matches!(no_zone, Err(TimeFault::NoZone(_))));
    }

    #[test]
    fn a_difference_is_as_vague_as_its_vaguer_end() {
        let day = Moment::parse("2022-10-03", None).unwrap();
        let minute = Moment::parse("2022-10-24T18:00Z", None).unwrap();
        let elapsed = minute.since(&day);
        assert_eq!((elapsed.seconds, elapsed.precision), (21 * 86_400, Precision::Day));
        let late = Moment::parse("2024-09-07T18:08:59Z", None).unwrap();
        let early = Moment::parse("2024-09-07T18:00Z", None).unwrap();
        assert_eq!(late.since(&early).seconds, 8 * 60);
    }
}
