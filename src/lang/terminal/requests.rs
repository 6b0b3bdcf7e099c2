//! Messages about requests.

use std::path::Path;

use crate::fault::{Doubt, Fault};
use crate::model::Zone;

use super::refusal::Refusal;

/// Where a request is typed, which determines the names of its parts: `--at` on the command line, `/at` at the prompt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// Options.
    CommandLine,
    /// Forms of `asrun live`.
    Prompt,
}

/// Messages about refused requests, and doubts about them.
pub trait RequestWords {
    /// Returns why a request was refused. Paths are relative to `folder`.
    fn fault(&self, fault: &Fault, door: Door, folder: &Path) -> Refusal;

    /// Returns what is odd about a moment, formatted in that zone; `undo` takes its entry back.
    fn doubt(&self, doubt: &Doubt, zone: Zone, undo: &str) -> String;

    /// Asks which of some moments was meant.
    fn which_moment(&self) -> &'static str;
}
