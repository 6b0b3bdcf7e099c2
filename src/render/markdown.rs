//! An author's Markdown inside a page: it stays what it was and cannot reach past its own end.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};

use super::escape::{safe_url, terminal_lines};

/// Names of footnotes and reference links that a document has given away already.
#[derive(Debug, Default)]
pub(super) struct Names {
    taken: HashSet<String>,
}

impl Names {
    /// The name itself if nobody has it, else the next free one.
    fn give(&mut self, name: &str) -> String {
        let numbered = (2..).map(|number| format!("{name}-{number}"));
        let mut wanted = std::iter::once(name.to_owned()).chain(numbered);
        // The sequence does not end.
        let free = wanted.find(|name| self.taken.insert(name.to_lowercase()));
        free.unwrap_or_default()
    }
}

/// The text with its headings moved under `level`, its relative images found under `assets`, its
/// footnotes and reference links under names of their own, and nothing left open at its end: fences
/// are closed, and raw HTML that would swallow what follows becomes text.
pub(super) fn embed(markdown: &str, level: usize, assets: &str, names: &mut Names) -> String {
    let mut text = terminal_lines(markdown.trim_end()).trim_start_matches('\n').to_owned();
    for _ in 0..PASSES {
        let Some(next) = text_of_open_html(&text) else { break };
        text = next;
    }
    let (mut edits, fence) = edits(&text, level, assets);
    edits.extend(renamed(&text, names));
    let mut text = apply(&text, edits);
    if let Some(fence) = fence {
        text.push('\n');
        text.push_str(&fence);
    }
    let ends: String = open_tags(&text).iter().map(|name| format!("</{name}>")).collect();
    if !ends.is_empty() {
        text.push_str("\n\n");
        text.push_str(&ends);
    }
    text
}

/// A page with no more than one blank line in a row, outside code: templates leave more where
/// something was not there.
pub(super) fn tidy(page: &str) -> String {
    let code: Vec<Range<usize>> = parse(page)
        .filter(|(event, _)| matches!(event, Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock)))
        .map(|(_, range)| range)
        .collect();
    let mut code = code.into_iter().peekable();
    let mut out = String::with_capacity(page.len());
    let mut at = 0;
    for line in page.split_inclusive('\n') {
        while code.next_if(|range| range.end <= at).is_some() {}
        let inside = code.peek().is_some_and(|range| range.start < at);
        let blank = line.trim().is_empty();
        let already = out.is_empty() || out.ends_with("\n\n");
        if inside || !blank || !already {
            out.push_str(line);
        }
        at += line.len();
    }
    let end = out.trim_end_matches('\n').len();
    out.truncate(end);
    out.push('\n');
    out
}

/// What is escaped in one place may open in the next; texts that need more are left as they are.
const PASSES: usize = 16;

fn parse(text: &str) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
    Parser::new_ext(text, options()).into_offset_iter()
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
}

/// The text with its first HTML block that never ends written as text, if it has one.
fn text_of_open_html(text: &str) -> Option<String> {
    let blocks = parse(text).filter(|(event, _)| matches!(event, Event::Start(Tag::HtmlBlock)));
    let open = blocks.map(|(_, range)| range).find(|range| swallows(&text[range.clone()]))?;
    let block = text[open.clone()].replace('<', "&lt;");
    Some(format!("{}{block}{}", &text[..open.start], &text[open.end..]))
}

/// HTML blocks of CommonMark's kinds 1 to 5 run to the end of the document unless closed.
fn swallows(block: &str) -> bool {
    let block = block.trim_start().to_lowercase();
    let ends: &[(&str, &str)] = &[
        ("<!--", "-->"),
        ("<![cdata[", "]]>"),
        ("<?", "?>"),
        ("<!", ">"),
        ("<script", "</script>"),
        ("<pre", "</pre>"),
        ("<style", "</style>"),
        ("<textarea", "</textarea>"),
    ];
    let kind = ends.iter().find(|(start, _)| block.starts_with(start));
    kind.is_some_and(|(start, end)| !block[start.len()..].contains(end))
}

