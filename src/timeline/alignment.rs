//! Suggests which events may have carried out which steps, where it is not recorded: order, time and text are weighed
//! over the whole plan.
//!
//! A sequence alignment (Needleman and Wunsch, 1970) of the plan with the events in chronological order, so that pairs
//! do not cross. Crossing pairs require texts that leave no doubt. Nothing here is recorded before a person accepts it.

use std::collections::HashMap;

use crate::model::{Elapsed, Event, EventType, Incident, Moment, PlanStep, Precision};

use super::aliases::Aliases;
use super::likeness::{Lexicon, Wording};

/// An event that may have carried out a step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Suggestion<'i> {
    /// The event.
    pub event: &'i Event,
    /// The step's index in the plan.
    pub place: usize,
    /// The step.
    pub step: &'i PlanStep,
    /// How certain it is from the text that the step was carried out, from 0 to 1.
    pub words: f64,
    /// The event − the planned time.
    pub deviation: Elapsed,
    /// How late the plan ran around the step, judging by the certain pairs.
    pub running: Elapsed,
    /// What else supports it.
    pub order: Order,
}

/// How a pair relates to the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// It crosses no other pair.
    Kept,
    /// It is the only one left between the pairs before and after it.
    OnlyOneLeft,
    /// It crosses another pair, but its text leaves no doubt.
    Crossed,
}

/// An event that does the same as a step, where only the act says so, or the act and the time: a hint, to be judged by a person.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate<'i> {
    /// The event.
    pub event: &'i Event,
    /// The step.
    pub step: &'i PlanStep,
    /// The event − the planned time.
    pub deviation: Elapsed,
}

/// Returns events that may have carried out the steps for which nothing is suggested, in the order of the plan; of each step
/// at most three, the nearest in time first. An event that is suggested for a step is of that one.
pub fn candidates<'i>(
    incident: &'i Incident,
    aliases: &Aliases,
    suggested: &[Suggestion<'i>],
) -> Vec<Candidate<'i>> {
    const MOST: usize = 3;
    let lexicon = Lexicon::of(incident.plan.iter().map(|step| step.text.as_str()));
    let is_left = |event: &&Event| {
        let is_milestone = event.kind.as_ref().is_some_and(EventType::is_milestone);
        is_free(event)
            && !is_milestone
            && !suggested.iter().any(|one| std::ptr::eq(one.event, *event))
    };
    let events = incident.events_in_time().into_iter().filter(is_left);
    let events: Vec<(&Event, Wording)> =
        events.map(|event| (event, lexicon.wording(event.headline()))).collect();
    let near = nearness(incident);
    let mut found = Vec::new();
    for (place, step) in open_steps(incident) {
        if suggested.iter().any(|one| one.place == place) {
            continue;
        }
        let wording = lexicon.wording(&step.text);
        let fits = |(event, said): &&(&'i Event, Wording)| {
            let mut wordings = aliases.wordings(&wording);
            let in_time = is_in_time(late(step, event));
            near(step, event)
                && wordings.any(|wording| {
                    wording.may_be_carried_out_by(said)
                        || in_time && wording.may_be_carried_out_at_its_time_by(said)
                })
        };
        let fitting = events.iter().filter(fits);
        let of = |event| Candidate { event, step, deviation: late(step, event) };
        let mut own: Vec<Candidate> = fitting.map(|(event, _)| of(*event)).collect();
        own.sort_by_key(|one| one.deviation.seconds.abs());
        found.extend(own.into_iter().take(MOST));
    }
    found
}

/// The text weighs most; time alone is never enough, and text alone must be clear.
const WORDS: f64 = 4.0;
const TIME: f64 = 1.0;
const NEEDED: f64 = 2.0;
/// A text score that leaves no doubt.
const SURE: f64 = 0.7;
/// How far a doubtful text must be ahead of those of other steps.
const AHEAD: f64 = 0.1;
/// A time score as expected, for a pair that is only supported by order.
const IN_TIME: f64 = 0.5;

