//! Parses pasted tables, from Markdown or from a spreadsheet with tabs or commas between cells.

use crate::fault::UnreadWhy;
use crate::lang::{
    ColumnWords, Frame, Lead, Words, is_column, is_unknown_time, is_yes, split_time,
};

use super::row::{Properties, Row};

/// What separates the cells of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Parting {
    Bars,
    Tabs,
    Commas,
}

/// The columns of a table, by index.
#[derive(Debug)]
pub(super) struct Columns {
    pub(super) parting: Parting,
    date: Option<usize>,
    time: Option<usize>,
    until: Option<usize>,
    text: Option<usize>,
    owner: Option<usize>,
    id: Option<usize>,
    after: Option<usize>,
    takes: Option<usize>,
    in_minutes: bool,
    due: Option<usize>,
    decision: Option<usize>,
    rollback: Option<usize>,
    if_failed: Option<usize>,
    command: Option<usize>,
    precision: Option<usize>,
    number: Option<usize>,
}

impl Columns {
    /// Returns the columns according to the head of a table.
    pub(super) fn named(head: &str, parting: Parting) -> Columns {
        let heads: Vec<String> =
            cells(head, parting).iter().map(|head| head.to_lowercase()).collect();
        let plain = |head: &str| {
            let head = head.trim_matches(['*', '_', ' ']);
            // A unit may follow: `소요 (분)`.
            head.split_once('(').map_or(head, |(name, _)| name.trim_end()).to_owned()
        };
        let place = |column: fn(&ColumnWords) -> Words| {
            heads.iter().position(|head| is_column(&plain(head), column))
        };
        let takes = place(|it| it.takes);
        let in_minutes =
            takes.is_some_and(|at| ["min", "분"].iter().any(|unit| heads[at].contains(unit)));
        Columns {
            parting,
            date: place(|it| it.date),
            time: place(|it| it.time),
            until: place(|it| it.until),
            text: place(|it| it.text),
            owner: place(|it| it.owner),
            id: place(|it| it.id),
            after: place(|it| it.after),
            takes,
            in_minutes,
            due: place(|it| it.due),
            decision: place(|it| it.decision),
            rollback: place(|it| it.rollback),
            if_failed: place(|it| it.if_failed),
            command: place(|it| it.command),
            precision: heads.iter().position(|head| plain(head) == "precision"),
            number: place(|it| it.number),
        }
    }

    /// Whether a line is the head of a table with tabs or commas between cells: one cell is the heading of texts, and
    /// another one is a known heading.
    pub(super) fn are_heads(line: &str, parting: Parting) -> bool {
        let columns = Columns::named(line, parting);
        let others = [columns.time, columns.due, columns.after, columns.owner, columns.takes];
        columns.text.is_some() && others.iter().any(Option::is_some)
    }

    /// Returns a row. Its time is the cell in that column, else the only cell that is a time; its text is the cell in
    /// that column, else the only other one.
    pub(super) fn row<'l>(&self, cells: &[&'l str], frame: &Frame) -> Result<Row<'l>, UnreadWhy> {
        let cell = |place: Option<usize>| {
            place.and_then(|place| cells.get(place)).copied().filter(|cell| !is_blank(cell))
        };
        let (at, lead) = self.lead(cells, frame)?;
        let known = [
            at,
            self.date,
            self.until,
            self.owner,
            self.id,
            self.after,
            self.takes,
            self.due,
            self.decision,
            self.rollback,
            self.if_failed,
            self.command,
            self.precision,
            self.number,
        ];
        let free = |place: &usize| !known.contains(&Some(*place)) && !is_blank(cells[*place]);
        let others: Vec<usize> = (0..cells.len()).filter(free).collect();
        let text = self.text.or(others.first().copied()).filter(|place| others.contains(place));
        let text = text.ok_or(UnreadWhy::NoTime)?;
        if let Some(other) = others.into_iter().find(|place| *place != text) {
            return Err(UnreadWhy::Column { words: cells[other].to_owned() });
        }
        let said = Properties {
            id: cell(self.id),
            owner: cell(self.owner),
            after: cell(self.after),
            takes: cell(self.takes),
            in_minutes: self.in_minutes,
            due: cell(self.due),
            decision: is_said(cell(self.decision))?,
            rollback: is_said(cell(self.rollback))?,
            if_failed: cell(self.if_failed),
            command: cell(self.command),
            precision: cell(self.precision).filter(|said| *said == "hour"),
            number: cell(self.number),
        };
        Ok(Row { lead: Lead { text: cells[text], ..lead }, said })
    }

    /// Returns the time of a row, and the cell that it is in.
    fn lead(
        &self,
        cells: &[&str],
        frame: &Frame,
    ) -> Result<(Option<usize>, Lead<'static>), UnreadWhy> {
        let refused = |fault| UnreadWhy::Time(Box::new(fault));
        let said = |place: Option<usize>| {
            place.and_then(|place| cells.get(place)).copied().filter(|cell| !is_blank(cell))
        };
        let taken = [self.until, self.due, self.after, self.takes, self.date, self.number];
        let mut found: Option<(usize, Lead<'static>)> = None;
        for (place, cell) in cells.iter().enumerate() {
            let is_here = self.time.is_none_or(|time| time == place);
            if found.is_some() || !is_here || taken.contains(&Some(place)) {
                continue;
            }
            // A separate day comes before the clock time.
            let dated = match said(self.date) {
                Some(day) if !is_blank(cell) && !is_unknown_time(cell) => format!("{day} {cell}"),
                _ => (*cell).to_owned(),
            };
            let lead = split_time(&dated, frame, false).map_err(refused)?;
            if let Some(lead) = lead.filter(|lead| lead.text.is_empty()) {
                found = Some((
                    place,
                    Lead { start: lead.start, end: lead.end, is_due: lead.is_due, text: "" },
                ));
            }
        }
        let end = said(self.until).map(str::to_owned);
        if let Some((place, lead)) = found {
            return Ok((Some(place), Lead { end: lead.end.or(end), ..lead }));
        }
        let nothing = said(self.time).is_none();
        // Without a time, the step waits for another one, is a rollback, or has a deadline.
        let waits =
            said(self.after).is_some() || said(self.due).is_some() || is_said(said(self.rollback))?;
        if !(nothing && waits) {
            return Err(UnreadWhy::NoTime);
        }
        let start = match (said(self.due), said(self.date)) {
            (Some(_), _) => String::new(),
            (None, Some(day)) => day.to_owned(),
            (None, None) => "tbd".to_owned(),
        };
        Ok((self.time, Lead { start, end: None, is_due: false, text: "" }))
    }
}

