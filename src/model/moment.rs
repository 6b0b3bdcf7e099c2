//! Points in time that remember how precisely they are known.
//!
//! This is the only module that knows the time crate: everyone else asks a [`Moment`].

use std::fmt::{self, Write as _};

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use super::zone::{LocalFault, Zone};

/// How precisely a moment is known, which is how it was written; vaguest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precision {
    /// Only the day: no hour may be printed or computed.
    Day,
    /// Only the hour: some time within it.
    Hour,
    /// Hours and minutes, as people note them by hand.
    Minute,
    /// Seconds, as a live log writes them.
    Second,
    /// Fractions of a second, as machine logs write them.
    Fraction,
}

/// A calendar day without a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(NaiveDate);

/// A time as written: a half-open interval from its earliest instant, as wide as its precision, and whether it is
/// approximate.
///
/// Two moments are equal when they say the same; [`Moment::before`] compares their intervals.
#[derive(Debug, Clone, Copy)]
pub struct Moment {
    /// Its first instant, in the offset that it was noted in.
    at: DateTime<FixedOffset>,
    precision: Precision,
    /// How many digits its fraction of a second has.
    digits: u8,
    about: bool,
    /// The zone whose clocks its day is counted on; without one the day counts as written.
    zone: Option<Zone>,
}

impl PartialEq for Moment {
    fn eq(&self, other: &Moment) -> bool {
        let said = |it: &Moment| (it.at, it.precision, it.digits, it.about);
        said(self) == said(other)
    }
}

impl Eq for Moment {}

/// Whether a moment is entirely over when another one begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Before {
    /// It is, whatever the written precision leaves open.
    Certainly,
    /// The written precision leaves it open.
    Possibly,
    /// The other one is over when this one begins.
    No,
}

/// A moment on a wall clock, broken down for formatting.
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
    /// The digits of its fraction of a second.
    pub fraction: String,
    /// Minutes east of UTC.
    pub offset_minutes: i32,
    /// `KST`, `PDT`, or an offset where a zone has no abbreviation.
    pub zone: String,
    /// How much of it is known.
    pub precision: Precision,
}

impl Clock {
    /// Returns the clock time as far as it is known, `18:08:30`; nothing for a day, `18:xx` for an hour.
    pub fn hands(&self) -> String {
        let mut hands = String::new();
        if self.precision == Precision::Day {
            return hands;
        }
        put_two(&mut hands, self.hour);
        if self.precision == Precision::Hour {
            return hands + ":xx";
        }
        put_hand(&mut hands, self.minute);
        put_seconds(&mut hands, self.precision, self.second, &self.fraction);
        hands
    }
}

/// Writes a number as `{:02}` does, without the formatter's cost: documents contain thousands of them.
pub(crate) fn put_two(out: &mut String, number: u32) {
    match (u8::try_from(number / 10), u8::try_from(number % 10)) {
        (Ok(tens @ 0..=9), Ok(ones)) => out.extend([tens, ones].map(|d| char::from(b'0' + d))),
        // Writing to a String cannot fail.
        _ => _ = write!(out, "{number}"),
    }
}

fn put_hand(out: &mut String, number: u32) {
    out.push(':');
    put_two(out, number);
}

/// Writes the seconds as far as they are known.
fn put_seconds(out: &mut String, precision: Precision, second: u32, fraction: &str) {
    if precision >= Precision::Second {
        put_hand(out, second);
    }
    if precision == Precision::Fraction {
        out.push('.');
        out.push_str(fraction);
    }
}

/// The time between two moments, never more precise than the vaguer of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Elapsed {
    /// Whole seconds; negative when the second moment came first. With hours, the lower bound.
    pub seconds: i64,
    /// How much more it may be, in seconds: 0 unless one end is known by the hour.
    pub open: i64,
    /// With [`Precision::Day`], only whole days may be shown.
    pub precision: Precision,
    /// One of the two ends is approximate.
    pub about: bool,
}

impl Elapsed {
    /// Returns an exact duration.
    pub fn of(seconds: i64, precision: Precision) -> Elapsed {
        Elapsed { seconds, open: 0, precision, about: false }
    }

    /// Returns its seconds, if the written precision determines them.
    pub fn exact(&self) -> Option<i64> {
        (self.open == 0).then_some(self.seconds)
    }

    /// Returns the part of the range that is not negative.
    pub fn not_negative(self) -> Elapsed {
        Elapsed {
            seconds: self.seconds.max(0),
            open: self.most().max(0) - self.seconds.max(0),
            ..self
        }
    }

    /// Returns the upper bound, in seconds.
    pub fn most(&self) -> i64 {
        self.seconds + self.open
    }
}

