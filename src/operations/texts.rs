//! Checks and normalizes texts that people enter.

use crate::fault::{Fault, Field, TextFault, WidthFault};
use crate::lang::{PLACEHOLDERS, codes, event_type_named, event_types_begun, language_named};
use crate::model::EventType;
use crate::yaml::{MAX_TEXT_BYTES, forbidden};

/// A text as a terminal shows it in the end.
#[derive(Debug, PartialEq, Eq)]
pub struct Overwritten {
    /// The text.
    pub text: String,
    /// The number of pieces that it lacks, as others were written over them.
    pub left_out: usize,
}

/// Returns lines with the final content that a terminal would show: text after a carriage return or a backspace, which
/// programs use for progress output, replaces what was there. Line ends become `\n`.
pub fn as_shown(text: &str) -> Overwritten {
    let mut out = String::with_capacity(text.len());
    let (mut left_out, mut is_lost) = (0, false);
    let (mut line, mut at, mut is_anew): (Vec<char>, usize, bool) = (Vec::new(), 0, false);
    for c in text.chars() {
        match c {
            '\n' => {
                out.extend(line.drain(..).chain([c]));
                (at, is_anew) = (0, false);
            }
            '\r' => (at, is_anew) = (0, true),
            '\u{8}' => (at, is_lost) = (at.saturating_sub(1), false),
            c => {
                if is_anew {
                    left_out += usize::from(line.iter().any(|c| !c.is_whitespace()));
                    line.clear();
                    is_anew = false;
                }
                // A tab only moves on; it overwrites nothing.
                at = if c == '\t' { line.len() } else { at };
                match line.get_mut(at) {
                    Some(there) => {
                        // Bold and underlined letters of manual pages are typed over themselves.
                        let was_lost = std::mem::replace(
                            &mut is_lost,
                            *there != c && !matches!(there, '_' | ' '),
                        );
                        left_out += usize::from(is_lost && !was_lost);
                        *there = c;
                    }
                    None => line.push(c),
                }
                at += 1;
            }
        }
    }
    out.extend(line);
    Overwritten { text: out, left_out }
}

/// Returns a text whose only line ends are carriage returns, as old Macs wrote them, with `\n` instead.
pub fn with_line_ends(text: String) -> String {
    if text.contains('\n') { text } else { text.replace('\r', "\n") }
}

/// Returns a text for a record: trimmed, with `\n` as line end.
///
/// # Errors
/// It is empty, too long, contains a control character, or stands for a text in a command that asrun prints.
pub fn accepted(field: Field, text: &str) -> Result<String, Fault> {
    let text = text.replace("\r\n", "\n");
    let text = text.trim();
    let refuse = |fault| Err(Fault::Text { field, fault });
    if text.is_empty() {
        return refuse(TextFault::Empty);
    }
    if text.len() > MAX_TEXT_BYTES {
        return refuse(TextFault::TooLong(MAX_TEXT_BYTES));
    }
    if PLACEHOLDERS.contains(&text) {
        return refuse(TextFault::Placeholder(text.to_owned()));
    }
    match forbidden(text) {
        None => Ok(text.to_owned()),
        Some((place, c)) => refuse(TextFault::Control { c, place: place + 1 }),
    }
}

/// As [`accepted`], for an optional text.
///
/// # Errors
/// As for [`accepted`].
pub fn optional(field: Field, text: Option<&str>) -> Result<Option<String>, Fault> {
    text.map(|text| accepted(field, text)).transpose()
}

