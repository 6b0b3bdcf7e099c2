//! Splits a text into words and classifies their bytes.

use std::ops::Range;

/// The range of something that seems private, and the part of it to be masked.
pub(super) type Spans = (Range<usize>, Range<usize>);

pub(super) const DIGIT: u8 = 1;
pub(super) const SMALL: u8 = 2;
pub(super) const CAPITAL: u8 = 4;
pub(super) const AT: u8 = 8;
pub(super) const DOT: u8 = 16;
/// Characters that may separate a name from its value.
pub(super) const PARTS: u8 = 32;
/// Other punctuation.
pub(super) const SIGN: u8 = 64;
/// White space and non-ASCII: not part of a word.
const GAP: u8 = 128;

/// The kind of each byte.
const KINDS: [u8; 256] = {
    let mut kinds = [GAP; 256];
    let mut byte = b'!';
    while byte <= b'~' {
        kinds[byte as usize] = match byte {
            b'0'..=b'9' => DIGIT,
            b'a'..=b'z' => SMALL,
            b'A'..=b'Z' => CAPITAL,
            b'@' => AT,
            b'.' => DOT,
            b':' | b'=' | b'|' | b'>' | b'(' => PARTS,
            _ => SIGN,
        };
        byte += 1;
    }
    kinds
};

/// Returns the kind of a byte.
pub(super) fn kind(byte: u8) -> u8 {
    KINDS[byte as usize]
}

/// Returns the kinds of all bytes in a text, combined.
pub(super) fn kinds(text: &str) -> u8 {
    text.bytes().fold(0, |all, byte| all | kind(byte))
}

/// A run of ASCII without white space.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word<'t> {
    /// The whole text.
    pub text: &'t str,
    pub start: usize,
    pub end: usize,
    /// The kinds of all its bytes, combined.
    pub kinds: u8,
}

impl<'t> Word<'t> {
    /// Returns the text of the word.
    pub(super) fn says(&self) -> &'t str {
        &self.text[self.start..self.end]
    }

    /// Whether it has any byte of these kinds.
    pub(super) fn has(&self, kinds: u8) -> bool {
        self.kinds & kinds != 0
    }
}

/// Returns a text's words.
pub(super) fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    words_within(text, 0..text.len())
}

/// Returns the words of a part of a text.
pub(super) fn words_within(text: &str, part: Range<usize>) -> impl Iterator<Item = Word<'_>> {
    let bytes = &text.as_bytes()[..part.end];
    let mut at = part.start;
    std::iter::from_fn(move || {
        at += bytes[at..].iter().take_while(|byte| kind(**byte) == GAP).count();
        let start = at;
        let mut kinds = 0;
        while let Some(kind) = bytes.get(at).map(|byte| kind(*byte)).filter(|kind| *kind != GAP) {
            kinds |= kind;
            at += 1;
        }
        (at > start).then_some(Word { text, start, end: at, kinds })
    })
}

/// Iterates over offsets in a word where something may begin: not after a letter or digit.
pub(super) fn beginnings<'t>(word: &Word<'t>) -> impl Iterator<Item = usize> + use<'t> {
    let (bytes, start) = (word.text.as_bytes(), word.start);
    (start..word.end).filter(move |at| *at == start || !bytes[at - 1].is_ascii_alphanumeric())
}

/// Returns the length of the run of such bytes at an offset.
pub(super) fn run(text: &str, at: usize, is_in: impl Fn(u8) -> bool) -> usize {
    text.as_bytes()[at..].iter().take_while(|byte| is_in(**byte)).count()
}

/// How many bytes around an offset are looked at: limited, so that long texts are not rescanned again and again.
const NEAR: usize = 512;

/// Returns the text just after an offset.
pub(super) fn near(text: &str, at: usize) -> &str {
    &text[at..text.floor_char_boundary(at.saturating_add(NEAR))]
}

/// Returns the text just before an offset.
pub(super) fn near_before(text: &str, at: usize) -> &str {
    &text[text.ceil_char_boundary(at.saturating_sub(NEAR))..at]
}

/// Returns the offset after `://`.
pub(super) fn scheme_end(text: &str) -> Option<usize> {
    text.as_bytes().windows(3).position(|three| three == b"://").map(|at| at + 3)
}

pub(super) fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-'
}

/// Returns the percentage of characters that are of another kind than their predecessor: 64 in random letters and
/// digits, 47 in random hexadecimal digits, at most 30 in words.
pub(super) fn restlessness(text: &str) -> usize {
    let changes = text.as_bytes().windows(2).filter(|two| kind(two[0]) != kind(two[1])).count();
    changes * 100 / text.len().max(1)
}

/// Whether a text looks random: letters and digits mixed, not in sequence.
pub(super) fn is_random(text: &str) -> bool {
    let kinds = kinds(text);
    let letters = kinds & (SMALL | CAPITAL) != 0 && kinds & DIGIT != 0;
    let both = kinds & SMALL != 0 && kinds & CAPITAL != 0;
    let in_order = text.as_bytes().windows(2).filter(|two| two[1] == two[0] + 1).count();
    (letters || both)
        && in_order * 4 < text.len()
        && restlessness(text) >= 15
        && entropy(text) >= least_entropy(text.len())
}

/// Returns the Shannon entropy of a text, in bits per character.
fn entropy(text: &str) -> f64 {
    let mut counts = [0_u32; 256];
    text.bytes().for_each(|byte| counts[byte as usize] += 1);
    let length = text.len() as f64;
    let share = |count: &u32| f64::from(*count) / length;
    counts.iter().filter(|count| **count > 0).map(share).map(|share| -share * share.log2()).sum()
}

/// Returns the required entropy: short texts cannot have much, and hexadecimal ones at most four bits.
fn least_entropy(length: usize) -> f64 {
    if length < 16 { 2.2 } else { 2.8 }
}

/// Whether it is a word or a number.
pub(super) fn is_plain(part: &str) -> bool {
    let one_case = |rest: &str| {
        let kinds = kinds(rest);
        kinds == SMALL || kinds == CAPITAL
    };
    let short_number = part.len() <= 8 && part.bytes().all(|byte| byte.is_ascii_digit());
    let version =
        part.strip_prefix('v').is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit()));
    let letters = part.trim_end_matches(|c: char| c.is_ascii_digit());
    let numbered = part.len() - letters.len() <= 2 && !letters.is_empty();
    part.is_empty()
        || short_number
        || version
        || numbered && (one_case(letters) || one_case(&letters[1..]) && letters.len() > 1)
}
