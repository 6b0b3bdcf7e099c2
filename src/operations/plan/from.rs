//! A new plan from an old record, with the lead times that were real.

use crate::fault::{Fault, Field, OldPlanFault};
use crate::format::insert_step;
use crate::lang::Aim;
use crate::model::{Incident, Moment, PlanStep, Precision, Zone};
use crate::store::Loaded;
use crate::timeline::{Proposal, Wish, anchor_for, propose};
use crate::yaml::Change;

use super::super::steps::step_place;
use super::super::when::{frame, read_time};
use super::super::workspace::{Outcome, Target, Workspace};
use super::step::{exact, free_id};

/// How a new plan is to be made from an old record.
#[derive(Debug, Default)]
pub struct PlanFromRequest {
    /// When the anchor is to be, as typed.
    pub at: String,
    /// The step that is to be at that time, as typed; one that was planned for the same time of day if
    /// not said.
    pub anchor: Option<String>,
    /// Every distance as it was planned, whatever happened.
    pub as_planned: bool,
}

/// A plan made from an old record. Nothing is written yet.
#[derive(Debug)]
pub struct NewPlan<'i> {
    /// The old plan, moved.
    pub proposal: Proposal<'i>,
    /// The zone of the new plan.
    pub zone: Zone,
    /// Nobody named the anchor, and it was planned for another time of day.
    pub is_guessed: bool,
    /// The anchor stands in the record at another time already, where it stays.
    pub stays: Option<Staying>,
}

/// The anchor as a record has it already.
#[derive(Debug, Clone, PartialEq)]
pub struct Staying {
    /// Its words.
    pub text: String,
    /// When it is planned.
    pub at: Moment,
    /// The time that the other steps are timed by.
    pub anchor: Moment,
}

/// What became of a proposed step.
#[derive(Debug, Clone, PartialEq)]
pub enum Adopted {
    /// It is in the plan now.
    Planned(Box<PlanStep>),
    /// The plan had it already, with these words in the old record.
    LeftAlone {
        /// Its words.
        text: String,
    },
}

/// Makes a plan from an old record for another one, which is to get it.
///
/// # Errors
/// They are the same record, or as [`plan_from`].
pub fn plan_for<'i>(
    target: &Target,
    old: &'i Loaded,
    request: &PlanFromRequest,
) -> Result<NewPlan<'i>, Fault> {
    let Target { workspace, record, .. } = target;
    if record.id == old.id {
        return Err(OldPlanFault::Itself.into());
    }
    plan_from(workspace, old, &workspace.project.load(record)?.document.incident, request)
}

/// Makes a plan from an old record, as `target` would get it.
///
/// # Errors
/// There is nothing to make it from, no anchor is meant, or a time is none.
pub fn plan_from<'i>(
    workspace: &Workspace,
    old: &'i Loaded,
    target: &Incident,
    request: &PlanFromRequest,
) -> Result<NewPlan<'i>, Fault> {
    let incident = &old.document.incident;
    let zone = target.zone.or(incident.zone).unwrap_or(workspace.zone);
    if incident.plan.is_empty() {
        return Err(OldPlanFault::NoPlan { id: old.id.clone() }.into());
    }
    let frame = frame(workspace.now, zone, target, Aim::Planned);
    let at = read_time(&request.at, &frame, Field::At)?;
    let at = exact(at, Field::At)?.moment.at_most(Precision::Minute);
    let (anchor, is_guessed) = anchor(incident, request, &at, zone)?;
    let by_day = incident.plan[anchor].planned().is_some_and(|at| at.precision() == Precision::Day);
    if at.precision() == Precision::Day && !by_day {
        let text = incident.plan[anchor].text.clone();
        return Err(OldPlanFault::ByTheHour { text }.into());
    }
    let wish = Wish {
        anchor,
        at,
        zone: Some(zone),
        tolerance: workspace.project.settings.tolerance_seconds(),
        as_planned: request.as_planned,
    };
    let proposal = propose(incident, &wish).ok_or(OldPlanFault::AllSkipped)?;
    let beyond = |at: &Moment| !(1..=9999).contains(&at.clock(Some(zone)).day.year());
    if proposal
        .steps
        .iter()
        .any(|step| step.at.as_ref().is_some_and(beyond) || step.until.as_ref().is_some_and(beyond))
    {
        return Err(OldPlanFault::BeyondCalendar.into());
    }
    let stays = staying(&proposal, target);
    Ok(NewPlan { proposal, zone, is_guessed, stays })
}

/// The place of the anchor, and whether it is guessed.
fn anchor(
    incident: &Incident,
    request: &PlanFromRequest,
    at: &Moment,
    zone: Zone,
) -> Result<(usize, bool), Fault> {
    if let Some(wanted) = &request.anchor {
        return Ok((step_place(incident, wanted, Field::Anchor)?, false));
    }
    let place = anchor_for(incident, at, Some(zone)).ok_or(OldPlanFault::AllSkipped)?;
    let hour = |moment: &Moment, zone| {
        let clock = moment.clock(zone);
        (clock.hour, clock.minute)
    };
    let planned = incident.plan[place].planned().map(|planned| hour(&planned, incident.zone));
    let is_guessed = planned != Some(hour(at, Some(zone)));
    Ok((place, is_guessed))
}

