//! The parser's faults, said as a person would: what is odd about the line, and what was probably
//! meant.

use granit_parser::{ErrorKind, ScanError};

use super::guard::indented_conflict;
use super::limits::DEPTH;
use super::problem::{Code, Problem};
use super::scalar::quoted;

/// The parser's fault, at the place where a person would look. A key that `is_known` may have lost
/// the blank after its colon.
pub(super) fn syntax_problem(text: &str, fault: &ScanError, is_known: fn(&str) -> bool) -> Problem {
    let at = fault.marker().byte_offset().unwrap_or(text.len()).min(text.len());
    let at = match fault.kind() {
        ErrorKind::ExpectedDocumentStart => directive(text, at),
        _ => last_content(text, at),
    };
    if matches!(fault.kind(), ErrorKind::RecursionLimitExceeded) {
        return Problem {
            code: Code::TooDeep,
            span: at..at,
            message: format!("values are nested deeper than {DEPTH} levels"),
            help:
                "no record needs that: look for brackets that were never closed, or quote the text"
                    .to_owned(),
        };
    }
    if let Some(marker) = indented_conflict(text) {
        return marker;
    }
    Problem {
        code: Code::NotYaml,
        span: at..at,
        message: format!("not valid YAML: {}", reason(fault)),
        help: help(&Surroundings::of(text, at), fault.kind(), is_known),
    }
}

/// A fault found at the end of the file belongs to its last line that says something.
fn last_content(text: &str, at: usize) -> usize {
    if text[at..].trim().is_empty() { text.trim_end().len().min(at) } else { at }
}

/// Where the directive stands after which no `---` came until `at`.
fn directive(text: &str, at: usize) -> usize {
    let before = &text[..at];
    before.rfind("\n%").map_or(0, |line_end| line_end + 1)
}

/// What is odd; in the parser's own words where nobody has met it.
fn reason(fault: &ScanError) -> String {
    use ErrorKind as Kind;
    let said = match fault.kind() {
        Kind::MappingValueNotAllowed | Kind::InvalidColonPlacement | Kind::MappingKeyNotAllowed => {
            "this colon makes a key where none can stand"
        }
        Kind::SimpleKeyExpected | Kind::InvalidSimpleKey | Kind::ExpectedNodeContent => {
            "this line is not a `key: value` line"
        }
        Kind::ExpectedBlockSequenceEntry => {
            "this line stands where a list item is expected, and has no `- `"
        }
        Kind::ExpectedBlockMappingKey | Kind::InvalidIndentation => {
            "this does not line up with the lines above it"
        }
        Kind::ExpectedFlowMappingSeparator => "a comma or a closing } is missing before this",
        Kind::ExpectedFlowSequenceSeparator => "a comma or a closing ] is missing before this",
        Kind::BlockSequenceEntryNotAllowed | Kind::BlockEntryInFlowCollection => {
            "a `- ` cannot begin here"
        }
        Kind::InvalidTrailingSingleQuotedScalar | Kind::InvalidTrailingDoubleQuotedScalar => {
            "the quotes end before this, but the text goes on"
        }
        Kind::UnclosedQuotedScalar | Kind::DocumentIndicatorInQuotedScalar => {
            "this quote is never closed"
        }
        Kind::UnclosedFlowCollection { open } => {
            return format!("this {open} is never closed");
        }
        Kind::MisplacedFlowCollectionEnd | Kind::MismatchedFlowCollectionEnd { .. } => {
            "this bracket closes none that was opened"
        }
        Kind::UnknownQuotedScalarEscape
        | Kind::InvalidQuotedScalarHexEscape
        | Kind::InvalidUnicodeEscape => "YAML does not know what this backslash stands for",
        Kind::ExpectedDocumentStart => "a line that begins with % is no `key: value` line",
        Kind::InvalidBlockScalarHeader => "nothing may follow | or > on its line",
        Kind::UnexpectedCharacter { character } => {
            return format!("a text cannot begin with {character} unless it is in quotes");
        }
        Kind::TabNotAllowed
        | Kind::TabInBlockIndentation
        | Kind::TabInIndentation
        | Kind::TabAtBlockScalarStart
        | Kind::TabInPlainScalar => "a tab stands where spaces belong",
        _ => return fault.info(),
    };
    said.to_owned()
}

