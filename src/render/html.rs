//! An author's Markdown as harmless HTML, by an allow-list.

use std::ops::Range;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use linkify::{LinkFinder, LinkKind};
use pulldown_cmark::{
    CowStr, Event, HeadingLevel, LinkType, Parser, Tag, TagEnd, TextMergeStream, html,
};

use crate::markdown::tag_attributes;

use super::escape::{self, safe_url, terminal_lines};
use super::files::Files;
use super::markdown::{apply, options};
use super::pictures::{Attached, Finished, in_html};
use super::raw_html::{is_tag_of, judged};

/// Returns the text as HTML with its headings below `level`. Raw HTML becomes text, except for pictures beside the page
/// and tags that only mark up text. Bare addresses become links. Links that do more than lead somewhere, and pictures
/// from elsewhere, lose their address: opening the page fetches nothing.
pub(super) fn to_html(markdown: &str, level: usize, files: &Files, attached: &Attached) -> String {
    let text = terminal_lines(markdown);
    let mut finished = Finished::default();
    let text = apply(&text, in_html(&text, files, attached, &mut finished));
    let mut filter = Filter { level, files, unlinked: 0, picture: None };
    let events = judged(TextMergeStream::new(Parser::new_ext(&text, options())).collect());
    let events = with_addresses(events).into_iter().filter_map(|event| filter.event(event));
    let mut out = String::new();
    html::push_html(&mut out, events);
    // Code that is wider than the page must be scrollable by keyboard too.
    let out = out.replace("<pre>", "<pre tabindex=\"0\">");
    finished.put_back(out.replace("<table>", "<table tabindex=\"0\">"))
}

/// Returns a file's bytes as a data address.
pub fn data_uri(name: &str, bytes: &[u8]) -> String {
    let ending = name.rsplit('.').next().unwrap_or("").to_lowercase();
    let kind = match ending.as_str() {
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "svg" => "image/svg+xml",
        "txt" | "log" | "csv" | "md" => "text/plain;charset=utf-8",
        "json" => "application/json",
        "pdf" => "application/pdf",
        _ => "application/octet-stream",
    };
    format!("data:{kind};base64,{}", BASE64_STANDARD.encode(bytes))
}

struct Filter<'a> {
    level: usize,
    files: &'a Files,
    /// The number of open links whose address was dropped.
    unlinked: usize,
    /// The text of a picture whose address was dropped, which is kept.
    picture: Option<String>,
}

impl Filter<'_> {
    fn event<'e>(&mut self, event: Event<'e>) -> Option<Event<'e>> {
        match event {
            Event::InlineHtml(raw) => Some(self.raw(raw)),
            // A checkbox would have no accessible name.
            Event::TaskListMarker(done) => Some(Event::Text(if done { "☑ " } else { "☐ " }.into())),
            Event::Start(Tag::Heading { level, .. }) => {
                let level = deeper(level, self.level);
                Some(Event::Start(Tag::Heading {
                    level,
                    id: None,
                    classes: Vec::new(),
                    attrs: Vec::new(),
                }))
            }
            Event::End(TagEnd::Heading(level)) => {
                Some(Event::End(TagEnd::Heading(deeper(level, self.level))))
            }
            // Alignment would be a style attribute.
            Event::Start(Tag::Table(columns)) => {
                Some(Event::Start(Tag::Table(vec![pulldown_cmark::Alignment::None; columns.len()])))
            }
            Event::Start(Tag::Link { ref dest_url, .. }) if safe_url(dest_url).is_none() => {
                self.unlinked += 1;
                None
            }
            Event::End(TagEnd::Link) if self.unlinked > 0 => {
                self.unlinked -= 1;
                None
            }
            Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
                match self.picture_url(&dest_url) {
                    Some(url) => Some(Event::Start(Tag::Image {
                        link_type,
                        dest_url: CowStr::from(url),
                        title,
                        id,
                    })),
                    None => {
                        self.picture = Some(dest_url.into_string());
                        Some(Event::Text("[".into()))
                    }
                }
            }
            Event::End(TagEnd::Image) => match self.picture.take() {
                None => Some(Event::End(TagEnd::Image)),
                Some(url) => Some(Event::Text(format!("]({url})").into())),
            },
            other => Some(other),
        }
    }

    /// Returns the address of a picture that is beside the page.
    fn picture_url(&self, url: &str) -> Option<String> {
        let beside = !url.is_empty()
            && !url.contains([':', '\\', '?', '#'])
            && !url.starts_with('/')
            && !url.contains("..");
        match (beside, url.contains('/')) {
            (false, _) => None,
            (true, true) => Some(url.to_owned()),
            (true, false) => self.files.url(url),
        }
    }

    /// Returns `<img src alt width height>` for a picture beside the page; a picture from elsewhere becomes text.
    fn raw<'e>(&self, raw: CowStr<'e>) -> Event<'e> {
        if is_tag_of(&raw, "br") {
            return Event::InlineHtml("<br>".into());
        }
        if !is_tag_of(&raw, "img") {
            return Event::InlineHtml(raw);
        }
        match self.picture_tag(raw.trim()) {
            Some(tag) => Event::InlineHtml(tag.into()),
            None => Event::Text(raw),
        }
    }

    fn picture_tag(&self, raw: &str) -> Option<String> {
        let inside = raw.strip_prefix("<img ")?.strip_suffix('>')?.trim_end_matches('/');
        if inside.contains(['<', '>', '`']) {
            return None;
        }
        let mut tag = String::from("<img");
        let mut source = false;
        for (name, value) in tag_attributes(inside)? {
            let value = match name.as_str() {
                "src" => {
                    source = true;
                    self.picture_url(&value)?
                }
                "alt" => value,
                "width" | "height" if is_size(&value) => value,
                _ => return None,
            };
            tag.push_str(&format!(" {name}=\"{}\"", escape::html(&value)));
        }
        source.then(|| tag + ">")
    }
}

