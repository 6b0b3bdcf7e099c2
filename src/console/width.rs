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

/// Returns each line wrapped to `width` columns, with its continuation lines indented. Words are not broken: they may
/// be names to copy.
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
            true => textwrap::fill(line, &options),
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
