//! Named time zones, with their gaps and folds.

use std::fmt;
use std::str::FromStr;

use chrono::offset::LocalResult;
use chrono::{DateTime, FixedOffset, NaiveDateTime, Offset, TimeZone, Utc};
use chrono_tz::{OffsetName as _, TZ_VARIANTS, Tz};

/// A time zone of the IANA database, such as `Asia/Seoul`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Zone(Tz);

/// Why a wall-clock time names no single instant in a zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LocalFault {
    /// The clocks were put forward over it: it never was.
    Gap,
    /// The clocks were put back over it: it was twice, at these two offsets (earlier first).
    Fold(String, String),
}

impl Zone {
    /// Coordinated Universal Time.
    pub const UTC: Zone = Zone(Tz::UTC);

    /// The zone of that IANA name; letter case is forgiven (`asia/seoul`).
    pub fn parse(name: &str) -> Option<Zone> {
        if let Ok(tz) = Tz::from_str(name) {
            return Some(Zone(tz));
        }
        let mut known = TZ_VARIANTS.iter();
        known.find(|tz| tz.name().eq_ignore_ascii_case(name)).map(|tz| Zone(*tz))
    }

    /// The IANA name, as the database spells it.
    pub fn name(&self) -> &'static str {
        self.0.name()
    }

    /// Every zone name, for suggestions.
    pub fn names() -> impl Iterator<Item = &'static str> {
        TZ_VARIANTS.iter().map(|tz| tz.name())
    }

    /// The instant that a wall clock in this zone showed, or why there is not just one.
    pub(super) fn instant(
        &self,
        local: NaiveDateTime,
    ) -> Result<DateTime<FixedOffset>, LocalFault> {
        match self.0.from_local_datetime(&local) {
            LocalResult::Single(at) => Ok(at.fixed_offset()),
            LocalResult::None => Err(LocalFault::Gap),
            LocalResult::Ambiguous(first, second) => Err(LocalFault::Fold(
                first.offset().fix().to_string(),
                second.offset().fix().to_string(),
            )),
        }
    }

    /// The same instant, on this zone's wall clock.
    pub(super) fn wall(&self, at: &DateTime<FixedOffset>) -> DateTime<FixedOffset> {
        at.with_timezone(&Utc).with_timezone(&self.0).fixed_offset()
    }

    /// The zone's short name at that instant, such as `KST` or `PDT`; an offset where the
    /// database has no letters for it.
    pub(super) fn abbreviation(&self, at: &DateTime<FixedOffset>) -> String {
        let at = at.with_timezone(&self.0);
        at.offset().abbreviation().map_or_else(|| at.offset().to_string(), str::to_owned)
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
}
