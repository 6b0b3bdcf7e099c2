//! Words that people type besides times, in every language.

use unicode_normalization::UnicodeNormalization;

use crate::model::{EventType, KINDS};

use super::documents::Documents;
use super::reading::{ColumnWords, LessonWords, Reading, RunVerb, TextWords, Words};
use super::{LANGUAGES, readings, time_words};

/// Iterates over the languages that records can be in.
pub fn codes() -> impl Iterator<Item = &'static str> {
    LANGUAGES.iter().filter(|language| language.documents.is_some()).map(|language| language.code)
}

/// Returns the code of a language by its name.
pub fn language_named(name: &str) -> Option<&'static str> {
    let called = |names: Words| names.contains(&name);
    let mut known = LANGUAGES.iter();
    known.find(|known| known.reading.is_some_and(|it| called(it.names))).map(|known| known.code)
}

/// Returns the language with letters of its own in a text; English if there are none.
pub fn language_of(text: &str) -> &'static str {
    let is_in = |reading: &Reading| {
        text.chars().any(|c| reading.letters.iter().any(|letters| letters.contains(&c)))
    };
    let known = LANGUAGES.iter().find(|known| known.reading.is_some_and(is_in));
    known.map_or("en", |known| known.code)
}

/// Returns the event type of a name, with or without spaces.
pub fn event_type_named(name: &str) -> Option<EventType> {
    let name = solid(name);
    let mut known = readings().flat_map(|reading| reading.event_types);
    known.find(|(known, _)| solid(known) == name).map(|(_, kind)| kind.clone())
}

/// Returns the kind of records of a name in any language, ignoring case.
pub fn kind_named(name: &str) -> Option<&'static str> {
    let name = solid(name.trim()).to_lowercase();
    let mut documents = LANGUAGES.iter().filter_map(|language| language.documents);
    let named = |kind: &str, words: &Documents| solid(&(words.kind)(kind)).to_lowercase() == name;
    documents.find_map(|words| KINDS.into_iter().find(|kind| named(kind, words)))
}

/// Returns the event types whose names begin with that text, with or without spaces, each with the first such name.
pub fn event_types_begun(beginning: &str) -> Vec<(&'static str, EventType)> {
    let beginning = solid(beginning);
    let mut begun: Vec<(&'static str, EventType)> = Vec::new();
    for (name, kind) in readings().flat_map(|reading| reading.event_types) {
        if solid(name).starts_with(&beginning) && begun.iter().all(|(_, known)| known != kind) {
            begun.push((*name, kind.clone()));
        }
    }
    begun
}

/// Returns the names of keys that begin with that text, with or without spaces, each with its key; only the exact name if
/// there is one.
pub fn keys_begun(beginning: &str) -> Vec<(&'static str, &'static str)> {
    let beginning = solid(beginning);
    let named = readings().flat_map(|reading| reading.keys).copied();
    let begun: Vec<_> = named.filter(|(name, _)| solid(name).starts_with(&beginning)).collect();
    match begun.iter().find(|(name, _)| solid(name) == beginning) {
        Some(only) => vec![*only],
        None => begun,
    }
}

/// Returns a word without its spaces; some systems' files and keyboards decompose Korean.
fn solid(word: &str) -> String {
    word.nfc().filter(|c| *c != ' ').collect()
}

/// Iterates over the names of one type of lessons.
pub fn lesson_words(sort: fn(&LessonWords) -> Words) -> impl Iterator<Item = &'static str> {
    readings().flat_map(move |reading| sort(&reading.lessons)).copied()
}

/// Whether a lower-case heading names a column of a plan.
pub fn is_column(heading: &str, column: fn(&ColumnWords) -> Words) -> bool {
    readings().any(|reading| column(&reading.columns).contains(&heading))
}

/// Returns the command for a word on the day of a plan, in any language.
pub fn run_verb(word: &str) -> Option<RunVerb> {
    // Some systems' keyboards decompose Korean.
    let word: String = word.trim().to_lowercase().nfc().collect();
    let mut all = readings().flat_map(|reading| reading.run);
    all.find(|(name, _)| *name == word).map(|(_, verb)| *verb)
}

/// Returns the English word for what is typed behind a slash at the prompt, in any language.
pub fn form_named(name: &str) -> Option<&'static str> {
    let name = solid(name);
    let mut all = readings().flat_map(|reading| reading.forms);
    all.find(|(known, _)| solid(known) == name).map(|(_, form)| *form)
}

/// Whether a lower-case answer agrees.
pub fn is_yes(answer: &str) -> bool {
    readings().any(|reading| reading.yes.contains(&answer))
}

/// Iterates over the names of a unit of that many seconds.
pub fn unit_words(seconds: i64) -> impl Iterator<Item = &'static str> {
    let named = time_words(|times| times.units).filter(move |(_, unit)| *unit == seconds);
    named.map(|(name, _)| *name)
}

/// Iterates over the words in texts of records, one set per language.
pub fn text_words() -> impl Iterator<Item = &'static TextWords> {
    readings().map(|reading| &reading.texts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_named_in_every_language() {
        for (typed, kind) in [
            ("출시", Some("release")),
            (" 장애", Some("outage")),
            ("점검", Some("maintenance")),
            ("リリース", Some("release")),
            ("Release", Some("release")),
            ("outage", Some("outage")),
            ("relase", None),
            ("훈련", None),
            ("", None),
        ] {
            assert_eq!(kind_named(typed), kind, "{typed}");
        }
    }
}
