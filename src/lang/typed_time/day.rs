//! Typed days and weekdays before a clock time.

use crate::lang::reading::Half;
use crate::lang::{time_sets, time_words};
use crate::model::Day;

use super::words::{apart, digits, ends_word, leading, plain};

/// A day as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TypedDay {
    /// A number of days from today.
    FromToday(i64),
    /// A month and a day, without a year.
    OfSomeYear(u32, u32),
    /// A calendar day.
    Of(Day),
    /// A day that does not exist.
    Nowhere,
}

impl TypedDay {
    /// Whether it is written as a calendar day, even one that does not exist.
    fn is_of_calendar(self) -> bool {
        !matches!(self, TypedDay::FromToday(_))
    }

    fn of(year: Option<u32>, month: u32, day: u32) -> TypedDay {
        // A year with a 29 February.
        let found = Day::new(year.unwrap_or(2024) as i32, month, day);
        match (year, found) {
            (_, None) => TypedDay::Nowhere,
            (None, Some(_)) => TypedDay::OfSomeYear(month, day),
            (Some(_), Some(day)) => TypedDay::Of(day),
        }
    }
}

/// The day at the start of a text.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct DayPart {
    pub(super) day: Option<TypedDay>,
    /// The weekday, 0 for Monday.
    pub(super) weekday: Option<usize>,
    /// A part of the day included in its word: `어젯밤`.
    pub(super) half: Option<Half>,
}

/// Returns the day at the start of a normalized text, and the rest.
pub(super) fn day_part(text: &str) -> (DayPart, &str) {
    let mut said = DayPart::default();
    let mut rest = text;
    let next = |rest: &mut &str, weekday: &mut Option<usize>| {
        if let Some((found, behind)) = weekday_at(rest) {
            *weekday = Some(found);
            *rest = behind;
        }
    };
    next(&mut rest, &mut said.weekday);
    if let Some((day, half, behind)) = day_at(rest) {
        (said.day, said.half) = (Some(day), half);
        rest = behind.trim_start_matches([' ', ',']);
    }
    if said.weekday.is_none() {
        next(&mut rest, &mut said.weekday);
    }
    (said, rest)
}

fn day_at(text: &str) -> Option<(TypedDay, Option<Half>, &str)> {
    if let Some(((days, half), rest)) = apart(|times| times.parts_of_days, text) {
        return Some((TypedDay::FromToday(days), Some(half), rest));
    }
    let word = apart(|times| times.days, text);
    let said = word.map(|(days, rest)| (TypedDay::FromToday(days), rest));
    let counted = || time_sets().find_map(|times| counted(text, times.date?));
    let named = || time_sets().find_map(|times| named(text, times.months.as_ref()?));
    let (day, rest) = said.or_else(|| numeric(text)).or_else(counted).or_else(named)?;
    Some((day, None, rest))
}

/// Reads `2024-09-07`, `2024-9-7`, `2024/09/07`, `2024.09.07`, `2024. 9. 7.`
fn numeric(text: &str) -> Option<(TypedDay, &str)> {
    let (year, rest) = digits(text, 4..=4)?;
    let sign = rest.chars().next().filter(|c| ['-', '/', '.'].contains(c))?;
    let blanks = |rest| if sign == '.' { str::trim_start(rest) } else { rest };
    let (month, rest) = digits(blanks(rest.strip_prefix(sign)?), 1..=2)?;
    let (day, rest) = digits(blanks(rest.strip_prefix(sign)?), 1..=2)?;
    let rest = if sign == '.' { rest.strip_prefix('.').unwrap_or(rest) } else { rest };
    let is_end = !rest.starts_with(['-', '/', '.', ':']);
    is_end.then(|| (TypedDay::of(Some(year), month, day), rest))
}

/// Reads `2024년 9월 7일`, `9월 7일`.
fn counted<'t>(text: &'t str, [year, month, day]: [&str; 3]) -> Option<(TypedDay, &'t str)> {
    let behind =
        |rest: &'t str, word: &str| rest.trim_start().strip_prefix(word).map(str::trim_start);
    let said = digits(text, 4..=4).and_then(|(said, rest)| Some((said, behind(rest, year)?)));
    let (said, rest) = said.map_or((None, text), |(said, rest)| (Some(said), rest));
    let (of_year, rest) = digits(rest, 1..=2)?;
    let (of_month, rest) = digits(behind(rest, month)?, 1..=2)?;
    Some((TypedDay::of(said, of_year, of_month), behind(rest, day)?))
}

