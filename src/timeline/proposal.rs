//! Makes a new plan from an old record: its steps are moved to a new day, with the actual lead times where the old plan
//! was wrong.

use crate::model::{
    After, Day, DaysOff, Elapsed, Event, EventType, Incident, Moment, PlanStep, Precision, Verdict,
    Zone, in_time,
};

use super::forecast::middle;
use super::left_out::waits_without;
use super::rows::{Row, all_rows, rows};
use super::same_step::StepName;

/// A proposed plan: an inference, until a person accepts it.
#[derive(Debug)]
pub struct Proposal<'i> {
    /// The step that the others are timed relative to.
    pub anchor: &'i PlanStep,
    /// Whether the anchor's actual time is recorded: without it no actual lead time is known.
    pub anchor_recorded: bool,
    /// The steps in their new order.
    pub steps: Vec<Proposed<'i>>,
    /// Steps that were skipped last time and are left out.
    pub left_out: Vec<&'i PlanStep>,
    /// Unplanned events of last time.
    pub unplanned: Vec<&'i Event>,
}

/// A step of the new plan.
#[derive(Debug)]
pub struct Proposed<'i> {
    /// How it went last time.
    pub row: Row<'i>,
    /// The old step.
    pub step: &'i PlanStep,
    /// Its new time; none if the old plan had none.
    pub at: Option<Moment>,
    /// The end of its window.
    pub until: Option<Moment>,
    /// Its deadline beside its time, as far from the anchor as in the old plan, whatever happened.
    pub due: Option<Moment>,
    /// What it waits for, by the ids of the old plan: in place of a step that is left out what that one waited for.
    pub after: Vec<After>,
    /// Step − anchor by the old plan; negative before the anchor.
    pub planned_lead: Option<Elapsed>,
    /// Step − anchor as it happened, if both are recorded.
    pub real_lead: Option<Elapsed>,
    /// Whether it is timed by what happened, because the old plan was wrong.
    pub by_reality: bool,
    /// A step that it followed in the old plan and now precedes.
    pub overtakes: Option<&'i PlanStep>,
    /// Whether the clocks change between it and the anchor at its time of day.
    pub clocks_change: bool,
    /// Step − anchor as it happened in several releases, in seconds.
    pub past_lead: Option<PastSeconds>,
    /// How long it took in several releases, in seconds.
    pub past_length: Option<PastSeconds>,
}

/// A statistic of several releases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PastSeconds {
    /// How many releases have a value.
    pub n: usize,
    /// The median; of two middle values the mean.
    pub median: i64,
    /// The minimum and maximum.
    pub range: (i64, i64),
}

impl PastSeconds {
    /// Returns the median rounded: to a quarter of an hour, a short one to five minutes.
    pub fn in_quarters(&self) -> i64 {
        let grid = if self.median < 1_800 { 300 } else { 900 };
        ((self.median * 2 + grid).div_euclid(grid * 2) * grid).max(grid)
    }

    /// Returns the statistic; `None` for a single value, which is shown as it is.
    fn of(values: &[i64]) -> Option<PastSeconds> {
        let mut sorted = values.to_vec();
        sorted.sort_unstable();
        let (least, most) = (*sorted.first()?, *sorted.last()?);
        let counted =
            PastSeconds { n: sorted.len(), median: middle(&sorted)?, range: (least, most) };
        (counted.n >= 2).then_some(counted)
    }
}

/// The values of several releases for a step, in seconds.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct StepPast {
    /// Step − anchor, if both happened.
    pub leads: Vec<i64>,
    /// Its end − its start.
    pub lengths: Vec<i64>,
}

