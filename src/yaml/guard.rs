//! Checks before parsing: bytes that no parser should see.

use super::problem::{Encoding, Problem, YamlFault};

/// Returns the file's bytes as text, or the first place where they are not UTF-8.
pub fn decode_utf8(bytes: &[u8]) -> Result<&str, Problem> {
    match simdutf8::compat::from_utf8(bytes) {
        Ok(text) => Ok(text),
        Err(fault) => {
            let at = fault.valid_up_to();
            Err(YamlFault::NotUtf8(likely_encoding(bytes)).at(at..at))
        }
    }
}

/// Returns what bytes that are not UTF-8 probably are.
pub fn likely_encoding(bytes: &[u8]) -> Option<Encoding> {
    match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Some(Encoding::Utf16),
        [0x89, b'P', b'N', b'G', ..] => Some(Encoding::Png),
        [0x1f, 0x8b, ..] => Some(Encoding::Gzip),
        _ => likely_text(bytes),
    }
}

/// Returns the encoding in which all bytes are text; `None` if some of them are UTF-8 or control characters.
fn likely_text(bytes: &[u8]) -> Option<Encoding> {
    let mut lines = bytes.split(|byte| *byte == b'\n');
    let is_mixed = lines.any(|line| !line.is_ascii() && std::str::from_utf8(line).is_ok());
    let is_control = |byte: &u8| *byte < b' ' && !b"\t\n\r\x1b".contains(byte);
    if is_mixed || bytes.iter().any(is_control) {
        return None;
    }
    let read = |as_text: &'static encoding_rs::Encoding, is_in: fn(char) -> bool| {
        let text = as_text.decode_without_bom_handling_and_without_replacement(bytes)?;
        text.chars().all(|c| c.is_ascii() || is_in(c)).then_some(())
    };
    // Rare syllables alone may be accents before letters.
    let has_syllable = || {
        bytes
            .windows(2)
            .any(|two| (0xb0..=0xc8).contains(&two[0]) && (0xa1..=0xfe).contains(&two[1]))
    };
    let is_korean = |c: char| matches!(c, '가'..='힣' | '\u{3000}'..='\u{303f}' | '·' | '…' | '“' | '”' | '‘' | '’' | '→' | '※');
    let is_western =
        |c: char| c.is_alphabetic() || "\u{a0}“”‘’„«»–—…•·€£§°©®™¡¿ªº×÷±²³¼½¾".contains(c);
    if has_syllable() && read(encoding_rs::EUC_KR, is_korean).is_some() {
        return Some(Encoding::Korean);
    }
    read(encoding_rs::WINDOWS_1252, is_western).map(|()| Encoding::Western)
}

/// Returns faults of the text that must be reported before parsing.
pub(crate) fn examine(text: &str) -> Vec<Problem> {
    control_characters(text).into_iter().chain(conflict_markers(text)).collect()
}

/// Returns the first character that YAML forbids unescaped; one is enough, as such a file often has thousands.
fn control_characters(text: &str) -> Option<Problem> {
    let (at, c) = text.char_indices().find(|(_, c)| !printable(*c))?;
    Some(YamlFault::ControlCharacter(c).at(at..at + c.len_utf8()))
}

/// Whether YAML 1.2 counts the character as printable.
fn printable(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='~' | '\u{85}' | '\u{a0}'..='\u{fffd}' | '\u{10000}'..)
        && !matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// Returns conflict markers of git, diff3, jj and svn, and half-removed leftovers of them.
fn conflict_markers(text: &str) -> Option<Problem> {
    conflict(lines(text).find(|(_, line)| is_marker(line))?)
}

/// Returns markers that an editor indented. Inside a text they are content, so this is for files that do not parse.
pub(super) fn indented_conflict(text: &str) -> Option<Problem> {
    conflict(lines(text).find(|(_, line)| is_marker(line.trim_start()))?)
}

fn conflict(marker: (usize, &str)) -> Option<Problem> {
    Some(YamlFault::MergeConflict.at(marker.0..marker.0 + marker.1.len()))
}

/// Whether a line is a marker: at the margin it always is, as block text is always indented.
fn is_marker(line: &str) -> bool {
    let line = line.trim_end();
    let signs = |sign: char| line.chars().take_while(|c| *c == sign).count();
    let ours = signs('<');
    let theirs = signs('>');
    let (base, middle) = (signs('|'), signs('='));
    let followed = |count: usize| line.len() == count || line.as_bytes()[count] == b' ';
    (ours >= 7 && followed(ours))
        || (theirs >= 7 && followed(theirs))
        || (base >= 7 && followed(base))
        || (middle >= 7 && line.len() == middle)
}