/// Why a text is not a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TimeFault {
    /// Not in any accepted form.
    Unreadable(String),
    /// The form is right, but there is no such day or hour.
    Impossible(String),
    /// A clock time where a file must state the day too.
    NoDate(String),
    /// An offset used nowhere, probably the end of a span: `2024-09-07 17:00-17:30`.
    OddOffset {
        /// The whole text.
        text: String,
        /// Its part before what is read as an offset.
        start: String,
        /// The clock time that may have been meant as the end of a span.
        end: Option<String>,
    },
    /// No offset, and no zone is known.
    NoZone(String),
    /// Skipped by the zone's clocks.
    Gap {
        /// What was read.
        text: String,
        /// The zone it was read in.
        zone: Zone,
        /// What a clock not put forward showed then, as the zone writes it: probably meant.
        shown: String,
    },
    /// Shown twice by the zone's clocks.
    Fold {
        /// What was read.
        text: String,
        /// The zone it was read in.
        zone: Zone,
        /// The offset at the first occurrence.
        first: String,
        /// The offset at the second occurrence.
        second: String,
    },
}

impl Day {
    /// Returns the first day of a written day, month or year: `2024-09-07`, `2024-09`, `2024`.
    pub fn first_of(text: &str) -> Option<Day> {
        let day = Day::parse(text).or_else(|| Day::parse(&format!("{text}-01")));
        day.or_else(|| Day::parse(&format!("{text}-01-01")))
    }

    /// Returns the last day of a written day, month or year.
    pub fn last_of(text: &str) -> Option<Day> {
        let of_month = || {
            let mut days = (28..=31).rev().map(|day| format!("{text}-{day}"));
            days.find_map(|day| Day::parse(&day))
        };
        Day::parse(text).or_else(of_month).or_else(|| Day::parse(&format!("{text}-12-31")))
    }

    /// Returns the day of that year, month and day of month, if it exists in years 0001 to 9999.
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

    /// Returns the year.
    pub fn year(&self) -> i32 {
        self.0.year()
    }

    /// Returns the month, 1 to 12.
    pub fn month(&self) -> u32 {
        self.0.month()
    }

    /// Returns the day of the month, 1 to 31.
    pub fn day(&self) -> u32 {
        self.0.day()
    }

    /// Returns the weekday, 0 for Monday to 6 for Sunday.
    pub fn weekday(&self) -> usize {
        self.0.weekday().num_days_from_monday() as usize
    }

    /// Returns the day that many days later (earlier when negative); itself past the calendar's end.
    pub fn plus(&self, days: i64) -> Day {
        self.0.checked_add_signed(chrono::TimeDelta::days(days)).map_or(*self, Day)
    }

    /// Returns whole days from `other` to this day.
    pub fn days_since(&self, other: &Day) -> i64 {
        (self.0 - other.0).num_days()
    }

    pub(super) fn at(&self, hour: u32, minute: u32, second: u32) -> Option<NaiveDateTime> {
        Some(self.0.and_time(NaiveTime::from_hms_opt(hour, minute, second)?))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Ok(year @ 0..=9999) = u32::try_from(self.0.year()) {
            let mut out = String::with_capacity(10);
            for two in [year / 100, year % 100] {
                put_two(&mut out, two);
            }
            for two in [self.0.month(), self.0.day()] {
                out.push('-');
                put_two(&mut out, two);
            }
            return f.write_str(&out);
        }
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day())
    }
}

impl Moment {
    /// Returns the moment of that many seconds since 1970-01-01T00:00Z, in UTC.
    pub fn from_unix(seconds: i64) -> Option<Moment> {
        let at = DateTime::from_timestamp(seconds, 0)?.fixed_offset();
        Some(Moment::of(at, Precision::Second, None))
    }

    fn of(at: DateTime<FixedOffset>, precision: Precision, zone: Option<Zone>) -> Moment {
        Moment { at, precision, digits: 0, about: false, zone }
    }

    /// Reads a time as a record writes it: ISO 8601, `T` or a space, seconds optional, the offset as `Z`, `+09:00` or
    /// `+0900`; without one the zone decides; a bare day stays a day. Abbreviations such as `KST` are accepted if they
    /// are the zone's at that time.
    pub fn parse(text: &str, zone: Option<Zone>) -> Result<Moment, TimeFault> {
        match Written::read(text) {
            Ok(written) => written.resolve(text, zone),
            Err(fault) => with_letters(text, zone).ok_or(fault),
        }
    }

