//! Run sheets from spreadsheets: each row is a step, with what was planned and what happened.

use crate::fault::{DoubtCode, ExportFault, ImportFault, WhyLeft};
use crate::lang::Notation;
use crate::model::{Day, Event, Moment, PlanStep, Skip};

use super::chat;
use super::draft::{Draft, ImportOptions, Input};
use super::draft_builder::DraftBuilder;
use super::markdown::{Column, StatedTime, column_named, is_one, lead};
use super::place::Place;
use super::stated::{minutes, moment};
use super::text::text_of;

/// Possible separators of cells.
const SEPARATORS: [char; 4] = [',', ';', '\t', '|'];
/// The most rows above the headings, such as titles of a sheet.
const TITLES: usize = 20;
/// Days as numbers in spreadsheets: from 1954 to 2119.
const SERIALS: std::ops::Range<f64> = 20_000.0..80_000.0;

/// Reads sheets, with a record for each.
///
/// # Errors
/// No row has headings for times and texts.
pub(super) fn read(inputs: &[Input], answers: &ImportOptions) -> Result<Draft, ImportFault> {
    let mut gathered = DraftBuilder::new(answers);
    for input in inputs {
        let text = text_of(input, answers)?;
        let rows = rows(&text);
        let Some((separator, rows)) = rows else {
            return Err(ImportFault::Nothing { name: input.name.clone(), fence: None });
        };
        let Some((heads, above)) = heads(&rows, answers) else {
            let name = input.name.clone();
            let found = rows.first().map(|row| row.cells.clone()).unwrap_or_default();
            return Err(ExportFault::NoColumns { name, found }.into());
        };
        gathered.begin(title(&input.name));
        for row in rows.iter().take(above) {
            gathered.leave(Place::line(row.line), row.cells.join(" "), WhyLeft::NotTaken);
        }
        if separator != ',' {
            let found = if separator == '\t' { "tab".to_owned() } else { separator.to_string() };
            gathered.doubt(DoubtCode::SeparatorGuessed, Place::line(rows[above].line), &found);
        }
        let mut sheet = Sheet { name: &input.name, heads, day: answers.date, clock: None };
        for row in rows.iter().skip(above + 1) {
            sheet.row(&mut gathered, row);
        }
    }
    Ok(gathered.finish())
}

/// Returns the title of a record from the name of its file.
fn title(name: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    if stem.is_empty() { name.to_owned() } else { stem.to_owned() }
}

/// A row, and the line at which it begins.
struct Row {
    line: usize,
    cells: Vec<String>,
}

/// Returns the non-empty rows of a sheet, and its separator, which is the most frequent one in the first row with
/// several cells.
fn rows(text: &str) -> Option<(char, Vec<Row>)> {
    let read = |separator: char| -> Vec<Row> {
        let mut reader = ::csv::ReaderBuilder::new();
        let mut reader = reader
            .delimiter(separator as u8)
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let row = |record: ::csv::StringRecord| Row {
            line: record.position().map_or(1, |at| at.line() as usize),
            cells: record.iter().map(|cell| cell.trim().to_owned()).collect(),
        };
        let rows = reader.records().filter_map(Result::ok).map(row);
        rows.filter(|row| row.cells.iter().any(|cell| !cell.is_empty())).collect()
    };
    let count = |rows: &Vec<Row>| {
        let named =
            |row: &Row| row.cells.iter().filter(|cell| column_named(cell).is_some()).count();
        let most = rows.iter().take(TITLES).map(named).max().unwrap_or(0);
        (most, rows.first().map_or(0, |row| row.cells.len()))
    };
    let all = SEPARATORS.iter().rev().map(|separator| (*separator, read(*separator)));
    all.max_by_key(|(_, rows)| count(rows)).filter(|(_, rows)| !rows.is_empty())
}

/// The columns of a sheet.
struct Heads {
    names: Vec<String>,
    columns: Vec<Option<Column>>,
}

/// Returns the columns of a sheet, and how many rows are above the headings.
fn heads(rows: &[Row], answers: &ImportOptions) -> Option<(Heads, usize)> {
    let of = |row: &Row| {
        let named = |cell: &String| {
            let is = |field: &Option<String>| {
                field.as_deref().is_some_and(|it| it.eq_ignore_ascii_case(cell))
            };
            let fields = &answers.fields;
            let named = [
                (&fields.at, Column::Time),
                (&fields.text, Column::Text),
                (&fields.by, Column::Owner),
            ];
            let named = named.into_iter().find(|(field, _)| is(field)).map(|(_, column)| column);
            named.or_else(|| column_named(cell))
        };
        Heads { names: row.cells.clone(), columns: row.cells.iter().map(named).collect() }
    };
    let is_whole = |heads: &Heads| {
        let has = |column| heads.columns.contains(&Some(column));
        let times = [Column::Time, Column::Planned, Column::Actual, Column::Due];
        times.into_iter().any(has) && (has(Column::Text) || heads.columns.contains(&None))
    };
    let mut found = rows.iter().take(TITLES).map(of).enumerate();
    found.find(|(_, heads)| is_whole(heads)).map(|(at, heads)| (heads, at))
}

