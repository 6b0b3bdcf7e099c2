//! Schedules the rest of a plan through its dependencies: once with medians, once with the best past values, once with
//! the plan's own lengths, and once with each past release.

use super::count::{middle, range80};
use super::outcome::{FOR_80, FOR_RANGE, FOR_SHARE, NoForecast, PastRelease, StepForecast};
use super::sheet::{Minute, OverStep, Sheet, SheetStep};

/// The state of a plan, and past values for the rest.
pub(super) struct Situation<'s> {
    sheet: &'s Sheet,
    order: &'s [usize],
    now: Minute,
    tolerance: i64,
    /// When each step was done.
    pub done: Vec<Option<Minute>>,
    /// Steps that are done because a later one shows it.
    pub proven: Vec<bool>,
    /// Steps that are not yet done.
    pub remaining: Vec<bool>,
    /// When each remaining step in progress began.
    begun: Vec<Option<Minute>>,
    /// The value of each past release for each remaining step.
    delays: Vec<Vec<Option<i64>>>,
    /// The same values by step, sorted.
    pool: Vec<Vec<i64>>,
    /// The past releases that are replayed.
    pub used: Vec<usize>,
}

impl<'s> Situation<'s> {
    pub(super) fn of(
        sheet: &'s Sheet,
        past: &[PastRelease],
        order: &'s [usize],
        (now, tolerance): (Minute, i64),
    ) -> Situation<'s> {
        let steps = &sheet.steps;
        let of_step = |step: &SheetStep| step.marks.done.filter(|_| !step.is_out());
        let done: Vec<Option<Minute>> = steps.iter().map(of_step).collect();
        let proven = proven(sheet, order, &done);
        let places = || 0..steps.len();
        let is_left = |place: usize| {
            let is_over = proven[place] || steps[place].over.is_some();
            done[place].is_none() && !steps[place].is_out() && !is_over
        };
        let remaining: Vec<bool> = places().map(is_left).collect();
        let running = |place: usize| {
            let marks = steps[place].marks;
            marks.first.filter(|_| remaining[place] && marks.begun && !marks.failed)
        };
        let begun: Vec<Option<Minute>> = places().map(running).collect();
        let says = |release: &PastRelease, place: usize| {
            let went = release.went.get(place).filter(|_| remaining[place])?;
            if begun[place].is_some() { went.length } else { went.delay }
        };
        let delays: Vec<Vec<Option<i64>>> = past
            .iter()
            .map(|release| places().map(|place| says(release, place)).collect())
            .collect();
        let mut pool: Vec<Vec<i64>> = places()
            .map(|place| {
                let mut values = Vec::with_capacity(if remaining[place] { past.len() } else { 0 });
                values.extend(delays.iter().filter_map(|release| release[place]));
                values
            })
            .collect();
        pool.iter_mut().for_each(|values| values.sort_unstable());
        let seen = pool.iter().filter(|values| !values.is_empty()).count();
        // A release counts if it has at least half of the known values.
        let counts =
            |release: &usize| seen > 0 && 2 * delays[*release].iter().flatten().count() >= seen;
        let used = (0..past.len()).filter(counts).collect();
        Situation {
            sheet,
            order,
            now,
            tolerance,
            done,
            proven,
            remaining,
            begun,
            delays,
            pool,
            used,
        }
    }

    /// Returns a step that is over although neither it nor one that waits for it was logged.
    pub(super) fn over(&self, place: usize) -> Option<(usize, OverStep)> {
        let step = &self.sheet.steps[place];
        let is_known = self.done[place].is_some() || self.proven[place] || step.is_out();
        Some((place, step.over.filter(|_| !is_known)?))
    }

    /// Returns what a step takes after its dependencies if this release has no value.
    fn usual(&self, place: usize) -> i64 {
        let plans = || self.sheet.steps[place].takes.unwrap_or(0);
        middle(&self.pool[place]).unwrap_or_else(plans)
    }
}

