//! Rules about what events say of the severity and the status before and after them, and of what the public is shown.

use crate::fault::{ChangeFinding, FindingKind};
use crate::publish::status_lag;
use crate::timeline::{broken_severities, broken_statuses, severity_led_to};
use crate::yaml::Hop::{Item, Key};

use super::super::case::{Case, Found};

/// Finds changes that do not begin where the one before them ends, and a severity that is not that of the last change.
pub(super) fn broken(case: &Case) -> Vec<Found> {
    let at = |place: usize, finding: ChangeFinding| {
        let hops = [Key("events"), Item(place), Key("from")];
        case.found(&hops, FindingKind::Change(finding))
    };
    let severities = broken_severities(case.incident).into_iter().map(|broken| {
        let (said, led) = (broken.said.to_owned(), broken.led.to_owned());
        at(broken.place, ChangeFinding::Severity { said, led })
    });
    let statuses = broken_statuses(case.incident).into_iter().map(|broken| {
        let (said, led) = (broken.said.to_owned(), broken.led.to_owned());
        at(broken.place, ChangeFinding::Status { said, led })
    });
    let last = severity_led_to(case.incident).map(|led| {
        let (said, led) = (case.incident.severity.clone(), led.to_owned());
        let kind = FindingKind::Change(ChangeFinding::Last { said, led });
        case.found(&[Key("severity")], kind)
    });
    severities.chain(statuses).chain(last).collect()
}

/// Finds the internal event since which public pages show a state that is no longer true.
pub(super) fn public_status(case: &Case) -> Vec<Found> {
    let Some(lag) = status_lag(case.incident) else { return Vec::new() };
    let events = &case.incident.events;
    let place = events.iter().position(|event| std::ptr::eq(event, lag.event));
    let found = place.map(|place| {
        let (shown, known) = (lag.shown, lag.known.clone());
        let kind = FindingKind::PublicStatus { shown, known, at: lag.event.at };
        case.found(&[Key("events"), Item(place), Key("type")], kind)
    });
    found.into_iter().collect()
}
