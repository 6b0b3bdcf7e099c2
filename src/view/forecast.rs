//! Forecasts of the rest of a plan, worded. All of it is inferred, and marked as such.

use serde::Serialize;

use crate::lang::{ByDay, ForecastWords};
use crate::model::{Elapsed, Event, Incident, Moment, PlanStep, Precision};
use crate::timeline::{
    DayForecast, EarlyStep, Forecast, Minute, NoForecast, OverStep, PastRelease, StepForecast,
    minute,
};

use super::progress::event_words;
use super::rows::planned_time;
use super::time::TimeFormatter;

/// The forecast of the rest of a plan. Steps are identified by their ids, or by their texts if they have none; times
/// are ISO 8601 with offset, to the minute.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ForecastView {
    /// Version of this contract.
    pub view: u32,
    /// The record's id.
    pub id: String,
    /// Always true: nothing in it was recorded.
    pub inferred: bool,
    /// The moment of the forecast.
    pub now: Option<String>,
    /// How many steps are done.
    pub done: usize,
    /// Steps without an event that must be done, since a later step was.
    pub proven: Vec<String>,
    /// Other steps whose time has passed without an event, but which need not be late.
    pub not_recorded: Vec<String>,
    /// Steps that may have been carried out by an event that names no step.
    pub perhaps_done: Vec<String>,
    /// Steps that were given up.
    pub skipped: Vec<String>,
    /// The past releases that were replayed, by their records' ids.
    pub replayed: Vec<String>,
    /// The steps that are left, in the plan's order.
    pub steps: Vec<StepForecastView>,
    /// The step that is done last.
    pub end: Option<String>,
    /// Steps whose time cannot be forecast.
    pub undated: Vec<String>,
    /// Steps that began early.
    pub early: Vec<EarlyView>,
    /// Remarks on the forecast, in the record's language.
    pub lines: Vec<String>,
    /// The most important remark: on the deadline that is closest to being missed, or on the end if there is none.
    #[serde(skip)]
    pub brief: Option<String>,
    /// The headings of the table.
    pub heads: [&'static str; 6],
    /// The meaning of the table's marks.
    pub legend: &'static str,
}

/// The forecast of a remaining step.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct StepForecastView {
    /// Its id, or its text if it has none.
    pub id: String,
    /// Its text.
    pub text: String,
    /// When it is planned for.
    pub planned: Option<String>,
    /// When it is expected to be done.
    pub expected: Option<String>,
    /// The earliest time at which it can be done, if there is no expected time.
    pub not_before: Option<String>,
    /// Why there is no expected time: `undated`, `failed`, `longer than the past` or `no length`.
    pub no_time: Option<&'static str>,
    /// The same in words, with the steps that cause it.
    pub why: Option<String>,
    /// `past`, or `plan` for the plan's own arithmetic.
    pub basis: &'static str,
    /// The steps that determine its time, from the first to itself.
    pub path: Vec<String>,
    /// How many past releases have it.
    pub n: usize,
    /// When it was done in each replay, the earliest first.
    pub replays: Vec<ReplayView>,
    /// Steps whose length is taken from the plan, since no release has it.
    pub lengths_of_the_plan: Vec<String>,
    /// When it would be done by the plan's own lengths.
    pub by_plan: Option<String>,
    /// The smallest number of past values behind a figure, if smaller than the number of replays.
    pub rests_on: Option<usize>,
    /// From the earliest to the latest replay.
    pub past_range: Option<[String; 2]>,
    /// The range in which eight of ten days like those in the past would end.
    pub range80: Option<[String; 2]>,
    /// Its deadline.
    pub by: Option<String>,
    /// Minutes left until the deadline.
    pub slack_min: Option<i64>,
    /// The most minutes that may be left, if there is no expected time.
    pub slack_at_most_min: Option<i64>,
    /// How many replays meet the deadline, and how many there are.
    pub kept: Option<[usize; 2]>,
    /// Its delays in the past.
    pub past_delay: Option<DelayView>,
    /// How many minutes it is overdue.
    pub overdue_min: Option<i64>,
    /// Past deviations in days, if it is planned by the day.
    pub by_day: Option<ByDayView>,
    /// The steps that it waits for.
    pub waits_for: Vec<String>,
    /// The cells of its row: step, planned, expected, past range, releases, steps that it waits for.
    #[serde(skip)]
    pub cells: [String; 6],
}

