//! Whether two steps say the same, in words that are known to mean the same in one language or two.

use crate::lang::{
    Act, Acts, StoreSubmission, Term, TermKind, names_all, platform_of, platform_spellings,
    spellings, terms,
};

use super::past::{Called, says_more};
use super::search::Word;

/// Words that match in any language.
#[derive(Debug)]
pub(super) struct Named {
    text: String,
    terms: Vec<Term>,
    /// For each term, spellings at least one of which is in every matching text.
    spelled: Vec<Vec<Word>>,
    store: Option<Store>,
}

/// The store of a platform, to which something is handed in.
#[derive(Debug)]
struct Store {
    platform: usize,
    /// Spellings at least one of which is in every text that names the platform.
    spelled: Vec<Word>,
}

impl Store {
    /// Returns the store that a text is about: it hands something in, or names nothing else.
    fn of(terms: &[Term]) -> Option<Store> {
        let only = |platform: &usize| terms.iter().all(|term| platform_of(term) == Some(*platform));
        let named = || terms.first().and_then(platform_of).filter(only);
        let platform = store_of(terms).or_else(named)?;
        let spelled = platform_spellings(platform).iter().filter_map(|it| Word::new(it)).collect();
        Some(Store { platform, spelled })
    }
}

impl Named {
    /// Returns the words of a text; `None` if it has none, or if they would say less than the text: `전체 출시` is more than a
    /// release, and what denies says nothing by itself.
    pub(super) fn of(text: &str) -> Option<Named> {
        let terms = terms(text);
        if says_more(text, &terms) {
            return None;
        }
        let words = |term: &Term| spellings(term).iter().filter_map(|it| Word::new(it)).collect();
        let spelled = terms.iter().map(words).collect();
        let store = Store::of(&terms);
        (!terms.is_empty()).then(|| Named { text: text.to_owned(), terms, spelled, store })
    }

    /// Returns the text itself.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    fn is_spelled(&self, is_there: impl Fn(&Word) -> bool) -> bool {
        self.spelled.iter().all(|words| words.iter().any(&is_there))
    }

    /// Whether a file's text may match.
    pub(super) fn may_be_in(&self, text: &str) -> bool {
        self.is_spelled(|word| word.may_be_in(text)) || self.may_name_store(text)
    }

    /// Whether a file's text may say as much as two of the words, or hand in the same to a store.
    fn may_share_in(&self, text: &str) -> bool {
        let is_there = |words: &&Vec<Word>| words.iter().any(|word| word.may_be_in(text));
        self.spelled.iter().filter(is_there).nth(1).is_some() || self.may_name_store(text)
    }

    fn may_name_store(&self, text: &str) -> bool {
        let is_there = |store: &Store| store.spelled.iter().any(|word| word.may_be_in(text));
        self.store.as_ref().is_some_and(is_there)
    }

    /// Whether a text has all of them, or hands something in to the store that they name.
    pub(super) fn is_in(&self, text: &str) -> bool {
        let is_store = |store: &Store| store_of(&terms(text)) == Some(store.platform);
        self.is_spelled(|word| word.is_in(text)) && names_all(&self.terms, text)
            || self.store.as_ref().is_some_and(is_store)
    }
}

/// A step that is searched for in other records.
#[derive(Debug)]
pub(super) struct KnownStep<'a> {
    text: String,
    called: Called<'a>,
    /// The words of the text, in any language.
    named: Option<Named>,
}