/// Returns the suggestions, in the order of the events. Steps that were skipped or have events, and events that name a
/// step, are not considered.
pub fn suggestions<'i>(incident: &'i Incident, aliases: &Aliases) -> Vec<Suggestion<'i>> {
    let table = Table::of(incident, aliases);
    let mut pairs = table.aligned();
    table.swap_ties(&mut pairs);
    table.add_sure(&mut pairs);
    table.add_only_ones(&mut pairs);
    table.name_orders(&mut pairs);
    pairs.sort_by_key(|pair| (pair.event, pair.step));
    pairs.iter().map(|pair| table.suggestion(pair)).collect()
}

/// A pair of an open step and a free event, by their indices in the table.
#[derive(Debug, Clone, Copy)]
struct Pair {
    step: usize,
    event: usize,
    order: Order,
}

/// A pair that is certain from the record or from the text.
#[derive(Debug, Clone, Copy)]
struct Anchor<'i> {
    step: &'i PlanStep,
    /// In seconds since 1970.
    planned: i64,
    /// In seconds since 1970.
    happened: i64,
    /// The event − the planned time, at the precision of both.
    late: Elapsed,
}

impl<'i> Anchor<'i> {
    fn of(step: &'i PlanStep, event: &Event) -> Anchor<'i> {
        Anchor {
            step,
            planned: unix(step.planned()),
            happened: unix(event.at),
            late: late(step, event),
        }
    }
}

struct Table<'i> {
    /// Open steps in order, with their indices in the plan.
    steps: Vec<(usize, &'i PlanStep)>,
    /// Free events in order.
    events: Vec<&'i Event>,
    words: Vec<Vec<f64>>,
    worded: Vec<Wording>,
    heard: Vec<Wording>,
    linked: Vec<Anchor<'i>>,
    anchors: Vec<Anchor<'i>>,
    /// The usual time between steps, in seconds.
    spacing: f64,
}

impl<'i> Table<'i> {
    fn of(incident: &'i Incident, aliases: &Aliases) -> Table<'i> {
        let steps = open_steps(incident);
        let events: Vec<&Event> =
            incident.events_in_time().into_iter().filter(|event| is_free(event)).collect();
        let lexicon = Lexicon::of(incident.plan.iter().map(|step| step.text.as_str()));
        let worded: Vec<Wording> =
            steps.iter().map(|(_, step)| lexicon.wording(&step.text)).collect();
        let heard: Vec<Wording> =
            events.iter().map(|event| lexicon.wording(event.headline())).collect();
        let near = nearness(incident);
        let like = |(step, words): (&(usize, &PlanStep), &Wording)| {
            let words: Vec<&Wording> = aliases.wordings(words).collect();
            let events = events.iter().zip(&heard);
            events
                .map(|(event, said)| match near(step.1, event) {
                    true => words.iter().map(|step| step.carried_out_by(said)).fold(0.0, f64::max),
                    false => 0.0,
                })
                .collect()
        };
        let mut words: Vec<Vec<f64>> = steps.iter().zip(&worded).map(like).collect();
        drop_ambiguous(&mut words);
        let linked = linked(incident);
        let mut table = Table {
            spacing: spacing(incident),
            anchors: linked.clone(),
            steps,
            events,
            words,
            worded,
            heard,
            linked,
        };
        let sure: Vec<Anchor> = table.sure_pairs().iter().map(|pair| table.anchor(pair)).collect();
        table.anchors.extend(sure);
        table.anchors.sort_by_key(|anchor| anchor.planned);
        table
    }

    fn anchor(&self, pair: &Pair) -> Anchor<'i> {
        Anchor::of(self.steps[pair.step].1, self.events[pair.event])
    }

    /// Returns pairs whose texts are certain and each other's best match.
    fn sure_pairs(&self) -> Vec<Pair> {
        let best_event = |step: usize| best(self.words[step].iter().copied());
        let best_step = |event: usize| best(self.words.iter().map(|row| row[event]));
        let mut sure = Vec::new();
        for step in 0..self.steps.len() {
            if let Some((event, likeness)) = best_event(step)
                && likeness >= SURE
                && best_step(event).is_some_and(|(other, _)| other == step)
            {
                sure.push(Pair { step, event, order: Order::Kept });
            }
        }
        sure
    }

