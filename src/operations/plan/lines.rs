//! Steps of a plan as people paste them, a line or a row of a table each.

use crate::fault::{Fault, Field, PlanFault, TypedTimeFault, UnreadLine, UnreadWhy};
use crate::lang::{
    ColumnWords, CountedFrom, Frame, Lead, Typed, Words, is_column, is_unknown_time, names_a_day,
    read_typed, split_time,
};
use crate::model::PlanStep;

use super::super::texts::accepted;

/// A step that is to be planned.
pub(super) struct Planned {
    pub(super) step: PlanStep,
    /// What its times were counted from, where they were typed so.
    pub(super) counted: Vec<CountedFrom>,
}

/// Returns the steps of pasted lines: each is a time and a text; all lines that are not are named at
/// once.
pub(super) fn steps_of_lines(lines: &str, frame: &Frame) -> Result<Vec<Planned>, Fault> {
    let mut steps: Vec<Planned> = Vec::new();
    let mut unread = Vec::new();
    let mut columns = Columns::default();
    let mut above: Option<Above> = None;
    let lines: Vec<&str> = lines.lines().map(|line| without_marker(line.trim())).collect();
    for (place, line) in lines.iter().enumerate() {
        let below = lines.get(place + 1).copied().unwrap_or("");
        let read = match kind_of(line, below, frame) {
            LineKind::Nothing => continue,
            LineKind::Heading => Err(UnreadWhy::Heading),
            LineKind::TableHead => {
                columns = Columns::named(line);
                continue;
            }
            LineKind::Row => columns.row(line, frame),
            LineKind::Step => line_of(line, frame),
        };
        let read = read.and_then(|row| row.times(above, frame).map(|times| (row, times)));
        match read {
            Ok((row, times)) => {
                above = times.below(above);
                steps.push(row.planned(times)?);
            }
            Err(why) => {
                let (number, text) = (place + 1, (*line).to_owned());
                unread.push(UnreadLine { number, text, why });
            }
        }
    }
    if !unread.is_empty() {
        return Err(PlanFault::Unread(unread).into());
    }
    if steps.is_empty() {
        return Err(PlanFault::NoLines.into());
    }
    Ok(steps)
}

/// What a pasted line is.
enum LineKind {
    /// Nothing that is planned.
    Nothing,
    /// A heading that names a day.
    Heading,
    /// The names of a table's columns.
    TableHead,
    Row,
    Step,
}

fn kind_of(line: &str, below: &str, frame: &Frame) -> LineKind {
    // `#1 18:00 deploy` is no heading, and neither is one that holds a step.
    let title = line.trim_start_matches('#');
    let is_marked = title.len() < line.len() && (title.is_empty() || title.starts_with(' '));
    if is_marked && line_of(title.trim(), frame).is_err() {
        return if names_a_day(line) { LineKind::Heading } else { LineKind::Nothing };
    }
    match line {
        _ if line.is_empty() || line.starts_with("```") || is_rule(line) => LineKind::Nothing,
        _ if !line.starts_with('|') => LineKind::Step,
        _ if is_rule(below) => LineKind::TableHead,
        _ => LineKind::Row,
    }
}

/// The line below the heads of a table: `|---|:--:|`.
fn is_rule(line: &str) -> bool {
    line.starts_with('|') && line.contains('-') && line.chars().all(|c| "|-: ".contains(c))
}

/// A step as it is written.
struct Row<'l> {
    lead: Lead<'l>,
    owner: Option<&'l str>,
    id: Option<&'l str>,
}

/// When a step is planned.
struct Times {
    /// None where nobody has said yet.
    start: Option<Typed>,
    end: Option<Typed>,
}

/// The step above a line.
#[derive(Clone, Copy)]
struct Above {
    start: Typed,
    /// Whether its day was typed, there or above: it holds for the lines below too.
    is_dated: bool,
}

impl Times {
    /// What stands above the next line.
    fn below(&self, above: Option<Above>) -> Option<Above> {
        let Some(start) = self.start else { return above };
        let holds = above.is_some_and(|above| above.is_dated) || !start.day_inferred;
        Some(Above { start, is_dated: holds })
    }
}

fn line_of<'l>(line: &'l str, frame: &Frame) -> Result<Row<'l>, UnreadWhy> {
    let lead = split_time(line, frame, false).map_err(refused)?;
    let lead = lead.filter(|lead| !lead.text.is_empty()).ok_or(UnreadWhy::NoTime)?;
    let (text, id) = split_id(lead.text);
    Ok(Row { lead: Lead { text, ..lead }, owner: None, id })
}

fn refused(fault: TypedTimeFault) -> UnreadWhy {
    UnreadWhy::Time(Box::new(fault))
}

