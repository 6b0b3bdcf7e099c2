//! Reads typed times.

use crate::fault::TypedTimeFault;
use crate::model::TimeFault;

use super::behind::{is_other_word, unmarked, with_words};
use super::clock::Sense;
use super::day::is_day;
use super::frame::{Frame, Typed};
use super::line::{window_alone, window_before_text};
use super::parse::{TypedTime, What, said, said_turned};
use super::resolve::place;
use super::stamps::perhaps;
use super::zone::{in_any_record, zone_called};

/// Whether a text is a clock time, or a moment at a distance from another one, and nothing else: `3:25`, `어제 22:57`, `-5m`.
pub fn is_time(text: &str) -> bool {
    said(text)
        .or_else(|| said_turned(text))
        .filter(TypedTime::knows_zone)
        .is_some_and(|said| matches!(said.what, What::Clock(_) | What::Distance { .. }))
}

/// A time of several words that nobody quoted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unquoted {
    /// The whole time, as it is read in every record; several if an abbreviation of a zone has several meanings.
    pub times: Vec<String>,
    /// Where it ends, if it is a window; then the time is where it begins.
    pub end: Option<String>,
    /// How many of the words behind the first one belong to it.
    pub count: usize,
    /// Whether the first word is a time by itself; an amount of time is none.
    pub is_time_alone: bool,
}

/// Returns the time that a typed word makes with the words right behind it: `2:08 pm`, `5 min ago`, `14:05 쯤`,
/// `17:52 yesterday`, `6:48 this morning`, `13:40 KST?`; the zone of `13:40 Seoul time` by its name; or the window
/// `3:10 to 3:15`. `None` if these are no part of a time.
pub fn unquoted_time(typed: &str, words: &[&str]) -> Option<Unquoted> {
    unquoted_window(typed, words).or_else(|| unquoted_moment(typed, words))
}

fn unquoted_window(typed: &str, words: &[&str]) -> Option<Unquoted> {
    let all = [&[typed], words].concat().join(" ");
    let lead = window_before_text(&all)?;
    let end = all.len() - lead.text.len();
    let mut at = typed.len();
    let ends = words.iter().map(|word| {
        at += 1 + word.len();
        at
    });
    // A text in quotes is no part of it.
    let count = ends.take_while(|at| *at <= end).count();
    let length: usize = words[..count].iter().map(|word| 1 + word.len()).sum();
    let is_cut = all[typed.len() + length..].trim_start() != lead.text;
    let is_time_alone = said(typed).is_some_and(|said| !matches!(said.what, What::Amount(_)));
    let (times, end) = (in_any_record(&lead.start), lead.end?);
    (count > 0 && !is_cut).then_some(Unquoted { times, end: Some(end), count, is_time_alone })
}

fn unquoted_moment(typed: &str, words: &[&str]) -> Option<Unquoted> {
    let alone = said(typed);
    let lacks_day = alone.as_ref().is_some_and(TypedTime::lacks_day);
    let is_time_alone = alone.as_ref().is_some_and(|said| !matches!(said.what, What::Amount(_)));
    (1..=words.len().min(MOST_WORDS)).rev().find_map(|count| {
        let behind = words[..count].join(" ");
        let bare = unmarked(&behind);
        if is_other_word(bare) {
            return None;
        }
        let both = [behind.as_str(), bare].map(|words| format!("{typed} {words}"));
        let turned = || Some(format!("{behind} {typed}")).filter(|_| lacks_day && is_day(&behind));
        let time = both.into_iter().chain(turned()).find(|time| is_whole(time));
        let time = time.or_else(|| with_words(alone.as_ref()?, typed, words, count))?;
        Some(Unquoted { times: in_any_record(&time), end: None, count, is_time_alone })
    })
}

/// The most words that a time has after its first: `Thu Nov 26 2026 13:40:00 GMT+0900 (Korean Standard Time)`.
const MOST_WORDS: usize = 8;

/// Whether a text is a time, and nothing in it is perhaps a word: `17:30 db` has no zone.
fn is_whole(text: &str) -> bool {
    said(text).filter(TypedTime::knows_zone).or_else(|| said_turned(text)).is_some()
}

/// Parses a clock time with a zone as people call it: `18:08 Seoul time`, `18:08 PT`, `18:08 한국시간`.
fn said_with_place(text: &str) -> Option<TypedTime> {
    let words: Vec<&str> = text.split_whitespace().collect();
    (1..words.len()).find_map(|at| {
        let (clock, place) = (words[..at].join(" "), words[at..].join(" "));
        said(&format!("{clock} {}", zone_called(&place)?)).filter(|_| said(&clock).is_some())
    })
}

/// Reads a typed time.
///
/// # Errors
/// It is unreadable, does not exist, or is not exactly one moment in its context.
pub fn read_typed(text: &str, frame: &Frame) -> Result<Typed, TypedTimeFault> {
    let text = text.trim();
    let said = said(text);
    // `10:00 today`: letters behind a clock time are its zone only if there is such a zone.
    let turned = match &said {
        Some(said) if said.knows_zone() => None,
        _ => said_turned(text).or_else(|| said_with_place(text)),
    };
    match turned.or(said) {
        Some(said) => place(&said, text, frame),
        None => Err(unreadable(text, frame)),
    }
}

/// Returns why a text is no time: it has a beginning and an end, or cannot be read.
fn unreadable(text: &str, frame: &Frame) -> TypedTimeFault {
    let text = text.to_owned();
    match window_alone(&text, frame) {
        Some((start, end)) => TypedTimeFault::Window { text, start, end, instant: None },
        None => {
            let mut meant = perhaps(&text.to_lowercase());
            let is_sound = |said: TypedTime| said.sense() == Sense::Sound && said.knows_zone();
            meant.retain(|typed| said(typed).is_some_and(is_sound));
            match meant.is_empty() {
                true => TypedTimeFault::Written(TimeFault::Unreadable(text)),
                false => TypedTimeFault::Bare { text, meant },
            }
        }
    }
}
