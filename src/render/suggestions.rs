//! Suggested links between events and steps, for a terminal.

use crate::view::{SuggestionView, SuggestionsView};

use super::escape::terminal;
use super::terminal::{lines_of, manageable, ruled_table};

/// Returns one row per suggestion: its number, the event, the step, the reasons.
pub fn suggestions_text(view: &SuggestionsView, width: u16) -> String {
    let labels = &view.labels;
    if view.suggestions.is_empty() {
        // What is only possible is told beside it.
        return match view.perhaps.is_empty() {
            true => format!("{}\n", labels.nothing_to_link),
            false => String::new(),
        };
    }
    let mut table = ruled_table(width);
    table.set_header(["", labels.actual, labels.planned, labels.reason]);
    for one in &view.suggestions {
        table.add_row(cells(one));
    }
    lines_of(&table)
}

fn cells(one: &SuggestionView) -> [String; 4] {
    let id = one.step.id.as_ref().map(|id| format!(" [{}]", terminal(id))).unwrap_or_default();
    [
        one.number.to_string(),
        format!("{} {}", one.event.dated, manageable(&terminal(&one.event.text), false)),
        format!("{} {}{id}", one.step.dated, manageable(&terminal(&one.step.text), false)),
        terminal(&one.reasons.join("; ")).into_owned(),
    ]
}
