//! Determines which lines of a document are entries: list items, headings, paragraphs or table rows that begin with a
//! time, if there are several of them or their section is a timeline.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::context::only_day;
use super::lead::{Lead, StatedDay, StatedZone, lead, lead_or_sentence};
use super::lines::{Document, Line, What};
use super::marks::mark;
use super::tables::{Table, cell_text, cells};
use super::words::{Column, Part, is_one, is_unfilled, leaves, milestone};

/// The form of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Form {
    Heading(u8),
    Item(usize),
    Text,
    /// In a table: the indices of the table and of the column with the time.
    Row(usize, usize),
}

/// A line that begins with a time.
pub(super) struct Candidate {
    /// The index of its line.
    pub(super) at: usize,
    pub(super) lead: Lead,
    pub(super) form: Form,
    /// Where the text of its lead begins in the line.
    pub(super) base: usize,
    /// The zone in the heading of its column.
    pub(super) column: Option<StatedZone>,
    /// Whether it is planned, rather than what happened.
    pub(super) planned: bool,
    /// The text in its column of ends, if that is not a time.
    pub(super) unread_end: Option<String>,
    /// The position of the site generator's mark with its time.
    pub(super) mark: Option<Range<usize>>,
    /// The run that it belongs to.
    pub(super) group: usize,
}

impl Candidate {
    /// Returns its time as printed.
    pub(super) fn raw(&self, line: &Line) -> String {
        let raw = self.lead.raw.clone();
        let text = line.text.get(self.base + raw.start..self.base + raw.end).unwrap_or("");
        let text = text.trim_matches(|c: char| c.is_whitespace() || "*_`:".contains(c));
        text.replace(['*', '`'], "")
    }
}

/// The content of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    /// Events, with the column of their times.
    Events(usize),
    /// Planned steps, with the column of their times.
    Plan(usize),
    /// Both, in two columns.
    Both(usize, usize),
    Actions,
    Nothing,
}

/// Returns the content of a table.
pub(super) fn use_of(document: &Document, table: &Table) -> Use {
    let part = document.parts[document.lines[table.head].part].part;
    let has = |column| table.place(column);
    let told = |column: usize| {
        let leads =
            table.rows.iter().filter_map(|row| cell_lead(document.lines[*row].text, column));
        let (mut all, mut clocks) = (0, 0);
        for lead in leads {
            all += 1;
            clocks += usize::from(lead.0.start.clock.is_some());
        }
        (all, clocks)
    };
    if let (Some(planned), Some(actual)) = (has(Column::Planned), has(Column::Actual))
        && told(planned).0 > 0
    {
        return Use::Both(planned, actual);
    }
    let is_of_actions = match part {
        Some(Part::Actions) => [Column::Text, Column::Owner, Column::Due, Column::Done]
            .iter()
            .any(|column| has(*column).is_some()),
        _ => {
            has(Column::Due).is_some() && has(Column::Time).is_none() && has(Column::Text).is_some()
        }
    };
    if is_of_actions
        && !leaves(&document.parts[document.lines[table.head].part].title, Part::Actions)
    {
        return Use::Actions;
    }
    if matches!(
        part,
        Some(Part::Summary | Part::Impact | Part::Factors | Part::Well | Part::Badly | Part::Lucky)
    ) {
        return Use::Nothing;
    }
    if is_of_facts(document, table) {
        return Use::Nothing;
    }
    let only_planned = has(Column::Planned).filter(|_| has(Column::Time).is_none());
    if let Some(planned) = only_planned.filter(|planned| told(*planned).0 > 0) {
        return Use::Plan(planned);
    }
    let time = time_column(table, &told);
    let Some(time) = time else { return Use::Nothing };
    let (all, clocks) = told(time);
    let who_what_when =
        has(Column::Owner).is_some() && has(Column::Text).is_some() && has(Column::Time).is_some();
    let is_plan =
        part == Some(Part::Plan) || who_what_when && clocks * 2 < table.rows.len() && all > 1;
    match is_plan {
        true => Use::Plan(time),
        false if part == Some(Part::Timeline) || clocks > 1 => Use::Events(time),
        false => Use::Nothing,
    }
}