    /// Returns a wall-clock time in a zone.
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
        Ok(Moment::of(at, precision, Some(zone)))
    }

    /// Returns the same moment with a fraction of its second, known to that many digits.
    fn with_parts(self, nanoseconds: u32, digits: u8) -> Moment {
        let at = self.at.with_nanosecond(nanoseconds).unwrap_or(self.at);
        Moment { at, precision: Precision::Fraction, digits, ..self }
    }

    /// Returns the same moment, approximate or not.
    pub fn with_about(self, about: bool) -> Moment {
        Moment { about, ..self }
    }

    /// Returns whether it is approximate. That has no width: nobody said how far off it may be.
    pub fn is_about(&self) -> bool {
        self.about
    }

    /// Returns how precisely it is known.
    pub fn precision(&self) -> Precision {
        self.precision
    }

    /// Returns the same moment, at most that precise.
    pub fn at_most(self, precision: Precision) -> Moment {
        let precision = self.precision.min(precision);
        let whole = self.at.with_nanosecond(0).unwrap_or(self.at);
        let minute = whole.with_second(0).unwrap_or(whole);
        let (at, digits) = match precision {
            Precision::Fraction => (self.at, self.digits),
            Precision::Second => (whole, 0),
            Precision::Hour => (minute.with_minute(0).unwrap_or(minute), 0),
            Precision::Day | Precision::Minute => (minute, 0),
        };
        Moment { at, precision, digits, ..self }
    }

    /// Returns the hour of the written clock that contains it; a day stays a day.
    pub fn by_the_hour(self) -> Moment {
        self.at_most(Precision::Hour)
    }

    /// Returns the same instant in that zone's offset.
    pub fn seen_in(&self, zone: Zone) -> Moment {
        match self.precision {
            Precision::Day => *self,
            _ => Moment { at: zone.wall(&self.at), zone: Some(zone), ..*self },
        }
    }

    /// Returns it as a record writes it: ISO 8601 with offset, at its own precision.
    pub fn written(&self) -> String {
        let mut out = Day(self.at.date_naive()).to_string();
        if self.precision == Precision::Day {
            return out;
        }
        let (hour, minute) = (self.at.hour(), self.at.minute());
        let seconds = self.at.offset().local_minus_utc();
        let (sign, offset) = (if seconds < 0 { '-' } else { '+' }, seconds.abs());
        out.push('T');
        put_two(&mut out, hour);
        put_hand(&mut out, minute);
        put_seconds(&mut out, self.precision, self.at.second(), &self.fraction());
        out.push(sign);
        put_two(&mut out, offset.unsigned_abs() / 3600);
        put_hand(&mut out, offset.unsigned_abs() / 60 % 60);
        out
    }

    /// Returns the digits of its fraction of a second.
    fn fraction(&self) -> String {
        if self.digits == 0 {
            return String::new();
        }
        let nanoseconds = format!("{:09}", self.at.nanosecond());
        nanoseconds[..usize::from(self.digits.min(9))].to_owned()
    }

    /// Returns the calendar day on the clocks of the record's zone; without a zone, as written.
    pub fn day(&self) -> Day {
        self.day_in(self.zone)
    }

    /// Breaks it down on the wall clock of a zone, or at its own offset.
    pub fn clock(&self, zone: Option<Zone>) -> Clock {
        let zone = zone.filter(|_| self.precision != Precision::Day);
        let at = zone.map_or(self.at, |z| z.wall(&self.at));
        Clock {
            day: Day(at.date_naive()),
            hour: at.hour(),
            minute: at.minute(),
            second: at.second(),
            fraction: self.fraction(),
            offset_minutes: at.offset().local_minus_utc() / 60,
            zone: zone.map_or_else(|| at.offset().to_string(), |z| z.abbreviation(&self.at)),
            precision: self.precision,
        }
    }

    /// Returns the day on the clocks of a zone, as [`Moment::clock`] does.
    pub fn day_in(&self, zone: Option<Zone>) -> Day {
        let zone = zone.filter(|_| self.precision != Precision::Day);
        Day(zone.map_or(self.at, |zone| zone.wall(&self.at)).date_naive())
    }

    /// Returns its first instant, in seconds since 1970-01-01T00:00Z.
    pub fn unix(&self) -> i64 {
        self.at.timestamp()
    }

    /// Returns its first instant, and the first one after it.
    pub(super) fn bounds(&self) -> (DateTime<chrono::Utc>, DateTime<chrono::Utc>) {
        (self.at.to_utc(), self.latest())
    }

    /// Whether the two may be the same instant.
    pub fn overlaps(&self, other: &Moment) -> bool {
        let ((from, behind), (other_from, other_behind)) = (self.bounds(), other.bounds());
        from < other_behind && other_from < behind
    }

    /// Returns its first instant, to sort by. Vaguer moments need [`super::in_time`].
    pub fn earliest(&self) -> impl Ord + Copy + use<> {
        self.at.to_utc()
    }

    /// Returns the first instant after it.
    fn latest(&self) -> DateTime<chrono::Utc> {
        let wide = match self.precision {
            Precision::Day => return day_edge(self.day().0, self.zone, Edge::Behind),
            Precision::Hour => chrono::TimeDelta::hours(1),
            Precision::Minute => chrono::TimeDelta::minutes(1),
            Precision::Second => chrono::TimeDelta::seconds(1),
            Precision::Fraction => {
                chrono::TimeDelta::nanoseconds(10_i64.pow(9 - u32::from(self.digits.min(9))))
            }
        };
        self.at.to_utc().checked_add_signed(wide).unwrap_or(self.at.to_utc())
    }

    /// Returns its first and its last second, since 1970-01-01T00:00Z.
    pub fn seconds(&self) -> (i64, i64) {
        let last = self.latest() - chrono::TimeDelta::nanoseconds(1);
        (self.unix(), last.timestamp().max(self.unix()))
    }

    /// Returns whether it is entirely over when the other one begins. If either is a day, calendar days are compared.
    pub fn before(&self, other: &Moment) -> Before {
        let (certain, no) = if Precision::Day == self.precision.min(other.precision) {
            (self.day() < other.day(), self.day() > other.day())
        } else {
            (self.latest() <= other.at, other.latest() <= self.at)
        };
        match (certain, no) {
            (true, _) => Before::Certainly,
            (_, true) => Before::No,
            _ => Before::Possibly,
        }
    }

    /// Returns whether it is certainly over when the other one begins.
    pub fn is_before(&self, other: &Moment) -> bool {
        self.before(other) == Before::Certainly
    }

    /// Returns whether it is sorted after the other one, regardless of the order in which they are written.
    pub fn sorts_after(&self, other: &Moment) -> bool {
        match self.precision.min(other.precision) {
            Precision::Day | Precision::Hour => other.is_before(self),
            _ => self.at > other.at,
        }
    }

    /// Returns the index at which an entry with this time belongs among entries in written order: after the last that
    /// is not sorted after it, so that entries without a time stay in place.
    pub fn place_among(
        moments: impl DoubleEndedIterator<Item = Option<Moment>> + ExactSizeIterator,
        at: Option<Moment>,
    ) -> usize {
        let count = moments.len();
        let is_later = |other: &Option<Moment>| {
            other.zip(at).is_some_and(|(other, at)| other.sorts_after(&at))
        };
        count - moments.rev().take_while(is_later).count()
    }

    /// Returns whether it cannot be at or after `earlier`: it is over when that begins, and if either is approximate,
    /// by more than its next coarser unit.
    pub fn contradicts_being_after(&self, earlier: &Moment) -> bool {
        if !self.is_before(earlier) {
            return false;
        }
        let slack: i64 = [self, earlier].into_iter().filter(|it| it.about).map(Moment::slack).sum();
        (earlier.at.to_utc() - self.latest()).num_seconds() >= slack
    }

    /// Returns the seconds of its next coarser unit.
    fn slack(&self) -> i64 {
        match self.precision {
            Precision::Day => 7 * 86_400,
            Precision::Hour => 86_400,
            Precision::Minute => 3_600,
            Precision::Second => 60,
            Precision::Fraction => 1,
        }
    }

    /// Returns the time from `earlier` to this moment.
    pub fn since(&self, earlier: &Moment) -> Elapsed {
        let precision = self.precision.min(earlier.precision);
        let about = self.about || earlier.about;
        let minutes = |at: &Moment| at.unix().div_euclid(60) * 60;
        let (seconds, open) = match precision {
            Precision::Day => (self.day().days_since(&earlier.day()) * 86_400, 0),
            Precision::Hour => {
                // The minutes of the other end count as points, as everywhere: only the hour is a range.
                let width = |at: &Moment| if at.precision == Precision::Hour { 3_600 } else { 0 };
                let (later, before) = (minutes(self), minutes(earlier));
                (later - before - width(earlier), width(self) + width(earlier))
            }
            Precision::Minute => (minutes(self) - minutes(earlier), 0),
            Precision::Second | Precision::Fraction => (self.unix() - earlier.unix(), 0),
        };
        Elapsed { seconds, open, precision, about }
    }

    /// Returns the time from `earlier` to this moment in wall-clock time: two days at the same time of day are whole
    /// days apart, whatever the clocks did in between.
    pub fn wall_since(&self, earlier: &Moment, zone: Option<Zone>) -> Elapsed {
        let elapsed = self.since(earlier);
        if elapsed.precision == Precision::Day {
            return elapsed;
        }
        let turned = |at: &Moment| i64::from(at.clock(zone).offset_minutes) * 60;
        Elapsed { seconds: elapsed.seconds + turned(self) - turned(earlier), ..elapsed }
    }

    /// Returns the moment that many seconds later in wall-clock time.
    ///
    /// # Errors
    /// The clocks skip that time or show it twice.
    pub fn wall_plus(&self, seconds: i64, zone: Option<Zone>) -> Result<Moment, TimeFault> {
        let later = self.plus_seconds(seconds);
        let later = later.ok_or_else(|| TimeFault::Impossible(self.written()))?;
        let Some(zone) = zone else { return Ok(later) };
        let local = zone.wall(&self.at).naive_local() + chrono::TimeDelta::seconds(seconds);
        let text = local.format("%Y-%m-%d %H:%M").to_string();
        let at = zone.instant(local).map_err(|fault| local_fault(&text, zone, fault))?;
        Ok(Moment { at, ..*self })
    }

    /// Returns the moment that many seconds later, in a zone's offset; itself past the calendar's end.
    pub fn elapsed_in(&self, seconds: i64, zone: Option<Zone>) -> Moment {
        let later = self.plus_seconds(seconds).unwrap_or(*self);
        zone.map_or(later, |zone| later.seen_in(zone))
    }

    /// Returns the same moment reduced to that precision; a day is that in `zone`.
    pub fn told_to(&self, precision: Precision, zone: Option<Zone>) -> Moment {
        match precision {
            Precision::Day => Moment::of_day(self.clock(zone).day, zone),
            precision => self.at_most(precision),
        }
    }

    /// Returns the same time of day on another day, from the clocks of `from` to those of `to`, and whether the clocks
    /// change on it: if so, the time is that many hours after midnight.
    pub fn on_day(&self, day: Day, from: Option<Zone>, to: Option<Zone>) -> (Moment, bool) {
        if self.precision == Precision::Day {
            return (Moment::of_day(day, to), false);
        }
        let clock = self.clock(from);
        let midnight =
            Moment { precision: self.precision, digits: self.digits, ..Moment::of_day(day, to) };
        let seconds = i64::from(clock.hour * 3600 + clock.minute * 60 + clock.second);
        match midnight.wall_plus(seconds, to) {
            Ok(at) => (at, false),
            Err(_) => (midnight.elapsed_in(seconds, to), true),
        }
    }

    /// Returns the moment that many seconds later (earlier when negative).
    pub fn plus_seconds(&self, seconds: i64) -> Option<Moment> {
        let delta = chrono::TimeDelta::try_seconds(seconds)?;
        Some(Moment { at: self.at.checked_add_signed(delta)?, ..*self })
    }
}

