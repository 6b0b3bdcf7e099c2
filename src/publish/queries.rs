//! What lets anybody with a URL in: signatures and tokens among its parameters.

use super::named::stands_for_one;
use super::words::{CAPITAL, DIGIT, SMALL, Spans, Word, kinds};

/// Parameters that sign a URL, in lower case, from the documentation of AWS (Signature Version 2 and 4, CloudFront),
/// Google Cloud, Azure (shared access signatures), Alibaba, Tencent and Akamai; and tokens.
const NAMES: &[&str] = &[
    "x-amz-signature",
    "x-amz-credential",
    "x-amz-security-token",
    "awsaccesskeyid",
    "x-goog-signature",
    "x-goog-credential",
    "googleaccessid",
    "signature",
    "sig",
    "key-pair-id",
    "policy",
    "ossaccesskeyid",
    "x-oss-signature",
    "x-oss-credential",
    "x-tos-signature",
    "q-signature",
    "hdnts",
    "hdnea",
    "token",
    "access_token",
    "id_token",
    "refresh_token",
    "auth_token",
    "auth",
    "jwt",
];

/// Returns the signatures and tokens among the parameters of a URL in a word.
pub(super) fn in_query(word: &Word) -> Vec<Spans> {
    let says = word.says();
    let Some(query) = says.find('?') else { return Vec::new() };
    let mut at = word.start + query + 1;
    let mut found = Vec::new();
    for part in says[query + 1..].split(['&', ';', '#']) {
        // HTML and Markdown write `&amp;`.
        let open = part.len() - part.strip_prefix("amp;").unwrap_or(part).len();
        let (start, end) = (at + open, at + part.len());
        at = end + 1;
        let Some((name, value)) = word.text[start..end].split_once('=') else { continue };
        let ends = |c: char| "\"'`<>()[]{}|,".contains(c);
        let value = value.split(ends).next().unwrap_or("").trim_end_matches(['.', ':', '!']);
        let is_name = NAMES.iter().any(|known| known.eq_ignore_ascii_case(name));
        if is_name && is_made(value) {
            let from = start + name.len() + 1;
            found.push((start..from + value.len(), from..from + value.len()));
        }
    }
    found
}

/// Whether a machine may have made a value: letters and digits, and no mask.
fn is_made(value: &str) -> bool {
    let kinds = kinds(value);
    value.len() >= 8
        && kinds & DIGIT != 0
        && kinds & (SMALL | CAPITAL) != 0
        && !stands_for_one(value)
}

#[cfg(test)]
mod tests {
    use super::super::words::words;
    use super::*;

    #[test]
    fn what_signs_a_url_is_found() {
        for (text, wanted) in [
            (
                "https://b.example/x?X-Amz-Date=20240907T1000Z&X-Amz-Signature=abc123456789",
                &["X-Amz-Signature=abc123456789"][..],
            ),
            ("(https://b.example/x?a=1&amp;sig=abcDEF123%2Bdef%3D).", &["sig=abcDEF123%2Bdef%3D"]),
            (
                "<b.example/?AWSAccessKeyId=AKIA1234&Signature=vjby3%3D12>",
                &["AWSAccessKeyId=AKIA1234", "Signature=vjby3%3D12"],
            ),
            ("https://b.example/?sig=***&token=<token1>&policy=standard&q=abcdef12", &[]),
            ("sig=abcDEF123 is no address", &[]),
        ] {
            let found: Vec<&str> =
                words(text).flat_map(|word| in_query(&word)).map(|(at, _)| &text[at]).collect();
            assert_eq!(found, wanted, "{text}");
        }
    }
}
