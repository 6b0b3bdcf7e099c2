//! Full-text search in a record, with the place of each hit.

use std::ops::Range;

use memchr::memmem;

use crate::model::{Incident, Text};

/// A search query.
#[derive(Debug, Clone)]
pub enum Wanted {
    /// All of these words in one text.
    Words(Vec<Word>),
    /// A regular expression.
    Pattern(regex_lite::Regex),
}

/// A word, matched ignoring case and white space: `앱진입` matches `앱 진입`.
#[derive(Debug, Clone)]
pub struct Word {
    /// Its letters in lower case, without white space.
    letters: Vec<char>,
    start: Start,
}

/// How to find places where a word may begin.
#[derive(Debug, Clone)]
enum Start {
    /// By the bytes of a letter without case, as in Hangul.
    Bytes(Box<memmem::Finder<'static>>),
    /// By an ASCII letter in lower or upper case.
    Either(u8, u8),
    /// By any place: the letter has other forms beyond ASCII.
    Anywhere,
}

/// A text that matches.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit<'i> {
    /// The text.
    pub text: Text<'i>,
    /// The byte range of the first match in it.
    pub range: Range<usize>,
}

impl Wanted {
    /// Reads words, or a regular expression between slashes.
    ///
    /// # Errors
    /// The text between the slashes is not a valid regular expression.
    pub fn read(typed: &str) -> Result<Wanted, String> {
        let inside = typed.strip_prefix('/').and_then(|rest| rest.strip_suffix('/'));
        if let Some(pattern) = inside.filter(|pattern| !pattern.is_empty()) {
            let pattern = regex_lite::RegexBuilder::new(pattern).case_insensitive(true).build();
            return pattern.map(Wanted::Pattern).map_err(|fault| fault.to_string());
        }
        let words: Vec<Word> = typed.split_whitespace().filter_map(Word::new).collect();
        if words.is_empty() {
            Err("there is nothing to look for".to_owned())
        } else {
            Ok(Wanted::Words(words))
        }
    }

    /// Whether a file's text may match. A text with escapes may always match.
    pub fn may_be_in(&self, text: &str) -> bool {
        match self {
            Wanted::Pattern(_) => true,
            Wanted::Words(words) => {
                words.iter().all(|word| word.may_be_in(text))
                    || memchr::memchr(b'\\', text.as_bytes()).is_some()
            }
        }
    }

    /// Whether a text matches.
    pub fn holds(&self, text: &str) -> bool {
        self.found_in(text).is_some()
    }

    /// Whether a word equals it, ignoring case and white space.
    pub fn is(&self, word: &str) -> bool {
        let Wanted::Words(words) = self else { return false };
        let wanted = words.iter().flat_map(|wanted| wanted.letters.iter().copied());
        wanted.eq(letters(word))
    }

    /// Returns the range of the first match in a text.
    fn found_in(&self, text: &str) -> Option<Range<usize>> {
        match self {
            Wanted::Pattern(pattern) => pattern.find(text).map(|found| found.range()),
            Wanted::Words(words) => {
                let places: Option<Vec<_>> = words.iter().map(|word| word.find(text)).collect();
                places?.into_iter().min_by_key(|place| place.start)
            }
        }
    }
}

impl Word {
    pub(super) fn new(typed: &str) -> Option<Word> {
        let letters: Vec<char> = letters(typed).collect();
        let first = *letters.first()?;
        let start = match first {
            letter if letter.is_ascii() => {
                let letter = letter as u8;
                Start::Either(letter, letter.to_ascii_uppercase())
            }
            letter if has_one_form(letter) => {
                let bytes = letter.to_string().into_bytes();
                Start::Bytes(Box::new(memmem::Finder::new(&bytes).into_owned()))
            }
            _ => Start::Anywhere,
        };
        Some(Word { letters, start })
    }

    /// Whether a file's text may contain it; a single quote is doubled in a single-quoted text.
    pub(super) fn may_be_in(&self, text: &str) -> bool {
        self.letters.contains(&'\'') || self.find(text).is_some()
    }

    /// Whether a text contains it.
    pub(super) fn is_in(&self, text: &str) -> bool {
        self.find(text).is_some()
    }

