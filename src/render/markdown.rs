//! An author's Markdown inside a page: it keeps its meaning and cannot affect what follows it.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};

use crate::markdown::tag_end;

use super::escape::{safe_url, terminal_lines};
use super::header::Site;
use super::pictures::{Finished, MarkdownPictures, in_markdown};

/// The names of footnotes and reference links that a document already uses.
#[derive(Debug, Default)]
pub(super) struct Names {
    taken: HashSet<String>,
}

impl Names {
    /// Returns the name itself if it is free, else the next free variant.
    fn give(&mut self, name: &str) -> String {
        let numbered = (2..).map(|number| format!("{name}-{number}"));
        let mut wanted = std::iter::once(name.to_owned()).chain(numbered);
        // The sequence is infinite.
        let free = wanted.find(|name| self.taken.insert(name.to_lowercase()));
        free.unwrap_or_default()
    }
}

/// Returns the text ready to be part of a page. Headings are moved below `level`; the record's own pictures get their
/// address and width; what the site's tool would run becomes text; footnotes and reference links get unique names.
/// Nothing is left open at the end: fences are closed, and raw HTML that would swallow what follows becomes text.
pub(super) fn embed(
    markdown: &str,
    level: usize,
    pictures: &MarkdownPictures,
    names: &mut Names,
) -> String {
    let text = terminal_lines(markdown.trim_end()).trim_start_matches('\n').to_owned();
    if says_only_itself(&text) {
        return pictures.site.protect(text);
    }
    embed_parsed(text, level, pictures, names)
}

/// Returns whether a text is one line of words and harmless characters, as most texts are, and has nothing that
/// Markdown or a site's tool interprets.
fn says_only_itself(text: &str) -> bool {
    let harmless = |c: char| {
        let sign = matches!(
            c,
            ' ' | ',' | '.' | ':' | ';' | '?' | '!' | '\'' | '"' | '%' | '(' | ')' | '/' | '-'
        );
        sign || c.is_alphanumeric()
    };
    text.starts_with(char::is_alphabetic) && text.chars().all(harmless)
}

fn embed_parsed(
    text: String,
    level: usize,
    pictures: &MarkdownPictures,
    names: &mut Names,
) -> String {
    let text = harmless(text);
    let (mut edits, fence) = edits(&text, level);
    let mut finished = Finished::default();
    edits.extend(in_markdown(&text, pictures, &mut finished));
    edits.extend(renamed(&text, names));
    edits.extend(closed_in_themselves(&text));
    if pictures.site == Site::Jekyll {
        edits.extend(lone_pipes(&text));
    }
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
    finished.put_back(pictures.site.protect(text))
}

/// Returns a page with at most one consecutive empty line outside code. Templates leave more where something is
/// missing.
pub(super) fn tidy(page: &str) -> String {
    let code = if may_hold_code(page) { code_of(page) } else { Vec::new() };
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

/// Returns whether a page may contain code or HTML, which needs a fence, a tag or an indented line.
fn may_hold_code(page: &str) -> bool {
    ["```", "~~~", "<", "    ", "\t"].iter().any(|sign| page.contains(sign))
}

fn code_of(page: &str) -> Vec<Range<usize>> {
    parse(page)
        .filter(|(event, _)| matches!(event, Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock)))
        .map(|(_, range)| range)
        .collect()
}

/// The most escaping passes: escaping in one place may open something in the next. No text needs more by accident.
const PASSES: usize = 16;

fn parse(text: &str) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
    Parser::new_ext(text, options()).into_offset_iter()
}

/// Returns the Markdown extensions that pages use.
pub(super) fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
}

/// Returns the text with everything that runs, or never ends, escaped.
pub(super) fn harmless(mut text: String) -> String {
    for _ in 0..PASSES {
        let edits = acting(&text);
        if edits.is_empty() {
            return text;
        }
        text = apply(&text, edits);
    }
    text.replace('<', "&lt;").replace("\\[", "[").replace('[', "&#91;")
}

