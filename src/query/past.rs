//! How a step, or a type of trouble, went each time.

use crate::model::{Event, Incident};
use crate::timeline::{Aliases, CLEAR, Lexicon, Row, Wording, rows};

use super::search::{Wanted, Word};

/// One occurrence, planned or not.
#[derive(Debug)]
pub enum Past<'i> {
    /// A planned step, with its outcome.
    Step(Row<'i>),
    /// An event that no step planned.
    Event(&'i Event),
}

/// A step or a type of trouble to search for: by words it contains, or by its aliases.
#[derive(Debug)]
pub struct StepQuery<'a> {
    wanted: &'a Wanted,
    /// All its wordings.
    called: Called,
    /// The name that the settings have for it, if any, and what they say of steps.
    name: Option<&'a str>,
    aliases: &'a Aliases,
}

/// The wordings of a step.
#[derive(Debug)]
pub(super) struct Called {
    wordings: Vec<Wording>,
    /// For each wording and each of its terms, spellings at least one of which is in every matching text.
    spelled: Vec<Vec<Vec<Word>>>,
}

impl Called {
    /// Returns the wordings of a step with this text. A single word is not a wording: it is part of too many names.
    pub(super) fn of(text: &str, aliases: &Aliases) -> Called {
        let wording = Lexicon::default().wording(text);
        let called = aliases.wordings(&wording).filter(|called| !called.is_one_word());
        Called::of_all(called.cloned().collect())
    }

    /// Returns the wording of a whole step, even of a single word.
    pub(super) fn named(text: &str) -> Called {
        Called::of_all(vec![Lexicon::default().wording(text)])
    }

    fn of_all(wordings: Vec<Wording>) -> Called {
        let spelled = wordings.iter().map(|called| {
            let mut terms = called.spellings();
            // The shortest list of spellings is the fastest to rule out.
            terms.sort_by_key(Vec::len);
            let words = |all: Vec<String>| all.iter().filter_map(|one| Word::new(one)).collect();
            terms.into_iter().map(words).collect()
        });
        Called { spelled: spelled.collect(), wordings }
    }

    /// Whether a file's text may contain it.
    pub(super) fn may_be_in(&self, text: &str) -> bool {
        self.is_spelled(|word| word.may_be_in(text))
    }

    /// Whether a step with that text is the same one.
    pub(super) fn is_step(&self, text: &str) -> bool {
        let like = |words: &Wording| self.wordings.iter().any(|it| it.likeness(words) >= CLEAR);
        // Most texts need no full check.
        self.is_spelled(|word| word.is_in(text)) && like(&Lexicon::default().wording(text))
    }

    /// Whether an event with that text carried it out.
    pub(super) fn is_event(&self, text: &str) -> bool {
        let done =
            |words: &Wording| self.wordings.iter().any(|it| it.carried_out_by(words) >= CLEAR);
        self.is_spelled(|word| word.is_in(text)) && done(&Lexicon::default().wording(text))
    }

    fn is_spelled(&self, is_there: impl Fn(&Word) -> bool) -> bool {
        let all =
            |terms: &Vec<Vec<Word>>| terms.iter().all(|letters| letters.iter().any(&is_there));
        self.spelled.iter().any(all)
    }
}

impl<'a> StepQuery<'a> {
    /// Returns the query for these words. A regular expression has no other wordings.
    pub fn of(wanted: &'a Wanted, typed: &str, aliases: &'a Aliases) -> StepQuery<'a> {
        let (called, name) = match wanted {
            Wanted::Pattern(_) => (Called { wordings: Vec::new(), spelled: Vec::new() }, None),
            Wanted::Words(_) => (Called::of(typed, aliases), aliases.name(typed)),
        };
        StepQuery { wanted, called, name, aliases }
    }

    /// Whether a file's text may contain it.
    pub fn may_be_in(&self, text: &str) -> bool {
        self.wanted.may_be_in(text) || self.called.may_be_in(text)
    }

    /// Whether it is certainly searched for: it contains the words, or the settings say that it is the same step.
    pub fn is_certain(&self, incident: &Incident, past: &Past) -> bool {
        let text = match past {
            Past::Step(row) => row.step.map(|step| step.text.as_str()),
            Past::Event(event) => Some(event.headline()),
        };
        let named = || text.and_then(|text| self.aliases.name(text));
        self.holds(incident, past) || self.name.is_some() && self.name == named()
    }

    /// Whether its id, text or type contains the words, or one of the record's tags is exactly these.
    fn holds(&self, incident: &Incident, past: &Past) -> bool {
        let holds = |text: &str| self.wanted.holds(text);
        match past {
            Past::Step(row) => row
                .step
                .is_some_and(|step| step.id.as_deref().is_some_and(holds) || holds(&step.text)),
            Past::Event(event) => {
                incident.tags.iter().any(|tag| self.wanted.is(tag))
                    || event.kind.as_ref().is_some_and(|kind| holds(kind.word()))
                    || holds(&event.text)
            }
        }
    }

    /// Whether it is what is searched for: its id, text or type contains the words, or it means the same; for an
    /// unplanned event, also whether one of the record's tags is exactly the words.
    pub fn finds(&self, incident: &Incident, past: &Past) -> bool {
        let means_it = || match past {
            Past::Step(row) => row.step.is_some_and(|step| self.called.is_step(&step.text)),
            Past::Event(event) => self.called.is_event(event.headline()),
        };
        self.holds(incident, past) || means_it()
    }
}

/// Returns every step and unplanned event of a record that matches.
pub fn past<'i>(incident: &'i Incident, sought: &StepQuery, tolerance: i64) -> Vec<Past<'i>> {
    occurrences(incident, tolerance).filter(|past| sought.finds(incident, past)).collect()
}

/// Iterates over the steps of a record and the events that no step planned.
pub(super) fn occurrences(incident: &Incident, tolerance: i64) -> impl Iterator<Item = Past<'_>> {
    rows(incident, tolerance).into_iter().flat_map(|row| {
        if row.step.is_some() {
            vec![Past::Step(row)]
        } else {
            row.events.into_iter().map(Past::Event).collect()
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    use crate::model::{Moment, PlanStep};

    #[test]
    fn steps_and_troubles_by_words_and_tags() {
        let at = Moment::parse("2024-09-07T17:00+09:00", None).unwrap();
        let step =
            |id: &str, text: &str| PlanStep { id: Some(id.to_owned()), ..PlanStep::new(at, text) };
        let incident = Incident {
            tags: vec!["리젝".to_owned()],
            plan: vec![step("review", "앱스토어 심사"), step("deploy", "앱 배포")],
            events: vec![Event::new(at, "심사 리젝"), Event::new(at, "서버 멈춤")],
            ..Incident::default()
        };
        let aliases =
            Aliases::of(&BTreeMap::from([("출고".to_owned(), vec!["앱 배포".to_owned()])]));
        let count = |typed: &str| {
            let wanted = Wanted::read(typed).unwrap();
            past(&incident, &StepQuery::of(&wanted, typed, &aliases), 300).len()
        };
        assert_eq!(count("review"), 1);
        assert_eq!(count("심사"), 2);
        assert_eq!(count("리젝"), 2);
        assert_eq!(count("없는말"), 0);
        for typed in ["앱을 배포함", "앱 출시하기", "Release the app", "출고"] {
            assert_eq!(count(typed), 1, "{typed}");
        }
        assert_eq!(count("앱 롤백"), 0);
        assert_eq!(count("/앱.*하기/"), 0);
    }
}
