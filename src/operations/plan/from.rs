//! Makes a new plan from an old record, with its actual lead times.

use std::collections::HashMap;

use crate::fault::{Fault, Field, OldPlanFault};
use crate::format::insert_step;
use crate::lang::Aim;
use crate::model::{After, Event, EventType, Incident, Length, Moment, PlanStep, Precision, Zone};
use crate::query::{is_rejection, same_steps};
use crate::store::Loaded;
use crate::timeline::{
    Aliases, Proposal, Proposed, Sheet, StepPast, Wish, anchor_for, anchors_known, has_stated_day,
    in_order, is_same_step, left_out, middle, planned_in, propose, went_against,
};
use crate::view::plan_view;
use crate::yaml::Change;

use super::super::steps::step_place;
use super::super::when::{frame, read_time};
use super::super::workspace::{Outcome, Target, Workspace};
use super::lines::lines_of_plan;
use super::step::{exact, free_id};

/// How to make a new plan from an old record.
#[derive(Debug, Default)]
pub struct PlanFromRequest {
    /// The new time of the anchor, as typed.
    pub at: String,
    /// The anchor, as typed: the step that is to be at that time. If `None`, it is chosen by [`anchor_for`].
    pub anchor: Option<String>,
    /// Whether the old plan's distances are used, whatever happened.
    pub as_planned: bool,
    /// Whether distances are counted in working days.
    pub working_days: bool,
    /// Whether steps are included that were skipped although nothing had failed.
    pub keep_skipped: bool,
}

/// A plan made from an old record. Nothing has been written yet.
#[derive(Debug)]
pub struct NewPlan<'i> {
    /// The newest of the old records.
    pub old: &'i Incident,
    /// Its plan, moved to the new time.
    pub proposal: Proposal<'i>,
    /// The zone of the new plan.
    pub zone: Zone,
    /// Whether the anchor was guessed: nobody named it, and it was planned for another time of day, or others for the same
    /// one.
    pub is_guessed: bool,
    /// If so, a step of another day that was planned for that time of day.
    pub other: Option<&'i PlanStep>,
    /// The anchor in the new record, if that has it at another time, where it stays.
    pub stays: Option<Staying>,
    /// Steps that were skipped in the newest record although nothing had failed, and that the new record's plan does
    /// not have.
    pub left_out: Vec<&'i PlanStep>,
    /// The records that distances are computed from, oldest first.
    pub from: Vec<&'i str>,
    /// Those of several that do not tell when the anchor was, so that no distance comes from them.
    pub unused: Vec<&'i str>,
    /// If so, a step that fewer of them do not tell of.
    pub better: Option<&'i PlanStep>,
    /// Unplanned steps that happened in several of them.
    pub recurring: Vec<Recurring>,
}

/// What happened in several releases without a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recurring {
    /// Its text in the newest release; of rejections every text.
    pub text: String,
    /// In how many releases it happened.
    pub releases: usize,
    /// The median distance from the anchor in seconds; `None` if it is not known.
    pub lead: Option<i64>,
    /// The releases that it comes from, if not from all of these.
    pub lead_of: Vec<String>,
}

/// An anchor that a record has already.
#[derive(Debug, Clone, PartialEq)]
pub struct Staying {
    /// Its text.
    pub text: String,
    /// Its planned time.
    pub at: Moment,
    /// The time that the other steps are relative to.
    pub anchor: Moment,
}

/// The result for a proposed step.
#[derive(Debug, Clone, PartialEq)]
pub enum Adopted {
    /// It was added to the plan.
    Planned(Box<PlanStep>),
    /// The plan had it already; the text is that of the old record.
    LeftAlone {
        /// Its words.
        text: String,
    },
}

/// Makes a plan from an old record for another record.
///
/// # Errors
/// Both are the same record, or as for [`plan_from`].
pub fn plan_for<'i>(
    target: &Target,
    olds: &'i [Loaded],
    request: &PlanFromRequest,
) -> Result<NewPlan<'i>, Fault> {
    let Target { workspace, record, .. } = target;
    if olds.iter().any(|old| record.id == old.id) {
        return Err(OldPlanFault::Itself.into());
    }
    plan_from(workspace, olds, &workspace.project.load(record)?.document.incident, request)
}