/// Returns the characters that give a text an effect: those of HTML blocks that never end, of tags that run, and of
/// links that do more than lead somewhere.
fn acting(text: &str) -> Vec<(Range<usize>, String)> {
    let mut edits = Vec::new();
    let mut escape = |at: usize, sign: &str| edits.push((at..at + 1, sign.to_owned()));
    let mut block = HtmlBlock::default();
    for (event, range) in parse(text) {
        match event {
            Event::Start(Tag::HtmlBlock) => block = HtmlBlock::default(),
            Event::Html(line) => block.push(&line, range.start),
            Event::End(TagEnd::HtmlBlock) => {
                block.acting().into_iter().for_each(|at| escape(at, "&lt;"));
            }
            Event::InlineHtml(tag) if runs(&tag) => escape(range.start, "&lt;"),
            Event::Start(Tag::Link { dest_url, .. }) if safe_url(&dest_url).is_none() => {
                let bracket = text[range.start..].starts_with('[');
                escape(range.start, if bracket { "\\[" } else { "&lt;" });
            }
            _ => {}
        }
    }
    edits
}

/// The lines of a block of raw HTML without the prefixes of quotes and lists, with their positions.
#[derive(Default)]
struct HtmlBlock {
    html: String,
    lines: Vec<(usize, usize)>,
}

impl HtmlBlock {
    fn push(&mut self, line: &str, at: usize) {
        self.lines.push((self.html.len(), at));
        self.html.push_str(line);
    }

    /// Returns the positions of the characters that give this block an effect.
    fn acting(&self) -> Vec<usize> {
        let at = |sign: usize| {
            let line = self.lines.partition_point(|(start, _)| *start <= sign);
            self.lines[line - 1].1 + sign - self.lines[line - 1].0
        };
        acting_signs(&self.html).into_iter().map(at).collect()
    }
}

/// Returns the `<` of each tag that has an effect; of all tags if one never ends or they are nested too deeply to
/// examine.
fn acting_signs(html: &str) -> Vec<usize> {
    let all = || html.match_indices('<').map(|(at, _)| at);
    if swallows(html) {
        return all().collect();
    }
    let mut budget = 64 * html.len();
    let mut found = Vec::new();
    for at in all() {
        let end = tag_end(&html[at..]);
        let Some(left) = budget.checked_sub(end) else { return all().collect() };
        budget = left;
        if runs(&html[at..at + end]) {
            found.push(at);
        }
    }
    found
}

/// Returns whether an HTML block of CommonMark's kinds 1 to 5 is not closed, so that it would run to the end of the
/// document.
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

/// Returns the edits of headings, and the fence that is open at the end.
fn edits(text: &str, level: usize) -> (Vec<(Range<usize>, String)>, Option<String>) {
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
            Event::Start(Tag::Item | Tag::BlockQuote(_) | Tag::FootnoteDefinition(_)) => depth += 1,
            Event::End(TagEnd::Item | TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition) => {
                depth -= 1
            }
            _ => {}
        }
    }
    (edits, fence)
}

/// Tags that GitHub's Markdown passes as text only (GFM 0.29, "Disallowed Raw HTML"), and those that fetch or run
/// something.
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

/// Returns whether a tag runs something, fetches something or links elsewhere.
fn runs(tag: &str) -> bool {
    let tag = tag.to_lowercase();
    INERT.contains(&tag_name(&tag)) || has_script(&tag) || has_handler(&tag)
}

/// Returns `details` for `<details open` and for `</details`.
fn tag_name(tag: &str) -> &str {
    let name = tag.trim_start_matches('<').trim_start_matches('/');
    let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    &name[..end]
}

/// Returns whether an attribute has a script address, as browsers would find it: entities are decoded, spaces and
/// control characters ignored.
fn has_script(tag: &str) -> bool {
    let mut bare = String::with_capacity(tag.len());
    for (number, part) in tag.split('&').enumerate() {
        let (sign, rest) = if number == 0 { (None, part) } else { entity(part) };
        let signs = sign.into_iter().chain(rest.chars());
        bare.extend(signs.filter(|c| !c.is_control() && !c.is_whitespace()));
    }
    let bare = bare.to_lowercase();
    ["javascript:", "vbscript:"].iter().any(|scheme| bare.contains(scheme))
}

