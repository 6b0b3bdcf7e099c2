//! Typed offsets, abbreviations and zones after a clock time.

use crate::lang::time_words;
use crate::model::Zone;

use super::words::digits;

/// The zone given with a clock time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TypedZone {
    /// None.
    Unsaid,
    /// Minutes east of UTC.
    Offset(i32),
    /// Joined to its clock time, and possibly the end of a window: the offset if it exists, and the clock time.
    OffsetOrEnd(Option<i32>, (u32, u32)),
    /// An offset that no place has.
    NoOffset,
    /// An abbreviation such as `kst`.
    Letters(String),
    /// A zone of the database, and its offset if given.
    Named(Zone, Option<i32>),
    /// A name formed like a zone's.
    NoZone(String),
}

/// Returns the zone in a text after a clock time; `None` if it is something else. `is_iso` is whether the clock time
/// follows the `T` of a written time, or has seconds.
pub(super) fn zone(text: &str, is_iso: bool) -> Option<TypedZone> {
    let trimmed = text.trim_start();
    let is_glued = trimmed.len() == text.len();
    let inside = trimmed.strip_prefix(['(', '[']).and_then(|it| it.strip_suffix([')', ']']));
    let text = inside.unwrap_or(trimmed);
    if text.is_empty() {
        return Some(TypedZone::Unsaid);
    }
    let universal = ["utc", "gmt", "z"].iter().find_map(|word| text.strip_prefix(word));
    match universal {
        Some("") => return Some(TypedZone::Offset(0)),
        Some(rest) if rest.starts_with(['+', '-']) => {
            // Browsers print `GMT+0900 (Korean Standard Time)`.
            let (offset, words) = rest.split_once(" (").unwrap_or((rest, ""));
            let (minutes, rest) = offset_at(offset, 1)?;
            let is_all = rest.is_empty() && (words.is_empty() || words.ends_with(')'));
            return is_all.then(|| sound(minutes));
        }
        _ => {}
    }
    let Some((minutes, rest)) = offset_at(text, 2) else { return named(text) };
    if !rest.is_empty() {
        let TypedZone::Named(zone, None) = named(rest.strip_prefix(' ')?)? else { return None };
        return Some(
            minutes.map_or(TypedZone::NoOffset, |told| TypedZone::Named(zone, Some(told))),
        );
    }
    match end_of_window(text).filter(|_| is_glued && !is_iso) {
        Some(end) => Some(TypedZone::OffsetOrEnd(minutes, end)),
        None => Some(sound(minutes)),
    }
}

fn sound(minutes: Option<i32>) -> TypedZone {
    minutes.map_or(TypedZone::NoOffset, TypedZone::Offset)
}

/// Reads `+09:00`, `+0900`, `+09` (`+9` after `UTC`), and returns the minutes, if it is a real offset (-12:00 to +14:00
/// in quarter hours), and the rest.
fn offset_at(text: &str, least: usize) -> Option<(Option<i32>, &str)> {
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let rest = text.strip_prefix(['+', '-'])?;
    let (number, behind) = digits(rest, least..=4)?;
    let (hours, minutes, behind) = match rest.len() - behind.len() {
        4 => (number / 100, number % 100, behind),
        3 => return None,
        _ => match behind.strip_prefix(':') {
            Some(behind) => {
                let (minutes, behind) = digits(behind, 2..=2)?;
                (number, minutes, behind)
            }
            None => (number, 0, behind),
        },
    };
    let total = sign * (hours * 60 + minutes) as i32;
    let is_sound = minutes < 60 && total % 15 == 0 && (-12 * 60..=14 * 60).contains(&total);
    Some((is_sound.then_some(total), behind))
}

/// Reads `-18:30`, `-18` as the clock time at the end of a window.
fn end_of_window(text: &str) -> Option<(u32, u32)> {
    let (hour, rest) = digits(text.strip_prefix('-')?, 1..=2)?;
    let (minute, rest) = match rest.strip_prefix(':') {
        Some(rest) => digits(rest, 2..=2)?,
        None => (0, rest),
    };
    (rest.is_empty() && hour <= 24 && minute < 60).then_some((hour, minute))
}

/// Reads `asia/seoul`, or an abbreviation.
fn named(text: &str) -> Option<TypedZone> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/_+-".contains(c);
    if text.contains('/') && text.chars().all(is_plain) {
        let zone = Zone::parse(text);
        return Some(zone.map_or_else(
            || TypedZone::NoZone(text.to_owned()),
            |zone| TypedZone::Named(zone, None),
        ));
    }
    let is_letters = (3..=5).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_lowercase());
    is_letters.then(|| TypedZone::Letters(text.to_owned()))
}

/// Possible meanings of an abbreviation: an offset, and a zone that has it.
pub(super) type Meanings = &'static [(&'static str, &'static str)];

