//! Adding steps to a plan.

use crate::fault::{Doubt, Fault, Field, PlanFault};
use crate::format::insert_step;
use crate::lang::{Aim, CountedFrom, Frame, is_unknown_time};
use crate::model::{PlanStep, Zone};
use crate::yaml::Change;

use super::super::texts::{accepted, optional};
use super::super::when::{frame, outside, read_time, split_line};
use super::super::workspace::{Outcome, Target};
use super::lines::{Planned, steps_of_lines};
use super::needs::StepNeeds;
use super::step::{exact, free_id, window_end};

/// Steps to be added to a plan.
#[derive(Debug)]
pub enum NewSteps {
    /// One step.
    One(NewStep),
    /// Pasted lines, a time and a text each. Those that the plan has already are left out.
    Pasted {
        /// The lines.
        lines: String,
        /// The id, if they are one step.
        id: Option<String>,
        /// The zero that `T-60m` counts from, as typed.
        zero: Option<String>,
    },
}

/// A step to be added to a plan. What is not said is not written.
#[derive(Debug, Default)]
pub struct NewStep {
    /// When it is due, as typed.
    pub at: String,
    /// What is to be done.
    pub text: String,
    /// Its id; made of the text if not said.
    pub id: Option<String>,
    /// The end of its window, as typed.
    pub until: Option<String>,
    /// Who does it.
    pub owner: Option<String>,
    /// The zero that `T-60m` counts from, as typed.
    pub zero: Option<String>,
    /// What else is said of it.
    pub needs: StepNeeds,
}

/// Steps that are in their plan.
#[derive(Debug)]
pub struct AddedSteps {
    /// The steps, in the order they were given.
    pub steps: Vec<AddedStep>,
    /// The zone that their times were read in.
    pub zone: Zone,
}

/// A step that is in its plan.
#[derive(Debug)]
pub struct AddedStep {
    /// The step, with its id.
    pub step: PlanStep,
    /// What is odd about its day.
    pub doubt: Option<Doubt>,
    /// What its times were counted from, where they were typed so.
    pub counted: Vec<CountedFrom>,
}

/// Adds steps to a plan, all or none.
///
/// # Errors
/// A time or a text is none, an id is taken, or the record cannot be written.
pub fn add_steps(target: &Target, request: &NewSteps) -> Outcome<AddedSteps> {
    let (saved, (added, frame)) = target.change("plan", |document| {
        let incident = &document.incident;
        let zone = target.zone(incident);
        let frame = frame(target.workspace.now, zone, incident, Aim::Planned);
        let frame = request.with_zero(frame)?;
        let mut planned = incident.clone();
        let mut changes: Vec<Change> = Vec::new();
        let mut added: Vec<Planned> = Vec::new();
        let is_pasted = matches!(request, NewSteps::Pasted { .. });
        for Planned { mut step, counted } in request.steps(&frame)? {
            // Who pastes a longer plan again wants what is new in it.
            let is_same = |old: &PlanStep| old.at == step.at && old.text == step.text;
            if is_pasted && incident.plan.iter().any(is_same) {
                continue;
            }
            if let NewSteps::One(NewStep { needs, .. }) = request {
                let (told, ids) = needs.told(step, incident, &frame)?;
                step = told;
                changes.extend(ids);
            }
            step.id = Some(free_id(&planned, step.id.as_deref(), &step.text)?);
            let (index, change) = insert_step(&planned.plan, &step);
            planned.plan.insert(index, step.clone());
            changes.push(change);
            added.push(Planned { step, counted });
        }
        Ok((changes, (added, frame)))
    })?;
    let told = |Planned { step, counted }: Planned| {
        let doubt =
            step.planned().and_then(|at| outside(&at, &frame, &saved.before.incident, true));
        AddedStep { step, doubt, counted }
    };
    let steps = added.into_iter().map(told).collect();
    Ok((saved, AddedSteps { steps, zone: frame.zone }))
}

impl NewSteps {
    /// The same frame with the zero that the request tells.
    fn with_zero(&self, frame: Frame) -> Result<Frame, Fault> {
        let (NewSteps::One(NewStep { zero, .. }) | NewSteps::Pasted { zero, .. }) = self;
        let Some(typed) = zero else { return Ok(frame) };
        let zero = exact(read_time(typed, &frame, Field::Zero)?, Field::Zero)?;
        Ok(Frame { zero: Some(zero.moment), ..frame })
    }

    fn steps(&self, frame: &Frame) -> Result<Vec<Planned>, Fault> {
        match self {
            NewSteps::One(step) => Ok(vec![step.step(frame)?]),
            NewSteps::Pasted { lines, id, .. } => {
                let mut steps = steps_of_lines(lines, frame)?;
                match steps.as_mut_slice() {
                    _ if id.is_none() => {}
                    [planned] => planned.step.id.clone_from(id),
                    several => return Err(PlanFault::OneIdForMany(several.len()).into()),
                }
                Ok(steps)
            }
        }
    }
}

