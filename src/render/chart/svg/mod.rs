//! The two lanes as SVG: no scripts, no external resources, readable on light and dark backgrounds and on paper, and
//! distinguishable by shape and line as well as by colour.

mod layout;
mod legend;
mod releases;
mod shapes;
mod style;

use std::collections::HashSet;
use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

use crate::view::{ChartLink, ChartPhase, ChartView};

use super::super::escape::{self, terminal};
use super::wrapped;
use layout::{CELL, Columns, LINE, Label, Mark, Placed, cells};
use legend::legend;
pub use releases::releases_svg;
use shapes::{event_shape, group, label_at, step_shape, text_at, write_text};
use style::{FONTS, look, painted, phase, sheet};

/// How a picture is framed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame {
    /// The width in pixels; below 560 both lanes are on the left.
    pub width: u32,
    /// Whether it is a file of its own: it then has its title and a background.
    pub alone: bool,
}

const PHASE: f64 = 18.0;
const DAY: f64 = 26.0;
const BREAK: f64 = 40.0;
const SHARE: f64 = 13.0;

/// Returns the picture.
pub fn chart_svg(view: &ChartView, frame: Frame) -> String {
    let mut drawing = Drawing::new(view, frame);
    drawing.place();
    drawing.draw()
}

struct Drawing<'v> {
    view: &'v ChartView,
    frame: Frame,
    columns: Columns,
    /// The vertical centre of each slot's first line.
    slots: Vec<f64>,
    lines: Vec<Vec<Placed>>,
    days: Vec<(f64, String)>,
    breaks: Vec<(f64, String)>,
    /// The top of each phase.
    phases: Vec<f64>,
    top: f64,
    bottom: f64,
}

impl<'v> Drawing<'v> {
    fn new(view: &'v ChartView, frame: Frame) -> Drawing<'v> {
        Drawing {
            view,
            frame,
            columns: Columns::of(frame.width, view.has_plan()),
            slots: Vec::new(),
            lines: Vec::new(),
            days: Vec::new(),
            breaks: Vec::new(),
            phases: vec![0.0; view.phases.len()],
            top: 0.0,
            bottom: 0.0,
        }
    }

    fn title_lines(&self) -> Vec<String> {
        let cells = cells((f64::from(self.frame.width) - 24.0) / 1.25);
        if self.frame.alone { wrapped(&self.view.title, cells, 3) } else { Vec::new() }
    }

    /// Places everything from top to bottom.
    fn place(&mut self) {
        let mut y = 12.0 + self.title_lines().len() as f64 * 22.0;
        self.top = y + 24.0;
        y = self.top + 8.0;
        for (number, slot) in self.view.slots.iter().enumerate() {
            if let Some(broken) = &slot.broken {
                self.breaks.push((y + BREAK / 2.0, broken.clone()));
                y += BREAK;
            } else {
                y += slot.share * SHARE;
            }
            if let Some(day) = &slot.new_day {
                self.days.push((y + DAY / 2.0, day.clone()));
                y += DAY;
            }
            let begun = self.view.phases.iter().enumerate().filter(|(_, p)| p.from == number);
            for (phase, _) in begun {
                self.phases[phase] = y;
                y += PHASE;
            }
            self.slots.push(y + LINE / 2.0);
            let mut placed = Vec::new();
            for (at, line) in slot.lines.iter().enumerate() {
                let step = line.step.as_ref().map(|mark| Label::step(mark, &self.columns));
                let event = line.event.as_ref().map(|mark| Label::event(mark, &self.columns));
                let here = (number, at);
                let linked = |link: &ChartLink| link.step == here && link.event == here;
                let together = self.view.links.iter().any(linked);
                let (line, next) = self.beside(y, step, event, together);
                placed.push(line);
                y = next;
            }
            self.lines.push(placed);
        }
        self.bottom = y + 8.0;
    }

    /// Places two labels side by side, or one under the other if there is only one column. The marks of a step and its
    /// event stay side by side.
    fn beside(
        &self,
        y: f64,
        step: Option<Label>,
        event: Option<Label>,
        together: bool,
    ) -> (Placed, f64) {
        let height = |label: &Option<Label>| label.as_ref().map_or(0.0, Label::height);
        let (first, second) = (height(&step), height(&event));
        let under = if self.columns.narrow { first } else { 0.0 };
        let next = y + if self.columns.narrow { first + second } else { first.max(second) } + 5.0;
        let at = |y: f64| y + LINE / 2.0;
        let step = step.map(|label| Mark { y: at(y), label_y: at(y), label });
        let own = if together { y } else { y + under };
        let event = event.map(|label| Mark { y: at(own), label_y: at(y + under), label });
        (Placed { step, event }, next)
    }

    fn draw(&self) -> String {
        let (mut signs, labels) = (String::new(), &self.view.labels);
        let notes = std::iter::once(labels.scale_note).chain(self.view.not_drawn.as_deref());
        let width = self.frame.width;
        let below = (width, self.bottom + 14.0);
        let height = legend(&mut signs, labels, &used(self.view), notes, below);
        let name = escape::html(&terminal(&self.view.title));
        let about = escape::html(self.view.labels.plan_and_actual);
        let mut out = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"asrun-chart\" role=\"img\" lang=\"{}\" \
             aria-label=\"{about}: {name}\" viewBox=\"0 0 {width} {height:.0}\" width=\"{width}\" \
             height=\"{height:.0}\" font-family=\"{FONTS}\" font-size=\"13\">\n<style>{}</style>\n",
            self.view.language,
            sheet()
        );
        self.patterns(&mut out);
        if self.frame.alone {
            let _ = writeln!(out, "<rect {} width=\"100%\" height=\"100%\"/>", look("ground"));
            for (line, text) in self.title_lines().iter().enumerate() {
                let y = 26.0 + line as f64 * 22.0;
                text_at(&mut out, "title", 12.0, y, "start", text);
            }
        }
        for (number, phase) in self.view.phases.iter().enumerate() {
            self.band(&mut out, phase, number);
        }
        self.lanes(&mut out);
        self.links(&mut out);
        self.marks(&mut out);
        out.push_str(&signs);
        out.push_str("</svg>\n");
        out
    }

