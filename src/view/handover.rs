//! What the person who takes over a record needs to know: what is broken and since when, what was tried, who does what,
//! what is due.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::lang::HandoverWords;
use crate::model::{Action, Event, EventType, Incident, Moment, PlanStep, Precision};
use crate::publish::status_lag;
use crate::timeline::{Aliases, progress_with, public_updates};

use super::progress::unlogged_words;
use super::time::{TimeFormatter, TimeView};

/// The handover of a record.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct HandoverView {
    /// What is broken, and since when; null if nothing is.
    pub broken: Option<BrokenView>,
    /// The latest known cause, as plain text.
    pub cause: Option<NotedView>,
    /// When the public was last informed; null if never.
    pub last_update: Option<TimeView>,
    /// When the next public update was promised for.
    pub next_update: Option<TimeView>,
    /// Both in words; null if nothing is broken and there was no update.
    pub updates: Option<String>,
    /// What public pages still say, in words, if the state for the team is another one; else null.
    pub public_says: Option<String>,
    /// What was done since it broke, chronologically: actions, decisions, steps, escalations.
    pub tried: Vec<NotedView>,
    /// Who is involved, most recently mentioned first.
    pub people: Vec<PersonView>,
    /// What is still to be done: steps chronologically, then actions.
    pub due: Vec<TaskView>,
    /// The latest other events, chronologically.
    pub latest: Vec<NotedView>,
    /// The fixed words of the record's language.
    pub words: HandoverWords,
}

/// Since when something is broken.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct BrokenView {
    /// When it broke.
    pub time: TimeView,
    /// The time in words, with the milestone that it comes from, and how long ago it was if that is known.
    pub line: String,
}

/// A short form of an event.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct NotedView {
    /// Its number in chronological order, from 1, as `asrun amend` uses it.
    pub number: usize,
    /// When.
    pub time: TimeView,
    /// Its type in the record's language; null of an action.
    pub type_label: Option<String>,
    /// Its first line.
    pub text: String,
    /// Who.
    pub by: Option<String>,
}

/// Somebody who is involved.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PersonView {
    /// Who.
    pub name: String,
    /// The last event that mentions this person.
    pub last: Option<NotedView>,
    /// What this person still has to do.
    pub to_do: Vec<String>,
}

/// Something that is still to be done.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TaskView {
    /// Its text.
    pub text: String,
    /// Who is to do it.
    pub owner: Option<String>,
    /// When, in words; null if it has no time.
    pub when: Option<String>,
    /// Its state, in words: under way, overdue, not recorded.
    pub state: Option<String>,
    /// Whether it is an action rather than a step of the plan.
    pub action: bool,
}

/// How many of the latest events are shown.
const LATEST: usize = 5;

/// Returns the handover of a record. `at` is the tolerance in seconds and the moment; without it, everything that
/// changes over time is left out. `names` are the steps that the project names, each with its other wordings.
pub fn handover_view(
    incident: &Incident,
    at: Option<(i64, Moment)>,
    names: &BTreeMap<String, Vec<String>>,
) -> HandoverView {
    let teller = TimeFormatter::at(incident, at.map(|(_, now)| now));
    let events = incident.events_in_time();
    let since = broken_since(incident, &events);
    let writer = HandoverWriter { incident, teller, at, names, events };
    let tried: Vec<usize> = writer
        .places(since.unwrap_or(0))
        .filter(|place| was_tried(writer.events[*place]))
        .collect();
    let rest: Vec<usize> = writer.places(0).filter(|place| !tried.contains(place)).collect();
    let mut cause =
        writer.places(0).rev().filter(|place| writer.events[*place].is(&EventType::Identified));
    let due = writer.due();
    let updates = public_updates(incident);
    HandoverView {
        broken: since.and_then(|place| writer.broken(writer.events[place])),
        cause: cause.next().map(|place| writer.noted(place)),
        last_update: updates.last.map(|at| teller.time(&at)),
        next_update: updates.promised.map(|at| teller.time(&at)),
        public_says: public_says(&teller, incident),
        updates: updates_line(&teller, incident, at.map(|(_, now)| now))
            .or_else(|| since.map(|_| teller.words.handover.no_update.to_owned())),
        people: writer.people(),
        due,
        latest: rest.iter().rev().take(LATEST).rev().map(|place| writer.noted(*place)).collect(),
        tried: tried.iter().map(|place| writer.noted(*place)).collect(),
        words: teller.words.handover,
    }
}

