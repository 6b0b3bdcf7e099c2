//! Statistics over many records, computed from values that can be listed one by one.
//!
//! Durations of incidents are skewed: a median with range and count says more than a mean, which is never shown (VOID
//! report 2021). Nobody is ranked.

use std::collections::{BTreeMap, BTreeSet};

use crate::lang::StepOutcome;
use crate::model::{Day, Elapsed, Incident, Measure, Moment, NoValue, Precision, Verdict};
use crate::timeline::{
    Aliases, ScheduleKept, StepName, durations, folded, is_to_come, rows, schedule_kept,
};

use super::one_step::{StepGroup, partners};
use super::step_groups::step_groups;

/// The values of one record.
#[derive(Debug, Clone)]
pub struct Sample {
    /// The record's id.
    pub id: String,
    /// The day it is about.
    pub day: Option<Day>,
    /// `release`, `outage`, …
    pub kind: Option<String>,
    /// Its severity.
    pub severity: Option<String>,
    /// Its services.
    pub services: Vec<String>,
    /// Its tags.
    pub tags: Vec<String>,
    /// Whether it is in progress.
    pub open: bool,
    /// How many events it has.
    pub events: usize,
    /// Its standard durations, in the order of [`Measure::ALL`].
    pub measures: Vec<DurationSample>,
    /// How many of its steps were on time; none without a plan.
    pub kept: Option<ScheduleKept>,
    /// Its planned steps.
    pub steps: Vec<StepSample>,
}

/// A duration of one record.
#[derive(Debug, Clone, Copy)]
pub struct DurationSample {
    /// Which measure.
    pub measure: Measure,
    /// When it began, if that is recorded.
    pub from: Option<Ending>,
    /// When it ended, if that is recorded.
    pub to: Option<Ending>,
    /// `to − from`, if that is certain.
    pub elapsed: Option<Elapsed>,
    /// Why it is not.
    pub no_value: Option<NoValue>,
    /// Whether it begins with another milestone than the definition's first choice.
    pub fallback: bool,
}

/// When a duration began or ended; none if unknown.
pub type Ending = Option<Moment>;

impl DurationSample {
    /// Returns `to − from`; none unless both are recorded, and in that order.
    pub fn value(&self) -> Option<Elapsed> {
        self.elapsed.filter(|_| !self.is_backwards())
    }

    /// Whether it would end before it began: one of its times is wrong.
    pub fn is_backwards(&self) -> bool {
        self.elapsed.is_some_and(|elapsed| elapsed.most() < 0)
    }
}

/// A planned step of one record.
#[derive(Debug, Clone)]
pub struct StepSample {
    /// Its id.
    pub id: Option<String>,
    /// Its text.
    pub text: String,
    /// Its text without its release's version.
    pub plain: String,
    /// When it was planned for.
    pub planned: Option<Moment>,
    /// When it began.
    pub began: Option<Moment>,
    /// Its verdict.
    pub verdict: Verdict,
    /// Whether it is planned for later, and nothing has been logged for it.
    pub to_come: bool,
    /// Began − planned.
    pub deviation: Option<Elapsed>,
    /// The same, for wording.
    pub outcome: StepOutcome,
}

impl StepSample {
    /// Returns its deviation for statistics: a deadline that was met counts as met, however early.
    pub fn counted(&self) -> Option<Elapsed> {
        let met = self.outcome.is_deadline && self.verdict == Verdict::OnTime;
        let kept = |by: Elapsed| Elapsed { about: by.about, ..Elapsed::of(0, by.precision) };
        self.deviation.map(|by| if met && by.seconds < 0 { kept(by) } else { by })
    }

    /// Returns its name, by which it is found in other records.
    pub(super) fn name(&self) -> StepName<'_> {
        StepName { id: self.id.as_deref(), text: self.plain.as_str().into() }
    }
}

