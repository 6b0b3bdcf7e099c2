//! Steps with several names, as the settings list them.

use std::collections::BTreeMap;

use crate::lang::Cure;
use crate::model::StepsPlace;

use super::likeness::{CLEAR, Lexicon, Wording, folded};

/// Steps with their other wordings. A wording counts exactly as it is written, however few words it has; entries that share one
/// are one step.
#[derive(Debug, Clone, Default)]
pub struct Aliases {
    /// The names as they are written.
    names: Vec<String>,
    steps: Vec<Named>,
    place: StepsPlace,
}

/// A step with several names.
#[derive(Debug, Clone)]
struct Named {
    /// The name that no other entry lists.
    name: String,
    wordings: Vec<Wording>,
}

impl Aliases {
    /// Returns the aliases of names, each with its other wordings.
    pub fn of(steps: &BTreeMap<String, Vec<String>>) -> Aliases {
        let lexicon = Lexicon::default();
        let is_listed = |name: &String| {
            let name = folded(name);
            let mut others = steps.iter().filter(|(other, _)| folded(other) != name);
            others.any(|(_, others)| others.iter().any(|text| folded(text) == name))
        };
        let mut of: Vec<(bool, Named)> = Vec::new();
        for (name, others) in steps {
            let texts = std::iter::once(name).chain(others);
            let mut wordings: Vec<Wording> = texts.map(|text| lexicon.wording(text)).collect();
            let (mut is_first, mut first) = (!is_listed(name), name.clone());
            let is_shared = |one: &Wording, known: &Named| known.says(one);
            while let Some(at) =
                of.iter().position(|(_, known)| wordings.iter().any(|one| is_shared(one, known)))
            {
                let (was_first, known) = of.remove(at);
                if was_first || !is_first {
                    (is_first, first) = (was_first, known.name);
                }
                wordings.extend(known.wordings);
            }
            of.push((is_first, Named { name: first, wordings }));
        }
        Aliases {
            names: steps.keys().cloned().collect(),
            steps: of.into_iter().map(|(_, named)| named).collect(),
            place: StepsPlace::default(),
        }
    }

    /// Returns them with the place where the settings take another one.
    #[must_use]
    pub fn written_at(self, place: StepsPlace) -> Aliases {
        Aliases { place, ..self }
    }

    /// Returns the name of the step with this text, if it is one of them.
    pub fn name(&self, text: &str) -> Option<&str> {
        self.of_text(text).map(|step| self.steps[step].name.as_str())
    }

    /// Whether they say that two texts are the same step.
    pub fn is_one_step(&self, one: &str, other: &str) -> bool {
        self.of_text(one).is_some_and(|step| self.of_text(other) == Some(step))
    }

    fn of_text(&self, text: &str) -> Option<usize> {
        // Most projects have none.
        if self.steps.is_empty() { None } else { self.group(&Lexicon::default().wording(text)) }
    }

    /// Returns the index of the step, if it is one of them: the one that has this wording, else the one most like it.
    pub fn group(&self, wording: &Wording) -> Option<usize> {
        let like = |step: &Named| {
            step.wordings.iter().map(|other| wording.likeness(other)).fold(0.0, f64::max)
        };
        let by_words = || {
            let likes = self.steps.iter().map(like).enumerate();
            let clear = likes.filter(|(_, like)| *like >= CLEAR);
            clear.max_by(|a, b| a.1.total_cmp(&b.1)).map(|(step, _)| step)
        };
        self.steps.iter().position(|step| step.says(wording)).or_else(by_words)
    }

    /// Iterates over all wordings of a step.
    pub fn wordings<'a>(&'a self, wording: &'a Wording) -> impl Iterator<Item = &'a Wording> {
        let others = self.group(wording).map_or(&[][..], |step| &self.steps[step].wordings);
        std::iter::once(wording).chain(others)
    }

