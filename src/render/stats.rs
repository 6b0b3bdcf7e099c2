//! Statistics over many records: for a terminal, as Markdown, as a picture.

use std::fmt::Write as _;

use comfy_table::{CellAlignment, Table};

use crate::view::{BarView, FigureRow, SlippedView, StatsView};

use super::chart::wrapped;
use super::escape::{self, markdown_text, terminal};
use super::terminal::{BOLD, bare_table, bullets, fitted, fitted_parts, heading, lines_of, noted};

/// The widest bar, in cells.
const BAR: usize = 24;
/// The most bars that are drawn; the latest or largest ones are kept.
const MOST_BARS: usize = 60;

/// Returns statistics, late steps and bars for a terminal of `width` columns.
pub fn stats_text(view: &StatsView, width: u16) -> String {
    let mut out = summary(view, width);
    if view.records == 0 {
        return out;
    }
    let figures =
        if view.by.is_some() { groups_table(view, width) } else { figures_table(view, width) };
    let _ = write!(out, "\n{}", lines_of(&figures));
    if !view.slipped.is_empty() {
        out += &(heading(view.labels.most_slipped) + &lines_of(&slipped_table(view, width)));
        out.extend(view.more_slipped.iter().map(|more| format!("{}\n", fitted(more, width))));
    }
    if view.by.is_none() && view.bars.len() > 1 {
        out += &(heading(view.labels.records) + &lines_of(&bars_table(view, width)));
    }
    if !view.notes.is_empty() {
        let bullet = |note: &str, width| bullets(&[note.to_owned()], width);
        let notes = view.notes.iter().map(|note| noted(note, width, bullet));
        let _ = write!(out, "\n{}", notes.collect::<String>());
    }
    out
}

/// Returns the number of records, events and days.
fn summary(view: &StatsView, width: u16) -> String {
    let mut parts: Vec<String> = Vec::new();
    match view.by {
        Some(_) => parts.push(format!("{} {}", view.labels.records, view.records)),
        None => parts.extend(counts(view).map(|row| format!("{} {}", row.name, &row.value))),
    }
    parts.extend(view.days.iter().map(|(first, last)| format!("{first} – {last}")));
    format!("{BOLD}{}{BOLD:#}\n", fitted_parts(&parts, " · ", width))
}

fn counts(view: &StatsView) -> impl Iterator<Item = &FigureRow> {
    view.rows.iter().filter(|row| is_count(row))
}

fn is_count(row: &FigureRow) -> bool {
    matches!(row.figure, "records" | "open" | "events")
}

/// Returns whether a figure is about plans although no record has one.
fn is_planless(row: &FigureRow, view: &StatsView) -> bool {
    let planned = |row: &FigureRow| row.figure == "kept" && row.count > 0;
    matches!(row.figure, "kept" | "deviation") && !view.rows.iter().any(planned)
}

fn head<'h>(table: &mut Table, names: impl IntoIterator<Item = &'h str>) {
    table.set_header(names.into_iter().map(str::to_uppercase));
}

fn figures_table(view: &StatsView, width: u16) -> Table {
    let mut table = bare_table(width);
    let labels = &view.labels;
    head(&mut table, [labels.figure, labels.median, labels.range, "n", labels.formula]);
    for row in view.rows.iter().filter(|row| !is_count(row) && !is_planless(row, view)) {
        let count = format!("{}/{}", row.count, row.of);
        let cells = [&row.name, &row.value, &row.range, &count, &row.formula];
        table.add_row(cells.map(|cell| terminal(cell).into_owned()));
    }
    table
}

/// Returns a table with one line per group and the most important figures.
fn groups_table(view: &StatsView, width: u16) -> Table {
    const FIGURES: [&str; 5] = ["ttd", "ttm", "ttr", "deviation", "kept"];
    let mut table = bare_table(width);
    let named = |figure: &str| view.rows.iter().find(|row| row.figure == figure);
    let name = |figure: &str| match figure {
        "ttd" | "ttm" | "ttr" => figure.to_uppercase(),
        _ => named(figure).map_or(String::new(), |row| row.name.to_uppercase()),
    };
    let by = view.by_label.unwrap_or_default().to_uppercase();
    let heads = [by, view.labels.records.to_uppercase()];
    table.set_header(heads.into_iter().chain(FIGURES.iter().map(|figure| name(figure))));
    let shown = last_bars(view);
    let most = shown.iter().map(|bar| bar.records).max().unwrap_or(0);
    for bar in shown {
        let cell = |figure: &str| {
            let row = view.rows.iter().find(|row| row.figure == figure && row.group == bar.group);
            row.map_or(String::new(), |row| match figure {
                _ if row.count == 0 => "—".to_owned(),
                "kept" => row.value.clone(),
                _ => format!("{} ({})", &row.value, row.count),
            })
        };
        let count = format!("{} {}", bar_text(bar.records, most, BAR / 3), bar.records);
        let cells = [terminal(&bar.group).into_owned(), count];
        table.add_row(cells.into_iter().chain(FIGURES.iter().map(|figure| cell(figure))));
    }
    table
}

fn shown_slipped(view: &StatsView) -> impl Iterator<Item = &SlippedView> {
    view.slipped.iter().take(view.shown_slipped)
}

fn slipped_table(view: &StatsView, width: u16) -> Table {
    let mut table = bare_table(width);
    let labels = &view.labels;
    head(&mut table, [labels.step, labels.median, labels.range, labels.times_late, "n"]);
    for step in shown_slipped(view) {
        let late = format!("{}/{}", step.late, step.planned);
        let cells = [&step.step, &step.median, &step.range, &late, &step.count.to_string()];
        table.add_row(cells.map(|cell| terminal(cell).into_owned()));
    }
    table
}

