//! Changes the steps of a plan: a single one, or the lines that a person edited.

use crate::fault::{Fault, Field, PlanFault};
use crate::format::{insert_step, step_item};
use crate::lang::{Aim, Frame, Was};
use crate::model::{Incident, Moment, PlanStep, Zone};
use crate::view::plan_view;
use crate::yaml::{Change, Value};

use super::super::steps::step_place;
use super::super::texts::{accepted, optional};
use super::super::was::was;
use super::super::when::frame;
use super::super::workspace::{Outcome, Target};
use super::add::wait_for_each_other;
use super::change::{Skipped, changed, decided, reason, refuse_waited_for, removed};
use super::lines::{lines_of_plan, steps_of_lines};
use super::needs::StepNeeds;
use super::row::Planned;
use super::step::free_id;

/// A change of a plan.
#[derive(Debug)]
pub enum PlanEdit {
    /// Of one step.
    Step(StepEdit),
    /// Of the lines of the plan, as `asrun plan export` prints them.
    Lines {
        /// The former lines.
        before: String,
        /// The edited lines: a line that was removed is a removed step.
        after: String,
    },
}

/// New values for a step, except for its time. Fields without a value are unchanged.
#[derive(Debug, Default, Clone)]
pub struct StepEdit {
    /// The step, as typed.
    pub step: String,
    /// What is to be done.
    pub text: Option<String>,
    /// Who carries it out.
    pub owner: Option<String>,
    /// Its other properties.
    pub needs: StepNeeds,
    /// Keys to be removed.
    pub clear: Vec<String>,
}

/// The result of editing a plan.
#[derive(Debug)]
pub struct EditedPlan {
    /// Steps that were changed: their texts, and the former values.
    pub changed: Vec<(String, Vec<Was>)>,
    /// Steps that were removed.
    pub removed: Vec<Skipped>,
    /// Steps that were added.
    pub added: Vec<PlanStep>,
    /// The zone of the typed times.
    pub zone: Zone,
}

/// Changes a plan. A former time is kept as a revision, with `why`.
///
/// # Errors
/// A line or an option is invalid, a step to be removed has events, somebody else changed the same step meanwhile,
/// nothing changes, or the record cannot be written.
pub fn edit_plan(target: &Target, edit: &PlanEdit, why: Option<&str>) -> Outcome<EditedPlan> {
    target.change("plan edit", |document| {
        let incident = &document.incident;
        let frame = frame(target.workspace.now, target.zone(incident), incident, Aim::Planned);
        let mut editing = Editing {
            incident,
            frame: &frame,
            kept: (decided(target.workspace.now, None, &frame)?, reason(why)?),
            plan: incident.plan.clone(),
            changes: Vec::new(),
            edited: EditedPlan {
                changed: Vec::new(),
                removed: Vec::new(),
                added: Vec::new(),
                zone: frame.zone,
            },
        };
        match edit {
            PlanEdit::Step(edit) => editing.step(edit)?,
            PlanEdit::Lines { before, after } => editing.lines(before, after)?,
        }
        // A reason is kept with a former time.
        if why.is_some() && !editing.changes.iter().any(|change| change.key == "revised") {
            return Err(PlanFault::NoTimeForReason.into());
        }
        Ok((editing.changes, editing.edited))
    })
}

/// A plan that is being edited.
struct Editing<'i> {
    incident: &'i Incident,
    frame: &'i Frame,
    /// When and why times were changed.
    kept: (Value, Option<(String, Value)>),
    /// The steps that there were before, as they become.
    plan: Vec<PlanStep>,
    changes: Vec<Change>,
    edited: EditedPlan,
}

