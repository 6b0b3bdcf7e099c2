//! The plan as calendars know it: how often each step was changed, and the steps that were removed since.

use std::collections::BTreeMap;

use crate::fault::Fault;
use crate::format::{Document, Effect, Journal, apply_all, insert_items};
use crate::model::{Incident, Moment, Skip};
use crate::store::{Project, RecordName};
use crate::view::{PlanView, plan_view};
use crate::yaml::Value;

/// Returns a record's plan for calendars, with removed steps as skipped ones. According to the journal, no sequence
/// number is lower than one that it may have been exported with.
///
/// # Errors
/// The record or its journal cannot be read.
pub fn plan_for_calendar(
    project: &Project,
    record: &RecordName,
    now: Moment,
) -> Result<PlanView, Fault> {
    let loaded = project.load(record)?;
    let past = Past::of(&project.journal(record)?);
    let mut view = plan_view(&loaded.id, &past.with_removed(&loaded.document), now);
    // Another record may have that id by now.
    if let Some(first) = past.first_id.filter(|id| project.exact(id).is_none()) {
        view.calendar_id = first;
    }
    for planned in &mut view.steps {
        let of_step = planned.step.id.as_ref().and_then(|id| past.steps.get(id));
        planned.sequence += past.all + of_step.map_or(0, |step| step.raised);
    }
    Ok(view)
}

/// The list of steps.
const PLAN: &str = "plan";
/// The zone of their times.
const ZONE: &str = "timezone";

/// The id of the record.
const ID: &str = "id";

/// What a journal says of a plan.
#[derive(Default)]
struct Past {
    /// The id that the record had before it was first renamed.
    first_id: Option<String>,
    /// How often the zone of the record was changed, which may move all steps.
    all: usize,
    /// Its steps by id.
    steps: BTreeMap<String, StepPast>,
}

/// What a journal says of a step.
#[derive(Default)]
struct StepPast {
    /// How many changes the step itself told after the latest one; `None` before the first.
    told: Option<usize>,
    /// How many more changes there were.
    raised: usize,
    /// The step, if it was removed.
    removed: Option<Value>,
}

impl Past {
    fn of(journal: &Journal) -> Past {
        let mut past = Past::default();
        for effect in journal.entries().iter().flat_map(|entry| &entry.effects) {
            match effect.list.as_str() {
                PLAN => past.note(effect),
                ZONE => past.all += 1,
                ID if past.first_id.is_none() => {
                    let before = effect.before.as_ref().and_then(Value::lone);
                    past.first_id = before.map(str::to_owned);
                }
                _ => {}
            }
        }
        past
    }

    fn note(&mut self, Effect { before, after, .. }: &Effect) {
        let [old, new] = [before, after].map(|item| item.as_ref().and_then(|it| it.text_at("id")));
        if old == new {
            if let Some(id) = old {
                self.steps.entry(id.to_owned()).or_default().note(before.as_ref(), after.as_ref());
            }
            return;
        }
        // With another id it is another step.
        if let Some(id) = old {
            self.steps.entry(id.to_owned()).or_default().note(before.as_ref(), None);
        }
        if let Some(id) = new {
            self.steps.entry(id.to_owned()).or_default().note(None, after.as_ref());
        }
    }

    /// Returns the record with the removed steps, as skipped ones.
    fn with_removed(&self, document: &Document) -> Incident {
        let is_there =
            |id: &String| document.incident.plan.iter().any(|it| it.id.as_ref() == Some(id));
        let gone: Vec<(&String, &Value)> = self
            .steps
            .iter()
            .filter(|(id, _)| !is_there(id))
            .filter_map(|(id, step)| Some((id, step.removed.as_ref()?)))
            .collect();
        let items = gone.iter().map(|(_, item)| (PLAN.to_owned(), (*item).clone())).collect();
        // Without steps that no longer fit into the record.
        let Ok((with, _)) = apply_all(document, &insert_items(document, items)) else {
            return document.incident.clone();
        };
        let mut incident = with.incident;
        for step in &mut incident.plan {
            if step.id.as_ref().is_some_and(|id| gone.iter().any(|(other, _)| *other == id)) {
                step.skipped = Some(Skip { on: None, why: None });
            }
        }
        incident
    }
}

impl StepPast {
    fn note(&mut self, before: Option<&Value>, after: Option<&Value>) {
        let skipped = |item: &Value| told_by(item) + usize::from(item.get("skipped").is_none());
        let told = after.map(told_by).or_else(|| before.map(skipped)).unwrap_or(0);
        let earlier = self.told.or_else(|| before.map(told_by));
        self.raised += earlier.map_or(0, |earlier| (earlier + 1).saturating_sub(told));
        self.told = Some(told);
        self.removed = before.filter(|_| after.is_none()).cloned();
    }
}

/// Returns how many changes a step tells: its revisions, and that it is skipped.
fn told_by(item: &Value) -> usize {
    let revisions = match item.get("revised") {
        Some(Value::List(revisions)) => revisions.len(),
        _ => 0,
    };
    revisions + usize::from(item.get("skipped").is_some())
}