/// Returns the character of an entity (given without its `&`) if it is one that can hide a scheme, and the text after
/// it.
fn entity(text: &str) -> (Option<char>, &str) {
    if let Some(rest) = text.strip_prefix("colon;") {
        return (Some(':'), rest);
    }
    if let Some(rest) = text.strip_prefix("tab;").or_else(|| text.strip_prefix("newline;")) {
        return (None, rest);
    }
    let Some(number) = text.strip_prefix('#') else { return (Some('&'), text) };
    let (digits, radix) = number.strip_prefix('x').map_or((number, 10), |digits| (digits, 16));
    let end = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
    let sign = u32::from_str_radix(&digits[..end], radix).ok().and_then(char::from_u32);
    (sign, digits[end..].trim_start_matches(';'))
}

/// Returns whether a tag has an event handler, such as `onload=`.
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

/// Tags without an end tag.
const VOID: [&str; 12] =
    ["br", "hr", "img", "input", "wbr", "area", "col", "source", "track", "param", "p", "li"];

/// Returns edits that add ` /` to the end of `<br>`, `<hr>` and `<img …>`: XML parsers such as Confluence's require it,
/// and others ignore it.
fn closed_in_themselves(text: &str) -> Vec<(Range<usize>, String)> {
    let mut edits = Vec::new();
    for (event, range) in parse(text) {
        if !matches!(event, Event::Html(_) | Event::InlineHtml(_)) {
            continue;
        }
        let mut at = range.start;
        while let Some(sign) = text[at..range.end].find('<') {
            let tag = &text[at + sign..range.end];
            let has_no_end = ["br", "hr", "img"].into_iter().any(|name| is_named(tag, name));
            let end = if has_no_end { tag_end(tag) } else { 1 };
            at += sign + end;
            if has_no_end && tag[end..].starts_with('>') && !tag[..end].ends_with('/') {
                edits.push((at..at, " /".to_owned()));
            }
        }
    }
    edits
}

/// Returns whether a tag begins with a name.
fn is_named(tag: &str, name: &str) -> bool {
    let inside = tag[1..].split_at_checked(name.len());
    inside.is_some_and(|(own, rest)| {
        own.eq_ignore_ascii_case(name) && !rest.starts_with(char::is_alphanumeric)
    })
}

/// Returns end tags for the raw HTML that the text leaves open, innermost first.
fn open_tags(text: &str) -> Vec<String> {
    let mut open: Vec<String> = Vec::new();
    // The number of open tags per name, so that an end tag without a start tag is found without a search.
    let mut counts: HashMap<String, usize> = HashMap::new();
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
                while counts.get(&name).is_some_and(|count| *count > 0) {
                    let Some(ended) = open.pop() else { break };
                    if let Some(count) = counts.get_mut(&ended) {
                        *count -= 1;
                    }
                    if ended == name {
                        break;
                    }
                }
            } else {
                *counts.entry(name.clone()).or_default() += 1;
                open.push(name);
            }
        }
    }
    open.reverse();
    open
}

/// Returns the text with unique names for its footnotes and reference links, and nothing else changed.
pub(super) fn with_own_names(text: &str, names: &mut Names) -> String {
    apply(text, renamed(text, names))
}

/// Returns edits of the footnotes and reference links whose names are already used in the document.
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

/// Returns an edit of `[name]` at the beginning of a range.
fn bracketed(
    text: &str,
    range: &Range<usize>,
    name: &str,
    new: &str,
) -> Option<(Range<usize>, String)> {
    let at = range.start + text[range.clone()].find(&format!("[{name}]"))? + 1;
    (new != name).then(|| (at..at + name.len(), new.to_owned()))
}

/// Returns a reference link, whatever its form, as `[text][new]`.
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

/// Returns a heading moved down by `level`, in `#` form.
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
    // A setext heading: the last line is the underline.
    let (content, _) = raw.rsplit_once('\n')?;
    let words: Vec<&str> =
        content.lines().map(|line| line.trim_start_matches(['>', ' ']).trim()).collect();
    Some((raw_range, format!("{} {}", "#".repeat(deeper), words.join(" "))))
}

