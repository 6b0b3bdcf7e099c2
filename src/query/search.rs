//! Words in the texts of a record, shown in their place.

use crate::model::{Incident, Text};

/// What is looked for.
#[derive(Debug, Clone)]
pub enum Wanted {
    /// All of these words in one text, without regard to capitals and blanks: `앱진입` is found in
    /// `앱 진입`.
    Words(Vec<String>),
    /// A regular expression.
    Pattern(regex_lite::Regex),
}

/// A text that holds what is looked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit<'i> {
    /// The text.
    pub text: Text<'i>,
    /// Where in it, in bytes: the first of what was found.
    pub range: std::ops::Range<usize>,
}

impl Wanted {
    /// Words, or a regular expression between slashes.
    ///
    /// # Errors
    /// What is between the slashes is no regular expression.
    pub fn read(typed: &str) -> Result<Wanted, String> {
        let inside = typed.strip_prefix('/').and_then(|rest| rest.strip_suffix('/'));
        if let Some(pattern) = inside.filter(|pattern| !pattern.is_empty()) {
            let pattern = regex_lite::RegexBuilder::new(pattern).case_insensitive(true).build();
            return pattern.map(Wanted::Pattern).map_err(|fault| fault.to_string());
        }
        let words: Vec<String> = typed.split_whitespace().map(|word| folded(word).0).collect();
        if words.is_empty() {
            Err("there is nothing to look for".to_owned())
        } else {
            Ok(Wanted::Words(words))
        }
    }

    /// Whether a file's text may hold it. A text with escapes may hold anything.
    pub fn may_be_in(&self, text: &str) -> bool {
        match self {
            Wanted::Pattern(_) => true,
            Wanted::Words(words) => {
                let text = folded(text).0;
                text.contains('\\') || words.iter().all(|word| text.contains(word.as_str()))
            }
        }
    }

    /// Whether a text holds it.
    pub fn holds(&self, text: &str) -> bool {
        self.found_in(text).is_some()
    }

    /// Whether a word is just that, but for capitals and blanks.
    pub fn is(&self, word: &str) -> bool {
        matches!(self, Wanted::Words(words) if words.concat() == folded(word).0)
    }

    /// Where it stands in a text.
    fn found_in(&self, text: &str) -> Option<std::ops::Range<usize>> {
        match self {
            Wanted::Pattern(pattern) => pattern.find(text).map(|found| found.range()),
            Wanted::Words(words) => {
                let (plain, places) = folded(text);
                let first = words.iter().map(|word| Some((plain.find(word)?, word.len())));
                let first: Option<Vec<(usize, usize)>> = first.collect();
                let (at, length) = first?.into_iter().min()?;
                let last = *places.get(at + length - 1)?;
                let end = last + text[last..].chars().next().map_or(0, char::len_utf8);
                Some(places[at]..end)
            }
        }
    }
}

/// Every text of a record that holds what is looked for.
pub fn search<'i>(incident: &'i Incident, wanted: &Wanted) -> Vec<Hit<'i>> {
    let texts = incident.texts().into_iter();
    texts.filter_map(|text| Some(Hit { range: wanted.found_in(text.text)?, text })).collect()
}

/// The text in small letters without blanks, and where each byte of it stood.
fn folded(text: &str) -> (String, Vec<usize>) {
    let mut out = String::with_capacity(text.len());
    let mut places = Vec::with_capacity(text.len());
    for (at, c) in text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
        for small in c.to_lowercase() {
            out.push(small);
            places.extend(std::iter::repeat_n(at, small.len_utf8()));
        }
    }
    (out, places)
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
    fn words_without_blanks_and_capitals() {
        finds("앱진입", "오후에 앱 진입 불가", Some("앱 진입"));
        finds("타임아웃", "API 타임아웃", Some("타임아웃"));
        finds("TIMEOUT pool", "the pool had a Timeout", Some("pool"));
        finds("timeout disk", "the pool had a Timeout", None);
        finds("/time.?out/", "a Time-out", Some("Time-out"));
        finds("straße", "STRAßE 5", Some("STRAßE"));
        assert!(Wanted::read("  ").is_err());
        assert!(Wanted::read("/(/").is_err());
    }
}
