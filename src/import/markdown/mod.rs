//! Retrospectives and run sheets in Markdown, in every notation that people use.

mod body;
mod candidates;
mod context;
mod lead;
mod letters;
mod lines;
mod reading;
mod sections;
mod tables;
#[cfg(test)]
mod tests;
mod times;
mod words;

use crate::fault::ImportFault;

use super::draft::{Answers, Draft, Input};
use super::text::text_of;
use candidates::candidates;
pub(super) use lead::{Lead, Said, SaidDay, SaidZone, lead, named};
use lines::Document;
use reading::Reading;
pub(super) use words::{Column, column_named, is_one};

/// Reads documents, a record each.
///
/// # Errors
/// They are no text.
pub(super) fn read(inputs: &[Input], answers: &Answers) -> Result<Draft, ImportFault> {
    let mut draft = Draft::default();
    for input in inputs {
        let text = text_of(input, answers)?;
        let document = Document::of(&text);
        take(Reading::of(&document, &input.name, answers), &mut draft);
    }
    Ok(draft)
}

fn take(mut reading: Reading, draft: &mut Draft) {
    let found = candidates(reading.document, &reading.tables);
    let whens = reading.whens(&found);
    reading.entries(&found, &whens);
    reading.untaken_rows();
    sections::take(&mut reading);
    reading.head(&whens);
    reading.rest();
    draft.records.push(reading.record);
    reading.doubts.sort_by_key(|doubt| (doubt.line, doubt.column));
    draft.doubts.extend(reading.doubts);
    reading.left_out.sort_by_key(|left| left.line);
    draft.left_out.extend(reading.left_out);
}
