//! Amounts of time as they are typed: `1h30m`, `1시간 30분`.

use crate::lang::reading::TimeWords;
use crate::lang::{time_sets, time_words};
use crate::model::{Precision, number};

/// `1h30m`, `90 min`, `2 hours`, `1시간 30분`; a number without a unit is nothing.
pub(super) fn amount_of_time(text: &str) -> Option<(i64, Precision)> {
    let said = time_words(|times| times.numbers).find(|(said, _)| text.starts_with(said));
    let numbered = said.map(|(said, number)| text.replacen(said, number, 1));
    let text = numbered.as_deref().unwrap_or(text);
    let mut rest = text;
    let mut seconds: i64 = 0;
    let mut finest = Precision::Minute;
    while !rest.is_empty() {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let amount = i64::from(number(&rest[..digits], 1..=4)?);
        rest = rest[digits..].trim_start();
        let letters = rest.find(|c: char| c.is_ascii_digit() || c.is_whitespace());
        let (unit, after) = rest.split_at(letters.unwrap_or(rest.len()));
        let (unit, more) = unit_seconds(unit)?;
        if unit == 1 {
            finest = Precision::Second;
        }
        seconds = seconds.checked_add(amount.checked_mul(unit)?)?.checked_add(more)?;
        rest = after.trim_start();
    }
    (!text.is_empty()).then_some((seconds, finest))
}

/// The seconds of a unit, and those of a half of it if one is said behind it.
fn unit_seconds(unit: &str) -> Option<(i64, i64)> {
    let seconds = |times: &TimeWords, unit: &str| {
        times.units.iter().find(|(name, _)| *name == unit).map(|(_, seconds)| *seconds)
    };
    time_sets().find_map(|times| {
        let half = || unit.strip_suffix(times.and_a_half?);
        let whole = seconds(times, unit).map(|whole| (whole, 0));
        whole.or_else(|| seconds(times, half()?).map(|whole| (whole, whole / 2)))
    })
}
