//! Finds the same step in other records, where its text may differ.

use std::collections::HashMap;
use std::sync::Mutex;

use crate::model::{Incident, PlanStep};
use crate::timeline::{Aliases, StepName};

use super::past::{Called, Past, occurrences};
use super::same_words::{KnownStep, Named};

/// The most texts, and the most ids, that are searched for.
const MOST: usize = 50;

/// The most texts for which the result is cached.
const KEPT: usize = 10_000;

/// Steps that match the searched words.
#[derive(Debug)]
pub struct SameSteps<'a> {
    /// Their texts, each once.
    known: Vec<KnownStep<'a>>,
    /// Their ids, each with the indices of its texts.
    ids: HashMap<String, Vec<usize>>,
    named: Option<Named>,
    /// Results for texts of steps and of events, which recur in many releases.
    steps: Kept,
    events: Kept,
}

/// For each text that was compared, which of the known steps it is.
#[derive(Debug, Default)]
struct Kept(Mutex<HashMap<String, Option<Is>>>);

impl Kept {
    fn or_find(&self, text: &str, find: impl FnOnce() -> Option<Is>) -> Option<Is> {
        // A poisoned lock still holds what was found.
        let kept = || self.0.lock().unwrap_or_else(|e| e.into_inner());
        if let Some(is) = kept().get(text) {
            return *is;
        }
        let is = find();
        let mut kept = kept();
        if kept.len() < KEPT {
            kept.insert(text.to_owned(), is);
        }
        is
    }
}

/// What a text was found to be.
#[derive(Debug, Clone, Copy)]
enum Is {
    /// The known step with that index.
    Known(usize),
    /// A text with the searched words.
    Named,
}