/// Returns when each step of a plan happened relative to the anchor, and how long it took, for steps and anchors known
/// to the minute or planned by day.
pub fn went_against(incident: &Incident, anchor: usize, tolerance: i64) -> Vec<StepPast> {
    let mut past = vec![StepPast::default(); incident.plan.len()];
    let Some(anchor) = incident.plan.get(anchor) else { return past };
    let rows = rows(incident, tolerance);
    let begun = real_anchor(&rows, anchor);
    for row in &rows {
        let place = row.step.and_then(|step| incident.place_of_step(step));
        let Some(told) = place.map(|place| &mut past[place]).filter(|_| !row.failed()) else {
            continue;
        };
        let started = row.events.iter().any(|event| event.is(&EventType::Started));
        let length = row.length().filter(|length| {
            (started || row.events.iter().any(|event| event.until.is_some()))
                && length.precision != Precision::Day
        });
        told.lengths.extend(length.map(|length| length.seconds));
        let Some((at, begun)) = real_start(row).zip(begun) else { continue };
        let lead = at.wall_since(&begun, incident.zone);
        let by_day =
            row.step.and_then(PlanStep::planned).is_some_and(|at| at.precision() == Precision::Day);
        if lead.open == 0 && (by_day || lead.precision != Precision::Day) {
            told.leads.push(lead.seconds);
        }
    }
    past
}

/// Returns for each step of a plan whether distances to it are known: whether [`went_against`] has any for that anchor.
pub fn anchors_known(incident: &Incident, tolerance: i64) -> Vec<bool> {
    let rows = rows(incident, tolerance);
    incident.plan.iter().map(|step| real_anchor(&rows, step).is_some()).collect()
}

/// The options for a new plan.
#[derive(Debug, Clone, Copy)]
pub struct Wish<'w> {
    /// The index in the old plan of the anchor.
    pub anchor: usize,
    /// The anchor's new time.
    pub at: Moment,
    /// The zone of the new plan, in which steps keep their time of day.
    pub zone: Option<Zone>,
    /// How many seconds a lead time may be off and still be as planned.
    pub tolerance: i64,
    /// Whether to keep every planned lead time, whatever happened.
    pub as_planned: bool,
    /// The values of several releases for each step of the plan; empty if there is only one.
    pub past: &'w [StepPast],
    /// If set, distances are counted in working days, with these days off.
    pub working_days: Option<&'w DaysOff>,
    /// Whether each step of the plan is left out if it was skipped; empty leaves out none.
    pub left_out: &'w [bool],
}

/// Returns the index of the default anchor among steps planned for the release's own day: the one planned for the same
/// time of day as `at` in `zone`, else the nearest to it; if `at` is a day, the one that is unknown in the fewest releases,
/// by the numbers in `unknown`, and of these the one that was nearest to its planned time. Without a step on that day, the
/// first of all. The day of an imported record whose day is only that of its first step counts for nothing: then steps of
/// all days are compared, the later ones first. `None` if every step is `left_out`, which like `unknown` has a value for
/// each step or is empty.
pub fn anchor_for(
    incident: &Incident,
    (at, zone): (&Moment, Option<Zone>),
    left_out: &[bool],
    unknown: &[usize],
) -> Option<usize> {
    let is_planned =
        |(place, step): &(usize, &PlanStep)| left_out.get(*place) != Some(&true) && !step.rollback;
    let open = incident.plan.iter().enumerate().filter(is_planned);
    let mut steps: Vec<(usize, Moment)> =
        open.filter_map(|(place, step)| Some((place, step.planned()?))).collect();
    steps.sort_by_key(|(_, at)| at.earliest());
    let own = incident.day().filter(|_| has_stated_day(incident));
    if own.is_none() {
        steps.reverse();
    }
    let on_its_day =
        |(_, at): &&(usize, Moment)| own.is_none_or(|own| at.clock(incident.zone).day == own);
    let of_the_day = |at: &Moment, zone: Option<Zone>| {
        let clock = at.clock(zone);
        i64::from(clock.hour * 60 + clock.minute)
    };
    let wanted = of_the_day(at, zone);
    let by_day = at.precision() == Precision::Day;
    let rows = if by_day { rows(incident, 0) } else { Vec::new() };
    // Without a time of day, the step nearest to its planned time: an early or late one would move all others.
    let off = |place: usize| {
        let own =
            |row: &&Row| row.step.is_some_and(|step| std::ptr::eq(step, &incident.plan[place]));
        let deviation = rows.iter().find(own).and_then(|row| row.deviation);
        let unknown = unknown.get(place).copied().unwrap_or_default();
        (unknown, deviation.is_none(), deviation.map_or(0, |off| off.seconds.abs()))
    };
    let far = |(place, at): &&(usize, Moment)| match at.precision() {
        _ if by_day => off(*place),
        Precision::Day => (0, true, 0),
        _ => (0, false, (of_the_day(at, incident.zone) - wanted).abs()),
    };
    let same = steps.iter().filter(on_its_day).min_by_key(far);
    same.or(steps.first()).map(|(place, _)| *place)
}

