//! Reads typed times.

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
