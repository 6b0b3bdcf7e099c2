//! The two lanes as text: one line per mark, and links between the lanes in the middle.

use unicode_width::UnicodeWidthStr;

use crate::view::{ChartLine, ChartView, EventMark, StepMark};

use super::super::escape::terminal;
use super::super::terminal::{fitted, fitted_parts};
use super::wrapped;

/// How many links can be drawn side by side; of the others only the deviation is shown.
const TRACKS: usize = 6;

/// Returns the picture for a terminal of `width` columns.
pub fn chart_text(view: &ChartView, width: u16) -> String {
    if view.slots.is_empty() {
        let left_out = view.not_drawn.iter().map(|note| format!("{note}\n"));
        return format!("{}\n{}", view.labels.nothing_to_draw, left_out.collect::<String>());
    }
    let mut page = Canvas::new(view, usize::from(width));
    page.fill();
    page.text(width)
}

/// The content of one line of the picture.
#[derive(Debug, Clone, Default)]
struct Line {
    left: String,
    right: String,
    /// The symbol in the lane of the plan, and in that of the events.
    plan: Option<char>,
    actual: Option<char>,
    /// The phase that the actual lane is in.
    shade: Option<char>,
    /// A heading or a break, which interrupts the lanes.
    across: Option<String>,
}

struct Canvas<'v> {
    view: &'v ChartView,
    /// Whether there is a plan, which needs a lane.
    planned: bool,
    left: usize,
    right: usize,
    lines: Vec<Line>,
    /// The line numbers of each slot's lines.
    places: Vec<Vec<usize>>,
    /// Each link as two line numbers, with the track that it runs in.
    links: Vec<(usize, usize, Option<usize>)>,
    tracks: usize,
}

