//! The symbols and texts of a picture.

use std::fmt::Write as _;

use super::super::super::escape::{self, terminal};
use super::layout::{LINE, Mark};
use super::style::look;

pub(super) fn group(out: &mut String, mark: &Mark, shape: impl Fn(&mut String)) {
    let whole = escape::html(&terminal(&mark.label.whole));
    let _ = write!(out, "<g><title>{whole}</title>");
    shape(out);
    out.push_str("</g>\n");
}

pub(super) fn step_shape(out: &mut String, verdict: &str, x: f64, y: f64) {
    let class = match verdict {
        "not recorded" => "step open dashed",
        "skipped" => "step open",
        _ => "step",
    };
    let (left, top) = (x - 4.5, y - 4.5);
    let _ =
        write!(out, "<rect {} x=\"{left}\" y=\"{top:.1}\" width=\"9\" height=\"9\"/>", look(class));
    if verdict == "skipped" {
        let _ = write!(
            out,
            "<path {} d=\"M{left} {top:.1}l9 9M{left} {:.1}l9 -9\"/>",
            look("cross"),
            top + 9.0
        );
    }
}

pub(super) fn event_shape(out: &mut String, shape: &str, x: f64, y: f64) {
    let path = match shape {
        "milestone" => format!("M{x} {:.1}l6.5 6.5l-6.5 6.5l-6.5 -6.5z", y - 6.5),
        "severity" => format!("M{x} {:.1}l6.5 11h-13z", y - 6.5),
        _ => {
            let _ = write!(out, "<circle {} cx=\"{x}\" cy=\"{y:.1}\" r=\"4.8\"/>", look(shape));
            return;
        }
    };
    let _ = write!(out, "<path {} d=\"{path}\"/>", look(shape));
}

pub(super) fn text_at(out: &mut String, class: &str, x: f64, y: f64, anchor: &str, text: &str) {
    write_text(out, &look(class), x, y, anchor, text);
}

/// Writes a text in the style of the class `look`.
pub(super) fn write_text(out: &mut String, look: &str, x: f64, y: f64, anchor: &str, text: &str) {
    let text = escape::html(&terminal(text));
    let _ = writeln!(
        out,
        "<text {look} x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{text}</text>"
    );
}

pub(super) fn label_at(out: &mut String, mark: &Mark, x: f64, anchor: &str) {
    let label = &mark.label;
    let _ = write!(out, "<text {} text-anchor=\"{anchor}\">", look("label"));
    let mut baseline = mark.label_y + 4.5;
    for (number, line) in label.lines.iter().enumerate() {
        let key = if label.key { format!(" {}", look("key")) } else { String::new() };
        let text = escape::html(line);
        if number == 0 && !label.when.is_empty() {
            let when = escape::html(&label.when);
            let _ = write!(
                out,
                "<tspan {} x=\"{x:.1}\" y=\"{baseline:.1}\">{when}</tspan> <tspan{key}>{text}</tspan>",
                look("when")
            );
        } else {
            let _ = write!(out, "<tspan{key} x=\"{x:.1}\" y=\"{baseline:.1}\">{text}</tspan>");
        }
        baseline += LINE;
    }
    for note in &label.notes {
        let text = escape::html(note);
        let _ =
            write!(out, "<tspan {} x=\"{x:.1}\" y=\"{baseline:.1}\">{text}</tspan>", look("soft"));
        baseline += LINE;
    }
    out.push_str("</text>\n");
}