/// Returns edits that escape pipes outside tables: kramdown, which Jekyll uses, makes a table of any line with a pipe.
fn lone_pipes(text: &str) -> Vec<(Range<usize>, String)> {
    let mut edits = Vec::new();
    let (mut tables, mut code) = (0_usize, false);
    let pipes = |range: Range<usize>| {
        let there = text[range.clone()].match_indices('|').map(move |(at, _)| range.start + at);
        there.filter(|at| !text[..*at].ends_with('\\'))
    };
    for (event, range) in parse(text) {
        match event {
            Event::Start(Tag::Table(_)) => tables += 1,
            Event::End(TagEnd::Table) => tables -= 1,
            Event::Start(Tag::CodeBlock(_)) => code = true,
            Event::End(TagEnd::CodeBlock) => code = false,
            _ if tables > 0 || code => {}
            Event::Text(_) => {
                edits.extend(pipes(range).map(|at| (at..at + 1, "\\|".to_owned())));
            }
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => {
                let target =
                    text[range.clone()].rfind("](").map_or(range.end, |at| range.start + at);
                let autolink = text[range.clone()].starts_with('<');
                let target = if autolink { range.start } else { target };
                edits.extend(pipes(target..range.end).map(|at| (at..at + 1, "%7C".to_owned())));
            }
            _ => {}
        }
    }
    // The text of an autolink is its address.
    edits.sort_by_key(|(range, _)| range.start);
    edits.dedup_by_key(|(range, _)| range.start);
    edits
}

/// Returns the line that closes a block's fence, if it is missing.
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

