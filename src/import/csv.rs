//! Run sheets from spreadsheets: each row is a step, with what was planned and what happened.

use crate::fault::{DoubtCode, ExportFault, ImportFault, WhyLeft, ZoneFrom};
use crate::model::{Day, Event, EventType, Moment, PlanStep, Skip};

use super::chat;
use super::draft::{Draft, ImportOptions, Input};
use super::draft_builder::DraftBuilder;
use super::markdown::{Column, StatedTime, StatedZone, column_named, is_one, lead, zone_in};
use super::place::Place;
use super::stated::{in_zone, minutes, moment};
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
        heads.doubt_zones(&mut gathered, Place::line(rows[above].line));
        let mut sheet =
            Sheet { name: &input.name, heads, day: answers.date, clock: None, zone: None };
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
    /// The zones that they state for their times: `planned (UTC)`.
    zones: Vec<Option<StatedZone>>,
}

impl Heads {
    /// Adds a doubt about each heading of times with letters in brackets that look like a zone but name none.
    fn doubt_zones(&self, gathered: &mut DraftBuilder<'_>, place: Place) {
        for (name, (column, zone)) in self.names.iter().zip(self.columns.iter().zip(&self.zones)) {
            let inside = name.split_once(['(', '[', '（']).map_or("", |(_, inside)| inside);
            let inside = inside.trim_end_matches([')', ']', '）', ' ']);
            let letters = (2..=5).contains(&inside.len());
            let like_zone = letters && inside.bytes().all(|byte| byte.is_ascii_uppercase());
            if like_zone && zone.is_none() && column.is_some_and(is_of_times) {
                gathered.doubt(DoubtCode::TimeNotUnderstood, place, name);
            }
        }
    }
}

/// Whether a column has times.
fn is_of_times(column: Column) -> bool {
    !matches!(column, Column::Text | Column::Owner | Column::Done)
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
        let columns: Vec<Option<Column>> = row.cells.iter().map(named).collect();
        let zone = |(cell, column): (&String, &Option<Column>)| {
            column.filter(|column| is_of_times(*column)).and_then(|_| zone_in(cell, false))
        };
        let zones = row.cells.iter().zip(&columns).map(zone).collect();
        Heads { names: row.cells.clone(), columns, zones }
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
    /// The zone of both as it is written, empty if it is not; `None` if the day is that of no time.
    zone: Option<String>,
}

/// The times of a row.
struct Times {
    planned: Option<Moment>,
    planned_end: Option<Moment>,
    actual: Option<Moment>,
    actual_end: Option<Moment>,
    due: Option<Moment>,
}

impl Times {
    /// Returns the end of the plan, if it is behind its beginning.
    fn planned_end(&self) -> Option<Moment> {
        self.planned_end.filter(|end| self.planned.is_some_and(|at| at.is_before(end)))
    }

    /// Returns the end of what happened, if it is behind its beginning.
    fn actual_end(&self) -> Option<Moment> {
        self.actual_end.filter(|end| self.actual.is_some_and(|at| at.is_before(end)))
    }
}

