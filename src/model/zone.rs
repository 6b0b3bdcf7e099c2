//! Named time zones, with their gaps and folds.

use std::fmt;

use chrono::{DateTime, FixedOffset, NaiveDateTime, TimeZone};

use super::zone_data::{self, MachineZones, ZoneSource};
use super::zone_rules::{self, Rules, Shown};

/// A time zone of the IANA database, such as `Asia/Seoul`.
#[derive(Clone, Copy)]
pub struct Zone(&'static Rules);

/// Abbreviations that people write for a zone, and the zone they most likely mean.
const LETTERS: [(&str, &str); 18] = [
    ("KST", "Asia/Seoul"),
    ("JST", "Asia/Tokyo"),
    ("PST", "America/Los_Angeles"),
    ("PDT", "America/Los_Angeles"),
    ("EST", "America/New_York"),
    ("EDT", "America/New_York"),
    ("CST", "America/Chicago"),
    ("CDT", "America/Chicago"),
    ("BST", "Europe/London"),
    ("CET", "Europe/Berlin"),
    ("CEST", "Europe/Berlin"),
    ("IST", "Asia/Kolkata"),
    ("HKT", "Asia/Hong_Kong"),
    ("SGT", "Asia/Singapore"),
    ("AEST", "Australia/Sydney"),
    ("AEDT", "Australia/Sydney"),
    ("MST", "America/Denver"),
    ("HST", "Pacific/Honolulu"),
];

/// Why a wall-clock time is no single instant in a zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LocalFault {
    /// The clocks skipped it when they went forward. With the moment that a clock not put forward showed then, as the
    /// zone writes it: `2025-03-30T03:30+02:00`.
    Gap(String),
    /// The clocks went back over it: it occurred twice, at these two offsets (earlier first).
    Fold(String, String),
}

impl Zone {
    /// Coordinated Universal Time.
    pub const UTC: Zone = Zone(&zone_rules::UTC);

    /// Returns the zone with that IANA name, ignoring case (`asia/seoul`).
    pub fn parse(name: &str) -> Option<Zone> {
        zone_data::rules(name).map(Zone)
    }

    /// Sets how to find the machine's time zone data, called when the first zone is asked for: they are used if newer
    /// than the built-in data.
    pub fn may_look_at(find: fn() -> Option<MachineZones>) {
        zone_data::may_look(find);
    }

    /// Returns where the time zone data come from. It loads every zone.
    pub fn source() -> ZoneSource {
        zone_data::source()
    }

    /// Returns the zone that an unknown name probably means: one for an abbreviation such as `KST`, one of that city,
    /// else the nearest name.
    pub fn near(name: &str) -> Option<&'static str> {
        let letters = LETTERS.iter().find(|(letters, _)| letters.eq_ignore_ascii_case(name));
        let city = format!("/{}", name.to_lowercase().replace(' ', "_"));
        letters
            .map(|(_, zone)| *zone)
            .or_else(|| {
                let mut real = Zone::names().filter(|zone| !zone.starts_with("Etc"));
                real.find(|zone| zone.to_lowercase().ends_with(&city))
            })
            .or_else(|| {
                // Offsets and other abbreviations resemble zones that nobody means: `Etc/GMT+9` is west.
                let named = name.contains('/') && !name.starts_with("Etc");
                let zones =
                    Zone::names().filter(|zone| zone.contains('/') && !zone.starts_with("Etc"));
                super::nearest(name, zones).filter(|_| named)
            })
    }

    /// Whether this is an abbreviation such as `EST`. Some are zones of the database too, but without daylight saving
    /// time, which nobody means.
    pub fn is_letters(name: &str) -> bool {
        LETTERS.iter().any(|(letters, _)| letters.eq_ignore_ascii_case(name))
    }

    /// Returns the IANA name, as the database spells it.
    pub fn name(&self) -> &'static str {
        self.0.name
    }

    /// Iterates over every zone name, for suggestions.
    pub fn names() -> impl Iterator<Item = &'static str> {
        zone_data::names()
    }

    /// Returns the instant that a wall clock in this zone showed, or why there is not just one.
    pub(super) fn instant(
        &self,
        local: NaiveDateTime,
    ) -> Result<DateTime<FixedOffset>, LocalFault> {
        let skipped = |before: FixedOffset| {
            let instant = before.from_local_datetime(&local).single();
            let shown = instant.map(|at| self.wall(&at).format("%Y-%m-%dT%H:%M%:z").to_string());
            LocalFault::Gap(shown.unwrap_or_default())
        };
        match self.0.shown(&local) {
            // A fixed offset has no gaps; only beyond the end of the calendar has it no such time.
            Shown::Once(offset) => {
                offset.from_local_datetime(&local).single().ok_or_else(|| skipped(offset))
            }
            Shown::Never(before) => Err(skipped(before)),
            Shown::Twice(first, second) => {
                Err(LocalFault::Fold(first.to_string(), second.to_string()))
            }
        }
    }

    /// Returns the same instant on this zone's wall clock.
    pub(super) fn wall(&self, at: &DateTime<FixedOffset>) -> DateTime<FixedOffset> {
        at.with_timezone(&self.0.at(at.timestamp()).0)
    }

    /// Returns the zone's abbreviation at that instant, such as `KST` or `PDT`; an offset where the database has none.
    pub(super) fn abbreviation(&self, at: &DateTime<FixedOffset>) -> String {
        let (offset, letters) = self.0.at(at.timestamp());
        match letters.starts_with(|first: char| first.is_ascii_alphabetic()) {
            true => letters.to_owned(),
            false => offset.to_string(),
        }
    }
}

impl PartialEq for Zone {
    fn eq(&self, other: &Zone) -> bool {
        self.name() == other.name()
    }
}

impl Eq for Zone {}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Zone").field(&self.name()).finish()
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_in_any_case() {
        assert_eq!(Zone::parse("asia/seoul").unwrap().name(), "Asia/Seoul");
        assert_eq!(Zone::parse("Asia/Wakanda"), None);
        assert_eq!(Zone::parse(""), None);
    }

    #[test]
    fn what_is_no_zone_may_mean_one() {
        let table = [
            ("KST", Some("Asia/Seoul")),
            ("est", Some("America/New_York")),
            ("Seoul", Some("Asia/Seoul")),
            ("los angeles", Some("America/Los_Angeles")),
            ("Asia/Seul", Some("Asia/Seoul")),
            ("한국", None),
            ("GMT+9", None),
            ("HKT", Some("Asia/Hong_Kong")),
            ("Pacific Time", None),
        ];
        for (name, near) in table {
            assert_eq!(Zone::near(name), near, "{name}");
        }
    }
}