/// Whether the day of a record was stated: an import takes that of the first step where the document has none.
pub fn has_stated_day(incident: &Incident) -> bool {
    let first = incident.first_moment().map(|first| first.clock(incident.zone).day);
    incident.imported.is_empty() || incident.day() != first
}

/// Returns the step of a record's plan that a step of an old one's is.
pub fn planned_in<'t>(
    target: &'t Incident,
    (old, step): (&Incident, &PlanStep),
) -> Option<&'t PlanStep> {
    let name = StepName::of(old, step);
    target.plan.iter().find(|own| StepName::of(target, own).is_same(&name))
}

/// Returns the moved plan; `None` if there is no such anchor, or it has no time.
pub fn propose<'i>(incident: &'i Incident, wish: &Wish<'_>) -> Option<Proposal<'i>> {
    let anchor = incident.plan.get(wish.anchor)?;
    let planned_anchor = anchor.planned()?;
    let rows = all_rows(incident, wish.tolerance);
    let real_anchor = real_anchor(&rows, anchor);
    let old = Old { incident, anchor, planned_anchor, real_anchor, wish };
    let unplanned: Vec<&Event> = rows
        .iter()
        .filter(|row| row.verdict == Verdict::Unplanned)
        .flat_map(|row| row.events.clone())
        .filter(|event| !event.is_of_record())
        .collect();
    let is_left_out = |row: &Row| {
        let place = row.step.and_then(|step| incident.place_of_step(step));
        place.is_some_and(|place| wish.left_out.get(place) == Some(&true))
    };
    let (gone, planned): (Vec<Row>, Vec<Row>) = rows.into_iter().partition(is_left_out);
    let left_out = gone.iter().filter_map(|row| row.step).collect();
    let planned = planned.into_iter();
    let mut steps: Vec<Proposed> =
        planned.filter_map(|row| Some(old.proposed(row.step?, row))).collect();
    for proposed in &mut steps {
        proposed.after = waits_without(incident, proposed.step, wish.left_out);
    }
    note_overtaking(&mut steps);
    let steps = in_time(steps, |step| step.at);
    Some(Proposal { anchor, anchor_recorded: real_anchor.is_some(), steps, left_out, unplanned })
}

/// Returns when the anchor really began. When a deadline was met does not matter: lead times are relative to the
/// deadline.
fn real_anchor(rows: &[Row], anchor: &PlanStep) -> Option<Moment> {
    if anchor.is_deadline() {
        return anchor.planned();
    }
    let own = |row: &&Row| row.step.is_some_and(|step| std::ptr::eq(step, anchor));
    rows.iter().find(own).and_then(real_start)
}

/// Returns when a step began, if it is known as precisely as it was planned.
fn real_start(row: &Row) -> Option<Moment> {
    row.deviation?;
    row.start()
}

/// How far a moment is from an earlier one, and the seconds between their starts: of an hour only its start is known.
#[derive(Clone, Copy)]
struct Lead {
    told: Elapsed,
    begins: i64,
}

impl Lead {
    fn of(told: Elapsed, earlier: &Moment) -> Lead {
        let by_the_hour =
            told.precision == Precision::Hour && earlier.precision() == told.precision;
        Lead { told, begins: told.seconds + if by_the_hour { 3_600 } else { 0 } }
    }

    fn between(later: &Moment, earlier: &Moment, zone: Option<Zone>) -> Lead {
        Lead::of(later.wall_since(earlier, zone), earlier)
    }

    /// Returns a moment computed with it, reduced to its precision.
    fn as_exact(self, at: Moment) -> Moment {
        at.at_most(if self.told.open > 0 { Precision::Hour } else { Precision::Minute })
    }
}

struct Old<'i, 'w> {
    incident: &'i Incident,
    anchor: &'i PlanStep,
    planned_anchor: Moment,
    real_anchor: Option<Moment>,
    wish: &'w Wish<'w>,
}

