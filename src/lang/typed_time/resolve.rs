//! Resolves a typed time to a moment: all candidates are listed, and those that fit the context are kept.

use std::collections::BTreeSet;

use crate::fault::TypedTimeFault;
use crate::model::{Day, Moment, Precision, TimeFault, Zone};

use super::amount::Amount;
use super::clock::{Sense, TypedClock};
use super::day::TypedDay;
use super::frame::{Aim, CountedFrom, Frame, Span, Typed};
use super::parse::{From, OnClock, TypedTime, What};
use super::zone::{Meanings, TypedZone, meanings_of};

/// A clock time at most this far ahead of now, in seconds, is still today's: clocks differ.
const AHEAD: i64 = 5 * 60;
/// How long before its first moment, in seconds, a record in progress may have begun.
const BACK: i64 = 12 * HOUR;
/// How near to a closed record, in seconds, something still belongs to it.
const NEAR: i64 = 6 * HOUR;
/// The longest time past midnight, in seconds, that is accepted; a longer one needs its day.
const NIGHT: i64 = 12 * HOUR;
/// How long ago, in seconds, somebody may have read it off the machine's clock.
const JUST_READ: i64 = 15 * 60;
/// The most days of a record that are searched.
const DAYS: i64 = 400;
const HOUR: i64 = 3600;
const DAY: i64 = 86_400;

/// Returns the moment meant by `text`.
///
/// # Errors
/// There is none, or none fits, or several do.
pub(super) fn place(said: &TypedTime, text: &str, frame: &Frame) -> Result<Typed, TypedTimeFault> {
    let written = |fault: fn(String) -> TimeFault| TypedTimeFault::Written(fault(text.to_owned()));
    match said.sense() {
        Sense::Sound => {}
        Sense::Impossible => return Err(written(TimeFault::Impossible)),
        Sense::Unclear => return Err(TypedTimeFault::Unclear { text: text.to_owned() }),
    }
    let plain = |moment: Moment| Typed {
        moment: moment.with_about(said.about),
        day_inferred: false,
        half_unsaid: false,
        half_said: false,
        counted_from: None,
    };
    let counted = |(moment, from)| Typed { counted_from: Some(from), ..plain(moment) };
    match &said.what {
        What::Now => Ok(plain(frame.now.seen_in(frame.zone))),
        What::Unix(seconds) => {
            let at = Moment::from_unix(*seconds).ok_or_else(|| written(TimeFault::Impossible))?;
            Ok(plain(at.seen_in(frame.zone)))
        }
        What::Distance { amount, from } => {
            let origin = origin(frame, *amount, *from);
            // `5m ago` says that it is relative to now; `in 5m` could be relative to what is moved.
            let may_be_moved = matches!(frame.aim, Aim::Moved(_)) && amount.seconds > 0;
            let is_now = *from == From::Words && matches!(origin, CountedFrom::Now(_));
            let is_said = is_now && !may_be_moved;
            let (at, origin) = distance(*amount, origin, text, frame.zone)?;
            Ok(if is_said { plain(at) } else { counted((at, origin)) })
        }
        What::Amount(amount) => match frame.aim {
            Aim::End { start, .. } => {
                distance(*amount, CountedFrom::Start(start), text, frame.zone).map(counted)
            }
            _ => Err(TypedTimeFault::NoDirection { text: text.to_owned() }),
        },
        What::FromZero(amount) => match frame.zero {
            Some(zero) => distance(*amount, CountedFrom::Zero(zero), text, frame.zone).map(counted),
            None => Err(TypedTimeFault::NoZero { text: text.to_owned() }),
        },
        What::Day { day: None, .. } => Err(written(TimeFault::Impossible)),
        What::Day { day: Some(day), weekday } => {
            confirmed(*day, *weekday, text)?;
            Ok(plain(Moment::of_day(*day, Some(frame.zone))))
        }
        What::Clock(clock) => {
            let half_said = clock.clock.half;
            let half_unsaid = clock.clock.in_words && clock.clock.time.0 < 12 && !half_said;
            let day_inferred = clock.day.is_none();
            let moment = in_either_half(clock, text, frame)?;
            Ok(Typed { day_inferred, half_unsaid, half_said, ..plain(moment) })
        }
    }
}