fn bars_table(view: &StatsView, width: u16) -> Table {
    let mut table = bare_table(width);
    let shown = last_bars(view);
    let most = shown.iter().map(|bar| bar.records).max().unwrap_or(0);
    for bar in shown {
        let cells = [
            terminal(&bar.group).into_owned(),
            bar.records.to_string(),
            bar_text(bar.records, most, BAR),
            bar.resolve.clone(),
        ];
        table.add_row(cells);
    }
    if let Some(count) = table.column_mut(1) {
        count.set_cell_alignment(CellAlignment::Right);
    }
    table
}

fn last_bars(view: &StatsView) -> &[BarView] {
    let periods = matches!(view.by, None | Some("month" | "quarter" | "year"));
    let bars = &view.bars;
    match bars.len().checked_sub(MOST_BARS) {
        Some(more) if periods => &bars[more..],
        Some(_) => &bars[..MOST_BARS],
        None => bars,
    }
}

/// Returns a bar of at most `cells` cells, in eighths of a cell; a value above zero is never drawn as nothing.
fn bar_text(value: usize, most: usize, cells: usize) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    if most == 0 || value == 0 {
        return String::new();
    }
    let eighths = (value * cells * 8 / most).max(1);
    format!("{}{}", "█".repeat(eighths / 8), EIGHTHS[eighths % 8])
}

/// Returns the statistics as Markdown.
pub fn stats_markdown(view: &StatsView) -> String {
    let labels = &view.labels;
    let row = |cells: &[&str]| {
        let cells: Vec<String> = cells.iter().map(|cell| markdown_text(cell)).collect();
        format!("| {} |\n", cells.join(" | "))
    };
    let table = |heads: &[&str]| format!("{}|{}\n", row(heads), " --- |".repeat(heads.len()));
    let mut out = table(&["", labels.figure, labels.median, labels.range, "n", labels.formula]);
    for figure in &view.rows {
        let share = || format!("{}/{}", figure.count, figure.of);
        let count = if is_count(figure) { String::new() } else { share() };
        out.push_str(&row(&[
            &figure.group,
            &figure.name,
            &figure.value,
            &figure.range,
            &count,
            &figure.formula,
        ]));
    }
    if !view.slipped.is_empty() {
        out.push_str(&format!("\n## {}\n\n", labels.most_slipped));
        out.push_str(&table(&[labels.step, labels.median, labels.range, labels.times_late, "n"]));
        for step in shown_slipped(view) {
            let late = format!("{}/{}", step.late, step.planned);
            out.push_str(&row(&[
                &step.step,
                &step.median,
                &step.range,
                &late,
                &step.count.to_string(),
            ]));
        }
    }
    for note in view.more_slipped.iter().chain(&view.notes) {
        out.push_str(&format!("\n{}\n", escape::note(note)));
    }
    out
}

const LINE: usize = 26;
const WIDTH: usize = 720;
const NAME: usize = 150;
const LONGEST: usize = 300;

/// Returns the bars as SVG: no scripts, no external resources, readable on light and dark backgrounds and on paper.
pub fn stats_svg(view: &StatsView) -> String {
    let bars = last_bars(view);
    let most = bars.iter().map(|bar| bar.records).max().unwrap_or(0).max(1);
    let height = 56 + bars.len() * LINE;
    let title = escape::html(&summary_plain(view));
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" height=\"{height}\" \
         role=\"img\" aria-label=\"{title}\">\n{STYLE}<rect class=\"ground\" width=\"{WIDTH}\" height=\"{height}\"/>\n\
         <text class=\"title\" x=\"16\" y=\"30\">{title}</text>\n"
    );
    for (place, bar) in bars.iter().enumerate() {
        let top = 48 + place * LINE;
        let long = bar.records * LONGEST / most;
        let (name, said) =
            (escape::html(&wrapped(&bar.group, 20, 1).concat()), escape::html(&bar.resolve));
        let _ = writeln!(
            out,
            "<text class=\"name\" x=\"{}\" y=\"{}\">{name}</text>\
             <rect class=\"bar\" x=\"{NAME}\" y=\"{top}\" width=\"{long}\" height=\"{}\" rx=\"2\"/>\
             <text x=\"{}\" y=\"{}\">{}<tspan class=\"quiet\" dx=\"10\">{said}</tspan></text>",
            NAME - 10,
            top + 14,
            LINE - 8,
            NAME + long + 8,
            top + 14,
            bar.records,
        );
    }
    out.push_str("</svg>\n");
    out
}

const STYLE: &str = "<style>text{font:13px system-ui,'Apple SD Gothic Neo','Noto Sans KR',sans-serif;fill:#1f2328}\
.ground{fill:#fff}.title{font-weight:600;font-size:15px}.name{text-anchor:end}.bar{fill:#0969da}.quiet{fill:#59636e}\
@media(prefers-color-scheme:dark){text{fill:#e6edf3}.ground{fill:#0d1117}.bar{fill:#4493f8}.quiet{fill:#9198a1}}\
@media print{text{fill:#000}.ground{fill:#fff}.bar{fill:#555}.quiet{fill:#333}}</style>\n";

fn summary_plain(view: &StatsView) -> String {
    let days = view.days.as_ref().map(|(first, last)| format!(" · {first} – {last}"));
    format!("{} {}{}", view.labels.records, view.records, days.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn something_is_never_drawn_as_nothing() {
        assert_eq!(bar_text(0, 100, 10), "");
        assert_eq!(bar_text(1, 10_000, 10), "▏");
        assert_eq!(bar_text(5, 10, 10), "█████");
        assert_eq!(bar_text(10, 10, 2), "██");
        assert_eq!(bar_text(0, 0, 2), "");
    }
}
