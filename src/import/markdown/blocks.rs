//! Splits the lines of a part into items and paragraphs.

use super::letters::plain_text;
use super::lines::{Line, What};
use super::reading::Reading;
use super::words::is_one;

/// Returns lines as Markdown.
pub(super) fn text_of(reading: &Reading, lines: &[usize]) -> String {
    let text: Vec<&str> =
        lines.iter().map(|at| reading.document.lines[*at].text.trim_end()).collect();
    let least = text
        .iter()
        .filter(|line| !line.is_empty())
        .map(|line| line.len() - line.trim_start().len())
        .min();
    let cut: Vec<&str> =
        text.iter().map(|line| line.get(least.unwrap_or(0)..).unwrap_or("")).collect();
    cut.join("\n").trim_matches('\n').to_owned()
}

/// Returns items and paragraphs, each with the lines that belong to it.
pub(super) fn blocks(reading: &Reading, lines: &[usize]) -> Vec<Vec<usize>> {
    let mut blocks: Vec<Vec<usize>> = Vec::new();
    let mut blank = true;
    let items =
        lines.iter().map(|at| &reading.document.lines[*at]).filter(|line| line.what == What::Item);
    let least = items.map(|line| line.indent).min().unwrap_or(0);
    for at in lines {
        let line = &reading.document.lines[*at];
        let above = blocks.last().map(|block| &reading.document.lines[block[0]]);
        let is_beside = above.is_some_and(|it| it.what == What::Item && line.indent <= it.indent);
        let begins = match line.what {
            What::Blank => {
                blank = true;
                continue;
            }
            What::Item => line.indent <= least || is_beside,
            What::Text => blank && line.indent <= least,
            _ => false,
        };
        match blocks.last_mut() {
            Some(last) if !begins => last.push(*at),
            _ => blocks.push(vec![*at]),
        }
        blank = false;
    }
    blocks
}

/// Whether a block is an item of a list.
pub(super) fn is_item(reading: &Reading, block: &[usize]) -> bool {
    block.first().is_some_and(|at| reading.document.lines[*at].what == What::Item)
}

/// Returns the text of an item or a paragraph, with nested content.
pub(super) fn block_text(reading: &Reading, block: &[usize]) -> String {
    let Some((first, rest)) = block.split_first() else { return String::new() };
    let mut text = reading.document.lines[*first].inner().to_owned();
    let mut nested = false;
    for at in rest {
        let line: &Line = &reading.document.lines[*at];
        nested |= line.what != What::Text;
        match nested {
            true => text.push_str(&format!("\n{}", line.text.trim_end())),
            false => text.push_str(&format!("\n{}", line.text.trim())),
        }
    }
    text
}

/// Whether a block says that there is nothing to report, or is an unfilled placeholder of a template: `N/A`, `[Things
/// that worked]`.
pub(super) fn is_filler(reading: &Reading, block: &[usize]) -> bool {
    is_filling(&block_text(reading, block), |inner| {
        let address = format!("[{inner}]:");
        reading.document.lines.iter().any(|line| line.text.trim_start().starts_with(&address))
    })
}

/// Whether a text is such a filler; `is_link` says whether a text in brackets has an address.
pub(super) fn is_filling(text: &str, is_link: impl Fn(&str) -> bool) -> bool {
    let text = text.trim();
    if text.lines().count() > 1 {
        return false;
    }
    let plain = plain_text(text);
    let says_nothing = !plain.chars().any(char::is_alphanumeric);
    let bare = text.trim_matches(|c: char| "*_` ".contains(c));
    let in_brackets =
        [('[', ']'), ('<', '>'), ('{', '}'), ('［', '］')].iter().any(|(open, close)| {
            let inner = bare.strip_prefix(*open).and_then(|rest| rest.strip_suffix(*close));
            inner.is_some_and(|inner| {
                let is_whole = !inner.contains(*open) && !inner.contains(*close);
                is_whole && !inner.starts_with('#') && !inner.contains("://") && !is_link(inner)
            })
        });
    says_nothing || in_brackets || is_one(text.trim_matches(['(', ')', '_']), |it| it.fillers)
}
