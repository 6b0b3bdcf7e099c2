//! Plan and actual as two lanes of a chart: its instants, what is at each, and where long gaps are shortened.

use std::collections::HashMap;

use crate::model::{Elapsed, Event, Incident, Moment, PlanStep};

use super::phases::{Phase, phases};
use super::rows::Row;

/// Two lanes along the same time axis.
#[derive(Debug)]
pub struct Chart<'i> {
    /// Plan against actual, with the verdict of each mark.
    pub rows: Vec<Row<'i>>,
    /// Every instant with something at it, in order.
    pub slots: Vec<Slot<'i>>,
    /// Lines from a planned step to the event that began it.
    pub links: Vec<Link>,
    /// The phases of the outage, by the slots they begin and end at.
    pub phases: Vec<PhaseSpan<'i>>,
    /// The rows that each event belongs to.
    holders: HashMap<*const Event, Vec<usize>>,
}

/// One instant.
#[derive(Debug)]
pub struct Slot<'i> {
    /// When.
    pub at: Moment,
    /// The distance from the previous slot.
    pub space: Space,
    /// What is there, one line each: a step and the event that carried it out at exactly that time share one.
    pub lines: Vec<SlotLine<'i>>,
}

/// What is side by side at one instant.
#[derive(Debug, Clone, Copy, Default)]
pub struct SlotLine<'i> {
    /// In the plan's lane: a step, with its row's index.
    pub step: Option<(usize, &'i PlanStep)>,
    /// In the other lane: an event, with the index of its first row.
    pub event: Option<(usize, &'i Event)>,
}

/// The distance between two slots.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Space {
    /// In median distances, 0 for the first slot; at most [`LONGEST`].
    pub share: f64,
    /// The full distance, if it was too long to draw.
    pub broken: Option<Elapsed>,
}

/// A position in the chart: a slot and a line of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ChartPlace {
    /// The slot.
    pub slot: usize,
    /// The line in it.
    pub line: usize,
}

/// A planned step and its events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// The row's index.
    pub row: usize,
    /// The position of its step.
    pub step: ChartPlace,
    /// The position of its first event.
    pub event: ChartPlace,
    /// The slot where its last event or that event's span ended.
    pub over: usize,
}

/// A phase between two slots.
#[derive(Debug, Clone, Copy)]
pub struct PhaseSpan<'i> {
    /// The phase.
    pub phase: Phase<'i>,
    /// The slot it begins at.
    pub from: usize,
    /// The slot it ends at; that of the last event while in progress.
    pub to: usize,
}

/// Gaps of more median distances than this are shortened.
pub const LONGEST: f64 = 6.0;

/// Returns the chart of a record with these rows.
pub fn chart<'i>(incident: &'i Incident, rows: Vec<Row<'i>>) -> Chart<'i> {
    let events = incident.events_in_time();
    let mut board = Board::of(empty_slots(&rows, incident), &rows);
    for (number, row) in rows.iter().enumerate() {
        if let Some((step, at)) = row.step.and_then(|step| Some((step, step.planned()?))) {
            board.put_step(number, step, &at);
        }
    }
    let mut holders: HashMap<*const Event, Vec<usize>> = HashMap::new();
    for (number, row) in rows.iter().enumerate() {
        for event in &row.events {
            holders.entry(std::ptr::from_ref(*event)).or_default().push(number);
        }
    }
    for event in &events {
        let holder = holders.get(&std::ptr::from_ref(*event)).and_then(|rows| rows.first());
        if let Some((number, at)) = holder.copied().zip(event.at) {
            board.put_event(&rows, number, event, &at);
        }
    }
    let links = board.links(&rows);
    let slots = board.slots;
    // A phase in progress is shaded up to the last event.
    let last = events.into_iter().rev().find_map(|event| event.at);
    let phases = phases(incident)
        .into_iter()
        .filter_map(|phase| {
            let to = phase.to.map_or(last, |to| to.at);
            Some(PhaseSpan {
                from: slot_at(&slots, &phase.from.at?),
                to: to.map_or(slots.len() - 1, |to| slot_at(&slots, &to)),
                phase,
            })
        })
        .collect();
    Chart { rows, slots, links, phases, holders }
}

