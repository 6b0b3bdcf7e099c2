//! Weekdays next to a date in a text: `9월 7일 (토)`, `Saturday, 7 September 2024`.

use std::sync::LazyLock;

use regex_lite::{Captures, Regex};

use super::{text_words, time_sets, time_words};

/// A weekday and the date next to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatedWeekday<'t> {
    /// Both, verbatim.
    pub words: &'t str,
    /// 0 for Monday to 6 for Sunday.
    pub weekday: usize,
    /// The possible dates.
    pub dates: Vec<StatedDate>,
}

/// A date as written in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatedDate {
    /// The year, if given.
    pub year: Option<i32>,
    /// From 1, if it exists.
    pub month: u32,
    /// From 1, if it exists.
    pub day: u32,
}

/// Returns the weekdays in a text that are next to their date.
pub fn stated_weekdays(text: &str) -> Vec<StatedWeekday<'_>> {
    if !text.bytes().any(|b| b.is_ascii_digit()) {
        return Vec::new();
    }
    let words = whole_words(text).into_iter().chain(letters_in_brackets(text));
    words.filter_map(|word| word.behind_a_date(text).or_else(|| word.before_a_date(text))).collect()
}

/// Whether a text mentions another year than its record's.
pub fn says_other_year(text: &str) -> bool {
    let text = text.to_lowercase();
    text_words().flat_map(|words| words.other_years).any(|words| text.contains(words))
}

/// A weekday in a text.
struct Word {
    start: usize,
    end: usize,
    weekday: usize,
    kind: WordKind,
}

#[derive(PartialEq, Eq)]
enum WordKind {
    /// In Latin letters: commas separate it from a date.
    Latin,
    /// In other letters.
    Other,
    /// A single letter in brackets, which may only follow a date.
    Letter,
}

fn whole_words(text: &str) -> Vec<Word> {
    let mut found: Vec<Word> = Vec::new();
    let lower = text.to_ascii_lowercase();
    if !may_hold_a_weekday(lower.as_bytes()) {
        return found;
    }
    for list in time_words(|times| times.weekdays) {
        for (weekday, word) in list.iter().enumerate() {
            for (start, _) in lower.match_indices(word) {
                let (end, latin) = (start + word.len(), word.is_ascii());
                let taken = found.iter().any(|other| other.start <= start && start < other.end);
                if !taken && (!latin || is_word(text, start, end)) {
                    let kind = if latin { WordKind::Latin } else { WordKind::Other };
                    found.push(Word { start, end, weekday, kind });
                }
            }
        }
    }
    found
}

/// Whether the bytes may contain a weekday; in most texts no three in a row begin one.
fn may_hold_a_weekday(lower: &[u8]) -> bool {
    static BEGINNINGS: LazyLock<Vec<[u8; 3]>> = LazyLock::new(|| {
        let words = time_words(|times| times.weekdays).flatten();
        words.filter_map(|word| word.as_bytes().first_chunk()).copied().collect()
    });
    /// Of each byte, whether one of them begins and whether one ends with it.
    static ENDS: LazyLock<[[bool; 256]; 2]> = LazyLock::new(|| {
        let mut ends = [[false; 256]; 2];
        for [first, _, last] in BEGINNINGS.iter() {
            ends[0][usize::from(*first)] = true;
            ends[1][usize::from(*last)] = true;
        }
        ends
    });
    let [first, last] = &*ENDS;
    lower.windows(3).any(|three| {
        first[usize::from(three[0])]
            && last[usize::from(three[2])]
            && BEGINNINGS.contains(&[three[0], three[1], three[2]])
    })
}

/// Whether those letters are a word that may be a weekday: short ones have other meanings in lower case (`sat`, `sun`).
fn is_word(text: &str, start: usize, end: usize) -> bool {
    let inside = |c: char| c.is_ascii_alphanumeric() || ['_', '-', '\'', '’'].contains(&c);
    let alone = !text[..start].ends_with(inside) && !text[end..].starts_with(inside);
    let name = end - start > 5 || text[start..].starts_with(|c: char| c.is_ascii_uppercase());
    alone && name
}

