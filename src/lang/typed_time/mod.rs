//! Times as people type them: `18:08`, `오후 6시 08분`, `10분 전`, `yesterday 22:57`, `~18:08`.
//!
//! A text is made plain (`words`), what it says is read (`said`, by `amount`, `day`, `clock` and
//! `zone`), and that is given its place in a frame (`frame`, `place`); `line` finds the time that a line
//! begins with. Nothing is guessed: of all moments that it could be, those that fit are kept, and where
//! that is not one it is refused, and they are told. `m` is minutes, never months. Words of every
//! language are understood, whatever language a record is in; which words they are its reading set says.

mod amount;
mod clock;
mod day;
mod frame;
mod line;
mod place;
mod read;
mod said;
#[cfg(test)]
mod tests;
mod words;
mod zone;

pub use day::{asks_for_clock, names_a_day, the_day_of};
pub use frame::{Aim, CountedFrom, Frame, Span, Typed};
pub use line::{Lead, split_time};
pub use read::{is_unknown_time, read_typed};
pub use zone::zone_of_letters;