/// Makes a plan from an old record for `target`.
///
/// # Errors
/// There is nothing to make it from, no anchor matches, or a time is invalid.
pub fn plan_from<'i>(
    workspace: &Workspace,
    olds: &'i [Loaded],
    target: &Incident,
    request: &PlanFromRequest,
) -> Result<NewPlan<'i>, Fault> {
    let mut olds: Vec<&Loaded> = olds.iter().collect();
    olds.sort_by_key(|old| old.document.incident.day());
    let Some(old) = olds.last().copied() else {
        return Err(OldPlanFault::NoPlan { id: String::new() }.into());
    };
    let incident = &old.document.incident;
    let zone = target.zone.or(incident.zone).unwrap_or(workspace.zone);
    if incident.plan.is_empty() {
        return Err(OldPlanFault::NoPlan { id: old.id.clone() }.into());
    }
    let frame = frame(workspace.now, zone, target, Aim::Planned);
    let at = read_time(&request.at, &frame, Field::At)?;
    let at = exact(at, Field::At)?.moment.at_most(Precision::Minute);
    let left_out = without(workspace, (&olds, incident), request);
    let unknown = unknown_in(workspace, &olds);
    let Anchor { place: anchor, is_guessed, other } =
        anchor(incident, request, (&at, zone), &left_out, &unknown)?;
    let at = on_the_day(incident, (anchor, request), at, zone)?;
    let tolerance = workspace.project.settings.tolerance_seconds();
    let (past, recurring) = several(workspace, &olds, anchor);
    let off = request.working_days.then(|| workspace.project.days_off()).transpose()?;
    let wish = Wish {
        anchor,
        at,
        zone: Some(zone),
        tolerance,
        as_planned: request.as_planned,
        past: &past,
        working_days: off.as_ref(),
        left_out: &left_out,
    };
    let proposal = propose(incident, &wish).ok_or(OldPlanFault::AllSkipped)?;
    let beyond = |at: Moment| !(1..=9999).contains(&at.clock(Some(zone)).day.year());
    let mut times = proposal.steps.iter().flat_map(|step| [step.at, step.until, step.due]);
    if times.any(|at| at.is_some_and(beyond)) {
        return Err(OldPlanFault::BeyondCalendar.into());
    }
    let stays = staying(&proposal, incident, target);
    let left_out =
        proposal.left_out.iter().filter(|step| planned_in(target, (incident, step)).is_none());
    let left_out = left_out.copied().collect();
    let from = olds.iter().map(|old| old.id.as_str()).collect();
    Ok(NewPlan {
        old: incident,
        proposal,
        zone,
        is_guessed,
        other,
        stays,
        left_out,
        from,
        unused: if request.as_planned { Vec::new() } else { unknown[anchor].clone() },
        better: known_in_more(incident, anchor, &unknown),
        recurring,
    })
}

/// Returns for each step of the newest release's plan whether it is left out: it was skipped although nothing had
/// failed, and none of the other releases had it.
fn without(
    workspace: &Workspace,
    (olds, incident): (&[&Loaded], &Incident),
    request: &PlanFromRequest,
) -> Vec<bool> {
    if request.keep_skipped {
        return vec![false; incident.plan.len()];
    }
    let settings = &workspace.project.settings;
    let (tolerance, aliases) = (settings.tolerance_seconds(), Aliases::of(&settings.steps));
    let mut without = left_out(incident);
    let others = olds.split_last().map_or(&[][..], |(_, others)| others);
    for old in others {
        if !without.contains(&true) {
            break;
        }
        let old = &old.document.incident;
        let theirs = left_out(old);
        let same = same_steps(incident, old, &aliases, tolerance);
        for (own, there) in without.iter_mut().zip(same) {
            *own &= there.is_none_or(|there| theirs[there]);
        }
    }
    without
}

/// Returns for each step of the newest release's plan which of several releases do not tell when it was.
fn unknown_in<'i>(workspace: &Workspace, olds: &[&'i Loaded]) -> Vec<Vec<&'i str>> {
    let settings = &workspace.project.settings;
    let (tolerance, aliases) = (settings.tolerance_seconds(), Aliases::of(&settings.steps));
    let [_, .., newest] = olds else {
        return olds
            .iter()
            .flat_map(|old| &old.document.incident.plan)
            .map(|_| Vec::new())
            .collect();
    };
    let base = &newest.document.incident;
    let mut unknown = vec![Vec::new(); base.plan.len()];
    for old in olds {
        let known = anchors_known(&old.document.incident, tolerance);
        let same = same_steps(base, &old.document.incident, &aliases, tolerance);
        for (unknown, there) in unknown.iter_mut().zip(same) {
            if !there.is_some_and(|there| known[there]) {
                unknown.push(old.id.as_str());
            }
        }
    }
    unknown
}

