//! The words for times in every language, indexed by their first letters.

use std::sync::LazyLock;

use crate::lang::{Half, Notation, notations};

/// Words with their meanings.
pub(super) struct Lexicon<T: 'static> {
    /// Sorted by first letter; words with the same first letter are in the order of the languages.
    words: Vec<(char, &'static str, T)>,
}

impl<T: Copy> Lexicon<T> {
    fn of(words: impl Iterator<Item = (&'static str, T)>) -> Lexicon<T> {
        let begun =
            |(word, meaning): (&'static str, T)| Some((word.chars().next()?, word, meaning));
        let mut words: Vec<_> = words.filter_map(begun).collect();
        words.sort_by_key(|(first, ..)| *first);
        Lexicon { words }
    }

    /// Returns the words that begin with a letter.
    pub(super) fn beginning(&self, first: char) -> impl Iterator<Item = (&'static str, T)> {
        let from = self.words.partition_point(|(letter, ..)| *letter < first);
        let those = self.words[from..].iter().take_while(move |(letter, ..)| *letter == first);
        those.map(|(_, word, meaning)| (*word, *meaning))
    }
}

/// Words that mean the same.
pub(super) type Words = LazyLock<Lexicon<()>>;

/// Names with a number, such as months.
pub(super) type Names = LazyLock<Lexicon<usize>>;

fn words(of: fn(&'static Notation) -> &'static [&'static str]) -> Lexicon<()> {
    Lexicon::of(notations().iter().flat_map(of).map(|word| (*word, ())))
}

fn names<const N: usize>(
    of: fn(&'static Notation) -> &'static [&'static [&'static str]; N],
) -> Lexicon<usize> {
    let of_all = notations().iter().flat_map(|notation| of(notation).iter().enumerate());
    Lexicon::of(of_all.flat_map(|(place, called)| called.iter().map(move |word| (*word, place))))
}

pub(super) static ABOUT_AFTER: Words = LazyLock::new(|| words(|it| it.about_after));
pub(super) static ABOUT_BEFORE: Words = LazyLock::new(|| words(|it| it.about_before));
pub(super) static ABOUT_NOON: Words = LazyLock::new(|| words(|it| it.about_noon));
pub(super) static AND_BETWEEN: Words = LazyLock::new(|| words(|it| it.and_between));
pub(super) static CLOCK_ENDS: Words = LazyLock::new(|| words(|it| it.clock_ends));
pub(super) static FROM_AFTER: Words = LazyLock::new(|| words(|it| it.from_after));
pub(super) static FROM_BEFORE: Words = LazyLock::new(|| words(|it| it.from_before));
pub(super) static HALF_PAST: Words = LazyLock::new(|| words(|it| it.half_past));
pub(super) static JOINS: Words = LazyLock::new(|| words(|it| it.joins));
pub(super) static MIDNIGHT: Words = LazyLock::new(|| words(|it| it.midnight));
pub(super) static MINUTE_ENDS: Words = LazyLock::new(|| words(|it| it.minute_ends));
pub(super) static NEAR_BEHIND: Words = LazyLock::new(|| words(|it| it.near_behind));
pub(super) static NEXT_DAY: Words = LazyLock::new(|| words(|it| it.next_day));
pub(super) static NIGHTS: Words = LazyLock::new(|| words(|it| it.nights));
pub(super) static NOON: Words = LazyLock::new(|| words(|it| it.noon));
pub(super) static TO: Words = LazyLock::new(|| words(|it| it.to));
pub(super) static UPDATES: Words = LazyLock::new(|| words(|it| it.updates));
pub(super) static MONTHS: Names = LazyLock::new(|| names(|it| &it.months));
pub(super) static WEEKDAYS: Names = LazyLock::new(|| names(|it| &it.weekdays));
pub(super) static HALVES: LazyLock<Lexicon<Half>> =
    LazyLock::new(|| Lexicon::of(notations().iter().flat_map(|it| it.halves.iter().copied())));
