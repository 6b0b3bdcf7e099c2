//! Charts as pictures: SVG, text for a terminal, and Mermaid.

mod mermaid;
mod releases;
mod svg;
mod text;

pub use mermaid::chart_mermaid;
pub use releases::releases_text;
pub use svg::{Frame, chart_svg, releases_svg};
pub use text::chart_text;

use textwrap::Options;
use unicode_width::UnicodeWidthStr;

use super::escape::terminal;

/// Returns a text wrapped at `cells` cells, in at most `most` lines; the last one ends with `…` if the text was cut.
pub(super) fn wrapped(text: &str, cells: usize, most: usize) -> Vec<String> {
    let text = terminal(text);
    let options = Options::new(cells.max(4)).break_words(true);
    let mut lines: Vec<String> =
        textwrap::wrap(&text, options).into_iter().map(std::borrow::Cow::into_owned).collect();
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            while last.width() + 1 > cells.max(4) && last.pop().is_some() {}
            last.push('…');
        }
    }
    lines
}
