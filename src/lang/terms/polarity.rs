//! Whether a text says that something is so, or that it is not: "expired", "not expired", "fine".

use crate::lang::reading::Denial;

/// What a part of a text says about the terms in it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Polarity {
    /// Whether it says that it is not so.
    denied: bool,
    /// Whether it says that something is lacking or fails, or (denied) that nothing does.
    fault: bool,
}

impl Polarity {
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
            Denial::Lacks => self.lacks = true,
            Denial::Fine => self.fine = true,
            Denial::Notices => self.notices = true,
            Denial::Apart => {}
        }
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
        match self.fine {
            true => Polarity { denied: !denied, fault: true },
            false => Polarity { denied, fault: self.lacks },
        }
    }

    /// Ends it before that term, where the next one begins; returns its polarity, and the index of its first term.
    pub(super) fn end(&mut self, next: usize) -> (usize, Polarity) {
        let ended = std::mem::replace(self, Scope { first: next, ..Scope::default() });
        (ended.first, ended.polarity())
    }
}
