//! Typed clock times.

use crate::lang::reading::{ClockWords, Half};
use crate::lang::{time_sets, time_words};
use crate::model::Precision;

use super::words::{after, digits, leading};

/// A clock time as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TypedClock {
    /// Hour, minute and second; the hour may be 24, at the end of the day.
    pub(super) time: (u32, u32, u32),
    pub(super) precision: Precision,
    /// The fraction of a second: its digits, and how many.
    pub(super) parts: Option<(u32, usize)>,
    /// Whether a part of the day was given.
    pub(super) half: bool,
    /// Whether the hour was given in words.
    pub(super) in_words: bool,
    pub(super) sense: Sense,
}

/// Whether a clock time is valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    Sound,
    /// No clock shows it.
    Impossible,
    /// It is ambiguous.
    Unclear,
}

/// Returns the clock time at the start of a normalized text, and the rest. `half` is a part of the day given before it.
pub(super) fn clock(text: &str, half: Option<Half>) -> Option<(TypedClock, &str)> {
    let text = after(text, |times| times.clock_before).unwrap_or(text).trim_start();
    let before = leading(text, time_words(|times| times.halves_before).copied());
    let (said, text) = before.map_or((None, text), |(half, rest)| (Some(half), rest.trim_start()));
    if let Some(rest) = after(text, |times| times.noon) {
        let time = TypedClock { half: true, ..sound((12, 0, 0), Precision::Minute) };
        return said.or(half).is_none().then_some((time, rest));
    }
    if let Some(rest) = after(text, |times| times.midnight) {
        let time = TypedClock { sense: Sense::Unclear, ..sound((0, 0, 0), Precision::Minute) };
        return Some((time, rest));
    }
    let is_on_twelve = said.or(half).is_some();
    let in_words = || in_words(text, is_on_twelve);
    let (time, rest) = in_digits(text).or_else(in_words).or_else(|| bare_hour(text))?;
    let behind = leading(rest.trim_start(), time_words(|times| times.halves_behind).copied());
    match behind {
        // `오후 6:08 pm` has one too many.
        Some(_) if said.is_some() => None,
        Some((behind, rest)) => Some((time.on(behind).on_part(half), rest)),
        None => Some((said.map_or(time, |said| time.on(said)).on_part_alone(said, half), rest)),
    }
}

fn sound(time: (u32, u32, u32), precision: Precision) -> TypedClock {
    let (hour, minute, second) = time;
    let exists = minute < 60 && second < 60 && (hour < 24 || time == (24, 0, 0));
    let sense = if exists { Sense::Sound } else { Sense::Impossible };
    TypedClock { time, precision, parts: None, half: false, in_words: false, sense }
}

impl TypedClock {
    /// Returns the time with the hour in a part of the day.
    fn on(self, half: Half) -> TypedClock {
        let (hour, minute, second) = self.time;
        let fits = half.iter().find(|(first, last, _)| (*first..=*last).contains(&hour));
        let sense = match (self.sense, fits) {
            (Sense::Sound, None) if hour == 12 => Sense::Unclear,
            (Sense::Sound, None) => Sense::Impossible,
            (sense, _) => sense,
        };
        let hour = fits.map_or(hour, |(_, _, added)| hour.saturating_add_signed(*added));
        TypedClock { time: (hour, minute, second), half: true, sense, ..self }
    }

    /// Returns it as impossible, unless its hour is in `half`, if that was given before it.
    fn on_part(self, half: Option<Half>) -> TypedClock {
        let hour = self.time.0;
        let is_within = |half: Half| {
            half.iter().any(|(first, last, added)| {
                let first = first.saturating_add_signed(*added);
                (first..=last.saturating_add_signed(*added)).contains(&hour)
            })
        };
        match half {
            Some(half) if !is_within(half) => TypedClock { sense: Sense::Impossible, ..self },
            _ => self,
        }
    }

    /// Returns it in a part of the day given before it, whether or not that is joined to its day.
    fn on_part_alone(self, said: Option<Half>, half: Option<Half>) -> TypedClock {
        match (said, half) {
            (None, Some(half)) => self.on(half),
            (_, half) => self.on_part(half),
        }
    }
}

/// Reads `18:08`, `18:08:30`, `18:08:30.123`, `18:08:30,123`.
fn in_digits(text: &str) -> Option<(TypedClock, &str)> {
    let (hour, rest) = digits(text, 1..=2)?;
    let (minute, rest) = digits(rest.strip_prefix(':')?, 2..=2)?;
    let Some((second, rest)) = rest.strip_prefix(':').and_then(|rest| digits(rest, 2..=2)) else {
        return Some((sound((hour, minute, 0), Precision::Minute), rest));
    };
    let time = sound((hour, minute, second), Precision::Second);
    let parts = rest.strip_prefix(['.', ',']).and_then(|rest| Some((rest, digits(rest, 1..=9)?)));
    let Some((before, (parts, rest))) = parts else { return Some((time, rest)) };
    Some((TypedClock { parts: Some((parts, before.len() - rest.len())), ..time }, rest))
}

