//! Whether a text says that something is so, or that it is not: "expired", "not expired", "fine".

use crate::lang::reading::Denial;

/// What a part of a text says about the terms in it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Polarity {
    /// Whether it says that it is not so.
    denied: bool,
    /// Whether it says that something is lacking or fails, or (denied) that nothing does.
    fault: bool,
    /// Whether it says that a fault was not there, or was not the cause.
    ruled_out: bool,
}

impl Polarity {
    /// What it says of a fault that was not there, or was not the cause.
    pub(super) const RULED_OUT: Polarity = Polarity { denied: true, fault: true, ruled_out: true };

    /// Whether it says that a fault was not there, or was not the cause.
    pub fn is_ruled_out(self) -> bool {
        self.ruled_out
    }

    /// Whether two texts may say the same. What is missing may be named with or without a negation: "did not cover the login
    /// path" and "the login path was missing".
    pub fn agrees(self, other: Polarity) -> bool {
        let lacks =
            |one: Polarity, two: Polarity| one.fault && !one.denied && two.denied && !two.fault;
        self.denied == other.denied || lacks(self, other) || lacks(other, self)
    }
}

/// The denials in a part of a text: a clause, or less.
#[derive(Debug, Default)]
pub(super) struct Scope {
    /// The index of its first term.
    first: usize,
    negations: usize,
    lacks: bool,
    fine: bool,
    notices: bool,
    /// Whether something is ruled out, or excluded.
    rules_out: bool,
    excludes: bool,
    /// The index of the last word for a fault, and whether a negation belongs to it.
    faulty: Option<usize>,
    not_faulty: bool,
    /// The number of its terms that only say that something is not so.
    pub(super) verdicts: usize,
    /// The index of the word behind the last negation.
    behind: Option<usize>,
}

impl Scope {
    /// Notes a word at that index.
    pub(super) fn note(&mut self, denial: Denial, at: usize) {
        match denial {
            Denial::Not | Denial::NotBefore | Denial::NotBehind => {
                self.negations += 1;
                self.behind = Some(at + 1);
            }
            Denial::Fault => {
                // `Not exhausted`, `no memory leak`.
                let is_near = |behind: usize| at.saturating_sub(behind) <= 1;
                self.not_faulty |= self.behind.is_some_and(is_near);
                self.faulty = Some(at);
            }
            Denial::RulesOut => self.rules_out = true,
            Denial::Excludes => self.excludes = true,
            Denial::Lacks => self.lacks = true,
            Denial::Fine => self.fine = true,
            Denial::Notices => self.notices = true,
            Denial::Apart => {}
        }
    }

    /// Notes that a negation at that index belongs to what precedes it, up to that many words before.
    pub(super) fn deny_before(&mut self, at: usize, words: usize) {
        self.not_faulty |= self.faulty.is_some_and(|faulty| at <= faulty + words);
    }

    /// Whether the word at that index is right behind a negation.
    pub(super) fn is_behind_negation(&self, at: usize) -> bool {
        self.behind == Some(at)
    }

    /// Notes that the word behind the last negation is none that it could belong to.
    pub(super) fn skip(&mut self, at: usize) {
        if self.is_behind_negation(at) {
            self.behind = Some(at + 1);
        }
    }

    /// Notes that what it says is no cause, as its neighbour says.
    pub(super) fn rule_out(&mut self) {
        self.rules_out = true;
    }

    /// Whether its terms, that many, only rule something out.
    pub(super) fn is_verdict(&self, terms: usize) -> bool {
        terms > 0
            && terms == self.verdicts
            && self.negations.is_multiple_of(2)
            && (self.rules_out || self.excludes)
    }

    /// Whether its terms, that many, only negate something.
    pub(super) fn is_negation(&self, terms: usize) -> bool {
        terms > 0 && terms == self.verdicts && self.negations == 1
    }

    /// Whether a word at that index begins another scope: not in `not because of the pool`.
    pub(super) fn ends_before(&self, denial: Denial, at: usize) -> bool {
        match denial {
            Denial::Apart => self.behind != Some(at),
            Denial::NotBehind => true,
            _ => false,
        }
    }

    /// Notes that what is lacking follows: what precedes is so, or is not, because of it.
    pub(super) fn leave_open(&mut self) {
        self.lacks |= self.negations == 0;
    }

    fn polarity(&self) -> Polarity {
        // `Nobody noticed that it had expired`.
        let negations = self.negations.saturating_sub(usize::from(self.notices));
        let denied = negations % 2 == 1;
        let is_faulty = self.faulty.is_some();
        let ruled_out = match denied {
            true => self.not_faulty && !self.rules_out && !self.fine,
            false => self.rules_out || is_faulty && (self.excludes || self.fine),
        };
        match (ruled_out, self.fine || self.rules_out) {
            (true, _) => Polarity::RULED_OUT,
            (_, true) => Polarity { denied: !denied, fault: true, ruled_out },
            _ => Polarity { denied, fault: self.lacks, ruled_out },
        }
    }

    /// Ends it before that term, where the next one begins; returns its polarity, and the index of its first term.
    pub(super) fn end(&mut self, next: usize) -> (usize, Polarity) {
        let ended = std::mem::replace(self, Scope { first: next, ..Scope::default() });
        (ended.first, ended.polarity())
    }

    /// Returns the index of its first term.
    pub(super) fn first(&self) -> usize {
        self.first
    }
}
