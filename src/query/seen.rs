//! Finds earlier records with the same causes.

use crate::model::{Day, Event, EventType, Incident};
use crate::timeline::{Lexicon, SHARED, Wording};

/// A cause in a record, with the open actions about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause {
    /// The record.
    pub id: String,
    /// The day that it is about.
    pub day: Option<Day>,
    /// Its text.
    pub text: String,
    /// Whether it is a step that failed; one is only the same as another one.
    pub is_failed_step: bool,
    /// The record's actions that are not done.
    pub open: Vec<String>,
}

/// Returns what failed in an event: the planned step that it names, else what it says. `None` if it is of another type.
pub fn failed_step<'i>(incident: &'i Incident, event: &'i Event) -> Option<&'i str> {
    let step = event.steps.first().and_then(|id| incident.step(id));
    event.is(&EventType::Failed).then_some(step.map_or(&*event.text, |step| &*step.text))
}

/// Returns the causes in a record: its factors, what was identified, what went badly and which steps failed.
pub fn causes(id: &str, incident: &Incident) -> Vec<Cause> {
    let notes = incident.contributing_factors.iter().chain(&incident.lessons.badly);
    let identified = incident.events.iter().filter(|event| event.is(&EventType::Identified));
    let texts = notes.map(|note| note.text.as_str());
    let texts = texts.chain(identified.map(|event| event.text.as_str()));
    let failed = incident.events.iter().filter_map(|event| failed_step(incident, event));
    let mut all: Vec<(&str, bool)> = texts.map(|text| (text, false)).collect();
    for text in failed {
        if !all.contains(&(text, true)) {
            all.push((text, true));
        }
    }
    let open = incident.actions.iter().filter(|action| action.done.is_none());
    let open: Vec<String> = open.map(|action| action.text.clone()).collect();
    let cause = |(text, is_failed_step): (&str, bool)| Cause {
        id: id.to_owned(),
        day: incident.day(),
        text: text.trim().to_owned(),
        is_failed_step,
        open: open.clone(),
    };
    all.into_iter().map(cause).collect()
}

/// Whether a record with this text may name causes; most do not, and need not be parsed. A text with escapes may always
/// do so.
pub fn may_name_causes(text: &str) -> bool {
    let marks = ["identified", "contributing_factors", "badly", "failed", "\\"];
    marks.iter().any(|mark| memchr::memmem::find(text.as_bytes(), mark.as_bytes()).is_some())
}

/// Known causes to compare with others; each is analysed once.
#[derive(Debug)]
pub struct KnownCauses {
    lexicon: Lexicon,
    causes: Vec<(Cause, Wording)>,
}

impl KnownCauses {
    /// Returns these causes, analysed.
    pub fn of(causes: Vec<Cause>) -> KnownCauses {
        let lexicon = Lexicon::of_recurring(causes.iter().map(|cause| cause.text.as_str()));
        let analysed = |cause: Cause| (lexicon.wording(&cause.text), cause);
        let causes =
            causes.into_iter().map(analysed).map(|(words, cause)| (cause, words)).collect();
        KnownCauses { lexicon, causes }
    }

    /// Returns the causes that are similar to a text, most similar first, one per record that `counts`.
    pub fn like(&self, text: &str, counts: impl Fn(&Cause) -> bool) -> Vec<&Cause> {
        let wording = self.lexicon.wording(text);
        let causes = self.causes.iter().filter(|(cause, _)| counts(cause));
        likest(causes.map(|(cause, words)| (wording.shared(words), cause)))
    }
}

/// How many similar causes are told, even if nothing is left to be done about them.
pub const TOLD: usize = 3;

