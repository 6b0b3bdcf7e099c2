//! A time as it is typed, read.

use unicode_normalization::UnicodeNormalization;

use crate::lang::reading::{TimeWords, Words};
use crate::lang::{time_sets, time_words};
use crate::model::{Moment, TimeFault};

use super::amount::amount_of_time;
use super::clock::{WallClock, says_hours};
use super::day::split_day;
use super::frame::{Frame, Typed};

/// Reads a typed time.
///
/// # Errors
/// What cannot be understood, does not exist, or is not one instant in the frame's zone.
pub fn read_typed(text: &str, frame: &Frame) -> Result<Typed, TimeFault> {
    let (whole, weekday) = tidy(text);
    let typed = read_tidy(&whole, text, frame)?;
    match weekday {
        // A weekday may confirm a day that was typed, never choose or contradict one.
        Some(_) if typed.day_inferred => Err(TimeFault::Unreadable(text.trim().to_owned())),
        Some(weekday) if typed.moment.day().weekday() != weekday => {
            Err(TimeFault::Impossible(text.trim().to_owned()))
        }
        _ => Ok(typed),
    }
}

fn read_tidy(whole: &str, text: &str, frame: &Frame) -> Result<Typed, TimeFault> {
    let (about, rest) = split_about(whole);
    let unreadable = || TimeFault::Unreadable(text.trim().to_owned());
    if rest.is_empty() {
        return Err(unreadable());
    }
    if let Some(moment) = relative(rest, frame) {
        return Ok(Typed { moment, about, day_inferred: false, half_unsaid: false });
    }
    if let Some(full) = written(rest, frame) {
        return full.map(|moment| Typed { moment, about, day_inferred: false, half_unsaid: false });
    }
    let (day, clock_text) = split_day(rest, frame)?;
    let clock =
        WallClock::read(clock_text).ok_or_else(|| match WallClock::is_shaped(clock_text) {
            true => TimeFault::Impossible(text.trim().to_owned()),
            false => unreadable(),
        })?;
    if day.is_none() && clock.looks_like_a_window(frame) {
        return Err(unreadable());
    }
    let moment = clock.resolve(day, frame, text.trim())?;
    let half_unsaid = says_hours(clock_text) && clock.time.0 < 12 && clock.half.is_none();
    Ok(Typed { moment, about, day_inferred: day.is_none(), half_unsaid })
}

/// NFC, one blank between words, lower case; and the weekday that was said, 0 for Monday.
fn tidy(text: &str) -> (String, Option<usize>) {
    let mut text: String = text.nfc().collect::<String>().to_lowercase();
    if !text.is_ascii() {
        text = text.chars().map(plain).collect();
    }
    let text = text.replace('(', " (").replace(')', ") ");
    let mut weekday = None;
    let mut words: Vec<&str> = Vec::new();
    for word in text.split_whitespace() {
        if let Some(day) = weekday_of(word) {
            weekday = Some(day);
        } else if let Some((before, day, after)) = weekday_within(word) {
            weekday = Some(day);
            words.extend([before, after].into_iter().filter(|part| !part.is_empty()));
        } else {
            words.push(word);
        }
    }
    (words.join(" "), weekday)
}

/// What a letter of some keyboard stands for in a time.
fn plain(c: char) -> char {
    time_words(|times| times.letters).find(|(from, _)| *from == c).map_or(c, |(_, to)| *to)
}

/// `토요일`, `(토)`, `sat`, `saturday,`.
fn weekday_of(word: &str) -> Option<usize> {
    let bare = word.trim_matches(['(', ')', ',']);
    let in_brackets = word.starts_with('(') && word.ends_with(')');
    let place = |days: &[&str; 7]| days.iter().position(|day| *day == bare);
    time_sets().find_map(|times| {
        let bracketed = times.weekdays_in_brackets.as_ref().filter(|_| in_brackets);
        times.weekdays.iter().chain(bracketed).find_map(place)
    })
}

/// The weekday within a word of a language without blanks, and what stands around it.
fn weekday_within(word: &str) -> Option<(&str, usize, &str)> {
    let unspaced = time_sets().filter(|times| !times.spaced);
    let mut days =
        unspaced.flat_map(|times| times.weekdays).flat_map(|days| days.iter().enumerate());
    days.find_map(|(place, day)| {
        let (before, after) = word.split_once(day)?;
        Some((before, place, after))
    })
}

/// `~18:08`, `about 18:08`, `약 18:08`, `18:08쯤`, `18:08경`.
fn split_about(text: &str) -> (bool, &str) {
    let before = || time_words(|times| times.about_before).find_map(|word| text.strip_prefix(word));
    let behind = || time_words(|times| times.about_behind).find_map(|word| text.strip_suffix(word));
    match text.strip_prefix('~').or_else(before).or_else(behind) {
        Some(rest) => (true, rest.trim()),
        None => (false, text),
    }
}

/// `now`, `-5m`, `+1h30m`, `10 minutes ago`, `1시간 30분 전`.
fn relative(text: &str, frame: &Frame) -> Option<Moment> {
    if time_words(|times| times.now).any(|word| *word == text) {
        return Some(frame.now.seen_in(frame.zone));
    }
    let behind = |words: fn(&'static TimeWords) -> Words| {
        time_words(words).find_map(|word| text.strip_suffix(word))
    };
    let before = || time_words(|times| times.in_before).find_map(|word| text.strip_prefix(word));
    let past = text.strip_prefix('-').map(|rest| (rest, -1));
    let (amount, sign) = past
        .or_else(|| Some((text.strip_prefix('+')?, 1)))
        .or_else(|| Some((behind(|times| times.ago_behind)?, -1)))
        .or_else(|| Some((behind(|times| times.later_behind).or_else(before)?, 1)))?;
    let (seconds, finest) = amount_of_time(amount.trim())?;
    let moment = frame.now.plus_seconds(sign * seconds)?;
    // Beyond a century nobody means it.
    (seconds < 100 * 366 * 86_400).then(|| moment.seen_in(frame.zone).at_most(finest))
}

/// A day and a clock in ISO 8601, or a bare day; `None` if the text has not even that shape.
fn written(text: &str, frame: &Frame) -> Option<Result<Moment, TimeFault>> {
    let shaped = text.len() >= 10
        && text.is_char_boundary(10)
        && text[..10].bytes().filter(|b| *b == b'-').count() == 2;
    if !shaped {
        return None;
    }
    let text = text.replace(" utc", "z").to_uppercase();
    match Moment::parse(&text, Some(frame.zone)) {
        // A day with a clock in words (`2024-09-07 오후 6시`) is read below.
        Err(TimeFault::Unreadable(_)) => None,
        other => Some(other),
    }
}