impl NewStep {
    fn step(&self, frame: &Frame) -> Result<Planned, Fault> {
        let text = || accepted(Field::Text, &self.text);
        if is_unknown_time(&self.at) && self.until.is_none() {
            let owner = optional(Field::Owner, self.owner.as_deref())?;
            let step = PlanStep { id: self.id.clone(), owner, ..PlanStep::new(None, text()?) };
            return Ok(Planned { step, counted: Vec::new() });
        }
        // `by 17:00` is a deadline.
        let due = split_line(&self.at, frame, Field::Unnamed)?
            .filter(|lead| lead.is_due && lead.text.is_empty());
        let typed = due.as_ref().map_or(&self.at, |lead| &lead.start);
        let at = exact(read_time(typed, frame, Field::Unnamed)?, Field::Unnamed)?;
        let until = self.until.as_deref().map(|text| window_end(text, frame, &at)).transpose()?;
        let counted = [Some(at), until].into_iter().flatten();
        let counted = counted.filter_map(|typed| typed.counted_from).collect();
        let moment = Some(at.moment);
        let (at, due) = if due.is_some() { (None, moment) } else { (moment, None) };
        let step = PlanStep {
            id: self.id.clone(),
            due,
            until: until.map(|until| until.moment),
            owner: optional(Field::Owner, self.owner.as_deref())?,
            ..PlanStep::new(at, text()?)
        };
        Ok(Planned { step, counted })
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::trial::Trial;
    use super::*;
    use crate::fault::{UnreadLine, UnreadWhy};

    const RECORD: &str = "\
title: 출시
kind: release
date: 2024-09-07
timezone: Asia/Seoul
plan:
  - at: 2024-09-07T17:30+09:00
    id: deploy
    text: 앱 배포
";

    fn pasted(lines: &str, id: Option<&str>) -> NewSteps {
        NewSteps::Pasted { lines: lines.to_owned(), id: id.map(str::to_owned), zero: None }
    }

    #[test]
    fn steps_go_into_the_plan_by_their_time() {
        let trial = Trial::of(RECORD);
        let request = NewSteps::One(NewStep {
            at: "17:00".to_owned(),
            text: "진입 금지".to_owned(),
            until: Some("17:10".to_owned()),
            ..NewStep::default()
        });
        let (saved, added) = add_steps(&trial.target, &request).unwrap();
        assert_eq!(added.steps[0].step.id.as_deref(), Some("진입-금지"));
        assert_eq!(added.steps[0].doubt, None);
        assert_eq!(saved.after.incident.plan[0].text, "진입 금지");
        let again = "오후 5시 30분: 앱 배포\n2024-10-01 18:00 late [id: late]\n";
        let (saved, added) = add_steps(&trial.target, &pasted(again, None)).unwrap();
        let ids: Vec<_> = added.steps.iter().map(|added| added.step.id.as_deref()).collect();
        assert_eq!(ids, [Some("late")]);
        assert!(matches!(added.steps[0].doubt, Some(Doubt::Outside { .. })));
        assert_eq!(saved.after.incident.plan.len(), 3);
    }

    #[test]
    fn what_cannot_be_planned_changes_nothing() {
        let one = |at: &str, until: Option<&str>, id: Option<&str>| {
            NewSteps::One(NewStep {
                at: at.to_owned(),
                text: "x".to_owned(),
                id: id.map(str::to_owned),
                until: until.map(str::to_owned),
                owner: None,
                zero: None,
                needs: StepNeeds::default(),
            })
        };
        let unread = |number, text: &str, why| UnreadLine { number, text: text.to_owned(), why };
        for (request, fault) in [
            (one("~18:00", None, None), PlanFault::Approximate { field: Field::Unnamed }),
            (one("18:00", Some("17:59"), None), PlanFault::EndsBeforeItBegins),
            (one("18:00", None, Some("deploy")), PlanFault::IdTaken { id: "deploy".to_owned() }),
            (pasted("18:00 a\n19:00 b\n", Some("x")), PlanFault::OneIdForMany(2)),
            (pasted("18:00 a\n", Some("deploy")), PlanFault::IdTaken { id: "deploy".to_owned() }),
            (pasted("# 계획\n\n```\n", None), PlanFault::NoLines),
            (
                pasted("# 9월 8일\n- 18:00 a\n2. none\n", None),
                PlanFault::Unread(vec![
                    unread(1, "# 9월 8일", UnreadWhy::Heading),
                    unread(3, "none", UnreadWhy::NoTime),
                ]),
            ),
        ] {
            let trial = Trial::of(RECORD);
            let refused = add_steps(&trial.target, &request);
            match refused {
                Err(Fault::Plan(found)) => assert_eq!(found, fault),
                other => panic!("{request:?}: {other:?}"),
            }
            assert_eq!(trial.text(), RECORD);
        }
    }
}
