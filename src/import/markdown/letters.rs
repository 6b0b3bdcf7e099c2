//! Reads a text character by character, in lower case and with ASCII digits, with the position of each.

use super::lexicon::Lexicon;

/// A character with its byte position.
#[derive(Clone, Copy)]
struct Letter {
    /// Normalized for comparison.
    plain: char,
    /// As it is written.
    written: char,
    at: usize,
}

/// The longest beginning of a line that may be a time, in characters.
const TIME_LETTERS: usize = 160;

/// A position in a text that advances as the text is read.
pub(super) struct Letters {
    letters: Vec<Letter>,
    /// The position after the last character.
    end: usize,
    pub(super) place: usize,
}

impl Letters {
    pub(super) fn of(text: &str) -> Letters {
        let letter = |(at, written): (usize, char)| Letter { plain: plain(written), written, at };
        let letters: Vec<Letter> = text.char_indices().take(TIME_LETTERS).map(letter).collect();
        let end = letters.last().map_or(0, |last| last.at + last.written.len_utf8());
        Letters { letters, end, place: 0 }
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.ahead(0)
    }

    /// Returns the character so many places ahead.
    pub(super) fn ahead(&self, places: usize) -> Option<char> {
        self.at(self.place + places)
    }

    pub(super) fn before(&self) -> Option<char> {
        self.at(self.place.checked_sub(1)?)
    }

    /// Returns the letter at a place.
    pub(super) fn at(&self, place: usize) -> Option<char> {
        self.letters.get(place).map(|letter| letter.plain)
    }

    /// Returns the byte position of the next character.
    pub(super) fn byte(&self) -> usize {
        self.letters.get(self.place).map_or(self.end, |letter| letter.at)
    }

    /// Returns the byte position of the character at an index.
    pub(super) fn byte_at(&self, place: usize) -> usize {
        self.letters.get(place).map_or(self.end, |letter| letter.at)
    }

    /// Reads the next character if it is one of these.
    pub(super) fn take(&mut self, wanted: &[char]) -> Option<char> {
        let next = self.peek().filter(|c| wanted.contains(c))?;
        self.place += 1;
        Some(next)
    }

    /// Skips spaces and emphasis.
    pub(super) fn blanks(&mut self) {
        while let Some(next) = self.peek() {
            let edge = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
            let is_mark = matches!(next, '*' | '`')
                || next == '_' && (edge(self.before()) || edge(self.ahead(1)));
            if !next.is_whitespace() && !is_mark && next != '\u{200b}' {
                return;
            }
            self.place += 1;
        }
    }

    /// Skips pictures, such as a light before a time, with the spaces around them.
    pub(super) fn pictures(&mut self) {
        while self.peek().is_some_and(|c| c.is_whitespace() || is_picture(c)) {
            self.place += 1;
        }
    }

    /// Skips emphasis directly after the previous character.
    pub(super) fn marks(&mut self) {
        while matches!(self.peek(), Some('*' | '`' | '_')) {
            self.place += 1;
        }
    }

    /// Skips spaces.
    pub(super) fn spaces(&mut self) {
        while self.peek().is_some_and(|c| c.is_whitespace() || c == '\u{200b}') {
            self.place += 1;
        }
    }

    /// Reads digits, if there are exactly as many as allowed.
    pub(super) fn digits(&mut self, counts: std::ops::RangeInclusive<usize>) -> Option<u32> {
        let run = (0..).take_while(|n| self.ahead(*n).is_some_and(|c| c.is_ascii_digit())).count();
        if !counts.contains(&run) {
            return None;
        }
        let digits = &self.letters[self.place..self.place + run];
        let number = digits.iter().fold(0, |n, l| n * 10 + l.plain.to_digit(10).unwrap_or(0));
        self.place += run;
        Some(number)
    }

    /// Returns the number of digits that follow.
    pub(super) fn count_digits(&self) -> usize {
        (0..12).take_while(|n| self.ahead(*n).is_some_and(|c| c.is_ascii_digit())).count()
    }