/// Returns the values of a record at `now`; `tolerance`, in seconds, determines what is on time. Steps of an open record
/// that are planned for later are still to come.
pub fn sample(id: &str, incident: &Incident, (tolerance, now): (i64, Moment)) -> Sample {
    let asked = incident.is_going_on().then_some((tolerance, now));
    let rows = rows(incident, tolerance);
    let taken = durations(incident).into_iter().map(|duration| DurationSample {
        measure: duration.measure,
        from: duration.from.map(|event| event.at),
        to: duration.to.map(|event| event.at),
        elapsed: duration.value,
        no_value: duration.no_value,
        fallback: duration.fallback,
    });
    let steps = rows.iter().filter_map(|row| {
        let step = row.step?;
        Some(StepSample {
            id: step.id.clone(),
            text: step.text.clone(),
            plain: StepName::of(incident, step).text.into_owned(),
            planned: step.planned(),
            began: row.start(),
            verdict: row.verdict,
            to_come: asked.is_some_and(|(by, now)| is_to_come(row, &now, by)),
            deviation: row.deviation,
            outcome: row.outcome(),
        })
    });
    Sample {
        id: id.to_owned(),
        day: incident.day(),
        kind: incident.kind.clone(),
        severity: incident.severity.clone(),
        services: incident.services.clone(),
        tags: incident.tags.clone(),
        open: incident.is_open_work(),
        events: incident.events.len(),
        measures: taken.collect(),
        kept: schedule_kept(&rows, asked),
        steps: steps.collect(),
    }
}

/// The distribution of values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spread {
    /// The median; of an even count the mean of the middle two.
    pub median: Elapsed,
    /// The smallest.
    pub low: Elapsed,
    /// The largest.
    pub high: Elapsed,
    /// How many there are.
    pub count: usize,
    /// How many more are known only by day, and left out because others are more precise.
    pub days_only: usize,
}

/// Returns the distribution of values; `None` if there are none. Values known by day are not mixed with those known by
/// minute, as days have no minutes; ranges are left out.
pub fn spread(values: impl IntoIterator<Item = Elapsed>) -> Option<Spread> {
    let (days, finer): (Vec<Elapsed>, Vec<Elapsed>) = values
        .into_iter()
        .filter(|value| value.open == 0)
        .partition(|value| value.precision == Precision::Day);
    let (mut used, days_only) = if finer.is_empty() { (days, 0) } else { (finer, days.len()) };
    used.sort_by_key(|value| value.seconds);
    let (low, high) = (*used.first()?, *used.last()?);
    let (lower, upper) = (used[(used.len() - 1) / 2], used[used.len() / 2]);
    let middle = (lower.seconds + upper.seconds) / 2;
    let precision = lower.precision.min(upper.precision);
    let seconds = match precision {
        // Half a day more would be too precise.
        Precision::Day => middle / 86_400 * 86_400,
        Precision::Hour | Precision::Minute => middle / 60 * 60,
        Precision::Second | Precision::Fraction => middle,
    };
    // Rounding must not leave the range.
    let seconds = seconds.max(low.seconds).min(high.seconds);
    let about = lower.about || upper.about;
    let median = Elapsed { about, ..Elapsed::of(seconds, precision) };
    Some(Spread { median, low, high, count: used.len(), days_only })
}

/// The criterion that records are grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// `2024-09`.
    Month,
    /// `2024-Q3`.
    Quarter,
    /// `2024`.
    Year,
    /// `release`, `outage`, …
    Kind,
    /// Each of a record's services.
    Service,
    /// `sev1`, …
    Severity,
    /// Each of a record's tags.
    Tag,
}

