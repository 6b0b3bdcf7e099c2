//! The name of a record, which is the stem of its file.

use std::fmt;

use unicode_normalization::UnicodeNormalization;

use super::moment::Day;

/// A record's id: letters and digits of any script, `-`, `_` and `.`, in NFC.
///
/// It is a file name on every system: no separators, no leading dot or dash, no trailing dot, no
/// device name, short enough with an ending.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IncidentId(String);

/// Why a text cannot be an id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IdFault {
    /// Nothing, or nothing that could name a file.
    Empty,
    /// A character that breaks on some file system, in some shell or in a link.
    Character(char),
    /// A leading or trailing character that hides a file or looks like an option.
    Edge,
    /// A name that Windows reserves for devices.
    Reserved(String),
    /// A name that merge tools and sync programs give to a copy of a file in conflict.
    Copy(String),
    /// Longer than this many bytes, the most that file systems accept.
    Long(usize),
}

const MAX_BYTES: usize = 200;
const SLUG_CHARS: usize = 60;
const RESERVED: [&str; 4] = ["con", "prn", "aux", "nul"];

impl IncidentId {
    /// Checks a text that is to become a file name.
    pub fn parse(text: &str) -> Result<IncidentId, IdFault> {
        let id: String = text.nfc().collect();
        if id.is_empty() {
            return Err(IdFault::Empty);
        }
        if let Some(bad) = id.chars().find(|c| !allowed(*c)) {
            return Err(IdFault::Character(bad));
        }
        if id.starts_with(['.', '-']) || id.ends_with('.') {
            return Err(IdFault::Edge);
        }
        if is_device(&id) {
            return Err(IdFault::Reserved(id));
        }
        if is_name_of_copy(&id) {
            return Err(IdFault::Copy(id));
        }
        if id.len() > MAX_BYTES {
            return Err(IdFault::Long(MAX_BYTES));
        }
        Ok(IncidentId(id))
    }

    /// Returns an id such as `2024-09-07-왁뮤-3.0-출시`; never empty, never transliterated.
    pub fn from_title(day: Day, title: &str) -> IncidentId {
        let slug = slug(title);
        let slug = if slug.is_empty() { "record" } else { &slug };
        IncidentId(format!("{day}-{slug}"))
    }

    /// Returns the id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether a merge tool or a sync program names a copy of a file in conflict so; `stem` is its name without the ending.
pub fn is_name_of_copy(stem: &str) -> bool {
    let holds_any = |marks: &[&str]| marks.iter().any(|mark| stem.contains(mark));
    let is_merged = || holds_any(&["_BACKUP_", "_LOCAL_", "_REMOTE_", "_BASE_"]);
    // The id of a record about sync conflicts has `sync-conflict` as words.
    let is_synced = || holds_any(&[".sync-conflict-", "conflicted copy"]);
    stem.contains('_') && is_merged() || stem.contains("conflict") && is_synced()
}

impl fmt::Display for IncidentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn allowed(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_' | '.') || is_mark(c)
}

/// Whether NFC leaves this combining mark alone (Devanagari vowels, Thai tones); not emoji selectors.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c) && !('\u{fe00}'..='\u{fe0f}').contains(&c)
}

fn is_device(id: &str) -> bool {
    let stem = id.split('.').next().unwrap_or(id).to_lowercase();
    let numbered = stem.len() == 4
        && (stem.starts_with("com") || stem.starts_with("lpt"))
        && stem.ends_with(|c: char| c.is_ascii_digit());
    numbered || RESERVED.contains(&stem.as_str())
}

/// Returns letters and digits, everything between them as one dash; dots only between letters (`3.0`).
fn slug(title: &str) -> String {
    let mut slug = String::new();
    for c in title.nfc().flat_map(char::to_lowercase) {
        let c = if allowed(c) && c != '_' { c } else { '-' };
        let joint = matches!(c, '-' | '.');
        if joint && (slug.is_empty() || slug.ends_with(['-', '.'])) {
            continue;
        }
        slug.push(c);
        if slug.chars().count() >= SLUG_CHARS {
            break;
        }
    }
    while slug.len() > MAX_BYTES - 40 {
        slug.pop();
    }
    slug.trim_end_matches(['-', '.']).nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn makes(title: &str, id: &str) {
        let day = Day::parse("2024-09-07").unwrap();
        let made = IncidentId::from_title(day, title);
        assert_eq!(made.as_str(), id);
        assert_eq!(IncidentId::parse(made.as_str()), Ok(made));
    }

    #[test]
    fn titles_become_file_names() {
        makes("왁뮤 3.0 출시", "2024-09-07-왁뮤-3.0-출시");
        makes(
            "[회고]왁뮤 3.0 출시 및 장애 대응 기록",
            "2024-09-07-회고-왁뮤-3.0-출시-및-장애-대응-기록",
        );
        makes("Checkout API: 5xx!", "2024-09-07-checkout-api-5xx");
        makes("Sync conflict: app", "2024-09-07-sync-conflict-app");
        makes("\u{110b}\u{116a}\u{11a8}뮤", "2024-09-07-왁뮤");
        makes("😀 !!", "2024-09-07-record");
        makes("../../etc/passwd", "2024-09-07-etc-passwd");
        makes(&"가".repeat(200), &format!("2024-09-07-{}", "가".repeat(53)));
    }

    #[test]
    fn refuses_what_is_no_file_name() {
        for bad in [
            "",
            "../evil",
            "a/b",
            ".hidden",
            "-rf",
            "con",
            "nul.yaml",
            "a:b",
            "a\nb",
            "trail.",
            "a b",
            "*",
            "a_BACKUP_1",
            "x_LOCAL_2",
            "a.sync-conflict-1",
        ] {
            assert!(IncidentId::parse(bad).is_err(), "{bad:?}");
        }
        assert!(IncidentId::parse(&"x".repeat(300)).is_err());
    }
}
