//! What a text of HTML says.

use crate::markdown::tag_end;

use super::chat;

/// Elements whose insides are nobody's words.
const SILENT: [&str; 3] = ["style", "script", "head"];
/// Elements that end a line.
const LINES: [&str; 8] = ["br", "p", "div", "li", "tr", "h1", "h2", "blockquote"];

/// Returns the words of a text of HTML: without tags, with line ends where elements end.
pub(super) fn without_tags(html: &str) -> String {
    let mut plain = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let is_tag =
            rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!');
        if !is_tag {
            plain.push('<');
            rest = &rest[1..];
            continue;
        }
        let end = (tag_end(rest) + 1).min(rest.len());
        let name = rest[1..end].trim_start_matches('/');
        let name: String = name.chars().take_while(char::is_ascii_alphanumeric).collect();
        let name = name.to_ascii_lowercase();
        if LINES.contains(&name.as_str()) && !plain.ends_with('\n') {
            plain.push('\n');
        }
        let is_silent = SILENT.contains(&name.as_str()) && !rest.starts_with("</");
        rest = &rest[end..];
        if is_silent {
            let close = format!("</{name}");
            let found = rest.char_indices().find(|(at, _)| {
                rest.get(*at..at + close.len()).is_some_and(|it| it.eq_ignore_ascii_case(&close))
            });
            rest = found.map_or("", |(at, _)| &rest[at..]);
        }
    }
    let plain = (plain + rest).replace("&nbsp;", " ").replace("&quot;", "\"").replace("&#39;", "'");
    chat::unescaped(plain.trim())
}