impl By {
    /// All of them, with their words.
    pub const WORDS: &'static [(&'static str, By)] = &[
        ("month", By::Month),
        ("quarter", By::Quarter),
        ("year", By::Year),
        ("kind", By::Kind),
        ("service", By::Service),
        ("severity", By::Severity),
        ("tag", By::Tag),
    ];

    /// Returns its word.
    pub fn word(self) -> &'static str {
        By::WORDS.iter().find(|(_, by)| *by == self).map_or("", |(word, _)| word)
    }

    /// Whether it is a period of time.
    pub fn is_period(self) -> bool {
        matches!(self, By::Month | By::Quarter | By::Year)
    }

    /// Returns the best period for a number of days.
    pub fn period_for(days: i64) -> By {
        match days {
            0..=560 => By::Month,
            561..=2200 => By::Quarter,
            _ => By::Year,
        }
    }

    fn names(self, sample: &Sample) -> Vec<String> {
        let period = |name: fn(Day) -> String| sample.day.map(name).into_iter().collect();
        match self {
            By::Month => period(|day| month(day.year(), day.month() - 1)),
            By::Quarter => period(|day| quarter(day.year(), (day.month() - 1) / 3)),
            By::Year => period(|day| year(day.year())),
            By::Kind => sample.kind.iter().cloned().collect(),
            By::Severity => sample.severity.iter().cloned().collect(),
            By::Service => sample.services.clone(),
            By::Tag => sample.tags.clone(),
        }
    }

    /// Returns every period from the first to the last, including empty ones; none if there are so many that some year
    /// must be wrong.
    fn periods(self, samples: &[Sample]) -> Vec<String> {
        let days = samples.iter().filter_map(|sample| sample.day);
        let Some((first, last)) = days.clone().min().zip(days.max()) else { return Vec::new() };
        let years = first.year()..=last.year();
        let parts = match self {
            By::Month => 12,
            By::Quarter => 4,
            _ => 1,
        };
        let name = |year: i32, part: u32| match self {
            By::Month => month(year, part),
            By::Quarter => quarter(year, part),
            _ => self::year(year),
        };
        let place = |day: Day| (day.year(), (day.month() - 1) * parts / 12);
        let all = years.flat_map(|year| (0..parts).map(move |part| (year, part)));
        let within = all.filter(|at| *at >= place(first) && *at <= place(last));
        let periods: Vec<String> =
            within.map(|(year, part)| name(year, part)).take(MOST_PERIODS + 1).collect();
        if periods.len() > MOST_PERIODS { Vec::new() } else { periods }
    }
}

/// A century, in months.
const MOST_PERIODS: usize = 1200;

fn year(year: i32) -> String {
    format!("{year:04}")
}

fn month(year: i32, month: u32) -> String {
    format!("{year:04}-{:02}", month + 1)
}

fn quarter(year: i32, quarter: u32) -> String {
    format!("{year:04}-Q{}", quarter + 1)
}

/// Records with a common value.
#[derive(Debug, Clone)]
pub struct Group<'s> {
    /// The value: `2024-09`, `outage`, …; none for records without one.
    pub name: Option<String>,
    /// The records. One with two services is in both groups.
    pub samples: Vec<&'s Sample>,
}

/// Returns the groups: periods chronologically, including empty ones, everything else by size (severities by the
/// project's scale); records without a value last.
pub fn groups<'s>(samples: &'s [Sample], by: By, scale: &[String]) -> Vec<Group<'s>> {
    let mut named: BTreeMap<String, Vec<&Sample>> = BTreeMap::new();
    if by.is_period() {
        named.extend(by.periods(samples).into_iter().map(|name| (name, Vec::new())));
    }
    let mut silent: Vec<&Sample> = Vec::new();
    for sample in samples {
        let mut names = by.names(sample);
        names.sort();
        names.dedup();
        if names.is_empty() {
            silent.push(sample);
        }
        for name in names {
            named.entry(name).or_default().push(sample);
        }
    }
    let group = |(name, samples)| Group { name: Some(name), samples };
    let mut groups: Vec<Group> = named.into_iter().map(group).collect();
    if by == By::Severity {
        groups.sort_by_key(|group| severity_rank(scale, group.name.as_deref().unwrap_or("")));
    } else if !by.is_period() {
        groups.sort_by_key(|group| std::cmp::Reverse(group.samples.len()));
    }
    if !silent.is_empty() {
        groups.push(Group { name: None, samples: silent });
    }
    groups
}

/// Returns the index of a severity on a scale, worst first; unknown ones come last.
pub fn severity_rank(scale: &[String], severity: &str) -> usize {
    let severity = severity.to_lowercase();
    scale.iter().position(|word| word.to_lowercase() == severity).unwrap_or(scale.len())
}

/// How a step went each time it was planned.
#[derive(Debug, Clone)]
pub struct Slipped<'s> {
    /// Its name under `steps` in the settings, if a step has it, else its usual text if it has a name there, else its latest
    /// text.
    pub text: &'s str,
    /// Its latest text, without the version of its release.
    pub plain: &'s str,
    /// How often it was late.
    pub late: usize,
    /// How often it was planned, in records that have begun; it may have been given up.
    pub planned: usize,
    /// The distribution of its deviation from the planned time.
    pub spread: Spread,
    /// The records it was planned in, with the step in each.
    pub from: Vec<(&'s Sample, &'s StepSample)>,
    /// Steps of other records that may be the same in other words.
    pub perhaps: Vec<&'s str>,
}