fn letters_in_brackets(text: &str) -> impl Iterator<Item = Word> {
    text.match_indices(OPENING).filter_map(|(open, bracket)| {
        let start = open + bracket.len();
        let end = start + text[start..].chars().next()?.len_utf8();
        let closed = text[end..].starts_with([')', ']', '）', ',']);
        let mut letters = time_sets().filter_map(|times| times.weekdays_in_brackets);
        let of = |days: [&str; 7]| days.iter().position(|day| *day == &text[start..end]);
        let weekday = letters.find_map(of).filter(|_| closed)?;
        Some(Word { start, end, weekday, kind: WordKind::Letter })
    })
}

const OPENING: [char; 3] = ['(', '[', '（'];
const CLOSING: [char; 3] = [')', ']', '）'];
/// Separators between two days or weekdays of a range.
const RANGE: [char; 8] = ['-', '–', '—', '~', '～', '〜', '/', '&'];

impl Word {
    fn found<'t>(
        &self,
        text: &'t str,
        from: usize,
        to: usize,
        dates: Vec<StatedDate>,
    ) -> StatedWeekday<'t> {
        let closing = text[to..].starts_with(CLOSING) && text[from..to].contains(OPENING);
        let to =
            if closing { text[to..].chars().next().map_or(to, |c| to + c.len_utf8()) } else { to };
        StatedWeekday { words: text[from..to].trim(), weekday: self.weekday, dates }
    }

    /// Finds `7 September 2024 (Saturday)`, `9월 7일 토요일`.
    fn behind_a_date<'t>(&self, text: &'t str) -> Option<StatedWeekday<'t>> {
        let blank = [' ', '\t'];
        let before = text[..self.start].trim_end_matches(blank);
        let inner = before.trim_end_matches(OPENING);
        let bracket = inner.len() < before.len();
        let inner = inner.trim_end_matches(blank);
        // `9월 7일 밤(토)`
        let mut halves = time_words(|times| times.halves_before);
        let inner = halves.find_map(|(half, _)| inner.strip_suffix(half)).unwrap_or(inner);
        let inner = inner.trim_end_matches(blank);
        let date = inner.trim_end_matches(',');
        let comma = date.len() < inner.len();
        let after = &text[self.end..];
        // Another sentence may begin after a comma: `on 7 September, Monday was quiet`.
        let ends = after.is_empty() || after.starts_with(['.', ',', ')', ']', '\n', ';']);
        let joined = bracket || !comma || (self.kind == WordKind::Latin && ends);
        if !joined || after.starts_with(RANGE) || after.trim_start().starts_with('~') {
            return None;
        }
        let (dates, start) = date_at_end(date, self.kind == WordKind::Letter)?;
        Some(self.found(text, start, self.end, dates))
    }

    /// Finds `Saturday, 7 September 2024`, `토요일(2024-09-07)`.
    fn before_a_date<'t>(&self, text: &'t str) -> Option<StatedWeekday<'t>> {
        let before = text[..self.start].trim_end();
        let mut range = text_words().flat_map(|words| words.range_words);
        let ends_a_range = before.ends_with(RANGE) || range.any(|word| before.ends_with(word));
        if self.kind == WordKind::Letter || ends_a_range {
            return None;
        }
        let mut rest = &text[self.end..];
        if self.kind == WordKind::Latin {
            rest = rest.trim_start_matches(['.', ',']);
        }
        let halves = time_words(|times| times.halves_before).map(|(half, _)| half);
        let mut joints = text_words().flat_map(|words| words.weekday_joints).chain(halves);
        let blank = [' ', '\t'];
        let bare = rest.trim_start_matches(blank);
        rest = joints.find_map(|joint| bare.strip_prefix(joint)).unwrap_or(bare);
        let rest = rest.trim_start_matches(blank).trim_start_matches(OPENING);
        let (dates, length) = date_at_start(rest.trim_start_matches(blank))?;
        let end = text.len() - rest.trim_start_matches(blank).len() + length;
        Some(self.found(text, self.start, end, dates))
    }
}