    /// Returns how late the plan ran around a step: the median of the three nearest anchors of other steps.
    fn running(&self, step: usize) -> i64 {
        let late = self.late_around(step);
        late.get(late.len() / 2).copied().unwrap_or(0)
    }

    /// Returns how late the three nearest anchors of other steps were, in order.
    fn late_around(&self, step: usize) -> Vec<i64> {
        let own = self.steps[step].1;
        let planned = unix(own.planned());
        let after = self.anchors.partition_point(|anchor| anchor.planned < planned);
        let near = &self.anchors[after.saturating_sub(4)..self.anchors.len().min(after + 4)];
        let mut near: Vec<&Anchor> =
            near.iter().filter(|anchor| !std::ptr::eq(anchor.step, own)).collect();
        near.sort_by_key(|anchor| (anchor.planned - planned).abs());
        let mut late: Vec<i64> = near.iter().take(3).map(|anchor| anchor.late.seconds).collect();
        late.sort_unstable();
        late
    }

    /// Returns the time score: 1 at the expected time, decreasing towards 0.
    fn time(&self, step: usize, event: usize, running: i64) -> f64 {
        let deviation = late(self.steps[step].1, self.events[event]).seconds;
        let off = (deviation - running).abs().min(deviation.abs()) as f64;
        (-off / self.spacing).exp()
    }

    fn score(&self, step: usize, event: usize, running: i64) -> f64 {
        let words = self.words[step][event];
        if words <= 0.0 {
            return 0.0;
        }
        let milestone = self.events[event].kind.as_ref().is_some_and(EventType::is_milestone);
        let doubt = if milestone { 0.5 } else { 0.0 };
        WORDS * words + TIME * self.time(step, event, running) - NEEDED - doubt
    }

    /// Returns the pairs with the greatest total weight that do not cross.
    fn aligned(&self) -> Vec<Pair> {
        let (rows, columns) = (self.steps.len(), self.events.len());
        let mut best = vec![vec![0.0_f64; columns + 1]; rows + 1];
        let mut scores = vec![vec![0.0_f64; columns]; rows];
        for step in 0..rows {
            let running = self.running(step);
            for event in 0..columns {
                let score = self.score(step, event, running);
                scores[step][event] = score;
                let paired = if score > 0.0 { best[step][event] + score } else { 0.0 };
                best[step + 1][event + 1] =
                    paired.max(best[step][event + 1]).max(best[step + 1][event]);
            }
        }
        let mut pairs = Vec::new();
        let (mut step, mut event) = (rows, columns);
        while step > 0 && event > 0 {
            let here = best[step][event];
            if here <= best[step - 1][event] {
                step -= 1;
            } else if here <= best[step][event - 1] {
                event -= 1;
            } else {
                (step, event) = (step - 1, event - 1);
                if !self.crosses_linked(step, event) || self.words[step][event] >= SURE {
                    pairs.push(Pair { step, event, order: Order::Kept });
                }
            }
        }
        pairs.reverse();
        pairs
    }

    /// Marks crossing pairs: of two that cross, the one with the more certain text.
    fn name_orders(&self, pairs: &mut [Pair]) {
        let words = |pair: &Pair| self.words[pair.step][pair.event];
        for place in 0..pairs.len() {
            let own = self.anchor(&pairs[place]);
            let crossed = pairs.iter().enumerate().any(|(other, pair)| {
                other != place
                    && crosses(own, self.anchor(pair))
                    && words(pair) <= words(&pairs[place])
            });
            if crossed || self.crosses_linked(pairs[place].step, pairs[place].event) {
                pairs[place].order = Order::Crossed;
            }
        }
    }

    fn crosses_linked(&self, step: usize, event: usize) -> bool {
        let one = self.anchor(&Pair { step, event, order: Order::Kept });
        self.linked.iter().any(|other| crosses(one, *other))
    }