/// Reads `6시 08분 30초`, `6시 반`, `18시`; on the 12-hour clock `여섯 시` too.
fn in_words(text: &str, is_on_twelve: bool) -> Option<(TypedClock, &str)> {
    time_sets().find_map(|times| {
        let words = times.clock.as_ref()?;
        let spelled = || {
            let (hour, rest) = leading(text, times.hours.iter().copied())?;
            clock_of(&format!("{hour}{}", rest), words).map(|(clock, behind)| (clock, behind.len()))
        };
        let read = clock_of(text, words);
        read.or_else(|| {
            let (clock, length) = spelled().filter(|_| is_on_twelve)?;
            Some((clock, &text[text.len() - length..]))
        })
    })
}

fn clock_of<'t>(text: &'t str, words: &ClockWords) -> Option<(TypedClock, &'t str)> {
    let part = |text: &'t str, word: &str| {
        let (number, rest) = digits(text, 1..=2)?;
        let rest = rest.trim_start();
        // `1시간` is a duration.
        let unit = leading(rest, time_words(|times| times.units).copied());
        let is_longer = unit.is_some_and(|(_, behind)| rest.len() - behind.len() > word.len());
        (!is_longer).then(|| rest.strip_prefix(word)).flatten().map(|rest| (number, rest))
    };
    let said = |time, precision| TypedClock { in_words: true, ..sound(time, precision) };
    let (hour, rest) = part(text, words.hour)?;
    if let Some(rest) = rest.trim_start().strip_prefix(words.half_past) {
        return Some((said((hour, 30, 0), Precision::Minute), rest));
    }
    let Some((minute, rest)) = part(rest.trim_start(), words.minute) else {
        return Some((said((hour, 0, 0), Precision::Minute), rest));
    };
    match part(rest.trim_start(), words.second) {
        Some((second, rest)) => Some((said((hour, minute, second), Precision::Second), rest)),
        None => Some((said((hour, minute, 0), Precision::Minute), rest)),
    }
}

/// Reads the `6` in `6pm`; a bare number alone is not a time.
fn bare_hour(text: &str) -> Option<(TypedClock, &str)> {
    let (hour, rest) = digits(text, 1..=2)?;
    let half = leading(rest.trim_start(), time_words(|times| times.halves_behind).copied());
    half.is_some().then(|| (sound((hour, 0, 0), Precision::Minute), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_are_read() {
        use Sense::{Impossible, Sound, Unclear};
        for (typed, hour, minute, sense, rest) in [
            ("18:08", 18, 8, Sound, ""),
            ("18:08:30.123z", 18, 8, Sound, "z"),
            ("6:08 pm x", 18, 8, Sound, " x"),
            ("6pm", 18, 0, Sound, ""),
            ("12am", 0, 0, Sound, ""),
            ("12:30 p.m.", 12, 30, Sound, ""),
            ("13pm", 13, 0, Impossible, ""),
            ("오후 6시 08분", 18, 8, Sound, ""),
            ("오후6:08", 18, 8, Sound, ""),
            ("오전 12시 30분", 12, 30, Unclear, ""),
            ("오후 0시 10분", 12, 10, Sound, ""),
            ("오후 13시", 13, 0, Impossible, ""),
            ("새벽 11시", 11, 0, Impossible, ""),
            ("밤 12시", 12, 0, Unclear, ""),
            ("저녁 19:00", 19, 0, Sound, ""),
            ("점심 11시 반", 11, 30, Sound, ""),
            ("낮 1시", 13, 0, Sound, ""),
            ("정오", 12, 0, Sound, ""),
            ("noon", 12, 0, Sound, ""),
            ("at 9:30", 9, 30, Sound, ""),
            ("pm 6:08", 18, 8, Sound, ""),
            ("오후 여섯 시 8분", 18, 8, Sound, ""),
            ("새벽 두시 반", 2, 30, Sound, ""),
            ("자정", 0, 0, Unclear, ""),
            ("midnight", 0, 0, Unclear, ""),
            ("24:00", 24, 0, Sound, ""),
            ("24:01", 24, 1, Impossible, ""),
            ("25시", 25, 0, Impossible, ""),
            ("午後6時半", 18, 30, Sound, ""),
        ] {
            let (said, behind) = clock(typed, None).unwrap_or_else(|| panic!("{typed}"));
            let (h, m, _) = said.time;
            assert_eq!((h, m, said.sense, behind), (hour, minute, sense, rest), "{typed}");
        }
        let none = [
            "6",
            "18",
            "1시간",
            "30분",
            "오후 분",
            "six",
            "오후 6",
            "18.08",
            "18h",
            "18:8",
            "여섯 시",
        ];
        for typed in none.into_iter().chain(["오전 오후 6시", "am pm 6", "오후 6:08 pm"]) {
            assert_eq!(clock(typed, None), None, "{typed}");
        }
    }
}