/// Returns the moment of a clock time; for an end whose start was given on the 12-hour clock, in the next half: `오후 6시
/// ~ 7시`.
fn in_either_half(clock: &OnClock, text: &str, frame: &Frame) -> Result<Moment, TypedTimeFault> {
    let said = Wanted { clock, text, frame }.moment();
    let (hour, minute, second) = clock.clock.time;
    let Aim::End { start, on_twelve: true } = frame.aim else { return said };
    if clock.clock.half || clock.day.is_some() || hour > 12 {
        return said;
    }
    let time = (hour + 12, minute, second);
    let other = OnClock { clock: TypedClock { time, ..clock.clock }, ..clock.clone() };
    let other = Wanted { clock: &other, text, frame }.moment();
    let later = |at: &&Moment| at.unix() > start.unix();
    let mut both = [&said, &other].into_iter().filter_map(|at| at.as_ref().ok()).filter(later);
    let first =
        both.next().map(|first| both.next().filter(|at| at.unix() < first.unix()).unwrap_or(first));
    first.copied().map_or(said.clone(), Ok)
}

/// Returns what a duration is relative to: the start of what ends, for a sign the old time of what moves, else now.
fn origin(frame: &Frame, amount: Amount, from: From) -> CountedFrom {
    match frame.aim {
        Aim::End { start, .. } if amount.seconds > 0 => CountedFrom::Start(start),
        Aim::Moved(at) if from == From::Sign => CountedFrom::Before(at),
        _ => CountedFrom::Now(frame.now),
    }
}

/// Returns the moment at a distance from another one, at the precision of the distance; whole days from now are days,
/// but keep the time of day of another moment.
fn distance(
    amount: Amount,
    from: CountedFrom,
    text: &str,
    zone: Zone,
) -> Result<(Moment, CountedFrom), TypedTimeFault> {
    let impossible = || TypedTimeFault::Written(TimeFault::Impossible(text.to_owned()));
    let (CountedFrom::Now(base)
    | CountedFrom::Start(base)
    | CountedFrom::Before(base)
    | CountedFrom::Zero(base)) = from;
    let is_days = amount.finest == Precision::Day && amount.seconds != 0;
    let by_day = is_days && matches!(from, CountedFrom::Now(_));
    if by_day || base.precision() == Precision::Day {
        let day = base.clock(Some(zone)).day.plus(amount.seconds / DAY);
        let at = Moment::of_day(day, Some(zone));
        return if is_days { Ok((at, from)) } else { Err(impossible()) };
    }
    if is_days {
        let at = base.wall_plus(amount.seconds, Some(zone)).map_err(TypedTimeFault::Written)?;
        return Ok((at, from));
    }
    let at = base.unix().checked_add(amount.seconds).and_then(Moment::from_unix);
    let finest = match from {
        CountedFrom::Now(_) => amount.finest,
        _ => amount.finest.max(base.precision()),
    };
    let at = at.ok_or_else(impossible)?.seen_in(zone).at_most(finest);
    Ok((at, from))
}

/// Refuses a day that does not match the given weekday.
fn confirmed(day: Day, weekday: Option<usize>, text: &str) -> Result<(), TypedTimeFault> {
    match weekday {
        Some(weekday) if day.weekday() != weekday => {
            Err(TypedTimeFault::OtherWeekday { text: text.to_owned(), day })
        }
        _ => Ok(()),
    }
}

/// A clock time to be resolved.
struct Wanted<'w> {
    clock: &'w OnClock,
    text: &'w str,
    frame: &'w Frame,
}

/// The moments of a clock time on a day, and why there is not exactly one.
struct OnDay {
    day: Day,
    moments: Vec<Moment>,
    fault: Option<TypedTimeFault>,
}

