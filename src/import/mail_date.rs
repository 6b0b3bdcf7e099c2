//! The dates of mails (RFC 5322, 3.3 and 4.3): in the standard's formats, and in that of `asctime`.

use crate::lang::zone_of_letters;
use crate::model::Day;

use super::markdown::offset_text;

/// The date of a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MailDate {
    /// In ISO 8601, without an offset if it has none.
    pub iso: String,
    /// The day.
    pub day: Day,
    /// The stated weekday, 0 for Monday.
    pub weekday: Option<usize>,
}

const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Parses a date; `None` if any part of it is not understood.
pub(super) fn read(written: &str) -> Option<MailDate> {
    let plain = without_comments(written).replace(',', " ");
    let words: Vec<&str> = plain.split_whitespace().collect();
    let weekday = words.first().and_then(|word| place_of(word, &WEEKDAYS));
    let words = &words[usize::from(weekday.is_some())..];
    let is_asctime = words.first().is_some_and(|word| place_of(word, &MONTHS).is_some());
    let (day, clock, zone) = match (words, is_asctime) {
        ([month, day, clock, year], true) => (day_of(day, month, year)?, clock, None),
        ([month, day, clock, zone, year], true) => (day_of(day, month, year)?, clock, Some(zone)),
        ([day, month, year, clock], false) => (day_of(day, month, year)?, clock, None),
        ([day, month, year, clock, zone], false) => (day_of(day, month, year)?, clock, Some(zone)),
        _ => return None,
    };
    let offset = zone.map_or(Some(String::new()), |zone| offset_of(zone))?;
    Some(MailDate { iso: format!("{day}T{}{offset}", clock_of(clock)?), day, weekday })
}

/// Returns a text without the parts in round brackets.
fn without_comments(written: &str) -> String {
    let mut depth = 0_usize;
    let is_outside = |letter: &char| match letter {
        '(' => {
            depth += 1;
            false
        }
        ')' => {
            depth = depth.saturating_sub(1);
            false
        }
        _ => depth == 0,
    };
    written.chars().filter(is_outside).collect()
}

/// Returns the index of the name that a word begins with.
fn place_of(word: &str, names: &[&str]) -> Option<usize> {
    let start = word.get(..3)?.to_ascii_lowercase();
    let is_word = word.trim_end_matches('.').bytes().all(|b| b.is_ascii_alphabetic());
    names.iter().position(|name| *name == start).filter(|_| is_word)
}

/// Returns a day; two-digit years are from 1950 to 2049.
fn day_of(day: &str, month: &str, year: &str) -> Option<Day> {
    let number = |text: &str| text.parse::<i32>().ok().filter(|_| text.len() <= 4);
    let (digits, year) = (year.len(), number(year)?);
    let year = match digits {
        2 if year < 50 => 2000 + year,
        2 | 3 => 1900 + year,
        4 => year,
        _ => return None,
    };
    let month = u32::try_from(place_of(month, &MONTHS)? + 1).ok()?;
    Day::new(year, month, u32::try_from(number(day)?).ok()?)
}

/// Returns a clock time in ISO 8601; without seconds if it has none.
fn clock_of(clock: &str) -> Option<String> {
    let parts: Vec<&str> = clock.split(':').collect();
    let is_part =
        |part: &&str| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let is_clock = matches!(parts.len(), 2 | 3) && parts.iter().all(is_part);
    is_clock.then(|| parts.iter().map(|part| format!("{part:0>2}")).collect::<Vec<_>>().join(":"))
}

/// Returns the offset for a zone in a date: `+0900`, `GMT+09:00`, `EST`, `UT`.
fn offset_of(zone: &str) -> Option<String> {
    let bare = ["GMT", "UTC"].iter().find_map(|name| zone.strip_prefix(name)).unwrap_or(zone);
    if let Some(digits) = bare.strip_prefix(['+', '-']) {
        let digits = digits.replace(':', "");
        let is_offset = digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit());
        // `-0000` means that only the moment is known, not the zone.
        let sign = if digits == "0000" { "+" } else { &bare[..1] };
        return is_offset.then(|| format!("{sign}{}:{}", &digits[..2], &digits[2..]));
    }
    if zone.eq_ignore_ascii_case("UT") {
        return Some("+00:00".to_owned());
    }
    zone_of_letters(zone).map(|(minutes, _)| offset_text(minutes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_mails_are_read_whole_or_not_at_all() {
        for (written, iso) in [
            ("Sat, 8 Mar 2025 18:08:20 +0900 (KST)", Some("2025-03-08T18:08:20+09:00")),
            ("8 Mar 25 9:41 UT", Some("2025-03-08T09:41+00:00")),
            ("Sat, 8 Mar 2025 04:30:00 EST", Some("2025-03-08T04:30:00-05:00")),
            ("Sat, 8 Mar 2025 09:40:00 -0000", Some("2025-03-08T09:40:00+00:00")),
            ("Sat, 8 Mar 2025 18:57:00 GMT+0900", Some("2025-03-08T18:57:00+09:00")),
            ("Sat, 8 Mar 2025 18:57:00 +09:00", Some("2025-03-08T18:57:00+09:00")),
            ("Sat, 8 Mar 2025 18:43:00", Some("2025-03-08T18:43:00")),
            ("Sat Mar  8 18:50:00 2025", Some("2025-03-08T18:50:00")),
            ("Sat Mar  8 18:50:00 KST 2025", Some("2025-03-08T18:50:00+09:00")),
            ("Mon, 1 Feb 99 10:00:00 GMT", Some("1999-02-01T10:00:00+00:00")),
            ("Sat, 30 Feb 2025 18:55:00 +0900", None),
            ("Sat, 8 Mar 2025 18:54:00 XYZ", None),
            ("Sat, 8 Mar 2025 09:53:00 AM +0900", None),
            ("Sat, 8 Mar 2025 18.56.00 +0900", None),
            ("8 März 2025 18:56:00 +0900", None),
            ("yesterday", None),
        ] {
            assert_eq!(read(written).map(|date| date.iso).as_deref(), iso, "{written}");
        }
        assert_eq!(read("Fri, 8 Mar 2025 18:00 Z").unwrap().weekday, Some(4));
    }
}
