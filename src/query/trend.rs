//! The deviation of a step over several releases.

use crate::model::{Day, Elapsed, Precision};
use crate::timeline::middle;

use super::comparison::{Comparison, Line, Matched};

/// The deviation of a step in each release that has one, earliest release first.
#[derive(Debug, Clone, PartialEq)]
pub struct Trend {
    /// The deviations, negative if early.
    pub values: Vec<Elapsed>,
    /// Whether each was later, or each earlier, than the one before; only for four or more releases.
    pub direction: Option<Direction>,
}

/// How a step's deviation changes from release to release.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Later from each release to the next.
    Later,
    /// Earlier from each release to the next.
    Earlier,
}

/// The fewest releases for a direction: three are in order by chance in one of three cases.
const FOR_DIRECTION: usize = 4;
/// The fewest releases for a median.
const FOR_MEDIAN: usize = 3;

impl Trend {
    /// Returns the median deviation, its minimum and its maximum, if there are three or more.
    pub fn middle(&self) -> Option<[Elapsed; 3]> {
        let mut sorted = self.values.clone();
        sorted.sort_unstable_by_key(|value| value.seconds);
        let (first, last) = (*sorted.first()?, *sorted.last()?);
        let unit = if first.precision == Precision::Day { 86_400 } else { 60 };
        let counted: Vec<i64> = sorted.iter().map(|value| value.seconds.div_euclid(unit)).collect();
        let median = middle(&counted).filter(|_| counted.len() >= FOR_MEDIAN)?;
        Some([Elapsed::of(median * unit, first.precision), first, last])
    }
}

impl Comparison<'_> {
    /// Returns the deviation of a step over the releases; `None` if it is not known in any. Steps that failed and were
    /// not repeated do not count, nor do ranges and steps matched by meaning; minutes and days are not mixed.
    pub fn trend(&self, line: &Line) -> Option<Trend> {
        let cells = self.releases.iter().zip(&line.cells);
        let mut values: Vec<(Option<Day>, Elapsed)> = cells
            .filter_map(|(release, cell)| {
                let cell = cell.as_ref().filter(|cell| cell.matched != Matched::ByMeaning)?;
                let row = &release.rows[cell.row];
                let exact = row.deviation.filter(|off| off.exact().is_some() && !row.failed())?;
                Some((release.incident.day(), exact))
            })
            .collect();
        let by_day = |off: &Elapsed| off.precision == Precision::Day;
        let only_days = values.iter().all(|(_, off)| by_day(off));
        values.retain(|(_, off)| by_day(off) == only_days);
        values.sort_by_key(|(day, _)| *day);
        let days: Vec<Option<Day>> = values.iter().map(|(day, _)| *day).collect();
        // Releases on the same day, or without one, have no order.
        let is_ordered = days.first()?.is_some() && days.windows(2).all(|pair| pair[0] < pair[1]);
        let values: Vec<Elapsed> = values.into_iter().map(|(_, off)| off).collect();
        let direction = direction(&values).filter(|_| is_ordered);
        Some(Trend { values, direction })
    }
}

fn direction(values: &[Elapsed]) -> Option<Direction> {
    if values.len() < FOR_DIRECTION {
        return None;
    }
    let each = |is_so: fn(i64, i64) -> bool| {
        values.windows(2).all(|pair| is_so(pair[0].seconds, pair[1].seconds))
    };
    match () {
        () if each(|before, after| before < after) => Some(Direction::Later),
        () if each(|before, after| before > after) => Some(Direction::Earlier),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::comparison::compare;
    use super::*;
    use crate::model::{Event, Incident, Moment, PlanStep};
    use crate::timeline::Aliases;

    /// Returns a release in that month whose only step was so many minutes late.
    fn release(month: u32, late: Option<i64>) -> Incident {
        let at = Moment::parse(&format!("2024-{month:02}-07T17:00+09:00"), None).unwrap();
        let events = late.map(|late| Event {
            steps: vec!["deploy".to_owned()],
            ..Event::new(at.plus_seconds(late * 60), "x")
        });
        Incident {
            plan: vec![PlanStep { id: Some("deploy".to_owned()), ..PlanStep::new(at, "deploy") }],
            events: events.into_iter().collect(),
            ..Incident::default()
        }
    }

    #[test]
    fn a_step_that_only_says_the_same_is_not_counted() {
        let texts = ["앱스토어에 심사 제출", "Submit to App Store", "앱스토어에 심사 제출함"];
        let release = |(month, text): (u32, &str)| {
            let mut release = release(month, Some(i64::from(month)));
            let step = PlanStep { id: Some(format!("row-{month}")), ..release.plan.remove(0) };
            release.events[0].steps = vec![format!("row-{month}")];
            release.plan = vec![PlanStep { text: text.to_owned(), ..step }];
            release
        };
        let releases: Vec<Incident> = (1..).zip(texts).map(release).collect();
        let records: Vec<(&str, &Incident)> = releases.iter().map(|it| ("x", it)).collect();
        let compared = compare(&records, &Aliases::default(), 300);
        let line = &compared.lines[0];
        assert!(line.cells.iter().all(Option::is_some), "{line:?}");
        let late = compared.trend(line).unwrap().values.into_iter().map(|off| off.seconds / 60);
        assert_eq!(late.collect::<Vec<_>>(), [1, 3]);
    }

    #[test]
    fn statements_depend_on_the_number_of_releases() {
        let all = |late: &[Option<i64>]| {
            let releases: Vec<Incident> =
                (1..).zip(late).map(|(month, late)| release(month, *late)).collect();
            // In any requested order.
            let records: Vec<(&str, &Incident)> =
                releases.iter().rev().map(|it| ("x", it)).collect();
            let compared = compare(&records, &Aliases::default(), 300);
            let trend = compared.trend(&compared.lines[0])?;
            let middle = trend.middle().map(|all| all.map(|off| off.seconds / 60));
            Some((trend.values.len(), middle, trend.direction))
        };
        assert_eq!(all(&[None]), None);
        assert_eq!(all(&[Some(5), None]), Some((1, None, None)));
        assert_eq!(all(&[Some(9), Some(5), Some(-1)]), Some((3, Some([5, -1, 9]), None)));
        let later = [Some(-3), Some(1), None, Some(2), Some(8)];
        assert_eq!(all(&later), Some((4, Some([1, -3, 8]), Some(Direction::Later))));
        let not = [Some(-3), Some(1), Some(1), Some(8)];
        assert_eq!(all(&not), Some((4, Some([1, -3, 8]), None)));
        let earlier = [Some(8), Some(7), Some(2), Some(1)];
        assert_eq!(all(&earlier), Some((4, Some([4, 1, 8]), Some(Direction::Earlier))));
    }
}