impl Wanted<'_> {
    fn moment(&self) -> Result<Moment, TypedTimeFault> {
        let (clock, frame) = (self.clock, self.frame);
        match &clock.zone {
            TypedZone::NoOffset => {
                return Err(TypedTimeFault::NoOffset { text: self.text.to_owned() });
            }
            TypedZone::NoZone(name) => {
                let (text, near) = (self.text.to_owned(), Zone::near(name));
                return Err(TypedTimeFault::NoZone { text, name: name.clone(), near });
            }
            _ => {}
        }
        let is_end = matches!(frame.aim, Aim::End { .. });
        if clock.clock.time.0 == 24 && !is_end {
            return Err(TypedTimeFault::OnlyAnEnd { text: self.text.to_owned() });
        }
        let today = self.day_of(frame.now.unix());
        match clock.day {
            Some(TypedDay::Of(day)) => self.on_typed(day),
            Some(TypedDay::FromToday(days)) => self.on_typed(today.plus(days)),
            Some(TypedDay::OfSomeYear(month, day)) => self.in_some_year(month, day, today),
            Some(TypedDay::Nowhere) => Err(self.impossible()),
            None if clock.weekday.is_some() => self.on_weekday(),
            None => self.on_some_day(),
        }
        .map_err(|fault| self.as_offset(fault))
    }

    /// Returns the fault, with the moment that a possible window would be if read as an offset.
    fn as_offset(&self, fault: TypedTimeFault) -> TypedTimeFault {
        let TypedZone::OffsetOrEnd(Some(minutes), _) = self.clock.zone else { return fault };
        let TypedTimeFault::Window { text, start, end, .. } = fault else { return fault };
        let clock = OnClock { zone: TypedZone::Offset(minutes), ..self.clock.clone() };
        let instant = Wanted { clock: &clock, ..*self }.moment().ok();
        TypedTimeFault::Window { text, start, end, instant }
    }

    fn impossible(&self) -> TypedTimeFault {
        TypedTimeFault::Written(TimeFault::Impossible(self.text.to_owned()))
    }

    /// Returns the fault that no moment fits; with those on the days of the record and around now.
    fn none_fits(&self) -> TypedTimeFault {
        let now = self.frame.now.unix();
        let days = self.days().into_iter().filter(|_| self.clock.day.is_none());
        let every = sorted(days.flat_map(|day| self.on(day).moments).collect());
        let is_near = |at: &&Moment| {
            let at = at.unix();
            self.frame.span.is_some_and(|span| (span.first - DAY..=span.last + DAY).contains(&at))
        };
        let (past, ahead): (Vec<Moment>, Vec<Moment>) =
            every.into_iter().partition(|at| at.unix() <= now);
        let is_over = self.frame.span.is_some() && !self.frame.is_under_way();
        let next = ahead.first().filter(|_| !is_over);
        let near = past.iter().filter(is_near).chain(past.last()).chain(next).copied().collect();
        // What is nearest to the record is most likely.
        let off = |at: &Moment| {
            let off = |span: Span| (span.first - at.unix()).max(at.unix() - span.last).max(0);
            self.frame.span.map_or(0, off)
        };
        let mut near = sorted(near);
        near.sort_by_key(off);
        TypedTimeFault::NoDayFits { text: self.text.to_owned(), near }
    }

    fn several(&self, moments: &[Moment]) -> TypedTimeFault {
        TypedTimeFault::Several { text: self.text.to_owned(), moments: moments.to_vec() }
    }

    /// Returns the only one of some moments.
    fn only(&self, moments: &[Moment]) -> Result<Moment, TypedTimeFault> {
        match moments {
            [] => Err(self.none_fits()),
            [only] => Ok(*only),
            several => Err(self.several(several)),
        }
    }

    /// Returns the zone of the clock, or its minutes east of UTC.
    fn walls(&self) -> Result<Zone, i64> {
        match &self.clock.zone {
            TypedZone::Offset(minutes) | TypedZone::OffsetOrEnd(Some(minutes), _) => {
                Err(i64::from(*minutes))
            }
            TypedZone::Named(zone, _) => Ok(*zone),
            _ => Ok(self.frame.zone),
        }
    }

    /// Returns the day on the typed clock.
    fn day_of(&self, unix: i64) -> Day {
        let at = |unix| Moment::from_unix(unix).unwrap_or(self.frame.now);
        match self.walls() {
            Ok(zone) => at(unix).clock(Some(zone)).day,
            Err(minutes) => at(unix + minutes * 60).day(),
        }
    }

    /// Returns the clock time on a day as a record would write it, without a zone.
    fn as_written(&self, day: Day) -> String {
        let (hour, minute, second) = self.clock.clock.time;
        let day = if hour == 24 { day.plus(1) } else { day };
        let mut written = format!("{day}T{:02}:{minute:02}", hour % 24);
        if self.clock.clock.precision > Precision::Minute {
            written.push_str(&format!(":{second:02}"));
        }
        if let Some((parts, digits)) = self.clock.clock.parts {
            written.push_str(&format!(".{parts:0digits$}"));
        }
        written
    }

    /// Returns all moments of the clock time on a day.
    fn on(&self, day: Day) -> OnDay {
        let written = self.as_written(day);
        let own = Some(self.frame.zone);
        let with = |offset: &str| Moment::parse(&format!("{written}{offset}"), own).ok();
        let (moments, fault) = match self.walls() {
            Err(minutes) => {
                let at = with(&offset(minutes as i32));
                (at.into_iter().collect(), at.is_none().then(|| self.impossible()))
            }
            Ok(zone) => match Moment::parse(&written, Some(zone)) {
                // Its day is counted in the record's zone.
                Ok(at) => (vec![Moment::parse(&at.written(), own).unwrap_or(at)], None),
                Err(TimeFault::Fold { first, second, .. }) => {
                    let both = [with(&first), with(&second)].into_iter().flatten().collect();
                    let text = self.text.to_owned();
                    let fault = TimeFault::Fold { text, zone, first, second };
                    (both, Some(TypedTimeFault::Written(fault)))
                }
                Err(TimeFault::Gap { shown, .. }) => {
                    let fault = TimeFault::Gap { text: self.text.to_owned(), zone, shown };
                    (Vec::new(), Some(TypedTimeFault::Written(fault)))
                }
                Err(_) => (Vec::new(), Some(self.impossible())),
            },
        };
        self.told(OnDay { day, moments, fault })
    }

    /// Keeps the moments of a day that agree with the given zone.
    fn told(&self, found: OnDay) -> OnDay {
        match &self.clock.zone {
            TypedZone::Letters(letters) => self.with_letters(found, letters),
            TypedZone::Named(zone, Some(minutes)) => {
                let offset_of = |at: &Moment| at.clock(Some(*zone)).offset_minutes;
                let told: Vec<Moment> =
                    found.moments.iter().copied().filter(|at| offset_of(at) == *minutes).collect();
                let fault = found.moments.first().map(|at| TypedTimeFault::OtherOffset {
                    text: self.text.to_owned(),
                    offset: offset(offset_of(at)),
                });
                let fault = if told.is_empty() { fault.or(found.fault) } else { None };
                OnDay { moments: told, fault, ..found }
            }
            TypedZone::OffsetOrEnd(minutes, end) => self.no_window(found, *minutes, *end),
            _ => found,
        }
    }

    /// Keeps the moments at which the record's zone has that abbreviation.
    fn with_letters(&self, found: OnDay, letters: &str) -> OnDay {
        let called = |at: &Moment| at.clock(Some(self.frame.zone)).zone;
        let own = found.moments.first().map(called).unwrap_or_default();
        let told: Vec<Moment> = found
            .moments
            .iter()
            .copied()
            .filter(|at| called(at).eq_ignore_ascii_case(letters))
            .collect();
        let fault = match meanings_of(letters) {
            _ if found.moments.is_empty() => found.fault,
            _ if !told.is_empty() => None,
            Some(meant) => Some(TypedTimeFault::Letters {
                text: self.text.to_owned(),
                letters: letters.to_uppercase(),
                zone: self.frame.zone,
                own,
                meant: meanings(letters, meant, found.moments.first()),
            }),
            None => Some(TypedTimeFault::Written(TimeFault::Unreadable(self.text.to_owned()))),
        };
        OnDay { moments: told, fault, ..found }
    }

    /// Keeps the moments of a clock time and a possible offset, if it cannot be a window: it would run backwards, or
    /// the clocks show the time twice and this is one of the offsets.
    fn no_window(&self, found: OnDay, minutes: Option<i32>, end: (u32, u32)) -> OnDay {
        let (hour, minute, _) = self.clock.clock.time;
        let runs_backwards = end <= (hour, minute);
        let bare = OnClock { zone: TypedZone::Unsaid, ..self.clock.clone() };
        let local = Wanted { clock: &bare, ..*self }.on(found.day).moments;
        let is_of_fold = local.len() == 2
            && found.moments.iter().any(|at| local.iter().any(|it| it.unix() == at.unix()));
        if minutes.is_some() && (runs_backwards || is_of_fold) {
            return found;
        }
        let clock = |(hour, minute): (u32, u32)| format!("{hour:02}:{minute:02}");
        let fault = TypedTimeFault::Window {
            text: self.text.to_owned(),
            start: clock((hour, minute)),
            end: clock(end),
            instant: None,
        };
        OnDay { moments: Vec::new(), fault: Some(fault), ..found }
    }

    /// Resolves it on a given day.
    fn on_typed(&self, day: Day) -> Result<Moment, TypedTimeFault> {
        confirmed(day, self.clock.weekday, self.text)?;
        let found = self.on(day);
        let chosen = match (found.moments.as_slice(), found.fault) {
            ([only], _) => Ok(*only),
            (_, Some(fault)) => Err(fault),
            (moments, None) => self.only(moments),
        };
        self.sure_of_clocks(day, chosen)
    }

    /// Returns what was chosen on a day, if nothing says that the machine's clock was read.
    fn sure_of_clocks(
        &self,
        day: Day,
        chosen: Result<Moment, TypedTimeFault>,
    ) -> Result<Moment, TypedTimeFault> {
        let there = self.ahead_but_for_the_machine(day, chosen.as_ref().ok());
        self.unless_read_there(there, chosen)
    }

    /// Returns what was chosen, unless the machine's clock may have been read, which showed that moment.
    fn unless_read_there(
        &self,
        there: Option<Moment>,
        chosen: Result<Moment, TypedTimeFault>,
    ) -> Result<Moment, TypedTimeFault> {
        match there {
            Some(there) => {
                let (text, here) = (self.text.to_owned(), chosen.ok());
                Err(TypedTimeFault::OtherClocks { text, here, there })
            }
            None => chosen,
        }
    }

    /// Returns the moment that the machine's clock showed on that day, if it is past and the same clock time in the record's
    /// zone is still ahead: a line of a log was copied.
    fn ahead_but_for_the_machine(&self, day: Day, chosen: Option<&Moment>) -> Option<Moment> {
        let Frame { now, machine, aim, .. } = self.frame;
        let bare = self.clock.zone == TypedZone::Unsaid && *aim == Aim::Happened;
        let ahead = chosen.is_some_and(|at| at.unix() > now.unix() + 60);
        let zone = machine.filter(|_| bare && ahead)?;
        let there = Moment::parse(&self.as_written(day), Some(zone)).ok()?;
        (there.unix() <= now.unix() + 60).then_some(there)
    }

    /// Resolves it on a day of a month: in the year nearest to the record, if the next one is twice as far; in a record
    /// without moments on the latest such day, or for a plan on the next.
    fn in_some_year(&self, month: u32, day: u32, today: Day) -> Result<Moment, TypedTimeFault> {
        let span = self.frame.span;
        let about = span.map_or(today, |span| self.day_of(span.first));
        let years = (about.year() - 8)..=(about.year() + 8);
        let days: Vec<Day> = years.filter_map(|year| Day::new(year, month, day)).collect();
        let is_weekday =
            |day: &Day| self.clock.weekday.is_none_or(|weekday| day.weekday() == weekday);
        let near = |day: &Day| self.clock.weekday.is_none() || day.days_since(&about).abs() < 200;
        if !days.iter().any(|day| is_weekday(day) && near(day)) {
            let nearest = days.iter().min_by_key(|day| day.days_since(&about).abs());
            let day = *nearest.ok_or_else(|| self.impossible())?;
            return Err(TypedTimeFault::OtherWeekday { text: self.text.to_owned(), day });
        }
        let found: Vec<OnDay> = days
            .into_iter()
            .filter(|day| is_weekday(day) && near(day))
            .map(|day| self.on(day))
            .collect();
        let chosen = match span {
            Some(span) => self.nearest_to(span, &found)?,
            None => self.next_to_now(&found)?,
        };
        let read = self.unbroken(&found, chosen);
        // Without moments of the record, this year's day is passed over while it is ahead.
        let passed_over =
            || found.iter().find(|on| span.is_none() && on.day.year() == today.year());
        let there =
            passed_over().and_then(|on| self.ahead_but_for_the_machine(on.day, on.moments.first()));
        match there {
            Some(_) => self.unless_read_there(there, read),
            None => self.sure_of_clocks(chosen, read),
        }
    }

    /// Returns the day nearest to the record, if the next one is twice as far.
    fn nearest_to(&self, span: Span, found: &[OnDay]) -> Result<Day, TypedTimeFault> {
        let off = |at: i64| (span.first - at).max(at - span.last).max(0);
        let mut ranked: Vec<(i64, &OnDay)> = found
            .iter()
            .map(|on| {
                let at = on.moments.first().map(Moment::unix);
                let start = || Moment::of_day(on.day, Some(self.frame.zone)).unix();
                (off(at.unwrap_or_else(start)), on)
            })
            .collect();
        ranked.sort_by_key(|(off, _)| *off);
        match ranked.as_slice() {
            [] => Err(self.none_fits()),
            [(near, _), (next, _), ..] if *next < 2 * (*near).max(1) => {
                let two = ranked.iter().take(2).flat_map(|(_, on)| on.moments.iter().copied());
                Err(self.several(&two.collect::<Vec<_>>()))
            }
            [(_, on), ..] => Ok(on.day),
        }
    }

    /// Returns the latest day not ahead of now; for a plan, the next one.
    fn next_to_now(&self, found: &[OnDay]) -> Result<Day, TypedTimeFault> {
        let now = self.frame.now.unix();
        let at = |on: &&OnDay| {
            on.moments
                .first()
                .map_or_else(|| Moment::of_day(on.day, Some(self.frame.zone)).unix(), Moment::unix)
        };
        let chosen = match self.frame.aim {
            Aim::Planned => found.iter().find(|on| at(on) > now - 60),
            _ => found.iter().rev().find(|on| at(on) <= now + AHEAD),
        };
        chosen.map(|on| on.day).ok_or_else(|| self.none_fits())
    }

    /// Returns the moment on a chosen day, or why there is not exactly one.
    fn unbroken(&self, found: &[OnDay], day: Day) -> Result<Moment, TypedTimeFault> {
        let on = found.iter().find(|on| on.day == day);
        let on = on.ok_or_else(|| self.none_fits())?;
        match (on.moments.as_slice(), &on.fault) {
            ([only], _) => Ok(*only),
            (_, Some(fault)) => Err(fault.clone()),
            (moments, None) => self.only(moments),
        }
    }

    /// Resolves it on a weekday that occurs only once in the record.
    fn on_weekday(&self) -> Result<Moment, TypedTimeFault> {
        let Some(span) = self.frame.span else {
            return Err(TypedTimeFault::WhichWeek { text: self.text.to_owned() });
        };
        let (first, last) = (self.day_of(span.first), self.day_of(span.last));
        let length = last.days_since(&first).min(DAYS);
        let days = (0..=length).map(|days| first.plus(days));
        let days: Vec<Day> = days.filter(|day| Some(day.weekday()) == self.clock.weekday).collect();
        match days.as_slice() {
            [] => Err(TypedTimeFault::WhichWeek { text: self.text.to_owned() }),
            [only] => self.on_typed(*only),
            several => {
                let moments: Vec<Moment> =
                    several.iter().flat_map(|day| self.on(*day).moments).collect();
                Err(self.several(&moments))
            }
        }
    }

    /// Resolves a clock time without a day.
    fn on_some_day(&self) -> Result<Moment, TypedTimeFault> {
        let found: Vec<OnDay> = self.days().into_iter().map(|day| self.on(day)).collect();
        let mut every: Vec<Moment> = found.iter().flat_map(|on| on.moments.clone()).collect();
        every.sort_by_key(Moment::unix);
        if every.is_empty()
            && let Some(fault) = found.iter().find_map(|on| on.fault.clone())
        {
            return Err(fault);
        }
        let chosen = match self.frame.aim {
            Aim::End { start, .. } => self.end(&every, start),
            Aim::Moved(from) => self.nearest(&every, from),
            Aim::Planned => self.planned(&every),
            Aim::Happened => self.happened(&every),
        };
        let chosen = chosen.and_then(|at| self.sure(at, &found));
        let there = self.on_the_machine(&chosen);
        self.unless_read_there(there, chosen)
    }

    /// Returns the days that a clock time alone may be on: those of the record, and those around now.
    fn days(&self) -> BTreeSet<Day> {
        let Frame { now, span, aim, .. } = self.frame;
        let own = match aim {
            Aim::End { start: at, .. } | Aim::Moved(at) => Some(at.unix()),
            Aim::Happened | Aim::Planned => None,
        };
        let ends = span.iter().flat_map(|span| [span.first, span.last]);
        let stated = self.frame.day.filter(|_| span.is_some());
        let stated = stated.map(|day| Moment::of_day(day, Some(self.frame.zone)).unix());
        let near = ends.chain([now.unix()]).chain(own).chain(stated);
        let mut days: BTreeSet<Day> = near
            .map(|at| self.day_of(at))
            .flat_map(|day| [day.plus(-1), day, day.plus(1)])
            .collect();
        if let Some(span) = span {
            let (first, last) = (self.day_of(span.first), self.day_of(span.last));
            days.extend((0..last.days_since(&first).min(DAYS)).map(|days| first.plus(days)));
        }
        days
    }

    /// Returns the end of something begun: the next such time, past midnight only if that is not long.
    fn end(&self, every: &[Moment], start: Moment) -> Result<Moment, TypedTimeFault> {
        let begun = start.clock(Some(self.frame.zone)).day;
        let is_same_day = |at: &Moment| at.clock(Some(self.frame.zone)).day == begun;
        let later = |at: &&Moment| at.unix() > start.unix();
        let next = every.iter().find(later).copied();
        match next {
            Some(at) if is_same_day(&at) || at.unix() - start.unix() <= NIGHT => Ok(at),
            // The moment on the day of its start, for the caller to refuse.
            _ => {
                let mut same = every.iter().filter(|at| is_same_day(at));
                same.next_back().or(next.as_ref()).copied().ok_or_else(|| self.none_fits())
            }
        }
    }

    /// Returns the moment nearest to the previous time.
    fn nearest(&self, every: &[Moment], from: Moment) -> Result<Moment, TypedTimeFault> {
        if from.precision() == Precision::Day {
            return self.on_typed(from.day());
        }
        let off = |at: &Moment| (at.unix() - from.unix()).abs();
        let nearest = every.iter().map(off).min().ok_or_else(|| self.none_fits())?;
        let as_near: Vec<Moment> = every.iter().filter(|at| off(at) == nearest).copied().collect();
        self.only(&as_near)
    }

    fn planned(&self, every: &[Moment]) -> Result<Moment, TypedTimeFault> {
        let Some(span) = self.frame.span else {
            let next = every.iter().find(|at| at.unix() > self.frame.now.unix() - 60);
            return next.copied().ok_or_else(|| self.none_fits());
        };
        let within = |slack: i64| {
            let fits =
                move |at: &&Moment| (span.first - slack..=span.last + slack).contains(&at.unix());
            every.iter().filter(fits).copied().collect::<Vec<Moment>>()
        };
        let mut inside = within(0);
        if span.is_bare_day {
            // A calendar day is also one in the typed zone.
            let day = Moment::from_unix(span.first).map(|at| at.clock(Some(self.frame.zone)).day);
            inside.extend(every.iter().filter(|at| Some(self.day_of(at.unix())) == day));
        }
        let (first, last) = (self.day_of(span.first), self.day_of(span.last));
        if span.last - span.first >= DAY {
            // A step may come before the first one, and after the last one.
            let is_on_them = |at: &&Moment| (first..=last).contains(&self.day_of(at.unix()));
            inside.extend(every.iter().filter(is_on_them));
        }
        if !inside.is_empty() && self.own_day_beside(span).is_none() {
            return self.only(&sorted(inside));
        }
        if inside.is_empty() {
            inside = within(NEAR);
            let of_only_day = |at: &&Moment| first == last && self.day_of(at.unix()) == first;
            inside.extend(every.iter().filter(of_only_day));
        }
        let mut close = sorted(inside);
        if let Some(day) = self.frame.day
            && close.iter().all(|at| self.day_of(at.unix()) != day)
            && !close.is_empty()
        {
            // What lies near the other moments of the record may still be meant for its own day.
            close.extend(every.iter().filter(|at| self.day_of(at.unix()) == day));
            close = sorted(close);
        }
        // Nobody plans what is over while the record is under way.
        let ahead = |at: &&Moment| at.unix() > self.frame.now.unix() - 60;
        match close.iter().filter(ahead).collect::<Vec<_>>().as_slice() {
            [only] if self.frame.is_under_way() => Ok(**only),
            _ => self.only(&close),
        }
    }

    /// Returns the day that the record states, if no moment of the record is on it or around it.
    fn own_day_beside(&self, span: Span) -> Option<Day> {
        let (first, last) = (self.day_of(span.first), self.day_of(span.last));
        self.frame.day.filter(|day| *day < first || last < *day)
    }

    fn happened(&self, every: &[Moment]) -> Result<Moment, TypedTimeFault> {
        let now = self.frame.now.unix();
        let past: Vec<Moment> =
            every.iter().filter(|at| at.unix() <= now + AHEAD).copied().collect();
        let latest = |least: i64| {
            let at = past.iter().rfind(|at| at.unix() >= least);
            at.copied().ok_or_else(|| self.none_fits())
        };
        let Some(span) = self.frame.span else { return latest(i64::MIN) };
        if self.frame.is_under_way() {
            return latest(span.first - if span.is_bare_day { 0 } else { BACK });
        }
        let within = |slack: i64| {
            let fits =
                move |at: &&Moment| (span.first - slack..=span.last + slack).contains(&at.unix());
            past.iter().filter(fits).copied().collect::<Vec<Moment>>()
        };
        let own = self.own_day_beside(span);
        let is_on_own_day = |at: &Moment| Some(self.day_of(at.unix())) == own;
        // What came after the end is told, too, and an outage may go on after some silence.
        let is_alive = self.frame.is_of_these_days(span) || self.frame.may_go_on(span);
        let is_recent = |at: &Moment| at.unix() > now - BACK && is_alive;
        let beside: Vec<Moment> = past.iter().filter(|at| is_on_own_day(at)).copied().collect();
        let recent = past.last().filter(|at| is_recent(at)).copied();
        let inside = within(0);
        let close = if inside.is_empty() { within(NEAR) } else { inside };
        self.only(&sorted([close, beside, recent.into_iter().collect()].concat()))
    }

    /// Returns a chosen moment, unless its clock time was shown twice that day, or was skipped on the next.
    fn sure(&self, at: Moment, found: &[OnDay]) -> Result<Moment, TypedTimeFault> {
        let day = self.day_of(at.unix());
        let next = day.plus(1);
        let is_skipped = |on: &OnDay| {
            on.day == next
                && matches!(&on.fault, Some(TypedTimeFault::Written(TimeFault::Gap { .. })))
        };
        let doubted = found.iter().find(|on| {
            (on.day == day && on.moments.len() > 1) || (is_skipped(on) && self.could_be(next))
        });
        match doubted.and_then(|on| on.fault.clone()) {
            Some(fault) => Err(fault),
            None => Ok(at),
        }
    }

    /// Whether the day after a chosen one could have been meant, if its clocks had not skipped the time.
    fn could_be(&self, day: Day) -> bool {
        let begins = Moment::of_day(day, Some(self.frame.zone)).unix();
        match self.frame.aim {
            Aim::Happened => begins <= self.frame.now.unix(),
            _ => false,
        }
    }

    /// Returns the past moment that the machine's clock showed, if the same clock time in the record's zone is another one:
    /// minutes ago, or since the record began if in the record's zone it fits no day, or one before that; or hours ago, if both are behind the
    /// end of the record. An end may have been read there if it would be ahead of now, and so may the new time of what happened if that is nearer
    /// to the one before.
    fn on_the_machine(&self, chosen: &Result<Moment, TypedTimeFault>) -> Option<Moment> {
        let Frame { now, machine, aim, .. } = self.frame;
        let chosen_at = chosen.as_ref().ok();
        let (since, may_be) = match aim {
            Aim::Happened => (i64::MIN, true),
            Aim::End { start, .. } => {
                (start.unix(), chosen_at.is_some_and(|at| at.unix() > now.unix() + AHEAD))
            }
            Aim::Moved(from) => (i64::MIN, from.unix() <= now.unix()),
            Aim::Planned => return None,
        };
        let bare = self.clock.zone == TypedZone::Unsaid && may_be;
        let of_today = self.frame.span.is_none_or(|span| self.frame.is_of_these_days(span));
        let zone = machine.filter(|_| bare && of_today)?;
        let begun = self.frame.span.filter(|span| match chosen {
            Ok(at) => at.unix() < span.first,
            Err(fault) => matches!(fault, TypedTimeFault::NoDayFits { .. }),
        });
        let ended = self.ended_before(chosen_at);
        let since = ended.map_or(since, |(_, at)| at.unix());
        let ago = begun.map(|span| now.unix() - span.first);
        let ago = ago.or(ended.map(|(ended, _)| (now.unix() - ended).min(BACK)));
        let back = ago.map_or(JUST_READ, |ago| JUST_READ.max(ago));
        let today = now.clock(Some(zone)).day;
        let at = |day: Day| Moment::parse(&self.as_written(day), Some(zone)).ok();
        let mut near = [today, today.plus(-1)].into_iter().filter_map(at);
        let is_near = |at: &Moment| (-AHEAD..=back).contains(&(now.unix() - at.unix()));
        let there = near.find(|at| is_near(at) && at.unix() > since)?;
        // What is moved a little was read off the same clock as before.
        let is_nearer = |at: &Moment| match aim {
            Aim::Moved(from) => {
                let far = |it: &Moment| (it.unix() - from.unix()).abs();
                far(&there) < far(at)
            }
            _ => at.unix() != there.unix(),
        };
        chosen_at.is_none_or(is_nearer).then_some(there)
    }

    /// Returns when the record ended, if that was before what was chosen, with the latter.
    fn ended_before<'m>(&self, chosen: Option<&'m Moment>) -> Option<(i64, &'m Moment)> {
        let is_past = self.frame.aim == Aim::Happened;
        let ended = self.frame.span.filter(|span| is_past && span.has_ended)?.ended?;
        chosen.filter(|at| at.unix() > ended).map(|at| (ended, at))
    }
}

/// Formats `+09:00`.
/// Returns the meanings of an abbreviation at about a moment, each an offset with the zone that has it then; a zone that
/// has another one then is a meaning of its own.
fn meanings(letters: &str, meant: Meanings, at: Option<&Moment>) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for (typed, name) in meant {
        let zone = Zone::parse(name).zip(at);
        let then = zone.map(|(zone, at)| offset(at.clock(Some(zone)).offset_minutes));
        let then = then.filter(|then| then != typed);
        let of_letters = then.as_ref().map_or((*name).to_owned(), |_| letters.to_uppercase());
        all.push(((*typed).to_owned(), of_letters));
        all.extend(then.map(|then| (then, (*name).to_owned())));
    }
    all
}

fn offset(minutes: i32) -> String {
    let sign = if minutes < 0 { '-' } else { '+' };
    format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
}

/// Returns moments in order, without duplicates.
fn sorted(mut moments: Vec<Moment>) -> Vec<Moment> {
    moments.sort_by_key(Moment::unix);
    moments.dedup_by_key(|at| at.unix());
    moments
}
