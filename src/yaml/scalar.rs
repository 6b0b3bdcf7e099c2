//! Writing values so that every YAML reader, of version 1.1 or 1.2, reads the same text back.

/// Returns the first character that no record may contain, with its index in characters.
///
/// Tabs and line ends are allowed; other control characters do not belong in a timeline.
pub fn forbidden(text: &str) -> Option<(usize, char)> {
    text.chars()
        .enumerate()
        .find(|(_, c)| c.is_control() && !matches!(c, '\n' | '\t' | '\r' | '\u{85}'))
}

/// Returns the text in double quotes, with everything escaped that a reader could misread.
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if invisible(c) && u32::from(c) <= 0xff => {
                out.push_str(&format!("\\x{:02X}", u32::from(c)));
            }
            c if invisible(c) && u32::from(c) <= 0xffff => {
                out.push_str(&format!("\\u{:04X}", u32::from(c)));
            }
            c if invisible(c) => out.push_str(&format!("\\U{:08X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Returns whether a character must be escaped: controls, odd line ends, direction marks, invisible characters.
fn invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{a0}' | '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{ffff}'
            | '\u{e000}'..='\u{f8ff}')
        || u32::from(c) >= 0xf_0000
        || u32::from(c) & 0xfffe == 0xfffe
}

/// Returns whether the text is safe unquoted, on one line, in a block or in brackets, and, if `is_time` accepts it, as
/// a time.
pub(super) fn plain_safe(text: &str, is_time: fn(&str) -> bool) -> bool {
    let Some(first) = text.chars().next() else { return false };
    let starts_well = first.is_alphanumeric() && !resembles_value(text) || is_time(text);
    starts_well
        && text.len() < 1000
        && !text.ends_with([' ', ':', '\t'])
        && !text.contains(": ")
        && !text.contains(" #")
        // In brackets, YAML 1.1 reads `:?` as a key followed by another.
        && !text.contains(":?")
        && text.chars().all(plain_char)
}

fn plain_char(c: char) -> bool {
    !matches!(c, '[' | ']' | '{' | '}' | ',' | '"' | '\'' | '`' | '\n' | '\r' | '\t')
        && !invisible(c)
}

/// Returns whether some YAML reader takes the text for a number, a boolean, null or a time.
fn resembles_value(text: &str) -> bool {
    let word = text.to_ascii_lowercase();
    const WORDS: [&str; 12] =
        ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf", "infinity"];
    if WORDS.contains(&word.as_str()) {
        return true;
    }
    let first = text.chars().next().unwrap_or(' ');
    let numeric = |c: char| {
        c.is_ascii_hexdigit()
            || matches!(
                c,
                '.' | '_' | ':' | '-' | '+' | 'x' | 'o' | 'e' | 'T' | 'Z' | 't' | 'z' | ' '
            )
    };
    // Non-ASCII: YAML 1.1 counts only ASCII digits, but other readers may differ.
    (first.is_numeric() && !first.is_ascii_digit())
        || (first.is_ascii_digit() && text.chars().all(numeric))
}