    /// Chooses by text among steps or events with the same time, whose order means nothing.
    fn swap_ties(&self, pairs: &mut [Pair]) {
        let words = |step: usize, event: usize| self.words[step][event];
        let tied = |a: usize, b: usize| {
            self.events[a].at.map(|at| at.earliest()) == self.events[b].at.map(|at| at.earliest())
        };
        for pair in pairs.iter_mut() {
            // An event with the same time, in no pair, with a better text.
            let best = (0..self.events.len())
                .filter(|event| tied(*event, pair.event))
                .max_by(|a, b| words(pair.step, *a).total_cmp(&words(pair.step, *b)));
            pair.event = best
                .filter(|event| words(pair.step, *event) > words(pair.step, pair.event))
                .unwrap_or(pair.event);
        }
        let places: Vec<(usize, usize)> =
            (0..pairs.len()).flat_map(|a| (a + 1..pairs.len()).map(move |b| (a, b))).collect();
        for (a, b) in places {
            let (one, other) = (pairs[a], pairs[b]);
            let same =
                unix(self.steps[one.step].1.planned()) == unix(self.steps[other.step].1.planned());
            let now = words(one.step, one.event) + words(other.step, other.event);
            let swapped = words(one.step, other.event) + words(other.step, one.event);
            if (same || tied(one.event, other.event)) && swapped > now {
                (pairs[a].event, pairs[b].event) = (other.event, one.event);
            }
        }
    }

    /// Adds pairs that order excluded but whose texts leave no doubt: steps carried out in another order, and events
    /// that carry out two.
    fn add_sure(&self, pairs: &mut Vec<Pair>) {
        let mut sure = self.sure_pairs();
        sure.retain(|sure| !pairs.iter().any(|pair| pair.step == sure.step));
        pairs.extend(sure);
        self.add_shared(pairs);
    }

    /// Adds pairs for an event that names two steps: it carries out both.
    fn add_shared(&self, pairs: &mut Vec<Pair>) {
        for step in 0..self.steps.len() {
            if pairs.iter().any(|pair| pair.step == step) {
                continue;
            }
            let Some((event, likeness)) = best(self.words[step].iter().copied()) else { continue };
            let used = pairs.iter().any(|pair| pair.event == event);
            if used && likeness >= SURE {
                pairs.push(Pair { step, event, order: Order::Kept });
            }
        }
    }

    /// Adds pairs of the only step and the only event left between two pairs, if the time is right.
    fn add_only_ones(&self, pairs: &mut Vec<Pair>) {
        let mut sure: Vec<Anchor<'i>> = self.linked.clone();
        sure.extend(pairs.iter().map(|pair| self.anchor(pair)));
        let between = |at: i64, planned: bool| {
            let of = |anchor: &Anchor| if planned { anchor.planned } else { anchor.happened };
            let before = sure.iter().filter(|anchor| of(anchor) <= at).count();
            (before > 0 && before < sure.len()).then_some(before)
        };
        let free_steps: Vec<(usize, usize)> = (0..self.steps.len())
            .filter(|step| !pairs.iter().any(|pair| pair.step == *step))
            .filter_map(|step| Some((step, between(unix(self.steps[step].1.planned()), true)?)))
            .collect();
        let free_events: Vec<(usize, usize)> = (0..self.events.len())
            .filter(|event| !pairs.iter().any(|pair| pair.event == *event))
            .filter_map(|event| Some((event, between(unix(self.events[event].at), false)?)))
            .collect();
        for (step, gap) in &free_steps {
            let steps = free_steps.iter().filter(|(_, other)| other == gap).count();
            let mut events = free_events.iter().filter(|(_, other)| other == gap);
            let (Some((event, _)), None) = (events.next(), events.next()) else { continue };
            let pair = Pair { step: *step, event: *event, order: Order::OnlyOneLeft };
            let crossed = sure.iter().any(|anchor| crosses(self.anchor(&pair), *anchor));
            if steps == 1 && !crossed && self.may_be(&pair) {
                pairs.push(pair);
            }
        }
    }