    /// Reads a word, if it is a whole word here.
    pub(super) fn word(&mut self, word: &str) -> bool {
        let Some(places) = self.has_word(word) else { return false };
        self.place += places;
        true
    }

    fn has_word(&self, word: &str) -> Option<usize> {
        let mut places = 0;
        for c in word.chars() {
            if self.ahead(places) != Some(c) {
                return None;
            }
            places += 1;
        }
        let last = word.chars().last()?;
        let goes_on = self.ahead(places).is_some_and(|next| next.is_alphanumeric());
        // Words in Hangul, kana and ideographs need no space after them.
        (!goes_on || !last.is_alphanumeric() || !is_spaced(last)).then_some(places)
    }

    /// Reads one of some words that end a time. After a space, one in Hangul, kana or ideographs must be a whole word:
    /// `18:08 경 배포`, not `18:08 경보`.
    pub(super) fn ending(&mut self, words: &Lexicon<()>) -> bool {
        let place = self.place;
        let is_apart = self.before().is_some_and(|c| !c.is_alphanumeric());
        if !self.any(words) {
            return false;
        }
        let goes_on = self.peek().is_some_and(|c| c.is_alphanumeric() && !is_spaced(c));
        if is_apart && goes_on && !PARTICLES.iter().any(|word| self.has_word(word).is_some()) {
            self.place = place;
            return false;
        }
        true
    }

    /// Reads the longest of some words.
    pub(super) fn any(&mut self, words: &Lexicon<()>) -> bool {
        self.meaning(words).is_some()
    }

    /// Reads the longest of some words, and returns its meaning.
    pub(super) fn meaning<T: Copy>(&mut self, words: &Lexicon<T>) -> Option<T> {
        let here = words.beginning(self.peek()?);
        let found = here.filter_map(|(word, meaning)| Some((self.has_word(word)?, meaning)));
        let (places, meaning) = found.max_by_key(|(places, _)| *places)?;
        self.place += places;
        Some(meaning)
    }

    /// Returns the following ASCII letters as written, if they are a whole word.
    pub(super) fn run(&self) -> String {
        let run = self.letters[self.place.min(self.letters.len())..].iter();
        run.map(|letter| letter.written)
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '/' || *c == '_')
            .collect()
    }
}

/// What may follow a word that ends a time: `16:00 頃から`.
const PARTICLES: [&str; 8] = ["부터", "까지", "에", "から", "まで", "より", "に", "以降"];

/// Whether words in this script are separated by spaces.
pub(super) fn is_spaced(c: char) -> bool {
    !matches!(c, '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}')
}

/// Returns a character normalized for comparison: lower case, of the usual width.
fn plain(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    let c = match c {
        '\u{ff01}'..='\u{ff5e}' if c != '～' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' | '\u{a0}' | '\u{202f}' => ' ',
        '’' | '‘' => '\'',
        // `零点10分`, `二〇`.
        '零' | '〇' => '0',
        '【' | '〔' => '[',
        '】' | '〕' => ']',
        '−' | '‐' | '‑' => '-',
        '～' | '〜' | '∼' => '~',
        other => other,
    };
    let mut small = c.to_lowercase();
    match (small.next(), small.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

/// Returns a text normalized for comparison: lower case, single spaces, no surrounding marks.
pub(super) fn plain_text(text: &str) -> String {
    let small: String = text.chars().map(plain).filter(|c| !matches!(c, '*' | '`')).collect();
    let words: Vec<&str> = small.split_whitespace().collect();
    let joined = words.join(" ");
    let is_edge = |c: char| " #:.?!¿¡-–—…".contains(c) || is_picture(c);
    joined.trim_matches(is_edge).to_owned()
}

/// Whether a sign is a picture.
pub(super) fn is_picture(c: char) -> bool {
    matches!(c, '\u{2600}'..='\u{27bf}' | '\u{1f000}'..='\u{1faff}' | '\u{fe0f}')
}