impl<'i> Old<'i, '_> {
    fn proposed(&self, step: &'i PlanStep, row: Row<'i>) -> Proposed<'i> {
        let zone = self.incident.zone;
        let Some(planned) = step.planned() else { return undated(step, row) };
        let planned_lead = match std::ptr::eq(step, self.anchor) {
            true => Lead { told: Elapsed::of(0, planned.precision()), begins: 0 },
            false => Lead::between(&planned, &self.planned_anchor, zone),
        };
        // What was planned by day is compared by day, however precisely it was logged.
        let told = |at: Moment| at.told_to(planned_lead.told.precision, zone);
        let others = !step.is_deadline() && !std::ptr::eq(step, self.anchor);
        let real = real_start(&row).zip(self.real_anchor).filter(|_| others);
        let real_lead = real.map(|(at, anchor)| Lead::between(&told(at), &told(anchor), zone));
        let wrong = real_lead.filter(|real| {
            self.is_wrong(planned_lead.told, real.told)
                && !self.keeps_its_place(&row, planned_lead.told, real.told)
        });
        let past = self.past(step);
        let past_lead = PastSeconds::of(&past.leads).filter(|_| others);
        let wrong = match past_lead {
            None => wrong,
            Some(past) => self.wrong_in_the_past(planned_lead, past),
        };
        let by_reality = wrong.is_some() && !self.wish.as_planned;
        let lead = wrong.filter(|_| by_reality).unwrap_or(planned_lead);
        let (at, clocks_change) = self.moved(&planned, lead);
        let at = if by_reality { as_people_say(at, lead.begins, self.wish.zone) } else { at };
        let past_length = PastSeconds::of(&past.lengths);
        let until = self.length(step, &row, past_length).map(|length| {
            let zone = self.wish.zone;
            let end = at.wall_plus(length.begins, zone);
            length.as_exact(end.unwrap_or_else(|_| at.elapsed_in(length.begins, zone)))
        });
        Proposed {
            row,
            step,
            at: Some(lead.as_exact(at)),
            until,
            due: step.due.filter(|_| step.at.is_some()).map(|due| self.kept(&due)),
            after: Vec::new(),
            planned_lead: Some(planned_lead.told),
            real_lead: real_lead.map(|real| real.told),
            by_reality,
            overtakes: None,
            clocks_change,
            past_lead,
            past_length,
        }
    }

    fn past(&self, step: &PlanStep) -> StepPast {
        let place = self.incident.place_of_step(step);
        place.and_then(|place| self.wish.past.get(place)).cloned().unwrap_or_default()
    }

    /// Returns the median of several releases, if the plan was wrong by it and it does not reverse the two.
    fn wrong_in_the_past(&self, planned: Lead, past: PastSeconds) -> Option<Lead> {
        let by_day = planned.told.precision == Precision::Day;
        let seconds = if by_day { whole_days(past.median) } else { past.median };
        let turned = planned.told.seconds.signum() * seconds.signum() < 0;
        let real = Elapsed::of(seconds, planned.told.precision);
        let is_wrong = self.is_wrong(planned.told, real) && !turned;
        is_wrong.then_some(Lead { told: real, begins: seconds })
    }

    /// Whether a step keeps its planned time: it came after the anchor and was on time, or the actual order would
    /// reverse the two.
    fn keeps_its_place(&self, row: &Row, planned: Elapsed, real: Elapsed) -> bool {
        let on_time_after = planned.seconds > 0 && row.verdict == Verdict::OnTime;
        on_time_after || planned.seconds.signum() * real.seconds.signum() < 0
    }

    fn is_wrong(&self, planned: Elapsed, real: Elapsed) -> bool {
        let days = real.precision == Precision::Day;
        let tolerance = if days { 0 } else { self.wish.tolerance };
        let range = if days { 0 } else { planned.open };
        let planned = if days { whole_days(planned.seconds) } else { planned.seconds };
        // A range is only wrong if all of it is.
        real.seconds > planned + range + tolerance || real.most() < planned - tolerance
    }

    /// Returns the new length of a window: the actual one, if it is recorded and the plan was wrong.
    fn length(&self, step: &PlanStep, row: &Row, past: Option<PastSeconds>) -> Option<Lead> {
        let planned = Lead::between(&step.until?, &step.at?, self.incident.zone);
        let wrong = |real: &Elapsed| self.is_wrong(planned.told, *real) && real.seconds > 0;
        if let Some(past) = past.filter(|_| !self.wish.as_planned) {
            let real = Elapsed::of(past.in_quarters(), Precision::Minute);
            let lead = Lead { told: real, begins: real.seconds };
            return Some(if wrong(&real) { lead } else { planned });
        }
        let real = row.length().filter(|real| !self.wish.as_planned && wrong(real));
        let real = real.zip(row.start()).map(|(real, start)| Lead::of(real, &start));
        Some(real.unwrap_or(planned))
    }

    /// Returns a time as far from the new anchor as it was from the old one by the plan.
    fn kept(&self, planned: &Moment) -> Moment {
        let lead = Lead::between(planned, &self.planned_anchor, self.incident.zone);
        lead.as_exact(self.moved(planned, lead).0)
    }

    /// Returns the new anchor moved by a lead time, and whether the clocks change over the result.
    fn moved(&self, planned: &Moment, lead: Lead) -> (Moment, bool) {
        let by_day = lead.told.precision == Precision::Day || planned.precision() == Precision::Day;
        if by_day {
            let from = self.wish.at.clock(self.wish.zone).day;
            let day = self.working_day(from, from.plus(whole_days(lead.begins) / DAY));
            return planned.on_day(day, self.incident.zone, self.wish.zone);
        }
        match self.wish.at.wall_plus(lead.begins, self.wish.zone) {
            Ok(at) => {
                let [from, day] = [&self.wish.at, &at].map(|at| at.clock(self.wish.zone).day);
                match self.working_day(from, day) {
                    kept if kept == day => (at, false),
                    day => at.on_day(day, self.wish.zone, self.wish.zone),
                }
            }
            Err(_) => (self.wish.at.elapsed_in(lead.begins, self.wish.zone), true),
        }
    }

    /// Returns the day as many working days from the new anchor's as `day` would be from the old one's.
    fn working_day(&self, from: Day, day: Day) -> Day {
        let (Some(off), days) = (self.wish.working_days, day.days_since(&from)) else { return day };
        let old = self.planned_anchor.clock(self.incident.zone).day;
        let worked = (1..=days.abs()).filter(|n| off.why(old.plus(n * days.signum())).is_none());
        let mut left = worked.count();
        let mut there = from;
        // A calendar may have no working day for years.
        for _ in 0..40_000 {
            if left == 0 {
                break;
            }
            there = there.plus(days.signum());
            left -= usize::from(off.why(there).is_none());
        }
        there
    }
}

