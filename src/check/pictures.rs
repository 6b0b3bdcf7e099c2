//! Pictures that an author's Markdown shows.

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd};

/// A picture in a text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Picture {
    /// Its address, as it is written.
    pub address: String,
    /// What it says that it shows.
    pub alt: String,
}

impl Picture {
    /// Returns its name, if it is a file of the record's own: one with a path or a scheme lies
    /// elsewhere, and one without an ending is no picture.
    pub fn file(&self) -> Option<&str> {
        let elsewhere = self.address.contains(['/', ':', '\\', '#', '?']);
        let ending = self.address.rsplit_once('.').is_some_and(|(name, _)| !name.is_empty());
        (ending && !elsewhere).then_some(&self.address)
    }

    /// Whether that file is one of these, by its name as it is or as addresses spell it (`%20`).
    pub fn is_one_of<'n>(&self, names: impl IntoIterator<Item = &'n str>) -> bool {
        let spelled = unspelled(&self.address);
        names.into_iter().any(|name| name == self.address || Some(name) == spelled.as_deref())
    }
}

/// Returns the pictures of a text, code left out.
pub fn pictures(markdown: &str) -> Vec<Picture> {
    if !markdown.contains("![") && !markdown.contains("<img") {
        return Vec::new();
    }
    let (mut found, mut open): (Vec<Picture>, Option<Picture>) = (Vec::new(), None);
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        match (event, &mut open) {
            (Event::Start(Tag::Image { dest_url, .. }), _) => {
                open = Some(Picture { address: dest_url.into_string(), alt: String::new() });
            }
            (Event::End(TagEnd::Image), _) => found.extend(open.take()),
            (Event::Text(text) | Event::Code(text), Some(picture)) => picture.alt.push_str(&text),
            (Event::Html(html) | Event::InlineHtml(html), _) => found.extend(tags(&html)),
            _ => {}
        }
    }
    found
}

fn tags(html: &CowStr) -> Vec<Picture> {
    let attribute = |tag: &str, name: &str| {
        let value = tag.split(&format!("{name}=")).nth(1)?;
        let quote = value.chars().next().filter(|c| ['"', '\''].contains(c))?;
        value[1..].split(quote).next().map(str::to_owned)
    };
    let tags = html.split("<img").skip(1).filter_map(|rest| rest.split('>').next());
    let picture = |tag: &str| {
        let alt = attribute(tag, "alt").unwrap_or_default();
        Some(Picture { address: attribute(tag, "src")?, alt })
    };
    tags.filter_map(picture).collect()
}

/// Returns an address with what is spelled in per cent read (RFC 3986), if that is a text.
fn unspelled(address: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = address;
    while let Some((before, after)) = rest.split_once('%') {
        bytes.extend(before.bytes());
        bytes.push(u8::from_str_radix(after.get(..2)?, 16).ok()?);
        rest = &after[2..];
    }
    bytes.extend(rest.bytes());
    String::from_utf8(bytes).ok()
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
            ("plain", ""),
        ] {
            let found = pictures(text);
            let told: Vec<String> =
                found.iter().map(|found| format!("{}={}", found.address, found.alt)).collect();
            assert_eq!(told.join(", "), expected, "{text}");
        }
    }

    #[test]
    fn files_of_the_record_by_their_names() {
        let picture = |address: &str| Picture { address: address.to_owned(), alt: String::new() };
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
