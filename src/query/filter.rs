//! Selects records.

use crate::lang::kind_named;
use crate::model::{Day, Incident};

/// The criteria for records; those not set accept anything. Words are compared ignoring case.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// `release`, `outage`, …
    pub kind: Option<String>,
    /// One of its tags or categories.
    pub tag: Option<String>,
    /// One of its services.
    pub service: Option<String>,
    /// Its version.
    pub version: Option<String>,
    /// Its severity.
    pub severity: Option<String>,
    /// Its last milestone.
    pub status: Option<String>,
    /// Its author.
    pub author: Option<String>,
    /// No earlier than that day.
    pub since: Option<Day>,
    /// No later than that day.
    pub until: Option<Day>,
    /// Whether it must be in progress.
    pub open: bool,
}

impl Filter {
    /// Whether a record meets the criteria. One without a day never meets `since` or `until`.
    pub fn admits(&self, incident: &Incident) -> bool {
        let list = |wanted: &Option<String>, lists: &[&[String]]| {
            let any =
                |wanted: &String| lists.iter().copied().flatten().any(|word| same(word, wanted));
            wanted.as_ref().is_none_or(any)
        };
        // Values are computed only for options that are set.
        let one = |wanted: &Option<String>, word: fn(&Incident) -> Option<&str>| {
            wanted.as_ref().is_none_or(|it| word(incident).is_some_and(|word| same(word, it)))
        };
        let day = |is_meant: &dyn Fn(Day) -> bool| incident.day().is_some_and(is_meant);
        self.kind.as_deref().is_none_or(|kind| is_kind(incident, kind))
            && list(&self.tag, &[&incident.tags, &incident.categories])
            && list(&self.service, &[&incident.services])
            && one(&self.version, |it| it.version.as_deref())
            && one(&self.severity, |it| it.severity.as_deref())
            && one(&self.status, |it| it.last_milestone().map(|kind| kind.word()))
            && one(&self.author, |it| it.author.as_deref())
            && self.since.is_none_or(|since| day(&|day| day >= since))
            && self.until.is_none_or(|until| day(&|day| day <= until))
            && (!self.open || incident.is_open_work())
    }
}

/// Whether a record is of a kind, which either may name in any language.
fn is_kind(incident: &Incident, wanted: &str) -> bool {
    let named = |word: &str| kind_named(word).map_or_else(|| word.to_lowercase(), str::to_owned);
    incident.kind.as_deref().is_some_and(|kind| named(kind) == named(wanted))
}

fn same(word: &str, wanted: &str) -> bool {
    word.to_lowercase() == wanted.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn incident() -> Incident {
        Incident {
            kind: Some("release".to_owned()),
            version: Some("3.0".to_owned()),
            tags: vec!["출시".to_owned()],
            services: vec!["iOS".to_owned()],
            date: Day::parse("2024-09-07"),
            ..Incident::default()
        }
    }

    #[track_caller]
    fn admits(filter: &Filter, expected: bool) {
        assert_eq!(filter.admits(&incident()), expected, "{filter:?}");
    }

    #[test]
    fn every_criterion_must_match() {
        let word = |word: &str| Some(word.to_owned());
        admits(&Filter::default(), true);
        admits(&Filter { kind: word("Release"), tag: word("출시"), ..Filter::default() }, true);
        admits(&Filter { kind: word("출시"), ..Filter::default() }, true);
        admits(&Filter { kind: word("장애"), ..Filter::default() }, false);
        admits(&Filter { kind: word("release"), service: word("web"), ..Filter::default() }, false);
        admits(&Filter { service: word("ios"), version: word("3.0"), ..Filter::default() }, true);
        admits(&Filter { severity: word("sev1"), ..Filter::default() }, false);
        let day = |day: &str| Day::parse(day);
        admits(
            &Filter { since: day("2024-09-07"), until: day("2024-09-07"), ..Filter::default() },
            true,
        );
        admits(&Filter { since: day("2024-09-08"), ..Filter::default() }, false);
    }
}