/// Refuses a width that pages do not understand: `50%`, `320` and `320px` are valid.
///
/// # Errors
/// It is not a number, or could be either a percentage or pixels.
pub(super) fn check_width(typed: Option<&str>) -> Result<(), Fault> {
    let Some(typed) = typed else { return Ok(()) };
    let number = typed.strip_suffix('%').or_else(|| typed.strip_suffix("px")).unwrap_or(typed);
    let sound =
        !number.is_empty() && number.len() <= 5 && number.bytes().all(|b| b.is_ascii_digit());
    let unclear = number == typed && number.parse().is_ok_and(|width: u32| width <= 100);
    match (sound, unclear) {
        (true, false) => Ok(()),
        (true, true) => Err(Fault::Width { typed: typed.to_owned(), fault: WidthFault::Unclear }),
        _ => Err(Fault::Width { typed: typed.to_owned(), fault: WidthFault::Unreadable }),
    }
}

/// Refuses a language that asrun has no words for.
///
/// # Errors
/// It is not supported.
pub fn check_language(language: Option<&str>) -> Result<(), Fault> {
    let Some(language) = language else { return Ok(()) };
    let primary = language.split('-').next().unwrap_or("");
    if codes().any(|known| known == primary) {
        return Ok(());
    }
    Err(Fault::Language {
        typed: language.to_owned(),
        near: language_named(primary),
        known: codes().collect(),
    })
}

/// Returns a program's output as a Markdown code block, whatever it contains; empty if the output is.
pub fn as_code(output: &str) -> String {
    let output = output.trim_matches(['\n', '\r']);
    if output.trim().is_empty() {
        return String::new();
    }
    let longest = output.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat((longest + 1).max(3));
    format!("{fence}text\n{output}\n{fence}")
}

/// Returns the type of event for a word: its name in some language, or an unambiguous beginning of at least three
/// letters (one in Korean).
///
/// # Errors
/// There is no such type.
pub fn event_type(word: &str) -> Result<EventType, Fault> {
    if let Some(kind) = EventType::known(word).or_else(|| event_type_named(word)) {
        return Ok(kind);
    }
    let begins = |known: &&str| known.starts_with(&word.to_lowercase());
    let words = EventType::words().filter(begins);
    let words = words.filter_map(|known| Some((known, EventType::known(known)?)));
    // A letter of Korean is a syllable, and has three bytes.
    let begun = match word.len() {
        ..3 => Vec::new(),
        _ => of_different_types(words.chain(event_types_begun(word))),
    };
    match begun.as_slice() {
        [(_, kind)] => Ok(kind.clone()),
        several => {
            let begun = several.iter().map(|(name, _)| *name).collect();
            Err(Fault::EventType { typed: word.to_owned(), begun })
        }
    }
}

