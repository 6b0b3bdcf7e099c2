//! Rules about offsets that are not the zone's.

use crate::fault::FindingKind;
use crate::model::{Moment, Precision, Zone};
use crate::yaml::Hop::{self, Item, Key};

use super::super::case::{Case, Found};

const DAY: i64 = 86_400;

/// An offset that the zone had within this many days of a time is doubtful in it: an abolished rule lives on for years
/// in old programs, and in people's heads.
const AROUND: i64 = 5 * 366;

pub(super) fn mismatch(case: &Case) -> Vec<Found> {
    let Some(zone) = case.incident.zone else { return Vec::new() };
    let doubtful = |(at, hops): (Moment, Vec<Hop>)| {
        if !is_doubtful(&at, zone) {
            return None;
        }
        let place = case.place(&hops);
        let written = case.document.text().get(place).unwrap_or_default();
        // `Z` is UTC, whatever offsets the zone has.
        let utc = written.trim_end_matches(['"', '\'']).ends_with(['Z', 'z']);
        (!utc).then(|| {
            let (instant, clock) = (at.seen_in(zone), same_reading(&at, zone));
            let kind = FindingKind::OffsetMismatch { at, zone, instant, clock };
            case.found(&hops, kind)
        })
    };
    times(case).into_iter().filter_map(doubtful).collect()
}

/// Whether a time's offset is not the zone's at that instant, but is at others nearby. Any other offset is deliberately
/// that of another place.
fn is_doubtful(at: &Moment, zone: Zone) -> bool {
    let (own, of_zone) = (offset(at, None), offset(at, Some(zone)));
    // Weekly steps find every period of daylight saving time, and even Ramadan's.
    let mut around = (-AROUND..AROUND).step_by(7).filter_map(|day| at.plus_seconds(day * DAY));
    at.precision() != Precision::Day
        && own != of_zone
        && around.any(|at| offset(&at, Some(zone)) == own)
}

/// Returns when the zone's clocks showed the written time, if exactly once.
fn same_reading(at: &Moment, zone: Zone) -> Option<Moment> {
    let later = offset(at, None) - offset(at, Some(zone));
    let same = at.plus_seconds(i64::from(later) * 60)?.seen_in(zone);
    let hands = |at: &Moment| {
        let clock = at.clock(None);
        (clock.day, clock.hour, clock.minute, clock.second)
    };
    (hands(&same) == hands(at)).then_some(same)
}

/// Returns the minutes east of UTC of a time as written, or of a zone at that instant.
fn offset(at: &Moment, zone: Option<Zone>) -> i32 {
    at.clock(zone).offset_minutes
}