/// The lines around a fault.
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

    /// What stands after the line's first key, or after its dash.
    fn value(&self) -> &'t str {
        let line = self.line.trim();
        let line = line.strip_prefix("- ").unwrap_or(line);
        let value = line.split_once(": ").map_or(line, |(_, value)| value).trim();
        value.split_once(" #").map_or(value, |(value, _)| value.trim_end())
    }
}

/// What people usually mean by such a line.
fn help(place: &Surroundings, kind: &ErrorKind, is_known: fn(&str) -> bool) -> String {
    let Surroundings { above, line, next } = place;
    if [line, next, above].iter().any(|line| line.trim_start_matches(' ').starts_with('\t')) {
        return "a line here begins with a tab: indent with spaces, YAML does not take tabs"
            .to_owned();
    }
    if [line, above].iter().any(|line| line.contains('：')) {
        return "the colon here is a full-width one (：); YAML needs `: `".to_owned();
    }
    let value = place.value();
    match kind {
        ErrorKind::ExpectedDocumentStart => {
            return "delete that line; a directive such as `%YAML 1.2` needs a line `---` after it"
                .to_owned();
        }
        ErrorKind::InvalidTrailingDoubleQuotedScalar
        | ErrorKind::InvalidTrailingSingleQuotedScalar => {
            let both = value.contains('\'') && value.contains('"');
            let quote = if value.starts_with('"') { '\'' } else { '"' };
            if both || value.contains('\\') {
                return "write it as a block: `|` behind the colon, the text on the next line, indented"
                    .to_owned();
            }
            return format!(
                "put the whole text into quotes of the other kind: {quote}{value}{quote}"
            );
        }
        ErrorKind::InvalidBlockScalarHeader | ErrorKind::UnexpectedCharacter { .. } => {
            return format!("put the text into quotes: {}", quoted(value));
        }
        _ => {}
    }
    if let Some(glued) = [line, above].into_iter().find_map(|line| glued_key(line, is_known)) {
        return format!("add a space after the colon: `{glued}`");
    }
    if value.starts_with("- ") {
        return "begin the list on the next line; a text that begins with `- ` needs quotes"
            .to_owned();
    }
    let help = if value.starts_with(['[', '{']) && value.contains([']', '}']) && !is_closed(value) {
        "a text that begins with `[` or `{` needs quotes: \"[공지] 점검\""
    } else if value.contains(": ") && !value.starts_with(['"', '\'']) {
        "a text that holds `: ` needs quotes: \"error: timeout\""
    } else if value.starts_with(['@', '`', '%', '&']) {
        return format!("put the text into quotes: {}", quoted(value));
    } else if value.contains('\\') {
        "in double quotes a backslash is written twice (\"C:\\\\temp\"), or use single quotes"
    } else {
        "look at this line and the one above: a quote or bracket left open, or indentation that differs \
         from its neighbours'"
    };
    help.to_owned()
}

/// `text: 배포` of `text:배포`, where the key is a known one.
fn glued_key(line: &str, is_known: fn(&str) -> bool) -> Option<String> {
    let line = line.trim();
    let line = line.strip_prefix("- ").unwrap_or(line);
    let (key, value) = line.split_once(':')?;
    (is_known(key) && !value.is_empty() && !value.starts_with([' ', ':']))
        .then(|| format!("{key}: {value}"))
}

/// Whether the bracket that a text begins with is closed at its very end, and not before.
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

    /// What is said of a record in which that line stands.
    fn told(line: &str) -> String {
        let text = format!("title: t\nevents:\n  - at: 2024-09-07T18:08+09:00\n    {line}\n");
        let problems = crate::format::read(&text).unwrap_err();
        let problem = problems.iter().find(|problem| problem.code == Code::NotYaml);
        problem.map_or_else(String::new, |p| format!("{} | {}", p.message, p.help))
    }

    #[test]
    fn a_directive_alone_is_named_where_it_stands() {
        let problems = crate::format::read("# c\n%foo\ntitle: t\n").unwrap_err();
        assert_eq!((problems[0].code, problems[0].span.start), (Code::NotYaml, 4));
        assert!(problems[0].help.contains("delete that line"), "{problems:?}");
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
                "a text that holds `: ` needs quotes",
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
            ("text: \"C:\\temp\\x\"", "this backslash", "a backslash is written twice"),
            ("text: \"never closed", "this quote is never closed", "look at this line"),
            ("refs: [one", "", "look at this line"),
            ("\ttext: tab", "", "indent with spaces"),
        ];
        for (line, reason, help) in table {
            let told = told(line);
            assert!(told.contains(reason) && told.contains(help), "{line:?}: {told}");
        }
    }
}
