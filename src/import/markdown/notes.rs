//! Lists of notes: contributing factors and lessons, one per item or paragraph.

use crate::fault::WhyLeft;
use crate::model::Note;

use super::blocks::{block_text, blocks, is_filler, is_item};
use super::letters::{is_spaced, plain_text};
use super::lines::What;
use super::reading::Reading;
use super::words::{Part, begins_with_one, ends_with_one, holds_one};

/// What a sentence before a list says about it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Opening {
    /// It contains what the part is about.
    OfPart,
    /// It contains examples for the sentence.
    OfExamples,
    /// It contains the examples of an unfilled template.
    OfTemplate,
    /// It contains something else.
    Other,
}

/// The lines of a part by kind.
pub(super) struct Noted {
    pub(super) notes: Vec<Note>,
    /// Lines that are not notes, and belong in a section.
    pub(super) others: Vec<usize>,
}

/// Returns lines as notes: one per item or paragraph, with nested content.
pub(super) fn notes(reading: &mut Reading, part: Part, lines: &[usize]) -> Noted {
    let blocks = with_their_lists(reading, blocks(reading, lines));
    let mut noted = Noted { notes: Vec::new(), others: Vec::new() };
    let has_items = blocks.iter().any(|block| is_item(reading, block));
    let mut at = 0;
    while let Some(block) = blocks.get(at) {
        let items = count_items(reading, &blocks, at);
        let whole = blocks[at..=at + items].concat();
        at += 1;
        match opening(reading, part, block, items) {
            _ if is_filler(reading, block) || has_items && is_guidance(reading, block) => {
                reading.leave(block, WhyLeft::Template);
            }
            None if is_listing(reading, block) => noted.others.extend(block),
            None => noted.notes.push(Note::from(block_text(reading, block))),
            Some(Opening::OfPart) => reading.leave(block, WhyLeft::Prose),
            Some(Opening::OfTemplate) => {
                reading.leave(&whole, WhyLeft::Template);
                at += items;
            }
            Some(Opening::OfExamples) => {
                noted.notes.push(Note::from(block_text(reading, &whole)));
                at += items;
            }
            Some(Opening::Other) => {
                noted.others.extend(whole);
                at += items;
            }
        }
    }
    noted
}

/// Returns the items of a list that a sentence introduces as the causes of what happened, and all other lines.
pub(super) fn told_causes(reading: &mut Reading, lines: &[usize]) -> Noted {
    let blocks = blocks(reading, lines);
    let mut noted = Noted { notes: Vec::new(), others: Vec::new() };
    let mut at = 0;
    while let Some(block) = blocks.get(at) {
        let items = count_items(reading, &blocks, at);
        at += 1;
        let sentence = last_sentence(&block_text(reading, block));
        let is_told = holds_one(&sentence, |it| it.caused_by)
            && !holds_one(&sentence, |it| it.about_causes)
            && ends_as_opening(&block_text(reading, block));
        if items == 0 || !is_told {
            noted.others.extend(block);
            continue;
        }
        reading.leave(block, WhyLeft::Prose);
        let those = blocks[at..at + items].iter().filter(|item| !is_filler(reading, item));
        noted.notes.extend(those.map(|item| Note::from(block_text(reading, item))));
        at += items;
    }
    noted
}

/// Returns how many items follow a paragraph.
fn count_items(reading: &Reading, blocks: &[Vec<usize>], at: usize) -> usize {
    if is_item(reading, &blocks[at]) {
        return 0;
    }
    blocks[at + 1..].iter().take_while(|block| is_item(reading, block)).count()
}

/// Whether the end of a paragraph introduces a list: `The outage had three causes:`.
pub(super) fn ends_as_opening(text: &str) -> bool {
    text.trim_end().ends_with([':', '：']) || ends_with_examples(text)
}

fn ends_with_examples(text: &str) -> bool {
    let ends = text.trim_end().ends_with([':', '：', ',', '、', '，']);
    let plain = plain_text(text);
    let plain = plain.trim_end_matches(|c: char| !c.is_alphanumeric());
    ends && ends_with_one(plain, |it| it.for_example)
}