impl<'i> Chart<'i> {
    /// Returns the rows of the steps that an event carried out.
    pub fn steps_of(&self, event: &Event) -> Vec<&Row<'i>> {
        let rows = self.holders.get(&std::ptr::from_ref(event)).into_iter().flatten();
        rows.map(|row| &self.rows[*row]).filter(|row| row.step.is_some()).collect()
    }

    /// Returns the slot of a moment that has one.
    pub fn slot_of(&self, at: &Moment) -> usize {
        slot_at(&self.slots, at)
    }
}

/// Returns a slot for every instant at which something begins or ends.
fn empty_slots<'i>(rows: &[Row<'i>], incident: &'i Incident) -> Vec<Slot<'i>> {
    let steps = rows.iter().filter_map(|row| row.step);
    let planned = steps.flat_map(|step| [step.planned(), step.until]);
    let happened = incident.events.iter().flat_map(|event| [event.at, event.until]);
    let mut moments: Vec<Moment> = planned.chain(happened).flatten().collect();
    moments.sort_by_key(Moment::earliest);
    moments.dedup_by_key(|at| at.earliest());
    let gaps: Vec<Elapsed> = moments.windows(2).map(|pair| pair[1].since(&pair[0])).collect();
    let median = median(&gaps);
    let space = |gap: &Elapsed| {
        // A day is at its first instant, which may be after the hour before it.
        let share = (gap.seconds as f64 / median).max(0.0);
        let broken = (share > LONGEST).then_some(*gap);
        Space { share: share.min(LONGEST), broken }
    };
    let first = Space { share: 0.0, broken: None };
    let spaces = std::iter::once(first).chain(gaps.iter().map(space));
    moments
        .into_iter()
        .zip(spaces)
        .map(|(at, space)| Slot { at, space, lines: Vec::new() })
        .collect()
}

fn median(gaps: &[Elapsed]) -> f64 {
    let mut seconds: Vec<i64> = gaps.iter().map(|gap| gap.seconds).collect();
    seconds.sort_unstable();
    seconds.get(seconds.len() / 2).copied().unwrap_or(1).max(1) as f64
}

/// Returns the slot of a moment that has one.
fn slot_at(slots: &[Slot], at: &Moment) -> usize {
    let last = slots.len().saturating_sub(1);
    slots.partition_point(|slot| slot.at.earliest() < at.earliest()).min(last)
}

/// The slots being filled, with the positions of everything in them.
struct Board<'i> {
    slots: Vec<Slot<'i>>,
    /// The position of each row's step.
    steps: HashMap<usize, ChartPlace>,
    /// The position of each event.
    events: HashMap<*const Event, ChartPlace>,
    /// The rows of the steps that each event began.
    begun: HashMap<*const Event, Vec<usize>>,
    /// For every slot, the first line that may be free for an event.
    free: Vec<usize>,
}