    /// Writes the hatch patterns, under ids that differ from those of other pictures on the same page.
    fn patterns(&self, out: &mut String) {
        let id = self.frame.width;
        for (kind, path) in [
            ("undetected", "M0 8L8 0"),
            ("detected", "M2 2h1M6 6h1"),
            ("mitigating", "M0 4h8"),
            ("mitigated", "M4 0v8"),
        ] {
            let _ = writeln!(
                out,
                "<pattern id=\"{kind}-{id}\" width=\"8\" height=\"8\" \
                 patternUnits=\"userSpaceOnUse\"><path {} d=\"{path}\"/></pattern>",
                painted("hatch", None, Some(phase(kind)), "fill=\"none\" opacity=\".35\"")
            );
        }
    }

    fn band(&self, out: &mut String, phase: &ChartPhase, number: usize) {
        let top = self.slots[phase.from];
        let label = self.phases[number];
        let end = self.slots[phase.to];
        let left = self.columns.actual - 9.0;
        let (width, height) = (18.0, (end - top).max(4.0));
        let kind = phase.kind;
        let colour = style::phase(kind);
        let place = format!(
            "x=\"{left}\" y=\"{top:.1}\" width=\"{width}\" height=\"{height:.1}\" rx=\"3\""
        );
        let _ = writeln!(
            out,
            "<g class=\"{kind}\"><rect {} {place}/><rect {} {place} fill=\"url(#{kind}-{})\"/>",
            painted("tint", Some(colour), None, "opacity=\".14\""),
            painted("band", None, Some(colour), "stroke-width=\".8\""),
            self.frame.width
        );
        let bold = "font-size=\"12\" font-weight=\"600\"";
        let look = painted("phase", Some(colour), None, bold);
        write_text(out, &look, self.columns.actual_label, label + 13.0, "start", &phase.label);
        out.push_str("</g>\n");
    }

    fn lanes(&self, out: &mut String) {
        let labels = &self.view.labels;
        let Columns { plan, actual, .. } = self.columns;
        let (top, bottom) = (self.top, self.bottom);
        let mut right = actual - 6.0;
        if self.columns.planned && self.columns.narrow {
            text_at(out, "head", 4.0, top - 8.0, "start", labels.planned);
            right = right.max(16.0 + labels.planned.width() as f64 * CELL * 1.1);
        } else if self.columns.planned {
            text_at(out, "head", plan + 6.0, top - 8.0, "end", labels.planned);
        }
        text_at(out, "head", right, top - 8.0, "start", labels.actual);
        let lanes = if self.columns.planned { vec![plan, actual] } else { vec![actual] };
        for x in &lanes {
            let _ = writeln!(
                out,
                "<line {} x1=\"{x}\" y1=\"{top}\" x2=\"{x}\" y2=\"{bottom:.1}\"/>",
                look("lane")
            );
        }
        for (y, day) in &self.days {
            let end = self.frame.width;
            let _ = writeln!(
                out,
                "<line {} x1=\"0\" y1=\"{y:.1}\" x2=\"{end}\" y2=\"{y:.1}\"/>",
                look("day")
            );
            let x = if self.columns.narrow { self.columns.actual_label } else { 8.0 };
            self.note_on_ground(out, x, *y, day, "head");
        }
        for (y, gap) in &self.breaks {
            for x in &lanes {
                let _ = writeln!(
                    out,
                    "<rect {} x=\"{}\" y=\"{:.1}\" width=\"4\" height=\"10\"/>\
                     <path {} d=\"M{} {:.1}l12 -6M{} {:.1}l12 -6\"/>",
                    look("ground"),
                    x - 2.0,
                    y - 5.0,
                    look("cut"),
                    x - 6.0,
                    y - 1.0,
                    x - 6.0,
                    y + 7.0
                );
            }
            let x = if self.columns.narrow { self.columns.actual_label } else { actual + 16.0 };
            text_at(out, "soft", x, y + 4.0, "start", &format!("⋮ {gap}"));
        }
    }