/// The parsed text of a time, before a zone is applied.
struct Written {
    day: Day,
    time: Option<(u32, u32, u32)>,
    precision: Precision,
    offset: Option<FixedOffset>,
    fraction: Option<Fraction>,
}

/// A fraction of a second, and how many digits of it were written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Fraction {
    nanoseconds: u32,
    digits: u8,
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
            let precision = Precision::Day;
            return Ok(Written { day, time: None, precision, offset: None, fraction: None });
        }
        let rest = rest.strip_prefix(['T', 't', ' ']).ok_or_else(unreadable)?;
        let (clock, offset) = split_offset(rest);
        let (clock, fraction) = split_fraction(clock).ok_or_else(unreadable)?;
        let (time, precision) = read_clock(clock).ok_or_else(unreadable)?;
        if fraction.is_some() && precision != Precision::Second {
            return Err(unreadable());
        }
        let offset = match offset {
            None => None,
            Some(written) => Some(read_offset(written).ok_or_else(|| odd_offset(text, written))?),
        };
        if time.0 > 23 || time.1 > 59 || time.2 > 59 {
            return Err(TimeFault::Impossible(text.to_owned()));
        }
        let precision = fraction.map_or(precision, |_| Precision::Fraction);
        Ok(Written { day, time: Some(time), precision, offset, fraction })
    }

    /// Reads the one form that asrun writes, `2024-09-07T18:08+09:00` with or without seconds, the most common by far.
    /// Other forms and any fault are left to [`Written::read`].
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
        if hour > 23 || minute > 59 || second > 59 {
            return None;
        }
        let precision = if seconds { Precision::Second } else { Precision::Minute };
        let offset = Some(offset_of(sign, hours, minutes)?);
        Some(Written { day, time: Some((hour, minute, second)), precision, offset, fraction: None })
    }

    fn resolve(&self, text: &str, zone: Option<Zone>) -> Result<Moment, TimeFault> {
        let Some(time) = self.time else {
            return Ok(Moment::of_day(self.day, zone));
        };
        let impossible = || TimeFault::Impossible(text.to_owned());
        let whole = match (self.offset, zone) {
            (Some(offset), _) => {
                let local = self.day.at(time.0, time.1, time.2).ok_or_else(impossible)?;
                let at = local.and_local_timezone(offset).single().ok_or_else(impossible)?;
                Moment::of(at, self.precision, zone)
            }
            (None, Some(zone)) => Moment::local(zone, self.day, time, self.precision, text)?,
            (None, None) => return Err(TimeFault::NoZone(text.to_owned())),
        };
        Ok(self.fraction.map_or(whole, |parts| whole.with_parts(parts.nanoseconds, parts.digits)))
    }
}

