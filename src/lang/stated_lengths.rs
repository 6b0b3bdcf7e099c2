//! Durations that texts state about an outage: `Time to resolve: 1h 50m`, `52분 만에 복구`.

use std::ops::Range;
use std::sync::LazyLock;

use crate::model::Measure;

use super::reading::LengthWords;
use super::{text_words, time_words, unit_words};

/// A duration stated in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct StatedLength<'t> {
    /// The words that state it, verbatim.
    pub words: &'t str,
    /// What it measures.
    pub of: LengthOf,
    /// In seconds.
    pub seconds: i64,
    /// The smallest unit used, in seconds; half a unit counts as a unit.
    pub unit: i64,
    /// How exact it is.
    pub bound: Bound,
}

/// What a duration measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LengthOf {
    /// A standard duration, by its name.
    Measure(Measure),
    /// The whole outage, in other words.
    Whole,
    /// The time until somebody noticed, in other words.
    Detection,
    /// Something that was broken, perhaps only a part of the whole.
    Part,
}

/// How exact a duration is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// Exactly.
    Exact,
    /// More or less.
    About,
    /// Or more.
    AtLeast,
    /// Or less.
    AtMost,
}

/// Returns the durations stated in a text. `story` is a text about the whole record: in one about a single event, only
/// standard durations are found.
pub fn stated_lengths(text: &str, story: bool) -> Vec<StatedLength<'_>> {
    if !may_state(text, story) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let end = sentence_end(rest);
        let sentence = &rest[..end];
        rest = &rest[end..];
        let lower = sentence.to_ascii_lowercase();
        if !words(|lengths| lengths.usual).any(|word| lower.contains(word)) {
            found
                .extend(amounts(&lower).iter().filter_map(|it| it.stated(sentence, &lower, story)));
        }
    }
    found
}

fn words(
    part: impl Fn(&'static LengthWords) -> &'static [&'static str],
) -> impl Iterator<Item = &'static str> {
    text_words().flat_map(move |words| part(&words.lengths)).copied()
}

fn pairs(
    part: impl Fn(&'static LengthWords) -> &'static [(&'static str, &'static str)],
) -> impl Iterator<Item = (&'static str, &'static str)> {
    text_words().flat_map(move |words| part(&words.lengths)).copied()
}

/// Whether the bytes may state a duration, which most texts do not.
fn may_state(text: &str, story: bool) -> bool {
    static FIRST: LazyLock<Vec<char>> = LazyLock::new(|| {
        let units = time_words(|times| times.units);
        units.filter_map(|(unit, _)| unit.chars().next()).chain(['.']).collect()
    });
    let behind = |(at, _): (usize, u8)| {
        let rest = text[at + 1..].trim_start_matches([' ', '-']);
        rest.starts_with(|c: char| FIRST.contains(&c.to_ascii_lowercase()))
    };
    let mut digits = text.bytes().enumerate().filter(|(_, byte)| byte.is_ascii_digit());
    let number = || {
        let lower = text.to_ascii_lowercase();
        let numbers = text_words().flat_map(|words| words.lengths.numbers);
        let mut numbers = numbers.map(|(number, _)| *number);
        numbers.any(|number| lower.contains(number))
    };
    let named = || {
        let lower = text.to_ascii_lowercase();
        measure_names().any(|(name, _)| lower.contains(name))
    };
    (digits.any(behind) && (story || named())) || (story && number())
}

/// Returns the end of a sentence, a line or a table cell.
fn sentence_end(text: &str) -> usize {
    let ends = |(at, c): &(usize, char)| {
        let rest = &text[at + c.len_utf8()..];
        matches!(c, '\n' | '。')
            || (matches!(c, '.' | '!' | '?') && rest.starts_with([' ', '\n', ')']))
    };
    text.char_indices().find(ends).map_or(text.len(), |(at, c)| at + c.len_utf8())
}

/// A duration in a sentence.
struct Amount {
    start: usize,
    end: usize,
    seconds: f64,
    unit: i64,
}

/// The words of an amount, of two with the same prefix the longer one first: it is preferred.
struct AmountWords {
    /// By their first bytes.
    numbers: Vec<Vec<&'static str>>,
    units: Vec<&'static str>,
    halves: Vec<&'static str>,
}

static WORDS: LazyLock<AmountWords> = LazyLock::new(|| {
    let longest_first = |mut words: Vec<&'static str>| {
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        words
    };
    let all = text_words().flat_map(|words| words.lengths.numbers);
    let mut numbers = vec![Vec::new(); 256];
    for word in longest_first(all.map(|(word, _)| *word).collect()) {
        word.bytes().take(1).for_each(|first| numbers[usize::from(first)].push(word));
    }
    let units = longest_first([86_400, 3600, 60, 1].into_iter().flat_map(unit_words).collect());
    let halves = longest_first(words(|lengths| lengths.half_more).collect());
    AmountWords { numbers, units, halves }
});

/// A number and a unit, with an optional half unit more.
#[derive(Debug, PartialEq, Eq)]
struct Part<'t> {
    range: Range<usize>,
    number: &'t str,
    unit: &'t str,
    half: bool,
}

