//! Suggestions for 500 steps against 2,000 events: `cargo bench --bench alignment`.

#![allow(missing_docs, reason = "criterion's macros")]
#![allow(clippy::unwrap_used, reason = "a bench may fail loudly")]

use std::hint::black_box;

use asrun::model::{Event, Incident, Moment, PlanStep, Precision};
use asrun::timeline::{Aliases, rows, suggestions};
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

criterion_group!(benches, alignment);
criterion_main!(benches);
