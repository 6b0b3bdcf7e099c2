//! Private keys of several lines: PEM (RFC 7468), the files of PuTTY, and PEM in Base64, as Kubernetes keeps it.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::words::{Spans, is_plain, near, near_before, run};

/// What surrounds the label of a PEM block.
const DASHES: &str = "-----";
/// The most bytes from the first dashes to the last of a line that begins or ends a block.
const MARK: usize = 80;
/// The least letters in a line of a key; only its last line is shorter.
const LINE: usize = 32;

/// Returns the private keys in a text, whatever their length. A key whose end is missing ends with its last line, and one
/// whose beginning is missing begins with its first.
pub(super) fn key_blocks(text: &str) -> Vec<Spans> {
    static LABEL: LazyLock<Finder> = LazyLock::new(|| Finder::new("PRIVATE KEY"));
    static PUTTY: LazyLock<Finder> = LazyLock::new(|| Finder::new(PUTTY_FILE));
    static ENCODED: LazyLock<Finder> = LazyLock::new(|| Finder::new(ENCODED_DASHES));
    let found = |finder: &'static Finder| finder.find_iter(text.as_bytes());
    let mut keys = Vec::new();
    let mut known = 0;
    for mark in found(&LABEL).filter_map(|at| mark_around(text, at)) {
        let key = match mark.begins {
            true => block(text, mark.place),
            false if mark.place.start < known => None,
            false => block_above(text, mark.place),
        };
        known = key.as_ref().map_or(known, |(span, _)| span.end);
        keys.extend(key);
    }
    keys.extend(found(&PUTTY).map(|at| of_putty(text, at)));
    known = 0;
    for at in found(&ENCODED) {
        let key = if at < known { None } else { encoded(text, at) };
        known = key.as_ref().map_or(known, |(span, _)| span.end);
        keys.extend(key);
    }
    keys
}

/// The line that begins or ends a block.
struct Mark {
    begins: bool,
    place: Range<usize>,
}

/// Returns the mark whose label has `PRIVATE KEY` at that offset.
fn mark_around(text: &str, at: usize) -> Option<Mark> {
    let line = near_before(text, at).rsplit('\n').next()?;
    let start = at - line.len() + line.rfind(DASHES)?;
    let end = at + near(text, at).find(DASHES)? + DASHES.len();
    let said = &text[start + DASHES.len()..end];
    let begins = said.starts_with("BEGIN ");
    let is_mark = (begins || said.starts_with("END ")) && end - start <= MARK;
    (is_mark && !said.contains('\n')).then_some(Mark { begins, place: start..end })
}

/// Returns the block that a mark begins: up to its end, or, if that is missing, to the last line of the key.
fn block(text: &str, Range { start, end: head }: Range<usize>) -> Option<Spans> {
    static NEXT: LazyLock<Finder> = LazyLock::new(|| Finder::new(DASHES));
    let next = NEXT.find(&text.as_bytes()[head..]).map(|length| head + length);
    let foot = next.filter(|next| text[*next..].starts_with("-----END"));
    let Some(foot) = foot else { return Some((start..head, head..lines_end(text, head))) };
    let label = near(text, foot + DASHES.len());
    let close = label.find(DASHES).map_or(0, |length| length + DASHES.len());
    // A block without a key in it is an example, or its key was masked.
    let has_key = text[head..foot].bytes().any(|byte| byte.is_ascii_alphanumeric());
    has_key.then(|| (start..foot + DASHES.len() + close, head..foot))
}

/// Returns the block that a mark ends and whose beginning is missing.
fn block_above(text: &str, mark: Range<usize>) -> Option<Spans> {
    let mut start = mark.start;
    let mut above = text[..mark.start].trim_end_matches([' ', '\t']).strip_suffix('\n')?;
    loop {
        let (rest, line) = above.rsplit_once('\n').unwrap_or(("", above));
        let is_last = start == mark.start;
        if !(is_line(line) || is_last && is_last_line(line)) {
            break;
        }
        start = above.len() - line.trim_start().len();
        if rest.is_empty() {
            break;
        }
        above = rest;
    }
    (start < mark.start).then_some((start..mark.end, start..mark.start))
}

/// Returns where the lines of a key end that begin below an offset, or behind it after `\n` as in JSON.
fn lines_end(text: &str, from: usize) -> usize {
    let body = text[from..].trim_start_matches("\\r").trim_start_matches("\\n");
    let inline = from + text[from..].len() - body.len();
    if inline > from {
        let length = run(text, inline, |byte| is_of_key(byte) || byte == b'\\');
        return if length >= LINE { inline + length } else { from };
    }
    let (mut at, mut end) = (from, from);
    for (number, line) in text[from..].split_inclusive('\n').enumerate() {
        let said = line.trim();
        let is_first = number == 0 && said.is_empty();
        let is_header = end == from && (said.is_empty() || is_header(said));
        at += line.len();
        match () {
            () if is_line(said) => end = at - (line.len() - line.trim_end().len()),
            () if is_first || is_header => {}
            () if end > from && is_last_line(said) => {
                return at - (line.len() - line.trim_end().len());
            }
            () => break,
        }
    }
    end
}