/// Headings to rewrite, and the fence that is still open at the end.
fn edits(text: &str, level: usize, assets: &str) -> (Vec<(Range<usize>, String)>, Option<String>) {
    let mut edits = Vec::new();
    let mut fence = None;
    let mut depth = 0_usize;
    for (event, range) in parse(text) {
        match event {
            Event::Start(Tag::Heading { level: own, .. }) => {
                edits.extend(heading(text, range, own, level));
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) if depth == 0 => {
                fence = open_fence(&text[range]);
            }
            Event::Html(_) | Event::InlineHtml(_) => edits.extend(inert_tags(text, &range)),
            Event::Start(Tag::Image { link_type: LinkType::Inline, dest_url, .. }) => {
                edits.extend(image(text, range, &dest_url, assets));
            }
            Event::Start(Tag::Link { dest_url, .. }) if safe_url(&dest_url).is_none() => {
                let first = &text[range.start..range.start + 1];
                let inert = if first == "<" { "&lt;" } else { "\\[" };
                edits.push((range.start..range.start + 1, inert.to_owned()));
            }
            Event::Start(Tag::Item | Tag::BlockQuote(_) | Tag::FootnoteDefinition(_)) => depth += 1,
            Event::End(TagEnd::Item | TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition) => {
                depth -= 1
            }
            _ => {}
        }
    }
    (edits, fence)
}

/// Tags that GitHub's Markdown lets through as text only (GFM 0.29, "Disallowed Raw HTML"), and
/// those that fetch and run.
const INERT: [&str; 22] = [
    "title",
    "textarea",
    "style",
    "xmp",
    "iframe",
    "noembed",
    "noframes",
    "script",
    "plaintext",
    "object",
    "embed",
    "form",
    "base",
    "meta",
    "link",
    "svg",
    "math",
    "applet",
    "frame",
    "frameset",
    "portal",
    "noscript",
];

/// Tags that run, fetch or lead on, each as text.
fn inert_tags(text: &str, range: &Range<usize>) -> Vec<(Range<usize>, String)> {
    let html = &text[range.clone()];
    let runs = html.match_indices('<').filter(|(at, _)| {
        let tag = html[*at..].split('>').next().unwrap_or("").to_lowercase();
        INERT.contains(&tag_name(&tag)) || tag.contains("javascript:") || has_handler(&tag)
    });
    let here = |at: usize| range.start + at;
    runs.map(|(at, _)| (here(at)..here(at) + 1, "&lt;".to_owned())).collect()
}

/// `details` of `<details open`, of `</details` too.
fn tag_name(tag: &str) -> &str {
    let name = tag.trim_start_matches('<').trim_start_matches('/');
    let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    &name[..end]
}

/// An attribute that runs: `onload=` and its like.
fn has_handler(tag: &str) -> bool {
    let parts = tag.split(|c: char| c.is_whitespace() || "/\"'".contains(c));
    let mut parts = parts.skip(1).peekable();
    while let Some(part) = parts.next() {
        let name = part.split('=').next().unwrap_or("");
        let letters = name.len() > 2 && name.bytes().all(|b| b.is_ascii_lowercase());
        let assigned = part.contains('=') || parts.peek().is_some_and(|next| next.starts_with('='));
        if name.starts_with("on") && letters && assigned {
            return true;
        }
    }
    false
}

/// Tags that need no end.
const VOID: [&str; 12] =
    ["br", "hr", "img", "input", "wbr", "area", "col", "source", "track", "param", "p", "li"];

/// The ends of raw HTML that the text leaves open, innermost first.
fn open_tags(text: &str) -> Vec<String> {
    let mut open: Vec<String> = Vec::new();
    for (event, range) in parse(text) {
        if !matches!(event, Event::Html(_) | Event::InlineHtml(_)) {
            continue;
        }
        for part in text[range].split('<').skip(1) {
            let tag = part.split('>').next().unwrap_or("").to_lowercase();
            let name = tag_name(&tag).to_owned();
            let named = name.starts_with(|c: char| c.is_ascii_alphabetic());
            if !named || VOID.contains(&name.as_str()) || tag.ends_with('/') {
                continue;
            }
            if tag.starts_with('/') {
                if let Some(at) = open.iter().rposition(|other| *other == name) {
                    open.truncate(at);
                }
            } else {
                open.push(name);
            }
        }
    }
    open.reverse();
    open
}

/// The text with its footnotes and reference links under names of their own, and nothing else
/// changed.
pub(super) fn with_own_names(text: &str, names: &mut Names) -> String {
    apply(text, renamed(text, names))
}