/// Returns the column with the times of events; `told` returns how many times a column has, and how many of them have a
/// clock time.
fn time_column(table: &Table, told: &dyn Fn(usize) -> (usize, usize)) -> Option<usize> {
    let columns = 0..table.heads.len();
    // `| Date | Time | Event |`: the days are those of the times beside them.
    let is_clock =
        |column: &usize| table.columns[*column] == Some(Column::Time) && told(*column).1 > 0;
    let clock = || columns.clone().find(is_clock);
    let named = table.place(Column::Actual).or_else(clock).or(table.place(Column::Time));
    let is_mostly =
        |column: &usize| told(*column).1 * 5 >= table.rows.len() * 3 && told(*column).1 > 1;
    let named = named.filter(|column| told(*column).0 > 0);
    named.or_else(|| columns.clone().find(is_mostly))
}

/// Whether the rows of a table are named fields: `| Detected | 2024-09-07 18:08 |`.
fn is_of_facts(document: &Document, table: &Table) -> bool {
    let is_field = |row: &&usize| {
        let name = cell_text(document.lines[**row].text, 0);
        milestone(&name).is_some() || is_one(&name, |it| it.date_field)
    };
    let fields = table.rows.iter().filter(is_field).count();
    table.heads.len() == 2 && fields > 0 && table.place(Column::Time) != Some(0)
}

/// Parses the time in a cell; also returns where its text begins in the row.
pub(super) fn cell_lead(row: &str, column: usize) -> Option<(Lead, usize)> {
    let (begin, end) = *cells(row).get(column)?;
    let cell = row.get(begin..end)?;
    let base = begin + cell.len() - cell.trim_start().len();
    let found = lead(cell.trim(), true)?;
    // `2024-03-13 HH:mm`: the time was not filled in.
    let behind = cell.trim().get(found.rest..).unwrap_or("");
    let unfilled = found.start.clock.is_none() && is_unfilled(behind);
    (!unfilled).then_some((found, base))
}

/// Returns the entries of a document, in order.
pub(super) fn candidates(document: &Document, tables: &[Table]) -> Vec<Candidate> {
    let mut found = headings(document);
    found.extend(listed(document));
    for (number, table) in tables.iter().enumerate() {
        found.extend(rows(document, table, number));
    }
    found.sort_by_key(|it| (it.at, !it.planned));
    chosen(document, found)
}

fn headings(document: &Document) -> Vec<Candidate> {
    let headings = document.lines.iter().enumerate().filter_map(|(at, line)| {
        let What::Heading(level @ 1..=6) = line.what else { return None };
        let lead = lead(line.inner(), false)?;
        Some(Candidate::new(at, lead, Form::Heading(level), line.body))
    });
    headings.collect()
}

impl Candidate {
    pub(super) fn new(at: usize, lead: Lead, form: Form, base: usize) -> Candidate {
        let (column, unread_end, mark) = (None, None, None);
        Candidate { at, lead, form, base, column, planned: false, unread_end, mark, group: 0 }
    }

    /// Returns the entry of a line whose time is in a site generator's mark.
    fn marked(at: usize, line: &Line) -> Option<Candidate> {
        let found = mark(line.text)?;
        let entry = Candidate::new(at, found.lead, Form::Text, found.base);
        Some(Candidate { mark: Some(found.place), ..entry })
    }
}

impl Candidate {
    /// Parses the end in a separate column.
    fn end_in(&mut self, row: &str, table: &Table, is_both: bool) {
        let Some(column) = end_column(table, self.planned, is_both) else { return };
        let cell = cell_text(row, column);
        match cell_lead(row, column) {
            Some((end, _)) if self.lead.end.is_none() => self.lead.end = Some(end.start),
            _ if cell.chars().any(char::is_alphanumeric) => {
                self.unread_end = Some(format!("{}: {cell}", table.heads[column]));
            }
            _ => {}
        }
    }
}

/// Returns the column with the actual or planned ends in a table.
fn end_column(table: &Table, planned: bool, is_both: bool) -> Option<usize> {
    let of_plan = table.place(Column::PlannedEnd).filter(|_| planned);
    of_plan.or_else(|| table.place(Column::ActualEnd).filter(|_| !planned || !is_both))
}

