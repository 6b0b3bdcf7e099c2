//! Times as people type them: `18:08`, `오후 6시 08분`, `10분 전`, `yesterday 22:57`, `~18:08`.
//!
//! Nothing is guessed: what is not understood is refused, and where a day is not typed the rule
//! that found it is told ([`Frame`]). `m` is minutes, never months. Words of every language are
//! understood, whatever language a record is in; which words they are its reading set says.

mod amount;
mod clock;
mod day;
mod frame;
mod line;
mod read;
#[cfg(test)]
mod tests;

pub use day::{asks_for_clock, names_a_day};
pub use frame::{Direction, Frame, Typed};
pub use line::{goes_on, split_leading_window};
pub use read::read_typed;
