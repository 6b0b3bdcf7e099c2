//! The horizontal layout, and the lines of each label.

use unicode_width::UnicodeWidthStr;

use crate::view::{EventMark, StepMark};

use super::super::super::escape::terminal;
use super::super::wrapped;

/// The height of a line of text, in pixels.
pub(super) const LINE: f64 = 18.0;
/// The width of one cell of text, in pixels.
pub(super) const CELL: f64 = 7.1;
/// The width in pixels below which both lanes are on the left.
const NARROW: u32 = 560;

/// The horizontal positions of everything.
pub(super) struct Columns {
    /// Both lanes on the left, all labels on the right.
    pub(super) narrow: bool,
    /// Whether there is a plan at all.
    pub(super) planned: bool,
    pub(super) plan: f64,
    pub(super) actual: f64,
    pub(super) plan_label: f64,
    pub(super) actual_label: f64,
    pub(super) plan_cells: usize,
    pub(super) actual_cells: usize,
}

impl Columns {
    pub(super) fn of(width: u32, planned: bool) -> Columns {
        let wide = f64::from(width);
        if width < NARROW || !planned {
            let (plan, actual) = if planned { (16.0, 58.0) } else { (20.0, 20.0) };
            let label = actual + 20.0;
            let cells = cells(wide - label - 8.0);
            return Columns {
                narrow: true,
                planned,
                plan,
                actual,
                plan_label: label,
                actual_label: label,
                plan_cells: cells,
                actual_cells: cells,
            };
        }
        let plan = (wide * 0.38).round();
        let actual = plan + 96.0;
        Columns {
            narrow: false,
            planned,
            plan,
            actual,
            plan_label: plan - 14.0,
            actual_label: actual + 16.0,
            plan_cells: cells(plan - 14.0 - 10.0),
            actual_cells: cells(wide - actual - 16.0 - 12.0),
        }
    }
}

pub(super) fn cells(pixels: f64) -> usize {
    // The value is small and positive: a few hundred pixels.
    (pixels / CELL).floor().max(4.0) as usize
}

/// The lines of a label: the first begins with a time, and notes follow the text.
pub(super) struct Label {
    pub(super) when: String,
    pub(super) lines: Vec<String>,
    pub(super) notes: Vec<String>,
    pub(super) key: bool,
    pub(super) whole: String,
}

impl Label {
    pub(super) fn of(when: &str, text: &str, note: Option<&str>, key: bool, cells: usize) -> Label {
        // Bold letters are wider.
        let cells = if key { cells - cells / 11 } else { cells - when.width() / 9 };
        let mut lines = wrapped(&format!("{when} {text}"), cells, 3);
        let whole = format!("{when} {text}{}", note.map(|n| format!(" ({n})")).unwrap_or_default());
        let when = terminal(when).into_owned();
        let fits = lines.first().is_some_and(|line| line.starts_with(&when));
        let when = if fits { when } else { String::new() };
        if let Some(first) = lines.first_mut() {
            *first = first[when.len()..].trim_start().to_owned();
        }
        let notes = note.map(|note| wrapped(note, cells, 2)).unwrap_or_default();
        Label { when, lines, notes, key, whole }
    }

    pub(super) fn step(mark: &StepMark, columns: &Columns) -> Label {
        Label::of(&mark.when, &mark.text, mark.note.as_deref(), false, columns.plan_cells)
    }

    pub(super) fn event(mark: &EventMark, columns: &Columns) -> Label {
        Label::of(&mark.when, &mark.text, mark.note.as_deref(), mark.key, columns.actual_cells)
    }

    pub(super) fn height(&self) -> f64 {
        (self.lines.len() + self.notes.len()) as f64 * LINE
    }
}

/// One line of a slot, placed.
pub(super) struct Placed {
    pub(super) step: Option<Mark>,
    pub(super) event: Option<Mark>,
}

/// A mark and its label: the centre of the mark, and of the label's first line.
pub(super) struct Mark {
    pub(super) y: f64,
    pub(super) label_y: f64,
    pub(super) label: Label,
}
