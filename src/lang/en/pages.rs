//! What editing, checking and rendering say.

use crate::lang::terminal::PageWords;

use super::English;

impl PageWords for English {}
