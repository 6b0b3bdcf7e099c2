//! A time as it is typed, read.

use crate::fault::TypedTimeFault;
use crate::model::TimeFault;

use super::frame::{Frame, Typed};
use super::place::place;
use super::said::{said, said_turned};

/// Reads a typed time.
///
/// # Errors
/// What cannot be understood, does not exist, or is not one moment in its frame.
pub fn read_typed(text: &str, frame: &Frame) -> Result<Typed, TypedTimeFault> {
    let text = text.trim();
    match said(text).or_else(|| said_turned(text)) {
        Some(said) => place(&said, text, frame),
        None => Err(TypedTimeFault::Written(TimeFault::Unreadable(text.to_owned()))),
    }
}
