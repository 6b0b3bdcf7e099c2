//! The sources of a record's entries, for a terminal.

use crate::lang::terminal as words;
use crate::view::RecordView;

use super::escape::terminal;
use super::terminal::{bare_table, fitted, head, heading, keep_words, lines_of};

/// Returns the documents that a record was imported from, and the place of each entry in them.
pub fn sources_text(view: &RecordView, width: u16) -> String {
    let mut out = head(view, width);
    for document in &view.imported {
        let told = words().read_from(&document.from, document.on.as_deref());
        out.push_str(&format!("{}\n", fitted(&terminal(&told), width)));
    }
    let source =
        |source: &Option<String>| source.clone().unwrap_or_else(|| words().typed_here().to_owned());
    let plan = view
        .plan
        .iter()
        .map(|step| [String::new(), step.dated.clone(), step.text.clone(), source(&step.source)]);
    let events = view.events.iter().map(|event| {
        let when = event.time.short.clone();
        [event.number.to_string(), when, event.headline.clone(), source(&event.source)]
    });
    let actions = view.actions.iter().map(|action| {
        let due = action.due.clone().unwrap_or_default();
        [String::new(), due, action.text.clone(), source(&action.source)]
    });
    let heads = words().import_heads();
    out.push_str(&entries(heads.plan, plan.collect(), width));
    out.push_str(&entries(view.labels.timeline, events.collect(), width));
    out + &entries(heads.actions, actions.collect(), width)
}

fn entries(name: &str, rows: Vec<[String; 4]>, width: u16) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let mut table = bare_table(width);
    for row in rows {
        table.add_row(row.map(|cell| terminal(&cell).into_owned()));
    }
    keep_words(&mut table, 1);
    keep_words(&mut table, 3);
    heading(name) + &lines_of(&table)
}
