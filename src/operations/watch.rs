//! Watches a record while others log to it.

use std::collections::{BTreeMap, HashMap};

use crate::model::{Event, Incident, PlanStep};
use crate::store::{Project, RecordName, Saved, Stamp};

use super::ask::others_open;

/// What others changed in a record.
#[derive(Debug, Default)]
pub struct News {
    /// New events.
    pub events: Vec<Event>,
    /// Steps that were given up, resumed or moved.
    pub steps: Vec<PlanStep>,
}

/// A record in its last known state.
#[derive(Debug)]
pub struct RecordWatch {
    project: Project,
    record: RecordName,
    /// Its content when it could last be read.
    incident: Incident,
    /// The state of the file at that time.
    seen: Option<Stamp>,
}

impl RecordWatch {
    /// Starts watching a record, which may be unreadable.
    pub fn of(project: Project, record: RecordName) -> RecordWatch {
        let incident = project.load(&record).map(|loaded| loaded.document.incident);
        RecordWatch { incident: incident.unwrap_or_default(), project, record, seen: None }
    }

    /// Returns the last readable content of the record.
    pub fn incident(&self) -> &Incident {
        &self.incident
    }

    /// Returns the record's id.
    pub fn id(&self) -> &str {
        &self.record.id
    }

    /// Returns how many seconds a step may deviate and still be on time.
    pub fn tolerance(&self) -> i64 {
        self.project.settings.tolerance_seconds()
    }

    /// Returns the steps that the project names, each with its other wordings.
    pub fn step_names(&self) -> &BTreeMap<String, Vec<String>> {
        &self.project.settings.steps
    }

    /// Returns the project's scale of severities.
    pub fn scale(&self) -> Vec<&str> {
        self.project.settings.scale()
    }

    /// Returns the ids of the other open records; none if they cannot be listed.
    pub fn others_open(&self) -> Vec<String> {
        others_open(&self.project, &self.record).unwrap_or_default()
    }

    /// Reads the record again, and returns each new event and each changed step, except for those whose texts are in
    /// `own`. An unreadable record has no changes.
    pub fn look(&mut self, own: &[&str]) -> News {
        let seen = Stamp::at(&self.record.path);
        if own.is_empty() && seen.is_some() && seen == self.seen {
            return News::default();
        }
        self.seen = seen;
        let Ok(loaded) = self.project.load(&self.record) else { return News::default() };
        let before = std::mem::replace(&mut self.incident, loaded.document.incident);
        let mut new: Vec<Event> =
            new_events(&before.events, &self.incident.events).into_iter().cloned().collect();
        let mut own_left: HashMap<&str, usize> = HashMap::new();
        own.iter().for_each(|own| *own_left.entry(own).or_default() += 1);
        new.retain(|event| match own_left.get_mut(event.text.as_str()) {
            Some(left) if *left > 0 => {
                *left -= 1;
                false
            }
            _ => true,
        });
        let steps = changed_steps(&before, &self.incident);
        let steps = steps.filter(|step| !own.contains(&step.text.as_str()));
        News { events: new, steps: steps.cloned().collect() }
    }
}

/// Returns the steps that existed before, but whose time, or whether they were given up, changed.
fn changed_steps<'a>(
    before: &'a Incident,
    after: &'a Incident,
) -> impl Iterator<Item = &'a PlanStep> {
    after.plan.iter().filter(|step| {
        let same = |other: &&PlanStep| (&other.id, &other.text) == (&step.id, &step.text);
        let was = before.plan.iter().find(same).filter(|_| before.plan != after.plan);
        was.is_some_and(|was| (was.planned(), &was.skipped) != (step.planned(), &step.skipped))
    })
}

/// Returns the texts of the events that a save added or changed.
pub fn words_of_save(saved: &Saved) -> Vec<String> {
    let events = new_events(&saved.before.incident.events, &saved.after.incident.events);
    events.into_iter().map(|event| event.text.clone()).collect()
}

/// Returns the events that are new. Events before and after all changes are only compared with their counterparts, and
/// the others by their texts first.
fn new_events<'e>(before: &[Event], after: &'e [Event]) -> Vec<&'e Event> {
    let same = |(a, b): &(&Event, &Event)| a == b;
    let head = before.iter().zip(after).take_while(same).count();
    let tail = before[head..].iter().rev().zip(after[head..].iter().rev()).take_while(same).count();
    let changed = &after[head..after.len() - tail];
    if changed.is_empty() {
        return Vec::new();
    }
    let key = |event: &'_ Event| event.at.map(|at| at.unix());
    let mut known: HashMap<_, Vec<&Event>> = HashMap::new();
    for event in before {
        known.entry((key(event), event.text.as_str())).or_default().push(event);
    }
    let is_new = |event: &&Event| {
        let alike = known.get(&(key(event), event.text.as_str()));
        !alike.is_some_and(|alike| alike.contains(event))
    };
    changed.iter().filter(is_new).collect()
}

#[cfg(test)]
mod tests {
    use super::super::trial::Trial;
    use super::*;

    #[test]
    fn what_a_save_changes_is_no_news() {
        use super::super::log::{LogOutcome, LogRequest, log};
        let head = "title: x\nseverity: sev1\nevents:\n  - at: 2024-09-07T18:20+09:00\n    \
                    text: \"Severity: sev3 → sev1\"\n    type: severity_change\n    from: sev3\n    to: sev1\n";
        let trial = Trial::new(head);
        let mut watch =
            RecordWatch::of(trial.target.workspace.project.clone(), trial.target.record.clone());
        let at = Some("2024-09-07T18:10+09:00".to_owned());
        let request = LogRequest { at, severity: Some("sev2".to_owned()), ..LogRequest::default() };
        let Ok(LogOutcome::Recorded(logged)) = log(&trial.target, &request) else {
            panic!("it is refused")
        };
        let own = words_of_save(&logged.saved);
        assert_eq!(own, ["Severity: sev3 → sev2", "Severity: sev2 → sev1"]);
        let own: Vec<&str> = own.iter().map(String::as_str).collect();
        assert!(watch.look(&own).events.is_empty());
    }

    #[test]
    fn what_others_log_is_news_once() {
        let event = |minute: u32, text: &str| {
            format!("  - at: 2024-09-07T18:{minute:02}+09:00\n    text: {text}\n")
        };
        let head = format!("title: x\nevents:\n{}", event(0, "first"));
        let trial = Trial::new(&head);
        let mut watch =
            RecordWatch::of(trial.target.workspace.project.clone(), trial.target.record.clone());
        let look = |watch: &mut RecordWatch, own: &[&str]| {
            watch.look(own).events.into_iter().map(|event| event.text).collect::<Vec<_>>()
        };
        assert_eq!(look(&mut watch, &[]), Vec::<String>::new());
        trial.write(&format!("{head}{}{}", event(1, "mine"), event(2, "theirs")));
        assert_eq!(look(&mut watch, &["mine"]), ["theirs"]);
        assert_eq!(look(&mut watch, &[]), Vec::<String>::new());
        trial.write("title: [\n");
        assert_eq!(look(&mut watch, &[]), Vec::<String>::new());
        assert_eq!(watch.incident().events.len(), 3, "as it could last be read");
    }
}
