//! Suggestions for 500 steps against 2,000 events, and the forecast of 500 steps from 12 releases:
//! `cargo bench --bench alignment`.

#![allow(missing_docs, reason = "criterion's macros")]
#![allow(clippy::unwrap_used, reason = "a bench may fail loudly")]

use std::hint::black_box;

use asrun::model::{After, Event, EventType, Incident, Length, Moment, PlanStep, Precision};
use asrun::query::past_releases;
use asrun::timeline::{Aliases, Sheet, forecast, rows, suggestions};
use criterion::{Criterion, criterion_group, criterion_main};

const ACTS: [&str; 5] = ["앱 배포", "deploy the app", "서버 점검", "switch traffic", "출시 공지"];

fn moment(minute: usize) -> Moment {
    let seconds = 1_725_692_400 + i64::try_from(minute).unwrap() * 60;
    Moment::from_unix(seconds).unwrap().at_most(Precision::Minute)
}

fn large() -> Incident {
    let step = |place: usize| PlanStep {
        id: Some(format!("s{place}")),
        ..PlanStep::new(moment(place * 4), format!("{} {place}", ACTS[place % ACTS.len()]))
    };
    let event = |place: usize| match place % 4 {
        0 => Event::new(moment(place + 3), format!("{} {} done", ACTS[place / 4 % 5], place / 4)),
        _ => Event::new(moment(place), format!("사용자 제보 {place} came in, someone looks at it")),
    };
    Incident {
        plan: (0..500).map(step).collect(),
        events: (0..2000).map(event).collect(),
        ..Incident::default()
    }
}

fn alignment(criterion: &mut Criterion) {
    let incident = large();
    assert!(suggestions(&incident, &Aliases::default()).len() > 400);
    let mut group = criterion.benchmark_group("500 steps, 2,000 events");
    group.sample_size(10);
    group.bench_function("suggestions", |bench| {
        bench.iter(|| suggestions(black_box(&incident), &Aliases::default()).len())
    });
    group.bench_function("rows", |bench| bench.iter(|| rows(black_box(&incident), 300).len()));
    group.finish();
}

/// Returns a release of 500 steps, each of which waits for the four before it; half of them are done at `until`.
fn release(slip: usize, until: usize) -> Incident {
    let step = |place: usize| PlanStep {
        id: Some(format!("s{place}")),
        after: (place.saturating_sub(4)..place)
            .map(|other| After { step: format!("s{other}"), gap: Length::default() })
            .collect(),
        ..PlanStep::new(moment(place * 4), format!("{} {place}", ACTS[place % ACTS.len()]))
    };
    let done = |place: usize| Event {
        kind: Some(EventType::Done),
        steps: vec![format!("s{place}")],
        ..Event::new(moment(place * 4 + 2 + (place * slip) % 7), "done")
    };
    Incident {
        plan: (0..500).map(step).collect(),
        events: (0..until).map(done).collect(),
        ..Incident::default()
    }
}

fn forecasting(criterion: &mut Criterion) {
    let today = release(1, 100);
    let past: Vec<Incident> = (2..14).map(|slip| release(slip, 500)).collect();
    let past: Vec<(&str, &Incident)> = past.iter().map(|old| ("", old)).collect();
    let now = moment(400);
    let releases = || past_releases(black_box(&today), &past, &Aliases::default(), 300);
    let known = releases();
    let reckoned = |past| {
        let sheet = Sheet::of(&today, Some(now));
        forecast(&sheet, past, now.unix() / 60, 5).unwrap().steps
    };
    assert!(reckoned(&known).iter().all(|step| step.n == 12));
    let mut group = criterion.benchmark_group("500 steps, 2,000 dependencies, 12 releases");
    group.bench_function("the past of a forecast", |bench| bench.iter(|| releases().len()));
    group.bench_function("a forecast", |bench| bench.iter(|| reckoned(&known).len()));
    group.finish();
}

criterion_group!(benches, alignment, forecasting);
criterion_main!(benches);