/// Finds steps that must be done: because a later step is done or begun, or because of an event whose minute is
/// unknown.
fn proven(sheet: &Sheet, order: &[usize], done: &[Option<Minute>]) -> Vec<bool> {
    let open = |place: usize| done[place].is_none() && !sheet.steps[place].is_out();
    let mut proven: Vec<bool> = (0..sheet.steps.len())
        .map(|place| open(place) && sheet.steps[place].marks.by_day)
        .collect();
    for place in order.iter().rev() {
        let step = &sheet.steps[*place];
        if done[*place].is_some() || proven[*place] || step.marks.first.is_some() {
            let shows = |other: usize| !step.rollback || sheet.steps[other].rollback;
            for (other, _) in step.after.iter() {
                proven[*other] |= open(*other) && shows(*other);
            }
        }
    }
    proven
}

/// A set of steps.
#[derive(Clone, PartialEq, Eq)]
struct Places(Vec<u64>);

impl Places {
    fn none(steps: usize) -> Places {
        Places(vec![0; steps.div_ceil(64)])
    }

    fn of(steps: usize, is_in: impl Fn(usize) -> bool) -> Places {
        let mut places = Places::none(steps);
        (0..steps).filter(|place| is_in(*place)).for_each(|place| places.put(place));
        places
    }

    fn put(&mut self, place: usize) {
        self.0[place / 64] |= 1 << (place % 64);
    }

    fn add(&mut self, others: &Places) {
        self.0.iter_mut().zip(&others.0).for_each(|(own, other)| *own |= other);
    }

    fn meets(&self, others: &Places) -> bool {
        self.0.iter().zip(&others.0).any(|(own, other)| own & other != 0)
    }

    fn has(&self, place: usize) -> bool {
        self.0[place / 64] >> (place % 64) & 1 == 1
    }
}

/// One possible day: when each step is done, and what it waited for.
pub(super) struct Day {
    pub ends: Vec<Option<Minute>>,
    /// The step that each waited for longest.
    bounds: Vec<Option<usize>>,
    /// Steps that should be over by all known values, but are not.
    beyond: Places,
}

/// All possible days.
pub(super) struct Pushed {
    pub medians: Day,
    low: Day,
    by_plan: Vec<Option<Minute>>,
    replays: Vec<Day>,
    /// For steps in progress or overdue: how many past values are still longer.
    left: Vec<Option<usize>>,
    /// For each step, all that it depends on, directly or indirectly, and itself.
    before: Vec<Places>,
    beyond: Places,
    failed: Places,
    by_past: Places,
    by_plan_alone: Places,
    blind: Places,
    counted: Places,
}

impl Pushed {
    pub(super) fn of(it: &Situation) -> Pushed {
        let steps = it.sheet.steps.len();
        let mut left = vec![None; steps];
        let medians = it.push(|place| middle(&it.pool[place]), None, &mut left);
        let low = it.push(|place| it.pool[place].first().copied(), None, &mut left);
        let replays: Vec<Day> = it
            .used
            .iter()
            .enumerate()
            .map(|(turn, release)| {
                it.push(|place| it.delays[*release][place], Some(turn), &mut left)
            })
            .collect();
        let mut beyond = medians.beyond.clone();
        replays.iter().for_each(|day| beyond.add(&day.beyond));
        let of = |is_in: &dyn Fn(usize) -> bool| {
            Places::of(steps, |place| it.remaining[place] && is_in(place))
        };
        let takes = |place: usize| it.sheet.steps[place].takes.is_some();
        Pushed {
            by_plan: it.by_plan(&medians.ends),
            before: it.before(),
            failed: of(&|place| it.sheet.steps[place].marks.failed),
            by_past: of(&|place| !it.pool[place].is_empty()),
            by_plan_alone: of(&|place| it.pool[place].is_empty() && takes(place)),
            blind: of(&|place| it.pool[place].is_empty() && !takes(place)),
            counted: of(&|place| left[place].is_some()),
            beyond,
            medians,
            low,
            replays,
            left,
        }
    }
}