/// Returns the step that the fewest releases do not tell of, if they are fewer than for the anchor.
fn known_in_more<'i>(
    incident: &'i Incident,
    anchor: usize,
    unknown: &[Vec<&str>],
) -> Option<&'i PlanStep> {
    let places = (0..incident.plan.len()).filter(|place| !incident.plan[*place].rollback);
    let best = places.min_by_key(|place| unknown[*place].len())?;
    (unknown[best].len() < unknown[anchor].len()).then(|| &incident.plan[best])
}

/// Returns the new time of the anchor. If only a day was typed, it is that of the new release: the anchor keeps its time of
/// day and its distance from the release's day; if that is not known, the day is the anchor's. A named step that was on
/// another day than its release could be meant by either, and is refused.
fn on_the_day(
    incident: &Incident,
    (anchor, request): (usize, &PlanFromRequest),
    at: Moment,
    zone: Zone,
) -> Result<Moment, Fault> {
    let step = &incident.plan[anchor];
    let Some(planned) = step.planned().filter(|_| at.precision() == Precision::Day) else {
        return Ok(at);
    };
    if planned.precision() == Precision::Day {
        return Ok(at);
    }
    let own = planned.clock(incident.zone).day;
    // The day of an imported record may only be that of its first entry.
    let stated = incident.day().filter(|_| has_stated_day(incident));
    let behind = stated.map_or(0, |day| own.days_since(&day));
    let day = at.clock(Some(zone)).day;
    let on = |day| planned.on_day(day, incident.zone, Some(zone)).0;
    if request.anchor.is_some() && behind != 0 {
        let (text, at) = (step.text.clone(), on(day));
        return Err(OldPlanFault::ByTheHour { text, at }.into());
    }
    Ok(on(day.plus(behind)))
}

/// When something happened: the index of the release, and the distance from the anchor.
type Times = Vec<(usize, Option<i64>)>;

/// Returns the figures of several releases for each step of the newest one's plan, and the unplanned events that
/// happened in more than one of them.
fn several(
    workspace: &Workspace,
    olds: &[&Loaded],
    anchor: usize,
) -> (Vec<StepPast>, Vec<Recurring>) {
    let settings = &workspace.project.settings;
    let (tolerance, aliases) = (settings.tolerance_seconds(), Aliases::of(&settings.steps));
    let [.., newest] = olds else { return (Vec::new(), Vec::new()) };
    let base = &newest.document.incident;
    let mut past = vec![StepPast::default(); base.plan.len()];
    let mut happened: Vec<Happened> = Vec::new();
    for (release, old) in olds.iter().enumerate().rev() {
        let old = &old.document.incident;
        let same = same_steps(base, old, &aliases, tolerance);
        let anchor = same.get(anchor).copied().flatten();
        let went = went_against(old, anchor.unwrap_or(usize::MAX), tolerance);
        for (own, there) in past.iter_mut().zip(&same) {
            let Some(went) = there.and_then(|there| went.get(there)) else { continue };
            own.leads.extend(&went.leads);
            own.lengths.extend(&went.lengths);
        }
        let begun = anchor.and_then(|anchor| begun(old, anchor));
        for event in unplanned(old).filter(|event| !event.is(&EventType::Closed)) {
            let lead = event.at.zip(begun).map(|(at, begun)| at.wall_since(&begun, old.zone));
            let lead =
                lead.filter(|lead| lead.precision != Precision::Day).map(|lead| lead.seconds);
            match happened.iter_mut().find(|known| known.is(event)) {
                Some(known) => known.add(event, release, lead),
                None => happened.push(Happened::of(event, release, lead)),
            }
        }
    }
    let again = happened.into_iter().filter(|what| what.times.len() >= 2);
    (past, again.map(|what| what.recurring(olds)).collect())
}

