//! Forecasts of steps planned by day, in days, as a day has no minutes: by how many days steps slipped in the past
//! against the plan in force.

use super::count::{middle, range80};
use super::outcome::{DayForecast, FOR_80, FOR_SHARE, PastRelease};
use super::sheet::{DaySlip, Sheet};

/// Returns the forecast of a step planned by day: from nine or more slips of the same step, else of all such steps in
/// five or more releases. Slips that would have ended before today are excluded.
pub(super) fn by_day(sheet: &Sheet, past: &[PastRelease], place: usize) -> Option<DayForecast> {
    let planned = sheet.steps[place].day?;
    let ahead = |slip: &&DaySlip| {
        sheet.today.is_none_or(|today| planned.plus(slip.days).days_since(&today) >= 0)
    };
    let of = |wanted: &dyn Fn(&&DaySlip) -> bool| {
        let each = past.iter().map(|release| release.slips.iter().filter(wanted).filter(ahead));
        let each: Vec<Vec<i64>> = each.map(|slips| slips.map(|slip| slip.days).collect()).collect();
        let releases = each.iter().filter(|slips| !slips.is_empty()).count();
        let mut values: Vec<i64> = each.into_iter().flatten().collect();
        values.sort_unstable();
        (values, releases)
    };
    let same = of(&|slip| slip.place == Some(place));
    let of_the_step = same.0.len() >= FOR_80;
    let (values, releases) = if of_the_step { same } else { of(&|slip| slip.by_day) };
    if !of_the_step && (releases < FOR_SHARE || values.len() < FOR_80) {
        return None;
    }
    let mut all = past.iter().flat_map(|release| &release.slips);
    let ever_slipped = all.any(|slip| slip.days != 0);
    let range = (*values.first()?, *values.last()?);
    Some(DayForecast {
        planned,
        values: values.len(),
        releases,
        of_the_step,
        median: middle(&values)?,
        range,
        // If nothing ever slipped, any range covers everything and says nothing.
        range80: range80(&values).filter(|_| ever_slipped),
    })
}