/// Returns every time of a record, with its path.
fn times(case: &Case) -> Vec<(Moment, Vec<Hop<'static>>)> {
    let mut times = Vec::new();
    let mut add = |at: Option<Moment>, hops: &[Hop<'static>]| {
        times.extend(at.map(|at| (at, hops.to_vec())));
    };
    add(case.incident.published, &[Key("published")]);
    for (place, step) in case.incident.plan.iter().enumerate() {
        let of_step = [Key("plan"), Item(place)];
        let below = |hops: &[Hop<'static>]| [&of_step[..], hops].concat();
        add(step.at, &below(&[Key("at")]));
        add(step.due, &below(&[Key("due")]));
        add(step.until, &below(&[Key("until")]));
        for (place, revision) in step.revised.iter().enumerate() {
            add(Some(revision.from), &below(&[Key("revised"), Item(place), Key("from")]));
            add(revision.until, &below(&[Key("revised"), Item(place), Key("until")]));
            add(revision.on, &below(&[Key("revised"), Item(place), Key("on")]));
        }
        let skipped = step.skipped.as_ref().and_then(|skip| skip.on);
        add(skipped, &below(&[Key("skipped"), Key("on")]));
    }
    for (place, event) in case.incident.events.iter().enumerate() {
        for (key, at) in [
            ("at", event.at),
            ("until", event.until),
            ("logged", event.logged),
            ("next_update", event.next_update),
        ] {
            add(at, &[Key("events"), Item(place), Key(key)]);
        }
    }
    times
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns what is wrong with a time of a record in that zone: its instant on the zone's clocks, and the instant of
    /// the clock reading.
    fn found(zone: &str, at: &str) -> Option<(String, Option<String>)> {
        let record = format!("title: x\ntimezone: {zone}\nevents:\n  - {{at: {at}, text: x}}\n");
        let document = crate::format::read(&record).unwrap();
        let case = Case::new(&document, Moment::from_unix(0).unwrap(), &[], &[]);
        let found = mismatch(&case).pop()?;
        assert_eq!(&record[found.span], at);
        match found.kind {
            FindingKind::OffsetMismatch { instant, clock, .. } => {
                Some((instant.written(), clock.map(|at| at.written())))
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn offsets_that_the_zone_has_at_other_times_are_doubtful() {
        for (zone, at, instant, clock) in [
            // British Columbia did not put its clocks back in 2026; older programs still do.
            ("America/Vancouver", "2026-11-20T12:00-08:00", "13:00-07:00", "12:00-07:00"),
            ("America/Vancouver", "2030-01-20T12:00:30-08:00", "13:00:30-07:00", "12:00:30-07:00"),
            (
                "America/Vancouver",
                "2027-01-20T12:00:30.5-08:00",
                "13:00:30.5-07:00",
                "12:00:30.5-07:00",
            ),
            ("America/New_York", "2024-07-01T12:00-05:00", "13:00-04:00", "12:00-04:00"),
            ("Europe/London", "2024-07-01T12:00+00:00", "13:00+01:00", "12:00+01:00"),
            ("Africa/Casablanca", "2024-03-20T12:00+01:00", "11:00+00:00", "12:00+00:00"),
            // Its clocks skipped half past two.
            ("America/New_York", "2024-03-10T02:30-04:00", "01:30-05:00", ""),
            ("Europe/London", "2024-10-27T00:30+00:00", "01:30+01:00", "00:30+01:00"),
        ] {
            let told = |time: &str| format!("{}T{time}", &at[..10]);
            let clock = (!clock.is_empty()).then(|| told(clock));
            assert_eq!(found(zone, at), Some((told(instant), clock)), "{zone} {at}");
        }
    }

    #[test]
    fn other_offsets_are_those_of_somewhere_else() {
        for (zone, at) in [
            ("America/Vancouver", "2026-11-20T12:00-07:00"),
            ("America/Vancouver", "2026-11-20T20:00Z"),
            ("America/Vancouver", "2026-11-20T20:00+00:00"),
            ("America/Vancouver", "2026-11-20T15:00-05:00"),
            ("America/Vancouver", "2026-11-20T12:00"),
            ("America/Vancouver", "2026-11-20"),
            ("America/Vancouver", "2040-11-20T12:00-08:00"),
            ("Europe/London", "2024-07-01T12:00Z"),
            ("Europe/London", "\"2024-07-01 12:00 z\""),
            ("Europe/London", "2024-07-01T12:00+01:00"),
            ("America/New_York", "2024-11-03T01:30-04:00"),
            ("America/New_York", "2024-11-03T01:30-05:00"),
            // Daylight saving time of 1988 is no reason to doubt today.
            ("Asia/Seoul", "2024-07-01T12:00+10:00"),
            ("Asia/Seoul", "2024-07-01T12:00+08:00"),
        ] {
            assert_eq!(found(zone, at), None, "{zone} {at}");
        }
    }

    #[test]
    fn every_time_of_a_record_is_looked_at() {
        let at = "2024-07-01T12:00-05:00";
        let record = format!(
            "title: x\ntimezone: America/New_York\npublished: {at}\nplan:\n  - at: {at}\n    until: {at}\n    text: x\n    \
             revised:\n      - {{from: {at}, on: {at}}}\n    skipped: {{on: {at}}}\nevents:\n  - at: {at}\n    until: {at}\n    \
             logged: {at}\n    text: x\n"
        );
        let document = crate::format::read(&record).unwrap();
        let case = Case::new(&document, Moment::from_unix(0).unwrap(), &[], &[]);
        let mut places: Vec<usize> = mismatch(&case).iter().map(|one| one.span.start).collect();
        places.sort_unstable();
        assert_eq!(places, record.match_indices(at).map(|(at, _)| at).collect::<Vec<_>>());
    }
}
