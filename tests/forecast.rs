//! Compares forecasts with an independent calculation: the days in tests/forecasts.txt.
//!
//! These days were generated at random and computed by a program in another language, written by somebody else from
//! docs/forecast.md alone. The story `run-sheet` shows what users see of it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]

use asrun::model::{
    After, Day as CalendarDay, Event, EventType, Incident, Length, Moment, PlanStep, Skip,
};
use asrun::query::past_releases;
use asrun::timeline::{
    Aliases, DaySlip, Forecast, Minute, NoForecast, PastRelease, Sheet, SheetStep, StepForecast,
    Went, forecast,
};

fn moment(clock: &str) -> Option<Moment> {
    let text = match clock {
        "-" | "tbd" => return None,
        // If only the day is known, there is no minute.
        "day" => "2026-03-14".to_owned(),
        clock => format!("2026-03-14T{clock}Z"),
    };
    Some(Moment::parse(&text, None).unwrap())
}

/// Returns the words after `key=`.
fn said<'l>(line: &'l str, key: &str) -> &'l str {
    let word = line.split(' ').find_map(|word| word.strip_prefix(key)?.strip_prefix('='));
    word.unwrap_or("-")
}

fn step(line: &str) -> PlanStep {
    let id = line.split(' ').next().unwrap();
    let after = said(line, "after").split(',').filter(|after| *after != "-").map(|after| {
        let (step, gap) = after.split_once('+').unwrap_or((after, "0"));
        let gap = Length::of(gap.parse::<i64>().unwrap() * 60).unwrap();
        After { step: step.to_owned(), gap }
    });
    PlanStep {
        id: Some(id.to_owned()),
        due: moment(said(line, "by")),
        takes: said(line, "takes").parse().ok().and_then(|takes: i64| Length::of(takes * 60)),
        after: after.collect(),
        skipped: line.ends_with(" skipped").then_some(Skip { on: None, why: None }),
        ..PlanStep::new(moment(said(line, "at")), id)
    }
}

fn event(line: &str) -> Event {
    let [clock, step, kind] = line.split(' ').collect::<Vec<_>>()[..] else { panic!("{line}") };
    let kind = match kind {
        "start" => Some(EventType::Started),
        "done" => Some(EventType::Done),
        "fail" => Some(EventType::Failed),
        _ => None,
    };
    Event { kind, steps: vec![step.to_owned()], ..Event::new(moment(clock), "x") }
}

/// A day in the file: the time, the plan, the past, and the expected forecast.
struct Day {
    now: Moment,
    plan: Incident,
    past: Vec<(String, Incident)>,
    expected: Vec<String>,
}

fn days() -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    for line in include_str!("forecasts.txt").lines() {
        let Some((word, rest)) = line.split_once(' ') else { continue };
        if word == "now" {
            let (now, plan) = (moment(rest).unwrap(), Incident::default());
            days.push(Day { now, plan, past: Vec::new(), expected: Vec::new() });
            continue;
        }
        let Some(day) = days.last_mut() else { continue };
        if word == "past" {
            day.past.push((rest.to_owned(), Incident::default()));
            continue;
        }
        let record = day.past.last_mut().map_or(&mut day.plan, |(_, record)| record);
        match word {
            "step" => record.plan.push(step(rest)),
            "event" => record.events.push(event(rest)),
            _ => day.expected.push(rest.to_owned()),
        }
    }
    days
}

fn clock(at: Minute) -> String {
    Moment::from_unix(at * 60).unwrap().written()[11..16].to_owned()
}

fn listed(items: impl Iterator<Item = String>) -> String {
    let items: Vec<String> = items.collect();
    if items.is_empty() { "-".to_owned() } else { items.join(",") }
}

fn told(plan: &Incident, forecast: &Forecast, past: &[PastRelease]) -> Vec<String> {
    let name = |place: &usize| plan.plan[*place].id.clone().unwrap();
    let names = |places: &[usize]| listed(places.iter().map(name));
    let mut lines: Vec<String> =
        forecast.steps.iter().map(|step| step_told(step, &names)).collect();
    // Proven steps are listed in alphabetical order there.
    lines.push(format!(
        "end={} done={} proven={} undated={} replayed={}",
        forecast.end.map_or_else(|| "-".to_owned(), |place| name(&place)),
        forecast.done,
        names(&forecast.proven),
        names(&forecast.undated),
        listed(forecast.replayed.iter().map(|place| past[*place].record.clone())),
    ));
    lines
}

