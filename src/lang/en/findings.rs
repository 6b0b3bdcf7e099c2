//! What checks find in records.

use crate::lang::terminal::FindingWords;

use super::English;

impl FindingWords for English {}