/// Reads `sep 7`, `7 september 2024`, `sep 7th, 2024`, `7th of september`.
fn named<'t>(text: &'t str, months: &[&str; 12]) -> Option<(TypedDay, &'t str)> {
    let ((month, day), rest) = match month_at(text, months) {
        Some((month, rest)) => {
            let (day, rest) = number_of_day(rest.trim_start())?;
            ((month, day), rest)
        }
        None => {
            let (day, rest) = number_of_day(text)?;
            let rest = rest.trim_start_matches([' ', '-', '/']);
            let (month, rest) = month_at(rest.strip_prefix("of ").unwrap_or(rest), months)?;
            ((month, day), rest)
        }
    };
    let year = rest.trim_start_matches([',', ' ', '-', '/']);
    let year = digits(year, 4..=4).filter(|(_, rest)| !rest.starts_with([':', '-', '/', '.']));
    let (year, rest) = year.map_or((None, rest), |(year, rest)| (Some(year), rest));
    let is_end = rest.is_empty() || rest.starts_with([' ', ',', '(']);
    is_end.then(|| (TypedDay::of(year, month, day), rest))
}

/// Reads a month by at least three letters of its name.
fn month_at<'t>(text: &'t str, months: &[&str; 12]) -> Option<(u32, &'t str)> {
    let length = text.len() - text.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
    let (word, rest) = text.split_at(length);
    let place = months.iter().position(|month| length >= 3 && month.starts_with(word))?;
    Some((place as u32 + 1, rest.trim_start_matches(['.', ','])))
}

/// Reads `7`, `7th`.
fn number_of_day(text: &str) -> Option<(u32, &str)> {
    let (day, rest) = digits(text, 1..=2)?;
    let order = ["st", "nd", "rd", "th"].iter().find_map(|order| rest.strip_prefix(order));
    let rest = order.unwrap_or(rest);
    (!rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == ':')).then_some((day, rest))
}

/// Reads `토요일`, `(토)`, `sat`, `saturday,`, `土曜日`.
fn weekday_at(text: &str) -> Option<(usize, &str)> {
    let place = |days: &[&str; 7], word: &str| days.iter().position(|day| *day == word);
    if let Some((inside, rest)) = text.strip_prefix('(').and_then(|text| text.split_once(')')) {
        let mut sets = time_sets();
        let found = sets.find_map(|times| {
            let lists = times.weekdays.iter().chain(&times.weekdays_in_brackets);
            lists.into_iter().find_map(|days| place(days, inside.trim()))
        });
        return found.map(|weekday| (weekday, rest.trim_start_matches([' ', ','])));
    }
    let mut best = None;
    for times in time_sets() {
        let words = times.weekdays.iter().flat_map(|days| days.iter().copied().zip(0..));
        let fits =
            |rest: &str| !times.spaced || rest.is_empty() || rest.starts_with([' ', ',', '.']);
        best = best.or_else(|| leading(text, words).filter(|(_, rest)| fits(rest)));
    }
    best.map(|(weekday, rest)| (weekday, rest.trim_start_matches([' ', ',', '.'])))
}

/// Whether a text is a day or a part of one, and nothing else: `Nov 28`, `this morning`, `오후`.
pub(super) fn is_day(text: &str) -> bool {
    let Some(text) = plain(text) else { return false };
    let (day, rest) = day_part(&text);
    let is_said = day.day.is_some() || day.weekday.is_some();
    is_said && rest.is_empty() || is_one_half(&text)
}

/// Whether a text is a day other than `today`, and nothing else.
pub(super) fn names_another_day(text: &str) -> bool {
    let Some(text) = plain(text) else { return false };
    let (day, rest) = day_part(&text);
    let is_today = day.day == Some(TypedDay::FromToday(0)) && day.half.is_none();
    let is_said = day.day.is_some() || day.weekday.is_some();
    is_said && !is_today && rest.is_empty()
}

fn is_one_half(text: &str) -> bool {
    time_words(|times| times.halves_before).any(|(word, _)| *word == text)
}

