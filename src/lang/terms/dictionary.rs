//! The meaning of every listed word, in all languages.

use std::collections::HashMap;
use std::sync::{LazyLock, OnceLock};

use super::super::acts::{Act, Acts};
use super::super::reading::{Denial, Root, Script, TermWords, Words};
use super::super::readings;
use super::pieces::{Kind, Piece, pieces, script};

/// The meaning of a word.
#[derive(Debug, Clone, Default)]
pub(super) struct Meaning {
    /// Its acts.
    pub(super) acts: Acts,
    /// Its acts, unless an act beside it overrides them.
    pub(super) light: Acts,
    /// Its acts, if it is at the end.
    pub(super) at_end: Acts,
    /// Whether it says that something was not done, only in part, or not yet.
    pub(super) doubt: bool,
    /// What it says about whether the rest is so.
    pub(super) denial: Option<Denial>,
    /// Whether it makes a thing one of several.
    pub(super) narrows: bool,
    /// Whether it has no meaning.
    pub(super) filler: bool,
    /// Whether a place, a means or a reason follows.
    pub(super) aside_before: bool,
    /// Whether a place, a means or a reason precedes it.
    pub(super) aside_after: bool,
    /// Whether another act follows.
    pub(super) clause_before: bool,
    /// The name shared by all languages.
    pub(super) same: Option<String>,
}

/// The words with one beginning, by their letters without endings.
pub(super) struct Dictionary {
    words: HashMap<String, Meaning>,
    /// The number of words in the longest phrase.
    pub(super) longest: usize,
    /// The number of letters in the longest Japanese word.
    pub(super) longest_unspaced: usize,
}

impl Meaning {
    /// Whether it only says whether the rest is so, and names something like any unlisted word.
    pub(super) fn is_denial_only(&self) -> bool {
        let named = self.acts.and(self.light).and(self.at_end);
        let listed = [
            self.doubt,
            self.narrows,
            self.filler,
            self.aside_before,
            self.aside_after,
            self.clause_before,
            self.same.is_some(),
        ];
        self.denial.is_some() && named.is_empty() && !listed.contains(&true)
    }
}

impl Dictionary {
    pub(super) fn get(&self, key: &str) -> Option<&Meaning> {
        self.words.get(key)
    }

    fn add(&mut self, word: &'static str, told: &Told) {
        let (key, is_japanese) = listed(word);
        self.longest = self.longest.max(key.split(' ').count());
        if is_japanese {
            self.longest_unspaced = self.longest_unspaced.max(key.chars().count());
        }
        let it = self.words.entry(key).or_default();
        match told {
            Told::Acts(acts) => it.acts = it.acts.and(Acts::of(acts)),
            Told::Light(acts) => it.light = it.light.and(Acts::of(acts)),
            Told::AtEnd(acts) => it.at_end = it.at_end.and(Acts::of(acts)),
            Told::Same(first) => it.same = Some(listed(first).0),
            Told::Doubt => it.doubt = true,
            Told::Denial(denial) => it.denial = Some(*denial),
            Told::Narrows => it.narrows = true,
            Told::Filler => it.filler = true,
            Told::AsideBefore => it.aside_before = true,
            Told::AsideAfter => it.aside_after = true,
            Told::ClauseBefore => it.clause_before = true,
        }
    }
}