/// Returns the index of the event with which the current outage began; `None` if there is none.
fn broken_since(incident: &Incident, events: &[&Event]) -> Option<usize> {
    let is = |event: &Event, of: fn(&EventType) -> bool| event.kind.as_ref().is_some_and(of);
    let is_end = |event: &&Event| {
        is(event, |kind| *kind == EventType::Resolved || *kind == EventType::Closed)
    };
    let ended = events.iter().rposition(is_end).map_or(0, |place| place + 1);
    let begun = (ended..events.len()).find(|place| is(events[*place], EventType::is_beginning));
    begun.filter(|_| incident.is_going_on())
}

/// Returns whether something was done rather than seen or said.
fn was_tried(event: &Event) -> bool {
    use EventType::{Action, Decision, Done, Escalation, Failed, Mitigated};
    let done = [Action, Decision, Escalation, Failed, Mitigated, Done];
    done.iter().any(|kind| event.is(kind)) || (event.kind.is_none() && !event.steps.is_empty())
}

/// Returns the times of the last and the next public update in one line, relative to `now` if given. `None` if there was
/// no update, or nobody waits for another one.
pub(super) fn updates_line(
    teller: &TimeFormatter,
    incident: &Incident,
    now: Option<Moment>,
) -> Option<String> {
    let updates = public_updates(incident);
    if !incident.is_going_on() && updates.promised.is_none() {
        return None;
    }
    let words = &teller.words.handover;
    let told = updates.last.map(|last| match now {
        Some(now) if last.precision() != Precision::Day => {
            let passed = now.at_most(Precision::Minute).since(&last).not_negative();
            match passed.most() {
                0 => (words.last_update)(&teller.time(&last).short),
                _ => (words.last_update_ago)(&teller.amount(passed)),
            }
        }
        _ => (words.last_update)(&teller.time(&last).short),
    });
    let next = updates.promised.map(|next| {
        let time = teller.on_its_day(&next, now);
        match now.map(|now| now.at_most(Precision::Minute).since(&next)) {
            Some(late) if late.seconds > 0 => (words.update_late)(&time, &teller.amount(late)),
            _ if told.is_none() => (words.next_update)(&time),
            _ => (words.then_next)(&time),
        }
    });
    let parts: Vec<String> = [told, next].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// Returns what public pages still say, if the state for the team is another one.
pub(super) fn public_says(teller: &TimeFormatter, incident: &Incident) -> Option<String> {
    let lag = status_lag(incident)?;
    Some((teller.words.handover.public_says)(&(teller.words.event_type)(&lag.shown)))
}

/// Words the times and events of a record.
struct HandoverWriter<'i> {
    incident: &'i Incident,
    teller: TimeFormatter,
    at: Option<(i64, Moment)>,
    names: &'i BTreeMap<String, Vec<String>>,
    events: Vec<&'i Event>,
}