/// Returns steps that were late at least once, those with the largest usual delay first. For so many of the first ones the
/// same step in other words is looked for.
pub fn most_slipped<'s>(
    samples: &[&'s Sample],
    aliases: &'s Aliases,
    asked: usize,
) -> Vec<Slipped<'s>> {
    let mut samples = samples.to_vec();
    samples.sort_by(|a, b| (a.day, &a.id).cmp(&(b.day, &b.id)));
    let names = |sample: &&'s Sample| sample.steps.iter().map(StepSample::name).collect();
    let names: Vec<Vec<StepName>> = samples.iter().map(names).collect();
    let steps = step_groups(&names, aliases);
    let groups: Vec<StepGroup> = steps.iter().map(|steps| StepGroup::of(steps, &names)).collect();
    let step = |(record, step): &(usize, usize)| (samples[*record], &samples[*record].steps[*step]);
    let latest = |at: usize| steps[at].last().map(step).map(|(_, step)| step);
    let slipped = steps.iter().enumerate().filter_map(|(at, places)| {
        let from: Vec<(&Sample, &StepSample)> = places.iter().map(step).collect();
        let late = from.iter().filter(|(_, step)| step.verdict == Verdict::Late).count();
        let spread = spread(from.iter().filter_map(|(_, step)| step.counted()))?;
        let step = latest(at)?;
        let text = text_of(step, &from, aliases);
        let plain = step.plain.as_str();
        let planned = from.iter().filter(|(sample, step)| is_due(sample, step)).count();
        let slipped = Slipped { text, plain, late, planned, spread, from, perhaps: Vec::new() };
        (late > 0).then_some((at, slipped))
    });
    let mut slipped: Vec<(usize, Slipped)> = slipped.collect();
    slipped.sort_by_key(|(_, slipped)| {
        // A single measurement says little about the usual case.
        let once = slipped.spread.count == 1;
        (once, -slipped.spread.median.seconds, -slipped.spread.high.seconds, slipped.text)
    });
    for (at, slipped) in slipped.iter_mut().take(asked) {
        let others = perhaps_the_same(*at, &groups).into_iter();
        slipped.perhaps = others.filter_map(|at| Some(latest(at)?.plain.as_str())).collect();
    }
    slipped.into_iter().map(|(_, slipped)| slipped).collect()
}

/// Returns what a step is called, given its latest one. A name that no step has is only what was searched for.
fn text_of<'s>(
    latest: &'s StepSample,
    from: &[(&'s Sample, &'s StepSample)],
    aliases: &'s Aliases,
) -> &'s str {
    let Some(name) = aliases.name(&latest.plain) else { return &latest.text };
    if from.iter().any(|(_, step)| folded(name) == folded(&step.plain)) {
        return name;
    }
    let times = |plain: &str| from.iter().filter(|(_, step)| step.plain == plain).count();
    let usual = from.iter().max_by_key(|(_, step)| times(&step.plain));
    usual.map_or(&latest.text, |(_, step)| &step.text)
}

/// Whether a step has an outcome, or should have: it is not still to come, and its record has begun.
fn is_due(sample: &Sample, step: &StepSample) -> bool {
    sample.kept.is_some() && !step.to_come
}