fn staying(proposal: &Proposal, target: &Incident) -> Option<Staying> {
    let there = target.plan.iter().find(|step| {
        step.id.is_some() && step.id == proposal.anchor.id || step.text == proposal.anchor.text
    })?;
    let anchor = proposal.steps.iter().find(|step| std::ptr::eq(step.step, proposal.anchor))?;
    let (at, anchor) = there.planned().zip(anchor.at)?;
    (at != anchor).then(|| Staying { text: there.text.clone(), at, anchor })
}

/// Writes a plan into a record, and returns what became of each step, in their order of time. Steps
/// that it has already stay as they are.
///
/// # Errors
/// It has all of them, or cannot be written.
pub fn adopt_plan(target: &Target, plan: &NewPlan<'_>) -> Outcome<Vec<Adopted>> {
    target.change("plan from", |document| additions(&document.incident, &plan.proposal))
}

/// The changes that add the proposed steps, but for those that are there already.
fn additions(
    incident: &Incident,
    proposal: &Proposal,
) -> Result<(Vec<Change>, Vec<Adopted>), Fault> {
    let mut planned = incident.clone();
    let (mut changes, mut adopted) = (Vec::new(), Vec::new());
    for proposed in &proposal.steps {
        let old = proposed.step;
        if proposed.is_in(&incident.plan) {
            adopted.push(Adopted::LeftAlone { text: old.text.clone() });
            continue;
        }
        let free = |id: &&str| planned.step(id).is_none();
        let step = PlanStep {
            id: Some(free_id(&planned, old.id.as_deref().filter(free), &old.text)?),
            until: proposed.until,
            owner: old.owner.clone(),
            due: proposed.at.filter(|_| old.is_deadline()),
            ..PlanStep::new(proposed.at.filter(|_| !old.is_deadline()), old.text.clone())
        };
        let (index, change) = insert_step(&planned.plan, &step);
        adopted.push(Adopted::Planned(Box::new(step.clone())));
        planned.plan.insert(index, step);
        changes.push(change);
    }
    if changes.is_empty() {
        return Err(OldPlanFault::AllThere.into());
    }
    Ok((changes, adopted))
}

#[cfg(test)]
mod tests {
    use super::super::super::trial::Trial;
    use super::*;

    const OLD: &str = "\
title: 2.0
kind: release
date: 2024-08-01
timezone: Asia/Seoul
plan:
  - at: 2024-08-01T17:30+09:00
    id: deploy
    text: 앱 배포
  - at: 2024-08-01T18:00+09:00
    text: 공지
";

    const NEW: &str = "\
title: 3.0
kind: release
date: 2024-09-07
timezone: Asia/Seoul
plan:
  - at: 2024-09-07T17:00+09:00
    id: deploy
    text: 앱 배포
";

    fn request(at: &str, anchor: Option<&str>) -> PlanFromRequest {
        let anchor = anchor.map(str::to_owned);
        PlanFromRequest { at: at.to_owned(), anchor, as_planned: false }
    }

    #[test]
    fn steps_that_are_there_stay_and_the_others_come() {
        let trial = Trial::of(NEW);
        let old = trial.load("old", OLD);
        let target = &trial.target;
        let plan = plan_for(target, &old, &request("17:30", None)).unwrap();
        assert!(!plan.is_guessed);
        let stays = plan.stays.as_ref().map(|stays| (stays.text.as_str(), stays.at.written()));
        assert_eq!(stays, Some(("앱 배포", "2024-09-07T17:00+09:00".to_owned())));
        let (_, adopted) = adopt_plan(target, &plan).unwrap();
        let [Adopted::LeftAlone { text }, Adopted::Planned(step)] = adopted.as_slice() else {
            panic!("{adopted:?}")
        };
        assert_eq!(text, "앱 배포");
        assert_eq!(step.at.unwrap().written(), "2024-09-07T18:00+09:00");
        let again = adopt_plan(target, &plan).unwrap_err();
        assert!(matches!(again, Fault::OldPlan(OldPlanFault::AllThere)), "{again:?}");
        assert!(plan_for(target, &old, &request("9:00", None)).unwrap().is_guessed);
    }

    #[test]
    fn what_no_plan_can_be_made_from_is_refused() {
        let skipped = "    skipped:\n      on: 2024-08-01T10:00+09:00\n";
        let all_skipped = OLD.replace("배포\n", &format!("배포\n{skipped}"));
        let all_skipped = all_skipped.replace("공지\n", &format!("공지\n{skipped}"));
        let by_hour = OldPlanFault::ByTheHour { text: "앱 배포".to_owned() };
        for (old, request, fault) in [
            (
                "title: none\n",
                request("18:00", None),
                OldPlanFault::NoPlan { id: "old".to_owned() },
            ),
            (all_skipped.as_str(), request("18:00", None), OldPlanFault::AllSkipped),
            (OLD, request("2024-09-07", Some("deploy")), by_hour),
            (OLD, request("9999-12-31 23:59", Some("deploy")), OldPlanFault::BeyondCalendar),
        ] {
            let trial = Trial::of(NEW);
            let old = trial.load("old", old);
            let refused = plan_for(&trial.target, &old, &request);
            let Err(Fault::OldPlan(found)) = refused else { panic!("{fault:?}: {refused:?}") };
            assert_eq!(found, fault);
        }
        let trial = Trial::of(OLD);
        let old = trial.target.workspace.project.load(&trial.target.record).unwrap();
        let refused = plan_for(&trial.target, &old, &request("18:00", None));
        assert!(matches!(refused, Err(Fault::OldPlan(OldPlanFault::Itself))));
    }
}
