//! Releases beside each other on a terminal.

use crate::view::{CellView, ComparisonView, DurationView, Labels, ReleaseView, RowEvent};

use super::escape::{terminal, terminal_lines};
use super::terminal::{deviation_lines, fitted, lines_of, manageable, ruled_table};

/// How many events of one kind a cell shows; `--format json` has all of them.
const SHOWN: usize = 8;

/// Returns a table with one column per release: its steps, unplanned events, rejections and durations.
pub fn comparison_text(view: &ComparisonView, width: u16) -> String {
    let labels = &view.labels;
    let mut table = ruled_table(width);
    let names = view.records.iter().map(|record| terminal(&record.name).into_owned());
    let over = view.over.map(str::to_owned);
    table.set_header(std::iter::once(labels.step.to_owned()).chain(names).chain(over));
    for line in &view.steps {
        let cells = line.cells.iter().map(|cell| step_cell(labels, cell.as_ref()));
        let text = manageable(&terminal(&line.text), false);
        let past = line.past.as_ref().map_or("—", |past| &past.text);
        let past = view.over.map(|_| manageable(&terminal(past), false));
        table.add_row(std::iter::once(text).chain(cells).chain(past));
    }
    let mut row = |name: &str, cell: &dyn Fn(&ReleaseView) -> String| {
        let cells = view.records.iter().map(cell);
        table.add_row(std::iter::once(name.to_owned()).chain(cells));
    };
    row(labels.unplanned, &|record| events(labels, &record.unplanned));
    row(labels.rejections, &|record| events(labels, &record.rejections));
    for measure in &view.measures {
        let cells = measure.values.iter().map(|value| duration(value.as_ref()));
        table.add_row(std::iter::once(measure.name.clone()).chain(cells));
    }
    let mut out = lines_of(&table);
    if view.matched_by_words {
        out.push_str(&format!("{}\n", fitted(&format!("≈ {}", labels.by_words), width)));
    }
    let rejections = format!("{}: {}", labels.rejections, view.rejection_formula);
    out + &fitted(&rejections, width) + "\n"
}

fn step_cell(labels: &Labels, cell: Option<&CellView>) -> String {
    let Some(cell) = cell else { return format!("({})", labels.not_in_plan) };
    let row = &cell.row;
    let mut lines = Vec::new();
    let sign = if cell.matched == "words" { "≈ " } else { "" };
    match &cell.text {
        Some(text) => lines.push(format!("{sign}{}", manageable(&terminal(text), false))),
        None if !sign.is_empty() => lines.push("≈".to_owned()),
        None => {}
    }
    let planned = row.step.as_ref().map(|step| step.dated.as_str());
    let actual = row.events.first().map_or_else(|| "—".to_owned(), |event| event.dated.clone());
    lines.push(format!("{} → {actual}", planned.unwrap_or_default()));
    lines.push(terminal_lines(&deviation_lines(labels, row)));
    let why = row.step.as_ref().and_then(|step| step.skipped_why.as_ref());
    lines.extend(why.map(|why| format!("({})", terminal(why))));
    lines.join("\n")
}

fn events(labels: &Labels, events: &[RowEvent]) -> String {
    if events.is_empty() {
        return labels.nothing.to_owned();
    }
    let line =
        |event: &RowEvent| format!("{} {}", event.dated, manageable(&terminal(&event.text), false));
    let mut lines: Vec<String> = events.iter().take(SHOWN).map(line).collect();
    if events.len() > SHOWN {
        lines.push(format!("… +{}", events.len() - SHOWN));
    }
    lines.join("\n")
}

fn duration(duration: Option<&DurationView>) -> String {
    duration.map_or_else(
        || "—".to_owned(),
        |told| format!("{}\n{}", told.value, manageable(&terminal(&told.formula), false)),
    )
}