/// Returns the groups that say the same as one of them in other words.
fn perhaps_the_same(at: usize, groups: &[StepGroup]) -> Vec<usize> {
    let is_apart = |one: usize, other: usize| groups[one].is_apart(&groups[other]);
    let near = |of: usize| -> BTreeSet<usize> {
        let says_it = |other: &usize| groups[of].says_the_same(&groups[*other]);
        (0..groups.len()).filter(|other| is_apart(of, *other)).filter(says_it).collect()
    };
    partners(at, near, is_apart)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Event, EventType, PlanStep};

    fn minutes(values: &[i64]) -> Vec<Elapsed> {
        let minute = |value: &i64| Elapsed::of(value * 60, Precision::Minute);
        values.iter().map(minute).collect()
    }

    #[test]
    fn a_spread_has_a_median_and_a_range() {
        let of = |values: &[i64]| {
            let spread = spread(minutes(values))?;
            let minutes = |value: Elapsed| value.seconds / 60;
            Some((minutes(spread.median), minutes(spread.low), minutes(spread.high), spread.count))
        };
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[7]), Some((7, 7, 7, 1)));
        assert_eq!(of(&[9, 1, 4]), Some((4, 1, 9, 3)));
        assert_eq!(of(&[10, 1, 4, 6]), Some((5, 1, 10, 4)));
        assert_eq!(of(&[-3, -4]), Some((-3, -4, -3, 2)));
    }

    #[test]
    fn no_minute_comes_out_of_a_day() {
        let day = |days: i64| Elapsed::of(days * 86_400, Precision::Day);
        let all = spread([day(0), day(21)]).unwrap();
        assert_eq!((all.median, all.days_only), (day(10), 0));
        let mixed = spread([minutes(&[5])[0], day(3)]).unwrap();
        assert_eq!((mixed.median.seconds, mixed.count, mixed.days_only), (300, 1, 1));
    }

    fn record(id: &str, day: &str, services: &[&str]) -> Sample {
        let at = |time: &str| Moment::parse(&format!("{day}T{time}+09:00"), None).unwrap();
        let event = |time: &str, kind: EventType, step: &str| Event {
            kind: Some(kind),
            steps: vec![step.to_owned()],
            ..Event::new(at(time), "x")
        };
        let incident = Incident {
            services: services.iter().map(|name| (*name).to_owned()).collect(),
            plan: vec![PlanStep {
                id: Some("deploy".to_owned()),
                ..PlanStep::new(at("10:00"), "배포")
            }],
            events: vec![
                event("10:30", EventType::Detected, "deploy"),
                event("12:00", EventType::Resolved, ""),
            ],
            ..Incident::default()
        };
        sample(id, &incident, (300, at("23:00")))
    }

    #[test]
    fn quiet_periods_show_and_records_of_two_services_count_in_both() {
        let samples =
            [record("a", "2023-11-02", &["web"]), record("b", "2024-02-01", &["ios", "web"])];
        let told = |by: By| -> Vec<(String, usize)> {
            let name = |group: &Group| group.name.clone().unwrap_or_default();
            groups(&samples, by, &[]).iter().map(|g| (name(g), g.samples.len())).collect()
        };
        let pairs = |list: &[(&str, usize)]| -> Vec<(String, usize)> {
            list.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect()
        };
        assert_eq!(
            told(By::Month),
            pairs(&[("2023-11", 1), ("2023-12", 0), ("2024-01", 0), ("2024-02", 1)])
        );
        assert_eq!(told(By::Quarter), pairs(&[("2023-Q4", 1), ("2024-Q1", 1)]));
        assert_eq!(told(By::Year), pairs(&[("2023", 1), ("2024", 1)]));
        assert_eq!(told(By::Service), pairs(&[("web", 2), ("ios", 1)]));
        assert_eq!(told(By::Severity), pairs(&[("", 2)]));
    }

    #[test]
    fn the_most_delayed_steps_state_how_often() {
        let samples = [record("a", "2023-11-02", &[]), record("b", "2024-02-01", &[])];
        let all: Vec<&Sample> = samples.iter().collect();
        let none = Aliases::default();
        let slipped = most_slipped(&all, &none, 5);
        assert_eq!(slipped.len(), 1);
        assert_eq!((slipped[0].late, slipped[0].planned), (2, 2));
        let given_up = StepSample { verdict: Verdict::Skipped, ..samples[0].steps[0].clone() };
        let skipped = Sample { id: "c".to_owned(), steps: vec![given_up], ..samples[0].clone() };
        let slipped = [&samples[0], &samples[1], &skipped];
        let aliases =
            Aliases::of(&BTreeMap::from([("Roll out".to_owned(), vec!["배포".to_owned()])]));
        let slipped = most_slipped(&slipped, &aliases, 5);
        assert_eq!((slipped[0].late, slipped[0].planned), (2, 3), "it was planned and given up");
        assert_eq!(slipped[0].text, "배포", "no step is called by the name");
        let mut named = samples[1].clone();
        (named.steps[0].text, named.steps[0].plain) =
            ("Roll out".to_owned(), "Roll out".to_owned());
        let slipped = most_slipped(&[&samples[0], &named], &aliases, 5);
        assert_eq!(slipped[0].text, "Roll out");
        assert_eq!(slipped[0].spread.median.seconds, 30 * 60);
    }
}
