//! Bytes that are not text.

use crate::yaml::{Encoding, likely_encoding};

/// Bytes that are not UTF-8 text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotUtf8 {
    /// The line of the first such byte, from 1.
    pub line: usize,
    /// Its number in that line, from 1.
    pub byte: usize,
    /// Its value.
    pub value: u8,
    /// What all of them probably are.
    pub encoding: Option<Encoding>,
}

impl NotUtf8 {
    /// Returns where bytes are not UTF-8; `None` if all of them are.
    pub fn of(bytes: &[u8]) -> Option<NotUtf8> {
        let at = std::str::from_utf8(bytes).err()?.valid_up_to();
        let (before, value) = (&bytes[..at], *bytes.get(at)?);
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let begin = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        Some(NotUtf8 { line, byte: at - begin + 1, value, encoding: likely_encoding(bytes) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_byte_that_is_no_text_is_named() {
        let of = |bytes: &[u8]| NotUtf8::of(bytes).map(|it| (it.line, it.byte, it.value));
        assert_eq!(of(b"caf\xe9"), Some((1, 4, 0xe9)));
        assert_eq!(of("한\n카페\nx ".as_bytes()), None);
        assert_eq!(of(b"a\n\xed\x95\x9c\xff"), Some((2, 4, 0xff)));
    }
}