/// What happened in some releases without a plan.
struct Happened {
    /// Its different texts, that of the newest release first.
    texts: Vec<String>,
    /// Whether it was a rejection: each of them is worded as its reason was.
    is_rejection: bool,
    times: Times,
}

impl Happened {
    fn of(event: &Event, release: usize, lead: Option<i64>) -> Happened {
        let texts = vec![event.headline().to_owned()];
        Happened { texts, is_rejection: is_rejection(event), times: vec![(release, lead)] }
    }

    fn is(&self, event: &Event) -> bool {
        self.has(event) || self.is_rejection && is_rejection(event)
    }

    fn has(&self, event: &Event) -> bool {
        self.texts.iter().any(|text| is_same_step(text, event.headline()))
    }

    fn add(&mut self, event: &Event, release: usize, lead: Option<i64>) {
        if self.times.iter().all(|(other, _)| *other != release) {
            self.times.push((release, lead));
        }
        if !self.has(event) {
            self.texts.push(event.headline().to_owned());
        }
    }

    fn recurring(self, olds: &[&Loaded]) -> Recurring {
        let known = self.times.iter().filter_map(|(release, lead)| Some((*release, (*lead)?)));
        let (of, mut leads): (Vec<usize>, Vec<i64>) = known.unzip();
        leads.sort_unstable();
        let (text, releases) = (self.texts.join(" / "), self.times.len());
        let id = |release: &usize| Some(olds.get(*release)?.id.clone());
        let lead_of = match of.len() < releases {
            true => of.iter().rev().filter_map(id).collect(),
            false => Vec::new(),
        };
        Recurring { text, releases, lead: middle(&leads), lead_of }
    }
}

/// Returns when a step began.
fn begun(incident: &Incident, place: usize) -> Option<Moment> {
    let id = incident.plan[place].id.as_ref()?;
    let mut events = incident.events_in_time().into_iter();
    events.find(|event| event.steps.contains(id))?.at
}

/// Iterates over events that carry out no step of the plan.
fn unplanned(incident: &Incident) -> impl Iterator<Item = &Event> {
    let known = |id: &String| incident.step(id).is_some();
    incident.events.iter().filter(move |event| !event.steps.iter().any(known))
}

/// The anchor of a new plan.
struct Anchor<'i> {
    place: usize,
    is_guessed: bool,
    other: Option<&'i PlanStep>,
}

/// Returns the anchor, whether it was guessed, and which step it might have been.
fn anchor<'i>(
    incident: &'i Incident,
    request: &PlanFromRequest,
    (at, zone): (&Moment, Zone),
    left_out: &[bool],
    unknown: &[Vec<&str>],
) -> Result<Anchor<'i>, Fault> {
    let sure = |place| Anchor { place, is_guessed: false, other: None };
    if let Some(wanted) = &request.anchor {
        return Ok(sure(step_place(incident, wanted, Field::Anchor)?));
    }
    let unknown: Vec<usize> = unknown.iter().map(Vec::len).collect();
    let place = anchor_for(incident, (at, Some(zone)), left_out, &unknown);
    let place = place.ok_or(OldPlanFault::AllSkipped)?;
    if at.precision() == Precision::Day {
        return Ok(sure(place));
    }
    let hour = |moment: &Moment, zone| {
        let clock = moment.clock(zone);
        (clock.hour, clock.minute)
    };
    let is_then = |step: &PlanStep| {
        let planned = step.planned().map(|planned| hour(&planned, incident.zone));
        planned == Some(hour(at, Some(zone)))
    };
    let day = |step: &PlanStep| Some(step.planned()?.clock(incident.zone).day);
    let own = &incident.plan[place];
    let is_stated = is_then(own) && has_stated_day(incident);
    let others = incident.plan.iter().enumerate().filter(|(place, step)| {
        let is_open = left_out.get(*place) != Some(&true) && !step.rollback;
        is_open && is_then(step) && day(step) != day(own)
    });
    let other = others.map(|(_, step)| step).next_back().filter(|_| !is_stated);
    Ok(Anchor { place, is_guessed: !is_then(own) || other.is_some(), other })
}