impl Situation<'_> {
    /// Returns one possible day; `says` gives what a step takes after its dependencies, and `turn` which of the longer
    /// past values is used for a step that should be over.
    fn push(
        &self,
        says: impl Fn(usize) -> Option<i64>,
        turn: Option<usize>,
        left: &mut [Option<usize>],
    ) -> Day {
        let steps = self.sheet.steps.len();
        let mut ends = self.done.clone();
        let mut bounds = vec![None; steps];
        let mut beyond = Places::none(steps);
        for place in self.order.iter().copied() {
            if self.done[place].is_some() {
                continue;
            }
            let step = &self.sheet.steps[place];
            let waited = step.waited(&ends);
            let begun = self.begun[place];
            let ready = begun.map(|begun| (begun, None)).or_else(|| step.ready_after(waited));
            let waited = waited.map(|(at, _)| at);
            if !self.remaining[place] {
                ends[place] = self.passed(place, waited);
                continue;
            }
            let Some((ready, bound)) = ready else { continue };
            bounds[place] = bound;
            let planned = ready + says(place).unwrap_or_else(|| self.usual(place));
            let planned =
                if begun.is_some() { planned } else { planned.max(waited.unwrap_or(planned)) };
            let end = match planned > self.now {
                true => planned,
                false => self.still(place, (ready, planned), turn, (left, &mut beyond)),
            };
            ends[place] = Some(end);
        }
        Day { ends, bounds, beyond }
    }

    /// Returns when a step without its own end counts as over: given up, or not logged.
    fn passed(&self, place: usize, waited: Option<Minute>) -> Option<Minute> {
        if self.sheet.steps[place].is_out() {
            return waited;
        }
        Some(waited.map_or(self.now, |waited| waited.min(self.now)))
    }

    /// Returns the end of a step that should be over but is not: only longer past values count now.
    fn still(
        &self,
        place: usize,
        (ready, planned): (Minute, Minute),
        turn: Option<usize>,
        (left, beyond): (&mut [Option<usize>], &mut Places),
    ) -> Minute {
        let shorter = self.pool[place].partition_point(|value| ready + value <= self.now);
        let longer = &self.pool[place][shorter..];
        if !longer.is_empty() {
            let before = left[place].unwrap_or(longer.len());
            left[place] = Some(before.min(longer.len()));
            let value = match turn {
                None => middle(longer),
                Some(turn) => longer.get(turn % longer.len()).copied(),
            };
            return ready + value.unwrap_or_default();
        }
        let due_now = planned >= self.now - self.tolerance && !self.sheet.steps[place].marks.any;
        if !due_now {
            beyond.put(place);
        }
        self.now
    }

    /// Returns when each step is done by the plan's own lengths; none if one is missing.
    fn by_plan(&self, medians: &[Option<Minute>]) -> Vec<Option<Minute>> {
        let mut plan: Vec<Option<Minute>> = vec![None; self.sheet.steps.len()];
        for place in self.order.iter().copied() {
            if !self.remaining[place] {
                plan[place] = medians[place];
                continue;
            }
            let step = &self.sheet.steps[place];
            let Some(takes) = step.takes.filter(|_| !step.marks.failed) else { continue };
            let passes =
                |other: usize| self.sheet.steps[other].is_out() && medians[other].is_none();
            let waited = step.after.iter().filter(|(other, _)| !passes(*other));
            let waited = waited.map(|(other, gap)| plan[*other].map(|end| end + gap));
            let bounds: Option<Vec<Minute>> = match self.begun[place] {
                Some(begun) => Some(vec![begun]),
                None => waited.chain(step.at.map(Some)).collect(),
            };
            let end = bounds.and_then(|bounds| Some(bounds.into_iter().max()? + takes));
            plan[place] =
                end.filter(|end| *end >= self.now - self.tolerance).map(|end| end.max(self.now));
        }
        plan
    }

    fn before(&self) -> Vec<Places> {
        let steps = self.sheet.steps.len();
        let mut before: Vec<Places> = vec![Places(Vec::new()); steps];
        for place in self.order.iter().copied() {
            let mut own = Places::none(steps);
            own.put(place);
            self.sheet.steps[place].after.iter().for_each(|(other, _)| own.add(&before[*other]));
            before[place] = own;
        }
        before
    }
}

