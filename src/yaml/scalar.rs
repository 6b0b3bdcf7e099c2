//! Writing values so that every YAML reader, of version 1.1 or 1.2, reads the same text back.

/// The first character of a text that no record may hold, with its place in characters.
///
/// Tabs and line ends are allowed; other control characters have no business in a timeline.
pub fn forbidden(text: &str) -> Option<(usize, char)> {
    text.chars()
        .enumerate()
        .find(|(_, c)| c.is_control() && !matches!(c, '\n' | '\t' | '\r' | '\u{85}'))
}

/// The text in double quotes, with everything escaped that a reader could take amiss.
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

/// What must not stand raw: controls, odd line ends, direction marks, things no eye can see.
fn invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{a0}' | '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{ffff}'
            | '\u{e000}'..='\u{f8ff}')
        || u32::from(c) >= 0xf_0000
        || u32::from(c) & 0xfffe == 0xfffe
}

/// Whether the text may stand without quotes, on one line, in a block or in brackets.
/// and where `is_time` says so, as a time.
pub(super) fn plain_safe(text: &str, is_time: fn(&str) -> bool) -> bool {
    let Some(first) = text.chars().next() else { return false };
    let starts_well = first.is_alphanumeric() && !resembles_value(text) || is_time(text);
    starts_well
        && text.len() < 1000
        && !text.ends_with([' ', ':', '\t'])
        && !text.contains(": ")
        && !text.contains(" #")
        // In brackets a reader of YAML 1.1 takes `:?` for a key and the next one.
        && !text.contains(":?")
        && text.chars().all(plain_char)
}

fn plain_char(c: char) -> bool {
    !matches!(c, '[' | ']' | '{' | '}' | ',' | '"' | '\'' | '`' | '\n' | '\r' | '\t')
        && !invisible(c)
}

/// Whether some YAML reader takes the text for a number, a truth value, nothing or a time.
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
    // No ASCII: YAML 1.1 counts only ASCII digits, but other readers may not.
    (first.is_numeric() && !first.is_ascii_digit())
        || (first.is_ascii_digit() && text.chars().all(numeric))
}

/// The header of a literal block that keeps the text as it is (`|` or `|-`), if one can. A text
/// that ends in blank lines is quoted: a block would take in those that follow it in the file.
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

    fn is_time(text: &str) -> bool {
        text == "2024-09-07T17:00+09:00"
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
            assert!(plain_safe(safe, is_time), "{safe}");
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
            assert!(!plain_safe(risky, is_time), "{risky}");
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
}