impl<'i> Board<'i> {
    fn of(slots: Vec<Slot<'i>>, rows: &[Row]) -> Board<'i> {
        let free = vec![0; slots.len()];
        let mut begun: HashMap<*const Event, Vec<usize>> = HashMap::new();
        for (number, row) in rows.iter().enumerate() {
            if let Some(first) = row.first() {
                begun.entry(std::ptr::from_ref(first)).or_default().push(number);
            }
        }
        Board { slots, steps: HashMap::new(), events: HashMap::new(), begun, free }
    }

    fn put_step(&mut self, number: usize, step: &'i PlanStep, at: &Moment) {
        let slot = slot_at(&self.slots, at);
        let lines = &mut self.slots[slot].lines;
        self.steps.insert(number, ChartPlace { slot, line: lines.len() });
        lines.push(SlotLine { step: Some((number, step)), event: None });
    }

    /// Puts an event beside a step that it began, if that is here, else on the first line whose step has no event to
    /// come, else on a new line.
    fn put_event(&mut self, rows: &[Row], number: usize, event: &'i Event, at: &Moment) {
        let slot = slot_at(&self.slots, at);
        let line = self.own_line(event, slot).unwrap_or_else(|| self.free_line(rows, slot));
        let lines = &mut self.slots[slot].lines;
        if line == lines.len() {
            lines.push(SlotLine::default());
        }
        lines[line].event = Some((number, event));
        self.events.insert(std::ptr::from_ref(event), ChartPlace { slot, line });
    }

    /// Returns the first line of that slot with a step that the event began and no event.
    fn own_line(&self, event: &Event, slot: usize) -> Option<usize> {
        let rows = self.begun.get(&std::ptr::from_ref(event))?;
        let places = rows.iter().filter_map(|row| self.steps.get(row));
        let here = places.filter(|place| place.slot == slot).map(|place| place.line);
        here.filter(|line| self.slots[slot].lines[*line].event.is_none()).min()
    }

    /// Returns the first line of a slot that is free for an event; a new one if there is none.
    fn free_line(&mut self, rows: &[Row], slot: usize) -> usize {
        let waits =
            |line: &SlotLine| line.step.is_some_and(|(row, _)| !rows[row].events.is_empty());
        let (lines, free) = (&self.slots[slot].lines, &mut self.free[slot]);
        // Lines that are taken or reserved stay so: no line is checked twice.
        while lines.get(*free).is_some_and(|line| line.event.is_some() || waits(line)) {
            *free += 1;
        }
        *free
    }

    fn links(&self, rows: &[Row]) -> Vec<Link> {
        let link = |(number, row): (usize, &Row)| {
            let step = *self.steps.get(&number)?;
            let event = *self.events.get(&std::ptr::from_ref(row.first()?))?;
            let over = row.end().map_or(event.slot, |end| slot_at(&self.slots, &end));
            Some(Link { row: number, step, event, over })
        };
        rows.iter().enumerate().filter_map(link).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::rows;

    fn moment(clock: &str) -> Moment {
        Moment::parse(&format!("2024-09-07T{clock}+09:00"), None).unwrap()
    }

    fn step(clock: &str, id: &str) -> PlanStep {
        PlanStep { id: Some(id.to_owned()), ..PlanStep::new(moment(clock), id) }
    }

    fn event(clock: &str, text: &str, step: &str) -> Event {
        let steps = (!step.is_empty()).then(|| step.to_owned()).into_iter().collect();
        Event { steps, ..Event::new(moment(clock), text) }
    }

    fn seed() -> Incident {
        Incident {
            plan: vec![
                step("17:00", "flag-on"),
                step("17:30", "deploy"),
                step("18:00", "video"),
                step("18:00", "flag-off"),
            ],
            events: vec![
                event("17:00", "deploying", "deploy"),
                event("17:16", "in the store", "deploy"),
                event("18:00", "video", "flag-off"),
                event("18:08", "down", ""),
                event("22:57", "up", ""),
            ],
            ..Incident::default()
        }
    }

    #[test]
    fn the_places_of_texts() {
        let incident = seed();
        let chart = chart(&incident, rows(&incident, 300));
        let line = |line: &SlotLine| {
            let step = line.step.map_or("-", |(_, step)| &step.text);
            let event = line.event.map_or("-", |(_, event)| &event.text);
            format!("{step}|{event}")
        };
        let slots: Vec<String> = chart
            .slots
            .iter()
            .map(|slot| slot.lines.iter().map(line).collect::<Vec<_>>().join(" "))
            .collect();
        assert_eq!(
            slots,
            [
                "flag-on|deploying",
                "-|in the store",
                "deploy|-",
                "video|- flag-off|video",
                "-|down",
                "-|up"
            ]
        );
        let deploy = chart.links[0];
        assert_eq!(
            (deploy.step, deploy.event),
            (ChartPlace { slot: 2, line: 0 }, ChartPlace { slot: 0, line: 0 })
        );
        assert_eq!(deploy.over, 1);
    }

    #[test]
    fn a_long_silence_is_cut_short() {
        let incident = seed();
        let broken: Vec<_> = chart(&incident, rows(&incident, 300))
            .slots
            .iter()
            .map(|slot| slot.space.broken.is_some())
            .collect();
        assert_eq!(broken, [false, false, false, false, false, true]);
    }

    #[test]
    fn nothing_makes_an_empty_picture() {
        let incident = Incident::default();
        let chart = chart(&incident, rows(&incident, 300));
        assert!(chart.slots.is_empty() && chart.phases.is_empty());
    }
}