/// Whether a text requires a clock time after it, such as `9월 7일 오후`.
pub fn asks_for_clock(text: &str) -> bool {
    time_words(|times| times.asks_for_clock).any(|word| text.trim_end().ends_with(word))
}

/// Whether a text contains a calendar day, such as `# 9월 8일 계획`, even one that does not exist.
pub fn names_a_day(text: &str) -> bool {
    let text = text.to_lowercase();
    let begins_word = |place: usize| ends_word(&text[..place], &text[place..]);
    let mut places = text.char_indices().filter(|(place, c)| {
        !c.is_whitespace() && (*place == 0 || !text[..*place].ends_with(char::is_alphanumeric))
    });
    places.any(|(place, _)| {
        begins_word(place) && day_at(&text[place..]).is_some_and(|(day, ..)| day.is_of_calendar())
    })
}

/// Returns the only day in a heading, in lower case: `9월 8일` for `# 9월 8일 계획`; `None` if it has none, or several.
pub fn the_day_of(heading: &str) -> Option<String> {
    let text = heading.to_lowercase();
    let mut found: Option<String> = None;
    let mut behind = 0;
    for (place, c) in text.char_indices() {
        let begins = place == 0 || !text[..place].ends_with(char::is_alphanumeric);
        if place < behind
            || c.is_whitespace()
            || !begins
            || !ends_word(&text[..place], &text[place..])
        {
            continue;
        }
        let day = day_at(&text[place..]).filter(|(day, ..)| day.is_of_calendar());
        if let Some((.., rest)) = day {
            behind = text.len() - rest.len();
            if found.is_some() {
                return None;
            }
            found = Some(text[place..behind].trim().to_owned());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read() {
        use TypedDay::{FromToday, Nowhere, OfSomeYear};
        let of = |text| Some(TypedDay::Of(Day::parse(text).unwrap()));
        for (typed, day, weekday, rest) in [
            ("2024-09-07t18:08", of("2024-09-07"), None, "t18:08"),
            ("2024-9-7 18:08", of("2024-09-07"), None, "18:08"),
            ("2024/09/07", of("2024-09-07"), None, ""),
            ("2024. 9. 7. 오후 6:08", of("2024-09-07"), None, "오후 6:08"),
            ("2024.09.07 18:08", of("2024-09-07"), None, "18:08"),
            ("2024-02-30", Some(Nowhere), None, ""),
            ("2024년 9월 7일(토) 18:08", of("2024-09-07"), Some(5), "18:08"),
            ("9월7일 18:08", Some(OfSomeYear(9, 7)), None, "18:08"),
            ("9月7日土曜日18:08", Some(OfSomeYear(9, 7)), Some(5), "18:08"),
            ("sep 7 18:08", Some(OfSomeYear(9, 7)), None, "18:08"),
            ("7th of september 18:08", Some(OfSomeYear(9, 7)), None, "18:08"),
            ("07-sep-2024 18:08", of("2024-09-07"), None, "18:08"),
            ("07/sep/2024 18:08", of("2024-09-07"), None, "18:08"),
            ("sat, 7 sep 2024 18:08", of("2024-09-07"), Some(5), "18:08"),
            ("sep 7th, 2024 18:08", of("2024-09-07"), None, "18:08"),
            ("friday 18:00", None, Some(4), "18:00"),
            ("금요일 18:00", None, Some(4), "18:00"),
            ("어제(금) 22:57", Some(FromToday(-1)), Some(4), "22:57"),
            ("day before yesterday 10:00", Some(FromToday(-2)), None, "10:00"),
            ("어젯밤 10시", Some(FromToday(-1)), None, "10시"),
            ("24.9.7 18:08", None, None, "24.9.7 18:08"),
            ("03/04/2024 10:00", None, None, "03/04/2024 10:00"),
            ("monitor", None, None, "monitor"),
            ("오늘의 배포", None, None, "오늘의 배포"),
        ] {
            let (said, behind) = day_part(typed);
            assert_eq!((said.day, said.weekday, behind), (day, weekday, rest), "{typed:?}");
        }
        assert!(names_a_day("# 9월 8일 계획") && names_a_day("## plan (2024-09-08)"));
        assert!(!names_a_day("# 배포 계획") && !names_a_day("# 3.0 plan, step 2"));
    }
}
