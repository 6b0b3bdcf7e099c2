//! Lines that begin with a time, or with a window.

use unicode_normalization::UnicodeNormalization;

use crate::lang::reading::ClockWords;
use crate::lang::{time_sets, time_words};
use crate::model::{Day, Moment};

use super::clock::{clock_words, opens_half, says_half, says_hours};
use super::frame::{Frame, Typed};
use super::read::read_typed;

/// Splits a line such as `오후 6시: PV영상 공개`, `17:30 - deploy`, `22:00~22:30 watch` or `오후 6시부터
/// 7시까지 점검` into its time, the end of its window if it has one, and its text. A text that begins as
/// if more of the time were to come (`30 파티` after `오후 6시`) is no text: what was meant is not guessed.
pub fn split_leading_window<'a>(
    line: &'a str,
    frame: &Frame,
) -> Option<(Typed, Option<Typed>, &'a str)> {
    let (start, text) = split_leading_time(line, frame)?;
    let before = line[..line.len() - text.len()].trim_end();
    let joined = before.ends_with(SIGNS) || ends_from(before);
    let end = if joined { window_end(&start, before, text, frame) } else { None };
    let (end, text) = match end {
        Some((end, text)) => (Some(end), text),
        None if joined && (ends_from(before) || begins_like_a_time(before, text)) => {
            return None;
        }
        None if is_cut(before, text) => return None,
        None => (None, text),
    };
    Some((start, end, text))
}

/// Signs between the beginning and the end of a window.
const SIGNS: [char; 10] = ['-', '–', '—', '~', '−', '‐', '‑', '～', '〜', '∼'];
/// The longest window past midnight that is taken as one; a longer one needs its day.
const NIGHT: i64 = 12 * 3600;

/// The end of a window and the text behind it: on the day it begins; where the beginning is told on the
/// twelve-hour clock and the end is not, in the half that follows; of one that begins after noon, past
/// midnight. What would need more than that is not guessed.
fn window_end<'a>(
    start: &Typed,
    before: &str,
    text: &'a str,
    frame: &Frame,
) -> Option<(Typed, &'a str)> {
    let day = start.moment.clock(Some(frame.zone)).day;
    let on = |day: Day| split_leading_time(text, &Frame { day: Some(day), ..*frame });
    let (end, rest) = on(day)?;
    let half_in = |text: &str| {
        let text: String = text.nfc().collect::<String>().to_lowercase();
        says_half(&text)
    };
    let said = &text[..text.len() - rest.len()];
    let (start_says, end_says) = (half_in(before), half_in(said));
    if end_says && !start_says && said.is_ascii() {
        // `6:00-7:00pm`: the beginning may be meant in the afternoon too.
        return None;
    }
    let length = |end: &Moment| end.unix() - start.moment.unix();
    let found = |moment: Moment| Some((Typed { moment, ..end }, rest));
    if length(&end.moment) > 0 {
        return found(end.moment);
    }
    let hour = end.moment.clock(Some(frame.zone)).hour;
    let later = end.moment.plus_seconds(NIGHT).filter(|_| start_says && !end_says && hour <= 12);
    if let Some(later) = later.filter(|later| length(later) > 0) {
        return found(later);
    }
    let begins_late = start.moment.clock(Some(frame.zone)).hour >= 12;
    let (next, rest) = on(day.plus(1)).filter(|_| begins_late && length(&end.moment) != 0)?;
    (length(&next.moment) < NIGHT).then_some((next, rest))
}

/// Whether what follows a range sign is more of a time rather than a text. A dash between blanks comes
/// before texts too: `18:00 - 3 pods restart`.
fn begins_like_a_time(before: &str, text: &str) -> bool {
    let dash = [" -", " –", " —"].iter().any(|dash| before.ends_with(dash));
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = rest.len() < text.len();
    let digits = text.starts_with('+') || (number && (!dash || opens_clock(rest)));
    digits
        || opens_half(text, dash)
        || time_words(|times| times.days_of_ends).any(|word| text.starts_with(word))
}