/// Returns the items and paragraphs that begin with a time; nested ones belong to the outer entry.
fn listed(document: &Document) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut above: Vec<(usize, bool)> = Vec::new();
    let bare = bare_lines(document);
    for (at, line) in document.lines.iter().enumerate() {
        if let Some(marked) = Candidate::marked(at, line).filter(|_| line.what == What::Text) {
            found.push(marked);
            continue;
        }
        let is_code = document.read_code == Some(line.part);
        if is_code && at.checked_sub(1).is_some_and(|above| document.lines[above].part != line.part)
        {
            above.clear();
        }
        match line.what {
            What::Item | What::Heading(8) => {
                above.retain(|(indent, _)| *indent < line.indent);
                let nested = above.iter().any(|(_, is_entry)| *is_entry);
                let lead = if nested || line.what != What::Item {
                    None
                } else {
                    let part = document.parts[line.part].part;
                    let told = || lead_of_item(line.inner(), part == Some(Part::Timeline));
                    told().or_else(|| dotted(line))
                };
                above.push((line.indent, lead.is_some()));
                found.extend(
                    lead.map(|lead| Candidate::new(at, lead, Form::Item(line.indent), line.body)),
                );
            }
            What::Heading(_) => above.clear(),
            What::Text if line.indent == 0 || above.is_empty() => {
                let before = at.checked_sub(1).map(|before| document.lines[before].what);
                if matches!(before, Some(What::Item)) {
                    continue;
                }
                if before == Some(What::Blank) {
                    above.clear();
                }
                let is_bare = bare.contains(&line.part);
                let lead = lead(line.inner(), false)
                    .filter(|lead| is_set_off(line, lead) || is_bare && lead.start.clock.is_some());
                found.extend(lead.map(|lead| Candidate::new(at, lead, Form::Text, line.body)));
            }
            _ => {}
        }
    }
    found
}

/// Parses the time at the beginning of an item; in a timeline it may be part of a sentence: `At 3:43 PM, the alarm went
/// off`.
fn lead_of_item(text: &str, is_timeline: bool) -> Option<Lead> {
    if is_timeline { lead_or_sentence(text) } else { lead(text, false) }
}

/// Returns the lines of timelines without list marks: three or more lines that begin with a clock time.
fn bare_lines(document: &Document) -> HashSet<usize> {
    let mut counts: HashMap<usize, usize> = HashMap::new();
    for line in document.lines.iter().filter(|line| line.what == What::Text) {
        let is_timeline = document.parts[line.part].part == Some(Part::Timeline);
        let says = |lead: Lead| lead.start.clock.is_some();
        if is_timeline && lead(line.inner(), false).is_some_and(says) {
            *counts.entry(line.part).or_default() += 1;
        }
    }
    let are = counts.into_iter().filter(|(_, count)| *count > 2).map(|(part, _)| part);
    are.chain(document.read_code).collect()
}

/// Parses `14.43 – text`: a clock time if a separator follows.
fn dotted(line: &Line) -> Option<Lead> {
    let found = lead(line.inner(), true)?;
    (found.start.clock.is_some_and(|clock| clock.dotted) && is_set_off(line, &found))
        .then_some(found)
}

/// Whether the time is separated from the text by a sign or emphasis, unlike at the beginning of a sentence.
fn is_set_off(line: &Line, lead: &Lead) -> bool {
    let text = line.inner();
    let between = text.get(lead.raw.end..lead.rest).unwrap_or("");
    between.contains([':', '-', '–', '—', '|', '*', '`', ']'])
        || text.starts_with(['*', '`', '[', '【', '〔'])
        || text.get(lead.rest..).is_some_and(|rest| rest.trim().is_empty())
}

fn rows(document: &Document, table: &Table, number: usize) -> Vec<Candidate> {
    let columns: Vec<(usize, bool)> = match use_of(document, table) {
        Use::Events(time) => vec![(time, false)],
        Use::Plan(time) => vec![(time, true)],
        Use::Both(planned, actual) => vec![(planned, true), (actual, false)],
        Use::Actions | Use::Nothing => Vec::new(),
    };
    let is_both = columns.len() > 1;
    let mut found = Vec::new();
    let days = day_column(document, table);
    let mut day = None;
    for row in &table.rows {
        // A blank cell is of the day above.
        day = days.and_then(|column| cell_day(document.lines[*row].text, column)).or(day);
        for (column, planned) in &columns {
            if let Some((mut lead, base)) = cell_lead(document.lines[*row].text, *column) {
                if lead.start.clock.is_some() && lead.start.relative.is_none() {
                    lead.start.day = lead.start.day.or(day);
                }
                let mut candidate = Candidate::new(*row, lead, Form::Row(number, *column), base);
                candidate.planned = *planned;
                candidate.end_in(document.lines[*row].text, table, is_both);
                candidate.column = table.zones.get(*column).cloned().flatten();
                found.push(candidate);
            }
        }
    }
    found
}

