//! An author's Markdown as HTML that does nothing: an allow-list, not a block-list.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use pulldown_cmark::{CowStr, Event, HeadingLevel, Parser, Tag, TagEnd, html};

use crate::markdown::tag_attributes;

use super::escape::{self, safe_url, terminal_lines};
use super::files::Files;
use super::markdown::{apply, options};
use super::pictures::{Attached, Finished, in_html};

/// Returns the text as HTML with headings under `level`. Raw HTML becomes text, except pictures
/// that lie beside the page; links that do more than lead somewhere, and pictures from elsewhere,
/// lose their address: opening the page fetches nothing.
pub(super) fn to_html(markdown: &str, level: usize, files: &Files, attached: &Attached) -> String {
    let text = terminal_lines(markdown);
    let mut finished = Finished::default();
    let text = apply(&text, in_html(&text, files, attached, &mut finished));
    let mut filter = Filter { level, files, unlinked: 0, picture: None };
    let events = Parser::new_ext(&text, options()).filter_map(|event| filter.event(event));
    let mut out = String::new();
    html::push_html(&mut out, events);
    // What is wider than the page can be scrolled by keyboard too.
    let out = out.replace("<pre>", "<pre tabindex=\"0\">");
    finished.put_back(out.replace("<table>", "<table tabindex=\"0\">"))
}

/// Returns a file's bytes as an address that holds them.
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
    /// Open links whose address was dropped.
    unlinked: usize,
    /// A picture whose address was dropped: its text is kept.
    picture: Option<String>,
}

impl Filter<'_> {
    fn event<'e>(&mut self, event: Event<'e>) -> Option<Event<'e>> {
        match event {
            Event::Html(raw) | Event::InlineHtml(raw) => Some(self.raw(&raw)),
            Event::Start(Tag::HtmlBlock) => Some(Event::Start(Tag::Paragraph)),
            Event::End(TagEnd::HtmlBlock) => Some(Event::End(TagEnd::Paragraph)),
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

    /// Returns the address of a picture that lies beside the page.
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

    /// Returns `<img src alt width height>` of a picture beside the page; everything else is text.
    fn raw<'e>(&self, raw: &str) -> Event<'e> {
        let picture = self.picture_tag(raw.trim());
        match picture {
            Some(tag) => Event::Html(tag.into()),
            None => Event::Text(raw.trim_end_matches('\n').to_owned().into()),
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
    }
}
