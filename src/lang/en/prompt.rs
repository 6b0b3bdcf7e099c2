//! What the live prompt says.

use crate::lang::terminal::PromptWords;

use super::English;

impl PromptWords for English {}
