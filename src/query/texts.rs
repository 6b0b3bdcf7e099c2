//! Which texts of steps are clearly similar.

use crate::timeline::{Aliases, CLEAR, Lexicon, Wording};

/// Texts of steps, each analysed once, with the alias group that it belongs to.
pub(super) struct Texts(Vec<(Wording, Option<usize>)>);

impl Texts {
    pub(super) fn of(texts: &[&str], aliases: &Aliases) -> Texts {
        let lexicon = Lexicon::of(texts.iter().copied());
        let worded = |text: &&str| {
            let wording = lexicon.wording(text);
            let alias = aliases.group(&wording);
            (wording, alias)
        };
        Texts(texts.iter().map(worded).collect())
    }

    /// Returns how similar two of the texts are, from 0 to 1.
    pub(super) fn likeness(&self, one: usize, other: usize) -> f64 {
        let ((one, alias), (other, other_alias)) = (&self.0[one], &self.0[other]);
        let same = alias.is_some() && alias == other_alias;
        if same { 1.0 } else { one.likeness(other) }
    }
}

/// How far the best match must be ahead of the second.
const AHEAD: f64 = 0.1;

/// Returns similar pairs that are clearly the best on both sides.
pub(super) fn clear_pairs(mut pairs: Vec<(f64, usize, usize)>) -> Vec<(usize, usize)> {
    pairs.retain(|(score, _, _)| *score > CLEAR - AHEAD);
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let rival = |score: f64, line: usize, row: usize| {
        let others = pairs.iter().filter(|(_, l, r)| (*l == line) != (*r == row));
        others.into_iter().any(|(other, _, _)| *other > score - AHEAD)
    };
    pairs
        .iter()
        .filter(|(score, line, row)| *score >= CLEAR && !rival(*score, *line, *row))
        .map(|(_, line, row)| (*line, *row))
        .collect()
}
