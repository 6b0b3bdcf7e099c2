//! Finds the known word that a mistyped one was probably meant to be.

/// Returns the candidate nearest to `word`, if it is probably a typo: at most a third of the letters differ (Damerau's
/// four typos: a letter wrong, missing, extra or swapped).
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word: Vec<char> = word.chars().flat_map(char::to_lowercase).take(64).collect();
    let of_word = letters_of(word.iter().copied());
    candidates
        .into_iter()
        .filter(|candidate| {
            // Most words are nothing like it, which a quick check finds: each letter in only one of them is a typo.
            let of_candidate = letters_of(candidate.chars().flat_map(char::to_lowercase));
            let only = |a: u64, b: u64| (a & !b).count_ones() as usize;
            let least = only(of_word, of_candidate).max(only(of_candidate, of_word));
            least * 3 <= candidate.len().max(word.len())
        })
        .filter_map(|candidate| {
            let letters: Vec<char> = candidate.chars().flat_map(char::to_lowercase).collect();
            let longest = letters.len().max(word.len());
            // Each letter of difference in length is a typo.
            let may_be = letters.len().abs_diff(word.len()) * 3 <= longest;
            let slips = may_be.then(|| slips(&word, &letters)).filter(|slips| slips * 3 <= longest);
            Some((slips?, candidate))
        })
        .min_by_key(|(slips, _)| *slips)
        .map(|(_, candidate)| candidate)
}

/// Returns the set of letters as a bit mask; some letters share a bit.
fn letters_of(letters: impl Iterator<Item = char>) -> u64 {
    letters.fold(0, |all, letter| all | 1 << (letter as u32 % 64))
}

/// Returns the candidate that a possibly intended word is most likely a typo of: one slip (two in a long word), or
/// another form of the same word (`detect`, `detection`).
pub fn slip_of<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word: Vec<char> = word.to_lowercase().chars().take(64).collect();
    let slip = |candidate: &&str| {
        let letters: Vec<char> = candidate.to_lowercase().chars().collect();
        let length = word.len().min(letters.len());
        let allowed = match length {
            0..=3 => 0,
            4..=8 => 1,
            _ => 2,
        };
        let same = word.iter().zip(&letters).take_while(|(a, b)| a == b).count();
        let ending = |letters: &[char]| letters.len() - same <= 5;
        // Words of two parts differ in one of them: `impact_end` is not another form of `impact_start`.
        let one = !letters.contains(&'_');
        let form = one && same >= 5 && ending(&word) && ending(&letters);
        form || slips(&word, &letters) <= allowed
    };
    candidates.into_iter().find(slip)
}

/// Whether two texts are probably the same, slightly reworded: at most half of the letters of the longer one differ.
pub fn alike(a: &str, b: &str) -> bool {
    let (a, b) = (letters(a), letters(b));
    slips(&a, &b) * 2 <= a.len().max(b.len())
}

/// Returns how many letters of two texts differ.
pub fn letters_apart(a: &str, b: &str) -> usize {
    slips(&letters(a), &letters(b))
}

/// Returns the letters that are compared of a text: the first 300, in lower case.
fn letters(text: &str) -> Vec<char> {
    text.to_lowercase().chars().take(300).collect()
}

/// Returns the optimal string alignment distance.
fn slips(a: &[char], b: &[char]) -> usize {
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let swap = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = swap.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before_last[j - 2] + 1);
            }
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The quick check rejects nothing that the full comparison would accept.
    #[test]
    fn a_glance_passes_over_nothing_that_is_near() {
        let known = ["detected", "at", "until_precision", "한국어", "Ångström", "text", "a"];
        let letters = ['a', 'x', 'T', '_', '한', 'å', 'e'];
        for candidate in known {
            for place in 0..=candidate.chars().count() {
                for letter in letters {
                    let mut word: Vec<char> = candidate.chars().collect();
                    word.insert(place, letter);
                    for removed in 0..word.len() {
                        let mut other = word.clone();
                        other.remove(removed);
                        for word in [&word, &other] {
                            let plain = |word: &[char]| -> Vec<char> {
                                word.iter().flat_map(|c| c.to_lowercase()).collect()
                            };
                            let (a, b) =
                                (plain(word), plain(&candidate.chars().collect::<Vec<_>>()));
                            let near = slips(&a, &b) * 3 <= a.len().max(b.len());
                            let word: String = word.iter().collect();
                            assert_eq!(
                                nearest(&word, [candidate]).is_some(),
                                near,
                                "{word} {candidate}"
                            );
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn names_the_likely_slip_and_nothing_far() {
        let known = ["detected", "resolved", "mitigated", "text"];
        assert_eq!(nearest("detcted", known), Some("detected"));
        assert_eq!(nearest("txet", known), Some("text"));
        assert_eq!(nearest("Resolved", known), Some("resolved"));
        assert_eq!(nearest("banana", known), None);
        assert_eq!(nearest("", known), None);
        let slips = |word: &str| slip_of(word, ["closed", "detected", "impact_start", "action"]);
        for (word, near) in [
            ("detcted", "detected"),
            ("dteected", "detected"),
            ("detect", "detected"),
            ("detection", "detected"),
            ("impact_strat", "impact_start"),
            ("impactstrt", "impact_start"),
            ("actions", "action"),
            ("close", "closed"),
        ] {
            assert_eq!(slips(word), Some(near), "{word}");
        }
        for own in [
            "rejected",
            "deleted",
            "impact",
            "impact_end",
            "caption",
            "rollback",
            "note",
            "fix",
            "",
        ] {
            assert_eq!(slips(own), None, "{own}");
        }
        assert!(alike("앱 진입 불가", "앱 진입 불가 확인") && alike("secnd thng", "second thing"));
        assert!(!alike("alice: DB failover", "bob: CDN purged"));
    }
}