impl<'a> KnownStep<'a> {
    /// Returns the step with this text and these wordings.
    pub(super) fn of(text: &str, called: Called<'a>) -> KnownStep<'a> {
        KnownStep { text: text.to_owned(), called, named: Named::of(text) }
    }

    /// Returns its text.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Whether a step with that text is the same one, also in other words.
    pub(super) fn is_step(&self, text: &str) -> bool {
        self.called.is_step(text) || says_the_same(&self.text, text)
    }

    /// Whether an event with that text carried it out.
    pub(super) fn is_event(&self, text: &str) -> bool {
        self.called.is_event(text)
    }

    /// Whether a file's text may contain it, also in other words.
    pub(super) fn may_be_in(&self, text: &str) -> bool {
        self.called.may_be_in(text)
            || self.named.as_ref().is_some_and(|named| named.may_share_in(text))
    }
}

/// Whether two texts of steps say the same: each names all that is done in the other, and what it is done to. What one adds is at
/// most the review that something is submitted for. A single word says too little. What is handed in to the
/// store of one platform is the same in whichever words.
pub(super) fn says_the_same(one: &str, other: &str) -> bool {
    let (ours, theirs) = (terms(one), terms(other));
    if is_one_submission(&ours, &theirs) {
        return true;
    }
    let denies = |terms: &[Term]| terms.iter().any(|term| term.negates || term.doubt);
    if one == other || denies(&ours) != denies(&theirs) {
        return one == other;
    }
    is_said_in((&ours, one), (&theirs, other)) || is_said_in((&theirs, other), (&ours, one))
}

/// Whether both are submissions to the store of the same platform.
fn is_one_submission(ours: &[Term], theirs: &[Term]) -> bool {
    store_of(ours).is_some_and(|store| store_of(theirs) == Some(store))
}

/// Returns the platform to whose store a text hands something in.
fn store_of(terms: &[Term]) -> Option<usize> {
    StoreSubmission::of(terms)?.platform
}

/// Whether a text says all that another one says, and nothing else is done, to no other thing.
fn is_said_in((short, text): (&[Term], &str), (long, whole): (&[Term], &str)) -> bool {
    let submits = long.iter().any(|term| term.acts.has(Act::Submit));
    let is_purpose = |term: &Term| submits && term.acts.has(Act::Review);
    let is_said = |term: &Term| names_all(std::slice::from_ref(term), text);
    let may_be_added = |term: &Term| match term.kind {
        TermKind::Light | TermKind::Number | TermKind::Percent => true,
        TermKind::Act => is_purpose(term) || is_said(term),
        TermKind::Thing => is_said(term),
    };
    short.len() > 1
        && names_all(short, whole)
        && long.iter().all(may_be_added)
        && !is_other_order(short, long)
}

/// Whether what is done in one is what it is done to in the other: `Test deploy`, `Deploy test`.
fn is_other_order(one: &[Term], other: &[Term]) -> bool {
    let acts = |terms: &[Term]| -> Vec<Acts> {
        terms.iter().filter(|term| term.kind == TermKind::Act).map(|term| term.acts).collect()
    };
    let (ours, mut theirs) = (acts(one), acts(other));
    let alike = |theirs: &[Acts]| ours.iter().zip(theirs).all(|(one, other)| one.meets(*other));
    let is_in_order = alike(&theirs);
    theirs.reverse();
    ours.len() > 1 && ours.len() == theirs.len() && !is_in_order && alike(&theirs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_would_say_less_than_the_text_are_not_searched_for() {
        for (typed, searched) in [
            ("출시", true),
            ("roll out", true),
            ("the release", true),
            ("hand in", true),
            ("App Store", true),
            ("전체 출시", false),
            ("없는말", false),
        ] {
            assert_eq!(Named::of(typed).is_some(), searched, "{typed}");
        }
    }

    #[test]
    fn the_name_of_a_store_finds_what_is_handed_in_to_it() {
        for (typed, text, expected) in [
            ("app store", "애플에 빌드 제출", true),
            ("apple", "Submit to App Store", true),
            ("App Store submission", "iOS 심사 요청", true),
            ("앱스토어", "Send the build to Apple", true),
            ("app store", "Submit to Play Store", false),
            ("app store", "iOS QA", false),
            ("apple pie", "Submit to App Store", false),
        ] {
            let named = Named::of(typed).unwrap();
            assert_eq!(named.is_in(text), expected, "{typed} in {text}");
            assert!(named.may_be_in(text) || !expected, "{typed} in {text}");
        }
    }

    #[test]
    fn texts_say_the_same_in_other_words_or_another_language() {
        for (one, other, same) in [
            ("Submit to App Store", "앱스토어에 심사 제출", true),
            ("Submit to App Store", "앱스토어 제출", true),
            ("Submit to App Store", "Submit to Play Store", false),
            ("Submit to App Store", "No submission to the App Store", false),
            ("Submit to App Store", "애플에 빌드 제출", true),
            ("앱스토어 제출", "Send the build to Apple", true),
            ("앱스토어 제출", "Send the build to Google", false),
            ("Submit to App Store", "Submit for review", false),
            ("Deploy the app", "Deploy the app to staging", false),
            ("쓰기 잠금", "쓰기 잠금 해제", false),
            ("서버 점검", "Server check announcement", false),
            ("Test deploy", "Deploy test", false),
            ("Deploy", "Deploy the app", false),
            ("앱 배포", "Deploy the app", true),
            ("coffee", "lunch", false),
            ("coffee", "coffee", true),
        ] {
            assert_eq!(says_the_same(one, other), same, "{one} / {other}");
            assert_eq!(says_the_same(other, one), same, "{other} / {one}");
        }
    }
}
