//! Rules for records. So far: what must not go out to the public.

mod leaks;

pub use leaks::{Leak, LeakKind, leaks};