/// Returns sufficiently similar causes, most similar first, one per record.
fn likest<'c>(causes: impl Iterator<Item = (f64, &'c Cause)>) -> Vec<&'c Cause> {
    let mut found: Vec<(f64, &Cause)> = Vec::new();
    for (shared, cause) in causes {
        match found.iter_mut().find(|(_, other)| other.id == cause.id) {
            _ if shared < SHARED => {}
            Some(other) if other.0 >= shared => {}
            Some(other) => *other = (shared, cause),
            None => found.push((shared, cause)),
        }
    }
    // Of two equally similar causes, the later one comes first.
    found.sort_by(|one, other| other.0.total_cmp(&one.0).then(other.1.day.cmp(&one.1.day)));
    found.into_iter().map(|(_, cause)| cause).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Action;

    fn cause(id: &str, text: &str) -> Cause {
        let (id, text) = (id.to_owned(), text.to_owned());
        Cause { id, day: None, text, is_failed_step: false, open: Vec::new() }
    }

    #[test]
    fn a_record_names_its_causes_with_what_is_open() {
        let event = |text: &str, kind| Event { kind: Some(kind), ..Event::new(None, text) };
        let action = |text: &str, done: Option<&str>| Action {
            text: text.to_owned(),
            owner: None,
            due: None,
            kind: None,
            done: done.and_then(Day::parse),
            reference: None,
            audience: crate::model::Audience::Everyone,
            source: None,
        };
        let incident = Incident {
            contributing_factors: vec!["pool too small".into()],
            events: vec![
                event("pool is exhausted", EventType::Identified),
                event("5xx", EventType::Detected),
                event("copy the database", EventType::Failed),
                event("copy the database", EventType::Failed),
            ],
            actions: vec![action("alert on the pool", None), action("page", Some("2024-09-08"))],
            ..Incident::default()
        };
        let found = causes("r", &incident);
        let texts: Vec<&str> = found.iter().map(|cause| cause.text.as_str()).collect();
        assert_eq!(texts, ["pool too small", "pool is exhausted", "copy the database"]);
        assert!(found[2].is_failed_step && !found[1].is_failed_step);
        assert!(found.iter().all(|cause| cause.open == ["alert on the pool"]));
    }

    fn row(line: &'static str) -> [&'static str; 3] {
        let mut cells = line.split('\t');
        std::array::from_fn(|_| cells.next().unwrap_or(""))
    }

    /// The name of causes that deny one another.
    const NEITHER: &str = "neither";

    fn is_seen([_, before, name]: &[&str; 3]) -> bool {
        !before.is_empty() && *name != NEITHER
    }

    /// For each cause, the list has the one among all others that is the same, if there is any; a cause without one is not
    /// seen before, such as one that denies another. If `neither` is a cause, both are known and nothing is seen.
    /// docs/asking.md states the result.
    #[test]
    fn the_same_cause_is_ranked_first_and_others_are_not_seen() {
        let list = include_str!("../../tests/seen_before.tsv");
        let rows: Vec<[&str; 3]> = list.lines().skip(1).map(row).collect();
        let known: Vec<Cause> = rows
            .iter()
            .enumerate()
            .filter(|(_, [_, before, _])| !before.is_empty())
            .map(|(place, [_, before, _])| cause(&place.to_string(), before))
            .collect();
        let known = KnownCauses::of(known);
        let (mut first, mut told, mut right, mut wrong) = (0, 0, 0, Vec::new());
        for (place, [now, before, name]) in rows.iter().enumerate() {
            let seen: Vec<&Cause> = known.like(now, |_| true).into_iter().take(TOLD).collect();
            let is_same = |cause: &&Cause| {
                let other: usize = cause.id.parse().unwrap();
                let is_cause = rows[other][2] != NEITHER;
                is_cause && (other == place || !name.is_empty() && rows[other][2] == *name)
            };
            let is_first = seen.first().is_some_and(is_same);
            first += usize::from(is_first);
            told += seen.len();
            right += seen.iter().copied().filter(|cause| is_same(cause)).count();
            if is_first != is_seen(&[now, before, name]) || !seen.iter().all(is_same) {
                let seen: Vec<&str> = seen.iter().map(|cause| cause.text.as_str()).collect();
                wrong.push((*now, *before, seen));
            }
        }
        let all = rows.iter().filter(|row| is_seen(row)).count();
        let result = format!(
            "Of {} causes, {all} of them seen before: {first} have the same cause first (recall {} %), and {right} of {told} \
             named causes are the same (precision {} %)",
            rows.len(),
            first * 100 / all,
            right * 100 / told,
        );
        let docs = include_str!("../../docs/asking.md");
        let told = docs.split_whitespace().collect::<Vec<_>>().join(" ").contains(&result);
        assert!(told, "docs/asking.md does not have: {result}\n{wrong:#?}");
    }

    /// The more often a cause recurs, the more it matters.
    #[test]
    fn a_cause_is_seen_however_often_it_recurs() {
        for count in [1, 4, 5, 20, 200] {
            let same = (0..count).map(|at| cause(&format!("s{at}"), "certificate expired"));
            let known = KnownCauses::of(same.collect());
            let seen = known.like("api gateway: certificate expired", |_| true);
            assert_eq!(seen.len(), count);
            assert!(known.like("disk is full", |_| true).is_empty());
        }
    }

    #[test]
    fn one_cause_per_record_is_reported_and_the_later_record_first() {
        let mut known = vec![
            cause("a", "connection pool exhausted"),
            cause("a", "connection pool was exhausted by retries"),
            cause("b", "connection pool exhausted"),
            cause("c", "certificate expired"),
        ];
        known[2].day = Day::parse("2024-09-07");
        let known = KnownCauses::of(known);
        let seen = known.like("connection pool exhausted", |_| true);
        assert_eq!(seen.iter().map(|cause| cause.id.as_str()).collect::<Vec<_>>(), ["b", "a"]);
        let others = known.like("connection pool exhausted", |cause| cause.id != "b");
        assert_eq!(others.iter().map(|cause| cause.id.as_str()).collect::<Vec<_>>(), ["a"]);
        assert!(known.like("disk is full", |_| true).is_empty());
        assert!(known.like("", |_| true).is_empty());
    }
}
