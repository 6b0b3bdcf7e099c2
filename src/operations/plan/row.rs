//! A pasted step: its text, and its other properties.

use crate::fault::{Fault, Field, UnreadWhy};
use crate::lang::{CountedFrom, Frame, Lead};
use crate::model::{Length, PlanStep};

use super::super::texts::{accepted, optional};
use super::needs::length;

/// A step as written.
#[derive(Debug)]
pub(super) struct Row<'l> {
    pub(super) lead: Lead<'l>,
    pub(super) said: Properties<'l>,
}

/// The other properties of a step in a line or a row, as written.
#[derive(Debug, Default, Clone)]
pub(super) struct Properties<'l> {
    pub(super) id: Option<&'l str>,
    pub(super) owner: Option<&'l str>,
    /// The steps that it waits for, separated by commas.
    pub(super) after: Option<&'l str>,
    pub(super) takes: Option<&'l str>,
    /// Whether lengths without a unit are minutes, according to the column's heading.
    pub(super) in_minutes: bool,
    pub(super) due: Option<&'l str>,
    pub(super) decision: bool,
    pub(super) rollback: bool,
    pub(super) if_failed: Option<&'l str>,
    pub(super) command: Option<&'l str>,
    /// `hour`, if its time is known to the hour only.
    pub(super) precision: Option<&'l str>,
    /// The number of the row, which other rows refer to.
    pub(super) number: Option<&'l str>,
}

/// A parsed step.
#[derive(Debug)]
pub(super) struct Planned {
    pub(super) step: PlanStep,
    /// What its times were counted from, for relative ones.
    pub(super) counted: Vec<CountedFrom>,
    /// What it waits for, as written, each with its gap.
    pub(super) after: Vec<(String, Length)>,
    /// The number of its row, which other rows refer to.
    pub(super) number: Option<String>,
    /// Whether the plan has it already.
    pub(super) is_there: bool,
    /// The number of its line, from 1, and the line.
    pub(super) line: (usize, String),
}

impl Planned {
    /// Returns a step without other properties.
    pub(super) fn of(step: PlanStep, counted: Vec<CountedFrom>) -> Planned {
        let (after, line) = (Vec::new(), (0, String::new()));
        Planned { step, counted, after, number: None, is_there: false, line }
    }
}

impl<'l> Properties<'l> {
    /// Splits the properties in brackets off the end of a text: `앱 배포 [id: deploy] [after: build +16m]`.
    pub(super) fn after(text: &'l str) -> (&'l str, Properties<'l>) {
        let (mut text, mut said) = (text, Properties::default());
        while let Some((words, inside)) = bracketed(text)
            && !words.trim().is_empty()
            && said.take(inside)
        {
            text = words.trim_end();
        }
        (text, said)
    }

    /// Stores `key: value`; returns `false` if it is something else, or the key is set already.
    fn take(&mut self, inside: &'l str) -> bool {
        if inside == "decision" {
            return !std::mem::replace(&mut self.decision, true);
        }
        if inside == "rollback" {
            return !std::mem::replace(&mut self.rollback, true);
        }
        let Some((key, value)) = inside.split_once(": ") else { return false };
        let place = match key {
            "id" if value.contains(char::is_whitespace) => return false,
            "id" => &mut self.id,
            "owner" => &mut self.owner,
            "after" => &mut self.after,
            "takes" => &mut self.takes,
            "due" => &mut self.due,
            "if failed" => &mut self.if_failed,
            "command" => &mut self.command,
            "precision" if value == "hour" => &mut self.precision,
            _ => return false,
        };
        let fits = place.is_none() && !value.trim().is_empty();
        if fits {
            *place = Some(value.trim());
        }
        fits
    }

    /// Adds the properties to a step, except for its dependencies and its deadline.
    pub(super) fn put_into(&self, step: PlanStep) -> Result<PlanStep, Fault> {
        Ok(PlanStep {
            id: self.id.map(str::to_owned),
            owner: optional(Field::Owner, self.owner)?,
            decision: self.decision,
            rollback: self.rollback,
            if_failed: optional(Field::IfFailed, self.if_failed)?,
            command: self.command.map(|text| accepted(Field::Command, text)).transpose()?,
            ..step
        })
    }

    /// Returns the length of the step.
    pub(super) fn length(&self, frame: &Frame) -> Result<Option<Length>, UnreadWhy> {
        let Some(typed) = self.takes else { return Ok(None) };
        let bare = typed.bytes().all(|b| b.is_ascii_digit());
        let typed = if bare && self.in_minutes { format!("{typed}m") } else { typed.to_owned() };
        match length(&typed, Field::Takes, frame) {
            Ok(length) => Ok(Some(length)),
            Err(_) => Err(UnreadWhy::Length { words: typed }),
        }
    }

    /// Returns the step's dependencies, each with its gap.
    pub(super) fn waits(&self, frame: &Frame) -> Result<Vec<(String, Length)>, UnreadWhy> {
        let one = |typed: &str| match typed.rsplit_once(" +") {
            None => Ok((typed.to_owned(), Length::default())),
            Some((step, gap)) => match length(gap, Field::After, frame) {
                Ok(length) => Ok((step.trim().to_owned(), length)),
                Err(_) => Err(UnreadWhy::Length { words: gap.trim().to_owned() }),
            },
        };
        let all = self.after.unwrap_or("").split([',', ';']).map(str::trim);
        all.filter(|typed| !typed.is_empty()).map(one).collect()
    }
}

/// Splits a text before the brackets at its end, which may contain further ones.
fn bracketed(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_suffix(']')?;
    let mut open = 1_usize;
    for (place, sign) in inside.char_indices().rev() {
        match sign {
            ']' => open += 1,
            '[' => open -= 1,
            _ => {}
        }
        if open == 0 {
            return Some((inside[..place].strip_suffix(' ')?, &inside[place + 1..]));
        }
    }
    None
}