impl<'v> Canvas<'v> {
    fn new(view: &'v ChartView, width: usize) -> Canvas<'v> {
        let middle = 2 * TRACKS + 6;
        let rest = width.saturating_sub(middle).max(24);
        let planned = view.has_plan();
        let left = if planned { rest * 2 / 5 } else { 0 };
        Canvas {
            view,
            planned,
            left,
            right: rest - left,
            lines: Vec::new(),
            places: Vec::new(),
            links: Vec::new(),
            tracks: 0,
        }
    }

    fn fill(&mut self) {
        for (number, slot) in self.view.slots.iter().enumerate() {
            if let Some(broken) = &slot.broken {
                self.across(format!("⋮ {broken}"));
            }
            if let Some(day) = &slot.new_day {
                self.across(format!("── {day} ──"));
            }
            for phase in self.view.phases.iter().filter(|phase| phase.from == number) {
                let right = format!("{} {}", shade(phase.kind), phase.label);
                self.lines.push(Line { right, shade: self.shade(number), ..Line::default() });
            }
            let mut places = Vec::new();
            for line in &slot.lines {
                places.push(self.lines.len());
                self.marks(line, self.shade(number));
            }
            self.places.push(places);
        }
        self.route();
    }

    fn across(&mut self, text: String) {
        self.lines.push(Line { across: Some(text), ..Line::default() });
    }

    fn shade(&self, slot: usize) -> Option<char> {
        let inside = |from: usize, to: usize, open: bool| {
            from <= slot && (slot < to || (open && slot == to))
        };
        let phases = self.view.phases.iter();
        let phase = phases.rev().find(|phase| inside(phase.from, phase.to, phase.open));
        phase.map(|phase| shade(phase.kind))
    }

    fn marks(&mut self, line: &ChartLine, shade: Option<char>) {
        let left = line.step.as_ref().map(|mark| self.step_lines(mark)).unwrap_or_default();
        let right = line.event.as_ref().map(|mark| self.event_lines(mark)).unwrap_or_default();
        for number in 0..left.len().max(right.len()) {
            let first = number == 0;
            self.lines.push(Line {
                left: left.get(number).cloned().unwrap_or_default(),
                right: right.get(number).cloned().unwrap_or_default(),
                plan: line.step.as_ref().filter(|_| first).map(step_sign),
                actual: line.event.as_ref().filter(|_| first).map(event_sign),
                shade,
                across: None,
            });
        }
    }

    fn step_lines(&self, mark: &StepMark) -> Vec<String> {
        label(&mark.when, &mark.text, mark.note.as_deref(), self.left.saturating_sub(1))
    }

    fn event_lines(&self, mark: &EventMark) -> Vec<String> {
        label(&mark.when, &mark.text, mark.note.as_deref(), self.right.saturating_sub(1))
    }

    /// Assigns a track to every link that runs across lines.
    fn route(&mut self) {
        let place = |(slot, line): (usize, usize)| self.places[slot][line];
        let mut ends: Vec<Vec<(usize, usize)>> = Vec::new();
        let mut routed = Vec::new();
        for link in &self.view.links {
            let (from, to) = (place(link.step), place(link.event));
            let (low, high) = (from.min(to), from.max(to));
            if from == to {
                routed.push((from, to, None));
                continue;
            }
            let free = |track: &Vec<(usize, usize)>| {
                track.iter().all(|(other_low, other_high)| high < *other_low || *other_high < low)
            };
            let track = match ends.iter().position(free) {
                Some(track) => track,
                None if ends.len() < TRACKS => {
                    ends.push(Vec::new());
                    ends.len() - 1
                }
                None => continue,
            };
            ends[track].push((low, high));
            routed.push((from, to, Some(track)));
        }
        self.tracks = ends.len();
        self.links = routed;
    }

    fn text(&self, width: u16) -> String {
        let labels = &self.view.labels;
        let middle = self.middle_width();
        let head = match self.planned {
            true => pad_left(labels.planned, self.left) + &" ".repeat(middle + 2) + labels.actual,
            false => labels.actual.to_owned(),
        };
        let title = fitted(&terminal(&self.view.title), width);
        let mut out = format!("{title}\n{}\n", head.trim_end());
        for (number, line) in self.lines.iter().enumerate() {
            let drawn = match &line.across {
                Some(text) if self.planned => format!("{}{text}", " ".repeat(self.left + 1)),
                Some(text) => text.clone(),
                None => {
                    let left = if self.planned {
                        pad_left(&line.left, self.left) + " "
                    } else {
                        String::new()
                    };
                    format!("{left}{} {}", self.middle(number, line), line.right)
                }
            };
            out.push_str(drawn.trim_end());
            out.push('\n');
        }
        out + &legend(self.view, width)
    }

    /// Returns the width of the middle in columns: both lanes, the links between them, and the phase.
    fn middle_width(&self) -> usize {
        self.tracks * 2 + 5
    }

    /// Returns the middle of one line: the lanes and the links between them.
    fn middle(&self, number: usize, line: &Line) -> String {
        if !self.planned {
            return format!("{}{}", line.actual.unwrap_or('│'), line.shade.unwrap_or(' '));
        }
        let between = self.tracks * 2 + 2;
        let mut sides = vec![0_u8; between];
        let mut join = |at: usize, side: u8| sides[at] |= side;
        for (from, to, track) in &self.links {
            let Some(track) = track else {
                if *from == number {
                    (0..between).for_each(|at| join(at, LEFT | RIGHT));
                }
                continue;
            };
            let column = 1 + track * 2;
            let (low, high) = (*from.min(to), *from.max(to));
            if *from == number {
                (0..column).for_each(|at| join(at, LEFT | RIGHT));
                join(column, LEFT);
            }
            if *to == number {
                (column + 1..between).for_each(|at| join(at, LEFT | RIGHT));
                join(column, RIGHT);
            }
            if low <= number && number < high {
                join(column, DOWN);
            }
            if low < number && number <= high {
                join(column, UP);
            }
        }
        let drawn: String = sides.into_iter().map(joined).collect();
        let (plan, actual) = (line.plan.unwrap_or('│'), line.actual.unwrap_or('│'));
        format!("{plan}{drawn}{actual}{}", line.shade.unwrap_or(' '))
    }
}

fn label(when: &str, text: &str, note: Option<&str>, cells: usize) -> Vec<String> {
    let mut lines = wrapped(&format!("{when} {text}"), cells, 3);
    let bracketed = |note: &str| match note.contains('(') {
        true => note.to_owned(),
        false => format!("({note})"),
    };
    lines.extend(note.iter().flat_map(|note| wrapped(&bracketed(note), cells, 2)));
    lines
}

fn pad_left(text: &str, width: usize) -> String {
    format!("{}{text}", " ".repeat(width.saturating_sub(text.width())))
}

fn step_sign(mark: &StepMark) -> char {
    match mark.verdict {
        "not recorded" => '□',
        "skipped" => '×',
        _ => '■',
    }
}

fn event_sign(mark: &EventMark) -> char {
    match mark.shape {
        "milestone" => '◆',
        "severity" => '▲',
        "planned" => '●',
        _ => '○',
    }
}

fn shade(kind: &str) -> char {
    match kind {
        "undetected" => '▓',
        "detected" => '▒',
        "mitigating" => '░',
        _ => '┊',
    }
}

const UP: u8 = 1;
const DOWN: u8 = 2;
const LEFT: u8 = 4;
const RIGHT: u8 = 8;

/// Returns the box-drawing character that joins these sides.
fn joined(sides: u8) -> char {
    const SIGNS: [char; 16] =
        [' ', '╵', '╷', '│', '╴', '┘', '┐', '┤', '╶', '└', '┌', '├', '─', '┴', '┬', '┼'];
    SIGNS[usize::from(sides & 15)]
}

/// Returns the legend of the symbols that the picture contains.
fn legend(view: &ChartView, width: u16) -> String {
    let labels = &view.labels;
    let lines = || view.slots.iter().flat_map(|slot| &slot.lines);
    let steps = lines().filter_map(|line| line.step.as_ref().map(step_sign));
    let events = lines().filter_map(|line| line.event.as_ref().map(event_sign));
    let used: Vec<char> = steps.chain(events).collect();
    let signs: Vec<String> = [
        ('■', labels.planned),
        ('□', labels.not_recorded),
        ('×', labels.skipped),
        ('●', labels.planned_event),
        ('○', labels.unplanned_event),
        ('◆', labels.milestone),
        ('▲', labels.severity_change),
    ]
    .into_iter()
    .filter(|(sign, _)| used.contains(sign))
    .map(|(sign, word)| format!("{sign} {word}"))
    .collect();
    let left_out = view.not_drawn.iter().map(|note| format!("{}\n", fitted(note, width)));
    format!("\n{}\n{}", fitted_parts(&signs, "  ", width), left_out.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_joint_has_its_character() {
        assert_eq!(joined(LEFT | RIGHT), '─');
        assert_eq!(joined(UP | DOWN), '│');
        assert_eq!(joined(LEFT | DOWN), '┐');
        assert_eq!(joined(RIGHT | UP), '└');
        assert_eq!(joined(0), ' ');
    }
}
