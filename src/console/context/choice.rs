//! Lets a person choose one of a few things.

use crate::fault::StoreFault;
use crate::lang::terminal;
use crate::render::escape::terminal_lines;
use crate::store::{Project, RecordName};

use super::super::errors::Failure;
use super::Context;

/// The most things that a person is asked to choose from: each has a digit.
const MOST_CHOICES: usize = 9;

impl Context {
    /// Whether a person can be asked which of so many things is meant.
    pub fn may_choose(&self, count: usize) -> bool {
        (2..=MOST_CHOICES).contains(&count) && self.is_interactive()
    }

    /// Whether a person is asked if a command names no record, as several are open and none was chosen.
    pub fn asks_for_record(&self, project: &Project) -> bool {
        let open = match project.current() {
            Err(StoreFault::NoCurrent { open, .. }) => open.len(),
            _ => 0,
        };
        self.may_choose(open)
    }

    /// Asks which of several things is meant, by its number, and after a wrong answer again; `None` if nobody answers.
    /// The question is what they are, `which` its last line. `named` reads another answer than a number, or returns why
    /// it is none.
    pub fn choose<T: Clone>(
        &self,
        (listed, which): (&str, &str),
        choices: &[T],
        named: impl Fn(&str) -> Result<T, String>,
    ) -> Option<T> {
        let mut question = format!("{listed}{which}");
        loop {
            let answer = self.streams.ask_digit(&terminal_lines(&question))?;
            let number = answer.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            let chosen = match number.and_then(|number| choices.get(number)) {
                Some(one) => Ok(one.clone()),
                None => named(&answer),
            };
            match chosen {
                Ok(one) => return Some(one),
                Err(why) => question = format!("{why}\n{which}"),
            }
        }
    }

    /// Asks which of the open records is meant; `None` if nobody answers.
    pub(super) fn choose_record(&self, project: &Project, open: &[String]) -> Option<RecordName> {
        let open: Vec<RecordName> = open.iter().filter_map(|id| project.exact(id)).collect();
        let reader = project.reader();
        let title = |record: &RecordName| {
            let read = reader.outline(record).ok().flatten();
            (record.id.clone(), read.map(|incident| incident.title).unwrap_or_default())
        };
        let titles: Vec<(String, String)> = open.iter().map(title).collect();
        let named = |typed: &str| match project.select(typed) {
            Err(StoreFault::Unknown { .. }) => Err(terminal().no_choice(typed, open.len(), true)),
            selected => selected.map_err(|fault| Failure::from(fault).in_one_line()),
        };
        let words = terminal();
        self.choose((&words.open_records(&titles), words.which_record()), &open, named)
    }
}
