//! Moves the rest of a plan as a whole.

use crate::fault::{Fault, Field, PlanFault};
use crate::lang::{Aim, Frame};
use crate::model::{Incident, Moment, PlanStep, Precision, Zone};

use super::super::steps::step_place;
use super::super::when::{frame, read_time};
use super::super::workspace::{Outcome, Target};
use super::change::{Moved, changed, decided, end_after, missed_due, planned_at, reason};
use super::step::exact;

/// How far the rest of a plan is moved.
#[derive(Debug)]
pub enum ShiftBy {
    /// By a length, as typed: `+30m`, `-1h`. Deadlines are moved too.
    Length(String),
    /// By as much as moves the first remaining step to a time, as typed, or to the moment of the operation. Deadlines
    /// are not moved.
    To(Option<String>),
}

/// A request to move the rest of a plan.
#[derive(Debug)]
pub struct ShiftRequest {
    /// How far it is moved.
    pub by: ShiftBy,
    /// The first step to be moved, as typed; if `None`, all that are not settled.
    pub from: Option<String>,
    /// Why the plan was changed.
    pub why: Option<String>,
    /// When that was decided, as typed; the moment of the operation if `None`.
    pub on: Option<String>,
}

/// The result of moving the rest of a plan.
#[derive(Debug, Default)]
pub struct Shifted {
    /// The steps with new times, in the plan's order.
    pub moved: Vec<Moved>,
    /// Steps that were not moved, since they have no time, or only a day and the length is not in days.
    pub left: Vec<String>,
    /// Steps that were not moved, since their times are deadlines.
    pub deadlines: Vec<String>,
    /// Whether a length without a sign was typed, which is later.
    pub unsigned: bool,
}

/// Moves every step that was neither carried out nor given up, each with a revision; if a step is named, only from that
/// one on, in the order of the planned times.
///
/// # Errors
/// No step matches, the length is invalid, nothing is left to move, or the record cannot be written.
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
                (ShiftBy::Length(by), _) => later(step, by, &planned)?.map(|(at, signed)| {
                    shifted.unsigned |= !signed;
                    at
                }),
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
            let missed_due = missed_due(step, &at);
            let counted = Vec::new();
            shifted.moved.push(Moved { text, from, at, until, zone, counted, missed_due });
        }
        let nothing = shifted.moved.is_empty();
        if nothing { Err(PlanFault::NothingToShift.into()) } else { Ok((changes, shifted)) }
    })
}

impl ShiftRequest {
    /// Returns by how many seconds the rest moves if its first step is moved to a time; `None` for a typed length.
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

/// Returns the time of a step after moving it by so many seconds; `None` if it has no time to the minute.
fn moved_by(step: &PlanStep, seconds: i64, zone: Zone) -> Option<Moment> {
    let at = step.planned().filter(|at| at.precision() != Precision::Day)?;
    Some(at.elapsed_in(seconds, Some(zone)))
}

/// Returns the indices of the remaining steps, from the named one on.
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

/// Returns the time of a step after moving it by a typed length, and whether that has a sign: one without is later.
/// `None` if the length does not apply to the step.
fn later(step: &PlanStep, by: &str, frame: &Frame) -> Result<Option<(Moment, bool)>, Fault> {
    let Some(from) = step.planned() else { return Ok(None) };
    let by_day = from.precision() == Precision::Day;
    let read = |by: &str| {
        let typed = read_time(by, &frame.aimed(Aim::Moved(from)), Field::By).ok()?;
        Some(typed.moment).filter(|at| typed.counted_from.is_some() && *at != from)
    };
    // `17:30` is a time of day.
    let is_length = by.trim().starts_with(|c: char| c.is_ascii_digit()) && !by.contains(':');
    let unsigned = || read(&format!("+{}", by.trim())).filter(|_| is_length);
    match read(by).map(|at| (at, true)).or_else(|| unsigned().map(|at| (at, false))) {
        Some((at, _)) if by_day && at.precision() != Precision::Day => Ok(None),
        Some(found) => Ok(Some(found)),
        None if by_day => Ok(None),
        None => Err(PlanFault::NoLength { typed: by.to_owned() }.into()),
    }
}
