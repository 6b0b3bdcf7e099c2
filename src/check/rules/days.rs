//! Rules about the days that a record mentions.

use crate::fault::{DayFinding, FindingKind};
use crate::lang::{StatedDate, says_other_year, stated_weekdays};
use crate::model::{Day, Incident};
use crate::yaml::Hop::{Item, Key};

use super::super::case::{Case, Found};
use super::super::places::part_of;

pub(super) fn weekday_mismatch(case: &Case) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for text in case.incident.texts() {
        for hit in stated_weekdays(text.text) {
            let near = text.at.map(|at| at.day());
            let near = near.or_else(|| case.incident.day()).filter(|_| !says_other_year(text.text));
            let days: Vec<Day> =
                hit.dates.iter().filter_map(|date| day_of(date, near.as_ref())).collect();
            let Some(day) = days.first().copied() else { continue };
            if days.iter().all(|day| day.weekday() != hit.weekday) {
                let (place, said) = (text.place.to_string(), hit.words.to_owned());
                let kind = FindingKind::Day(DayFinding::Weekday { place, said, day });
                found.push(Found { span: case.part(&text, part_of(text.text, hit.words)), kind });
            }
        }
    }
    found
}

/// Returns the day of a date; one without a year is taken as close as possible to a day of the record.
fn day_of(date: &StatedDate, near: Option<&Day>) -> Option<Day> {
    let in_year = |year| Day::new(year, date.month, date.day);
    if let Some(year) = date.year {
        return in_year(year);
    }
    let near = near?;
    let years = near.year() - 1..=near.year() + 1;
    years.filter_map(in_year).min_by_key(|day| day.days_since(near).abs())
}

/// How many days an outage's date may be from its events; it may be that of its retrospective.
const FAR: i64 = 27;
/// How many days a release's date may be from its first steps and events.
const FAR_FOR_RELEASES: i64 = 180;

pub(super) fn date_mismatch(case: &Case) -> Vec<Found> {
    let incident = case.incident;
    let Some(date) = incident.date else { return Vec::new() };
    let days = days_of(incident);
    let (Some(first), Some(last)) = (days.iter().min(), days.iter().max()) else {
        return Vec::new();
    };
    let off = first.days_since(&date).max(date.days_since(last));
    let far = if case.is_release() { FAR_FOR_RELEASES } else { FAR };
    if off <= far {
        return Vec::new();
    }
    let kind = FindingKind::Day(DayFinding::Date { date, days: off });
    vec![case.found(&[Key("date")], kind)]
}

/// Returns the days of everything planned and recorded.
fn days_of(incident: &Incident) -> Vec<Day> {
    let planned = incident.plan.iter().filter_map(|step| step.planned());
    let happened = incident.events.iter().filter_map(|event| event.at);
    planned.chain(happened).map(|at| at.day()).collect()
}

pub(super) fn future_event(case: &Case) -> Vec<Found> {
    let now = case.incident.zone.map_or(case.now, |zone| case.now.seen_in(zone));
    let events = case.incident.events.iter().enumerate();
    let timed = events.filter_map(|(place, event)| Some((place, event.at?)));
    // A time later today gets its warning when it is logged.
    let future = timed.filter(|(_, at)| at.day() > now.day() && now.contradicts_being_after(at));
    let found = future.map(|(place, at)| {
        let kind = FindingKind::Day(DayFinding::Future { at });
        case.found(&[Key("events"), Item(place), Key("at")], kind)
    });
    found.collect()
}

pub(super) fn zone_missing(case: &Case) -> Vec<Found> {
    let incident = case.incident;
    let dated = incident.date.is_some() || !days_of(incident).is_empty();
    let missing = incident.zone.is_none() && dated;
    let found = || case.found(&[Key("title")], FindingKind::Day(DayFinding::NoZone));
    missing.then(found).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::read;
    use crate::model::Moment;

    #[track_caller]
    fn finds(rule: fn(&Case) -> Vec<Found>, text: &str, found: usize) {
        let document = read(&format!("title: t\n{text}\n")).unwrap();
        // 7 p.m. on the 7th in Seoul is still the morning in New York.
        let now = Moment::parse("2024-09-07T10:00:30Z", None).unwrap();
        assert_eq!(rule(&Case::new(&document, now, &[], &[])).len(), found, "{text}");
    }

    #[test]
    fn what_has_not_come_yet() {
        for (at, found) in [
            ("2024-09-07T19:00", 0),
            ("2024-09-07T19:01", 0),
            ("2024-09-08T00:01", 1),
            ("2024-09-07T15:02Z", 1),
            ("2024-09-07", 0),
            ("2024-09-08", 1),
            ("2025-09-07T18:00", 1),
        ] {
            finds(
                future_event,
                &format!("timezone: Asia/Seoul\nevents: [{{at: {at}, text: x}}]"),
                found,
            );
        }
        let about = "timezone: Asia/Seoul\nevents: [{at: 2024-09-07T19:30, about: true, text: x}]";
        finds(future_event, about, 0);
    }

    #[test]
    fn a_date_without_a_year_is_the_nearest_one() {
        for (text, found) in [
            ("9월 7일 (일)", 1),
            ("9월 7일 (토)", 0),
            ("작년 9월 7일 (목)", 0),
            ("Wed 1 January", 0),
            ("Mon 1 January", 1),
            ("2월 30일 (월)", 0),
            ("3/9 (Sat)", 0),
        ] {
            let event = "events: [{at: 2024-09-07T18:08Z, text: x}]";
            finds(weekday_mismatch, &format!("summary: \"{text}\"\n{event}"), found);
        }
        finds(weekday_mismatch, "summary: 9월 7일 (일)", 0);
    }

    #[test]
    fn a_date_is_near_what_happened() {
        for (kind, date, found) in [
            ("outage", "2024-09-25", 0),
            ("outage", "2024-10-07", 1),
            ("outage", "2023-12-31", 1),
            ("release", "2024-10-07", 0),
            ("release", "2023-09-07", 1),
        ] {
            let event = "events: [{at: 2024-09-07T18:08Z, text: x}]";
            finds(date_mismatch, &format!("kind: {kind}\ndate: {date}\n{event}"), found);
        }
        finds(date_mismatch, "date: 2024-09-07", 0);
    }
}
