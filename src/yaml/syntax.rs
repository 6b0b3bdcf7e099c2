//! Syntax errors as a person sees them: what is odd about the line, and what was probably meant.

use granit_parser::{ErrorKind, ScanError};

use super::guard::indented_conflict;
use super::limits::DEPTH;
use super::problem::{Problem, Remedy, Slip, YamlFault};

/// Returns the parser's error at the place where a person would look. A key that `is_known` accepts may lack the space
/// after its colon.
pub(super) fn syntax_problem(text: &str, fault: &ScanError, is_known: fn(&str) -> bool) -> Problem {
    let at = fault.marker().byte_offset().unwrap_or(text.len()).min(text.len());
    let at = match fault.kind() {
        ErrorKind::ExpectedDocumentStart => directive(text, at),
        _ => last_content(text, at),
    };
    if matches!(fault.kind(), ErrorKind::RecursionLimitExceeded) {
        return YamlFault::TooDeep(DEPTH).at(at..at);
    }
    if let Some(marker) = indented_conflict(text) {
        return marker;
    }
    let remedy = remedy(&Surroundings::of(text, at), fault.kind(), is_known);
    YamlFault::Syntax { slip: slip(fault), remedy }.at(at..at)
}

/// Returns where to report an error at the end of the file: on its last non-blank line.
fn last_content(text: &str, at: usize) -> usize {
    if text[at..].trim().is_empty() { text.trim_end().len().min(at) } else { at }
}

/// Returns the offset of the directive that no `---` followed before `at`.
fn directive(text: &str, at: usize) -> usize {
    let before = &text[..at];
    before.rfind("\n%").map_or(0, |line_end| line_end + 1)
}

/// Returns what is odd; in the parser's own words for an unknown error.
fn slip(fault: &ScanError) -> Slip {
    use ErrorKind as Kind;
    match fault.kind() {
        Kind::MappingValueNotAllowed | Kind::InvalidColonPlacement | Kind::MappingKeyNotAllowed => {
            Slip::Colon
        }
        Kind::SimpleKeyExpected | Kind::InvalidSimpleKey | Kind::ExpectedNodeContent => {
            Slip::NoKeyLine
        }
        Kind::ExpectedBlockSequenceEntry => Slip::NoDash,
        Kind::ExpectedBlockMappingKey | Kind::InvalidIndentation => Slip::Misaligned,
        Kind::ExpectedFlowMappingSeparator => Slip::NoComma('}'),
        Kind::ExpectedFlowSequenceSeparator => Slip::NoComma(']'),
        Kind::BlockSequenceEntryNotAllowed | Kind::BlockEntryInFlowCollection => Slip::Dash,
        Kind::InvalidTrailingSingleQuotedScalar | Kind::InvalidTrailingDoubleQuotedScalar => {
            Slip::AfterQuotes
        }
        Kind::UnclosedQuotedScalar | Kind::DocumentIndicatorInQuotedScalar => Slip::OpenQuote,
        Kind::UnclosedFlowCollection { open } => Slip::OpenBracket(*open),
        Kind::MisplacedFlowCollectionEnd | Kind::MismatchedFlowCollectionEnd { .. } => {
            Slip::ClosingBracket
        }
        Kind::UnknownQuotedScalarEscape
        | Kind::InvalidQuotedScalarHexEscape
        | Kind::InvalidUnicodeEscape => Slip::Backslash,
        Kind::ExpectedDocumentStart => Slip::Percent,
        Kind::InvalidBlockScalarHeader => Slip::BlockHeader,
        Kind::UnexpectedCharacter { character } => Slip::FirstCharacter(*character),
        Kind::TabNotAllowed
        | Kind::TabInBlockIndentation
        | Kind::TabInIndentation
        | Kind::TabAtBlockScalarStart
        | Kind::TabInPlainScalar => Slip::Tab,
        _ => Slip::Other(fault.info()),
    }
}

/// The lines around a syntax error.
struct Surroundings<'t> {
    above: &'t str,
    line: &'t str,
    next: &'t str,
}

impl<'t> Surroundings<'t> {
    fn of(text: &'t str, at: usize) -> Surroundings<'t> {
        let start = text[..at].rfind('\n').map_or(0, |n| n + 1);
        let mut lines = text[start..].lines();
        Surroundings {
            line: lines.next().unwrap_or(""),
            next: lines.next().unwrap_or(""),
            above: text[..start].lines().next_back().unwrap_or(""),
        }
    }

    /// Returns what follows the line's first key or its dash.
    fn value(&self) -> &'t str {
        let line = self.line.trim();
        let line = line.strip_prefix("- ").unwrap_or(line);
        let value = line.split_once(": ").map_or(line, |(_, value)| value).trim();
        value.split_once(" #").map_or(value, |(value, _)| value.trim_end())
    }
}

