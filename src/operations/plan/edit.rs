//! Changing what a plan says: of one step, or of its lines as a person edited them.

use crate::fault::{Fault, Field, PlanFault};
use crate::format::{insert_step, step_item};
use crate::lang::{Aim, Frame, Was};
use crate::model::{Incident, Moment, PlanStep, Zone};
use crate::render::plan_lines;
use crate::view::plan_view;
use crate::yaml::{Change, Value};

use super::super::steps::step_place;
use super::super::texts::{accepted, optional};
use super::super::was::was;
use super::super::when::frame;
use super::super::workspace::{Outcome, Target};
use super::add::wait_for_each_other;
use super::change::{Skipped, changed, decided, reason, removed};
use super::lines::steps_of_lines;
use super::needs::StepNeeds;
use super::row::Planned;
use super::step::free_id;

/// What a plan is to say from now on.
#[derive(Debug)]
pub enum PlanEdit {
    /// One step says something else.
    Step(StepEdit),
    /// Lines of the plan, as `asrun plan export` tells them.
    Lines {
        /// As they were.
        before: String,
        /// As a person left them: a line that is gone is a step that goes.
        after: String,
    },
}

/// What a step is to say from now on beside its time. What is not said stays as it is.
#[derive(Debug, Default)]
pub struct StepEdit {
    /// The step, as typed.
    pub step: String,
    /// What is to be done.
    pub text: Option<String>,
    /// Who does it.
    pub owner: Option<String>,
    /// What else is said of it.
    pub needs: StepNeeds,
    /// Keys to be taken away.
    pub clear: Vec<String>,
}

/// What became of a plan that was edited.
#[derive(Debug)]
pub struct EditedPlan {
    /// Steps that say something else: their words, and the keys as they were.
    pub changed: Vec<(String, Vec<Was>)>,
    /// Steps that are gone.
    pub removed: Vec<Skipped>,
    /// Steps that are new.
    pub added: Vec<PlanStep>,
    /// The zone that times were read in.
    pub zone: Zone,
}

/// Changes a plan. A time that becomes another one is kept as a revision, with `why`.
///
/// # Errors
/// A line or an option is not understood, events carry a step out that is to go, somebody else changed the
/// same step meanwhile, nothing is to change, or the record cannot be written.
pub fn edit_plan(target: &Target, edit: &PlanEdit, why: Option<&str>) -> Outcome<EditedPlan> {
    target.change("plan edit", |document| {
        let incident = &document.incident;
        let frame = frame(target.workspace.now, target.zone(incident), incident, Aim::Planned);
        let mut editing = Editing {
            incident,
            frame: &frame,
            kept: (decided(target.workspace.now, None, &frame)?, reason(why)?),
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
        Ok((editing.changes, editing.edited))
    })
}

/// A plan that is edited.
struct Editing<'i> {
    incident: &'i Incident,
    frame: &'i Frame,
    /// When and why a time became another one.
    kept: (Value, Option<(String, Value)>),
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
        let (new, ids) = edit.needs.told(named, self.incident, self.frame)?;
        self.changes.extend(ids);
        self.put(place, &new);
        match self.edited.changed.is_empty() {
            true => Err(PlanFault::SameStep { text: old.text.clone() }.into()),
            false => Ok(()),
        }
    }

    /// Makes the step at that place say what `new` says.
    fn put(&mut self, place: usize, new: &PlanStep) {
        let old = &self.incident.plan[place];
        let said = was(&step_item(old), &step_item(new));
        if !said.is_empty() {
            self.edited.changed.push((new.text.clone(), said));
            self.changes.extend(changed(place, old, new, self.kept.clone()));
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
        for place in gone.into_iter().rev() {
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

    /// The steps that lines of the plan tell.
    fn read(&self, lines: &str) -> Result<Vec<Planned>, Fault> {
        let mut steps = steps_of_lines(lines, self.frame)?;
        wait_for_each_other(&mut steps, self.incident)?;
        Ok(steps)
    }
}

/// Returns a plan as lines that a person may edit: of all steps that were not given up, or of one.
///
/// # Errors
/// No step is meant, or the record cannot be read.
pub fn plan_to_edit(target: &Target, step: Option<&str>) -> Result<String, Fault> {
    let document = target.workspace.project.load(&target.record)?.document;
    let incident = &document.incident;
    let only = step.map(|step| step_place(incident, step, Field::Unnamed)).transpose()?;
    let lines = lines(incident, target.workspace.now).into_iter();
    let wanted = lines.filter(|(place, _)| only.is_none_or(|only| only == *place));
    Ok(wanted.map(|(_, line)| line).collect())
}

/// The lines of a plan in time, each with the place of its step.
fn lines(incident: &Incident, now: Moment) -> Vec<(usize, String)> {
    let line = |step: &PlanStep| {
        let place = incident.place_of_step(step)?;
        let plan = vec![step.clone()];
        let one = Incident { plan, zone: incident.zone, ..Incident::default() };
        Some((place, plan_lines(&plan_view("", &one, now))))
    };
    let planned = incident.steps_in_time().into_iter().filter(|step| step.skipped.is_none());
    planned.filter_map(line).collect()
}

/// Of each line now, the place of the line before that told the same step: by its id, else by its words.
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

/// A step as it is, with what a person changed in its line.
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

/// A step without these keys.
fn cleared(step: &PlanStep, keys: &[String]) -> Result<PlanStep, Fault> {
    let mut step = step.clone();
    for key in keys {
        match key.as_str() {
            "owner" => step.owner = None,
            "until" => step.until = None,
            "after" => step.after.clear(),
            "takes" => step.takes = None,
            "due" if step.at.is_some() => step.due = None,
            "decision" => step.decision = false,
            "rollback" => step.rollback = false,
            "if_failed" => step.if_failed = None,
            "command" => step.command = None,
            _ => return Err(PlanFault::NotCleared { key: key.clone() }.into()),
        }
    }
    Ok(step)
}
