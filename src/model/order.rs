//! The chronological order of entries.

use super::in_order::{Bounds, Row};
use super::moment::{Moment, Precision};

/// Returns entries in chronological order; the written order decides what times leave open.
///
/// Entries precise to the minute or finer are sorted by their first instants, equal ones as written. A vaguer one
/// follows the entry written before it, moved only as far as certain times require.
pub fn in_time<T>(entries: Vec<T>, at: impl Fn(&T) -> Option<Moment>) -> Vec<T> {
    let mut entries: Vec<Placed<T>> = entries
        .into_iter()
        .enumerate()
        .map(|(place, entry)| Placed { place, at: at(&entry), entry })
        .collect();
    if entries.iter().all(Placed::is_fine) {
        entries.sort_by_key(|placed| placed.at.map(|at| at.earliest()));
        return entries.into_iter().map(|placed| placed.entry).collect();
    }
    if !written_in_time(&entries) {
        entries = moved(entries);
    }
    entries.into_iter().map(|placed| placed.entry).collect()
}

/// Returns entries in chronological order, each vague one moved only as far as it must be.
fn moved<T>(entries: Vec<Placed<T>>) -> Vec<Placed<T>> {
    let bounds = entries.iter().map(|placed| placed.at.map(Bounds::of)).collect();
    let by_place = |placed: &Placed<T>| (placed.place, placed.at);
    let (mut fine, mut vague): (Vec<_>, Vec<_>) =
        entries.iter().map(by_place).partition(|(_, at)| is_fine(*at));
    fine.sort_by_key(|(_, at)| at.map(|at| at.earliest()));
    // The less vague ones first: a day is placed among the hours, not the hours around it.
    vague.sort_by_key(|(_, at)| std::cmp::Reverse(at.map(|at| at.precision())));
    let mut row = Row::of(fine.into_iter().map(|(place, _)| place).collect(), bounds);
    vague.into_iter().for_each(|(place, _)| row.put(place));
    let mut entries: Vec<Option<Placed<T>>> = entries.into_iter().map(Some).collect();
    row.places().filter_map(|place| entries[place].take()).collect()
}

/// An entry with its place in the written order.
struct Placed<T> {
    place: usize,
    at: Option<Moment>,
    entry: T,
}

impl<T> Placed<T> {
    fn is_fine(&self) -> bool {
        is_fine(self.at)
    }
}

fn is_fine(at: Option<Moment>) -> bool {
    at.is_some_and(|at| at.precision() >= Precision::Minute)
}

/// Returns whether nothing has to be moved: no entry is certainly before one that is written above it, and exact times
/// are in order. It takes one pass, as most records are in order.
fn written_in_time<T>(entries: &[Placed<T>]) -> bool {
    // The latest so far: exact times, starts of anything but days, days, and the day of any entry.
    let (mut fine, mut begun, mut days, mut any) = (None, None, None, None);
    entries.iter().all(|placed| {
        let Some(at) = placed.at else { return true };
        let by_day = at.precision() == Precision::Day;
        let (first, behind) = at.bounds();
        let in_order = match by_day {
            true => any.is_none_or(|day| at.day() >= day),
            false => {
                begun.is_none_or(|begun| behind > begun) && days.is_none_or(|day| at.day() >= day)
            }
        };
        let exact = placed.is_fine();
        let sorted = !exact || fine.is_none_or(|fine| first >= fine);
        any = any.max(Some(at.day()));
        if by_day {
            days = days.max(Some(at.day()));
        } else {
            begun = begun.max(Some(first));
        }
        if exact {
            fine = fine.max(Some(first));
        }
        in_order && sorted
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Zone;

    /// Returns the entries in order; `h` after a time makes it an hour.
    fn told(written: &[&str]) -> String {
        let zone = Zone::parse("Asia/Seoul");
        let at = |text: &&str| {
            let clock = text.strip_suffix('h').unwrap_or(text);
            let at = Moment::parse(&format!("2024-09-{clock}"), zone).ok();
            at.map(|at| if text.ends_with('h') { at.by_the_hour() } else { at })
        };
        in_time(written.to_vec(), at).join(", ")
    }

    #[test]
    fn imprecise_entries_keep_their_written_order() {
        let table: [(&[&str], &str); 9] = [
            (&["07 11:00", "07 10:00"], "07 10:00, 07 11:00"),
            (&["07 10:00", "07 11:00", "07"], "07 10:00, 07 11:00, 07"),
            (&["07", "07 10:00"], "07, 07 10:00"),
            (&["07 10:00", "07", "07 11:00"], "07 10:00, 07, 07 11:00"),
            (&["08", "07 10:00", "09 11:00"], "07 10:00, 08, 09 11:00"),
            (&["07 18:08", "07 18:00h"], "07 18:08, 07 18:00h"),
            (&["07 18:00h", "07 17:10", "07 18:20"], "07 17:10, 07 18:00h, 07 18:20"),
            (&["07 10:00", "unknown", "07 09:00"], "07 09:00, 07 10:00, unknown"),
            (&["08 10:00", "07", "07 09:00", "07 11:00"], "07 09:00, 07 11:00, 07, 08 10:00"),
        ];
        for (written, expected) in table {
            assert_eq!(told(written), expected, "{written:?}");
        }
    }

    /// Entries already in order are not moved: checked for every list of up to four entries out of a dozen.
    #[test]
    fn entries_in_time_stay_where_they_are_written() {
        let zone = Zone::parse("Asia/Seoul");
        let at = |text: &str| {
            let clock = text.strip_suffix('h').unwrap_or(text);
            let at = Moment::parse(&format!("2024-09-{clock}"), zone).ok();
            at.map(|at| if text.ends_with('h') { at.by_the_hour() } else { at })
        };
        let times = [
            "06",
            "07",
            "08",
            "unknown",
            "07 10:00h",
            "07 11:00h",
            "08 00:00h",
            "07 09:59",
            "07 10:00",
            "07 10:30",
            "07 23:30-10:00",
            "08 00:00",
        ]
        .map(at);
        let (mut still, mut all) = (0, 0);
        for number in 0..times.len().pow(4) {
            let digits = [number, number / 12, number / 144, number / 1728].map(|n| n % 12);
            let placed = || {
                let entry =
                    |(place, time): (usize, usize)| Placed { place, at: times[time], entry: place };
                digits.into_iter().enumerate().map(entry).collect::<Vec<_>>()
            };
            all += 1;
            if written_in_time(&placed()) {
                still += 1;
                let order: Vec<usize> = moved(placed()).into_iter().map(|it| it.place).collect();
                assert_eq!(order, [0, 1, 2, 3], "{digits:?}");
            }
        }
        assert!(still > all / 10, "{still} of {all}");
    }
}
