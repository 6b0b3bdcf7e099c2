//! Pictures in an author's Markdown.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use super::tags::tag_end;

/// A picture in a text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Picture {
    /// Its address, as written.
    pub address: String,
    /// Its alt text.
    pub alt: String,
    /// Its width such as `50%`, if given.
    pub width: Option<String>,
    /// Its range in the text, including its width.
    pub place: Range<usize>,
    /// How it is written.
    pub written: PictureForm,
}

/// How a picture is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PictureForm {
    /// `![alt](address)`, optionally followed by `{width=50%}`.
    #[default]
    Markdown,
    /// `![alt][name]`, whose address is defined elsewhere.
    Reference,
    /// `<img src=address width=50%>`, with no other attributes.
    Tag,
    /// `<img>` with other attributes.
    OtherTag,
}

impl Picture {
    /// Returns its file name, if it is a file of the record's own: one with a path or a scheme is elsewhere, and one
    /// without an extension is no picture.
    pub fn file(&self) -> Option<&str> {
        let elsewhere = self.address.contains(['/', ':', '\\', '#', '?']);
        let ending = self.address.rsplit_once('.').is_some_and(|(name, _)| !name.is_empty());
        (ending && !elsewhere).then_some(&self.address)
    }

    /// Whether that file is one of these, by its name as it is or percent-decoded (`%20`).
    pub fn is_one_of<'n>(&self, names: impl IntoIterator<Item = &'n str>) -> bool {
        let spelled = self.percent_decoded();
        names.into_iter().any(|name| name == self.address || Some(name) == spelled.as_deref())
    }

    /// Returns its percent-decoded address (RFC 3986), if that is valid text.
    pub fn percent_decoded(&self) -> Option<String> {
        let mut bytes = Vec::new();
        let mut rest = self.address.as_str();
        while let Some((before, after)) = rest.split_once('%') {
            bytes.extend(before.bytes());
            bytes.push(u8::from_str_radix(after.get(..2)?, 16).ok()?);
            rest = &after[2..];
        }
        bytes.extend(rest.bytes());
        String::from_utf8(bytes).ok()
    }
}

/// Returns the pictures of a text in order, ignoring code.
pub fn pictures(markdown: &str) -> Vec<Picture> {
    if !markdown.contains("![") && !markdown.contains("<img") {
        return Vec::new();
    }
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let (mut found, mut open): (Vec<Picture>, Option<Picture>) = (Vec::new(), None);
    for (event, range) in Parser::new_ext(markdown, options).into_offset_iter() {
        match (event, &mut open) {
            (Event::Start(Tag::Image { link_type, dest_url, .. }), _) => {
                let collapsed = link_type == LinkType::Collapsed;
                // The parser's range may end before the empty brackets.
                let end = match &markdown[range.end..] {
                    rest if collapsed && rest.starts_with("[]") => range.end + 2,
                    _ => range.end,
                };
                let (width, end) = width_behind(markdown, end);
                open = Some(Picture {
                    address: dest_url.into_string(),
                    alt: String::new(),
                    width,
                    place: range.start..end,
                    written: match link_type {
                        LinkType::Inline => PictureForm::Markdown,
                        _ => PictureForm::Reference,
                    },
                });
            }
            (Event::End(TagEnd::Image), _) => found.extend(open.take()),
            (Event::Text(text) | Event::Code(text), Some(picture)) => picture.alt.push_str(&text),
            (Event::InlineHtml(_) | Event::Start(Tag::HtmlBlock), _) => {
                found.extend(tags(markdown, range));
            }
            _ => {}
        }
    }
    found
}

/// Returns the width in `{width=50%}` or kramdown's `{: width="50%"}` after a picture, and where that ends.
fn width_behind(text: &str, end: usize) -> (Option<String>, usize) {
    let inside = text[end..].strip_prefix('{').and_then(|rest| rest.split_once('}'));
    let stated = inside.and_then(|(inside, _)| {
        let attributes = tag_attributes(inside.trim_start_matches(':'))?;
        match attributes.as_slice() {
            [(name, width)] if name == "width" => Some((width.clone(), inside.len() + 2)),
            _ => None,
        }
    });
    stated.map_or((None, end), |(width, length)| (Some(width), end + length))
}

/// Returns the `<img>` tags in a range of raw HTML, except in comments.
fn tags(text: &str, range: Range<usize>) -> Vec<Picture> {
    let html = &text[range.clone()];
    if html.trim_start().starts_with("<!--") {
        return Vec::new();
    }
    let starts = html.match_indices("<img").map(|(at, _)| at);
    starts.filter_map(|at| tag(html, at, range.start)).collect()
}