/// The meaning of the words of a list.
#[derive(Clone, Copy)]
enum Told {
    Acts(&'static [Act]),
    Light(&'static [Act]),
    AtEnd(&'static [Act]),
    /// They mean the same as this, the first word of the list.
    Same(&'static str),
    Doubt,
    Denial(Denial),
    Narrows,
    Filler,
    AsideBefore,
    AsideAfter,
    ClauseBefore,
}

/// Returns the lists of a language, with their meanings.
fn lists(terms: &'static TermWords) -> impl Iterator<Item = (Words, Told)> {
    let acts = terms.acts.iter().map(|(acts, words)| (*words, Told::Acts(acts)));
    let light = terms.light.iter().map(|(acts, words)| (*words, Told::Light(acts)));
    let at_end = terms.particles.iter().map(|(acts, words)| (*words, Told::AtEnd(acts)));
    let doubts = terms.doubts.iter().map(|words| (*words, Told::Doubt));
    let denials = terms.denials.iter().map(|(denial, words)| (*words, Told::Denial(*denial)));
    let same = terms.same.iter().filter_map(|words| Some((*words, Told::Same(words.first()?))));
    let others = [
        (terms.narrowing, Told::Narrows),
        (terms.fillers, Told::Filler),
        (terms.aside_before, Told::AsideBefore),
        (terms.aside_after, Told::AsideAfter),
        (terms.clause_before, Told::ClauseBefore),
    ];
    acts.chain(light).chain(at_end).chain(doubts).chain(denials).chain(same).chain(others)
}

/// Returns all words and phrases with the beginning of that word. Others are not loaded: every command that looks for a
/// step waits for this.
pub(super) fn dictionary(word: &str) -> &'static Dictionary {
    static READY: [OnceLock<Dictionary>; BEGINNINGS] = [const { OnceLock::new() }; BEGINNINGS];
    static LISTED: LazyLock<Vec<Vec<(&str, Told)>>> = LazyLock::new(|| {
        let mut listed = vec![Vec::new(); BEGINNINGS];
        for (words, told) in readings().flat_map(|reading| lists(reading.terms)) {
            words.iter().for_each(|word| listed[beginning(word)].push((*word, told)));
        }
        listed
    });
    let beginning = beginning(word);
    READY[beginning].get_or_init(|| {
        let mut all = Dictionary { words: HashMap::new(), longest: 1, longest_unspaced: 1 };
        LISTED[beginning].iter().for_each(|(word, told)| all.add(word, told));
        all
    })
}

const BEGINNINGS: usize = 2 + HANGUL + ALPHABET;
const HANGUL: usize = 32;
const ALPHABET: usize = 64;

/// Returns the index of a word's beginning, which all its forms share: in Hangul the first syllable, in an alphabet the
/// first letter and a consonant directly after it (`tell` and `told` share `t`). Japanese words are searched within
/// texts, and have one index.
fn beginning(word: &str) -> usize {
    // `'ll` is a word, too.
    let word = word.trim_start_matches('\'');
    let mut letters = word.chars().map(|letter| letter as usize);
    let (first, second) = (letters.next().unwrap_or(0), letters.next().unwrap_or(0));
    match word.chars().next().and_then(script) {
        None => 0,
        Some(Script::Japanese) => 1,
        Some(Script::Hangul) => 2 + first % HANGUL,
        Some(Script::Alphabet) => {
            let is_consonant =
                |letter: &u8| letter.is_ascii_lowercase() && !b"aeiouy".contains(letter);
            let second = u8::try_from(second).ok().filter(is_consonant).map_or(0, usize::from);
            2 + HANGUL + (first * 31 + second) % ALPHABET
        }
    }
}

/// Returns a word's possible roots without endings, by the rules of its script.
pub(super) fn roots(word: &str, script: Script) -> Vec<Root> {
    let known = readings().find(|reading| reading.terms.script == script);
    known.map(|reading| (reading.terms.roots)(word)).unwrap_or_default()
}

/// Returns the key of a listed word, and whether it is Japanese. Most have letters of one script and spaces only, and
/// need not be split into pieces.
fn listed(word: &'static str) -> (String, bool) {
    let all = |within: fn(char) -> bool| word.chars().all(|c| c == ' ' || within(c));
    let blanks =
        word.is_empty() || word.starts_with(' ') || word.contains("  ") || word.ends_with(' ');
    match () {
        () if blanks => of_pieces(word),
        () if all(|c| ('가'..='힣').contains(&c)) => (word.to_owned(), false),
        () if all(|c| c.is_ascii_lowercase()) => {
            let root = |word| roots(word, Script::Alphabet).swap_remove(0).text;
            (word.split(' ').map(root).collect::<Vec<_>>().join(" "), false)
        }
        () => of_pieces(word),
    }
}

fn of_pieces(word: &str) -> (String, bool) {
    let parts = pieces(word);
    let is_japanese = parts.first().is_some_and(|it| it.kind == Kind::Word(Script::Japanese));
    (key_of(parts), is_japanese)
}

/// Returns the key of a word or phrase: English without endings, everything else unchanged.
pub(super) fn key(word: &str) -> String {
    key_of(pieces(word))
}

fn key_of(parts: Vec<Piece>) -> String {
    let words: Vec<String> = parts
        .into_iter()
        .map(|piece| match piece.kind {
            Kind::Word(Script::Alphabet) => {
                roots(&piece.text, Script::Alphabet).swap_remove(0).text
            }
            _ => piece.text,
        })
        .collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listed_word_has_the_key_of_its_pieces() {
        let mut words = 0;
        for reading in readings() {
            for word in lists(reading.terms).flat_map(|(words, _)| words) {
                assert_eq!(listed(word), of_pieces(word), "{word}");
                // Otherwise it would be searched among words with another beginning.
                assert_eq!(beginning(&key(word)), beginning(word), "{word}");
                assert!(dictionary(word).get(&key(word)).is_some(), "{word}");
                words += 1;
            }
        }
        assert!(words > 500, "{words}");
    }
}