impl<'a> SameSteps<'a> {
    /// Returns the query for these steps, each with its text and its id, if it has one.
    pub fn of<'s>(
        found: impl IntoIterator<Item = (Option<&'s str>, &'s str)>,
        aliases: &'a Aliases,
    ) -> SameSteps<'a> {
        let (mut known, mut ids): (Vec<KnownStep>, HashMap<String, Vec<usize>>) =
            Default::default();
        for (id, text) in found {
            let index = known.iter().position(|it| it.text() == text).unwrap_or(known.len());
            if index == MOST {
                continue;
            }
            if index == known.len() {
                known.push(KnownStep::of(text, Called::of(text, aliases)));
            }
            if let Some(id) = id.filter(|id| ids.len() < MOST || ids.contains_key(*id)) {
                let texts = ids.entry(id.to_owned()).or_default();
                if !texts.contains(&index) {
                    texts.push(index);
                }
            }
        }
        SameSteps { known, ids, named: None, steps: Kept::default(), events: Kept::default() }
    }

    /// Returns the query with the searched words, which match in any language.
    #[must_use]
    pub fn naming(self, typed: &str) -> SameSteps<'a> {
        SameSteps { named: Named::of(typed), ..self }
    }

    /// Whether a file's text may contain one of them.
    pub fn may_be_in(&self, text: &str) -> bool {
        self.ids.keys().any(|id| text.contains(id))
            || self.known.iter().any(|known| known.may_be_in(text))
            || self.named.as_ref().is_some_and(|named| named.may_be_in(text))
    }

    /// Returns every step of a record that is one of these, by its id or its text, and every unplanned event that
    /// carried one out, each with the text of that step. Steps and events that only contain the searched words are
    /// included.
    pub fn past<'i>(&self, incident: &'i Incident, tolerance: i64) -> Vec<(Past<'i>, &str)> {
        let same = |past: Past<'i>| {
            let text = match &past {
                Past::Step(row) => self.step(&StepName::of(incident, row.step?), row.step?),
                Past::Event(event) => self.event(event.headline()),
            }?;
            Some((past, text))
        };
        occurrences(incident, tolerance).filter_map(same).collect()
    }

    /// Returns the text of the known step that a step is.
    fn step(&self, name: &StepName, step: &PlanStep) -> Option<&str> {
        let has_id_of = |index: &&usize| {
            let text = self.known[**index].text().into();
            name.has_id_of(&StepName { id: name.id, text })
        };
        let named = name.id.and_then(|id| self.ids.get(id)?.iter().find(has_id_of));
        let found = |text: &str| self.found(text, |known, text| known.is_step(text));
        let called =
            || self.steps.or_find(&step.text, || found(&step.text).or_else(|| found(&name.text)));
        self.text_of(named.map(|index| Is::Known(*index)).or_else(called)?)
    }

    /// Returns the text of the known step that an event carried out.
    fn event(&self, headline: &str) -> Option<&str> {
        let called = || self.found(headline, |known, text| known.is_event(text));
        self.text_of(self.events.or_find(headline, called)?)
    }

    fn found(&self, text: &str, is: impl Fn(&KnownStep, &str) -> bool) -> Option<Is> {
        let known = self.known.iter().position(|known| is(known, text));
        let names = || self.named.as_ref().is_some_and(|named| named.is_in(text));
        known.map(Is::Known).or_else(|| names().then_some(Is::Named))
    }

    fn text_of(&self, is: Is) -> Option<&str> {
        match is {
            Is::Known(index) => self.known.get(index).map(|known| known.text()),
            Is::Named => self.named.as_ref().map(|named| named.text()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Event, Moment};

    /// Their texts have nothing in common.
    #[test]
    fn each_of_several_steps_is_found_by_its_id_alone() {
        let at = Moment::parse("2024-09-07T17:00+09:00", None).unwrap();
        let step =
            |id: &str, text: &str| PlanStep { id: Some(id.to_owned()), ..PlanStep::new(at, text) };
        let plan = vec![step("gate", "Flip the switch"), step("mail", "Write to the customers")];
        let incident = Incident { plan, ..Incident::default() };
        let known = [(Some("gate"), "Open for everyone"), (Some("mail"), "Newsletter")];
        let aliases = Aliases::default();
        let same = SameSteps::of(known, &aliases);
        let texts: Vec<&str> = same.past(&incident, 300).iter().map(|(_, text)| *text).collect();
        assert_eq!(texts, ["Open for everyone", "Newsletter"]);
    }

    #[test]
    fn a_step_is_found_by_its_id_its_words_and_what_carried_it_out() {
        let at = Moment::parse("2024-09-07T17:00+09:00", None).unwrap();
        let step = |id: Option<&str>, text: &str| PlanStep {
            id: id.map(str::to_owned),
            ..PlanStep::new(at, text)
        };
        let incident = Incident {
            plan: vec![
                step(Some("submit"), "Hand 4.0 over to Apple"),
                step(None, "앱을 배포함"),
                step(Some("translate-the"), "Translate the texts"),
            ],
            events: vec![Event::new(at, "Rolled out the app"), Event::new(at, "coffee")],
            ..Incident::default()
        };
        let found = |known: &[(Option<&str>, &str)]| {
            let aliases = Aliases::default();
            let same = SameSteps::of(known.iter().copied(), &aliases);
            let past = same.past(&incident, 300).into_iter();
            past.map(|(past, text)| {
                let own = match past {
                    Past::Step(row) => row.step.unwrap().text.clone(),
                    Past::Event(event) => event.text.clone(),
                };
                format!("{own} = {text}")
            })
            .collect::<Vec<_>>()
        };
        assert_eq!(
            found(&[(Some("submit"), "Submit to App Store")]),
            ["Hand 4.0 over to Apple = Submit to App Store"]
        );
        assert!(found(&[(None, "Submit to Play Store")]).is_empty(), "another store");
        assert!(found(&[(Some("translate-the"), "Translate the manual")]).is_empty());
        let deploy = found(&[(None, "앱 배포")]);
        assert!(deploy.contains(&"앱을 배포함 = 앱 배포".to_owned()), "{deploy:?}");
        assert!(found(&[(None, "배포")]).is_empty(), "one word is part of too many names");
        assert!(found(&[(Some("review"), "Wait for the review")]).is_empty());
        let aliases = Aliases::default();
        let named = SameSteps::of([], &aliases).naming("배포");
        let texts: Vec<&str> = named.past(&incident, 300).iter().map(|(_, text)| *text).collect();
        assert_eq!(texts, ["배포", "배포"], "the step and the event");
        assert!(named.may_be_in("- text: Rolled out") && !named.may_be_in("- text: coffee"));
    }
}