fn staying(proposal: &Proposal, old: &Incident, target: &Incident) -> Option<Staying> {
    let same_text = |step: &&PlanStep| step.text == proposal.anchor.text;
    let there = planned_in(target, (old, proposal.anchor));
    let there = there.or_else(|| target.plan.iter().find(same_text))?;
    let anchor = proposal.steps.iter().find(|step| std::ptr::eq(step.step, proposal.anchor))?;
    let (at, anchor) = there.planned().zip(anchor.at)?;
    (at != anchor).then(|| Staying { text: there.text.clone(), at, anchor })
}

/// Adds a plan to a record, and returns the result for each step in chronological order. Steps that it has already are
/// unchanged.
///
/// # Errors
/// It has all of them, or cannot be written.
pub fn adopt_plan(target: &Target, plan: &NewPlan<'_>) -> Outcome<Vec<Adopted>> {
    target.change("plan from", |document| additions(&document.incident, plan))
}

/// Returns the steps of a new plan as `asrun plan add -` reads them, one per line.
///
/// # Errors
/// An id of the old plan cannot be written.
pub fn lines_of_new_plan(plan: &NewPlan<'_>, now: Moment) -> Result<String, Fault> {
    let none = Incident { zone: Some(plan.zone), ..Incident::default() };
    let (_, adopted) = additions(&none, plan)?;
    let steps = adopted.into_iter().filter_map(|step| match step {
        Adopted::Planned(step) => Some(*step),
        Adopted::LeftAlone { .. } => None,
    });
    let planned = Incident { plan: steps.collect(), ..none };
    Ok(lines_of_plan(&plan_view("", &planned, now), now))
}