/// Reads `2024-09-07 18:08 KST`, if that is the zone's abbreviation then; it also tells apart two occurrences of a
/// clock time. `UTC` and `GMT` are the same everywhere.
fn with_letters(text: &str, zone: Option<Zone>) -> Option<Moment> {
    let (clock, letters) = text.rsplit_once(' ')?;
    let at = |offset: &str| Moment::parse(&format!("{clock}{offset}"), zone).ok();
    let is_bare = Written::read(clock).is_ok_and(|it| it.time.is_some() && it.offset.is_none());
    if !is_bare || !letters.bytes().all(|b| b.is_ascii_uppercase()) {
        return None;
    }
    if matches!(letters, "UTC" | "GMT") {
        return at("Z");
    }
    let both = match Moment::parse(clock, zone) {
        Ok(at) => [Some(at), None],
        Err(TimeFault::Fold { first, second, .. }) => [at(&first), at(&second)],
        Err(_) => return None,
    };
    both.into_iter().flatten().find(|at| at.clock(zone).zone == letters)
}

fn local_fault(text: &str, zone: Zone, fault: LocalFault) -> TimeFault {
    let text = text.to_owned();
    match fault {
        LocalFault::Gap(shown) => TimeFault::Gap { text, zone, shown },
        LocalFault::Fold(first, second) => TimeFault::Fold { text, zone, first, second },
    }
}

