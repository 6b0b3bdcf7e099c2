//! Words for the same thing or act in two languages: what a text names that is searched in another language.

use std::sync::LazyLock;

use super::super::reading::Translated;
use super::super::readings;
use super::dictionary::key;
use super::{Term, TermKind, terms};

/// A word and its translations, without endings.
struct Pair {
    words: Vec<String>,
    english: Vec<String>,
    rule: &'static Translated,
}

/// Returns whether a text names every one of these terms, in any language; no text names none at all.
pub fn names_all(sought: &[Term], text: &str) -> bool {
    let told = terms(text);
    let lower = text.to_lowercase();
    let is_named = |term: &Term| told.iter().any(|it| is_the_same(term, it, &lower));
    !sought.is_empty() && sought.iter().all(is_named)
}

/// Returns whether a text has every one of these terms in some form, in the same language.
pub fn has_all(sought: &[Term], text: &str) -> bool {
    let told = terms(text);
    let is_there =
        |term: &Term| told.iter().any(|it| it.kind == term.kind && it.letters == term.letters);
    !sought.is_empty() && sought.iter().all(is_there)
}

/// Whether two terms are one word, in any form or language; the second one is of that text.
fn is_the_same(sought: &Term, told: &Term, text: &str) -> bool {
    let number = |term: &Term| matches!(term.kind, TermKind::Number | TermKind::Percent);
    if number(sought) || number(told) {
        return sought.kind == told.kind && sought.forms == told.forms;
    }
    sought.forms.iter().any(|form| told.forms.contains(form))
        || pairs().iter().any(|pair| pair.leads(&sought.letters, &told.letters, text))
}

impl Pair {
    /// Whether the one word is translated by the other, which is of that text.
    fn leads(&self, sought: &str, told: &str, text: &str) -> bool {
        let is = |words: &[String], word: &str| words.iter().any(|one| one == word);
        let into_english = is(&self.words, sought) && is(&self.english, told);
        let from_english = is(&self.english, sought) && is(&self.words, told);
        let beside = |words: &[&str]| words.iter().any(|word| text.contains(word));
        let Translated { beside: needed, not_beside, .. } = self.rule;
        let is_clear = from_english || needed.is_empty() || beside(needed);
        (into_english || from_english) && is_clear && !beside(not_beside)
    }
}

fn pairs() -> &'static [Pair] {
    static PAIRS: LazyLock<Vec<Pair>> = LazyLock::new(|| {
        let keys = |words: &[&str]| words.iter().map(|word| key(word)).collect();
        let pair = |rule: &'static Translated| Pair {
            words: keys(rule.words),
            english: keys(rule.english),
            rule,
        };
        readings().flat_map(|reading| reading.terms.translated).map(pair).collect()
    });
    &PAIRS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_the_other_language_and_no_others() {
        let list = include_str!("../../../tests/translated.tsv");
        let (mut found, mut there, mut wrong, mut missed) = (0, 0, Vec::new(), Vec::new());
        for line in list.lines().skip(1) {
            let [judged, typed, text] = line.split('\t').collect::<Vec<_>>()[..] else {
                panic!("{line}");
            };
            let names = names_all(&terms(typed), text);
            there += usize::from(judged == "yes");
            match (judged, names) {
                ("yes", true) => found += 1,
                ("yes", false) => missed.push(line),
                (_, true) => wrong.push(line),
                _ => {}
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert!(there >= 60 && found * 100 >= there * 95, "{found} of {there}: {missed:#?}");
    }

    #[test]
    fn every_translation_is_listed_as_a_word() {
        for pair in pairs() {
            for word in pair.words.iter().chain(&pair.english) {
                let listed = super::super::dictionary::dictionary(word).get(word);
                assert!(listed.is_some(), "{word}");
            }
        }
    }
}
