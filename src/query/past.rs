//! How a step, or a type of trouble, went each time.

use crate::lang::{Term, TermKind, has_all, spellings, terms};
use crate::model::{Event, Incident};
use crate::timeline::{Aliases, CLEAR, Lexicon, Row, StepName, Wording, rows};

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
    called: Called<'a>,
    /// The name that the settings have for it, if any, and what they say of steps.
    name: Option<&'a str>,
    aliases: &'a Aliases,
    /// The words, which count in any form: `submitting` is what `submit` is.
    forms: Forms,
}

/// Words that count in any form.
#[derive(Debug, Default)]
struct Forms {
    terms: Vec<Term>,
    /// For each of them, spellings at least one of which is in every matching text.
    spelled: Vec<Vec<Word>>,
}

impl Forms {
    fn of(text: &str) -> Forms {
        let terms = terms(text);
        if says_more(text, &terms) || terms.iter().any(|term| term.doubt || term.asks) {
            return Forms::default();
        }
        let words = |term: &Term| spellings(term).iter().filter_map(|it| Word::new(it)).collect();
        Forms { spelled: terms.iter().map(words).collect(), terms }
    }

    /// Whether a file's text may have them.
    fn may_be_in(&self, text: &str) -> bool {
        self.is_spelled(|word| word.may_be_in(text))
    }

    fn is_in(&self, text: &str) -> bool {
        self.is_spelled(|word| word.is_in(text)) && has_all(&self.terms, text)
    }

    fn is_spelled(&self, is_there: impl Fn(&Word) -> bool) -> bool {
        let any = |words: &Vec<Word>| words.iter().any(&is_there);
        !self.spelled.is_empty() && self.spelled.iter().all(any)
    }
}

/// Whether a text says more than its terms do: `전체 출시` is more than a release, and what denies says nothing by itself.
pub(super) fn says_more(text: &str, terms: &[Term]) -> bool {
    matches!(terms, [only] if only.negates || only.kind != TermKind::Thing && leaves_out(text, only))
}

/// Whether a text has words without a meaning of their own beside its only term, other than articles.
fn leaves_out(text: &str, only: &Term) -> bool {
    let is_article = |word: &str| ["a", "an", "the"].contains(&word.to_lowercase().as_str());
    let is_phrase = only.letters.contains(' ');
    !is_phrase && text.split_whitespace().any(|word| !is_article(word) && terms(word).is_empty())
}

/// The wordings of a step.
#[derive(Debug)]
pub(super) struct Called<'a> {
    /// Those by which a text may be it in part: of several words.
    wordings: Vec<Wording>,
    /// What the settings say of steps, and which of these it is.
    named: Option<(&'a Aliases, usize)>,
    /// For each wording and each of its terms, spellings at least one of which is in every matching text.
    spelled: Vec<Vec<Vec<Word>>>,
}

