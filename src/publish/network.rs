//! Internal hosts and addresses in a text.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::ops::Range;

use crate::lang::text_words;

use super::hosts::servers_at;
use super::words::{AT, DIGIT, DOT, PARTS, SIGN, SMALL, Word, beginnings, near, run, scheme_end};

/// Suffixes that no public name has: RFC 6762, RFC 8375, and those of Kubernetes, Consul and offices.
const ENDS: &[&str] = &[
    ".internal",
    ".intranet",
    ".intra",
    ".local",
    ".lan",
    ".corp",
    ".localdomain",
    ".home.arpa",
    ".svc",
    ".consul",
    ".rds.amazonaws.com",
    ".cache.amazonaws.com",
    ".internal.cloudapp.net",
];

/// Labels of an internal name, to the left of a public domain.
const INSIDE: &[&str] = &["internal", "intranet", "intra", "corp"];

/// Returns where a word names something on an internal network.
pub(super) fn inside_at(word: &Word) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    if word.has(DOT) {
        found.extend(hosts(word));
        if word.has(DIGIT) {
            found.extend(addresses(word));
        }
    }
    if word.has(PARTS) {
        found.extend(address_6(word));
    }
    // Times have no lower-case letters, and are everywhere.
    if word.has(PARTS) && word.has(SMALL) {
        found.extend(short_host(word));
    }
    if word.has(DIGIT) && word.has(SIGN) && word.has(SMALL) {
        found.extend(named_by_address(word));
    }
    if word.has(AT) || word.has(PARTS) && word.has(DIGIT) {
        found.extend(servers_at(word));
    }
    found
}

fn is_host_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.'
}

/// Returns host names with several labels.
fn hosts<'t>(word: &Word<'t>) -> impl Iterator<Item = Range<usize>> + use<'t> {
    let (bytes, word) = (word.text.as_bytes(), *word);
    let starts = (word.start..word.end).filter(move |at| {
        is_host_byte(bytes[*at]) && (*at == word.start || !is_host_byte(bytes[*at - 1]))
    });
    starts.filter_map(move |at| {
        let length = run(&word.text[..word.end], at, is_host_byte);
        let name = word.text[at..at + length].trim_end_matches(['.', '-']);
        let before = at.checked_sub(1).map(|at| bytes[at]);
        let is_host = is_internal(name) && !matches!(before, Some(b'@' | b'_' | b'$'));
        // A file, a call or a package continues.
        let after = bytes.get(at + name.len());
        (is_host && !matches!(after, Some(b'_' | b'('))).then(|| at..at + name.len())
    })
}

fn is_internal(name: &str) -> bool {
    let package = ["com.", "org.", "net.", "java.", "javax.", "io.", "dev.", "kr.", "jdk.", "sun."];
    let lower = name.to_ascii_lowercase();
    let file = ["env", "settings", "config", "application", "compose", "docker-compose", "git"];
    let parts: Vec<&str> = lower.split('.').collect();
    let class = name
        .split('.')
        .any(|part| part.starts_with(|c: char| c.is_ascii_uppercase()) && part.len() > 1)
        && name.split('.').any(|part| part.starts_with(|c: char| c.is_ascii_lowercase()));
    let empty = parts.iter().any(|part| part.is_empty());
    let last = parts.last().is_some_and(|last| last.bytes().all(|b| b.is_ascii_alphabetic()));
    if parts.len() < 2
        || empty
        || class
        || !last
        || package.iter().any(|start| lower.starts_with(start))
    {
        return false;
    }
    let known = ENDS.iter().any(|end| lower.ends_with(end) && lower.len() > end.len());
    let documents = [
        "yaml",
        "yml",
        "json",
        "conf",
        "cfg",
        "ini",
        "log",
        "txt",
        "md",
        "xml",
        "properties",
        "env",
        "go",
        "rs",
        "ts",
        "js",
        "py",
    ];
    let public = parts.len() >= 3 && !documents.contains(parts.last().unwrap_or(&""));
    let within = public && parts[..parts.len() - 2].iter().any(|part| INSIDE.contains(part));
    (known || within) && !(parts.len() == 2 && file.contains(&parts[0]))
}

