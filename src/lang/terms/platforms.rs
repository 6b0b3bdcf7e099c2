//! Platforms of apps with their stores, and places where something is brought to.

use std::sync::LazyLock;

use super::{Term, terms};

/// The names of each platform and of its store; their spellings in other languages are in the lists of words for the same.
const PLATFORMS: [&str; 2] =
    ["iOS, iPhone, Apple, App Store, TestFlight", "Android, Google, Play Store"];

/// Where something is brought to, also where no word such as `to` says so.
const DESTINATIONS: &str = "App Store, Play Store, production";

fn forms(names: &str) -> Vec<u64> {
    terms(names).into_iter().flat_map(|term| term.forms).collect()
}

/// Returns which platform a term names, by its index.
pub fn platform_of(term: &Term) -> Option<usize> {
    static FORMS: LazyLock<[Vec<u64>; 2]> = LazyLock::new(|| PLATFORMS.map(forms));
    FORMS.iter().position(|forms| term.forms.iter().any(|form| forms.contains(form)))
}

/// Returns whether a term names a place where something is brought to.
pub fn is_destination(term: &Term) -> bool {
    static FORMS: LazyLock<Vec<u64>> = LazyLock::new(|| forms(DESTINATIONS));
    term.forms.iter().any(|form| FORMS.contains(form))
}