/// Returns the fault of an offset that may be meant as the end of a span.
fn odd_offset(text: &str, offset: &str) -> TimeFault {
    if !offset[1..].bytes().all(|b| b.is_ascii_digit() || b == b':') {
        return TimeFault::Unreadable(text.to_owned());
    }
    let clock = offset.strip_prefix('-').filter(|clock| read_clock(clock).is_some());
    let start = text[..text.len() - offset.len()].trim_end().to_owned();
    TimeFault::OddOffset { text: text.to_owned(), start, end: clock.map(str::to_owned) }
}

/// Splits `18:08:30.123` into `18:08:30` and its fraction of a second, one to nine digits.
fn split_fraction(clock: &str) -> Option<(&str, Option<Fraction>)> {
    let Some((whole, digits)) = clock.split_once(['.', ',']) else { return Some((clock, None)) };
    let parts = number(digits, 1..=9)?;
    let count = digits.len() as u8;
    let nanoseconds = parts * 10_u32.pow(9 - u32::from(count));
    Some((whole, Some(Fraction { nanoseconds, digits: count })))
}

fn date_shaped(text: &str) -> bool {
    text.bytes().enumerate().all(|(i, b)| match i {
        4 | 7 => b == b'-',
        _ => b.is_ascii_digit(),
    })
}

/// Splits `18:08+09:00` into `18:08` and `+09:00`; spaces before the offset are allowed.
pub(crate) fn split_offset(text: &str) -> (&str, Option<&str>) {
    match text.find(['+', '-', 'Z', 'z']) {
        Some(at) => (text[..at].trim_end(), Some(&text[at..])),
        None => (text, None),
    }
}

/// Reads `18:08` or `18:08:30`; the numbers may still be out of range.
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

/// Reads `Z`, `+09:00`, `+0900` or `+09`: from −12:00 to +14:00, in quarter hours, as in real zones.
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
    offset_of(sign, hours, minutes)
}

fn offset_of(sign: i32, hours: u32, minutes: u32) -> Option<FixedOffset> {
    let seconds = sign * (hours * 3600 + minutes * 60) as i32;
    let sound =
        (-12 * 3600..=14 * 3600).contains(&seconds) && minutes < 60 && minutes.is_multiple_of(15);
    sound.then(|| FixedOffset::east_opt(seconds)).flatten()
}

/// Reads a number of ASCII digits, with that many of them.
pub(crate) fn number(text: &str, places: std::ops::RangeInclusive<usize>) -> Option<u32> {
    let plain = places.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

impl Moment {
    /// Returns a whole day, on the clocks of that zone or in UTC, even if they skip its midnight.
    pub fn of_day(day: Day, zone: Option<Zone>) -> Moment {
        let first = day_edge(day.0, zone, Edge::First);
        // A day keeps the date it was written with, whatever the clocks show at that instant.
        let midnight = day.0.and_time(NaiveTime::MIN).and_utc();
        let offset = i32::try_from((midnight - first).num_seconds()).ok();
        let offset = offset.and_then(FixedOffset::east_opt);
        let at = offset.map_or(midnight.fixed_offset(), |offset| first.with_timezone(&offset));
        Moment::of(at, Precision::Day, zone)
    }
}

/// An end of a day.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Edge {
    /// The first instant at which the clocks show it.
    First,
    /// The first instant after it.
    Behind,
}

