//! The known word that a mistyped one was probably meant to be.

/// The candidate nearest to `word`, if it is near enough to be a likely slip: at most a third of
/// the letters differ (Damerau's four slips: a letter wrong, missing, extra or swapped).
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word: Vec<char> = word.to_lowercase().chars().take(64).collect();
    candidates
        .into_iter()
        .map(|candidate| {
            let letters: Vec<char> = candidate.to_lowercase().chars().collect();
            (slips(&word, &letters), letters.len().max(word.len()), candidate)
        })
        .filter(|(slips, length, _)| slips * 3 <= *length)
        .min_by_key(|(slips, _, _)| *slips)
        .map(|(_, _, candidate)| candidate)
}

/// Whether two texts are likely the same one, a little reworded: at most half of the letters of
/// the longer one differ.
pub fn alike(a: &str, b: &str) -> bool {
    let letters = |text: &str| text.to_lowercase().chars().take(300).collect::<Vec<char>>();
    let (a, b) = (letters(a), letters(b));
    slips(&a, &b) * 2 <= a.len().max(b.len())
}

/// Optimal string alignment distance.
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

    #[test]
    fn names_the_likely_slip_and_nothing_far() {
        let known = ["detected", "resolved", "mitigated", "text"];
        assert_eq!(nearest("detcted", known), Some("detected"));
        assert_eq!(nearest("txet", known), Some("text"));
        assert_eq!(nearest("Resolved", known), Some("resolved"));
        assert_eq!(nearest("banana", known), None);
        assert_eq!(nearest("", known), None);
        assert!(alike("앱 진입 불가", "앱 진입 불가 확인") && alike("secnd thng", "second thing"));
        assert!(!alike("alice: DB failover", "bob: CDN purged"));
    }
}
