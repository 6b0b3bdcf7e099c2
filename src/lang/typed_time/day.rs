//! Days as they are typed before a clock time.

use crate::lang::{time_sets, time_words};
use crate::model::{Day, TimeFault, number};

use super::frame::{Direction, Frame};

/// Whether a text asks for a clock time behind it, such as `9월 7일 오후`.
pub fn asks_for_clock(text: &str) -> bool {
    time_words(|times| times.asks_for_clock).any(|word| text.trim_end().ends_with(word))
}

/// Whether a text names a day of a month by its number, such as `9월 7일`.
pub fn names_a_day(text: &str) -> bool {
    let digits = |text: &str| text.trim_end().ends_with(|c: char| c.is_ascii_digit());
    time_sets().filter_map(|times| times.date).any(|[_, month, day]| {
        text.split_once(month).is_some_and(|(before, after)| digits(before) && after.contains(day))
    })
}

/// The typed day, if there is one, and what is left for the clock.
pub(super) fn split_day<'a>(
    text: &'a str,
    frame: &Frame,
) -> Result<(Option<Day>, &'a str), TimeFault> {
    let today = frame.now.clock(Some(frame.zone)).day;
    for times in time_sets() {
        let mut said =
            times.days.iter().filter_map(|(word, days)| Some((text.strip_prefix(word)?, days)));
        if let Some((rest, days)) = said.find(|(rest, _)| !times.spaced || rest.starts_with(' ')) {
            return Ok((Some(today.plus(*days)), rest.trim_start()));
        }
    }
    if let Some((date, rest)) = text.split_once([' ', 't'])
        && date.len() == 10
        && date.bytes().filter(|b| *b == b'-').count() == 2
    {
        let day = Day::parse(date).ok_or_else(|| TimeFault::Impossible(text.to_owned()))?;
        return Ok((Some(day), rest));
    }
    let numbered = || time_sets().find_map(|times| numbered_date(text, times.date?));
    let named = || time_sets().find_map(|times| named_date(text, times.months.as_ref()?));
    if let Some((parts, rest)) = numbered().or_else(named) {
        let day = parts.near(frame, today);
        let day = day.ok_or_else(|| TimeFault::Impossible(text.to_owned()))?;
        return Ok((Some(day), rest));
    }
    Ok((None, text))
}

/// A date of which the year may be missing.
struct DateParts {
    year: Option<i32>,
    month: u32,
    day: u32,
}

impl DateParts {
    /// With no year typed: the record's year, else the latest (or next) such day.
    fn near(&self, frame: &Frame, today: Day) -> Option<Day> {
        if let Some(year) = self.year {
            return Day::new(year, self.month, self.day);
        }
        if let Some(day) = frame.day {
            return Day::new(day.year(), self.month, self.day);
        }
        let this = Day::new(today.year(), self.month, self.day)?;
        let year = match frame.direction {
            Direction::Past if this > today => today.year() - 1,
            Direction::Future if this < today => today.year() + 1,
            _ => today.year(),
        };
        Day::new(year, self.month, self.day)
    }
}

/// `2024년 9월 7일 …`, `9월 7일 …`.
fn numbered_date<'t>(text: &'t str, [year, month, day]: [&str; 3]) -> Option<(DateParts, &'t str)> {
    let (year, rest) = match text.split_once(year) {
        Some((year, rest)) => (Some(number(year, 4..=4)? as i32), rest.trim_start()),
        None => (None, text),
    };
    let (month, rest) = rest.split_once(month)?;
    let (day, rest) = rest.trim_start().split_once(day)?;
    let (month, day) = (number(month.trim(), 1..=2)?, number(day.trim(), 1..=2)?);
    Some((DateParts { year, month, day }, rest.trim_start()))
}

/// `sep 7 …`, `7 september 2024 …`, `sep 7, 2024 …`.
fn named_date<'t>(text: &'t str, months: &[&str; 12]) -> Option<(DateParts, &'t str)> {
    let mut words = text.splitn(3, ' ');
    let (first, second, rest) = (words.next()?, words.next()?, words.next()?);
    let (month, day) = match month_of(first, months) {
        Some(month) => (month, second),
        None => (month_of(second, months)?, first),
    };
    let day = day.trim_end_matches([',', '.']);
    let day = day.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let day = number(day, 1..=2)?;
    if let Some((year, after)) = rest.split_once(' ')
        && let Some(year) = number(year.trim_end_matches(','), 4..=4)
    {
        return Some((DateParts { year: Some(year as i32), month, day }, after));
    }
    Some((DateParts { year: None, month, day }, rest))
}

fn month_of(word: &str, months: &[&str; 12]) -> Option<u32> {
    let word = word.trim_end_matches(['.', ',']);
    let place = months
        .iter()
        .position(|month| *month == word || (word.len() >= 3 && month.starts_with(word)))?;
    Some(place as u32 + 1)
}