/// A sheet that is being read.
struct Sheet<'a> {
    name: &'a str,
    heads: Heads,
    /// The day of the previous row.
    day: Option<Day>,
    /// The clock time of the previous row, in minutes.
    clock: Option<u32>,
}

/// The times of a row.
#[derive(Default)]
struct Times {
    planned: Option<Moment>,
    planned_end: Option<Moment>,
    actual: Option<Moment>,
    actual_end: Option<Moment>,
    due: Option<Moment>,
}

impl Sheet<'_> {
    fn cell<'r>(&self, row: &'r Row, column: Column) -> Option<&'r str> {
        let at = self.heads.columns.iter().position(|it| *it == Some(column))?;
        row.cells.get(at).map(String::as_str).filter(|cell| !cell.is_empty())
    }

    fn has(&self, column: Column) -> bool {
        self.heads.columns.contains(&Some(column))
    }

    fn row(&mut self, gathered: &mut DraftBuilder<'_>, row: &Row) {
        let place = Place::line(row.line);
        let text = self.text(row);
        let raw = self.times_of(row).join(" ");
        let times = self.times(gathered, row, place);
        let (note, status) = (self.note(row), self.cell(row, Column::Done).unwrap_or_default());
        let owner = self.cell(row, Column::Owner).map(str::to_owned);
        let source = format!("{}:{}", self.name, row.line);
        let mut step = PlanStep::new(times.planned, text.clone());
        step.due = times.due.filter(|_| times.planned.is_none());
        let is_planned = step.planned().is_some();
        if is_planned {
            step.until =
                times.planned_end.filter(|end| times.planned.is_some_and(|at| at.is_before(end)));
            step.owner.clone_from(&owner);
            step.id = Some(format!("row-{}", row.line));
            step.source = Some(source.clone());
            if is_one(status, |it: &'static Notation| it.skipped) {
                let status = (!says_skipped_alone(status)).then(|| status.to_owned());
                step.skipped = Some(Skip { on: None, why: note.clone().or(status) });
            } else if let Some(note) = note.clone().filter(|_| times.actual.is_none()) {
                gathered.leave(place, note, WhyLeft::NotTaken);
            }
        }
        if let Some(at) = times.actual {
            let event = Event {
                until: times.actual_end.filter(|end| at.is_before(end)),
                by: owner,
                detail: note,
                steps: step.id.clone().into_iter().collect(),
                source: Some(if is_planned { format!("{source}:actual") } else { source }),
                ..chat::event(at, &text)
            };
            gathered.event(event, place, &raw);
        } else if !is_planned {
            return gathered.leave(place, row.cells.join(" ").trim().to_owned(), WhyLeft::NoTime);
        }
        if is_planned {
            gathered.step(step, place, &raw);
        }
    }

    /// Returns the text of a row: its column, else the first cell without a known heading.
    fn text(&self, row: &Row) -> String {
        let own = self.cell(row, Column::Text);
        let first =
            || row.cells.iter().zip(&self.heads.columns).find(|(_, column)| column.is_none());
        let text = own.or_else(|| first().map(|(cell, _)| cell.as_str())).unwrap_or_default();
        text.lines().map(str::trim).collect::<Vec<_>>().join(" ")
    }

    /// Returns the cells with times.
    fn times_of<'r>(&self, row: &'r Row) -> Vec<&'r str> {
        let all =
            [Column::Time, Column::Planned, Column::PlannedEnd, Column::Actual, Column::ActualEnd];
        all.into_iter().filter_map(|column| self.cell(row, column)).collect()
    }

    /// Returns the cells without a known heading, and a state that is neither done nor given up.
    fn note(&self, row: &Row) -> Option<String> {
        let text = self.text(row);
        let own = row.cells.iter().zip(self.heads.columns.iter().zip(&self.heads.names));
        let told = own.filter(|(cell, (column, _))| {
            let state = !is_one(cell, |it| it.done) && !is_one(cell, |it| it.skipped);
            let is_told = column.is_none() || **column == Some(Column::Done) && state;
            is_told && !cell.is_empty() && **cell != text
        });
        let told: Vec<(&String, &String)> = told.map(|(cell, (_, name))| (cell, name)).collect();
        match told.as_slice() {
            [] => None,
            [(only, _)] => Some((*only).clone()),
            several => {
                let line = |(cell, name): &(&String, &String)| format!("- {name}: {cell}");
                Some(several.iter().map(line).collect::<Vec<_>>().join("\n"))
            }
        }
    }

    fn times(&mut self, gathered: &mut DraftBuilder<'_>, row: &Row, place: Place) -> Times {
        let before = self.day;
        // A plain column of times is the plan if another one has the actual times.
        let is_plan = self.has(Column::Actual) && !self.has(Column::Planned);
        let (planned, actual) = match is_plan {
            true => (Column::Time, Column::Actual),
            false if self.has(Column::Planned) => (Column::Planned, Column::Actual),
            false => (Column::Planned, Column::Time),
        };
        let mut of = |column, after: Option<Moment>| {
            let raw = self.cell(row, column)?.to_owned();
            self.time(gathered, &raw, after, place)
        };
        let planned = of(planned, None);
        let planned_end = of(Column::PlannedEnd, planned);
        let actual = of(actual, None);
        let actual_end = of(Column::ActualEnd, actual);
        let due = of(Column::Due, None);
        let inherits = [planned, actual].iter().flatten().next().is_some()
            && !self
                .times_of(row)
                .iter()
                .any(|cell| lead(cell, false).is_some_and(|it| it.start.day.is_some()));
        if let Some(day) = before.filter(|_| inherits) {
            gathered.doubt_once(
                DoubtCode::DateInherited,
                place,
                &self.times_of(row).join(" "),
                &day.to_string(),
            );
        }
        Times { planned, planned_end, actual, actual_end, due }
    }

    /// Parses the time in a cell, on its own day or that of the previous row. `after` is the beginning, if it is an
    /// end.
    fn time(
        &mut self,
        gathered: &mut DraftBuilder<'_>,
        raw: &str,
        after: Option<Moment>,
        place: Place,
    ) -> Option<Moment> {
        if let Some(at) = self.serial(gathered, raw, place) {
            return Some(at);
        }
        let found =
            lead(raw, false).filter(|lead| raw[lead.rest.min(raw.len())..].trim().is_empty());
        let Some(found) = found else {
            gathered.doubt(DoubtCode::TimeNotUnderstood, place, raw);
            return None;
        };
        if found.start.is_unclear(after.is_some() || self.clock.is_some()) {
            gathered.doubt(DoubtCode::TimeNotUnderstood, place, raw);
            return None;
        }
        let own = match &found.start.day {
            Some(day) => Some(gathered.stated_day(*day, self.day, raw, place)?),
            None => None,
        };
        let inherited = after.map(|after| after.clock(gathered.zone()).day).or(self.day);
        let Some(mut day) = own.or(inherited) else {
            gathered.ask(DoubtCode::NoDate, place, raw);
            return None;
        };
        let at = moment(gathered, &found.start, day, place)?;
        let goes_back = own.is_none() && after.is_some_and(|after| at.is_before(&after));
        if goes_back || own.is_none() && after.is_none() && self.is_next_day(&found.start) {
            day = day.plus(1);
            gathered.doubt(DoubtCode::MidnightAssumed, place, raw);
        }
        if after.is_none() {
            self.day = Some(day);
            self.clock = minutes(&found.start).or(self.clock);
        }
        moment(gathered, &found.start, day, place)
    }

    /// Whether a clock time that is more than half a day before the previous one belongs to the next day.
    fn is_next_day(&self, stated: &StatedTime) -> bool {
        let back =
            self.clock.zip(minutes(stated)).and_then(|(before, now)| before.checked_sub(now));
        let most = if stated.clock.is_some_and(|clock| clock.night) { 0 } else { 12 * 60 };
        back.is_some_and(|back| back > most)
    }

    /// Returns the time that a spreadsheet stores as a number of days since 1899-12-30.
    fn serial(
        &mut self,
        gathered: &mut DraftBuilder<'_>,
        raw: &str,
        place: Place,
    ) -> Option<Moment> {
        let is_number = raw.len() > 4 && raw.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        let number: f64 =
            raw.parse().ok().filter(|number| is_number && SERIALS.contains(number))?;
        let minutes = (number.fract() * 24.0 * 60.0).round() as u32;
        let day = Day::new(1899, 12, 30)?.plus(number.trunc() as i64 + i64::from(minutes / 1440));
        let clock = minutes % 1440;
        let at = gathered.time(&format!("{day}T{:02}:{:02}", clock / 60, clock % 60), place)?;
        gathered.doubt_as(DoubtCode::DottedTime, place, raw, &at.written());
        (self.day, self.clock) = (Some(day), Some(clock));
        Some(at)
    }
}

/// Whether a status only says that a step was skipped, which is not a reason.
fn says_skipped_alone(status: &str) -> bool {
    let plain = ["skipped", "생략", "건너뜀", "スキップ", "省略", "跳过"];
    plain.iter().any(|word| status.trim().eq_ignore_ascii_case(word))
}
