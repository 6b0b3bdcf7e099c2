//! An author's Markdown inside a page: it stays what it was and cannot reach past its own end.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};

use super::escape::{safe_url, terminal_lines};

/// The text with its headings moved under `level`, its relative images found under `assets`, and
/// nothing left open at its end: fences are closed, and raw HTML that would swallow what follows
/// becomes text.
pub(super) fn embed(markdown: &str, level: usize, assets: &str) -> String {
    let mut text = terminal_lines(markdown.trim_end()).trim_start_matches('\n').to_owned();
    for _ in 0..PASSES {
        let Some(next) = text_of_open_html(&text) else { break };
        text = next;
    }
    let (edits, fence) = edits(&text, level, assets);
    let mut text = apply(&text, edits);
    if let Some(fence) = fence {
        text.push('\n');
        text.push_str(&fence);
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
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    Parser::new_ext(text, options).into_offset_iter()
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
        assert_eq!(embed(markdown, 2, "a/b"), expected);
    }

    #[test]
    fn headings_move_under_their_section() {
        embeds("# One\n\ntext\n\n## Two ##\n", "### One\n\ntext\n\n#### Two ##");
        embeds("Title\n===\n\ntext", "### Title\n\ntext");
        embeds("##### Deep", "###### Deep");
        embeds("```\n# code\n```", "```\n# code\n```");
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
