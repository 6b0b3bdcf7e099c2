//! Several releases as SVG: each step is a heading with one line per release under it, all along one time axis.

use std::collections::HashSet;
use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

use crate::view::{AxisPoint, CellView, LineView, ReleaseMark, ReleasesView};

use super::super::super::escape::{self, terminal};
use super::super::releases::AGAIN;
use super::super::wrapped;
use super::Frame;
use super::layout::{CELL, LINE, cells};
use super::legend::legend;
use super::shapes::{step_shape, text_at};
use super::style::{FONTS, look, sheet};

/// The height of a release's line, in pixels.
const ROW: f64 = 15.0;
/// The width of a cut, in pixels.
const CUT: f64 = 20.0;
/// The height of the axis in pixels: days and hours.
const AXIS: f64 = 40.0;
/// The width in pixels below which there is no room for times.
const NARROW: u32 = 560;

/// Returns the picture.
pub fn releases_svg(view: &ReleasesView, frame: Frame) -> String {
    let drawing = Strips::of(view, frame);
    let mut body = String::new();
    let bottom = drawing.steps(&mut body);
    let mut signs = String::new();
    let notes = std::iter::once(view.note);
    let labels = &view.comparison.labels;
    let height = legend(&mut signs, labels, &used(view), notes, (frame.width, bottom + 14.0));
    let width = frame.width;
    let name = escape::html(&terminal(&view.title));
    let about = escape::html(labels.plan_and_actual);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"asrun-chart\" role=\"img\" lang=\"{}\" \
         aria-label=\"{about}: {name}\" viewBox=\"0 0 {width} {height:.0}\" width=\"{width}\" \
         height=\"{height:.0}\" font-family=\"{FONTS}\" font-size=\"13\">\n<style>{}</style>\n",
        view.language,
        sheet()
    );
    if frame.alone {
        let _ = writeln!(out, "<rect {} width=\"100%\" height=\"100%\"/>", look("ground"));
        for (line, text) in drawing.title.iter().enumerate() {
            text_at(&mut out, "title", 12.0, 26.0 + line as f64 * 22.0, "start", text);
        }
    }
    out + &body + &signs + "</svg>\n"
}

struct Strips<'v> {
    view: &'v ReleasesView,
    title: Vec<String>,
    width: f64,
    narrow: bool,
    /// The left end of the axis.
    left: f64,
    right: f64,
    /// Pixels per minute.
    scale: f64,
}

