//! The text of HTML.

use crate::markdown::tag_end;

/// Elements whose content is not text.
const SILENT: [&str; 3] = ["style", "script", "head"];
/// Elements that end a line.
const LINES: [&str; 8] = ["br", "p", "div", "li", "tr", "h1", "h2", "blockquote"];

/// Returns the text of HTML: without tags, with line ends where elements end.
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
    without_entities((plain + rest).trim())
}

/// Named characters of HTML, as far as mails and annotations use them.
const ENTITIES: [(&str, &str); 26] = [
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", " "),
    ("ensp", " "),
    ("emsp", " "),
    ("zwnj", ""),
    ("shy", ""),
    ("ndash", "–"),
    ("mdash", "—"),
    ("hellip", "…"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("laquo", "«"),
    ("raquo", "»"),
    ("bull", "•"),
    ("middot", "·"),
    ("rarr", "→"),
    ("larr", "←"),
    ("times", "×"),
    ("deg", "°"),
    ("euro", "€"),
];

/// Returns a text with HTML entities decoded, each once: `&#8217;`, `&mdash;`.
fn without_entities(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('&') {
        plain.push_str(before);
        let end = behind.bytes().take(10).position(|byte| byte == b';');
        let name = end.and_then(|end| behind.get(..end));
        let sign = name.and_then(sign_of);
        plain.push_str(sign.as_deref().unwrap_or("&"));
        let skipped = name.filter(|_| sign.is_some()).map_or(0, |name| name.len() + 1);
        rest = &behind[skipped..];
    }
    plain + rest
}

fn sign_of(name: &str) -> Option<String> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16).ok()?,
            None => number.parse().ok()?,
        };
        // A non-breaking space becomes a space.
        let sign = char::from_u32(code).filter(|sign| !sign.is_control() || *sign == '\n')?;
        return Some(if sign == '\u{a0}' { " ".to_owned() } else { sign.to_string() });
    }
    ENTITIES.iter().find(|(known, _)| *known == name).map(|(_, sign)| (*sign).to_owned())
}
