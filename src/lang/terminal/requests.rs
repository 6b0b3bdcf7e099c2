//! What is said of requests.

use std::path::Path;

use crate::fault::{Doubt, Fault};
use crate::model::{Moment, Zone};

use super::refusal::Refusal;

/// How parts of a request are named where they are typed: `--at` on the command line, `/at` at the
/// prompt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// Options.
    CommandLine,
    /// Forms of `asrun live`.
    Prompt,
}

/// Requests that were refused, and what is odd about them.
pub trait RequestWords {
    /// Returns why a request was refused. Paths are shown as they are typed in `folder`.
    fn fault(&self, fault: &Fault, door: Door, folder: &Path) -> Refusal;

    /// Returns what is odd about a moment, told in that zone.
    fn doubt(&self, doubt: &Doubt, zone: Zone) -> String;

    /// Asks which of some moments was meant, by its number.
    fn which_moment(&self, moments: &[Moment], zone: Zone) -> String;
}