/// Returns a time rounded as people plan: to a quarter of an hour; near the anchor to five minutes.
fn as_people_say(at: Moment, lead: i64, zone: Option<Zone>) -> Moment {
    if at.precision() == Precision::Day || at.precision() == Precision::Hour {
        return at;
    }
    let grid = if lead.abs() < 1_800 { 5 } else { 15 };
    let clock = at.clock(zone);
    let minutes = i64::from(clock.minute) + i64::from(clock.second >= 30);
    let nearest = (minutes * 2 + grid).div_euclid(grid * 2) * grid;
    let seconds = (nearest - i64::from(clock.minute)) * 60 - i64::from(clock.second);
    at.wall_plus(seconds, zone).unwrap_or(at)
}

const DAY: i64 = 86_400;

fn whole_days(seconds: i64) -> i64 {
    seconds.div_euclid(DAY) * DAY
}

/// Returns a step without a time in the old plan.
fn undated<'i>(step: &'i PlanStep, row: Row<'i>) -> Proposed<'i> {
    Proposed {
        row,
        step,
        at: None,
        until: None,
        due: None,
        after: Vec::new(),
        planned_lead: None,
        real_lead: None,
        by_reality: false,
        overtakes: None,
        clocks_change: false,
        past_lead: None,
        past_length: None,
    }
}

/// Notes each step that now comes before one it followed.
fn note_overtaking(steps: &mut [Proposed]) {
    for place in 0..steps.len() {
        let overtaken = steps[..place]
            .iter()
            .filter(|before| is_earlier(before.step.planned(), steps[place].step.planned()))
            .find(|before| is_earlier(steps[place].at, before.at))
            .map(|before| before.step);
        steps[place].overtakes = overtaken;
    }
}