    fn note_on_ground(&self, out: &mut String, x: f64, y: f64, text: &str, class: &str) {
        let width = text.width() as f64 * CELL + 12.0;
        let _ = writeln!(
            out,
            "<rect {} x=\"{:.1}\" y=\"{:.1}\" width=\"{width:.1}\" height=\"18\"/>",
            look("ground"),
            x - 6.0,
            y - 9.0
        );
        text_at(out, class, x, y + 5.0, "start", text);
    }

    fn links(&self, out: &mut String) {
        for link in &self.view.links {
            let placed = |(slot, line): (usize, usize)| &self.lines[slot][line];
            let (Some(from), Some(to)) = (&placed(link.step).step, &placed(link.event).event)
            else {
                continue;
            };
            let (from, to) = (from.y, to.y);
            let (a, b) = (self.columns.plan + 5.0, self.columns.actual - 6.0);
            let middle = f64::midpoint(a, b);
            let class = match link.verdict {
                "open" => "not-recorded".to_owned(),
                known => known.replace(' ', "-"),
            };
            let _ = writeln!(
                out,
                "<path {} d=\"M{a} {from:.1}C{middle} {from:.1} {middle} {to:.1} {b} {to:.1}\"/>",
                look(&format!("link {class}"))
            );
            if link.over > link.event.0 {
                self.bar(out, "span", self.columns.actual, to, self.slots[link.over]);
            }
        }
    }

    fn bar(&self, out: &mut String, class: &str, x: f64, from: f64, to: f64) {
        let _ = writeln!(
            out,
            "<rect {} x=\"{}\" y=\"{from:.1}\" width=\"6\" height=\"{:.1}\" rx=\"3\"/>",
            look(class),
            x - 3.0,
            (to - from).max(2.0)
        );
    }

    fn marks(&self, out: &mut String) {
        let columns = &self.columns;
        for (slot, placed) in self.view.slots.iter().zip(&self.lines) {
            for (line, placed) in slot.lines.iter().zip(placed) {
                if let (Some(step), Some(mark)) = (&line.step, &placed.step) {
                    if let Some(until) = step.until {
                        self.bar(out, "window", columns.plan, mark.y, self.slots[until]);
                    }
                    group(out, mark, |out| step_shape(out, step.verdict, columns.plan, mark.y));
                    let side = if columns.narrow { "start" } else { "end" };
                    label_at(out, mark, columns.plan_label, side);
                }
                if let (Some(event), Some(mark)) = (&line.event, &placed.event) {
                    if let Some(until) = event.until {
                        self.bar(out, "span", columns.actual, mark.y, self.slots[until]);
                    }
                    group(out, mark, |out| event_shape(out, event.shape, columns.actual, mark.y));
                    label_at(out, mark, columns.actual_label, "start");
                }
            }
        }
    }
}

/// Returns the kinds of symbols that the picture contains.
fn used(view: &ChartView) -> HashSet<&'static str> {
    let mut used: HashSet<&str> = HashSet::new();
    for line in view.slots.iter().flat_map(|slot| &slot.lines) {
        used.extend(line.event.as_ref().map(|event| event.shape));
        used.extend(line.step.as_ref().map(|step| match step.verdict {
            open @ ("not recorded" | "skipped") => open,
            _ => "step",
        }));
    }
    used.extend(view.links.iter().map(|link| match link.verdict {
        "on time" => "on-time",
        other => other,
    }));
    let lines = || view.slots.iter().flat_map(|slot| &slot.lines);
    let is_window = lines().filter_map(|line| line.step.as_ref()).any(|it| it.until.is_some());
    let is_long = lines().filter_map(|line| line.event.as_ref()).any(|it| it.until.is_some())
        || view.links.iter().any(|link| link.over > link.event.0);
    used.extend(is_window.then_some("window"));
    used.extend(is_long.then_some("span"));
    // Such a line begins at a mark that already has this symbol.
    used.remove("open");
    used
}
