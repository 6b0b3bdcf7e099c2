//! The terminal's width, and messages that fit it.

use std::io::{self, IsTerminal};

/// Columns where nobody says how many there are.
pub(super) const DEFAULT_WIDTH: u16 = 80;

/// A message in whole words, where a terminal shows it; elsewhere a line stays a line.
pub(super) fn wrapped(text: &str, on_terminal: bool) -> String {
    if !on_terminal {
        return text.to_owned();
    }
    let width = width().map_or(usize::from(DEFAULT_WIDTH), usize::from);
    let options = textwrap::Options::new(width)
        .subsequent_indent("  ")
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

/// Columns, if somebody says how many: `COLUMNS`, else the terminal.
pub(super) fn width() -> Option<u16> {
    let asked = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let terminal = || {
        let terminal = io::stdout().is_terminal();
        terminal.then(terminal_size::terminal_size).flatten().map(|(width, _)| width.0)
    };
    asked.or_else(terminal).map(|width: u16| width.clamp(40, 500))
}
