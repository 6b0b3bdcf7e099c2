//! The text of a mail: which part it is, in which encoding, and how its lines are folded.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use encoding_rs::EUC_KR;
use mailparse::{DispositionType, MailHeaderMap, ParsedMail};

use super::markup::without_tags;
use super::text::{Encoding, encoding};

/// The text of a mail cannot be decoded, since its encoding is not stated.
#[derive(Debug)]
pub(super) struct NoEncoding;

/// What a mail contains besides its text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Beside {
    /// A file, with its name.
    File(String),
    /// More text, such as that added by a mailing list.
    Words(String),
}

/// Returns a mail with its header in UTF-8; the header may be in a given encoding. Encoded words in ISO-2022-KR, which
/// browsers do not support, are also converted.
pub(super) fn with_head<'m>(
    mail: &'m [u8],
    named: Option<&'static Encoding>,
) -> Result<Cow<'m, [u8]>, NoEncoding> {
    let end = end_of_head(mail);
    let (head, rest) = mail.split_at(end);
    let text = match std::str::from_utf8(head) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => {
            let named = named.ok_or(NoEncoding)?;
            named.decode_without_bom_handling_and_without_replacement(head).ok_or(NoEncoding)?
        }
    };
    match with_korean_words(&text) {
        None if matches!(text, Cow::Borrowed(_)) => Ok(Cow::Borrowed(mail)),
        words => {
            let head = words.unwrap_or_else(|| text.into_owned());
            Ok(Cow::Owned([head.as_bytes(), rest].concat()))
        }
    }
}

/// Returns how many encoded words (RFC 2047) may begin in a mail: in its header, or in that of a part.
pub(super) fn encoded_words(mail: &[u8]) -> usize {
    memchr::memmem::find_iter(mail, "=?").count()
}

/// Returns the end of a mail's header, after its first empty line.
fn end_of_head(mail: &[u8]) -> usize {
    let mut end = 0;
    for line in mail.split_inclusive(|b| *b == b'\n') {
        end += line.len();
        if line.trim_ascii().is_empty() {
            break;
        }
    }
    end
}

/// Returns a header with its encoded words in ISO-2022-KR converted to UTF-8; `None` if it has none.
fn with_korean_words(head: &str) -> Option<String> {
    const MARK: &str = "=?iso-2022-kr?";
    let small = head.to_ascii_lowercase();
    let (mut whole, mut from) = (String::new(), 0);
    for (at, _) in small.match_indices(MARK) {
        let start = at + MARK.len();
        let behind = head.get(start + 2..).unwrap_or_default();
        let Some(length) = behind.find("?=") else { break };
        let word = &behind[..length];
        let bytes = match small.get(start..start + 2) {
            Some("b?") => STANDARD.decode(word).ok(),
            _ => Some(word.replace('_', " ").into_bytes()),
        };
        let (Some(bytes), Some(before)) = (bytes, head.get(from..at)) else { continue };
        whole.push_str(before);
        let text = STANDARD.encode(shifted_korean(&bytes));
        whole.push_str(&format!("=?utf-8?B?{text}?="));
        from = start + 2 + length + 2;
    }
    (from > 0).then(|| whole + &head[from..])
}

/// Decodes ISO-2022-KR (RFC 1557): Korean letters are between two control characters, without their eighth bit.
fn shifted_korean(bytes: &[u8]) -> String {
    let mut is_korean = false;
    let mut plain = Vec::with_capacity(bytes.len());
    for byte in bytes {
        match byte {
            0x0e => is_korean = true,
            0x0f => is_korean = false,
            b'\n' | b'\r' | b' ' => plain.push(*byte),
            other => plain.push(if is_korean { other | 0x80 } else { *other }),
        }
    }
    let (text, _) = EUC_KR.decode_without_bom_handling(&plain);
    text.replace("\u{1b}$)C", "")
}

fn is_attached(part: &ParsedMail<'_>) -> bool {
    part.get_content_disposition().disposition == DispositionType::Attachment
}

fn is_kind(part: &ParsedMail<'_>, kind: &str) -> bool {
    part.ctype.mimetype.eq_ignore_ascii_case(kind)
}

