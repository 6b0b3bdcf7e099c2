//! Resolves times in cells and lines to moments.

use crate::model::{Day, Moment, Precision};

use super::draft_builder::DraftBuilder;
use super::markdown::{StatedTime, StatedZone, offset_text};
use super::place::Place;

/// Returns the minutes since midnight of a clock time.
pub(super) fn minutes(stated: &StatedTime) -> Option<u32> {
    stated.clock.map(|clock| clock.hour * 60 + clock.minute.unwrap_or(0))
}

/// Returns the moment of a time on that day.
pub(super) fn moment(
    gathered: &mut DraftBuilder<'_>,
    stated: &StatedTime,
    day: Day,
    place: Place,
) -> Option<Moment> {
    let Some(clock) = stated.clock else {
        return Some(Moment::of_day(day, gathered.zone()));
    };
    let day = day.plus(i64::from(stated.next_day) + i64::from(clock.hour == 24));
    let (hour, minute) = (clock.hour % 24, clock.minute.unwrap_or(0));
    let seconds = clock.second.map_or(String::new(), |second| format!(":{second:02}"));
    let text = format!("{day}T{hour:02}:{minute:02}{seconds}");
    let at = in_zone(gathered, &text, stated.zone.as_ref(), place)?;
    let at = if clock.minute.is_none() { at.at_most(Precision::Hour) } else { at };
    Some(at.with_about(stated.about))
}

/// Returns the moment of a day with a clock time, such as `2024-09-07T18:08`, in a stated zone.
pub(super) fn in_zone(
    gathered: &mut DraftBuilder<'_>,
    text: &str,
    zone: Option<&StatedZone>,
    place: Place,
) -> Option<Moment> {
    match zone.map(|zone| (zone.offset, zone.zone)) {
        Some((Some(minutes), _)) => {
            gathered.time(&format!("{text}{}", offset_text(minutes)), place)
        }
        Some((None, Some(zone))) => gathered.time_in(text, Some(zone), place),
        _ => gathered.time(text, place),
    }
}
