//! A rule about commands that were run and logged.

use crate::fault::FindingKind;
use crate::model::{EXIT_CODE, RUNNING};
use crate::yaml::Hop::{Item, Key};

use super::super::case::{Case, Found};

/// Finds the events of commands whose end is not recorded.
pub(super) fn command_running(case: &Case) -> Vec<Found> {
    let runs = |(name, said): &(String, String)| name == EXIT_CODE && said == RUNNING;
    let events = case.incident.events.iter().enumerate();
    let running = events.filter(|(_, event)| event.metrics.iter().any(runs));
    let found = running.map(|(place, _)| {
        let path = [Key("events"), Item(place), Key("metrics"), Key(EXIT_CODE)];
        case.found(&path, FindingKind::CommandRunning)
    });
    found.collect()
}
