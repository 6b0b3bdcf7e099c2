//! Moving the rest of a plan by one length.

use crate::fault::{Fault, Field, PlanFault};
use crate::lang::{Aim, Frame};
use crate::model::{Incident, Moment, PlanStep, Precision, Zone};

use super::super::steps::step_place;
use super::super::when::{frame, read_time};
use super::super::workspace::{Outcome, Target};
use super::change::{Moved, changed, decided, end_after, planned_at, reason};
use super::step::exact;

/// How far the rest of a plan is moved.
#[derive(Debug)]
pub enum ShiftBy {
    /// By a length, as typed: `+30m`, `-1h`. Deadlines move too.
    Length(String),
    /// As far as the first step of the rest moves to a time, as typed, or to the moment of the operation.
    /// Deadlines stay.
    To(Option<String>),
}

/// What is left of a plan, to be moved by one length.
#[derive(Debug)]
pub struct ShiftRequest {
    /// How far.
    pub by: ShiftBy,
    /// The first step that is moved, as typed; all that are not settled if not said.
    pub from: Option<String>,
    /// Why the plan was changed.
    pub why: Option<String>,
    /// When that was decided, as typed; the moment of the operation if not said.
    pub on: Option<String>,
}

/// What became of the steps of a plan that was moved.
#[derive(Debug, Default)]
pub struct Shifted {
    /// Those that are planned for another time, in the plan's order.
    pub moved: Vec<Moved>,
    /// Those that stay, as they have no time, or a day alone that a part of a day cannot move.
    pub left: Vec<String>,
    /// Those that stay, as they are deadlines.
    pub deadlines: Vec<String>,
}

/// Moves every step that was neither carried out nor given up, each with its revision; from one step on
/// if it is named, in the order of the planned times.
///
/// # Errors
/// No step is meant, the length is none, nothing is left to move, or the record cannot be written.
pub fn shift_plan(target: &Target, request: &ShiftRequest) -> Outcome<Shifted> {
    let now = target.workspace.now;
    let verb = if matches!(request.by, ShiftBy::To(_)) { "plan rebase" } else { "plan shift" };
    target.change(verb, |document| {
        let incident = &document.incident;
        let zone = target.zone(incident);
        let past = frame(now, zone, incident, Aim::Happened);
        let planned = frame(now, zone, incident, Aim::Planned);
        let on = decided(now, request.on.as_deref(), &past)?;
        let why = reason(request.why.as_deref())?;
        let (mut changes, mut shifted) = (Vec::new(), Shifted::default());
        let rest = rest(incident, request.from.as_deref())?;
        let far = request.far(incident, &rest, &planned)?;
        for place in rest {
            let step = &incident.plan[place];
            if far.is_some() && step.is_deadline() {
                shifted.deadlines.push(step.text.clone());
                continue;
            }
            let at = match (&request.by, far) {
                (ShiftBy::Length(by), _) => later(step, by, &planned)?,
                (_, far) => far.and_then(|far| moved_by(step, far, zone)),
            };
            let Some(at) = at else {
                shifted.left.push(step.text.clone());
                continue;
            };
            let until = end_after(step, &at, zone);
            let kept = (on.clone(), why.clone());
            changes.extend(changed(place, step, &planned_at(step, at, until), kept));
            let (text, from) = (step.text.clone(), step.planned());
            shifted.moved.push(Moved { text, from, at, until, zone, counted: Vec::new() });
        }
        let nothing = shifted.moved.is_empty();
        if nothing { Err(PlanFault::NothingToShift.into()) } else { Ok((changes, shifted)) }
    })
}

impl ShiftRequest {
    /// By how many seconds the rest moves whose first step is planned for a time; `None` of a typed length.
    fn far(
        &self,
        incident: &Incident,
        rest: &[usize],
        frame: &Frame,
    ) -> Result<Option<i64>, Fault> {
        let ShiftBy::To(to) = &self.by else { return Ok(None) };
        let times = rest.iter().map(|place| &incident.plan[*place]);
        let times = times.filter(|step| !step.is_deadline()).filter_map(PlanStep::planned);
        let first = times.filter(|at| at.precision() != Precision::Day).min_by_key(Moment::unix);
        let first = first.ok_or(PlanFault::NothingToShift)?;
        let to = match to {
            Some(typed) => {
                let near = frame.aimed(Aim::Moved(first));
                exact(read_time(typed, &near, Field::At)?, Field::At)?.moment
            }
            None => frame.now,
        };
        let minute = |at: Moment| at.unix().div_euclid(60);
        let far = (minute(to) - minute(first)) * 60;
        match far {
            0 => Err(PlanFault::SameTime { at: first, zone: frame.zone }.into()),
            far => Ok(Some(far)),
        }
    }
}

/// When a step is planned that is moved by so many seconds; `None` where it has no minute.
fn moved_by(step: &PlanStep, seconds: i64, zone: Zone) -> Option<Moment> {
    let at = step.planned().filter(|at| at.precision() != Precision::Day)?;
    Some(at.elapsed_in(seconds, Some(zone)))
}

/// The places of the steps that are still to come, from the named one on.
fn rest(incident: &Incident, from: Option<&str>) -> Result<Vec<usize>, Fault> {
    let first = match from {
        Some(step) => Some(step_place(incident, step, Field::From)?),
        None => None,
    };
    let begins = first.and_then(|place| incident.plan[place].planned());
    if let Some(first) = first
        && begins.is_none()
    {
        let text = incident.plan[first].text.clone();
        return Err(PlanFault::NoTimeToShiftFrom { text }.into());
    }
    let settled = incident.settled();
    let comes = |place: &usize| {
        let step = &incident.plan[*place];
        let late = match (begins, step.planned()) {
            (Some(begins), Some(at)) => at.earliest() >= begins.earliest(),
            (begins, _) => begins.is_none(),
        };
        !settled(step) && (late || first == Some(*place))
    };
    Ok((0..incident.plan.len()).filter(comes).collect())
}

/// When a step is due that is moved by a typed length; `None` where it has no time that this moves.
fn later(step: &PlanStep, by: &str, frame: &Frame) -> Result<Option<Moment>, Fault> {
    let Some(from) = step.planned() else { return Ok(None) };
    let by_day = from.precision() == Precision::Day;
    let typed = read_time(by, &frame.aimed(Aim::Moved(from)), Field::By).ok();
    let typed = typed.filter(|typed| typed.counted_from.is_some() && typed.moment != from);
    match typed {
        Some(typed) if by_day && typed.moment.precision() != Precision::Day => Ok(None),
        Some(typed) => Ok(Some(typed.moment)),
        None if by_day => Ok(None),
        None => Err(PlanFault::NoLength { typed: by.to_owned() }.into()),
    }
}