    /// Whether only names are missing: no milestone, the same act, and at the right time.
    fn may_be(&self, pair: &Pair) -> bool {
        let milestone = self.events[pair.event].kind.as_ref().is_some_and(EventType::is_milestone);
        let same_act = self.worded[pair.step].leaves_open(&self.heard[pair.event]);
        let running = self.running(pair.step);
        !milestone && same_act && self.time(pair.step, pair.event, running) >= IN_TIME
    }

    fn suggestion(&self, pair: &Pair) -> Suggestion<'i> {
        let (place, step) = self.steps[pair.step];
        let event = self.events[pair.event];
        let deviation = late(step, event);
        // With days, "as late as the others" would say no more than the deviation.
        let exact = deviation.precision != Precision::Day;
        // One pair alone does not show how the plan ran.
        let told = exact && self.late_around(pair.step).len() > 1;
        let running = if told { self.running(pair.step) } else { 0 };
        Suggestion {
            event,
            place,
            step,
            words: self.words[pair.step][pair.event],
            deviation,
            running: Elapsed { seconds: running, ..deviation },
            order: pair.order,
        }
    }
}

/// Drops texts that match several steps, each only in part.
fn drop_ambiguous(words: &mut [Vec<f64>]) {
    for event in 0..words.first().map_or(0, Vec::len) {
        let likes = || words.iter().map(|row| row[event]);
        let best = likes().fold(0.0, f64::max);
        if best < SURE && likes().filter(|like| *like > best - AHEAD).count() > 1 {
            words.iter_mut().for_each(|row| row[event] = 0.0);
        }
    }
}

/// Returns the first instant of a time; entries without one are not in the table.
fn unix(at: Option<Moment>) -> i64 {
    at.map_or(0, |at| at.unix())
}

/// Returns the event − the planned time.
fn late(step: &PlanStep, event: &Event) -> Elapsed {
    let both = event.at.zip(step.planned());
    both.map_or(Elapsed::of(0, Precision::Day), |(at, planned)| at.since(&planned))
}

/// Whether something happened in the minute that it was planned for.
fn is_in_time(late: Elapsed) -> bool {
    late.precision != Precision::Day && late.seconds.abs() < 60
}

/// Whether one was planned earlier but happened later than the other.
fn crosses(a: Anchor, b: Anchor) -> bool {
    (a.planned - b.planned).signum() * (a.happened - b.happened).signum() < 0
}

/// Returns the greatest value, if it is unique.
fn best(values: impl Iterator<Item = f64>) -> Option<(usize, f64)> {
    let mut found: Option<(usize, f64)> = None;
    let mut tied = false;
    for (place, value) in values.enumerate() {
        match found {
            Some((_, best)) if value < best => {}
            Some((_, best)) if value == best => tied = true,
            _ => (found, tied) = (Some((place, value)), false),
        }
    }
    found.filter(|_| !tied)
}

fn open_steps(incident: &Incident) -> Vec<(usize, &PlanStep)> {
    // Two steps with the same id cannot be told apart by an event.
    let mut named: HashMap<&str, usize> = HashMap::new();
    for id in incident.plan.iter().filter_map(|step| step.id.as_deref()) {
        *named.entry(id).or_default() += 1;
    }
    let twice = |id: &String| named.get(id.as_str()).is_some_and(|times| *times > 1);
    let settled = incident.settled();
    let open = |(_, step): &(usize, &PlanStep)| {
        let timed = step.planned().is_some();
        timed && !settled(step) && !step.id.as_ref().is_some_and(twice)
    };
    let mut steps: Vec<(usize, &PlanStep)> =
        incident.plan.iter().enumerate().filter(open).collect();
    steps.sort_by_key(|(_, step)| step.planned().map(|at| at.earliest()));
    steps
}

/// Whether an event names no step and may carry one out.
fn is_free(event: &Event) -> bool {
    let of_the_record = event.is(&EventType::PlanChange) || event.is(&EventType::SeverityChange);
    event.at.is_some() && event.steps.is_empty() && !of_the_record
}

