//! Retrospectives and run sheets in Markdown, in every common notation.

mod actions;
mod blocks;
mod body;
mod candidates;
mod context;
mod done;
mod fields;
mod incidents;
mod lead;
mod letters;
mod lexicon;
mod lines;
mod marks;
mod notes;
mod reading;
mod sections;
mod shown;
mod tables;
#[cfg(test)]
mod tests;
mod times;
mod words;

use crate::fault::{DoubtCode, ImportFault};

use super::draft::{Doubt, Draft, ImportOptions, Input};
use super::text::text_of;
use candidates::{Candidate, candidates};
pub(super) use context::zone_in;
use incidents::incidents;
pub(super) use lead::{Lead, StatedDay, StatedTime, StatedZone, lead, named};
use lines::Document;
use reading::Reading;
use shown::Shown;
use tables::Table;
pub(super) use times::offset_text;
pub(super) use words::{Column, column_named, is_one};

/// Reads documents, with a record for each.
///
/// # Errors
/// They are not text, or have no code block with the requested number.
pub(super) fn read(inputs: &[Input], answers: &ImportOptions) -> Result<Draft, ImportFault> {
    let mut draft = Draft::default();
    for input in inputs {
        let text = text_of(input, answers)?;
        let document = Document::of(&text, answers.fence);
        if let Some(wanted) = answers.fence.filter(|_| document.read_code.is_none()) {
            let (name, found) = (input.name.clone(), document.code.len());
            return Err(ImportFault::NoFence { name, wanted, found });
        }
        let before = draft.records.len();
        take(&document, &input.name, answers, &mut draft);
        let shown = Shown::of(&text);
        draft.records[before..].iter_mut().for_each(|record| shown.name_in(record));
    }
    Ok(draft)
}

/// Reads the records of a document: a single one, or one for each incident in it.
fn take(document: &Document, name: &str, answers: &ImportOptions, draft: &mut Draft) {
    let blocks = document.code.iter().filter_map(|block| document.timed_code(block.lines.start));
    draft.timed_code.extend(blocks);
    let tables = Table::all(document);
    let found = candidates(document, &tables);
    let told = incidents(document, &found, answers.split);
    if told.len() < 2 {
        return take_one(Reading::of(document, name, answers), &found, draft);
    }
    let place = |at: usize| told.iter().position(|told| told.lines.contains(&at));
    let mut of_each: Vec<Vec<Candidate>> = told.iter().map(|_| Vec::new()).collect();
    for it in found {
        // Content outside of all incidents belongs to the first one.
        of_each[place(it.at).unwrap_or(0)].push(it);
    }
    for (number, (incident, found)) in told.iter().zip(of_each).enumerate() {
        let mut reading = Reading::of(document, name, answers);
        for at in 0..document.lines.len() {
            reading.used[at] = place(at).unwrap_or(0) != number;
        }
        reading.title = Some(incident.title.clone());
        if number == 0 {
            let line = document.lines[incident.lines.start].number;
            let count = told.len().to_string();
            reading.doubts.push(Doubt::new(DoubtCode::SeveralIncidents, line, 1, &count, ""));
        }
        take_one(reading, &found, draft);
    }
}

fn take_one(mut reading: Reading, found: &[Candidate], draft: &mut Draft) {
    let whens = reading.whens(found);
    reading.entries(found, &whens);
    reading.untaken_rows();
    reading.unread_heads(found);
    fields::take(&mut reading);
    sections::take(&mut reading);
    reading.head(&whens);
    reading.rest();
    draft.records.push(reading.record);
    reading.doubts.sort_by_key(|doubt| (doubt.line, doubt.column));
    draft.doubts.extend(reading.doubts);
    reading.left_out.sort_by_key(|left| left.line);
    draft.left_out.extend(reading.left_out);
}