/// Returns what people usually mean by such a line.
fn remedy(place: &Surroundings, kind: &ErrorKind, is_known: fn(&str) -> bool) -> Remedy {
    let Surroundings { above, line, next } = place;
    if [line, next, above].iter().any(|line| line.trim_start_matches(' ').starts_with('\t')) {
        return Remedy::Spaces;
    }
    if [line, above].iter().any(|line| line.contains('：')) {
        return Remedy::PlainColon;
    }
    let value = place.value();
    match kind {
        ErrorKind::ExpectedDocumentStart => return Remedy::NoDirective,
        ErrorKind::InvalidTrailingDoubleQuotedScalar
        | ErrorKind::InvalidTrailingSingleQuotedScalar => {
            let both = value.contains('\'') && value.contains('"');
            let quote = if value.starts_with('"') { '\'' } else { '"' };
            let block = both || value.contains('\\');
            return if block {
                Remedy::Block
            } else {
                Remedy::OtherQuotes(quote, value.to_owned())
            };
        }
        ErrorKind::InvalidBlockScalarHeader | ErrorKind::UnexpectedCharacter { .. } => {
            return Remedy::Quotes(value.to_owned());
        }
        _ => {}
    }
    if let Some(glued) = [line, above].into_iter().find_map(|line| glued_key(line, is_known)) {
        return Remedy::Space(glued);
    }
    if value.starts_with("- ") {
        Remedy::NextLine
    } else if value.starts_with(['[', '{']) && value.contains([']', '}']) && !is_closed(value) {
        Remedy::QuotesForBracket
    } else if value.contains(": ") && !value.starts_with(['"', '\'']) {
        Remedy::QuotesForColon
    } else if value.starts_with(['@', '`', '%', '&']) {
        Remedy::Quotes(value.to_owned())
    } else if value.contains('\\') {
        Remedy::TwoBackslashes
    } else {
        Remedy::Unknown
    }
}

/// Returns `text: 배포` for `text:배포`, if the key is a known one.
fn glued_key(line: &str, is_known: fn(&str) -> bool) -> Option<String> {
    let line = line.trim();
    let line = line.strip_prefix("- ").unwrap_or(line);
    let (key, value) = line.split_once(':')?;
    (is_known(key) && !value.is_empty() && !value.starts_with([' ', ':']))
        .then(|| format!("{key}: {value}"))
}

/// Returns whether the opening bracket of a text is closed at its very end, and not before.
fn is_closed(value: &str) -> bool {
    let mut depth = 0_usize;
    for (place, c) in value.char_indices() {
        match c {
            '[' | '{' => depth += 1,
            ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return place + c.len_utf8() == value.len();
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::terminal;
    use crate::yaml::Code;

    /// Returns the message for a record with that line.
    fn told(line: &str) -> String {
        let text = format!("title: t\nevents:\n  - at: 2024-09-07T18:08+09:00\n    {line}\n");
        let problems = crate::format::read(&text).unwrap_err();
        let problem = problems.iter().find(|problem| problem.code == Code::NotYaml);
        problem.map_or_else(String::new, |problem| {
            let told = terminal().problem(&problem.kind);
            format!("{} | {}", told.message, told.help)
        })
    }

    #[test]
    fn a_directive_without_a_document_is_reported_at_its_place() {
        let problems = crate::format::read("# c\n%foo\ntitle: t\n").unwrap_err();
        assert_eq!((problems[0].code, problems[0].span.start), (Code::NotYaml, 4));
        let help = terminal().problem(&problems[0].kind).help;
        assert!(help.contains("delete that line"), "{help}");
        let problems = crate::format::read("%foo").unwrap_err();
        assert_eq!((problems[0].code, problems[0].span.start), (Code::NotYaml, 0));
    }

    #[test]
    fn a_bracket_is_closed_at_the_end_or_not() {
        for (value, closed) in [
            ("[a]", true),
            ("[배포]", true),
            ("[배포] 완료", false),
            ("{a: [b]}", true),
            ("[a", false),
            ("[a][b]", false),
            ("[[a]", false),
        ] {
            assert_eq!(is_closed(value), closed, "{value}");
        }
    }

    #[test]
    fn slips_are_named() {
        let table = [
            (
                "text: error: timeout",
                "this colon makes a key",
                "a text that contains `: ` needs quotes",
            ),
            (
                "text: \"배포 \"완료\" 확인\"",
                "the quotes end before this",
                "'\"배포 \"완료\" 확인\"'",
            ),
            ("text: \"앱\" 진입", "the quotes end before this", "'\"앱\" 진입'"),
            ("text: 'it's'", "the quotes end before this", "\"'it's'\""),
            ("text: @kim looked", "a text cannot begin with @", "\"@kim looked\""),
            ("detail: >x", "nothing may follow | or >", "\">x\""),
            ("text: [배포] 완료 [확인]", "", "\"[공지] 점검\""),
            ("text:배포", "this line is not a `key: value` line", "`text: 배포`"),
            ("text: \"C:\\temp\\x\"", "not a valid backslash", "write the backslash twice"),
            ("text: \"never closed", "this quote is never closed", "check this line"),
            ("refs: [one", "", "check this line"),
            ("\ttext: tab", "", "indent with spaces"),
        ];
        for (line, reason, help) in table {
            let told = told(line);
            assert!(told.contains(reason) && told.contains(help), "{line:?}: {told}");
        }
    }
}
