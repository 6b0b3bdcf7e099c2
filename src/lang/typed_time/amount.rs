//! Typed durations: `1h30m`, `1.5h`, `an hour and 5 minutes`, `한 시간 반`, `이틀`.

use crate::lang::time_words;
use crate::model::Precision;

use super::words::{after, digits, leading};

/// A duration, and its precision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Amount {
    pub(super) seconds: i64,
    pub(super) finest: Precision,
}

/// Returns the duration in a normalized text; `None` for a number without a unit.
pub(super) fn amount(text: &str) -> Option<Amount> {
    let mut all = Amount { seconds: 0, finest: Precision::Day };
    let mut rest = text;
    loop {
        let (part, behind) = part(rest)?;
        all.seconds = all.seconds.checked_add(part.seconds)?;
        all.finest = all.finest.max(part.finest);
        let behind = behind.trim_start().trim_start_matches(',').trim_start();
        rest = after(behind, |times| times.and).unwrap_or(behind);
        if rest.is_empty() {
            return Some(all);
        }
    }
}

/// Reads a number with its unit, with an optional half unit more; or a word that is a duration by itself.
fn part(text: &str) -> Option<(Amount, &str)> {
    if let Some((seconds, rest)) = leading(text, time_words(|times| times.amounts).copied()) {
        return Some((Amount { seconds, finest: told_to(seconds) }, rest));
    }
    let (number, rest) = number(text)?;
    let (unit, rest) = leading(rest.trim_start(), time_words(|times| times.units).copied())?;
    let tenths = number.checked_mul(unit)?;
    // Nobody means more than a century.
    let seconds = (tenths % 10 == 0 && tenths < 1000 * 366 * 86_400).then_some(tenths / 10)?;
    let finest = match unit {
        1 => Precision::Second,
        _ if number % 10 == 0 && unit >= 86_400 => Precision::Day,
        _ => told_to(seconds).max(Precision::Minute),
    };
    let Some(rest) = after(rest.trim_start(), |times| times.and_a_half).filter(|_| unit > 1) else {
        return Some((Amount { seconds, finest }, rest));
    };
    let seconds = seconds + unit / 2;
    Some((Amount { seconds, finest: told_to(seconds).max(Precision::Minute) }, rest))
}

/// Returns the largest unit that divides it.
fn told_to(seconds: i64) -> Precision {
    match seconds {
        _ if seconds % 86_400 == 0 => Precision::Day,
        _ if seconds % 60 == 0 => Precision::Minute,
        _ => Precision::Second,
    }
}

/// Reads a number in digits, with one after the point, or in words; in tenths.
fn number(text: &str) -> Option<(i64, &str)> {
    let Some((whole, rest)) = digits(text, 1..=4) else {
        let (number, rest) = leading(text, time_words(|times| times.numbers).copied())?;
        return Some((number * 10, rest));
    };
    let tenth = rest.strip_prefix('.').and_then(|rest| digits(rest, 1..=1));
    let (tenth, rest) = tenth.unwrap_or((0, rest));
    Some((i64::from(whole) * 10 + i64::from(tenth), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read() {
        use Precision::{Day, Minute, Second};
        for (typed, expected) in [
            ("1h30m", Some((5400, Minute))),
            ("1h 30m", Some((5400, Minute))),
            ("1.5h", Some((5400, Minute))),
            ("1 hour and 30 minutes", Some((5400, Minute))),
            ("2 hours, 5 minutes", Some((7500, Minute))),
            ("an hour and a half", Some((5400, Minute))),
            ("half an hour", Some((1800, Minute))),
            ("an hour", Some((3600, Minute))),
            ("a day", Some((86_400, Day))),
            ("1.5m", Some((90, Second))),
            ("90 min", Some((5400, Minute))),
            ("1시간 30분", Some((5400, Minute))),
            ("1시간 반", Some((5400, Minute))),
            ("한 시간 반", Some((5400, Minute))),
            ("한시간반", Some((5400, Minute))),
            ("삼십 분", Some((1800, Minute))),
            ("이틀", Some((172_800, Day))),
            ("하루 3시간", Some((97_200, Minute))),
            ("1.5d", Some((129_600, Minute))),
            ("2주", Some((1_209_600, Day))),
            ("1時間半", Some((5400, Minute))),
            ("10s", Some((10, Second))),
            ("", None),
            ("5", None),
            ("h", None),
            ("5mo", None),
            ("5개월", None),
            ("6시 10분", None),
            ("a few minutes", None),
            ("1e3m", None),
            ("99999999h", None),
            ("9999w", None),
        ] {
            let expected = expected.map(|(seconds, finest)| Amount { seconds, finest });
            assert_eq!(amount(typed), expected, "{typed:?}");
        }
    }
}