fn tag(html: &str, at: usize, offset: usize) -> Option<Picture> {
    let inside = html[at..].strip_prefix("<img")?;
    if !inside.starts_with([' ', '\t', '\n', '/']) {
        return None;
    }
    let end = tag_end(&html[at..]) - "<img".len();
    if !inside[end..].starts_with('>') {
        return None;
    }
    let attributes = tag_attributes(inside[..end].trim_end_matches('/'))?;
    let value = |name: &str| {
        let mut values = attributes.iter().filter(|(known, _)| known == name);
        values.next().map(|(_, value)| value.clone())
    };
    let known = |(name, _): &(String, String)| ["src", "alt", "width"].contains(&name.as_str());
    let start = offset + at;
    Some(Picture {
        address: value("src")?,
        alt: value("alt").map(|alt| without_entities(&alt)).unwrap_or_default(),
        width: value("width"),
        place: start..start + "<img".len() + end + 1,
        written: if attributes.iter().all(known) {
            PictureForm::Tag
        } else {
            PictureForm::OtherTag
        },
    })
}

/// Returns an attribute's text with its entities decoded.
fn without_entities(text: &str) -> String {
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    entities.iter().fold(text.to_owned(), |text, (entity, sign)| text.replace(entity, sign))
}

/// Reads `name="value"`, `name='value'` and `name=value` in a tag; `None` if there is anything else.
pub fn tag_attributes(text: &str) -> Option<Vec<(String, String)>> {
    let mut rest = text.trim();
    let mut found = Vec::new();
    while !rest.is_empty() {
        let (name, after) = rest.split_once('=')?;
        let name = name.trim();
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_lowercase()) {
            return None;
        }
        let after = after.trim_start();
        let (value, tail) = match after.chars().next()? {
            quote @ ('"' | '\'') => after[1..].split_once(quote)?,
            _ => after.split_once(char::is_whitespace).unwrap_or((after, "")),
        };
        found.push((name.to_owned(), value.to_owned()));
        rest = tail.trim_start();
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_of_a_text() {
        for (text, expected) in [
            ("![실패율](graph.png) and ![](b.png)", "graph.png=실패율, b.png="),
            ("![a `b`](<my graph.png>)", "my graph.png=a b"),
            ("![a][x]\n\n[x]: c.png", "c.png=a"),
            ("<img src=\"d.png\" alt='d'>", "d.png=d"),
            ("| ![t](e.png) |\n| --- |", "e.png=t"),
            ("`![a](no.png)` [a](f.png)", ""),
            ("```\n![a](no.png)\n```", ""),
            ("<!-- <img src=no.png> -->", ""),
            ("plain", ""),
            ("![a](g.png){width=50%} b", "g.png=a@50%"),
            ("![](g.png){: width=\"320\"}", "g.png=@320"),
            ("![a](g.png){.wide} ![b](h.png){width=5", "g.png=a, h.png=b"),
            ("<img src=i.png width=50%>", "i.png=@50%"),
            ("<div><img alt=\"a > b\" src='j.png'/></div>", "j.png=a > b"),
            ("x <img\nsrc=k.png width=50% />", "k.png=@50%"),
            ("<imgsrc=no.png>", ""),
            ("<img src=l.png alt=\"a &amp;lt; b\">", "l.png=a &lt; b"),
        ] {
            let told: Vec<String> = pictures(text)
                .iter()
                .map(|found| {
                    let width = found.width.as_ref().map(|width| format!("@{width}"));
                    format!("{}={}{}", found.address, found.alt, width.unwrap_or_default())
                })
                .collect();
            assert_eq!(told.join(", "), expected, "{text}");
        }
    }

    #[test]
    fn a_picture_is_where_it_is_written() {
        for (text, place, form) in [
            ("a ![b](c.png){width=50%} d", "![b](c.png){width=50%}", PictureForm::Markdown),
            ("a ![b](c.png){.x}", "![b](c.png)", PictureForm::Markdown),
            ("<p><img src=c.png></p>", "<img src=c.png>", PictureForm::Tag),
            ("<img class=x src=c.png />", "<img class=x src=c.png />", PictureForm::OtherTag),
            ("![b][c]\n\n[c]: c.png", "![b][c]", PictureForm::Reference),
        ] {
            let found = pictures(text);
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!((&text[found[0].place.clone()], found[0].written), (place, form), "{text}");
        }
    }

    #[test]
    fn files_of_the_record_by_their_names() {
        let picture = |address: &str| Picture { address: address.to_owned(), ..Picture::default() };
        for elsewhere in
            ["https://example.org/a.png", "/img/a.png", "data:image/png,x", "#a", "x", ""]
        {
            assert_eq!(picture(elsewhere).file(), None, "{elsewhere}");
        }
        assert_eq!(picture("graph.png").file(), Some("graph.png"));
        assert!(picture("my%20graph.png").is_one_of(["my graph.png"]));
        assert!(picture("100%.png").is_one_of(["100%.png"]));
        assert!(!picture("Graph.png").is_one_of(["graph.png"]));
    }
}