#[cfg(test)]
mod tests {
    use super::super::super::header::{KeyDeed, SetRequest, set_key};
    use super::super::super::rename::rename_record;
    use super::super::super::trial::Trial;
    use super::super::super::turns::undo;
    use super::super::super::undo::Turn;
    use super::super::{
        MoveRequest, PlanEdit, SkipRequest, StepEdit, edit_plan, move_step, remove_step, skip_step,
        unskip_step,
    };
    use super::*;
    use crate::render::plan_calendar;

    const RECORD: &str = "\
title: Release
timezone: Asia/Seoul
plan:
  - {id: deploy, at: 2024-09-07T17:30, text: deploy}
  - {id: tell, at: 2024-09-07T18:30, text: tell}
";

    /// Returns the state and the sequence number of a step.
    fn seen(trial: &Trial, id: &str) -> (&'static str, usize) {
        let workspace = &trial.target.workspace;
        let view =
            plan_for_calendar(&workspace.project, &trial.target.record, workspace.now).unwrap();
        let step = view.steps.iter().find(|it| it.step.id.as_deref() == Some(id)).unwrap();
        (step.state, step.sequence)
    }

    /// Returns what identifies the entries of a record's calendar.
    fn uids(trial: &Trial, record: &RecordName) -> Vec<String> {
        let workspace = &trial.target.workspace;
        let view = plan_for_calendar(&workspace.project, record, workspace.now).unwrap();
        let text = plan_calendar(&view);
        text.lines().filter_map(|line| line.strip_prefix("UID:")).map(str::to_owned).collect()
    }

    #[test]
    fn entries_of_a_renamed_record_are_the_same_ones() {
        let with_another = format!("{RECORD}  - {{at: 2024-09-07T19:00, text: no id}}\n");
        let mut trial = Trial::of(&with_another);
        let old = trial.target.record.clone();
        let before = uids(&trial, &trial.target.record);
        assert_eq!(before.len(), 3);
        let zone = SetRequest {
            key: "timezone".to_owned(),
            deed: KeyDeed::Set,
            values: vec!["Europe/Berlin".to_owned()],
            ..SetRequest::default()
        };
        set_key(&trial.target, zone).unwrap();
        assert_eq!(uids(&trial, &trial.target.record), before);
        for id in ["renamed", "again"] {
            trial.target.record = rename_record(&trial.target, id).unwrap().record;
            assert_eq!(uids(&trial, &trial.target.record), before);
        }
        // Its first id is another record's now.
        std::fs::write(&old.path, RECORD).unwrap();
        assert!(uids(&trial, &trial.target.record).iter().all(|uid| !before.contains(uid)));
    }

    #[test]
    fn no_sequence_number_goes_down() {
        let trial = Trial::of(RECORD);
        let target = &trial.target;
        let step = || "deploy".to_owned();
        let skip = SkipRequest { step: step(), ..SkipRequest::default() };
        let moved =
            |at: &str| MoveRequest { step: step(), at: at.to_owned(), ..MoveRequest::default() };
        let text = StepEdit { step: step(), text: Some("ship".to_owned()), ..StepEdit::default() };
        let zone = || SetRequest {
            key: "timezone".to_owned(),
            deed: KeyDeed::Set,
            values: vec!["Europe/Berlin".to_owned()],
            ..SetRequest::default()
        };
        let changes: [(&dyn Fn(), &str); 11] = [
            (&|| drop(move_step(target, &moved("17:40")).unwrap()), "open"),
            (&|| drop(move_step(target, &moved("17:50")).unwrap()), "open"),
            (&|| drop(undo(target, Turn::Back(1)).unwrap()), "open"),
            (&|| drop(skip_step(target, &skip).unwrap()), "skipped"),
            (&|| drop(unskip_step(target, "deploy").unwrap()), "open"),
            (&|| drop(edit_plan(target, &PlanEdit::Step(text.clone()), None).unwrap()), "open"),
            (&|| drop(set_key(target, zone()).unwrap()), "open"),
            (&|| drop(undo(target, Turn::Back(1)).unwrap()), "open"),
            (&|| drop(remove_step(target, "deploy").unwrap()), "skipped"),
            (&|| drop(undo(target, Turn::Back(1)).unwrap()), "open"),
            (&|| drop(remove_step(target, "deploy").unwrap()), "skipped"),
        ];
        let (mut last, other) = (seen(&trial, "deploy"), seen(&trial, "tell"));
        assert_eq!((last, other), (("open", 0), ("open", 0)));
        for (number, (change, state)) in changes.iter().enumerate() {
            change();
            let now = seen(&trial, "deploy");
            assert!(now.0 == *state && now.1 > last.1, "{number}: {last:?} {now:?}");
            last = now;
        }
        // Only the zone moved the other one.
        assert_eq!(seen(&trial, "tell"), ("open", 2));
    }
}
