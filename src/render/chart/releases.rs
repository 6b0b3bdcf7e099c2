//! Several releases as text: each step is a heading with one line per release under it, all along one time axis.

use unicode_width::UnicodeWidthStr;

use crate::view::{AxisPoint, CellView, ReleaseMark, ReleasesView};

use super::super::escape::terminal;
use super::super::terminal::{BOLD, DIM, fitted, fitted_parts};
use super::wrapped;

/// The number of steps after which the axis is repeated.
pub(super) const AGAIN: usize = 10;
/// The widest release name, in cells.
const NAME: usize = 14;

/// Returns the picture for a terminal of `width` columns.
pub fn releases_text(view: &ReleasesView, width: u16) -> String {
    let labels = &view.comparison.labels;
    let title = format!("{} · {}", labels.plan_and_actual, view.title);
    let mut out = format!("{BOLD}{}{BOLD:#}\n", fitted(&terminal(&title), width));
    if view.marks.iter().flatten().flatten().all(|mark| mark.planned.or(mark.actual).is_none()) {
        return out + labels.nothing_to_draw + "\n";
    }
    let strip = Strip::of(view, usize::from(width));
    for (number, (line, marks)) in view.comparison.steps.iter().zip(&view.marks).enumerate() {
        if number % AGAIN == 0 {
            out += &strip.head(view);
        }
        let past = line.past.as_ref().map(|past| format!(" · {}", past.text)).unwrap_or_default();
        let text = format!("{}{past}", line.text);
        out += &format!("{BOLD}{}{BOLD:#}\n", fitted(&terminal(&text), width));
        let releases = view.comparison.records.iter().zip(&line.cells).zip(marks);
        for ((record, cell), mark) in releases {
            let drawn = strip.drawn(cell.as_ref().zip(mark.as_ref()));
            let said = match cell.as_ref().zip(mark.as_ref()) {
                None => format!("({})", labels.not_in_plan),
                Some((cell, mark)) => cell_text(cell, mark),
            };
            let said = wrapped(&said, strip.right, 1).concat();
            let name = wrapped(&record.name, strip.name, 1).concat();
            let line = format!("  {} {drawn} {said}", padded(&name, strip.name));
            out += &format!("{}\n", line.trim_end());
        }
    }
    out + &legend(view, width)
}

/// Returns the times of a step and its deviation.
fn cell_text(cell: &CellView, mark: &ReleaseMark) -> String {
    let sign = if cell.matched == "words" { "≈ " } else { "" };
    format!("{sign}{}  {}", mark.times, cell.row.label)
}

/// The horizontal layout, in cells.
struct Strip {
    name: usize,
    cells: usize,
    right: usize,
    /// Cells per minute.
    scale: f64,
    /// What is drawn behind every mark: cuts and day borders.
    ground: Vec<char>,
}

impl Strip {
    fn of(view: &ReleasesView, width: usize) -> Strip {
        let names = view.comparison.records.iter().map(|record| terminal(&record.name).width());
        let name = names.max().unwrap_or(0).min(NAME);
        let left = width.saturating_sub(name + 4).max(24);
        // Times and deviation get 40 cells if there is room.
        let cells = left.saturating_sub(40).clamp(12, 72);
        let room = cells.saturating_sub(1 + view.end.cuts) as f64;
        let scale = room / view.end.minutes.max(1) as f64;
        let mut strip =
            Strip { name, cells, right: left - cells, scale, ground: vec!['·'; cells] };
        for cut in 0..view.end.cuts {
            let first = view.parts[cut + 1];
            let at = strip.column(first) - 1;
            strip.ground[at] = '⋮';
        }
        for day in view.days.iter().filter(|day| day.place > AxisPoint::default()) {
            let at = strip.column(day.place) - usize::from(day.in_cut);
            strip.ground[at] = '┆';
        }
        strip
    }

    fn column(&self, place: AxisPoint) -> usize {
        let minutes = (place.minutes as f64 * self.scale).round() as usize;
        (place.cuts + minutes).min(self.cells - 1)
    }

    /// Returns two lines: the days, and as many hours as fit.
    fn head(&self, view: &ReleasesView) -> String {
        let days = view.days.iter().map(|day| (day.place, day.label.as_str()));
        let hours = view.hours.iter().map(|(place, label)| (*place, label.as_str()));
        let (days, hours) = (self.labelled(days), self.labelled(hours));
        let indent = " ".repeat(self.name + 3);
        [days, hours]
            .iter()
            .filter(|line| !line.trim().is_empty())
            .map(|line| format!("{DIM}{indent}{}{DIM:#}\n", line.trim_end()))
            .collect()
    }

    fn labelled<'l>(&self, labels: impl Iterator<Item = (AxisPoint, &'l str)>) -> String {
        let mut line = String::new();
        for (place, label) in labels {
            let at = self.column(place);
            let is_free = line.is_empty() || line.width() < at;
            if is_free && at + label.width() <= self.cells + self.right {
                line = padded(&line, at) + label;
            }
        }
        line
    }

    /// Returns the marks of one release on the axis, with its cuts and day borders.
    fn drawn(&self, there: Option<(&CellView, &ReleaseMark)>) -> String {
        let mut cells = self.ground.clone();
        let Some((cell, mark)) = there else { return cells.into_iter().collect() };
        let (planned, actual) =
            (mark.planned.map(|at| self.column(at)), mark.actual.map(|at| self.column(at)));
        if let Some((from, to)) = planned.zip(actual) {
            let between = &mut cells[from.min(to)..=from.max(to)];
            between.iter_mut().filter(|sign| **sign == '·').for_each(|sign| *sign = '─');
        }
        if let Some(at) = planned {
            cells[at] = match cell.row.verdict {
                "not recorded" => '□',
                "skipped" => '×',
                _ => '■',
            };
        }
        if let Some(at) = actual {
            cells[at] = if planned == Some(at) { '◆' } else { '●' };
        }
        cells.into_iter().collect()
    }
}

fn padded(text: &str, cells: usize) -> String {
    format!("{text}{}", " ".repeat(cells.saturating_sub(text.width())))
}

fn legend(view: &ReleasesView, width: u16) -> String {
    let labels = &view.comparison.labels;
    let cells = || view.comparison.steps.iter().flat_map(|line| line.cells.iter().flatten());
    let has = |verdict: &str| cells().any(|cell| cell.row.verdict == verdict);
    let signs = [
        ('■', labels.planned, true),
        ('●', labels.actual, true),
        ('◆', labels.plan_and_actual, true),
        ('□', labels.not_recorded, has("not recorded")),
        ('×', labels.skipped, has("skipped")),
        ('┆', view.day_border, view.days.len() > 1),
        ('≈', labels.by_words, view.comparison.matched_by_words),
    ];
    let signs: Vec<String> = signs
        .into_iter()
        .filter(|(.., is_used)| *is_used)
        .map(|(sign, word, _)| format!("{sign} {word}"))
        .collect();
    format!("\n{}\n{}\n", fitted_parts(&signs, "  ", width), fitted(view.note, width))
}