/// Footnotes and reference links whose names another text of the document has.
fn renamed(text: &str, names: &mut Names) -> Vec<(Range<usize>, String)> {
    let mut edits = Vec::new();
    let parser = Parser::new_ext(text, options());
    let mut given: HashMap<String, String> = HashMap::new();
    let definitions: Vec<(String, Range<usize>)> = parser
        .reference_definitions()
        .iter()
        .map(|(name, definition)| (name.to_owned(), definition.span.clone()))
        .collect();
    for (name, span) in definitions {
        let new = names.give(&name);
        if new != name {
            let at =
                span.start + text[span.clone()].find(&format!("[{name}]")).map_or(0, |at| at + 1);
            edits.push((at..at + name.len(), new.clone()));
        }
        given.insert(name.to_lowercase(), new);
    }
    for (event, range) in parse(text) {
        match event {
            Event::Start(Tag::FootnoteDefinition(name)) => {
                let new = given
                    .entry(format!("^{name}"))
                    .or_insert_with(|| names.give(&format!("^{name}")));
                edits.extend(bracketed(text, &range, &format!("^{name}"), new));
            }
            Event::FootnoteReference(name) => {
                let new = given
                    .entry(format!("^{name}"))
                    .or_insert_with(|| names.give(&format!("^{name}")));
                edits.extend(bracketed(text, &range, &format!("^{name}"), new));
            }
            Event::Start(Tag::Link { link_type, id, .. } | Tag::Image { link_type, id, .. }) => {
                if let Some(new) = given.get(&id.to_lowercase()).filter(|new| **new != *id) {
                    edits.extend(reference(text, &range, link_type, new));
                }
            }
            _ => {}
        }
    }
    edits
}

/// `[name]` at the beginning of a stretch, under its new name.
fn bracketed(
    text: &str,
    range: &Range<usize>,
    name: &str,
    new: &str,
) -> Option<(Range<usize>, String)> {
    let at = range.start + text[range.clone()].find(&format!("[{name}]"))? + 1;
    (new != name).then(|| (at..at + name.len(), new.to_owned()))
}

/// A link by reference, under the new name: `[text][new]`, whatever form it had.
fn reference(
    text: &str,
    range: &Range<usize>,
    form: LinkType,
    new: &str,
) -> Option<(Range<usize>, String)> {
    let link = &text[range.clone()];
    match form {
        LinkType::Reference => {
            let at = range.start + link.rfind('[')?;
            Some((at..range.end, format!("[{new}]")))
        }
        LinkType::Collapsed => {
            // The parser's range may end before the empty brackets.
            let rest = &text[range.start..];
            let at = range.start + rest.find("][]")? + 1;
            Some((at..at + 2, format!("[{new}]")))
        }
        LinkType::Shortcut => Some((range.end..range.end, format!("[{new}]"))),
        _ => None,
    }
}

/// A heading, `level` deeper, in `#` form.
fn heading(
    text: &str,
    range: Range<usize>,
    own: HeadingLevel,
    level: usize,
) -> Option<(Range<usize>, String)> {
    let deeper = (own as usize).saturating_add(level).min(6);
    let raw = text[range.clone()].trim_end();
    let raw_range = range.start..range.start + raw.len();
    if let Some(rest) = raw.strip_prefix('#') {
        let signs = 1 + rest.len() - rest.trim_start_matches('#').len();
        return Some((range.start..range.start + signs, "#".repeat(deeper)));
    }
    // Underlined: the last line is the underline.
    let (content, _) = raw.rsplit_once('\n')?;
    let words: Vec<&str> =
        content.lines().map(|line| line.trim_start_matches(['>', ' ']).trim()).collect();
    Some((raw_range, format!("{} {}", "#".repeat(deeper), words.join(" "))))
}

/// An image that lies in the record's assets folder: a bare file name.
fn image(
    text: &str,
    range: Range<usize>,
    file: &str,
    assets: &str,
) -> Option<(Range<usize>, String)> {
    if assets.is_empty() || file.is_empty() || file.contains(['/', ':', '\\', '#', '?', ' ']) {
        return None;
    }
    let raw = &text[range.clone()];
    let at = range.start + raw.rfind(&format!("]({file}"))? + 2;
    Some((at..at + file.len(), address(&format!("{assets}/{file}"))))
}

/// A link's address: in angle brackets only where it needs them, which not every reader knows.
pub(super) fn address(url: &str) -> String {
    if url.contains("..") {
        return "#".to_owned();
    }
    let plain = !url.contains([' ', '(', ')', '<', '>', '"', '\'']);
    if plain { url.to_owned() } else { format!("<{}>", url.replace(['<', '>'], "")) }
}

/// The line that closes a fence, if the block lacks it.
fn open_fence(block: &str) -> Option<String> {
    let first = block.lines().next()?.trim_start();
    let sign = first.chars().next()?;
    let length = first.chars().take_while(|c| *c == sign).count();
    let last = block.lines().skip(1).last().unwrap_or("").trim_end();
    let indent = last.len() - last.trim_start_matches(' ').len();
    let last = if indent < 4 { last.trim_start_matches(' ') } else { "" };
    let closed = last.chars().count() >= length && last.chars().all(|c| c == sign);
    (!closed).then(|| sign.to_string().repeat(length))
}