/// Returns the text with these ranges replaced; of two overlapping edits only the first applies.
pub(super) fn apply(text: &str, mut edits: Vec<(Range<usize>, String)>) -> String {
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
    use crate::view::AttachmentView;

    /// Embeds Markdown in a document whose record has `wide.png`, at half its width, and `shown.png`, which has a
    /// description.
    fn embedded(markdown: &str, site: Site, names: &mut Names) -> String {
        let file = |name: &str, alt: &str, width: Option<&str>| AttachmentView {
            file: name.to_owned(),
            alt: alt.to_owned(),
            width: width.map(str::to_owned),
            caption: None,
            image: true,
            inline: true,
            internal: false,
        };
        let files =
            [file("wide.png", "wide \"one\"", Some("50%")), file("shown.png", "a *b*", None)];
        let attached = files.into_iter().map(|file| (file.file.clone(), file)).collect();
        embed(markdown, 2, &MarkdownPictures { site, assets: "a/b", attached: &attached }, names)
    }

    /// Fragments, some of which Markdown and sites interpret in combination with others.
    const PARTS: [&str; 59] = [
        "a",
        "word",
        "배포",
        "é",
        "1",
        "12",
        " ",
        "  ",
        "   ",
        "    ",
        "\n",
        "\n\n",
        "\t",
        ",",
        ".",
        ":",
        ";",
        "?",
        "!",
        "'",
        "\"",
        "%",
        "(",
        ")",
        "/",
        "-",
        "--",
        "---",
        "+",
        "*",
        "**",
        "_",
        "`",
        "```",
        "~~~",
        "#",
        "##",
        ">",
        "<",
        "<b>",
        "</b>",
        "<!--",
        "[",
        "]",
        "](",
        "[^1]",
        "|",
        "\\",
        "=",
        "===",
        "&amp;",
        "{{",
        "}}",
        "{%",
        "http://a.b",
        "javascript:",
        "\n---\n",
        "\n===\n",
        "\n# ",
    ];

    /// Returns texts that are made of these fragments.
    fn texts() -> impl Iterator<Item = String> {
        let mut chance: u64 = 0x9E37_79B9;
        let mut below = move |end: usize| {
            chance ^= chance << 13;
            chance ^= chance >> 7;
            chance ^= chance << 17;
            (chance >> 16) as usize % end
        };
        (0..9000).map(move |number| {
            // A third of the texts have only harmless fragments, which are accepted; a third have one other fragment,
            // which a weaker check would accept too.
            let (length, other) = (1 + below(7), below(7));
            let part = |place| match number % 3 {
                0 => PARTS[below(PARTS.len())],
                1 if place == other => PARTS[28 + below(PARTS.len() - 28)],
                _ => PARTS[below(28)],
            };
            (0..length).map(part).collect()
        })
    }

    /// Whether embedding changes a text for any site.
    fn is_changed(text: &str) -> bool {
        let attached = HashMap::new();
        [Site::Plain, Site::GitHub, Site::Jekyll, Site::Hugo].into_iter().any(|site| {
            let pictures = MarkdownPictures { site, assets: "a/b", attached: &attached };
            let long = embed_parsed(text.to_owned(), 2, &pictures, &mut Names::default());
            long != site.protect(text.to_owned())
        })
    }

    #[test]
    fn a_check_that_lets_more_characters_pass_would_be_noticed() {
        for signs in [&['<', '>'][..], &['|'], &['\n'], &['\n', '#']] {
            let found = texts().filter(|text| {
                let passes = says_only_itself(&text.replace(signs, ""));
                text.contains(signs) && passes && is_changed(text.trim_end())
            });
            assert!(found.count() > 0, "{signs:?}");
        }
    }

    #[test]
    fn plain_scalars_are_those_that_are_read_as_the_same_text() {
        let (attached, mut taken) = (HashMap::new(), 0);
        for text in texts().filter(|text| says_only_itself(text)) {
            for site in [Site::Plain, Site::GitHub, Site::Jekyll, Site::Hugo] {
                let pictures = MarkdownPictures { site, assets: "a/b", attached: &attached };
                let text = text.trim_end().to_owned();
                let mut names = Names::default();
                let long = embed_parsed(text.clone(), 2, &pictures, &mut names);
                assert_eq!(embed(&text, 2, &pictures, &mut names), long, "{text:?}");
                assert!(names.taken.is_empty());
            }
            taken += 1;
        }
        assert!(taken > 200, "{taken}");
    }

    #[test]
    fn a_page_without_marks_of_code_has_none() {
        let pages = texts().filter(|page| !may_hold_code(page));
        let found = pages.inspect(|page| assert_eq!(code_of(page), [], "{page:?}")).count();
        assert!(found > 1000, "{found}");
    }

    #[track_caller]
    fn embeds(markdown: &str, expected: &str) {
        assert_eq!(embedded(markdown, Site::Plain, &mut Names::default()), expected, "{markdown}");
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
        assert_eq!(embedded(first, Site::Plain, &mut names), first);
        let second =
            "b[^1] [x][docs] [docs][] [docs]\n\n[^1]: other\n\n[docs]: https://e.example/b";
        let renamed = "b[^1-2] [x][docs-2] [docs][docs-2] [docs][docs-2]\n\n[^1-2]: other\n\n[docs-2]: https://e.example/b";
        assert_eq!(embedded(second, Site::Plain, &mut names), renamed);
    }

    #[test]
    fn tags_that_run_become_text() {
        embeds("<script>x</script>", "&lt;script>x&lt;/script>");
        embeds("a <iframe src=x></iframe> b", "a &lt;iframe src=x>&lt;/iframe> b");
        embeds("<details>\nx\n</details>", "<details>\nx\n</details>");
        embeds("<img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert(1)>");
        embeds("a <a href=\"javascript:x\">y</a> b", "a &lt;a href=\"javascript:x\">y</a> b");
        embeds("a <a href=java&#09;script&colon;x>", "a &lt;a href=java&#09;script&colon;x>");
        embeds("a <a href=&#X4a;avascript:x>", "a &lt;a href=&#X4a;avascript:x>");
        embeds("a <a title=\">\" href=javascript:x>b", "a &lt;a title=\">\" href=javascript:x>b");
        embeds("<p a=b=\" c=\">\" onx=y>z", "&lt;p a=b=\" c=\">\" onx=y>z");
        embeds("> <p>\n> <b\n> onx=y>z", "> <p>\n> &lt;b\n> onx=y>z");
        embeds("a <wbr title=\"a&amp;b&#x;\">", "a <wbr title=\"a&amp;b&#x;\">");
        embeds("<meta http-equiv=refresh>", "&lt;meta http-equiv=refresh>");
        embeds(
            "<img src=\"one.png\" alt=\"on\" width=50%>",
            "<img src=\"a/b/one.png\" alt=\"on\" width=\"50%\" />",
        );
    }

    #[test]
    fn what_raw_html_leaves_open_is_closed() {
        embeds("<details>\n\nbody", "<details>\n\nbody\n\n</details>");
        embeds("<table><tr><td>x", "<table><tr><td>x\n\n</td></tr></table>");
        embeds("a <b>bold", "a <b>bold\n\n</b>");
        embeds("line<br>break", "line<br />break");
    }

    #[test]
    fn tags_without_an_end_are_closed_in_themselves() {
        embeds("a<br>b<BR/>c<br />d", "a<br />b<BR/>c<br />d");
        embeds("a\n\n<hr>\n\n`<br>` &lt;br>", "a\n\n<hr />\n\n`<br>` &lt;br>");
        embeds("| a<br>b |\n| --- |", "| a<br />b |\n| --- |");
        embeds("a <br\nclass=\">\">b", "a <br\nclass=\">\" />b");
        embeds("<p><br><br>\n", "<p><br /><br />");
        embeds(
            "<img class=x src=https://e.example/a.png>",
            "<img class=x src=https://e.example/a.png />",
        );
        embeds("</br> <brand></brand>", "</br> <brand></brand>");
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
        embeds("![x](<my graph.png>)", "![x](<a/b/my graph.png>)");
        embeds("![x][r]\n\n[r]: 1.png", "![x](a/b/1.png)\n\n[r]: 1.png");
        embeds("<b><img class=c src=1.png></b>", "<b><img class=c src=a/b/1.png /></b>");
    }

    #[test]
    fn pictures_have_width_and_description_in_every_notation() {
        let half = "<img src=\"a/b/1.png\" alt=\"x\" width=\"50%\" />";
        embeds("![x](1.png){width=50%}", half);
        embeds("<img src=1.png alt=x width=50%>", half);
        embeds(
            "a\n\n<img width='50%' alt=\"x\" src=\"1.png\"/>\n\nb",
            &format!("a\n\n{half}\n\nb"),
        );
        embeds("![x](1.png){width=\"javascript:\"}", "![x](a/b/1.png)");
        embeds("<img src=1.png>", "<img src=\"a/b/1.png\" alt=\"\" />");
        let wide = "<img src=\"a/b/wide.png\" alt=\"wide &quot;one&quot;\" width=\"50%\" />";
        embeds("![](wide.png)", wide);
        embeds("![](wide.png){width=320}", &wide.replace("50%", "320"));
        embeds("![](shown.png)", "<img src=\"a/b/shown.png\" alt=\"a *b*\" />");
        embeds("![own](shown.png)", "![own](a/b/shown.png)");
        let on = |site, text| embedded(text, site, &mut Names::default());
        assert_eq!(
            on(Site::Hugo, "![x](1.png){width=50%} {{< y >}}"),
            "{{< figure src=\"a/b/1.png\" alt=\"x\" width=\"50%\" >}} {{</* y */>}}"
        );
        assert_eq!(on(Site::Jekyll, "![x](1.png){width=50%}"), half);
        let liquid = on(Site::Jekyll, "![{{ x }}](1.png){width=50%}");
        assert!(!liquid.contains("{{ x }}"), "{liquid}");
    }

    #[test]
    fn lone_pipes_are_text_where_kramdown_reads_them() {
        for (markdown, expected) in [
            ("a | b", "a \\| b"),
            ("a \\| b", "a \\| b"),
            ("- a | b\n  c | d", "- a \\| b\n  c \\| d"),
            ("`a | b`", "`a | b`"),
            ("```\na | b\n```", "```\na | b\n```"),
            ("| a | b |\n| - | - |\n| c | d |", "| a | b |\n| - | - |\n| c | d |"),
            ("[a | b](https://e.example/c|d)", "[a \\| b](https://e.example/c%7Cd)"),
            ("<https://e.example/c|d>", "<https://e.example/c%7Cd>"),
        ] {
            assert_eq!(embedded(markdown, Site::Jekyll, &mut Names::default()), expected);
            assert_eq!(embedded(markdown, Site::Plain, &mut Names::default()), markdown);
        }
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
        embeds("<img class=x src=\"a.png\">", "<img class=x src=\"a/b/a.png\" />");
    }

    #[test]
    fn what_an_escape_opens_is_escaped_too() {
        embeds("[x](<javascript:y>)", "\\[x](&lt;javascript:y>)");
        embeds("[x][r]\n\n[r]: javascript:y", "\\[x]\\[r]\n\n[r]: javascript:y");
        embeds("[x](data:y,<script>z)", "\\[x](data:y,&lt;script>z)");
        embeds("[a [b](javascript:x)](javascript:y)", "\\[a \\[b](javascript:x)](javascript:y)");
        let many = |sign: &str| sign.repeat(PASSES + 4);
        let deep = many("[a ") + &many("](javascript:x)");
        embeds(&deep, &deep.replace('[', "&#91;"));
        embeds(&many("- <!-- x\n"), many("- &lt;!-- x\n").trim_end());
    }
}
