//! What the public may see: a record without what is for the team alone, and what in it looks as if it
//! should not go out.

mod addresses;
mod files;
mod leaks;
mod names;
mod people;
mod public;
mod runs;

pub use files::{Content, leaks_in, read_file, shown_text};
pub use leaks::{Leak, leaks};
pub use names::{Named, NamedWhy, Sort};
pub use public::{NamedText, PublicIncident, Shown};
