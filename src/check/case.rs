//! What a rule is, what it looks at, and what it finds.

use std::ops::Range;

use crate::fault::{FindingKind, RuleId};
use crate::format::Document;
use crate::lang::Gravity;
use crate::model::{DaysOff, Incident, Moment};
use crate::yaml::{Hop, Places};

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Worth a look.
    Note,
    /// Most likely a slip.
    Warning,
    /// Cannot be right.
    Error,
}

impl Level {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Level::Note => "note",
            Level::Warning => "warning",
            Level::Error => "error",
        }
    }

    /// How grave it is, for who words it.
    pub fn gravity(self) -> Gravity {
        match self {
            Level::Note => Gravity::Note,
            Level::Warning => Gravity::Warning,
            Level::Error => Gravity::Error,
        }
    }
}

/// One rule.
#[derive(Debug)]
pub struct Rule {
    /// Which it is.
    pub id: RuleId,
    /// How bad it is to break it.
    pub level: Level,
    pub(super) find: fn(&Case) -> Vec<Found>,
}

/// Where a record breaks a rule.
#[derive(Debug, Clone)]
pub struct Finding {
    /// Which.
    pub rule: &'static Rule,
    /// Its bytes, in [`Document::text`].
    pub span: Range<usize>,
    /// What is wrong.
    pub kind: FindingKind,
}

/// A record with what rules need to know beside it.
#[derive(Debug)]
pub struct Case<'c> {
    pub(super) document: &'c Document,
    pub(super) incident: &'c Incident,
    pub(super) places: Places<'c>,
    /// The moment of the check.
    pub(super) now: Moment,
    /// The names of the files in the record's folder.
    pub(super) files: &'c [String],
    /// The project's severity scale.
    pub(super) scale: &'c [&'c str],
    /// What people are called in public, by their names.
    pub(super) roles: &'c [(&'c str, &'c str)],
    /// The days on which nobody works, where that is known.
    pub(super) days_off: Option<&'c DaysOff>,
}

/// What a rule finds.
pub(super) struct Found {
    pub(super) span: Range<usize>,
    pub(super) kind: FindingKind,
}

impl<'c> Case<'c> {
    /// That record, checked at that moment, with those files in its folder, in a project of that
    /// severity scale.
    pub fn new(
        document: &'c Document,
        now: Moment,
        files: &'c [String],
        scale: &'c [&'c str],
    ) -> Case<'c> {
        let (incident, places) = (&document.incident, document.places());
        Case { document, incident, places, now, files, scale, roles: &[], days_off: None }
    }

    /// The same in a project where people are called so in public.
    #[must_use]
    pub fn with_roles(self, roles: &'c [(&'c str, &'c str)]) -> Case<'c> {
        Case { roles, ..self }
    }

    /// The same in a project that does not work on these days.
    #[must_use]
    pub fn with_days_off(self, days: &'c DaysOff) -> Case<'c> {
        Case { days_off: Some(days), ..self }
    }

    /// Whether it takes weeks rather than hours: it has a plan, or is a release.
    pub(super) fn is_release(&self) -> bool {
        !self.incident.plan.is_empty() || self.incident.kind.as_deref() == Some("release")
    }

    /// Where those words stand in the file, if they stand there as they are read.
    pub(super) fn place_of(&self, words: &str) -> Range<usize> {
        self.document.text().find(words).map_or(0..0, |at| at..at + words.len())
    }

    pub(super) fn found(&self, hops: &[Hop], kind: FindingKind) -> Found {
        Found { span: self.places.of(hops), kind }
    }
}