impl<'a> Called<'a> {
    /// Returns the wordings of a step with this text. A single word is not a wording: it is part of too many names. One that
    /// stands in the settings is, where it is the whole text.
    pub(super) fn of(text: &str, aliases: &'a Aliases) -> Called<'a> {
        let wording = Lexicon::default().wording(text);
        let own = (!wording.is_one_word()).then(|| wording.clone());
        Called::of_all(own, &wording, aliases)
    }

    /// Returns the wordings of a whole step, even of a single word.
    pub(super) fn named(text: &str, aliases: &'a Aliases) -> Called<'a> {
        let wording = Lexicon::default().wording(text);
        Called::of_all(Some(wording.clone()), &wording, aliases)
    }

    /// Returns the wordings of nothing.
    fn none() -> Called<'a> {
        Called { wordings: Vec::new(), named: None, spelled: Vec::new() }
    }

    fn of_all(own: Option<Wording>, wording: &Wording, aliases: &'a Aliases) -> Called<'a> {
        let named = aliases.group(wording).map(|group| (aliases, group));
        let others: Vec<Wording> = aliases.wordings(wording).skip(1).cloned().collect();
        let words = |all: Vec<String>| all.iter().filter_map(|one| Word::new(one)).collect();
        let in_words = own.iter().chain(&others).map(|called| {
            let mut terms = called.spellings();
            // The shortest list of spellings is the fastest to rule out.
            terms.sort_by_key(Vec::len);
            terms.into_iter().map(words).collect()
        });
        let as_it_is = others.iter().map(|called| vec![words(vec![called.folded().to_owned()])]);
        let spelled = in_words.chain(as_it_is).collect();
        let of_words = others.into_iter().filter(|called| !called.is_one_word());
        Called { wordings: own.into_iter().chain(of_words).collect(), named, spelled }
    }

    /// Whether a file's text may contain it.
    pub(super) fn may_be_in(&self, text: &str) -> bool {
        self.is_spelled(|word| word.may_be_in(text))
    }

    /// Whether a step with that text is the same one.
    pub(super) fn is_step(&self, text: &str) -> bool {
        self.is(text, |own, words| own.likeness(words))
    }

    /// Whether an event with that text carried it out.
    pub(super) fn is_event(&self, text: &str) -> bool {
        self.is(text, |own, words| own.carried_out_by(words))
    }

    fn is(&self, text: &str, like: fn(&Wording, &Wording) -> f64) -> bool {
        // Most texts need no full check.
        if !self.is_spelled(|word| word.is_in(text)) {
            return false;
        }
        let words = Lexicon::default().wording(text);
        let is_named = |(aliases, step): (&Aliases, usize)| aliases.group(&words) == Some(step);
        self.wordings.iter().any(|own| like(own, &words) >= CLEAR)
            || self.named.is_some_and(is_named)
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
        let (called, name, forms) = match wanted {
            Wanted::Pattern(_) => (Called::none(), None, Forms::default()),
            Wanted::Words(_) => (Called::of(typed, aliases), aliases.name(typed), Forms::of(typed)),
        };
        StepQuery { wanted, called, name, aliases, forms }
    }

    /// Whether a file's text may contain it.
    pub fn may_be_in(&self, text: &str) -> bool {
        self.wanted.may_be_in(text) || self.called.may_be_in(text) || self.forms.may_be_in(text)
    }

    /// Whether it is certainly searched for: it contains the words, or the settings say that it is the same step.
    pub fn is_certain(&self, incident: &Incident, past: &Past) -> bool {
        let text = match past {
            Past::Step(row) => row.step.map(|step| StepName::of(incident, step).text),
            Past::Event(event) => Some(event.headline().into()),
        };
        let named = || text.and_then(|text| self.aliases.name(&text));
        self.holds(incident, past) || self.name.is_some() && self.name == named()
    }

    /// Whether its id, text or type contains the words, or one of the record's tags is exactly these.
    fn holds(&self, incident: &Incident, past: &Past) -> bool {
        let holds = |text: &str| self.wanted.holds(text) || self.forms.is_in(text);
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
            Past::Step(row) => row.step.is_some_and(|step| {
                let plain = StepName::of(incident, step).text;
                self.called.is_step(&step.text) || self.called.is_step(&plain)
            }),
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
    fn a_word_counts_in_any_form() {
        let is_found = |typed: &str, text: &str| {
            let (wanted, aliases) = (Wanted::read(typed).unwrap(), Aliases::default());
            let incident = Incident {
                plan: vec![PlanStep::new(Moment::parse("2024-09-07", None).unwrap(), text)],
                ..Incident::default()
            };
            let sought = StepQuery::of(&wanted, typed, &aliases);
            let found = past(&incident, &sought, 300);
            assert!(found.iter().all(|one| sought.is_certain(&incident, one)), "{typed}: {text}");
            assert!(found.is_empty() || sought.may_be_in(text), "{typed}: {text}");
            !found.is_empty()
        };
        for (typed, text, expected) in [
            ("submitting", "Submit to App Store", true),
            ("submit", "Submitting to App Store", true),
            ("deployed", "Deploy the app", true),
            ("배포하기", "앱을 배포함", true),
            ("submitting", "앱스토어 제출", false),
            ("deploying", "Roll out the app", false),
            ("full deployment", "Deploy the app", false),
            ("/submitting/", "Submit to App Store", false),
        ] {
            assert_eq!(is_found(typed, text), expected, "{typed}: {text}");
        }
    }

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
