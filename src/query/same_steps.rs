//! The same step in other records, where it is worded otherwise.

use crate::model::{Event, Incident};
use crate::timeline::{Aliases, rows};

use super::past::{Called, Past};

/// More steps than these are not looked for in other words.
const MOST: usize = 50;

/// Steps that were found by the words that were searched.
#[derive(Debug)]
pub struct SameSteps {
    known: Vec<Known>,
}

#[derive(Debug)]
struct Known {
    id: Option<String>,
    text: String,
    called: Called,
}

impl SameSteps {
    /// Returns the query for these steps, each with its id, if it has one, and its text.
    pub fn of<'s>(
        found: impl IntoIterator<Item = (Option<&'s str>, &'s str)>,
        aliases: &Aliases,
    ) -> SameSteps {
        let mut known: Vec<Known> = Vec::new();
        for (id, text) in found {
            let is_new = known.iter().all(|it| it.text != text || it.id.as_deref() != id);
            if is_new && known.len() < MOST {
                let called = Called::of(text, aliases);
                known.push(Known { id: id.map(str::to_owned), text: text.to_owned(), called });
            }
        }
        SameSteps { known }
    }

    /// Whether a file's text may contain one of them.
    pub fn may_be_in(&self, text: &str) -> bool {
        let named = |known: &Known| known.id.as_ref().is_some_and(|id| text.contains(id));
        self.known.iter().any(|known| named(known) || known.called.may_be_in(text))
    }

    /// Returns every step of a record that is one of them, by its id or its text, and every event that no step planned and
    /// that carried one out; each with the text of the step that it is.
    pub fn past<'i>(&self, incident: &'i Incident, tolerance: i64) -> Vec<(Past<'i>, &str)> {
        let mut found = Vec::new();
        for row in rows(incident, tolerance) {
            match row.step {
                Some(step) => {
                    let same = |known: &&Known| {
                        (known.id.is_some() && known.id == step.id)
                            || known.called.is_step(&step.text)
                    };
                    let known = self.known.iter().find(same);
                    found.extend(known.map(|known| (Past::Step(row), known.text.as_str())));
                }
                None => {
                    let done = |event: &&'i Event| {
                        let headline = event.headline();
                        self.known.iter().find(|known| known.called.is_event(headline))
                    };
                    let events = row.events.into_iter();
                    found.extend(events.filter_map(|event| {
                        Some((Past::Event(event), done(&event)?.text.as_str()))
                    }));
                }
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Moment, PlanStep};

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
                step(None, "Tell support"),
            ],
            events: vec![Event::new(at, "Rolled out the app"), Event::new(at, "coffee")],
            ..Incident::default()
        };
        let found = |known: &[(Option<&str>, &str)]| {
            let same = SameSteps::of(known.iter().copied(), &Aliases::default());
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
        let deploy = found(&[(None, "앱 배포")]);
        assert!(deploy.contains(&"앱을 배포함 = 앱 배포".to_owned()), "{deploy:?}");
        assert!(found(&[(None, "배포")]).is_empty(), "one word is part of too many names");
        assert!(found(&[(Some("review"), "Wait for the review")]).is_empty());
    }
}
