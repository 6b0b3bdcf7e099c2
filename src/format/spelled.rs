//! Finds a text in another one in any spelling: verbatim, with the escapes of YAML, JSON, HTML, Markdown and URLs, and
//! across lines.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

/// A text to search for.
#[derive(Debug, Clone)]
pub struct Spelled {
    /// Its composed (NFC) and decomposed (NFD) forms, if they differ.
    forms: Vec<Vec<Piece>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    Letter(char),
    /// White space and line ends, one or more.
    Blank,
}

/// What is read at an offset: a character, or `None` for a line continuation; and the offset after it.
type Reading = (Option<char>, usize);

impl Spelled {
    /// Returns a text to search for; white space around it is ignored.
    pub fn new(text: &str) -> Spelled {
        let mut forms = vec![pieces(text.trim().nfc())];
        let apart = pieces(text.trim().nfd());
        if apart != forms[0] {
            forms.push(apart);
        }
        Spelled { forms }
    }

    /// Returns its ranges in another text, one after the other.
    pub fn places(&self, text: &str) -> Vec<Range<usize>> {
        let mut places: Vec<Range<usize>> = Vec::new();
        let firsts: Vec<char> = self.forms.iter().filter_map(|form| first(form)).collect();
        let begins = |c: char| firsts.contains(&c) || matches!(c, '\\' | '&' | '%' | '\'');
        for (at, _) in text.char_indices().filter(|(_, c)| begins(*c)) {
            if places.last().is_some_and(|last| at < last.end) {
                continue;
            }
            let forms = self.forms.iter().filter(|form| !form.is_empty());
            let ends = forms.filter_map(|form| end_of(form, text, at));
            places.extend(ends.max().map(|end| at..end));
        }
        places
    }

    /// Whether it occurs in another text.
    pub fn is_in(&self, text: &str) -> bool {
        !self.places(text).is_empty()
    }
}

fn first(form: &[Piece]) -> Option<char> {
    match form.first() {
        Some(Piece::Letter(c)) => Some(*c),
        _ => None,
    }
}

fn pieces(text: impl Iterator<Item = char>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for c in text {
        match c.is_whitespace() {
            true if pieces.last() == Some(&Piece::Blank) => {}
            true => pieces.push(Piece::Blank),
            false => pieces.push(Piece::Letter(c)),
        }
    }
    pieces
}

/// Returns the end of a form that begins at that offset.
fn end_of(form: &[Piece], text: &str, at: usize) -> Option<usize> {
    let mut here = vec![at];
    for (number, piece) in form.iter().enumerate() {
        let mut next: Vec<usize> = Vec::new();
        for at in here {
            match piece {
                Piece::Letter(c) => {
                    next.extend(behind_letter(text, at, *c, number > 0));
                }
                Piece::Blank => next.extend(behind_blanks(text, at)),
            }
        }
        next.sort_unstable();
        next.dedup();
        if next.is_empty() {
            return None;
        }
        here = next;
    }
    here.last().copied()
}

/// Returns the end of a character that begins at that offset, for each way to read it; a line continuation may precede
/// any but the first.
fn behind_letter(text: &str, at: usize, wanted: char, inside: bool) -> Vec<usize> {
    let mut ends = Vec::new();
    for (read, end) in readings(text, at) {
        match read {
            Some(c) if c == wanted => ends.push(end),
            None if inside => {
                let next = readings(text, end).into_iter();
                ends.extend(next.filter(|(c, _)| *c == Some(wanted)).map(|(_, end)| end));
            }
            _ => {}
        }
    }
    ends
}

/// Returns the end of the white space that begins at that offset; `None` if there is none.
fn behind_blanks(text: &str, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let blank = |(read, _): &Reading| read.is_none_or(char::is_whitespace);
        match readings(text, at).into_iter().find(blank) {
            Some((_, end)) => at = end,
            None => return (at > from).then_some(at),
        }
    }
}

/// Returns the possible readings at an offset.
fn readings(text: &str, at: usize) -> Vec<Reading> {
    let rest = &text[at..];
    let Some(c) = rest.chars().next() else { return Vec::new() };
    let mut readings = vec![(Some(c), at + c.len_utf8())];
    let other = match c {
        '\\' => escaped(rest),
        '&' => entity(rest),
        '%' => percent(rest),
        '\'' if rest.starts_with("''") => Some((Some('\''), 2)),
        _ => None,
    };
    readings.extend(other.map(|(read, length)| (read, at + length)));
    readings
}

