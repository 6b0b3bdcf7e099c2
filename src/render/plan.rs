//! Plans for a terminal: one made from an old record, and the progress of a plan.

use crate::view::{ForecastView, LessonsView, ProgressView, ProposalView};

use super::escape::terminal;
use super::terminal::{bullets, fitted, heading, lines_of, manageable, ruled_table};

/// Returns a proposed plan for review, with what the old record knows about each step.
pub fn proposal_text(view: &ProposalView, width: u16) -> String {
    let labels = &view.labels;
    let mut table = ruled_table(width);
    table.set_header([labels.planned, labels.step, labels.basis]);
    for step in &view.steps {
        let owner = step.owner.as_ref().map(|owner| format!(" ({owner})")).unwrap_or_default();
        let text = format!("{}{owner}", step.text);
        let notes: Vec<String> =
            step.notes.iter().map(|note| terminal(note).into_owned()).collect();
        table.add_row([step.dated.clone(), manageable(&terminal(&text), false), notes.join("\n")]);
    }
    let known = if view.anchor_recorded { "" } else { labels.anchor_unknown };
    let from = view.from_all.join(", ");
    let head = format!("{from} · {}: {}{known}", labels.anchor, view.anchor);
    let mut out = format!("{}\n{}", fitted(&terminal(&head), width), lines_of(&table));
    let left_out = view.left_out.iter().map(|step| match &step.skipped_why {
        Some(why) => format!("{}: {why}", step.text),
        None => step.text.clone(),
    });
    out.push_str(&list(labels.left_out, &left_out.collect::<Vec<_>>(), width));
    let unplanned = view.unplanned.iter().map(|event| format!("{} {}", event.dated, event.text));
    let recurring = view.recurring.iter().map(|what| format!("{} ({})", what.text, what.told));
    let unplanned: Vec<String> = match view.from_all.len() {
        0 | 1 => unplanned.collect(),
        _ => recurring.collect(),
    };
    out.push_str(&list(labels.happened_unplanned, &unplanned, width));
    let actions = view.actions.iter().map(|action| {
        let of = |label: &str, value: &Option<String>| {
            value.as_ref().map(|value| format!(" · {label}: {value}")).unwrap_or_default()
        };
        format!("{}{}{}", action.text, of(labels.owner, &action.owner), of(labels.due, &action.due))
    });
    out.push_str(&list(labels.open_actions, &actions.collect::<Vec<_>>(), width));
    out + &lessons(view, &view.lessons, width)
}

fn lessons(view: &ProposalView, lessons: &LessonsView, width: u16) -> String {
    let labels = &view.labels;
    [
        (labels.went_well, &lessons.well),
        (labels.went_badly, &lessons.badly),
        (labels.got_lucky, &lessons.lucky),
        (labels.surprised_us, &lessons.surprised),
        (labels.we_learned, &lessons.learned),
    ]
    .into_iter()
    .map(|(name, items)| list(name, items, width))
    .collect()
}

fn list(name: &str, items: &[String], width: u16) -> String {
    if items.is_empty() {
        return String::new();
    }
    heading(name) + &bullets(items, width)
}

/// Returns what is due and overdue, in one line.
pub fn progress_line(view: &ProgressView) -> String {
    format!("{}\n", terminal(&view.line))
}

/// Returns the forecast of the rest of a plan: a table of the remaining steps, and remarks.
pub fn forecast_text(view: &ForecastView, width: u16) -> String {
    let mut out = String::new();
    if !view.steps.is_empty() {
        let mut table = ruled_table(width);
        table.set_header(view.heads);
        for step in &view.steps {
            table.add_row(step.cells.iter().map(|cell| manageable(&terminal(cell), false)));
        }
        out = format!("{}{}\n", lines_of(&table), view.legend);
    }
    for line in &view.lines {
        out.push_str(&fitted(&terminal(line), width));
        out.push('\n');
    }
    out
}
