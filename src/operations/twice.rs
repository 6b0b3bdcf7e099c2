//! Finds records that are there twice: both sides of a git merge renamed one record, or each merged two into another one.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use crate::model::{Event, Incident};

/// What copies of a record have in common.
#[derive(Default)]
pub(super) struct Marks {
    title: String,
    /// A hash of each event with a time.
    events: HashSet<u64>,
}

impl Marks {
    /// Returns the marks of a record.
    pub(super) fn of(incident: &Incident) -> Marks {
        let mark = |event: &Event| {
            let mut hash = DefaultHasher::new();
            let moments = (event.at?.unix(), event.logged.map(|logged| logged.unix()));
            (moments, &event.text).hash(&mut hash);
            Some(hash.finish())
        };
        let events = incident.events.iter().filter_map(mark).collect();
        Marks { title: incident.title.clone(), events }
    }
}

/// A record with most events of an earlier one in the list, or the other way round.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Twin {
    /// Its index.
    pub record: usize,
    /// The index of the other one.
    pub other: usize,
    /// How many events both have.
    pub shared: usize,
}

/// Returns the records that are there twice: most events of one are in the other, and these are several, or the titles
/// are the same, too.
pub(super) fn twins(marks: &[Marks]) -> Vec<Twin> {
    let mut first: HashMap<u64, usize> = HashMap::new();
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (record, Marks { events, .. }) in marks.iter().enumerate() {
        for event in events {
            let other = *first.entry(*event).or_insert(record);
            if other != record {
                *shared.entry((record, other)).or_default() += 1;
            }
        }
    }
    let is_twin = |((record, other), shared): &((usize, usize), usize)| {
        let (one, two) = (&marks[*record], &marks[*other]);
        let fewer = one.events.len().min(two.events.len());
        shared * 2 > fewer && (*shared > 1 || one.title == two.title)
    };
    let twins = shared.into_iter().filter(is_twin);
    twins.map(|((record, other), shared)| Twin { record, other, shared }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::read;

    fn marks(title: &str, texts: &[&str]) -> Marks {
        let events = texts
            .iter()
            .enumerate()
            .map(|(n, text)| format!("  - at: 2024-09-07T18:{n:02}Z\n    text: {text}\n"));
        let text = format!("title: {title}\nevents:\n{}", events.collect::<String>());
        Marks::of(&read(&text).unwrap().incident)
    }

    #[test]
    fn a_record_is_there_twice_if_most_of_its_events_are() {
        let all = ["down", "cause found", "up"];
        for (other, shared) in [
            (marks("t", &all), Some(3)),
            (marks("t", &["down", "cause found", "up", "logged since"]), Some(3)),
            (marks("another", &["down", "cause found"]), Some(2)),
            (marks("t", &["down"]), Some(1)),
            // One event may belong to two records.
            (marks("another", &["down"]), None),
            (marks("another", &["down", "not this", "nor that"]), None),
            // Half of them are not most.
            (marks("t", &["down", "not this"]), None),
            (marks("t", &["all", "is", "different"]), None),
            (marks("t", &[]), None),
        ] {
            let found = twins(&[marks("t", &all), other]);
            let expected = shared.map(|shared| Twin { record: 1, other: 0, shared });
            assert_eq!(found, Vec::from_iter(expected));
        }
    }

    #[test]
    fn what_was_logged_at_another_time_is_another_event() {
        let logged = |minute: &str| {
            let logged = format!("logged: 2024-09-07T19:{minute}Z");
            let text = format!(
                "title: t\nevents:\n  - at: 2024-09-07T18:00Z\n    {logged}\n    text: down\n"
            );
            Marks::of(&read(&text).unwrap().incident)
        };
        assert_eq!(twins(&[logged("00"), logged("00")]).len(), 1);
        assert_eq!(twins(&[logged("00"), logged("01")]), []);
    }
}