/// Returns an end of a day on the clocks of a zone, which may skip its midnight or show it twice. Both ends of a day
/// skipped entirely are the instant of the change.
fn day_edge(day: NaiveDate, zone: Option<Zone>, edge: Edge) -> DateTime<chrono::Utc> {
    let day = match edge {
        Edge::First => day,
        Edge::Behind => day.succ_opt().unwrap_or(day),
    };
    let midnight = day.and_time(NaiveTime::MIN);
    let Some(zone) = zone else { return midnight.and_utc() };
    if let Ok(at) = zone.instant(midnight) {
        return at.to_utc();
    }
    // No clock is more than sixteen hours from UTC.
    let shows = |at: &DateTime<chrono::Utc>| zone.wall(&at.fixed_offset()).date_naive() >= day;
    let minute = |count: i64| midnight.and_utc() + chrono::TimeDelta::minutes(count - 16 * 60);
    let mut minutes = (0..32 * 60).map(minute);
    let found = match edge {
        Edge::First => minutes.find(shows),
        Edge::Behind => {
            minutes.rev().find(|at| !shows(at)).map(|at| at + chrono::TimeDelta::minutes(1))
        }
    };
    found.unwrap_or(midnight.and_utc())
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
    fn reads_the_content_of_records() {
        reads("2024-09-07T18:08+09:00", "2024-09-07T18:08+09:00");
        reads("2024-09-07 18:08", "2024-09-07T18:08+09:00");
        reads("2024-09-07T18:08:30Z", "2024-09-07T18:08:30+00:00");
        reads("2024-09-07 18:08 +0900", "2024-09-07T18:08+09:00");
        reads("2024-09-07T17:00:00+05:45", "2024-09-07T17:00:00+05:45");
        reads("1988-08-01T12:00", "1988-08-01T12:00+10:00");
        reads("2021-10-04", "2021-10-04");
        let day = Moment::parse("2024-09-07", seoul()).unwrap();
        let morning = Moment::parse("2024-09-07T08:00", seoul()).unwrap();
        assert_eq!(day.before(&morning), Before::Possibly);
        assert!(day.earliest() < morning.earliest());
    }

    #[track_caller]
    fn refuses(text: &str, fault: fn(String) -> TimeFault) {
        assert_eq!(Moment::parse(text, seoul()), Err(fault(text.to_owned())));
    }

    /// The hand-written formatting of times matches that of the standard formatter.
    #[test]
    fn numbers_are_written_as_the_formatter_writes_them() {
        for number in (0..1000).chain([9999, 10_000, 65_535, u32::MAX]) {
            let mut out = String::from("-");
            put_two(&mut out, number);
            assert_eq!(out, format!("-{number:02}"));
        }
        for days in (-800_000..3_000_000).step_by(97) {
            let day = Day(NaiveDate::from_num_days_from_ce_opt(days).unwrap());
            let (year, month, date) = (day.0.year(), day.0.month(), day.0.day());
            assert_eq!(day.to_string(), format!("{year:04}-{month:02}-{date:02}"));
        }
        let offsets = [-43_200, -34_200, -3600, 0, 1800, 32_400, 50_400];
        for (step, offset) in offsets.into_iter().cycle().take(20_000).enumerate() {
            let unix = 7_919 * 3 * step as i64 - 100_000_000;
            let nanoseconds = (step as u32 % 1000) * 999_983;
            let zone = FixedOffset::east_opt(offset).unwrap();
            let at = DateTime::from_timestamp(unix, nanoseconds).unwrap().with_timezone(&zone);
            for (precision, digits, hands) in [
                (Precision::Hour, 0, "%H:xx"),
                (Precision::Minute, 0, "%H:%M"),
                (Precision::Second, 0, "%H:%M:%S"),
                (Precision::Fraction, 3, "%H:%M:%S%.3f"),
            ] {
                let plain = Moment::from_unix(unix).unwrap();
                let moment = Moment { at, precision, digits, zone: None, ..plain };
                assert_eq!(moment.clock(None).hands(), at.format(hands).to_string());
                let written = format!("%Y-%m-%dT{hands}%:z").replace("xx", "%M");
                assert_eq!(moment.written(), at.format(&written).to_string());
            }
        }
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
    fn offsets_are_those_of_places() {
        for (offset, sound) in [
            ("-12:00", true),
            ("+14:00", true),
            ("+05:45", true),
            ("-0330", true),
            ("-12:15", false),
            ("+14:15", false),
            ("+09:07", false),
            ("+25:00", false),
            ("-17:30", false),
        ] {
            let text = format!("2024-09-07T17:00{offset}");
            let read = Moment::parse(&text, seoul());
            let odd = matches!(read, Err(TimeFault::OddOffset { .. }));
            assert_eq!((read.is_ok(), odd), (sound, !sound), "{text}");
        }
        let span = Moment::parse("2024-09-07 17:00-17:30", seoul());
        let (text, start) = ("2024-09-07 17:00-17:30".to_owned(), "2024-09-07 17:00".to_owned());
        assert_eq!(span, Err(TimeFault::OddOffset { text, start, end: Some("17:30".to_owned()) }));
    }

    #[test]
    fn letters_are_read_where_the_zone_is_called_so() {
        let new_york = Zone::parse("America/New_York");
        for (text, zone, written) in [
            ("2024-09-07 18:08 KST", seoul(), Some("2024-09-07T18:08+09:00")),
            ("2024-09-07 18:08:30.5 KST", seoul(), Some("2024-09-07T18:08:30.5+09:00")),
            ("2024-09-07 09:08 UTC", seoul(), Some("2024-09-07T09:08+00:00")),
            ("2024-11-03 01:30 EDT", new_york, Some("2024-11-03T01:30-04:00")),
            ("2024-11-03 01:30 EST", new_york, Some("2024-11-03T01:30-05:00")),
            ("2024-07-03 01:30 EST", new_york, None),
            ("2024-09-07 18:08 JST", seoul(), None),
            ("2024-09-07 18:08 KST", None, None),
            ("2024-09-07 KST", seoul(), None),
            ("2024-09-07 18:08 +09:00 KST", seoul(), None),
        ] {
            let read = Moment::parse(text, zone).ok().map(|at| at.written());
            assert_eq!(read.as_deref(), written, "{text}");
        }
    }

    #[test]
    fn parts_of_a_second_are_kept() {
        reads("2024-09-07T18:08:30.123Z", "2024-09-07T18:08:30.123+00:00");
        reads("2024-09-07 18:08:30,5", "2024-09-07T18:08:30.5+09:00");
        reads("2024-09-07T18:08:30.000000001+09:00", "2024-09-07T18:08:30.000000001+09:00");
        for text in ["2024-09-07T18:08.5", "2024-09-07T18:08:30.", "2024-09-07T18:08:30.1234567890"]
        {
            refuses(text, TimeFault::Unreadable);
        }
    }

    /// Checks the length of a day by its first and last second.
    #[track_caller]
    fn lasts(day: &str, zone: &str, hours: i64) {
        let day = Moment::parse(day, Zone::parse(zone)).unwrap();
        let (first, last) = day.seconds();
        let found = (last + 1 - first, day.day().to_string());
        assert_eq!(found, (hours * 3600, day.written()), "{zone}");
    }

    #[test]
    fn a_day_is_as_long_as_its_clocks_make_it() {
        lasts("2024-09-07", "Asia/Seoul", 24);
        lasts("2024-03-10", "America/New_York", 23);
        lasts("2024-11-03", "America/New_York", 25);
        // Midnight is skipped, and shown twice.
        lasts("2018-11-04", "America/Sao_Paulo", 23);
        lasts("2018-02-17", "America/Sao_Paulo", 25);
    }

    #[test]
    fn a_day_may_be_before_another_moment() {
        let at = |text: &str| Moment::parse(text, seoul()).unwrap();
        let hour = |text: &str| at(text).by_the_hour();
        for (a, b, expected) in [
            (at("2024-09-06"), at("2024-09-07T00:00"), Before::Certainly),
            (at("2024-09-07"), at("2024-09-07T23:00"), Before::Possibly),
            (at("2024-09-07T01:00"), at("2024-09-06T23:00Z"), Before::Certainly),
            (at("2024-09-08"), at("2024-09-07T16:00Z"), Before::Possibly),
            (at("2024-09-08"), at("2024-09-07"), Before::No),
            (hour("2024-09-07T18:30"), at("2024-09-07T18:10"), Before::Possibly),
            (hour("2024-09-07T18:30"), at("2024-09-07T19:00"), Before::Certainly),
            (at("2024-09-07T18:08"), at("2024-09-07T18:08:30"), Before::Possibly),
            (at("2024-09-07T18:08"), at("2024-09-07T18:09"), Before::Certainly),
        ] {
            assert_eq!(a.before(&b), expected, "{a:?} {b:?}");
        }
    }

    #[test]
    fn an_approximate_moment_contradicts_little() {
        let at = |text: &str| Moment::parse(text, seoul()).unwrap();
        let about = |text: &str| at(text).with_about(true);
        for (later, earlier, contradicts) in [
            (at("2024-09-07T18:07"), at("2024-09-07T18:08"), true),
            (at("2024-09-07T18:08"), at("2024-09-07T18:08:59"), false),
            (about("2024-09-07T17:30"), at("2024-09-07T18:08"), false),
            (about("2024-09-07T17:07"), at("2024-09-07T18:08"), true),
            (about("2024-09-07T17:00"), about("2024-09-07T18:08"), false),
            (at("2024-09-07"), at("2024-09-07T18:08"), false),
            (about("2024-09-06"), at("2024-09-08T18:08"), false),
        ] {
            assert_eq!(
                later.contradicts_being_after(&earlier),
                contradicts,
                "{later:?} {earlier:?}"
            );
        }
    }

    #[test]
    fn hours_give_a_range() {
        let at = |text: &str| Moment::parse(&format!("2024-09-07T{text}"), seoul()).unwrap();
        let told = |elapsed: Elapsed| (elapsed.seconds / 60, elapsed.most() / 60);
        assert_eq!(told(at("20:30").by_the_hour().since(&at("18:08"))), (112, 172));
        assert_eq!(told(at("18:08").since(&at("16:30").by_the_hour())), (68, 128));
        assert_eq!(told(at("20:00").by_the_hour().since(&at("18:00").by_the_hour())), (60, 180));
        assert!(at("20:30").with_about(true).since(&at("18:08")).about);
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