    /// Returns the first match in a text.
    fn find(&self, text: &str) -> Option<Range<usize>> {
        let bytes = text.as_bytes();
        match &self.start {
            Start::Bytes(finder) => finder.find_iter(bytes).find_map(|at| self.stands_at(text, at)),
            Start::Either(small, capital) => memchr::memchr2_iter(*small, *capital, bytes)
                .find_map(|at| self.stands_at(text, at)),
            Start::Anywhere => text.char_indices().find_map(|(at, _)| self.stands_at(text, at)),
        }
    }

    /// Returns its range, if it is at that offset: white space may be between its letters.
    fn stands_at(&self, text: &str, at: usize) -> Option<Range<usize>> {
        let mut wanted = self.letters.iter();
        for (place, letter) in text[at..].char_indices() {
            if letter.is_whitespace() && place > 0 {
                continue;
            }
            if folded(letter) != *wanted.next()? {
                return None;
            }
            if wanted.as_slice().is_empty() {
                return Some(at..at + place + letter.len_utf8());
            }
        }
        None
    }
}

/// Returns every text of a record that matches, except for the id of a step whose text matches.
pub fn search<'i>(incident: &'i Incident, wanted: &Wanted) -> Vec<Hit<'i>> {
    let mut hits: Vec<Hit> = Vec::new();
    for text in incident.texts() {
        let is_told = hits.last().is_some_and(|last| text.place.is_id_of(&last.text.place));
        if let Some(range) = wanted.found_in(text.text).filter(|_| !is_told) {
            hits.push(Hit { text, range });
        }
    }
    hits
}

/// Iterates over the letters of a text in lower case, without white space.
fn letters(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|letter| !letter.is_whitespace()).map(folded)
}

/// Returns a letter in lower case. If that has another length, or is ASCII for a non-ASCII letter (the Kelvin sign is
/// no `k`), it is unchanged.
fn folded(letter: char) -> char {
    if letter.is_ascii() {
        return letter.to_ascii_lowercase();
    }
    let mut small = letter.to_lowercase();
    match (small.next(), small.next()) {
        (Some(one), None) if !one.is_ascii() => one,
        _ => letter,
    }
}

/// Whether the letter has no other case.
fn has_one_form(letter: char) -> bool {
    letter.to_uppercase().eq([letter]) && letter.to_lowercase().eq([letter])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn finds(typed: &str, text: &str, expected: Option<&str>) {
        let wanted = Wanted::read(typed).unwrap();
        assert_eq!(wanted.found_in(text).map(|range| &text[range]), expected, "{typed} in {text}");
        if expected.is_some() {
            assert!(wanted.may_be_in(text), "{typed} may be in {text}");
        }
    }

    #[test]
    fn what_has_one_form_is_no_other_letters_small_one() {
        for letter in '\0'..=char::MAX {
            let small = folded(letter);
            assert!(small == letter || !has_one_form(small), "{letter} {small}");
            assert_eq!(letter.is_ascii(), small.is_ascii(), "{letter}");
        }
    }

    #[test]
    fn the_id_of_a_step_that_was_found_by_its_words_is_no_second_hit() {
        let text = "title: t\nplan:\n  - {id: deploy-app, at: 2024-09-07, text: Deploy app}\n  - {id: deploy, at: 2024-09-07, text: Out}\nevents:\n  - {at: 2024-09-07, text: x, step: deploy}\n";
        let incident = crate::format::read(text).unwrap().incident;
        let hits = search(&incident, &Wanted::read("deploy").unwrap());
        let places: Vec<String> = hits.iter().map(|hit| hit.text.place.to_string()).collect();
        assert_eq!(places, ["plan 1", "plan 2 id", "events 1 step 1"]);
    }

    #[test]
    fn words_without_blanks_and_capitals() {
        finds("앱진입", "오후에 앱 진입 불가", Some("앱 진입"));
        finds("타임아웃", "API 타임아웃", Some("타임아웃"));
        finds("TIMEOUT pool", "the pool had a Timeout", Some("pool"));
        finds("timeout disk", "the pool had a Timeout", None);
        finds("/time.?out/", "a Time-out", Some("Time-out"));
        finds("Étage", "au 3e ÉTAGE", Some("ÉTAGE"));
        finds("ab", "a a a\n  b", Some("a\n  b"));
        finds("진입앱", "앱 진입", None);
        finds("straße", "STRAßE 5", Some("STRAßE"));
        assert!(Wanted::read("  ").is_err());
        assert!(Wanted::read("/(/").is_err());
    }
}