/// Returns the column of a table that has days, and nothing else: `| Date | Planned | Actual |`.
pub(super) fn day_column(document: &Document, table: &Table) -> Option<usize> {
    let is_of_days = |column: &usize| {
        let cells = table.rows.iter().map(|row| cell_text(document.lines[*row].text, *column));
        let mut told = cells.filter(|cell| !cell.is_empty()).peekable();
        told.peek().is_some() && told.all(|cell| only_day(&cell, None).is_some())
    };
    let is_free = |column: &usize| matches!(table.columns[*column], None | Some(Column::Time));
    (0..table.heads.len()).filter(is_free).find(is_of_days)
}

fn cell_day(row: &str, column: usize) -> Option<StatedDay> {
    only_day(&cell_text(row, column), None)
}

/// A run of entries: those of the same form in the same part.
type Run = (Form, usize, bool);

/// Selects the actual entries.
fn chosen(document: &Document, found: Vec<Candidate>) -> Vec<Candidate> {
    let run = |it: &Candidate| -> Run {
        let part = document.lines[it.at].part;
        match it.form {
            Form::Heading(level) => {
                (Form::Heading(level), document.parts[part].parent.unwrap_or(usize::MAX), false)
            }
            Form::Row(table, column) => (Form::Row(table, column), 0, it.planned),
            form => (form, part, false),
        }
    };
    let mut clocks: HashMap<Run, usize> = HashMap::new();
    for it in &found {
        *clocks.entry(run(it)).or_default() += usize::from(it.lead.start.is_timed());
    }
    let part_of = |at: usize| document.parts[document.lines[at].part].part;
    let timed: HashSet<usize> = found
        .iter()
        .filter(|it| matches!(it.form, Form::Heading(_)))
        .map(|it| document.lines[it.at].part)
        .collect();
    // `### 07:18` below `## Feb 22, 07:13`.
    let is_below_one = |it: &Candidate| {
        let above = document.parts[document.lines[it.at].part].parent;
        matches!(it.form, Form::Heading(_)) && above.is_some_and(|above| timed.contains(&above))
    };
    let days = days_of_their_own(document, &found, &run);
    let told = told_in_order(document, &found);
    let is_entry = |it: &Candidate| {
        let timeline = part_of(it.at) == Some(Part::Timeline);
        let is_timed = it.lead.start.is_timed();
        match it.form {
            Form::Row(..) => true,
            _ if it.mark.is_some() || told.contains(&document.lines[it.at].part) => true,
            _ if part_of(it.at)
                .is_some_and(|part| !matches!(part, Part::Timeline | Part::Plan)) =>
            {
                false
            }
            Form::Heading(_) if !is_timed => {
                days.contains(&it.at) || is_day_of_its_own(document, &found, &clocks, it)
            }
            _ if !is_timed && (!timeline || is_only_day(document, it)) => false,
            _ if is_below_one(it) || is_nothing_else(document, it) => true,
            _ => timeline || clocks.get(&run(it)).is_some_and(|clocks| *clocks > 1),
        }
    };
    let are: Vec<bool> = found.iter().map(is_entry).collect();
    let mut kept: Vec<Candidate> =
        found.into_iter().zip(are).filter_map(|(it, is)| is.then_some(it)).collect();
    leave_to_headings(document, &mut kept);
    number(document, &mut kept, run);
    kept
}

/// Removes the items and paragraphs below headings that are entries: they belong to these.
fn leave_to_headings(document: &Document, kept: &mut Vec<Candidate>) {
    let heads: HashSet<usize> = kept
        .iter()
        .filter(|it| matches!(it.form, Form::Heading(_)))
        .map(|it| document.lines[it.at].part)
        .collect();
    kept.retain(|it| {
        matches!(it.form, Form::Heading(_) | Form::Row(..))
            || document.read_code == Some(document.lines[it.at].part)
            || !document.chain(document.lines[it.at].part).any(|part| heads.contains(&part))
    });
}