impl Sheet<'_> {
    fn cell<'r>(&self, row: &'r Row, column: Column) -> Option<&'r str> {
        self.place_of(row, column).map(|at| row.cells[at].as_str())
    }

    /// Returns the index of the first cell of that kind that is not empty, except the day for other times of the row.
    fn place_of(&self, row: &Row, column: Column) -> Option<usize> {
        let day = self.day_cell(row);
        let is_full = |at: usize| row.cells.get(at).is_some_and(|cell| !cell.is_empty());
        let columns = self.heads.columns.iter().enumerate();
        let mut of_kind = columns.filter(|(_, it)| **it == Some(column)).map(|(at, _)| at);
        of_kind.find(|at| Some(*at) != day && is_full(*at))
    }

    /// Returns the index of the cell that is only a day, if the row has clock times without one: a column of days beside
    /// columns of times.
    fn day_cell(&self, row: &Row) -> Option<usize> {
        let of_times = |at: &usize| {
            let columns = [Column::Time, Column::Planned, Column::Actual];
            self.heads.columns[*at].is_some_and(|column| columns.contains(&column))
        };
        let said =
            |at: usize| row.cells.get(at).and_then(|cell| lead(cell, false)).map(|it| it.start);
        let places = || (0..self.heads.columns.len()).filter(of_times);
        let is_clock = |said: &StatedTime| said.day.is_none() && said.clock.is_some();
        let is_day = |said: &StatedTime| said.day.is_some() && said.clock.is_none();
        let has_clock = places().any(|at| said(at).as_ref().is_some_and(is_clock));
        let mut days = places().filter(|at| self.heads.columns[*at] == Some(Column::Time));
        days.find(|at| has_clock && said(*at).as_ref().is_some_and(is_day))
    }

    fn has(&self, column: Column) -> bool {
        self.heads.columns.contains(&Some(column))
    }

    fn row(&mut self, gathered: &mut DraftBuilder<'_>, row: &Row) {
        let place = Place::line(row.line);
        let whole = || row.cells.join(" ").trim().to_owned();
        let Some(times) = self.times(gathered, row, place) else {
            return gathered.leave(place, whole(), WhyLeft::NoTime);
        };
        let note = self.note(row, &times);
        let status = self.cell(row, Column::Done).unwrap_or_default();
        let outcome = Outcome::of(status);
        let times = self.by_outcome(times, outcome);
        let mut step = PlanStep::new(times.planned, self.text(row));
        step.due = times.due.filter(|_| times.planned.is_none());
        let is_planned = step.planned().is_some();
        let happened = times.actual.filter(|_| outcome != Some(Outcome::Skipped));
        if !is_planned && happened.is_none() {
            let why = if times.actual.is_some() { WhyLeft::NotTaken } else { WhyLeft::NoTime };
            return gathered.leave(place, whole(), why);
        }
        let source = format!("{}:{}", self.name, row.line);
        if is_planned {
            step.id = Some(format!("row-{}", row.line));
            step.source = Some(source.clone());
        }
        if let Some(at) = happened {
            let event = Event {
                kind: (outcome == Some(Outcome::Failed)).then_some(EventType::Failed),
                until: times.actual_end(),
                by: self.cell(row, Column::Owner).map(str::to_owned),
                detail: note.clone(),
                steps: step.id.clone().into_iter().collect(),
                source: Some(if is_planned { format!("{source}:actual") } else { source }),
                ..chat::event(at, &step.text)
            };
            self.event(gathered, row, event);
        }
        if is_planned {
            step.until = times.planned_end();
            step.owner = self.cell(row, Column::Owner).map(str::to_owned);
            if outcome == Some(Outcome::Skipped) {
                let status = (!says_skipped_alone(status)).then(|| status.to_owned());
                step.skipped = Some(Skip { on: times.actual, why: note.or(status) });
            } else if let Some(note) = note.filter(|_| happened.is_none()) {
                gathered.leave(place, note, WhyLeft::NotTaken);
            }
            self.step(gathered, row, step);
        }
    }

    /// Returns the times of a row with that outcome: the only time of what did not happen, or not yet, is that of the
    /// plan.
    fn by_outcome(&self, times: Times, outcome: Option<Outcome>) -> Times {
        let is_open = matches!(outcome, Some(Outcome::Skipped | Outcome::Pending));
        let is_plain = !self.has(Column::Actual) && !self.has(Column::Planned);
        if !is_open || !is_plain {
            return times;
        }
        let (planned, planned_end) = (times.actual, times.actual_end);
        Times { planned, planned_end, actual: None, actual_end: None, ..times }
    }

    /// Adds what happened in a row.
    fn event(&self, gathered: &mut DraftBuilder<'_>, row: &Row, event: Event) {
        let zone = self.zone_of(row, self.kinds().1);
        gathered.zones_from(zone.map(|_| ZoneFrom::Column));
        gathered.event(event, Place::line(row.line), &self.times_of(row).join(" "));
    }

    /// Adds what was planned in a row.
    fn step(&self, gathered: &mut DraftBuilder<'_>, row: &Row, step: PlanStep) {
        let (planned, actual) = self.kinds();
        let zone = self.zone_of(row, planned).or_else(|| self.zone_of(row, actual));
        gathered.zones_from(zone.map(|_| ZoneFrom::Column));
        gathered.step(step, Place::line(row.line), &self.times_of(row).join(" "));
    }

    /// Returns the columns of what was planned and of what happened. A plain column of times is the plan if another one
    /// has the actual times.
    fn kinds(&self) -> (Column, Column) {
        match (self.has(Column::Actual), self.has(Column::Planned)) {
            (true, false) => (Column::Time, Column::Actual),
            (_, true) => (Column::Planned, Column::Actual),
            (false, false) => (Column::Planned, Column::Time),
        }
    }

    /// Returns the zone that the heading of a column states.
    fn zone_of(&self, row: &Row, column: Column) -> Option<StatedZone> {
        self.heads.zones[self.place_of(row, column)?].clone()
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
        let day = self.day_cell(row).map(|at| row.cells[at].as_str());
        day.into_iter().chain(all.into_iter().filter_map(|column| self.cell(row, column))).collect()
    }

    /// Returns the cells that have no place elsewhere in the record.
    fn note(&self, row: &Row, times: &Times) -> Option<String> {
        let text = self.text(row);
        let told = row.cells.iter().enumerate();
        let told = told.filter(|(at, cell)| !cell.is_empty() && self.is_told(*at, row, times));
        let told: Vec<(usize, &String)> = told.filter(|(_, cell)| **cell != text).collect();
        match told.as_slice() {
            [] => None,
            [(_, only)] => Some((*only).clone()),
            several => {
                let line = |(at, cell): &(usize, &String)| match self.heads.names.get(*at) {
                    Some(name) if !name.is_empty() => format!("- {name}: {cell}"),
                    _ => format!("- {cell}"),
                };
                Some(several.iter().map(line).collect::<Vec<_>>().join("\n"))
            }
        }
    }

    /// Whether a cell belongs into the note: it has no known heading, or one that another column has too, or it is a
    /// state other than done, given up or failed, or a time that is not used.
    fn is_told(&self, at: usize, row: &Row, times: &Times) -> bool {
        let Some(Some(column)) = self.heads.columns.get(at) else { return true };
        let (planned, actual) = self.kinds();
        let cell = &row.cells[at];
        match *column {
            _ if self.day_cell(row) == Some(at) => false,
            column if self.place_of(row, column) != Some(at) => true,
            Column::Done => {
                !is_one(cell, |it| it.done)
                    && !is_one(cell, |it| it.skipped)
                    && !is_one(cell, |it| it.failed)
            }
            Column::Due => times.due.is_some() && times.planned.is_some(),
            Column::PlannedEnd => times.planned_end.is_some() && times.planned_end().is_none(),
            Column::ActualEnd => times.actual_end.is_some() && times.actual_end().is_none(),
            column @ (Column::Time | Column::Planned | Column::Actual) => {
                column != planned && column != actual
            }
            Column::Text | Column::Owner => false,
        }
    }

    /// Returns the times of a row; `None` if its day cannot be read.
    fn times(&mut self, gathered: &mut DraftBuilder<'_>, row: &Row, place: Place) -> Option<Times> {
        if let Some(cell) = self.day_cell(row).map(|at| row.cells[at].as_str()) {
            let said = lead(cell, false)?.start.day?;
            self.day = Some(gathered.stated_day(said, self.day, cell, place)?);
            (self.clock, self.zone) = (None, None);
        }
        let before = self.day;
        let (planned, actual) = self.kinds();
        let mut of = |column, after: Option<Moment>| {
            let at = self.place_of(row, column)?;
            let zone = self.heads.zones[at].clone();
            self.time(gathered, &row.cells[at], (zone, after), place)
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
        Some(Times { planned, planned_end, actual, actual_end, due })
    }

    /// Parses the time in a cell, on its own day or that of the previous row, in its own zone or that of the column.
    /// `after` is the beginning, if it is an end.
    fn time(
        &mut self,
        gathered: &mut DraftBuilder<'_>,
        raw: &str,
        (zone, after): (Option<StatedZone>, Option<Moment>),
        place: Place,
    ) -> Option<Moment> {
        if let Some(at) = self.serial(gathered, raw, zone.as_ref(), place) {
            return Some(at);
        }
        let found =
            lead(raw, false).filter(|lead| raw[lead.rest.min(raw.len())..].trim().is_empty());
        let Some(mut found) = found else {
            gathered.doubt(DoubtCode::TimeNotUnderstood, place, raw);
            return None;
        };
        found.start.zone = found.start.zone.or(zone);
        if found.start.is_unclear(after.is_some() || self.clock.is_some()) {
            gathered.doubt(DoubtCode::TimeNotUnderstood, place, raw);
            return None;
        }
        let own = match &found.start.day {
            Some(day) => Some(gathered.stated_day(*day, self.day, raw, place)?),
            None => None,
        };
        let zone = found.start.zone.as_ref();
        let seen_in = zone.and_then(|zone| zone.zone).or(gathered.zone());
        let inherited = after.map(|after| after.clock(seen_in).day).or(self.day);
        let Some(mut day) = own.or(inherited) else {
            gathered.ask(DoubtCode::NoDate, place, raw);
            return None;
        };
        let written = zone.map_or(String::new(), |zone| zone.written.clone());
        let differs = self.zone.as_ref().is_some_and(|zone| *zone != written);
        if own.is_none() && after.is_none() && differs {
            gathered.doubt_once(DoubtCode::ZoneDiffers, place, raw, &day.to_string());
        }
        let at = moment(gathered, &found.start, day, place)?;
        let goes_back = own.is_none() && after.is_some_and(|after| at.is_before(&after));
        if goes_back || own.is_none() && after.is_none() && self.is_next_day(&found.start) {
            day = day.plus(1);
            gathered.doubt(DoubtCode::MidnightAssumed, place, raw);
        }
        if after.is_none() {
            self.day = Some(day);
            self.clock = minutes(&found.start).or(self.clock);
            self.zone = Some(written);
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
        zone: Option<&StatedZone>,
        place: Place,
    ) -> Option<Moment> {
        let is_number = raw.len() > 4 && raw.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        let number: f64 =
            raw.parse().ok().filter(|number| is_number && SERIALS.contains(number))?;
        let minutes = (number.fract() * 24.0 * 60.0).round() as u32;
        let day = Day::new(1899, 12, 30)?.plus(number.trunc() as i64 + i64::from(minutes / 1440));
        let clock = minutes % 1440;
        let text = format!("{day}T{:02}:{:02}", clock / 60, clock % 60);
        let at = in_zone(gathered, &text, zone, place)?;
        gathered.doubt_as(DoubtCode::DottedTime, place, raw, &at.written());
        (self.day, self.clock) = (Some(day), Some(clock));
        Some(at)
    }
}

/// What a status says of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// It was given up.
    Skipped,
    /// It is still to be done.
    Pending,
    /// It failed.
    Failed,
}

impl Outcome {
    /// Returns what a status says, alone or before its reason; `None` if it was done, or something else happened.
    fn of(status: &str) -> Option<Outcome> {
        let alone = status.split([':', ',', '(', '（', ';', '–', '—']).next().unwrap_or("");
        let alone = alone.split_once(" - ").map_or(alone, |(alone, _)| alone);
        match () {
            () if is_one(alone, |it| it.skipped) => Some(Outcome::Skipped),
            () if is_one(alone, |it| it.pending) => Some(Outcome::Pending),
            () if is_one(alone, |it| it.failed) => Some(Outcome::Failed),
            () => None,
        }
    }
}

/// Whether a status only says that a step was skipped, which is not a reason.
fn says_skipped_alone(status: &str) -> bool {
    let plain = ["skipped", "생략", "건너뜀", "スキップ", "省略", "跳过"];
    plain.iter().any(|word| status.trim().eq_ignore_ascii_case(word))
}
