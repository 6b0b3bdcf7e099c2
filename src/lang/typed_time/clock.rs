//! Clock times as they are typed.

use crate::lang::reading::{ClockWords, Half, TimeWords};
use crate::lang::{time_sets, time_words};
use crate::model::{
    Day, Moment, Precision, TimeFault, number, read_clock, read_offset, split_offset,
};

use super::frame::{Direction, Frame};

/// A clock time this little ahead of `now` is still today's: wall clocks differ.
const AHEAD_SECONDS: i64 = 5 * 60;

/// A time of day as typed.
pub(super) struct WallClock {
    pub(super) time: (u32, u32, u32),
    precision: Precision,
    offset: Option<chrono::FixedOffset>,
    /// Which part of the day was said.
    pub(super) half: Option<Half>,
}

impl WallClock {
    pub(super) fn read(text: &str) -> Option<WallClock> {
        let before = time_words(|times| times.clock_before);
        let rest = before.into_iter().find_map(|word| text.strip_prefix(word));
        let text = rest.unwrap_or(text).replace(" utc", "z");
        let (clock, offset) = match split_offset(&text) {
            (clock, Some(written)) => (clock, Some(read_offset(written)?)),
            (clock, None) => (clock, None),
        };
        let (half, clock) = split_half(clock.trim())?;
        let (time, precision) =
            said_clock(clock).or_else(|| read_clock(clock)).or_else(|| bare_hour(clock, half))?;
        let time = on_24_hours(time, half)?;
        (time.0 < 24 && time.1 < 60 && time.2 < 60).then_some(WallClock {
            time,
            precision,
            offset,
            half,
        })
    }

    /// `18:08-18:20`: an offset west of Greenwich that the zone at hand never has is the end of a window.
    pub(super) fn looks_like_a_window(&self, frame: &Frame) -> bool {
        const HALF_A_YEAR: i64 = 183 * 86_400;
        let Some(offset) = self.offset.map(|offset| offset.local_minus_utc() / 60) else {
            return false;
        };
        let seasons = [Some(frame.now), frame.now.plus_seconds(-HALF_A_YEAR)];
        let known = |at: Moment| at.clock(Some(frame.zone)).offset_minutes == offset;
        offset < 0 && !seasons.into_iter().flatten().any(known)
    }

    /// Whether it is written as a clock time, such as `25:00`, be there such a one or not.
    pub(super) fn is_shaped(text: &str) -> bool {
        let (clock, offset) = split_offset(text);
        let sound = offset.is_none_or(|written| read_offset(written).is_some());
        let Some((half, clock)) = split_half(clock.trim()) else { return false };
        let read = said_clock(clock).or_else(|| read_clock(clock));
        // There is such a time as `밤 12시`, only which one it is people do not agree on.
        let unclear = half.is_some_and(|half| half.hours.1 < 12);
        sound && read.is_some_and(|((hour, ..), _)| !(unclear && hour == 12))
    }

    pub(super) fn resolve(
        &self,
        day: Option<Day>,
        frame: &Frame,
        text: &str,
    ) -> Result<Moment, TimeFault> {
        if let Some(day) = day.or(frame.day) {
            return self.on(day, frame, text);
        }
        let today = match self.offset {
            Some(offset) => frame.now.day_at(offset),
            None => frame.now.clock(Some(frame.zone)).day,
        };
        let found = self.on(today, frame, text)?;
        let ahead = found.unix() - frame.now.unix();
        match frame.direction {
            Direction::Past if ahead > AHEAD_SECONDS => self.on(today.plus(-1), frame, text),
            Direction::Future if ahead < -59 => self.on(today.plus(1), frame, text),
            _ => Ok(found),
        }
    }

    fn on(&self, day: Day, frame: &Frame, text: &str) -> Result<Moment, TimeFault> {
        match self.offset {
            None => Moment::local(frame.zone, day, self.time, self.precision, text),
            Some(offset) => Moment::at_offset(day, self.time, self.precision, offset)
                .ok_or_else(|| TimeFault::Impossible(text.to_owned())),
        }
    }
}