/// Returns the numbers with units in a text, in order.
fn parts(lower: &str) -> impl Iterator<Item = Part<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let numbers = &WORDS.numbers;
        let part = (at..lower.len()).find_map(|at| {
            let first = lower.as_bytes()[at];
            let numbers = &numbers[usize::from(first)];
            let begins = first.is_ascii_digit() || !numbers.is_empty();
            if begins { part_at(lower, at, numbers) } else { None }
        })?;
        at = part.range.end;
        Some(part)
    })
}

/// Returns the number with a unit that begins at that offset.
fn part_at<'t>(lower: &'t str, at: usize, numbers: &[&str]) -> Option<Part<'t>> {
    let rest = lower.get(at..)?;
    let with = |length: usize| with_unit(lower, at..at + length);
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let whole = digits(rest);
    if whole > 0 {
        let fraction = rest[whole..].strip_prefix('.').map_or(0, digits);
        return with(if fraction > 0 { whole + 1 + fraction } else { whole });
    }
    let mut words = numbers.iter().filter(|word| rest.starts_with(**word));
    words.find_map(|word| with(word.len()))
}

/// Returns that number with its unit, if one follows.
fn with_unit(lower: &str, number: Range<usize>) -> Option<Part<'_>> {
    let blank = |c: char| c.is_ascii_whitespace() || c == '\x0b';
    let behind = lower[number.end..].trim_start_matches(|c| blank(c) || c == '-');
    let unit = WORDS.units.iter().find(|unit| behind.starts_with(**unit))?;
    let after = &behind[unit.len()..];
    let more = after.trim_start_matches(blank);
    let half = WORDS.halves.iter().find_map(|half| more.strip_prefix(half));
    let end = lower.len() - half.unwrap_or(after).len();
    let (range, number) = (number.start..end, &lower[number]);
    Some(Part { range, number, unit, half: half.is_some() })
}

fn amounts(lower: &str) -> Vec<Amount> {
    let mut found: Vec<Amount> = Vec::new();
    for Part { range, number, unit, half } in parts(lower) {
        let Some(unit) = seconds_of(unit) else { continue };
        let (before, after) = (&lower[..range.start], &lower[range.end..]);
        let goes_on = |c: char| c.is_ascii_alphanumeric();
        let follows = after.starts_with(|c: char| c.is_ascii_alphabetic());
        let clock =
            words(|lengths| lengths.clock_before).any(|word| before.trim_end().ends_with(word));
        let Some(number) = number_of(number) else { continue };
        let half = if half { 0.5 } else { 0.0 };
        let seconds = (number + half) * unit as f64;
        let unit = if half > 0.0 || number.fract() > 0.0 { unit / 2 } else { unit };
        let joint = found.last().is_some_and(|last| {
            let between = lower[last.end..range.start].trim();
            (between.is_empty() || between == "and" || between == ",") && unit < last.unit
        });
        match found.last_mut().filter(|_| joint) {
            Some(last) => {
                last.end = range.end;
                last.seconds += seconds;
                last.unit = unit;
            }
            None if before.ends_with(|c: char| goes_on(c) || c == '.' || c == ':') || clock => {
                continue;
            }
            None => found.push(Amount { start: range.start, end: range.end, seconds, unit }),
        }
        if follows && !after.starts_with("and") {
            found.pop();
        }
    }
    // An amount followed by more digits was not read completely: `4h49`.
    found.retain(|amount| !lower[amount.end..].starts_with(|c: char| c.is_ascii_digit()));
    found
}

fn seconds_of(unit: &str) -> Option<i64> {
    let mut units = time_words(|times| times.units);
    units.find(|(known, _)| *known == unit).map(|(_, seconds)| *seconds)
}