/// Returns private addresses and networks (RFC 1918, RFC 3927, RFC 6598).
fn addresses<'t>(word: &Word<'t>) -> impl Iterator<Item = Range<usize>> + use<'t> {
    let word = *word;
    let bytes = word.text.as_bytes();
    beginnings(&word).filter(move |at| bytes[*at].is_ascii_digit()).filter_map(move |at| {
        let is_part = |byte: u8| byte.is_ascii_digit() || byte == b'.';
        let length = run(near(&word.text[..word.end], at), 0, is_part);
        let said = word.text[at..at + length].trim_end_matches('.');
        let address: Ipv4Addr = said.parse().ok()?;
        let [first, second, ..] = address.octets();
        let shared = first == 100 && (64..128).contains(&second);
        let private = address.is_private() || address.is_link_local() || shared;
        let before = at.checked_sub(1).map(|at| bytes[at]);
        let free = !matches!(before, Some(b'.' | b'-' | b'_'));
        let end = at + said.len();
        let after = bytes.get(end).copied().unwrap_or(b' ');
        let goes_on = after.is_ascii_alphabetic() || b"-_".contains(&after);
        (private && free && !goes_on && !is_version(&word.text[..at])).then_some(at..end)
    })
}

/// Whether a number after this text is a version.
fn is_version(before: &str) -> bool {
    let near: String = before.chars().rev().take(12).collect::<String>().to_lowercase();
    let near: String = near.chars().rev().collect();
    let systems = ["ios ", "android ", "macos "];
    let versions = text_words().flat_map(|words| words.version_before);
    versions.chain(&systems).any(|word| near.ends_with(word))
}

/// Returns a private IPv6 address (RFC 4193, RFC 4291).
fn address_6(word: &Word) -> Option<Range<usize>> {
    let is_part = |byte: u8| byte.is_ascii_hexdigit() || byte == b':';
    // They begin with fc, fd or fe.
    let bytes = word.text.as_bytes();
    beginnings(word).filter(|at| bytes[*at] | 0x20 == b'f').find_map(|at| {
        let length = run(near(&word.text[..word.end], at), 0, is_part);
        if length < 4 {
            return None;
        }
        let address: Ipv6Addr = word.text[at..at + length]
            .trim_end_matches(':')
            .parse()
            .ok()
            .or_else(|| word.text[at..at + length].parse().ok())?;
        let first = address.segments()[0];
        let private = first & 0xfe00 == 0xfc00 || first & 0xffc0 == 0xfe80;
        private.then_some(at..at + length)
    })
}

/// Returns a host with a single label in a URL, which is only known internally.
fn short_host(word: &Word) -> Option<Range<usize>> {
    let says = word.says();
    let at = scheme_end(says)
        .filter(|at| says[..at - 3].ends_with("http") || says[..at - 3].ends_with("https"))?;
    let rest = &says[at..];
    let length = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-')?;
    let name = &rest[..length];
    let ends = rest[length..].starts_with(['/', ':']) && !rest[length..].starts_with("://");
    let host = name.starts_with(|c: char| c.is_ascii_alphabetic()) && name != "localhost";
    let begin = word.start + says[..at].rfind("http").unwrap_or(0);
    // A name and a password may precede the host.
    let authority = rest.split('/').next().unwrap_or("");
    (ends && host && !authority.contains('@')).then(|| begin..word.start + at + length)
}

/// Returns a host such as `ip-10-0-3-17`, named by AWS.
fn named_by_address(word: &Word) -> Option<Range<usize>> {
    let is_part = |byte: u8| byte.is_ascii_digit() || byte == b'-';
    let bytes = word.text.as_bytes();
    beginnings(word).filter(|at| bytes[*at] == b'i').find_map(|at| {
        let rest = word.text[at..word.end].strip_prefix("ip-")?;
        let known = ["10-", "172-", "192-"].iter().any(|start| rest.starts_with(start));
        let length = run(near(rest, 0), 0, is_part);
        (known && rest[..length].split('-').count() >= 3).then(|| at..at + 3 + length)
    })
}
