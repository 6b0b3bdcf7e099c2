//! Rules, what they check, and what they find.

use std::cell::OnceCell;
use std::ops::Range;

use crate::fault::{FindingKind, RuleId};
use crate::format::Document;
use crate::lang::Gravity;
use crate::model::{DaysOff, Incident, Moment, Text};
use crate::publish::{Hit, hits_in};
use crate::timeline::Sheet;
use crate::yaml::Hop;

use super::places::TextPlaces;

/// The severity of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Worth a look.
    Note,
    /// Most likely a mistake.
    Warning,
    /// Certainly wrong.
    Error,
}

impl Level {
    /// Returns the word for it.
    pub fn word(self) -> &'static str {
        match self {
            Level::Note => "note",
            Level::Warning => "warning",
            Level::Error => "error",
        }
    }

    /// Returns the severity for wording.
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
    /// Its id.
    pub id: RuleId,
    /// The severity of breaking it.
    pub level: Level,
    pub(super) find: fn(&Case) -> Vec<Found>,
}

/// Where a record breaks a rule.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// Its byte range in [`Document::text`].
    pub span: Range<usize>,
    /// What is wrong.
    pub kind: FindingKind,
}

/// A record with the context that rules need.
#[derive(Debug)]
pub struct Case<'c> {
    pub(super) document: &'c Document,
    pub(super) incident: &'c Incident,
    /// The time of the check.
    pub(super) now: Moment,
    /// The names of the files in the record's folder.
    pub(super) files: &'c [String],
    /// The project's severity scale.
    pub(super) scale: &'c [&'c str],
    /// Public roles by people's names.
    pub(super) roles: &'c [(&'c str, &'c str)],
    /// The days on which nobody works, if known.
    pub(super) days_off: Option<&'c DaysOff>,
    places: OnceCell<TextPlaces<'c>>,
    suspects: OnceCell<Vec<(Text<'c>, Vec<Hit>)>>,
    sheet: OnceCell<Sheet>,
}

/// What a rule finds.
pub(super) struct Found {
    pub(super) span: Range<usize>,
    pub(super) kind: FindingKind,
}

impl<'c> Case<'c> {
    /// Returns the case of a record, checked at that time, with those files in its folder, in a project with that
    /// severity scale.
    pub fn new(
        document: &'c Document,
        now: Moment,
        files: &'c [String],
        scale: &'c [&'c str],
    ) -> Case<'c> {
        Case {
            document,
            incident: &document.incident,
            now,
            files,
            scale,
            roles: &[],
            days_off: None,
            places: OnceCell::new(),
            suspects: OnceCell::new(),
            sheet: OnceCell::new(),
        }
    }

    /// Returns the plan as a sheet, with what became of each step.
    pub(super) fn sheet(&self) -> &Sheet {
        self.sheet.get_or_init(|| Sheet::of(self.incident, None))
    }

    /// Returns the same case in a project with these public roles.
    #[must_use]
    pub fn with_roles(self, roles: &'c [(&'c str, &'c str)]) -> Case<'c> {
        Case { roles, ..self }
    }

    /// Returns the same case in a project with these days off.
    #[must_use]
    pub fn with_days_off(self, days: &'c DaysOff) -> Case<'c> {
        Case { days_off: Some(days), ..self }
    }

    /// Whether it takes weeks rather than hours: it has a plan, or is a release.
    pub(super) fn is_release(&self) -> bool {
        !self.incident.plan.is_empty() || self.incident.kind.as_deref() == Some("release")
    }

    /// Returns the texts with something that should perhaps not go out, to the team or to the public. They are searched
    /// once.
    pub(super) fn suspects(&self) -> &[(Text<'c>, Vec<Hit>)] {
        self.suspects.get_or_init(|| {
            let texts = self.incident.texts().into_iter();
            let suspects = texts.map(|text| {
                let hits = hits_in(text.text);
                (text, hits)
            });
            suspects.filter(|(_, hits)| !hits.is_empty()).collect()
        })
    }

    /// Returns the range in the file of a part of a text, or of all of it if the file does not have the part verbatim.
    pub(super) fn part(&self, text: &Text, part: Range<usize>) -> Range<usize> {
        self.places().part(text, part).0
    }

    pub(super) fn found(&self, hops: &[Hop], kind: FindingKind) -> Found {
        Found { span: self.place(hops), kind }
    }

    /// Returns the range of an item in the file. A record without findings is not parsed for it.
    pub(super) fn place(&self, hops: &[Hop]) -> Range<usize> {
        self.places().value(hops)
    }

    pub(super) fn places(&self) -> &TextPlaces<'c> {
        self.places.get_or_init(|| TextPlaces::of(self.document))
    }
}
