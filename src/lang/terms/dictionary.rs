//! The meaning of every listed word, in all languages.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::sync::OnceLock;

use super::super::acts::Acts;
use super::super::reading::{Root, Script, TermWords, Words};
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

/// The words of one script, by their letters without endings.
pub(super) struct Dictionary {
    script: Option<Script>,
    words: HashMap<String, Meaning>,
    /// The number of words in the longest phrase.
    pub(super) longest: usize,
    /// The number of letters in the longest Japanese word.
    pub(super) longest_unspaced: usize,
}

impl Dictionary {
    pub(super) fn get(&self, key: &str) -> Option<&Meaning> {
        self.words.get(key)
    }

    fn add(&mut self, words: Words, tell: impl Fn(&mut Meaning)) {
        for word in words.iter().filter(|word| script_of(word) == self.script) {
            let (key, is_japanese) = listed(word);
            self.longest = self.longest.max(key.split(' ').count());
            if is_japanese {
                self.longest_unspaced = self.longest_unspaced.max(key.chars().count());
            }
            tell(self.words.entry(key).or_default());
        }
    }

    fn add_all(&mut self, terms: &'static TermWords) {
        for (acts, words) in terms.acts {
            self.add(words, |it| it.acts = it.acts.and(Acts::of(acts)));
        }
        for (acts, words) in terms.light {
            self.add(words, |it| it.light = it.light.and(Acts::of(acts)));
        }
        for (acts, words) in terms.particles {
            self.add(words, |it| it.at_end = it.at_end.and(Acts::of(acts)));
        }
        for words in terms.doubts {
            self.add(words, |it| it.doubt = true);
        }
        for words in terms.same {
            let name = OnceCell::new();
            let named = || words.first().map(|first| listed(first).0).unwrap_or_default();
            self.add(words, |it| it.same = Some(name.get_or_init(named).clone()));
        }
        self.add(terms.narrowing, |it| it.narrows = true);
        self.add(terms.fillers, |it| it.filler = true);
        self.add(terms.aside_before, |it| it.aside_before = true);
        self.add(terms.aside_after, |it| it.aside_after = true);
        self.add(terms.clause_before, |it| it.clause_before = true);
    }
}

/// Returns all words and phrases of the script that the word begins in. Others are not loaded: every command that looks
/// for a step waits for this.
pub(super) fn dictionary(word: &str) -> &'static Dictionary {
    static HANGUL: OnceLock<Dictionary> = OnceLock::new();
    static JAPANESE: OnceLock<Dictionary> = OnceLock::new();
    static ALPHABET: OnceLock<Dictionary> = OnceLock::new();
    static OTHERS: OnceLock<Dictionary> = OnceLock::new();
    let script = script_of(word);
    let ready = match script {
        Some(Script::Hangul) => &HANGUL,
        Some(Script::Japanese) => &JAPANESE,
        Some(Script::Alphabet) => &ALPHABET,
        None => &OTHERS,
    };
    ready.get_or_init(|| {
        let words = HashMap::with_capacity(1024);
        let mut all = Dictionary { script, words, longest: 1, longest_unspaced: 1 };
        readings().for_each(|reading| all.add_all(reading.terms));
        all
    })
}

/// Returns the script that a word or its key begins in.
fn script_of(word: &str) -> Option<Script> {
    // `'ll` is a word, too.
    let first = word.chars().next().map(|first| if first == '\'' { 'a' } else { first });
    first.and_then(script)
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
            let terms = reading.terms;
            let told = [terms.acts, terms.light, terms.particles].into_iter().flatten();
            let lists = told.map(|(_, words)| *words).chain(terms.doubts.iter().copied());
            let more = [
                terms.narrowing,
                terms.fillers,
                terms.aside_before,
                terms.aside_after,
                terms.clause_before,
            ];
            for word in lists.chain(terms.same.iter().copied()).chain(more).flatten() {
                assert_eq!(listed(word), of_pieces(word), "{word}");
                // Otherwise it would be searched among the words of another script.
                assert_eq!(script_of(&key(word)), script_of(word), "{word}");
                assert!(dictionary(word).get(&key(word)).is_some(), "{word}");
                words += 1;
            }
        }
        assert!(words > 500, "{words}");
    }
}
