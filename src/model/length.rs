//! Lengths as a plan writes them, and what a step waits for.

use std::fmt;

/// A length of time, written `20m`, `1h30m`, `2d`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Length(i64);

/// The units, longest first.
const UNITS: [(&str, i64); 5] = [("d", 86_400), ("h", 3_600), ("min", 60), ("m", 60), ("s", 1)];

/// The longest length that a plan may state: ten years, in seconds.
const LONGEST: i64 = 3_660 * 86_400;

impl Length {
    /// Returns a length of this many seconds; `None` below zero or beyond ten years.
    pub fn of(seconds: i64) -> Option<Length> {
        (0..=LONGEST).contains(&seconds).then_some(Length(seconds))
    }

    /// Returns its seconds.
    pub fn seconds(self) -> i64 {
        self.0
    }

    /// Reads numbers with their units, the longest first, each unit at most once: `1h 30m`.
    pub fn parse(text: &str) -> Option<Length> {
        let mut rest = text.trim();
        let (mut seconds, mut below) = (0_i64, i64::MAX);
        if rest.is_empty() {
            return None;
        }
        while !rest.is_empty() {
            let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let number: i64 = rest.get(..digits)?.parse().ok()?;
            rest = rest[digits..].trim_start();
            let (unit, worth) = UNITS.into_iter().find(|(unit, _)| rest.starts_with(unit))?;
            if worth >= below {
                return None;
            }
            below = worth;
            seconds = seconds.checked_add(number.checked_mul(worth)?)?;
            rest = rest[unit.len()..].trim_start();
        }
        Length::of(seconds)
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 == 0 {
            return f.write_str("0m");
        }
        let mut rest = self.0;
        for (unit, worth) in UNITS.into_iter().filter(|(unit, _)| *unit != "min") {
            if rest >= worth {
                write!(f, "{}{unit}", rest / worth)?;
                rest %= worth;
            }
        }
        Ok(())
    }
}

/// A step that another one waits for, written `deploy`, or `deploy +16m` with a gap after its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct After {
    /// The id of the step.
    pub step: String,
    /// How long to wait after its end.
    pub gap: Length,
}

impl After {
    /// Returns a dependency on a step, without a gap.
    pub fn new(step: impl Into<String>) -> After {
        After { step: step.into(), gap: Length::default() }
    }

    /// Reads an id and an optional gap after it; `None` if what looks like a gap is not one.
    pub fn parse(text: &str) -> Option<After> {
        let text = text.trim();
        let plus = text
            .rfind('+')
            .filter(|at| text[at + 1..].trim().starts_with(|c: char| c.is_ascii_digit()));
        let stands_alone = |at: &usize| *at == 0 || text[..*at].ends_with(char::is_whitespace);
        let Some(at) = plus.filter(stands_alone) else {
            return (!text.is_empty()).then(|| After::new(text));
        };
        let step = text[..at].trim_end();
        let gap = Length::parse(&text[at + 1..])?;
        (!step.is_empty()).then(|| After { step: step.to_owned(), gap })
    }
}

impl fmt::Display for After {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.step)?;
        if self.gap.seconds() > 0 { write!(f, " +{}", self.gap) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_and_written() {
        for (text, written) in [
            ("20m", Some("20m")),
            ("20 min", Some("20m")),
            ("1h30m", Some("1h30m")),
            ("1h 30m", Some("1h30m")),
            ("90m", Some("1h30m")),
            ("2d", Some("2d")),
            ("45s", Some("45s")),
            ("0m", Some("0m")),
            ("20", None),
            ("m", None),
            ("", None),
            ("30m 1h", None),
            ("1h1h", None),
            ("-5m", None),
            ("99999999999999999999h", None),
            ("9999999d", None),
        ] {
            let read = Length::parse(text);
            assert_eq!(read.map(|length| length.to_string()).as_deref(), written, "{text}");
        }
    }

    #[test]
    fn a_gap_follows_the_step() {
        let told = |text: &str| After::parse(text).map(|after| (after.step, after.gap.seconds()));
        let some = |step: &str, gap| Some((step.to_owned(), gap));
        assert_eq!(told("deploy"), some("deploy", 0));
        assert_eq!(told(" deploy +16m "), some("deploy", 960));
        assert_eq!(told("앱 배포 + 1h"), some("앱 배포", 3_600));
        assert_eq!(told("c++"), some("c++", 0));
        assert_eq!(told("a+5m"), some("a+5m", 0));
        for none in ["", "+16m", "deploy +16", "deploy +16 apples"] {
            assert_eq!(told(none), None, "{none}");
        }
        assert_eq!(After::parse("deploy + 16m").unwrap().to_string(), "deploy +16m");
    }
}
