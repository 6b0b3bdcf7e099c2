//! Whether two steps say the same, in words that are known to mean the same in one language or two.

use crate::lang::{Term, TermKind, names_all, terms};

/// Whether two texts of steps say the same: each names all that is done in the other, and what it is done to. What one adds is at
/// most a further act, such as the review that something is submitted for. A single word says too little.
pub(super) fn says_the_same(one: &str, other: &str) -> bool {
    let (ours, theirs) = (terms(one), terms(other));
    let denies = |terms: &[Term]| terms.iter().any(|term| term.negates || term.doubt);
    if one == other || denies(&ours) != denies(&theirs) {
        return one == other;
    }
    is_said_in((&ours, one), (&theirs, other)) || is_said_in((&theirs, other), (&ours, one))
}

/// Whether a text says all that another one says, and names no other thing.
fn is_said_in((short, text): (&[Term], &str), (long, whole): (&[Term], &str)) -> bool {
    let names_none = |term: &&Term| {
        term.kind == TermKind::Thing && !names_all(std::slice::from_ref(*term), text)
    };
    short.len() > 1 && names_all(short, whole) && long.iter().find(names_none).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_say_the_same_in_other_words_or_another_language() {
        for (one, other, same) in [
            ("Submit to App Store", "앱스토어에 심사 제출", true),
            ("Submit to App Store", "앱스토어 제출", true),
            ("Submit to App Store", "Submit to Play Store", false),
            ("Submit to App Store", "No submission to the App Store", false),
            ("Deploy the app", "Deploy the app to staging", false),
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