/// Whether a line above the key says how it is encrypted, or which program made it.
fn is_header(line: &str) -> bool {
    ["Proc-Type:", "DEK-Info:", "Version:", "Comment:"].iter().any(|key| line.starts_with(key))
}

fn is_of_key(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"+/=".contains(&byte)
}

/// Whether a line has nothing but letters of a key, and is as long as its lines are.
fn is_line(line: &str) -> bool {
    let line = line.trim();
    line.len() >= LINE && line.bytes().all(is_of_key)
}

/// Whether it may be the last line of a key.
fn is_last_line(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && line.bytes().all(is_of_key) && !is_plain(line)
}

const PUTTY_FILE: &str = "PuTTY-User-Key-File-";
/// More bytes than precede the private lines in a file of PuTTY.
const HEAD: usize = 8 * 1024;

/// Returns a key of PuTTY; its private lines are hidden.
fn of_putty(text: &str, at: usize) -> Spans {
    let head = at + PUTTY_FILE.len();
    let near = &text[head..text.floor_char_boundary(head.saturating_add(HEAD))];
    let near = near.split(PUTTY_FILE).next().unwrap_or("");
    let lines = near.find("Private-Lines:").map(|length| head + length);
    let lines = lines.and_then(|at| Some(at + text[at..].find('\n')?));
    let key = lines.map(|from| from..lines_end(text, from));
    match key {
        Some(key) => (at..key.end, key),
        None => (at..head, head..head),
    }
}

/// The dashes and `BEGIN` before a label, in Base64.
const ENCODED_DASHES: &str = "LS0tLS1CRUdJTi";
/// `PRIVATE KEY` in Base64, as it is written after 0, 1 and 2 other bytes.
const ENCODED_LABEL: [&str; 3] = ["UFJJVkFURSBLRV", "BSSVZBVEUgS0VZ", "QUklWQVRFIEtFW"];

/// Returns the private key that begins at an offset as PEM in Base64, on one line or on several.
fn encoded(text: &str, at: usize) -> Option<Spans> {
    let head = at + ENCODED_DASHES.len();
    let line_end = head + run(text, head, is_of_key);
    let label = &text[head..line_end.min(head + MARK)];
    let is_key = ENCODED_LABEL.iter().any(|mark| label.contains(mark));
    let end = lines_end(text, line_end).max(line_end);
    is_key.then_some((at..end, head..end))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINES: &str = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj\n";

    /// Returns a text with everything that is hidden replaced by `#`.
    fn hidden(text: &str) -> String {
        let mut shown = text.to_owned();
        for (_, hidden) in key_blocks(text).into_iter().rev() {
            shown.replace_range(hidden, "#");
        }
        shown
    }

    #[test]
    fn keys_are_hidden_from_their_first_line_to_their_last() {
        let (begin, end) = ("-----BEGIN RSA PRIVATE KEY-----", "-----END RSA PRIVATE KEY-----");
        let long = LINES.repeat(400);
        let encoded = "LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0tCk1JSUV2UUlCQURBTkJna3Foa2lH";
        for (text, shown) in [
            (format!("a\n{begin}\n{long}Ab3=\n{end}\nb"), format!("a\n{begin}#{end}\nb")),
            (format!("{begin}\\n{LINES}{end}\\n\", b"), format!("{begin}#{end}\\n\", b")),
            // The end is missing.
            (format!("{begin}\n{long}"), format!("{begin}#\n")),
            (format!("  {begin}\n  {LINES}  Ab3=\n  done\n"), format!("  {begin}#\n  done\n")),
            (
                format!("{begin}\nDEK-Info: AES\n\n{LINES}\nI wrote it.\n"),
                format!("{begin}#\n\nI wrote it.\n"),
            ),
            (format!("{begin} is there\nI saw it."), format!("{begin}# is there\nI saw it.")),
            // The beginning is missing.
            (format!("a\n  {LINES}  {LINES}Ab3=\n{end}\nb"), format!("a\n  #{end}\nb")),
            (format!("it ends with\n{end}\nb"), format!("it ends with\n{end}\nb")),
            // There is none.
            (format!("{begin}***{end}"), format!("{begin}***{end}")),
            (format!("{begin}\n...\n{end}"), format!("{begin}\n...\n{end}")),
            (
                format!("PuTTY-User-Key-File-3: x\nPublic-Lines: 1\nAAA\nPrivate-Lines: 2\n{LINES}Ab3=\nPrivate-MAC: a\n"),
                "PuTTY-User-Key-File-3: x\nPublic-Lines: 1\nAAA\nPrivate-Lines: 2#\nPrivate-MAC: a\n".to_owned(),
            ),
            (format!("tls.key: {encoded}\ntype: x"), "tls.key: LS0tLS1CRUdJTi#\ntype: x".to_owned()),
            (
                format!("{encoded}\n{}\nAb3=\nok\n", encoded.replace("LS0", "abc")),
                "LS0tLS1CRUdJTi#\nok\n".to_owned(),
            ),
            (
                "tls.crt: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUM2akNDQWRJ".to_owned(),
                "tls.crt: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUM2akNDQWRJ".to_owned(),
            ),
        ] {
            assert_eq!(hidden(&text), shown, "{text}");
        }
    }
}
