//! Addresses in a text: URLs, paths and file names.

use std::net::Ipv4Addr;
use std::ops::Range;

use super::ports::is_inner_port;

/// Extensions of file names.
const FILES: &[&str] = &[
    "png", "jpg", "jpeg", "gif", "webp", "svg", "avif", "heic", "pdf", "log", "txt", "csv", "tsv",
    "json", "yaml", "yml", "toml", "xml", "html", "htm", "md", "zip", "gz", "tar", "har", "mp4",
    "mov", "sh", "py", "rb", "js", "ts", "go", "rs", "java", "kt", "swift", "conf", "cfg", "ini",
    "env", "sql", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "pem", "key", "dump", "pcap",
];

/// Returns the ranges of addresses in a text, in order.
pub(super) fn addresses(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let ends = |c: char| c.is_whitespace() || "<>\"`'|*".contains(c);
    for (at, chunk) in chunks(text, ends) {
        // The target of a link, after its text: `[text](address)`.
        let from = chunk.find("](").map_or(0, |open| open + 2);
        let address = chunk[from..].trim_start_matches(['(', '[', '{']);
        let start = at + chunk.len() - address.len();
        let address = address.trim_end_matches([')', ']', '}', ',', ';', '.', ':', '!', '?']);
        if from > 0 || leads(address) {
            found.push(start..start + address.len());
        }
    }
    found
}

fn chunks(text: &str, ends: impl Fn(char) -> bool) -> Vec<(usize, &str)> {
    let mut at = 0;
    let mut chunks = Vec::new();
    for chunk in text.split(ends) {
        if !chunk.is_empty() {
            chunks.push((at, chunk));
        }
        at += chunk.len();
        at += text[at..].chars().next().map_or(0, char::len_utf8);
    }
    chunks
}

fn leads(chunk: &str) -> bool {
    let path = ["/", "~/", "./", "../", "~"].iter().any(|start| chunk.starts_with(start));
    let deep = chunk.matches('/').count() > 1 || chunk.contains('\\');
    let known = chunk.contains("://") || chunk.starts_with("www.") || path && chunk.len() > 2;
    known || deep || has_extension(chunk) || has_account(chunk) || has_host(chunk)
}

/// Whether a name ends with the extension of a file, which a particle may follow.
pub(super) fn has_extension(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(name, ending)| {
        let spelled = ascii_word(ending).to_ascii_lowercase();
        !name.is_empty() && FILES.contains(&spelled.as_str())
    })
}

/// Returns the ASCII letters and digits that a text begins with, if it goes on in another script or not at all.
fn ascii_word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(text.len());
    if text[end..].starts_with(|c: char| c.is_ascii()) { "" } else { &text[..end] }
}

/// Whether somebody or something at a host is named: `kim@corp`, `kim@회사.kr`; `@kim` and `Kim@10:45` are none.
fn has_account(chunk: &str) -> bool {
    chunk.match_indices('@').any(|(at, _)| {
        let before = chunk[..at].ends_with(|c: char| c.is_alphanumeric() || "._%+-".contains(c));
        let host = &chunk[at + 1..];
        let end = host.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(host.len());
        let number = host[..end].parse::<Ipv4Addr>().is_ok();
        before && (number || host.starts_with(char::is_alphabetic))
    })
}

/// The top levels of domains that are read without anything that says that they are ones.
const DOMAINS: &[&str] = &[
    "com", "net", "org", "io", "dev", "app", "kr", "jp", "co", "uk", "de", "fr", "eu", "us", "cn",
    "ai", "cloud", "me", "tv", "info", "biz", "internal", "intranet", "local", "lan", "corp",
    "svc", "prod",
];

/// Whether a chunk begins with a host: a domain, or a name with a port.
fn has_host(chunk: &str) -> bool {
    let end = chunk.find(|c: char| !(c.is_alphanumeric() || ".-".contains(c)));
    let (host, behind) = chunk.split_at(end.unwrap_or(chunk.len()));
    let host = host.trim_end_matches('.');
    let domain = host.rsplit_once('.').is_some_and(|(above, last)| {
        let level = ascii_word(last).to_ascii_lowercase();
        !above.is_empty() && DOMAINS.contains(&level.as_str())
    });
    let port = behind.strip_prefix(':').map_or("", ascii_word);
    let number = port.parse::<u32>().ok().filter(|port| (80..=65_535).contains(port));
    let told = host.contains(['-', '.']) || host.ends_with(|c: char| c.is_ascii_digit());
    domain || number.is_some_and(|number| told || is_inner_port(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leads_somewhere() {
        for (text, wanted) in [
            ("see https://wiki.example/~dana, then go", vec!["https://wiki.example/~dana"]),
            ("[Dana](https://x.example/dana)", vec!["https://x.example/dana"]),
            ("![Dana at work](dana.png)", vec!["dana.png"]),
            (
                "in /home/dana/app.log and (crash-dana.log).",
                vec!["/home/dana/app.log", "crash-dana.log"],
            ),
            ("Dana/Kim paged, then left.", vec![]),
            ("Dana. The end", vec![]),
            ("ssh dana@web1 `dana.sh`", vec!["dana@web1", "dana.sh"]),
            (
                "dana@회사.kr로, 김민수@acme.com에 dana.log를",
                vec!["dana@회사.kr로", "김민수@acme.com에", "dana.log를"],
            ),
            ("@dana Dana@10:45 @ Dana's dana.whitfield Dana:12 Dana:", vec![]),
            ("dana@10.0.3.4 github.com/dana", vec!["dana@10.0.3.4", "github.com/dana"]),
            (
                "dana.acme.com으로 dana-db:5432 lee01:9999 dana:5432",
                vec!["dana.acme.com으로", "dana-db:5432", "lee01:9999", "dana:5432"],
            ),
            ("C:\\Users\\dana", vec!["C:\\Users\\dana"]),
        ] {
            let found = addresses(text).into_iter();
            assert_eq!(found.map(|range| &text[range]).collect::<Vec<_>>(), wanted, "{text}");
        }
    }
}
