//! Steps that may be one step in other words, and how they become one.

use std::collections::HashSet;

use crate::lang::Documents;
use crate::timeline::Aliases;

/// Returns the note on steps that may be the same as others, with what makes each one with its others in the settings;
/// `None` if there are none.
pub(super) fn perhaps_same<'t>(
    words: &Documents,
    aliases: &Aliases,
    steps: impl IntoIterator<Item = (&'t str, &'t [&'t str])>,
) -> Option<String> {
    let mut told: Vec<(&str, Vec<&str>)> = Vec::new();
    let mut named: HashSet<&str> = HashSet::new();
    for (one, others) in steps {
        // A text stands in one list only.
        let open = others.iter().copied().filter(|other| *other != one);
        let mut known: HashSet<&str> = HashSet::new();
        let others: Vec<&str> =
            open.filter(|other| !named.contains(other) && known.insert(other)).collect();
        if !named.contains(one) && !others.is_empty() {
            named.extend(others.iter().chain([&one]));
            told.push((one, others));
        }
    }
    let list = |texts: &[&str]| {
        texts.iter().map(|text| format!("{text:?}")).collect::<Vec<_>>().join(", ")
    };
    let groups = told.iter().map(|(one, others)| format!("{one:?}, {}", list(others)));
    let groups = groups.collect::<Vec<_>>().join("; ");
    let one = |(one, others): &(&'t str, Vec<&'t str>)| [&[*one], others.as_slice()].concat();
    let cure = aliases.cure(&told.iter().map(one).collect::<Vec<_>>());
    (!told.is_empty()).then(|| (words.stats.perhaps_same)(&groups, &cure))
}