/// Returns the changes that add the proposed steps, except for those that exist already.
fn additions(
    incident: &Incident,
    plan: &NewPlan<'_>,
) -> Result<(Vec<Change>, Vec<Adopted>), Fault> {
    let mut planned = incident.clone();
    let (mut changes, mut adopted) = (Vec::new(), Vec::new());
    let mut ids: HashMap<&str, String> = HashMap::new();
    for proposed in in_waiting_order(&plan.proposal.steps) {
        let old = proposed.step;
        if let Some(there) = planned_in(incident, (plan.old, old)) {
            if let Some((id, own)) = old.id.as_deref().zip(there.id.clone()) {
                ids.insert(id, own);
            }
            adopted.push(Adopted::LeftAlone { text: old.text.clone() });
            continue;
        }
        let free = |id: &&str| planned.step(id).is_none();
        let step = PlanStep {
            id: Some(free_id(&planned, old.id.as_deref().filter(free), &old.text)?),
            until: proposed.until,
            owner: old.owner.clone(),
            due: match old.is_deadline() {
                true => proposed.at,
                false => proposed.due,
            },
            after: waits_for(&proposed.after, &ids),
            takes: length(proposed).or(old.takes),
            decision: old.decision,
            rollback: old.rollback,
            if_failed: old.if_failed.clone(),
            command: old.command.clone(),
            ..PlanStep::new(proposed.at.filter(|_| !old.is_deadline()), old.text.clone())
        };
        if let Some((old, new)) = old.id.as_deref().zip(step.id.clone()) {
            ids.insert(old, new);
        }
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

/// Returns the steps, each after its dependencies, so that the new ids of these are known.
fn in_waiting_order<'p, 'i>(steps: &'p [Proposed<'i>]) -> Vec<&'p Proposed<'i>> {
    let step = |proposed: &Proposed| {
        let after = proposed.after.clone();
        PlanStep { after, ..proposed.step.clone() }
    };
    let plan = steps.iter().map(step).collect();
    let sheet = Sheet::of(&Incident { plan, ..Incident::default() }, None);
    let order = in_order(&sheet.steps).unwrap_or_else(|_| (0..steps.len()).collect());
    order.into_iter().filter_map(|place| steps.get(place)).collect()
}

/// Returns the dependencies of a step that are in the new plan.
fn waits_for(after: &[After], ids: &HashMap<&str, String>) -> Vec<After> {
    let known = |after: &After| {
        let step = ids.get(after.step.as_str())?.clone();
        Some(After { step, gap: after.gap })
    };
    after.iter().filter_map(known).collect()
}

/// Returns the step's length according to the releases, if several have one.
fn length(proposed: &Proposed) -> Option<Length> {
    let past = proposed.past_length.filter(|_| proposed.step.until.is_none())?;
    Length::of(past.in_quarters())
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
        PlanFromRequest { at: at.to_owned(), anchor, ..PlanFromRequest::default() }
    }

    #[test]
    fn steps_that_are_there_stay_and_the_others_come() {
        let trial = Trial::of(NEW);
        let old = [trial.load("old", OLD)];
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
    fn what_happened_twice_unplanned_keeps_the_mean_of_two_distances() {
        let went = |deploy: &str, cache: &str| {
            let event = |at, text| format!("  - at: 2024-08-01T{at}+09:00\n    text: {text}\n");
            let deploy = format!("{}    step: deploy\n", event(deploy, "앱 배포"));
            format!("{OLD}events:\n{deploy}{}", event(cache, "캐시 비움"))
        };
        let trial = Trial::of(NEW);
        let olds = [
            trial.load("2.0", &went("17:30", "17:40")),
            trial.load("2.1", &went("17:35", "18:05")),
        ];
        let plan = plan_for(&trial.target, &olds, &request("17:30", None)).unwrap();
        let told: Vec<_> = plan.recurring.iter().map(|one| (one.releases, one.lead)).collect();
        assert_eq!(told, [(2, Some(20 * 60))]);
    }

    #[test]
    fn a_day_alone_is_that_of_the_release_or_of_the_anchor_if_no_document_states_one() {
        let submitted = "plan:\n  - at: 2024-07-26T10:00+09:00\n    text: 심사 제출\n";
        let two_days = OLD.replace("plan:\n", submitted).replace("2024-08-01\n", "2024-07-26\n");
        let imported = format!("{two_days}imported:\n  - {{from: a.md, on: 2024-08-02}}\n");
        for (old, anchor, expected) in [
            (OLD, None, "2024-09-07T17:30+09:00"),
            (OLD, Some("deploy"), "2024-09-07T17:30+09:00"),
            (two_days.as_str(), None, "2024-09-07T10:00+09:00"),
            (imported.as_str(), None, "2024-09-07T18:00+09:00"),
            (imported.as_str(), Some("deploy"), "2024-09-07T17:30+09:00"),
        ] {
            let trial = Trial::of(NEW);
            let olds = [trial.load("old", old)];
            let plan = plan_for(&trial.target, &olds, &request("2024-09-07", anchor)).unwrap();
            let is_anchor = |step: &&Proposed| std::ptr::eq(step.step, plan.proposal.anchor);
            let at = plan.proposal.steps.iter().find(is_anchor).and_then(|step| step.at);
            assert_eq!(at.unwrap().written(), expected, "{anchor:?} {old}");
        }
    }

    #[test]
    fn what_no_plan_can_be_made_from_is_refused() {
        let skipped = "    skipped:\n      on: 2024-08-01T10:00+09:00\n";
        let all_skipped = OLD.replace("배포\n", &format!("배포\n{skipped}"));
        let all_skipped = all_skipped.replace("공지\n", &format!("공지\n{skipped}"));
        let on = Moment::parse("2024-09-07T17:30+09:00", None).unwrap();
        let by_hour = OldPlanFault::ByTheHour { text: "앱 배포".to_owned(), at: on };
        let on_another_day = OLD.replace("date: 2024-08-01", "date: 2024-07-30");
        for (old, request, fault) in [
            (
                "title: none\n",
                request("18:00", None),
                OldPlanFault::NoPlan { id: "old".to_owned() },
            ),
            (all_skipped.as_str(), request("18:00", None), OldPlanFault::AllSkipped),
            (&on_another_day, request("2024-09-07", Some("deploy")), by_hour),
            (OLD, request("9999-12-31 23:59", Some("deploy")), OldPlanFault::BeyondCalendar),
        ] {
            let trial = Trial::of(NEW);
            let old = [trial.load("old", old)];
            let refused = plan_for(&trial.target, &old, &request);
            let Err(Fault::OldPlan(found)) = refused else { panic!("{fault:?}: {refused:?}") };
            assert_eq!(found, fault);
        }
        let trial = Trial::of(OLD);
        let old = [trial.target.workspace.project.load(&trial.target.record).unwrap()];
        let refused = plan_for(&trial.target, &old, &request("18:00", None));
        assert!(matches!(refused, Err(Fault::OldPlan(OldPlanFault::Itself))));
    }
}
