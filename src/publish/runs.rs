//! Splits a text into runs of letters of one script, at which words begin and end.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The script of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    Hangul,
    Han,
    Kana,
    /// Latin and all other letters of scripts with spaces, and digits.
    Latin,
    /// No letters.
    None,
}

/// A run of one script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) range: Range<usize>,
    pub(super) script: Script,
}

impl Run {
    /// Returns the text of the run.
    pub(super) fn of<'t>(&self, text: &'t str) -> &'t str {
        &text[self.range.clone()]
    }
}

/// Returns a word normalized for comparison: lower case, without accents, and of normal width (Unicode's compatibility
/// decomposition); Korean and Chinese letters are unchanged.
pub(super) fn compared(word: &str) -> String {
    if word.is_ascii() || runs(word).iter().any(|run| run.script != Script::Latin) {
        return word.to_lowercase();
    }
    let mut plain = String::with_capacity(word.len());
    for c in word.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            'ß' => plain.push_str("ss"),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            'ø' => plain.push('o'),
            'ł' => plain.push('l'),
            'đ' | 'ð' => plain.push('d'),
            'ı' => plain.push('i'),
            other => plain.push(other),
        }
    }
    plain
}

/// Splits a text into runs.
pub(super) fn runs(text: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (at, c) in text.char_indices() {
        let (script, end) = (script_of(c), at + c.len_utf8());
        match runs.last_mut() {
            Some(run) if run.script == script => run.range.end = end,
            _ => runs.push(Run { range: at..end, script }),
        }
    }
    runs
}

fn script_of(c: char) -> Script {
    match c {
        '가'..='힣' => Script::Hangul,
        '々' | '〆' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}' => Script::Han,
        '\u{3041}'..='\u{309f}' | '\u{30a1}'..='\u{30ff}' => Script::Kana,
        _ if c.is_alphanumeric() => Script::Latin,
        _ => Script::None,
    }
}
