//! What the public may see: a record without what is for the team alone, and what in it looks as if it
//! should not go out.

mod leaks;
mod public;

pub use leaks::{Leak, leaks};
pub use public::{PublicIncident, Shown};