/// Whether a text introduces a list in a template: `List of things that went well. For example,`.
pub(super) fn is_template_opening(text: &str) -> bool {
    ends_with_examples(text) && begins_with_one(&plain_text(text), |it| it.guides)
}

fn opening(reading: &Reading, part: Part, block: &[usize], items: usize) -> Option<Opening> {
    let text = block_text(reading, block);
    if items == 0 || !ends_as_opening(&text) {
        return None;
    }
    Some(match part {
        _ if is_template_opening(&text) => Opening::OfTemplate,
        Part::Factors if !leads_to_causes(&text) => Opening::Other,
        _ if ends_with_examples(&text) => Opening::OfExamples,
        _ => Opening::OfPart,
    })
}

/// The most words of a sentence without content of its own: `There were two:`.
const WORDS: usize = 4;
/// The same in letters, for a script without spaces between words.
const LETTERS: usize = 12;

/// Whether a sentence before a list introduces causes, below a heading of causes. One about the reasons for a decision,
/// or about consequences, does not.
fn leads_to_causes(text: &str) -> bool {
    let sentence = last_sentence(text);
    let is_short = match sentence.chars().all(is_spaced) {
        true => sentence.split(' ').count() <= WORDS,
        false => sentence.chars().count() <= LETTERS,
    };
    let is_of_causes = is_short || holds_one(&sentence, |it| it.cause_words);
    is_of_causes && !holds_one(&sentence, |it| it.about_causes)
}

/// Returns the last sentence of a text, normalized.
pub(super) fn last_sentence(text: &str) -> String {
    let text = plain_text(text);
    let begins =
        [". ", "! ", "? ", "。"].iter().filter_map(|end| text.rfind(end).map(|at| at + end.len()));
    text[begins.max().unwrap_or(0)..].to_owned()
}

/// Whether a block is only a template's guidance: a quote, or a paragraph in italics.
fn is_guidance(reading: &Reading, block: &[usize]) -> bool {
    let lines = &reading.document.lines;
    let text = block_text(reading, block);
    let text = text.trim();
    let is_italic = ['_', '*'].iter().any(|mark| {
        let inner = text.strip_prefix(*mark).and_then(|rest| rest.strip_suffix(*mark));
        inner.is_some_and(|inner| !inner.is_empty() && !inner.contains(*mark))
    });
    block.iter().all(|at| lines[*at].what == What::Quote)
        || is_italic && block.iter().all(|at| lines[*at].what == What::Text)
}

/// Whether a block is only code or table rows.
fn is_listing(reading: &Reading, block: &[usize]) -> bool {
    let is = |at: &usize| {
        matches!(reading.document.lines[*at].what, What::Code | What::Row | What::Rule)
    };
    block.iter().all(is)
}

/// Joins each sentence with the numbered list that continues it, since the following text may refer to `the second
/// one`; and addresses of links with the block above them.
fn with_their_lists(reading: &Reading, blocks: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
    let lines = &reading.document.lines;
    let is_numbered = |at: usize| {
        let line = &lines[at];
        line.what == What::Item && line.text.trim_start().starts_with(|c: char| c.is_ascii_digit())
    };
    let goes_on = |above: &[usize], at: usize| {
        let opens = above.iter().any(|at| ends_as_opening(lines[*at].text));
        lines[above[0]].what == What::Text
            && above.last().is_some_and(|last| last + 1 == at)
            && !opens
            && is_numbered(at)
    };
    // `[outage]: https://…` is the address of a link above it.
    let is_address = |at: &usize| {
        let text = lines[*at].text.trim();
        text.starts_with('[') && text.split_once("]: ").is_some_and(|(name, _)| !name.contains(']'))
    };
    let mut joined: Vec<Vec<usize>> = Vec::new();
    for block in blocks {
        let is_below = |above: &&mut Vec<usize>| {
            goes_on(above.as_slice(), block[0]) || block.iter().all(is_address)
        };
        match joined.last_mut().filter(is_below) {
            Some(above) => above.extend(block),
            None => joined.push(block),
        }
    }
    joined
}
