//! Days on which people do not work: weekends, and those in a project's own list.

use std::collections::BTreeMap;

use super::moment::Day;

/// The days off in a project's list.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct DaysOff {
    named: BTreeMap<Day, String>,
    /// Lines that contain no day, each with its number, from 1.
    pub unread: Vec<(usize, String)>,
}

/// Why a day is off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DayOff {
    /// It is a Saturday or a Sunday.
    Weekend,
    /// It is in the project's list, under this name, which may be empty.
    Named(String),
}

impl DaysOff {
    /// Reads a list: a line a day, `2026-12-25 Christmas`; a line that begins with `#` is a comment.
    pub fn read(text: &str) -> DaysOff {
        let mut days = DaysOff::default();
        for (number, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (day, name) = line.split_once([' ', '\t', ',', ':']).unwrap_or((line, ""));
            match Day::parse(day) {
                Some(day) => drop(days.named.insert(day, name.trim().to_owned())),
                None => days.unread.push((number + 1, line.to_owned())),
            }
        }
        days
    }

    /// Returns why a day is off, or `None` if it is a working day.
    pub fn why(&self, day: Day) -> Option<DayOff> {
        let named = self.named.get(&day).map(|name| DayOff::Named(name.clone()));
        named.or_else(|| (day.weekday() >= 5).then_some(DayOff::Weekend))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_names_days_and_other_lines_are_reported() {
        let days = DaysOff::read(
            "# ours\n2026-12-25 Christmas\n\n2026-05-05: 어린이날\n2026-06-03\nfriday off\n2026-13-01 x\n",
        );
        let why = |day: &str| days.why(Day::parse(day).unwrap());
        for (day, expected) in [
            ("2026-12-25", Some(DayOff::Named("Christmas".to_owned()))),
            ("2026-05-05", Some(DayOff::Named("어린이날".to_owned()))),
            ("2026-06-03", Some(DayOff::Named(String::new()))),
            ("2026-12-26", Some(DayOff::Weekend)),
            ("2026-12-27", Some(DayOff::Weekend)),
            ("2026-12-28", None),
        ] {
            assert_eq!(why(day), expected, "{day}");
        }
        let unread = [(6, "friday off".to_owned()), (7, "2026-13-01 x".to_owned())];
        assert_eq!(days.unread, unread);
    }
}