impl<'v> Strips<'v> {
    fn of(view: &'v ReleasesView, frame: Frame) -> Strips<'v> {
        let (width, narrow) = (f64::from(frame.width), frame.width < NARROW);
        let names = view.comparison.records.iter().map(|record| record.name.width());
        let most = if narrow { 8 } else { 16 };
        let left = 24.0 + names.max().unwrap_or(0).min(most) as f64 * CELL;
        let right = width - if narrow { 124.0 } else { 292.0 };
        let room = right - left - view.end.cuts as f64 * CUT;
        let title = format!("{} · {}", view.comparison.labels.plan_and_actual, view.title);
        let title = wrapped(&title, cells((width - 24.0) / 1.25), 3);
        Strips {
            view,
            title: if frame.alone { title } else { Vec::new() },
            width,
            narrow,
            left,
            right,
            scale: room.max(0.0) / view.end.minutes.max(1) as f64,
        }
    }

    fn x(&self, place: AxisPoint) -> f64 {
        self.left + place.cuts as f64 * CUT + place.minutes as f64 * self.scale
    }

    /// Returns the horizontal position of a day border; one that falls into a cut is drawn in its middle.
    fn border(&self, place: AxisPoint, in_cut: bool) -> f64 {
        let is_first = place == AxisPoint::default();
        self.x(place) - if in_cut && !is_first { CUT / 2.0 } else { 0.0 }
    }

    /// Draws every step, and returns the lower edge of the last one.
    fn steps(&self, out: &mut String) -> f64 {
        let mut y = 16.0 + self.title.len() as f64 * 22.0;
        let steps = self.view.comparison.steps.iter().zip(&self.view.marks);
        let mut group = y;
        for (number, (line, marks)) in steps.enumerate() {
            if number % AGAIN == 0 {
                self.borders(out, (group, y));
                y += AXIS;
                self.axis(out, y - AXIS);
                group = y;
            }
            y = self.step(out, (line, marks), y);
        }
        self.borders(out, (group, y));
        y
    }

    /// Draws the days, and as many hours as fit.
    fn axis(&self, out: &mut String, top: f64) {
        let mut free = 0.0_f64;
        for day in &self.view.days {
            let x = self.border(day.place, day.in_cut).max(free);
            text_at(out, "head", x, top + 14.0, "start", &day.label);
            free = x + day.label.width() as f64 * CELL * 1.2 + 6.0;
        }
        free = 0.0;
        for (place, label) in &self.view.hours {
            let x = self.x(*place);
            let half = label.width() as f64 * CELL / 2.0;
            if x - half >= free && x + half <= self.width {
                text_at(out, "soft", x, top + 30.0, "middle", label);
                free = x + half + 10.0;
            }
        }
    }

    /// Draws the day borders across the steps between two axes.
    fn borders(&self, out: &mut String, (top, bottom): (f64, f64)) {
        if bottom <= top {
            return;
        }
        for day in &self.view.days {
            let x = self.border(day.place, day.in_cut);
            let _ = writeln!(
                out,
                "<line {} x1=\"{x:.1}\" y1=\"{top:.1}\" x2=\"{x:.1}\" y2=\"{bottom:.1}\"/>",
                look("day")
            );
        }
    }

    fn step(
        &self,
        out: &mut String,
        (line, marks): (&LineView, &[Option<ReleaseMark>]),
        top: f64,
    ) -> f64 {
        let _ = writeln!(
            out,
            "<path {} d=\"M12 {:.1}h{:.1}\"/>",
            look("rule"),
            top + 4.0,
            self.width - 24.0
        );
        let mut y = self.heading(out, line, top + 8.0);
        let releases = self.view.comparison.records.iter().zip(&line.cells).zip(marks);
        for ((record, cell), mark) in releases {
            let middle = y + ROW / 2.0;
            let name = wrapped(&record.name, cells(self.left - 20.0), 1).concat();
            text_at(out, "soft", 12.0, middle + 4.0, "start", &name);
            let said = match cell.as_ref().zip(mark.as_ref()) {
                None => format!("({})", self.view.comparison.labels.not_in_plan),
                Some((cell, mark)) => {
                    self.release(out, cell, mark, middle);
                    self.cell_text(cell, mark)
                }
            };
            let room = cells((self.width - self.right - 20.0) * 1.08);
            let said = wrapped(&said, room, 1).concat();
            text_at(out, "soft", self.right + 14.0, middle + 4.0, "start", &said);
            y += ROW;
        }
        y + 6.0
    }

    /// Writes the step's text and how it went in all releases, beside each other if there is room.
    fn heading(&self, out: &mut String, line: &LineView, top: f64) -> f64 {
        let mut y = top + LINE;
        let room = cells((self.width - 24.0) / 1.06);
        let text = wrapped(&line.text, room, 2);
        for part in &text {
            text_at(out, "head", 12.0, y - 4.0, "start", part);
            y += LINE;
        }
        y -= LINE;
        let Some(past) = &line.past else { return y + 2.0 };
        let last = text.last().map_or(0, |last| last.width());
        if last * 8 / 7 + past.text.width() + 4 <= room {
            let x = 12.0 + last as f64 * CELL * 1.14 + 14.0;
            text_at(out, "soft", x, y - 4.0, "start", &past.text);
            return y + 2.0;
        }
        for part in wrapped(&past.text, cells((self.width - 24.0) * 1.08), 2) {
            y += ROW;
            text_at(out, "soft", 12.0, y - 4.0, "start", &part);
        }
        y + 2.0
    }

    fn cell_text(&self, cell: &CellView, mark: &ReleaseMark) -> String {
        let sign = if cell.matched == "words" { "≈ " } else { "" };
        match self.narrow {
            true => format!("{sign}{}", cell.row.label),
            false => format!("{sign}{}  {}", mark.times, cell.row.label),
        }
    }

    fn release(&self, out: &mut String, cell: &CellView, mark: &ReleaseMark, y: f64) {
        let x = |place: Option<AxisPoint>| place.map(|place| self.x(place));
        let whole = format!("{}  {}", mark.times, cell.row.label);
        let whole = escape::html(&terminal(&whole));
        let _ = write!(out, "<g><title>{whole}</title>");
        self.lane(out, y);
        self.bar(out, "window", (x(mark.planned), x(mark.until)), y);
        self.bar(out, "span", (x(mark.actual), x(mark.over)), y);
        if let Some((from, to)) = x(mark.planned).zip(x(mark.actual)) {
            let class = cell.row.verdict.replace(' ', "-");
            let _ = write!(
                out,
                "<path {} d=\"M{from:.1} {y:.1}H{to:.1}\"/>",
                look(&format!("link {class}"))
            );
        }
        if let Some(at) = x(mark.planned) {
            step_shape(out, cell.row.verdict, at, y);
        }
        if let Some(at) = x(mark.actual) {
            let _ =
                write!(out, "<circle {} cx=\"{at:.1}\" cy=\"{y:.1}\" r=\"3.2\"/>", look("planned"));
        }
        out.push_str("</g>\n");
    }

    /// Draws the axis under the marks of a release, interrupted at its cuts.
    fn lane(&self, out: &mut String, y: f64) {
        let ends = self.view.parts.iter().skip(1).map(|place| self.x(*place) - CUT);
        let begins = self.view.parts.iter().map(|place| self.x(*place));
        for (from, to) in begins.zip(ends.chain([self.right])) {
            let _ = write!(
                out,
                "<path {} d=\"M{from:.1} {y:.1}H{:.1}\"/>",
                look("rule"),
                to.max(from + 1.0)
            );
        }
    }

    fn bar(&self, out: &mut String, class: &str, (from, to): (Option<f64>, Option<f64>), y: f64) {
        let Some((from, to)) = from.zip(to).filter(|(from, to)| to > from) else { return };
        let _ = write!(
            out,
            "<rect {} x=\"{from:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"6\" rx=\"3\"/>",
            look(class),
            y - 3.0,
            to - from
        );
    }
}

/// Returns the kinds of symbols that the picture contains.
fn used(view: &ReleasesView) -> HashSet<&'static str> {
    let mut used = HashSet::from(["step"]);
    let longer = |from: Option<AxisPoint>, to: Option<AxisPoint>| {
        from.zip(to).is_some_and(|(from, to)| to > from)
    };
    let marks = || view.marks.iter().flatten().flatten();
    used.extend(marks().any(|it| longer(it.planned, it.until)).then_some("window"));
    used.extend(marks().any(|it| longer(it.actual, it.over)).then_some("span"));
    for cell in view.comparison.steps.iter().flat_map(|line| line.cells.iter().flatten()) {
        match cell.row.verdict {
            open @ ("not recorded" | "skipped") => used.insert(open),
            "on time" => used.insert("on-time"),
            moved @ ("early" | "late") => used.insert(moved),
            _ => false,
        };
        if !cell.row.events.is_empty() {
            used.insert("planned");
        }
    }
    used
}