fn number_of(text: &str) -> Option<f64> {
    let mut words = text_words().flat_map(|words| words.lengths.numbers);
    text.parse().ok().or_else(|| words.find(|(word, _)| *word == text).map(|(_, number)| *number))
}

/// Iterates over names of durations in texts, in lower case.
fn measure_names() -> impl Iterator<Item = &'static (&'static str, Measure)> {
    const SHORT: &[(&str, Measure)] = &[
        ("mttd", Measure::Detect),
        ("mtta", Measure::Acknowledge),
        ("mttm", Measure::Mitigate),
        ("mttr", Measure::Resolve),
        ("ttd", Measure::Detect),
        ("tta", Measure::Acknowledge),
        ("ttm", Measure::Mitigate),
        ("ttr", Measure::Resolve),
    ];
    SHORT.iter().chain(text_words().flat_map(|words| words.measures))
}

impl Amount {
    /// Returns what it measures, if anything.
    fn stated<'t>(&self, sentence: &'t str, lower: &str, story: bool) -> Option<StatedLength<'t>> {
        let (head, before) = self.head(lower);
        let (tail, behind) = self.tail(lower);
        let bound = if before == Bound::Exact { behind } else { before };
        let (of, start, length) = self.of(head, tail, story)?;
        let end = self.end + (lower.len() - self.end - tail.len()) + length;
        let words = sentence[start..end].trim();
        let seconds = self.seconds.round() as i64;
        Some(StatedLength { words, of, seconds, unit: self.unit, bound })
    }

    /// Returns the words before it, without those on its exactness.
    fn head<'t>(&self, lower: &'t str) -> (&'t str, Bound) {
        const SIGNS: [char; 12] = [' ', ':', '=', '*', '_', '|', '`', '"', '“', '(', '-', '\t'];
        let (mut head, mut bound) = (&lower[..self.start], Bound::Exact);
        loop {
            let bare = head.trim_end_matches(SIGNS);
            let bare = match bare.strip_suffix(')').and_then(|bare| bare.rfind('(')) {
                Some(open) => bare[..open].trim_end(),
                None => bare,
            };
            let strip = |list: fn(&'static LengthWords) -> &'static [&'static str]| {
                words(list)
                    .find_map(|word| bare.strip_suffix(word).filter(|rest| ends_word(rest, word)))
            };
            let (rest, said) = if bare.ends_with('~') {
                (Some(bare.trim_end_matches('~')), Bound::About)
            } else if let Some(rest) = strip(|lengths| lengths.about_before) {
                (Some(rest), Bound::About)
            } else if let Some(rest) = strip(|lengths| lengths.at_least_before) {
                (Some(rest), Bound::AtLeast)
            } else if let Some(rest) = strip(|lengths| lengths.at_most_before) {
                (Some(rest), Bound::AtMost)
            } else {
                (strip(|lengths| lengths.fillers), Bound::Exact)
            };
            bound = if said == Bound::Exact { bound } else { said };
            match rest {
                Some(rest) => head = rest,
                None if bare.len() < head.len() => head = bare,
                None => return (head, bound),
            }
        }
    }

    /// Returns the words after it, without those on its exactness.
    fn tail<'t>(&self, lower: &'t str) -> (&'t str, Bound) {
        let mut tail = lower[self.end..].trim_start_matches([' ', '-', '*']);
        let mut bound = Bound::Exact;
        let strip = |tail: &'t str, list: fn(&'static LengthWords) -> &'static [&'static str]| {
            words(list).find_map(|word| tail.strip_prefix(word)).map(str::trim_start)
        };
        if let Some(rest) = strip(tail, |lengths| lengths.about_behind) {
            (tail, bound) = (rest, Bound::About);
        }
        if let Some(rest) = strip(tail, |lengths| lengths.at_least_behind) {
            (tail, bound) = (rest, Bound::AtLeast);
        } else if let Some(rest) = strip(tail, |lengths| lengths.at_most_behind) {
            (tail, bound) = (rest, Bound::AtMost);
        }
        (tail, bound)
    }

    /// Returns what it measures, where the words that say so begin, and how many bytes after it belong to them.
    fn of(&self, head: &str, tail: &str, story: bool) -> Option<(LengthOf, usize, usize)> {
        let named = |(name, measure): &(&str, Measure)| {
            Some((LengthOf::Measure(*measure), before_name(head, name)?, 0))
        };
        if let Some(found) = measure_names().find_map(named) {
            return Some(found);
        }
        if !story || counts_from_elsewhere(head) {
            return None;
        }
        let found =
            |of, list: fn(&'static LengthWords) -> &'static [(&'static str, &'static str)]| {
                pairs(list).find_map(|(before, behind)| {
                    let name = before_name(head, before)?;
                    let start = if before.is_empty() { self.start } else { name };
                    Some((of, start, starts_like(tail, behind)?))
                })
            };
        let whole = found(LengthOf::Whole, |lengths| lengths.wholes);
        let detection = || found(LengthOf::Detection, |lengths| lengths.detections);
        whole.or_else(detection).or_else(|| found(LengthOf::Part, |lengths| lengths.parts))
    }
}