/// Ambiguous abbreviations of zones.
const LETTERS: [(&str, Meanings); 44] = [
    ("kst", &[("+09:00", "Asia/Seoul")]),
    ("jst", &[("+09:00", "Asia/Tokyo")]),
    ("pst", &[("-08:00", "America/Los_Angeles"), ("+08:00", "Asia/Manila")]),
    ("pdt", &[("-07:00", "America/Los_Angeles")]),
    ("mst", &[("-07:00", "America/Denver")]),
    ("mdt", &[("-06:00", "America/Denver")]),
    ("cst", &[("-06:00", "America/Chicago"), ("+08:00", "Asia/Shanghai")]),
    ("cdt", &[("-05:00", "America/Chicago")]),
    ("est", &[("-05:00", "America/New_York")]),
    ("edt", &[("-04:00", "America/New_York")]),
    ("ast", &[("-04:00", "America/Halifax"), ("+03:00", "Asia/Riyadh")]),
    ("adt", &[("-03:00", "America/Halifax")]),
    ("nst", &[("-03:30", "America/St_Johns")]),
    ("akst", &[("-09:00", "America/Anchorage")]),
    ("akdt", &[("-08:00", "America/Anchorage")]),
    ("hst", &[("-10:00", "Pacific/Honolulu")]),
    ("brt", &[("-03:00", "America/Sao_Paulo")]),
    ("wet", &[("+00:00", "Europe/Lisbon")]),
    ("west", &[("+01:00", "Europe/Lisbon")]),
    ("bst", &[("+01:00", "Europe/London"), ("+06:00", "Asia/Dhaka")]),
    ("cet", &[("+01:00", "Europe/Berlin")]),
    ("cest", &[("+02:00", "Europe/Berlin")]),
    ("eet", &[("+02:00", "Europe/Helsinki")]),
    ("eest", &[("+03:00", "Europe/Helsinki")]),
    ("msk", &[("+03:00", "Europe/Moscow")]),
    ("sast", &[("+02:00", "Africa/Johannesburg")]),
    ("cat", &[("+02:00", "Africa/Maputo")]),
    ("wat", &[("+01:00", "Africa/Lagos")]),
    ("eat", &[("+03:00", "Africa/Nairobi")]),
    (
        "ist",
        &[("+05:30", "Asia/Kolkata"), ("+01:00", "Europe/Dublin"), ("+02:00", "Asia/Jerusalem")],
    ),
    ("idt", &[("+03:00", "Asia/Jerusalem")]),
    ("pkt", &[("+05:00", "Asia/Karachi")]),
    ("ict", &[("+07:00", "Asia/Bangkok")]),
    ("wib", &[("+07:00", "Asia/Jakarta")]),
    ("hkt", &[("+08:00", "Asia/Hong_Kong")]),
    ("sgt", &[("+08:00", "Asia/Singapore")]),
    ("myt", &[("+08:00", "Asia/Kuala_Lumpur")]),
    ("pht", &[("+08:00", "Asia/Manila")]),
    ("awst", &[("+08:00", "Australia/Perth")]),
    ("acst", &[("+09:30", "Australia/Adelaide")]),
    ("aest", &[("+10:00", "Australia/Sydney")]),
    ("aedt", &[("+11:00", "Australia/Sydney")]),
    ("nzst", &[("+12:00", "Pacific/Auckland")]),
    ("nzdt", &[("+13:00", "Pacific/Auckland")]),
];

/// Returns the possible meanings of an abbreviation; `None` if it is unknown.
pub(super) fn meanings_of(letters: &str) -> Option<Meanings> {
    LETTERS.iter().find(|(known, _)| *known == letters).map(|(_, meant)| *meant)
}

/// Zones that stand behind a clock time without the word for time, spelled so.
const ALONE: [(&str, &str); 6] = [
    ("PT", "America/Los_Angeles"),
    ("MT", "America/Denver"),
    ("CT", "America/Chicago"),
    ("ET", "America/New_York"),
    ("Pacific", "America/Los_Angeles"),
    ("Eastern", "America/New_York"),
];

/// Zones of cities besides those that an abbreviation means.
const CITIES: [&str; 18] = [
    "America/Mexico_City",
    "America/Toronto",
    "America/Vancouver",
    "Asia/Dubai",
    "Asia/Ho_Chi_Minh",
    "Asia/Taipei",
    "Australia/Brisbane",
    "Australia/Melbourne",
    "Europe/Amsterdam",
    "Europe/Brussels",
    "Europe/Istanbul",
    "Europe/Madrid",
    "Europe/Paris",
    "Europe/Rome",
    "Europe/Stockholm",
    "Europe/Vienna",
    "Europe/Warsaw",
    "Europe/Zurich",
];

