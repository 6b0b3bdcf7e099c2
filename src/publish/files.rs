//! What is published besides a record's texts: files in a page, and the page as a whole.

use super::plain::entity;

/// What a file contains, as far as it can be read.
#[derive(Debug, PartialEq, Eq)]
pub enum Content {
    /// Text.
    Text(String),
    /// A picture, with the text found in it.
    Picture(String),
    /// Packed or in a binary format, with the plain text found in it.
    Unread(String),
}

/// Magic numbers of pictures.
const PICTURES: &[&[u8]] =
    &[b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"RIFF", b"BM"];

/// Returns the readable content of a file.
pub fn read_file(bytes: &[u8]) -> Content {
    let wide = |big: bool| {
        let units = bytes[2..].chunks_exact(2).map(|pair| match big {
            true => u16::from_be_bytes([pair[0], pair[1]]),
            false => u16::from_le_bytes([pair[0], pair[1]]),
        });
        char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
    };
    match bytes {
        [0xff, 0xfe, ..] => return Content::Text(wide(false)),
        [0xfe, 0xff, ..] => return Content::Text(wide(true)),
        _ => {}
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => Content::Text(text.to_owned()),
        _ if PICTURES.iter().any(|start| bytes.starts_with(start)) || is_avif(bytes) => {
            Content::Picture(legible(bytes))
        }
        // Text in another encoding: its ASCII letters are readable.
        _ if !bytes.contains(&0) && bytes.iter().filter(|b| **b < 9).count() == 0 => {
            Content::Text(String::from_utf8_lossy(bytes).into_owned())
        }
        _ => Content::Unread(legible(bytes)),
    }
}

fn is_avif(bytes: &[u8]) -> bool {
    bytes.get(4..8) == Some(b"ftyp")
}

/// Returns the runs of at least eight legible characters, one per line.
fn legible(bytes: &[u8]) -> String {
    let stretches = bytes.split(|b| !(b' '..=b'~').contains(b)).filter(|part| part.len() > 7);
    let lines: Vec<&str> = stretches.filter_map(|part| std::str::from_utf8(part).ok()).collect();
    lines.join("\n")
}

/// Returns a page's text without added markup: escapes of Markdown and HTML, and what protects braces from a site's
/// template language.
pub fn shown_text(page: &str) -> String {
    let page = without_data(page).replace("{% raw %}", "").replace("{% endraw %}", "");
    let mut text = String::with_capacity(page.len());
    let mut rest = page.as_str();
    while let Some(at) = rest.find(['\\', '&']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let escaped =
            rest.strip_prefix('\\').filter(|it| it.starts_with(|c: char| c.is_ascii_punctuation()));
        let sign = match escaped {
            Some(behind) => behind.chars().next().map(|sign| (2, sign)),
            None => entity(rest),
        };
        match sign {
            Some((length, sign)) => {
                text.push(if sign == '\u{a0}' { ' ' } else { sign });
                rest = &rest[length..];
            }
            None => {
                text.push_str(&rest[..1]);
                rest = &rest[1..];
            }
        }
    }
    text + rest
}

/// Removes files embedded in the page: their content is checked separately.
fn without_data(page: &str) -> String {
    let mut parts = page.split(";base64,");
    let mut text = parts.next().unwrap_or("").to_owned();
    for part in parts {
        let end = part.find(|c: char| !(c.is_ascii_alphanumeric() || "+/=".contains(c)));
        text.push_str(&part[end.unwrap_or(part.len())..]);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_read_as_far_as_they_can_be() {
        let wide: Vec<u8> = "\u{feff}key".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dtEXtComment\0a long comment\0\xff\xfe";
        let zip = b"PK\x03\x04\0\0\xffnames.of.files\0\0";
        for (bytes, content) in [
            (&b"a line\n"[..], Content::Text("a line\n".to_owned())),
            (&wide, Content::Text("key".to_owned())),
            (b"caf\xe9 key", Content::Text("caf\u{fffd} key".to_owned())),
            (png, Content::Picture("tEXtComment\na long comment".to_owned())),
            (zip, Content::Unread("names.of.files".to_owned())),
        ] {
            assert_eq!(read_file(bytes), content);
        }
    }

    #[test]
    fn a_page_is_read_without_its_escapes() {
        let page = "a\\_b &lt;c&gt; &#95;&#x5f; {% raw %}{{{% endraw %} \\d & e; f\\\\";
        assert_eq!(shown_text(page), "a_b <c> __ {{ \\d & e; f\\");
    }
}
