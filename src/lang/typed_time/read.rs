//! Reads typed times.

use std::ops::Range;

use crate::fault::TypedTimeFault;
use crate::model::TimeFault;

use super::frame::{Frame, Typed};
use super::parse::{said, said_turned};
use super::resolve::place;
use super::words::{is_one, plain};

/// Whether a text says that the time is unknown or undecided: `unknown`, `tbd`, `모름`.
pub fn is_unknown_time(text: &str) -> bool {
    plain(text).is_some_and(|text| is_one(&text, |times| times.unknown))
}

/// Returns the time that a typed word makes with some of the words that were typed after it, and where in `words` those
/// are: a time of several words that nobody quoted. `None` if the word is a time by itself, or makes none.
pub fn unquoted_time(
    typed: &str,
    words: &[String],
    frame: &Frame,
) -> Option<(String, Range<usize>)> {
    let is_time = |text: &str| read_typed(text, frame).is_ok();
    if is_time(typed) {
        return None;
    }
    let ranges = (0..words.len()).flat_map(|start| {
        let last = words.len().min(start + MOST_WORDS);
        (start + 1..=last).map(move |end| start..end)
    });
    let whole =
        |range: Range<usize>| (format!("{typed} {}", words[range.clone()].join(" ")), range);
    ranges.map(whole).filter(|(time, _)| is_time(time)).max_by_key(|(_, range)| range.len())
}

/// The most words that a time has after its first.
const MOST_WORDS: usize = 4;

/// Reads a typed time.
///
/// # Errors
/// It is unreadable, does not exist, or is not exactly one moment in its context.
pub fn read_typed(text: &str, frame: &Frame) -> Result<Typed, TypedTimeFault> {
    let text = text.trim();
    match said(text).or_else(|| said_turned(text)) {
        Some(said) => place(&said, text, frame),
        None => Err(TypedTimeFault::Written(TimeFault::Unreadable(text.to_owned()))),
    }
}
