//! Splits a text into pieces: words of one script, numbers, and separators of clauses.

use unicode_normalization::UnicodeNormalization;

use super::super::reading::Script;

/// A piece of a text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    /// Its kind.
    pub(super) kind: Kind,
    /// Its letters in lower case.
    pub(super) text: String,
    /// Whether it follows the previous one without a gap.
    pub(super) joined: bool,
    /// Whether it is in brackets.
    pub(super) bracketed: bool,
}

/// The kind of a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters of one script.
    Word(Script),
    /// A number, a version, a percentage.
    Number,
    /// A part out of a whole, less than it.
    Part,
    /// A question mark.
    Question,
    /// A separator of clauses.
    Break,
}

/// Returns the script of a letter.
pub(super) fn script(c: char) -> Option<Script> {
    match c {
        '가'..='힣' | '\u{1100}'..='\u{11ff}' | 'ㄱ'..='ㆎ' => Some(Script::Hangul),
        'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ー' | '々' | '一'..='鿿' => Some(Script::Japanese),
        _ if c.is_alphabetic() => Some(Script::Alphabet),
        _ => None,
    }
}

/// Returns the pieces of a text in order, without names after `@` or `#`, addresses, clock times and days.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let letters: Vec<char> = text.nfkc().flat_map(char::to_lowercase).collect();
    let mut reader =
        Reader { letters: &letters, at: 0, depth: 0, joined: false, pieces: Vec::new() };
    while reader.at < letters.len() {
        reader.step();
    }
    reader.pieces
}

struct Reader<'t> {
    letters: &'t [char],
    at: usize,
    depth: usize,
    joined: bool,
    pieces: Vec<Piece>,
}

impl Reader<'_> {
    fn peek(&self, ahead: usize) -> char {
        self.letters.get(self.at + ahead).copied().unwrap_or(' ')
    }

    fn before(&self) -> char {
        self.at.checked_sub(1).map_or(' ', |at| self.letters[at])
    }

    fn push(&mut self, kind: Kind, text: String) {
        let (joined, bracketed) = (self.joined, self.depth > 0);
        self.pieces.push(Piece { kind, text, joined, bracketed });
        self.joined = true;
    }

    fn step(&mut self) {
        let c = self.peek(0);
        if self.before().is_whitespace() || self.at == 0 {
            let rest = &self.letters[self.at..];
            let address = ["http://", "https://", "www."];
            let is_address = address
                .iter()
                .any(|start| start.chars().eq(rest.iter().copied().take(start.len())));
            if c == '@' || is_address || c == '#' {
                return self.skip_word();
            }
        }
        if let Some(script) = script(c) {
            return self.word(script);
        }
        if c.is_ascii_digit() {
            return self.number();
        }
        self.sign(c);
        self.joined = false;
        self.at += 1;
    }

    fn skip_word(&mut self) {
        while self.at < self.letters.len() && !self.peek(0).is_whitespace() {
            self.at += 1;
        }
        self.joined = false;
    }

    fn sign(&mut self, c: char) {
        let stands_alone = self.before().is_whitespace() && self.peek(1).is_whitespace();
        match c {
            '(' | '[' | '{' | '（' | '「' | '【' => {
                self.push(Kind::Break, String::new());
                self.depth += 1;
            }
            ')' | ']' | '}' | '）' | '」' | '】' => {
                self.depth = self.depth.saturating_sub(1);
                self.push(Kind::Break, String::new());
            }
            '?' => self.push(Kind::Question, "?".to_owned()),
            ',' | ';' | '!' | ':' | '\n' | '·' | '&' | '+' | '|' | '→' | '—' | '–' | '。'
            | '、' | '>' => {
                self.push(Kind::Break, c.to_string());
            }
            '.' if self.peek(1).is_whitespace() => self.push(Kind::Break, String::new()),
            '-' | '/' | '~' if stands_alone => self.push(Kind::Break, String::new()),
            _ => {}
        }
    }

    fn word(&mut self, of: Script) {
        if self.peek(0) == 'v' && self.peek(1).is_ascii_digit() && script(self.before()).is_none() {
            self.at += 1;
            return self.number();
        }
        let from = self.at;
        let is_in = |reader: &Self| {
            let c = reader.peek(0);
            script(c) == Some(of)
                || matches!(c, '\'' | '’')
                    && of == Script::Alphabet
                    && script(reader.peek(1)) == Some(of)
        };
        while self.at < self.letters.len() && is_in(self) {
            self.at += 1;
        }
        let text: String = self.letters[from..self.at].iter().collect();
        self.push(Kind::Word(of), text.replace('’', "'"));
    }

    /// Reads digits, with dots and what makes them a version.
    fn number(&mut self) {
        let mut text = self.digits();
        let mut dotted = false;
        loop {
            let next = self.peek(1).is_ascii_digit();
            match self.peek(0) {
                '.' if next => {
                    self.at += 1;
                    dotted = true;
                    text = format!("{text}.{}", self.digits());
                }
                // `4,000`.
                ',' if next && self.peek(3).is_ascii_digit() && !self.peek(4).is_ascii_digit() => {
                    self.at += 1;
                    text += &self.digits();
                }
                ':' if next => return self.skip_time(),
                '-' if next && text.len() == 4 => return self.skip_time(),
                '/' if next => {
                    self.at += 1;
                    let of = self.digits();
                    return self.part(&text, &of);
                }
                _ => break,
            }
        }
        if self.peek(0) == '%' {
            self.at += 1;
            return self.push(Kind::Number, format!("{text}%"));
        }
        let suffix = usize::from(self.peek(0) == '-');
        if dotted && self.peek(suffix).is_ascii_alphabetic() {
            self.at += suffix;
            let from = self.at;
            while self.peek(0).is_ascii_alphanumeric()
                || self.peek(0) == '.' && self.peek(1).is_ascii_digit()
            {
                self.at += 1;
            }
            let suffix: String = self.letters[from..self.at].iter().collect();
            text = format!("{text}-{suffix}");
        }
        self.push(Kind::Number, text);
    }

    fn digits(&mut self) -> String {
        let from = self.at;
        while self.peek(0).is_ascii_digit() {
            self.at += 1;
        }
        let digits: String = self.letters[from..self.at].iter().collect();
        let short = digits.trim_start_matches('0');
        if short.is_empty() { "0".to_owned() } else { short.to_owned() }
    }

    fn skip_time(&mut self) {
        while self.peek(0).is_ascii_digit() || matches!(self.peek(0), ':' | '-') {
            self.at += 1;
        }
        self.joined = false;
    }

    /// Reads `1/3` as a part and `3/3` as all; `9/7` is a day.
    fn part(&mut self, part: &str, whole: &str) {
        let number = |text: &str| text.parse::<u32>().unwrap_or(0);
        if number(part) < number(whole) {
            self.push(Kind::Part, format!("{part}/{whole}"));
        }
    }
}