/// The fewest items of a list that is a timeline in any section.
const TOLD: usize = 3;

/// Returns the parts in which every item begins with a clock time, below a heading that may introduce a timeline or a
/// summary: `## What happened`.
fn told_in_order(document: &Document, found: &[Candidate]) -> HashSet<usize> {
    let timed: HashSet<usize> = found
        .iter()
        .filter(|it| matches!(it.form, Form::Item(_)) && it.lead.start.is_timed())
        .map(|it| it.at)
        .collect();
    let mut items: HashMap<usize, (usize, usize)> = HashMap::new();
    let lines = document.lines.iter().enumerate();
    for (at, line) in lines.filter(|(_, line)| line.what == What::Item && line.indent == 0) {
        let (all, told) = items.entry(line.part).or_default();
        *all += 1;
        *told += usize::from(timed.contains(&at));
    }
    let is_told = |part: usize, (all, told): (usize, usize)| {
        document.parts[part].part == Some(Part::Summary) && all == told && all >= TOLD
    };
    items.into_iter().filter(|(part, count)| is_told(*part, *count)).map(|(part, _)| part).collect()
}

/// Returns the headings that are only a day and are entries: updates, or several side by side in a document without
/// clock times.
fn days_of_their_own(
    document: &Document,
    found: &[Candidate],
    run: &impl Fn(&Candidate) -> Run,
) -> HashSet<usize> {
    if found.iter().any(|it| it.lead.start.is_timed()) {
        return HashSet::new();
    }
    let days: Vec<&Candidate> = found
        .iter()
        .filter(|it| matches!(it.form, Form::Heading(_)) && is_only_day(document, it))
        .collect();
    let mut counts: HashMap<Run, usize> = HashMap::new();
    days.iter().for_each(|it| *counts.entry(run(it)).or_default() += 1);
    let is_entry = |it: &&&Candidate| it.lead.update || counts.get(&run(it)) > Some(&1);
    days.iter().filter(is_entry).map(|it| it.at).collect()
}

/// Whether a heading that is only a day is an entry: the headings beside it have clock times, and there are no entries
/// below it.
fn is_day_of_its_own(
    document: &Document,
    found: &[Candidate],
    clocks: &HashMap<Run, usize>,
    it: &Candidate,
) -> bool {
    let part = document.lines[it.at].part;
    let Form::Heading(level) = it.form else { return false };
    let beside: Run =
        (Form::Heading(level), document.parts[part].parent.unwrap_or(usize::MAX), false);
    let below = |other: &Candidate| {
        other.at != it.at && document.chain(document.lines[other.at].part).any(|at| at == part)
    };
    it.lead.start.day.is_some()
        && is_only_day(document, it)
        && clocks.get(&beside).is_some_and(|clocks| *clocks > 1)
        && !found.iter().any(below)
}

/// Whether a heading or a bold line is only a complete time, so that it needs no others beside it.
fn is_nothing_else(document: &Document, it: &Candidate) -> bool {
    let line = &document.lines[it.at];
    let is_head = match it.form {
        Form::Heading(_) => true,
        Form::Text => line.inner().starts_with("**") && line.inner().trim_end().ends_with("**"),
        _ => false,
    };
    let behind = line.text.get(it.base + it.lead.rest..).unwrap_or("");
    let (day, clock) = (it.lead.start.day.is_some(), it.lead.start.clock.is_some());
    is_head
        && (day && clock || it.lead.update && (day || clock))
        && super::letters::plain_text(behind).is_empty()
}

/// Whether a line is only a day, which applies to what follows.
fn is_only_day(document: &Document, it: &Candidate) -> bool {
    let text = document.lines[it.at].text.get(it.base + it.lead.rest..).unwrap_or("");
    it.lead.end.is_none() && super::letters::plain_text(text).is_empty()
}

/// Numbers the runs.
fn number(document: &Document, kept: &mut [Candidate], run: impl Fn(&Candidate) -> Run) {
    let mut numbers: HashMap<Run, usize> = HashMap::new();
    for it in kept.iter_mut() {
        let next = numbers.len();
        it.group = *numbers.entry(run(it)).or_insert(next);
        if let Form::Item(_) | Form::Text = it.form {
            let part = document.parts[document.lines[it.at].part].part;
            it.planned = part == Some(Part::Plan);
        }
    }
}