    /// Returns what makes each of these lists of texts one step, once it is in the settings.
    pub fn cure(&self, steps: &[Vec<&str>]) -> Cure {
        let entry = |texts: &Vec<&str>| {
            let is_name = |text: &str| self.names.iter().any(|name| name == text);
            // A key stands once: the names that are there already are named by the new one.
            let name = match texts.iter().find(|text| !is_name(text)) {
                Some(text) => (*text).to_owned(),
                None => texts.join(" / "),
            };
            let others = texts.iter().filter(|text| **text != name);
            let others = others.map(|text| (*text).to_owned()).collect();
            (name, others)
        };
        Cure { place: self.place, steps: steps.iter().map(entry).collect() }
    }
}

impl Named {
    /// Whether it has exactly this wording.
    fn says(&self, wording: &Wording) -> bool {
        self.wordings.iter().any(|own| own.folded() == wording.folded())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn aliases(steps: &[(&str, &[&str])]) -> Aliases {
        let entry = |(name, others): &(&str, &[&str])| {
            ((*name).to_owned(), others.iter().map(|text| (*text).to_owned()).collect())
        };
        Aliases::of(&steps.iter().map(entry).collect())
    }

    #[test]
    fn a_wording_counts_as_it_is_written_however_few_words_it_has() {
        let aliases =
            aliases(&[("Smoke test", &["Standup", "소식지", "Sanity check"]), ("QA", &["🚀"])]);
        for (text, name) in [
            ("standup", Some("Smoke test")),
            (" 소식 지", Some("Smoke test")),
            ("Sanity  check", Some("Smoke test")),
            ("🚀", Some("QA")),
            ("Standup of the team", None),
            ("소식지 발송", None),
        ] {
            assert_eq!(aliases.name(text), name, "{text}");
        }
    }

    #[test]
    fn names_that_name_each_other_are_one_step() {
        for steps in [
            &[("A one", &["B two"][..]), ("C three", &["A one"])][..],
            &[("A one", &["X"]), ("C three", &["B two", "x"])],
            &[("A one", &["B two"]), ("B two", &["C three"]), ("C three", &["A one"])],
            &[("A one", &["Z"]), ("B two", &["Y"]), ("C three", &["y", "z"])],
        ] {
            let aliases = aliases(steps);
            for other in ["B two", "C three"] {
                assert!(aliases.is_one_step("A one", other), "{other} {steps:?}");
            }
            assert_eq!(aliases.steps.len(), 1, "{steps:?}");
        }
        assert_eq!(
            aliases(&[("A one", &["B two"]), ("C three", &["A one"])]).name("B two"),
            Some("C three")
        );
        assert!(!aliases(&[("A one", &["X"]), ("B two", &["Y"])]).is_one_step("A one", "B two"));
    }

    #[test]
    fn what_makes_steps_one_repeats_no_name() {
        let aliases = aliases(&[("A one", &["B two"]), ("C three", &["D four"])]);
        for (texts, name, others) in [
            (&["E", "F"][..], "E", &["F"][..]),
            (&["A one", "F"], "F", &["A one"]),
            (&["B two", "A one"], "B two", &["A one"]),
            (&["A one", "C three"], "A one / C three", &["A one", "C three"]),
        ] {
            let cure = aliases.cure(&[texts.to_vec()]);
            let others = others.iter().map(|text| (*text).to_owned()).collect();
            assert_eq!(cure.steps, [(name.to_owned(), others)], "{texts:?}");
        }
    }

    #[test]
    fn other_wordings_are_those_of_the_same_step() {
        let others = ["submit to Apple", "스토어 올리기"].map(str::to_owned).to_vec();
        let aliases = Aliases::of(&BTreeMap::from([("App Store 심사".to_owned(), others)]));
        let lexicon = Lexicon::default();
        let group = |text: &str| aliases.group(&lexicon.wording(text));
        assert_eq!(group("Submitted to Apple"), Some(0));
        assert_eq!(group("App Store 심사"), Some(0));
        assert_eq!(group("submit to Google"), None);
        let step = lexicon.wording("App Store 심사");
        let event = lexicon.wording("submitted it to Apple");
        assert_eq!(step.carried_out_by(&event), 0.0);
        assert!(aliases.wordings(&step).any(|called| called.carried_out_by(&event) > CLEAR));
    }
}