fn step_told(step: &StepForecast, names: &dyn Fn(&[usize]) -> String) -> String {
    let both = |range: Option<(Minute, Minute)>| {
        range.map(|(from, to)| format!("{},{}", clock(from), clock(to)))
    };
    let dated = step.why != Some(NoForecast::Undated);
    let parts = [
        ("expected", step.expected.map(clock)),
        ("not_before", step.not_before.map(clock)),
        ("n", (step.n > 0).then(|| step.n.to_string())),
        ("path", dated.then(|| names(&step.path))),
        (
            "replays",
            Some(listed(step.replays.iter().map(|at| clock(*at)))).filter(|all| all != "-"),
        ),
        ("range", both(step.past_range)),
        ("range80", both(step.range80)),
        ("by_plan", step.by_plan.map(clock)),
        ("kept", step.kept.map(|(kept, of)| format!("{kept}/{of}"))),
        ("rests_on", step.rests_on.map(|count| count.to_string())),
        ("overdue", step.overdue.map(|minutes| minutes.to_string())),
    ];
    let told = parts.into_iter().filter_map(|(key, value)| Some(format!("{key}={}", value?)));
    format!("{} {}", names(&[step.place]), told.collect::<Vec<_>>().join(" ")).trim_end().to_owned()
}

#[test]
fn a_forecast_equals_a_second_calculation() {
    let days = days();
    assert!(days.len() > 40);
    for (number, Day { now, plan, past, expected }) in days.iter().enumerate() {
        let records: Vec<(&str, &Incident)> =
            past.iter().map(|(id, record)| (id.as_str(), record)).collect();
        let past = past_releases(plan, &records, &Aliases::default(), 300);
        let sheet = Sheet::of(plan, Some(*now));
        let found = match forecast(&sheet, &past, now.unix() / 60, 5) {
            Ok(forecast) => told(plan, &forecast, &past),
            Err(circle) => {
                let ids: Vec<&str> =
                    circle.iter().filter_map(|place| plan.plan[*place].id.as_deref()).collect();
                vec![format!("circle {}", ids.join(" "))]
            }
        };
        assert_eq!(&found, expected, "day {} of tests/forecasts.txt", number + 1);
    }
}

/// Pseudo-random numbers that are the same everywhere.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> i64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from((self.0 >> 33) % limit).unwrap()
    }
}

/// Returns a plan of 25 steps, and releases in which each step took its own time, scaled by a common factor, and one in
/// ten much longer.
fn world(numbers: &mut Numbers, releases: usize) -> (Sheet, Vec<Vec<i64>>) {
    let mut steps: Vec<SheetStep> = Vec::new();
    for place in 0..25_usize {
        let mut after: Vec<(usize, i64)> = Vec::new();
        for _ in 0..2 {
            let other = usize::try_from(numbers.below(25)).unwrap();
            if other < place && !after.contains(&(other, 0)) {
                after.push((other, 0));
            }
        }
        let at = Some(i64::try_from(place).unwrap() * 20);
        steps.push(SheetStep { after: after.into(), at, ..SheetStep::default() });
    }
    let sheet = Sheet { steps, ..Sheet::default() };
    let lengths = (0..releases).map(|_| {
        let common = 75 + numbers.below(51);
        let one = |numbers: &mut Numbers| {
            let long = if numbers.below(10) == 0 { 4 } else { 1 };
            (10 + numbers.below(20)) * common * long / 100
        };
        (0..25).map(|_| one(numbers)).collect()
    });
    let lengths = lengths.collect();
    (sheet, lengths)
}

/// Returns when each step of a release ended.
fn ends(sheet: &Sheet, lengths: &[i64]) -> Vec<i64> {
    let mut ends: Vec<i64> = Vec::new();
    for (step, length) in sheet.steps.iter().zip(lengths) {
        let waited = step.after.iter().map(|(other, _)| ends[*other]).chain(step.at).max();
        ends.push(waited.unwrap() + length);
    }
    ends
}

#[test]
fn eight_of_ten_days_end_in_the_range_of_eighty_percent() {
    let mut numbers = Numbers(20_260_314);
    // docs/forecast.md has these shares, per 1000.
    for (n, expected) in [(9, 820), (12, 846), (20, 826)] {
        let (mut given, mut held) = (0, 0);
        for _ in 0..40 {
            let (sheet, lengths) = world(&mut numbers, n + 10);
            for today in n..n + 10 {
                let went = |lengths: &Vec<i64>| PastRelease {
                    record: String::new(),
                    went: lengths
                        .iter()
                        .map(|length| Went { delay: Some(*length), length: None })
                        .collect(),
                    slips: Vec::new(),
                };
                let past: Vec<PastRelease> = lengths[today - n..today].iter().map(went).collect();
                let told = forecast(&sheet, &past, -1, 5).unwrap();
                let ends = ends(&sheet, &lengths[today]);
                for step in &told.steps {
                    let (from, to) = step.range80.unwrap();
                    given += 1;
                    held += usize::from((from..=to).contains(&ends[step.place]));
                }
            }
        }
        assert_eq!((given, held * 1000 / given), (10_000, expected), "n = {n}");
    }
}

