//! Times as people type them: `18:08`, `오후 6시 08분`, `10분 전`, `yesterday 22:57`, `~18:08`.
//!
//! A text is normalized (`words`), parsed (`said`, with `amount`, `day`, `clock` and `zone`), and resolved in its
//! context (`frame`, `place`); `stamps` has those of logs; `line` finds the time at the start of a line, and `behind` what may belong to it. Nothing is guessed: all candidates that
//! fit are kept, and if there is not exactly one, the time is refused and they are listed. `m` is minutes, never
//! months. Words of every language are understood, whatever language a record is in; they are in its `Reading`.

mod amount;
mod behind;
mod clock;
mod day;
mod frame;
mod line;
mod parse;
mod read;
mod resolve;
mod stamps;
#[cfg(test)]
mod tests;
mod words;
mod zone;

pub use day::{asks_for_clock, names_a_day, the_day_of};
pub use frame::{Aim, CountedFrom, Frame, Span, Typed};
pub use line::{Lead, split_time};
pub use read::{Unquoted, is_time, read_typed, unquoted_time};
pub use words::is_unknown_time;
pub use zone::zone_of_letters;