/// Returns names of different types: of several names of one type, in whatever languages, the first.
fn of_different_types(
    names: impl Iterator<Item = (&'static str, EventType)>,
) -> Vec<(&'static str, EventType)> {
    let mut different: Vec<(&'static str, EventType)> = Vec::new();
    for (name, kind) in names {
        if different.iter().all(|(_, known)| *known != kind) {
            different.push((name, kind));
        }
    }
    different
}

/// Splits a message into its first line and the rest, like a commit message.
pub fn split_message(message: &str) -> (String, Option<String>) {
    match message.trim().split_once('\n') {
        Some((first, rest)) => {
            (first.trim().to_owned(), Some(rest.trim_matches(['\n', '\r']).to_owned()))
        }
        None => (message.trim().to_owned(), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_one_type_leave_no_choice() {
        let names = [
            ("detected", EventType::Detected),
            ("detectado", EventType::Detected),
            ("declared", EventType::Declared),
        ];
        let different = of_different_types(names.into_iter());
        assert_eq!(
            different.iter().map(|(name, _)| *name).collect::<Vec<_>>(),
            ["detected", "declared"]
        );
    }

    #[test]
    fn lines_that_are_written_anew_keep_their_last_state() {
        for (said, kept, left_out) in [
            ("10%\r55%\r100%\ndone\n", "100%\ndone\n", 2),
            ("10%\r55%\r\n", "55%\n", 1),
            ("a\r\nb\r\n", "a\nb\n", 0),
            ("longer\rab", "ab", 1),
            ("10%\r", "10%", 0),
            ("12%\u{8}\u{8}\u{8}34%\n", "34%\n", 1),
            ("|\u{8}/\u{8}-\u{8}done", "done", 3),
            ("\u{8}\u{8}a\u{8}", "a", 0),
            ("ab\u{8}\tc", "ab\tc", 0),
            ("a\n\u{8}b", "a\nb", 0),
            ("배포 10%\r배포 끝", "배포 끝", 1),
            ("\r\n\r\n", "\n\n", 0),
            ("", "", 0),
            ("_\u{8}N_\u{8}O B\u{8}B", "NO B", 0),
            ("Error: disk full\rok\n", "ok\n", 1),
        ] {
            let text = kept.to_owned();
            assert_eq!(as_shown(said), Overwritten { text, left_out }, "{said:?}");
        }
        // Typed text is kept as it is.
        assert_eq!(accepted(Field::Text, "a\rb\r\nend\r\n").unwrap(), "a\rb\nend");
    }

    #[test]
    fn types_are_named_by_their_beginnings() {
        for (typed, meant) in [
            ("detected", Ok("detected")),
            ("Impact-Start", Ok("impact_start")),
            ("det", Ok("detected")),
            ("원인 확인", Ok("identified")),
            ("원인확인", Ok("identified")),
            ("원인", Ok("identified")),
            ("감", Ok("detected")),
            ("심각도", Ok("severity_change")),
            ("dec", Err("declared decision")),
            ("장애", Err("장애 시작 장애 선언")),
            ("de", Err("")),
            ("감자", Err("")),
            ("", Err("")),
        ] {
            let found = match event_type(typed) {
                Ok(kind) => Ok(kind.word().to_owned()),
                Err(Fault::EventType { begun, .. }) => Err(begun.join(" ")),
                Err(other) => panic!("{typed}: {other:?}"),
            };
            let expected = meant.map(str::to_owned).map_err(str::to_owned);
            assert_eq!(found, expected, "{typed}");
        }
    }

    #[test]
    fn widths_are_shares_or_pixels() {
        for (typed, fault) in [
            ("50%", None),
            ("100%", None),
            ("320", None),
            ("101", None),
            ("320px", None),
            ("99999px", None),
            ("100", Some(WidthFault::Unclear)),
            ("5", Some(WidthFault::Unclear)),
            ("100000px", Some(WidthFault::Unreadable)),
            ("wide", Some(WidthFault::Unreadable)),
            ("%", Some(WidthFault::Unreadable)),
            ("", Some(WidthFault::Unreadable)),
            ("5em", Some(WidthFault::Unreadable)),
        ] {
            let found = match check_width(Some(typed)) {
                Err(Fault::Width { fault, .. }) => Some(fault),
                _ => None,
            };
            assert_eq!(found, fault, "{typed:?}");
        }
        assert!(check_width(None).is_ok());
    }

    #[test]
    fn texts_are_trimmed_or_refused() {
        let told = |text: &str| match accepted(Field::Text, text) {
            Ok(text) => text,
            Err(Fault::Text { fault, .. }) => format!("{fault:?}"),
            Err(other) => format!("{other:?}"),
        };
        assert_eq!(told("  a\r\nb \n"), "a\nb");
        assert_eq!(told(" \n "), "Empty");
        assert_eq!(told("한\u{7}"), "Control { c: '\\u{7}', place: 2 }");
        assert_eq!(told(" TEXT\n"), "Placeholder(\"TEXT\")");
        assert_eq!(told("TEXT is a column"), "TEXT is a column");
        assert_eq!(told("text"), "text");
        assert_eq!(told(&"x".repeat(MAX_TEXT_BYTES)).len(), MAX_TEXT_BYTES);
        assert_eq!(told(&"x".repeat(MAX_TEXT_BYTES + 1)), "TooLong(1048576)");
    }
}