/// Whether it is counted from something other than the start of an outage: `롤백 후 5분 만에`.
fn counts_from_elsewhere(head: &str) -> bool {
    let start = (head.len().saturating_sub(36)..=head.len()).find(|at| head.is_char_boundary(*at));
    let near = format!(" {} ", &head[start.unwrap_or(0)..]);
    let after = words(|lengths| lengths.after).any(|word| near.contains(word));
    after && !words(|lengths| lengths.origins).any(|word| near.contains(word))
}

/// Returns a name without the particle or the verb after it.
fn bare_name(head: &str) -> &str {
    let mut copulas = words(|lengths| lengths.copulas);
    copulas.find_map(|word| head.strip_suffix(word)).unwrap_or(head)
}

/// Returns how many bytes precede a name at the end of a text, with or without fillers after it.
fn before_name(head: &str, name: &str) -> Option<usize> {
    let before = |head: &str| {
        let rest = head.strip_suffix(name)?;
        ends_word(rest, name).then_some(rest.len())
    };
    before(head).or_else(|| before(bare_name(head)))
}

/// Whether a word at the start of a text is a whole word.
fn ends_word(rest: &str, word: &str) -> bool {
    let letter = word.starts_with(|c: char| c.is_ascii_alphanumeric());
    !letter || !rest.ends_with(|c: char| c.is_ascii_alphanumeric())
}

/// Returns how many bytes of a text match a pattern at its start; `…` stands for a few words.
fn starts_like(text: &str, pattern: &str) -> Option<usize> {
    const FEW: usize = 24;
    let Some((first, last)) = pattern.split_once('…') else {
        return text.starts_with(pattern).then_some(pattern.len());
    };
    let rest = text.strip_prefix(first)?;
    let at = rest.find(last).filter(|at| rest[..*at].chars().count() <= FEW)?;
    Some(first.len() + at + last.len())
}

#[cfg(test)]
mod tests {
    use regex_lite::Regex;

    use super::*;

