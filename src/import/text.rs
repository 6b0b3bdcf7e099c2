//! Decodes bytes as text. What is not UTF-8 is decoded in the encoding of its byte order mark, or in the given one;
//! none is guessed.

use std::borrow::Cow;

pub use encoding_rs::Encoding;
use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE};

use crate::fault::ImportFault;
use crate::yaml::likely_encoding;

use super::draft::{ImportOptions, Input};

/// Names of encodings that the standard does not have.
const NAMES: [(&str, &str); 3] = [("cp949", "euc-kr"), ("ms949", "euc-kr"), ("utf16", "utf-16le")];

/// Returns the text of an input.
///
/// # Errors
/// It is not in that encoding.
pub(super) fn text_of<'i>(
    input: &'i Input,
    answers: &ImportOptions,
) -> Result<Cow<'i, str>, ImportFault> {
    decoded(&input.name, &input.bytes, answers)
}

/// Decodes bytes without their byte order mark, with normalized line ends ([`in_lines`]).
///
/// # Errors
/// They are not in that encoding.
pub(super) fn decoded<'b>(
    name: &str,
    bytes: &'b [u8],
    answers: &ImportOptions,
) -> Result<Cow<'b, str>, ImportFault> {
    let (encoding, mark) =
        Encoding::for_bom(bytes).unwrap_or((answers.encoding.unwrap_or(UTF_8), 0));
    let bytes = &bytes[mark..];
    let said = answers.encoding.is_some();
    let not_text = |byte| {
        let encoding = if said { None } else { likely_encoding(bytes) };
        ImportFault::NotText { name: name.to_owned(), byte, encoding }
    };
    if encoding == UTF_8 {
        let text =
            std::str::from_utf8(bytes).map_err(|fault| not_text(mark + fault.valid_up_to()))?;
        return match memchr::memchr(0, bytes) {
            Some(byte) => Err(not_text(mark + byte)),
            None => Ok(in_lines(Cow::Borrowed(text))),
        };
    }
    let wide = encoding == UTF_16LE || encoding == UTF_16BE;
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
    match text {
        Some(text) if !text.contains('\0') && (!wide || bytes.len().is_multiple_of(2)) => {
            Ok(in_lines(text))
        }
        _ => Err(not_text(mark)),
    }
}

/// Returns a text with `\n` instead of `\r` as line end if it only has the latter, as on old Macs and in some
/// spreadsheets; positions are unchanged.
pub fn in_lines(text: Cow<'_, str>) -> Cow<'_, str> {
    match has_old_line_ends(text.as_bytes()) {
        true => Cow::Owned(text.replace('\r', "\n")),
        false => text,
    }
}

/// Returns the same for bytes that may not be UTF-8.
pub(super) fn bytes_in_lines(bytes: &[u8]) -> Cow<'_, [u8]> {
    if !has_old_line_ends(bytes) {
        return Cow::Borrowed(bytes);
    }
    let ended = |byte: &u8| if *byte == b'\r' { b'\n' } else { *byte };
    Cow::Owned(bytes.iter().map(ended).collect())
}

/// Whether the lines of a text end with `\r` and none with `\n`.
fn has_old_line_ends(bytes: &[u8]) -> bool {
    memchr::memchr(b'\n', bytes).is_none() && memchr::memchr(b'\r', bytes).is_some()
}

/// Returns the encoding with that name, if there is one.
pub fn encoding(name: &str) -> Option<&'static Encoding> {
    let known = NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
    Encoding::for_label(known.map_or(name, |(_, label)| label).as_bytes())
}