/// Whether a text begins as if it were still the time before it: minutes after an hour, or what turns
/// the minutes into a distance (`5분 전`).
fn is_cut(before: &str, text: &str) -> bool {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = &text[digits..];
    let minutes = |words: &ClockWords| {
        before.ends_with(words.hour)
            && (rest.starts_with([' ', ':']) || rest.starts_with(words.minute))
            && !rest.starts_with(words.minutes_long)
    };
    let distance = |words: &ClockWords| {
        before.ends_with(words.minute) && words.distance.iter().any(|word| text.starts_with(word))
    };
    clock_words().any(|words| ((1..=2).contains(&digits) && minutes(words)) || distance(words))
}

/// Whether a word behind a time can only belong to it: `pm`, an offset, `08분` behind an hour, a clock
/// behind a bare day.
pub fn goes_on(so_far: &str, word: &str) -> bool {
    let lower = word.to_lowercase();
    let offset = word.len() == 6 && word.starts_with(['+', '-']) && word.as_bytes()[3] == b':';
    let rest = lower.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = rest.len() < lower.len();
    let of_hour = |words: &ClockWords| rest == words.minute && so_far.ends_with(words.hour);
    let minutes = number && clock_words().any(of_hour);
    let has_clock = so_far.contains(':') || says_hours(so_far);
    let mut dates = time_sets().filter_map(|times| times.date);
    let has_day =
        so_far.matches('-').count() == 2 || dates.any(|[_, month, _]| so_far.contains(month));
    let clock = number && !has_clock && has_day && opens_clock(rest);
    let mut halves = time_words(|times| times.halves_behind);
    lower == "utc" || halves.any(|(half, _)| *half == lower) || offset || minutes || clock
}

/// Splits a line such as `오후 6시: PV영상 공개` or `17:30 - deploy` into its time and its text.
pub(super) fn split_leading_time<'a>(line: &'a str, frame: &Frame) -> Option<(Typed, &'a str)> {
    let mut best = None;
    for end in boundaries(line) {
        let time = line[..end].trim_end_matches(|c: char| c == ':' || c.is_whitespace());
        // `10:00-11:00` is a window here, not ten o'clock eleven hours west of Greenwich.
        // After `2024-09-07T10:00` an offset is meant.
        let iso = line.as_bytes().get(10) == Some(&b'T');
        if !iso && best.is_some_and(|(_, end)| opens_range(&line[end..])) {
            break;
        }
        if let Ok(typed) = read_typed(time, frame) {
            best = Some((typed, end));
        }
    }
    let (typed, end) = best?;
    let separator = |c: char| matches!(c, ':' | '：' | '|' | '\t' | ' ') || SIGNS.contains(&c);
    let text = line[end..].trim_start();
    let text = range_words().find_map(|word| text.strip_prefix(word)).unwrap_or(text);
    let text = text.trim_start_matches(separator);
    (!text.is_empty()).then_some((typed, text))
}

/// What stands between the beginning and the end of a window, and behind it.
fn range_words() -> impl Iterator<Item = &'static str> {
    time_sets().flat_map(|times| times.from_behind.iter().chain(times.until_behind)).copied()
}

fn ends_from(text: &str) -> bool {
    time_words(|times| times.from_behind).any(|word| text.ends_with(word))
}

/// Whether what follows a number makes a clock time of it.
fn opens_clock(rest: &str) -> bool {
    rest.starts_with(':') || clock_words().any(|words| rest.starts_with(words.hour))
}

/// A dash, then a digit: the end of a window follows.
fn opens_range(rest: &str) -> bool {
    let after = rest.trim_start().strip_prefix(SIGNS);
    after.is_some_and(|after| after.trim_start().starts_with(|c: char| c.is_ascii_digit()))
}

/// Places where a leading time may end: blanks, colons, words such as `부터` in the first forty letters.
fn boundaries(line: &str) -> impl Iterator<Item = usize> + '_ {
    let ends = |at: usize, c: char| {
        let word = || range_words().any(|word| line[at..].starts_with(word));
        c.is_whitespace() || matches!(c, ':' | '：') || SIGNS.contains(&c) || word()
    };
    line.char_indices()
        .take(40)
        .filter(move |(at, c)| ends(*at, *c))
        .map(|(at, _)| at)
        .filter(|at| *at > 0)
}
