//! What commands answer, and what they refuse before a request is made.

use crate::lang::terminal::AnswerWords;

use super::English;

impl AnswerWords for English {}
