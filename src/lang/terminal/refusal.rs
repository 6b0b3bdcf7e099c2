//! The parts of a worded refusal.

/// A worded refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What, where and why: without a full stop.
    pub message: String,
    /// Ways out, one per line.
    pub hints: Vec<String>,
}

impl Refusal {
    /// Returns a refusal without a way out.
    pub fn new(message: impl Into<String>) -> Refusal {
        Refusal { message: message.into(), hints: Vec::new() }
    }

    /// Adds ids to the message, one per line, below their heading; `more` words how many are beyond ten.
    #[must_use]
    pub fn listing(mut self, lead: &str, ids: &[String], more: fn(usize) -> String) -> Refusal {
        const SHOWN: usize = 10;
        if ids.is_empty() {
            return self;
        }
        self.message.push_str(&format!("\n  {lead}"));
        ids.iter().take(SHOWN).for_each(|id| self.message.push_str(&format!("\n    {id}")));
        if ids.len() > SHOWN {
            self.message.push_str(&format!("\n    … {}", more(ids.len() - SHOWN)));
        }
        self
    }

    /// Adds a way out.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Refusal {
        self.hints.push(hint.into());
        self
    }
}

impl Refusal {
    /// Adds a way that goes on without what was refused: before the others, which come `then`, if they only help afterwards.
    #[must_use]
    pub fn or_on(mut self, is_first: bool, way: String, then: fn(String) -> String) -> Refusal {
        if is_first {
            self.hints = self.hints.into_iter().map(then).collect();
            self.hints.insert(0, way);
        } else {
            self.hints.push(way);
        }
        self
    }
}

impl<T: Into<String>> From<T> for Refusal {
    fn from(message: T) -> Refusal {
        Refusal::new(message)
    }
}
