//! Links events to the planned steps that they carried out, as suggested.

use crate::fault::LinkFault;
use crate::model::{Event, Incident, PlanStep};
use crate::store::Project;
use crate::timeline::{Aliases, Suggestion, candidates, suggestions};
use crate::yaml::{Change, Value};

use super::steps::step_at;
use super::workspace::{Outcome, Target};

/// An event and the planned step that it carries out.
#[derive(Debug, Clone, PartialEq)]
pub struct LinkedPair {
    /// The event before the change.
    pub event: Event,
    /// The step's text.
    pub step: String,
    /// The step's id, which may be new.
    pub id: String,
}

/// Returns the suggested pairs of an event and the planned step that it carries out, in the order of their numbers.
pub fn pairs_to_link(project: &Project, incident: &Incident) -> Vec<(Event, PlanStep)> {
    let aliases = Aliases::of(&project.settings.steps);
    let found = suggestions(incident, &aliases).into_iter();
    found.map(|pair| (pair.event.clone(), pair.step.clone())).collect()
}

/// Links events to planned steps, by the suggestions' numbers from 1, or all of them if `numbers` is empty.
///
/// # Errors
/// Nothing was changed.
pub fn link(target: &Target, numbers: &[usize]) -> Outcome<Vec<LinkedPair>> {
    let aliases = Aliases::of(&target.workspace.project.settings.steps);
    target.change("link", |document| {
        let incident = &document.incident;
        Ok(links(incident, &chosen(incident, &aliases, numbers)?)?)
    })
}

fn chosen<'i>(
    incident: &'i Incident,
    aliases: &Aliases,
    numbers: &[usize],
) -> Result<Vec<Suggestion<'i>>, LinkFault> {
    let found = suggestions(incident, aliases);
    if found.is_empty() {
        let is_possible = !candidates(incident, aliases, &[]).is_empty();
        return Err(LinkFault::NothingSuggested { is_possible });
    }
    if numbers.is_empty() {
        return Ok(found);
    }
    let mut numbers = numbers.to_vec();
    numbers.sort_unstable();
    numbers.dedup();
    let unknown = |number| LinkFault::NoSuchNumber { number, suggestions: found.len() };
    let one = |number: &usize| {
        let found = number.checked_sub(1).and_then(|at| found.get(at));
        found.copied().ok_or_else(|| unknown(*number))
    };
    numbers.iter().map(one).collect()
}

/// Returns the changes that link the pairs, and the pairs.
fn links(
    incident: &Incident,
    pairs: &[Suggestion],
) -> Result<(Vec<Change>, Vec<LinkedPair>), LinkFault> {
    // Steps without an id get one, which must be unique.
    let mut named = incident.clone();
    let mut changes: Vec<Change> = Vec::new();
    let mut told = Vec::new();
    let mut linked: Vec<(usize, Vec<String>)> = Vec::new();
    for pair in pairs {
        let (id, naming) = step_at(&named, pair.place);
        named.plan[pair.place].id = Some(id.clone());
        changes.extend(naming);
        let (event, step) = (pair.event.clone(), pair.step.text.clone());
        told.push(LinkedPair { event, step, id: id.clone() });
        let place = incident.events.iter().position(|event| std::ptr::eq(event, pair.event));
        let place = place.ok_or(LinkFault::EventGone)?;
        match linked.iter_mut().find(|(other, _)| *other == place) {
            Some((_, ids)) => ids.push(id),
            None => linked.push((place, [pair.event.steps.clone(), vec![id]].concat())),
        }
    }
    let set = |(place, ids): (usize, Vec<String>)| {
        let value = match ids.as_slice() {
            [one] => Value::text(one.clone()),
            many => Value::texts(many),
        };
        Change::set(vec![("events".to_owned(), Some(place))], "step", value)
    };
    changes.extend(linked.into_iter().map(set));
    Ok((changes, told))
}

#[cfg(test)]
mod tests {
    use super::super::trial::Trial;
    use super::*;
    use crate::fault::Fault;

    const RECORD: &str = "\
title: Checkout
timezone: Asia/Seoul
plan:
  - at: 2024-09-07T18:00+09:00
    text: deploy the app
  - at: 2024-09-07T18:10+09:00
    text: clear the cache
events:
  - at: 2024-09-07T18:01+09:00
    text: deploy the app
  - at: 2024-09-07T18:11+09:00
    text: clear the cache
";

    fn links_of(record: &str, numbers: &[usize]) -> Result<Vec<(String, String)>, LinkFault> {
        let trial = Trial::new(record);
        let (_, pairs) = match link(&trial.target, numbers) {
            Err(Fault::Link(fault)) => {
                assert_eq!(trial.text(), record, "a refusal changes nothing");
                return Err(fault);
            }
            other => other.unwrap(),
        };
        let incident = trial.document().incident;
        let written = incident.events.iter().filter(|event| !event.steps.is_empty());
        assert_eq!(written.count(), pairs.len());
        Ok(pairs.into_iter().map(|pair| (pair.step, pair.id)).collect())
    }

    #[test]
    fn suggestions_are_written_by_number_once() {
        let pair = |step: &str, id: &str| (step.to_owned(), id.to_owned());
        let (deploy, clear) = (pair("deploy the app", "step-1"), pair("clear the cache", "step-2"));
        for (numbers, expected) in [
            ([].as_slice(), vec![deploy.clone(), clear.clone()]),
            (&[2, 1, 2], vec![deploy.clone(), clear.clone()]),
            (&[2], vec![clear]),
            (&[1, 1], vec![deploy]),
        ] {
            assert_eq!(links_of(RECORD, numbers), Ok(expected), "{numbers:?}");
        }
    }

    #[test]
    fn numbers_of_no_suggestion_are_refused() {
        for (record, numbers, fault) in [
            (RECORD, [0].as_slice(), LinkFault::NoSuchNumber { number: 0, suggestions: 2 }),
            (RECORD, &[9, 1, 3], LinkFault::NoSuchNumber { number: 3, suggestions: 2 }),
            ("title: Empty\n", &[1], LinkFault::NothingSuggested { is_possible: false }),
        ] {
            assert_eq!(links_of(record, numbers), Err(fault), "{numbers:?}");
        }
    }
}
