//! A time axis that several releases share, on which long silences are cut short.

use super::chart::LONGEST;
use super::forecast::middle;

/// A time axis in minutes from the beginning of each release's own day, by the clock of its zone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Axis {
    /// The stretches that are drawn, at one scale; what lies between two is cut.
    parts: Vec<(i64, i64)>,
}

/// A place on an axis.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct AxisPlace {
    /// How many cuts are to its left.
    pub cuts: usize,
    /// The minutes that are drawn to its left.
    pub minutes: i64,
}

/// The border before a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayBorder {
    /// The days from the release's own day to it.
    pub day: i64,
    /// Where it begins.
    pub place: AxisPlace,
    /// Whether its beginning is cut away: then the border is in the cut to the left of that place.
    pub in_cut: bool,
}

/// Silences of no more than so many minutes are never cut.
const SHORT: i64 = 120;
/// The minutes of a day.
const DAY: i64 = 24 * 60;

impl Axis {
    /// Returns the axis that has all of these minutes. A silence is cut if it is longer than two hours and than
    /// [`LONGEST`] median distances.
    pub fn of(mut minutes: Vec<i64>) -> Axis {
        minutes.sort_unstable();
        minutes.dedup();
        let mut gaps: Vec<i64> = minutes.windows(2).map(|pair| pair[1] - pair[0]).collect();
        gaps.sort_unstable();
        let longest = (middle(&gaps).unwrap_or(0) as f64 * LONGEST) as i64;
        let longest = longest.max(SHORT);
        let mut parts: Vec<(i64, i64)> = Vec::new();
        for minute in minutes {
            match parts.last_mut() {
                Some((_, to)) if minute - *to <= longest => *to = minute,
                _ => parts.push((minute, minute)),
            }
        }
        Axis { parts }
    }

    /// Returns the position of a minute; `None` if it is cut away.
    pub fn place(&self, minute: i64) -> Option<AxisPlace> {
        let cuts = self.parts.partition_point(|(_, to)| *to < minute);
        let (from, _) = self.parts.get(cuts).filter(|(from, _)| *from <= minute)?;
        let before: i64 = self.parts[..cuts].iter().map(|(from, to)| to - from).sum();
        Some(AxisPlace { cuts, minutes: before + minute - from })
    }

    /// Returns where each of the stretches begins that are drawn.
    pub fn begins(&self) -> Vec<AxisPlace> {
        self.parts.iter().filter_map(|(from, _)| self.place(*from)).collect()
    }

    /// Returns its end: all cuts and all minutes that are drawn.
    pub fn end(&self) -> AxisPlace {
        AxisPlace {
            cuts: self.parts.len().saturating_sub(1),
            minutes: self.parts.iter().map(|(from, to)| to - from).sum(),
        }
    }

    /// Returns the days that have any minute, in order.
    pub fn days(&self) -> Vec<DayBorder> {
        let mut days: Vec<DayBorder> = Vec::new();
        for (from, to) in &self.parts {
            for day in from.div_euclid(DAY)..=to.div_euclid(DAY) {
                let in_cut = day * DAY < *from;
                let place = self.place(if in_cut { *from } else { day * DAY });
                let is_new = days.last().is_none_or(|last| last.day < day);
                days.extend(place.filter(|_| is_new).map(|place| DayBorder { day, place, in_cut }));
            }
        }
        days
    }

    /// Returns every minute on it that is a multiple of `step`, with its place.
    pub fn ticks(&self, step: i64) -> Vec<(i64, AxisPlace)> {
        let of = |(from, to): &(i64, i64)| {
            let first = from.div_euclid(step) + i64::from(from.rem_euclid(step) > 0);
            (first..=to.div_euclid(step)).map(move |number| number * step)
        };
        let minutes = self.parts.iter().flat_map(of);
        minutes.filter_map(|minute| Some((minute, self.place(minute)?))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(cuts: usize, minutes: i64) -> Option<AxisPlace> {
        Some(AxisPlace { cuts, minutes })
    }

    #[test]
    fn what_is_drawn_is_drawn_at_one_scale_and_silences_are_cut() {
        // 10:00 to 10:30 two days before, 17:00 to 18:30 on the day, and 00:30 after it.
        let day = 17 * 60;
        let on_the_day = [day, day, day + 10, day + 20, day + 30, day + 90];
        let around = [600 - 2 * DAY, 630 - 2 * DAY, DAY + 30];
        let axis = Axis::of(around.into_iter().chain(on_the_day).collect());
        assert_eq!(axis.place(600 - 2 * DAY), place(0, 0));
        assert_eq!(axis.place(day), place(1, 30));
        assert_eq!(axis.place(day + 45), place(1, 75));
        assert_eq!(axis.place(12 * 60), None);
        assert_eq!(axis.end(), AxisPlace { cuts: 2, minutes: 120 });
        let days: Vec<_> = axis.days().iter().map(|day| (day.day, day.in_cut)).collect();
        assert_eq!(days, [(-2, true), (0, true), (1, true)]);
        assert_eq!(axis.ticks(60).len(), 3, "10:00, 17:00 and 18:00");
    }

    #[test]
    fn midnight_is_where_it_is() {
        let axis = Axis::of(vec![DAY - 30, DAY + 20]);
        let days = axis.days();
        assert_eq!((days[1].day, days[1].in_cut, Some(days[1].place)), (1, false, place(0, 30)));
    }

    #[test]
    fn days_that_are_planned_by_the_day_are_not_cut_apart() {
        let axis = Axis::of((0..10).map(|week| week * 7 * DAY).collect());
        assert_eq!(axis.end(), AxisPlace { cuts: 0, minutes: 63 * DAY });
        assert_eq!(Axis::of(Vec::new()).end(), AxisPlace { cuts: 0, minutes: 0 });
    }
}