/// Returns the text of a mail (its plain text, or else its HTML without tags) and what it contains besides.
///
/// # Errors
/// The encoding of the text is not stated.
pub(super) fn words(
    mail: &ParsedMail<'_>,
    named: Option<&'static Encoding>,
) -> Result<(String, Vec<Beside>), NoEncoding> {
    let (mut own, mut html, mut beside) = (None::<String>, None::<String>, Vec::new());
    for part in mail.parts().filter(|part| part.subparts.is_empty()) {
        let name = name_of(part);
        let is_text = !is_attached(part) && (is_kind(part, "text/plain") || name.is_none());
        if is_text && is_kind(part, "text/plain") {
            let text = unfolded(part, text_of(part, named)?);
            match &own {
                Some(told) if !told.trim().is_empty() => beside.push(Beside::Words(text)),
                _ => own = Some(text),
            }
        } else if is_text && is_kind(part, "text/html") {
            let text = text_of(part, named)?;
            match &html {
                Some(_) => beside.push(Beside::Words(with_quotes(&text))),
                None => html = Some(text),
            }
        } else if !part.ctype.mimetype.ends_with("-signature") {
            let name = name.unwrap_or_else(|| part.ctype.mimetype.clone());
            beside.push(Beside::File(name));
        }
    }
    let own = own.filter(|text| !text.trim().is_empty());
    let own = own.or_else(|| html.map(|html| with_quotes(&html))).unwrap_or_default();
    Ok((own, beside))
}

/// Returns the file name of a part; for a mail within a mail, its subject.
fn name_of(part: &ParsedMail<'_>) -> Option<String> {
    let disposition = part.get_content_disposition();
    let name = disposition.params.get("filename").or_else(|| part.ctype.params.get("name"));
    name.cloned().or_else(|| {
        let inner = part.get_body_raw().ok().filter(|_| is_kind(part, "message/rfc822"))?;
        let (headers, _) = mailparse::parse_headers(&inner).ok()?;
        headers.get_first_value("Subject")
    })
}

/// Decodes the text of a part in its stated encoding, else in UTF-8 or the given one.
fn text_of(part: &ParsedMail<'_>, named: Option<&'static Encoding>) -> Result<String, NoEncoding> {
    let bytes = part.get_body_raw().map_err(|_| NoEncoding)?;
    let label = part.ctype.params.get("charset").map(|it| it.trim().to_ascii_lowercase());
    let label = label.as_deref().filter(|label| !matches!(*label, "us-ascii" | "ascii"));
    if label == Some("iso-2022-kr") {
        return Ok(shifted_korean(&bytes));
    }
    if let Some(own) = label.and_then(encoding) {
        return Ok(own.decode_without_bom_handling(&bytes).0.into_owned());
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text),
        Err(fault) => {
            let named = named.ok_or(NoEncoding)?;
            let text = named.decode_without_bom_handling_and_without_replacement(fault.as_bytes());
            text.map(Cow::into_owned).ok_or(NoEncoding)
        }
    }
}

/// Returns a text with each paragraph in one line, if the part uses flowed lines (RFC 3676).
fn unfolded(part: &ParsedMail<'_>, text: String) -> String {
    let says = |key: &str, value: &str| {
        part.ctype.params.get(key).is_some_and(|it| it.eq_ignore_ascii_case(value))
    };
    if !says("format", "flowed") {
        return text;
    }
    let (mut whole, mut flows) = (String::with_capacity(text.len()), false);
    for line in text.lines() {
        let is_quoted = line.starts_with('>');
        let line = if is_quoted { line } else { line.strip_prefix(' ').unwrap_or(line) };
        if !whole.is_empty() && (!flows || is_quoted) {
            whole.push('\n');
        }
        flows = !is_quoted && line.ends_with(' ') && line != "-- ";
        let is_cut = flows && says("delsp", "yes");
        whole.push_str(if is_cut { &line[..line.len() - 1] } else { line });
    }
    whole
}

/// Returns the text of HTML; lines in quotes begin with `>`, as in plain text.
fn with_quotes(html: &str) -> String {
    let small = html.to_ascii_lowercase();
    let (mut lines, mut from, mut depth) = (Vec::<String>::new(), 0, 0_usize);
    let mut take = |part: &str, depth: usize| {
        let words = without_tags(part);
        let mark = if depth > 0 { "> " } else { "" };
        lines.extend(words.lines().map(|line| format!("{mark}{line}")));
    };
    for (at, _) in small.match_indices("blockquote") {
        let opens = small[..at].ends_with('<');
        let closes = small[..at].ends_with("</");
        if !opens && !closes {
            continue;
        }
        let start = at - if opens { 1 } else { 2 };
        take(&html[from..start], depth);
        depth = if opens { depth + 1 } else { depth.saturating_sub(1) };
        from = start;
    }
    take(&html[from..], depth);
    lines.join("\n")
}