impl Editing<'_> {
    fn step(&mut self, edit: &StepEdit) -> Result<(), Fault> {
        let place = step_place(self.incident, &edit.step, Field::Unnamed)?;
        let old = &self.incident.plan[place];
        let text = edit.text.as_deref().map(|text| accepted(Field::Text, text)).transpose()?;
        let owner = optional(Field::Owner, edit.owner.as_deref())?;
        let kept = cleared(old, &edit.clear)?;
        let named = PlanStep {
            text: text.unwrap_or_else(|| kept.text.clone()),
            owner: owner.or_else(|| kept.owner.clone()),
            ..kept
        };
        let (new, ids) = edit.needs.applied_to(named, self.incident, self.frame)?;
        self.changes.extend(ids);
        self.put(place, &new);
        match self.edited.changed.is_empty() {
            true => Err(PlanFault::SameStep { text: old.text.clone() }.into()),
            false => Ok(()),
        }
    }

    /// Gives the step at an index the values of `new`.
    fn put(&mut self, place: usize, new: &PlanStep) {
        let old = &self.incident.plan[place];
        let said = was(&step_item(old), &step_item(new));
        if !said.is_empty() {
            self.edited.changed.push((new.text.clone(), said));
            self.changes.extend(changed(place, old, new, self.kept.clone()));
            self.plan[place].clone_from(new);
        }
    }

    fn lines(&mut self, before: &str, after: &str) -> Result<(), Fault> {
        let now = lines(self.incident, self.frame.now);
        let told = self.read(&now.iter().map(|(_, line)| line.as_str()).collect::<String>())?;
        let before = self.read(before)?;
        let mut after = steps_of_lines(after, self.frame)?;
        let same = same_lines(&before, &mut after);
        let mut planned = self.incident.clone();
        for one in
            after.iter_mut().zip(&same).filter(|(_, same)| same.is_none()).map(|(one, _)| one)
        {
            one.step.id = Some(free_id(&planned, one.step.id.as_deref(), &one.step.text)?);
            planned.plan.push(one.step.clone());
        }
        self.changes.extend(wait_for_each_other(&mut after, self.incident)?);
        let mut gone: Vec<usize> = Vec::new();
        for (at, old) in before.iter().enumerate() {
            let new = same.iter().position(|same| *same == Some(at)).map(|new| &after[new].step);
            if new == Some(&old.step) {
                continue;
            }
            // Somebody else may have changed the same step meanwhile.
            let here = told.iter().position(|told| told.step == old.step);
            let place = here.map(|here| now[here].0).ok_or(Fault::ChangedMeanwhile)?;
            match new {
                Some(new) => self.put(place, &edited(&self.incident.plan[place], &old.step, new)),
                None => gone.push(place),
            }
        }
        let mut plan = self.incident.plan.clone();
        gone.sort_unstable();
        let stays = |(place, _): &(usize, &PlanStep)| !gone.contains(place);
        let left = self.plan.iter().enumerate().filter(stays).map(|(_, step)| step.clone());
        let new = after.iter().zip(&same).filter(|(_, same)| same.is_none());
        let left: Vec<PlanStep> = left.chain(new.map(|(one, _)| one.step.clone())).collect();
        for place in gone.into_iter().rev() {
            refuse_waited_for(&left, &self.incident.plan[place])?;
            let (change, gone) = removed(self.incident, place, self.frame.zone)?;
            self.changes.push(change);
            self.edited.removed.insert(0, gone);
            plan.remove(place);
        }
        for (one, _) in after.into_iter().zip(same).filter(|(_, same)| same.is_none()) {
            let (place, change) = insert_step(&plan, &one.step);
            plan.insert(place, one.step.clone());
            self.changes.push(change);
            self.edited.added.push(one.step);
        }
        Ok(())
    }

    /// Parses lines of the plan.
    fn read(&self, lines: &str) -> Result<Vec<Planned>, Fault> {
        let mut steps = steps_of_lines(lines, self.frame)?;
        wait_for_each_other(&mut steps, self.incident)?;
        Ok(steps)
    }
}

/// Returns a plan as lines for editing: all steps that were not given up, or a single one.
///
/// # Errors
/// No step matches, or the record cannot be read.
pub fn plan_to_edit(target: &Target, step: Option<&str>) -> Result<String, Fault> {
    let document = target.workspace.project.load(&target.record)?.document;
    let incident = &document.incident;
    let only = step.map(|step| step_place(incident, step, Field::Unnamed)).transpose()?;
    let lines = lines(incident, target.workspace.now).into_iter();
    let wanted = lines.filter(|(place, _)| only.is_none_or(|only| only == *place));
    Ok(wanted.map(|(_, line)| line).collect())
}

/// Returns the lines of a plan in chronological order, each with the index of its step.
fn lines(incident: &Incident, now: Moment) -> Vec<(usize, String)> {
    let line = |step: &PlanStep| {
        let place = incident.place_of_step(step)?;
        let plan = vec![step.clone()];
        let one = Incident { plan, zone: incident.zone, ..Incident::default() };
        Some((place, lines_of_plan(&plan_view("", &one, now), now)))
    };
    let planned = incident.steps_in_time().into_iter().filter(|step| step.skipped.is_none());
    planned.filter_map(line).collect()
}

