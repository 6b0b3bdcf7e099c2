//! The legend of a picture.

use std::collections::HashSet;
use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

use crate::view::Labels;

use super::super::wrapped;
use super::layout::{CELL, LINE, cells};
use super::shapes::{event_shape, step_shape, text_at};
use super::style::look;

/// Writes the legend of the symbols that are used, with notes below it, and returns the position of its lower edge.
pub(super) fn legend<'n>(
    out: &mut String,
    labels: &Labels,
    used: &HashSet<&str>,
    notes: impl Iterator<Item = &'n str>,
    (width, top): (u32, f64),
) -> f64 {
    let edge = f64::from(width) - 8.0;
    let (mut x, mut y) = (12.0, top + 8.0);
    let shapes: [(&str, &str); 12] = [
        ("step", labels.planned),
        ("not recorded", labels.not_recorded),
        ("skipped", labels.skipped),
        ("planned", labels.planned_event),
        ("unplanned", labels.unplanned_event),
        ("milestone", labels.milestone),
        ("severity", labels.severity_change),
        ("on-time", labels.on_time),
        ("early", labels.early),
        ("late", labels.late),
        ("window", labels.planned_length),
        ("span", labels.actual_length),
    ];
    for (shape, text) in shapes.into_iter().filter(|(shape, _)| used.contains(shape)) {
        let line = matches!(shape, "on-time" | "early" | "late" | "window" | "span");
        let wide = text.width() as f64 * CELL + if line { 46.0 } else { 28.0 };
        if x + wide > edge && x > 12.0 {
            (x, y) = (12.0, y + LINE);
        }
        match shape {
            "step" => step_shape(out, "on time", x + 5.0, y),
            "not recorded" | "skipped" => step_shape(out, shape, x + 5.0, y),
            "window" | "span" => {
                let class = look(shape);
                let _ = writeln!(
                    out,
                    "<rect {class} x=\"{x}\" y=\"{}\" width=\"24\" height=\"6\"/>",
                    y - 3.0
                );
            }
            _ if line => {
                let class = look(&format!("link {shape}"));
                let _ = writeln!(out, "<path {class} d=\"M{x} {y}h24\"/>");
            }
            _ => event_shape(out, shape, x + 5.0, y),
        }
        let gap = if line { 30.0 } else { 14.0 };
        text_at(out, "soft", x + gap, y + 4.0, "start", text);
        x += wide;
    }
    for line in notes.flat_map(|note| wrapped(note, cells(edge - 12.0), 4)) {
        y += LINE;
        text_at(out, "soft", 12.0, y + 4.0, "start", &line);
    }
    y + 16.0
}