/// Returns the events with bare addresses as links.
fn with_addresses(events: Vec<Event<'_>>) -> Vec<Event<'_>> {
    let mut out = Vec::with_capacity(events.len());
    // The depth of enclosing links, pictures and code, whose text does not change.
    let mut around = 0_usize;
    for event in events {
        match &event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_)) => around += 1,
            Event::End(TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock) => around -= 1,
            Event::Text(text) if around == 0 => {
                let found = addresses(text);
                if !found.is_empty() {
                    linked(text, &found, &mut out);
                    continue;
                }
            }
            _ => {}
        }
        out.push(event);
    }
    out
}

/// Adds a text with each of the addresses in it as a link.
fn linked(text: &str, found: &[Range<usize>], out: &mut Vec<Event<'_>>) {
    let mut from = 0;
    for address in found {
        let url = CowStr::from(text[address.clone()].to_owned());
        out.push(Event::Text(text[from..address.start].to_owned().into()));
        out.push(Event::Start(Tag::Link {
            link_type: LinkType::Autolink,
            dest_url: url.clone(),
            title: CowStr::Borrowed(""),
            id: CowStr::Borrowed(""),
        }));
        out.extend([Event::Text(url), Event::End(TagEnd::Link)]);
        from = address.end;
    }
    out.push(Event::Text(text[from..].to_owned().into()));
}

/// Returns the positions of web addresses in a text. A host name is ASCII: a Korean particle after it is not part of
/// it.
fn addresses(text: &str) -> Vec<Range<usize>> {
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url]);
    let found = finder.links(text).filter_map(|link| {
        let host =
            link.as_str().strip_prefix("https://").or(link.as_str().strip_prefix("http://"))?;
        let start = link.end() - host.len();
        let ends = host.find(|c: char| !c.is_ascii() || "/?#".contains(c));
        let cut = ends.filter(|at| !host[*at..].starts_with(['/', '?', '#']));
        Some(link.start()..cut.map_or(link.end(), |at| start + at))
    });
    found.filter(|range| !text[range.clone()].ends_with("://")).collect()
}

/// Returns a plain text as HTML, its web addresses as links.
pub(super) fn plain_text(text: &str) -> String {
    let text = terminal_lines(text);
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for address in addresses(&text) {
        let url = escape::html(&text[address.clone()]);
        out.push_str(&escape::html(&text[from..address.start]));
        out.push_str(&format!("<a href=\"{url}\">{url}</a>"));
        from = address.end;
    }
    out + &escape::html(&text[from..])
}

fn is_size(value: &str) -> bool {
    let number = value.trim_end_matches('%').trim_end_matches("px");
    !number.is_empty() && number.len() <= 5 && number.bytes().all(|b| b.is_ascii_digit())
}