impl Row<'_> {
    /// Its times, if they can be planned.
    fn times(&self, above: Option<Above>, frame: &Frame) -> Result<Times, UnreadWhy> {
        if is_unknown_time(&self.lead.start) {
            return Ok(Times { start: None, end: None });
        }
        let start = match above.and_then(|above| below(&self.lead.start, above, frame)) {
            Some(start) => start,
            None => read_typed(&self.lead.start, frame).map_err(refused)?,
        };
        if start.moment.is_about() {
            return Err(UnreadWhy::About);
        }
        let read = |end: &String| read_typed(end, &frame.ending(&start)).map_err(refused);
        let end = self.lead.end.as_ref().map(read).transpose()?;
        match end {
            Some(end) if end.moment.unix() <= start.moment.unix() => {
                Err(UnreadWhy::EndsBeforeItBegins)
            }
            end => Ok(Times { start: Some(start), end }),
        }
    }

    fn planned(&self, Times { start, end }: Times) -> Result<Planned, Fault> {
        let counted = [start, end].into_iter().flatten();
        let at = start.map(|start| start.moment);
        let (at, due) = if self.lead.is_due { (None, at) } else { (at, None) };
        let step = PlanStep {
            id: self.id.map(str::to_owned),
            due,
            until: end.map(|end| end.moment),
            owner: self.owner.map(|owner| accepted(Field::Owner, owner)).transpose()?,
            ..PlanStep::new(at, accepted(Field::Text, self.lead.text)?)
        };
        Ok(Planned { step, counted: counted.filter_map(|typed| typed.counted_from).collect() })
    }
}

/// A clock time without a day, below a step whose day was typed, is the next one after it; and so is
/// one before six in the morning below one in the evening: plans are pasted in their order.
fn below(typed: &str, above: Above, frame: &Frame) -> Option<Typed> {
    let next = read_typed(typed, &frame.ending(&Typed { half_said: false, ..above.start })).ok()?;
    let hour = |typed: &Typed| typed.moment.clock(Some(frame.zone)).hour;
    let is_night = hour(&above.start) >= 18
        && hour(&next) < 6
        && next.moment.unix() > above.start.moment.unix();
    (next.day_inferred && (above.is_dated || is_night)).then_some(next)
}

/// What the columns of a table hold, by their places.
#[derive(Default)]
struct Columns {
    text: Option<usize>,
    owner: Option<usize>,
    id: Option<usize>,
}

impl Columns {
    /// As the heads of a table name them.
    fn named(head: &str) -> Columns {
        let heads: Vec<String> = cells(head).iter().map(|head| head.to_lowercase()).collect();
        let place = |column: fn(&ColumnWords) -> Words| {
            heads.iter().position(|head| is_column(head.trim_matches(['*', '_']), column))
        };
        Columns { text: place(|it| it.text), owner: place(|it| it.owner), id: place(|it| it.id) }
    }

    /// A row: its time is the cell that is nothing but one, its text the one that is named so, or the
    /// only other one.
    fn row<'l>(&self, line: &'l str, frame: &Frame) -> Result<Row<'l>, UnreadWhy> {
        let cells = cells(line);
        let mut time = None;
        for (place, cell) in cells.iter().enumerate() {
            let lead = split_time(cell, frame, false).map_err(refused)?;
            if let Some(lead) = lead.filter(|lead| lead.text.is_empty() && time.is_none()) {
                time = Some((place, lead));
            }
        }
        let (at, lead) = time.ok_or(UnreadWhy::NoTime)?;
        let known = [Some(at), self.owner, self.id];
        let free = |place: &usize| !known.contains(&Some(*place)) && !cells[*place].is_empty();
        let others: Vec<usize> = (0..cells.len()).filter(free).collect();
        let text = self.text.or(others.first().copied()).filter(|place| others.contains(place));
        let text = text.ok_or(UnreadWhy::NoTime)?;
        if let Some(other) = others.into_iter().find(|place| *place != text) {
            return Err(UnreadWhy::Column { words: cells[other].to_owned() });
        }
        let cell = |place: Option<usize>| {
            place.and_then(|place| cells.get(place)).copied().filter(|cell| !cell.is_empty())
        };
        let (owner, id) = (cell(self.owner), cell(self.id));
        Ok(Row { lead: Lead { text: cells[text], ..lead }, owner, id })
    }
}

fn cells(line: &str) -> Vec<&str> {
    let line = line.trim().trim_start_matches('|');
    line.strip_suffix('|').unwrap_or(line).split('|').map(str::trim).collect()
}

/// A line of a list without its dash, its bullet, its number or its box: `1. 오후 6시: …`, `- [ ] 18:00 …`.
fn without_marker(line: &str) -> &str {
    let line = line.trim_start_matches(['-', '*', '•']).trim_start();
    let boxed = ["[ ]", "[x]", "[X]"].iter().find_map(|mark| line.strip_prefix(mark));
    let line = boxed.map_or(line, str::trim_start);
    let number = line.split_once(['.', ')']).filter(|(number, rest)| {
        (1..=2).contains(&number.len())
            && number.bytes().all(|b| b.is_ascii_digit())
            && rest.starts_with(' ')
    });
    number.map_or(line, |(_, rest)| rest.trim_start())
}

/// `앱 배포 [id: deploy]`: the words, and the id that `asrun plan from --format lines` puts behind them.
fn split_id(text: &str) -> (&str, Option<&str>) {
    let inside = text.strip_suffix(']').and_then(|text| text.rsplit_once(" [id: "));
    let plain =
        |id: &str| !id.is_empty() && !id.contains(|c: char| c.is_whitespace() || "[]".contains(c));
    match inside.filter(|(words, id)| plain(id) && !words.trim().is_empty()) {
        Some((words, id)) => (words.trim_end(), Some(id)),
        None => (text, None),
    }
}