/// Returns the header of a literal block that preserves the text (`|` or `|-`), if one can. A text that ends in blank
/// lines is quoted: a block would absorb those that follow it in the file.
pub(super) fn literal_header(text: &str) -> Option<&'static str> {
    let first = text.chars().next()?;
    let body = text.trim_end_matches('\n');
    let ends = text.len() - body.len();
    let awkward_line = |line: &str| {
        line.starts_with('\t')
            || (!line.is_empty() && line.trim().is_empty())
            || line.chars().any(|c| c != '\t' && invisible(c))
    };
    if matches!(first, ' ' | '\n' | '\t')
        || body.is_empty()
        || body.split('\n').any(awkward_line)
        || text.contains('\r')
    {
        return None;
    }
    Some(match ends {
        0 => "|-",
        1 => "|",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain_safe(text: &str) -> bool {
        super::plain_safe(text, |text| text.starts_with("2024-09-07T"))
    }

    #[test]
    fn plain_only_where_every_reader_agrees() {
        for safe in [
            "배포 시작",
            "deploy",
            "PV영상 공개 & 제거",
            "2024-09-07T17:00+09:00",
            "ios-app",
            "a#b",
            "it was late",
        ] {
            assert!(plain_safe(safe), "{safe}");
        }
        for risky in [
            "",
            "no",
            "Yes",
            "on",
            "null",
            "~",
            "3.0",
            "18:08",
            "0777",
            "1_000",
            "1e3",
            "0x1F",
            "a: b",
            "a #b",
            "- a",
            " lead",
            "trail ",
            "[x]",
            "it's",
            "a,b",
            "*x",
            "!x",
            "@x",
            "ends:",
            "what:?",
            "２０",
            "\u{a0}x",
            "a\u{202e}b",
            "=",
            "<<",
        ] {
            assert!(!plain_safe(risky), "{risky}");
        }
    }

    #[test]
    fn quotes_escape_what_no_eye_sees() {
        assert_eq!(quoted("a\"b\\c\n한글\u{202e}\u{1b}"), "\"a\\\"b\\\\c\\n한글\\u202E\\x1B\"");
        assert_eq!(quoted("\u{e0067}"), "\"\u{e0067}\"");
    }

    #[test]
    fn forbids_controls() {
        assert_eq!(forbidden("ab\u{1b}"), Some((2, '\u{1b}')));
        assert_eq!(forbidden("a\tb\nc\r\n"), None);
    }

    #[test]
    fn quotes_escape_each_kind_of_character() {
        for (text, out) in [
            ("a\tb\rc\n", r#""a\tb\rc\n""#),
            ("\u{7f}\u{85}\u{a0}\u{ad}", r#""\x7F\x85\xA0\xAD""#),
            ("\u{ff}\u{100}é한😀", "\"\u{ff}\u{100}é한😀\""),
            ("\u{200b}\u{200e}\u{200f}", r#""\u200B\u200E\u200F""#),
            ("\u{2027}\u{2028}\u{202e}\u{202f}", "\"\u{2027}\\u2028\\u202E\u{202f}\""),
            ("\u{205f}\u{2060}\u{206f}\u{2070}", "\"\u{205f}\\u2060\\u206F\u{2070}\""),
            ("\u{feff}\u{ffef}\u{fff0}\u{ffff}", "\"\\uFEFF\u{ffef}\\uFFF0\\uFFFF\""),
            ("\u{e000}\u{f8ff}\u{f900}", "\"\\uE000\\uF8FF\u{f900}\""),
            ("\u{1fffe}\u{1ffff}\u{1fffd}", "\"\\U0001FFFE\\U0001FFFF\u{1fffd}\""),
            ("\u{effff}\u{f0000}\u{10ffff}", "\"\\U000EFFFF\\U000F0000\\U0010FFFF\""),
        ] {
            assert_eq!(quoted(text), out, "{text:?}");
        }
    }

    #[test]
    fn forbidden_characters_are_counted_in_characters() {
        for (text, found) in [
            ("한글\u{7}", Some((2, '\u{7}'))),
            ("\0", Some((0, '\0'))),
            ("a\u{85}\u{9b}", Some((2, '\u{9b}'))),
            ("", None),
            ("한 글\t\r\n", None),
        ] {
            assert_eq!(forbidden(text), found, "{text:?}");
        }
    }

    #[test]
    fn plain_texts_have_their_limits() {
        assert!(plain_safe(&"x".repeat(999)));
        assert!(!plain_safe(&"x".repeat(1000)));
        for (text, safe) in [
            ("2024-09-07T18:08+09:00", true),
            ("2024-09-07 18:08", false),
            ("12abc", false),
            ("12abg", true),
            ("1abc", false),
            ("a1", true),
            ("0 to 5", false),
            ("2 + 2", false),
            ("10:30", false),
            ("1.2.3", false),
            ("nan", false),
            ("Infinity", false),
            ("y", false),
            ("N", false),
            ("FALSE", false),
            ("yesterday", true),
            ("٣", false),
            ("Ⅷ", false),
            ("½ done", false),
            ("x\ty", false),
            ("x\t", false),
            ("x{y", false),
            ("x`y", false),
            ("x\"y", false),
            ("x\ny", false),
            ("x: y", false),
            ("x:y", true),
            ("x ?y", true),
            ("(x)", false),
            ("…x", false),
        ] {
            assert_eq!(plain_safe(text), safe, "{text:?}");
        }
    }

    #[test]
    fn blocks_keep_what_blocks_can() {
        for (text, header) in [
            ("a\nb", Some("|-")),
            ("a\nb\n", Some("|")),
            ("a\n\nb\n", Some("|")),
            ("a\n  b\n", Some("|")),
            ("a\tb\nc", Some("|-")),
            ("a\nb\n\n", None),
            ("", None),
            ("\n", None),
            (" a\nb", None),
            ("\ta\nb", None),
            ("\na", None),
            ("a\n \nb", None),
            ("a\n\tb", None),
            ("a\r\nb", None),
            ("a\nb\u{202e}c", None),
            ("a\nb\u{a0}", None),
            ("a\n\u{3000}\nb", None),
        ] {
            assert_eq!(literal_header(text), header, "{text:?}");
        }
    }
}