impl Pushed {
    /// Returns the forecast of a remaining step.
    pub(super) fn target(&self, it: &Situation, place: usize) -> StepForecast {
        let mut told = StepForecast::none(place);
        told.overdue = it.overdue(place);
        let Some(median) = self.medians.ends[place] else {
            told.why = Some(NoForecast::Undated);
            return told;
        };
        let via = &self.before[place];
        told.by_past = via.meets(&self.by_past) && !self.replays.is_empty();
        let mut days: Vec<(Minute, usize)> = Vec::new();
        if told.by_past {
            days.reserve_exact(self.replays.len());
            let of = |(day, release): (&Day, &usize)| Some((day.ends[place]?, *release));
            days.extend(self.replays.iter().zip(&it.used).filter_map(of));
        }
        days.sort_unstable();
        let (replays, releases): (Vec<Minute>, Vec<usize>) = days.into_iter().unzip();
        told.by_past &= !replays.is_empty();
        let expected = middle(&replays).unwrap_or(median);
        told.n = replays.len();
        told.path = self.path(it, place);
        if told.by_past {
            told.lengths_of_the_plan = self.among(it, via, &self.by_plan_alone);
            told.by_plan = self.by_plan[place];
            told.past_delay = it.past_delay(place);
            let said = it.delays.iter().enumerate().filter_map(|(at, all)| Some((at, all[place]?)));
            told.delays.reserve_exact(it.pool[place].len());
            told.delays.extend(said);
        }
        told.why = self.no_time(it, place, expected);
        told.due = it.sheet.steps[place].due;
        if told.why.is_some() {
            told.not_before = Some(self.low.ends[place].unwrap_or(it.now).max(it.now));
            return told;
        }
        told.expected = Some(expected);
        (told.replays, told.releases) = (replays, releases);
        self.figures(&mut told, via);
        told
    }

    /// Sets the figures that this many releases allow.
    fn figures(&self, told: &mut StepForecast, via: &Places) {
        let replays = &told.replays;
        let mut few = replays.len();
        if via.meets(&self.counted) {
            let rests = self.left.iter().enumerate().filter(|(place, _)| via.has(*place));
            few = rests.filter_map(|(_, left)| *left).fold(few, usize::min);
        }
        told.rests_on = (few < replays.len()).then_some(few);
        let (Some(first), Some(last)) = (replays.first(), replays.last()) else { return };
        if few < FOR_RANGE {
            return;
        }
        told.past_range = Some((*first, *last));
        if replays.len() >= FOR_80 {
            told.range80 = range80(replays);
        }
        if let Some(due) = told.due.filter(|_| replays.len() >= FOR_SHARE) {
            let kept = replays.iter().filter(|end| **end <= due).count();
            told.kept = Some((kept, replays.len()));
        }
    }

    fn no_time(&self, it: &Situation, place: usize, expected: Minute) -> Option<NoForecast> {
        let via = &self.before[place];
        if via.meets(&self.failed) {
            return Some(NoForecast::Failed(self.among(it, via, &self.failed)));
        }
        if via.meets(&self.beyond) {
            let beyond = self.among(it, via, &self.beyond).into_iter();
            return Some(NoForecast::Beyond(
                beyond.map(|place| (place, it.pool[place].len())).collect(),
            ));
        }
        if !via.meets(&self.blind) {
            return None;
        }
        let step = &it.sheet.steps[place];
        let matters = step.at != Some(expected) && !step.after.is_empty();
        let mut blind = self.among(it, via, &self.blind);
        blind.retain(|other| *other != place || matters);
        (!blind.is_empty()).then_some(NoForecast::NoLength(blind))
    }

    /// Returns the steps in both sets, in topological order.
    fn among(&self, it: &Situation, via: &Places, wanted: &Places) -> Vec<usize> {
        if !via.meets(wanted) {
            return Vec::new();
        }
        it.order.iter().copied().filter(|place| via.has(*place) && wanted.has(*place)).collect()
    }

    /// Returns the critical path to a step, following what each waited for.
    fn path(&self, it: &Situation, place: usize) -> Vec<usize> {
        let on = |place: &usize| it.remaining[*place];
        let back = |place: &usize| self.medians.bounds[*place].filter(on);
        let steps = || std::iter::successors(Some(place), back);
        let mut path = Vec::with_capacity(steps().count());
        path.extend(steps());
        path.reverse();
        path
    }
}

impl Situation<'_> {
    fn past_delay(&self, place: usize) -> Option<(usize, i64, (i64, i64))> {
        let pool = &self.pool[place];
        let (first, last) = (*pool.first()?, *pool.last()?);
        Some((pool.len(), middle(pool)?, (first, last)))
    }

    /// Returns by how much a step without dependencies that was not begun is overdue.
    fn overdue(&self, place: usize) -> Option<i64> {
        let step = &self.sheet.steps[place];
        let alone = step.after.is_empty() && !step.marks.begun;
        let since = self.now - step.at.filter(|_| alone)?;
        (since > self.tolerance).then_some(since)
    }
}