    /// The same grammar as a pattern.
    #[test]
    fn amounts_are_what_a_pattern_of_them_finds() {
        let mut numbers = WORDS.numbers.concat();
        numbers.sort_by_key(|word| std::cmp::Reverse(word.len()));
        let [numbers, units, halves] =
            [&numbers, &WORDS.units, &WORDS.halves].map(|words| words.join("|"));
        let part =
            format!(r"(\d+(?:\.\d+)?|(?:{numbers})\b|{numbers})[\s-]*({units})(?:\s*({halves}))?");
        let pattern = Regex::new(&part).unwrap();
        let signs =
            ["", "", " ", "  ", "-", " - ", ".", ".5", "7", "12", "x", "_", "\n", "é", "시"];
        let words = WORDS.numbers.iter().flatten().chain(&WORDS.units).chain(&WORDS.halves);
        let pieces: Vec<&str> = words.copied().chain(signs.repeat(9)).collect();
        let (mut seed, mut found) = (7_usize, 0);
        for _ in 0..8_000 {
            let mut text = String::new();
            for _ in 0..7 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695);
                text.push_str(pieces[(seed >> 33) % pieces.len()]);
            }
            let expected: Vec<Part> = pattern
                .captures_iter(&text)
                .map(|hit| {
                    let group =
                        |at| hit.get(at).map_or("", |group: regex_lite::Match| group.as_str());
                    let range = hit.get(0).unwrap().range();
                    Part { range, number: group(1), unit: group(2), half: hit.get(3).is_some() }
                })
                .collect();
            found += expected.len();
            assert_eq!(parts(&text).collect::<Vec<_>>(), expected, "{text:?}");
        }
        assert!(found > 3_000, "{found}");
    }

    #[track_caller]
    fn states(text: &str, expected: &str) {
        let bound = |bound| match bound {
            Bound::Exact => "",
            Bound::About => "~",
            Bound::AtLeast => ">",
            Bound::AtMost => "<",
        };
        let told = |said: &StatedLength| {
            let StatedLength { words, of, seconds, bound: how, .. } = said;
            format!("{words} = {of:?} {}{}", bound(*how), seconds / 60)
        };
        let found: Vec<String> = stated_lengths(text, true).iter().map(told).collect();
        assert_eq!(found.join("; "), expected, "{text}");
    }

    #[test]
    fn durations_by_their_names() {
        for (text, expected) in [
            ("Time to resolve: 1h 50m", "Time to resolve: 1h 50m = Measure(Resolve) 110"),
            ("**TTD** (TTD): 90 minutes.", "TTD** (TTD): 90 minutes = Measure(Detect) 90"),
            ("time to mitigate 4 hours and", "time to mitigate 4 hours = Measure(Mitigate) 240"),
            ("TTM 1h30m", "TTM 1h30m = Measure(Mitigate) 90"),
            ("해결까지 4시간 49분이 걸렸다", "해결까지 4시간 49분 = Measure(Resolve) 289"),
            ("해결까지는 총 4시간 반", "해결까지는 총 4시간 반 = Measure(Resolve) 270"),
            ("해결까지 걸린 시간: 3시간", "해결까지 걸린 시간: 3시간 = Measure(Resolve) 180"),
            ("감지까지 10분", "감지까지 10분 = Measure(Detect) 10"),
            ("| TTR | about 1.5 hours |", "TTR | about 1.5 hours = Measure(Resolve) ~90"),
            ("TTD 8m, TTR 52m", "TTD 8m = Measure(Detect) 8; TTR 52m = Measure(Resolve) 52"),
            (
                "MTTR 3h, MTTD 30 minutes",
                "MTTR 3h = Measure(Resolve) 180; MTTD 30 minutes = Measure(Detect) 30",
            ),
            ("Time to detection: 30 min", "Time to detection: 30 min = Measure(Detect) 30"),
            ("TTR: 4 houses", ""),
            ("TTR: 4h49", ""),
            ("TTR: 4 items", ""),
        ] {
            states(text, expected);
        }
    }

    #[test]
    fn the_whole_outage_in_other_words() {
        for (text, expected) in [
            ("장애는 3시간 동안 이어졌다", "장애는 3시간 동안 = Whole 180"),
            ("감지 후 52분 만에 복구했다.", "52분 만에 복구 = Whole 52"),
            ("3시간만에 서비스를 정상화", "3시간만에 서비스를 정상 = Whole 180"),
            ("총 장애 시간: 2시간", "장애 시간: 2시간 = Whole 120"),
            ("약 2시간 반의 장애", "2시간 반의 장애 = Whole ~150"),
            ("복구하는 데 두 시간 넘게 걸렸다", "복구하는 데 두 시간 넘게 = Whole >120"),
            (
                "The outage lasted for about 3 hours.",
                "outage lasted for about 3 hours = Whole ~180",
            ),
            ("a two-hour outage", "two-hour outage = Whole 120"),
            (
                "It took an hour and a half to recover",
                "took an hour and a half to recover = Whole 90",
            ),
            ("resolved in 52 minutes", "resolved in 52 minutes = Whole 52"),
            ("Duration: about an hour", "Duration: about an hour = Whole ~60"),
            ("8분 만에 감지", "8분 만에 감지 = Detection 8"),
            ("Payments were down for two hours", "down for two hours = Part 120"),
            ("2시간 동안 결제가 중단되었다", "2시간 동안 결제가 중단 = Part 120"),
            // Not about this outage, or not counted from its start.
            ("The cache TTL is 3 hours", ""),
            ("평소에는 해결까지 3시간쯤 걸린다", ""),
            ("목표는 1시간 이내 복구", ""),
            ("롤백한 뒤 5분 만에 정상화", ""),
            ("after the rollback it was fixed in 5 minutes", ""),
            ("18시 8분 장애 시작", ""),
            ("재시작하고 5분 만에 정상화", ""),
            ("지난 장애는 3시간 동안 이어졌다", ""),
            ("the last outage lasted 3 hours", ""),
            ("3시간 뒤 장애가 재발했다", ""),
        ] {
            states(text, expected);
        }
        assert!(stated_lengths("재시작 52분 만에 복구", false).is_empty());
    }
}
