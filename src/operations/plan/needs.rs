//! The properties of a step besides its times and text: what it waits for, how long it takes, its deadline, and what to
//! do if it fails.

use crate::fault::{Fault, Field, PlanFault};
use crate::lang::{Aim, Frame};
use crate::model::{After, Incident, Length, Moment, PlanStep, Zone};
use crate::yaml::Change;

use super::super::steps::{step_at, step_place};
use super::super::texts::optional;
use super::super::when::read_time;
use super::step::exact;

/// The properties of a step besides its times and text, as typed. Fields without a value are not written.
#[derive(Debug, Default, Clone)]
pub struct StepNeeds {
    /// The steps that it waits for, optionally with a gap: `deploy +16m`.
    pub after: Vec<String>,
    /// How long it is expected to take.
    pub takes: Option<String>,
    /// Its deadline.
    pub due: Option<String>,
    /// Whether it is a go/no-go decision.
    pub decision: bool,
    /// Whether it is a rollback, which only runs when somebody calls it.
    pub rollback: bool,
    /// What to do if it fails.
    pub if_failed: Option<String>,
    /// A command that carries it out.
    pub command: Option<String>,
}

impl StepNeeds {
    /// Returns whether no property is set.
    pub fn is_empty(&self) -> bool {
        let StepNeeds { after, takes, due, decision, rollback, if_failed, command } = self;
        let texts = [takes, due, if_failed, command];
        after.is_empty() && !decision && !rollback && texts.iter().all(|text| text.is_none())
    }

    /// Returns the step with these properties, and the changes that give ids to its dependencies.
    ///
    /// # Errors
    /// A dependency does not exist, a length or a time is invalid, or a text is.
    pub(super) fn applied_to(
        &self,
        step: PlanStep,
        incident: &Incident,
        frame: &Frame,
    ) -> Result<(PlanStep, Vec<Change>), Fault> {
        let (mut after, mut changes) = (Vec::new(), Vec::new());
        for typed in &self.after {
            let (named, gap) = waited_for(typed, incident, frame)?;
            let (id, change) = step_at(incident, step_place(incident, named, Field::After)?);
            changes.extend(change);
            after.push(After { step: id, gap });
        }
        let takes = self.takes.as_deref().map(|typed| length(typed, Field::Takes, frame));
        let due = self.due.as_deref().map(|typed| due(typed, frame)).transpose()?;
        let told = PlanStep {
            after: if after.is_empty() { step.after } else { after },
            takes: takes.transpose()?.or(step.takes),
            due: due.or(step.due),
            decision: self.decision || step.decision,
            rollback: self.rollback || step.rollback,
            if_failed: optional(Field::IfFailed, self.if_failed.as_deref())?.or(step.if_failed),
            command: optional(Field::Command, self.command.as_deref())?.or(step.command),
            ..step
        };
        Ok((told, changes))
    }
}

fn due(typed: &str, frame: &Frame) -> Result<Moment, Fault> {
    Ok(exact(read_time(typed, frame, Field::Due)?, Field::Due)?.moment)
}

/// Splits `deploy +16m` into the step and the gap; a plus sign in a step's id is part of the id.
fn waited_for<'t>(
    typed: &'t str,
    incident: &Incident,
    frame: &Frame,
) -> Result<(&'t str, Length), Fault> {
    let typed = typed.trim();
    let split = typed.rsplit_once(" +").filter(|_| incident.step(typed).is_none());
    match split {
        Some((step, gap)) => Ok((step.trim_end(), length(gap, Field::After, frame)?)),
        None => Ok((typed, Length::default())),
    }
}

/// Parses a length that is typed at `now`.
///
/// # Errors
/// It is invalid, or zero.
pub fn read_length(typed: &str, field: Field, now: Moment, zone: Zone) -> Result<Length, Fault> {
    length(typed, field, &Frame::bare(now, zone, Aim::Planned))
}

/// Parses a length as in a plan, or as people write it: `20m`, `20분`, `1시간 30분`.
pub(super) fn length(typed: &str, field: Field, frame: &Frame) -> Result<Length, Fault> {
    let refused = || Fault::Plan(PlanFault::NoStepLength { field, typed: typed.to_owned() });
    if let Some(length) = Length::parse(typed) {
        return Ok(length);
    }
    let from = frame.now.at_most(crate::model::Precision::Second);
    let counted = read_time(&format!("+{}", typed.trim()), &frame.aimed(Aim::Moved(from)), field);
    let counted = counted.ok().filter(|typed| typed.counted_from.is_some());
    let seconds = counted.map(|typed| typed.moment.unix() - from.unix());
    seconds.and_then(Length::of).filter(|length| length.seconds() > 0).ok_or_else(refused)
}

#[cfg(test)]
mod tests {
    use super::super::super::trial::Trial;
    use super::super::{NewStep, NewSteps, add_steps};
    use super::*;

    const RECORD: &str = "\
title: 출시
kind: release
date: 2024-09-07
timezone: Asia/Seoul
plan:
  - at: 2024-09-07T17:00+09:00
    id: build
    text: 빌드
  - at: 2024-09-07T17:20+09:00
    text: 심사
";

    fn added(needs: StepNeeds) -> Result<PlanStep, Fault> {
        let trial = Trial::of(RECORD);
        let (at, text) = ("17:30".to_owned(), "배포".to_owned());
        let request = NewSteps::One(NewStep { at, text, needs, ..NewStep::default() });
        let (saved, _) = add_steps(&trial.target, &request)?;
        Ok(saved.after.incident.step("배포").unwrap().clone())
    }

    #[test]
    fn what_a_step_waits_for_is_found_and_its_gap_is_kept() {
        let step = added(StepNeeds {
            after: vec!["build +16m".to_owned(), "심사 +1시간".to_owned()],
            takes: Some("20분".to_owned()),
            due: Some("18:00".to_owned()),
            decision: true,
            rollback: true,
            if_failed: Some("되돌리기".to_owned()),
            command: Some("./deploy".to_owned()),
        });
        let step = step.unwrap();
        let after: Vec<String> = step.after.iter().map(After::to_string).collect();
        // A step without an id gets one, so that it can be referred to.
        assert_eq!(after, ["build +16m", "step-2 +1h"]);
        assert_eq!(step.takes.map(|takes| takes.to_string()).as_deref(), Some("20m"));
        assert_eq!(step.due.unwrap().written(), "2024-09-07T18:00+09:00");
        assert!(step.decision && step.rollback && !step.is_deadline());
        assert_eq!(step.if_failed.as_deref(), Some("되돌리기"));
        assert_eq!(step.command.as_deref(), Some("./deploy"));
    }

    #[test]
    fn what_is_no_length_and_no_step_is_refused() {
        for (after, takes) in [("build +16", None), ("build", Some("20")), ("build", Some("long"))]
        {
            let takes = takes.map(str::to_owned);
            let refused =
                added(StepNeeds { after: vec![after.to_owned()], takes, ..StepNeeds::default() });
            let is_length = matches!(refused, Err(Fault::Plan(PlanFault::NoStepLength { .. })));
            assert!(is_length, "{after}: {refused:?}");
        }
        let unknown =
            added(StepNeeds { after: vec!["nothing".to_owned()], ..StepNeeds::default() });
        assert!(matches!(unknown, Err(Fault::Step { field: Field::After, .. })), "{unknown:?}");
    }
}
