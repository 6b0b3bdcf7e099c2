//! What readers of a text in Markdown see.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd};

/// A part of what readers see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ShownPart {
    /// A range of the text, as it is.
    Text(Range<usize>),
    /// A range of raw HTML.
    Html(Range<usize>),
    /// What stands for a range: the character of an entity, or the gap between two blocks.
    Instead(Range<usize>, String),
}

/// Returns what readers of a text see, in order: without marks and addresses, a blank line between blocks, `- ` before
/// an item, and each cell of a table on a line of its own, behind `> ` and the head of its column.
pub fn shown_parts(markdown: &str) -> Vec<ShownPart> {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut reading = Reading { text: markdown, ..Reading::default() };
    for (event, range) in Parser::new_ext(markdown, options).into_offset_iter() {
        reading.take(event, range);
    }
    reading.parts
}

/// The longest head of a column that is repeated in its cells, in bytes.
const HEAD: usize = 64;

/// What was read so far.
#[derive(Default)]
struct Reading<'t> {
    text: &'t str,
    parts: Vec<ShownPart>,
    /// What separates the next part from the last one.
    gap: &'static str,
    /// The heads of the columns of a table.
    heads: Vec<String>,
    in_head: bool,
    column: usize,
}

impl Reading<'_> {
    fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.begin(&tag, range.start),
            Event::End(tag) => self.end(tag),
            Event::Text(said) => self.say(&said, range),
            Event::Code(said) => self.code(&said, range),
            Event::Html(_) | Event::InlineHtml(_) => self.html(range),
            Event::SoftBreak | Event::HardBreak => {
                self.push(ShownPart::Instead(range, "\n".to_owned()));
            }
            Event::Rule => self.part_blocks("\n\n"),
            _ => {}
        }
    }

    fn begin(&mut self, tag: &Tag<'_>, at: usize) {
        match tag {
            Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Link { .. }
            | Tag::Image { .. } => {}
            Tag::Item => self.part_blocks("\n\n- "),
            Tag::TableCell => self.begin_cell(at),
            Tag::TableHead => {
                self.heads.clear();
                self.in_head = true;
            }
            Tag::TableRow => self.column = 0,
            _ => self.part_blocks("\n\n"),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Link
            | TagEnd::Image => {}
            TagEnd::TableHead => self.in_head = false,
            TagEnd::TableCell => self.column += 1,
            TagEnd::TableRow => self.part_blocks("\n"),
            _ => self.part_blocks("\n\n"),
        }
    }

    /// Separates what follows from what precedes, by the most that is asked for.
    fn part_blocks(&mut self, gap: &'static str) {
        if gap.len() > self.gap.len() {
            self.gap = gap;
        }
    }

    fn begin_cell(&mut self, at: usize) {
        self.part_blocks("\n");
        if self.in_head {
            self.heads.push(String::new());
            return;
        }
        let head = self.heads.get(self.column).filter(|head| !head.is_empty());
        if let Some(head) = head.filter(|head| head.len() <= HEAD) {
            let label = format!("{head} > ");
            self.push(ShownPart::Instead(at..at, label));
        }
    }

    fn say(&mut self, said: &str, range: Range<usize>) {
        if let Some(head) = self.heads.last_mut().filter(|it| self.in_head && it.len() <= HEAD) {
            head.push_str(said);
        }
        let is_written = self.text.get(range.clone()) == Some(said);
        self.push(match is_written {
            true => ShownPart::Text(range),
            false => ShownPart::Instead(range, said.to_owned()),
        });
    }

    /// Takes inline code without its backticks.
    fn code(&mut self, said: &CowStr<'_>, range: Range<usize>) {
        let written = &self.text[range.clone()];
        let marks = written.len() - written.trim_start_matches('`').len();
        let place = written[marks..].find(&**said).map(|at| range.start + marks + at);
        self.say(said, place.map_or(range, |at| at..at + said.len()));
    }

    fn html(&mut self, range: Range<usize>) {
        match self.parts.last_mut() {
            Some(ShownPart::Html(last)) if last.end == range.start && self.gap.is_empty() => {
                last.end = range.end;
            }
            _ => self.push(ShownPart::Html(range)),
        }
    }

    fn push(&mut self, part: ShownPart) {
        let gap = std::mem::take(&mut self.gap);
        if !gap.is_empty() && !self.parts.is_empty() {
            let (ShownPart::Text(range) | ShownPart::Html(range) | ShownPart::Instead(range, _)) =
                &part;
            self.parts.push(ShownPart::Instead(range.start..range.start, gap.to_owned()));
        }
        self.parts.push(part);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns what readers see in one text, with raw HTML in braces.
    fn shown(markdown: &str) -> String {
        let parts = shown_parts(markdown).into_iter();
        let said = parts.map(|part| match part {
            ShownPart::Text(range) => markdown[range].to_owned(),
            ShownPart::Html(range) => format!("{{{}}}", &markdown[range]),
            ShownPart::Instead(_, said) => said,
        });
        said.collect()
    }

    #[test]
    fn readers_see_no_marks() {
        for (markdown, wanted) in [
            ("a **b**c _d_ `e`f ~~g~~", "a bc d ef g"),
            ("a\\_b &amp; c\\d", "a_b & c\\d"),
            ("[a](https://b.example)c ![d](e.png)", "ac d"),
            ("``a `b` ``c", "a `b` c"),
            ("`a\nb`", "a b"),
            ("a\nb\n\nc", "a\nb\n\nc"),
            ("a:\n1. b\n2. c", "a:\n\n- b\n\n- c"),
            ("- a\n- b\n\nc", "a\n\n- b\n\nc"),
            ("# a\n\n> b\n\n    c\n", "a\n\nb\n\nc\n"),
            ("| a | **b** |\n|--|--|\n| c | d |\n| e | |", "a\nb\na > c\nb > d\na > e\nb > "),
            ("a<wbr>b <i\nx>c</i>", "a{<wbr>}b {<i\nx>}c{</i>}"),
            ("<div>\na\n</div>", "{<div>\na\n</div>}"),
            ("", ""),
        ] {
            assert_eq!(shown(markdown), wanted, "{markdown}");
        }
    }
}
