//! The terminal's width, and messages that fit it.

use std::io::{self, IsTerminal};

use crate::lang::terminal;

/// The width in columns if it is not known.
pub const DEFAULT_WIDTH: u16 = 80;

/// Returns a message wrapped between words for a terminal; otherwise its lines are unchanged.
pub fn wrapped(text: &str, on_terminal: bool) -> String {
    if !on_terminal {
        return text.to_owned();
    }
    wrapped_to(text, "  ", width().unwrap_or(DEFAULT_WIDTH))
}

/// Stands for a space in a command while a line is wrapped; no text has it.
const KEPT_SPACE: char = '\u{e0ff}';

/// Returns whether a command to copy can follow a text; after other words `asrun` is the subject of a sentence.
fn begins_a_command(before: &str) -> bool {
    !before.ends_with(char::is_alphanumeric) || before == "run" || before.ends_with(" run")
}

/// Returns a line in which the spaces of commands to copy are no places to wrap it: a command ends at a mark, outside of
/// quotes, or with the line.
fn with_commands_whole(line: &str) -> String {
    const NAME: &str = "asrun ";
    let mut out = String::with_capacity(line.len());
    let (mut quoted, mut is_command) = (false, false);
    for (at, sign) in line.char_indices() {
        let rest = &line[at..];
        if rest.starts_with(NAME) && begins_a_command(line[..at].trim_end()) {
            (is_command, quoted) = (true, false);
        }
        quoted ^= is_command && sign == '\'';
        let ends = [", ", "; ", ") ", ". ", ": "].iter().any(|mark| rest.starts_with(mark));
        is_command &= quoted || !ends && sign != '`';
        out.push(if is_command && sign == ' ' { KEPT_SPACE } else { sign });
    }
    out
}

/// Returns each line wrapped to `width` columns, with its continuation lines indented. Words and commands are not broken:
/// they may be there to copy.
pub fn wrapped_to(text: &str, indent: &str, width: u16) -> String {
    let width = usize::from(width);
    let options = textwrap::Options::new(width)
        .subsequent_indent(indent)
        .break_words(false)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .word_separator(textwrap::WordSeparator::AsciiSpace);
    let lines: Vec<String> = text
        .split('\n')
        .map(|line| match unicode_width::UnicodeWidthStr::width(line) > width {
            true => textwrap::fill(&with_commands_whole(line), &options).replace(KEPT_SPACE, " "),
            false => line.to_owned(),
        })
        .collect();
    lines.join("\n")
}

/// How many lines and characters of a long text are shown.
const SHOWN: (usize, usize) = (12, 1200);

/// Returns a text in full, or as much as fits on a screen together with others, and its length.
pub fn in_one_screen(text: &str) -> String {
    let (lines, signs) = SHOWN;
    let line_end = text.match_indices('\n').nth(lines - 1).map(|(place, _)| place);
    let sign_end = text.char_indices().nth(signs).map(|(place, _)| place);
    match [line_end, sign_end].into_iter().flatten().min() {
        None => text.to_owned(),
        Some(end) => format!("{}\n{}", &text[..end], terminal().cut_short(text.len())),
    }
}

/// Returns the width from `COLUMNS`, else the terminal's. `None` if there is no terminal; [`DEFAULT_WIDTH`] if its
/// width is not known.
pub fn width() -> Option<u16> {
    let asked = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let terminal = || {
        let known = || terminal_size::terminal_size().map_or(DEFAULT_WIDTH, |(width, _)| width.0);
        io::stdout().is_terminal().then(known)
    };
    asked.or_else(terminal).map(|width: u16| width.clamp(40, 500))
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr;

    use super::*;
    use crate::lang;
    use crate::lang::samples::everything;

    /// Otherwise half of it is run when it is pasted.
    #[test]
    fn a_command_is_not_wrapped_within() {
        for (line, wrapped) in [
            (
                "moved it there; to take it back: asrun undo -r checkout; then look at it again",
                "moved it there; to take it back:\n  asrun undo -r checkout; then look at\n  it again",
            ),
            (
                "hint: asrun log --at 22:50 -- 'a; b and everything that was typed'",
                "hint:\n  asrun log --at 22:50 -- 'a; b and everything that was typed'",
            ),
            (
                "some sentences which asrun is the subject of",
                "some sentences which asrun is the\n  subject of",
            ),
            ("an asrun, of which nothing is a command", "an asrun, of which nothing is a command"),
        ] {
            assert_eq!(wrapped_to(line, "  ", 40), wrapped, "{line}");
        }
    }

    #[test]
    fn messages_fit_every_terminal() {
        let mut broken = 0;
        for code in lang::spoken_codes() {
            for said in everything(lang::spoken(code).unwrap()) {
                for width in [60, 80, 120] {
                    let wide = said.lines().any(|line| line.width() > usize::from(width));
                    broken += usize::from(wide);
                    let fits = wrapped_to(&said, "  ", width);
                    let faults = |line: &&str| {
                        line.width() > usize::from(width)
                            && !line.trim_start().starts_with("asrun ")
                            && line.split_whitespace().nth(1).is_some()
                    };
                    assert_eq!(fits.lines().find(faults), None, "{code}, {width} columns");
                    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
                    assert_eq!(words(&fits), words(&said), "a word is broken");
                }
            }
        }
        assert!(broken > 100, "{broken} messages were too wide");
    }
}
