//! Releases beside each other on a terminal.

use crate::view::{
    CellView, ComparisonView, DurationView, Labels, LineView, MeasureView, ReleaseView, RowEvent,
};

use super::escape::{terminal, terminal_lines};
use super::terminal::{
    BOLD, bare_table, broken, deviation_lines, fitted, keep_all_words, keep_words, lines_of,
    manageable, noted, ruled_table,
};

/// How many events of one kind a cell shows; `--format json` has all of them.
const SHOWN: usize = 8;

/// Returns a table with one column per release: its steps, unplanned events, rejections and durations. If there is no room
/// for whole words, the releases are below each other.
pub fn comparison_text(view: &ComparisonView, width: u16) -> String {
    let labels = &view.labels;
    let names = view.records.iter().map(|record| terminal(&record.name).into_owned());
    let heads = std::iter::once(labels.step.to_owned()).chain(names);
    let heads: Vec<String> = heads.chain(view.over.map(str::to_owned)).collect();
    let rows = rows(view);
    let mut table = ruled_table(width);
    table.set_header(&heads);
    table.add_rows(&rows);
    let fits = keep_all_words(&mut table);
    let mut out = if fits { lines_of(&table) } else { stacked(&heads, &rows, width) };
    if view.matched_by_words {
        out.push_str(&format!("{}\n", fitted(&format!("≈ {}", labels.by_words), width)));
    }
    for note in &view.notes {
        let wrapped = |note: &str, width| broken(&fitted(&terminal(note), width), width) + "\n";
        out.push_str(&noted(note, width, wrapped));
    }
    let rejections = format!("{}: {}", labels.rejections, view.rejection_formula);
    out + &fitted(&rejections, width) + "\n"
}

/// Returns the first cell of each row, and one for each of the releases; for steps, also how they went over these.
fn rows(view: &ComparisonView) -> Vec<Vec<String>> {
    let labels = &view.labels;
    let step = |line: &LineView| {
        let cells = line.cells.iter().map(|cell| step_cell(labels, cell.as_ref()));
        let past = line.past.as_ref().map_or("—", |past| &past.text);
        let past = view.over.map(|_| manageable(&terminal(past), false));
        let text = manageable(&terminal(&line.text), false);
        std::iter::once(text).chain(cells).chain(past).collect()
    };
    let of_each = |name: &str, cell: &dyn Fn(&ReleaseView) -> String| {
        std::iter::once(name.to_owned()).chain(view.records.iter().map(cell)).collect()
    };
    let measure = |measure: &MeasureView| {
        let cells = measure.values.iter().map(|value| duration(value.as_ref()));
        std::iter::once(measure.name.clone()).chain(cells).collect()
    };
    let mut rows: Vec<Vec<String>> = view.steps.iter().map(step).collect();
    rows.push(of_each(labels.unplanned, &|record| events(labels, &record.unplanned)));
    rows.push(of_each(labels.rejections, &|record| events(labels, &record.rejections)));
    rows.extend(view.measures.iter().map(measure));
    rows
}

/// Returns each row as a heading with the releases below each other.
fn stacked(heads: &[String], rows: &[Vec<String>], width: u16) -> String {
    let mut out = String::new();
    for row in rows {
        let Some((text, cells)) = row.split_first() else { continue };
        out.push_str(&format!("{BOLD}{}{BOLD:#}\n", broken(&fitted(text, width), width)));
        let mut table = bare_table(width);
        let names = heads.iter().skip(1);
        table.add_rows(names.zip(cells).map(|(name, cell)| [name, cell]));
        keep_words(&mut table, 0);
        out.push_str(&lines_of(&table));
    }
    out
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Incident, Moment, PlanStep};
    use crate::query::compare;
    use crate::timeline::Aliases;
    use crate::view::comparison_view;

    fn drawn(releases: usize, width: u16, steps: &[&str]) -> String {
        let at = Moment::parse("2024-09-07T17:00+09:00", None).unwrap();
        let plan: Vec<PlanStep> = steps.iter().map(|text| PlanStep::new(at, *text)).collect();
        let version = |number| Incident {
            version: Some(format!("{number}.0")),
            plan: plan.clone(),
            ..Incident::default()
        };
        let releases: Vec<Incident> = (0..releases).map(version).collect();
        let records: Vec<_> = releases.iter().map(|release| ("x", release)).collect();
        let compared = compare(&records, &Aliases::default(), 300);
        comparison_text(&comparison_view(&compared, (300, at), None, &Aliases::default()), width)
    }

    #[test]
    fn no_word_is_broken_while_there_is_room() {
        let steps = ["Announcement", "Internationalization review", "인터내셔널라이제이션 점검"];
        for (releases, widths) in [(2, 60..90), (4, 60..120), (6, 40..130)] {
            for width in widths {
                let text = drawn(releases, width, &steps);
                let words = steps.iter().flat_map(|step| step.split(' '));
                let broken: Vec<_> = words.filter(|word| !text.contains(word)).collect();
                assert!(broken.is_empty(), "{releases} {width} {broken:?}\n{text}");
                assert!(text.contains("Unplanned") && text.contains("17:00"), "{text}");
            }
        }
        let name = |line: &str| line.trim_start().starts_with("3.0 ");
        assert!(!drawn(4, 120, &steps).lines().any(name));
        assert!(drawn(4, 60, &steps).lines().any(name), "below each other");
        // A word that is wider than any time does not force them to be.
        let link = ["https://example.com/releases/2024/09/07/announcement-of-the-day"];
        assert!(!drawn(2, 78, &link).lines().any(name));
    }
}
