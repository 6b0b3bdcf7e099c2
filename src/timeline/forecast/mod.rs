//! Forecasts when the rest of a plan will be done: the remaining steps are scheduled through their dependencies, once
//! with the delays of each past release.
//!
//! Nothing is sampled and no curve is fitted: n past releases give n possible days, from which every figure is
//! computed. docs/forecast.md has the definitions.

use std::collections::HashMap;

mod count;
mod days;
mod order;
mod outcome;
mod push;
mod sheet;

pub use count::middle;
pub use order::in_order;
pub use outcome::{DayForecast, EarlyStep, Forecast, NoForecast, PastRelease, StepForecast};
pub use sheet::{DaySlip, Marks, Minute, OverStep, Sheet, SheetStep, Went, minute};

use push::{Pushed, Situation};

/// Returns the forecast for the rest of a plan at `now`, from past releases. A step is due now, not overdue, for
/// `tolerance` minutes.
///
/// # Errors
/// Steps wait for each other in a cycle: their indices.
pub fn forecast(
    sheet: &Sheet,
    past: &[PastRelease],
    now: Minute,
    tolerance: i64,
) -> Result<Forecast, Vec<usize>> {
    let order = in_order(&sheet.steps)?;
    let situation = Situation::of(sheet, past, &order, (now, tolerance));
    let pushed = Pushed::of(&situation);
    let remaining = |place: &usize| situation.remaining[*place];
    let told = |place: usize| StepForecast {
        by_day: days::by_day(sheet, past, place),
        ..pushed.target(&situation, place)
    };
    let places = || 0..sheet.steps.len();
    let dated = |place: &usize| pushed.medians.ends[*place].is_some();
    let mut ranks = vec![0; sheet.steps.len()];
    order.iter().enumerate().for_each(|(rank, place)| ranks[*place] = rank);
    let last = places().filter(remaining).filter(dated);
    let (undated, in_topo): (Vec<usize>, _) =
        (order.iter().copied().filter(remaining).filter(|place| !dated(place)).collect(), &order);
    Ok(Forecast {
        done: places().filter(|place| situation.done[*place].is_some()).count(),
        proven: places().filter(|place| situation.proven[*place]).collect(),
        over: places().filter_map(|place| situation.over(place)).collect(),
        skipped: places().filter(|place| sheet.steps[*place].skipped).collect(),
        replayed: situation.used.clone(),
        steps: places().filter(remaining).map(told).collect(),
        end: last.max_by_key(|place| (pushed.medians.ends[*place], ranks[*place])),
        undated,
        early: early(sheet, in_topo, tolerance),
    })
}

fn early(sheet: &Sheet, order: &[usize], tolerance: i64) -> Vec<EarlyStep> {
    let minutes = |place: usize| {
        let step = &sheet.steps[place];
        Some(step.at? - step.marks.first?).filter(|minutes| *minutes > tolerance)
    };
    let early = order.iter().filter_map(|place| {
        Some(EarlyStep { place: *place, minutes: minutes(*place)?, waited_for_by: Vec::new() })
    });
    let mut early: Vec<EarlyStep> = early.collect();
    let known: HashMap<usize, usize> =
        early.iter().enumerate().map(|(number, early)| (early.place, number)).collect();
    for (place, step) in sheet.steps.iter().enumerate().filter(|_| !known.is_empty()) {
        for number in step.after.iter().filter_map(|(other, _)| known.get(other)) {
            let waiting = &mut early[*number].waited_for_by;
            if waiting.last() != Some(&place) {
                waiting.push(place);
            }
        }
    }
    early
}
