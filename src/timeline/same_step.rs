//! Which steps of two records have the same id on purpose.

use std::borrow::Cow;

use crate::model::{Incident, PlanStep, is_made_step_id};

use super::likeness::is_same_step;

/// What a step is called in its record.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct StepName<'s> {
    /// Its id.
    pub id: Option<&'s str>,
    /// Its text, without its release's version, which differs between releases.
    pub text: Cow<'s, str>,
}

impl<'s> StepName<'s> {
    /// Returns the name of a step of a record.
    pub fn of(incident: &Incident, step: &'s PlanStep) -> StepName<'s> {
        let version = incident.version.as_deref().filter(|version| !version.is_empty());
        let text = match version.filter(|version| step.text.contains(version)) {
            Some(version) => {
                let text = without(&step.text, version);
                Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" "))
            }
            None => Cow::Borrowed(step.text.as_str()),
        };
        StepName { id: step.id.as_deref(), text }
    }

    /// Whether both have the same id, and mean the same by it. Somebody chose it for one of them, or their texts agree:
    /// what asrun made of the first words, or of a row's number, may be the same by chance.
    pub fn has_id_of(&self, other: &StepName) -> bool {
        let Some(id) = self.id.filter(|id| other.id == Some(id)) else { return false };
        self.text == other.text
            || !is_made_step_id(id, &self.text)
            || !is_made_step_id(id, &other.text)
            || is_same_step(&self.text, &other.text)
    }

    /// Whether it is the same step: both have the same id, or nobody chose one and their texts agree.
    pub fn is_same(&self, other: &StepName) -> bool {
        self.has_id_of(other)
            || self.is_unnamed() && other.is_unnamed() && is_same_step(&self.text, &other.text)
    }

    /// Whether both have the same text, and nobody chose ids that keep them apart.
    pub fn has_text_of(&self, other: &StepName) -> bool {
        self.text == other.text && (self.is_unnamed() || other.is_unnamed())
    }

    /// Whether nobody chose an id for it.
    fn is_unnamed(&self) -> bool {
        self.id.is_none_or(|id| is_made_step_id(id, &self.text))
    }
}

/// Returns a text without a word where that stands alone: `2` is not part of `12` or `2.1`.
fn without(text: &str, word: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(word) {
        let (before, after) = (&rest[..at], &rest[at + word.len()..]);
        let joins = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '.');
        let last = before.chars().next_back().or_else(|| out.chars().next_back());
        out.push_str(before);
        if joins(last) || joins(after.chars().next()) {
            out.push_str(word);
        }
        rest = after;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_that_nobody_chose_does_not_outweigh_words_that_differ() {
        let name =
            |(id, text): (&'static str, &'static str)| StepName { id: Some(id), text: text.into() };
        for (one, other, is_same) in [
            (("deploy-the", "Deploy the website"), ("deploy-the", "Deploy the backend"), false),
            (("deploy-the", "Deploy the website"), ("deploy-the", "Website deployment"), true),
            (("row-2", "Translate the texts"), ("row-2", "Freeze the code"), false),
            (("row-2", "Freeze the code"), ("row-2", "Freeze code"), true),
            (("deploy-the", "Deploy the website"), ("deploy-the", "Ship it"), true),
            (("site", "Deploy the website"), ("site", "Deploy the backend"), true),
            (("site", "Deploy the website"), ("web", "Deploy the website"), false),
        ] {
            assert_eq!(name(one).has_id_of(&name(other)), is_same, "{one:?} {other:?}");
            assert_eq!(name(other).has_id_of(&name(one)), is_same, "{other:?} {one:?}");
        }
    }

    #[test]
    fn a_version_is_no_part_of_another_number() {
        assert_eq!(without("alpha 12 of 2", "2"), "alpha 12 of ");
        assert_eq!(without("앱 배포 3.0", "3.0"), "앱 배포 ");
        assert_eq!(without("v3.0", "3.0"), "v3.0");
    }
}