/// Iterates over lines without their line ends, each with its offset.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line.trim_end_matches(['\n', '\r']))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::{Code, MAX_BYTES};

    #[track_caller]
    fn finds(text: &str, code: Code, at: usize) {
        let problems = examine(text);
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert_eq!((problems[0].code, problems[0].span.start), (code, at));
    }

    #[test]
    fn names_what_no_parser_should_see() {
        finds("title: a\u{1b}b", Code::ControlCharacter, 8);
        finds("title: a\0b", Code::ControlCharacter, 8);
        finds("title: a\u{9b}b", Code::ControlCharacter, 8);
        finds("a: 1\n<<<<<<< HEAD\n", Code::MergeConflict, 5);
        finds("a: 1\r\n=======\r\nb", Code::MergeConflict, 6);
        finds("||||||| base\n", Code::MergeConflict, 0);
        assert_eq!(examine("text: |\n  <<<<<<< HEAD\n  =======\n"), []);
        assert_eq!(examine("\u{feff}title: 왁뮤 😀 \u{85}\n"), []);
        assert!(decode_utf8(b"ok\xff").is_err());
    }

    #[test]
    fn characters_are_printable_or_not() {
        let printable = [
            '\t',
            '\n',
            '\r',
            ' ',
            '~',
            '\u{85}',
            '\u{a0}',
            '\u{d7ff}',
            '\u{e000}',
            '\u{fffd}',
            '\u{10000}',
            '\u{10ffff}',
            '\u{feff}',
        ];
        for c in printable {
            assert_eq!(examine(&format!("a: {c}b")), [], "{c:?}");
        }
        for c in [
            '\0', '\u{8}', '\u{b}', '\u{c}', '\u{e}', '\u{1f}', '\u{7f}', '\u{84}', '\u{86}',
            '\u{9f}', '\u{fffe}', '\u{ffff}',
        ] {
            let problems = examine(&format!("a: {c}b{c}"));
            assert_eq!(problems.len(), 1, "{c:?}");
            assert_eq!(problems[0].span, 3..3 + c.len_utf8());
            assert_eq!(problems[0].kind, YamlFault::ControlCharacter(c));
        }
    }

    #[test]
    fn conflict_markers_have_seven_characters_or_more() {
        for (line, is) in [
            ("<<<<<<<", true),
            ("<<<<<<< HEAD", true),
            ("<<<<<<<<< HEAD", true),
            (">>>>>>> other", true),
            ("||||||| base", true),
            ("=======", true),
            ("=======  ", true),
            ("===========", true),
            ("<<<<<<", false),
            (">>>>>>", false),
            ("||||||", false),
            ("======", false),
            ("<<<<<<<HEAD", false),
            (">>>>>>>x", false),
            ("|||||||x", false),
            ("======= x", false),
            ("", false),
            ("한 <<<<<<<", false),
            (" <<<<<<< HEAD", false),
        ] {
            assert_eq!(is_marker(line), is, "{line:?}");
            let problem = conflict_markers(&format!("a: 1\n{line}\r\nb: 2\n"));
            assert_eq!(problem.is_some(), is, "{line:?}");
            assert!(problem.is_none_or(|p| p.span == (5..5 + line.len())), "{line:?}");
        }
        assert_eq!(indented_conflict("a:\n  =======\n").unwrap().span, 3..12);
        assert_eq!(indented_conflict("a:\n  ======\n"), None);
    }

    #[test]
    fn bytes_that_are_no_text_are_named() {
        for (bytes, encoding) in [
            (&b"\xff\xfea\0"[..], Some(Encoding::Utf16)),
            (b"\xfe\xff\0a", Some(Encoding::Utf16)),
            (b"\x89PNG\r\n", Some(Encoding::Png)),
            (b"\x1f\x8b\x08", Some(Encoding::Gzip)),
            (b"caf\xe9", Some(Encoding::Western)),
            (b"\x93Stra\xdfe\x94 \x96 \xc4nderung", Some(Encoding::Western)),
            (b"\xbc\xad\xb9\xf6 \xc0\xe5\xbe\xd6", Some(Encoding::Korean)),
            (b"title: \"\xbf\xce\xb9\xc2 3.0\"", Some(Encoding::Korean)),
            // UTF-8 beside it, control characters, and what Windows-1252 does not have.
            (b"caf\xe9\ncaf\xc3\xa9", None),
            (b"caf\xe9\x00", None),
            (b"\x8d\xff", None),
            (b"a\xa4\xa6", None),
        ] {
            assert_eq!(decode_utf8(bytes).unwrap_err().kind, YamlFault::NotUtf8(encoding));
        }
        let fault = decode_utf8(
            "한\u{0}".as_bytes().iter().chain(b"\xff").copied().collect::<Vec<u8>>().as_slice(),
        )
        .unwrap_err();
        assert_eq!((fault.code, fault.span), (Code::NotUtf8, 4..4));
        assert_eq!(decode_utf8("한".as_bytes()), Ok("한"));
        assert_eq!(MAX_BYTES, 16_777_216);
    }
}