/// Returns a check whether an event is near enough to a step: within the plan's length, or a month.
fn nearness(incident: &Incident) -> impl Fn(&PlanStep, &Event) -> bool {
    let times = || incident.plan.iter().filter_map(|step| Some(step.planned()?.unix()));
    let length = times().max().zip(times().min()).map_or(0, |(last, first)| last - first);
    let most = length.max(31 * 86_400);
    move |step, event| (unix(event.at) - unix(step.planned())).abs() <= most
}

fn linked(incident: &Incident) -> Vec<Anchor<'_>> {
    let events = incident.events_in_time();
    let with_id = incident.plan.iter().filter_map(|step| Some((step, step.id.as_ref()?)));
    with_id
        .filter_map(|(step, id)| {
            let event = events.iter().find(|event| event.steps.contains(id))?;
            event.at.and(step.planned())?;
            Some(Anchor::of(step, event))
        })
        .collect()
}

const DAY: f64 = 86_400.0;

/// Returns the median time between steps, at least five minutes (a day, if only days are known).
fn spacing(incident: &Incident) -> f64 {
    let planned = || incident.plan.iter().filter_map(PlanStep::planned);
    let days = planned().any(|at| at.precision() == Precision::Day);
    let mut times: Vec<i64> = planned().map(|at| at.unix()).collect();
    times.sort_unstable();
    let mut gaps: Vec<i64> =
        times.windows(2).map(|pair| pair[1] - pair[0]).filter(|gap| *gap > 0).collect();
    gaps.sort_unstable();
    let median = gaps.get(gaps.len() / 2).copied().unwrap_or(1800) as f64;
    median.max(if days { DAY } else { 300.0 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Moment;

    fn moment(clock: &str) -> Moment {
        Moment::parse(&format!("2024-09-07T{clock}+09:00"), None).unwrap()
    }

    fn plan(steps: &[(&str, &str)]) -> Vec<PlanStep> {
        let step = |(clock, text): &(&str, &str)| PlanStep {
            id: Some(format!("{clock} {text}")),
            ..PlanStep::new(moment(clock), *text)
        };
        steps.iter().map(step).collect()
    }

    #[track_caller]
    fn suggests(steps: &[(&str, &str)], events: &[(&str, &str)], expected: &[(&str, &str)]) {
        let event = |(clock, text): &(&str, &str)| Event::new(moment(clock), *text);
        let incident = Incident {
            plan: plan(steps),
            events: events.iter().map(event).collect(),
            ..Incident::default()
        };
        let found = suggestions(&incident, &Aliases::default());
        let found: Vec<(&str, &str)> =
            found.iter().map(|one| (one.event.headline(), one.step.text.as_str())).collect();
        assert_eq!(found, expected);
    }

    const SEED: [(&str, &str); 4] = [
        ("17:00", "서버에서 진입 금지 플래그 설정"),
        ("17:30", "앱 배포"),
        ("18:00", "PV영상 공개"),
        ("18:00", "서버 진입 금지 플래그 제거"),
    ];

    #[test]
    fn words_time_and_order_together() {
        suggests(
            &SEED,
            &[
                ("17:00", "앱 배포 시작"),
                ("17:16", "앱스토어에 반영"),
                ("18:00", "PV 영상 공개됨"),
                ("18:08", "앱 진입 불가 확인"),
            ],
            &[("앱 배포 시작", "앱 배포"), ("PV 영상 공개됨", "PV영상 공개")],
        );
    }

    #[test]
    fn time_alone_suggests_nothing() {
        suggests(&SEED, &[("17:30", "점심"), ("18:00", "환호")], &[]);
        suggests(&[], &[("17:30", "앱 배포")], &[]);
        suggests(&SEED, &[], &[]);
    }

    #[test]
    fn the_same_words_twice_go_by_order() {
        suggests(
            &[("10:00", "서버 점검"), ("12:00", "앱 배포"), ("14:00", "서버 점검")],
            &[("10:20", "서버 점검함"), ("12:20", "앱 배포함"), ("14:20", "서버 점검함")],
            &[("서버 점검함", "서버 점검"), ("앱 배포함", "앱 배포"), ("서버 점검함", "서버 점검")],
        );
    }

    #[test]
    fn what_crosses_needs_sure_words() {
        suggests(
            &[("10:00", "데이터베이스 백업"), ("11:00", "결제 모듈 교체")],
            &[("10:05", "결제 모듈 교체"), ("11:05", "데이터베이스 백업")],
            &[("결제 모듈 교체", "결제 모듈 교체"), ("데이터베이스 백업", "데이터베이스 백업")],
        );
        suggests(
            &[("10:00", "데이터베이스 백업"), ("11:00", "결제 모듈 교체")],
            &[("10:05", "모듈 교체"), ("11:05", "백업")],
            &[("모듈 교체", "결제 모듈 교체")],
        );
    }

    #[test]
    fn numbers_that_differ_are_not_the_only_one_left() {
        suggests(
            &[("10:00", "서버 점검"), ("11:00", "alpha 1"), ("12:00", "출시 공지")],
            &[
                ("10:02", "서버 점검 완료"),
                ("11:03", "alpha 2 released"),
                ("12:01", "출시 공지 올림"),
            ],
            &[("서버 점검 완료", "서버 점검"), ("출시 공지 올림", "출시 공지")],
        );
    }

    #[test]
    fn no_pair_is_its_own_evidence() {
        let event = Event::new(moment("12:00"), "서버 점검");
        let plan = plan(&[("10:00", "서버 점검")]);
        let incident = Incident { plan, events: vec![event], ..Incident::default() };
        assert_eq!(suggestions(&incident, &Aliases::default())[0].running.seconds, 0);
    }

    #[test]
    fn one_event_may_carry_out_two_steps() {
        suggests(
            &[("18:00", "영상 공개"), ("18:00", "진입 플래그 제거")],
            &[("18:00", "영상 공개, 진입 플래그 제거")],
            &[
                ("영상 공개, 진입 플래그 제거", "영상 공개"),
                ("영상 공개, 진입 플래그 제거", "진입 플래그 제거"),
            ],
        );
    }

    /// Returns the times and texts of the events that a step may have been carried out by.
    fn may_be(step: (&str, &str), events: &[(&str, &str)]) -> Vec<String> {
        let event = |(clock, text): &(&str, &str)| Event::new(moment(clock), *text);
        let events = events.iter().map(event).collect();
        let incident = Incident { plan: plan(&[step]), events, ..Incident::default() };
        let found = candidates(&incident, &Aliases::default(), &[]).into_iter();
        let told = |one: Candidate| format!("{} {}", one.deviation.seconds / 60, one.event.text);
        found.map(told).collect()
    }

    #[test]
    fn what_was_submitted_may_be_the_submission_for_a_review() {
        let step = ("10:00", "앱스토어 심사 제출");
        assert_eq!(may_be(step, &[("10:03", "iOS 앱 제출함")]), ["3 iOS 앱 제출함"]);
        for other in ["안드로이드 앱 제출함", "앱스토어 심사 통과", "iOS 앱 배포함"]
        {
            assert_eq!(may_be(step, &[("10:03", other)]), [""; 0], "{other}");
        }
    }

    #[test]
    fn of_what_may_be_meant_the_three_nearest_are_told_the_nearest_first() {
        let events = ["13:00", "12:10", "11:55", "12:30"].map(|clock| (clock, "Submitted iOS 4.0"));
        assert_eq!(
            may_be(("12:00", "Submit to App Store"), &events),
            ["-5 Submitted iOS 4.0", "10 Submitted iOS 4.0", "30 Submitted iOS 4.0"]
        );
    }

    #[test]
    fn the_only_one_left_between_two() {
        suggests(
            &[("10:00", "서버 점검"), ("11:00", "앱 배포"), ("12:00", "출시 공지")],
            &[("10:02", "서버 점검 완료"), ("11:03", "새 버전 나감"), ("12:01", "출시 공지 올림")],
            &[
                ("서버 점검 완료", "서버 점검"),
                ("새 버전 나감", "앱 배포"),
                ("출시 공지 올림", "출시 공지"),
            ],
        );
    }
}
