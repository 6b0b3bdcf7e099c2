//! Texts that look as if they should not go out: secrets, hosts of an internal network, e-mail
//! addresses. A guess by shape, for people to judge; nothing is changed.

use std::sync::LazyLock;

use regex_lite::Regex;

use crate::fault::LeakKind;
use crate::lang::text_words;
use crate::model::{Incident, Text};

/// Something found in a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leak {
    /// Where: `events 3 detail`.
    pub place: String,
    /// What it looks like.
    pub kind: LeakKind,
    /// The text found, its middle hidden if it is a secret.
    pub excerpt: String,
    /// The text as it stands, to find its place; not to be printed.
    pub found: String,
}

/// A pattern, and texts in small letters of which one stands in whatever it matches: a look for them
/// costs less than the pattern.
type Shape = (&'static str, &'static str);

/// Shapes of secrets that providers document, and `password = …` and its like in code.
const SECRETS: &[Shape] = &[
    ("-----begin", r"-----BEGIN [A-Z ]*PRIVATE KEY(?: BLOCK)?-----"),
    ("akia asia", r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    ("gh", r"\bgh[pousr]_[A-Za-z0-9]{30,}\b"),
    ("github_pat_", r"\bgithub_pat_[A-Za-z0-9_]{30,}\b"),
    ("glpat-", r"\bglpat-[A-Za-z0-9_-]{16,}"),
    ("xox", r"\bxox[abeprs]-[A-Za-z0-9-]{10,}"),
    ("hooks.slack.com", r"hooks\.slack\.com/services/[A-Za-z0-9/]{10,}"),
    ("webhooks/", r"discord(?:app)?\.com/api/webhooks/[0-9]+/[A-Za-z0-9_-]{10,}"),
    ("aiza", r"\bAIza[0-9A-Za-z_-]{35}"),
    ("_live _test", r"\b[rs]k_(?:live|test)_[0-9A-Za-z]{16,}"),
    ("sk-", r"\bsk-(?:proj-|ant-)?[A-Za-z0-9_-]{20,}"),
    ("npm_ hf_", r"\b(?:npm|hf)_[A-Za-z0-9]{20,}"),
    ("pypi-", r"\bpypi-[A-Za-z0-9_-]{20,}"),
    ("dop_v1_", r"\bdop_v1_[a-f0-9]{20,}"),
    ("sg.", r"\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}"),
    ("age-secret-key", r"\bAGE-SECRET-KEY-1[A-Z0-9]{20,}"),
    ("eyj", r"\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{4,}"),
    (
        "password passwd secret token key",
        r#"(?i)[a-z0-9_-]*(?:password|passwd|secret|token|api[_-]?key|access[_-]?key|accountkey)["']?\s*[:=]\s*["']?[^\s,;"'}]{6,}"#,
    ),
    ("--password --token --secret", r"(?i)--(?:password|token|secret)[ =][^\s]{4,}"),
    ("authorization", r"(?i)\bauthorization:\s*(?:bearer|basic)\s+[^\s]{8,}"),
    ("://", r"\b[a-z][a-z0-9+.-]*://[^\s/:@]*:[^\s/:@]{3,}@"),
];

const HOSTS: &[Shape] = &[
    (
        ".internal .intranet .local .lan .corp .home.arpa .svc",
        r"(?i)\b(?:[a-z0-9-]+\.)+(?:internal|intranet|local|lan|corp|localdomain|home\.arpa|svc)\b",
    ),
    ("10.", r"\b10\.\d{1,3}\.\d{1,3}\.\d{1,3}\b"),
    ("192.168.", r"\b192\.168\.\d{1,3}\.\d{1,3}\b"),
    ("172.", r"\b172\.(?:1[6-9]|2\d|3[01])\.\d{1,3}\.\d{1,3}\b"),
    ("169.254.", r"\b169\.254\.\d{1,3}\.\d{1,3}\b"),
    ("100.", r"\b100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.\d{1,3}\.\d{1,3}\b"),
    ("fd fe80", r"(?i)\b(?:fd[0-9a-f]{2}|fe80):[0-9a-f:]+"),
    ("ip-", r"\bip-(?:10|172|192)-\d{1,3}-\d{1,3}(?:-\d{1,3})?\b"),
    // A host of one name is known inside only.
    ("://", r"(?i)\bhttps?://[a-z][a-z0-9-]*(?::\d+)?/"),
];

const EMAILS: &[Shape] = &[("@", r"[A-Za-z0-9._%+-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}\b")];

/// Telephone numbers of people: Korean ones, and any that begin with a country's code.
const PHONES: &[Shape] = &[
    ("01", r"\b01[016789][-. ]?\d{3,4}[-. ]?\d{4}\b"),
    ("0", r"\b0(?:2|[3-6]\d|70)-\d{3,4}-\d{4}\b"),
    ("+", r"\+\d{1,3}[-. ]\(?\d{1,4}\)?(?:[-. ]\d{2,4}){2,3}\b"),
    ("+", r"\+82\d{9,10}\b"),
];

/// Resident registration numbers of Korea: a birthday and seven digits.
const PERSONAL: &[Shape] =
    &[("-", r"\b\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])-[1-8]\d{6}\b")];

/// What has the shape and is none: masks and variables, words of a sentence, versions, file names.
fn is_harmless(kind: LeakKind, text: &str, hit: &regex_lite::Match) -> bool {
    let (before, found, after) = (&text[..hit.start()], hit.as_str(), &text[hit.end()..]);
    match kind {
        LeakKind::Secret => is_no_secret(found),
        LeakKind::InternalHost => {
            let tail: String = before.chars().rev().take(12).collect::<String>().to_lowercase();
            let said: String = tail.chars().rev().collect();
            let systems = ["ios ", "android ", "macos "];
            let versions = text_words().flat_map(|words| words.version_before);
            let range =
                after.starts_with('/') && after[1..].starts_with(|c: char| c.is_ascii_digit());
            let longer = after.starts_with('.') && after[1..].starts_with(char::is_alphanumeric);
            let package = ["com.", "org.", "net.", "java.", "io."];
            let file = ["env.local", "settings.local", "config.local"];
            let found = found.to_lowercase();
            versions.chain(&systems).any(|word| said.ends_with(word))
                || range
                || longer
                || file.contains(&found.as_str())
                || package.iter().any(|start| found.starts_with(start))
                || found.contains("//localhost")
        }
        LeakKind::Email => {
            let domain = found.rsplit('@').next().unwrap_or("");
            let picture = domain.chars().next().is_some_and(|c| c.is_ascii_digit());
            picture || found.starts_with("git@")
        }
        // A number goes on where it is part of a longer one.
        LeakKind::Phone | LeakKind::PersonalNumber => {
            before.ends_with(['-', '.', '/', '_']) || after.starts_with(['-', '/', '_'])
        }
    }
}

/// A value that is a mask, a variable, or a plain word is no secret.
fn is_no_secret(found: &str) -> bool {
    let url = found.contains("://");
    let named = found.contains(['=', ':']) || found.starts_with("--");
    let assigned = found.find(['=', ':', ' ']).filter(|_| named && !url);
    let assigned = assigned.filter(|_| !found.starts_with("-----"));
    let Some(at) = assigned else { return found.contains("***") || found.contains("xxxx") };
    let value = found[at + 1..].trim_start_matches(['=', ':', ' ', '"', '\'']);
    let masked = value.starts_with(['$', '<', '[', '{', '*', '/'])
        || value.contains("***")
        || value.to_lowercase().contains("redacted")
        || value.to_lowercase().contains("xxxx");
    let digits = value.bytes().any(|b| b.is_ascii_digit());
    let short_name = value.len() <= 8
        && value.contains('-')
        && value.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-');
    let header = found.to_lowercase().starts_with("authorization");
    masked || short_name || (!header && !digits)
}

struct Shapes {
    kind: LeakKind,
    shapes: Vec<(Vec<String>, Regex)>,
}

static SHAPES: LazyLock<Vec<Shapes>> = LazyLock::new(|| {
    let of = |kind, shapes: &[Shape]| {
        // Each is tried by a test below.
        let shape = |(needles, shape): &Shape| {
            Some((needles.split(' ').map(str::to_owned).collect(), Regex::new(shape).ok()?))
        };
        Shapes { kind, shapes: shapes.iter().filter_map(shape).collect() }
    };
    let mut all = vec![
        of(LeakKind::Secret, SECRETS),
        of(LeakKind::InternalHost, HOSTS),
        of(LeakKind::Email, EMAILS),
        of(LeakKind::Phone, PHONES),
        of(LeakKind::PersonalNumber, PERSONAL),
    ];
    all[0].shapes.extend(named_secret());
    all
});

/// A secret behind its name in words.
fn named_secret() -> Option<(Vec<String>, Regex)> {
    let names: Vec<&str> = text_words().flat_map(|words| words.secrets).copied().collect();
    let shape = Regex::new(&format!(r"(?:{})\s*[:=]\s*[^\s,;]{{4,}}", names.join("|"))).ok()?;
    Some((names.into_iter().map(str::to_owned).collect(), shape))
}

/// Everything in the record's texts that looks as if it should not go out, in the record's order.
pub fn leaks(incident: &Incident) -> Vec<Leak> {
    let mut found = Vec::new();
    for Text { place, text, .. } in incident.texts() {
        let lower = text.to_ascii_lowercase();
        for shapes in SHAPES.iter().filter(|shapes| may_hold(text, shapes.kind)) {
            let may_match = |(needles, _): &&(Vec<String>, Regex)| {
                needles.iter().any(|needle| lower.contains(needle.as_str()))
            };
            for (_, shape) in shapes.shapes.iter().filter(may_match) {
                let hits = shape.find_iter(text).filter(|hit| {
                    !is_example(hit.as_str()) && !is_harmless(shapes.kind, text, hit)
                });
                for hit in hits {
                    let leak = Leak {
                        place: place.to_string(),
                        kind: shapes.kind,
                        excerpt: excerpt(shapes.kind, hit.as_str()),
                        found: hit.as_str().to_owned(),
                    };
                    if !found.contains(&leak) {
                        found.push(leak);
                    }
                }
            }
        }
    }
    found
}

/// A look at the bytes, since a pattern costs more than most texts are worth.
fn may_hold(text: &str, kind: LeakKind) -> bool {
    let bytes = text.as_bytes();
    match kind {
        LeakKind::Secret => bytes.len() > 8,
        LeakKind::InternalHost => bytes.iter().any(|b| b".:-".contains(b)),
        LeakKind::Email => bytes.contains(&b'@'),
        LeakKind::Phone | LeakKind::PersonalNumber => {
            bytes.iter().filter(|b| b.is_ascii_digit()).count() > 8
        }
    }
}

/// Names kept for documentation (RFC 2606).
fn is_example(text: &str) -> bool {
    let text = text.to_lowercase();
    ["example.com", "example.org", "example.net", ".example"].iter().any(|end| text.ends_with(end))
}

/// A secret is named without being told.
fn excerpt(kind: LeakKind, text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    if kind == LeakKind::PersonalNumber {
        let head: String = letters.iter().take(2).collect();
        return format!("{head}…({} characters)", letters.len());
    }
    if kind != LeakKind::Secret || letters.len() <= 8 {
        return text.to_owned();
    }
    let head: String = letters.iter().take(6).collect();
    format!("{head}…({} characters)", letters.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Event, Moment};

    #[track_caller]
    fn finds(text: &str, kind: Option<LeakKind>) {
        let at = Moment::parse("2024-09-07T18:08+09:00", None).unwrap();
        let event = Event { detail: Some(text.to_owned()), ..Event::new(at, "x") };
        let incident = Incident { events: vec![event], ..Incident::default() };
        let found = leaks(&incident);
        assert_eq!(found.first().map(|leak| leak.kind), kind, "{text}: {found:?}");
        assert!(found.iter().all(|leak| leak.place == "events 1 detail"));
    }

    #[test]
    fn every_shape_is_a_pattern() {
        let patterns: usize = SHAPES.iter().map(|shapes| shapes.shapes.len()).sum();
        assert_eq!(patterns, {
            let people = EMAILS.len() + PHONES.len() + PERSONAL.len();
            SECRETS.len() + 1 + HOSTS.len() + people
        });
    }

    #[test]
    fn what_looks_like_a_leak() {
        for secret in [
            "-----BEGIN RSA PRIVATE KEY-----",
            "AKIAIOSFODNN7EXAMPLA",
            "token = abcdef123456",
            "DB_PASSWORD: password=hunter2hunter2",
            "비밀번호: 1234abcd",
            "postgres://app:hunter2@db.example.com/x",
            "Authorization: Bearer abcdefghijklmnop",
            "DB_PASSWORD=hunter2",
            "{\"password\":\"hunter2\"}",
            "export AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI7",
            "redis://:hunter2@cache:6379",
            "mysql --password hunter2",
            "npm_abcdefghijklmnopqrstuvwxyz0123",
            "-----BEGIN PGP PRIVATE KEY BLOCK-----",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abcdefgh",
        ] {
            finds(secret, Some(LeakKind::Secret));
        }
        for host in [
            "db1.prod.internal is down",
            "10.0.3.17 answers",
            "192.168.0.1",
            "redis.svc",
            "169.254.169.254",
            "fe80::1",
            "http://grafana:3000/d/x",
        ] {
            finds(host, Some(LeakKind::InternalHost));
        }
        finds("ask kim@company.co.kr", Some(LeakKind::Email));
        for phone in [
            "전화 010-1234-5678",
            "01012345678로",
            "+82 10-1234-5678",
            "02-123-4567",
            "+1 (415) 555-0132",
        ] {
            finds(phone, Some(LeakKind::Phone));
        }
        finds("주민번호 900101-1234567", Some(LeakKind::PersonalNumber));
    }

    #[test]
    fn what_only_looks_like_one() {
        for fine in [
            "the token bucket ran dry",
            "비밀번호를 바꿨다",
            "version 10.0.3",
            "version 10.0.3.17 released",
            "버전 10.2.0.1 배포",
            "password: ********",
            "password=$DB_PASSWORD",
            "token: expired",
            "CSRF token: mismatch between nodes",
            "암호: AES-256",
            "edit .env.local and config.local.yaml",
            "com.sun.internal.Foo",
            "icon@2x.png",
            "git@github.com:acme/app.git",
            "http://localhost:3000/",
            "mail someone@example.com",
            "https://status.example.com/incidents/1",
            "local time is 18:08",
            "order 20240907-1234567",
            "2024-09-07T18:08:30+09:00",
            "trace 4bf92f3577b34da6-0101-1234-5678",
            "991301-1234567",
            "1725700080 to 1725703200",
            "+500 % of 1,234,567 requests",
        ] {
            finds(fine, None);
        }
    }

    #[test]
    fn a_secret_is_not_told_again() {
        assert_eq!(excerpt(LeakKind::Secret, "AKIAIOSFODNN7EXAMPLA"), "AKIAIO…(20 characters)");
        assert_eq!(excerpt(LeakKind::Email, "kim@company.co.kr"), "kim@company.co.kr");
    }
}