/// Reads a backslash escape.
fn escaped(rest: &str) -> Option<Reading> {
    let next = rest[1..].chars().next()?;
    let hex = |digits: usize| {
        let code = u32::from_str_radix(rest.get(2..2 + digits)?, 16).ok()?;
        Some((code, 2 + digits))
    };
    let (code, length) = match next {
        'n' => return Some((Some('\n'), 2)),
        't' => return Some((Some('\t'), 2)),
        'r' => return Some((Some('\r'), 2)),
        '\n' | '\r' => {
            let line = rest[1..].trim_start();
            return Some((None, rest.len() - line.len()));
        }
        'x' => hex(2)?,
        'U' => hex(8)?,
        'u' => match hex(4)? {
            (high @ 0xd800..=0xdbff, _) => {
                let low = rest.get(6..8).filter(|mark| *mark == "\\u")?;
                let low = u32::from_str_radix(rest.get(6 + low.len()..12)?, 16).ok()?;
                let low = low.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
                (0x1_0000 + ((high - 0xd800) << 10) + low, 12)
            }
            one => one,
        },
        sign if sign.is_ascii_punctuation() => return Some((Some(sign), 1 + sign.len_utf8())),
        _ => return None,
    };
    Some((Some(char::from_u32(code)?), length))
}

/// Reads an HTML character reference.
fn entity(rest: &str) -> Option<Reading> {
    let length = rest.bytes().take(10).position(|byte| byte == b';')?;
    let name = &rest[1..length];
    let c = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        number => {
            let number = number.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    };
    Some((Some(c), length + 1))
}

/// Reads a percent-encoded character, of as many bytes as it takes.
fn percent(rest: &str) -> Option<Reading> {
    let byte = |at: usize| {
        let code = rest.get(at..)?.strip_prefix('%')?.get(..2)?;
        u8::from_str_radix(code, 16).ok()
    };
    let mut bytes = Vec::new();
    for number in 0..4 {
        bytes.push(byte(number * 3)?);
        if let Ok(text) = std::str::from_utf8(&bytes) {
            return Some((text.chars().next(), (number + 1) * 3));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_found_in_every_spelling() {
        for (wanted, text, found) in [
            ("hunter2", "pw hunter2, hunter2", vec!["hunter2", "hunter2"]),
            (" hunter2\n", "hunter2", vec!["hunter2"]),
            ("a\"b", r#"x a\"b"#, vec![r#"a\"b"#]),
            ("it's", "'it''s'", vec!["it''s"]),
            ("a\\b", r"a\\b a\b", vec![r"a\\b", r"a\b"]),
            ("가나다", "\\uac00나\\uB2E4", vec!["\\uac00나\\uB2E4"]),
            ("a😀b", "a\\ud83d\\ude00b a\\U0001F600b", vec!["a\\ud83d\\ude00b", "a\\U0001F600b"]),
            ("a<b&c", "a&lt;b&amp;c a&#60;b&#x26;c", vec!["a&lt;b&amp;c", "a&#60;b&#x26;c"]),
            ("p@ss 가", "p%40ss%20%EA%B0%80", vec!["p%40ss%20%EA%B0%80"]),
            ("one two", "one\n      two one\\ntwo", vec!["one\n      two", "one\\ntwo"]),
            ("onetwo", "one\\\n   two", vec!["one\\\n   two"]),
            ("snake_case", r"snake\_case", vec![r"snake\_case"]),
            (
                "비밀",
                "\u{1107}\u{1175}\u{1106}\u{1175}\u{11af}",
                vec!["\u{1107}\u{1175}\u{1106}\u{1175}\u{11af}"],
            ),
            ("aaa", "aaaaaa", vec!["aaa", "aaa"]),
            ("hunter2", "Hunter2 hunter 2 %h \\ & &#x; \\u12 \\ud83d %", vec![]),
        ] {
            let places = Spelled::new(wanted).places(text);
            let texts: Vec<&str> = places.into_iter().map(|place| &text[place]).collect();
            assert_eq!(texts, found, "{wanted} in {text}");
        }
        assert!(!Spelled::new(" \n").is_in("a b"));
    }
}