/// Past deviations of a step that is planned by the day, in days and against the plan in force.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ByDayView {
    /// Its planned day.
    pub planned: String,
    /// How many past deviations are known.
    pub values: usize,
    /// How many past releases they come from.
    pub releases: usize,
    /// Whether they are deviations of this step; else they are of all steps that were planned by the day.
    pub of_the_step: bool,
    /// The median deviation, in days.
    pub median_days: i64,
    /// The smallest and the largest.
    pub range_days: [i64; 2],
    /// The range of days in which eight of ten would begin; null if nothing ever deviated.
    pub range80: Option<[String; 2]>,
}

/// A step in one past release.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ReplayView {
    /// The record's id.
    pub record: String,
    /// When it would be done according to this release.
    pub at: String,
    /// The step's own part in minutes: its delay, or its length if it is running.
    pub delay_min: Option<i64>,
}

/// The past delays of a step, in minutes.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DelayView {
    /// How many releases have one.
    pub n: usize,
    /// The median.
    pub median: i64,
    /// The smallest and the largest.
    pub range: [i64; 2],
}

/// A step that began early.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct EarlyView {
    /// The step.
    pub id: String,
    /// By how many minutes.
    pub early_min: i64,
    /// The steps that wait for it.
    pub waited_for_by: Vec<String>,
}

/// Returns the view of a forecast; `explained` adds the replays of each step.
pub fn forecast_view(
    id: &str,
    incident: &Incident,
    (forecast, past): (&Forecast, &[PastRelease]),
    (now, tolerance): (Moment, i64),
    explained: bool,
) -> ForecastView {
    let now = now.unix().div_euclid(60);
    let teller = Teller::of(incident, forecast, now);
    let step = |step: &StepForecast| teller.step(step, past);
    let record = |place: &usize| past[*place].record.clone();
    let mut lines = teller.lines(forecast, tolerance / 60);
    if explained {
        lines.extend(teller.explained(forecast, past));
    }
    let words = teller.words();
    let over = |is_perhaps: bool| {
        let is_wanted = |over: &OverStep| is_perhaps == matches!(over, OverStep::PerhapsDone(_));
        let over = forecast.over.iter().filter(|(_, over)| is_wanted(over));
        over.map(|(place, _)| teller.name(*place)).collect()
    };
    ForecastView {
        view: 1,
        id: id.to_owned(),
        inferred: true,
        now: teller.iso(now),
        done: forecast.done,
        proven: teller.names(&forecast.proven),
        not_recorded: over(false),
        perhaps_done: over(true),
        skipped: teller.names(&forecast.skipped),
        replayed: forecast.replayed.iter().map(record).collect(),
        steps: forecast.steps.iter().map(step).collect(),
        end: forecast.end.map(|place| teller.name(place)),
        undated: teller.names(&forecast.undated),
        early: forecast.early.iter().map(|early| teller.early(early)).collect(),
        lines,
        brief: teller.brief(forecast),
        heads: words.heads,
        legend: words.legend,
    }
}

/// Words a forecast.
struct Teller<'i> {
    incident: &'i Incident,
    times: TimeFormatter,
    now: Minute,
}

impl<'i> Teller<'i> {
    fn of(incident: &'i Incident, forecast: &Forecast, now: Minute) -> Teller<'i> {
        let mut times = TimeFormatter::of(incident, None);
        let told = forecast.steps.iter().flat_map(|step| [step.expected, step.not_before]);
        let told = told.flatten().filter_map(moment);
        // A step that slips past midnight needs its day.
        let days = told.map(|at| at.clock(times.zone).day);
        let own = incident.day();
        times.many_days |= days.into_iter().any(|day| own.is_some_and(|own| own != day));
        Teller { incident, times, now }
    }

    fn words(&self) -> &'static ForecastWords {
        &self.times.words.forecast
    }

