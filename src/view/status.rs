//! The status of a record at a moment, in one line.

use std::collections::BTreeMap;

use crate::lang::{Documents, terminal};
use crate::model::{Event, EventType, Incident, Moment, Precision};
use crate::timeline::{Aliases, is_silent, progress_with};

use super::handover::{public_says, updates_line};
use super::progress::progress_line;
use super::time::TimeFormatter;

/// Returns the clock time, the time since the milestone of the current status, the last and the next public update, and
/// the progress of the plan: `03:12 · 14 min since detected · next: rollback in 18 min (03:30)`. It is in the user's language,
/// with the record's own texts.
///
/// `names` are the steps that the project names, each with its other wordings.
pub fn status_line(
    incident: &Incident,
    now: Moment,
    tolerance: i64,
    names: &BTreeMap<String, Vec<String>>,
) -> String {
    line_in(terminal().documents(), incident, (now, tolerance), names)
}

fn line_in(
    words: &'static Documents,
    incident: &Incident,
    (now, tolerance): (Moment, i64),
    names: &BTreeMap<String, Vec<String>>,
) -> String {
    let progress = progress_with(incident, now, tolerance, Some(&Aliases::of(names)));
    let teller = TimeFormatter::of(incident, None).in_words(words);
    let of_now = TimeFormatter::at(incident, Some(now)).in_words(words);
    let plan = (progress.planned > 0).then(|| progress_line(&teller, &progress));
    let updates = updates_line(&of_now, incident, Some(now));
    let parts =
        [Some(standing(&teller, incident, now)), updates, public_says(&teller, incident), plan];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// A reminder of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminder {
    /// The step and its time; a moved step is a new reminder.
    pub of: String,
    /// `next: Deploy in 9 min (17:30) · Sam`.
    pub line: String,
}

/// Returns a reminder of each open step that is planned to the minute and due within the next `within` seconds, in the
/// user's language.
pub fn reminders(incident: &Incident, now: Moment, tolerance: i64, within: i64) -> Vec<Reminder> {
    let teller = TimeFormatter::of(incident, None).in_words(terminal().documents());
    let progress = progress_with(incident, now, tolerance, None);
    let near = progress.ahead.iter().filter(|(_, until)| (0..=within).contains(&until.seconds));
    let told = near.filter_map(|(step, until)| {
        let at = step.planned()?;
        let exact = !matches!(at.precision(), Precision::Day | Precision::Hour);
        let amount = (teller.words.due_in)(&teller.amount(*until));
        let line = (teller.words.next_step)(&step.text, &amount, &teller.time(&at).short);
        let parts = [Some(line), step.owner.clone()];
        exact.then(|| Reminder {
            of: format!("{} {}", step.called(), at.written()),
            line: parts.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        })
    });
    told.collect()
}

