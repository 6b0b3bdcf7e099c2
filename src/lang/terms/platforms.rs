//! Platforms of apps with their stores, and places where something is brought to.

use std::sync::LazyLock;

use super::{Act, Acts, Term, TermKind, spellings, terms};

/// The names of each platform and of its store; their spellings in other languages are in the lists of words for the same.
const PLATFORMS: [&str; 2] =
    ["iOS, iPhone, Apple, App Store, TestFlight", "Android, Google, Play Store"];

/// Where something is brought to, also where no word such as `to` says so.
const DESTINATIONS: &str = "App Store, Play Store, production";

/// What is handed in to a store, and what joins two parts of it (`업로드 후 심사 요청`). Test versions, texts and pictures go
/// elsewhere, or another time.
const HANDED_IN: &str = "app, build, binary, version, package, bundle, store, ipa, apk, aab, after";

/// What is reviewed only by a store.
const APPS: &str = "app, store";

/// What makes a word for a review a submission to it.
const REQUESTS: &str = "request, 요청, 신청";

/// Where an app goes for trial.
const TRIALS: &str = "TestFlight";

/// What a step hands in to an app store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoreSubmission {
    /// The index of the platform of the store; `None` if the text does not say which.
    pub platform: Option<usize>,
}

impl StoreSubmission {
    /// Returns what a text with these terms says is handed in to a store, in whichever words: `Send the build to Apple`,
    /// `iOS 심사 요청`. `None` if it says something else, more, or names two platforms.
    pub fn of(terms: &[Term]) -> Option<StoreSubmission> {
        let mut platforms: Vec<usize> = terms.iter().filter_map(platform_of).collect();
        platforms.dedup();
        let requests = terms.iter().any(is_request);
        let has_place = !platforms.is_empty();
        let is_app = has_place || terms.iter().any(|term| is_one_of(term, &APP_FORMS));
        let hands_in = |term: &Term| {
            term.acts.has(Act::Submit)
                || is_app && requests && term.acts.has(Act::Review)
                || has_place && is_upload(term)
        };
        let belongs = |term: &Term| match term.kind {
            TermKind::Light | TermKind::Number => !term.negates,
            TermKind::Percent => false,
            TermKind::Act => {
                !term.doubt && (hands_in(term) || term.acts.meets(Acts::of(&BESIDE_SUBMITTING)))
            }
            TermKind::Thing => {
                !is_one_of(term, &TRIAL_FORMS)
                    && (platform_of(term).is_some()
                        || is_one_of(term, &HANDED_IN_FORMS)
                        || is_request(term))
            }
        };
        let is_it = platforms.len() < 2 && terms.iter().any(hands_in) && terms.iter().all(belongs);
        is_it.then(|| StoreSubmission { platform: platforms.first().copied() })
    }

    /// Whether two submissions go to the same store, as far as they say.
    pub fn may_be(self, other: StoreSubmission) -> bool {
        self.platform.is_none() || other.platform.is_none() || self.platform == other.platform
    }
}

/// What may be said beside a submission: that it is for a review, and for a release.
const BESIDE_SUBMITTING: [Act; 2] = [Act::Review, Act::Release];

static HANDED_IN_FORMS: LazyLock<Vec<u64>> = LazyLock::new(|| forms(HANDED_IN));
static APP_FORMS: LazyLock<Vec<u64>> = LazyLock::new(|| forms(APPS));
static REQUEST_FORMS: LazyLock<Vec<u64>> = LazyLock::new(|| forms(REQUESTS));
static TRIAL_FORMS: LazyLock<Vec<u64>> = LazyLock::new(|| forms(TRIALS));

fn is_request(term: &Term) -> bool {
    is_one_of(term, &REQUEST_FORMS)
}

fn is_upload(term: &Term) -> bool {
    term.acts.has(Act::Publish) && term.acts.has(Act::Add)
}

fn is_one_of(term: &Term, forms: &[u64]) -> bool {
    term.forms.iter().any(|form| forms.contains(form))
}

fn forms(names: &str) -> Vec<u64> {
    terms(names).into_iter().flat_map(|term| term.forms).collect()
}

/// Returns which platform a term names, by its index.
pub fn platform_of(term: &Term) -> Option<usize> {
    static FORMS: LazyLock<[Vec<u64>; 2]> = LazyLock::new(|| PLATFORMS.map(forms));
    FORMS.iter().position(|forms| is_one_of(term, forms))
}

/// Returns spellings at least one of which is in every text that names that platform.
pub fn platform_spellings(platform: usize) -> Vec<String> {
    let names = PLATFORMS.get(platform).map(|names| terms(names)).unwrap_or_default();
    names.iter().flat_map(spellings).collect()
}

/// Returns whether a term names a place where something is brought to.
pub fn is_destination(term: &Term) -> bool {
    static FORMS: LazyLock<Vec<u64>> = LazyLock::new(|| forms(DESTINATIONS));
    is_one_of(term, &FORMS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_submission_to_a_store_is_known_in_whichever_words() {
        let list = include_str!("../../../tests/submissions.tsv");
        let mut wrong = Vec::new();
        for line in list.lines().skip(1) {
            let Some((expected, text)) = line.split_once('\t') else { panic!("{line}") };
            let told = match StoreSubmission::of(&terms(text)) {
                None => "no",
                Some(StoreSubmission { platform: None }) => "some",
                Some(StoreSubmission { platform: Some(0) }) => "iOS",
                Some(_) => "Android",
            };
            if told != expected {
                wrong.push(format!("{line} ≠ {told}"));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