fn apply(text: &str, mut edits: Vec<(Range<usize>, String)>) -> String {
    edits.sort_by_key(|(range, _)| range.start);
    let mut out = String::with_capacity(text.len() + 16);
    let mut at = 0;
    for (range, replacement) in edits {
        if range.start < at {
            continue;
        }
        out.push_str(&text[at..range.start]);
        out.push_str(&replacement);
        at = range.end;
    }
    out.push_str(&text[at..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn embeds(markdown: &str, expected: &str) {
        assert_eq!(embed(markdown, 2, "a/b", &mut Names::default()), expected);
    }

    #[test]
    fn headings_move_under_their_section() {
        embeds("# One\n\ntext\n\n## Two ##\n", "### One\n\ntext\n\n#### Two ##");
        embeds("Title\n===\n\ntext", "### Title\n\ntext");
        embeds("##### Deep", "###### Deep");
        embeds("```\n# code\n```", "```\n# code\n```");
    }

    #[test]
    fn footnotes_and_references_of_two_texts_do_not_collide() {
        let mut names = Names::default();
        let first = "a[^1] [x][docs]\n\n[^1]: note\n\n[docs]: https://e.example/a";
        assert_eq!(embed(first, 2, "a", &mut names), first);
        let second =
            "b[^1] [x][docs] [docs][] [docs]\n\n[^1]: other\n\n[docs]: https://e.example/b";
        let renamed = "b[^1-2] [x][docs-2] [docs][docs-2] [docs][docs-2]\n\n[^1-2]: other\n\n[docs-2]: https://e.example/b";
        assert_eq!(embed(second, 2, "a", &mut names), renamed);
    }

    #[test]
    fn tags_that_run_become_text() {
        embeds("<script>x</script>", "&lt;script>x&lt;/script>");
        embeds("a <iframe src=x></iframe> b", "a &lt;iframe src=x>&lt;/iframe> b");
        embeds("<details>\nx\n</details>", "<details>\nx\n</details>");
        embeds("<img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert(1)>");
        embeds("a <a href=\"javascript:x\">y</a> b", "a &lt;a href=\"javascript:x\">y</a> b");
        embeds("<meta http-equiv=refresh>", "&lt;meta http-equiv=refresh>");
        embeds(
            "<img src=\"one.png\" alt=\"on\" width=50%>",
            "<img src=\"one.png\" alt=\"on\" width=50%>",
        );
    }

    #[test]
    fn what_raw_html_leaves_open_is_closed() {
        embeds("<details>\n\nbody", "<details>\n\nbody\n\n</details>");
        embeds("<table><tr><td>x", "<table><tr><td>x\n\n</td></tr></table>");
        embeds("a <b>bold", "a <b>bold\n\n</b>");
        embeds("line<br>break", "line<br>break");
    }

    #[test]
    fn blank_lines_do_not_pile_up() {
        let page = "\na\n\n\n\nb\n\n```\nx\n\n\ny\n```\n\n\n    c\n\n\n    d\n\n\n";
        let tidied = "a\n\nb\n\n```\nx\n\n\ny\n```\n\n    c\n\n\n    d\n";
        assert_eq!(tidy(page), tidied);
        assert_eq!(tidy(""), "\n");
    }

    #[test]
    fn images_are_found_in_the_assets() {
        embeds("![x](037.png)", "![x](a/b/037.png)");
        embeds("![x](037.png \"t\")", "![x](a/b/037.png \"t\")");
        embeds(
            "![x](https://e.example/037.png) [y](037.png)",
            "![x](https://e.example/037.png) [y](037.png)",
        );
        embeds("![x](../../etc/passwd)", "![x](../../etc/passwd)");
    }

    #[test]
    fn nothing_stays_open() {
        embeds("```swift\nlet x", "```swift\nlet x\n```");
        embeds("```\nx\n    ```", "```\nx\n    ```\n```");
        embeds("~~~~\nx\n~~~", "~~~~\nx\n~~~\n~~~~");
        embeds("<!-- open", "&lt;!-- open");
        embeds("<script>\nx", "&lt;script>\nx");
        embeds("<!-- closed -->\ntext", "<!-- closed -->\ntext");
        embeds("[x](javascript:y) <javascript:z>", "\\[x](javascript:y) &lt;javascript:z>");
        embeds("<img src=\"a.png\" width=50%>", "<img src=\"a.png\" width=50%>");
    }
}