fn deeper(own: HeadingLevel, level: usize) -> HeadingLevel {
    HeadingLevel::try_from((own as usize).saturating_add(level).min(6)).unwrap_or(HeadingLevel::H6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn gives(markdown: &str, html: &str) {
        assert_eq!(
            to_html(
                markdown,
                2,
                &Files { address: "assets/x".to_owned(), inside: None },
                &Attached::new()
            )
            .trim(),
            html,
            "{markdown}"
        );
    }

    #[test]
    fn only_what_does_nothing_is_let_through() {
        gives("# One", "<h3>One</h3>");
        gives("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>");
        gives("[x](javascript:y)", "<p>x</p>");
        gives("[x](https://e.example/)", "<p><a href=\"https://e.example/\">x</a></p>");
        gives("![x](https://e.example/a.png)", "<p>[x](https://e.example/a.png)</p>");
        gives("![x](037.png)", "<p><img src=\"assets/x/037.png\" alt=\"x\" /></p>");
        gives(
            "a <img src=\"037.png\" width=50%> b",
            "<p>a <img src=\"assets/x/037.png\" alt=\"\" width=\"50%\" /> b</p>",
        );
        gives(
            "![x](037.png){width=50%}",
            "<p><img src=\"assets/x/037.png\" alt=\"x\" width=\"50%\" /></p>",
        );
        gives("a <img src=x onerror=y> b", "<p>a &lt;img src=x onerror=y&gt; b</p>");
        gives("<img\nsrc=x onerror=y>", "<p>&lt;img\nsrc=x onerror=y&gt;</p>");
    }

    #[test]
    fn tags_that_only_mark_words_up_stay_if_they_are_closed() {
        gives("press <kbd>F5</kbd>", "<p>press <kbd>F5</kbd></p>");
        gives("a<br>b<BR/>c", "<p>a<br>b<br>c</p>");
        gives("a <kbd>b", "<p>a &lt;kbd&gt;b</p>");
        gives("a </kbd>b", "<p>a &lt;/kbd&gt;b</p>");
        gives("a <kbd onclick=x>b</kbd>", "<p>a &lt;kbd onclick=x&gt;b&lt;/kbd&gt;</p>");
        gives("<b><i>x</b></i>", "<p>&lt;b&gt;<i>x&lt;/b&gt;</i></p>");
        gives("- <b>x\n- y</b>", "<ul>\n<li>&lt;b&gt;x</li>\n<li>y&lt;/b&gt;</li>\n</ul>");
        gives("*<b>x*</b>", "<p><em>&lt;b&gt;x</em>&lt;/b&gt;</p>");
        gives(
            "<details><summary>More</summary>\n\n*text*\n\n</details>",
            "<details><summary>More</summary>\n<p><em>text</em></p>\n</details>",
        );
        gives("<details>\n\ntext", "<p>&lt;details&gt;</p>\n<p>text</p>");
        gives(
            "<details><script>x</script></details>",
            "<details>&lt;script&gt;x&lt;/script&gt;</details>",
        );
        gives("<!-- note -->", "<p>&lt;!-- note --&gt;</p>");
    }

    #[test]
    fn bare_addresses_become_links_and_checkboxes_characters() {
        let link = |url: &str| format!("<a href=\"{url}\">{url}</a>");
        gives(
            "see https://e.example/a_b_c.",
            &format!("<p>see {}.</p>", link("https://e.example/a_b_c")),
        );
        gives("https://e.example에서 봄", &format!("<p>{}에서 봄</p>", link("https://e.example")));
        gives("`https://e.example`", "<p><code>https://e.example</code></p>");
        gives(
            "[https://e.example](https://f.example)",
            "<p><a href=\"https://f.example\">https://e.example</a></p>",
        );
        gives("javascript://x ftp://y a@b.example", "<p>javascript://x ftp://y a@b.example</p>");
        gives("- [ ] a\n- [x] b", "<ul>\n<li>☐ a</li>\n<li>☑ b</li>\n</ul>");
        assert_eq!(
            plain_text("1 < 2 https://e.example/?a=1&b=2"),
            "1 &lt; 2 <a href=\"https://e.example/?a=1&amp;b=2\">https://e.example/?a=1&amp;b=2</a>"
        );
    }
}