/// Returns the milestones of each release with their slips in days, oldest release first.
fn published_slips() -> Vec<Vec<(&'static str, i64)>> {
    let lines = include_str!("slips.txt").lines().filter(|line| !line.starts_with('#'));
    let one = |told: &'static str| {
        let (milestone, days) = told.split_once(' ').unwrap();
        (milestone, days.parse().unwrap())
    };
    lines.map(|line| line.split_once(": ").unwrap().1.split(", ").map(one).collect()).collect()
}

/// A rollback that nobody called has no time, and is skipped as a dependency.
#[test]
fn a_rollback_is_forecast_once_it_is_called() {
    let mut plan = Incident {
        plan: ["build at=10:00 takes=20", "back after=build takes=50", "open after=back takes=5"]
            .map(step)
            .into(),
        ..Incident::default()
    };
    plan.plan[1].rollback = true;
    let now = moment("09:00").unwrap();
    let told = |plan: &Incident| {
        let told = forecast(&Sheet::of(plan, Some(now)), &[], now.unix() / 60, 5).unwrap();
        let at = |it: &StepForecast| it.expected.map(|at| at - now.unix() / 60);
        (told.steps.iter().map(at).collect::<Vec<_>>(), told.skipped)
    };
    assert_eq!(told(&plan), (vec![Some(80), Some(85)], Vec::new()));
    plan.events = vec![event("08:50 back start")];
    // It may be called at any time, and so does not show that the build is done, although it waits for it.
    assert_eq!(told(&plan).0, [Some(80), Some(40), Some(45)]);
}

fn planned_by_day(milestones: &[(&str, i64)]) -> Sheet {
    let day = CalendarDay::parse("2026-03-16");
    let step = |_: &(&str, i64)| SheetStep { day, ..SheetStep::default() };
    Sheet { steps: milestones.iter().map(step).collect(), ..Sheet::default() }
}

fn slipped(release: &[(&str, i64)], ours: &[(&str, i64)]) -> PastRelease {
    let slip = |(milestone, days): &(&str, i64)| DaySlip {
        place: ours.iter().position(|(other, _)| other == milestone),
        days: *days,
        by_day: true,
    };
    PastRelease {
        record: String::new(),
        went: Vec::new(),
        slips: release.iter().map(slip).collect(),
    }
}

/// Returns how many slips were in the 80 % range, how many ranges were given, and their mean width in days.
fn held(releases: &[Vec<(&str, i64)>]) -> (usize, usize, i64) {
    let (mut held, mut widths) = (0, Vec::new());
    for (place, milestones) in releases.iter().enumerate() {
        let past: Vec<PastRelease> =
            releases[..place].iter().map(|release| slipped(release, milestones)).collect();
        let told = forecast(&planned_by_day(milestones), &past, 0, 5).unwrap();
        for step in &told.steps {
            if let Some((from, to)) = step.by_day.as_ref().and_then(|told| told.range80) {
                widths.push(to - from);
                held += usize::from((from..=to).contains(&milestones[step.place].1));
            }
        }
    }
    let given = widths.len();
    let width = widths.iter().sum::<i64>() / i64::try_from(given.max(1)).unwrap();
    (held, given, width)
}

#[test]
fn days_of_a_published_schedule_lie_in_the_range_of_eighty_percent() {
    // docs/forecast.md has these figures.
    assert_eq!(held(&published_slips()), (83, 99, 9));
}

#[test]
fn where_no_day_ever_slipped_no_range_is_made_of_it() {
    // A release every six weeks, to the day.
    assert_eq!(held(&vec![vec![("stable", 0)]; 44]), (0, 0, 0));
    let kept = [("final", 0); 1];
    let past: Vec<PastRelease> = (0..44).map(|_| slipped(&kept, &kept)).collect();
    let of = |past: &[PastRelease]| {
        let told = forecast(&planned_by_day(&kept), past, 0, 5).unwrap();
        told.steps[0].by_day.as_ref().map(|told| (told.values, told.range80))
    };
    assert_eq!(of(&past), Some((44, None)));
    assert_eq!(of(&past[..4]), None);
    // A slip that would already be over today is impossible now.
    let late: Vec<PastRelease> = (0..12).map(|days| slipped(&[("final", days)], &kept)).collect();
    let mut sheet = planned_by_day(&kept);
    sheet.today = CalendarDay::parse("2026-03-18");
    let told = forecast(&sheet, &late, 0, 5).unwrap();
    assert_eq!(told.steps[0].by_day.as_ref().map(|told| told.range), Some((2, 11)));
}
