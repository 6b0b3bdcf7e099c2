//! SHA-256 of bytes.

use sha2::{Digest, Sha256};

/// Returns the SHA-256 of bytes, part after part, in hexadecimal as printed by `sha256sum`.
pub fn sha256_of<'b>(parts: impl IntoIterator<Item = &'b [u8]>) -> String {
    let mut hash = Sha256::new();
    parts.into_iter().for_each(|part| hash.update(part));
    digits_of(hash)
}

/// Returns the hexadecimal digits of a finished hash.
pub(super) fn digits_of(hash: Sha256) -> String {
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_add_up_to_what_the_whole_does() {
        let sum = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sha256_of([b"abc".as_slice()]), sum);
        assert_eq!(sha256_of([b"a".as_slice(), b"", b"bc"]), sum);
    }
}
