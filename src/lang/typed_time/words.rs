//! Normalizes typed texts, and reads words and numbers at their start.

use unicode_normalization::UnicodeNormalization;

use crate::lang::reading::{TimeWords, Words};
use crate::lang::{time_sets, time_words};

/// Returns a normalized text: lower case, wide digits and signs as plain ones, one space between words; `None` if it
/// contains invisible characters, or an `M`, which is neither minutes nor months.
pub(super) fn plain(text: &str) -> Option<String> {
    if text.chars().any(is_unseen) || says_m(text) {
        return None;
    }
    let plain: String = if text.is_ascii() {
        text.to_lowercase()
    } else {
        // A wave dash before a time is not "about": in Japan it precedes an end.
        text.replace('～', "〜").nfkc().map(dash).collect::<String>().to_lowercase()
    };
    Some(plain.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Whether it is an invisible mark that orders text or joins letters.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}')
        || c.is_control() && !c.is_whitespace()
}

/// Whether an `M` is used as the unit of a number.
fn says_m(text: &str) -> bool {
    let is_unit = |(place, _): (usize, &str)| {
        let number = text[..place].trim_end().ends_with(|c: char| c.is_ascii_digit());
        number && !text[place + 1..].starts_with(char::is_alphanumeric)
    };
    text.match_indices('M').any(is_unit)
}

/// Returns dashes of any length as the plain one.
fn dash(c: char) -> char {
    if ['‐', '‑', '–', '—', '−'].contains(&c) { '-' } else { c }
}

/// Returns the meaning of the longest of these words at the start of a text, and the rest; a word of Latin letters must
/// be a whole word.
pub(super) fn leading<T: Copy>(
    text: &str,
    words: impl Iterator<Item = (&'static str, T)>,
) -> Option<(T, &str)> {
    let begins = words.filter_map(|(word, meaning)| {
        let rest = text.strip_prefix(word)?;
        ends_word(word, rest).then_some((word.len(), meaning, rest))
    });
    let longest = begins.max_by_key(|(length, ..)| *length);
    longest.map(|(_, meaning, rest)| (meaning, rest))
}

/// Returns what follows the longest of these words at the start of a text.
pub(super) fn after(text: &str, words: impl Fn(&'static TimeWords) -> Words) -> Option<&str> {
    leading(text, time_words(words).map(|word| (*word, ()))).map(|(_, rest)| rest)
}

/// Returns what precedes the longest of these words at the end of a text.
pub(super) fn before(text: &str, words: impl Fn(&'static TimeWords) -> Words) -> Option<&str> {
    let ends = time_words(words).filter_map(|word| text.strip_suffix(word));
    ends.min_by_key(|rest| rest.len()).map(str::trim_end)
}

/// Whether a text is one of these words.
pub(super) fn is_one(text: &str, words: impl Fn(&'static TimeWords) -> Words) -> bool {
    time_words(words).any(|word| *word == text)
}

/// Whether a text says that the time is unknown or undecided: `unknown`, `tbd`, `모름`.
pub fn is_unknown_time(text: &str) -> bool {
    plain(text).is_some_and(|text| is_one(&text, |times| times.unknown))
}

/// Whether a word ends before the rest.
pub(super) fn ends_word(word: &str, rest: &str) -> bool {
    let is_letter = |c: char| c.is_ascii_alphabetic();
    !(word.ends_with(is_letter) && rest.starts_with(is_letter))
}

/// Returns the meaning of the word at the start of a text, and the rest; in languages with spaces it must end there.
pub(super) fn apart<T: Copy + 'static>(
    part: impl Fn(&'static TimeWords) -> &'static [(&'static str, T)],
    text: &str,
) -> Option<(T, &str)> {
    let fits = |times: &'static TimeWords, rest: &str| {
        !times.spaced || rest.is_empty() || rest.starts_with([' ', '(', ','])
    };
    let said = time_sets().filter_map(|times| {
        let words = part(times).iter().copied();
        leading(
            text,
            words.filter(|(word, _)| text.strip_prefix(word).is_some_and(|rest| fits(times, rest))),
        )
    });
    said.min_by_key(|(_, rest)| rest.len())
}

/// Returns the number with that many digits at the start of a text, and the rest; `None` if there are more digits.
pub(super) fn digits(text: &str, places: std::ops::RangeInclusive<usize>) -> Option<(u32, &str)> {
    let length = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, rest) = text.split_at(length);
    let is_so_long = places.contains(&length) && length < 10;
    is_so_long.then(|| number.parse().ok()).flatten().map(|number| (number, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_made_plain() {
        for (typed, expected) in [
            (" 6:08  PM ", Some("6:08 pm")),
            ("１８：０８", Some("18:08")),
            ("6:08\u{a0}PM", Some("6:08 pm")),
            ("6:08\u{202f}pm", Some("6:08 pm")),
            ("−5m", Some("-5m")),
            ("～18:08", Some("〜18:08")),
            ("\u{110b}\u{1169}\u{1112}\u{116e} 6시", Some("오후 6시")),
            ("\u{200b}18:08", None),
            ("1M ago", None),
            ("1 M ago", None),
            ("1 Min ago", Some("1 min ago")),
            ("6 PM", Some("6 pm")),
        ] {
            assert_eq!(plain(typed).as_deref(), expected, "{typed:?}");
        }
    }
}