/// Returns for each new line the index of the former line with the same step: by its id, else by its text.
fn same_lines(before: &[Planned], after: &mut [Planned]) -> Vec<Option<usize>> {
    let mut taken = vec![false; before.len()];
    let mut same = vec![None; after.len()];
    type IsSame = fn(&PlanStep, &PlanStep) -> bool;
    let by_id: IsSame = |old, new| old.id.is_some() && old.id == new.id;
    let by_text: IsSame = |old, new| new.id.is_none() && old.text == new.text;
    for is_same in [by_id, by_text] {
        for (new, same) in after.iter_mut().zip(&mut same).filter(|(_, same)| same.is_none()) {
            let is_it = |at: &usize| !taken[*at] && is_same(&before[*at].step, &new.step);
            if let Some(at) = (0..before.len()).find(is_it) {
                (taken[at], *same) = (true, Some(at));
                new.step.id.clone_from(&before[at].step.id);
            }
        }
    }
    same
}

/// Returns a step with the changes that a person made in its line.
fn edited(now: &PlanStep, before: &PlanStep, after: &PlanStep) -> PlanStep {
    fn one<T: Clone + PartialEq>(now: &T, before: &T, after: &T) -> T {
        if before == after { now.clone() } else { after.clone() }
    }
    PlanStep {
        at: one(&now.at, &before.at, &after.at),
        due: one(&now.due, &before.due, &after.due),
        until: one(&now.until, &before.until, &after.until),
        text: one(&now.text, &before.text, &after.text),
        owner: one(&now.owner, &before.owner, &after.owner),
        after: one(&now.after, &before.after, &after.after),
        takes: one(&now.takes, &before.takes, &after.takes),
        decision: one(&now.decision, &before.decision, &after.decision),
        rollback: one(&now.rollback, &before.rollback, &after.rollback),
        if_failed: one(&now.if_failed, &before.if_failed, &after.if_failed),
        command: one(&now.command, &before.command, &after.command),
        ..now.clone()
    }
}

/// The keys that can be removed from a step.
pub const CLEARED_OF_STEPS: [&str; 9] =
    ["owner", "until", "after", "takes", "due", "decision", "rollback", "if_failed", "command"];

/// Returns a step without these keys.
fn cleared(step: &PlanStep, keys: &[String]) -> Result<PlanStep, Fault> {
    let mut step = step.clone();
    for key in keys {
        let before = step.clone();
        match key.as_str() {
            "owner" => step.owner = None,
            "until" => step.until = None,
            "after" => step.after.clear(),
            "takes" => step.takes = None,
            // The only time of a deadline stays.
            "due" if step.at.is_some() || step.due.is_none() => step.due = None,
            "decision" => step.decision = false,
            "rollback" => step.rollback = false,
            "if_failed" => step.if_failed = None,
            "command" => step.command = None,
            _ => return Err(PlanFault::NotCleared { key: key.clone() }.into()),
        }
        if step == before {
            return Err(PlanFault::HasNone { text: before.text, key: key.clone() }.into());
        }
    }
    Ok(step)
}

#[cfg(test)]
mod tests {
    use super::super::super::trial::Trial;
    use super::*;

    /// A step that others begin after is not removed, unless they are, too, and no reason is dropped.
    #[test]
    fn a_step_is_not_removed_below_others_and_a_reason_not_dropped() {
        use super::super::change::remove_step;
        let trial = Trial::of(
            "title: t\ntimezone: Asia/Seoul\nplan:\n  - {id: fix, at: 2024-09-07T18:00, text: fix it}\n  \
             - {id: notice, at: 2024-09-07T18:05, after: [fix +5m], text: tell them}\n",
        );
        let is_waited_for = |fault: Fault| matches!(fault, Fault::Plan(PlanFault::WaitedFor { waiting, .. }) if waiting == ["notice"]);
        let text = trial.text();
        assert!(is_waited_for(remove_step(&trial.target, "fix").unwrap_err()));
        let before = plan_to_edit(&trial.target, None).unwrap();
        let only = |is_kept: &dyn Fn(&str) -> bool| {
            let kept = before.lines().filter(|line| is_kept(line)).map(|line| format!("{line}\n"));
            PlanEdit::Lines { before: before.clone(), after: kept.collect() }
        };
        let without_fix = only(&|line| !line.contains("fix it"));
        assert!(edit_plan(&trial.target, &without_fix, None).is_err());
        let owner = StepEdit {
            step: "fix".to_owned(),
            owner: Some("kim".to_owned()),
            ..StepEdit::default()
        };
        let refused = edit_plan(&trial.target, &PlanEdit::Step(owner), Some("she knows it"));
        assert!(matches!(refused, Err(Fault::Plan(PlanFault::NoTimeForReason))));
        assert_eq!(trial.text(), text);
        let waits = StepEdit {
            step: "notice".to_owned(),
            clear: vec!["after".to_owned()],
            ..StepEdit::default()
        };
        edit_plan(&trial.target, &PlanEdit::Step(waits), None).unwrap();
        remove_step(&trial.target, "fix").unwrap();
    }
}