/// Returns the name of the zone that people call so behind a clock time: `Seoul`, `PT`, `Seoul time`, `한국시간`.
pub(super) fn zone_called(words: &str) -> Option<&'static str> {
    let alone = ALONE.iter().find(|(called, _)| *called == words).map(|(_, zone)| *zone);
    let is_name = words.starts_with(|c: char| c.is_ascii_uppercase());
    let city = || Some(words).filter(|_| is_name).and_then(zone_of_city);
    alone.or_else(city).or_else(|| {
        let small = words.to_lowercase();
        time_words(|times| times.zone_behind).find_map(|time| {
            let place = small.strip_suffix(time)?.trim_end();
            let named = || time_words(|times| times.places).find(|(called, _)| *called == place);
            zone_of_city(place).or_else(|| named().map(|(_, zone)| *zone))
        })
    })
}

/// Returns the zone of a city, ignoring case.
pub(super) fn zone_of_city(city: &str) -> Option<&'static str> {
    let meant = LETTERS.iter().flat_map(|(_, meant)| meant.iter().map(|(_, zone)| *zone));
    let spelled = city.replace(' ', "_");
    meant
        .chain(CITIES)
        .find(|zone| zone.split_once('/').is_some_and(|(_, of)| of.eq_ignore_ascii_case(&spelled)))
}

/// Returns a time with an abbreviation of a zone as it is read in every record, whatever its zone is: with the zone of each
/// meaning; other times as they are.
pub(super) fn in_any_record(time: &str) -> Vec<String> {
    let spelled = time.trim_end_matches([')', ']']).rsplit_once([' ', '(', '[']);
    let written = spelled.and_then(|(clock, letters)| {
        let meant = meanings_of(&letters.to_ascii_lowercase())?;
        let clock = clock.trim_end_matches([' ', '(', '[']);
        Some(meant.iter().map(|(_, zone)| format!("{clock} {zone}")).collect())
    });
    written.unwrap_or_else(|| vec![time.to_owned()])
}

/// Returns the most likely meaning of an abbreviation such as `EDT`: an offset in minutes, and a zone with it.
pub fn zone_of_letters(letters: &str) -> Option<(i32, Zone)> {
    let small = letters.to_ascii_lowercase();
    if ["utc", "gmt", "z"].contains(&small.as_str()) {
        return Some((0, Zone::UTC));
    }
    let (offset, zone) = meanings_of(&small)?.first()?;
    Some((offset_at(offset, 2)?.0?, Zone::parse(zone)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_read() {
        let seoul = || Zone::parse("Asia/Seoul").unwrap();
        for (typed, expected) in [
            ("", Some(TypedZone::Unsaid)),
            ("z", Some(TypedZone::Offset(0))),
            (" utc", Some(TypedZone::Offset(0))),
            (" gmt+9", Some(TypedZone::Offset(540))),
            (" gmt+0900 (korean standard time)", Some(TypedZone::Offset(540))),
            ("+09:00", Some(TypedZone::Offset(540))),
            (" +0545", Some(TypedZone::Offset(345))),
            (" -07", Some(TypedZone::Offset(-420))),
            ("-0700", Some(TypedZone::Offset(-420))),
            (" -07:00", Some(TypedZone::Offset(-420))),
            ("-07:00", Some(TypedZone::OffsetOrEnd(Some(-420), (7, 0)))),
            ("-18", Some(TypedZone::OffsetOrEnd(None, (18, 0)))),
            ("-18:20", Some(TypedZone::OffsetOrEnd(None, (18, 20)))),
            ("+15:00", Some(TypedZone::NoOffset)),
            ("+09:10", Some(TypedZone::NoOffset)),
            (" kst", Some(TypedZone::Letters("kst".to_owned()))),
            (" (kst)", Some(TypedZone::Letters("kst".to_owned()))),
            (" asia/seoul", Some(TypedZone::Named(seoul(), None))),
            (" +09:00 asia/seoul", Some(TypedZone::Named(seoul(), Some(540)))),
            (" asia/seul", Some(TypedZone::NoZone("asia/seul".to_owned()))),
            ("xm", None),
            (" 18:09", None),
            (" or so", None),
            ("-index", None),
        ] {
            assert_eq!(zone(typed, false), expected, "{typed:?}");
        }
        assert_eq!(zone("-07:00", true), Some(TypedZone::Offset(-420)));
    }

    #[test]
    fn letters_mean_offsets_that_their_zones_have() {
        for (letters, meant) in LETTERS {
            for (offset, zone) in meant {
                let zone = Zone::parse(zone).unwrap_or_else(|| panic!("{letters}: {zone}"));
                let of = |day| {
                    let noon = crate::model::Moment::parse(&format!("{day}T12:00"), Some(zone));
                    noon.unwrap().written()
                };
                let both = [of("2024-01-15"), of("2024-07-15")];
                assert!(both.iter().any(|at| at.ends_with(offset)), "{letters}: {both:?}");
            }
        }
    }
}