/// Parses a cell with yes or no; an empty one means no.
fn is_said(cell: Option<&str>) -> Result<bool, UnreadWhy> {
    let Some(word) = cell.map(str::to_lowercase) else { return Ok(false) };
    match word.as_str() {
        yes if is_yes(yes) || ["x", "true", "✓", "○"].contains(&yes) => Ok(true),
        "no" | "false" | "n" => Ok(false),
        _ => Err(UnreadWhy::Column { words: word }),
    }
}

fn is_blank(cell: &str) -> bool {
    cell.trim().is_empty() || ["-", "–", "—"].contains(&cell.trim())
}

/// Returns the cells of a line. Separators in quotes are text, and a doubled quote is a single one; in Markdown so are
/// those behind a backslash.
pub(super) fn cells(line: &str, parting: Parting) -> Vec<String> {
    let by = match parting {
        Parting::Bars => return cells_of_markdown(line),
        Parting::Tabs => '\t',
        Parting::Commas => ',',
    };
    let mut cells = vec![String::new()];
    let mut quoted = false;
    let mut letters = line.chars().peekable();
    while let Some(c) = letters.next() {
        let cell = cells.last_mut().map(|cell| (cell.trim().is_empty(), cell));
        match cell {
            Some((true, _)) if c == '"' && !quoted => quoted = true,
            Some((_, cell)) if c == '"' && quoted => match letters.next_if_eq(&'"') {
                Some(_) => cell.push('"'),
                None => quoted = false,
            },
            _ if c == by && !quoted => cells.push(String::new()),
            Some((_, cell)) => cell.push(c),
            None => {}
        }
    }
    cells.iter().map(|cell| without_guard(cell.trim()).to_owned()).collect()
}

/// Returns a cell without the `'` that keeps spreadsheets from taking it for a formula.
fn without_guard(cell: &str) -> &str {
    let guarded = cell.trim_start_matches('\'').starts_with(FORMULAS);
    cell.strip_prefix('\'').filter(|_| guarded).unwrap_or(cell)
}

/// What a formula of a spreadsheet begins with.
const FORMULAS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Characters of Markdown that are written as entities.
const ENTITIES: [(&str, char); 5] =
    [("&lt;", '<'), ("&gt;", '>'), ("&amp;", '&'), ("&quot;", '"'), ("&#39;", '\'')];

/// Returns the cells of a table's row in Markdown, without escapes.
fn cells_of_markdown(line: &str) -> Vec<String> {
    let mut rest = line.trim().trim_start_matches('|');
    let mut cells = vec![String::new()];
    while let Some(c) = rest.chars().next() {
        let entity = ENTITIES.iter().find(|(name, _)| rest.starts_with(name));
        let escaped = rest.strip_prefix('\\').and_then(|rest| rest.chars().next());
        let (length, said) = match (c, escaped, entity) {
            ('|', ..) if rest.len() == 1 => break,
            ('|', ..) => {
                cells.push(String::new());
                (1, None)
            }
            (_, Some(sign), _) if sign.is_ascii_punctuation() => (2, Some(sign)),
            (_, _, Some((name, sign))) => (name.len(), Some(*sign)),
            _ => (c.len_utf8(), Some(c)),
        };
        if let (Some(cell), Some(said)) = (cells.last_mut(), said) {
            cell.push(said);
        }
        rest = &rest[length..];
    }
    cells.iter().map(|cell| cell.trim().to_owned()).collect()
}