impl HandoverWriter<'_> {
    fn places(&self, from: usize) -> std::ops::Range<usize> {
        from..self.events.len()
    }

    fn noted(&self, place: usize) -> NotedView {
        let event = self.events[place];
        let kind = event.kind.as_ref().filter(|kind| **kind != EventType::Action);
        NotedView {
            number: place + 1,
            time: self.teller.time_or(
                event.at.map(|at| at.at_most(Precision::Minute)).as_ref(),
                self.teller.words.labels.unknown_time,
            ),
            type_label: kind.map(self.teller.words.event_type),
            text: event.headline().to_owned(),
            by: event.by.clone(),
        }
    }

    fn broken(&self, event: &Event) -> Option<BrokenView> {
        let (at, kind) = (event.at?, event.kind.as_ref()?);
        let words = &self.teller.words.handover;
        let time = self.teller.time(&at);
        let mut line = (words.since)(&time.short, &(self.teller.words.event_type)(kind));
        if let Some((_, now)) = self.at {
            let passed = now.at_most(Precision::Minute).since(&at).not_negative();
            line = format!("{line}, {}", (words.so_far)(&self.teller.amount(passed)));
        }
        Some(BrokenView { time, line })
    }

    /// Returns what is still to be done: steps chronologically, then actions by due date.
    fn due(&self) -> Vec<TaskView> {
        let settled = self.incident.settled();
        let steps = self.incident.steps_in_time().into_iter().filter(|step| !settled(step));
        let steps = self.steps(steps.collect());
        let mut actions: Vec<&Action> =
            self.incident.actions.iter().filter(|action| action.done.is_none()).collect();
        actions.sort_by_key(|action| (action.due.is_none(), action.due));
        let actions = actions.into_iter().map(|action| self.action(action));
        steps.into_iter().chain(actions).collect()
    }

    fn steps(&self, open: Vec<&PlanStep>) -> Vec<TaskView> {
        let aliases = Aliases::of(self.names);
        let progress =
            |(tolerance, now)| progress_with(self.incident, now, tolerance, Some(&aliases));
        let progress = self.at.map(progress);
        let words = &self.teller.words.handover;
        let state = |step: &PlanStep| {
            if let Some(begun) = self.begun(step) {
                let begun = self.teller.time(&begun).short;
                return Some((words.under_way)(&begun));
            }
            unlogged_words(&self.teller, progress.as_ref()?, step)
        };
        let task = |step: &PlanStep| TaskView {
            text: step.text.clone(),
            owner: step.owner.clone(),
            when: step.planned().map(|at| {
                let time = self.teller.time(&at).short;
                if step.is_deadline() { (self.teller.words.by)(&time) } else { time }
            }),
            state: state(step),
            action: false,
        };
        open.into_iter().map(task).collect()
    }

    /// Returns when a step began if it has neither ended nor failed since.
    fn begun(&self, step: &PlanStep) -> Option<Moment> {
        let id = step.id.as_ref()?;
        let last = self.events.iter().rev().find(|event| event.steps.contains(id))?;
        last.at.filter(|_| last.is(&EventType::Started))
    }

    fn action(&self, action: &Action) -> TaskView {
        let words = &self.teller.words.handover;
        let late = action.due.zip(self.at).and_then(|(due, (_, now))| {
            let days = now.clock(self.teller.zone).day.days_since(&due);
            (days > 0).then(|| {
                (words.overdue_by)(&(self.teller.words.amount)(days * 86_400, Precision::Day))
            })
        });
        TaskView {
            text: action.text.lines().next().unwrap_or("").to_owned(),
            owner: action.owner.clone(),
            when: action.due.map(|due| (self.teller.words.by)(&due.to_string())),
            state: late,
            action: true,
        }
    }

    /// Returns everybody who did something or is to do something, most recently mentioned first.
    fn people(&self) -> Vec<PersonView> {
        let mut people: Vec<PersonView> = Vec::new();
        let mut of = |name: &str| match people.iter().position(|person| person.name == name) {
            Some(place) => place,
            None => {
                people.push(PersonView { name: name.to_owned(), last: None, to_do: Vec::new() });
                people.len() - 1
            }
        };
        let heard = self
            .places(0)
            .rev()
            .filter_map(|place| Some((place, self.events[place].by.as_deref()?)));
        let mut last = Vec::new();
        for (place, name) in heard {
            let person = of(name);
            if person == last.len() {
                last.push(place);
            }
        }
        let mut tasks = Vec::new();
        for task in self.due() {
            if let Some(owner) = &task.owner {
                let when = task.when.map(|when| format!(" ({when})")).unwrap_or_default();
                tasks.push((of(owner), format!("{}{when}", task.text)));
            }
        }
        for (person, place) in last.into_iter().enumerate() {
            people[person].last = Some(self.noted(place));
        }
        for (person, task) in tasks {
            people[person].to_do.push(task);
        }
        people
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Audience, Zone};

    fn moment(clock: &str) -> Moment {
        Moment::parse(&format!("2024-09-07T{clock}+09:00"), None).unwrap()
    }

    fn event(clock: &str, kind: EventType) -> Event {
        Event { kind: Some(kind), ..Event::new(moment(clock), clock) }
    }

    fn outage(events: Vec<Event>) -> Incident {
        Incident { zone: Zone::parse("Asia/Seoul"), events, ..Incident::default() }
    }

    #[test]
    fn the_clock_of_updates_follows_promises() {
        let line = |incident: &Incident, now: Option<Moment>| {
            updates_line(&TimeFormatter::at(incident, now), incident, now)
        };
        let told = |incident: &Incident| line(incident, Some(moment("18:30:40")));
        let mut incident = outage(vec![event("18:01", EventType::Detected)]);
        assert_eq!(told(&incident), None);
        incident.events.push(event("18:12", EventType::Announced));
        assert_eq!(told(&incident).unwrap(), "last update 18 min ago");
        incident.events[1].next_update = Some(moment("18:42"));
        assert_eq!(told(&incident).unwrap(), "last update 18 min ago, next promised 18:42");
        assert_eq!(line(&incident, None).unwrap(), "last update 18:12, next promised 18:42");
        incident.events[1].next_update = Some(moment("18:22"));
        let late = "last update 18 min ago, next update overdue since 18:22 (8 min)";
        assert_eq!(told(&incident).unwrap(), late);
        incident.events.push(event("18:28", EventType::Communication));
        assert_eq!(told(&incident).unwrap(), "last update 2 min ago", "the promise was kept");
        incident.events[2].audience = Audience::Internal;
        assert_eq!(told(&incident).unwrap(), late, "the public heard nothing of that");
        let resolved =
            Event { audience: Audience::Internal, ..event("18:29", EventType::Resolved) };
        incident.events.push(resolved);
        assert_eq!(told(&incident).unwrap(), late, "the public still waits");
        let next_day = Moment::parse("2024-09-08T09:00+09:00", None).unwrap();
        let late = line(&incident, Some(next_day)).unwrap();
        assert!(late.ends_with("overdue since 09-07 18:22 (14 h 38 min)"), "{late}");
        incident.events[3].audience = Audience::Everyone;
        assert_eq!(told(&incident), None, "nobody waits any more");
    }

    #[test]
    fn what_was_tried_was_done_since_it_broke() {
        let incident = outage(vec![
            event("17:00", EventType::Action),
            event("17:10", EventType::Detected),
            event("17:20", EventType::Resolved),
            event("18:01", EventType::ImpactStart),
            event("18:05", EventType::Action),
            event("18:06", EventType::Observation),
            event("18:07", EventType::Escalation),
        ]);
        let view = handover_view(&incident, None, &BTreeMap::new());
        let clocks = |events: &[NotedView]| -> Vec<String> {
            events.iter().map(|event| event.text.clone()).collect()
        };
        assert_eq!(view.broken.unwrap().line, "since 18:01 (impact start)");
        assert_eq!(clocks(&view.tried), ["18:05", "18:07"]);
        assert_eq!(clocks(&view.latest), ["17:00", "17:10", "17:20", "18:01", "18:06"]);
    }

    #[test]
    fn steps_and_people_have_their_progress() {
        let mut incident = outage(vec![event("18:01", EventType::Started)]);
        incident.events[0].steps = vec!["a".to_owned()];
        incident.events[0].by = Some("dana".to_owned());
        let step = |id: &str, clock: &str, owner: &str| PlanStep {
            id: Some(id.to_owned()),
            owner: Some(owner.to_owned()),
            ..PlanStep::new(moment(clock), id)
        };
        incident.plan = vec![step("a", "18:00", "kim"), step("b", "18:10", "dana")];
        let view = handover_view(&incident, Some((300, moment("18:30"))), &BTreeMap::new());
        let states: Vec<Option<String>> = view.due.into_iter().map(|task| task.state).collect();
        let states: Vec<&str> = states.iter().flatten().map(String::as_str).collect();
        assert_eq!(states, ["under way since 18:01", "overdue by 20 min"]);
        let names: Vec<&str> = view.people.iter().map(|person| person.name.as_str()).collect();
        assert_eq!(names, ["dana", "kim"]);
        assert_eq!(view.people[0].to_do, ["b (18:10)"]);
    }
}