/// A format of dates: as the start of a text, and as its end.
struct Shape {
    begins: Regex,
    ends: Regex,
    /// Whether it is only a date before a weekday in brackets.
    brackets_only: bool,
}

static SHAPES: LazyLock<Vec<Shape>> = LazyLock::new(|| {
    let clock = r"(?:[T\s]\s*\d{1,2}:\d{2}(?::\d{2})?)?";
    let year = r"(?:,?\s+(?P<y>(?:19|20)\d{2}))?";
    let numbered = time_sets().filter_map(|times| times.date).map(|[y, m, d]| {
        format!(r"(?:(?P<y>\d{{4}}){y}\s*)?(?P<m>\d{{1,2}}){m}\s*(?P<d>\d{{1,2}}){d}")
    });
    let plain = [
        format!(r"(?P<y>\d{{4}})[-/.]\s?(?P<m>\d{{1,2}})[-/.]\s?(?P<d>\d{{1,2}})\.?{clock}"),
        format!(r"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<n>[A-Za-z]{{3,9}})\.?{year}"),
        format!(r"(?P<n>[A-Za-z]{{3,9}})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?{year}"),
        r"(?P<a>\d{1,2})/(?P<b>\d{1,2})(?:/(?P<y>\d{4}))?".to_owned(),
    ];
    let loose = r"(?P<a>\d{1,2})\.\s?(?P<b>\d{1,2})\.?".to_owned();
    let shapes = plain.into_iter().chain(numbered).map(|shape| (shape, false));
    let shape = |(shape, brackets_only): (String, bool)| {
        Some(Shape {
            begins: Regex::new(&format!("^(?:{shape})")).ok()?,
            ends: Regex::new(&format!(r"(?:^|[^0-9A-Za-z./~–-])({shape})$")).ok()?,
            brackets_only,
        })
    };
    shapes.chain([(loose, true)]).filter_map(shape).collect()
});

/// Returns the date at the start of a text, and its length.
fn date_at_start(text: &str) -> Option<(Vec<StatedDate>, usize)> {
    SHAPES.iter().filter(|shape| !shape.brackets_only).find_map(|shape| {
        let hit = shape.begins.captures(text)?;
        let end = hit.get(0)?.end();
        let whole = !text[end..].starts_with(|c: char| c.is_ascii_digit());
        Some((dates(&hit, false), end)).filter(|(dates, _)| whole && !dates.is_empty())
    })
}

/// The most bytes that a date takes.
const ROOM: usize = 48;

/// Returns the date at the end of a text, and where it begins.
fn date_at_end(text: &str, brackets: bool) -> Option<(Vec<StatedDate>, usize)> {
    let from =
        (text.len().saturating_sub(ROOM)..=text.len()).find(|at| text.is_char_boundary(*at))?;
    let shapes = SHAPES.iter().filter(|shape| brackets || !shape.brackets_only);
    shapes.into_iter().find_map(|shape| {
        let hit = shape.ends.captures(&text[from..])?;
        let start = from + hit.get(1)?.start();
        Some((dates(&hit, brackets), start)).filter(|(dates, _)| !dates.is_empty())
    })
}

/// Returns the possible dates: two if the order of month and day is ambiguous.
fn dates(hit: &Captures, month_first: bool) -> Vec<StatedDate> {
    let text = |name: &str| hit.name(name).map(|part| part.as_str());
    let number = |name: &str| text(name)?.parse::<u32>().ok();
    let year = text("y").and_then(|year| year.parse().ok());
    let date = |month, day| StatedDate { year, month, day };
    if let (Some(first), Some(second)) = (number("a"), number("b")) {
        let other = (!month_first).then(|| date(second, first));
        return [date(first, second)].into_iter().chain(other).collect();
    }
    let month = number("m").or_else(|| month_named(text("n")?));
    month.zip(number("d")).map(|(month, day)| date(month, day)).into_iter().collect()
}