/// 12-hour to 24-hour clock; hours that no such clock shows are refused.
fn on_24_hours(
    (hour, minute, second): (u32, u32, u32),
    half: Option<Half>,
) -> Option<(u32, u32, u32)> {
    let hour = match half {
        None => hour,
        Some(Half { hours: (first, last), after_noon }) if (first..=last).contains(&hour) => {
            hour % 12 + if after_noon { 12 } else { 0 }
        }
        Some(_) => return None,
    };
    Some((hour, minute, second))
}

fn split_half(text: &str) -> Option<(Option<Half>, &str)> {
    let before = |(word, half): &(&str, Half)| Some((*half, text.strip_prefix(word)?));
    let behind = |(word, half): &(&str, Half)| Some((*half, text.strip_suffix(word)?));
    let said = time_words(|times| times.halves_before).find_map(before);
    let said = said.or_else(|| time_words(|times| times.halves_behind).find_map(behind));
    match said {
        Some((half, rest)) => Some((Some(half), rest.trim())),
        None if noon().any(|noon| noon == text) => Some((None, "12:00")),
        None => (!text.is_empty()).then_some((None, text)),
    }
}

/// Whether a text says a time on the twelve-hour clock.
pub(super) fn says_half(text: &str) -> bool {
    let mut halves = time_sets().flat_map(half_words);
    halves.any(|word| text.contains(word)) || noon().any(|word| text.contains(word))
}

/// Whether a text begins with a word of the twelve-hour clock. Where it may be a text too and no blank
/// sets words apart, the hour tells it from others: `朝9時` from `朝会`.
pub(super) fn opens_half(text: &str, may_be_text: bool) -> bool {
    let is_hour = |rest: &str| rest.trim_start().starts_with(char::is_numeric);
    let mut halves =
        time_sets().flat_map(|times| half_words(times).map(|word| (word, times.spaced)));
    let opens = |(word, spaced)| {
        text.strip_prefix(word).is_some_and(|rest| spaced || !may_be_text || is_hour(rest))
    };
    halves.any(opens) || noon().any(|word| text.starts_with(word))
}

/// The parts of the day, without their last full stops.
fn half_words(times: &'static TimeWords) -> impl Iterator<Item = &'static str> {
    let halves = times.halves_before.iter().chain(times.halves_behind);
    halves.map(|(word, _)| word.trim_end_matches('.'))
}

fn noon() -> impl Iterator<Item = &'static str> {
    time_words(|times| times.noon).copied()
}

/// What stands behind the numbers of a clock time, in every language that has such words.
pub(super) fn clock_words() -> impl Iterator<Item = &'static ClockWords> {
    time_sets().filter_map(|times| times.clock.as_ref())
}

/// Whether a clock time says its hour in words.
pub(super) fn says_hours(text: &str) -> bool {
    clock_words().any(|words| text.contains(words.hour))
}

fn said_clock(text: &str) -> Option<((u32, u32, u32), Precision)> {
    clock_words().find_map(|words| clock_in(text, words))
}

/// `6시 08분 30초`, `6시 반`, `18시`.
fn clock_in(text: &str, words: &ClockWords) -> Option<((u32, u32, u32), Precision)> {
    let (hour, rest) = text.split_once(words.hour)?;
    let hour = number(hour.trim(), 1..=2)?;
    let rest = rest.trim();
    if rest.is_empty() {
        return Some(((hour, 0, 0), Precision::Minute));
    }
    if rest == words.half_past {
        return Some(((hour, 30, 0), Precision::Minute));
    }
    let (minute, rest) = rest.split_once(words.minute)?;
    let minute = number(minute.trim(), 1..=2)?;
    let rest = rest.trim();
    if rest.is_empty() {
        return Some(((hour, minute, 0), Precision::Minute));
    }
    let second = number(rest.strip_suffix(words.second)?.trim(), 1..=2)?;
    Some(((hour, minute, second), Precision::Second))
}

/// `6` of `6pm`; a bare number alone is no time.
fn bare_hour(text: &str, half: Option<Half>) -> Option<((u32, u32, u32), Precision)> {
    let hour = number(text, 1..=2).filter(|_| half.is_some())?;
    Some(((hour, 0, 0), Precision::Minute))
}