fn is_earlier(at: Option<Moment>, other: Option<Moment>) -> bool {
    at.zip(other).is_some_and(|(at, other)| at.earliest() < other.earliest())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Imported;

    fn moment(text: &str) -> Moment {
        Moment::parse(text, Zone::parse("Asia/Seoul")).unwrap()
    }

    /// Returns a record of steps given as id, planned time and event times.
    fn record(steps: &[(&str, &str, &str)]) -> Incident {
        let mut incident = Incident { zone: Zone::parse("Asia/Seoul"), ..Incident::default() };
        for (id, planned, happened) in steps {
            incident.plan.push(PlanStep {
                id: Some((*id).to_owned()),
                ..PlanStep::new(moment(planned), *id)
            });
            if !happened.is_empty() {
                let steps = vec![(*id).to_owned()];
                incident.events.push(Event { steps, ..Event::new(moment(happened), *id) });
            }
        }
        incident
    }

    #[track_caller]
    fn gives(incident: &Incident, anchor: usize, at: &str, as_planned: bool, expected: &[&str]) {
        let zone = incident.zone;
        let wish = Wish {
            anchor,
            at: moment(at),
            zone,
            tolerance: 300,
            as_planned,
            past: &[],
            working_days: None,
            left_out: &[],
        };
        let proposal = propose(incident, &wish).unwrap();
        let line = |step: &Proposed| {
            let sign = if step.by_reality { "*" } else { "" };
            let over = step.overtakes.map(|step| format!(" < {}", step.text)).unwrap_or_default();
            format!("{} {}{sign}{over}", step.at.unwrap().written(), step.step.text)
        };
        assert_eq!(proposal.steps.iter().map(line).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn several_releases_give_the_middle_and_working_days_are_counted() {
        let old = record(&[
            ("submit", "2026-03-10 18:00", "2026-03-10 17:50"),
            ("deploy", "2026-03-13 18:00", "2026-03-13 18:02"),
            ("post", "2026-03-13 19:00", "2026-03-13 19:02"),
        ]);
        let zone = old.zone;
        let past = vec![
            StepPast { leads: vec![-262_000, -263_000, -255_000], lengths: vec![] },
            StepPast::default(),
            StepPast { leads: vec![5_000, 5_600, 9_000], lengths: vec![] },
        ];
        let off = DaysOff::read("2026-03-31 ours\n");
        let gives = |past: &[StepPast], working_days| {
            let at = moment("2026-04-01 18:00");
            let wish = Wish {
                anchor: 1,
                at,
                zone,
                tolerance: 300,
                as_planned: false,
                past,
                working_days,
                left_out: &[],
            };
            let proposal = propose(&old, &wish).unwrap();
            let told =
                |step: &Proposed| (step.at.unwrap().written(), step.past_lead.map(|it| it.n));
            proposal.steps.iter().map(told).collect::<Vec<_>>()
        };
        let at = |text: &str, n| (format!("2026-{text}:00+09:00").replace(":00+", "+"), n);
        let mut expected =
            vec![at("03-29T17:15", Some(3)), at("04-01T18:00", None), at("04-01T19:30", Some(3))];
        assert_eq!(gives(&past, None), expected);
        // Three working days before Wednesday, April 1, with the day before off, is Thursday.
        expected[0] = at("03-26T17:15", Some(3));
        assert_eq!(gives(&past, Some(&off)), expected);
        // A single release with a value is not a statistic.
        let one = vec![StepPast { leads: vec![-262_000], lengths: vec![] }; 3];
        assert!(gives(&one, None).iter().all(|(_, n)| n.is_none()));
    }

    #[test]
    fn a_step_of_another_day_is_no_anchor_though_it_shares_the_hour() {
        let mut old = record(&[
            ("submit", "2026-03-10 18:00", ""),
            ("deploy", "2026-03-13 17:30", ""),
            ("open", "2026-03-13 19:00", ""),
        ]);
        old.date = Day::parse("2026-03-13");
        for (at, anchor) in [("2026-04-01 18:00", 1), ("2026-04-01 18:30", 2), ("2026-04-01", 1)] {
            assert_eq!(anchor_for(&old, (&moment(at), old.zone), &[], &[]), Some(anchor), "{at}");
        }
        // An import dates a record on its first day, which says nothing about the release's.
        old.imported = vec![Imported::default()];
        let by_day = (&moment("2026-04-01"), old.zone);
        assert_eq!(anchor_for(&old, by_day, &[], &[0, 1, 0]), Some(2), "known in more releases");
        let at = moment("2026-04-01 18:00");
        let anchor = |old: &Incident| anchor_for(old, (&at, old.zone), &[], &[]);
        assert_eq!(anchor(&old), Some(1), "a day that was stated");
        old.date = Day::parse("2026-03-10");
        old.plan[1].at = Some(moment("2026-03-13 18:00"));
        assert_eq!(anchor(&old), Some(1), "the later one of two");
    }

    #[test]
    fn lead_times_that_were_real_where_the_plan_was_wrong() {
        let old = record(&[
            ("submit", "2023-03-13 10:00", "2023-03-13 10:03"),
            ("approval", "2023-03-14 10:00", "2023-03-15 21:00"),
            ("release", "2023-03-14 18:00", "2023-03-16 18:00"),
            ("notice", "2023-03-14 18:10", ""),
        ]);
        gives(
            &old,
            2,
            "2024-09-07 18:00",
            false,
            &[
                "2024-09-04T10:00+09:00 submit*",
                "2024-09-06T21:00+09:00 approval*",
                "2024-09-07T18:00+09:00 release",
                "2024-09-07T18:10+09:00 notice",
            ],
        );
        gives(
            &old,
            2,
            "2024-09-07 18:00",
            true,
            &[
                "2024-09-06T10:00+09:00 submit",
                "2024-09-07T10:00+09:00 approval",
                "2024-09-07T18:00+09:00 release",
                "2024-09-07T18:10+09:00 notice",
            ],
        );
    }

    #[test]
    fn days_stay_days() {
        let old =
            record(&[("beta", "2022-05-06", "2022-05-08"), ("final", "2022-10-03", "2022-10-24")]);
        gives(&old, 1, "2023-10-02", true, &["2023-05-05 beta", "2023-10-02 final"]);
        gives(&old, 1, "2023-10-02", false, &["2023-04-16 beta*", "2023-10-02 final"]);
    }

    #[test]
    fn what_was_planned_by_the_day_is_compared_by_the_day() {
        let old = record(&[
            ("beta", "2024-09-01", "2024-09-01 18:00"),
            ("final", "2024-09-05", "2024-09-05 10:00"),
        ]);
        gives(&old, 1, "2025-09-05", false, &["2025-09-01 beta", "2025-09-05 final"]);
    }

    #[test]
    fn a_step_on_time_after_a_late_anchor_keeps_its_distance() {
        let old = record(&[
            ("deploy", "2024-09-07 10:00", "2024-09-07 11:00"),
            ("announce", "2024-09-07 10:10", "2024-09-07 10:10"),
            ("report", "2024-09-07 12:00", "2024-09-07 12:30"),
        ]);
        gives(
            &old,
            0,
            "2025-01-10 10:00",
            false,
            &[
                "2025-01-10T10:00+09:00 deploy",
                "2025-01-10T10:10+09:00 announce",
                "2025-01-10T11:30+09:00 report*",
            ],
        );
    }

    #[test]
    fn a_window_is_as_long_as_it_really_was() {
        let mut old = record(&[
            ("swap", "2024-09-07 10:00", "2024-09-07 10:00"),
            ("video", "2024-09-07 18:00", "2024-09-07 18:00"),
        ]);
        old.plan[0].until = Some(moment("2024-09-07 12:00"));
        old.events[0].until = Some(moment("2024-09-07 10:40"));
        let zone = old.zone;
        let at = moment("2025-01-10 18:00");
        let wish = Wish {
            anchor: 1,
            at,
            zone,
            tolerance: 300,
            as_planned: false,
            past: &[],
            working_days: None,
            left_out: &[],
        };
        let until = |wish: &Wish| propose(&old, wish).unwrap().steps[0].until.unwrap().written();
        assert_eq!(until(&wish), "2025-01-10T10:40+09:00");
        assert_eq!(until(&Wish { as_planned: true, ..wish }), "2025-01-10T12:00+09:00");
    }

    #[test]
    fn a_step_that_overtakes_another_is_marked() {
        let old = record(&[
            ("flag", "2024-09-07 17:00", "2024-09-07 17:50"),
            ("deploy", "2024-09-07 17:30", "2024-09-07 17:00"),
            ("video", "2024-09-07 18:00", "2024-09-07 18:00"),
        ]);
        gives(
            &old,
            2,
            "2025-01-10 18:00",
            false,
            &[
                "2025-01-10T17:00+09:00 deploy* < flag",
                "2025-01-10T17:50+09:00 flag*",
                "2025-01-10T18:00+09:00 video",
            ],
        );
    }

    #[test]
    fn the_time_of_day_survives_a_change_of_the_clocks() {
        let zone = Zone::parse("America/Los_Angeles");
        let at = |text: &str| Moment::parse(text, zone).unwrap();
        let mut old = record(&[("freeze", "2024-01-01", ""), ("deploy", "2024-01-01", "")]);
        old.zone = zone;
        old.plan[0].at = Some(at("2024-06-03 10:00"));
        old.plan[1].at = Some(at("2024-06-05 09:00"));
        let wish = Wish {
            anchor: 1,
            at: at("2024-11-04 09:00"),
            zone,
            tolerance: 300,
            as_planned: false,
            past: &[],
            working_days: None,
            left_out: &[],
        };
        let proposal = propose(&old, &wish).unwrap();
        assert_eq!(proposal.steps[0].at.unwrap().written(), "2024-11-02T10:00-07:00");
        // 02:30 does not exist on the day the clocks go forward: the hours are kept.
        old.plan[0].at = Some(at("2024-06-02 02:30"));
        old.plan[1].at = Some(at("2024-06-03 09:00"));
        let wish = Wish { at: at("2024-03-11 09:00"), ..wish };
        let proposal = propose(&old, &wish).unwrap();
        assert!(proposal.steps[0].clocks_change);
        assert_eq!(proposal.steps[0].at.unwrap().written(), "2024-03-10T01:30-08:00");
    }

    #[test]
    fn a_deadline_keeps_its_distance_from_the_anchor_though_its_step_was_late() {
        let mut old = record(&[
            ("build", "2026-05-04 10:00", "2026-05-04 14:00"),
            ("deploy", "2026-05-05 17:00", "2026-05-05 17:00"),
        ]);
        old.plan[0].due = Some(moment("2026-05-05 12:00"));
        let wish = Wish {
            anchor: 1,
            at: moment("2026-05-12 17:00"),
            zone: old.zone,
            tolerance: 300,
            as_planned: false,
            past: &[],
            working_days: None,
            left_out: &[],
        };
        let proposal = propose(&old, &wish).unwrap();
        let told = |at: Option<Moment>| at.unwrap().written();
        let build = &proposal.steps[0];
        assert_eq!(told(build.at), "2026-05-11T14:00+09:00");
        assert_eq!(told(build.due), "2026-05-12T12:00+09:00");
    }

    #[test]
    fn hours_stay_hours_and_deadlines_stay_where_they_were() {
        let mut incident = record(&[
            ("freeze", "2024-08-01 15:00", "2024-08-01 15:00"),
            ("deploy", "2024-08-01 17:30", "2024-08-01 17:00"),
            ("report", "2024-08-01 19:00", "2024-08-01 16:00"),
        ]);
        let by_hour = |at: &mut Option<Moment>| *at = at.map(Moment::by_the_hour);
        by_hour(&mut incident.plan[0].at);
        incident.events.iter_mut().for_each(|event| by_hour(&mut event.at));
        let deadline = &mut incident.plan[2];
        (deadline.at, deadline.due) = (None, deadline.at);
        let told = |anchor: usize, at: &str| -> Vec<String> {
            let (at, zone) = (moment(at), incident.zone);
            let wish = Wish {
                anchor,
                at,
                zone,
                tolerance: 300,
                as_planned: false,
                past: &[],
                working_days: None,
                left_out: &[],
            };
            let steps = propose(&incident, &wish).unwrap().steps;
            steps.iter().map(|step| step.at.unwrap().clock(zone).hands()).collect()
        };
        assert_eq!(told(1, "2024-09-07 18:30"), ["16:xx", "18:30", "20:00"]);
        assert_eq!(told(0, "2024-09-07 16:10"), ["16:10", "18:xx", "20:xx"]);
    }
}