fn month_named(name: &str) -> Option<u32> {
    let name = name.to_lowercase();
    let mut months = time_sets().filter_map(|times| times.months);
    let of = |months: [&str; 12]| months.iter().position(|month| month.starts_with(&name));
    months.find_map(of).map(|place| place as u32 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_weekday_is_missed_by_the_quick_check() {
        for word in time_words(|times| times.weekdays).flatten() {
            for text in [word.to_string(), format!("9월 7일 {word}"), format!("앞{word}뒤")] {
                let lower = text.to_ascii_lowercase();
                assert!(may_hold_a_weekday(lower.as_bytes()), "{text}");
            }
        }
        for text in ["", "9", "p99 latency above 3 h", "연결 풀 200개 소진"] {
            assert!(!may_hold_a_weekday(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn a_weekday_and_the_date_beside_it() {
        for (text, said) in [
            ("2024년 9월 7일(일) 18시에 시작했다.", "2024년 9월 7일(일) 6 2024-9-7"),
            ("9월 7일 (토)부터", "9월 7일 (토) 5 0-9-7"),
            ("9월 7일 토요일에", "9월 7일 토요일 5 0-9-7"),
            ("토요일(2024-09-07) 저녁", "토요일(2024-09-07) 5 2024-9-7"),
            ("일요일인 9월 8일", "일요일인 9월 8일 6 0-9-8"),
            ("9/7(토), 9.7(토)", "9/7(토) 5 0-9-7, 9.7(토) 5 0-9-7"),
            ("2024. 9. 7. (토)", "2024. 9. 7. (토) 5 2024-9-7"),
            ("2024年9月7日(土)", "2024年9月7日(土) 5 2024-9-7"),
            ("On Sunday, 7 September 2024 it broke", "Sunday, 7 September 2024 6 2024-9-7"),
            ("Sun 7th of Sep", "Sun 7th of Sep 6 0-9-7"),
            ("It began on Fri, Sep 7, 2024.", "Fri, Sep 7, 2024 4 2024-9-7"),
            ("Mon 2024-09-07 18:08 alarm", "Mon 2024-09-07 18:08 0 2024-9-7"),
            ("September 7th, 2024 (Saturday)", "September 7th, 2024 (Saturday) 5 2024-9-7"),
            ("2024-09-07 18:08 Sat", "2024-09-07 18:08 Sat 5 2024-9-7"),
            ("Sunday evening, 7 September", "Sunday evening, 7 September 6 0-9-7"),
            ("9월 7일 밤(일)", "9월 7일 밤(일) 6 0-9-7"),
            ("일요일 저녁(9월 7일)", "일요일 저녁(9월 7일) 6 0-9-7"),
            ("9/7 (Sat)", "9/7 (Sat) 5 0-9-7 0-7-9"),
            // A date, and a weekday that is not its own.
            ("9월 7일 저녁 결제 불가, 월요일에 회고", ""),
            ("9월 7일, 월요일에 회고", ""),
            ("9월 6일~7일(토)", ""),
            ("9월 7일 (일 평균 3건)", ""),
            ("9월 7~8일(토~일)", ""),
            ("2024-09-06/07 (Sat)", ""),
            ("Mon–Fri, 2 September to 6 September", ""),
            ("Mon to Fri, 2 September", ""),
            ("on 7 September, Monday was quiet", ""),
            ("7 September, Monday's build", ""),
            ("it sat 7 September", ""),
            ("Sundays 7 September", ""),
            ("3 pods (Sun) 7 nodes", ""),
        ] {
            let told = |date: &StatedDate| {
                format!("{}-{}-{}", date.year.unwrap_or(0), date.month, date.day)
            };
            let found: Vec<String> = stated_weekdays(text)
                .iter()
                .map(|found| {
                    let dates: Vec<String> = found.dates.iter().map(told).collect();
                    format!("{} {} {}", found.words, found.weekday, dates.join(" "))
                })
                .collect();
            assert_eq!(found.join(", "), said, "{text}");
        }
    }
}