    fn plan(&self, place: usize) -> &'i PlanStep {
        &self.incident.plan[place]
    }

    fn name(&self, place: usize) -> String {
        self.plan(place).called().to_owned()
    }

    fn names(&self, places: &[usize]) -> Vec<String> {
        places.iter().map(|place| self.name(*place)).collect()
    }

    /// Returns the names of these steps as one text.
    fn names_text(&self, places: &[usize]) -> String {
        const MOST: usize = 5;
        let shown = places.iter().take(MOST).map(|place| self.plan(*place).text.clone());
        let more = places.len().saturating_sub(MOST);
        let more = (more > 0).then(|| format!("+{more}"));
        shown.chain(more).collect::<Vec<_>>().join(", ")
    }

    fn iso(&self, at: Minute) -> Option<String> {
        let at = moment(at)?;
        Some(self.times.zone.map_or(at, |zone| at.seen_in(zone)).written())
    }

    fn at(&self, at: Minute) -> String {
        moment(at).map_or_else(String::new, |at| self.times.time(&at).short)
    }

    fn amount(&self, minutes: i64) -> String {
        self.times.amount(Elapsed::of(minutes.abs() * 60, Precision::Minute))
    }

    fn between(&self, (from, to): (Minute, Minute)) -> String {
        (self.words().range)(&self.at(from), &self.at(to))
    }

    fn step(&self, step: &StepForecast, past: &[PastRelease]) -> StepForecastView {
        let plan = self.plan(step.place);
        let both = |(from, to): (Minute, Minute)| Some([self.iso(from)?, self.iso(to)?]);
        let left = |at: Option<Minute>| Some(step.due? - at?);
        let replays = step.replays.iter().zip(&step.releases).filter_map(|(at, release)| {
            let delay = step.delays.iter().find(|(other, _)| other == release);
            Some(ReplayView {
                record: past[*release].record.clone(),
                at: self.iso(*at)?,
                delay_min: delay.map(|(_, delay)| *delay),
            })
        });
        StepForecastView {
            id: self.name(step.place),
            text: plan.text.clone(),
            planned: plan.planned().map(|at| self.times.time(&at).iso.unwrap_or_default()),
            expected: step.expected.and_then(|at| self.iso(at)),
            not_before: step.not_before.and_then(|at| self.iso(at)),
            no_time: step.why.as_ref().map(reason),
            why: step.why.as_ref().map(|why| self.why(step.place, why)),
            basis: if step.by_past { "past" } else { "plan" },
            path: self.names(&step.path),
            n: step.n,
            replays: replays.collect(),
            lengths_of_the_plan: self.names(&step.lengths_of_the_plan),
            by_plan: step.by_plan.and_then(|at| self.iso(at)),
            rests_on: step.rests_on,
            past_range: step.past_range.and_then(both),
            range80: step.range80.and_then(both),
            by: step.due.and_then(|at| self.iso(at)),
            slack_min: left(step.expected),
            slack_at_most_min: left(step.not_before),
            kept: step.kept.map(|(kept, of)| [kept, of]),
            past_delay: step.past_delay.map(|(n, median, (least, most))| DelayView {
                n,
                median,
                range: [least, most],
            }),
            overdue_min: step.overdue,
            by_day: step.by_day.as_ref().map(by_day),
            waits_for: plan.after.iter().map(ToString::to_string).collect(),
            cells: self.cells(step),
        }
    }

    fn cells(&self, step: &StepForecast) -> [String; 6] {
        let plan = self.plan(step.place);
        let days = step.by_day.as_ref().map(by_day);
        let expected = match (step.expected, step.not_before) {
            (Some(at), _) => format!("◇ {}", self.at(at)),
            (None, Some(at)) => format!("▷ {}", self.at(at)),
            (None, None) => step.by_day.as_ref().map_or_else(
                || "–".to_owned(),
                |told| format!("◇ {}", told.planned.plus(told.median)),
            ),
        };
        let n = days.as_ref().map_or(step.n, |days| days.values);
        let n = if n == 0 { "–".to_owned() } else { n.to_string() };
        let range80 = days.and_then(|days| days.range80);
        let waits: Vec<String> = plan.after.iter().map(ToString::to_string).collect();
        [
            plan.text.clone(),
            planned_time(&self.times, plan).short,
            expected,
            match (step.past_range, range80) {
                (Some(range), _) => self.between(range),
                (None, Some([from, to])) => (self.words().range)(&from, &to),
                (None, None) => "–".to_owned(),
            },
            n,
            waits.join(", "),
        ]
    }

    fn early(&self, early: &EarlyStep) -> EarlyView {
        EarlyView {
            id: self.name(early.place),
            early_min: early.minutes,
            waited_for_by: self.names(&early.waited_for_by),
        }
    }

    /// Returns the line of the step whose deadline is the closest to be missed; without one, of the last step.
    fn brief(&self, forecast: &Forecast) -> Option<String> {
        let slack = |step: &&StepForecast| Some(step.due? - step.expected.or(step.not_before)?);
        let due = forecast.steps.iter().filter(|step| slack(step).is_some());
        let is_end = |step: &&StepForecast| forecast.end == Some(step.place);
        let closest = due.min_by_key(slack).or_else(|| forecast.steps.iter().find(is_end));
        closest.map(|step| self.line(step))
    }

    /// Returns the sentences, the most urgent first.
    fn lines(&self, forecast: &Forecast, tolerance: i64) -> Vec<String> {
        let words = self.words();
        let mut lines = Vec::new();
        lines.extend(forecast.early.iter().map(|early| self.early_line(early, forecast)));
        for step in &forecast.steps {
            lines.extend(self.pressing(step, tolerance));
        }
        // An early step's sentence already covers the steps that stay as planned.
        let is_said =
            |step: &StepForecast| !forecast.early.is_empty() && !step.by_past && self.stays(step);
        for step in &forecast.steps {
            let matters = step.due.is_some() || forecast.end == Some(step.place);
            if matters && step.why != Some(NoForecast::Undated) && !is_said(step) {
                lines.push(self.line(step));
            }
        }
        lines.extend(forecast.proven.iter().map(|place| self.proven_line(*place, forecast)));
        lines.extend(forecast.over.iter().map(|over| self.over_line(*over)));
        lines.extend(forecast.steps.iter().filter_map(|step| self.day_line(step)));
        let no_day = |place: &&usize| !self.is_by_day(**place);
        let undated: Vec<usize> = forecast.undated.iter().filter(no_day).copied().collect();
        if !undated.is_empty() {
            lines.push((words.undated)(&self.names_text(&undated)));
        }
        let by_minutes = forecast.steps.iter().any(|step| !self.is_by_day(step.place));
        if forecast.replayed.is_empty() && by_minutes {
            lines.push(words.no_past.to_owned());
        }
        lines
    }

    fn is_by_day(&self, place: usize) -> bool {
        self.plan(place).at.is_some_and(|at| at.precision() == Precision::Day)
    }

    /// Returns the line of a step that is planned by day and has no minute.
    fn day_line(&self, step: &StepForecast) -> Option<String> {
        let at = self.plan(step.place).at.filter(|_| self.is_by_day(step.place))?;
        if step.why != Some(NoForecast::Undated) {
            return None;
        }
        let told = step.by_day.as_ref().map(by_day);
        let range80 = told.as_ref().and_then(|told| told.range80.as_ref());
        let (values, releases, of_the_step) = told
            .as_ref()
            .map_or((0, 0, false), |told| (told.values, told.releases, told.of_the_step));
        Some((self.words().by_day)(&ByDay {
            step: &self.plan(step.place).text,
            planned: &at.day().to_string(),
            values,
            releases,
            of_the_step,
            range80: range80.map(|[from, to]| (from.as_str(), to.as_str())),
        }))
    }

    /// Whether a step stays at its planned time, which is ahead and its only constraint.
    fn stays(&self, step: &StepForecast) -> bool {
        let planned = self.plan(step.place).at.and_then(minute);
        planned.is_some_and(|at| at > self.now && step.expected == Some(at) && step.path.len() == 1)
    }

    /// Returns the line of a step that is due now or overdue.
    fn pressing(&self, step: &StepForecast, tolerance: i64) -> Option<String> {
        let text = &self.plan(step.place).text;
        if let Some(minutes) = step.overdue {
            return Some((self.words().overdue_by)(text, &self.amount(minutes)));
        }
        let at = self.plan(step.place).at.and_then(minute)?;
        let due = at <= self.now && self.now - at <= tolerance && step.expected == Some(self.now);
        due.then(|| (self.words().due_now)(text))
    }

    fn line(&self, step: &StepForecast) -> String {
        let (words, text) = (self.words(), &self.plan(step.place).text);
        let mut parts = Vec::new();
        let Some(expected) = step.expected else {
            let why = step.why.as_ref().map(|why| self.why(step.place, why)).unwrap_or_default();
            let least = step.not_before.unwrap_or(self.now);
            let mut earliest = (words.not_before)(&self.at(least));
            if let Some(due) = step.due.filter(|due| least > *due) {
                let behind = (words.behind)(&self.amount(least - due), &self.at(due));
                earliest = format!("{earliest}, {behind}");
            }
            return format!("{}; {earliest}", (words.no_time)(text, &why));
        };
        parts.push((words.expected)(text, &self.at(expected), &self.basis(step)));
        if let Some(due) = step.due {
            let slack = self.amount(due - expected);
            let due_at = self.at(due);
            let told = if due >= expected { words.slack } else { words.too_late };
            let kept = step.kept.map(|(kept, of)| (words.kept)(kept, of));
            parts.push(
                [Some(told(&due_at, &slack)), kept]
                    .into_iter()
                    .flatten()
                    .collect::<Vec<_>>()
                    .join(", "),
            );
        }
        if !step.lengths_of_the_plan.is_empty() {
            parts.push((words.lengths_of_the_plan)(&self.names_text(&step.lengths_of_the_plan)));
        }
        parts.extend(step.by_plan.map(|at| (words.by_plan)(&self.at(at))));
        parts.extend(step.rests_on.map(words.rests_on));
        parts.join(" · ")
    }

    /// Returns what an expected time is based on, in as much detail as the number of releases allows.
    fn basis(&self, step: &StepForecast) -> String {
        let words = self.words();
        if step.replays.is_empty() {
            return words.on_the_plan.to_owned();
        }
        match (step.range80, step.past_range) {
            (Some(range), _) => (words.on_80)(step.n, &self.between(range)),
            (None, Some(range)) => (words.on_range)(step.n, &self.between(range)),
            (None, None) => {
                let values: Vec<String> = step.replays.iter().map(|at| self.at(*at)).collect();
                (words.on_values)(step.n, &values.join(", "))
            }
        }
    }

    fn why(&self, place: usize, why: &NoForecast) -> String {
        let words = self.words();
        match why {
            NoForecast::Undated => (words.undated)(&self.names_text(&[place])),
            NoForecast::Failed(steps) => (words.failed)(&self.names_text(steps)),
            NoForecast::NoLength(steps) => (words.no_length)(&self.names_text(steps)),
            NoForecast::Beyond(steps) => {
                let one = |(place, n): &(usize, usize)| match n {
                    0 => (words.overdue)(&self.plan(*place).text),
                    n if self.has_begun(*place) => (words.longer)(&self.plan(*place).text, *n),
                    n => (words.later)(&self.plan(*place).text, *n),
                };
                steps.iter().map(one).collect::<Vec<_>>().join(", ")
            }
        }
    }

    /// Returns the line on what an early step means for the steps that wait for it.
    fn early_line(&self, early: &EarlyStep, forecast: &Forecast) -> String {
        let words = self.words();
        let step = self.plan(early.place);
        let at = step.at.and_then(minute).unwrap_or(self.now);
        let began = at - early.minutes;
        let mut parts =
            vec![(words.early)(&step.text, &self.at(began), &self.amount(early.minutes))];
        let stay: Vec<&StepForecast> =
            forecast.steps.iter().filter(|step| self.stays(step)).collect();
        let next = stay.iter().filter_map(|step| self.plan(step.place).at.and_then(minute)).min();
        let done = self.last_event(step).filter(|done| *done > began);
        if let Some((done, next)) = done.zip(next).filter(|(done, next)| next > done) {
            let left = self.amount(next - done);
            parts.push((words.done_before)(&self.at(done), &left, &self.at(next)));
        }
        parts.push(match early.waited_for_by.as_slice() {
            [] => words.nobody_waits.to_owned(),
            waiting => (words.waits_for_it)(&self.names_text(waiting)),
        });
        if !stay.is_empty() {
            let one = |step: &&StepForecast| {
                format!(
                    "{} {}",
                    step.expected.map_or_else(String::new, |at| self.at(at)),
                    self.plan(step.place).text
                )
            };
            let told: Vec<String> = stay.iter().take(5).map(one).collect();
            let slack = stay.iter().filter_map(|step| Some(step.due? - step.expected?)).min();
            let slack = slack.map(|slack| self.amount(slack));
            parts.push((words.stay)(&told.join(", "), slack.as_deref()));
        }
        parts.join(" ")
    }

    fn last_event(&self, step: &PlanStep) -> Option<Minute> {
        let id = step.id.as_ref()?;
        let events = self.incident.events.iter().filter(|event| event.steps.contains(id));
        let ends = events.flat_map(|event| [event.at, event.until]).flatten().filter_map(minute);
        ends.filter(|end| *end <= self.now).max()
    }

    /// Returns the line of a step that nobody logged, but that need not be late.
    fn over_line(&self, (place, over): (usize, OverStep)) -> String {
        let (words, step) = (self.times.words, self.plan(place));
        match over {
            OverStep::PerhapsDone(event) => {
                let event = event_words(&self.times, &self.incident.events[event]);
                (words.perhaps_done)(&step.text, &event)
            }
            OverStep::NotRecorded => {
                let at = planned_time(&self.times, step).short;
                format!("{}: {} ({at})", words.labels.not_recorded, step.text)
            }
        }
    }

    /// Whether a step has begun, and not only its time has come.
    fn has_begun(&self, place: usize) -> bool {
        let id = self.plan(place).id.as_ref();
        let own = |event: &&Event| id.is_some_and(|id| event.steps.contains(id));
        let events = self.incident.events.iter().filter(own);
        events.filter_map(|event| minute(event.at?)).any(|at| at <= self.now)
    }

    fn proven_line(&self, place: usize, forecast: &Forecast) -> String {
        let words = self.words();
        let id = self.plan(place).id.as_deref();
        let waits =
            |step: &PlanStep| step.after.iter().any(|after| Some(after.step.as_str()) == id);
        let begun = |step: &PlanStep| {
            let own =
                |id: &String| self.incident.events.iter().any(|event| event.steps.contains(id));
            step.id.as_ref().is_some_and(own)
        };
        let mut later = self
            .incident
            .plan
            .iter()
            .enumerate()
            .filter(|(at, step)| waits(step) && (begun(step) || forecast.proven.contains(at)));
        match later.next() {
            Some((_, by)) => (words.proven)(&self.plan(place).text, &by.text),
            None => (words.done_that_day)(&self.plan(place).text),
        }
    }

    /// Returns the replays of each step, each with its record, and the underlying delays.
    fn explained(&self, forecast: &Forecast, past: &[PastRelease]) -> Vec<String> {
        let words = self.words();
        let record = |place: usize| past[place].record.as_str();
        let mut lines = Vec::new();
        if !forecast.replayed.is_empty() {
            let records: Vec<&str> = forecast.replayed.iter().map(|at| record(*at)).collect();
            lines.push((words.replayed)(records.len(), &records.join(", ")));
        }
        for step in forecast.steps.iter().filter(|step| !step.replays.is_empty()) {
            let each = step.replays.iter().zip(&step.releases);
            let each: Vec<String> = each
                .map(|(at, release)| format!("{} {}", self.at(*at), record(*release)))
                .collect();
            let expected = step.expected.map_or_else(String::new, |at| self.at(at));
            let text = &self.plan(step.place).text;
            let mut line = format!("{text}: {expected} = {} {}", words.middle_of, each.join(", "));
            if !step.delays.is_empty() {
                let one = |(at, delay): &(usize, i64)| format!("{delay:+} {}", record(*at));
                let told: Vec<String> = step.delays.iter().map(one).collect();
                line = format!("{line}; {} {}", words.delays, told.join(", "));
            }
            if step.path.len() > 1 {
                let path: Vec<&str> =
                    step.path.iter().map(|place| self.plan(*place).text.as_str()).collect();
                line = format!("{line}; {} {}", words.path, path.join(" → "));
            }
            lines.push(line);
        }
        lines
    }
}

fn by_day(told: &DayForecast) -> ByDayView {
    let DayForecast { planned, values, releases, of_the_step, median, range, range80 } = told;
    let day = |slip: i64| planned.plus(slip).to_string();
    ByDayView {
        planned: planned.to_string(),
        values: *values,
        releases: *releases,
        of_the_step: *of_the_step,
        median_days: *median,
        range_days: [range.0, range.1],
        range80: range80.map(|(from, to)| [day(from), day(to)]),
    }
}

fn reason(why: &NoForecast) -> &'static str {
    match why {
        NoForecast::Undated => "undated",
        NoForecast::Failed(_) => "failed",
        NoForecast::Beyond(_) => "longer than the past",
        NoForecast::NoLength(_) => "no length",
    }
}

fn moment(at: Minute) -> Option<Moment> {
    Some(Moment::from_unix(at * 60)?.at_most(Precision::Minute))
}
