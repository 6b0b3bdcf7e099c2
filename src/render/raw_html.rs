//! Raw HTML in an author's Markdown: only tags that mark up text or fold it are kept.

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

/// Inline tags.
const INLINE: [&str; 17] = [
    "abbr", "b", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "samp", "small",
    "strong", "sub", "sup", "u",
];
/// Block tags.
const BLOCKS: [&str; 2] = ["details", "summary"];

/// A piece of a text, with the depth of the Markdown around it.
struct Part<'e> {
    event: Event<'e>,
    depth: usize,
    tag: Option<RawTag>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct RawTag {
    name: &'static str,
    closes: bool,
}

impl RawTag {
    /// Returns the tag if it may be kept: a known one without attributes.
    fn read(raw: &str) -> Option<RawTag> {
        let inside = raw.strip_prefix('<')?.strip_suffix('>')?;
        let (name, closes) = match inside.strip_prefix('/') {
            Some(name) => (name, true),
            None => (inside, false),
        };
        let known = INLINE.iter().chain(&BLOCKS).find(|known| known.eq_ignore_ascii_case(name));
        known.map(|name| RawTag { name, closes })
    }
}

/// Returns the events with raw HTML split up. A tag that may be kept, and whose counterpart is in the same part of the
/// text, becomes [`Event::InlineHtml`]; `<img …>` is left to the caller; everything else becomes text.
pub(super) fn judged(events: Vec<Event<'_>>) -> Vec<Event<'_>> {
    let parts = in_parts(events);
    let stays = paired(&parts);
    let mut out = Vec::with_capacity(parts.len());
    let mut parts = parts.into_iter().zip(stays).peekable();
    // Whether the open HTML block becomes a paragraph.
    let mut as_paragraph = true;
    while let Some((part, stays)) = parts.next() {
        match (part.event, part.tag) {
            (Event::Start(Tag::HtmlBlock), _) => {
                let is_block = |(part, stays): &(Part<'_>, bool)| {
                    *stays && part.tag.is_some_and(|tag| BLOCKS.contains(&tag.name))
                };
                as_paragraph = !parts.peek().is_some_and(is_block);
                out.extend(as_paragraph.then_some(Event::Start(Tag::Paragraph)));
            }
            (Event::End(TagEnd::HtmlBlock), _) => {
                out.extend(as_paragraph.then_some(Event::End(TagEnd::Paragraph)));
            }
            (_, Some(tag)) if stays => {
                let slash = if tag.closes { "/" } else { "" };
                out.push(Event::InlineHtml(format!("<{slash}{}>", tag.name).into()));
            }
            (Event::InlineHtml(raw), Some(_)) => out.push(Event::Text(raw)),
            (event, _) => out.push(event),
        }
    }
    out
}

/// Returns the events with each piece of raw HTML on its own.
fn in_parts(events: Vec<Event<'_>>) -> Vec<Part<'_>> {
    let mut parts = Vec::with_capacity(events.len());
    let mut depth = 0_usize;
    for event in events {
        match &event {
            Event::Start(Tag::HtmlBlock) | Event::End(TagEnd::HtmlBlock) => {}
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::Html(raw) | Event::InlineHtml(raw) => {
                for piece in pieces(raw) {
                    let tag = RawTag::read(piece);
                    let raw = CowStr::from(piece.to_owned());
                    let is_tag = tag.is_some() || is_tag_of(piece, "img") || is_tag_of(piece, "br");
                    let event = if is_tag { Event::InlineHtml(raw) } else { Event::Text(raw) };
                    parts.push(Part { event, depth, tag });
                }
                continue;
            }
            _ => {}
        }
        parts.push(Part { event, depth, tag: None });
    }
    parts
}

/// Returns whether a piece is a tag with that name, with or without attributes.
pub(super) fn is_tag_of(piece: &str, name: &str) -> bool {
    let rest = piece.strip_prefix('<').and_then(|rest| rest.get(name.len()..).map(|r| (rest, r)));
    rest.is_some_and(|(whole, rest)| {
        whole[..name.len()].eq_ignore_ascii_case(name)
            && rest.ends_with('>')
            && rest.starts_with([' ', '/', '>', '\n'])
    })
}

/// Returns the tags of raw HTML and the texts between them, without line ends at its end.
fn pieces(raw: &str) -> Vec<&str> {
    let mut rest = raw.trim_end_matches('\n');
    let mut found = Vec::new();
    while !rest.is_empty() {
        let end = match rest.strip_prefix('<') {
            Some(inside) => inside
                .find(['<', '>'])
                .map(|at| at + 1 + usize::from(inside.as_bytes()[at] == b'>')),
            None => rest.find('<'),
        };
        let (piece, after) = rest.split_at(end.unwrap_or(rest.len()));
        found.push(piece);
        rest = after;
    }
    found
}

/// Returns for each part whether it is a tag with a counterpart.
fn paired(parts: &[Part<'_>]) -> Vec<bool> {
    let mut stays = vec![false; parts.len()];
    let mut open: Vec<usize> = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        // A tag that was opened in an inner part that has ended is never closed.
        while open.last().is_some_and(|opened| parts[*opened].depth > part.depth) {
            open.pop();
        }
        match part.tag {
            Some(tag) if !tag.closes => open.push(at),
            Some(tag) => {
                let is_partner = |opened: &usize| {
                    let other = &parts[*opened];
                    other.depth == part.depth
                        && other.tag.is_some_and(|other| other.name == tag.name)
                };
                // Only the innermost open tag can be closed: crossing tags do not nest.
                if open.last().is_some_and(is_partner) {
                    stays[at] = true;
                    stays[open.pop().unwrap_or(at)] = true;
                }
            }
            None => {}
        }
    }
    stays
}