/// Returns the clock time and the time since the milestone of the current status.
pub(super) fn standing(teller: &TimeFormatter, incident: &Incident, now: Moment) -> String {
    let seen = teller.time(&now.at_most(Precision::Minute));
    // Long after everything in the record, a clock time alone would be taken for one of its days.
    let clock = match is_silent(incident, &now) {
        true => format!("{} {}", seen.date, seen.time),
        false => seen.time,
    };
    let since = since(incident).map(|(kind, at)| {
        let passed = now.at_most(Precision::Minute).since(&at);
        let amount = (teller.words.amount)(passed.seconds.max(0), passed.precision);
        (teller.words.since)(&amount, &(teller.words.event_type)(&kind))
    });
    [Some(clock), since].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Returns the milestone that time is counted from: the last resolution, the closing of a record that was never resolved
/// or the current mitigation, whichever is later; else the detection.
fn since(incident: &Incident) -> Option<(EventType, Moment)> {
    let events = incident.events_in_time();
    let last = |kind: &EventType| events.iter().rposition(|event| event.is(kind));
    let first = |kind: &EventType| events.iter().find(|event| event.is(kind))?.at;
    let of = |place: usize| Some((events[place].kind.clone()?, events[place].at?));
    let resolved = last(&EventType::Resolved).filter(|_| !incident.is_open());
    let broken = |event: &&Event| event.kind.as_ref().is_some_and(EventType::is_beginning);
    let again = events.iter().rposition(broken);
    let mitigated = last(&EventType::Mitigated).filter(|place| again < Some(*place));
    let begun = || {
        [EventType::Detected, EventType::ImpactStart].into_iter().find_map(|kind| {
            let at = first(&kind)?;
            Some((kind, at))
        })
    };
    let closed = last(&EventType::Closed).filter(|_| !incident.is_open());
    resolved.or(closed).max(mitigated).and_then(of).or_else(begun)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::spoken;
    use crate::model::{Audience, PlanStep, Zone};

    fn moment(clock: &str) -> Moment {
        Moment::parse(&format!("2024-09-07T{clock}+09:00"), None).unwrap()
    }

    #[test]
    fn a_step_in_progress_states_for_how_long() {
        let event = |clock: &str, kind: EventType| Event {
            kind: Some(kind),
            ..Event::new(moment(clock), "x")
        };
        let mut incident = Incident { zone: Zone::parse("Asia/Seoul"), ..Incident::default() };
        let now = moment("18:22:40");
        let names = BTreeMap::new();
        let told = |incident: &Incident| status_line(incident, now, 300, &names);
        assert_eq!(told(&incident), "18:22");
        incident.kind = Some("outage".to_owned());
        incident.events.push(event("18:01", EventType::ImpactStart));
        assert_eq!(told(&incident), "18:22 · 21 min since impact start");
        incident.events.push(event("18:08:10", EventType::Detected));
        assert_eq!(told(&incident), "18:22 · 14 min since detected");
        incident.plan.push(PlanStep::new(moment("18:40"), "롤백"));
        assert_eq!(told(&incident), "18:22 · 14 min since detected · next: 롤백 in 18 min (18:40)");
        incident.plan.clear();
        incident.events.push(event("18:12", EventType::Mitigated));
        assert_eq!(told(&incident), "18:22 · 10 min since mitigated");
        incident.events.push(event("18:15", EventType::Declared));
        assert_eq!(told(&incident), "18:22 · 14 min since detected", "it came back");
        incident.events.pop();
        incident.events.push(event("18:17", EventType::Closed));
        assert_eq!(
            told(&incident),
            "18:22 · 5 min since closed",
            "nobody says that it was resolved"
        );
        incident.events.pop();
        incident.language = Some("ko".to_owned());
        incident.events.push(event("18:20", EventType::Resolved));
        assert_eq!(told(&incident), "18:22 · 2 min since resolved", "the user reads English");
        let korean = spoken("ko").unwrap().documents();
        assert_eq!(line_in(korean, &incident, (now, 300), &names), "18:22 · 해결 후 2분");
        incident.language = None;
        incident.events[3].audience = Audience::Internal;
        assert_eq!(
            line_in(korean, &incident, (now, 300), &names),
            "18:22 · 해결 후 2분 · 공개 문서의 상태는 아직 완화"
        );
    }

    #[test]
    fn a_step_may_be_done_under_another_name_of_the_project() {
        let mut incident = Incident { zone: Zone::parse("Asia/Seoul"), ..Incident::default() };
        incident.plan.push(PlanStep::new(moment("17:00"), "Rollout"));
        incident.events.push(Event::new(moment("17:02"), "ship it everywhere"));
        let told = |names: &[(&str, &str)]| {
            let named =
                |(name, other): &(&str, &str)| ((*name).to_owned(), vec![(*other).to_owned()]);
            let names = names.iter().map(named).collect();
            status_line(&incident, moment("17:30"), 300, &names).contains("perhaps done: Rollout")
        };
        assert!(!told(&[]));
        assert!(told(&[("Rollout", "ship it everywhere")]));
    }

    #[test]
    fn steps_of_the_next_minutes_are_reminded_of_and_no_others() {
        let zone = Zone::parse("Asia/Seoul");
        let mut incident = Incident { zone, ..Incident::default() };
        for clock in ["17:04", "17:05", "17:06", "17:15", "17:16"] {
            incident.plan.push(PlanStep::new(moment(clock), clock));
        }
        let day = Moment::parse("2024-09-07", zone).unwrap();
        incident.plan.push(PlanStep::new(day, "some time today"));
        let told = reminders(&incident, moment("17:05"), 300, 600);
        let told: Vec<&str> = told.iter().map(|it| it.line.as_str()).collect();
        let (now, soon, last) = (
            "next: 17:05 in 0 min (17:05)",
            "next: 17:06 in 1 min (17:06)",
            "next: 17:15 in 10 min (17:15)",
        );
        assert_eq!(told, [now, soon, last]);
    }
}
